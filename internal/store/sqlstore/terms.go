package sqlstore

import (
	"context"
	"database/sql"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/store"
)

// BegunTerms implements store.Charters.
func (s *Store) BegunTerms(ctx context.Context, v policy.View) ([]store.BegunTerm, error) {
	terms := []store.BegunTerm{}
	if !sighted(v) {
		return terms, nil
	}
	err := s.read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, "SELECT number, cycle, member, begun FROM term ORDER BY number")
		return each(rows, err, func(rows *sql.Rows) error {
			var t store.BegunTerm
			var begun sql.NullInt64
			err := rows.Scan(&t.Number, &t.Cycle, &t.Member, &begun)
			t.Start = timeOf(begun)
			terms = append(terms, t)
			return err
		})
	})
	return terms, err
}

// KeepTerms implements store.Charters.
func (s *Store) KeepTerms(ctx context.Context, g policy.Grant, terms []store.BegunTerm) error {
	if err := permit(g, policy.ActionPipeline); err != nil {
		return err
	}
	if len(terms) == 0 {
		return nil
	}
	return s.write(ctx, func(t *tx) error {
		var last int
		var begun int64
		if err := t.QueryRowContext(ctx, "SELECT coalesce(max(number), 0), coalesce(max(begun), 0) FROM term").Scan(&last, &begun); err != nil {
			return err
		}
		for _, term := range terms {
			start := term.Start.UnixMilli()
			switch {
			case term.Number <= last:
				continue
			case term.Number != last+1, last > 0 && start <= begun:
				return centre.Refuse(centre.CodeConflict, "Term %d of the head does not follow term %d, which is the last that is kept; the clock or the charter of this centre is wrong.", term.Number, last)
			}
			if _, err := t.exec(ctx, "INSERT INTO term (number, cycle, member, begun) VALUES ($1, $2, $3, $4)",
				int64(term.Number), int64(term.Cycle), string(term.Member), start); err != nil {
				return err
			}
			last, begun = term.Number, start
		}
		return nil
	})
}
