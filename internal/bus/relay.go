package bus

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"entente/internal/store"
)

// RoleRelay is the role to nudge after a write has put notices in the outbox.
const RoleRelay = "relay"

// Outbox is the store's list of notices that are not known to be on the bus.
type Outbox interface {
	// Notices reads those with a Seq above after, oldest first.
	Notices(ctx context.Context, after int64, limit int) ([]store.Notice, error)
	// Forget drops those up to and including seq.
	Forget(ctx context.Context, seq int64) error
}

// Publisher is what Relay needs of a Bus.
type Publisher interface {
	Publish(ctx context.Context, notices []store.Notice) error
	Nudges(ctx context.Context, role string) (<-chan struct{}, error)
}

// Relay moves notices from the outbox to the bus until ctx is done, and returns
// its cause. It looks when it is nudged, and at least once every interval. What
// cannot be published stays in the outbox and is tried again; several relays
// on one outbox only publish some notices twice.
func Relay(ctx context.Context, outbox Outbox, b Publisher, interval time.Duration, log *slog.Logger) error {
	const limit = 500
	nudged, err := b.Nudges(ctx, RoleRelay)
	if err != nil {
		return err
	}
	tick := time.NewTicker(interval)
	defer tick.Stop()
	quiet := false // the trouble has been told
	for {
		n, err := relay(ctx, outbox, b, limit)
		switch {
		case err == nil:
			quiet = false
		case ctx.Err() == nil && !quiet:
			quiet = true
			log.Warn("Notices of changes are held back; they are tried again.", "error", err, "cause", errors.Unwrap(err))
		}
		if n == limit {
			continue
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-tick.C:
		case <-nudged:
		}
	}
}

// relay moves one batch and returns how many notices it had.
func relay(ctx context.Context, outbox Outbox, b Publisher, limit int) (int, error) {
	notices, err := outbox.Notices(ctx, 0, limit)
	if err != nil || len(notices) == 0 {
		return 0, err
	}
	if err := b.Publish(ctx, notices); err != nil {
		return 0, err
	}
	if err := outbox.Forget(ctx, notices[len(notices)-1].Seq); err != nil {
		return 0, err
	}
	return len(notices), nil
}
