package sqlstore

import (
	"context"
	"database/sql"
	"time"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/store"
)

// EntityDecisions implements store.Entities.
func (s *Store) EntityDecisions(ctx context.Context, g policy.Grant, since time.Time) ([]store.EntityDecision, error) {
	if err := permit(g, policy.ActionPipeline); err != nil {
		return nil, err
	}
	var found []store.EntityDecision
	err := s.read(ctx, func(tx *sql.Tx) error {
		found = nil
		var touched [][]centre.ID
		from := max(0, since.UnixMilli()) // the zero time is before all
		rows, err := tx.QueryContext(ctx, "SELECT id, entity_id, other_id, undone_at FROM entity_edit WHERE action <> 'reject' AND (at >= $1 OR undone_at >= $1) ORDER BY id", from)
		err = each(rows, err, func(rows *sql.Rows) error {
			d := store.EntityDecision{Heads: map[centre.ID]centre.ID{}}
			var entity, other centre.ID
			var undone sql.NullInt64
			err := rows.Scan(&d.Edit, &entity, &other, &undone)
			d.Undone = undone.Valid
			found, touched = append(found, d), append(touched, []centre.ID{entity, other})
			return err
		})
		for i := range found {
			if err != nil {
				break
			}
			rows, err = tx.QueryContext(ctx, "SELECT id, head_id FROM entity WHERE head_id IN (SELECT head_id FROM entity WHERE "+in("id", touched[i])+")")
			err = each(rows, err, func(rows *sql.Rows) error {
				var id, head centre.ID
				err := rows.Scan(&id, &head)
				found[i].Heads[id] = head
				return err
			})
		}
		return err
	})
	return found, err
}
