package app

import (
	"context"
	"math/rand/v2"

	"entente/internal/bus"
	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/policy"
	"entente/internal/policy/system"
	"entente/internal/store"
)

// keeper gives the scheduler the store.
type keeper struct{ store store.Store }

var gatherGrant = system.Grant("gather")

// Sources implements gather.Keeper.
func (k keeper) Sources(ctx context.Context) ([]gather.State, error) {
	states, err := k.store.Sources(ctx, system.View())
	if err != nil {
		return nil, err
	}
	out := make([]gather.State, 0, len(states))
	for _, s := range states {
		if s.Source.Address != "" { // one without takes imports only
			out = append(out, gather.State{Source: s.Source, Health: s.Health})
		}
	}
	return out, nil
}

// Cursor implements gather.Keeper.
func (k keeper) Cursor(ctx context.Context, source centre.ID) (centre.Cursor, error) {
	return k.store.Cursor(ctx, gatherGrant, source)
}

// Secrets implements gather.Keeper.
func (k keeper) Secrets(ctx context.Context, source centre.ID) (map[string]string, error) {
	return k.store.Secrets(ctx, gatherGrant, source)
}

// Take implements gather.Keeper.
func (k keeper) Take(ctx context.Context, source centre.ID, docs []centre.Document, c centre.Cursor) (fresh []bool, err error) {
	receipts, err := k.store.Take(ctx, gatherGrant, source, docs, c)
	fresh = make([]bool, len(receipts))
	for i, r := range receipts {
		fresh[i] = r.New
	}
	return fresh, err
}

// TakeEvents implements gather.Keeper.
func (k keeper) TakeEvents(ctx context.Context, source centre.ID, events []centre.Event, c centre.Cursor) (taken int, err error) {
	return k.store.TakeEvents(ctx, gatherGrant, source, events, c)
}

// TakeTracks implements gather.Keeper.
func (k keeper) TakeTracks(ctx context.Context, source centre.ID, tracks []centre.Track, c centre.Cursor) (taken int, err error) {
	return k.store.TakeTracks(ctx, gatherGrant, source, tracks, c)
}

// SetHealths implements gather.Keeper.
func (k keeper) SetHealths(ctx context.Context, healths []gather.HealthOf) error {
	all := make([]store.HealthOf, len(healths))
	for i, h := range healths {
		all[i] = store.HealthOf(h)
	}
	return k.store.SetHealths(ctx, gatherGrant, all)
}

// Move implements gather.Keeper.
func (k keeper) Move(ctx context.Context, source centre.ID, address string) error {
	return k.change(ctx, source, func(s *centre.Source) { s.Address = address })
}

// Pause implements gather.Keeper.
func (k keeper) Pause(ctx context.Context, source centre.ID) error {
	return k.change(ctx, source, func(s *centre.Source) { s.Paused = true })
}

// change is the program's own change of a source, in its own name in the log.
func (k keeper) change(ctx context.Context, id centre.ID, edit func(*centre.Source)) error {
	state, err := k.store.Source(ctx, system.View(), id)
	if err != nil {
		return err
	}
	s := state.Source
	grant := system.Act("gather", policy.ActionManageSources, policy.Object{
		Kind: "source", ID: s.ID, Label: s.Label, Marking: s.Marking, Member: s.Member, Target: &s.Marking,
	})
	edit(&s)
	return k.store.ChangeSource(ctx, grant, s)
}

func (r *runner) startGather() error {
	scheduler, err := gather.NewScheduler(gather.Options{
		Keeper: keeper{nudging{r.store, r.bus, r.log}}, Connectors: r.connectors, Client: r.client,
		Clock: r.clock, Rand: rand.Float64, Log: r.log, Hub: r.hubs().offer,
	})
	if err != nil {
		return err
	}
	// A source that was added or changed, by whatever process, is on the bus.
	unsubscribe, err := r.bus.Subscribe(r.ctx, func(n store.Notice) {
		switch n.Kind {
		case "source":
			scheduler.Refresh()
			scheduler.FetchNow(n.ID) // whoever gives a new password wants to see whether it works
		case bus.KindMissed:
			scheduler.Refresh()
		}
	})
	if err != nil {
		return err
	}
	r.cleanup = append(r.cleanup, unsubscribe)
	r.run("gather", scheduler.Run)
	return nil
}
