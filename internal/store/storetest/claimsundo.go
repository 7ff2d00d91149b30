package storetest

import (
	"testing"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/policy/system"
	"entente/internal/query"
	"entente/internal/store"
)

// claimUndo checks that corrections of claims can be taken back, and that they are
// told to everybody whose picture they change.
func claimUndo(t *testing.T, open Open) {
	w := newWorld(t, open)
	o := w.source(irq, open4)
	const bridge, dam, mill, well = centre.ID(8501), centre.ID(8502), centre.ID(8503), centre.ID(8504)
	docs := []text{saying("a", speech{claim: bridge, speaker: "Alpha", stance: centre.StanceAssert}),
		saying("b", speech{claim: bridge, speaker: "Bravo", stance: centre.StanceAssert, words: "the bridge was opened"}),
		saying("c", speech{claim: dam, speaker: "Echo", stance: centre.StanceAssert, words: "the dam is near",
			related: []centre.RelatedClaim{{Claim: mill, Score: 0.4, Why: []string{"Near."}}}}),
		saying("d", speech{claim: mill, speaker: "Golf", stance: centre.StanceAssert, words: "the mill turns"})}
	reports := w.report(o.ID, docs...)
	a, other := actor(irq), actor(irn)
	iran := w.view(other)
	ref := func(i int) []centre.StatementRef {
		return []centre.StatementRef{{Report: reports[i], Version: 1, No: 1}}
	}
	count := func(id centre.ID) int {
		t.Helper()
		c, err := w.s.Claim(w.ctx, iran, id)
		if centre.CodeOf(err) == centre.CodeNotFound {
			return 0
		}
		w.must(err)
		if c.ID != id {
			t.Fatalf("claim %s leads to %s", id, c.ID)
		}
		return c.Statements
	}
	correct := func(claim centre.ID, e centre.ClaimEdit) (leads, edit centre.ID) {
		t.Helper()
		e.Reason = "seen"
		leads, err := w.s.CorrectClaim(w.ctx, w.grantOn(a, claim, open4), e)
		w.must(err)
		edits, err := w.s.ClaimEdits(w.ctx, iran, leads)
		w.must(err)
		return leads, edits[0].ID
	}
	undo := func(claim, edit centre.ID) centre.ID {
		t.Helper()
		leads, err := w.s.CorrectClaim(w.ctx, w.grantOn(other, claim, open4), centre.ClaimEdit{Kind: centre.EditUndo, Undoes: edit})
		w.must(err)
		return leads
	}

	t.Run("ALink", func(t *testing.T) {
		_, edit := correct(dam, centre.ClaimEdit{Kind: centre.EditLink, Statements: ref(1)})
		if count(bridge) != 1 || count(dam) != 2 {
			t.Fatal("it was not moved")
		}
		// The claim that it left tells of it too, and from there it is taken back.
		edits, err := w.s.ClaimEdits(w.ctx, iran, bridge)
		w.must(err)
		if len(edits) != 1 || edits[0].ID != edit {
			t.Fatalf("%+v", edits)
		}
		undo(bridge, edit)
		if count(bridge) != 2 || count(dam) != 1 {
			t.Fatalf("it is not back: %d, %d", count(bridge), count(dam))
		}
		edits, err = w.s.ClaimEdits(w.ctx, iran, dam)
		w.must(err)
		if len(edits) != 2 || edits[0].Kind != centre.EditUndo || edits[0].Undoes != edit || edits[0].Member != irn || !edits[1].Undone {
			t.Fatalf("%+v", edits)
		}
		page, err := w.s.ClaimStatements(w.ctx, iran, bridge, store.Page{})
		w.must(err)
		if page.Statements[0].Link.By != "" {
			t.Errorf("it is still said that a person put it there: %+v", page.Statements[0].Link)
		}
		w.s.Reprocess(w.ctx, reprocessGrant(w, o), system.View(), query.All{})
		var ws []centre.Woven
		for _, p := range w.pending() {
			for _, x := range docs {
				if x.title == p.Document.Title {
					ws = append(ws, x.woven(p.Document))
				}
			}
		}
		_, err = w.s.Commit(w.ctx, w.g, ws)
		w.must(err)
		if len(ws) != len(docs) || count(bridge) != 2 {
			t.Error("after another processing it is where it was put, and that was taken back")
		}
	})
	t.Run("ASplit", func(t *testing.T) {
		fresh, edit := correct(bridge, centre.ClaimEdit{Kind: centre.EditSplit, Statements: ref(1)})
		if leads := undo(fresh, edit); leads != bridge {
			t.Errorf("it leads to %s", leads)
		}
		list, err := w.s.RelatedClaims(w.ctx, iran, bridge)
		w.must(err)
		if count(bridge) != 2 || count(fresh) != 0 || len(list) != 0 {
			t.Errorf("%d, %d, %+v", count(bridge), count(fresh), list)
		}
	})
	t.Run("ARelation", func(t *testing.T) {
		_, edit := correct(dam, centre.ClaimEdit{Kind: centre.EditRelated, Other: mill, Tension: true})
		undo(mill, edit)
		list, err := w.s.RelatedClaims(w.ctx, iran, dam)
		w.must(err)
		if len(list) != 1 || list[0].By != "" || list[0].Tension || list[0].Why[0] != "Near." {
			t.Errorf("what the machine held of the two is not there again: %+v", list)
		}
	})
	t.Run("AMerge", func(t *testing.T) {
		_, err := w.s.GradeClaim(w.ctx, w.grantOn(a, dam, open4), centre.Grade{Reliability: 'B', Credibility: 2}, "the dam")
		w.must(err)
		_, edit := correct(bridge, centre.ClaimEdit{Kind: centre.EditMerge, Other: dam})
		c, err := w.s.Claim(w.ctx, iran, dam)
		w.must(err)
		near, err := w.s.RelatedClaims(w.ctx, iran, bridge)
		w.must(err)
		if c.ID != bridge || c.Statements != 3 || c.Given == nil || len(near) != 1 || near[0].Claim != mill {
			t.Fatalf("what hung on it does not hang on what it was merged into: %+v, %+v", c, near)
		}
		w.report(o.ID, saying("e", speech{claim: dam, speaker: "Hotel", stance: centre.StanceAssert, words: "the dam is high"}))
		undo(bridge, edit)
		if count(bridge) != 3 || count(dam) != 1 {
			t.Errorf("%d, %d: the one that came since stays, the other is back", count(bridge), count(dam))
		}
		c, err = w.s.Claim(w.ctx, iran, bridge)
		w.must(err)
		near, err = w.s.RelatedClaims(w.ctx, iran, dam)
		w.must(err)
		if c.Given != nil || len(near) != 1 || near[0].Claim != mill {
			t.Errorf("its grade and what is near it are not back: %+v, %+v", c.Given, near)
		}
		w.report(o.ID, saying("f", speech{claim: dam, speaker: "India", stance: centre.StanceAssert, words: "the dam is old"}))
		if count(dam) != 2 {
			t.Error("what comes for it still goes astray")
		}
		_, err = w.s.CorrectClaim(w.ctx, w.grantOn(a, bridge, open4), centre.ClaimEdit{Kind: centre.EditUndo, Undoes: edit})
		w.refused(err, centre.CodeConflict)
		_, err = w.s.CorrectClaim(w.ctx, w.grantOn(a, mill, open4), centre.ClaimEdit{Kind: centre.EditUndo, Undoes: edit})
		w.refused(err, centre.CodeNotFound)
	})
	t.Run("MergesOneAfterTheOther", func(t *testing.T) {
		w.report(o.ID, saying("g", speech{claim: well, speaker: "Kilo", stance: centre.StanceAssert, words: "the well is deep"}))
		before := []int{count(bridge), count(dam), count(mill), count(well)}
		for _, later := range []bool{false, true} {
			_, first := correct(dam, centre.ClaimEdit{Kind: centre.EditMerge, Other: well})
			_, second := correct(mill, centre.ClaimEdit{Kind: centre.EditMerge, Other: dam})
			if c, err := w.s.Claim(w.ctx, iran, well); err != nil || c.ID != mill {
				t.Fatalf("%s, %v", c.ID, err)
			}
			if later {
				undo(mill, second)
				undo(dam, first)
			} else {
				undo(mill, first)
				undo(mill, second)
			}
			if after := []int{count(bridge), count(dam), count(mill), count(well)}; len(after) != 4 || after[0] != before[0] || after[1] != before[1] || after[2] != before[2] || after[3] != before[3] {
				t.Fatalf("the later first: %v; got %v, want %v", later, after, before)
			}
		}
	})
	t.Run("LinkingIsTold", func(t *testing.T) {
		edits, err := w.s.Corrected(w.ctx, w.g, 0, 100)
		w.must(err)
		if edits[0].Kind != centre.EditLink || len(edits[0].From) != 1 || edits[0].From[0] != bridge || edits[1].Kind != centre.EditUndo || edits[1].Claim != dam || len(edits[1].From) != 1 {
			t.Errorf("%+v", edits[:2])
		}
	})
	t.Run("WhoFeelsItIsToldOfIt", func(t *testing.T) {
		const pier, quay = centre.ID(8601), centre.ID(8602)
		ids := w.report(o.ID, saying("p", speech{claim: pier, speaker: "Alpha", stance: centre.StanceAssert, words: "the pier is closed"}),
			saying("q", speech{claim: quay, speaker: "Bravo", stance: centre.StanceAssert, words: "the quay is shut"}))
		narrow := rel(centre.Unclassified, irq, syr)
		w.report(w.source(irq, narrow).ID, saying("s", speech{claim: quay, speaker: "Echo", stance: centre.StanceAssert, words: "the quay is shut now"}))
		secret := rel(centre.Secret, irq)
		w.report(w.source(irq, secret).ID, saying("r", speech{claim: pier, speaker: "Foxtrot", stance: centre.StanceAssert, words: "the pier is shut"}))
		_, err := w.s.CorrectClaim(w.ctx, w.grantOn(a, pier, secret), centre.ClaimEdit{Kind: centre.EditMerge, Other: quay, Reason: "our agent says so"})
		w.must(err)
		told := func(v policy.View, id centre.ID) centre.ClaimEdit {
			t.Helper()
			edits, err := w.s.ClaimEdits(w.ctx, v, id)
			w.must(err)
			if len(edits) != 1 {
				t.Fatalf("%+v", edits)
			}
			return edits[0]
		}
		if e := told(w.view(a), pier); e.Closed || e.Reason != "our agent says so" {
			t.Errorf("who may know all of it is told %+v", e)
		}
		e := told(iran, quay)
		if !e.Closed || e.Reason != "" || e.Member != irq || e.By == "" {
			t.Errorf("whose picture changed is told %+v", e)
		}
		if leads := undo(pier, e.ID); leads != pier {
			t.Errorf("it leads to %s", leads)
		}
		if c, err := w.s.Claim(w.ctx, iran, quay); err != nil || c.ID != quay || c.From.Report != ids[1] {
			t.Errorf("%+v, %v", c, err)
		}
		// A statement that Iran does not see goes from one claim to the other: to Iran nothing happened.
		hidden := w.report(w.source(irq, secret).ID, saying("t", speech{claim: quay, speaker: "Foxtrot", stance: centre.StanceAssert, words: "the quay burns"}))
		_, err = w.s.CorrectClaim(w.ctx, w.grantOn(a, pier, secret), centre.ClaimEdit{Kind: centre.EditLink, Reason: "hidden",
			Statements: []centre.StatementRef{{Report: hidden[0], Version: 1, No: 1}}})
		w.must(err)
		edits, err := w.s.ClaimEdits(w.ctx, iran, pier)
		w.must(err)
		for _, e := range edits {
			if e.Kind == centre.EditLink {
				t.Errorf("Iran is told of what it cannot feel: %+v", e)
			}
		}
	})
}
