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

// Claims implements store.Claims. The list walks the statements that the view
// sees, newest report first; a claim stands where its newest one does.
func (s *Store) Claims(ctx context.Context, v policy.View, f store.ClaimFilter, p store.Page) (store.ClaimPage, error) {
	page := store.ClaimPage{Claims: []centre.Claim{}}
	before, limit, err := statementPage(p)
	if err != nil {
		return page, err
	}
	err = s.read(ctx, func(tx *sql.Tx) error {
		w := claimWalk{s: s, tx: tx, view: v, filter: f, start: before, seen: map[centre.ID]bool{}}
		if err := w.narrow(ctx); err != nil {
			return err
		}
		var order []statementAt
		page.Claims, order, err = w.walk(ctx, before, limit+1)
		if err != nil {
			return err
		}
		if len(page.Claims) > limit {
			page.Claims = page.Claims[:limit]
			page.Next = statementCursor(order[limit-1])
		}
		return nil
	})
	return page, err
}

// claimWalk finds the claims of a page.
type claimWalk struct {
	s      *Store
	tx     *sql.Tx
	view   policy.View
	filter store.ClaimFilter
	start  statementAt // statements not below it stood on earlier pages
	seen   map[centre.ID]bool
	looked int
	only   string // condition on the claims that can be among them; "" for any
}

// narrow finds the claims that stand as asked, where those are few among many.
func (w *claimWalk) narrow(ctx context.Context) error {
	statuses := w.filter.Status
	if w.filter.Said.Status != "" {
		statuses = []centre.ClaimStatus{w.filter.Said.Status}
	}
	if len(statuses) == 0 && w.filter.Said.Roots >= 2 {
		statuses = []centre.ClaimStatus{""}
	}
	if len(statuses) == 0 || slices.Contains(statuses, centre.ClaimUnverified) {
		return nil // most are: it is as well to look at them one after the other
	}
	var all []centre.ID
	for _, status := range statuses {
		some, err := w.s.claimsThat(ctx, w.tx, w.view, query.Said{Status: status, Roots: w.filter.Said.Roots})
		if err != nil {
			return err
		}
		all = append(all, some...)
	}
	w.only = in("z.claim_id", all)
	return nil
}

// walk gives up to limit claims and where they stand.
func (w *claimWalk) walk(ctx context.Context, before statementAt, limit int) ([]centre.Claim, []statementAt, error) {
	claims, order := []centre.Claim{}, []statementAt{}
	for batch := 4 * limit; len(claims) < limit && w.looked < store.MaxCandidates; batch = min(2*batch, 2000) {
		fresh, n, last, err := w.batch(ctx, before, batch)
		if err != nil {
			return nil, nil, err
		}
		before = last
		ids := make([]centre.ID, len(fresh))
		for i := range fresh {
			ids[i] = fresh[i].claim
		}
		shown, err := w.shownBefore(ctx, ids)
		if err != nil {
			return nil, nil, err
		}
		fresh = slices.DeleteFunc(fresh, func(at claimAt) bool { return shown[at.claim] })
		for part := range slices.Chunk(fresh, max(1, limit)) {
			ids = ids[:0]
			for _, at := range part {
				ids = append(ids, at.claim)
			}
			w.looked += len(ids)
			found, err := w.s.judged(ctx, w.tx, w.view, ids, true)
			if err != nil {
				return nil, nil, err
			}
			for _, c := range found {
				if len(claims) < limit && w.wants(&c) {
					i := slices.IndexFunc(part, func(at claimAt) bool { return at.claim == c.ID })
					claims, order = append(claims, c), append(order, part[i].statementAt)
				}
			}
			if len(claims) == limit {
				break
			}
		}
		if n < batch {
			break
		}
	}
	return claims, order, nil
}

func (w *claimWalk) wants(c *centre.Claim) bool {
	f := &w.filter
	return (len(f.Status) == 0 || slices.Contains(f.Status, c.Status)) && (f.Said.Status == "" || f.Said.Status == c.Status) && c.For >= f.Said.Roots
}

// claimAt is a claim and the statement at which it stands in a list.
type claimAt struct {
	claim centre.ID
	statementAt
}

// batch reads the next statements that match, and the claims among them that
// were not seen before.
func (w *claimWalk) batch(ctx context.Context, before statementAt, limit int) (fresh []claimAt, n int, last statementAt, err error) {
	bound := int64(newest)
	if before.report != newest {
		bound = int64(before.report) + 1
	}
	p, tables, err := w.from(ctx, 0, bound)
	if err != nil {
		return nil, 0, last, err
	}
	rows, err := w.tx.QueryContext(ctx, "SELECT z.claim_id, z.report_id, z.no FROM "+tables+" AND "+before.below()+
		" ORDER BY "+p.order()+" DESC, z.no DESC LIMIT "+p.arg(int64(limit)), p.args...)
	err = each(rows, err, func(rows *sql.Rows) error {
		var at claimAt
		if err := rows.Scan(&at.claim, &at.report, &at.no); err != nil {
			return err
		}
		n++
		last = at.statementAt
		if !w.seen[at.claim] {
			w.seen[at.claim] = true
			fresh = append(fresh, at)
		}
		return nil
	})
	return fresh, n, last, err
}

// from gives the tables and conditions of the statements that match.
func (w *claimWalk) from(ctx context.Context, after, before int64) (*plan, string, error) {
	p, err := w.s.plan(ctx, w.tx, w.view, w.filter.Query)
	if err != nil {
		return nil, "", err
	}
	tables, conditions, _ := strings.Cut(p.from(after, before), " WHERE ")
	text := tables + " CROSS JOIN statement z WHERE z.report_id = r.id AND z.claim_id <> 0 AND " + conditions
	said := w.filter.Said
	said.Status, said.Roots = "", 0
	if w.only != "" {
		text += " AND " + w.only
	}
	return p, text + " AND " + p.saidOf(said), nil
}

// shownBefore tells which claims stood on an earlier page, or were looked at
// there: a statement that matches is not below the start of this one.
func (w *claimWalk) shownBefore(ctx context.Context, claims []centre.ID) (map[centre.ID]bool, error) {
	shown := map[centre.ID]bool{}
	if w.start.report == newest || len(claims) == 0 {
		return shown, nil
	}
	p, tables, err := w.from(ctx, int64(w.start.report)-1, newest)
	if err != nil {
		return nil, err
	}
	list, err := ids(w.tx.QueryContext(ctx, "SELECT DISTINCT z.claim_id FROM "+tables+" AND "+w.start.notBelow()+" AND "+in("z.claim_id", claims), p.args...))
	for _, id := range list {
		shown[id] = true
	}
	return shown, err
}
