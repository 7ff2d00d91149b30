package desk

import (
	"context"

	"entente/internal/centre"
	"entente/internal/policy"
)

// Tracks lists where things are now in an area, the latest message first.
func (d *Desk) Tracks(ctx context.Context, who policy.View, area Box) ([]centre.Track, error) {
	if _, err := signedIn(who); err != nil {
		return nil, err
	}
	return d.store.Tracks(ctx, who, d.now(), area)
}
