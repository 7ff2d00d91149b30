package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/query"
	"entente/internal/store"
)

// matrix looks at one centre with the eyes of random actors, through every
// method that reads, and compares with the model.
func matrix(t *testing.T, open Open) {
	w := newWorld(t, open)
	m := buildModel(w)
	labels, err := w.s.AllLabels(w.ctx, w.g)
	w.must(err)
	rapid.Check(t, func(t *rapid.T) {
		a := drawActor(t)
		e := eye{t: t, w: w, m: m, a: a, v: policy.NewView(a, labels)}
		q := drawQuery(t, m, 3)
		e.search(q)
		e.facets(q)
		e.places(q)
		e.histogram(q)
		e.stories(q)
		e.heads()
		for range 3 {
			e.report(m.reports[rapid.IntRange(0, len(m.reports)-1).Draw(t, "report")])
		}
		e.sources()
		e.letters()
		e.weave()
		e.events()
	})
}

func drawActor(t *rapid.T) policy.Actor {
	return policy.Actor{
		Person:    7,
		Member:    rapid.SampledFrom(append([]centre.MemberCode{"", "ZZZ"}, members...)).Draw(t, "member"),
		Roles:     rapid.SliceOfDistinct(rapid.SampledFrom([]centre.Role{centre.RoleAnalyst, centre.RoleOfficer, centre.RoleAdministrator}), rapid.ID).Draw(t, "roles"),
		Clearance: rapid.SampledFrom([]centre.Level{0, 1, 2, 3, 4}).Draw(t, "clearance"),
		Active:    rapid.IntRange(0, 9).Draw(t, "active") > 0,
	}
}

func drawQuery(t *rapid.T, m *model, depth int) query.Node {
	kind := rapid.IntRange(0, 15).Draw(t, "kind")
	if depth == 0 {
		kind = min(kind, 12)
	}
	children := func() []query.Node {
		list := make([]query.Node, rapid.IntRange(0, 3).Draw(t, "children"))
		for i := range list {
			list[i] = drawQuery(t, m, depth-1)
		}
		return list
	}
	instant := func(name string) time.Time {
		if rapid.IntRange(0, 3).Draw(t, name+" open") == 0 {
			return time.Time{}
		}
		return start.Add(time.Duration(rapid.IntRange(-10, 120).Draw(t, name)) * 24 * time.Hour)
	}
	switch kind {
	case 0:
		return query.Word{Text: rapid.SampledFrom(vocabulary).Draw(t, "word")}
	case 1:
		return query.Word{Text: rapid.SampledFrom([]string{"al", "br", "ech", "zzz"}).Draw(t, "prefix"), Prefix: true}
	case 2:
		return query.Phrase{Words: []string{rapid.SampledFrom(vocabulary).Draw(t, "first"), rapid.SampledFrom(vocabulary).Draw(t, "second")}}
	case 3:
		return query.Language{Tag: rapid.SampledFrom([]string{"en", "ar", "ru", "xx"}).Draw(t, "language")}
	case 4:
		return query.Source{Slug: rapid.SampledFrom(m.sources).Draw(t, "source").Slug}
	case 5:
		return query.Member{Code: rapid.SampledFrom(members).Draw(t, "of member")}
	case 6:
		p := rapid.SampledFrom(m.gazetteer).Draw(t, "place")
		if rapid.Bool().Draw(t, "by country") && p.Country != "" {
			return query.Place{Country: p.Country}
		}
		return query.Place{IDs: []string{p.ID}}
	case 7:
		p := rapid.SampledFrom(m.gazetteer[:5]).Draw(t, "near")
		return query.Near{Point: p.Point, Metres: rapid.SampledFrom([]float64{1, 5e5, 3e6}).Draw(t, "metres")}
	case 8:
		return query.Box{West: rapid.SampledFrom([]float64{-180, 35, 170}).Draw(t, "west"), South: -20, East: rapid.SampledFrom([]float64{-170, 45, 180}).Draw(t, "east"), North: 40}
	case 9:
		return query.Published{From: instant("from"), Until: instant("until")}
	case 10:
		return query.Grade{ReliabilityFrom: 'A', ReliabilityTo: rapid.SampledFrom([]centre.Reliability{'B', 'F'}).Draw(t, "worst")}
	case 11:
		return query.Story{ID: rapid.SampledFrom(m.reports).Draw(t, "story").story}
	case 12:
		return query.All{}
	case 13:
		return query.And(children())
	case 14:
		return query.Or(children())
	}
	return query.Not{Node: drawQuery(t, m, depth-1)}
}

// eye is one actor, looking.
type eye struct {
	t *rapid.T
	w *world
	m *model
	a policy.Actor
	v policy.View
}

func (e *eye) must(err error) {
	if err != nil {
		e.t.Fatal(err)
	}
}

func (e *eye) equal(what string, got, want any) {
	if g, w := fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", want); g != w {
		e.t.Fatalf("%s: got %s, want %s", what, g, w)
	}
}

func (e *eye) search(q query.Node) {
	var got []centre.ID
	after := ""
	for {
		page, err := e.w.s.Search(e.w.ctx, e.v, q, store.Page{After: after, Limit: 40})
		e.must(err)
		got = append(got, idsOf(page.Reports)...)
		if after = page.Next; after == "" {
			break
		}
	}
	var want []centre.ID
	for _, r := range e.m.matching(e.a, q) {
		want = append(want, r.id)
	}
	e.equal(fmt.Sprintf("search %+v", q), got, want)
}

func (e *eye) facets(q query.Node) {
	f, err := e.w.s.Facets(e.w.ctx, e.v, q)
	e.must(err)
	languages, sources, ofMembers, places := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	matching := e.m.matching(e.a, q)
	for _, r := range matching {
		languages[r.language]++
		if policy.Visible(e.a, r.source.Marking) {
			sources[r.source.Slug]++
			ofMembers[string(r.source.Member)]++
		}
		for _, p := range r.places {
			places[p.ID]++
		}
	}
	table := func(counts []store.Count) map[string]int {
		all := map[string]int{}
		for _, c := range counts {
			all[c.Key] = c.Count
		}
		return all
	}
	e.equal("total", f.Total, len(matching))
	e.equal("languages", table(f.Languages), languages)
	e.equal("sources", table(f.Sources), sources)
	e.equal("members", table(f.Members), ofMembers)
	e.equal("places of facets", table(f.Places), places)
}

// places compares Places and Clusters.
func (e *eye) places(q query.Node) {
	counts, newest, world := map[string]int{}, map[string]centre.ID{}, query.Box{West: -180, South: -90, East: 180, North: 90}
	for _, r := range e.m.matching(e.a, q) {
		for _, p := range r.places {
			counts[p.ID]++
			newest[p.ID] = max(newest[p.ID], r.id)
		}
	}
	list, err := e.w.s.Places(e.w.ctx, e.v, q, 100)
	e.must(err)
	got := map[string]int{}
	for _, p := range list {
		got[p.Place.ID] = p.Reports
	}
	e.equal("places", got, counts)
	clusters, err := e.w.s.Clusters(e.w.ctx, e.v, q, world, 22)
	e.must(err)
	delete(counts, nowhere.ID)
	got = map[string]int{}
	for _, c := range clusters {
		got[c.Places[0].ID] = c.Reports
		if c.Newest != newest[c.Places[0].ID] {
			e.t.Fatalf("the newest report in %s is %s, want %s", c.Places[0].ID, c.Newest, newest[c.Places[0].ID])
		}
	}
	e.equal("clusters", got, counts)
}

func (e *eye) histogram(q query.Node) {
	h, err := e.w.s.Histogram(e.w.ctx, e.v, q, time.Time{}, time.Time{}, 7)
	e.must(err)
	dated, undated, inBins := 0, 0, 0
	for _, r := range e.m.matching(e.a, q) {
		if r.published.IsZero() {
			undated++
		} else {
			dated++
		}
	}
	for _, b := range h.Bins {
		inBins += b.Count
	}
	e.equal("histogram", []int{inBins, h.Undated}, []int{dated, undated})
}

func (e *eye) stories(q query.Node) {
	var order []centre.ID
	shown := map[centre.ID]bool{}
	for _, r := range e.m.matching(e.a, q) {
		if !shown[r.story] {
			shown[r.story] = true
			order = append(order, r.story)
		}
	}
	var got []centre.ID
	after := ""
	for {
		page, err := e.w.s.Stories(e.w.ctx, e.v, q, store.Page{After: after, Limit: 5})
		e.must(err)
		for _, s := range page.Stories {
			got = append(got, s.ID)
			e.story(s)
		}
		if after = page.Next; after == "" {
			break
		}
	}
	e.equal("stories", got, order)
	id := e.m.reports[rapid.IntRange(0, len(e.m.reports)-1).Draw(e.t, "story of")].story
	s, err := e.w.s.Story(e.w.ctx, e.v, id)
	if e.found(err, slices.ContainsFunc(e.m.reports, func(r *modelReport) bool { return r.story == id && e.sees(r) })) {
		e.story(s)
	}
}

// story holds one story to what the actor sees of its reports.
func (e *eye) story(s centre.Story) {
	var first, last time.Time
	n, newest, texts, families, languages := 0, centre.ID(0), map[centre.ID]bool{}, map[string]bool{}, map[string]bool{}
	leadSeen := false
	for _, r := range e.m.reports {
		if r.story != s.ID || !e.sees(r) {
			continue
		}
		n++
		newest = max(newest, r.id)
		texts[r.set], languages[r.language] = true, true
		if policy.Visible(e.a, r.source.Marking) {
			families[r.source.Family] = true
		}
		if !r.published.IsZero() {
			if first.IsZero() || r.published.Before(first) {
				first = r.published
			}
			if r.published.After(last) {
				last = r.published
			}
		}
		leadSeen = leadSeen || r.id == s.Lead
		if s.Marking.Level < r.marking.Level {
			e.t.Fatalf("story %s is marked %s, but holds a report marked %s", s.ID, s.Marking, r.marking)
		}
	}
	if !leadSeen {
		e.t.Fatalf("story %s has the title of a report that is hidden", s.ID)
	}
	e.equal("story", []any{s.Reports, s.Newest, s.Texts, len(s.Families), len(s.Languages), s.First.Time.Equal(first), s.Last.Time.Equal(last)},
		[]any{n, newest, len(texts), len(families), len(languages), true, true})
}

func (e *eye) sees(r *modelReport) bool { return policy.Visible(e.a, r.marking) }

// found checks that err is nil where the thing is visible, and else that it is
// what is said of a thing that is not there.
func (e *eye) found(err error, visible bool) bool {
	if visible {
		e.must(err)
		return true
	}
	if centre.CodeOf(err) != centre.CodeNotFound {
		e.t.Fatalf("something hidden is answered with %v", err)
	}
	return false
}

func (e *eye) heads() {
	var all, want []centre.ID
	for _, r := range e.m.reports {
		all = append(all, r.id)
		if e.sees(r) {
			want = append(want, r.id)
		}
	}
	heads, err := e.w.s.Heads(e.w.ctx, e.v, all)
	e.must(err)
	e.equal("heads", idsOf(heads), want)
	for _, h := range heads {
		e.head(h)
	}
}

func (e *eye) head(h centre.ReportHead) {
	r := e.m.report(h.ID)
	copies := 0
	for _, o := range e.m.reports {
		if o.set == r.set && e.sees(o) {
			copies++
		}
	}
	e.equal("head", []any{h.Copies, h.Source != nil, h.Marking, h.Language, h.Grade, len(h.Places), h.Versions},
		[]any{copies, policy.Visible(e.a, r.source.Marking), r.marking, r.language, r.grade, len(r.places), r.versions})
}

// report looks at one report through every method that takes an id.
func (e *eye) report(r *modelReport) {
	s, ctx := e.w.s, e.w.ctx
	full, err := s.Report(ctx, e.v, r.id, 0)
	if e.found(err, e.sees(r)) {
		e.head(full.ReportHead)
		e.equal("places of the text", len(full.Mentions), len(r.places))
		e.equal("part of", full.PartOf, e.whole(r))
	}
	parts, err := s.Parts(ctx, e.v, r.id)
	if e.found(err, e.sees(r)) {
		var want []centre.ID
		for _, o := range e.m.reports {
			if o.whole == r && e.sees(o) {
				want = append(want, o.id)
			}
		}
		e.equal("parts", idsOf(parts), want)
	}
	infos, err := s.Versions(ctx, e.v, r.id)
	if e.found(err, e.sees(r)) {
		e.equal("versions", len(infos), r.versions)
	}
	carriers, err := s.Carriers(ctx, e.v, r.id)
	if e.found(err, e.sees(r)) {
		var want []centre.ID
		for _, o := range e.m.reports {
			if o.set == r.set && e.sees(o) {
				want = append(want, o.id)
			}
		}
		e.equal("carriers", idsOf(carriers), want)
	}
	gradings, err := s.Gradings(ctx, e.v, r.id)
	if e.found(err, e.sees(r)) {
		e.equal("gradings", len(gradings), r.gradings)
	}
	remarks, err := s.Remarks(ctx, e.v, r.id)
	if e.found(err, e.sees(r)) {
		want := 0
		for _, c := range r.changes {
			if policy.Visible(e.a, c[0]) && policy.Visible(e.a, c[1]) {
				want++
			}
		}
		e.equal("remarks", len(remarks), want)
	}
}

// whole is the report that the actor sees a report to be a part of.
func (e *eye) whole(r *modelReport) centre.ID {
	if r.whole == nil || !e.sees(r.whole) {
		return 0
	}
	return r.whole.id
}

func (e *eye) sources() {
	var want []centre.ID
	for _, o := range e.m.sources {
		visible := policy.Visible(e.a, o.Marking)
		if visible {
			want = append(want, o.ID)
		}
		_, err := e.w.s.Source(e.w.ctx, e.v, o.ID)
		e.found(err, visible)
		_, err = e.w.s.SourceBySlug(e.w.ctx, e.v, o.Slug)
		e.found(err, visible)
	}
	list, err := e.w.s.Sources(e.w.ctx, e.v)
	e.must(err)
	var got []centre.ID
	for _, state := range list {
		got = append(got, state.Source.ID)
	}
	slices.Sort(got)
	slices.Sort(want)
	e.equal("sources", got, want)
}

func (e *eye) letters() {
	got, _, err := e.w.s.DeadLetters(e.w.ctx, e.v, store.Page{Limit: 200})
	e.must(err)
	want := 0
	for _, o := range e.m.dead {
		if policy.Visible(e.a, o) {
			want++
		}
	}
	e.equal("dead letters", len(got), want)
}

// weave checks what the weave would get with a person's view.
func (e *eye) weave() {
	var got, want []centre.ID
	e.must(e.w.s.Remember(e.w.ctx, e.v, 1000, func(k store.Known) error { got = append(got, k.Report); return nil }))
	for _, r := range e.m.reports {
		if e.sees(r) {
			want = append(want, r.id)
		}
	}
	e.equal("remembered", got, want)
	r := e.m.reports[rapid.IntRange(0, len(e.m.reports)-1).Draw(e.t, "text of")]
	k, ok, err := e.w.s.SameText(e.w.ctx, e.v, exact(r.body))
	e.must(err)
	if seen := slices.ContainsFunc(e.m.reports, func(o *modelReport) bool { return o.body == r.body && e.sees(o) }); ok != seen || ok && !e.sees(e.m.report(k.Report)) {
		e.t.Fatalf("same text: found %v (%s), want %v", ok, k.Report, seen)
	}
}
