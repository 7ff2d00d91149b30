package gather

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"entente/internal/centre"
)

// HealthOf is the health of one source, to be stored.
type HealthOf struct {
	Source centre.ID
	Health centre.Health
}

// entered is how long health waits to be stored together with that of other
// sources. A commit to the disk costs as much for a thousand as for one, and
// what a crash can lose is a second of counters: documents and cursors are
// stored by Take, so that nothing is lost or doubled for it.
const entered = time.Second

// ledger stores health, a second's worth in one go. It is safe for concurrent use.
type ledger struct {
	keeper Keeper
	log    *slog.Logger

	mu      sync.Mutex
	waiting map[centre.ID]centre.Health
	wake    chan struct{} // holds one while something waits
}

func newLedger(keeper Keeper, log *slog.Logger) *ledger {
	return &ledger{keeper: keeper, log: log, waiting: map[centre.ID]centre.Health{}, wake: make(chan struct{}, 1)}
}

// enter notes the health of a source; the last one entered counts.
func (l *ledger) enter(source centre.ID, h centre.Health) {
	l.mu.Lock()
	l.waiting[source] = h
	l.mu.Unlock()
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// run stores until ctx is done.
func (l *ledger) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-l.wake:
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(entered):
		}
		l.store(ctx)
	}
}

// store stores what waits; what cannot be stored waits on.
func (l *ledger) store(ctx context.Context) {
	l.mu.Lock()
	batch := l.waiting
	l.waiting = make(map[centre.ID]centre.Health, len(batch))
	l.mu.Unlock()
	if len(batch) == 0 {
		return
	}
	healths := make([]HealthOf, 0, len(batch))
	for id, h := range batch {
		healths = append(healths, HealthOf{id, h})
	}
	// What is in hand is stored even while the program stops.
	keeping, cancel := context.WithTimeout(context.WithoutCancel(ctx), storing)
	defer cancel()
	err := l.keeper.SetHealths(keeping, healths)
	if err == nil {
		return
	}
	l.log.Error("the health of sources could not be stored; it is tried again", "sources", len(batch), "error", err)
	l.mu.Lock()
	defer l.mu.Unlock()
	for id, h := range batch {
		if _, newer := l.waiting[id]; !newer {
			l.waiting[id] = h
		}
	}
	select {
	case l.wake <- struct{}{}:
	default:
	}
}
