package weave

import (
	"math"
	"slices"

	"entente/internal/postings"
)

// find gives the story that a report joins, nil for none, and those that are
// found to be the same story with it: all of them resemble the report, and one
// another.
//
// A report that resembles two stories nearly alike is of neither, more often
// than not: what it shares with both is what their matters have in common
// ("earthquake", "magnitude"). So a share of its resemblance to the second is
// taken from that to the first.
func (s *stories) find(f features, at instant) (best *story, same []*story) {
	s.rivals = s.rivals[:0]
	norm := s.probe(f)
	var most, next float64
	for _, serial := range s.best(s.compared) {
		st := s.slab[int(serial)&(len(s.slab)-1)]
		r := s.resemblance(f, norm, st) * s.nearness(&st.span, at)
		if r > s.near {
			s.rivals = append(s.rivals, st)
		}
		switch {
		case r > most:
			best, most, next = st, r, most
		case r > next:
			next = r
		}
	}
	if best == nil {
		return nil, nil
	}
	// Stories that are one are no rivals of one another.
	for _, st := range s.rivals {
		one := s.one
		if st.reports < 2 || best.reports < 2 {
			one = s.lone
		}
		if st != best && !s.apart[pairOf(st.id, best.id)] && s.alike(st, best) > one {
			same = append(same, st)
		}
	}
	if len(same) > 0 {
		return best, same
	}
	limit := s.threshold
	if best.reports < 2 {
		limit = s.single
	}
	if most-s.rival*next <= limit {
		return nil, nil
	}
	return best, nil
}

// begins begins a search.
func (s *stories) begins() {
	if s.search++; s.search == 0 { // the marks of the round before say nothing
		for i := range s.spots {
			s.spots[i].mark = 0
		}
		s.search = 1
	}
	s.found = s.found[:0]
}

// probe weighs a report's terms, and lists in s.found the stories that have the
// weightiest of them. It gives the length of the report's terms.
func (s *stories) probe(f features) float64 {
	s.begins()
	s.weights, s.ranked = s.weights[:0], s.ranked[:0]
	var norm float64
	for i, t := range f.terms {
		w := float64(t.weight) * s.rarityOf(t.hash)
		norm += w * w
		s.weights, s.ranked = append(s.weights, w), append(s.ranked, postings.Rank(float32(w), i))
	}
	mask := len(s.spots) - 1
	for _, r := range postings.Best(s.ranked, s.probed) {
		w := s.weights[r.Index()]
		s.listed = s.byTerm.Newest(s.listed[:0], f.terms[r.Index()].hash, maxPosted)
		for _, serial := range slices.Backward(s.listed) {
			p := &s.spots[int(serial)&mask]
			if p.serial != serial {
				continue // forgotten
			}
			if p.mark != s.search {
				p.mark, p.partial = s.search, 0
				s.found = append(s.found, serial)
			}
			p.partial += float32(w * w)
		}
	}
	return math.Sqrt(norm)
}

// best gives the n stories of s.found that have most in common with a report,
// those with most before others; equal ones keep the order of finding.
func (s *stories) best(n int) []uint32 {
	s.ranked, s.listed = s.ranked[:0], s.listed[:0]
	for i, serial := range s.found {
		s.ranked = append(s.ranked, postings.Rank(s.spots[int(serial)&(len(s.spots)-1)].partial, i))
	}
	for _, r := range postings.Best(s.ranked, n) {
		s.listed = append(s.listed, s.found[r.Index()])
	}
	return s.listed
}

// resemblance is the cosine between a report, as probe has weighed it, and a story.
func (s *stories) resemblance(f features, norm float64, st *story) float64 {
	if st.weighed*1.05 < s.weighed {
		s.measure(st)
	}
	if norm == 0 || st.norm == 0 {
		return 0
	}
	var dot float64
	i, terms := 0, f.terms
	for _, t := range st.terms {
		for i < len(terms) && terms[i].hash < t.hash {
			i++
		}
		if i == len(terms) {
			break
		}
		if terms[i].hash == t.hash && terms[i].weight > 0 {
			// The rarity of the term is in the report's weight.
			w := s.weights[i]
			dot += w * w / float64(terms[i].weight) * float64(t.weight)
		}
	}
	return dot / (norm * st.norm)
}

// alike is the cosine between two stories.
func (s *stories) alike(a, b *story) float64 {
	s.measure(a)
	s.measure(b)
	if a.norm == 0 || b.norm == 0 {
		return 0
	}
	var dot float64
	i := 0
	for _, t := range a.terms {
		for i < len(b.terms) && b.terms[i].hash < t.hash {
			i++
		}
		if i < len(b.terms) && b.terms[i].hash == t.hash {
			r := s.rarityOf(t.hash)
			dot += float64(t.weight) * float64(b.terms[i].weight) * r * r
		}
	}
	return dot / (a.norm * b.norm)
}

// nearness is 1 for a report at the time of a story and 0 for one far from it.
func (s *stories) nearness(st *span, at instant) float64 {
	d := apartDays(st, at) / s.days
	if d > 1 {
		return 0
	}
	return 1 - s.fade*d
}

// apartDays is how far a report lies from a story, in days. Times of arrival
// stand in only where a time of publication is unknown.
func apartDays(st *span, at instant) float64 {
	if at.published != unknown && st.from <= st.to {
		return float64(max(0, st.from-at.published, at.published-st.to)) / day
	}
	return float64(max(at.received-st.received, st.received-at.received)) / day
}
