// Package tokens makes the words under which full-text search finds a report.
package tokens

import (
	"context"

	"entente/internal/centre"
	"entente/internal/lexis"
)

// Step is the step. Its zero value is ready; it is safe for concurrent use.
type Step struct{}

// New makes the step.
func New() Step { return Step{} }

// Name implements centre.Step.
func (Step) Name() string { return "tokens" }

// Version implements centre.Step.
func (Step) Version() int { return 2 }

// Apply fills draft.Tokens. It comes after the languages are known, which say
// how the words of each paragraph are stemmed.
func (Step) Apply(_ context.Context, draft *centre.Draft) error {
	draft.Tokens = lexis.Tokens(draft.Language, draft.Content, draft.Stretches...)
	return nil
}
