package metric

import (
	"math/rand/v2"
	"slices"
)

// Rounds is how many samples [Interval] draws.
const Rounds = 500

// Interval gives the 95 % percentile bootstrap interval of a figure over units
// that were drawn together, which are documents as a rule (Efron and
// Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13). figure is
// called with the indices of a sample, drawn with replacement from 0..units-1;
// it may not keep the slice. The seed is fixed: the same units give the same
// interval. With fewer than two units there is nothing to draw from: both ends
// are the figure itself.
func Interval(units int, figure func(sample []int) float64) (low, high float64) {
	sample := make([]int, units)
	if units < 2 {
		v := figure(sample)
		return v, v
	}
	random := rand.New(rand.NewPCG(2015, 926))
	values := make([]float64, Rounds)
	for i := range values {
		for j := range sample {
			sample[j] = random.IntN(units)
		}
		values[i] = figure(sample)
	}
	slices.Sort(values)
	return values[Rounds*25/1000], values[Rounds*975/1000-1]
}

// Every gives the indices 0..units-1: the sample that is the whole set.
func Every(units int) []int {
	all := make([]int, units)
	for i := range all {
		all[i] = i
	}
	return all
}
