package when

import (
	"context"
	"sync"

	"entente/internal/centre"
)

const (
	name    = "when"
	version = 2
	// maxMentions bounds the time expressions of one report.
	maxMentions = 1000
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

// Apply appends the time expressions of draft.Content to draft.Mentions, in
// their order. It reads the language of each paragraph, draft.Published, and the
// dateline among draft.Parts with the places that are named in it.
func (s Step) Apply(ctx context.Context, draft *centre.Draft) error {
	r := s.scratch.Get().(*reader)
	if len(draft.Content.Text) < maxKept {
		defer s.scratch.Put(r)
	}
	r.begin(draft)
	defer r.end()
	for i, found := 0, 0; i < len(r.tokens) && found < maxMentions; {
		if i%1024 == 1023 && ctx.Err() != nil {
			return ctx.Err()
		}
		t := &r.tokens[i]
		if t.digits == 0 && t.sense.class&begins == 0 {
			i++
			continue
		}
		r.speak(t.point)
		x := r.expressionAt(i)
		if x.to == i {
			i++
			continue
		}
		last := &r.tokens[x.to-1]
		draft.Mentions = append(draft.Mentions, centre.Mention{Kind: centre.MentionTime, Start: t.point, End: last.pointEnd,
			Text: r.text[t.start:last.end], When: x.span, Score: x.score, Step: name, Version: version, Why: x.why})
		if x.span != nil {
			r.named, r.namedEnd = x.span, last.end
		}
		found++
		i = x.to
	}
	return nil
}

// begins are the classes of words with which an expression can begin.
const begins = weekday | short | month | hijri | solar | season | unit | offset | oneyear | part | rel | rolling | agofirst | count | few | portion | year |
	aheadfirst | aheadsure | weekend | decade | nextday

func (r *reader) begin(draft *centre.Draft) {
	r.text, r.draft = draft.Content.Text, draft
	r.from, r.until = 0, 0
	r.speak(0)
	r.anchor = anchorOf(draft)
	r.named, r.namedEnd = nil, 0
	r.scan(r.text)
	r.join()
	r.survey()
}

// end forgets the draft, which belongs to others.
func (r *reader) end() { r.text, r.draft, r.named = "", nil, nil }

// speak takes the words of the language at a code point of the text.
func (r *reader) speak(point int) {
	if point < r.from || point >= r.until {
		var language string
		language, r.until = r.draft.LanguageFrom(point)
		r.from, r.lexica = point, lexicaOf(language)
	}
}
