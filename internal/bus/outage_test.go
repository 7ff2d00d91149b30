package bus_test

import (
	"net"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats-server/v2/server"

	"entente/internal/bus"
	"entente/internal/centre"
	"entente/internal/store"
)

// serve runs a NATS server on loopback; port -1 takes a free one.
func serve(t *testing.T, folder string, port int) *server.Server {
	t.Helper()
	s, err := server.NewServer(&server.Options{
		Host: "127.0.0.1", Port: port, JetStream: true, StoreDir: folder, NoSigs: true, NoLog: true,
		JetStreamMaxStore: 64 << 20, JetStreamMaxMemory: 16 << 20,
	})
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	if !s.ReadyForConnections(patience) {
		t.Fatal("the server did not start")
	}
	return s
}

func TestABusThatGoesAwayIsFoundAgainAndNothingIsMissed(t *testing.T) {
	folder := t.TempDir()
	s := serve(t, folder, -1)
	t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() }) // of the one that runs then
	b := open(t, bus.Options{URL: s.ClientURL()})
	c := subscribe(t, b)
	publish(t, b, notices(1, 3))
	receive(t, c, 3)

	port := s.Addr().(*net.TCPAddr).Port
	s.Shutdown()
	s.WaitForShutdown()
	publishUntil(t, b, notices(4, 2), false) // refused while it is away
	s = serve(t, folder, port)
	publishUntil(t, b, notices(4, 2), true)
	if d := cmp.Diff(notices(4, 2), receive(t, c, 2)); d != "" {
		t.Error(d)
	}
}

// publishUntil publishes until that works, or until it is refused.
func publishUntil(t *testing.T, b *bus.Bus, list []store.Notice, works bool) {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for timeout := time.After(patience); ; {
		err := b.Publish(t.Context(), list)
		if (err == nil) == works {
			if err != nil && centre.CodeOf(err) != centre.CodeUnavailable {
				t.Errorf("the refusal is %v", err)
			}
			return
		}
		select {
		case <-tick.C:
		case <-timeout:
			t.Fatalf("still: %v", err)
		}
	}
}
