package desk

import (
	"context"
	"slices"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/query"
	"entente/internal/weave"
)

// compared is how many other reports of a story an explanation compares with.
const compared = 12

// Explanation is why the machine made of a report what it did. What it found in
// the text alone stands with each finding of the report; here is what it took
// the report together with.
type Explanation struct {
	Report centre.Report
	Ties   []ReportTie // with other reports of its story and set of copies, the closest first
}

// ReportTie is another report, and what the two have in common.
type ReportTie struct {
	Report centre.ReportHead
	weave.Tie
}

// ExplainReport says why a version of a report was read and grouped as it was;
// version 0 is the current one. It is computed from what the reader may see: a
// report that is hidden from the reader explains nothing.
func (d *Desk) ExplainReport(ctx context.Context, who policy.View, id centre.ID, version int) (Explanation, error) {
	if _, err := signedIn(who); err != nil {
		return Explanation{}, err
	}
	report, err := d.store.Report(ctx, who, id, version)
	if err != nil {
		return Explanation{}, err
	}
	out := Explanation{Report: report, Ties: []ReportTie{}}
	if report.Story == 0 {
		return out, nil
	}
	others, err := d.list(ctx, who, query.Story{ID: report.Story}, Page{Limit: compared + 1})
	if err != nil {
		return Explanation{}, err
	}
	for _, other := range others.Reports {
		if other.ID == id || len(out.Ties) == compared {
			continue
		}
		full, err := d.store.Report(ctx, who, other.ID, 0)
		if centre.CodeOf(err) == centre.CodeNotFound {
			continue // withdrawn from the reader in this moment
		}
		if err != nil {
			return Explanation{}, err
		}
		tie := weave.Explain(known(report), known(full))
		if report.CopySet != 0 && report.CopySet == full.CopySet && !tie.Copy {
			tie.Copy, tie.Score = true, 1
			tie.Why = append([]string{"the same words, or nearly: they are in one set of copies"}, tie.Why...)
		}
		out.Ties = append(out.Ties, ReportTie{other.ReportHead, tie})
	}
	slices.SortStableFunc(out.Ties, func(a, b ReportTie) int {
		switch {
		case a.Score > b.Score:
			return -1
		case a.Score < b.Score:
			return 1
		}
		return 0
	})
	return out, nil
}

// known is a report as weaving remembers one.
func known(r centre.Report) weave.Known {
	return weave.Known{Report: r.ID, CopySet: r.CopySet, Story: r.Story, Published: r.Published, Received: r.Received,
		Language: r.Language, Title: r.Title, Mentions: r.Mentions, Events: weave.Happened(r.EventMentions), Text: r.Content.Text}
}
