package gather

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"entente/internal/centre"
)

const (
	// listenAgain is the pause after a source ended the connection in good order.
	listenAgain = 5 * time.Second
	// longestDeaf is the longest pause after failures: what is listened to is
	// expected to speak at any time.
	longestDeaf = 15 * time.Minute
)

// listens tells whether a source is listened to rather than fetched.
func (s *Scheduler) listens(source centre.Source) bool {
	l, ok := s.kinds[source.Kind].(Listener)
	return ok && l.Listens(source)
}

// listen listens to a source until it breaks off or ctx is done. What the
// source says is written into its health as it comes, since a listening that
// goes well ends only with the program.
func (s *Scheduler) listen(ctx context.Context, source centre.Source, health centre.Health) outcome {
	t := &taking{s: s, outcome: outcome{source: source, health: health, listened: true}}
	t.health.Tried = s.o.Clock()
	request, connector, err := s.request(ctx, t)
	if err != nil {
		return t.ended(err)
	}
	// A connector may call Alive from another goroutine than it yields from.
	var mu sync.Mutex
	heard := false
	alive := func() {
		heard = true
		h := &t.health
		h.Good, h.Failures, h.Error, h.Next = s.o.Clock(), 0, "", time.Time{}
		s.ledger.enter(source.ID, *h)
	}
	t.told = alive
	request.Alive = func() {
		mu.Lock()
		defer mu.Unlock()
		alive()
	}
	request.Problem = func(sentence string) {
		mu.Lock()
		defer mu.Unlock()
		s.o.Log.Warn("part of the source could not be read", "source", source.Slug, "problem", sentence)
		said := withoutDigits(sentence)
		earlier := slices.DeleteFunc(slices.Clone(t.health.Problems), func(p string) bool { return withoutDigits(p) == said })
		latest := append(earlier, clipped([]string{sentence})...)
		t.health.Problems = latest[max(0, len(latest)-maxProblems):]
		s.ledger.enter(source.ID, t.health)
	}
	documents, events, tracks := request.Yield, request.YieldEvents, request.YieldTracks
	request.Yield = func(ctx context.Context, docs []centre.Document, c centre.Cursor) error {
		mu.Lock()
		defer mu.Unlock()
		for i := range docs { // Request.Now is when the listening began
			docs[i].Fetched = s.o.Clock()
		}
		return documents(ctx, docs, c)
	}
	request.YieldEvents = func(ctx context.Context, e []centre.Event, c centre.Cursor) error {
		mu.Lock()
		defer mu.Unlock()
		for i := range e {
			e[i].Fetched = s.o.Clock()
		}
		return events(ctx, e, c)
	}
	request.YieldTracks = func(ctx context.Context, tr []centre.Track, c centre.Cursor) error {
		mu.Lock()
		defer mu.Unlock()
		return tracks(ctx, tr, c)
	}
	_, err = contained(connector, func() (Result, error) { return Result{}, connector.(Listener).Listen(ctx, request) })
	mu.Lock()
	defer mu.Unlock()
	if heard {
		t.health.Fetched++ // one connection that worked
	}
	return t.ended(err)
}

// withoutDigits is a sentence but for its numbers: "4 were left out" stands in the
// place of "3 were left out".
func withoutDigits(sentence string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return -1
		}
		return r
	}, clipped([]string{sentence})[0])
}

// listenBackoff is the pause before a source is listened to again that broke
// off: five seconds, doubled with each failure in a row, moved by up to a
// quarter either way. Where nothing but a person's change helps, it is the
// longest at once.
func (s *Scheduler) listenBackoff(failures int, err error) time.Duration {
	wait := listenAgain
	if patiences[classOf(err)].longest > LongestRhythm {
		wait = longestDeaf
	}
	for i := 1; i < failures && wait < longestDeaf; i++ {
		wait *= 2
	}
	return time.Duration(float64(min(wait, longestDeaf)) * (0.75 + 0.5*s.o.Rand()))
}
