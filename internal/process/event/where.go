package event

import (
	"entente/internal/centre"
)

// located is a place that the sentence names, timed a time.
type located struct {
	first, last int // words
	mention     *centre.Mention
}

type timed = located

// utters tells that what stands at word p belongs to the words of saying and
// not to the deed at word t: "said in New York on Friday that ...", and
// "confirmed the agreement on Saturday".
func (s *sentence) utters(p int, h happens) bool {
	t := h.at
	for k := min(p, t) + 1; k < max(p, t); k++ {
		if s.tokens[k].sense&says != 0 && s.tokens[k].deed == none {
			// "On Friday a bomb exploded, police said": the word of saying is outside.
			return true
		}
	}
	if p < t {
		opened := false
		for k := p + 1; k < t; k++ {
			opened = opened || s.tokens[k].sense&that != 0
		}
		for k := p - 1; k >= max(0, p-6); k-- {
			if s.tokens[k].sense&that != 0 {
				return false
			}
			if s.tokens[k].sense&says != 0 {
				return opened || p-k <= 2 || s.tokens[k].clause == s.tokens[p].clause
			}
		}
		return false
	}
	if h.form != verb {
		for k := t - 1; k >= max(0, t-3); k-- {
			if s.tokens[k].sense&that != 0 || s.tokens[k].segment != s.tokens[t].segment {
				break
			}
			if s.tokens[k].sense&says != 0 {
				return s.told(t)
			}
		}
	}
	return false
}

// told tells that the noun at word t is what is said, not who says it.
func (s *sentence) told(t int) bool {
	return t > 0 && s.tokens[t-1].sense&(definite|says) != 0
}

// where gives the place of a happening among those that the sentence names; nil
// where it names none for it.
func (s *sentence) where(g *group, parts []centre.EventParty) (*centre.Mention, string) {
	h := g.hits[0]
	var best *centre.Mention
	top := 0.0
	for i := range s.places {
		p := &s.places[i]
		m := p.mention
		if m.Place == nil || m.Form == centre.FormOutlet || s.tokens[p.first].time || s.party(m, parts) || s.utters(p.first, h) {
			continue
		}
		if i+1 < len(s.places) && s.places[i+1].first == p.last+1 && s.beside(p.last+1) && s.v.arabic {
			continue // "the city of Idlib" is not Medina
		}
		points := 3 - float64(gap(p.first, p.last, h))/20
		linked := s.linked(p.first, in|of)
		if linked {
			points += 2
		}
		if s.tokens[p.first].clause == s.tokens[h.at].clause {
			points += 2
		}
		for _, x := range s.hits {
			if !s.v.persian && x.at != h.at && !kindred(x.deed, h.deed) && min(h.at, p.first) < x.at && x.at < max(h.at, p.first) {
				points -= 4
				break
			}
		}
		switch m.Place.Class {
		case centre.PlaceCountry:
			if !m.Locates() || m.Form == "abbreviation" && !linked || !linked && !s.linked(p.first, on) && g.is().mutual {
				continue
			}
			points -= 3
		case centre.PlaceRegion:
			points -= 3.5
		case centre.PlaceAdmin1, centre.PlaceAdmin2:
			points -= 0.7
		}
		if points > top {
			best, top = m, points
		}
	}
	if best == nil {
		return nil, ""
	}
	return best, "“" + best.Text + "” stands in the same sentence"
}

func gap(first, last int, h happens) int {
	if first >= h.end {
		return first - h.end
	}
	return max(0, h.at-last)
}

// linked tells that a word of the sense stands before word i.
func (s *sentence) linked(i int, x sense) bool {
	if l := s.tokens[i].letter; l == 'ب' && x&in != 0 || l == 'ل' && x&on != 0 {
		return true
	}
	for k := i - 1; k >= max(0, i-3); k-- {
		if s.tokens[k].sense&x != 0 {
			return true
		}
		if s.tokens[k].deed != none || s.tokens[k].segment != s.tokens[i].segment {
			return false
		}
	}
	return false
}

// party tells that a place is one of those who act: a country.
func (s *sentence) party(m *centre.Mention, parts []centre.EventParty) bool {
	for i := range parts {
		if (m.Place.Class == centre.PlaceCountry || m.Place.Class == centre.PlaceRegion || m.Place.Class == centre.PlaceCapital && parts[i].Text == m.Text) && parts[i].Start <= m.Start && m.End <= parts[i].End {
			return true
		}
	}
	return false
}

// when gives the time of a happening among those that the sentence names.
func (s *sentence) when(g *group) *centre.Mention {
	h := g.hits[0]
	var best *centre.Mention
	top := -1000
	for i := range s.times {
		p := &s.times[i]
		if s.utters(p.first, h) {
			continue
		}
		points := -gap(p.first, p.last, h)
		if s.tokens[p.first].clause == s.tokens[h.at].clause {
			points += 15
		}
		if p.mention.When != nil {
			points += 5
		}
		if points > top {
			best, top = p.mention, points
		}
	}
	return best
}
