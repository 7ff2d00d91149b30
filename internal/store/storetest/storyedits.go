package storetest

import (
	"testing"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/policy/system"
	"entente/internal/query"
	"entente/internal/store"
)

// corrects grants an actor a correction of a story, as the desk asks for it.
func (w *world) corrects(a policy.Actor, story centre.ID, of centre.ID, seen centre.Marking) policy.Grant {
	w.Helper()
	h := w.head(of)
	g, err := policy.Decide(a, policy.ActionStory, policy.Object{Kind: "story", ID: story, Label: h.Label, Marking: h.Marking, Target: &seen})
	w.must(err)
	return g
}

// storyEdits checks merges, moves and splits of stories by persons and by the
// weave, what each reader is told of them, and that they stay.
func storyEdits(t *testing.T, open Open) {
	w := newWorld(t, open)
	wide := w.source(irq, open4)
	narrow := w.source(irq, rel(centre.Secret, irq))
	a, b, c := centre.RandomID(), centre.RandomID(), centre.RandomID()
	set := centre.RandomID()
	r1 := w.report(wide.ID, text{id: "1", title: "First", body: "talks began", story: a})[0]
	r2 := w.report(wide.ID, text{id: "2", title: "Second", body: "talks went on", story: b, copies: set})[0]
	r3 := w.report(narrow.ID, text{id: "3", title: "Third", body: "talks went on", story: b, copies: set})[0]
	r4 := w.report(narrow.ID, text{id: "4", title: "Fourth", body: "a bridge", story: c})[0]
	r5 := w.report(wide.ID, text{id: "5", title: "Fifth", body: "a dam", story: b})[0]
	iraq, iran := w.view(allRoles(irq)), w.view(actor(irn))
	secret := rel(centre.Secret, irq)
	storyOf := func(id centre.ID) centre.ID { return w.head(id).Story }
	edits := func(v policy.View, story centre.ID) []centre.StoryEdit {
		t.Helper()
		list, err := w.s.StoryEdits(w.ctx, v, story)
		w.must(err)
		return list
	}

	merged, err := w.s.CorrectStory(w.ctx, w.corrects(allRoles(irq), a, r1, secret), centre.StoryEdit{Kind: centre.StoryMerge, From: a, Into: b, Reason: "one matter"})
	w.must(err)
	t.Run("AMergeLeavesTheOlderStory", func(t *testing.T) {
		if merged.Into != a || merged.From != b || storyOf(r2) != a || storyOf(r3) != a || storyOf(r5) != a {
			t.Fatalf("%+v; the reports are in %s %s %s", merged, storyOf(r2), storyOf(r3), storyOf(r5))
		}
		s, err := w.s.Story(w.ctx, iran, b)
		w.must(err)
		if s.ID != a || s.Reports != 3 {
			t.Fatalf("the old address leads to %+v", s)
		}
	})
	t.Run("HiddenIsNotFoundAtAnOldAddress", func(t *testing.T) {
		g := w.corrects(allRoles(irq), a, r1, secret)
		e, err := w.s.CorrectStory(w.ctx, g, centre.StoryEdit{Kind: centre.StoryMerge, From: c, Into: a, Reason: "the same"})
		w.must(err)
		// Iran sees story a, and nothing of what was in c.
		_, err = w.s.Story(w.ctx, iran, c)
		w.refused(err, centre.CodeNotFound)
		if s, err := w.s.Story(w.ctx, iraq, c); err != nil || s.ID != a {
			t.Fatalf("%v %v", s.ID, err)
		}
		_, err = w.s.CorrectStory(w.ctx, g, centre.StoryEdit{Kind: centre.StoryUndo, Undoes: e.ID, Reason: "no"})
		w.must(err)
		if storyOf(r4) != c {
			t.Fatalf("after the undo the report is in %s, not %s", storyOf(r4), c)
		}
		_, err = w.s.CorrectStory(w.ctx, g, centre.StoryEdit{Kind: centre.StoryUndo, Undoes: e.ID, Reason: "again"})
		w.refused(err, centre.CodeConflict)
	})
	t.Run("WhoSeesLessIsNotToldWhy", func(t *testing.T) {
		if list := edits(iraq, a); len(list) != 3 || list[2].Reason != "one matter" || list[2].By == "" || !list[1].Undone {
			t.Fatalf("%+v", list)
		}
		if list := edits(iran, a); len(list) != 0 {
			t.Fatalf("Iran is told %+v", list)
		}
	})
	t.Run("ASplitTakesTheCopiesAlong", func(t *testing.T) {
		g := w.corrects(allRoles(irq), a, r2, open4)
		e, err := w.s.CorrectStory(w.ctx, g, centre.StoryEdit{Kind: centre.StorySplit, Report: r2, From: a, Reason: "another day"})
		w.must(err)
		if storyOf(r2) != e.Into || storyOf(r3) != e.Into || storyOf(r5) != a || e.Into == a {
			t.Fatalf("%+v: %s %s %s", e, storyOf(r2), storyOf(r3), storyOf(r5))
		}
		if list := edits(w.view(actor(irn)), e.Into); len(list) != 1 || list[0].Reason != "another day" {
			t.Fatalf("Iran is told %+v", list)
		}
		pairs, newest, err := w.s.ToldApart(w.ctx, w.g)
		w.must(err)
		if len(pairs) != 1 || newest != e.ID {
			t.Fatalf("apart %v, newest %v", pairs, newest)
		}
		_, err = w.s.CorrectStory(w.ctx, g, centre.StoryEdit{Kind: centre.StorySplit, Report: r2, From: a, Reason: "twice"})
		w.refused(err, centre.CodeConflict)
		_, err = w.s.CorrectStory(w.ctx, w.corrects(allRoles(irq), e.Into, r2, open4), centre.StoryEdit{Kind: centre.StorySplit, Report: r2, From: e.Into, Reason: "of itself"})
		w.refused(err, centre.CodeInvalid)
	})
	t.Run("AReportStaysWhereAPersonPutIt", func(t *testing.T) {
		put := storyOf(r2)
		g, err := policy.Decide(allRoles(irq), policy.ActionReprocess, policy.Object{Member: irq})
		w.must(err)
		n, err := w.s.Reprocess(w.ctx, g, w.view(allRoles(irq)), query.All{})
		w.must(err)
		if n == 0 {
			t.Fatal("nothing is processed again")
		}
		for _, p := range w.pending() {
			if p.Report == r2 {
				_, err := w.s.Commit(w.ctx, w.g, []centre.Woven{text{id: "2", story: a}.woven(p.Document)})
				w.must(err)
			}
		}
		if storyOf(r2) != put {
			t.Fatalf("processing again moved it from %s to %s", put, storyOf(r2))
		}
	})
	t.Run("WhatIsWovenForAMergedStoryGoesToItsSurvivor", func(t *testing.T) {
		late := w.report(wide.ID, text{id: "late", body: "more talks", story: b})[0]
		if storyOf(late) != a {
			t.Fatalf("it is in %s, not %s", storyOf(late), a)
		}
	})
	t.Run("TheWeaveMergesAndIsCorrected", func(t *testing.T) {
		x, y := centre.RandomID(), centre.RandomID()
		rx := w.report(wide.ID, text{id: "x", body: "rain", story: x})[0]
		ry := w.report(wide.ID, text{id: "y", body: "floods", story: y})[0]
		rz := w.report(wide.ID, text{id: "z", body: "rain and floods", story: x, merged: []centre.ID{y}})[0]
		if storyOf(rx) != x || storyOf(ry) != x || storyOf(rz) != x {
			t.Fatalf("%s %s %s", storyOf(rx), storyOf(ry), storyOf(rz))
		}
		list := edits(w.view(actor(irn)), x)
		if len(list) != 1 || list[0].Person != 0 {
			t.Fatalf("%+v", list)
		}
		_, err := w.s.CorrectStory(w.ctx, w.corrects(actor(irn), x, rx, open4), centre.StoryEdit{Kind: centre.StoryUndo, Undoes: list[0].ID, Reason: "two rivers"})
		w.must(err)
		if storyOf(ry) != y || storyOf(rz) != x {
			t.Fatalf("after the undo: %s %s", storyOf(ry), storyOf(rz))
		}
		// A weave that has not heard of it yet does not do it again.
		w.report(wide.ID, text{id: "zz", body: "rain and more floods", story: x, merged: []centre.ID{y}})
		if storyOf(ry) != y {
			t.Fatal("the machine undid a person's correction")
		}
	})
	t.Run("TheWeaveHearsOfPersonsAlone", func(t *testing.T) {
		list, err := w.s.Regroupings(w.ctx, w.g, system.View(), 0)
		w.must(err)
		if len(list) != 5 || list[0].Kind != centre.StoryMerge || list[0].Reports != nil || list[3].Kind != centre.StorySplit || len(list[3].Reports) != 2 || !list[3].Apart {
			t.Fatalf("%+v", list)
		}
	})
	t.Run("EchoesAreShownWhereBothAreSeen", func(t *testing.T) {
		m := centre.RandomID()
		open := w.report(wide.ID, text{id: "e1", body: "original", story: m})[0]
		echo := w.report(wide.ID, text{id: "e2", body: "перевод", language: "ru", story: m, echo: centre.Echo{Of: open, Score: 0.6, Shared: []string{"багдад"}}})[0]
		w.report(wide.ID, text{id: "e3", body: "ترجمة", language: "ar", story: m, echo: centre.Echo{Of: r4, Score: 0.5}})
		list, err := w.s.Echoes(w.ctx, iran, m)
		w.must(err)
		if len(list) != 1 || list[0].Report != echo || list[0].Of != open || list[0].Score != 0.6 || list[0].Shared[0] != "багдад" {
			t.Fatalf("Iran is shown %+v", list)
		}
		if list, err = w.s.Echoes(w.ctx, iraq, m); err != nil || len(list) != 2 {
			t.Fatalf("Iraq is shown %+v, %v", list, err)
		}
	})
	var _ store.StoryEdits = w.s
}
