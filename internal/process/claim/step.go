package claim

import (
	"context"
	"strings"
	"sync"

	"entente/internal/centre"
)

const (
	name    = "claim"
	version = 2
	// maxStatements bounds the statements of a report.
	maxStatements = 2000
	// maxKept is the longest text, in bytes, whose memory is kept for the next.
	maxKept = 1 << 20
)

// Step is the step. It is safe for concurrent use.
type Step struct{ scratch *sync.Pool }

// New makes the step.
func New() Step { return Step{&sync.Pool{New: func() any { return &reader{} }}} }

// Name implements centre.Step.
func (Step) Name() string { return name }

// Version implements centre.Step.
func (Step) Version() int { return version }

// Apply fills draft.Statements. It reads draft.Content, Sentences, Parts,
// Language, Published and the mentions of the steps before. In a language that
// is none of English, Arabic, Persian and Russian it finds nothing.
func (s Step) Apply(ctx context.Context, draft *centre.Draft) error {
	r := s.scratch.Get().(*reader)
	if len(draft.Content.Text) < maxKept {
		defer s.scratch.Put(r)
	}
	defer r.release()
	if err := r.begin(ctx, draft); err != nil {
		return err
	}
	r.find()
	r.say()
	r.weigh()
	r.link()
	draft.Statements = r.statements()
	tieEvents(draft.Statements, draft.EventMentions)
	return ctx.Err()
}

// release forgets the draft, which belongs to the caller.
func (r *reader) release() { r.draft, r.text = nil, "" }

// tongueOf gives the tongue of a language, or nil.
func tongueOf(language string) *tongue {
	primary, _, _ := strings.Cut(language, "-")
	switch primary {
	case "en":
		return english()
	case "ar":
		return arabic()
	case "fa", "prs":
		return persian()
	case "ru":
		return russian()
	}
	return nil
}
