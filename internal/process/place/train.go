package place

import (
	"context"
	"math"

	"entente/internal/centre"
	"entente/internal/gazetteer"
)

// Example is a text whose names of places are marked and located.
type Example struct {
	Text, Language string
	Spans          []Span         // in order, without overlap
	At             []centre.Point // of each span; unknown where nobody located it
}

// Close is within how many kilometres of its mark a place counts as the right
// one in training.
const Close = 161

// Train makes weights from examples: those under which the places near the marks
// are likeliest among all places of their names. What is believed of the other
// names of a text depends on the weights, so texts are measured anew three times.
// It takes seconds for some thousand marks, and gives the same for the same.
func Train(g *gazetteer.Gazetteer, texts []Example) (Weights, error) {
	w := Weights{fSeatAlike: seatAlike}
	for range 4 {
		examples, err := measure(g, texts, w)
		if err != nil {
			return w, err
		}
		w = fit(examples, w)
		w[fSeatAlike] = seatAlike
	}
	return w, nil
}

// choice is a name to choose for: the vectors of its places and which are right.
type choice struct {
	vectors []features
	right   []bool
}

// measure gives the choices of texts as they look under the weights.
func measure(g *gazetteer.Gazetteer, texts []Example, w Weights) (all []choice, err error) {
	f := newFinder(g)
	f.weights = &w
	for _, t := range texts {
		if err := f.find(context.Background(), &centre.Draft{Content: centre.Content{Text: t.Text}, Language: t.Language}); err != nil {
			return nil, err
		}
		f.take(t.Spans)
		f.link()
		for i := range f.runs {
			f.runs[i].recognised = 1
		}
		f.resolve()
		for i := range f.runs {
			r := &f.runs[i]
			n, ok := f.choices.byKey[r.key]
			if !ok || !t.At[i].Known || r.division != "" || r.demonym || r.qualifier >= 0 || f.choices.groups[n].pinned {
				continue
			}
			grp := &f.choices.groups[n]
			if grp.to-grp.from < 2 {
				continue
			}
			c := choice{vectors: append([]features(nil), f.choices.vectors[grp.from:grp.to]...), right: make([]bool, grp.to-grp.from)}
			some, every := false, true
			for k := range c.right {
				p := f.place(grp, grp.from+k)
				c.right[k] = p.Located && kilometres(t.At[i], p.Lat, p.Lon) <= Close && c.vectors[k][fSeatAlike] == 0
				some, every = some || c.right[k], every && c.right[k]
			}
			if some && !every {
				all = append(all, c)
			}
		}
	}
	return all, nil
}

// kilometres is the great-circle distance.
func kilometres(a centre.Point, lat, lon float64) float64 {
	const degree = math.Pi / 180
	y, x := math.Sin((lat-a.Lat)*degree/2), math.Sin((lon-a.Lon)*degree/2)
	return 2 * 6371 * math.Asin(math.Min(1, math.Sqrt(y*y+math.Cos(a.Lat*degree)*math.Cos(lat*degree)*x*x)))
}

// fit raises the likelihood of the right places by AdaGrad, from w on.
func fit(all []choice, w Weights) Weights {
	const (
		rounds  = 60
		rate    = 0.3
		penalty = 0.02 // L2, against weights that a handful of marks made
	)
	var squares features
	for range rounds {
		for i := range all {
			c := &all[i]
			gradient := slope(c, &w)
			for k := range w {
				g := gradient[k] - penalty*w[k]/float64(len(all))*10
				squares[k] += g * g
				if squares[k] > 0 {
					w[k] += rate * g / math.Sqrt(squares[k]+1e-3)
				}
			}
		}
	}
	return w
}

// slope is the gradient of the log-likelihood of the right places of a choice.
func slope(c *choice, w *Weights) (g features) {
	best := math.Inf(-1)
	scores := make([]float64, len(c.vectors))
	for k := range c.vectors {
		scores[k] = w.score(&c.vectors[k])
		best = max(best, scores[k])
	}
	sum, right := 0.0, 0.0
	for k := range scores {
		scores[k] = math.Exp(scores[k] - best)
		sum += scores[k]
		if c.right[k] {
			right += scores[k]
		}
	}
	for k := range scores {
		pull := -scores[k] / sum
		if c.right[k] {
			pull += scores[k] / (right + 1e-12)
		}
		for j := range g {
			g[j] += pull * c.vectors[k][j]
		}
	}
	return g
}
