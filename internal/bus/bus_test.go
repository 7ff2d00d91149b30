package bus_test

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"go.uber.org/goleak"

	"entente/internal/bus"
	"entente/internal/centre"
	"entente/internal/store"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const external = "nats://127.0.0.1:4222"

// patience bounds what a test waits for; nothing waits so long when it works.
const patience = 20 * time.Second

// each runs a test on an embedded bus and on an external one.
func each(t *testing.T, test func(t *testing.T, open func(name string) *bus.Bus)) {
	t.Run("embedded", func(t *testing.T) {
		folder := t.TempDir()
		var b *bus.Bus
		test(t, func(string) *bus.Bus {
			if b == nil {
				b = open(t, bus.Options{Folder: folder})
			}
			return b // one process has one bus
		})
	})
	t.Run("external", func(t *testing.T) {
		prefix := externalPrefix(t)
		test(t, func(name string) *bus.Bus {
			return open(t, bus.Options{URL: external, Prefix: prefix, Name: name})
		})
	})
}

func open(t *testing.T, o bus.Options) *bus.Bus {
	t.Helper()
	b, err := bus.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

// externalPrefix gives a prefix of this test's own, whose stream is deleted at
// its end. Without a server the test is skipped, but not where CI promises one.
func externalPrefix(t *testing.T) string {
	t.Helper()
	c, err := net.DialTimeout("tcp", "127.0.0.1:4222", time.Second)
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("no NATS server answers at %s: %v", external, err)
		}
		t.Skipf("no NATS server answers at %s: the external bus is not tested", external)
	}
	_ = c.Close()
	prefix := "test_" + centre.RandomID().String() + "_"
	t.Cleanup(func() { deleteStream(t, external, prefix) })
	return prefix
}

func deleteStream(t *testing.T, url, prefix string) {
	t.Helper()
	conn, err := nats.Connect(url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	js, err := jetstream.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	if err := js.DeleteStream(context.Background(), prefix+"ENTENTE_CHANGES"); err != nil {
		t.Error(err)
	}
}

func notices(from, n int) []store.Notice {
	list := make([]store.Notice, n)
	for i := range list {
		list[i] = store.Notice{Seq: int64(from + i), Kind: "report", ID: centre.ID(1000 + from + i), Label: int64((from + i) % 7)}
	}
	return list
}

func subscribe(t *testing.T, b *bus.Bus) <-chan store.Notice {
	t.Helper()
	c := make(chan store.Notice, 10_000)
	stop, err := b.Subscribe(t.Context(), func(n store.Notice) { c <- n })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	return c
}

func receive(t *testing.T, c <-chan store.Notice, n int) []store.Notice {
	t.Helper()
	var got []store.Notice
	timeout := time.After(patience)
	for len(got) < n {
		select {
		case notice := <-c:
			got = append(got, notice)
		case <-timeout:
			t.Fatalf("%d of %d notices came: %v", len(got), n, got)
		}
	}
	return got
}

func publish(t *testing.T, b *bus.Bus, list []store.Notice) {
	t.Helper()
	if err := b.Publish(t.Context(), list); err != nil {
		t.Fatal(err)
	}
}

func TestEverySubscriberOfEveryProcessSeesEveryChangeInOrder(t *testing.T) {
	each(t, func(t *testing.T, open func(string) *bus.Bus) {
		a, b := open("a"), open("b")
		publish(t, a, notices(1, 3)) // before anybody subscribed
		// What b gets from a says that the first three are behind everybody.
		first, second, third := subscribe(t, a), subscribe(t, a), subscribe(t, b)
		publish(t, a, notices(4, 1000))
		for _, c := range []<-chan store.Notice{first, second, third} {
			var got []store.Notice
			for _, n := range receive(t, c, 1000) {
				if n.Seq >= 4 { // the three may still be on their way to a late subscriber
					got = append(got, n)
				}
			}
			got = append(got, receive(t, c, 1000-len(got))...)
			if d := cmp.Diff(notices(4, 1000), got); d != "" {
				t.Fatal(d)
			}
		}
	})
}

func TestPublishedTwiceComesOnce(t *testing.T) {
	each(t, func(t *testing.T, open func(string) *bus.Bus) {
		b := open("a")
		c := subscribe(t, b)
		publish(t, b, notices(1, 10))
		publish(t, b, notices(1, 10))
		publish(t, b, notices(11, 1))
		if d := cmp.Diff(notices(1, 11), receive(t, c, 11)); d != "" {
			t.Error(d)
		}
	})
}

func TestASlowSubscriberDelaysNobodyAndIsToldThatItMissedSome(t *testing.T) {
	b := open(t, bus.Options{Folder: t.TempDir()})
	held, release := make(chan struct{}), make(chan struct{})
	slow := make(chan store.Notice, 20_000)
	first := true
	stop, err := b.Subscribe(t.Context(), func(n store.Notice) {
		if first {
			first = false
			close(held)
			<-release
		}
		slow <- n
	})
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	quick := subscribe(t, b)
	publish(t, b, notices(1, 1))
	<-held
	publish(t, b, notices(2, 6000))
	receive(t, quick, 6001)
	close(release)
	got := receive(t, slow, 2)
	if got[0].Seq != 1 || got[1] != (store.Notice{Kind: bus.KindMissed}) {
		t.Errorf("got %v", got)
	}
	for n := got[1]; n.Seq != 6001; {
		next := receive(t, slow, 1)[0]
		if n.Seq != 0 && next.Seq != n.Seq+1 {
			t.Fatalf("%v follows %v", next, n)
		}
		n = next
	}
}

func TestTheStreamMayBeDeletedUnderIt(t *testing.T) {
	prefix := externalPrefix(t)
	b := open(t, bus.Options{URL: external, Prefix: prefix})
	c := subscribe(t, b)
	publish(t, b, notices(1, 5))
	receive(t, c, 5)
	deleteStream(t, external, prefix)
	publish(t, b, notices(6, 5))
	got := receive(t, c, 6)
	// Publisher and follower both make the stream anew: what was refused before
	// that comes behind what was taken after it.
	slices.SortFunc(got, func(a, b store.Notice) int { return int(a.Seq - b.Seq) })
	want := append([]store.Notice{{Kind: bus.KindMissed}}, notices(6, 5)...)
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestDamagedFilesAreMadeAnew(t *testing.T) {
	for name, damage := range map[string]func(folder string) error{
		"deleted": func(folder string) error { return os.RemoveAll(filepath.Join(folder, "jetstream")) },
		"a file in its place": func(folder string) error {
			if err := os.RemoveAll(filepath.Join(folder, "jetstream")); err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(folder, "jetstream"), []byte("x"), 0o600)
		},
		"overwritten": func(folder string) error {
			return filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
				if err != nil || d.IsDir() {
					return err
				}
				return os.WriteFile(path, []byte("not what was here"), 0o600)
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			b, err := bus.Open(t.Context(), bus.Options{Folder: folder})
			if err != nil {
				t.Fatal(err)
			}
			publish(t, b, notices(1, 100))
			if err := b.Close(); err != nil {
				t.Fatal(err)
			}
			if err := damage(folder); err != nil {
				t.Fatal(err)
			}
			b = open(t, bus.Options{Folder: folder})
			c := subscribe(t, b)
			publish(t, b, notices(101, 5))
			if d := cmp.Diff(notices(101, 5), receive(t, c, 5)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestWhatIsSentIsIdsAlone(t *testing.T) {
	prefix := externalPrefix(t)
	conn, err := nats.Connect(external)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	wire, err := conn.SubscribeSync(prefix + "entente.>")
	if err != nil {
		t.Fatal(err)
	}
	b := open(t, bus.Options{URL: external, Prefix: prefix})
	if err := conn.Flush(); err != nil {
		t.Fatal(err)
	}
	id := centre.ID(0x1234)
	publish(t, b, []store.Notice{{Seq: 5, Kind: "report", ID: id, Label: 9}})
	m, err := wire.NextMsg(patience)
	if err != nil {
		t.Fatal(err)
	}
	if want := prefix + "entente.change.report"; m.Subject != want {
		t.Errorf("subject %q, want %q", m.Subject, want)
	}
	if want := fmt.Sprintf(`{"seq":5,"kind":"report","id":"%s","label":9}`, id); string(m.Data) != want {
		t.Errorf("sent %s, want %s", m.Data, want)
	}
}

func TestNudges(t *testing.T) {
	each(t, func(t *testing.T, open func(string) *bus.Bus) {
		a, b := open("a"), open("b")
		ctx, cancel := context.WithCancel(t.Context())
		mine, err := a.Nudges(ctx, "process")
		if err != nil {
			t.Fatal(err)
		}
		theirs, err := b.Nudges(ctx, "process")
		if err != nil {
			t.Fatal(err)
		}
		other, err := b.Nudges(ctx, "weave")
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			if err := a.Nudge(t.Context(), "process"); err != nil {
				t.Fatal(err)
			}
		}
		for _, c := range []<-chan struct{}{mine, theirs} {
			select {
			case <-c:
			case <-time.After(patience):
				t.Fatal("a nudge did not come")
			}
		}
		select {
		case <-other:
			t.Error("the nudge came to another role")
		default:
		}
		cancel()
	})
}

func TestMistakesAreToldInSentences(t *testing.T) {
	b := open(t, bus.Options{Folder: t.TempDir()})
	for name, err := range map[string]error{
		"a kind with a dot": b.Publish(t.Context(), []store.Notice{{Seq: 1, Kind: "report.secret"}}),
		"no role":           b.Nudge(t.Context(), ""),
	} {
		if centre.CodeOf(err) != centre.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := bus.Open(t.Context(), bus.Options{URL: "nats://secretname:secretword@127.0.0.1:1"})
	if centre.CodeOf(err) != centre.CodeUnavailable || strings.Contains(err.Error(), "secret") {
		t.Errorf("an address where nobody answers: %v", err)
	}
	_, err = bus.Open(t.Context(), bus.Options{})
	if centre.CodeOf(err) != centre.CodeInvalid {
		t.Errorf("neither folder nor address: %v", err)
	}
	_, err = bus.Open(t.Context(), bus.Options{Folder: t.TempDir(), Prefix: "a.b"})
	if centre.CodeOf(err) != centre.CodeInvalid {
		t.Errorf("a prefix with a dot: %v", err)
	}
}

func TestAClosedBusRefuses(t *testing.T) {
	b, err := bus.Open(t.Context(), bus.Options{Folder: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Publish(t.Context(), notices(1, 1)); centre.CodeOf(err) != centre.CodeUnavailable {
		t.Errorf("publish: %v", err)
	}
	if _, err := b.Subscribe(t.Context(), func(store.Notice) {}); centre.CodeOf(err) != centre.CodeUnavailable {
		t.Errorf("subscribe: %v", err)
	}
	if err := b.Nudge(t.Context(), "process"); centre.CodeOf(err) != centre.CodeUnavailable {
		t.Errorf("nudge: %v", err)
	}
}
