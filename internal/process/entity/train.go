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
	Bits   int // the table has 2^Bits rows; 0 means 17
	Rounds int // over all samples; 0 means 14
	Runs   int // in other orders, whose weights are averaged once more; 0 means 4
}

// Train makes a tagger of the types that the samples have, by the averaged
// perceptron with whole sequences (Collins 2002). Of spans in one another the
// longest is learnt. The same samples and options give the same model.
func (t *Tagger) Train(samples []Sample, types []string, o TrainOptions) *Model {
	if o.Bits == 0 {
		o.Bits = 17
	}
	if o.Rounds == 0 {
		o.Rounds = 14
	}
	if o.Runs == 0 {
		o.Runs = 4
	}
	m := newModel(types, o.Bits)
	var chunks []chunk
	for _, s := range samples {
		v := &view{k: t.k}
		if v.read(context.Background(), s.Text) != nil {
			continue
		}
		gold := v.gold(s.Spans, types)
		v.chunks(0, len(v.tokens), func(from, until int) {
			chunks = append(chunks, chunk{view: v, tokens: v.tokens, from: from, until: until, gold: gold[from:until]})
		})
	}
	m.gate = *trainGate(chunks)
	for i := range chunks {
		chunks[i].look(m)
	}
	size := m.labels << m.bits
	total := trainer{m: m, weights: make([]float32, size), trans: make([]float32, len(m.trans))}
	for run := range o.Runs {
		tr := trainer{m: m, weights: make([]float32, size), sums: make([]float32, size),
			trans: make([]float32, len(m.trans)), transSums: make([]float32, len(m.trans))}
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

// chunk is a run of words that are labelled together, [from, until) of a view.
type chunk struct {
	view        *view
	tokens      []token // of the whole view
	from, until int
	gold        []uint8
	rows        []uint32 // of the words that the gate keeps, one after another
	ends        []int    // of each word: where its rows end
}

// each gives the words, and whether they are in a name.
func (c *chunk) each(give func(i int, named bool)) {
	for i := c.from; i < c.until; i++ {
		give(i, c.gold[i-c.from] != 0)
	}
}

// look asks the gate for every word, and keeps the rows of those it lets through;
// what is in a name is kept in any case.
func (c *chunk) look(m *Model) {
	f := featurer{mask: 1<<m.bits - 1}
	c.each(func(i int, named bool) {
		if c.tokens[i].cut = !named && m.gate.cuts(c.tokens, i, c.from, c.until); !c.tokens[i].cut {
			c.view.lookAround(i, c.from, c.until)
			c.rows = append(c.rows, f.of(c.tokens, i, c.from, c.until)...)
		}
		c.ends = append(c.ends, len(c.rows))
	})
}

type trainer struct {
	m                *Model
	d                decoder
	weights, sums    []float32 // [row*labels+label]
	trans, transSums []float32
	step             float32
}

// learn labels a chunk, and moves the weights of what was wrong. Sums hold
// each change times the step of it, so that the average is had at the end.
func (t *trainer) learn(c *chunk) {
	n, l := c.until-c.from, t.m.labels
	d := &t.d
	d.scores, d.best, d.back, d.labels = sized(d.scores, n*l), sized(d.best, n*l), sized(d.back, n*l), sized(d.labels, n)
	var scores [maxLabels]float32
	begin := 0
	for i, end := range c.ends {
		if begin == end {
			continue
		}
		clear(scores[:l])
		for _, row := range c.rows[begin:end] {
			for j, w := range t.weights[int(row)*l : int(row)*l+l] {
				scores[j] += w
			}
		}
		for j, s := range scores[:l] {
			d.scores[i*l+j] = int32(s * 16)
		}
		begin = end
	}
	for i, w := range t.trans {
		t.m.trans[i] = int32(w * 16)
	}
	t.m.forbid()
	d.viterbi(c.tokens[c.from:c.until], l, t.m.trans)
	begin, before, goldBefore := 0, 0, 0
	for i := range n {
		got, gold := int(d.labels[i]), int(c.gold[i])
		if got != gold {
			for _, row := range c.rows[begin:c.ends[i]] {
				t.move(t.weights, t.sums, int(row)*l+gold, 1)
				t.move(t.weights, t.sums, int(row)*l+got, -1)
			}
		}
		if got != gold || before != goldBefore {
			t.move(t.trans, t.transSums, goldBefore*l+gold, 1)
			t.move(t.trans, t.transSums, before*l+got, -1)
		}
		begin, before, goldBefore = c.ends[i], got, gold
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

// finish rounds the weights to bytes, on one scale for all, as they are above that of
// label 0.
func (t *trainer) finish() {
	l := t.m.labels
	sizes := make([]float32, 0, len(t.weights)/8)
	for i := range t.weights {
		if at := i % l; at > 0 {
			if t.weights[i] -= t.weights[i-at]; t.weights[i] != 0 {
				sizes = append(sizes, float32(math.Abs(float64(t.weights[i]))))
			}
		}
	}
	if len(sizes) == 0 {
		return
	}
	slices.Sort(sizes)
	scale := 127 / sizes[len(sizes)*99999/100000] // of the few that are larger the most common features have one: cutting more costs much
	round := func(w float32) float64 { return math.Round(float64(w * scale)) }
	for i, w := range t.weights {
		if at := i % l; at > 0 {
			t.m.setWeight(i/l, at, int8(max(-127, min(127, round(w)))))
		}
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
