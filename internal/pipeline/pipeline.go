// Package pipeline moves documents from intake to the store: it reads what
// waits, lets the steps work on it in parallel, weaves the results in order of
// arrival, and commits them in batches.
//
// Nothing is acknowledged here: a document waits in the store until the commit
// that makes it a report. A pipeline may be killed at any moment; the next one
// starts with what still waits. A document that a step cannot survive goes to
// the dead letters; one that the store refuses goes there too, alone, so that
// its neighbours are committed.
package pipeline

import (
	"context"
	"errors"
	"log/slog"
	"runtime"
	"sync"
	"time"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/process"
	"entente/internal/store"
)

// Store is what the pipeline needs of a store.
type Store interface {
	Pending(ctx context.Context, g policy.Grant, after centre.ID, limit int) ([]store.Pending, error)
	Commit(ctx context.Context, g policy.Grant, ws []centre.Woven) ([]centre.ID, error)
	Bury(ctx context.Context, g policy.Grant, d centre.DeadLetter) error
}

// Process runs the steps over one document. It is safe for concurrent use. Its
// error, a *process.Crash, says that the document cannot become a report.
type Process interface {
	Run(ctx context.Context, doc centre.Document) (centre.Draft, error)
}

// Weave gives a draft its place among the other reports. It is called from one
// goroutine at a time, in order of arrival.
type Weave interface {
	Weave(ctx context.Context, p store.Pending, d centre.Draft) (centre.Woven, error)
}

// Options of a pipeline. Store, Process, Weave, Grant, Clock and Log are needed.
type Options struct {
	Store   Store
	Process Process
	Weave   Weave
	Grant   policy.Grant // of ActionPipeline
	Clock   func() time.Time
	Log     *slog.Logger
	// Nudges tells that something waits. The pipeline also looks by itself
	// every Poll, since a nudge may be lost, and nobody nudges when an embargo
	// ends. Nil is never.
	Nudges  <-chan struct{}
	Poll    time.Duration // 0 for DefaultPoll
	Batch   int           // documents to a commit; 0 for DefaultBatch
	Workers int           // steps in parallel; 0 for one a processor
	// Committed is called after each commit with how many documents left the
	// queue, as reports or as dead letters. Nil is nobody.
	Committed func(documents int)
}

const (
	DefaultPoll  = 5 * time.Second
	DefaultBatch = 128
)

// Pipeline is made by New and run by Run.
type Pipeline struct{ Options }

// New completes the options.
func New(o Options) *Pipeline {
	if o.Poll == 0 {
		o.Poll = DefaultPoll
	}
	if o.Batch == 0 {
		o.Batch = DefaultBatch
	}
	if o.Workers == 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Committed == nil {
		o.Committed = func(int) {}
	}
	return &Pipeline{o}
}

// Run works until ctx is done and then returns nil, after the commit under way.
func (p *Pipeline) Run(ctx context.Context) error {
	for {
		if err := p.Drain(ctx); err != nil && ctx.Err() == nil {
			p.Log.Error("processing stopped and will be tried again", "error", err, "after", p.Poll)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-p.Nudges:
		case <-time.After(p.Poll):
		}
	}
}

// batch is a page of waiting documents and what the steps made of them.
type batch struct {
	pending []store.Pending
	drafts  []centre.Draft
	errs    []error
}

// Drain processes all that waits and returns when nothing does. While one
// batch is woven and committed, the next is read and processed.
func (p *Pipeline) Drain(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	processed := make(chan batch)
	go func() {
		defer close(processed)
		if err := p.read(ctx, processed); err != nil {
			cancel(err)
		}
	}()
	for b := range processed {
		if err := p.finish(ctx, b); err != nil {
			cancel(err)
			for range processed {
				// Let the reader see the cancellation and end.
			}
		}
	}
	return context.Cause(ctx)
}

// read pages through what waits, oldest first, and processes each page.
func (p *Pipeline) read(ctx context.Context, out chan<- batch) error {
	var after centre.ID
	for {
		pending, err := p.Store.Pending(ctx, p.Grant, after, p.Batch)
		if err != nil || len(pending) == 0 {
			return err
		}
		after = pending[len(pending)-1].Document.ID
		b := p.process(ctx, pending)
		select {
		case out <- b:
		case <-ctx.Done():
			return nil
		}
	}
}

// process runs the steps over a page, in parallel.
func (p *Pipeline) process(ctx context.Context, pending []store.Pending) batch {
	b := batch{pending, make([]centre.Draft, len(pending)), make([]error, len(pending))}
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(p.Workers, len(pending)) {
		workers.Go(func() {
			for i := range next {
				b.drafts[i], b.errs[i] = p.Process.Run(ctx, pending[i].Document)
			}
		})
	}
	for i := range pending {
		next <- i
	}
	close(next)
	workers.Wait()
	return b
}

// finish weaves a batch in order, buries what failed and commits the rest.
func (p *Pipeline) finish(ctx context.Context, b batch) error {
	woven := make([]centre.Woven, 0, len(b.pending))
	kept := make([]store.Pending, 0, len(b.pending))
	for i, pending := range b.pending {
		if err := b.errs[i]; err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err := p.bury(ctx, pending, err); err != nil {
				return err
			}
			continue
		}
		w, err := p.Weave.Weave(ctx, pending, b.drafts[i])
		if err != nil {
			return err
		}
		woven, kept = append(woven, w), append(kept, pending)
	}
	if err := p.commit(ctx, kept, woven); err != nil {
		return err
	}
	p.Committed(len(b.pending))
	return nil
}

// commit stores a batch. Where the store refuses it as a whole for what it
// holds, each document is tried alone and the bad ones are buried.
func (p *Pipeline) commit(ctx context.Context, pending []store.Pending, woven []centre.Woven) error {
	if len(woven) == 0 {
		return nil
	}
	// What is processed is committed, even while the program is being stopped.
	ctx = context.WithoutCancel(ctx)
	_, err := p.Store.Commit(ctx, p.Grant, woven)
	switch {
	case err == nil:
		return nil
	case centre.CodeOf(err) == centre.CodeUnavailable:
		return err // a full disk or an absent database is not the documents' fault
	case len(woven) == 1:
		// An error that the store did not name may be its own: it must at
		// least still answer before the document is blamed.
		if _, probe := p.Store.Pending(ctx, p.Grant, 0, 1); probe != nil {
			return err
		}
		return p.bury(ctx, pending[0], err)
	}
	half := len(woven) / 2
	return errors.Join(
		p.commit(ctx, pending[:half], woven[:half]),
		p.commit(ctx, pending[half:], woven[half:]))
}

func (p *Pipeline) bury(ctx context.Context, pending store.Pending, why error) error {
	letter := centre.DeadLetter{
		Document: pending.Document.ID,
		Source:   pending.Source.ID,
		Title:    pending.Document.Title,
		Step:     "store",
		Reason:   "The store did not take the report; the program's log says why. Retry after the cause is mended.",
		Attempts: pending.Attempts + 1,
		At:       p.Clock(),
	}
	if crash, ok := errors.AsType[*process.Crash](why); ok {
		letter.Step, letter.Reason = crash.Step, crash.Reason
	} else if centre.CodeOf(why) != "" {
		letter.Reason = why.Error()
	}
	p.Log.Warn("a document went to the dead letters", "document", letter.Document, "step", letter.Step, "error", why)
	return p.Store.Bury(ctx, p.Grant, letter)
}
