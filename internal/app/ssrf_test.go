package app

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
	gatherall "entente/internal/gather/all"
	"entente/internal/gather/fetch"
)

// offNetwork are the kinds that reach nothing by an address: they read folders
// of this machine or take what is sent to the centre.
var offNetwork = map[string]bool{"files": true, "push": true}

// canary listens on this machine and counts who reaches it.
type canary struct {
	port    string
	reached atomic.Int64
}

// newCanary listens at every address of this machine that the hosts of the test
// lead to, at one port.
func newCanary(t *testing.T) *canary {
	t.Helper()
	c := &canary{}
	first, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, c.port, _ = net.SplitHostPort(first.Addr().String())
	listeners := []net.Listener{first}
	hosts := []string{"127.0.0.2", "127.255.255.254", "::1"}
	if addresses, err := net.InterfaceAddrs(); err == nil {
		for _, a := range addresses {
			if n, ok := a.(*net.IPNet); ok && n.IP.IsPrivate() {
				hosts = append(hosts, n.IP.String())
			}
		}
	}
	for _, host := range hosts {
		if l, err := net.Listen("tcp", net.JoinHostPort(host, c.port)); err == nil {
			listeners = append(listeners, l)
		}
	}
	for _, l := range listeners {
		go func() {
			for {
				conn, err := l.Accept()
				if err != nil {
					return
				}
				c.reached.Add(1)
				conn.Close()
			}
		}()
		t.Cleanup(func() { l.Close() })
	}
	return c
}

// insides are hosts that lead inside, in every dress. The names are answered by
// the test's own DNS server.
func insides() []string {
	hosts := []string{
		"127.0.0.1", "127.0.0.2", "127.255.255.254", "127.1", "127.0.1", "0", "0.0.0.0", "[::]", "[::1]", "[0:0:0:0:0:0:0:1]",
		"2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "127.0.0.1.", "localhost", "localhost.", "LOCALHOST", "ｌｏｃａｌｈｏｓｔ", "１２７.0.0.1",
		"10.0.0.1", "172.16.0.1", "192.168.0.1", "100.64.0.1", "[fd00::1]", "[fe80::1]", "[fe80::1%25lo]",
		"169.254.169.254", "169.254.169.254.", "[fd00:ec2::254]", "100.100.100.200", "2852039166",
		"[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[::ffff:169.254.169.254]", "[::ffff:10.0.0.1]",
		"[2002:7f00:1::]", "[2002:a9fe:a9fe::]", "[64:ff9b::127.0.0.1]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::7f00:1]", "[2001:0:7f00:1::1]",
		"loopback.test", "loopback6.test", "private.test", "metadata.test", "mapped.test", "nat64.test", "several.test",
	}
	if addresses, err := net.InterfaceAddrs(); err == nil {
		for _, a := range addresses {
			if n, ok := a.(*net.IPNet); ok && n.IP.IsPrivate() && n.IP.To4() != nil {
				hosts = append(hosts, n.IP.String())
			}
		}
	}
	return hosts
}

// outside is an address of the public internet where nobody is: the block was
// once set aside for tests and is routed nowhere.
const outside = "128.66.0.1"

func insideNames(name string, n int) ([]string, bool) {
	switch name {
	case "loopback.test", "redirecting.test":
		return []string{"127.0.0.1"}, true
	case "loopback6.test":
		return []string{"::1"}, true
	case "private.test":
		return []string{"10.0.0.1", "192.168.0.1"}, true
	case "metadata.test":
		return []string{"169.254.169.254"}, true
	case "mapped.test":
		return []string{"::ffff:127.0.0.1"}, true
	case "nat64.test":
		return []string{"64:ff9b::7f00:1"}, true
	case "several.test": // a dialler that tries one after the other comes to the second
		return []string{"240.0.0.1", "127.0.0.1", "::1"}, true
	case "rebinding.test": // once outside, then inside
		if n%2 == 0 {
			return []string{outside}, true
		}
		return []string{"127.0.0.1"}, true
	}
	return nil, true
}

// schemes are the ways in which connectors write addresses.
var schemes = []string{"http://%s:%s/", "https://%s:%s/", "http://user:pass@%s:%s/feed", "http://example.org@%s:%s/", "http://%s:%s\\@example.org/",
	"tcp://%s:%s", "tls://%s:%s", "ssl://%s:%s", "imap://%s:%s/INBOX", "imaps://%s:%s/INBOX", "nats://%s:%s", "%s:%s", "udp://%s:%s", "taxii://%s:%s/"}

// drive lets a connector do all that it can with a source, and tells whether
// Check let it.
func drive(ctx context.Context, c gather.Connector, client *fetch.Client, s centre.Source) (checked bool, err error) {
	if err := c.Check(s); err != nil { // some need secrets, and some refuse them
		s.Secrets = secretsForAll()
		if err := c.Check(s); err != nil {
			return false, err
		}
	}
	r := gather.Request{
		Source: s, Client: client, Now: time.Now(), Alive: func() {},
		Yield:       func(context.Context, []centre.Document, centre.Cursor) error { return nil },
		YieldEvents: func(context.Context, []centre.Event, centre.Cursor) error { return nil },
		YieldTracks: func(context.Context, []centre.Track, centre.Cursor) error { return nil },
	}
	bounded, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	_, err = c.Fetch(bounded, r)
	if l, ok := c.(gather.Listener); ok && l.Listens(s) {
		listenErr := l.Listen(bounded, r)
		if err == nil {
			err = listenErr
		}
	}
	return true, err
}

// secretsForAll lets every connector get as far as the network.
func secretsForAll() map[string]string {
	return map[string]string{"user": "someone", "password": "secret", "token": "secret", "key": "secret", "email": "a@example.org"}
}

func insideClient(t *testing.T) *fetch.Client {
	t.Helper()
	client, err := fetch.New(fetch.Options{
		Clock: time.Now, Resolver: newNameServer(t, insideNames).resolver(), DialTimeout: 200 * time.Millisecond,
		HeaderTimeout: time.Second, TotalTimeout: 2 * time.Second, HostDelay: time.Nanosecond, HostParallel: 16,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return client
}

// TestNoConnectorReachesInside tries every connector with every way to write an
// address that leads inside, as its source and as what a server sends it to.
func TestNoConnectorReachesInside(t *testing.T) {
	canary := newCanary(t)
	var redirects atomic.Int64
	redirecting := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		redirects.Add(1)
		to, _ := url.PathUnescape(strings.TrimPrefix(r.URL.EscapedPath(), "/to/"))
		w.Header().Set("Location", to)
		w.WriteHeader([]int{301, 302, 303, 307, 308}[len(to)%5])
	}))
	defer redirecting.Close()
	_, redirectingPort, _ := net.SplitHostPort(redirecting.Listener.Addr().String())

	for _, c := range gatherall.Connectors() {
		t.Run(c.Kind(), func(t *testing.T) {
			client := insideClient(t) // its own, since a client remembers what it was told in robots.txt
			source := centre.Source{ID: 1, Kind: c.Kind(), Slug: "s", Marking: centre.Marking{Originator: "IRQ"}, Options: map[string]string{"subject": "reports"}}
			if !offNetwork[c.Kind()] {
				// The test can tell: with an operator's permission it is reached.
				before := canary.reached.Load()
				for _, scheme := range schemes {
					allowed := source
					allowed.Address, allowed.Private = fmt.Sprintf(scheme, "127.0.0.1", canary.port), true
					_, _ = drive(t.Context(), c, client, allowed)
				}
				if canary.reached.Load() == before {
					t.Fatal("the connector did not reach the canary where it was allowed to, so that the test would see nothing")
				}
			}
			before := canary.reached.Load()
			tried, slots := atomic.Int64{}, make(chan struct{}, 16)
			var all sync.WaitGroup
			try := func(s centre.Source) {
				slots <- struct{}{}
				all.Go(func() {
					defer func() { <-slots }()
					checked, err := drive(t.Context(), c, client, s)
					if checked {
						tried.Add(1)
					}
					if err == nil && !offNetwork[c.Kind()] {
						t.Errorf("%s was read without an error", s.Address)
					}
				})
			}
			for _, host := range append(insides(), "rebinding.test", "rebinding.test", "rebinding.test") {
				for _, scheme := range schemes {
					s := source
					s.Address = fmt.Sprintf(scheme, host, canary.port)
					try(s)
				}
				// A source that may be at a private address takes the permission
				// nowhere else.
				s := source
				s.Private = true
				s.Address = fmt.Sprintf("http://redirecting.test:%s/to/%s", redirectingPort, url.PathEscape(fmt.Sprintf("http://%s:%s/", host, canary.port)))
				if host != "rebinding.test" {
					try(s)
				}
			}
			all.Wait()
			if n := canary.reached.Load() - before; n > 0 {
				t.Errorf("something inside was reached %d times", n)
			}
			if !offNetwork[c.Kind()] && tried.Load() == 0 {
				t.Error("Check refused every address, so that nothing was tried")
			}
		})
	}
	if redirects.Load() == 0 {
		t.Error("no redirect was tried")
	}
}
