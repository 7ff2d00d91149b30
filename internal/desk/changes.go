package desk

import (
	"context"
	"slices"
	"sync"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/store"
)

// EventKind says what an Event tells of.
type EventKind string

const (
	EventReport  EventKind = "report"  // a report is new or changed
	EventSource  EventKind = "source"  // a source is new or changed
	EventCharter EventKind = "charter" // the charter has a new version
	EventClaim   EventKind = "claim"   // a claim has more or fewer statements, or was corrected or graded
	// EventResync: changes were lost because they were not taken in time; what
	// is shown should be read again.
	EventResync EventKind = "resync"
)

// Event tells one person of a change that they may know of.
type Event struct {
	Kind    EventKind
	ID      centre.ID // of a report, source or claim
	Story   centre.ID // of a report; zero while it belongs to none
	Version int       // of a report
}

const (
	// noticesWaiting is how many notices wait for one watch. More than that
	// become one EventResync.
	noticesWaiting = 512
	// watchesAtAll and watchesOfOne bound how many streams there are, and how
	// many one person has: a browser with many pages open.
	watchesAtAll = 5000
	watchesOfOne = 24
)

// hub hands notices to watches. A notice holds no content, so that every watch
// may be given every one; what comes of it is decided when it is taken.
type hub struct {
	mu      sync.Mutex
	watches map[*Watch]centre.ID
}

// Announce tells all watches that something changed. It never waits for them.
func (d *Desk) Announce(n store.Notice) {
	d.labels.noticed(n.Label)
	d.hub.mu.Lock()
	defer d.hub.mu.Unlock()
	for w := range d.hub.watches {
		w.offer(n)
	}
}

// Watch is one person's stream of changes. Ready and Take belong to one
// goroutine; Close may be called from any.
type Watch struct {
	desk   *Desk
	person centre.ID
	ready  chan struct{}

	mu      sync.Mutex
	view    policy.View    // as of the last Take
	newest  policy.LabelID // the newest label that view was made with
	waiting []store.Notice
	lost    bool
}

// Watch begins a stream of changes for the person. Close it.
func (d *Desk) Watch(ctx context.Context, who policy.View) (*Watch, error) {
	actor, err := signedIn(who)
	if err != nil {
		return nil, err
	}
	view, newest, err := d.viewOf(ctx, actor.Person)
	if err != nil {
		return nil, err
	}
	d.hub.mu.Lock()
	defer d.hub.mu.Unlock()
	mine := 0
	for _, person := range d.hub.watches {
		if person == actor.Person {
			mine++
		}
	}
	if mine >= watchesOfOne || len(d.hub.watches) >= watchesAtAll {
		return nil, centre.Refuse(centre.CodeTooMany, "Too many streams of changes are open; close some pages and try again.")
	}
	w := &Watch{desk: d, person: actor.Person, ready: make(chan struct{}, 1), view: view, newest: newest}
	if d.hub.watches == nil {
		d.hub.watches = map[*Watch]centre.ID{}
	}
	d.hub.watches[w] = actor.Person
	return w, nil
}

// Close ends the stream.
func (w *Watch) Close() {
	w.desk.hub.mu.Lock()
	defer w.desk.hub.mu.Unlock()
	delete(w.desk.hub.watches, w)
}

// Ready receives when there may be something to take.
func (w *Watch) Ready() <-chan struct{} { return w.ready }

// offer hands a notice over. What the person cannot see is left out already
// here: else a burst of hidden changes would end in a resync, which tells that
// there was one. A label newer than the view is kept for Take to decide.
func (w *Watch) offer(n store.Notice) {
	w.mu.Lock()
	defer w.mu.Unlock()
	hidden := n.Label != 0 && n.Label <= w.newest && !w.view.Sees(n.Label)
	if w.lost || hidden {
		return
	}
	if len(w.waiting) >= noticesWaiting {
		w.waiting, w.lost = nil, true
	} else {
		w.waiting = append(w.waiting, n)
	}
	select {
	case w.ready <- struct{}{}:
	default:
	}
}

// Take gives the changes since the last time, as the person may see them at
// this moment. It is refused as CodeUnauthenticated once the person may not
// see anything: then the stream is over.
func (w *Watch) Take(ctx context.Context) ([]Event, error) {
	view, newest, err := w.desk.viewOf(ctx, w.person)
	if err != nil {
		return nil, err
	}
	w.mu.Lock()
	waiting, lost := w.waiting, w.lost
	w.waiting, w.lost = nil, false
	w.view, w.newest = view, newest
	w.mu.Unlock()
	if lost {
		return []Event{{Kind: EventResync}}, nil
	}
	return w.desk.events(ctx, view, waiting)
}

// events reads what notices are about, through the view. A notice of what the
// view does not see comes to nothing.
func (d *Desk) events(ctx context.Context, who policy.View, notices []store.Notice) ([]Event, error) {
	var out []Event
	var reports, claims []centre.ID
	seen := map[store.Notice]bool{}
	for _, n := range notices {
		n.Seq = 0
		if seen[n] {
			continue
		}
		seen[n] = true
		switch EventKind(n.Kind) {
		case EventCharter:
			out = append(out, Event{Kind: EventCharter})
		case EventReport:
			if who.Sees(n.Label) && !slices.Contains(reports, n.ID) {
				reports = append(reports, n.ID)
			}
		case EventClaim:
			// Whoever sees the label sees a statement of the claim.
			if who.Sees(n.Label) && !slices.Contains(claims, n.ID) {
				claims = append(claims, n.ID)
				out = append(out, Event{Kind: EventClaim, ID: n.ID})
			}
		case EventSource:
			if !who.Sees(n.Label) {
				continue
			}
			switch _, err := d.store.Source(ctx, who, n.ID); {
			case err == nil:
				out = append(out, Event{Kind: EventSource, ID: n.ID})
			case centre.CodeOf(err) != centre.CodeNotFound:
				return nil, err
			}
		}
	}
	for batch := range slices.Chunk(reports, 200) {
		heads, err := d.store.Heads(ctx, who, batch)
		if err != nil {
			return nil, err
		}
		for _, h := range heads {
			out = append(out, Event{Kind: EventReport, ID: h.ID, Story: h.Story, Version: h.Version})
		}
	}
	return out, nil
}
