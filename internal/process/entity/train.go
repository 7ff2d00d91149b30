package entity

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
)

// Sample is a text with the names that are marked in it, for training and for
// measuring.
type Sample struct {
	Document string
	Text     string // NFC
	Spans    []Span
}

// Span is a name in a text. Start and End are bytes, half-open.
type Span struct {
	Start, End int
	Type       string  // person, organisation, location, other
	Score      float64 // 0..1; of no meaning in a Sample
}

// TrainOptions of Train. The zero value is the default.
type TrainOptions struct {
	Bits   int // the table has 2^Bits rows; 0 means 19
	Rounds int // over all samples; 0 means 20
	Runs   int // in other orders, whose weights are averaged once more; 0 means 2
}

// Train makes a tagger of the types that the samples have, by the averaged
// perceptron with whole sequences (Collins 2002). Of spans in one another the
// longest is learnt. The same samples and options give the same model.
func (t *Tagger) Train(samples []Sample, types []string, o TrainOptions) *Model {
	if o.Bits == 0 {
		o.Bits = 19
	}
	if o.Rounds == 0 {
		o.Rounds = 20
	}
	if o.Runs == 0 {
		o.Runs = 2
	}
	m := newModel(types, o.Bits)
	var chunks []chunk
	for _, s := range samples {
		v := &view{k: t.k}
		if v.read(context.Background(), s.Text) != nil {
			continue
		}
		gold := v.gold(s.Spans, types)
		v.chunks(func(from, until int) { chunks = append(chunks, chunk{v.tokens, from, until, gold[from:until]}) })
	}
	total := trainer{m: m, weights: make([]float32, len(m.rows)), trans: make([]float32, len(m.trans))}
	for run := range o.Runs {
		tr := trainer{m: m, weights: make([]float32, len(m.rows)), sums: make([]float32, len(m.rows)),
			trans: make([]float32, len(m.trans)), transSums: make([]float32, len(m.trans))}
		tr.d.f.mask = m.mask
		random := rand.New(rand.NewPCG(1, uint64(run)+2))
		for range o.Rounds {
			random.Shuffle(len(chunks), func(i, j int) { chunks[i], chunks[j] = chunks[j], chunks[i] })
			for i := range chunks {
				tr.step++
				tr.learn(&chunks[i])
			}
		}
		tr.average()
		for i, w := range tr.weights {
			total.weights[i] += w
		}
		for i, w := range tr.trans {
			total.trans[i] += w
		}
	}
	total.finish()
	return m
}

type chunk struct {
	tokens      []token
	from, until int
	gold        []uint8
}

type trainer struct {
	m                *Model
	d                decoder
	weights, sums    []float32
	trans, transSums []float32
	step             float32
	scratch          []uint32
	ends             []int
}

// learn labels a chunk, and moves the weights of what was wrong. Sums hold
// each change times the step of it, so that the average is had at the end.
func (t *trainer) learn(c *chunk) {
	n, l := c.until-c.from, t.m.labels
	d := &t.d
	d.scores, d.best, d.back, d.labels = sized(d.scores, n*l), sized(d.best, n*l), sized(d.back, n*l), sized(d.labels, n)
	t.scratch, t.ends = t.scratch[:0], t.ends[:0]
	scores := make([]float32, l)
	for i := range n {
		clear(scores)
		rows := d.f.of(c.tokens, c.from+i, c.from, c.until)
		t.scratch = append(t.scratch, rows...)
		t.ends = append(t.ends, len(t.scratch))
		for _, row := range rows {
			for j, w := range t.weights[int(row)*l : int(row)*l+l] {
				scores[j] += w
			}
		}
		for j, s := range scores {
			d.scores[i*l+j] = int32(s * 16)
		}
	}
	for i, w := range t.trans {
		t.m.trans[i] = int32(w * 16)
	}
	t.m.forbid()
	d.viterbi(n, l, t.m.trans)
	begin, before, goldBefore := 0, 0, 0
	for i := range n {
		got, gold := int(d.labels[i]), int(c.gold[i])
		if got != gold {
			for _, row := range t.scratch[begin:t.ends[i]] {
				t.move(t.weights, t.sums, int(row)*l+gold, 1)
				t.move(t.weights, t.sums, int(row)*l+got, -1)
			}
		}
		if got != gold || before != goldBefore {
			t.move(t.trans, t.transSums, goldBefore*l+gold, 1)
			t.move(t.trans, t.transSums, before*l+got, -1)
		}
		begin, before, goldBefore = t.ends[i], got, gold
	}
}

func (t *trainer) move(weights, sums []float32, i int, by float32) {
	weights[i] += by
	sums[i] += by * t.step
}

// average makes the weights those of all steps together.
func (t *trainer) average() {
	for i := range t.weights {
		t.weights[i] -= t.sums[i] / t.step
	}
	for i := range t.trans {
		t.trans[i] -= t.transSums[i] / t.step
	}
}

// finish rounds the weights to bytes, on one scale for all.
func (t *trainer) finish() {
	sizes := make([]float32, 0, len(t.weights)/8)
	for _, w := range t.weights {
		if w != 0 {
			sizes = append(sizes, float32(math.Abs(float64(w))))
		}
	}
	if len(sizes) == 0 {
		return
	}
	slices.Sort(sizes)
	scale := 127 / sizes[len(sizes)*9995/10000] // the few that are larger are cut
	round := func(w float32) float64 { return math.Round(float64(w * scale)) }
	for i, w := range t.weights {
		t.m.rows[i] = int8(max(-127, min(127, round(w))))
	}
	for i, w := range t.trans {
		t.m.trans[i] = int32(max(-127*transScale, min(127*transScale, round(w))))
	}
	t.m.forbid()
}

// gold gives the labels of the words by the spans that a person marked.
func (v *view) gold(spans []Span, types []string) []uint8 {
	labels := make([]uint8, len(v.tokens))
	order := slices.Clone(spans)
	slices.SortStableFunc(order, func(a, b Span) int { return (b.End - b.Start) - (a.End - a.Start) })
	taken := make([]bool, len(v.tokens))
	for _, s := range order {
		n := slices.Index(types, s.Type)
		first, last := -1, -1
		for i := range v.words.List {
			w := &v.words.List[i]
			if w.Start < s.End && w.End > s.Start {
				if first < 0 {
					first = i
				}
				last = i
			}
			if w.Start >= s.End {
				break
			}
		}
		if n < 0 || first < 0 || slices.Contains(taken[first:last+1], true) {
			continue
		}
		for i := first; i <= last; i++ {
			taken[i] = true
			labels[i] = uint8(2*n + 2)
		}
		labels[first] = uint8(2*n + 1)
	}
	return labels
}
