package metric

// BCubed gives for each document how much of its found group belongs to its
// gold group and how much of its gold group is in its found group. Their means
// are B-cubed precision and recall (Bagga and Baldwin, 1998). The slices run
// parallel.
func BCubed(found, gold []string) (precision, recall []float64) {
	type pair struct{ found, gold string }
	both, inFound, inGold := map[pair]float64{}, map[string]float64{}, map[string]float64{}
	for i := range found {
		both[pair{found[i], gold[i]}]++
		inFound[found[i]]++
		inGold[gold[i]]++
	}
	for i := range found {
		n := both[pair{found[i], gold[i]}]
		precision = append(precision, n/inFound[found[i]])
		recall = append(recall, n/inGold[gold[i]])
	}
	return precision, recall
}

// Harmonic is the harmonic mean of two figures, 0 where both are.
func Harmonic(a, b float64) float64 {
	if a+b == 0 {
		return 0
	}
	return 2 * a * b / (a + b)
}
