package storetest

import (
	"crypto/sha256"
	"testing"

	"entente/internal/centre"
)

// deliveries: a publisher may send the same delivery under its name as often as
// it likes, and no other one.
func deliveries(t *testing.T, open Open) {
	w := newWorld(t, open)
	first, other := sha256.Sum256([]byte("first")), sha256.Sum256([]byte("other"))
	w.must(w.s.Idempotent(w.ctx, w.g, 1, "key", first))
	w.must(w.s.Idempotent(w.ctx, w.g, 1, "key", first))
	w.refused(w.s.Idempotent(w.ctx, w.g, 1, "key", other), centre.CodeConflict)
	w.must(w.s.Idempotent(w.ctx, w.g, 2, "key", other)) // another source's keys are its own
}
