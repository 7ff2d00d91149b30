package linear

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Labelled is a sequence for training: the rows of each member, as Untrained
// gives them, and its label.
type Labelled struct {
	Rows [][]uint32
	Gold []uint8
}

// Untrained gives a model without weights, whose Row makes the rows of the
// training sequences. bits is the power of two of the table's size, 1 to 20;
// follows tells which label may follow which.
func Untrained(labels []string, bits int, follows func(from, to int) bool) *Sequence {
	m := &Sequence{Labels: labels, bits: max(1, min(bits, 20))}
	l := len(labels)
	m.trans = make([]int32, l*l)
	m.rows = make([]int8, l<<m.bits)
	for i := range m.trans {
		if !follows(i/l, i%l) {
			m.trans[i] = never
		}
	}
	return m
}

// Train fits the model to sequences in so many rounds, by AdaGrad at a rate; the
// weights are the mean of those after each round of the second half. Features that
// are seen at most rare times are left out: what they would teach is chance. The
// sequences are used up. The same sequences give the same model.
func (m *Sequence) Train(all []Labelled, rounds, rare int, rate float64) {
	t := sequenceTrainer{m: m, rate: rate, kept: m.common(all, rare)}
	l := len(m.Labels)
	t.weights, t.squares = make([]float32, len(t.kept)*l), make([]float32, len(t.kept)*l)
	t.trans, t.transSquares = make([]float64, l*l), make([]float64, l*l)
	t.expected = make([]float64, l*l)
	sums, transSums := make([]float32, len(t.weights)), make([]float64, l*l)
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	random := rand.New(rand.NewPCG(1, 2))
	means := 0
	for round := range rounds {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			t.learn(&all[i])
		}
		if 2*round+1 < rounds {
			continue
		}
		means++
		for i, w := range t.weights {
			sums[i] += w
		}
		for i, w := range t.trans {
			transSums[i] += w
		}
	}
	for i := range sums {
		sums[i] /= float32(max(means, 1))
	}
	for i := range transSums {
		transSums[i] /= float64(max(means, 1))
	}
	t.round(sums, transSums)
}

// common gives the rows that are seen more than rare times, and makes the rows of
// the sequences indices into them.
func (m *Sequence) common(all []Labelled, rare int) (kept []uint32) {
	seen := make([]int, 1<<m.bits)
	for _, s := range all {
		for _, rows := range s.Rows {
			for _, at := range rows {
				seen[at]++
			}
		}
	}
	index := make([]uint32, len(seen))
	for at, n := range seen {
		if n > rare {
			index[at] = uint32(len(kept))
			kept = append(kept, uint32(at))
		}
	}
	for _, s := range all {
		for i, rows := range s.Rows {
			rows = slices.DeleteFunc(rows, func(at uint32) bool { return seen[at] <= rare })
			for k, at := range rows {
				rows[k] = index[at]
			}
			s.Rows[i] = rows
		}
	}
	return kept
}

// sequenceTrainer has weights of the kept rows alone, which fit a processor's
// cache.
type sequenceTrainer struct {
	m                   *Sequence
	kept                []uint32 // row of the model by row of the trainer
	rate                float64
	weights, squares    []float32 // squares: the sum of squared gradients
	trans, transSquares []float64
	expected            []float64 // transitions of the sequence under way, less those of its labels
	lattice             lattice
}

// learn takes a step along the gradient of the likelihood of a sequence.
func (t *sequenceTrainer) learn(s *Labelled) {
	l, n := len(t.m.Labels), len(s.Rows)
	if n == 0 {
		return
	}
	x := &t.lattice
	x.begin(n, l, func(i int) float64 {
		if t.m.trans[i] == never {
			return math.Inf(-1)
		}
		return t.trans[i]
	})
	sums := make([]float32, l)
	for i := range n {
		clear(sums)
		for _, at := range s.Rows[i] {
			for j, w := range t.weights[int(at)*l : int(at)*l+l] {
				sums[j] += w
			}
		}
		x.set(i, sums)
	}
	x.pass()
	clear(t.expected)
	for i := range n {
		const settled = 5e-4 // a member that is right with so little doubt teaches nothing
		doubt := 0.0
		for j := range l {
			p := x.forward[i*l+j] * x.backward[i*l+j]
			if j == int(s.Gold[i]) {
				p--
			}
			sums[j] = float32(p)
			doubt = max(doubt, math.Abs(p))
		}
		before := 0
		if i > 0 {
			before = int(s.Gold[i-1])
			for k := range t.expected {
				t.expected[k] += x.forward[(i-1)*l+k/l] * x.step(k/l, i, k%l) * x.backward[i*l+k%l]
			}
		} else {
			for j := range l {
				t.expected[j] += x.forward[j] * x.backward[j]
			}
		}
		t.expected[before*l+int(s.Gold[i])]--
		if doubt < settled {
			continue
		}
		for _, at := range s.Rows[i] {
			first := int(at) * l
			for j, g := range sums {
				t.squares[first+j] += g * g
				t.weights[first+j] -= float32(t.rate) * g / (float32(math.Sqrt(float64(t.squares[first+j]))) + 1e-3)
			}
		}
	}
	for k, g := range t.expected {
		if t.m.trans[k] != never {
			t.transSquares[k] += g * g
			t.trans[k] -= t.rate * g / (math.Sqrt(t.transSquares[k]) + 1e-3)
		}
	}
}

// round puts the weights into the model as bytes, on one scale for all.
func (t *sequenceTrainer) round(weights []float32, trans []float64) {
	var sizes []float32
	for _, w := range weights {
		if w != 0 {
			sizes = append(sizes, max(w, -w))
		}
	}
	if len(sizes) == 0 {
		return
	}
	slices.Sort(sizes)
	t.m.scale = float64(sizes[len(sizes)*9995/10000]) / 127 // the few that are larger are cut
	byteOf := func(w float64) float64 { return max(-127, min(127, math.Round(w/t.m.scale))) }
	l := len(t.m.Labels)
	for i, w := range weights {
		t.m.rows[int(t.kept[i/l])*l+i%l] = int8(byteOf(float64(w)))
	}
	for i, w := range trans {
		if t.m.trans[i] != never {
			t.m.trans[i] = int32(byteOf(w/transScale)) * transScale
		}
	}
}
