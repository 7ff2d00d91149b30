package metric

// Counts are how many spans were found, how many there are, and how many of
// both are the same.
type Counts struct{ Found, Gold, Right int }

// Add gives the sum of two counts: the figures of it are micro averages.
func (c Counts) Add(d Counts) Counts {
	return Counts{c.Found + d.Found, c.Gold + d.Gold, c.Right + d.Right}
}

// Precision is the share of the found that is right.
func (c Counts) Precision() float64 { return share(c.Right, c.Found) }

// Recall is the share of the gold that was found.
func (c Counts) Recall() float64 { return share(c.Right, c.Gold) }

// F is the harmonic mean of precision and recall.
func (c Counts) F() float64 { return share(2*c.Right, c.Found+c.Gold) }

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// Span is a stretch of a text in code points, half-open, with its type; ""
// where types play no part.
type Span struct {
	Start, End int
	Type       string
}

// Overlaps tells whether two spans share a code point.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Exact counts the spans of one text that are found with the same ends and
// type. A span that is given twice counts once.
func Exact(found, gold []Span) Counts {
	want := map[Span]bool{}
	for _, s := range gold {
		want[s] = true
	}
	have := map[Span]bool{}
	c := Counts{Gold: len(want)}
	for _, s := range found {
		if have[s] {
			continue
		}
		have[s] = true
		c.Found++
		if want[s] {
			c.Right++
		}
	}
	return c
}

// Overlapping counts the spans of one text that share a code point with a span
// of the same type on the other side, one to one, taken in the order of the
// found.
func Overlapping(found, gold []Span) Counts {
	return pair(found, gold, func(f, g Span) bool { return f.Type == g.Type && f.Overlaps(g) })
}

// pair counts a matching one to one, as large as any that match allows
// (augmenting paths: Kuhn, 1955).
func pair[T any](found, gold []T, match func(f, g T) bool) Counts {
	of := make([]int, len(gold)) // 1 + the found that a gold one is paired with
	var seen []bool
	var try func(i int) bool
	try = func(i int) bool {
		for j := range gold {
			if seen[j] || !match(found[i], gold[j]) {
				continue
			}
			seen[j] = true
			if of[j] == 0 || try(of[j]-1) {
				of[j] = i + 1
				return true
			}
		}
		return false
	}
	c := Counts{Found: len(found), Gold: len(gold)}
	for i := range found {
		seen = make([]bool, len(gold))
		if try(i) {
			c.Right++
		}
	}
	return c
}
