package process

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"time"

	"entente/internal/centre"
)

// DefaultTimeout is how long one step may take over one document. Ordinary
// steps take well under a millisecond.
const DefaultTimeout = 5 * time.Second

// Options of a pipeline. The zero value is the default.
type Options struct {
	// Timeout is how long one step may take over one document before the
	// document is given up; zero means DefaultTimeout. Every whole megabyte of a
	// document adds a quarter. A step is stopped between one and one and a
	// quarter times this.
	Timeout time.Duration
}

// Pipeline applies steps to documents. It is safe for concurrent use.
type Pipeline struct {
	steps   []centre.Step
	timeout time.Duration
}

// New makes a pipeline of steps, applied in the order given.
func New(steps []centre.Step, options Options) *Pipeline {
	if options.Timeout <= 0 {
		options.Timeout = DefaultTimeout
	}
	return &Pipeline{steps: steps, timeout: options.Timeout}
}

// Crash says that a step could not be brought to an end over a document: it
// panicked or ran over its time.
type Crash struct {
	Step   string
	Reason string // a sentence for a person; never content of the document
	Stack  []byte // of the panic, for the log; nil where the step ran over its time
}

func (c *Crash) Error() string { return c.Reason }

// watchTicks is how often in a step's time the watchdog looks.
const watchTicks = 4

// Run applies the steps to doc and gives the draft. Its error is a *Crash or
// ctx's own error; then there is no draft.
//
// The steps run in a goroutine that owns the draft alone until it hands it
// over. When a step does not return in time the goroutine is left behind with
// its draft, which nobody else will touch; its context is cancelled, so a step
// that honours its context ends soon.
func (p *Pipeline) Run(ctx context.Context, doc centre.Document) (centre.Draft, error) {
	if err := ctx.Err(); err != nil {
		return centre.Draft{}, err
	}
	work, cancel := context.WithCancel(ctx)
	defer cancel()
	r := &run{steps: p.steps, done: make(chan *Crash, 1)}
	r.draft = centre.Draft{Document: doc, Published: doc.Published}
	go r.all(work)

	timeout := p.timeout + p.timeout/4*time.Duration(len(doc.Body)>>20)
	watch := time.NewTicker(timeout / watchTicks)
	defer watch.Stop()
	last, ticks := int32(0), 0
	for {
		select {
		case crash := <-r.done:
			if err := ctx.Err(); err != nil {
				return centre.Draft{}, err
			}
			if crash != nil {
				return centre.Draft{}, crash
			}
			return r.draft, nil
		case <-ctx.Done():
			return centre.Draft{}, ctx.Err()
		case <-watch.C:
			at := r.at.Load()
			if at != last {
				last, ticks = at, 0
				continue
			}
			if ticks++; ticks >= watchTicks && int(at) < len(p.steps) {
				name := p.steps[at].Name()
				return centre.Draft{}, &Crash{Step: name, Reason: fmt.Sprintf("The step %s was stopped because it ran longer than %v over this document.", name, timeout)}
			}
		}
	}
}

// run is one document on its way. draft belongs to the goroutine of all until
// something was sent on done.
type run struct {
	steps []centre.Step
	draft centre.Draft
	at    atomic.Int32 // index of the step under way
	done  chan *Crash
}

func (r *run) all(ctx context.Context) {
	for i, step := range r.steps {
		r.at.Store(int32(i))
		if ctx.Err() != nil {
			return
		}
		if crash := r.apply(ctx, step); crash != nil {
			r.done <- crash
			return
		}
	}
	r.done <- nil
}

func (r *run) apply(ctx context.Context, step centre.Step) (crash *Crash) {
	defer func() {
		if v := recover(); v != nil {
			crash = &Crash{Step: step.Name(), Reason: panicReason(step.Name(), v), Stack: debug.Stack()}
		}
	}()
	if err := step.Apply(ctx, &r.draft); err != nil {
		r.draft.Failures = append(r.draft.Failures, centre.StepFailure{Step: step.Name(), Reason: err.Error()})
	}
	return nil
}

// panicReason names the fault without repeating what the document may have put
// into the panic's value: only the runtime's own errors are quoted, since they
// hold numbers and type names alone.
func panicReason(step string, v any) string {
	if fault, ok := v.(runtime.Error); ok {
		return fmt.Sprintf("The step %s stopped with a fault of the program over this document: %s.", step, fault.Error())
	}
	return fmt.Sprintf("The step %s stopped with a fault of the program over this document (a panic of type %T).", step, v)
}
