package postings

import (
	"math"
	"slices"
)

// Ranked is a score with the index of what has it, so that numbers in ascending
// order have the highest score first, and equal ones by index.
type Ranked uint64

// Rank ranks what has an index by a score, which is not negative.
func Rank(score float32, index int) Ranked {
	return Ranked(^math.Float32bits(score))<<32 | Ranked(uint32(index))
}

// Index gives the index of what is ranked.
func (r Ranked) Index() int { return int(uint32(r)) }

// Best moves the n best of list to its beginning, in order, and gives them: all
// where there are fewer. It is meant for an n of some dozens.
func Best(list []Ranked, n int) []Ranked {
	best := list[:min(n, len(list))]
	slices.Sort(best)
	if len(best) == 0 {
		return best
	}
	last := len(best) - 1
	for i := len(best); i < len(list); i++ {
		r := list[i]
		if r >= best[last] {
			continue
		}
		at, _ := slices.BinarySearch(best, r)
		list[i] = best[last]
		copy(best[at+1:], best[at:last])
		best[at] = r
	}
	return best
}
