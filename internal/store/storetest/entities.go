package storetest

import (
	"slices"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/identity"
	"entente/internal/policy"
	"entente/internal/policy/system"
	"entente/internal/query"
	"entente/internal/store"
)

// who is a person as tests let a report name one.
func who(local string, id centre.ID, role, country, language, name string) centre.EntityLink {
	return centre.EntityLink{Local: local, Entity: id, Kind: centre.MentionPerson, Names: []centre.EntityName{{Language: language, Text: name, Count: 1}},
		Role: role, Country: country, Mentions: 1, Score: 0.9, Why: []string{"named"}}
}

// namings takes a document and commits it with what it names.
func (w *world) namings(source centre.ID, x text, links ...centre.EntityLink) centre.ID {
	w.Helper()
	w.take(source, x)
	for _, p := range w.pending() {
		woven := x.woven(p.Document)
		woven.Entities = links
		for i, l := range links {
			woven.Draft.Mentions = append(woven.Draft.Mentions, centre.Mention{Kind: l.Kind, Start: i, End: i + 1, Text: l.Names[0].Text, Entity: l.Local, Role: l.Role,
				Country: l.Country, Score: 0.9, Step: "entity", Version: 1, Why: []string{"named"}})
		}
		ids, err := w.s.Commit(w.ctx, w.g, []centre.Woven{woven})
		w.must(err)
		return ids[0]
	}
	w.Fatal("nothing waits")
	return 0
}

func entityIDs(page store.EntityPage) []centre.ID {
	ids := []centre.ID{}
	for _, e := range page.Entities {
		ids = append(ids, e.ID)
	}
	return ids
}

// mayIdentify permits an actor to decide about an entity or a decision.
func (w *world) mayIdentify(a policy.Actor, id centre.ID) policy.Grant {
	w.Helper()
	g, err := policy.Decide(a, policy.ActionIdentify, policy.Object{Kind: "entity", ID: id})
	w.must(err)
	return g
}

func keysFor(words ...string) (all [][]string) {
	for _, word := range words {
		all = append(all, identity.Keys(word))
	}
	return all
}

// decision is what those are told who remember entities, of a decision since it was made.
func (w *world) decision(edit centre.ID) store.EntityDecision {
	w.Helper()
	all, err := w.s.EntityDecisions(w.ctx, w.g, time.Time{})
	w.must(err)
	for _, d := range all {
		if d.Edit == edit {
			return d
		}
	}
	w.Fatalf("the decision %s is not told of: %+v", edit, all)
	return store.EntityDecision{}
}

// remembered are the entities of a memory of reports that name them, report by report.
func (w *world) remembered(of ...centre.ID) (all []centre.ID) {
	w.Helper()
	w.must(w.s.RememberEntity(w.ctx, system.View(), of, 100, func(links []centre.EntityLink, _ centre.Moment) error {
		for _, l := range links {
			if slices.Contains(of, l.Entity) {
				all = append(all, l.Entity)
			}
		}
		return nil
	}))
	return all
}

func entities(t *testing.T, open Open) {
	w := newWorld(t, open)
	wide := w.source(rus, rel(centre.Unclassified, rus, irq, irn, syr))
	narrow := w.source(rus, rel(centre.Restricted, rus, irq))
	known, err := w.s.KeepKnown(w.ctx, w.g, []store.KnownEntity{{ID: "islamic-state", Kind: centre.MentionGroup}, {ID: "rus-mfa", Kind: centre.MentionOrganisation}})
	w.must(err)
	lavrov, other, secret := centre.RandomID(), centre.RandomID(), centre.RandomID()
	group := centre.EntityLink{Local: "islamic-state", Entity: known["islamic-state"], Known: "islamic-state", Kind: centre.MentionGroup,
		Names: []centre.EntityName{{Language: "en", Text: "Daesh", Count: 2}}, Mentions: 2, Score: 1, Why: []string{"named"}}
	r1 := w.namings(wide.ID, text{id: "1", title: "One", body: "Sergey Lavrov spoke", published: start},
		who("#1", lavrov, "foreign minister", "RUS", "en", "Sergey Lavrov"), group)
	r2 := w.namings(narrow.ID, text{id: "2", title: "Two", body: "لافروف", language: "ar", published: start.AddDate(0, 0, 3)},
		who("#1", lavrov, "special envoy", "RUS", "ar", "سيرغي لافروف"), who("#2", secret, "agent", "", "ar", "الجاسوس"))
	r3 := w.namings(wide.ID, text{id: "3", title: "Three", body: "Лавров сказал", language: "ru"},
		who("#1", other, "foreign minister", "RUS", "ru", "Лавров"))
	mine, theirs := w.view(actor(irq)), w.view(actor(syr))
	read := func(v policy.View, id centre.ID) centre.Entity {
		t.Helper()
		e, err := w.s.Entity(w.ctx, v, id)
		w.must(err)
		return e
	}
	searched := func(v policy.View, q query.Node) []centre.ID {
		t.Helper()
		page, err := w.s.Search(w.ctx, v, q, store.Page{})
		w.must(err)
		return idsOf(page.Reports)
	}
	find := func(v policy.View, f store.EntityFilter) []centre.ID {
		t.Helper()
		page, err := w.s.Entities(w.ctx, v, f)
		w.must(err)
		return entityIDs(page)
	}

	t.Run("EachSeesItsOwn", func(t *testing.T) {
		e := read(mine, lavrov)
		if e.Reports != 2 || len(e.Names) != 2 || len(e.Roles) != 2 || e.Roles[0].Name != "special envoy" || e.Roles[1].Country != "RUS" ||
			!slices.Equal(e.Countries, []string{"RUS"}) || !e.First.Time.Before(e.Last.Time) || e.Kind != centre.MentionPerson || e.Known != "" {
			t.Errorf("%+v", e)
		}
		less := read(theirs, lavrov)
		if e.Marking.Level != centre.Restricted || less.Marking.Level != centre.Unclassified {
			t.Errorf("marked %v where a restricted report names him, %v where none is seen", e.Marking, less.Marking)
		}
		if less.Reports != 1 || len(less.Names) != 1 || less.Names[0].Text != "Sergey Lavrov" || len(less.Roles) != 1 || !less.Last.Time.Equal(less.First.Time) {
			t.Errorf("%+v", less)
		}
		if _, err := w.s.Entity(w.ctx, theirs, secret); centre.CodeOf(err) != centre.CodeNotFound {
			t.Errorf("a hidden report's person: %v", err)
		}
		if _, err := w.s.Entity(w.ctx, policy.View{}, lavrov); centre.CodeOf(err) != centre.CodeNotFound {
			t.Errorf("nobody sees: %v", err)
		}
		if e := read(theirs, known["rus-mfa"]); e.Reports != 0 || e.Known != "rus-mfa" {
			t.Errorf("of the shipped list: %+v", e)
		}
		w.refused(func() error { _, err := w.s.Entity(w.ctx, mine, 12345); return err }(), centre.CodeNotFound)
	})
	t.Run("Found", func(t *testing.T) {
		for _, c := range []struct {
			name string
			view policy.View
			f    store.EntityFilter
			want []centre.ID
		}{
			{"by a sound", mine, store.EntityFilter{Keys: keysFor("lavrov")}, []centre.ID{lavrov, other}},
			{"by the beginning of one", mine, store.EntityFilter{Keys: keysFor("лавр")}, []centre.ID{lavrov, other}},
			{"by two words", mine, store.EntityFilter{Keys: keysFor("sergei", "lavrov")}, []centre.ID{lavrov}},
			{"by a hidden name", theirs, store.EntityFilter{Keys: keysFor("الجاسوس")}, []centre.ID{}},
			{"by a name that others see", mine, store.EntityFilter{Keys: keysFor("الجاسوس")}, []centre.ID{secret}},
			{"by the shipped list", theirs, store.EntityFilter{Keys: keysFor("داعش"), Known: []string{"islamic-state"}}, []centre.ID{known["islamic-state"]}},
			{"by kind", mine, store.EntityFilter{Keys: keysFor("lavrov"), Kind: centre.MentionGroup}, []centre.ID{}},
			{"by nobody", policy.View{}, store.EntityFilter{Keys: keysFor("lavrov")}, []centre.ID{}},
		} {
			if got := find(c.view, c.f); !slices.Equal(got, c.want) {
				t.Errorf("%s: %v, want %v", c.name, got, c.want)
			}
		}
	})
	t.Run("Listed", func(t *testing.T) {
		is, mfa := known["islamic-state"], known["rus-mfa"]
		lower := func(a, b centre.ID) []centre.ID { return []centre.ID{min(a, b), max(a, b)} }
		most := func(first []centre.ID, equal ...centre.ID) []centre.ID {
			slices.Sort(equal)
			return append(slices.Concat(first, equal), mfa)
		}
		for _, c := range []struct {
			name string
			view policy.View
			f    store.EntityFilter
			want []centre.ID
		}{
			{"the most named first, those that nobody names last", mine, store.EntityFilter{}, most([]centre.ID{lavrov}, is, other, secret)},
			{"what is hidden counts nowhere", theirs, store.EntityFilter{}, most(nil, lavrov, is, other)},
			{"the newest first, without a date behind", theirs, store.EntityFilter{Order: store.EntitiesByNewest}, append(most(nil, lavrov, is)[:2], other, mfa)},
			{"of a later day where a hidden report says so", mine, store.EntityFilter{Order: store.EntitiesByNewest}, append(append(lower(lavrov, secret), is), other, mfa)},
			{"of a kind", mine, store.EntityFilter{Kind: centre.MentionOrganisation}, []centre.ID{mfa}},
			{"of a country, by reports and by the shipped list", mine, store.EntityFilter{Country: "RUS", KnownOf: []string{"rus-mfa"}}, []centre.ID{lavrov, other, mfa}},
			{"of a country that none has", mine, store.EntityFilter{Country: "SYR"}, []centre.ID{}},
			{"of a name and a country", mine, store.EntityFilter{Keys: keysFor("lavrov"), Country: "IRQ"}, []centre.ID{}},
			{"of nobody", policy.View{}, store.EntityFilter{}, []centre.ID{}},
		} {
			if got := find(c.view, c.f); !slices.Equal(got, c.want) {
				t.Errorf("%s: %v, want %v", c.name, got, c.want)
			}
		}
	})
	t.Run("Paged", func(t *testing.T) {
		for _, f := range []store.EntityFilter{{}, {Order: store.EntitiesByNewest}, {Keys: keysFor("lavrov")}} {
			want, got := find(mine, f), []centre.ID{}
			for f.Limit = 1; ; {
				page, err := w.s.Entities(w.ctx, mine, f)
				w.must(err)
				got = append(got, entityIDs(page)...)
				if f.After = page.Next; f.After == "" || len(got) > len(want) {
					break
				}
			}
			if len(want) < 2 || !slices.Equal(got, want) {
				t.Errorf("page by page %v, at once %v", got, want)
			}
		}
		_, err := w.s.Entities(w.ctx, mine, store.EntityFilter{Page: store.Page{After: "elsewhere"}})
		w.refused(err, centre.CodeInvalid)
	})
	t.Run("Searched", func(t *testing.T) {
		same(t, "by id", searched(mine, query.Entity{ID: lavrov}), []centre.ID{r2, r1})
		same(t, "by id, hidden", searched(theirs, query.Entity{ID: lavrov}), []centre.ID{r1})
		same(t, "by sound", searched(mine, query.Named{Name: "lavrov"}), []centre.ID{r3, r2, r1})
		same(t, "by two", searched(mine, query.Named{Name: "Sergei Lavrov"}), []centre.ID{r2, r1})
		same(t, "not", searched(mine, query.Not{Node: query.Named{Name: "Sergei Lavrov"}}), []centre.ID{r3})
		same(t, "body", searched(mine, query.Named{Name: "داعش", Body: true, IDs: []string{"islamic-state"}}), []centre.ID{r1})
		same(t, "body of a person's name", searched(mine, query.Named{Name: "lavrov", Body: true}), []centre.ID{})
		same(t, "both", searched(mine, query.And{query.Entity{ID: lavrov}, query.Language{Tag: "ar"}}), []centre.ID{r2})
		report, err := w.s.Report(w.ctx, mine, r2, 0)
		w.must(err)
		if report.Mentions[0].Identity != lavrov || report.Mentions[0].Role != "special envoy" {
			t.Errorf("%+v", report.Mentions)
		}
		sub := query.NewSubject(&report, centre.Tokens{})
		if !query.Match(query.Entity{ID: lavrov}, sub) || query.Match(query.Entity{ID: other}, sub) || !query.Match(query.Named{Name: "lavrov"}, sub) {
			t.Error("memory and store differ")
		}
	})
	t.Run("Company", func(t *testing.T) {
		beside, err := w.s.Beside(w.ctx, theirs, lavrov, 0)
		w.must(err)
		if len(beside) != 1 || beside[0].Entity.ID != known["islamic-state"] || beside[0].Reports != 1 {
			t.Errorf("%+v", beside)
		}
		beside, err = w.s.Beside(w.ctx, mine, lavrov, 0)
		w.must(err)
		if len(beside) != 2 {
			t.Errorf("%+v", beside)
		}
		likely, err := w.s.Namesakes(w.ctx, mine, lavrov, 0)
		w.must(err)
		if len(likely) != 1 || likely[0].ID != other {
			t.Errorf("%+v", likely)
		}
	})
	t.Run("Merged", func(t *testing.T) {
		edit, err := w.s.ChangeEntity(w.ctx, w.mayIdentify(actor(irn), lavrov), store.EntityChange{Action: centre.EntityMerge, Other: other, Reason: "the same man"})
		w.must(err)
		if e := read(mine, other); e.ID != lavrov || e.Reports != 3 || len(e.Names) != 3 {
			t.Errorf("%+v", e)
		}
		same(t, "by the old id", searched(mine, query.Entity{ID: other}), []centre.ID{r3, r2, r1})
		decided := w.decision(edit.ID)
		if decided.Undone || decided.Heads[other] != lavrov || decided.Heads[lavrov] != lavrov || len(decided.Heads) != 2 {
			t.Errorf("the decision is %+v", decided)
		}
		report, err := w.s.Report(w.ctx, mine, r2, 0)
		w.must(err)
		if sub := query.NewSubject(&report, centre.Tokens{}).Merged(decided.Heads); !query.Match(query.Entity{ID: other}, sub) || query.Match(query.Entity{ID: 12345}, sub) {
			t.Error("by the old id memory and store differ")
		}
		same(t, "who is remembered", w.remembered(lavrov), []centre.ID{lavrov, lavrov, lavrov})
		edits, err := w.s.EntityEdits(w.ctx, theirs, lavrov)
		w.must(err)
		if len(edits) != 1 || edits[0].ID != edit.ID || edits[0].Reason != "the same man" || edits[0].Member != irn || edits[0].Undone != nil {
			t.Errorf("%+v", edits)
		}
		_, err = w.s.ChangeEntity(w.ctx, w.mayIdentify(actor(irn), other), store.EntityChange{Action: centre.EntityMerge, Other: secret})
		w.refused(err, centre.CodeConflict)
		w.must(w.s.UndoEntity(w.ctx, w.mayIdentify(actor(syr), edit.ID), "they differ"))
		if decided := w.decision(edit.ID); !decided.Undone || decided.Heads[other] != other || decided.Heads[lavrov] != lavrov {
			t.Errorf("the decision that was taken back is %+v", decided)
		}
		same(t, "who is remembered then", w.remembered(lavrov, other), []centre.ID{lavrov, lavrov, other})
		if e := read(mine, other); e.ID != other || e.Reports != 1 {
			t.Errorf("%+v", e)
		}
		edits, err = w.s.EntityEdits(w.ctx, mine, other)
		w.must(err)
		if len(edits) != 1 || edits[0].Undone == nil || edits[0].Undone.Member != syr || edits[0].Undone.Reason != "they differ" {
			t.Errorf("%+v", edits)
		}
		w.refused(w.s.UndoEntity(w.ctx, w.mayIdentify(actor(syr), edit.ID), ""), centre.CodeConflict)
	})
	t.Run("LaterFirst", func(t *testing.T) {
		third := centre.RandomID()
		w.namings(wide.ID, text{id: "9", title: "Nine", body: "Lavrov S."}, who("#1", third, "", "", "en", "S. Lavrov"))
		one, err := w.s.ChangeEntity(w.ctx, w.mayIdentify(actor(irn), other), store.EntityChange{Action: centre.EntityMerge, Other: third})
		w.must(err)
		two, err := w.s.ChangeEntity(w.ctx, w.mayIdentify(actor(irn), lavrov), store.EntityChange{Action: centre.EntityMerge, Other: other})
		w.must(err)
		if e := read(mine, third); e.ID != lavrov || e.Reports != 4 {
			t.Errorf("%+v", e)
		}
		w.must(w.s.UndoEntity(w.ctx, w.mayIdentify(actor(irn), two.ID), ""))
		if e := read(mine, third); e.ID != other || e.Reports != 2 {
			t.Errorf("%+v", e)
		}
		w.must(w.s.UndoEntity(w.ctx, w.mayIdentify(actor(irn), one.ID), ""))
		if e := read(mine, third); e.ID != third {
			t.Errorf("%+v", e)
		}
	})
	t.Run("Split", func(t *testing.T) {
		edit, err := w.s.ChangeEntity(w.ctx, w.mayIdentify(actor(irq), lavrov), store.EntityChange{Action: centre.EntitySplit, Reports: []centre.ID{r2}, Reason: "a namesake"})
		w.must(err)
		if a, b := read(mine, lavrov), read(mine, edit.Other); a.Reports != 1 || b.Reports != 1 || b.Names[0].Text != "سيرغي لافروف" {
			t.Errorf("%+v %+v", a, b)
		}
		if edits, err := w.s.EntityEdits(w.ctx, theirs, lavrov); err != nil || slices.ContainsFunc(edits, func(e centre.EntityEdit) bool { return e.Action == centre.EntitySplit }) {
			t.Errorf("a split of hidden reports is told: %+v %v", edits, err)
		}
		if _, err := w.s.Entity(w.ctx, theirs, edit.Other); centre.CodeOf(err) != centre.CodeNotFound {
			t.Errorf("what was split off is seen: %v", err)
		}
		if decided := w.decision(edit.ID); decided.Undone || decided.Heads[lavrov] != lavrov || decided.Heads[edit.Other] != edit.Other {
			t.Errorf("the split is %+v", decided)
		}
		same(t, "who is remembered", w.remembered(lavrov, edit.Other), []centre.ID{lavrov, edit.Other})
		links, err := w.s.EntityLinks(w.ctx, system.View(), r2)
		w.must(err)
		if len(links) != 2 || links[0].Entity != edit.Other || len(links[0].Names) != 1 {
			t.Errorf("%+v", links)
		}
		w.must(w.s.UndoEntity(w.ctx, w.mayIdentify(actor(irq), edit.ID), "no"))
		if a := read(mine, lavrov); a.Reports != 2 {
			t.Errorf("%+v", a)
		}
		_, err = w.s.ChangeEntity(w.ctx, w.mayIdentify(actor(irq), lavrov), store.EntityChange{Action: centre.EntitySplit, Reports: []centre.ID{r3}})
		w.refused(err, centre.CodeInvalid)
	})
	t.Run("KeptApart", func(t *testing.T) {
		edit, err := w.s.ChangeEntity(w.ctx, w.mayIdentify(actor(irq), other), store.EntityChange{Action: centre.EntityReject, Other: lavrov, Reason: "brothers"})
		w.must(err)
		for _, id := range []centre.ID{lavrov, other} {
			likely, err := w.s.Namesakes(w.ctx, mine, id, 0)
			w.must(err)
			if slices.ContainsFunc(likely, func(e centre.Entity) bool { return e.ID == lavrov || e.ID == other }) {
				t.Errorf("they are proposed again: %+v", likely)
			}
		}
		if all, err := w.s.EntityDecisions(w.ctx, w.g, time.Time{}); err != nil || slices.ContainsFunc(all, func(d store.EntityDecision) bool { return d.Edit == edit.ID }) {
			t.Errorf("what keeps two apart changes nothing, and is told: %+v, %v", all, err)
		}
		w.must(w.s.UndoEntity(w.ctx, w.mayIdentify(actor(irq), edit.ID), ""))
	})
	t.Run("Refused", func(t *testing.T) {
		_, err := w.s.ChangeEntity(w.ctx, policy.Grant{}, store.EntityChange{Action: centre.EntityMerge, Other: other})
		w.refused(err, centre.CodeDenied)
		w.refused(w.s.UndoEntity(w.ctx, policy.Grant{}, ""), centre.CodeDenied)
		_, err = w.s.EntityDecisions(w.ctx, policy.Grant{}, time.Time{})
		w.refused(err, centre.CodeDenied)
		_, err = w.s.KeepKnown(w.ctx, policy.Grant{}, nil)
		w.refused(err, centre.CodeDenied)
		g := w.mayIdentify(actor(irq), lavrov)
		for _, c := range []store.EntityChange{
			{Action: centre.EntityMerge, Other: lavrov}, {Action: centre.EntityMerge, Other: known["rus-mfa"]}, {Action: "rename"}, {Action: centre.EntitySplit},
		} {
			_, err := w.s.ChangeEntity(w.ctx, g, c)
			w.refused(err, centre.CodeInvalid)
		}
		_, err = w.s.ChangeEntity(w.ctx, w.mayIdentify(actor(irq), known["rus-mfa"]), store.EntityChange{Action: centre.EntityMerge, Other: known["islamic-state"]})
		w.refused(err, centre.CodeInvalid)
		w.refused(w.s.UndoEntity(w.ctx, w.mayIdentify(actor(irq), 77), ""), centre.CodeNotFound)
	})
	t.Run("Remembered", func(t *testing.T) {
		var names []string
		w.must(w.s.RememberEntities(w.ctx, system.View(), 3, func(links []centre.EntityLink, at centre.Moment) error {
			for _, l := range links {
				names = append(names, l.Names[0].Text)
			}
			return nil
		}))
		same(t, "the newest three, oldest first", names, []string{"سيرغي لافروف", "الجاسوس", "Лавров", "S. Lavrov"})
		again, err := w.s.KeepKnown(w.ctx, w.g, []store.KnownEntity{{ID: "rus-mfa"}, {ID: "un", Kind: centre.MentionOrganisation}})
		w.must(err)
		if again["rus-mfa"] != known["rus-mfa"] || again["un"] == 0 || again["islamic-state"] != known["islamic-state"] {
			t.Errorf("%v", again)
		}
	})
}
