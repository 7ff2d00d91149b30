package entity

import (
	"math"
	"slices"
)

// A gate says which words are worth a close look: most words of a text are in no
// name, and few features tell so. It is the first step of a cascade (Viola and
// Jones 2001; for sequences Weiss and Taskar 2010): what it cuts off is outside
// for good, and only the rest is labelled with all features. It is a logistic
// model over words, made with the tagger; its threshold is set on words that it
// was not trained on, so that it keeps all but gateLoss of those in names.
type gate struct {
	weights []int8 // 1<<gateBits
	least   int32  // words below it are cut
}

const (
	gateBits  = 15
	gateRows  = 12
	gateScale = 24    // weights are in units of 1/gateScale
	gateLoss  = 0.025 // share of the words of names that may be cut
)

// rowsAt gives the rows of word i in the chunk [from, until).
func (g *gate) rowsAt(tokens []token, i, from, until int) (rows [gateRows]uint16) {
	t, p, n := &tokens[i], &edge, &edge
	before, after := gapEnd, gapEnd
	if i > from {
		p, before = &tokens[i-1], t.before
	}
	if i+1 < until {
		n = &tokens[i+1]
		after = n.before
	}
	row := func(number, value uint32) {
		h := (value ^ number*0x9e3779b1) * 0x85ebca6b
		h ^= h >> 15
		rows[number] = uint16(h * 0xc2b2ae35 >> (32 - gateBits))
	}
	row(0, t.fold)
	row(1, t.bare*31)
	row(2, p.fold)
	row(3, n.fold)
	row(4, t.shape<<3|uint32(before))
	row(5, p.shape>>3<<20^t.shape>>3<<10^n.shape>>3)
	row(6, p.list<<16|t.list<<8|n.list)
	row(7, (p.state<<5|p.known)<<20^(t.state<<5|t.known)<<10^(n.state<<5|n.known))
	row(8, t.shape>>3<<20^n.fold)
	row(9, t.seen<<4|uint32(after))
	row(10, t.head)
	row(11, t.tail)
	return rows
}

// cuts tells that a word is in no name.
func (g *gate) cuts(tokens []token, i, from, until int) bool {
	sum := int32(0)
	for _, row := range g.rowsAt(tokens, i, from, until) {
		sum += int32(g.weights[row])
	}
	return sum < g.least
}

// trainGate makes the gate of chunks. Halves of them set the threshold for
// one another.
func trainGate(chunks []chunk) *gate {
	const block = 64 // neighbouring chunks may be of one document
	half := func(i int) int { return i / block % 2 }
	var sums []int32
	for side := range 2 {
		g := fitGate(chunks, func(i int) bool { return half(i) != side })
		for c := range chunks {
			if half(c) == side {
				chunks[c].each(func(i int, named bool) {
					if named {
						sum := int32(0)
						for _, row := range g.rowsAt(chunks[c].tokens, i, chunks[c].from, chunks[c].until) {
							sum += int32(g.weights[row])
						}
						sums = append(sums, sum)
					}
				})
			}
		}
	}
	g := fitGate(chunks, func(int) bool { return true })
	if len(sums) == 0 {
		g.least = math.MinInt32
		return g
	}
	slices.Sort(sums)
	g.least = sums[int(gateLoss*float64(len(sums)))]
	return g
}

// fitGate fits the weights by gradient descent, whose steps shorten: a word that
// is seen once moves its weight little, and so is no reason to cut it.
func fitGate(chunks []chunk, with func(chunk int) bool) *gate {
	const rounds, first = 8, 0.1
	g := &gate{weights: make([]int8, 1<<gateBits)}
	weights := make([]float32, 1<<gateBits)
	for round := range rounds {
		rate := float32(first) / float32(1+round)
		for c := range chunks {
			if !with(c) {
				continue
			}
			chunks[c].each(func(i int, named bool) {
				rows := g.rowsAt(chunks[c].tokens, i, chunks[c].from, chunks[c].until)
				sum := float32(0)
				for _, row := range rows {
					sum += weights[row]
				}
				slope := float32(1 / (1 + math.Exp(float64(-sum))))
				if named {
					slope--
				}
				for _, row := range rows {
					weights[row] -= rate * slope
				}
			})
		}
	}
	for i, w := range weights {
		g.weights[i] = int8(max(-127, min(127, math.Round(float64(w*gateScale)))))
	}
	return g
}
