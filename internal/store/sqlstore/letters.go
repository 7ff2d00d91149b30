package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"math"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/query"
	"entente/internal/store"
)

// Bury implements store.Intake.
func (s *Store) Bury(ctx context.Context, g policy.Grant, d centre.DeadLetter) error {
	if err := permit(g, policy.ActionPipeline); err != nil {
		return err
	}
	return s.write(ctx, func(t *tx) error {
		var source centre.ID
		var attempts int
		err := t.QueryRowContext(ctx, "DELETE FROM waiting WHERE document_id = $1 RETURNING source_id, attempts", int64(d.Document)).Scan(&source, &attempts)
		if err != nil {
			return orNotFound(err, "waiting document")
		}
		at := d.At
		if at.IsZero() {
			at = t.now
		}
		_, err = t.exec(ctx, "INSERT INTO dead_letter (document_id, source_id, step, reason, attempts, at) VALUES ($1, $2, $3, $4, $5, $6)",
			int64(d.Document), int64(source), clean(d.Step), clean(d.Reason), int64(max(d.Attempts, attempts+1)), at.UnixMilli())
		return err
	})
}

// DeadLetters implements store.Intake. A letter shows the document's title, so
// the document's own marking must be in the view as well as its source's.
func (s *Store) DeadLetters(ctx context.Context, v policy.View, p store.Page) ([]centre.DeadLetter, string, error) {
	const kind = 'd'
	letters, next := []centre.DeadLetter{}, ""
	before, limit, err := pageOf(p, kind)
	if err != nil {
		return letters, "", err
	}
	err = s.read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT l.document_id, l.source_id, d.title, l.step, l.reason, l.attempts, l.at
			FROM dead_letter l JOIN document d ON d.id = l.document_id JOIN source o ON o.id = l.source_id
			LEFT JOIN report r ON r.id = d.report_id
			WHERE `+visible(v, "o.label_id")+" AND "+visible(v, "coalesce(d.label_id, o.label_id)")+
			" AND "+visible(v, "coalesce(r.label_id, o.label_id)")+
			" AND l.document_id < $1 ORDER BY l.document_id DESC LIMIT $2", before, int64(limit+1))
		return each(rows, err, func(rows *sql.Rows) error {
			var l centre.DeadLetter
			var at sql.NullInt64
			err := rows.Scan(&l.Document, &l.Source, &l.Title, &l.Step, &l.Reason, &l.Attempts, &at)
			l.At = timeOf(at)
			letters = append(letters, l)
			return err
		})
	})
	if err == nil && len(letters) > limit {
		letters = letters[:limit]
		next = cursorOf(kind, letters[limit-1].Document)
	}
	return letters, next, err
}

// Retry implements store.Intake.
func (s *Store) Retry(ctx context.Context, g policy.Grant, wanted []centre.ID) (int, error) {
	if err := permit(g, policy.ActionReprocess); err != nil {
		return 0, err
	}
	n := 0
	err := s.write(ctx, func(t *tx) error {
		condition := "source_id IN (SELECT id FROM source WHERE member = $1)"
		if len(wanted) > 0 {
			condition += " AND " + in("document_id", wanted)
		}
		var rows [][]any
		read, err := t.QueryContext(ctx, "DELETE FROM dead_letter WHERE "+condition+" RETURNING document_id, source_id, attempts", string(g.Object().Member))
		err = each(read, err, func(read *sql.Rows) error {
			var id, source, attempts int64
			err := read.Scan(&id, &source, &attempts)
			rows = append(rows, []any{id, source, attempts, nil})
			return err
		})
		if err != nil {
			return err
		}
		n = len(rows)
		if err := t.insert(ctx, intoWaiting, "ON CONFLICT (document_id) DO NOTHING", rows); err != nil {
			return err
		}
		return t.enter(ctx, g, deed{action: policy.ActionReprocess, kind: "document", detail: fmt.Sprintf("Made %d failed documents wait again.", n)})
	})
	return n, err
}

// Reprocess implements store.Intake. The document of each report's current
// version waits again.
func (s *Store) Reprocess(ctx context.Context, g policy.Grant, v policy.View, q query.Node) (int, error) {
	if err := permit(g, policy.ActionReprocess); err != nil {
		return 0, err
	}
	n := 0
	err := s.write(ctx, func(t *tx) error {
		p, err := s.plan(ctx, t.Tx, v, q)
		if err != nil {
			return err
		}
		text := "SELECT r.current_id, r.source_id FROM " + p.from(0, math.MaxInt64)
		text += " AND r.source_id IN (SELECT id FROM source WHERE member = " + p.arg(string(g.Object().Member)) + ")"
		var rows [][]any
		read, err := t.QueryContext(ctx, text, p.args...)
		err = each(read, err, func(read *sql.Rows) error {
			var id, source int64
			err := read.Scan(&id, &source)
			rows = append(rows, []any{id, source, int64(0), nil})
			return err
		})
		if err != nil {
			return err
		}
		n = len(rows)
		if err := t.insert(ctx, intoWaiting, "ON CONFLICT (document_id) DO NOTHING", rows); err != nil {
			return err
		}
		return t.enter(ctx, g, deed{action: policy.ActionReprocess, kind: "report", detail: fmt.Sprintf("Made %d reports wait to be processed again.", n)})
	})
	return n, err
}
