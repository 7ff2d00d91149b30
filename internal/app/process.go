package app

import (
	"context"
	"time"

	"entente/internal/centre"
	"entente/internal/pipeline"
	"entente/internal/policy/system"
	"entente/internal/process"
	processall "entente/internal/process/all"
	"entente/internal/store"
	"entente/internal/weave"
)

// weaver gives the pipeline the weave, and the weave the store.
type weaver struct {
	weave *weave.Weave
	store store.Store
	clock func() time.Time
	asked time.Time // when corrections were last asked for
	edit  centre.ID // the newest that the weave knows
	who   *whoIsWho
	said  *linking
}

// newWeaver makes a weaver that compares a report with so many others, 0 for
// weave.DefaultLimit. It remembers nothing yet.
func newWeaver(s store.Store, window int, clock func() time.Time) *weaver {
	return &weaver{weave: weave.New(weave.Options{Limit: window, SameText: memory{s}}), store: s, clock: clock, who: &whoIsWho{store: s, clock: clock}, said: newLinking(s)}
}

// load gives the weave its memory back.
func (w *weaver) load(ctx context.Context) error {
	pairs, newest, err := w.store.ToldApart(ctx, system.Grant("weave"))
	if err != nil {
		return err
	}
	if err := w.weave.Load(ctx, memory{w.store}); err != nil {
		return err
	}
	for _, p := range pairs {
		w.weave.Apart(p[0], p[1])
	}
	w.edit = newest
	return nil
}

// correctedEvery is how often persons' corrections of stories are asked for.
// A report that is woven before the weave has heard of one still comes to the
// right story: the store follows merges when it commits.
const correctedEvery = 200 * time.Millisecond

// follow gives the weave what persons have corrected since.
func (w *weaver) follow(ctx context.Context) error {
	now := w.clock()
	if d := now.Sub(w.asked); d >= 0 && d < correctedEvery {
		return nil
	}
	found, err := w.store.Regroupings(ctx, system.Grant("weave"), system.View(), w.edit)
	if err != nil {
		return err
	}
	for _, r := range found {
		given := weave.Regrouping{From: r.From, Into: r.Into, Apart: r.Apart}
		if r.Kind != centre.StoryMerge {
			given.Reports = []weave.Known{}
		}
		for _, k := range r.Reports {
			given.Reports = append(given.Reports, weave.Known(k))
		}
		w.weave.Regroup(given)
		w.edit = r.Edit
	}
	w.asked = now
	return nil
}

// Weave implements pipeline.Weave.
func (w *weaver) Weave(ctx context.Context, p store.Pending, d centre.Draft) (centre.Woven, error) {
	if err := w.follow(ctx); err != nil {
		return centre.Woven{}, err
	}
	prior := weave.Prior{Report: p.Report}
	if p.Report != 0 {
		heads, err := w.store.Heads(ctx, system.View(), []centre.ID{p.Report})
		if err != nil {
			return centre.Woven{}, err
		}
		if len(heads) == 1 {
			prior.Story, prior.CopySet = heads[0].Story, heads[0].CopySet
		}
	}
	woven, err := w.weave.Weave(ctx, d, p.Document.Fetched, prior)
	if err == nil {
		err = w.who.assign(ctx, p.Report, &woven)
	}
	if err == nil {
		err = w.said.assign(ctx, p.Document.Fetched, &woven)
	}
	return woven, err
}

// memory is the store as the weave reads it.
type memory struct{ store store.Weaving }

// Remember implements weave.Memory.
func (m memory) Remember(ctx context.Context, limit int, each func(weave.Known) error) error {
	return m.store.Remember(ctx, system.View(), limit, func(k store.Known) error { return each(weave.Known(k)) })
}

// SameText implements weave.SameText.
func (m memory) SameText(ctx context.Context, exact uint64) (weave.Known, bool, error) {
	k, ok, err := m.store.SameText(ctx, system.View(), exact)
	return weave.Known(k), ok, err
}

// newPipeline makes the pipeline of an open centre. Its weave remembers nothing yet.
func (p *parts) newPipeline(nudges <-chan struct{}) (*pipeline.Pipeline, *weaver) {
	w := newWeaver(p.store, p.config.Window, p.clock)
	return pipeline.New(pipeline.Options{
		Store: nudging{p.store, p.bus, p.log}, Process: process.New(processall.Steps(p.gazetteer, p.languages...), process.Options{}),
		Weave: w, Grant: system.Grant("pipeline"), Clock: p.clock, Log: p.log, Nudges: nudges,
	}), w
}

// recallEvery is how long a failed start of processing waits before it tries again.
const recallEvery = 5 * time.Second

// startProcess starts the pipeline. The weave recalls earlier reports first,
// while the rest of the centre answers already.
func (r *runner) startProcess() error {
	nudges, err := r.bus.Nudges(r.ctx, roleProcess)
	if err != nil {
		return err
	}
	r.run("process", func(ctx context.Context) error {
		for {
			line, w := r.newPipeline(nudges)
			err := w.load(ctx)
			if err == nil {
				err = w.who.load(ctx)
			}
			if err == nil {
				err = w.said.load(ctx)
			}
			if err == nil {
				return line.Run(ctx)
			}
			if ctx.Err() != nil {
				return nil
			}
			r.log.Error("earlier reports could not be recalled; processing waits and tries again", "error", err)
			select {
			case <-ctx.Done():
				return nil
			case <-time.After(recallEvery):
			}
		}
	})
	return nil
}
