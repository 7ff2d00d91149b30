package gather

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"time"

	"entente/internal/centre"
	"entente/internal/gather/fetch"
)

// State is a source as the keeper knows it.
type State struct {
	Source centre.Source
	Health centre.Health
}

// Keeper is what the scheduler needs of the centre's memory. Its methods are
// called from several goroutines, for one source from one at a time.
type Keeper interface {
	// Sources lists every source, paused ones too.
	Sources(ctx context.Context) ([]State, error)
	// Cursor reads what was last given to Take for the source; nil at first.
	Cursor(ctx context.Context, source centre.ID) (centre.Cursor, error)
	// Secrets reads what proves us to the source; nil where it has none. It is
	// asked just before a fetch, and what it gave is forgotten after it.
	Secrets(ctx context.Context, source centre.ID) (map[string]string, error)
	// Take stores documents and then, in the same transaction, the cursor (nil
	// leaves it). It tells of each document whether it was not known before.
	Take(ctx context.Context, source centre.ID, docs []centre.Document, c centre.Cursor) (fresh []bool, err error)
	// TakeEvents and TakeTracks do the same with events and tracks, and return
	// how many of them were not known before or differ from what was known.
	TakeEvents(ctx context.Context, source centre.ID, events []centre.Event, c centre.Cursor) (taken int, err error)
	TakeTracks(ctx context.Context, source centre.ID, tracks []centre.Track, c centre.Cursor) (taken int, err error)
	// SetHealths stores how sources do, in one transaction; a source that there
	// is no longer is passed over.
	SetHealths(ctx context.Context, healths []HealthOf) error
	// Move stores a source's new address.
	Move(ctx context.Context, source centre.ID, address string) error
	// Pause pauses a source that is gone for good.
	Pause(ctx context.Context, source centre.ID) error
}

// Options of a Scheduler. Those without a default are needed.
type Options struct {
	Keeper     Keeper
	Connectors []Connector
	Client     *fetch.Client
	Clock      func() time.Time
	Rand       func() float64 // 0 <= x < 1, safe for concurrent use; for jitter
	Log        *slog.Logger   // nil for none
	Refresh    time.Duration  // how often the list of sources is read again unasked; 0 for DefaultRefresh
	Limit      time.Duration  // of one fetch; 0 for DefaultLimit
	// Hub is told of the WebSub hub and topic that a source named at a fetch
	// that worked. It must not block. nil for none.
	Hub func(source centre.Source, hub, topic string)
}

const (
	// DefaultRefresh is how often the list of sources is read again unasked.
	DefaultRefresh = time.Minute
	// DefaultLimit bounds one fetch, following items to their pages included.
	DefaultLimit = 20 * time.Minute

	storing = 30 * time.Second // for what is in hand when the program stops
	// Sources that are overdue at a start are spread over this time, or over a
	// hundredth of a second each where they are many.
	spread     = 30 * time.Second
	spreadEach = 10 * time.Millisecond
)

// Scheduler fetches every source at its time, and keeps those listened to that
// speak up by themselves.
//
// One goroutine, Run's, owns the plan: which source is due when, and which is
// being fetched. Each fetch runs in a goroutine of its own, so that a slow
// source delays no other; how many requests go out at a time is the client's
// concern. Refresh and FetchNow are safe for concurrent use.
type Scheduler struct {
	o        Options
	kinds    map[string]Connector
	ledger   *ledger
	refresh  chan struct{}
	fetchNow chan centre.ID
	fetched  chan outcome

	// owned by Run
	planned   map[centre.ID]*plan
	dues      dues
	gate      gate
	underWay  int
	firstRead bool // the list of sources was read once
}

// plan is what the scheduler knows of a source.
type plan struct {
	source centre.Source
	health centre.Health // without Daily, which is the store's
	due    time.Time
	at     int                // in dues; -1 where it does not wait
	cancel context.CancelFunc // not nil while it is fetched
	again  bool               // fetch at once when the fetch under way has ended
	gone   bool               // no longer in the list; forgotten when the fetch under way has ended
	seen   bool               // in the list that is being read
	began  time.Time          // the fetch under way
	young  bool               // in the gate's count
}

// outcome is how a fetch or a listening ended.
type outcome struct {
	source   centre.Source // as it was fetched
	health   centre.Health
	result   Result
	err      error
	gone     bool
	wait     time.Duration // that the host asked for
	news     int           // documents, events and tracks that were new
	listened bool
}

// NewScheduler checks the options.
func NewScheduler(o Options) (*Scheduler, error) {
	if o.Keeper == nil || o.Client == nil || o.Clock == nil || o.Rand == nil || len(o.Connectors) == 0 {
		return nil, errors.New("gather: a scheduler needs Keeper, Connectors, Client, Clock and Rand")
	}
	o.Refresh, o.Limit = cmp.Or(o.Refresh, DefaultRefresh), cmp.Or(o.Limit, DefaultLimit)
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	kinds := map[string]Connector{}
	for _, c := range o.Connectors {
		if kinds[c.Kind()] != nil {
			return nil, errors.New("gather: two connectors are of kind " + c.Kind())
		}
		kinds[c.Kind()] = c
	}
	return &Scheduler{
		o: o, kinds: kinds, ledger: newLedger(o.Keeper, o.Log),
		refresh: make(chan struct{}, 1), fetchNow: make(chan centre.ID, 64), fetched: make(chan outcome),
		planned: map[centre.ID]*plan{},
	}, nil
}

// Refresh makes the scheduler read the list of sources again soon. It never
// blocks.
func (s *Scheduler) Refresh() {
	select {
	case s.refresh <- struct{}{}:
	default: // one is asked for already
	}
}

// FetchNow makes a source be fetched at once, paused ones excepted. It never
// blocks; of a great many calls at once some may be dropped.
func (s *Scheduler) FetchNow(source centre.ID) {
	select {
	case s.fetchNow <- source:
	default:
	}
}

// Run fetches until ctx is done. Then it starts nothing more, ends what is
// under way, lets batches that are being stored be stored, and returns nil.
// It may be called once.
func (s *Scheduler) Run(ctx context.Context) error {
	entering, enough := context.WithCancel(context.WithoutCancel(ctx))
	entered := make(chan struct{})
	go func() { defer close(entered); s.ledger.run(entering) }()
	defer func() {
		enough()
		<-entered
		s.ledger.store(ctx)
	}()
	s.read(ctx)
	refresh := time.NewTicker(s.o.Refresh)
	defer refresh.Stop()
	alarm := time.NewTimer(0)
	defer alarm.Stop()
	for {
		alarm.Reset(s.startDue(ctx))
		select {
		case <-ctx.Done():
			for s.underWay > 0 {
				s.settle(ctx, <-s.fetched)
			}
			return nil
		case o := <-s.fetched:
			s.settle(ctx, o)
		case <-s.refresh:
			s.read(ctx)
		case <-refresh.C:
			s.read(ctx)
		case id := <-s.fetchNow:
			if s.planned[id] == nil {
				s.read(ctx)
			}
			if p := s.planned[id]; p != nil {
				p.due, p.again = s.o.Clock(), p.cancel != nil && !s.listens(p.source)
				s.dues.place(p)
			}
		case <-alarm.C:
		}
	}
}

// startDue starts what is due and says how long until something else is.
func (s *Scheduler) startDue(ctx context.Context) time.Duration {
	if ctx.Err() != nil {
		return s.o.Refresh
	}
	now := s.o.Clock()
	for len(s.dues) > 0 {
		p := s.dues[0]
		if wait := p.due.Sub(now); wait > 0 {
			return min(s.o.Refresh, wait)
		}
		if open, wait := s.gate.open(now); !open {
			return wait
		}
		s.start(ctx, p, now)
	}
	return s.o.Refresh
}

func (s *Scheduler) start(ctx context.Context, p *plan, now time.Time) {
	fetching, cancel := context.WithCancel(ctx)
	p.cancel = cancel
	s.dues.place(p)
	s.gate.begin(p, now)
	s.underWay++
	attempt := s.fetch
	if s.listens(p.source) {
		attempt = s.listen
	}
	go func(source centre.Source, health centre.Health) {
		s.fetched <- attempt(fetching, source, health)
	}(p.source, p.health)
}

// read reads the list of sources: new ones and those that a person changed are
// due at once, those that are paused or gone stop.
func (s *Scheduler) read(ctx context.Context) {
	states, err := s.o.Keeper.Sources(ctx)
	if err != nil {
		if ctx.Err() == nil {
			s.o.Log.Error("the list of sources could not be read; it is tried again", "error", err)
		}
		return
	}
	now := s.o.Clock()
	for _, p := range s.planned {
		p.seen = false
	}
	for _, state := range states {
		p := s.planned[state.Source.ID]
		if p == nil {
			p = &plan{health: state.Health, at: -1}
			p.health.Daily = nil
			p.due = s.firstDue(state, now, len(states))
			s.planned[state.Source.ID] = p
		} else if changed(p.source, state.Source) {
			p.due, p.again = now, p.cancel != nil
			if p.cancel != nil {
				p.cancel()
			}
		}
		paused := state.Source.Paused && !p.source.Paused
		p.source, p.seen, p.gone = state.Source, true, false
		if paused && p.cancel == nil && !p.health.Next.IsZero() {
			p.health.Next = time.Time{}
			s.ledger.enter(p.source.ID, p.health)
		}
		s.dues.place(p)
	}
	for id, p := range s.planned {
		if p.seen {
			continue
		}
		if p.cancel != nil { // one source is never fetched twice at once
			p.gone = true
			p.cancel()
			continue
		}
		p.gone = true
		s.dues.place(p)
		delete(s.planned, id)
	}
	s.firstRead = true
}

// firstDue is when a source is fetched that was not known to this run: at once
// where it never was; else when it is due, and what is overdue after a stop is
// spread, so that not all of the many come at once.
func (s *Scheduler) firstDue(state State, now time.Time, many int) time.Time {
	h := state.Health
	rhythm := s.interval(state.Source, h)
	switch {
	case h.Tried.IsZero(), s.firstRead:
		return now
	case h.Next.After(now):
		// Not later than the longest wait from now, whatever a wrong clock once wrote.
		return minTime(h.Next, now.Add(max(rhythm, patiences[fetch.ClassMissing].longest)))
	}
	over := min(max(spread, time.Duration(many)*spreadEach), rhythm)
	return now.Add(time.Duration(s.o.Rand() * float64(over)))
}

func minTime(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// changed tells a change after which a source should be fetched anew.
func changed(before, after centre.Source) bool {
	same := before.Address == after.Address && before.Kind == after.Kind && before.Paused == after.Paused &&
		before.Private == after.Private && before.Interval == after.Interval && len(before.Options) == len(after.Options)
	for key, value := range before.Options {
		same = same && after.Options[key] == value
	}
	return !same
}
