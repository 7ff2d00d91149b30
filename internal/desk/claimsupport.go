package desk

import (
	"cmp"
	"context"
	"slices"

	"entente/internal/centre"
	"entente/internal/claims"
	"entente/internal/policy"
	"entente/internal/query"
	"entente/internal/stance"
)

// supportRead is how many reports are held against a claim.
const supportRead = 40

// ReportStance is how a whole report takes a claim of which it has no
// statement, and the statement of it that may be one all the same. Both are
// guesses of a machine, shown to help a person link; nothing is counted from them.
type ReportStance struct {
	Report   centre.ReportHead
	Stance   stance.Stance // "" where the machine does not know: only of English and Arabic it does
	Score    float64       // of the stance, 0..1
	Proposed *ProposedLink // nil where no statement of the report is near enough
}

// ProposedLink is a statement that may belong to a claim. It is linked by
// CorrectClaim, and by nothing else.
type ProposedLink struct {
	Ref       centre.StatementRef
	Statement centre.Statement
	Language  string
	Score     float64   // how near it is, on the scale of linking, 0..1
	Why       []string  // what ties the two
	Claim     centre.ID // that it belongs to now; zero for none
}

// ClaimSupport tells how reports that make no statement of a claim take it, and
// which of their statements may be of it: those proposed first, the nearest before
// others, then the surest. It reads reports of the claim's stories and those that
// put what is near the claim; those that are about something else are left out.
//
// What a person has already said to be apart from the claim is not proposed again,
// nor what is in tension with it.
func (d *Desk) ClaimSupport(ctx context.Context, who policy.View, id centre.ID) ([]ReportStance, error) {
	if _, err := signedIn(who); err != nil {
		return nil, err
	}
	claim, err := d.store.Claim(ctx, who, id)
	if err != nil {
		return nil, err
	}
	put, err := d.store.Report(ctx, who, claim.From.Report, claim.From.Version)
	if err != nil {
		return nil, err
	}
	heads, err := d.besides(ctx, who, claim)
	if err != nil {
		return nil, err
	}
	apart, err := d.apart(ctx, who, claim.ID)
	if err != nil {
		return nil, err
	}
	reports, drafts := make([]centre.Report, 0, len(heads)), make([]*centre.Draft, 0, len(heads))
	for _, h := range heads {
		full, err := d.store.Report(ctx, who, h.ID, 0)
		if centre.CodeOf(err) == centre.CodeNotFound {
			continue // taken from the reader in this moment
		}
		if err != nil {
			return nil, err
		}
		reports, drafts = append(reports, full), append(drafts, draftOf(&full))
	}
	judge, err := attitudeTo(claim)
	if err != nil {
		return nil, err
	}
	out := []ReportStance{}
	for i, near := range claims.Nearest(draftOf(&put), claim.From.No, drafts) {
		r := &reports[i]
		taken, score, about := judge(r)
		one := ReportStance{Report: r.ReportHead, Stance: taken, Score: score}
		if near.Proposed(about) && r.Withdrawn == "" {
			if one.Proposed, err = d.propose(ctx, who, claim, r, near, apart); err != nil {
				return nil, err
			}
		}
		if one.Proposed != nil || taken != "" && taken != stance.Unrelated {
			out = append(out, one)
		}
	}
	slices.SortStableFunc(out, func(a, b ReportStance) int {
		return cmp.Or(cmp.Compare(b.likeness(), a.likeness()), cmp.Compare(b.Score, a.Score))
	})
	return out, nil
}

func (r *ReportStance) likeness() float64 {
	if r.Proposed == nil {
		return 0
	}
	return r.Proposed.Score
}

// besides gives the reports that may say something of a claim and make no
// statement of it: those of its stories and those that put claims near it.
func (d *Desk) besides(ctx context.Context, who policy.View, claim centre.Claim) ([]centre.ReportHead, error) {
	statements, err := d.store.ClaimStatements(ctx, who, claim.ID, Page{Limit: statementsShown})
	if err != nil {
		return nil, err
	}
	seen := map[centre.ID]bool{}
	for _, s := range statements.Statements {
		seen[s.Ref.Report] = true
	}
	var out []centre.ReportHead
	add := func(h centre.ReportHead) {
		if !seen[h.ID] && len(out) < supportRead {
			seen[h.ID] = true // a report may come in two pages while stories move
			out = append(out, h)
		}
	}
	related, err := d.store.RelatedClaims(ctx, who, claim.ID)
	if err != nil {
		return nil, err
	}
	for _, r := range related {
		if r.Tension || r.By != "" || seen[r.With.From.Report] || len(out) >= supportRead/4 {
			continue
		}
		full, err := d.store.Report(ctx, who, r.With.From.Report, 0)
		if err != nil && centre.CodeOf(err) != centre.CodeNotFound {
			return nil, err
		}
		if err == nil {
			add(full.ReportHead)
		}
	}
	for _, story := range claim.Stories {
		page, err := d.list(ctx, who, query.Story{ID: story}, Page{Limit: supportRead})
		if err != nil {
			return nil, err
		}
		for _, r := range page.Reports {
			add(r.ReportHead)
		}
	}
	return out, nil
}

// setApart is what is not to be proposed for a claim.
type setApart struct {
	statements map[centre.StatementRef]bool // by report and number: the version plays no part
	claims     map[centre.ID]bool
}

// apart gives the statements that persons took out of a claim, and the claims that
// are known to be others: those that a person called near it, or that are in tension.
func (d *Desk) apart(ctx context.Context, who policy.View, id centre.ID) (setApart, error) {
	a := setApart{map[centre.StatementRef]bool{}, map[centre.ID]bool{}}
	edits, err := d.store.ClaimEdits(ctx, who, id)
	if err != nil {
		return a, err
	}
	for _, e := range edits {
		if e.Undone || e.Kind != centre.EditSplit && e.Kind != centre.EditLink {
			continue
		}
		for _, ref := range e.Statements {
			ref.Version = 0
			a.statements[ref] = true
		}
	}
	related, err := d.store.RelatedClaims(ctx, who, id)
	for _, r := range related {
		if r.By != "" || r.Tension {
			a.claims[r.With.ID] = true
		}
	}
	return a, err
}

// propose makes a proposal of the nearest statement of a report; nil where it is
// known to be apart from the claim.
func (d *Desk) propose(ctx context.Context, who policy.View, claim centre.Claim, r *centre.Report, near claims.Near, apart setApart) (*ProposedLink, error) {
	i := slices.IndexFunc(r.Statements, func(s centre.Statement) bool { return s.No == near.No })
	if i < 0 || apart.statements[centre.StatementRef{Report: r.ID, No: near.No}] {
		return nil, nil
	}
	of, err := d.store.ReportClaims(ctx, who, r.ID)
	if err != nil {
		return nil, err
	}
	now := of[near.No].ID
	if now == claim.ID || apart.claims[now] {
		return nil, nil
	}
	p := &ProposedLink{Ref: centre.StatementRef{Report: r.ID, Version: r.Version, No: near.No}, Statement: r.Statements[i], Score: near.Score, Claim: now}
	p.Language = draftOf(r).LanguageAt(p.Statement.Content[0].Start)
	_, p.Why = tied(claim, p.Language, wordsOf(&p.Statement))
	return p, nil
}

// attitudeTo gives what tells how a report takes a claim: its stance and how sure
// that is, and how likely the report is about the claim at all. The models know
// English articles and Arabic headlines; of anything else nothing is known, which
// is "", 0 and as likely as not.
func attitudeTo(claim centre.Claim) (func(*centre.Report) (stance.Stance, float64, float64), error) {
	models := map[string]func() (*stance.Classifier, error){"en": stance.Articles, "ar": stance.Headlines}
	load := models[claim.Language]
	if load == nil {
		return func(*centre.Report) (stance.Stance, float64, float64) { return "", 0, 0.5 }, nil
	}
	model, err := load()
	if err != nil {
		return nil, err
	}
	proposition := stance.Read(claim.Language, claim.Proposition)
	return func(r *centre.Report) (stance.Stance, float64, float64) {
		if r.Language != claim.Language {
			return "", 0, 0.5
		}
		words := r.Title
		if claim.Language == "en" {
			words = r.Content.Text
		}
		text := stance.Read(claim.Language, words)
		taken, score := model.Classify(proposition, text)
		return taken, score, model.About(proposition, text)
	}, nil
}

// draftOf gives a report as linking reads it.
func draftOf(r *centre.Report) *centre.Draft {
	return &centre.Draft{Content: r.Content, Published: r.Published, Language: r.Language, Mentions: r.Mentions, Findings: r.Findings}
}
