package text

import (
	"context"
	"slices"
	"unicode/utf8"

	"entente/internal/centre"
)

// Cutter is the step that cuts a report's text into sentences, once for all
// steps. It comes after the step for the language, whose abbreviations it needs.
// Its zero value is ready; it is safe for concurrent use.
type Cutter struct{}

// NewCutter makes the step.
func NewCutter() Cutter { return Cutter{} }

// Name implements centre.Step.
func (Cutter) Name() string { return "sentences" }

// Version implements centre.Step.
func (Cutter) Version() int { return 1 }

// Apply fills draft.Sentences by the rules of Sentences. It reads Content, Parts,
// Language and Stretches: a sentence ends where the title ends, where a part
// begins or ends (so that a dateline is none of its sentence), and where the
// language changes.
func (Cutter) Apply(_ context.Context, draft *centre.Draft) error {
	text := draft.Content.Text
	edges := make([]int, 0, 2*(len(draft.Parts)+len(draft.Stretches))+1)
	edges = append(edges, draft.Content.Title)
	for _, p := range draft.Parts {
		edges = append(edges, p.Start, p.End)
	}
	for _, s := range draft.Stretches {
		edges = append(edges, s.Start, s.End)
	}
	slices.Sort(edges)
	sentences := make([]centre.Sentence, 0, len(text)/100+1)
	point, at := 0, 0 // where the piece begins
	for i := 0; at < len(text); i++ {
		end, stop := -1, len(text)
		if i < len(edges) {
			if end = edges[i]; end <= point {
				continue
			}
			stop = at
			for n := point; n < end && stop < len(text); n++ {
				_, size := utf8.DecodeRuneInString(text[stop:])
				stop += size
			}
		}
		for _, s := range Sentences(text[at:stop], draft.LanguageAt(point)) {
			sentences = append(sentences, centre.Sentence{Start: point + s.Start, End: point + s.End})
		}
		point, at = end, stop
	}
	draft.Sentences = sentences
	return nil
}
