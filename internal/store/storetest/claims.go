package storetest

import (
	"fmt"
	"slices"
	"testing"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/policy/system"
	"entente/internal/query"
	"entente/internal/store"
)

// speech is a statement as tests write it.
type speech struct {
	claim   centre.ID
	speaker string
	stance  centre.Stance
	words   string
	related []centre.RelatedClaim
}

// saying makes a document of statements.
func saying(id string, list ...speech) text {
	x := text{id: id, title: "Report " + id, language: "en"}
	for i, s := range list {
		if s.words == "" {
			s.words = "the bridge is open"
		}
		kind := centre.AgentNamed
		switch s.speaker {
		case "":
			kind = centre.AgentAnonymous
		case "self":
			kind, s.speaker = centre.AgentPublisher, ""
		}
		agent := centre.Agent{Name: s.speaker, Kind: kind}
		start := len([]rune(x.body))
		x.body += s.speaker + " said " + s.words + ". "
		x.found.Statements = append(x.found.Statements, centre.Statement{No: i + 1, Start: start, End: start + len([]rune(s.words)), Speaker: agent,
			Chain: []centre.Hop{{Agent: agent, Directness: centre.DirectQuote}}, Content: []centre.Words{{Start: start, End: start + len([]rune(s.words)), Text: s.words}},
			Stance: s.stance, Modality: centre.ModalityFact, Anonymity: centre.OnRecord, Score: 0.5, Step: "claim", Version: 1})
		x.claims = append(x.claims, centre.Linked{Claim: s.claim, Link: centre.ClaimLink{Score: 0.7, Why: []string{"It says the same."}}, Related: s.related,
			Features: []byte{1, 2, 3}, Parties: []string{"IRQ"}})
	}
	return x
}

// claims checks what is read of claims, and what becomes of it when reports
// change.
func claims(t *testing.T, open Open) {
	w := newWorld(t, open)
	o := w.source(irq, open4)
	closed := w.source(irq, rel(centre.Secret, irq))
	const bridge, dam = centre.ID(7001), centre.ID(7002)
	first := w.report(o.ID, saying("a", speech{claim: bridge, speaker: "Alpha", stance: centre.StanceAssert}, speech{speaker: "Echo", stance: centre.StanceDecline, words: "nothing"}))[0]
	second := w.report(o.ID, saying("b", speech{claim: bridge, speaker: "Bravo", stance: centre.StanceDeny},
		speech{claim: dam, speaker: "Bravo", stance: centre.StanceAssert, words: "the dam is near", related: []centre.RelatedClaim{{Claim: bridge, Tension: true, Score: 0.4, Why: []string{"Near."}}}}))[0]
	hidden := w.report(closed.ID, saying("c", speech{claim: bridge, speaker: "Foxtrot", stance: centre.StanceAssert}))[0]
	all, iran := system.View(), w.view(actor(irn))

	t.Run("EachSeesItsOwn", func(t *testing.T) {
		c, err := w.s.Claim(w.ctx, all, bridge)
		w.must(err)
		if c.Statements != 3 || c.Reports != 3 || c.Status != centre.ClaimContested || c.For != 2 || c.Against != 1 || c.Proposition != "the bridge is open" || c.From.Report != first {
			t.Fatalf("%+v", c)
		}
		c, err = w.s.Claim(w.ctx, iran, bridge)
		w.must(err)
		if c.Statements != 2 || c.For != 1 || c.Independent != 1 || len(c.Speakers) != 2 || !c.Marking.Equal(open4) {
			t.Fatalf("Iran sees %+v", c)
		}
		page, err := w.s.ClaimStatements(w.ctx, iran, bridge, store.Page{Limit: 1})
		w.must(err)
		if len(page.Statements) != 1 || page.Statements[0].Ref.Report != second || page.Next == "" || page.Statements[0].Carrier.Name != o.Name {
			t.Fatalf("%+v", page)
		}
		page, err = w.s.ClaimStatements(w.ctx, iran, bridge, store.Page{Limit: 1, After: page.Next})
		w.must(err)
		if len(page.Statements) != 1 || page.Statements[0].Ref.Report != first || page.Next != "" || page.Statements[0].Link.Score != 0.7 {
			t.Fatalf("%+v", page)
		}
		if _, err := w.s.Claim(w.ctx, iran, 7003); centre.CodeOf(err) != centre.CodeNotFound {
			t.Fatalf("a claim of nothing: %v", err)
		}
	})
	t.Run("Related", func(t *testing.T) {
		for id, other := range map[centre.ID]centre.ID{bridge: dam, dam: bridge} {
			list, err := w.s.RelatedClaims(w.ctx, iran, id)
			w.must(err)
			if len(list) != 1 || list[0].Claim != other || !list[0].Tension || list[0].With.ID != other || list[0].Why[0] != "Near." {
				t.Fatalf("%+v", list)
			}
		}
	})
	t.Run("OfAReport", func(t *testing.T) {
		byNo, err := w.s.ReportClaims(w.ctx, iran, second)
		w.must(err)
		if len(byNo) != 2 || byNo[1].ID != bridge || byNo[2].ID != dam {
			t.Fatalf("%+v", byNo)
		}
		_, err = w.s.ReportClaims(w.ctx, iran, hidden)
		w.refused(err, centre.CodeNotFound)
	})
	t.Run("Remembered", func(t *testing.T) {
		var got []centre.ID
		w.must(w.s.RememberStatements(w.ctx, all, 100, func(k store.KnownStatement) error {
			if string(k.Features) != "\x01\x02\x03" {
				t.Errorf("features %v", k.Features)
			}
			got = append(got, k.Claim)
			return nil
		}))
		same(t, "remembered", got, []centre.ID{bridge, bridge, dam, bridge})
		got = nil
		w.must(w.s.RememberStatements(w.ctx, all, 1, func(k store.KnownStatement) error { got = append(got, k.Claim); return nil }))
		same(t, "the newest", got, []centre.ID{bridge})
		got = nil
		w.must(w.s.RememberClaims(w.ctx, all, []centre.ID{dam}, 5, func(k store.KnownStatement) error { got = append(got, k.Claim); return nil }))
		same(t, "of one", got, []centre.ID{dam})
	})
	t.Run("ANewVersionSaysAnew", func(t *testing.T) {
		w.report(o.ID, saying("b", speech{claim: dam, speaker: "Bravo", stance: centre.StanceAssert, words: "the dam is far"}))
		c, err := w.s.Claim(w.ctx, iran, bridge)
		w.must(err)
		if c.Statements != 1 || c.Against != 0 {
			t.Fatalf("what a version said stands after the next: %+v", c)
		}
		list, err := w.s.Statements(w.ctx, iran, []centre.StatementRef{{Report: second, No: 1}, {Report: hidden, No: 1}, {Report: first, No: 2}})
		w.must(err)
		if len(list) != 2 || list[0].Ref.Version != 2 || list[1].Claim != 0 {
			t.Fatalf("%+v", list)
		}
	})
	t.Run("ARetractionIsTold", func(t *testing.T) {
		notices, err := w.s.Notices(w.ctx, w.g, 0, 1000)
		w.must(err)
		if len(notices) > 0 {
			w.must(w.s.Forget(w.ctx, w.g, notices[len(notices)-1].Seq))
		}
		x := saying("a", speech{claim: bridge, speaker: "Alpha", stance: centre.StanceRetract})
		w.report(o.ID, x)
		c, err := w.s.Claim(w.ctx, iran, bridge)
		w.must(err)
		if c.For != 0 {
			t.Fatalf("%+v", c)
		}
		notices, err = w.s.Notices(w.ctx, w.g, 0, 1000)
		w.must(err)
		if !slices.ContainsFunc(notices, func(n store.Notice) bool { return n.Kind == "claim" && n.ID == bridge && iran.Sees(n.Label) }) {
			t.Fatalf("nobody is told of it: %+v", notices)
		}
	})
	t.Run("ATranslationIsNoRootOfItsOwn", func(t *testing.T) {
		const tower = centre.ID(7200)
		p := w.source(irn, rel(centre.Unclassified, irn, irq))
		iran := w.view(actor(irn))
		own := speech{claim: tower, speaker: "self", stance: centre.StanceAssert, words: "the tower stands"}
		original, secret := w.report(o.ID, saying("o", own))[0], w.report(closed.ID, saying("s", speech{claim: 7201, speaker: "self", stance: centre.StanceAssert}))[0]
		of := func(id string, s speech, of centre.ID) text {
			x := saying(id, s)
			x.echo = centre.Echo{Of: of, Score: 0.8}
			return x
		}
		w.report(p.ID, of("t", own, original))
		c, err := w.s.Claim(w.ctx, iran, tower)
		w.must(err)
		if c.Reports != 2 || c.For != 1 {
			t.Fatalf("%+v", c)
		}
		w.report(p.ID, of("u", speech{claim: 7202, speaker: "self", stance: centre.StanceAssert, words: "the well is deep"}, secret))
		for v, want := range map[*policy.View]centre.ID{&iran: 0, &all: secret} {
			page, err := w.s.ClaimStatements(w.ctx, *v, 7202, store.Page{})
			w.must(err)
			if page.Statements[0].Carrier.Translation != want {
				t.Fatalf("a translation of %s is told of %s", secret, page.Statements[0].Carrier.Translation)
			}
		}
	})
	t.Run("AnOutletIsWhomItsSourceBelongsTo", func(t *testing.T) {
		// One report names the source's outlet, the other is the outlet's own.
		x := saying("q", speech{claim: 7300, speaker: "self", stance: centre.StanceAssert})
		y := saying("r", speech{claim: 7300, speaker: o.Name, stance: centre.StanceAssert})
		st := &y.found.Statements[0]
		st.Speaker.Kind, st.Speaker.Words = centre.AgentAgency, centre.Words{End: 3, Text: "src"}
		st.Chain[0].Agent = st.Speaker
		p := w.source(irn, rel(centre.Unclassified, irn, irq))
		w.report(o.ID, x)
		w.report(p.ID, y)
		c, err := w.s.Claim(w.ctx, w.view(actor(irn)), 7300)
		w.must(err)
		if c.Reports != 2 || c.For != 1 || len(c.Roots[0].Statements) != 2 {
			t.Fatalf("%+v", c.Roots)
		}
	})
	t.Run("WhatThereIsToCompareWith", func(t *testing.T) {
		credibility := func(id centre.ID) centre.Credibility {
			t.Helper()
			c, err := w.s.Claim(w.ctx, iran, id)
			w.must(err)
			return c.Suggested.Grade.Credibility
		}
		on := func(story centre.ID, id string, list ...speech) text {
			x := saying(id, list...)
			x.story = story
			return x
		}
		wharf := func(speaker string) speech {
			return speech{claim: 7400, speaker: speaker, stance: centre.StanceAssert, words: "the wharf burns"}
		}
		crane := speech{claim: 7401, speaker: "Alpha", stance: centre.StanceAssert, words: "the crane fell"}
		w.report(o.ID, on(74, "x1", wharf("Alpha"), crane))
		if got := credibility(7400); got != centre.CredibilityNotJudged {
			t.Errorf("what its own speaker says besides is compared with: %d", got)
		}
		w.report(o.ID, on(74, "x2", wharf("Alpha"), crane))
		if got := credibility(7400); got != centre.CredibilityNotJudged {
			t.Errorf("repetition is compared with: %d", got)
		}
		w.report(closed.ID, on(74, "x3", speech{claim: 7402, speaker: "Golf", stance: centre.StanceAssert, words: "ships left"}))
		if got := credibility(7400); got != centre.CredibilityNotJudged {
			t.Errorf("what is hidden is compared with: %d", got)
		}
		w.report(o.ID, on(75, "x4", speech{claim: 7403, speaker: "Golf", stance: centre.StanceAssert, words: "rain fell"}))
		if got := credibility(7400); got != centre.CredibilityNotJudged {
			t.Errorf("another story is compared with: %d", got)
		}
		w.report(o.ID, on(75, "x5", speech{claim: 7404, speaker: "Golf", stance: centre.StanceAssert, words: "the wharf stands", related: []centre.RelatedClaim{{Claim: 7400, Score: 0.4}}}))
		if got := credibility(7400); got != centre.PossiblyTrue {
			t.Errorf("a claim near it is nothing to compare with: %d", got)
		}
		w.report(o.ID, on(74, "x6", speech{claim: 7405, speaker: "Golf", stance: centre.StanceAssert, words: "ships left"}))
		if got := credibility(7401); got != centre.PossiblyTrue {
			t.Errorf("what another says on the same story is nothing to compare with: %d", got)
		}
	})
	t.Run("VeryMany", func(t *testing.T) {
		const echo = centre.ID(7100)
		var list []text
		for i := range store.MaxJudged/50 + 2 {
			var all []speech
			for k := range 50 {
				all = append(all, speech{claim: echo, speaker: fmt.Sprintf("Speaker%d", k), stance: centre.StanceDeny, words: fmt.Sprint("words ", i, " ", k)})
			}
			list = append(list, saying(fmt.Sprint("many", i), all...))
		}
		w.report(o.ID, list...)
		c, err := w.s.Claim(w.ctx, iran, echo)
		w.must(err)
		if c.Statements != store.MaxJudged || c.Against != 50 {
			t.Fatalf("%d statements are judged, %d roots against", c.Statements, c.Against)
		}
	})
}

// grantOn is permission for a word about a claim, under what the actor saw.
func (w *world) grantOn(a policy.Actor, claim centre.ID, marking centre.Marking) policy.Grant {
	w.Helper()
	g, err := policy.Decide(a, policy.ActionClaim, policy.Object{Kind: "claim", ID: claim, Target: &marking})
	w.must(err)
	return g
}

// claimCorrections checks what persons say about claims.
func claimCorrections(t *testing.T, open Open) {
	w := newWorld(t, open)
	o := w.source(irq, open4)
	const bridge, dam = centre.ID(8001), centre.ID(8002)
	docs := []text{saying("a", speech{claim: bridge, speaker: "Alpha", stance: centre.StanceAssert}),
		saying("b", speech{claim: bridge, speaker: "Bravo", stance: centre.StanceAssert, words: "the bridge was opened"}),
		saying("c", speech{claim: dam, speaker: "Echo", stance: centre.StanceAssert, words: "the dam is near"})}
	reports := w.report(o.ID, docs...)
	a := actor(irq)
	iran := w.view(actor(irn))
	ref := func(i, version int) []centre.StatementRef {
		return []centre.StatementRef{{Report: reports[i], Version: version, No: 1}}
	}
	read := func(id centre.ID) centre.Claim {
		t.Helper()
		c, err := w.s.Claim(w.ctx, iran, id)
		w.must(err)
		return c
	}
	var split centre.ID
	t.Run("Split", func(t *testing.T) {
		var err error
		split, err = w.s.CorrectClaim(w.ctx, w.grantOn(a, bridge, open4), centre.ClaimEdit{Kind: centre.EditSplit, Statements: ref(1, 1), Reason: "opened is not open"})
		w.must(err)
		if c := read(split); split == bridge || c.Statements != 1 || c.From.Report != reports[1] {
			t.Fatalf("%+v", c)
		}
		if c := read(bridge); c.Statements != 1 {
			t.Fatalf("%+v", c)
		}
		list, err := w.s.RelatedClaims(w.ctx, iran, bridge)
		w.must(err)
		if len(list) != 1 || list[0].Claim != split || list[0].By == "" {
			t.Fatalf("the two are not near one another: %+v", list)
		}
		_, err = w.s.CorrectClaim(w.ctx, w.grantOn(a, bridge, open4), centre.ClaimEdit{Kind: centre.EditSplit, Statements: ref(1, 1), Reason: "again"})
		w.refused(err, centre.CodeConflict)
		_, err = w.s.CorrectClaim(w.ctx, w.grantOn(a, bridge, open4), centre.ClaimEdit{Kind: centre.EditSplit, Statements: ref(0, 9), Reason: "another version"})
		w.refused(err, centre.CodeConflict)
	})
	t.Run("AnotherProcessingKeepsIt", func(t *testing.T) {
		w.s.Reprocess(w.ctx, reprocessGrant(w, o), system.View(), query.All{})
		var ws []centre.Woven
		for _, p := range w.pending() {
			i := slices.IndexFunc(docs, func(x text) bool { return x.title == p.Document.Title })
			ws = append(ws, docs[i].woven(p.Document))
		}
		if len(ws) != 3 {
			t.Fatalf("%d wait", len(ws))
		}
		_, err := w.s.Commit(w.ctx, w.g, ws)
		w.must(err)
		if read(split).Statements != 1 || read(bridge).Statements != 1 {
			t.Fatal("the machine won over the person")
		}
		page, err := w.s.ClaimStatements(w.ctx, iran, split, store.Page{})
		w.must(err)
		if page.Statements[0].Link.By == "" {
			t.Fatal("it is not said who put it there")
		}
	})
	t.Run("LinkAndMerge", func(t *testing.T) {
		_, err := w.s.CorrectClaim(w.ctx, w.grantOn(a, bridge, open4), centre.ClaimEdit{Kind: centre.EditLink, Statements: ref(1, 1), Reason: "it is the same after all"})
		w.must(err)
		if read(bridge).Statements != 2 {
			t.Fatal("a statement that was linked is not there")
		}
		_, err = w.s.Claim(w.ctx, iran, split)
		w.refused(err, centre.CodeNotFound)
		_, err = w.s.CorrectClaim(w.ctx, w.grantOn(a, bridge, open4), centre.ClaimEdit{Kind: centre.EditMerge, Other: dam, Reason: "one matter"})
		w.must(err)
		if c := read(dam); c.ID != bridge || c.Statements != 3 {
			t.Fatalf("the other's name does not lead to it: %+v", c)
		}
		w.report(o.ID, saying("d", speech{claim: dam, speaker: "Echo", stance: centre.StanceAssert, words: "the dam is near indeed"}))
		if c := read(bridge); c.Statements != 4 {
			t.Fatalf("what comes later for the other goes astray: %+v", c)
		}
		_, err = w.s.CorrectClaim(w.ctx, w.grantOn(a, dam, open4), centre.ClaimEdit{Kind: centre.EditMerge, Other: bridge, Reason: "again"})
		w.refused(err, centre.CodeConflict)
		edits, err := w.s.Corrected(w.ctx, w.g, 0, 10)
		w.must(err)
		if len(edits) != 3 || edits[2].Kind != centre.EditMerge || edits[2].Other != dam || edits[2].Claim != bridge {
			t.Fatalf("%+v", edits)
		}
	})
	t.Run("GradesAreForWhomTheyAreMarked", func(t *testing.T) {
		g, err := w.s.GradeClaim(w.ctx, w.grantOn(a, bridge, open4), centre.Grade{Reliability: 'B', Credibility: 2}, "seen")
		w.must(err)
		secret := rel(centre.Secret, irq)
		_, err = w.s.GradeClaim(w.ctx, w.grantOn(a, bridge, secret), centre.Grade{Reliability: 'A', Credibility: 1}, "I know more")
		w.must(err)
		if c := read(bridge); c.Given == nil || c.Given.ID != g.ID || c.Grade().String() != "B2" {
			t.Fatalf("Iran gets the grade %+v", c.Given)
		}
		c, err := w.s.Claim(w.ctx, w.view(a), bridge)
		w.must(err)
		if c.Grade().String() != "A1" {
			t.Fatalf("Iraq gets %+v", c.Given)
		}
		list, err := w.s.ClaimGradings(w.ctx, iran, bridge)
		w.must(err)
		if len(list) != 1 || list[0].By != a.Name || !list[0].Marking.Equal(open4) {
			t.Fatalf("%+v", list)
		}
		edits, err := w.s.ClaimEdits(w.ctx, iran, bridge)
		w.must(err)
		if len(edits) != 3 || edits[0].Kind != centre.EditMerge {
			t.Fatalf("%+v", edits)
		}
	})
	t.Run("Roots", func(t *testing.T) {
		hidden := []text{saying("h1", speech{claim: 8100, stance: centre.StanceAssert}), saying("h2", speech{claim: 8100, stance: centre.StanceAssert})}
		ids := w.report(o.ID, hidden...)
		grant := func(i int) policy.Grant {
			g, err := policy.Decide(a, policy.ActionTellRoot, object(w.head(ids[i])))
			w.must(err)
			return g
		}
		independent := func() int { return read(8100).Independent }
		if read(8100).For != 1 {
			t.Fatal("two unknown roots are not one")
		}
		w.must(w.s.TellRoot(w.ctx, grant(0), 1, "the first source"))
		w.must(w.s.TellRoot(w.ctx, grant(1), 1, "another source"))
		if independent() != 2 {
			t.Fatal("roots that are told apart are one")
		}
		w.must(w.s.SameRoot(w.ctx, grant(1), w.view(a), 1, centre.StatementRef{Report: ids[0], No: 1}))
		if independent() != 1 {
			t.Fatal("roots that are said to be the same are two")
		}
		w.must(w.s.TellRoot(w.ctx, grant(1), 1, ""))
		if c := read(8100); c.For != 2 || c.Independent != 1 {
			t.Fatalf("a token that was taken back counts: %+v", c.Roots)
		}
		w.refused(w.s.TellRoot(w.ctx, grant(1), 7, "no such statement"), centre.CodeNotFound)
	})
}

func reprocessGrant(w *world, o centre.Source) policy.Grant {
	w.Helper()
	g, err := policy.Decide(allRoles(o.Member), policy.ActionReprocess, policy.Object{Kind: "source", Member: o.Member})
	w.must(err)
	return g
}
