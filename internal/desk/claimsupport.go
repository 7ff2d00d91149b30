package desk

import (
	"cmp"
	"context"
	"slices"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/query"
	"entente/internal/stance"
)

// supportRead is how many reports of a claim's stories are held against it.
const supportRead = 40

// ReportStance is how a whole report takes a claim of which it has no
// statement. It is a guess of a machine, shown to help a person link; nothing is
// counted from it.
type ReportStance struct {
	Report centre.ReportHead
	Stance stance.Stance
	Score  float64 // 0..1
}

// ClaimSupport tells how the reports of a claim's stories that make no statement
// of it take it, the surest first, those that are about something else left out.
// The models know English articles and Arabic headlines; for a claim in another
// language it gives nothing.
func (d *Desk) ClaimSupport(ctx context.Context, who policy.View, id centre.ID) ([]ReportStance, error) {
	if _, err := signedIn(who); err != nil {
		return nil, err
	}
	claim, err := d.store.Claim(ctx, who, id)
	if err != nil {
		return nil, err
	}
	models := map[string]func() (*stance.Classifier, error){"en": stance.Articles, "ar": stance.Headlines}
	load := models[claim.Language]
	if load == nil {
		return []ReportStance{}, nil
	}
	model, err := load()
	if err != nil {
		return nil, err
	}
	statements, err := d.store.ClaimStatements(ctx, who, claim.ID, Page{Limit: statementsShown})
	if err != nil {
		return nil, err
	}
	carries := map[centre.ID]bool{}
	for _, s := range statements.Statements {
		carries[s.Ref.Report] = true
	}
	proposition := stance.Read(claim.Language, claim.Proposition)
	out, left := []ReportStance{}, supportRead
	for _, story := range claim.Stories {
		page, err := d.list(ctx, who, query.Story{ID: story}, Page{Limit: supportRead})
		if err != nil {
			return nil, err
		}
		for _, r := range page.Reports {
			if left == 0 || carries[r.ID] || r.Language != claim.Language {
				continue
			}
			left--
			carries[r.ID] = true // a report may come in two pages while stories move
			text := r.Title
			if claim.Language == "en" {
				full, err := d.store.Report(ctx, who, r.ID, 0)
				if centre.CodeOf(err) == centre.CodeNotFound {
					continue // taken from the reader in this moment
				}
				if err != nil {
					return nil, err
				}
				text = full.Content.Text
			}
			if s, score := model.Classify(proposition, stance.Read(claim.Language, text)); s != stance.Unrelated {
				out = append(out, ReportStance{r.ReportHead, s, score})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b ReportStance) int { return cmp.Compare(b.Score, a.Score) })
	return out, nil
}
