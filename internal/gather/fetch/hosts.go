package fetch

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"

	"entente/internal/centre"
)

// hosts keeps the manners: how many requests go to one host at a time, how far
// they lie apart, and until when a host asked to be left alone. One host's
// queue never delays another's.
type hosts struct {
	clock    func() time.Time
	parallel int

	mu    sync.Mutex
	known map[string]*host // by lower-case host and port
	// sweepAt is the number of known hosts at which some are forgotten.
	sweepAt int
}

type host struct {
	turns chan struct{}

	// guarded by hosts.mu
	inside    int           // waiting or requesting
	free      time.Time     // earliest start of the next request
	notBefore time.Time     // as Retry-After asked
	crawl     time.Duration // as robots.txt asks
	slow      bool          // the last request took long
}

func newHosts(clock func() time.Time, parallel int) *hosts {
	return &hosts{clock: clock, parallel: parallel, known: map[string]*host{}, sweepAt: fewHosts}
}

// enter waits for a turn at u's host; leave must be called when the request is
// over. A host that asked to be left alone is not waited for: that is an error
// which tells how long it lasts.
func (hs *hosts) enter(ctx context.Context, u *url.URL, delay time.Duration) (leave func(), err error) {
	h := hs.join(u)
	select {
	case h.turns <- struct{}{}:
	case <-ctx.Done():
		hs.part(u, h)
		return nil, ctx.Err()
	}
	done := func() { <-h.turns; hs.part(u, h) }
	for {
		now := hs.clock()
		hs.mu.Lock()
		alone, wait := h.notBefore.Sub(now), h.free.Sub(now)
		if alone <= 0 && wait <= 0 {
			h.free = now.Add(max(delay, h.crawl))
			hs.mu.Unlock()
			break
		}
		hs.mu.Unlock()
		if alone > 0 {
			done()
			return nil, &Error{Code: centre.CodeUnavailable, Class: ClassBusy, RetryAfter: alone, Sentence: fmt.Sprintf(
				"The host %s asked to be left alone for another %s; it is tried again after that.", clip(u.Host), inWords(alone))}
		}
		timer := time.NewTimer(wait)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			done()
			return nil, ctx.Err()
		}
	}
	return func() {
		hs.mu.Lock()
		if gap := max(delay, h.crawl); gap > 0 {
			h.free = hs.clock().Add(gap)
		}
		hs.mu.Unlock()
		done()
	}, nil
}

func (hs *hosts) join(u *url.URL) *host {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	key := strings.ToLower(u.Host)
	h := hs.known[key]
	if h == nil {
		hs.sweep()
		h = &host{turns: make(chan struct{}, hs.parallel)}
		hs.known[key] = h
	}
	h.inside++
	return h
}

func (hs *hosts) part(_ *url.URL, h *host) {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	h.inside--
}

// sweep forgets hosts that nobody is at and that ask for nothing, so that a
// feed with links to ever new hosts does not fill the memory.
func (hs *hosts) sweep() {
	if len(hs.known) < hs.sweepAt {
		return
	}
	now := hs.clock()
	for key, h := range hs.known {
		if h.inside == 0 && !h.slow && !h.free.After(now) && !h.notBefore.After(now) {
			delete(hs.known, key)
		}
	}
	// What could not be forgotten must not be looked through for each new host.
	hs.sweepAt = max(fewHosts, 2*len(hs.known))
}

// fewHosts is a number of hosts that is not worth forgetting.
const fewHosts = 1000

// leaveAlone notes that u's host asked not to be visited for d.
func (hs *hosts) leaveAlone(u *url.URL, d time.Duration) {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	if h := hs.known[strings.ToLower(u.Host)]; h != nil {
		h.notBefore = hs.clock().Add(d)
	}
}

// wasSlow tells whether the last request to u's host took long.
func (hs *hosts) wasSlow(u *url.URL) bool {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	h := hs.known[strings.ToLower(u.Host)]
	return h != nil && h.slow
}

// slow notes whether a request to u's host took long.
func (hs *hosts) slow(u *url.URL, slow bool) {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	if h := hs.known[strings.ToLower(u.Host)]; h != nil {
		h.slow = slow
	}
}

// crawlDelay notes what u's host asks of robots.
func (hs *hosts) crawlDelay(u *url.URL, d time.Duration) {
	h := hs.join(u)
	hs.mu.Lock()
	defer hs.mu.Unlock()
	h.inside--
	h.crawl = min(d, maxCrawlDelay)
}

const maxCrawlDelay = 30 * time.Second
