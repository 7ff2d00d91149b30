package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/store"
)

// ClaimGradings implements store.Claims.
func (s *Store) ClaimGradings(ctx context.Context, v policy.View, id centre.ID) ([]centre.ClaimGrading, error) {
	gradings := []centre.ClaimGrading{}
	err := s.read(ctx, func(tx *sql.Tx) error {
		id, err := s.standing(ctx, tx, v, id)
		if err != nil {
			return err
		}
		gradings, err = s.gradingsOf(ctx, tx, v, []centre.ID{id})
		return err
	})
	return gradings, err
}

// gradingsOf reads the gradings of claims and of what was merged into them, as
// gradings of those claims, that the view sees, newest first.
func (s *Store) gradingsOf(ctx context.Context, tx *sql.Tx, v policy.View, claims []centre.ID) ([]centre.ClaimGrading, error) {
	gradings := []centre.ClaimGrading{}
	part, err := mergedOf(ctx, tx, claims)
	if err != nil {
		return nil, err
	}
	var labels []policy.LabelID
	rows, err := tx.QueryContext(ctx, `SELECT id, claim_id, label_id, reliability, credibility, reason, person, name, member, at FROM claim_grading
		WHERE `+in("claim_id", keysOf(part))+" AND "+visible(v, "label_id")+" ORDER BY id DESC")
	err = each(rows, err, func(rows *sql.Rows) error {
		var g centre.ClaimGrading
		var label policy.LabelID
		var reliability, credibility int64
		var at sql.NullInt64
		err := rows.Scan(&g.ID, &g.Claim, &label, &reliability, &credibility, &g.Reason, &g.Person, &g.By, &g.Member, &at)
		g.Claim = part[g.Claim]
		g.Grade, g.At = centre.Grade{Reliability: centre.Reliability(reliability), Credibility: centre.Credibility(credibility)}, timeOf(at)
		gradings, labels = append(gradings, g), append(labels, label)
		return err
	})
	for i := range gradings {
		if err == nil {
			gradings[i].Marking, err = s.marking(ctx, tx, labels[i])
		}
	}
	return gradings, err
}

func (s *Store) newestGradings(ctx context.Context, tx *sql.Tx, v policy.View, claims []centre.ID) (map[centre.ID]*centre.ClaimGrading, error) {
	given := map[centre.ID]*centre.ClaimGrading{}
	list, err := s.gradingsOf(ctx, tx, v, claims)
	for i := range list {
		if given[list[i].Claim] == nil {
			given[list[i].Claim] = &list[i]
		}
	}
	return given, err
}

// ClaimEdits implements store.Claims.
func (s *Store) ClaimEdits(ctx context.Context, v policy.View, id centre.ID) ([]centre.ClaimEdit, error) {
	edits := []centre.ClaimEdit{}
	err := s.read(ctx, func(tx *sql.Tx) error {
		id, err := s.standing(ctx, tx, v, id)
		if err != nil {
			return err
		}
		part, err := mergedOf(ctx, tx, []centre.ID{id})
		if err != nil {
			return err
		}
		family := keysOf(part)
		own := "(" + in("e.claim_id", family) + " OR e.other_id <> 0 AND " + in("e.other_id", family) + " OR e.id IN (SELECT m.edit_id FROM claim_move m WHERE m.from_id <> 0 AND " + in("m.from_id", family) + "))"
		all, labels, err := readEdits(tx.QueryContext(ctx, editColumns+" WHERE "+own+" ORDER BY e.id DESC LIMIT 200"))
		if err != nil {
			return err
		}
		for i := range all {
			e := &all[i]
			if !v.Sees(labels[i]) {
				felt, err := s.felt(ctx, tx, v, e)
				if err != nil {
					return err
				}
				if !felt {
					continue
				}
			}
			edits = append(edits, *e)
		}
		return nil
	})
	return edits, err
}

// felt tells whether an edit, not all of whose ground the view sees, changed what
// it sees: a statement that it moved, and one of the claims that this one left or
// came to. Such an edit is shown without its reason and without what is hidden.
func (s *Store) felt(ctx context.Context, tx *sql.Tx, v policy.View, e *centre.ClaimEdit) (bool, error) {
	edit := e.ID
	if e.Undoes != 0 {
		edit = e.Undoes
	}
	e.Closed, e.Reason = true, ""
	named := []centre.ID{e.Claim, e.Other}
	if e.Kind == centre.EditRelated {
		now, err := mergedInto(ctx, tx, named)
		if err != nil {
			return false, err
		}
		for _, id := range named {
			if to, ok := now[id]; ok {
				id = to
			}
			seen, err := exists(ctx, tx, "SELECT 1 FROM statement z CROSS JOIN report r WHERE r.id = z.report_id AND z.claim_id <> 0 AND "+in("z.claim_id", []centre.ID{id})+" AND "+visible(v, "r.label_id")+" LIMIT 1", nil)
			if err != nil || !seen {
				return false, err
			}
		}
		return true, nil
	}
	seen, err := ids(tx.QueryContext(ctx, "SELECT DISTINCT m.from_id FROM claim_move m CROSS JOIN report r WHERE r.id = m.report_id AND m.edit_id = $1 AND "+visible(v, "r.label_id"), int64(edit)))
	if err != nil || len(seen) == 0 {
		return false, err
	}
	named = append(named, seen...)
	now, err := mergedInto(ctx, tx, named)
	if err != nil {
		return false, err
	}
	for i, id := range named {
		if to, ok := now[id]; ok {
			named[i] = to
		}
	}
	felt, err := exists(ctx, tx, "SELECT 1 FROM statement z CROSS JOIN report r WHERE r.id = z.report_id AND z.claim_id <> 0 AND "+in("z.claim_id", named)+" AND "+visible(v, "r.label_id")+
		" AND NOT EXISTS (SELECT 1 FROM claim_move m WHERE m.edit_id = $1 AND m.report_id = z.report_id AND m.digest = z.digest) LIMIT 1", []any{int64(edit)})
	if err != nil || !felt || len(e.Statements) == 0 {
		return felt, err
	}
	shown := map[centre.ID]bool{}
	var reports []centre.ID
	for _, ref := range e.Statements {
		reports = append(reports, ref.Report)
	}
	list, err := ids(tx.QueryContext(ctx, "SELECT r.id FROM report r WHERE "+in("r.id", reports)+" AND "+visible(v, "r.label_id")))
	for _, id := range list {
		shown[id] = true
	}
	e.Statements = slices.DeleteFunc(e.Statements, func(ref centre.StatementRef) bool { return !shown[ref.Report] })
	return true, err
}

const editColumns = "SELECT e.id, e.kind, e.claim_id, e.other_id, e.content, e.reason, e.person, e.name, e.member, e.at, e.undoes, e.undone, e.label_id FROM claim_edit e"

func readEdits(rows *sql.Rows, err error) ([]centre.ClaimEdit, []policy.LabelID, error) {
	edits, labels := []centre.ClaimEdit{}, []policy.LabelID{}
	return edits, labels, each(rows, err, func(rows *sql.Rows) error {
		var e centre.ClaimEdit
		var content string
		var at sql.NullInt64
		var undone int64
		var label policy.LabelID
		if err := rows.Scan(&e.ID, &e.Kind, &e.Claim, &e.Other, &content, &e.Reason, &e.Person, &e.By, &e.Member, &at, &e.Undoes, &undone, &label); err != nil {
			return err
		}
		var kept storedEdit
		if err := json.Unmarshal([]byte(content), &kept); err != nil {
			return fmt.Errorf("a stored correction cannot be read: %w", err)
		}
		e.Statements, e.Tension, e.At, e.Undone = kept.Statements, kept.Tension, timeOf(at), undone != 0
		edits, labels = append(edits, e), append(labels, label)
		return nil
	})
}

// Corrected implements store.Claims.
func (s *Store) Corrected(ctx context.Context, g policy.Grant, after centre.ID, limit int) ([]centre.ClaimEdit, error) {
	if err := permit(g, policy.ActionPipeline); err != nil {
		return nil, err
	}
	var edits []centre.ClaimEdit
	err := s.read(ctx, func(tx *sql.Tx) (err error) {
		if edits, _, err = readEdits(tx.QueryContext(ctx, editColumns+" WHERE e.id > $1 ORDER BY e.id LIMIT $2", int64(after), int64(max(1, min(limit, maxPending))))); err != nil {
			return err
		}
		for i := range edits {
			edit := edits[i].ID
			if edits[i].Undoes != 0 {
				edit = edits[i].Undoes
			}
			if edits[i].From, err = ids(tx.QueryContext(ctx, "SELECT DISTINCT from_id FROM claim_move WHERE edit_id = $1 AND from_id <> 0", int64(edit))); err != nil {
				return err
			}
		}
		return nil
	})
	return edits, err
}

// nearTo lists the claims that are held to be near a claim or what was merged into
// it, each as it stands now and once, those in tension first.
func nearTo(ctx context.Context, q querier, id centre.ID) ([]centre.RelatedClaim, error) {
	part, err := mergedOf(ctx, q, []centre.ID{id})
	if err != nil {
		return nil, err
	}
	family := keysOf(part)
	var list []centre.RelatedClaim
	rows, err := q.QueryContext(ctx, "SELECT CASE WHEN "+in("a_id", family)+" THEN b_id ELSE a_id END, tension, score, why, name FROM claim_related WHERE "+
		in("a_id", family)+" OR "+in("b_id", family)+" ORDER BY tension DESC, score DESC, a_id, b_id LIMIT 200")
	err = each(rows, err, func(rows *sql.Rows) error {
		var r centre.RelatedClaim
		var tension int64
		var why string
		if err := rows.Scan(&r.Claim, &tension, &r.Score, &why, &r.By); err != nil {
			return err
		}
		r.Tension = tension != 0
		var err error
		r.Why, err = unlist[string](why)
		list = append(list, r)
		return err
	})
	if err != nil {
		return nil, err
	}
	others := make([]centre.ID, len(list))
	for i := range list {
		others[i] = list[i].Claim
	}
	now, err := mergedInto(ctx, q, others)
	if err != nil {
		return nil, err
	}
	// What a person says of two claims stands before what the machine says.
	slices.SortStableFunc(list, func(a, b centre.RelatedClaim) int { return flagged(a.By == "") - flagged(b.By == "") })
	seen := map[centre.ID]bool{id: true}
	var out []centre.RelatedClaim
	for _, r := range list {
		if to, ok := now[r.Claim]; ok {
			r.Claim = to
		}
		if !seen[r.Claim] {
			seen[r.Claim] = true
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b centre.RelatedClaim) int {
		return cmp.Or(flagged(b.Tension)-flagged(a.Tension), cmp.Compare(b.Score, a.Score))
	})
	return out, nil
}

func flagged(b bool) int {
	if b {
		return 1
	}
	return 0
}

// RelatedClaims implements store.Claims.
func (s *Store) RelatedClaims(ctx context.Context, v policy.View, id centre.ID) ([]store.RelatedClaim, error) {
	out := []store.RelatedClaim{}
	err := s.read(ctx, func(tx *sql.Tx) error {
		id, err := s.standing(ctx, tx, v, id)
		if err != nil {
			return err
		}
		list, err := nearTo(ctx, tx, id)
		if err != nil {
			return err
		}
		ids := make([]centre.ID, len(list))
		for i := range list {
			ids[i] = list[i].Claim
		}
		claims, err := s.judged(ctx, tx, v, ids, true)
		for _, r := range list {
			i := slices.IndexFunc(claims, func(c centre.Claim) bool { return c.ID == r.Claim })
			if i >= 0 && len(out) < maxRelated {
				out = append(out, store.RelatedClaim{RelatedClaim: r, With: claims[i]})
			}
		}
		return err
	})
	return out, err
}

const maxRelated = 50

// RememberStatements implements store.Claims.
func (s *Store) RememberStatements(ctx context.Context, v policy.View, limit int, remember func(store.KnownStatement) error) error {
	if limit <= 0 {
		return nil
	}
	return s.read(ctx, func(tx *sql.Tx) error {
		// The reports at which to begin: so many statements are above them.
		var begin sql.NullInt64
		err := tx.QueryRowContext(ctx, "SELECT z.report_id FROM statement z ORDER BY z.report_id DESC LIMIT 1 OFFSET $1", int64(limit)).Scan(&begin)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		rows, err := tx.QueryContext(ctx, "SELECT z.claim_id, z.report_id, z.features FROM statement z CROSS JOIN report r WHERE r.id = z.report_id AND z.report_id > $1 AND z.claim_id <> 0 AND "+
			visible(v, "r.label_id")+" ORDER BY z.report_id, z.no", begin.Int64)
		return rememberRows(rows, err, remember)
	})
}

func rememberRows(rows *sql.Rows, err error, remember func(store.KnownStatement) error) error {
	return each(rows, err, func(rows *sql.Rows) error {
		var k store.KnownStatement
		if err := rows.Scan(&k.Claim, &k.Report, &k.Features); err != nil {
			return err
		}
		return remember(k)
	})
}

// RememberClaims implements store.Claims.
func (s *Store) RememberClaims(ctx context.Context, v policy.View, claims []centre.ID, limit int, remember func(store.KnownStatement) error) error {
	return s.read(ctx, func(tx *sql.Tx) error {
		for _, id := range claims {
			rows, err := tx.QueryContext(ctx, "SELECT z.claim_id, z.report_id, z.features FROM statement z CROSS JOIN report r WHERE r.id = z.report_id AND z.claim_id <> 0 AND z.claim_id = $1 AND "+
				visible(v, "r.label_id")+" ORDER BY z.report_id DESC, z.no DESC LIMIT $2", int64(id), int64(max(0, limit)))
			if err := rememberRows(rows, err, remember); err != nil {
				return err
			}
		}
		return nil
	})
}
