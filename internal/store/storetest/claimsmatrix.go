package storetest

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/query"
	"entente/internal/store"
)

// saidReport is a report of the matrix of claims.
type saidReport struct {
	id      centre.ID
	marking centre.Marking
	list    []speech
}

// claimMatrix looks at claims with the eyes of random actors, and compares with
// what follows from the statements that policy.Visible lets them see.
func claimMatrix(t *testing.T, open Open) {
	w := newWorld(t, open)
	speakers := []string{"Alpha", "Bravo", "Echo", "Foxtrot", "Golf"}
	var reports []saidReport
	for i := range 60 {
		member := members[i%4]
		to := []centre.MemberCode{member}
		for k, other := range members {
			if other != member && (i>>(k%3))&1 == 0 {
				to = append(to, other)
			}
		}
		r := saidReport{marking: rel(centre.Level(i%3), to...)}
		for k := range 1 + i%3 {
			stance := centre.StanceAssert
			if (i+k)%4 == 0 {
				stance = centre.StanceDeny
			}
			r.list = append(r.list, speech{claim: centre.ID(9000 + (i*7+k)%9), speaker: speakers[(i*3+k)%5], stance: stance, words: fmt.Sprint("matter ", (i*7+k)%9)})
		}
		o := w.source(member, r.marking)
		r.id = w.report(o.ID, saying(fmt.Sprint("m", i), r.list...))[0]
		reports = append(reports, r)
	}
	labels, err := w.s.AllLabels(w.ctx, w.g)
	w.must(err)
	rapid.Check(t, func(t *rapid.T) {
		a := drawActor(t)
		e := claimEye{t: t, w: w, v: policy.NewView(a, labels), claims: map[centre.ID]*modelClaim{}}
		for _, r := range reports {
			if policy.Visible(a, r.marking) {
				e.seen = append(e.seen, r)
				for _, s := range r.list {
					e.count(r, s)
				}
			}
		}
		e.one(centre.ID(9000 + rapid.IntRange(0, 9).Draw(t, "claim")))
		e.list(query.Said{
			Status:  rapid.SampledFrom([]centre.ClaimStatus{"", centre.ClaimContested, centre.ClaimUnverified, centre.ClaimCorroborated, centre.ClaimRefuted}).Draw(t, "status"),
			Speaker: rapid.SampledFrom([]string{"", "alpha", "bravo", "zulu"}).Draw(t, "speaker"),
			Stance:  rapid.SampledFrom([]centre.Stance{"", centre.StanceAssert, centre.StanceDeny}).Draw(t, "stance"),
			Roots:   rapid.IntRange(0, 3).Draw(t, "roots"),
		})
	})
}

// modelClaim is what an actor should get of a claim.
type modelClaim struct {
	statements     int
	reports        map[centre.ID]bool
	favour, denial map[string]bool
}

func (m *modelClaim) status() centre.ClaimStatus {
	switch {
	case len(m.favour) > 0 && len(m.denial) > 0:
		return centre.ClaimContested
	case len(m.favour) >= 2:
		return centre.ClaimCorroborated
	}
	return centre.ClaimUnverified
}

type claimEye struct {
	t      *rapid.T
	w      *world
	v      policy.View
	seen   []saidReport
	claims map[centre.ID]*modelClaim
}

func (e *claimEye) count(r saidReport, s speech) {
	m := e.claims[s.claim]
	if m == nil {
		m = &modelClaim{reports: map[centre.ID]bool{}, favour: map[string]bool{}, denial: map[string]bool{}}
		e.claims[s.claim] = m
	}
	m.statements++
	m.reports[r.id] = true
	if s.stance == centre.StanceDeny {
		m.denial[s.speaker] = true
	} else {
		m.favour[s.speaker] = true
	}
}

func (e *claimEye) must(err error) {
	if err != nil {
		e.t.Fatal(err)
	}
}

// one reads one claim through every method that takes its id.
func (e *claimEye) one(id centre.ID) {
	s, ctx := e.w.s, e.w.ctx
	m := e.claims[id]
	c, err := s.Claim(ctx, e.v, id)
	page, pageErr := s.ClaimStatements(ctx, e.v, id, store.Page{Limit: 200})
	_, relatedErr := s.RelatedClaims(ctx, e.v, id)
	_, gradingsErr := s.ClaimGradings(ctx, e.v, id)
	_, editsErr := s.ClaimEdits(ctx, e.v, id)
	for _, err := range []error{err, pageErr, relatedErr, gradingsErr, editsErr} {
		if (err == nil) != (m != nil) || err != nil && centre.CodeOf(err) != centre.CodeNotFound {
			e.t.Fatalf("claim %d, of which the actor sees %+v, gives %v", id, m, err)
		}
	}
	if m == nil {
		return
	}
	e.holds(c)
	if len(page.Statements) != m.statements {
		e.t.Fatalf("%d statements, want %d", len(page.Statements), m.statements)
	}
	for _, st := range page.Statements {
		if !m.reports[st.Ref.Report] {
			e.t.Fatalf("a statement of report %s is shown", st.Ref.Report)
		}
	}
}

// holds compares a claim with the model.
func (e *claimEye) holds(c centre.Claim) {
	m := e.claims[c.ID]
	if m == nil {
		e.t.Fatalf("claim %s is shown", c.ID)
	}
	got := fmt.Sprint(c.Statements, c.Reports, c.For, c.Against, c.Status)
	want := fmt.Sprint(m.statements, len(m.reports), len(m.favour), len(m.denial), m.status())
	if got != want {
		e.t.Fatalf("claim %s: got %s, want %s", c.ID, got, want)
	}
	names := map[string]bool{}
	for _, s := range c.Speakers {
		names[s.Name] = true
	}
	for _, r := range c.Roots {
		for _, ref := range r.Statements {
			if !m.reports[ref.Report] {
				e.t.Fatalf("a root tells of report %s", ref.Report)
			}
		}
	}
	for n := range names {
		if !m.favour[n] && !m.denial[n] {
			e.t.Fatalf("the speaker %s is shown", n)
		}
	}
}

// list compares the list of claims and the search for reports.
func (e *claimEye) list(said query.Said) {
	wantClaims, wantReports := map[centre.ID]bool{}, []centre.ID{}
	for _, r := range slices.Backward(e.seen) {
		found := false
		for _, s := range r.list {
			m := e.claims[s.claim]
			if (said.Speaker == "" || said.Speaker == map[string]string{"Alpha": "alpha", "Bravo": "bravo"}[s.speaker]) && (said.Stance == "" || said.Stance == s.stance) &&
				(said.Status == "" || said.Status == m.status()) && len(m.favour) >= said.Roots {
				wantClaims[s.claim], found = true, true
			}
		}
		if found {
			wantReports = append(wantReports, r.id)
		}
	}
	got, after := map[centre.ID]bool{}, ""
	for {
		page, err := e.w.s.Claims(e.w.ctx, e.v, store.ClaimFilter{Said: said}, store.Page{Limit: 3, After: after})
		e.must(err)
		for _, c := range page.Claims {
			if got[c.ID] {
				e.t.Fatalf("claim %s stands twice in the list", c.ID)
			}
			got[c.ID] = true
			e.holds(c)
		}
		if after = page.Next; after == "" {
			break
		}
	}
	if !maps.Equal(got, wantClaims) {
		e.t.Fatalf("%+v: got %v, want %v", said, got, wantClaims)
	}
	for _, q := range []query.Node{said, query.And{said, query.Word{Text: "matter"}}} {
		page, err := e.w.s.Search(e.w.ctx, e.v, q, store.Page{Limit: 200})
		e.must(err)
		if said != (query.Said{}) && !slices.Equal(idsOf(page.Reports), wantReports) {
			e.t.Fatalf("search %+v: got %v, want %v", q, idsOf(page.Reports), wantReports)
		}
	}
}
