package storetest

import (
	"fmt"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/policy/system"
	"entente/internal/query"
	"entente/internal/store"
)

func stories(t *testing.T, open Open) {
	w := newWorld(t, open)
	wide := w.source(rus, rel(centre.Unclassified, rus, irq, irn, syr))
	narrow := w.source(rus, rel(centre.Restricted, rus, irq))
	a, b, hiddenOnly := centre.RandomID(), centre.RandomID(), centre.RandomID()
	set := centre.RandomID()
	r1 := w.report(wide.ID, text{id: "1", title: "First", body: "talks began", story: a, published: start, places: []*centre.Place{baghdad}})[0]
	r2 := w.report(wide.ID, text{id: "2", title: "Echo", body: "talks went on", story: a, copies: set, published: start.Add(time.Hour), places: []*centre.Place{baghdad, moscow}})[0]
	r3 := w.report(wide.ID, text{id: "3", title: "Other", body: "a bridge", story: b})[0]
	r4 := w.report(narrow.ID, text{id: "4", title: "Echo", body: "talks went on", story: a, copies: set, published: start.Add(2 * time.Hour), places: []*centre.Place{moscow}, language: "ru"})[0]
	w.report(narrow.ID, text{id: "5", title: "Secret", body: "hidden talks", story: hiddenOnly})
	_ = r3

	list := func(v policy.View, q query.Node) []centre.Story {
		t.Helper()
		var all []centre.Story
		after := ""
		for {
			page, err := w.s.Stories(w.ctx, v, q, store.Page{After: after, Limit: 1})
			w.must(err)
			all = append(all, page.Stories...)
			if after = page.Next; after == "" {
				return all
			}
		}
	}
	t.Run("EachSeesItsOwn", func(t *testing.T) {
		seen := list(w.view(actor(irq)), query.All{})
		if len(seen) != 3 || seen[0].ID != hiddenOnly || seen[1].ID != a || seen[2].ID != b {
			t.Fatalf("stories %+v", seen)
		}
		s := seen[1]
		if s.Reports != 3 || s.Texts != 2 || s.Lead != r2 || s.Title != "Echo" || s.Newest != r4 || len(s.Languages) != 2 ||
			!s.First.Time.Equal(start) || !s.Last.Time.Equal(start.Add(2*time.Hour)) || len(s.Places) != 2 || len(s.Families) != 1 ||
			s.Marking.String() != "RESTRICTED//REL TO RUS, IRQ" {
			t.Fatalf("story %+v", s)
		}
		less := list(w.view(actor(syr)), query.All{})
		if len(less) != 2 || less[0].ID != b || less[1].ID != a {
			t.Fatalf("stories %+v", less)
		}
		s = less[1]
		if s.Reports != 2 || s.Texts != 2 || s.Lead != r1 || s.Title != "First" || s.Newest != r2 || len(s.Languages) != 1 ||
			!s.Last.Time.Equal(start.Add(time.Hour)) || s.Places[0].ID != baghdad.ID || s.Marking.Level != centre.Unclassified {
			t.Fatalf("story %+v", s)
		}
	})
	t.Run("StandsAtItsNewestMatch", func(t *testing.T) {
		// Story a has a newer report than b, but the one that matches is older.
		got := list(w.view(actor(irq)), query.Or{query.Word{Text: "began"}, query.Word{Text: "bridge"}})
		if len(got) != 2 || got[0].ID != b || got[1].ID != a || got[1].Reports != 3 {
			t.Fatalf("stories %+v", got)
		}
	})
	t.Run("Hidden", func(t *testing.T) {
		_, err := w.s.Story(w.ctx, w.view(actor(syr)), hiddenOnly)
		w.refused(err, centre.CodeNotFound)
		_, err = w.s.Story(w.ctx, system.View(), centre.RandomID())
		w.refused(err, centre.CodeNotFound)
	})
	t.Run("Carriers", func(t *testing.T) {
		got, err := w.s.Carriers(w.ctx, w.view(actor(irq)), r4)
		w.must(err)
		same(t, "carriers", idsOf(got), []centre.ID{r2, r4})
		if got[0].Copies != 2 {
			t.Fatalf("copies %d, want 2", got[0].Copies)
		}
		got, err = w.s.Carriers(w.ctx, w.view(actor(syr)), r2)
		w.must(err)
		if same(t, "carriers", idsOf(got), []centre.ID{r2}); got[0].Copies != 1 {
			t.Fatalf("copies %d, want 1: a hidden copy was counted", got[0].Copies)
		}
		_, err = w.s.Carriers(w.ctx, w.view(actor(syr)), r4)
		w.refused(err, centre.CodeNotFound)
	})
	t.Run("ManyReportsFewStories", func(t *testing.T) {
		flood := centre.RandomID()
		for i := range 40 {
			w.report(wide.ID, text{id: fmt.Sprint("flood", i), title: "Flood", body: fmt.Sprintf("wave %d", i), story: flood})
		}
		got := list(w.view(actor(syr)), query.All{})
		if len(got) != 3 || got[0].ID != flood || got[0].Reports != 40 || got[1].ID != b || got[2].ID != a {
			t.Fatalf("stories %+v", got)
		}
	})
	t.Run("NobodyMayHaveTheJoin", func(t *testing.T) {
		red1, red2 := rel(centre.Secret, rus, irq), rel(centre.Confidential, irq, rus)
		red1.TLP, red2.TLP = centre.TLPRed, centre.TLPRed
		mixed := centre.RandomID()
		w.report(wide.ID, text{id: "red1", body: "x", story: mixed, marking: &red1})
		w.report(wide.ID, text{id: "red2", body: "y", story: mixed, marking: &red2})
		s, err := w.s.Story(w.ctx, w.view(allRoles(irq)), mixed)
		w.must(err)
		if got := s.Marking.String(); got != "SECRET//REL TO RUS//TLP:RED" {
			t.Fatalf("marking %s", got)
		}
	})
}
