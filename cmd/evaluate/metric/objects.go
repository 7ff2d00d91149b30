package metric

import "slices"

// Object is a mention as track 1 of factRuEval-2016 compares it: a type and the
// tokens, by their index; those that are part of the name are true, those that
// describe it are false and may be missing.
type Object struct {
	Type   string
	Tokens map[int]bool
}

// ObjectCounts are the sums of track 1: qualities of pairs, and how many
// objects were found and wanted.
type ObjectCounts struct{ Quality, Found, Gold float64 }

// Add gives the sum of two counts.
func (c ObjectCounts) Add(d ObjectCounts) ObjectCounts {
	return ObjectCounts{c.Quality + d.Quality, c.Found + d.Found, c.Gold + d.Gold}
}

// F is the harmonic mean of precision and recall.
func (c ObjectCounts) F() float64 {
	if c.Found+c.Gold == 0 {
		return 0
	}
	return 2 * c.Quality / (c.Found + c.Gold)
}

// Objects compares the objects of one text as track 1 of factRuEval-2016 does
// (Starostin and others, 2016): found and gold of one type that share a token
// are paired one to one, those with the most in common first; a pair counts the
// share of the tokens of both that they have in common, where tokens of the
// gold object that only describe it are neither asked for nor rewarded. A gold
// object without a name, or inside a larger one that was found, need not be
// found. All found tokens are true or false alike.
func Objects(found, gold []Object) ObjectCounts {
	type match struct {
		found, gold int
		likeness    float64
	}
	var matches []match
	for i, f := range found {
		for j, g := range gold {
			if f.Type != g.Type {
				continue
			}
			if both := common(f, g); both > 0 {
				matches = append(matches, match{i, j, float64(both) / float64(len(f.Tokens)+len(g.Tokens)-both)})
			}
		}
	}
	slices.SortStableFunc(matches, func(a, b match) int {
		switch {
		case a.likeness > b.likeness:
			return -1
		case a.likeness < b.likeness:
			return 1
		}
		return 0
	})
	takenFound, takenGold := map[int]bool{}, map[int]bool{}
	c := ObjectCounts{Found: float64(len(found))}
	for _, m := range matches {
		if !takenFound[m.found] && !takenGold[m.gold] {
			takenFound[m.found], takenGold[m.gold] = true, true
			c.Quality += quality(found[m.found], gold[m.gold], m.likeness)
		}
	}
	for j, g := range gold {
		if takenGold[j] || hasName(g) && !insideFound(j, gold, takenGold) {
			c.Gold++
		}
	}
	return c
}

func common(f, g Object) (n int) {
	for t := range f.Tokens {
		if _, ok := g.Tokens[t]; ok {
			n++
		}
	}
	return n
}

func hasName(o Object) bool {
	for _, name := range o.Tokens {
		if name {
			return true
		}
	}
	return false
}

func quality(f, g Object, likeness float64) float64 {
	right, missing, wrong := 0.0, 0.0, 0.0
	for t, name := range g.Tokens {
		_, ok := f.Tokens[t]
		switch {
		case ok && name:
			right++
		case name:
			missing++
		}
	}
	for t := range f.Tokens {
		if _, ok := g.Tokens[t]; !ok {
			wrong++
		}
	}
	if right+missing+wrong == 0 {
		return likeness
	}
	return right / (right + missing + wrong)
}

// insideFound tells whether a larger object of the same type, which has all the
// tokens of the j-th, was found.
func insideFound(j int, gold []Object, taken map[int]bool) bool {
	for k, larger := range gold {
		if k != j && taken[k] && larger.Type == gold[j].Type && len(larger.Tokens) > len(gold[j].Tokens) && common(larger, gold[j]) == len(gold[j].Tokens) {
			return true
		}
	}
	return false
}
