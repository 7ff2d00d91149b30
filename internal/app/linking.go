package app

import (
	"context"
	"time"

	"entente/internal/centre"
	"entente/internal/claims"
	"entente/internal/policy/system"
	"entente/internal/store"
)

// linking gives statements their claims, and keeps up with what persons correct
// in this process or in another one.
type linking struct {
	store   store.Claims
	linker  *claims.Linker
	last    centre.ID // the newest correction that is known
	looked  time.Time
	recheck time.Duration
}

// correctionsEvery is how often the corrections by persons are looked for.
const correctionsEvery = time.Second

func newLinking(s store.Claims) *linking {
	return &linking{store: s, linker: claims.New(claims.Options{}), recheck: correctionsEvery}
}

// load recalls earlier statements. They lie in the claims where persons put them.
func (l *linking) load(ctx context.Context) error {
	if err := l.corrections(ctx, false); err != nil {
		return err
	}
	return l.linker.Load(ctx, l)
}

// Remember implements claims.Memory.
func (l *linking) Remember(ctx context.Context, limit int, each func(claims.Known) error) error {
	return l.store.RememberStatements(ctx, system.View(), limit, func(k store.KnownStatement) error { return each(claims.Known(k)) })
}

// assign links the statements of a report.
func (l *linking) assign(ctx context.Context, received time.Time, woven *centre.Woven) error {
	if len(woven.Draft.Statements) == 0 {
		return nil
	}
	if now := time.Now(); now.Sub(l.looked) >= l.recheck {
		l.looked = now
		if err := l.corrections(ctx, true); err != nil {
			return err
		}
	}
	woven.Claims = l.linker.Link(&woven.Draft, received)
	return nil
}

// statementsLearned is how many statements of a corrected claim are learned anew.
const statementsLearned = 20

// corrections takes up what persons corrected since the last time: what is
// remembered of the claims that they touched is read anew where relearn is set.
func (l *linking) corrections(ctx context.Context, relearn bool) error {
	for {
		edits, err := l.store.Corrected(ctx, system.Grant("weave"), l.last, 200)
		if err != nil || len(edits) == 0 {
			return err
		}
		for _, e := range edits {
			l.last = e.ID
			switch e.Kind {
			case centre.EditMerge:
				l.linker.Merged(e.Other, e.Claim)
			case centre.EditUndo:
				l.linker.Parted(e.Other, e.Claim)
			}
			if !relearn {
				continue
			}
			for _, id := range append(e.From, e.Claim, e.Other) {
				if id == 0 {
					continue
				}
				l.linker.Forget(id)
				var known []claims.Known
				err := l.store.RememberClaims(ctx, system.View(), []centre.ID{id}, statementsLearned, func(k store.KnownStatement) error {
					known = append(known, claims.Known(k))
					return nil
				})
				if err != nil {
					return err
				}
				for i := len(known) - 1; i >= 0; i-- { // the oldest first
					l.linker.Learn(known[i])
				}
			}
		}
	}
}
