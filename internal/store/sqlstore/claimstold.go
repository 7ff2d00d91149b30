package sqlstore

import (
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

// gradingsOf reads the gradings of claims that the view sees, newest first.
func (s *Store) gradingsOf(ctx context.Context, tx *sql.Tx, v policy.View, claims []centre.ID) ([]centre.ClaimGrading, error) {
	gradings := []centre.ClaimGrading{}
	var labels []policy.LabelID
	rows, err := tx.QueryContext(ctx, `SELECT id, claim_id, label_id, reliability, credibility, reason, person, name, member, at FROM claim_grading
		WHERE `+in("claim_id", claims)+" AND "+visible(v, "label_id")+" ORDER BY id DESC")
	err = each(rows, err, func(rows *sql.Rows) error {
		var g centre.ClaimGrading
		var label policy.LabelID
		var reliability, credibility int64
		var at sql.NullInt64
		err := rows.Scan(&g.ID, &g.Claim, &label, &reliability, &credibility, &g.Reason, &g.Person, &g.By, &g.Member, &at)
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
		edits, err = readEdits(tx.QueryContext(ctx, editColumns+" WHERE (claim_id = $1 OR other_id = $1 AND other_id <> 0) AND "+visible(v, "label_id")+" ORDER BY id DESC LIMIT 200", int64(id)))
		return err
	})
	return edits, err
}

const editColumns = "SELECT id, kind, claim_id, other_id, content, reason, person, name, member, at FROM claim_edit"

func readEdits(rows *sql.Rows, err error) ([]centre.ClaimEdit, error) {
	edits := []centre.ClaimEdit{}
	return edits, each(rows, err, func(rows *sql.Rows) error {
		var e centre.ClaimEdit
		var content string
		var at sql.NullInt64
		if err := rows.Scan(&e.ID, &e.Kind, &e.Claim, &e.Other, &content, &e.Reason, &e.Person, &e.By, &e.Member, &at); err != nil {
			return err
		}
		var kept storedEdit
		if err := json.Unmarshal([]byte(content), &kept); err != nil {
			return fmt.Errorf("a stored correction cannot be read: %w", err)
		}
		e.Statements, e.Tension, e.At = kept.Statements, kept.Tension, timeOf(at)
		edits = append(edits, e)
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
		edits, err = readEdits(tx.QueryContext(ctx, editColumns+" WHERE id > $1 ORDER BY id LIMIT $2", int64(after), int64(max(1, min(limit, maxPending)))))
		return err
	})
	return edits, err
}

// RelatedClaims implements store.Claims.
func (s *Store) RelatedClaims(ctx context.Context, v policy.View, id centre.ID) ([]store.RelatedClaim, error) {
	out := []store.RelatedClaim{}
	err := s.read(ctx, func(tx *sql.Tx) error {
		id, err := s.standing(ctx, tx, v, id)
		if err != nil {
			return err
		}
		var list []centre.RelatedClaim
		rows, err := tx.QueryContext(ctx, "SELECT CASE WHEN a_id = $1 THEN b_id ELSE a_id END, tension, score, why, name FROM claim_related WHERE a_id = $1 OR b_id = $1 ORDER BY tension DESC, score DESC LIMIT 200", int64(id))
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
