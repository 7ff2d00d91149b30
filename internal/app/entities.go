package app

import (
	"context"
	"fmt"

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

// whoIsWho gives what reports name their entities, in order of arrival. It comes
// after the weave and no story waits for it.
type whoIsWho struct {
	store store.Store
	book  *identity.Book
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
	err = w.store.RememberEntities(ctx, system.View(), rememberedReports, func(links []centre.EntityLink, at centre.Moment) error {
		book.Learn(links, at)
		return ctx.Err()
	})
	if err != nil {
		return fmt.Errorf("recalling people and bodies: %w", err)
	}
	w.book = book
	return nil
}

// assign adds the entities of a woven report. report is the one that it replaces
// a version of; zero for a new one.
func (w *whoIsWho) assign(ctx context.Context, report centre.ID, woven *centre.Woven) error {
	if w.book == nil {
		return nil // nothing was loaded: tests of other parts
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
