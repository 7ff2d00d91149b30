package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"sync"
	"time"

	"github.com/temoto/robotstxt"

	"entente/internal/centre"
)

const (
	robotsFor     = 24 * time.Hour   // RFC 9309, section 2.4: not longer
	robotsAgain   = 10 * time.Minute // where the host could not say
	maxRobotsRead = 500 << 10        // RFC 9309, section 2.5: at least 500 KiB are read
)

// robots asks hosts what robots may read, and remembers.
type robots struct {
	client *Client

	mu    sync.Mutex
	known map[string]*robotsEntry // by scheme and host
}

type robotsEntry struct {
	turn  chan struct{} // holds one while the host is asked, so that it is asked once; guards the rest
	until time.Time
	rules *robotstxt.RobotsData
	err   error
}

// allow refuses an address that the host's robots.txt disallows for us.
func (r *robots) allow(ctx context.Context, u *url.URL, private bool) error {
	entry := r.entry(u, private)
	select {
	case entry.turn <- struct{}{}:
		defer func() { <-entry.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if now := r.client.options.Clock(); !now.Before(entry.until) {
		rules, err := r.ask(ctx, u, private)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		entry.rules, entry.err, entry.until = rules, err, now.Add(robotsFor)
		if err != nil {
			entry.until = now.Add(robotsAgain)
		} else if group := rules.FindGroup(robotsAgent); group != nil && group.CrawlDelay > 0 {
			r.client.hosts.crawlDelay(u, group.CrawlDelay)
		}
	}
	if entry.err != nil {
		if inside, ok := errors.AsType[*refusedAddress](cause(entry.err)); ok { // told of the address that was asked for
			return r.client.failure(ctx, ctx, u, inside)
		}
		return entry.err
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	if !entry.rules.TestAgent(path, robotsAgent) {
		return &Error{Code: centre.CodeInvalid, Class: ClassDenied, Sentence: "The host " + clip(u.Host) + " asks programs in its robots.txt not to read " + show(u.String()) + "; ask its owner for a feed, or pause this source."}
	}
	return nil
}

// cause is what lies behind a refusal.
func cause(err error) error {
	if refused, ok := errors.AsType[*Error](err); ok && refused.Cause != nil {
		return refused.Cause
	}
	return err
}

// entry gives what is known of a host. A private source may get an answer where
// others get none.
func (r *robots) entry(u *url.URL, private bool) *robotsEntry {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.known) > 5000 {
		clear(r.known) // simpler than ageing, and costs one request a host
	}
	key := fmt.Sprintf("%s://%s %v", u.Scheme, u.Host, private)
	if r.known[key] == nil {
		r.known[key] = &robotsEntry{turn: make(chan struct{}, 1)}
	}
	return r.known[key]
}

// ask reads robots.txt. What is not there allows all; a host that cannot say
// (5xx) disallows all for now (RFC 9309, section 2.3.1).
func (r *robots) ask(ctx context.Context, u *url.URL, private bool) (*robotstxt.RobotsData, error) {
	at := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	response, err := r.client.Get(ctx, Get{URL: at.String(), Private: private, Accept: "text/plain"})
	if refused, ok := errors.AsType[*Error](err); ok && refused.Status >= 400 && refused.Status < 500 && refused.Status != 429 {
		return robotstxt.FromStatusAndBytes(404, nil)
	}
	if err != nil {
		return nil, err
	}
	body := response.Body[:min(len(response.Body), maxRobotsRead)]
	rules, err := robotstxt.FromStatusAndBytes(200, body)
	if err != nil { // rules that nobody can read forbid nothing
		return robotstxt.FromStatusAndBytes(404, nil)
	}
	return rules, nil
}
