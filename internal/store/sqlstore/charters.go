package sqlstore

import (
	"context"
	"database/sql"
	"fmt"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/store"
)

// CharterVersions implements store.Charters.
func (s *Store) CharterVersions(ctx context.Context, v policy.View) ([]store.CharterVersion, error) {
	versions := []store.CharterVersion{}
	if !sighted(v) {
		return versions, nil
	}
	err := s.read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, "SELECT version, effective, adopted, adopter, content FROM charter ORDER BY version")
		return each(rows, err, func(rows *sql.Rows) error {
			var c store.CharterVersion
			var effective, adopted sql.NullInt64
			err := rows.Scan(&c.Version, &effective, &adopted, &c.By, &c.Text)
			c.Effective, c.Adopted = timeOf(effective), timeOf(adopted)
			versions = append(versions, c)
			return err
		})
	})
	return versions, err
}

// AdoptCharter implements store.Charters. Version is the next one, or 0 for that.
func (s *Store) AdoptCharter(ctx context.Context, g policy.Grant, c store.CharterVersion) error {
	if err := permit(g, policy.ActionPipeline); err != nil {
		return err
	}
	return s.write(ctx, func(t *tx) error {
		var last, effective int64
		if err := t.QueryRowContext(ctx, "SELECT coalesce(max(version), 0), coalesce(max(effective), 0) FROM charter").Scan(&last, &effective); err != nil {
			return err
		}
		next := int(last) + 1
		if c.Version != 0 && c.Version != next {
			return centre.Refuse(centre.CodeConflict, "The next version of the charter is %d, not %d; read the charter again.", next, c.Version)
		}
		if last > 0 && c.Effective.UnixMilli() < effective {
			return centre.Refuse(centre.CodeConflict, "A version of the charter cannot take effect before the version that it follows: the past never changes.")
		}
		adopted := c.Adopted
		if adopted.IsZero() {
			adopted = t.now
		}
		if _, err := t.exec(ctx, "INSERT INTO charter (version, effective, adopted, adopter, content) VALUES ($1, $2, $3, $4, $5)",
			int64(next), c.Effective.UnixMilli(), adopted.UnixMilli(), clean(c.By), clean(c.Text)); err != nil {
			return err
		}
		if err := t.tell(ctx, [][]any{{noticeCharter, int64(next), int64(0)}}); err != nil {
			return err
		}
		return t.enterAs(ctx, g.Actor().Person, c.By, g.Actor().Member, deed{action: "adopt", kind: "charter", version: next, detail: fmt.Sprintf("Adopted version %d of the charter.", next)})
	})
}
