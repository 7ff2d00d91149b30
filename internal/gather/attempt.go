package gather

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"net/url"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/gather/fetch"
)

// maxProblems and maxProblem bound what is kept of a source's problems, in
// sentences and in code points each.
const (
	maxProblems = 20
	maxProblem  = 300
)

// fetch makes one attempt at a source and counts what came.
func (s *Scheduler) fetch(ctx context.Context, source centre.Source, health centre.Health) outcome {
	t := &taking{s: s, outcome: outcome{source: source, health: health}}
	t.health.Tried = s.o.Clock()
	request, connector, err := s.request(ctx, t)
	if err == nil {
		bounded, cancel := context.WithTimeoutCause(ctx, s.o.Limit, errTooSlow)
		t.result, err = contained(connector, func() (Result, error) { return connector.Fetch(bounded, request) })
		if err != nil && ctx.Err() == nil && context.Cause(bounded) == errTooSlow {
			err = tooSlow(s.o.Limit)
		}
		cancel()
	}
	return t.ended(err)
}

// request prepares one attempt: it checks the source and reads what the attempt
// needs of the centre's memory.
func (s *Scheduler) request(ctx context.Context, t *taking) (r Request, connector Connector, err error) {
	if connector, err = Find(s.o.Connectors, t.source.Kind); err != nil {
		return r, nil, err
	}
	source := t.source
	if source.Secrets, err = s.o.Keeper.Secrets(ctx, source.ID); err != nil {
		return r, nil, err
	}
	source.Secrets = maps.Clone(source.Secrets) // a copy, so that the keeper's stays as it is
	if err = connector.Check(source); err != nil {
		return r, nil, err
	}
	cursor, err := s.o.Keeper.Cursor(ctx, source.ID)
	if err != nil {
		return r, nil, err
	}
	return Request{
		Source: source, Cursor: cursor, Client: s.o.Client, Now: t.health.Tried,
		Yield: t.documents, YieldEvents: t.events, YieldTracks: t.tracks,
	}, connector, nil
}

// taking is one attempt as it goes on. Its methods are called from one
// goroutine at a time.
type taking struct {
	s *Scheduler
	outcome
	told func() // called after each batch that was taken; nil for nobody
}

func (t *taking) ended(err error) outcome {
	t.err = err
	if refused, ok := errors.AsType[*fetch.Error](err); ok {
		t.gone, t.wait = refused.Gone, refused.RetryAfter
	}
	return t.outcome
}

// store runs one taking with time of its own: what is in hand is stored even
// while the program stops.
func (t *taking) store(ctx context.Context, take func(context.Context) (int, error)) error {
	own, cancel := context.WithTimeout(context.WithoutCancel(ctx), storing)
	defer cancel()
	taken, err := take(own)
	if err != nil {
		return err
	}
	t.news += taken
	t.health.Items += int64(taken)
	if taken > 0 {
		t.health.LastItem = t.s.o.Clock()
	}
	if t.told != nil {
		t.told()
	}
	return nil
}

func (t *taking) documents(ctx context.Context, docs []centre.Document, c centre.Cursor) error {
	return t.store(ctx, func(ctx context.Context) (int, error) {
		fresh, err := t.s.o.Keeper.Take(ctx, t.source.ID, docs, c)
		if err != nil {
			return 0, err
		}
		taken := make([]centre.Document, 0, len(docs))
		for i, isNew := range fresh {
			if isNew {
				taken = append(taken, docs[i])
			}
		}
		// What a source has at its first fetch is its archive: it came late
		// because the source was added late.
		if !t.health.Good.IsZero() {
			t.health.Lag = Lag(t.health.Lag, taken, t.s.o.Clock())
		}
		return len(taken), nil
	})
}

func (t *taking) events(ctx context.Context, events []centre.Event, c centre.Cursor) error {
	return t.store(ctx, func(ctx context.Context) (int, error) {
		return t.s.o.Keeper.TakeEvents(ctx, t.source.ID, events, c)
	})
}

func (t *taking) tracks(ctx context.Context, tracks []centre.Track, c centre.Cursor) error {
	return t.store(ctx, func(ctx context.Context) (int, error) {
		return t.s.o.Keeper.TakeTracks(ctx, t.source.ID, tracks, c)
	})
}

// settle draws the consequences of a fetch: health, the next time, a move.
func (s *Scheduler) settle(ctx context.Context, o outcome) {
	s.underWay--
	p := s.planned[o.source.ID]
	s.gate.grown(p)
	if p.gone {
		p.cancel()
		delete(s.planned, o.source.ID)
		return
	}
	interrupted := o.err != nil && (ctx.Err() != nil || errors.Is(o.err, context.Canceled))
	p.cancel()
	p.cancel = nil
	now := s.o.Clock()
	switch {
	case interrupted && o.listened:
		p.health, p.due = o.health, now
	case interrupted:
		// Neither good nor bad; but what came until then was taken. It is due
		// at once, which after a stop of the program means at the next start.
		p.health.Items, p.health.LastItem, p.health.Lag = o.health.Items, o.health.LastItem, o.health.Lag
		p.health.Bytes += o.result.Bytes
		p.due = now
	case o.err != nil:
		s.failed(ctx, p, o, now)
	default:
		s.worked(ctx, p, o, now)
	}
	if p.again && !p.source.Paused {
		p.due, p.again = now, false
	}
	p.health.Next = p.due
	if p.source.Paused {
		p.health.Next = time.Time{}
	}
	s.dues.place(p)
	s.ledger.enter(p.source.ID, p.health)
}

// worked writes what an attempt that worked says of the source.
func (s *Scheduler) worked(ctx context.Context, p *plan, o outcome, now time.Time) {
	h := o.health
	if o.listened { // it ended the connection in good order
		h.Failures, h.Error = 0, ""
		p.health, p.due = h, now.Add(s.jittered(listenAgain))
		return
	}
	before := h.Good
	h.Bytes += o.result.Bytes
	h.Good, h.Failures, h.Error = h.Tried, 0, ""
	h.Fetched++
	if o.result.NotModified {
		h.Unchanged++ // and what could not be read of it still cannot
	} else {
		h.Problems = clipped(o.result.Problems)
		for _, problem := range h.Problems {
			s.o.Log.Warn("part of the source could not be read", "source", p.source.Slug, "problem", problem)
		}
	}
	if s.o.Hub != nil && o.result.Hub != "" {
		s.o.Hub(p.source, o.result.Hub, o.result.Topic)
	}
	interval, fixed := s.pace(p.source)
	if !fixed {
		if before.IsZero() { // what it brought is its archive, and says nothing of its rhythm
			h.Every = bounded(interval, interval)
		} else {
			h.Every = Rhythm(h.Every, interval, o.news, h.Tried.Sub(before))
		}
		interval = max(h.Every, min(o.result.Wait, longestWait))
	} else {
		h.Every = 0
	}
	p.health, p.due = h, now.Add(s.jittered(interval))
	s.move(ctx, p, o)
}

// failed writes what an attempt that did not work says of the source.
func (s *Scheduler) failed(ctx context.Context, p *plan, o outcome, now time.Time) {
	h := o.health
	h.Bytes += o.result.Bytes
	h.Failures++
	h.Error = sentence(o.err)
	cause := o.err
	if refused, ok := errors.AsType[*fetch.Error](o.err); ok {
		cause = cmp.Or(refused.Cause, cause)
	}
	s.o.Log.Warn("the source could not be read", "source", p.source.Slug, "failures", h.Failures, "error", o.err, "cause", cause)
	p.health = h
	wait := s.backoff(s.interval(p.source, h), h.Failures, o.err)
	if o.listened {
		wait = s.listenBackoff(h.Failures, o.err)
	}
	p.due = now.Add(max(wait, o.wait))
	if o.gone {
		s.pause(ctx, p)
	}
}

// clipped is what is kept of a source's problems.
func clipped(problems []string) []string {
	kept := make([]string, 0, min(len(problems), maxProblems))
	for _, problem := range problems[:cap(kept)] {
		if r := []rune(problem); len(r) > maxProblem {
			problem = string(r[:maxProblem-1]) + "…"
		}
		kept = append(kept, problem)
	}
	return kept
}

// move follows a permanent redirect, but never takes the permission to reach
// private addresses along to another host.
func (s *Scheduler) move(ctx context.Context, p *plan, o outcome) {
	to := o.result.MovedTo
	if to == "" || to == p.source.Address || p.source.Address != o.source.Address {
		return
	}
	log := s.o.Log.With("source", p.source.Slug, "from", p.source.Address, "to", to)
	if p.source.Private && !sameHost(to, p.source.Address) {
		log.Warn("the source moved to another host; as it may reach private addresses, a person must change its address")
		return
	}
	if err := s.o.Keeper.Move(ctx, p.source.ID, to); err != nil {
		log.Error("the source's new address could not be stored; it is tried again", "error", err)
		return
	}
	p.source.Address = to
	log.Info("the source moved for good and its address was changed")
}

func sameHost(a, b string) bool {
	x, errX := url.Parse(a)
	y, errY := url.Parse(b)
	return errX == nil && errY == nil && strings.EqualFold(x.Hostname(), y.Hostname())
}

func (s *Scheduler) pause(ctx context.Context, p *plan) {
	if err := s.o.Keeper.Pause(ctx, p.source.ID); err != nil {
		s.o.Log.Error("a source that is gone could not be paused; it is tried again", "source", p.source.Slug, "error", err)
		return
	}
	p.source.Paused, p.again = true, false
	p.health.Error += " It was paused."
}
