package gather_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
)

// keeper is a centre's memory for tests. Its fields are guarded by mu.
type keeper struct {
	mu      sync.Mutex
	sources map[centre.ID]gather.State
	cursors map[centre.ID]centre.Cursor
	secrets map[centre.ID]map[string]string
	taken   []centre.Document
	events  []centre.Event
	tracks  []centre.Track
	refuse  error // of Take
	takes   chan struct{}

	writes       int // calls of SetHealths
	refuseHealth error
}

func newKeeper(sources ...centre.Source) *keeper {
	k := &keeper{sources: map[centre.ID]gather.State{}, cursors: map[centre.ID]centre.Cursor{}}
	for _, s := range sources {
		k.set(s)
	}
	return k
}

func (k *keeper) set(s centre.Source) {
	k.mu.Lock()
	defer k.mu.Unlock()
	state := k.sources[s.ID]
	state.Source = s
	k.sources[s.ID] = state
}

func (k *keeper) state(id centre.ID) gather.State {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.sources[id]
}

func (k *keeper) documents() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return len(k.taken)
}

func (k *keeper) Sources(context.Context) ([]gather.State, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	var out []gather.State
	for _, s := range k.sources {
		out = append(out, s)
	}
	return out, nil
}

func (k *keeper) Cursor(_ context.Context, id centre.ID) (centre.Cursor, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.cursors[id], nil
}

func (k *keeper) Secrets(_ context.Context, id centre.ID) (map[string]string, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.secrets[id], nil
}

func (k *keeper) TakeEvents(ctx context.Context, id centre.ID, events []centre.Event, c centre.Cursor) (int, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.events = append(k.events, events...)
	k.cursors[id] = c
	return len(events), ctx.Err()
}

func (k *keeper) TakeTracks(ctx context.Context, _ centre.ID, tracks []centre.Track, _ centre.Cursor) (int, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.tracks = append(k.tracks, tracks...)
	return len(tracks), ctx.Err()
}

func (k *keeper) Take(ctx context.Context, id centre.ID, docs []centre.Document, c centre.Cursor) ([]bool, error) {
	if k.takes != nil {
		k.takes <- struct{}{} // a storing that takes its time
		<-k.takes
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.refuse != nil {
		return nil, k.refuse
	}
	k.taken = append(k.taken, docs...)
	if c != nil {
		k.cursors[id] = c
	}
	fresh := make([]bool, len(docs))
	for i := range fresh {
		fresh[i] = true
	}
	return fresh, nil
}

func (k *keeper) SetHealths(_ context.Context, healths []gather.HealthOf) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.writes++
	for _, h := range healths {
		if s, ok := k.sources[h.Source]; ok {
			s.Health = h.Health
			k.sources[h.Source] = s
		}
	}
	return k.refuseHealth
}

func (k *keeper) Move(_ context.Context, id centre.ID, address string) error {
	return k.edit(id, func(s *gather.State) { s.Source.Address = address })
}

func (k *keeper) Pause(_ context.Context, id centre.ID) error {
	return k.edit(id, func(s *gather.State) { s.Source.Paused = true })
}

func (k *keeper) edit(id centre.ID, change func(*gather.State)) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	s := k.sources[id]
	change(&s)
	k.sources[id] = s
	return nil
}

// scripted is a connector that does what a test says.
type scripted struct {
	mu    sync.Mutex
	times map[string][]time.Time // of fetches, by slug
	do    func(ctx context.Context, r gather.Request) (gather.Result, error)
}

func (*scripted) Kind() string              { return "scripted" }
func (*scripted) Check(centre.Source) error { return nil }
func (*scripted) Interval() time.Duration   { return 10 * time.Minute }
func (c *scripted) Fetch(ctx context.Context, r gather.Request) (gather.Result, error) {
	c.mu.Lock()
	if c.times == nil {
		c.times = map[string][]time.Time{}
	}
	c.times[r.Source.Slug] = append(c.times[r.Source.Slug], r.Now)
	c.mu.Unlock()
	return c.do(ctx, r)
}

func (c *scripted) fetches(slug string) []time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]time.Time(nil), c.times[slug]...)
}

func nothingNew(context.Context, gather.Request) (gather.Result, error) {
	return gather.Result{NotModified: true, Bytes: 7}, nil
}

// oneEach yields a document a fetch, and counts in its cursor.
func oneEach(ctx context.Context, r gather.Request) (gather.Result, error) {
	n := len(r.Cursor)
	doc := centre.Document{Source: r.Source.ID, ExternalID: fmt.Sprint(n), Fetched: r.Now, MediaType: "text/plain"}
	return gather.Result{}, r.Yield(ctx, []centre.Document{doc}, append(append(centre.Cursor{}, r.Cursor...), '|'))
}

// run starts a scheduler whose jitter is in the middle, and gives the means to
// end it.
func run(t *testing.T, k gather.Keeper, c gather.Connector) (s *gather.Scheduler, stop func()) {
	t.Helper()
	client, err := fetch.New(fetch.Options{Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	s, err = gather.NewScheduler(gather.Options{
		Keeper: k, Connectors: []gather.Connector{c}, Client: client, Clock: time.Now,
		Rand: func() float64 { return 0.5 }, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); _ = s.Run(ctx) }()
	stop = func() { cancel(); <-done }
	t.Cleanup(stop)
	return s, stop
}

func source(id centre.ID, slug string) centre.Source {
	return centre.Source{ID: id, Slug: slug, Kind: "scripted", Address: "https://example.org/" + slug}
}

func TestANewSourceIsFetchedAtOnceAndThenAtItsRhythm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		own := source(2, "own")
		own.Interval = 3 * time.Minute
		k, c := newKeeper(source(1, "default"), own), &scripted{do: nothingNew}
		start := time.Now()
		run(t, k, c)
		time.Sleep(31 * time.Minute)
		synctest.Wait()
		if got := c.fetches("default"); len(got) != 3 || got[0] != start || got[1].Sub(got[0]) != 10*time.Minute {
			t.Errorf("a source with the connector's rhythm was fetched at %v", got)
		}
		if got := c.fetches("own"); len(got) != 11 {
			t.Errorf("a source with a rhythm of 3 minutes was fetched %d times in 31", len(got))
		}
		h := k.state(1).Health
		if h.Fetched != 3 || h.Unchanged != 3 || h.Bytes != 21 || h.Error != "" || h.Failures != 0 || !h.Next.Equal(h.Good.Add(h.Every)) {
			t.Errorf("health: %+v", h)
		}
		if h := k.state(2).Health; h.Every != 0 || !h.Next.Equal(h.Good.Add(3*time.Minute)) {
			t.Errorf("health of a source with a fixed rhythm: %+v", h)
		}
	})
}

func TestFailuresBackOffAndSayWhy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var broken atomic.Bool
		broken.Store(true)
		k := newKeeper(source(1, "a"))
		c := &scripted{do: func(ctx context.Context, r gather.Request) (gather.Result, error) {
			if broken.Load() {
				return gather.Result{}, &fetch.Error{Code: centre.CodeUnavailable, Sentence: "It has a fault of its own; it is tried again later."}
			}
			return nothingNew(ctx, r)
		}}
		run(t, k, c)
		time.Sleep(10*time.Minute + 20*time.Minute + 40*time.Minute + 2*time.Second)
		synctest.Wait()
		got := c.fetches("a")
		if len(got) != 4 || got[1].Sub(got[0]) != 10*time.Minute || got[2].Sub(got[1]) != 20*time.Minute || got[3].Sub(got[2]) != 40*time.Minute {
			t.Errorf("fetched at %v", got)
		}
		h := k.state(1).Health
		if h.Failures != 4 || h.Error != "It has a fault of its own; it is tried again later." || !h.Good.IsZero() || h.Tried != got[3] {
			t.Errorf("health after failures: %+v", h)
		}
		time.Sleep(30 * 24 * time.Hour)
		synctest.Wait()
		got = c.fetches("a")
		if gap := got[len(got)-1].Sub(got[len(got)-2]); gap != 6*time.Hour {
			t.Errorf("the longest backoff is %v", gap)
		}
		broken.Store(false)
		time.Sleep(7 * time.Hour)
		synctest.Wait()
		if h := k.state(1).Health; h.Failures != 0 || h.Error != "" || h.Good.IsZero() || !h.Next.Equal(h.Good.Add(h.Every)) {
			t.Errorf("health after recovery: %+v", h)
		}
	})
}

func TestAHostThatAsksToWaitIsLeftAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKeeper(source(1, "a"))
		c := &scripted{do: func(context.Context, gather.Request) (gather.Result, error) {
			return gather.Result{}, &fetch.Error{Code: centre.CodeUnavailable, Sentence: "Busy.", RetryAfter: 5 * time.Hour}
		}}
		run(t, k, c)
		time.Sleep(5*time.Hour - time.Second)
		synctest.Wait()
		if n := len(c.fetches("a")); n != 1 {
			t.Errorf("fetched %d times within the time that the host asked for", n)
		}
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if n := len(c.fetches("a")); n != 2 {
			t.Errorf("fetched %d times after it", n)
		}
	})
}

func TestAGoneSourceIsPausedWithASentence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKeeper(source(1, "a"))
		c := &scripted{do: func(context.Context, gather.Request) (gather.Result, error) {
			return gather.Result{}, &fetch.Error{Code: centre.CodeInvalid, Sentence: "It is gone for good.", Gone: true}
		}}
		run(t, k, c)
		time.Sleep(48 * time.Hour)
		synctest.Wait()
		state := k.state(1)
		if n := len(c.fetches("a")); n != 1 || !state.Source.Paused || !state.Health.Next.IsZero() || state.Health.Error != "It is gone for good. It was paused." {
			t.Errorf("fetched %d times, %+v", n, state)
		}
	})
}

func TestAPermanentMoveIsFollowedButNotIntoPrivateAddresses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		private := source(2, "private")
		private.Private = true
		k := newKeeper(source(1, "a"), private)
		c := &scripted{do: func(context.Context, gather.Request) (gather.Result, error) {
			return gather.Result{MovedTo: "https://elsewhere.example/feed"}, nil
		}}
		run(t, k, c)
		time.Sleep(time.Minute)
		synctest.Wait()
		if got := k.state(1).Source.Address; got != "https://elsewhere.example/feed" {
			t.Errorf("the address is %s", got)
		}
		if got := k.state(2).Source.Address; got != private.Address {
			t.Errorf("a private source moved to %s", got)
		}
		if n := len(c.fetches("a")); n != 1 {
			t.Errorf("the move itself made it be fetched %d times", n)
		}
	})
}

func TestSourcesChangeWhileItRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k, c := newKeeper(source(1, "a")), &scripted{do: nothingNew}
		s, _ := run(t, k, c)
		time.Sleep(time.Minute + time.Second)
		pass := func() { s.Refresh(); time.Sleep(2 * time.Second); synctest.Wait() }

		k.set(source(2, "added"))
		pass()
		if n := len(c.fetches("added")); n != 1 {
			t.Errorf("an added source was fetched %d times", n)
		}
		moved := source(1, "a")
		moved.Address += "/new"
		k.set(moved)
		pass()
		if n := len(c.fetches("a")); n != 2 {
			t.Errorf("a source with a new address was fetched %d times", n)
		}
		moved.Paused = true
		k.set(moved)
		pass()
		if next := k.state(1).Health.Next; !next.IsZero() {
			t.Errorf("a paused source is said to be fetched at %v", next)
		}
		time.Sleep(24 * time.Hour)
		s.FetchNow(1)
		pass()
		if n := len(c.fetches("a")); n != 2 {
			t.Errorf("a paused source was fetched: %d times in all", n)
		}
		moved.Paused = false
		k.set(moved)
		pass()
		if n := len(c.fetches("a")); n != 3 {
			t.Errorf("a resumed source was fetched %d times in all", n)
		}
		before := len(c.fetches("added"))
		s.FetchNow(2)
		synctest.Wait()
		if n := len(c.fetches("added")); n != before+1 {
			t.Errorf("FetchNow made %d fetches", n-before)
		}
		k.mu.Lock()
		delete(k.sources, 2)
		k.mu.Unlock()
		pass()
		before = len(c.fetches("added"))
		time.Sleep(24 * time.Hour)
		if n := len(c.fetches("added")); n != before {
			t.Errorf("a removed source was fetched")
		}
	})
}

func TestASlowSourceDelaysNoOtherAndIsStoppedAtTheLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKeeper(source(1, "slow"), source(2, "quick"))
		c := &scripted{}
		c.do = func(ctx context.Context, r gather.Request) (gather.Result, error) {
			if r.Source.Slug == "slow" {
				<-ctx.Done()
				return gather.Result{}, ctx.Err()
			}
			return nothingNew(ctx, r)
		}
		run(t, k, c)
		time.Sleep(gather.DefaultLimit + 2*time.Second)
		synctest.Wait()
		if n := len(c.fetches("quick")); n != 2 {
			t.Errorf("the quick source was fetched %d times beside a slow one", n)
		}
		if h := k.state(1).Health; h.Failures != 1 || centreSentence(h.Error) == "" {
			t.Errorf("health of the slow source: %+v", h)
		}
	})
}

func centreSentence(s string) string {
	if len(s) < 20 || s[len(s)-1] != '.' {
		return ""
	}
	return s
}

func TestAPanicAndAFaultOfTheProgramAreContained(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKeeper(source(1, "panics"), source(2, "faulty"))
		c := &scripted{do: func(_ context.Context, r gather.Request) (gather.Result, error) {
			if r.Source.Slug == "panics" {
				panic("secret inside")
			}
			return gather.Result{}, errors.New("secret inside")
		}}
		run(t, k, c)
		time.Sleep(2 * time.Second)
		synctest.Wait()
		for id := centre.ID(1); id <= 2; id++ {
			if h := k.state(id).Health; h.Failures != 1 || h.Error != "A fault of the program kept this source from being read; the program's log has the details. It is tried again later." {
				t.Errorf("health: %+v", h)
			}
		}
	})
}

func TestWhatIsTakenStaysTakenAndTheRestComesAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k, c := newKeeper(source(1, "a")), &scripted{do: oneEach}
		k.refuse = centre.Refuse(centre.CodeUnavailable, "The disk is full; make room.")
		_, stop := run(t, k, c)
		time.Sleep(time.Minute)
		synctest.Wait()
		if h := k.state(1).Health; h.Error != "The disk is full; make room." || h.Items != 0 || k.cursors[1] != nil {
			t.Errorf("after a refused batch: %+v, cursor %q", h, k.cursors[1])
		}
		k.mu.Lock()
		k.refuse = nil
		k.mu.Unlock()
		time.Sleep(30 * time.Minute)
		stop()
		first := k.documents()
		if first < 2 || k.taken[0].ExternalID != "0" || k.taken[1].ExternalID != "1" {
			t.Fatalf("taken: %+v", k.taken)
		}

		// A new run goes on from the cursor, and waits for the stored next time.
		due := k.state(1).Health.Next
		c = &scripted{do: oneEach}
		run(t, k, c)
		time.Sleep(time.Until(due) + time.Second)
		synctest.Wait()
		if got := c.fetches("a"); len(got) != 1 || got[0].Before(due) {
			t.Errorf("after a restart it was fetched at %v, due %v", got, due)
		}
		if got := k.taken[first].ExternalID; got != fmt.Sprint(first) {
			t.Errorf("after a restart came document %s, want %d", got, first)
		}
		if h := k.state(1).Health; h.Items != int64(first)+1 {
			t.Errorf("items counted: %d", h.Items)
		}
	})
}

func TestStoppingEndsFetchesButStoresWhatIsInHand(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKeeper(source(1, "storing"), source(2, "reading"))
		k.takes = make(chan struct{})
		c := &scripted{}
		c.do = func(ctx context.Context, r gather.Request) (gather.Result, error) {
			if r.Source.Slug == "reading" {
				<-ctx.Done()
				return gather.Result{}, ctx.Err()
			}
			return oneEach(ctx, r)
		}
		_, stop := run(t, k, c)
		<-k.takes // storing has begun
		stopped := make(chan struct{})
		go func() { stop(); close(stopped) }()
		synctest.Wait()
		select {
		case <-stopped:
			t.Error("it stopped while a batch was being stored")
		default:
		}
		k.takes <- struct{}{}
		<-stopped
		if k.documents() != 1 {
			t.Error("the batch in hand was not stored")
		}
		if h := k.state(2).Health; h.Failures != 0 || h.Error != "" {
			t.Errorf("a stop of the program counts as a failure of the source: %+v", h)
		}
	})
}

func TestOverdueSourcesAreSpreadAtAStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k, c := newKeeper(source(1, "a")), &scripted{do: nothingNew}
		start := time.Now()
		_ = k.SetHealths(t.Context(), []gather.HealthOf{{Source: 1, Health: centre.Health{Tried: start.Add(-time.Hour), Next: start.Add(-time.Minute)}}})
		run(t, k, c)
		time.Sleep(time.Minute)
		synctest.Wait()
		if got := c.fetches("a"); len(got) != 1 || got[0].Sub(start) != 15*time.Second {
			t.Errorf("fetched at %v after the start", got[0].Sub(start))
		}
	})
}

func TestPreviewShowsTheBeginningAndStoresNothing(t *testing.T) {
	var cursors []centre.Cursor
	c := &scripted{do: func(ctx context.Context, r gather.Request) (gather.Result, error) {
		cursors = append(cursors, r.Cursor)
		for i := range 100 {
			if err := r.Yield(ctx, []centre.Document{{ExternalID: fmt.Sprint(i)}}, centre.Cursor("x")); err != nil {
				return gather.Result{Bytes: 5}, err
			}
		}
		return gather.Result{}, nil
	}}
	seen, err := gather.Preview(t.Context(), []gather.Connector{c}, nil, time.Now(), source(1, "a"))
	if err != nil || len(seen.Documents) != gather.PreviewDocuments || seen.Bytes != 5 || cursors[0] != nil {
		t.Errorf("got %d documents, %+v, %v", len(seen.Documents), seen.Result, err)
	}
	_, err = gather.Preview(t.Context(), []gather.Connector{c}, nil, time.Now(), centre.Source{Kind: "telex"})
	if centre.CodeOf(err) != centre.CodeInvalid {
		t.Errorf("a kind that there is not: %v", err)
	}
}
