package entity

import (
	"context"
	"sync"
)

// The types of names that models are trained for.
const (
	TypePerson       = "person"
	TypeOrganisation = "organisation"
	TypeLocation     = "location"
	TypeOther        = "other" // products, events, peoples: of no use to the step
	// Of the next two the product has kinds, which other steps find better; a model
	// that is taught them takes them for names less often.
	TypeTime        = "time"
	TypeNationality = "nationality"
)

// Tagger holds what labelling words needs besides a model. It is safe for
// concurrent use.
type Tagger struct {
	k     *knowledge
	views *views
}

// NewTagger makes a tagger on the knowledge that is part of the program.
func NewTagger() (*Tagger, error) {
	k, err := loadKnowledge()
	if err != nil {
		return nil, err
	}
	return &Tagger{k, newViews(k)}, nil
}

var decoders = sync.Pool{New: func() any { return new(decoder) }}

// Tag gives the names that a model finds in text, which must be NFC, in order
// and none over another.
func (t *Tagger) Tag(ctx context.Context, m *Model, text string) ([]Span, error) {
	v := t.views.pool.Get().(*view)
	defer t.views.pool.Put(v)
	if err := v.read(ctx, text); err != nil {
		return nil, err
	}
	v.capitals, v.tongues = false, append(v.tongues[:0], tongue{until: len(v.words.List)})
	var spans []Span
	for _, s := range v.tag(ctx, map[string]*Model{"": m}) {
		spans = append(spans, Span{Start: v.words.List[s.first].Start, End: v.words.List[s.last].End, Type: s.kind, Score: s.score})
	}
	return spans, ctx.Err()
}

// span is a name by its words.
type span struct {
	first, last int
	kind        string
	score       float64
}

// tag labels the words of the view's text, each by the model of its language; where
// there is none they are outside.
func (v *view) tag(ctx context.Context, models map[string]*Model) []span {
	d := decoders.Get().(*decoder)
	defer decoders.Put(d)
	var spans []span
	for _, tongue := range v.tongues {
		m := models[tongue.language]
		if m == nil {
			continue
		}
		v.chunks(tongue.from, tongue.until, func(from, until int) {
			if ctx.Err() != nil {
				return
			}
			open := -1
			for i, label := range d.decode(m, v, from, until) {
				switch {
				case label == 0:
					open = -1
				case label%2 == 1:
					open = len(spans)
					spans = append(spans, span{from + i, from + i, m.types[label/2], sure(d.margin[i])})
				case open >= 0:
					spans[open].last = from + i
					spans[open].score = min(spans[open].score, sure(d.margin[i]))
				}
			}
		})
	}
	return spans
}

// sure makes a score of how far a label is ahead: half where it is not ahead at
// all, and nearer to one the farther it is. It is no probability.
func sure(margin float32) float64 {
	if margin < 0 {
		return 0.5
	}
	m := float64(margin)
	return 0.5 + 0.49*m/(m+24)
}
