package bus_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"entente/internal/bus"
	"entente/internal/store"
)

// outbox is an outbox in memory.
type outbox struct {
	mu      sync.Mutex
	notices []store.Notice
	fail    error // what Forget returns
}

func (o *outbox) add(n ...store.Notice) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.notices = append(o.notices, n...)
}

func (o *outbox) left() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.notices)
}

func (o *outbox) Notices(_ context.Context, after int64, limit int) ([]store.Notice, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	var list []store.Notice
	for _, n := range o.notices {
		if n.Seq > after && len(list) < limit {
			list = append(list, n)
		}
	}
	return list, nil
}

func (o *outbox) Forget(_ context.Context, seq int64) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.fail != nil {
		return o.fail
	}
	o.notices = slices.DeleteFunc(o.notices, func(n store.Notice) bool { return n.Seq <= seq })
	return nil
}

// wire is a bus in memory that can be cut.
type wire struct {
	mu     sync.Mutex
	cut    error
	sent   []store.Notice
	nudged chan struct{}
}

func (w *wire) Publish(_ context.Context, list []store.Notice) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.cut != nil {
		return w.cut
	}
	w.sent = append(w.sent, list...)
	return nil
}

func (w *wire) Nudges(context.Context, string) (<-chan struct{}, error) { return w.nudged, nil }

func TestRelay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		box, w := &outbox{}, &wire{nudged: make(chan struct{}, 1)}
		box.add(notices(1, 1200)...)
		done := make(chan error, 1)
		go func() { done <- bus.Relay(ctx, box, w, time.Second, slog.New(slog.DiscardHandler)) }()
		synctest.Wait()
		if d := cmp.Diff(notices(1, 1200), w.sent); d != "" || box.left() != 0 {
			t.Fatalf("what waited at the start: %d left\n%s", box.left(), d)
		}

		box.add(notices(1201, 2)...)
		synctest.Wait()
		if len(w.sent) != 1200 {
			t.Fatal("it looked without being nudged")
		}
		w.nudged <- struct{}{}
		synctest.Wait()
		if len(w.sent) != 1202 {
			t.Fatal("a nudge did not make it look")
		}

		box.add(notices(1203, 1)...) // its nudge is lost
		time.Sleep(time.Second)      // of the bubble's clock
		synctest.Wait()
		if len(w.sent) != 1203 {
			t.Fatal("it did not look by itself")
		}

		w.mu.Lock()
		w.cut = errors.New("cut")
		w.mu.Unlock()
		box.add(notices(1204, 1)...)
		time.Sleep(3 * time.Second)
		synctest.Wait()
		if box.left() != 1 {
			t.Fatal("the outbox forgot what was not published")
		}
		w.mu.Lock()
		w.cut = nil
		w.mu.Unlock()
		time.Sleep(time.Second)
		synctest.Wait()
		if box.left() != 0 || len(w.sent) != 1204 {
			t.Fatalf("%d left, %d sent", box.left(), len(w.sent))
		}

		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("it ended with %v", err)
		}
	})
}

func TestRelayOnTheRealBus(t *testing.T) {
	b := open(t, bus.Options{Folder: t.TempDir()})
	c := subscribe(t, b)
	ctx, cancel := context.WithCancel(t.Context())
	box := &outbox{}
	done := make(chan error, 1)
	box.add(notices(1, 2)...)
	go func() { done <- bus.Relay(ctx, box, b, time.Hour, slog.New(slog.DiscardHandler)) }()
	receive(t, c, 2)
	box.add(notices(3, 700)...)
	if err := b.Nudge(ctx, bus.RoleRelay); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(notices(3, 700), receive(t, c, 700)); d != "" {
		t.Error(d)
	}
	cancel()
	<-done
}
