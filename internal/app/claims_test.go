package app

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/desk"
	"entente/internal/policy/system"
)

// seedClaims brings the article from which this project came as a report of RT,
// through the real pipeline, and gives its claims by a word of their content.
func seedClaims(t *testing.T) (*trial, func(word string) centre.Claim) {
	t.Helper()
	content, err := os.ReadFile(shared(t, "seed/article.txt"))
	if err != nil {
		t.Fatal(err)
	}
	tr := newTrial(t)
	marking := centre.Marking{Originator: "IRQ", Releasable: []centre.MemberCode{"IRN", "RUS", "SYR"}}
	o := tr.addSource(centre.Source{Slug: "rt", Name: "RT", Kind: "feed", Address: "https://rt.example/feed", Member: "IRQ", Family: "RT", Country: "RUS",
		Ownership: centre.OwnedByState, Language: "en", Marking: marking})
	_, err = tr.store.Take(t.Context(), system.Grant("test"), o.ID, []centre.Document{{ExternalID: "1", Title: "Russia, Iran, Iraq & Syria setting up ‘joint information center’ to coordinate anti-ISIS operations",
		Body: string(content), MediaType: "text/plain", Language: "en",
		Published: centre.Moment{Time: time.Date(2015, 9, 26, 15, 0, 0, 0, time.UTC), Precision: centre.PrecisionSecond, Basis: centre.BasisFeed}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	tr.drain()
	page, err := tr.desk.Claims(t.Context(), tr.as("admin-irq"), desk.ClaimQuestion{}, desk.Page{Limit: 200})
	if err != nil {
		t.Fatal(err)
	}
	return tr, func(word string) centre.Claim {
		t.Helper()
		i := slices.IndexFunc(page.Claims, func(c centre.Claim) bool { return strings.Contains(c.Proposition, word) })
		if i < 0 {
			for _, c := range page.Claims {
				t.Logf("%s %q", c.Status, c.Proposition)
			}
			t.Fatalf("no claim has %q", word)
		}
		return page.Claims[i]
	}
}

// TestTheSeedsClaims holds what the domain brief says of the article, section 12.
func TestTheSeedsClaims(t *testing.T) {
	tr, claim := seedClaims(t)
	p1, p9, p10 := claim("joint information center in Baghdad"), claim("coordination cell"), claim("warplanes")
	if p1.ID == p9.ID {
		t.Fatal("the cell is the centre")
	}
	dossier, err := tr.desk.ReadClaim(t.Context(), tr.as("admin-irq"), p9.ID)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(dossier.Related, func(r desk.RelatedClaim) bool { return r.Claim == p1.ID && r.Tension }) {
		t.Errorf("the cell is not in tension with the centre: %+v", dossier.Related)
	}
	if p1.For != 2 || len(p1.ConfirmedBy) != 1 || p1.Status != centre.ClaimUnverified || p1.Suggested.Grade.Credibility != 2 || p1.Suggested.Rule != 3 || p1.Against != 0 {
		t.Errorf("P1: %d roots, confirmed by %q, %s, %s by rule %d", p1.For, p1.ConfirmedBy, p1.Status, p1.Suggested.Grade, p1.Suggested.Rule)
	}
	for _, words := range []string{"main goal of the center", "headed by an officer", "Rotation will take place", "Iraq will run the center", "may also use the information center"} {
		c := claim(words)
		if c.For != 1 || c.Independent != 0 || c.Suggested.Grade.String() != "F3" || c.Status != centre.ClaimUnverified {
			t.Errorf("%q: %+v", words, c.Judgement)
		}
	}
	for _, c := range []centre.Claim{p9, p10} {
		if c.Status != centre.ClaimContested {
			t.Errorf("%q is %s", c.Proposition, c.Status)
		}
	}
	// For whom the spokesman speaks, the text does not say.
	if i := slices.IndexFunc(p9.Roots, func(r centre.Root) bool { return r.Side == centre.Against }); i < 0 || p9.Roots[i].Country != "RUS" {
		t.Errorf("who denies the cell is %+v", p9.Roots)
	}
	if c := claim("bilateral contracts"); c.Status == centre.ClaimRefuted || c.ID == p10.ID {
		t.Errorf("what explains refutes: %+v", c)
	}
	if c := claim("advisers to assist"); c.ID == p1.ID {
		t.Error("the advisers are the centre")
	}
}

// TestClaimsAfterAStart: what another process linked is linked to by the next one,
// in another language, and a correction by a person holds in both.
func TestClaimsAfterAStart(t *testing.T) {
	tr := newTrial(t)
	o := tr.addSource(centre.Source{Slug: "wire", Name: "Wire", Kind: "feed", Address: "https://wire.example/feed", Family: "Wire"})
	bring := func(id, language, title, body string) {
		t.Helper()
		at := time.Date(2015, 9, 27, 9, len(id), 0, 0, time.UTC)
		_, err := tr.store.Take(t.Context(), system.Grant("test"), o.ID, []centre.Document{{ExternalID: id, Title: title, Body: body, MediaType: "text/plain", Language: language,
			Published: centre.Moment{Time: at, Precision: centre.PrecisionSecond, Basis: centre.BasisFeed}}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		tr.drain() // by a pipeline of its own, which remembers what the store gives it
	}
	claims := func() []centre.Claim {
		t.Helper()
		page, err := tr.desk.Claims(t.Context(), tr.as("admin-irq"), desk.ClaimQuestion{Question: desk.Question{Text: "place:baghdad"}}, desk.Page{Limit: 200})
		if err != nil {
			t.Fatal(err)
		}
		return page.Claims
	}
	bring("a", "en", "Four states agree", "Russia, Iran, Iraq and Syria have agreed to establish a joint information centre in Baghdad, the Iraqi defence ministry said on Sunday.")
	bring("aa", "ru", "Четыре страны договорились", "Россия, Иран, Ирак и Сирия договорились создать совместный информационный центр в Багдаде, заявило министерство обороны Ирака.")
	all := claims()
	if len(all) != 1 || all[0].Statements != 2 {
		t.Fatalf("the two are not one claim: %+v", all)
	}
	// A person sets the Russian one apart; what comes like it goes there.
	i := slices.IndexFunc(all[0].Roots[0].Statements, func(r centre.StatementRef) bool { return r != all[0].From })
	apart, err := tr.desk.CorrectClaim(t.Context(), tr.as("admin-irq"), all[0].ID, centre.ClaimEdit{Kind: centre.EditSplit, Statements: all[0].Roots[0].Statements[i : i+1], Reason: "to be seen apart"})
	if err != nil {
		t.Fatal(err)
	}
	bring("aaa", "ru", "Ещё раз о центре", "Россия, Иран, Ирак и Сирия договорились создать совместный информационный центр в Багдаде, подтвердил МИД Ирана.")
	again, err := tr.desk.ReadClaim(t.Context(), tr.as("admin-irq"), apart.ID)
	if err != nil {
		t.Fatal(err)
	}
	if again.Claim.Statements != 2 {
		t.Errorf("a correction is not used: %+v", claims())
	}
}

// TestAStatementIsProposedForAClaim: what is near a claim and was not linked to it
// is proposed, from whichever language; a person links it, and what a person takes
// out of a claim is not proposed for it again.
func TestAStatementIsProposedForAClaim(t *testing.T) {
	tr := newTrial(t)
	o := tr.addSource(centre.Source{Slug: "wire", Name: "Wire", Kind: "feed", Address: "https://wire.example/feed", Family: "Wire"})
	at := time.Date(2015, 9, 27, 9, 0, 0, 0, time.UTC)
	for i, text := range []struct{ language, title, body string }{
		{"en", "Ministry: Daura bridge reopened", "BAGHDAD - The Daura bridge in Baghdad reopened to lorries after a month of repairs, the Iraqi transport ministry said on Sunday."},
		{"en", "Police: repairs of the Daura bridge not finished", "BAGHDAD - The repairs of the Daura bridge are not finished, a police spokesman said in Baghdad on Sunday. Traffic goes by another road."},
		{"en", "Bread prices", "BAGHDAD - The price of bread rose in Baghdad on Saturday, the Iraqi trade ministry said on Sunday."},
	} {
		_, err := tr.store.Take(t.Context(), system.Grant("test"), o.ID, []centre.Document{{ExternalID: text.title, Title: text.title, Body: text.body, MediaType: "text/plain", Language: text.language,
			Published: centre.Moment{Time: at.Add(time.Duration(i) * time.Minute), Precision: centre.PrecisionSecond, Basis: centre.BasisFeed}}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		tr.drain()
	}
	who := tr.as("admin-irq")
	page, err := tr.desk.Claims(t.Context(), who, desk.ClaimQuestion{}, desk.Page{Limit: 200})
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(page.Claims, func(c centre.Claim) bool { return strings.Contains(c.Proposition, "reopened") })
	claim := page.Claims[i].ID
	proposed := func() []desk.ReportStance {
		t.Helper()
		list, err := tr.desk.ClaimSupport(t.Context(), who, claim)
		if err != nil {
			t.Fatal(err)
		}
		return slices.DeleteFunc(list, func(r desk.ReportStance) bool { return r.Proposed == nil })
	}
	list := proposed()
	if len(list) != 1 || !strings.Contains(list[0].Report.Title, "Police:") || list[0].Proposed.Claim == claim || len(list[0].Proposed.Why) == 0 {
		t.Fatalf("proposed: %+v", list)
	}
	ref := list[0].Proposed.Ref
	linked, err := tr.desk.CorrectClaim(t.Context(), who, claim, centre.ClaimEdit{Kind: centre.EditLink, Statements: []centre.StatementRef{ref}, Reason: "the same bridge"})
	if err != nil || linked.Reports != 2 {
		t.Fatalf("linked: %d reports, %v", linked.Reports, err)
	}
	if list = proposed(); len(list) != 0 {
		t.Errorf("a report that is linked is proposed: %+v", list[0].Proposed)
	}
	other := page.Claims[slices.IndexFunc(page.Claims, func(c centre.Claim) bool { return strings.Contains(c.Proposition, "bread") })].ID
	for _, out := range []struct {
		of   centre.ID
		edit centre.ClaimEdit
	}{
		{other, centre.ClaimEdit{Kind: centre.EditLink, Statements: []centre.StatementRef{ref}, Reason: "of bread"}},
		{other, centre.ClaimEdit{Kind: centre.EditSplit, Statements: []centre.StatementRef{ref}, Reason: "of nothing else"}},
	} {
		if _, err = tr.desk.CorrectClaim(t.Context(), who, out.of, out.edit); err != nil {
			t.Fatal(err)
		}
		if list = proposed(); len(list) != 0 {
			t.Errorf("what a person took out by %s is proposed again: %+v", out.edit.Kind, list[0].Proposed)
		}
	}
}
