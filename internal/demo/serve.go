package demo

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"entente/internal/centre"
)

// notice stands on every site and feed of the demo.
const notice = "An invented outlet of the Entente demo. Written from public facts of 2015; no real publisher is meant."

// FirstPort is the usual port of the first outlet. Usual ports matter to a demo
// that is started again on its folder: an item without a guid is known by its
// address, and would else be another item.
const FirstPort = 18500

const feedPath = "/feed"

func pagePath(id string) string { return "/items/" + id + ".html" }

// Options say how the outlets are run.
type Options struct {
	// Clock tells how far the scenario has come; it must be given.
	Clock func() time.Time
	// Begin is when the scenario begins; zero for the clock's time at Start.
	// A demo that is started again on its folder gives the first beginning,
	// and so has everything at once.
	Begin time.Time
	// Listen opens the listener of one outlet; nil for a port of 127.0.0.1: the
	// outlet's usual one, counted from FirstPort, or any where that is taken.
	// Each outlet has its own, so that politeness towards one host does not
	// slow the others.
	Listen func(slug string) (net.Listener, error)
}

// Outlets are the running web servers of a scenario. They are safe for
// concurrent use.
type Outlets struct {
	scenario *Scenario
	begin    time.Time
	clock    func() time.Time
	sites    []*site
	close    sync.Once
	running  sync.WaitGroup
}

type site struct {
	outlet *Outlet
	base   string // http://127.0.0.1:port
	server *http.Server
	failed error
}

// Start opens all outlets. They run until ctx is done or Close is called; the
// caller calls Close in both cases, to wait for them. What cannot be opened is
// an error, and then nothing runs.
func Start(ctx context.Context, options Options) (*Outlets, error) {
	if options.Clock == nil {
		return nil, errors.New("demo: Options.Clock is not given")
	}
	scenario, err := Load()
	if err != nil {
		return nil, err
	}
	s := &Outlets{scenario: scenario, begin: options.Begin, clock: options.Clock}
	if s.begin.IsZero() {
		s.begin = s.clock()
	}
	listen := options.Listen
	if listen == nil {
		listen = usual(ctx, scenario)
	}
	var listeners []net.Listener
	for i := range scenario.Outlets {
		l, err := listen(scenario.Outlets[i].Slug)
		if err != nil {
			for _, l := range listeners {
				l.Close()
			}
			return nil, centre.Refuse(centre.CodeUnavailable, "the demo cannot open a local web server: %w; free some ports or files and start again", err)
		}
		listeners = append(listeners, l)
	}
	for i, l := range listeners {
		one := &site{outlet: &scenario.Outlets[i], base: "http://" + l.Addr().String()}
		one.server = &http.Server{Handler: s.handler(one), ReadHeaderTimeout: 10 * time.Second}
		s.sites = append(s.sites, one)
		s.running.Go(func() {
			if err := one.server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
				one.failed = err
			}
		})
	}
	context.AfterFunc(ctx, s.stop)
	return s, nil
}

// usual opens outlets at their usual ports, and at any other that is free.
func usual(ctx context.Context, scenario *Scenario) func(slug string) (net.Listener, error) {
	return func(slug string) (net.Listener, error) {
		var c net.ListenConfig
		n := slices.IndexFunc(scenario.Outlets, func(o Outlet) bool { return o.Slug == slug })
		if l, err := c.Listen(ctx, "tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(FirstPort+n))); err == nil {
			return l, nil
		}
		return c.Listen(ctx, "tcp", "127.0.0.1:0")
	}
}

// stop ends the servers at once: nobody is hurt by a half-read feed.
func (s *Outlets) stop() {
	s.close.Do(func() {
		for _, one := range s.sites {
			one.server.Close()
		}
	})
}

// Close stops all outlets, waits for them and tells what went wrong with any
// of them while they ran. It may be called more than once.
func (s *Outlets) Close() error {
	s.stop()
	s.running.Wait()
	var all []error
	for _, one := range s.sites {
		all = append(all, one.failed)
	}
	return errors.Join(all...)
}

// Scenario is what the outlets publish. It must not be changed.
func (s *Outlets) Scenario() *Scenario { return s.scenario }

// handler serves one outlet's site: its feed, its pages, a front page and a
// robots.txt that allows all.
func (s *Outlets) handler(one *site) http.Handler {
	o := one.outlet
	mux := http.NewServeMux()
	mux.HandleFunc("GET /robots.txt", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Write([]byte("User-agent: *\nAllow: /\n"))
	})
	if o.Format != Page {
		mux.HandleFunc("GET "+feedPath, func(w http.ResponseWriter, r *http.Request) {
			shown := o.editions(s.elapsed())
			b, err := o.feed(one.base, shown)
			s.write(w, r, o, b, err, changed(shown))
		})
	}
	mux.HandleFunc("GET /items/{page}", func(w http.ResponseWriter, r *http.Request) {
		for _, e := range o.editions(s.elapsed()) {
			if r.URL.Path == pagePath(e.ID) {
				b, err := o.page(&e, nil)
				s.write(w, r, o, b, err, e.changed)
				return
			}
		}
		http.NotFound(w, r)
	})
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		shown := o.editions(s.elapsed())
		b, err := o.page(nil, shown)
		s.write(w, r, o, b, err, changed(shown))
	})
	return mux
}

func (s *Outlets) elapsed() time.Duration { return s.clock().Sub(s.begin) }

// write answers with the body, or with 304 where the client has it already
// (RFC 9110, section 13): http.ServeContent compares ETag and Last-Modified.
func (s *Outlets) write(w http.ResponseWriter, r *http.Request, o *Outlet, b body, err error, at time.Duration) {
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	charset := o.Header
	if charset == "" {
		charset = o.Charset
	}
	if charset == "" {
		charset = "utf-8"
	}
	sum := sha256.Sum256(b.bytes)
	w.Header().Set("Content-Type", b.mediaType+"; charset="+charset)
	w.Header().Set("ETag", `"`+hex.EncodeToString(sum[:12])+`"`)
	http.ServeContent(w, r, "", s.begin.Add(at), bytes.NewReader(b.bytes))
}
