package app

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"entente/internal/centre"
	"entente/internal/desk"
	"entente/internal/gather/fetch"
	"entente/internal/server"
)

const (
	// lease is for how long a hub is asked to tell of a feed's content, and
	// renewEvery how often it is asked again: well before a lease ends.
	lease      = 24 * time.Hour
	renewEvery = 10 * time.Hour
	retryHub   = time.Hour // after a hub refused
	hubTime    = time.Minute
	hubsAtOnce = 4
)

// hubs subscribes to feeds at the WebSub hubs that they name (W3C
// Recommendation, January 2018). What it knows is in memory alone: after a
// start every hub is asked anew, which renews the lease. Polling goes on beside
// it, so that a hub that is silent loses nothing.
type hubs struct {
	*runner
	slots chan struct{}

	mu    sync.Mutex
	asked map[centre.ID]asked // guarded by mu
}

// asked is the last request for a source.
type asked struct {
	hub, topic string
	next       time.Time // when it is asked again
}

func (r *runner) hubs() *hubs {
	return &hubs{runner: r, slots: make(chan struct{}, hubsAtOnce), asked: map[centre.ID]asked{}}
}

// offer hears of a source's hub, and asks it to tell of new content where it
// was not asked lately. It never blocks.
func (h *hubs) offer(source centre.Source, hub, topic string) {
	if h.config.PublicURL == "" {
		return // no hub could reach this centre
	}
	if topic == "" {
		topic = source.Address
	}
	now := h.clock()
	h.mu.Lock()
	before := h.asked[source.ID]
	due := before.hub != hub || before.topic != topic || !now.Before(before.next)
	if due {
		h.asked[source.ID] = asked{hub, topic, now.Add(renewEvery)}
	}
	h.mu.Unlock()
	if !due {
		return
	}
	h.run("websub", func(ctx context.Context) error {
		select {
		case h.slots <- struct{}{}:
			defer func() { <-h.slots }()
		case <-ctx.Done():
			return nil
		}
		if err := h.subscribe(ctx, source, hub, topic); err != nil && ctx.Err() == nil {
			h.log.Warn("a hub did not take the subscription; the feed is polled as before", "source", source.Slug, "hub", hub, "error", err)
			h.mu.Lock()
			h.asked[source.ID] = asked{hub, topic, h.clock().Add(retryHub)}
			h.mu.Unlock()
		}
		return nil
	})
}

func (h *hubs) subscribe(ctx context.Context, source centre.Source, hub, topic string) error {
	ctx, cancel := context.WithTimeout(ctx, hubTime)
	defer cancel()
	callback := desk.HubCallbackOf(h.vault.Derive, source.ID)
	_, err := h.client.Get(ctx, fetch.Get{
		URL: hub, Private: source.Private,
		Form: url.Values{
			"hub.mode":          {"subscribe"},
			"hub.topic":         {topic},
			"hub.callback":      {strings.TrimSuffix(h.config.PublicURL, "/") + server.Prefix + "/hooks/" + source.ID.String() + "/websub/" + callback.Token},
			"hub.secret":        {callback.Key},
			"hub.lease_seconds": {strconv.Itoa(int(lease.Seconds()))},
		},
	})
	return err
}
