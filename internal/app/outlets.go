package app

import (
	"context"
	"fmt"
	"time"

	"entente/internal/centre"
	"entente/internal/demo"
	"entente/internal/policy"
	"entente/internal/policy/system"
)

// startOutlets starts the demo's web servers and makes them sources of the
// centre, or gives the sources that are there already their new addresses.
func (r *runner) startOutlets() error {
	// A demo that was stopped goes on where its scenario then is.
	stored, err := r.store.CharterVersions(r.ctx, system.View())
	if err != nil {
		return err
	}
	var begin time.Time
	if known, err := r.store.Sources(r.ctx, system.View()); err != nil {
		return err
	} else if len(known) > 0 {
		begin = stored[0].Adopted
	}
	outlets, err := demo.Start(r.ctx, demo.Options{Clock: r.clock, Begin: begin})
	if err != nil {
		return err
	}
	r.outlets = outlets
	layers, err := demo.StartLayers(r.ctx, r.clock)
	if err != nil {
		return err
	}
	r.cleanup = append(r.cleanup, layers.Close)
	for _, s := range append(outlets.Sources(), layers.Sources()...) {
		if err := r.placeOutlet(r.ctx, s); err != nil {
			return fmt.Errorf("the demo's outlet %s cannot be made a source: %w", s.Slug, err)
		}
	}
	return nil
}

func (r *runner) placeOutlet(ctx context.Context, s centre.Source) error {
	act := func(o policy.Object) policy.Grant { return system.Act("demo", policy.ActionManageSources, o) }
	state, err := r.store.SourceBySlug(ctx, system.View(), s.Slug)
	if err == nil {
		known := state.Source
		known.Address = s.Address
		return r.store.ChangeSource(ctx, act(policy.Object{Kind: "source", ID: known.ID, Label: known.Label, Marking: known.Marking,
			Member: known.Member, Target: &known.Marking}), known)
	}
	if centre.CodeOf(err) != centre.CodeNotFound {
		return err
	}
	s.Created = r.clock()
	s.ID = r.ids.Next(s.Created)
	return r.store.AddSource(ctx, act(policy.Object{Kind: "source", Member: s.Member, Target: &s.Marking}), s)
}
