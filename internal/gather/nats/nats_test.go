package nats_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"entente/internal/centre"
	"entente/internal/gather/fetch"
	"entente/internal/gather/gathertest"
	natssource "entente/internal/gather/nats"
	"entente/internal/gather/push"
)

// patience bounds what a test waits for; a message that a server lost on its way
// comes again after the connector's ackWait.
const patience = time.Minute

// cluster runs three real servers that know each other, on loopback.
func cluster(t *testing.T) []*server.Server {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := listener.Addr().(*net.TCPAddr).Port // where the first waits for the others
	listener.Close()
	var servers []*server.Server
	for i := range 3 {
		o := &server.Options{Host: "127.0.0.1", Port: -1, ServerName: fmt.Sprint("n", i), NoSigs: true, NoLog: true,
			Username: "desk", Password: "open sesame", JetStream: true, StoreDir: t.TempDir(),
			JetStreamMaxStore: 64 << 20, JetStreamMaxMemory: 16 << 20,
			Cluster: server.ClusterOpts{Name: "partners", Host: "127.0.0.1", Port: -1},
			Routes:  server.RoutesFromStr(fmt.Sprintf("nats://127.0.0.1:%d", port))}
		if i == 0 {
			o.Cluster.Port = port
		}
		s, err := server.NewServer(o)
		if err != nil {
			t.Fatal(err)
		}
		s.Start()
		t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
		servers = append(servers, s)
	}
	for _, s := range servers {
		if !s.ReadyForConnections(patience) {
			t.Fatal("a server did not start")
		}
	}
	return servers
}

func client(t *testing.T) *fetch.Client {
	t.Helper()
	c, err := fetch.New(fetch.Options{Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func sourceAt(options map[string]string, servers ...*server.Server) centre.Source {
	var addresses []string
	for _, s := range servers {
		addresses = append(addresses, "nats://"+s.Addr().String())
	}
	return centre.Source{ID: 7, Slug: "partners", Kind: "nats", Member: "IRQ", Marking: centre.Marking{Originator: "IRQ"}, Private: true,
		Address: strings.Join(addresses, ","), Options: options, Secrets: map[string]string{"user": "desk", "password": "open sesame"}}
}

// heard is a listening under way.
type heard struct {
	mu       sync.Mutex
	bodies   map[string]int
	problems []string
	refuse   error // what Yield answers
	alive    chan struct{}
	ended    chan error
}

func listen(t *testing.T, s centre.Source) (h *heard, stop func()) {
	t.Helper()
	h = &heard{bodies: map[string]int{}, alive: make(chan struct{}, 100), ended: make(chan error, 1)}
	r := gathertest.Request(t, s)
	r.Client = client(t)
	whole := r.Yield
	r.Yield = func(ctx context.Context, docs []centre.Document, c centre.Cursor) error {
		h.mu.Lock()
		defer h.mu.Unlock()
		if h.refuse != nil {
			return h.refuse
		}
		for _, d := range docs {
			h.bodies[d.Body]++
		}
		return whole(ctx, docs, c)
	}
	r.Alive = func() { h.alive <- struct{}{} }
	r.Problem = func(sentence string) {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.problems = append(h.problems, sentence)
	}
	ctx, cancel := context.WithCancel(t.Context())
	go func() { h.ended <- natssource.New(push.New()).Listen(ctx, r) }()
	t.Cleanup(cancel)
	return h, cancel
}

func (h *heard) until(t *testing.T, want func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		h.mu.Lock()
		ok := want()
		h.mu.Unlock()
		if ok {
			return
		}
		if time.Now().After(deadline) {
			select {
			case err := <-h.ended:
				t.Fatalf("it ended with %v", err)
			default:
			}
			t.Fatalf("heard %v, problems %v", h.bodies, h.problems)
		}
	}
}

func connect(t *testing.T, s *server.Server) *nats.Conn {
	t.Helper()
	conn, err := nats.Connect("nats://"+s.Addr().String(), nats.UserInfo("desk", "open sesame"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	return conn
}

func send(t *testing.T, conn *nats.Conn, bodies ...string) {
	t.Helper()
	for _, b := range bodies {
		if err := conn.Publish("reports.north", []byte(b)); err != nil {
			t.Fatal(err)
		}
	}
	if err := conn.Flush(); err != nil {
		t.Fatal(err)
	}
}

func TestWhatAPartnerPublishesAnywhereInTheClusterArrives(t *testing.T) {
	servers := cluster(t)
	h, stop := listen(t, sourceAt(map[string]string{"subject": "reports.>"}, servers[0]))
	<-h.alive
	conn := connect(t, servers[2])
	for !servers[0].GlobalAccount().SubscriptionInterest("reports.north") || !servers[2].GlobalAccount().SubscriptionInterest("reports.north") {
		time.Sleep(10 * time.Millisecond) // the cluster is telling its members
	}
	send(t, conn, `{"text":"one"}`, `no format at all`, `[{"text":"two"},{"id":"empty"}]`)
	h.until(t, func() bool { return h.bodies["one"] == 1 && h.bodies["two"] == 1 && len(h.problems) == 2 })
	for _, p := range h.problems {
		if !strings.HasSuffix(p, ".") {
			t.Errorf("%q is no sentence", p)
		}
	}
	stop()
	if err := <-h.ended; !errors.Is(err, context.Canceled) {
		t.Errorf("it ended with %v", err)
	}
}

func TestAStreamKeepsWhatComesWhileTheCentreIsAwayAndNothingIsTakenTwice(t *testing.T) {
	servers := cluster(t)
	conn := connect(t, servers[1])
	js, err := jetstream.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) { // until the cluster has a leader
		if _, err = js.CreateStream(t.Context(), jetstream.StreamConfig{Name: "REPORTS", Subjects: []string{"reports.>"}, Replicas: 3}); err == nil {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
	put := func(from, n int) {
		for i := range n {
			if _, err := js.Publish(t.Context(), "reports.north", fmt.Appendf(nil, `{"text":"report %d"}`, from+i)); err != nil {
				t.Fatal(err)
			}
		}
	}
	options := map[string]string{"subject": "reports.>", "stream": "REPORTS"}
	put(0, 300) // before anybody listened
	full := errors.New("the disk is full")
	h, _ := listen(t, sourceAt(options, servers...))
	h.until(t, func() bool { return len(h.bodies) == 300 })
	put(300, 5)
	h.until(t, func() bool { return len(h.bodies) == 305 })
	h.mu.Lock()
	h.refuse = full
	h.mu.Unlock()
	put(305, 3)
	if err := <-h.ended; !errors.Is(err, full) { // what is not stored is not acknowledged
		t.Fatalf("it ended with %v", err)
	}
	again, stop := listen(t, sourceAt(options, servers...))
	defer stop()
	put(308, 2)
	again.until(t, func() bool { return again.bodies["report 308"] == 1 && again.bodies["report 309"] == 1 })
	if again.bodies["report 0"]+again.bodies["report 304"] != 0 {
		t.Error("what was acknowledged came again")
	}

	look := gathertest.Request(t, sourceAt(options, servers...))
	look.Client = client(t)
	seen := 0
	look.Yield = func(_ context.Context, docs []centre.Document, _ centre.Cursor) error {
		seen += len(docs)
		return nil
	}
	if result, err := natssource.New(push.New()).Fetch(t.Context(), look); err != nil || seen < 300 || result.Bytes == 0 {
		t.Errorf("a look brought %d, %+v, %v", seen, result, err)
	}
}

func TestWhatIsWrongIsSaid(t *testing.T) {
	servers := cluster(t)
	c := natssource.New(push.New())
	for name, s := range map[string]centre.Source{
		"no subject": sourceAt(nil, servers[0]), "a path": {Address: "nats://host/x", Options: map[string]string{"subject": "a"}},
		"another scheme":            {Address: "https://host:4222", Options: map[string]string{"subject": "a"}},
		"a password in the address": {Address: "nats://a:b@host:4222", Options: map[string]string{"subject": "a"}},
		"a subject with a gap":      sourceAt(map[string]string{"subject": "a..b"}, servers[0]), "a stream with a dot": sourceAt(map[string]string{"subject": "a", "stream": "a.b"}, servers[0]),
	} {
		t.Run(name, func(t *testing.T) { gathertest.Sentence(t, c.Check(s)) })
	}
	good := sourceAt(map[string]string{"subject": "reports.>"}, servers[0])
	if err := c.Check(good); err != nil {
		t.Error(err)
	}
	stranger, public, gone, stream := good, good, good, good
	stranger.Secrets = map[string]string{"user": "desk", "password": "guess"}
	public.Private = false
	gone.Address = "nats://127.0.0.1:1"
	stream.Options = map[string]string{"subject": "reports.>", "stream": "NOWHERE"}
	for name, test := range map[string]struct {
		source centre.Source
		code   centre.Code
	}{"a wrong password": {stranger, centre.CodeDenied}, "a private address": {public, centre.CodeDenied},
		"nobody there": {gone, centre.CodeUnavailable}, "no such stream": {stream, centre.CodeInvalid}} {
		t.Run(name, func(t *testing.T) {
			r := gathertest.Request(t, test.source)
			r.Client, r.Alive, r.Problem = client(t), func() {}, func(string) {}
			err := c.Listen(t.Context(), r)
			var refused *fetch.Error
			if !errors.As(err, &refused) || refused.Code != test.code || strings.Contains(err.Error(), "guess") {
				t.Errorf("%v", err)
			}
		})
	}
}
