package claim

import (
	"context"
	"math"
	"sync"

	_ "embed" // the weights

	"entente/internal/centre"
	"entente/internal/linear"
)

// Attribution is words that ascribe a thought to somebody, in the widest sense:
// what is said, and what the text says somebody thinks, wants, shows or fears.
// The step keeps of these the speech acts alone.
type Attribution struct {
	Source centre.Words // zero where the text names none
	Cue    centre.Words
}

// The labels of the model of attributions.
const (
	outside = iota
	cueBegin
	cueInside
	sourceBegin
	sourceInside
)

var labelNames = []string{"", "B-cue", "I-cue", "B-source", "I-source"}

// follows tells which label may follow which.
func follows(from, to int) bool {
	return to != cueInside && to != sourceInside || from == to || from == to-1
}

//go:embed weights.bin
var weights []byte

var embedded = sync.OnceValue(func() *linear.Sequence {
	m, err := linear.ReadSequence(weights)
	if err != nil {
		panic("the embedded weights of attributions cannot be read: " + err.Error()) // a test reads them
	}
	return m
})

// Attributions finds the attributions of an English text in the widest sense.
// It reads the draft as Apply does. It is safe for concurrent use.
func (s Step) Attributions(ctx context.Context, draft *centre.Draft) ([]Attribution, error) {
	return s.attributions(ctx, draft, embedded())
}

// AttributionsBy is Attributions with other weights, as TrainAttributions gives
// them.
func (s Step) AttributionsBy(ctx context.Context, draft *centre.Draft, weights []byte) ([]Attribution, error) {
	m, err := linear.ReadSequence(weights)
	if err != nil {
		return nil, err
	}
	return s.attributions(ctx, draft, m)
}

func (s Step) attributions(ctx context.Context, draft *centre.Draft, m *linear.Sequence) ([]Attribution, error) {
	r := s.scratch.Get().(*reader)
	defer s.scratch.Put(r)
	defer r.release()
	if err := r.begin(ctx, draft); err != nil {
		return nil, err
	}
	r.find()
	r.say()
	w := wide{reader: r, m: m, facts: r.facts}
	w.prepare()
	for i := range r.sentences {
		w.sentence(&r.sentences[i])
	}
	w.marks()
	return w.found, ctx.Err()
}

// weigh lets the model of attributions judge the acts of English verbs: those
// whose words and neighbours do not look like an attribution are left out, and
// the others are the surer the more they do.
func (r *reader) weigh() {
	w := wide{reader: r, facts: r.facts}
	for k := range r.acts {
		a := &r.acts[k]
		c := &r.cues[a.cue]
		s := &r.sentences[c.sentence]
		if a.dropped || c.kind != byVerb || c.span.empty() || s.tongue != english() {
			continue
		}
		if w.m == nil {
			w.m = embedded()
			w.rule()
		}
		w.near(c.first)
		var memory [96]uint32
		first := s.first + (c.first-s.first)/stretchTokens*stretchTokens
		margin := w.m.Margin(w.rows(s, first, min(first+stretchTokens, s.until), c.first, memory[:0]), cueBegin)
		limit := math.Inf(-1)
		if c.lexeme.stance == centre.StanceAssert && c.until == c.first+1 {
			// Words that are as often a noun or tell of a deed must look the part.
			limit = plainLimit
			if c.lexeme.frame&(object|judging|showing) != 0 {
				limit = ambiguousLimit
			}
		}
		if margin < limit {
			a.dropped = true
			continue
		}
		a.score *= sure(margin)
	}
	r.facts = w.facts
}

// The margins, in log-odds, below which a verb is no cue. On PolNeAR's development
// part, by weights that do not know it, one in five of what lies below the limit of
// words that are as often something else is an attribution, and one in thirteen below
// that of plain verbs; above both it is five in six.
const (
	ambiguousLimit = -1
	plainLimit     = -2
)

// sure makes a score of how far a cue is ahead: it is no probability.
func sure(margin float64) float64 {
	if margin <= 0 {
		return 0.5
	}
	return 0.5 + 0.49*margin/(margin+3)
}
