package sqlstore

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/query"
	"entente/internal/store"
)

// resolveSaid judges the claims that a node asks about by status or roots: how a
// claim stands is no column, but follows for each view from what it sees. Those
// with the newest reports are judged, at most store.MaxCandidates.
func (p *plan) resolveSaid(ctx context.Context, tx *sql.Tx, n query.Said) error {
	asked := query.Said{Status: n.Status, Roots: n.Roots}
	if asked == (query.Said{}) {
		return nil
	}
	if p.claims == nil {
		p.claims = map[query.Said][]centre.ID{}
	}
	if _, done := p.claims[asked]; done {
		return nil
	}
	found, err := p.s.claimsThat(ctx, tx, p.view, asked)
	p.claims[asked] = found
	return err
}

// claimsThat lists the claims that stand as asked, of those with the newest reports.
func (s *Store) claimsThat(ctx context.Context, tx *sql.Tx, v policy.View, asked query.Said) ([]centre.ID, error) {
	candidates, err := claimCandidates(ctx, tx, v, asked)
	if err != nil {
		return nil, err
	}
	found := []centre.ID{}
	for part := range slices.Chunk(candidates, 1000) {
		claims, err := s.judged(ctx, tx, v, part, false)
		if err != nil {
			return nil, err
		}
		for i := range claims {
			if c := &claims[i]; (asked.Status == "" || c.Status == asked.Status) && c.For >= asked.Roots {
				found = append(found, c.ID)
			}
		}
	}
	return found, nil
}

// claimCandidates lists the claims that may have what is asked, by what they
// would have to hold for it: statements on both sides, or as many as roots.
func claimCandidates(ctx context.Context, tx *sql.Tx, v policy.View, asked query.Said) ([]centre.ID, error) {
	disputed := asked.Status == centre.ClaimContested || asked.Status == centre.ClaimRefuted
	where, least := "z.claim_id <> 0", max(asked.Roots, 1)
	switch {
	case disputed:
		where += " AND z.side < 0"
		least = 1
	case asked.Status == centre.ClaimCorroborated:
		least = max(least, 2)
	}
	counted := map[centre.ID]int{}
	order := []centre.ID{}
	rows, err := tx.QueryContext(ctx, "SELECT z.claim_id FROM statement z CROSS JOIN report r WHERE r.id = z.report_id AND "+where+" AND "+visible(v, "r.label_id")+
		" ORDER BY z.report_id DESC LIMIT $1", int64(maxWalked))
	err = each(rows, err, func(rows *sql.Rows) error {
		var id centre.ID
		err := rows.Scan(&id)
		if counted[id]++; counted[id] == least {
			order = append(order, id)
		}
		return err
	})
	order = order[:min(len(order), store.MaxCandidates)]
	if err != nil || !disputed || len(order) == 0 {
		return order, err
	}
	return ids(tx.QueryContext(ctx, "SELECT DISTINCT z.claim_id FROM statement z CROSS JOIN report r WHERE r.id = z.report_id AND z.claim_id <> 0 AND "+in("z.claim_id", order)+
		" AND z.side > 0 AND "+visible(v, "r.label_id")))
}

// maxWalked is how many statements are walked to find candidates.
const maxWalked = 50_000

// saidOf is what a node asks of the statement z itself, whatever its claim.
func (p *plan) saidOf(n query.Said) string {
	wanted := query.SpeakerWanted(clean(n.Speaker))
	if n.Speaker != "" && len(wanted) == 0 {
		return "1 = 0" // before any argument: PostgreSQL refuses one that no condition uses
	}
	var conditions []string
	if n.Stance != "" {
		conditions = append(conditions, "z.stance = "+p.arg(clean(string(n.Stance))))
	}
	for _, any := range wanted {
		var or []string
		for _, key := range any {
			or = append(or, "z.speaker LIKE "+p.arg("% "+key+" %")) // keys are letters and digits
		}
		conditions = append(conditions, join(or, " OR ", "1 = 0"))
	}
	return join(conditions, " AND ", "1 = 1")
}

// saidCondition is the condition that r has a statement as a node asks for.
func (p *plan) saidCondition(n query.Said) string {
	said := p.saidOf(n)
	if n.Status == "" && n.Roots == 0 {
		return "EXISTS (SELECT 1 FROM statement z WHERE z.report_id = r.id AND " + said + ")"
	}
	claims := p.claims[query.Said{Status: n.Status, Roots: n.Roots}]
	return "r.id IN (SELECT z.report_id FROM statement z WHERE z.claim_id <> 0 AND " + in("z.claim_id", claims) + " AND " + said + ")"
}

// saidMatch is what every report has in the search index whose speaker is asked
// for; its other words are for saidCondition.
func saidMatch(n query.Said) (Match, bool, bool) {
	var both Both
	for _, any := range query.SpeakerWanted(clean(n.Speaker)) {
		keys := make([]string, 0, len(any))
		for _, key := range any {
			if !strings.ContainsAny(key, " \t\n\r\v\f") {
				keys = append(keys, keySpeaker+key)
			}
		}
		both = append(both, keysMatch(keys))
	}
	return both, false, len(both) > 0
}
