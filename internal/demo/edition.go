package demo

import (
	"slices"
	"time"
)

// edition is one item as it stands at one moment of the scenario.
type edition struct {
	ID         string
	Title      string
	Paragraphs []string
	Published  time.Time // zero where undated
	Updated    time.Time // zero for a first version, and where the outlet does not say
	NoGUID     bool
	changed    time.Duration // since the scenario's beginning
}

// editions is what an outlet shows when elapsed has passed since the
// beginning, newest publication first and undated items last. A revised item
// stays where it was, as in most newsrooms.
func (o *Outlet) editions(elapsed time.Duration) []edition {
	var shown []edition
	for _, item := range o.Items {
		if e, ok := item.edition(elapsed); ok {
			shown = append(shown, e)
		}
	}
	slices.SortStableFunc(shown, func(a, b edition) int { return b.Published.Compare(a.Published) })
	return shown
}

// edition is the newest version of the item that has appeared.
func (i *Item) edition(elapsed time.Duration) (edition, bool) {
	at := time.Duration(i.At) * time.Second
	if elapsed < at {
		return edition{}, false
	}
	e := edition{
		ID: i.ID, Title: i.Title, Paragraphs: paragraphs(i.Text),
		Published: i.published, NoGUID: i.NoGUID, changed: at,
	}
	for _, r := range i.Revisions {
		at := time.Duration(r.At) * time.Second
		if elapsed < at {
			break
		}
		e.Paragraphs, e.Updated, e.changed = paragraphs(r.Text), r.updated, at
		if r.Title != "" {
			e.Title = r.Title
		}
	}
	return e, true
}

// changed is when the newest of the editions came or was revised, since the
// scenario's beginning.
func changed(editions []edition) time.Duration {
	var last time.Duration
	for _, e := range editions {
		last = max(last, e.changed)
	}
	return last
}
