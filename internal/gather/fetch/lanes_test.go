package fetch_test

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"entente/internal/gather/fetch"
)

func TestSlowRequestsLeaveTheirPlacesToQuickOnes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		enter := fetch.Lanes(4)
		start := time.Now()
		var all sync.WaitGroup
		ask := func(wasSlow bool, takes time.Duration) (waited time.Duration, slow bool) {
			done, err := enter(t.Context(), wasSlow)
			if err != nil {
				t.Error(err)
				return 0, false
			}
			waited = time.Since(start)
			time.Sleep(takes)
			return waited, done()
		}
		// As many drips as both lanes hold, unknown to be slow until now.
		for range 16 {
			all.Go(func() {
				if _, slow := ask(false, 90*time.Second); !slow {
					t.Error("a request of 90 seconds does not count as slow")
				}
			})
		}
		synctest.Wait()
		for range 20 {
			all.Go(func() {
				waited, slow := ask(false, 10*time.Millisecond)
				if slow || waited > 13*time.Second {
					t.Errorf("a quick request waited %v, slow %v", waited, slow)
				}
			})
		}
		time.Sleep(20 * time.Second)
		// The slow lane is full now: who was slow before waits there, and who
		// was not goes on at once.
		all.Go(func() {
			if waited, slow := ask(true, time.Second); slow || waited < 90*time.Second {
				t.Errorf("a request to a host that was slow waited %v, slow %v", waited, slow)
			}
		})
		synctest.Wait()
		if waited, _ := ask(false, time.Millisecond); waited > 20*time.Second {
			t.Errorf("a quick request waited until %v", waited)
		}
		all.Wait()
		// All places are free again.
		for range 4 {
			if _, err := enter(t.Context(), false); err != nil {
				t.Fatal(err)
			}
		}
		full, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := enter(full, false); err == nil {
			t.Error("more than four requests are under way at once")
		}
	})
}

// TestADrippingSetOfHostsStarvesNobody asks real servers: as many drips as there
// are places, and quick ones behind them.
func TestADrippingSetOfHostsStarvesNobody(t *testing.T) {
	stop := make(chan struct{})
	drip := serve(t, func(w http.ResponseWriter, r *http.Request) {
		for {
			fmt.Fprint(w, "x")
			_ = http.NewResponseController(w).Flush()
			select {
			case <-stop:
				return
			case <-r.Context().Done():
				return
			case <-time.After(50 * time.Millisecond):
			}
		}
	})
	quick := serve(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "quick") })
	c := client(t, func(o *fetch.Options) { o.Parallel, o.HostParallel, o.Clock = 4, 8, time.Now })
	var drips sync.WaitGroup
	defer drips.Wait()
	defer close(stop)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	for range 4 {
		drips.Go(func() { _, _ = c.Get(ctx, fetch.Get{URL: drip, Private: true}) })
	}
	time.Sleep(100 * time.Millisecond) // they are under way
	for range 3 {
		if _, err := c.Get(t.Context(), fetch.Get{URL: quick, Private: true}); err != nil {
			t.Fatal(err)
		}
	}
}
