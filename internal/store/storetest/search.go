package storetest

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/policy/system"
	"entente/internal/query"
	"entente/internal/store"
)

// told are findings of happenings: pairs of a category and a reality.
func told(pairs ...any) (f centre.Findings) {
	for i := 0; i < len(pairs); i += 2 {
		f.EventMentions = append(f.EventMentions, centre.EventMention{Category: pairs[i].(centre.EventCategory), Reality: pairs[i+1].(centre.Reality)})
	}
	return f
}

// search walks a table of queries over a few reports.
func search(t *testing.T, open Open) {
	w := newWorld(t, open)
	tass, irna := w.source(rus, rel(centre.Unclassified, rus, irq, irn, syr)), w.source(irn, rel(centre.Unclassified, irn, irq))
	story := centre.RandomID()
	day := 24 * time.Hour
	bridge := w.report(tass.ID, text{id: "1", title: "Bridge over the Tigris reopened", body: "Engineers say the coordination cell met.", language: "en",
		published: start, places: []*centre.Place{baghdad}, story: story})[0]
	kremlin := w.report(tass.ID, text{id: "2", title: "Кремль", body: "Песков заявил о координационном центре в Багдаде.", language: "ru",
		published: start.Add(5 * day), places: []*centre.Place{moscow, baghdad}, found: told(centre.EventAgreement, centre.RealityActual, centre.EventAgreement, centre.RealityActual)})[0]
	arabic := w.report(irna.ID, text{id: "3", title: "خلية التنسيق", body: "اجتمعت الخلية في بغداد", language: "ar", places: []*centre.Place{basra},
		found: told(centre.EventArmedClash, centre.RealityActual, centre.EventProtest, centre.RealityNegated)})[0]
	quote := w.report(irna.ID, text{id: "4", title: "Cells", body: "He said: it's a cell; co-ordination met (not the cell).", language: "en-GB",
		published: start.Add(20 * day), places: []*centre.Place{nowhere}, story: story, found: told(centre.EventProtest, centre.RealityPlanned)})[0]

	all := []centre.ID{quote, arabic, kremlin, bridge}
	for _, c := range []struct {
		name string
		q    query.Node
		want []centre.ID
	}{
		{"everything", query.All{}, all},
		{"nil is everything", nil, all},
		{"word", query.Word{Text: "bridge"}, []centre.ID{bridge}},
		{"another form", query.Word{Text: "engineer"}, []centre.ID{bridge}},
		{"plural and singular", query.Word{Text: "cells"}, []centre.ID{quote, bridge}},
		{"case plays no part", query.Word{Text: "TIGRIS"}, []centre.ID{bridge}},
		{"Russian form", query.Word{Text: "Багдад"}, []centre.ID{kremlin}},
		{"Arabic without the article", query.Word{Text: "خلية"}, []centre.ID{arabic}},
		{"prefix", query.Word{Text: "coord", Prefix: true}, []centre.ID{bridge}},
		{"prefix of no word", query.Word{Text: "xyzzy", Prefix: true}, nil},
		{"phrase", query.Phrase{Words: []string{"coordination", "cell"}}, []centre.ID{bridge}},
		{"phrase in the wrong order", query.Phrase{Words: []string{"cell", "coordination"}}, nil},
		{"phrase across title and body", query.Phrase{Words: []string{"reopened", "engineers"}}, []centre.ID{bridge}},
		{"a word of several words is a phrase", query.Word{Text: "co-ordination"}, []centre.ID{quote}},
		{"no letter or digit", query.Word{Text: "—"}, nil},
		{"no word in the phrase", query.Phrase{}, nil},
		{"operators are words", query.Word{Text: "NOT"}, []centre.ID{quote}},
		{"quotes do no harm", query.Word{Text: `cell" OR "bridge`}, nil},
		{"quotes in a prefix do no harm", query.Word{Text: `bri'dge":*`, Prefix: true}, []centre.ID{bridge}},
		{"a column's name is a word", query.Word{Text: "words:bridge"}, nil},
		{"and", query.And{query.Word{Text: "cell"}, query.Word{Text: "engineers"}}, []centre.ID{bridge}},
		{"or", query.Or{query.Word{Text: "bridge"}, query.Word{Text: "Песков"}}, []centre.ID{kremlin, bridge}},
		{"and not", query.And{query.Word{Text: "cell"}, query.Not{Node: query.Word{Text: "bridge"}}}, []centre.ID{quote}},
		{"not alone", query.Not{Node: query.Word{Text: "cell"}}, []centre.ID{arabic, kremlin}},
		{"not nothing", query.Not{Node: query.Word{Text: "—"}}, all},
		{"empty and", query.And{}, all},
		{"empty or", query.Or{}, nil},
		{"nested", query.And{query.Or{query.Word{Text: "cell"}, query.Language{Tag: "ru"}}, query.Not{Node: query.And{query.Word{Text: "bridge"}, query.Source{Slug: tass.Slug}}}}, []centre.ID{quote, kremlin}},
		{"words or an area", query.Or{query.Word{Text: "bridge"}, query.Box{West: 47, South: 30, East: 48, North: 31}}, []centre.ID{arabic, bridge}},
		{"not an area", query.And{query.Word{Text: "cell"}, query.Not{Node: query.Box{West: 44, South: 33, East: 45, North: 34}}}, []centre.ID{quote}},
		{"language", query.Language{Tag: "ru"}, []centre.ID{kremlin}},
		{"language with its regions", query.Language{Tag: "en"}, []centre.ID{quote, bridge}},
		{"language of a region", query.Language{Tag: "en-gb"}, []centre.ID{quote}},
		{"not a language", query.Not{Node: query.Language{Tag: "en"}}, []centre.ID{arabic, kremlin}},
		{"no such language", query.Language{Tag: "e"}, nil},
		{"source", query.Source{Slug: tass.Slug}, []centre.ID{kremlin, bridge}},
		{"no such source", query.Source{Slug: "nobody"}, nil},
		{"member", query.Member{Code: irn}, []centre.ID{quote, arabic}},
		{"place", query.Place{Name: "Baghdad", IDs: []string{baghdad.ID}}, []centre.ID{kremlin, bridge}},
		{"country", query.Place{Name: "Iraq", Country: "IRQ"}, []centre.ID{arabic, kremlin, bridge}},
		{"place that resolves to nothing", query.Place{Name: "Atlantis"}, nil},
		{"published", query.Published{From: start, Until: start.Add(5 * day)}, []centre.ID{bridge}},
		{"published since", query.Published{From: start.Add(5 * day)}, []centre.ID{quote, kremlin}},
		{"published before", query.Published{Until: start.Add(5*day + time.Nanosecond)}, []centre.ID{kremlin, bridge}},
		{"not published then leaves the unknown", query.Not{Node: query.Published{From: start}}, []centre.ID{arabic}},
		{"word and time", query.And{query.Word{Text: "cell"}, query.Published{From: start.Add(day), Until: start.Add(400 * day)}}, []centre.ID{quote}},
		{"word and a long time", query.And{query.Word{Text: "cell"}, query.Published{From: start.Add(day), Until: start.Add(4000 * day)}}, []centre.ID{quote}},
		{"story", query.Story{ID: story}, []centre.ID{quote, bridge}},
		{"told as having happened", query.Happens{Category: centre.EventAgreement}, []centre.ID{kremlin}},
		{"told as having happened, of any category", query.Happens{}, []centre.ID{arabic, kremlin}},
		{"told as negated or planned", query.Happens{Category: centre.EventProtest}, nil},
		{"nothing told", query.Not{Node: query.Happens{}}, []centre.ID{quote, bridge}},
		{"told, and a word", query.And{query.Happens{}, query.Word{Text: "Песков"}}, []centre.ID{kremlin}},
		{"story and word", query.And{query.Story{ID: story}, query.Word{Text: "engineer"}}, []centre.ID{bridge}},
	} {
		t.Run(c.name, func(t *testing.T) {
			page, err := w.s.Search(w.ctx, system.View(), c.q, store.Page{})
			if err != nil {
				t.Fatal(err)
			}
			same(t, "found", idsOf(page.Reports), c.want)
		})
	}
	t.Run("hidden source", func(t *testing.T) {
		marking := rel(centre.Unclassified, rus, syr)
		x := text{id: "5", title: "Shared", body: "shared with Syria", marking: &marking}
		hidden := w.source(rus, rel(centre.Secret, rus))
		id := w.report(hidden.ID, x)[0]
		v := w.view(actor(syr))
		heads, err := w.s.Heads(w.ctx, v, []centre.ID{id})
		if err != nil || len(heads) != 1 || heads[0].Source != nil {
			t.Fatalf("heads %+v, %v; want one without its source", heads, err)
		}
		for _, q := range []query.Node{query.Source{Slug: hidden.Slug}, query.And{query.Member{Code: rus}, query.Word{Text: "shared"}}} {
			if page, err := w.s.Search(w.ctx, v, q, store.Page{}); err != nil || len(page.Reports) != 0 {
				t.Fatalf("%v finds %d reports (%v) through a source that is not released", q, len(page.Reports), err)
			}
		}
		if page, err := w.s.Search(w.ctx, v, query.Not{Node: query.Source{Slug: hidden.Slug}}, store.Page{}); err != nil || !slices.Contains(idsOf(page.Reports), id) {
			t.Fatalf("naming a hidden source in NOT hides its reports (%v): the slug can be guessed", err)
		}
	})
	t.Run("received", func(t *testing.T) {
		at := w.head(kremlin).Received
		for _, c := range []struct {
			q    query.Node
			want bool
		}{
			{query.Received{From: at}, true}, {query.Received{From: at.Add(time.Millisecond)}, false},
			{query.Received{Until: at}, false}, {query.Received{From: at, Until: at.Add(time.Nanosecond)}, true},
		} {
			page, err := w.s.Search(w.ctx, system.View(), c.q, store.Page{})
			if err != nil || slices.Contains(idsOf(page.Reports), kremlin) != c.want {
				t.Errorf("%+v (received %s): found %v, want %v (%v)", c.q, at, !c.want, c.want, err)
			}
		}
	})
}

// areas holds Near and Box to the sphere: borders, poles and antimeridian.
func areas(t *testing.T, open Open) {
	w := newWorld(t, open)
	o := w.source(irq, open4)
	places := []*centre.Place{baghdad, basra, latakia, moscow, suva, apia, nowhere, origin,
		place("West", "", -180, 10), place("East", "", 180, 20), place("North", "", 12, 90), place("South", "", -77, -90)}
	names := map[centre.ID]string{}
	for _, p := range places {
		names[w.report(o.ID, text{id: p.ID, title: p.Name, body: p.Name, places: []*centre.Place{p}})[0]] = p.Name
	}
	for _, c := range []struct {
		name string
		q    query.Node
		want []string
	}{
		{"the border belongs to a box", query.Box{West: baghdad.Point.Lon, South: baghdad.Point.Lat, East: 50, North: 40}, []string{"Baghdad"}},
		{"a box of one point", query.Box{West: 0, South: 0, East: 0, North: 0}, []string{"Null"}},
		{"across the antimeridian", query.Box{West: 170, South: -20, East: -170, North: 0}, []string{"Apia", "Suva"}},
		{"up to the antimeridian", query.Box{West: 179, South: 0, East: 180, North: 30}, []string{"East"}},
		{"the antimeridian itself", query.Box{West: 180, South: 0, East: -180, North: 30}, []string{"East", "West"}},
		{"the world", query.Box{West: -180, South: -90, East: 180, North: 90}, []string{"Apia", "Baghdad", "Basra", "East", "Latakia", "Moscow", "North", "Null", "South", "Suva", "West"}},
		{"upside down", query.Box{West: 0, South: 50, East: 60, North: 10}, nil},
		{"near", query.Near{Point: baghdad.Point, Metres: 450_000}, []string{"Baghdad", "Basra"}},
		{"near, but not that near", query.Near{Point: baghdad.Point, Metres: 440_000}, []string{"Baghdad"}},
		{"near nothing but itself", query.Near{Point: baghdad.Point, Metres: 0}, []string{"Baghdad"}},
		{"near across the antimeridian", query.Near{Point: centre.At(-179, -16), Metres: 900_000}, []string{"Apia", "Suva"}},
		{"near a pole", query.Near{Point: centre.At(-170, 90), Metres: 1000}, []string{"North"}},
		{"the whole earth", query.Near{Point: centre.At(0, 0), Metres: 30_000_000}, []string{"Apia", "Baghdad", "Basra", "East", "Latakia", "Moscow", "North", "Null", "South", "Suva", "West"}},
		{"near an unknown point", query.Near{Metres: 30_000_000}, nil},
		{"not a number", query.Near{Point: baghdad.Point, Metres: math.NaN()}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			page, err := w.s.Search(w.ctx, system.View(), c.q, store.Page{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, h := range page.Reports {
				got = append(got, names[h.ID])
			}
			slices.Sort(got)
			same(t, "found", got, c.want)
		})
	}
	t.Run("ManyPlaces", func(t *testing.T) {
		// More places than a search names one by one: it goes by cells.
		want := 0
		for i := range 120 {
			p := place(fmt.Sprintf("P%d", i), "XKX", 20+float64(i%12)/4, 40+float64(i/12)/4)
			w.report(o.ID, text{id: p.ID, title: p.Name, body: "grid", places: []*centre.Place{p, moscow}})
			if p.Point.Lon <= 22 && p.Point.Lat <= 42 {
				want++
			}
		}
		for _, q := range []query.Node{
			query.Box{West: 20, South: 40, East: 22, North: 42},
			query.And{query.Word{Text: "grid"}, query.Box{West: 20, South: 40, East: 22, North: 42}},
			query.And{query.Place{Country: "XKX"}, query.Box{West: 20, South: 40, East: 22, North: 42}},
		} {
			page, err := w.s.Search(w.ctx, system.View(), q, store.Page{Limit: 200})
			if err != nil || len(page.Reports) != want {
				t.Fatalf("%v: %d reports, want %d (%v)", q, len(page.Reports), want, err)
			}
		}
		if page, err := w.s.Search(w.ctx, system.View(), query.Place{Country: "XKX"}, store.Page{Limit: 200}); err != nil || len(page.Reports) != 120 {
			t.Fatalf("%d reports in the country, want 120 (%v)", len(page.Reports), err)
		}
	})
}

// pages walks a list page by page while new reports come in.
func pages(t *testing.T, open Open) {
	w := newWorld(t, open)
	o, hidden := w.source(irq, open4), w.source(irq, rel(centre.Secret, irq))
	var want []centre.ID
	for i := range 23 {
		want = append(want, w.report(o.ID, text{id: fmt.Sprint(i), title: "Report", body: fmt.Sprintf("number %d", i)})...)
		w.report(hidden.ID, text{id: fmt.Sprint(i), title: "Report", body: "hidden"})
	}
	v := w.view(actor(rus))
	for _, q := range []query.Node{query.All{}, query.Word{Text: "report"}} {
		var got []centre.ID
		after := ""
		for n := 0; ; n++ {
			page, err := w.s.Search(w.ctx, v, q, store.Page{After: after, Limit: 5})
			w.must(err)
			got = append(got, idsOf(page.Reports)...)
			if after = page.Next; after == "" {
				break
			}
			if n == 1 {
				w.report(o.ID, text{id: fmt.Sprintf("new %T", q), title: "Report", body: "came in between"})
			}
		}
		// What came in meanwhile stands above, and moves nothing.
		if len(got) < 23 || !slices.Equal(got[len(got)-23:], reversed(want)) {
			t.Fatalf("%v: got %v, want %v at the end", q, got, reversed(want))
		}
		if _, repeated := twice(got); repeated {
			t.Fatalf("%v: a report is on two pages", q)
		}
	}
	t.Run("CursorIsOfSomethingVisible", func(t *testing.T) {
		page, err := w.s.Search(w.ctx, v, query.All{}, store.Page{Limit: 3})
		w.must(err)
		if last := page.Reports[2].ID.String(); page.Next[1:] != last {
			t.Fatalf("the cursor %q is not of the last report shown, %s", page.Next, last)
		}
	})
	t.Run("BadCursor", func(t *testing.T) {
		for _, after := range []string{"x", "r", "r0", "s0000000000001", "r'; DROP TABLE report", "rzzzzzzzzzzzzz", "\x00"} {
			_, err := w.s.Search(w.ctx, v, query.All{}, store.Page{After: after})
			w.refused(err, centre.CodeInvalid)
			_, _, err = w.s.DeadLetters(w.ctx, v, store.Page{After: after})
			w.refused(err, centre.CodeInvalid)
		}
	})
	t.Run("BadLimit", func(t *testing.T) {
		for _, limit := range []int{-1, 201} {
			_, err := w.s.Search(w.ctx, v, query.All{}, store.Page{Limit: limit})
			w.refused(err, centre.CodeInvalid)
		}
	})
	t.Run("HeadsInTheOrderAsked", func(t *testing.T) {
		hiddenID := w.report(hidden.ID, text{id: "h", body: "h"})[0]
		heads, err := w.s.Heads(w.ctx, v, []centre.ID{want[3], hiddenID, 99, want[1], want[3]})
		w.must(err)
		same(t, "heads", idsOf(heads), []centre.ID{want[3], want[1]})
	})
	t.Run("FewLabels", func(t *testing.T) {
		// Somebody who may see but one old report finds it.
		only := rel(centre.Unclassified, irq, "ZZZ")
		id := w.report(o.ID, text{id: "only", body: "x", marking: &only})[0]
		for i := range 30 {
			w.report(o.ID, text{id: fmt.Sprint("later", i), body: "x"})
		}
		a := policy.Actor{Member: "ZZZ", Clearance: centre.TopSecret, Active: true, Roles: []centre.Role{centre.RoleAnalyst}}
		page, err := w.s.Search(w.ctx, w.view(a), query.All{}, store.Page{Limit: 1})
		w.must(err)
		if len(page.Reports) != 1 || page.Reports[0].ID != id || page.Next != "" {
			t.Fatalf("page %+v", page)
		}
	})
}

func twice[T comparable](list []T) (T, bool) {
	seen := map[T]bool{}
	for _, x := range list {
		if seen[x] {
			return x, true
		}
		seen[x] = true
	}
	var none T
	return none, false
}
