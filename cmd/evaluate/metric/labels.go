package metric

import (
	"maps"
	"slices"
)

// Labelled is what one text was given and what it should have been.
type Labelled struct{ Found, Gold string }

// Confusion counts what texts were given and should have been.
type Confusion map[Labelled]int

// Confused counts all of a list.
func Confused(all []Labelled) Confusion {
	c := Confusion{}
	for _, l := range all {
		c[l]++
	}
	return c
}

// Add counts in what another has counted.
func (c Confusion) Add(d Confusion) {
	for l, n := range d {
		c[l] += n
	}
}

// Counts are those of each label that is found or gold.
func (c Confusion) Counts() map[string]Counts {
	counts := map[string]Counts{}
	for l, n := range c {
		counts[l.Found] = counts[l.Found].Add(Counts{Found: n})
		gold := Counts{Gold: n}
		if l.Found == l.Gold {
			gold.Right = n
		}
		counts[l.Gold] = counts[l.Gold].Add(gold)
	}
	return counts
}

// F1 gives the three averages of F over labels: micro over all decisions (which
// is the share right where each text has one label), macro with every gold
// label alike, weighted with each gold label by how often it is gold. A label
// that is found and never gold counts against micro and weighted by the texts
// that it took.
func (c Confusion) F1() (micro, macro, weighted float64) {
	labels, right, all := 0, 0, 0
	counts := c.Counts()
	for _, label := range slices.Sorted(maps.Keys(counts)) { // the order decides how sums are rounded
		n := counts[label]
		if n.Gold == 0 {
			continue
		}
		labels, right, all = labels+1, right+n.Right, all+n.Gold
		macro += n.F()
		weighted += n.F() * float64(n.Gold)
	}
	if labels == 0 {
		return 0, 0, 0
	}
	return share(right, all), macro / float64(labels), weighted / float64(all)
}

// Unrelated is the stance of a text that is about something else.
const Unrelated = "unrelated"

// FNC is the score of the Fake News Challenge (stage 1, 2017): a quarter for
// telling related from unrelated, three quarters more for the right stance of a
// related one; over the greatest that could be had.
func (c Confusion) FNC() float64 {
	got, greatest := 0.0, 0.0
	for l, n := range c {
		each := float64(n) / 4 // quarters are summed without rounding
		if l.Gold == Unrelated {
			greatest += each
			if l.Found == Unrelated {
				got += each
			}
			continue
		}
		greatest += 4 * each
		if l.Found != Unrelated {
			got += each
		}
		if l.Found == l.Gold {
			got += 3 * each
		}
	}
	if greatest == 0 {
		return 0
	}
	return got / greatest
}
