package app

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/feed"
	"entente/internal/gather/fetch"
	"entente/internal/policy"
	"entente/internal/policy/system"
)

// ailment is what is wrong with one in twenty hosts of the fake internet.
type ailment struct {
	name string
	// error stands in the sentence of a sick host's health; "" for a host whose
	// items must all arrive in spite of the ailment.
	error string
	serve func(h *fakeHost, w http.ResponseWriter, r *http.Request)
}

var ailments = []ailment{
	{"answers too late", "did not answer in time", func(_ *fakeHost, _ http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-time.After(20 * time.Second):
		}
	}},
	{"answers late, but in time", "", func(h *fakeHost, w http.ResponseWriter, r *http.Request) {
		time.Sleep(300 * time.Millisecond)
		h.feed(w, r, time.Now())
	}},
	{"resets the connection", "broke the connection off", func(h *fakeHost, w http.ResponseWriter, _ *http.Request) {
		body := h.body(time.Now())
		conn := hijack(w, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", len(body), body[:len(body)/2])
		_ = conn.(*net.TCPConn).SetLinger(0)
		conn.Close()
	}},
	{"breaks off in the middle", "broke the connection off", func(h *fakeHost, w http.ResponseWriter, _ *http.Request) {
		body := h.body(time.Now())
		hijack(w, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s", len(body), body[:len(body)/2]).Close()
	}},
	{"promises more than it sends", "broke the connection off", func(h *fakeHost, w http.ResponseWriter, _ *http.Request) {
		body := h.body(time.Now())
		hijack(w, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", len(body)+500, body).Close()
	}},
	{"redirects in a circle", "redirects more than 5 times", func(_ *fakeHost, w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/"+strings.Repeat("x", len(r.URL.Path)%3+1), http.StatusFound)
	}},
	{"sends in drips", "was still sending", func(h *fakeHost, w http.ResponseWriter, r *http.Request) {
		for range 1000 {
			if _, err := io.WriteString(w, "<!-- -->"); err != nil || r.Context().Err() != nil {
				return
			}
			_ = http.NewResponseController(w).Flush()
			time.Sleep(100 * time.Millisecond)
		}
	}},
	{"stops in the middle", "stopped sending", func(h *fakeHost, w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, h.body(time.Now())[:200])
		_ = http.NewResponseController(w).Flush()
		select {
		case <-r.Context().Done():
		case <-time.After(20 * time.Second):
		}
	}},
	{"has a name that comes and goes", "", (*fakeHost).well},
	{"has no name", "There is no host named", (*fakeHost).well},
	{"has a wrong clock", "", func(h *fakeHost, w http.ResponseWriter, r *http.Request) {
		skewed := time.Now().Add(time.Duration(1-2*(h.number/20%2)) * 200000 * time.Hour) // 23 years either way
		w.Header().Set("Date", skewed.UTC().Format(http.TimeFormat))
		w.Header().Set("Last-Modified", skewed.UTC().Format(http.TimeFormat))
		h.feed(w, r, skewed)
	}},
	{"is too busy now and then", "", func(h *fakeHost, w http.ResponseWriter, r *http.Request) {
		switch h.asked.Add(1) % 3 {
		case 0:
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusServiceUnavailable)
		case 1:
			w.WriteHeader(http.StatusInternalServerError)
		default:
			h.well(w, r)
		}
	}},
	{"has nothing there", "There is nothing at", func(_ *fakeHost, w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) }},
	{"refuses connections", "refuses connections", (*fakeHost).well},
	{"sends something else", "feed", func(_ *fakeHost, w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/octet-stream")
		_, _ = w.Write([]byte("\x7fELF\x02\x01\x01\x00 this is a program and nothing to read"))
	}},
}

const aboutEach = 20 // one host in so many has each ailment; the rest are well

// fakeHost is a host of the fake internet, at an address of its own.
type fakeHost struct {
	number  int
	address string // 127.x.y.z
	port    string
	net     *fakeInternet
	asked   atomic.Int64
}

func (h *fakeHost) name() string { return fmt.Sprintf("h%d.test", h.number) }

// ailment gives what is wrong with the host; nil where it is well.
func (h *fakeHost) ailment() *ailment {
	if k := h.number % aboutEach; k < len(ailments) {
		return &ailments[k]
	}
	return nil
}

func (h *fakeHost) well(w http.ResponseWriter, r *http.Request) { h.feed(w, r, time.Now()) }

// feed answers with the feed as it is now, or that it did not change.
func (h *fakeHost) feed(w http.ResponseWriter, r *http.Request, now time.Time) {
	tag := fmt.Sprintf(`"%d"`, h.items())
	w.Header().Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Type", "application/rss+xml")
	_, _ = io.WriteString(w, h.body(now))
}

const (
	itemsAtFirst = 5
	itemsAtLast  = 10
)

// items is how many items the feed has by now: they appear one after another.
func (h *fakeHost) items() int {
	return min(itemsAtFirst+int(time.Since(h.net.start)/h.net.step), itemsAtLast)
}

func (h *fakeHost) title(item int) string { return fmt.Sprintf("host %d item %d", h.number, item) }

func (h *fakeHost) body(now time.Time) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0"?><rss version="2.0"><channel><title>Host %d</title>`, h.number)
	for item := h.items() - 1; item >= 0; item-- {
		// The dates are the host's: two thirds of a day before what its clock says.
		fmt.Fprintf(&b, `<item><title>%s</title><guid isPermaLink="false">%d-%d</guid><pubDate>%s</pubDate><description>The ferry of host %d runs for the %dth time.</description></item>`,
			h.title(item), h.number, item, now.Add(-16*time.Hour).UTC().Truncate(240*time.Hour).Format(time.RFC1123Z), h.number, item)
	}
	return b.String() + `</channel></rss>`
}

// hijack writes an answer past the server and gives the connection.
func hijack(w http.ResponseWriter, format string, args ...any) net.Conn {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err)
	}
	fmt.Fprintf(conn, format, args...)
	return conn
}

// fakeInternet is a great many hosts on loopback addresses, with a name server.
type fakeInternet struct {
	hosts []*fakeHost
	start time.Time
	step  time.Duration // after which the next item of each feed appears
	names *nameServer
}

func newFakeInternet(t testing.TB, hosts int, step time.Duration) *fakeInternet {
	t.Helper()
	in := &fakeInternet{start: time.Now(), step: step}
	for i := range hosts {
		h := &fakeHost{number: i, net: in, address: fmt.Sprintf("127.%d.%d.%d", 10+i/62500, 1+i/250%250, 1+i%250)}
		l, err := net.Listen("tcp", h.address+":0")
		if err != nil {
			t.Fatalf("addresses of 127.0.0.0/8 other than 127.0.0.1 are needed: %v", err)
		}
		_, h.port, _ = net.SplitHostPort(l.Addr().String())
		in.hosts = append(in.hosts, h)
		if a := h.ailment(); a != nil && a.name == "refuses connections" {
			l.Close()
			continue
		}
		server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if a := h.ailment(); a != nil {
				a.serve(h, w, r)
				return
			}
			h.well(w, r)
		}), ErrorLog: slog.NewLogLogger(slog.DiscardHandler, 0)}
		go func() { _ = server.Serve(l) }()
		t.Cleanup(func() { server.Close() })
	}
	in.names = newNameServer(t, in.answer)
	return in
}

func (in *fakeInternet) answer(name string, n int) ([]string, bool) {
	var number int
	if _, err := fmt.Sscanf(name, "h%d.test", &number); err != nil || number >= len(in.hosts) {
		return nil, true
	}
	h := in.hosts[number]
	if a := h.ailment(); a != nil {
		switch {
		case a.name == "has no name", a.name == "has a name that comes and goes" && n%4 == 0:
			return nil, true
		case a.name == "has a name that comes and goes" && n%4 == 1:
			return nil, false
		}
	}
	return []string{h.address}, true
}

// addSource puts a source into the store in the program's own name.
func (tr *trial) addSource(s centre.Source) centre.Source {
	tr.t.Helper()
	s.ID, s.Created = tr.ids.Next(time.Now()), time.Now().UTC()
	s.Member, s.Marking = "IRQ", centre.Marking{Originator: "IRQ"}
	grant := system.Act("test", policy.ActionManageSources, policy.Object{Kind: "source", ID: s.ID, Marking: s.Marking, Member: s.Member, Target: &s.Marking})
	if err := tr.store.AddSource(tr.t.Context(), grant, s); err != nil {
		tr.t.Fatal(err)
	}
	return s
}

// gathering runs a scheduler on the trial's store until stop is called.
func (tr *trial) gathering(client *fetch.Client) (stop func()) {
	tr.t.Helper()
	scheduler, err := gather.NewScheduler(gather.Options{
		Keeper: keeper{tr.store}, Connectors: []gather.Connector{feed.New()}, Client: client, Clock: time.Now, Rand: rand.Float64,
	})
	if err != nil {
		tr.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(tr.t.Context())
	done := make(chan struct{})
	go func() { defer close(done); _ = scheduler.Run(ctx) }()
	return sync.OnceFunc(func() { cancel(); <-done })
}

// titles counts what was taken by title: a document that was taken twice, or in
// two versions, counts twice.
func (tr *trial) titles() map[string]int {
	tr.t.Helper()
	found := map[string]int{}
	after := centre.ID(0)
	for {
		pending, err := tr.store.Pending(tr.t.Context(), gatherGrant, after, 1000)
		if err != nil {
			tr.t.Fatal(err)
		}
		if len(pending) == 0 {
			return found
		}
		for _, p := range pending {
			found[p.Document.Title]++
			after = p.Document.ID
		}
	}
}

// TestAFakeInternetFullOfFaults gathers from 400 hosts, or 2,000 with
// ENTENTE_FULL=1, of which one in twenty each has one of fifteen ailments, into
// a real store, and stops and starts again in the middle. In the end every item
// of the healthy hosts is there exactly once, and every sick host is named with
// its sickness. It ends when that holds, and fails where it never does.
func TestAFakeInternetFullOfFaults(t *testing.T) {
	hosts, step, interval, restart, limit := 400, time.Second, time.Second, 5*time.Second, 90*time.Second
	if os.Getenv("ENTENTE_FULL") != "" {
		hosts, step, interval, restart, limit = 2000, 10*time.Second, 8*time.Second, 40*time.Second, 5*time.Minute
	}
	tr := newTrial(t)
	in := newFakeInternet(t, hosts, step)
	sources := map[centre.ID]*fakeHost{}
	for _, h := range in.hosts {
		s := tr.addSource(centre.Source{
			Slug: fmt.Sprintf("h%d", h.number), Name: h.name(), Kind: "feed", Private: true, Interval: interval,
			Address: fmt.Sprintf("http://%s:%s/feed", h.name(), h.port),
		})
		sources[s.ID] = h
	}
	in.start = time.Now()
	client, err := fetch.New(fetch.Options{
		Clock: time.Now, Resolver: in.names.resolver(), DialTimeout: 5 * time.Second, HeaderTimeout: 4 * time.Second, IdleTimeout: 3 * time.Second, TotalTimeout: 8 * time.Second,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	stop := tr.gathering(client)
	time.Sleep(restart)
	stop()
	stop = tr.gathering(client)
	defer func() { stop() }()

	wrong := []string{"nothing was looked at"}
	for deadline := time.Now().Add(limit); len(wrong) > 0 && time.Now().Before(deadline); time.Sleep(time.Second) {
		wrong = tr.ills(sources)
	}
	for _, w := range wrong[:min(len(wrong), 20)] {
		t.Error(w)
	}
	t.Logf("%d hosts, done after %v", hosts, time.Since(in.start).Round(time.Second))
}

// ills lists what is not yet as it has to be.
func (tr *trial) ills(sources map[centre.ID]*fakeHost) (wrong []string) {
	tr.t.Helper()
	states, err := tr.store.Sources(tr.t.Context(), system.View())
	if err != nil {
		tr.t.Fatal(err)
	}
	titles := tr.titles()
	for _, state := range states {
		h := sources[state.Source.ID]
		if h == nil {
			continue
		}
		a, health := h.ailment(), state.Health
		if a != nil && a.error != "" {
			if !strings.Contains(health.Error, a.error) || health.Failures == 0 || !strings.HasSuffix(health.Error, ".") {
				wrong = append(wrong, fmt.Sprintf("host %d %s, and its error is %q", h.number, a.name, health.Error))
			}
			continue
		}
		for item := range itemsAtLast {
			if n := titles[h.title(item)]; n != 1 {
				wrong = append(wrong, fmt.Sprintf("%s is there %d times: %+v", h.title(item), n, health))
			}
		}
		if int(health.Items) != itemsAtLast {
			wrong = append(wrong, fmt.Sprintf("host %d counts %d items", h.number, health.Items))
		}
	}
	return wrong
}
