package app

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"entente/internal/centre"
	"entente/internal/entities"
	"entente/internal/identity"
	"entente/internal/policy/system"
	"entente/internal/process/entity"
	"entente/internal/store"
)

// rememberedReports is how many of the newest reports the book of entities is
// filled from at a start.
const rememberedReports = 50_000

const (
	// decisionsEvery is how often the decisions by persons are asked for. A report that
	// comes before the book has heard of a merge is shown by what it was merged into all
	// the same.
	decisionsEvery = time.Second
	// decisionsBack is how far back they are asked for: writers of other machines have
	// clocks of their own, and a decision is seen when it is committed.
	decisionsBack = time.Minute
	// relearned is how many reports the book reads again of what a decision touched.
	relearned = 200
)

// whoIsWho gives what reports name their entities, in order of arrival, and keeps up
// with what persons decide in this process or in another one. It comes
// after the weave and no story waits for it.
type whoIsWho struct {
	store store.Store
	book  *identity.Book
	clock func() time.Time
	asked time.Time          // when decisions were last asked for
	heard map[centre.ID]bool // decisions that the book knows, of those that may come again: whether taken back
}

// load gives every public body its entity and fills the book from the store.
func (w *whoIsWho) load(ctx context.Context) error {
	set := entities.Default()
	var known []store.KnownEntity
	for i := range set.Len() {
		if e := set.At(i); e.Kind != entities.Office {
			known = append(known, store.KnownEntity{ID: e.ID, Kind: e.Kind.Mention()})
		}
	}
	ids, err := w.store.KeepKnown(ctx, system.Grant("pipeline"), known)
	if err != nil {
		return fmt.Errorf("keeping the list of public bodies: %w", err)
	}
	book := identity.NewBook(ids, 0, nil)
	book.LeaveOut(entity.Stateless)
	w.book = book
	if err := w.follow(ctx, false); err != nil {
		return err
	}
	err = w.store.RememberEntities(ctx, system.View(), rememberedReports, func(links []centre.EntityLink, at centre.Moment) error {
		book.Learn(links, at)
		return ctx.Err()
	})
	if err != nil {
		return fmt.Errorf("recalling people and bodies: %w", err)
	}
	return nil
}

// follow tells the book what persons decided since it asked last. What is known of
// the entities that they touched is read anew where relearn is set.
func (w *whoIsWho) follow(ctx context.Context, relearn bool) error {
	now := w.clock()
	var since time.Time // all, the first time
	if !w.asked.IsZero() {
		since = w.asked.Add(-decisionsBack)
	}
	found, err := w.store.EntityDecisions(ctx, system.Grant("pipeline"), since)
	if err != nil {
		return fmt.Errorf("reading the decisions about people and bodies: %w", err)
	}
	before := w.heard
	w.heard = map[centre.ID]bool{}
	for _, d := range found {
		w.heard[d.Edit] = d.Undone
		if undone, ok := before[d.Edit]; ok && undone == d.Undone {
			continue
		}
		w.book.Decided(d.Heads)
		if !relearn {
			continue
		}
		heads := slices.Compact(slices.Sorted(maps.Values(d.Heads)))
		err := w.store.RememberEntity(ctx, system.View(), heads, relearned, func(links []centre.EntityLink, at centre.Moment) error {
			w.book.Learn(links, at, heads...)
			return nil
		})
		if err != nil {
			return fmt.Errorf("reading again what reports say of people and bodies: %w", err)
		}
	}
	w.asked = now
	return nil
}

// assign adds the entities of a woven report. report is the one that it replaces
// a version of; zero for a new one.
func (w *whoIsWho) assign(ctx context.Context, report centre.ID, woven *centre.Woven) error {
	if w.book == nil {
		return nil // nothing was loaded: tests of other parts
	}
	if d := w.clock().Sub(w.asked); d < 0 || d >= decisionsEvery {
		if err := w.follow(ctx, true); err != nil {
			return err
		}
	}
	var before []centre.EntityLink
	if report != 0 {
		var err error
		if before, err = w.store.EntityLinks(ctx, system.View(), report); err != nil {
			return err
		}
	}
	woven.Entities = w.book.Assign(&woven.Draft, before)
	return nil
}
