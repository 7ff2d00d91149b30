package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/store"
)

type (
	// EventPage is part of a list of events, the latest start first.
	EventPage = store.EventPage
	// EventCluster is a group of events near one another on a map.
	EventCluster = store.EventCluster
)

// EventQuestion is what events are asked for with. Its zero value asks for all
// that the asker may see.
type EventQuestion struct {
	Sources    []string // slugs; one that the asker does not see brings nothing
	Categories []string // of centre.EventCategories
	Country    string   // ISO 3166-1 alpha-3
	Box        *Box
	From       time.Time
	Until      time.Time // begun in [From, Until); zero bounds are open
	Text       string    // stands in title, notes or an actor's name
	Killed     int       // at least so many
}

// Events lists the events that answer a question.
func (d *Desk) Events(ctx context.Context, who policy.View, q EventQuestion, p Page) (EventPage, error) {
	f, err := d.eventFilter(ctx, who, q)
	if err != nil {
		return EventPage{}, err
	}
	return d.store.Events(ctx, who, f, p)
}

// Event reads an event.
func (d *Desk) Event(ctx context.Context, who policy.View, id centre.ID) (centre.Event, error) {
	if _, err := signedIn(who); err != nil {
		return centre.Event{}, err
	}
	return d.store.Event(ctx, who, id)
}

// EventClusters groups events for a map of the question's area, which must be
// given.
func (d *Desk) EventClusters(ctx context.Context, who policy.View, q EventQuestion, zoom int) ([]EventCluster, error) {
	f, err := d.eventFilter(ctx, who, q)
	if err != nil {
		return nil, err
	}
	if f.Box == nil {
		return nil, centre.Invalid("Clusters need the area of the map; give it and ask again.")
	}
	box := *f.Box
	f.Box = nil // it is asked for once
	return d.store.EventClusters(ctx, who, f, box, zoom)
}

func (d *Desk) eventFilter(ctx context.Context, who policy.View, q EventQuestion) (store.EventFilter, error) {
	f := store.EventFilter{Country: strings.ToUpper(q.Country), Box: q.Box, From: q.From, Until: q.Until, Text: q.Text, Killed: q.Killed}
	if _, err := signedIn(who); err != nil {
		return f, err
	}
	for _, name := range q.Categories {
		category := centre.EventCategory(name)
		if !slices.Contains(centre.EventCategories, category) {
			return f, centre.Invalid("%q is no category of events; use %s and so on.", name, centre.EventArmedClash)
		}
		f.Categories = append(f.Categories, category)
	}
	for _, slug := range q.Sources {
		state, err := d.store.SourceBySlug(ctx, who, slug)
		switch {
		case err == nil:
			f.Sources = append(f.Sources, state.Source.ID)
		case centre.CodeOf(err) == centre.CodeNotFound:
			f.Sources = append(f.Sources, 0) // nobody's
		default:
			return f, err
		}
	}
	return f, nil
}

// Parts lists the reports that came with a report, first arrival first.
func (d *Desk) Parts(ctx context.Context, who policy.View, id centre.ID) ([]centre.ReportHead, error) {
	if _, err := signedIn(who); err != nil {
		return nil, err
	}
	return d.store.Parts(ctx, who, id)
}
