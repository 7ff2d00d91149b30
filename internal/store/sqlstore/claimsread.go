package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/store"
)

const heldColumns = `z.report_id, z.no, z.version, z.claim_id, z.at, z.content, k.token,
	r.label_id, r.story_id, r.copyset_id, r.language, r.published, r.received, c.received, r.reliability,
	c.title, c.url, c.published_precision, c.published_basis, coalesce(x.withdrawn, ''), coalesce(t.id, 0),
	o.id, o.name, o.family, o.ownership, o.country, o.reliability, o.label_id`

// The order of the tables is the order of the walk: a claim has few statements,
// and a view has many reports.
//
// A translation tells of what it translates only whom that is released to.
func heldTables(v policy.View) string {
	return `statement z CROSS JOIN report r CROSS JOIN report_version c CROSS JOIN source o
	LEFT JOIN document_detail x ON x.document_id = c.document_id LEFT JOIN root_token k ON k.report_id = z.report_id AND k.digest = z.digest
	LEFT JOIN echo e ON e.document_id = r.current_id LEFT JOIN report t ON t.id = e.of_id AND ` + visible(v, "t.label_id") + `
	WHERE r.id = z.report_id AND c.document_id = r.current_id AND o.id = r.source_id AND ` + visible(v, "r.label_id")
}

// heldStatement is a statement with when it was stored or moved, and when the
// version of its report was received.
type heldStatement struct {
	centre.ClaimStatement
	at    int64
	taken sql.NullInt64
}

// heldStatements reads statements as the view sees their reports. where and what
// follows it stand behind the condition that it does see them.
func (s *Store) heldStatements(ctx context.Context, tx *sql.Tx, v policy.View, where string, args ...any) ([]heldStatement, error) {
	var list []heldStatement
	rows, err := tx.QueryContext(ctx, "SELECT "+heldColumns+" FROM "+heldTables(v)+" AND "+where, args...)
	err = each(rows, err, func(rows *sql.Rows) error {
		var h heldStatement
		var content, withdrawn string
		var token []byte
		var published momentRow
		var received sql.NullInt64
		var graded, standing int64
		var source centre.Carrier
		var sourceLabel policy.LabelID
		carrier := &h.Carrier
		if err := rows.Scan(&h.Ref.Report, &h.Ref.No, &h.Ref.Version, &h.Claim, &h.at, &content, &token,
			&h.Label, &h.Story, &carrier.CopySet, &h.Language, &published.at, &received, &h.taken, &graded,
			&carrier.Title, &carrier.URL, &published.precision, &published.basis, &withdrawn, &carrier.Translation,
			&source.Source, &source.Name, &source.Family, &source.Ownership, &source.Country, &standing, &sourceLabel); err != nil {
			return err
		}
		var kept storedStatement
		if err := json.Unmarshal([]byte(content), &kept); err != nil {
			return fmt.Errorf("a stored statement cannot be read: %w", err)
		}
		h.Statement, h.Parties = kept.Statement, kept.Parties
		h.Link = centre.ClaimLink{Score: kept.Score, Why: orNone(kept.Why), By: kept.By}
		carrier.Report, carrier.Withdrawn = h.Ref.Report, withdrawn != ""
		carrier.Published, carrier.Received = published.moment(), timeOf(received)
		carrier.Reliability = centre.Reliability(graded)
		if v.Sees(sourceLabel) {
			carrier.Source, carrier.Name, carrier.Family = source.Source, source.Name, source.Family
			carrier.Ownership, carrier.Country = source.Ownership, source.Country
			if carrier.Reliability == 0 {
				carrier.Reliability = centre.Reliability(standing)
			}
		}
		if len(token) > 0 {
			h.Roots = []string{hex.EncodeToString(token)}
		}
		list = append(list, h)
		return nil
	})
	for i := range list {
		if err == nil {
			list[i].Marking, err = s.marking(ctx, tx, list[i].Label)
		}
	}
	return list, err
}

// heldClaims reads the statements of claims that the view sees, by claim, in the
// order of arrival; of a claim with very many the first and the last.
func (s *Store) heldClaims(ctx context.Context, tx *sql.Tx, v policy.View, claims []centre.ID) (map[centre.ID][]heldStatement, error) {
	held := map[centre.ID][]heldStatement{}
	var few, many []centre.ID
	rows, err := tx.QueryContext(ctx, "SELECT claim_id, count(*) FROM statement WHERE claim_id <> 0 AND "+in("claim_id", claims)+" GROUP BY claim_id ORDER BY claim_id")
	err = each(rows, err, func(rows *sql.Rows) error {
		var id centre.ID
		var n int
		err := rows.Scan(&id, &n)
		if n > store.MaxJudged {
			many = append(many, id)
		} else {
			few = append(few, id)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	for part := range slices.Chunk(few, 500) {
		list, err := s.heldStatements(ctx, tx, v, "z.claim_id <> 0 AND "+in("z.claim_id", part))
		if err != nil {
			return nil, err
		}
		// Sorted here: the rows are wide, and the database would copy them for it.
		slices.SortFunc(list, func(a, b heldStatement) int {
			return cmp.Or(cmp.Compare(a.Ref.Report, b.Ref.Report), cmp.Compare(a.Ref.No, b.Ref.No))
		})
		for _, h := range list {
			held[h.Claim] = append(held[h.Claim], h)
		}
	}
	for _, id := range many {
		one := "z.claim_id <> 0 AND " + in("z.claim_id", []centre.ID{id}) + " ORDER BY z.report_id %[1]s, z.no %[1]s LIMIT $1"
		first, err := s.heldStatements(ctx, tx, v, fmt.Sprintf(one, ""), int64(store.MaxJudged/2))
		if err != nil {
			return nil, err
		}
		last, err := s.heldStatements(ctx, tx, v, fmt.Sprintf(one, "DESC"), int64(store.MaxJudged/2))
		if err != nil {
			return nil, err
		}
		slices.Reverse(last)
		seen := map[centre.StatementRef]bool{}
		for _, h := range slices.Concat(first, last) {
			if !seen[h.Ref] {
				seen[h.Ref] = true
				held[id] = append(held[id], h)
			}
		}
	}
	return held, nil
}

// Statements implements store.Claims.
func (s *Store) Statements(ctx context.Context, v policy.View, refs []centre.StatementRef) ([]centre.ClaimStatement, error) {
	out := []centre.ClaimStatement{}
	if len(refs) == 0 {
		return out, nil
	}
	err := s.read(ctx, func(tx *sql.Tx) error {
		list, err := s.heldStatements(ctx, tx, v, refsIn(refs))
		for _, ref := range refs {
			if i := slices.IndexFunc(list, func(h heldStatement) bool { return h.Ref.Report == ref.Report && h.Ref.No == ref.No }); i >= 0 {
				out = append(out, list[i].ClaimStatement)
			}
		}
		return err
	})
	return out, err
}

// refsIn is the condition that a statement is one of those named.
func refsIn(refs []centre.StatementRef) string {
	parts := make([]string, len(refs))
	for i, r := range refs {
		parts[i] = fmt.Sprintf("z.report_id = %d AND z.no = %d", int64(r.Report), r.No)
	}
	return "(" + strings.Join(parts, " OR ") + ")"
}

// kindStatements begins a cursor of a list of statements or of claims, which
// both are walked by report and number, newest first.
const kindStatements = 'c'

// place is where a statement stands in such a list.
type statementAt struct {
	report centre.ID
	no     int
}

func statementCursor(at statementAt) string {
	return fmt.Sprintf("%s.%d", cursorOf(kindStatements, at.report), at.no)
}

// statementPage reads a cursor: only statements below it are still to come.
func statementPage(p store.Page) (before statementAt, limit int, err error) {
	if limit, err = limitOf(p.Limit); err != nil {
		return before, 0, err
	}
	if p.After == "" {
		return statementAt{report: newest}, limit, nil
	}
	head, no, ok := strings.Cut(p.After, ".")
	if ok && len(head) > 1 && head[0] == kindStatements {
		id, err := centre.ParseID(head[1:])
		if _, scanned := fmt.Sscanf(no, "%d", &before.no); err == nil && scanned == nil && id > 0 && before.no >= 0 {
			before.report = id
			return before, limit, nil
		}
	}
	return before, 0, centre.Invalid("%q is not a place in this list; begin again without it", p.After)
}

// below is the condition that a statement stands below a place.
func (at statementAt) below() string {
	if at.report == newest {
		return "1 = 1"
	}
	return fmt.Sprintf("(z.report_id < %d OR z.report_id = %d AND z.no < %d)", int64(at.report), int64(at.report), at.no)
}

// notBelow is the opposite of below.
func (at statementAt) notBelow() string {
	return fmt.Sprintf("(z.report_id > %d OR z.report_id = %d AND z.no >= %d)", int64(at.report), int64(at.report), at.no)
}

// ClaimStatements implements store.Claims.
func (s *Store) ClaimStatements(ctx context.Context, v policy.View, id centre.ID, p store.Page) (store.StatementPage, error) {
	page := store.StatementPage{Statements: []centre.ClaimStatement{}}
	before, limit, err := statementPage(p)
	if err != nil {
		return page, err
	}
	err = s.read(ctx, func(tx *sql.Tx) error {
		id, err := s.standing(ctx, tx, v, id)
		if err != nil {
			return err
		}
		list, err := s.heldStatements(ctx, tx, v, in("z.claim_id", []centre.ID{id})+" AND z.claim_id <> 0 AND "+before.below()+
			" ORDER BY z.report_id DESC, z.no DESC LIMIT $1", int64(limit+1))
		if err != nil {
			return err
		}
		if len(list) > limit {
			list = list[:limit]
			page.Next = statementCursor(statementAt{list[limit-1].Ref.Report, list[limit-1].Ref.No})
		}
		for _, h := range list {
			page.Statements = append(page.Statements, h.ClaimStatement)
		}
		return nil
	})
	return page, err
}

// standing gives the claim that a name stands for: itself, or what it was merged
// into. Where the view sees none of its statements there is no such claim.
func (s *Store) standing(ctx context.Context, tx *sql.Tx, v policy.View, id centre.ID) (centre.ID, error) {
	into, err := mergedInto(ctx, tx, []centre.ID{id})
	if err != nil {
		return 0, err
	}
	if to, ok := into[id]; ok {
		id = to
	}
	var one int
	err = tx.QueryRowContext(ctx, "SELECT 1 FROM statement z CROSS JOIN report r WHERE r.id = z.report_id AND z.claim_id <> 0 AND "+in("z.claim_id", []centre.ID{id})+
		" AND "+visible(v, "r.label_id")+" LIMIT 1").Scan(&one)
	return id, orNotFound(err, "claim")
}
