package storetest

import (
	"fmt"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/policy/system"
	"entente/internal/query"
	"entente/internal/store"
)

func aggregates(t *testing.T, open Open) {
	w := newWorld(t, open)
	wide := w.source(rus, rel(centre.Unclassified, rus, irq, irn, syr))
	narrow := w.source(irq, rel(centre.Restricted, irq, rus))
	near := place("Kadhimiya", "IRQ", 44.34, 33.38)
	w.report(wide.ID, text{id: "1", body: "one", published: start, places: []*centre.Place{baghdad, near, baghdad}})
	w.report(wide.ID, text{id: "2", body: "two", published: start.Add(36 * time.Hour), places: []*centre.Place{baghdad, nowhere}, language: "ar"})
	w.report(narrow.ID, text{id: "3", body: "three", published: start.Add(10 * time.Hour), places: []*centre.Place{moscow, near}})
	last := w.report(wide.ID, text{id: "4", body: "four", places: []*centre.Place{moscow}})[0]
	wider, less := w.view(actor(rus)), w.view(actor(syr))

	t.Run("Facets", func(t *testing.T) {
		f, err := w.s.Facets(w.ctx, wider, query.All{})
		w.must(err)
		want := fmt.Sprint([]store.Count{{Key: "test:baghdad", Name: "Baghdad", Count: 2}, {Key: "test:kadhimiya", Name: "Kadhimiya", Count: 2}, {Key: "test:moscow", Name: "Moscow", Count: 2}, {Key: "test:middle-east", Name: "Middle East", Count: 1}})
		if f.Total != 4 || fmt.Sprint(f.Places) != want || fmt.Sprint(f.Languages) != "[{en en 3} {ar ar 1}]" || fmt.Sprint(f.Members) != "[{RUS RUS 3} {IRQ IRQ 1}]" || f.Sources[0].Key != wide.Slug || f.Sources[0].Name != wide.Name {
			t.Fatalf("facets %+v", f)
		}
		f, err = w.s.Facets(w.ctx, less, query.Place{IDs: []string{moscow.ID}})
		w.must(err)
		if f.Total != 1 || len(f.Sources) != 1 || len(f.Places) != 1 || f.Places[0].Count != 1 {
			t.Fatalf("facets %+v", f)
		}
	})
	t.Run("Places", func(t *testing.T) {
		p, err := w.s.Places(w.ctx, less, query.All{}, 2)
		w.must(err)
		if len(p) != 2 || p[0].Place.ID != baghdad.ID || p[0].Reports != 2 || p[0].Place.Names["ar"] == "" || !p[0].Place.Point.Known || p[1].Reports != 1 {
			t.Fatalf("places %+v", p)
		}
		_, err = w.s.Places(w.ctx, less, query.All{}, -1)
		w.refused(err, centre.CodeInvalid)
	})
	t.Run("UnknownPointStaysUnknown", func(t *testing.T) {
		all, err := w.s.Places(w.ctx, wider, query.All{}, 0)
		w.must(err)
		for _, p := range all {
			if p.Place.ID == nowhere.ID && p.Place.Point.Known {
				t.Fatal("a region without a point has one")
			}
		}
	})
	t.Run("Clusters", func(t *testing.T) {
		world := query.Box{West: -180, South: -90, East: 180, North: 90}
		c, err := w.s.Clusters(w.ctx, wider, query.All{}, world, 4)
		w.must(err)
		// Report 1 names two places of the first cluster and counts once there.
		if len(c) != 2 || c[0].Reports != 3 || c[1].Reports != 2 || c[1].Newest != last || len(c[0].Places) != 2 || c[0].Places[0].ID != baghdad.ID ||
			c[0].Box.West != 44.34 || c[0].Box.East != baghdad.Point.Lon || !c[0].Point.Known || c[0].Point.Lon < 44.34 || c[0].Point.Lon > baghdad.Point.Lon {
			t.Fatalf("clusters %+v", c)
		}
		if c, err = w.s.Clusters(w.ctx, wider, query.All{}, world, 18); err != nil || len(c) != 3 {
			t.Fatalf("%d clusters at zoom 18, want 3 (%v)", len(c), err)
		}
		if c, err = w.s.Clusters(w.ctx, less, query.Word{Text: "two"}, query.Box{West: 44, South: 33, East: 45, North: 34}, 18); err != nil || len(c) != 1 || c[0].Reports != 1 {
			t.Fatalf("clusters %+v (%v)", c, err)
		}
		_, err = w.s.Clusters(w.ctx, less, query.All{}, world, 23)
		w.refused(err, centre.CodeInvalid)
	})
	t.Run("Histogram", func(t *testing.T) {
		h, err := w.s.Histogram(w.ctx, wider, query.All{}, start, start.Add(48*time.Hour), 2)
		w.must(err)
		if h.Step != 24*time.Hour || len(h.Bins) != 2 || h.Bins[0].Count != 2 || h.Bins[1].Count != 1 || !h.Bins[1].Start.Equal(start.Add(24*time.Hour)) || h.Undated != 1 {
			t.Fatalf("histogram %+v", h)
		}
		h, err = w.s.Histogram(w.ctx, less, query.All{}, time.Time{}, time.Time{}, 10)
		w.must(err)
		total := 0
		for _, b := range h.Bins {
			total += b.Count
		}
		if total != 2 || h.Undated != 1 || !h.Bins[0].Start.Equal(start) || h.Bins[0].Count != 1 || h.Bins[len(h.Bins)-1].Count != 1 {
			t.Fatalf("histogram %+v", h)
		}
		h, err = w.s.Histogram(w.ctx, less, query.Word{Text: "four"}, time.Time{}, time.Time{}, 10)
		w.must(err)
		if len(h.Bins) != 0 || h.Undated != 1 {
			t.Fatalf("histogram %+v", h)
		}
		_, err = w.s.Histogram(w.ctx, less, query.All{}, start, start, 10)
		w.refused(err, centre.CodeInvalid)
	})
	t.Run("PlaceOfTwoGazetteers", func(t *testing.T) {
		renamed := *baghdad
		renamed.Names = map[string]string{"en": "Baghdad", "fa": "بغداد"}
		w.report(wide.ID, text{id: "5", body: "five", places: []*centre.Place{&renamed}})
		p, err := w.s.Places(w.ctx, system.View(), query.All{}, 1)
		w.must(err)
		if p[0].Reports != 3 || p[0].Place.Names["fa"] == "" {
			t.Fatalf("places %+v: one place is counted once, as its gazetteer has it now", p)
		}
	})
}
