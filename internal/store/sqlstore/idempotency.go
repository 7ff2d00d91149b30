package sqlstore

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"time"

	"entente/internal/centre"
	"entente/internal/policy"
)

// deliveriesKept is how long the name of a delivery is remembered.
const deliveriesKept = 7 * 24 * time.Hour

// Idempotent implements store.Intake.
func (s *Store) Idempotent(ctx context.Context, g policy.Grant, source centre.ID, key string, body [32]byte) error {
	if err := permit(g, policy.ActionPipeline); err != nil {
		return err
	}
	name := sha256.Sum256([]byte(key))
	return s.write(ctx, func(t *tx) error {
		if _, err := t.exec(ctx, "DELETE FROM delivery WHERE at < $1", t.now.Add(-deliveriesKept).UnixMilli()); err != nil {
			return err
		}
		n, err := t.exec(ctx, "INSERT INTO delivery (source_id, name_hash, hash, at) VALUES ($1, $2, $3, $4) ON CONFLICT (source_id, name_hash) DO NOTHING",
			int64(source), name[:], body[:], t.now.UnixMilli())
		if err != nil || n == 1 {
			return err
		}
		var before []byte
		err = t.QueryRowContext(ctx, "SELECT hash FROM delivery WHERE source_id = $1 AND name_hash = $2", int64(source), name[:]).Scan(&before)
		if errors.Is(err, sql.ErrNoRows) || err == nil && bytes.Equal(before, body[:]) {
			return nil
		}
		if err != nil {
			return err
		}
		return centre.Refuse(centre.CodeConflict, "The Idempotency-Key stands for another delivery of this source; send the same body again, or another key.")
	})
}
