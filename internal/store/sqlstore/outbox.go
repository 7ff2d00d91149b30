package sqlstore

import (
	"context"
	"database/sql"

	"entente/internal/policy"
	"entente/internal/store"
)

// Notices implements store.Intake.
func (s *Store) Notices(ctx context.Context, g policy.Grant, after int64, limit int) ([]store.Notice, error) {
	if err := permit(g, policy.ActionPipeline); err != nil {
		return nil, err
	}
	if limit <= 0 || limit > maxPending {
		limit = maxPending
	}
	notices := []store.Notice{}
	err := s.read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, "SELECT seq, kind, object, label_id FROM notice WHERE seq > $1 ORDER BY seq LIMIT $2", after, int64(limit))
		return each(rows, err, func(rows *sql.Rows) error {
			var n store.Notice
			err := rows.Scan(&n.Seq, &n.Kind, &n.ID, &n.Label)
			notices = append(notices, n)
			return err
		})
	})
	return notices, err
}

// Forget implements store.Intake.
func (s *Store) Forget(ctx context.Context, g policy.Grant, seq int64) error {
	if err := permit(g, policy.ActionPipeline); err != nil {
		return err
	}
	return s.write(ctx, func(t *tx) error {
		_, err := t.exec(ctx, "DELETE FROM notice WHERE seq <= $1", seq)
		return err
	})
}
