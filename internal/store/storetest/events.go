package storetest

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/policy/system"
	"entente/internal/query"
	"entente/internal/store"
)

var wholeEarth = query.Box{West: -180, South: -90, East: 180, North: 90}

// clash is an event as tests write it.
func clash(id string, day int, at *centre.Place) centre.Event {
	e := centre.Event{ExternalID: id, Category: centre.EventArmedClash, Title: "Clash " + id, Actors: []centre.EventActor{}, Problems: []string{}}
	if day >= 0 {
		e.Start = centre.Moment{Time: start.AddDate(0, 0, day), Precision: centre.PrecisionDay, Basis: centre.BasisColumn}
	}
	if at != nil {
		e.Point, e.Country, e.Place = at.Point, at.Country, at.Name
	}
	return e
}

func (w *world) takeEvents(source centre.ID, events ...centre.Event) int {
	w.Helper()
	n, err := w.s.TakeEvents(w.ctx, w.g, source, events, nil)
	w.must(err)
	return n
}

// events lists the external ids of what a filter finds, page by page.
func (w *world) events(v policy.View, f store.EventFilter, limit int) []string {
	w.Helper()
	got, after := []string{}, ""
	for {
		page, err := w.s.Events(w.ctx, v, f, store.Page{After: after, Limit: limit})
		w.must(err)
		for _, e := range page.Events {
			got = append(got, e.ExternalID)
		}
		if after = page.Next; after == "" {
			return got
		}
	}
}

func (w *world) event(external string) centre.Event {
	w.Helper()
	page, err := w.s.Events(w.ctx, system.View(), store.EventFilter{}, store.Page{Limit: 200})
	w.must(err)
	for _, e := range page.Events {
		if e.ExternalID == external {
			return e
		}
	}
	w.Fatalf("there is no event %q", external)
	return centre.Event{}
}

func events(t *testing.T, open Open) {
	w := newWorld(t, open)
	o := w.source(irq, open4)
	t.Run("Whole", func(t *testing.T) {
		e := centre.Event{ExternalID: "whole", Category: centre.EventRemoteStrike, Code: "190", Title: "A <strike> & \"more\"", Notes: "Ноты\nобстрел", URL: "https://example.org/e",
			Start: centre.Moment{Time: start, Precision: centre.PrecisionDay, Basis: centre.BasisColumn}, End: centre.Moment{Time: start.Add(time.Hour), Precision: centre.PrecisionSecond, Basis: centre.BasisColumn},
			TimePrecision: centre.TimeWeek, Point: centre.At(0, 0), Place: "Null", Country: "IRQ", Admin1: "Baghdad", GeoPrecision: centre.GeoNear, Uncertainty: 25_000,
			Actors: []centre.EventActor{{Name: "Army", Code: "MIL", Country: "IRQ", Role: centre.RoleUnknown}}, Killed: centre.Toll{Known: true, Low: 1, Best: 2, High: 3, Civilians: 1, Basis: "UCDP"},
			Injured: centre.Toll{Known: true}, Attribution: "Reuters", Mentions: 7, Origin: "file.csv, line 2", License: "CC BY", Fetched: start.Add(time.Minute), Problems: []string{"The month was odd."}}
		if n := w.takeEvents(o.ID, e); n != 1 {
			t.Fatalf("%d taken, want 1", n)
		}
		got := w.event("whole")
		want := e
		want.ID, want.Version, want.Source, want.Label, want.Marking = got.ID, 1, o.ID, o.Label, open4
		if got.ID == 0 || !got.Marking.Equal(open4) {
			t.Fatalf("event %+v", got)
		}
		got.Marking = open4
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("got %+v\nwant %+v", got, want)
		}
		one, err := w.s.Event(w.ctx, system.View(), got.ID)
		w.must(err)
		if one.Marking = open4; !reflect.DeepEqual(one, want) {
			t.Fatalf("got %+v\nwant %+v", one, want)
		}
	})
	t.Run("UnknownStaysUnknown", func(t *testing.T) {
		w.takeEvents(o.ID, centre.Event{ExternalID: "bare", Point: centre.Point{Known: true, Lon: math.NaN()}, Uncertainty: math.Inf(1)})
		e := w.event("bare")
		if e.Start.Known() || e.End.Known() || e.Point.Known || e.Killed.Known || e.Injured.Known || !e.Fetched.IsZero() || e.Uncertainty != 0 {
			t.Fatalf("something unknown became known: %+v", e)
		}
	})
	t.Run("TakenOnce", func(t *testing.T) {
		e := clash("once", 1, baghdad)
		first := w.takeEvents(o.ID, e, e)
		e.Fetched, e.Origin = start, "another file"
		if again := w.takeEvents(o.ID, e); first != 1 || again != 0 {
			t.Fatalf("first %d, again %d; want 1 and 0", first, again)
		}
	})
	t.Run("Corrected", func(t *testing.T) {
		e := clash("corrected", 1, baghdad)
		other := e
		other.Title, other.Start, other.Point, other.Killed = "Now otherwise", centre.Moment{}, centre.Point{}, centre.Toll{Known: true, Best: 4}
		w.takeEvents(o.ID, e)
		before := w.event("corrected")
		if n := w.takeEvents(o.ID, other); n != 1 {
			t.Fatalf("%d taken, want the correction", n)
		}
		after := w.event("corrected")
		if after.ID != before.ID || after.Version != 2 || after.Title != "Now otherwise" || after.Start.Known() || after.Point.Known || after.Killed.Best != 4 {
			t.Fatalf("event %+v", after)
		}
		if n := w.takeEvents(o.ID, e, other); n != 2 {
			t.Fatalf("%d taken, want both", n)
		}
		if v := w.event("corrected"); v.Version != 4 || v.Title != "Now otherwise" {
			t.Fatalf("event %+v", v)
		}
		if n := w.takeEvents(o.ID, clash("fresh", 2, nil), clash("fresh", 3, nil)); n != 2 {
			t.Fatalf("%d taken, want 2", n)
		}
		if v := w.event("fresh"); v.Version != 2 || !v.Start.Time.Equal(start.AddDate(0, 0, 3)) {
			t.Fatalf("event %+v", v)
		}
	})
	t.Run("AnotherSourcesName", func(t *testing.T) {
		p := w.source(irq, open4)
		if n := w.takeEvents(p.ID, clash("once", 1, baghdad)); n != 1 {
			t.Fatalf("%d taken, want 1", n)
		}
	})
	t.Run("LongNames", func(t *testing.T) {
		long := strings.Repeat("x", 200)
		if n := w.takeEvents(o.ID, clash(long+"a", 1, nil), clash(long+"b", 1, nil), clash(long+"a", 1, nil)); n != 2 {
			t.Fatalf("%d taken, want 2", n)
		}
		if n := w.takeEvents(o.ID, clash(long+"b", 1, nil)); n != 0 {
			t.Fatalf("%d taken, want none", n)
		}
	})
	t.Run("CursorFollows", func(t *testing.T) {
		_, err := w.s.TakeEvents(w.ctx, w.g, o.ID, []centre.Event{clash("c", 1, nil)}, centre.Cursor("here"))
		w.must(err)
		_, err = w.s.TakeEvents(w.ctx, w.g, o.ID, []centre.Event{clash("d", 1, nil), {}}, centre.Cursor("there"))
		w.refused(err, centre.CodeInvalid)
		if c, err := w.s.Cursor(w.ctx, w.g, o.ID); err != nil || string(c) != "here" {
			t.Fatalf("cursor %q, %v", c, err)
		}
		if got := w.events(system.View(), store.EventFilter{Text: "clash d"}, 50); len(got) != 0 {
			t.Fatalf("%v of a refused call were stored", got)
		}
	})
	t.Run("Refused", func(t *testing.T) {
		_, err := w.s.TakeEvents(w.ctx, w.g, 12345, []centre.Event{clash("x", 1, nil)}, nil)
		w.refused(err, centre.CodeNotFound)
		foreign := w.source(rus, rel(centre.Unclassified, rus, irq))
		g, err := policy.Decide(allRoles(irq), policy.ActionImport, policy.Object{Kind: "source", ID: o.ID, Member: irq})
		w.must(err)
		_, err = w.s.TakeEvents(w.ctx, g, foreign.ID, []centre.Event{clash("x", 1, nil)}, nil)
		w.refused(err, centre.CodeDenied)
		_, err = w.s.TakeTracks(w.ctx, g, foreign.ID, []centre.Track{{UID: "x", Time: start}}, nil)
		w.refused(err, centre.CodeDenied)
		if _, err := w.s.TakeEvents(w.ctx, g, o.ID, []centre.Event{clash("imported", 1, nil)}, nil); err != nil {
			t.Fatal(err)
		}
	})
	t.Run("MarkedAnew", func(t *testing.T) {
		p := w.source(irq, open4)
		w.takeEvents(p.ID, clash("stays", 1, nil), clash("moves", 1, nil))
		narrow := rel(centre.Restricted, irq, irn)
		what := policy.Object{Kind: "source", ID: p.ID, Member: irq, Label: p.Label, Marking: p.Marking, Target: &narrow}
		g, err := policy.Decide(allRoles(irq), policy.ActionManageSources, what)
		w.must(err)
		x := p
		x.Marking = narrow
		w.must(w.s.ChangeSource(w.ctx, g, x))
		w.takeEvents(p.ID, clash("stays", 1, nil), clash("moves", 2, nil), clash("comes", 3, nil))
		same(t, "events of a source marked anew", w.events(w.view(actor(irn)), store.EventFilter{Sources: []centre.ID{p.ID}}, 50), []string{"comes", "moves", "stays"})
		same(t, "events of a hidden source", w.events(w.view(actor(rus)), store.EventFilter{Sources: []centre.ID{p.ID}}, 50), []string{})
		page, err := w.s.Events(w.ctx, w.view(actor(rus)), store.EventFilter{Text: "clash stays"}, store.Page{})
		w.must(err)
		if len(page.Events) != 1 || page.Events[0].Source != 0 {
			t.Fatalf("events %+v: want one that does not name its source", page.Events)
		}
	})
}

func eventLists(t *testing.T, open Open) {
	w := newWorld(t, open)
	o, p := w.source(irq, open4), w.source(rus, rel(centre.Unclassified, rus, irq, irn, syr))
	everywhere := []*centre.Place{baghdad, basra, latakia, suva, apia, nil, origin}
	var all []centre.Event
	for i := range 70 {
		e := clash(fmt.Sprintf("e%02d", i), i/10-1, everywhere[i%7])
		if i%3 == 0 {
			e.Category = centre.EventProtest
		}
		if i%4 > 0 {
			e.Killed = centre.Toll{Known: true, Best: i}
		}
		switch i {
		case 11:
			e.Notes = "Обстрел у моста"
		case 12:
			e.Actors = []centre.EventActor{{Name: `The "Old" Guard`}}
		}
		source := o.ID
		if i%2 == 1 {
			source = p.ID
		}
		w.takeEvents(source, e)
		e.Source = source
		all = append(all, e)
	}
	box := query.Box{West: 40, South: 30, East: 48, North: 34}
	pacific := query.Box{West: 170, South: -20, East: -170, North: -10}
	for name, f := range map[string]store.EventFilter{
		"All": {}, "Source": {Sources: []centre.ID{p.ID}}, "Categories": {Categories: []centre.EventCategory{centre.EventProtest, "'"}}, "Country": {Country: "SYR"},
		"Box": {Box: &box}, "Antimeridian": {Box: &pacific}, "From": {From: start.AddDate(0, 0, 3)}, "Until": {Until: start.AddDate(0, 0, 3)},
		"Span": {From: start, Until: start.AddDate(0, 0, 1)}, "Text": {Text: "обстрел У"}, "Quoted": {Text: `"old"`}, "Killed": {Killed: 40},
		"Nothing": {Text: "zzz"}, "Many": {Sources: []centre.ID{o.ID}, Box: &box, From: start, Killed: 1, Text: "CLASH"},
	} {
		t.Run(name, func(t *testing.T) {
			want := []string{}
			for day := 6; day >= -1; day-- {
				for i := len(all) - 1; i >= 0; i-- {
					if i/10-1 == day && eventMatches(all[i], f) {
						want = append(want, all[i].ExternalID)
					}
				}
			}
			for _, limit := range []int{1, 7, 200} {
				same(t, "events", w.events(system.View(), f, limit), want)
			}
			if len(want) == 0 && name != "Nothing" {
				t.Fatal("the case finds nothing, so it proves nothing")
			}
			for _, area := range []query.Box{wholeEarth, box, pacific} {
				clusters, err := w.s.EventClusters(w.ctx, system.View(), f, area, 5)
				w.must(err)
				n, placed := 0, 0
				for _, c := range clusters {
					n += c.Events
					if !area.Contains(c.Point) || c.Newest == 0 || c.Box.West > c.Point.Lon || c.Box.North < c.Point.Lat {
						t.Fatalf("cluster %+v", c)
					}
				}
				for _, e := range all {
					if e.Point.Known && area.Contains(e.Point) && eventMatches(e, f) {
						placed++
					}
				}
				if n != placed {
					t.Fatalf("clusters of %d events, want %d", n, placed)
				}
			}
		})
	}
	t.Run("BadPages", func(t *testing.T) {
		for _, after := range []string{"x", "e", "e0000000000001", "r0000000000001", "e0000000000001.!"} {
			_, err := w.s.Events(w.ctx, system.View(), store.EventFilter{}, store.Page{After: after})
			w.refused(err, centre.CodeInvalid)
		}
		_, err := w.s.Events(w.ctx, system.View(), store.EventFilter{}, store.Page{Limit: 201})
		w.refused(err, centre.CodeInvalid)
		_, err = w.s.EventClusters(w.ctx, system.View(), store.EventFilter{}, wholeEarth, 23)
		w.refused(err, centre.CodeInvalid)
		_, err = w.s.Event(w.ctx, system.View(), 77)
		w.refused(err, centre.CodeNotFound)
	})
}

// eventMatches is a filter in plain Go.
func eventMatches(e centre.Event, f store.EventFilter) bool {
	contains := func(text string) bool { return strings.Contains(strings.ToLower(text), strings.ToLower(f.Text)) }
	names := ""
	for _, a := range e.Actors {
		names += a.Name
	}
	bounded := !f.From.IsZero() || !f.Until.IsZero()
	switch {
	case len(f.Sources) > 0 && f.Sources[0] != e.Source,
		len(f.Categories) > 0 && f.Categories[0] != e.Category,
		f.Country != "" && f.Country != e.Country,
		f.Box != nil && !(e.Point.Known && f.Box.Contains(e.Point)),
		bounded && !e.Start.Known(),
		!f.From.IsZero() && e.Start.Time.Before(f.From),
		!f.Until.IsZero() && !e.Start.Time.Before(f.Until),
		f.Killed > 0 && (!e.Killed.Known || e.Killed.Best < f.Killed):
		return false
	}
	return contains(e.Title) || contains(e.Notes) || contains(names)
}

func tracks(t *testing.T, open Open) {
	w := newWorld(t, open)
	o, hidden := w.source(irq, open4), w.source(irq, rel(centre.Secret, irq))
	height, bad := 12.5, math.NaN()
	k := centre.Track{UID: "a", Type: "a-n-G", Callsign: "ALPHA", How: "m-g", Point: centre.At(44, 33), Height: &height, Course: &bad,
		Time: start, Start: start.Add(-time.Second), Stale: start.Add(time.Minute), Remarks: "patrol"}
	take := func(source centre.ID, want int, tracks ...centre.Track) {
		t.Helper()
		n, err := w.s.TakeTracks(w.ctx, w.g, source, tracks, centre.Cursor("x"))
		w.must(err)
		if n != want {
			t.Fatalf("%d taken, want %d", n, want)
		}
	}
	read := func(v policy.View, now time.Time, box query.Box) []centre.Track {
		t.Helper()
		list, err := w.s.Tracks(w.ctx, v, now, box)
		w.must(err)
		return list
	}
	take(o.ID, 1, k)
	got := read(system.View(), start, wholeEarth)
	want := k
	want.Source, want.Label, want.Marking, want.Course = o.ID, o.Label, open4, nil
	if len(got) != 1 {
		t.Fatalf("%d tracks, want 1", len(got))
	}
	if got[0].Marking = open4; !reflect.DeepEqual(got[0], want) {
		t.Fatalf("got %+v\nwant %+v", got[0], want)
	}
	earlier, later := k, k
	earlier.Time, earlier.Callsign = start.Add(-time.Minute), "OLD"
	later.Time, later.Callsign, later.Stale = start.Add(time.Minute), "NEW", start.Add(3*time.Minute)
	take(o.ID, 1, earlier, later, earlier, later)
	take(hidden.ID, 1, k)
	if got = read(w.view(actor(rus)), start.Add(2*time.Minute), wholeEarth); len(got) != 1 || got[0].Callsign != "NEW" {
		t.Fatalf("tracks %+v", got)
	}
	if got = read(system.View(), start, wholeEarth); len(got) != 2 || got[0].Callsign != "NEW" {
		t.Fatalf("tracks %+v", got)
	}
	if got = read(system.View(), later.Stale, wholeEarth); len(got) != 0 {
		t.Fatalf("%d stale tracks are shown", len(got))
	}
	if got = read(system.View(), start, query.Box{West: 0, South: 0, East: 40, North: 40}); len(got) != 0 {
		t.Fatalf("%d tracks outside of the box are shown", len(got))
	}
	lost := k
	lost.UID, lost.Point = "lost", centre.Point{}
	take(o.ID, 1, lost)
	if got = read(system.View(), start.Add(2*time.Minute), wholeEarth); len(got) != 1 {
		t.Fatalf("a track without a point is on the map: %+v", got)
	}
	_, err := w.s.TakeTracks(w.ctx, w.g, o.ID, []centre.Track{{UID: "x"}}, nil)
	w.refused(err, centre.CodeInvalid)
}

func secrets(t *testing.T, open Open) {
	w := newWorld(t, open)
	o := w.source(irq, open4)
	change := func(secrets map[string]string) {
		t.Helper()
		state, err := w.s.Source(w.ctx, w.view(actor(irq)), o.ID)
		w.must(err)
		if state.Source.Secrets != nil {
			t.Fatalf("a view shows secrets: %v", state.Source.Secrets)
		}
		x := state.Source
		x.Secrets, x.Owner, x.Ownership = secrets, "The Ministry", centre.OwnedByState
		g, err := policy.Decide(allRoles(irq), policy.ActionManageSources, policy.Object{Kind: "source", ID: x.ID, Member: irq, Label: x.Label, Marking: x.Marking})
		w.must(err)
		w.must(w.s.ChangeSource(w.ctx, g, x))
	}
	holds := func(want map[string]string) {
		t.Helper()
		got, err := w.s.Secrets(w.ctx, w.g, o.ID)
		w.must(err)
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("secrets %v, want %v", got, want)
		}
	}
	holds(map[string]string{})
	change(map[string]string{"password": "one", "token": "two", "none": ""})
	holds(map[string]string{"password": "one", "token": "two"})
	change(nil)
	change(map[string]string{"password": "", "user": "three"})
	holds(map[string]string{"token": "two", "user": "three"})
	change(map[string]string{})
	holds(map[string]string{})
	state, err := w.s.Source(w.ctx, system.View(), o.ID)
	w.must(err)
	if state.Source.Owner != "The Ministry" || state.Source.Ownership != centre.OwnedByState {
		t.Fatalf("source %+v", state.Source)
	}
	_, err = w.s.Secrets(w.ctx, w.g, 77)
	w.refused(err, centre.CodeNotFound)
	g, err := policy.Decide(allRoles(irq), policy.ActionManageSources, policy.Object{Kind: "source", Member: irq})
	w.must(err)
	added := centre.Source{ID: w.ids.Next(start), Slug: "with-secrets", Name: "X", Member: irq, Marking: open4, Secrets: map[string]string{"password": "four"}}
	w.must(w.s.AddSource(w.ctx, g, added))
	if got, err := w.s.Secrets(w.ctx, w.g, added.ID); err != nil || got["password"] != "four" {
		t.Fatalf("secrets %v (%v)", got, err)
	}
}

// Sealer seals for tests: it turns every byte over.
type Sealer struct{}

// Seal implements sqlstore.Sealer.
func (Sealer) Seal(plain []byte) ([]byte, error) {
	sealed := make([]byte, len(plain))
	for i, b := range plain {
		sealed[i] = b ^ 0xa5
	}
	return sealed, nil
}

// Open implements sqlstore.Sealer.
func (s Sealer) Open(sealed []byte) ([]byte, error) { return s.Seal(sealed) }

// NoSealer checks a store that was opened without a sealer: it takes no source
// with secrets, and takes those without.
func NoSealer(t *testing.T, s store.Store) {
	w := &world{T: t, ctx: t.Context(), s: s, g: system.Grant("test")}
	o := w.source(irq, open4)
	g, err := policy.Decide(allRoles(irq), policy.ActionManageSources, policy.Object{Kind: "source", ID: o.ID, Member: irq, Label: o.Label, Marking: o.Marking})
	w.must(err)
	o.Secrets = map[string]string{"password": "hush"}
	err = s.ChangeSource(w.ctx, g, o)
	w.refused(err, centre.CodeUnavailable)
	if strings.Contains(err.Error(), "hush") {
		t.Fatalf("the refusal %q has the secret in it", err)
	}
	o.Secrets = map[string]string{"password": ""}
	w.must(s.ChangeSource(w.ctx, g, o))
}
