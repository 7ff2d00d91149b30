package place

import (
	"math"
	"slices"

	"entente/internal/centre"
	"entente/internal/gazetteer"
)

const (
	// maxNames bounds the distinct names that speak for one another in a text,
	// and maxPairs the pairs of their places that are held against each other:
	// what comes later in a text that names more is judged by the former alone.
	maxNames = 64
	maxPairs = 40_000
	// maxChoices are the places of one name that are weighed, the most prominent.
	maxChoices = 24
)

// group is the runs of one name: one name means one place in a text.
type group struct {
	key      gazetteer.Hash
	run      int // the first run
	weight   float64
	mentions int
	from, to int  // of scores, beliefs and vectors
	pinned   bool // said to lie in the place named right behind it
}

// choices are what a text's names may mean, and how likely each meaning is.
type choices struct {
	groups  []group
	byKey   map[gazetteer.Hash]int
	belief  []float64  // by candidate: how likely it is meant
	vectors []features // by candidate
	kin     []kin      // by candidate
	country map[[3]byte]float64
	admin1  map[[12]byte]float64
	named   map[[3]byte]bool  // countries that the text names, and whose people it does
	namedIn map[[12]byte]bool // provinces that the text names
	total   float64
	anchors []anchor
	home    [3]byte // where the source is
	point   centre.Point
}

// kin ties a candidate to those of its name in the same country and province: by
// the first of each, which holds the most that any of them says. A name that
// twelve towns of a country bear speaks for that country by the likeliest of them.
type kin struct {
	country, province         int
	mostCountry, mostProvince float64
}

// anchor is a place that is believed to be meant, and draws others to it.
type anchor struct {
	lat, lon float64
	pull     float64 // belief, weight of its name and how much such a place says
	group    int
	wide     bool // a province: its point is no place
}

func (c *choices) reset() {
	if c.byKey == nil {
		c.byKey, c.country, c.admin1 = map[gazetteer.Hash]int{}, map[[3]byte]float64{}, map[[12]byte]float64{}
		c.named, c.namedIn = map[[3]byte]bool{}, map[[12]byte]bool{}
	}
	clear(c.byKey)
	clear(c.named)
	clear(c.namedIn)
	c.groups, c.belief, c.vectors, c.kin = c.groups[:0], c.belief[:0], c.vectors[:0], c.kin[:0]
}

// resolve chooses a place for every run and gives it its score.
func (f *finder) resolve() {
	f.choices.reset()
	f.gather()
	f.collect()
	f.weigh(false)
	f.weigh(true)
	f.weigh(true)
	for i := range f.runs {
		r := &f.runs[i]
		switch {
		case r.division != "":
			r.score, r.why = r.recognised, unknownKinds[r.division]
			if r.why == nil {
				r.why = unknownName
			}
		case r.demonym:
			r.chosen, r.score, r.why = r.from, r.recognised, peopleOf
		case r.qualifier >= 0:
			r.score = min(1, r.recognised)
			r.why = qualified
		case r.outer:
			r.score, r.why = min(1, r.recognised), outerOf
		default:
			f.settle(r)
		}
	}
}

// gather puts the runs of one name together, and pins those that are said to
// lie somewhere.
func (f *finder) gather() {
	c := &f.choices
	for i := range f.runs {
		r := &f.runs[i]
		if r.division != "" {
			continue
		}
		if r.demonym {
			if country := f.candidates[r.from].Country; r.recognised >= 0.5 && country != [3]byte{} {
				c.named[country] = true
			}
			continue
		}
		if r.qualifier >= 0 {
			f.pin(r)
		}
		n, ok := c.byKey[r.key]
		if !ok {
			if len(c.groups) == maxNames {
				continue
			}
			n = len(c.groups)
			c.byKey[r.key] = n
			c.groups = append(c.groups, group{key: r.key, run: i})
		}
		g := &c.groups[n]
		if r.recognised < 0.4 {
			continue
		}
		g.mentions++
		if g.mentions == 1 {
			g.weight = r.recognised
		} else if g.mentions <= 3 {
			g.weight += 0.2 * r.recognised
		}
		if r.qualifier >= 0 && !g.pinned { // the others of the name follow it
			g.run, g.pinned = i, true
		}
	}
}

// pin chooses the candidate that lies in the place named right behind the run.
func (f *finder) pin(r *run) {
	outer := &f.runs[r.qualifier]
	for _, o := range f.candidates[outer.from:outer.to] {
		for i := r.from; i < r.to; i++ {
			if contains(o, f.candidates[i]) {
				r.chosen = i
				for j := outer.from; j < outer.to; j++ {
					if f.candidates[j].Ref == o.Ref {
						outer.chosen, outer.outer = j, true
					}
				}
				return
			}
		}
	}
	r.qualifier = -1
}

// collect measures what candidates are by themselves.
func (f *finder) collect() {
	c := &f.choices
	for n := range c.groups {
		g := &c.groups[n]
		r := &f.runs[g.run]
		g.from = len(c.vectors)
		all := f.candidates[r.from:min(r.to, r.from+maxChoices)]
		wide := false
		for _, p := range all {
			wide = wide || !p.Other && (p.Class == centre.PlaceCountry || p.Class == centre.PlaceRegion)
		}
		for i := range all {
			c.vectors = append(c.vectors, f.alone(r, all, i, wide))
			c.belief = append(c.belief, 0)
			k := kin{country: g.from + i, province: g.from + i}
			for j := range all[:i] {
				if all[j].Country == all[i].Country {
					k.country = min(k.country, g.from+j)
					if all[j].Admin1 == all[i].Admin1 {
						k.province = g.from + j
						break
					}
				}
			}
			c.kin = append(c.kin, k)
		}
		g.to = len(c.vectors)
		if len(all) == 1 && !all[0].Other && g.weight > 0 || g.pinned {
			p := f.candidates[r.from]
			if g.pinned {
				p = f.candidates[r.chosen]
			}
			switch p.Class {
			case centre.PlaceCountry:
				c.named[p.Country] = true
			case centre.PlaceAdmin1:
				c.namedIn[p.Admin1] = true
				c.named[p.Country] = true
			}
		} else if top := all[0]; g.weight > 0 && top.Class == centre.PlaceCountry {
			c.named[top.Country] = true
		} else if top.Class == centre.PlaceAdmin1 && g.weight > 0 && top.Population > 1_000_000 {
			c.namedIn[top.Admin1] = true
			c.named[top.Country] = true
		}
	}
}

// weigh turns what is known into beliefs: first each name by itself, then, with
// inContext, by what the others are believed to be.
func (f *finder) weigh(inContext bool) {
	c := &f.choices
	if inContext {
		f.surround()
	}
	for n := range c.groups {
		g := &c.groups[n]
		best := math.Inf(-1)
		for i := g.from; i < g.to; i++ {
			c.belief[i] = f.weights.score(&c.vectors[i])
			best = max(best, c.belief[i])
		}
		sum := 0.0
		for i := g.from; i < g.to; i++ {
			c.belief[i] = math.Exp(c.belief[i] - best)
			sum += c.belief[i]
		}
		for i := g.from; i < g.to; i++ {
			c.belief[i] /= sum
		}
		if g.pinned {
			pinned := f.runs[g.run].chosen - f.runs[g.run].from
			for i := g.from; i < g.to; i++ {
				c.belief[i] = 0
				if i-g.from == pinned {
					c.belief[i] = 1
				}
			}
		}
	}
}

// surround measures how each candidate fits the others, by their beliefs.
func (f *finder) surround() {
	c := &f.choices
	clear(c.country)
	clear(c.admin1)
	c.total, c.anchors = 0, c.anchors[:0]
	if c.point.Known {
		c.anchors = append(c.anchors, anchor{c.point.Lat, c.point.Lon, 1, -1, false})
	}
	for n := range c.groups {
		g := &c.groups[n]
		for i := g.from; i < g.to; i++ {
			p := f.place(g, i)
			b := c.belief[i] * g.weight * pull(p)
			k := &c.kin[i]
			k.mostCountry, k.mostProvince = 0, 0
			c.kin[k.country].mostCountry = max(c.kin[k.country].mostCountry, b)
			c.kin[k.province].mostProvince = max(c.kin[k.province].mostProvince, b)
			if c.belief[i] >= 0.05 && p.Located && p.Class != centre.PlaceCountry && p.Class != centre.PlaceRegion && g.weight > 0 {
				c.anchors = append(c.anchors, anchor{p.Lat, p.Lon, b, n, p.Class == centre.PlaceAdmin1})
			}
		}
		for i := g.from; i < g.to; i++ {
			p, k := f.place(g, i), &c.kin[i]
			if k.country == i {
				c.country[p.Country] += k.mostCountry
			}
			if k.province == i {
				c.admin1[p.Admin1] += k.mostProvince
			}
		}
		c.total += g.weight
	}
	if c.home != [3]byte{} {
		c.country[c.home] += 0.5
		c.total += 0.5
	}
	pairs := 0
	for n := range c.groups {
		g := &c.groups[n]
		rest := c.total - g.weight
		for i := g.from; i < g.to; i++ {
			p, v := f.place(g, i), &c.vectors[i]
			country, province := c.kin[c.kin[i].country].mostCountry, c.kin[c.kin[i].province].mostProvince
			if rest > 0 && p.Country != [3]byte{} {
				v[fCountryShare] = max(0, c.country[p.Country]-country) / (rest + 0.3)
			}
			if p.Admin1 != [12]byte{} {
				v[fAdmin1Sum] = min(2, max(0, c.admin1[p.Admin1]-province)) / 2
			}
			v[fCountryNamed], v[fAdmin1Named] = 0, 0
			if c.named[p.Country] && p.Class != centre.PlaceCountry {
				v[fCountryNamed] = 1
			}
			if c.namedIn[p.Admin1] && p.Class != centre.PlaceAdmin1 {
				v[fAdmin1Named] = 1
			}
			v[fNear], v[fRegional] = 0, 0
			if p.Located && p.Class != centre.PlaceCountry && p.Class != centre.PlaceRegion && pairs < maxPairs {
				pairs += len(c.anchors)
				v[fNear], v[fRegional] = c.drawn(p, n)
			}
		}
	}
}

// drawn is how close the anchors of other names than group's are: within tens of
// kilometres, and within hundreds; 0..1 each.
func (c *choices) drawn(p *gazetteer.Candidate, group int) (near, regional float64) {
	const degree, reach, close = 111.2, 300, 80 // kilometres
	shrink := math.Cos(p.Lat * math.Pi / 180)   // of a degree of longitude: good enough within some hundred kilometres
	for k := range c.anchors {
		a := &c.anchors[k]
		dy, dx := degree*(a.lat-p.Lat), degree*shrink*(a.lon-p.Lon)
		square := dy*dy + dx*dx
		if square >= reach*reach || a.group == group {
			continue
		}
		d := math.Sqrt(square)
		if d < close && !a.wide {
			near += a.pull * (1 - d/close)
		}
		regional += a.pull * (1 - d/reach)
	}
	return min(1, near), min(1, regional/2)
}

// pull is how much the mention of a place says of where a text plays: a world
// city is named everywhere.
func pull(p *gazetteer.Candidate) float64 {
	if p.Class == centre.PlaceCapital || p.Class == centre.PlaceLocality && p.Population > 1_000_000 {
		return worldCity
	}
	return 1
}

const worldCity = 0.2

func (f *finder) place(g *group, i int) *gazetteer.Candidate {
	return &f.candidates[f.runs[g.run].from+i-g.from]
}

// settle gives a run the likeliest place of its name.
func (f *finder) settle(r *run) {
	c := &f.choices
	n, ok := c.byKey[r.key]
	if !ok { // beyond maxNames: the most prominent
		r.chosen, r.score, r.why = r.from, r.recognised*0.7, tooMany
		return
	}
	g := &c.groups[n]
	best, second := g.from, -1
	for i := g.from; i < g.to; i++ {
		if i == g.from {
			continue
		}
		if c.belief[i] > c.belief[best] {
			best, second = i, best
		} else if second < 0 || c.belief[i] > c.belief[second] {
			second = i
		}
	}
	r.chosen = min(r.from+best-g.from, r.to-1)
	if v := &c.vectors[best]; r.tentative && v[fCountryNamed] == 0 && v[fCountryShare] < 0.3 && v[fNear] < 0.1 {
		r.recognised = min(r.recognised, 0.3)
	}
	r.score = min(1, r.recognised*(0.6+0.4*c.belief[best]))
	first := &f.runs[g.run]
	if first.why == nil {
		first.why = f.because(g, best, second)
	}
	r.why = first.why
}

// because names the features that speak most for the chosen place against the
// next.
func (f *finder) because(g *group, best, second int) []string {
	c := &f.choices
	n := f.runs[g.run].to - f.runs[g.run].from
	chosen := f.place(g, best)
	switch {
	case f.runs[g.run].loose:
		return soundsLike
	case g.pinned:
		return samePinned
	case n == 1:
		return onlyPlace
	case second < 0:
		return onlyPlace
	}
	type reason struct {
		feature int
		gain    float64
	}
	var reasons []reason
	for k, w := range f.weights {
		if gain := w * (c.vectors[best][k] - c.vectors[second][k]); gain > 0.15 && because[k] != "" {
			reasons = append(reasons, reason{k, gain})
		}
	}
	slices.SortFunc(reasons, func(a, b reason) int {
		if a.gain > b.gain {
			return -1
		}
		return 1
	})
	why := make([]string, 0, 4)
	why = append(why, countOf(n))
	for _, r := range reasons[:min(len(reasons), 3)] {
		why = append(why, because[r.feature])
	}
	if len(why) == 1 {
		if chosen.Class == centre.PlaceCountry || chosen.Class == centre.PlaceRegion {
			return append(why, "it is a country or a region")
		}
		why = append(why, "no feature of the text decides: the likeliest by itself")
	}
	return why
}
