package weave

import (
	"cmp"
	"math"
	"slices"
)

// This file finds the story in another language that a report joins. Words do
// not meet across languages; what meets are keys: places, known bodies, names by
// their sound, numbers, dates, kinds of event, and words whose consonants agree.
// Keys are weighed as words are: by how rare they are among all reports, and by
// what they are.

const (
	maxKeys    = 64 // kept of a report, and of a story
	postedKeys = 20 // of a report by which its story can be found
	probedKeys = 20 // of a report by which stories are looked for
	maxAcross  = 8  // stories compared with a report

	// certain marks the hash of a key that means the same in every language. A key
	// without it is made of a word's consonants, and is weighed only where both
	// languages are known to have it.
	certain = 1 << 31
)

// speech is a set of languages, as bits.
type speech uint8

// maxLanguages is how many languages have a bit of their own.
const maxLanguages = 7

// speechOf gives the bit of a language. Those that came after maxLanguages
// others share the last.
func (s *stories) speechOf(language string) speech {
	i := slices.Index(s.languages, language)
	if i < 0 {
		if i = len(s.languages); i < maxLanguages {
			s.languages = append(s.languages, language)
		}
	}
	return 1 << i
}

// keyWeight is what a key says in a text of some languages beside one of others.
func (s *stories) keyWeight(k term, others speech) float64 {
	if k.hash&certain == 0 && s.keySpeech[k.hash%buckets]&others == 0 {
		return 0
	}
	return float64(k.weight) * s.rarity(s.keyCount[k.hash%buckets])
}

// crossing is the cosine of the keys of two groups of texts, between 0 and 1,
// and how many of them are the same.
func (s *stories) crossing(a []term, as speech, b []term, bs speech) (likeness float64, shared int) {
	var dot, na, nb float64
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case j == len(b) || i < len(a) && a[i].hash < b[j].hash:
			w := s.keyWeight(a[i], bs)
			na += w * w
			i++
		case i == len(a) || b[j].hash < a[i].hash:
			w := s.keyWeight(b[j], as)
			nb += w * w
			j++
		default:
			v, w := s.keyWeight(a[i], bs), s.keyWeight(b[j], as)
			dot, na, nb = dot+v*w, na+v*v, nb+w*w
			if v > 0 {
				shared++
			}
			i++
			j++
		}
	}
	if dot == 0 {
		return 0, 0
	}
	return dot / (math.Sqrt(na*nb) + s.smooth), shared
}

// candidate is a story and how much a report is like it.
type candidate struct {
	story *story
	like  float64
}

// across gives the stories with reports in other languages that a report is
// like, by its keys, the likest first, equal ones in the order of finding.
func (s *stories) across(f features, at instant) []candidate {
	s.begins()
	s.found = s.found[:0]
	own := s.speechOf(f.language)
	mask := len(s.spots) - 1
	for _, k := range s.heaviest(f.keys, probedKeys, ^own) {
		posted := s.byKey[k.hash]
		for _, serial := range posted[max(0, len(posted)-maxPosted):] {
			p := &s.spots[int(serial)&mask]
			if p.serial != serial {
				continue // forgotten
			}
			if p.mark != s.search {
				if st := s.slab[int(serial)&mask]; st.speech&^own == 0 || s.acrossNearness(st, at) == 0 {
					continue
				}
				p.mark, p.partial = s.search, 0
				s.found = append(s.found, serial)
			}
			p.partial += k.weight * k.weight
		}
	}
	slices.SortStableFunc(s.found, func(a, b uint32) int {
		return cmp.Compare(s.spots[int(b)&mask].partial, s.spots[int(a)&mask].partial)
	})
	var list []candidate
	for _, serial := range s.found[:min(maxAcross, len(s.found))] {
		st := s.alive(serial)
		like, shared := s.crossing(f.keys, own, st.keys, st.speech)
		if like *= s.acrossNearness(st, at); shared >= s.shared && like > s.acrossNear {
			list = append(list, candidate{st, like})
		}
	}
	slices.SortStableFunc(list, func(a, b candidate) int { return cmp.Compare(b.like, a.like) })
	return list
}

// acrossNearness is nearness for reports in two languages, which come out sooner
// after one another than what is told further in one.
func (s *stories) acrossNearness(st *story, at instant) float64 {
	d := apartDays(st, at) / s.acrossDays
	if d > 1 {
		return 0
	}
	return 1 - s.acrossFade*d
}

// heaviest gives the n keys that say most, weighed, heaviest first.
func (s *stories) heaviest(keys []term, n int, others speech) []term {
	s.weighted = s.weighted[:0]
	for _, k := range keys {
		if w := s.keyWeight(k, others); w > 0 {
			s.weighted = append(s.weighted, term{k.hash, float32(w)})
		}
	}
	slices.SortFunc(s.weighted, heavier)
	return s.weighted[:min(n, len(s.weighted))]
}

// addKeys adds a report's keys to a story and makes it findable by the heaviest.
func (s *stories) addKeys(st *story, keys []term, in speech) {
	st.speech |= in
	for _, k := range s.heaviest(keys, postedKeys, ^speech(0)) {
		if _, had := slices.BinarySearchFunc(st.keys, k.hash, byHash); !had {
			s.byKey[k.hash] = append(s.byKey[k.hash], st.serial)
			st.posts++
			s.live++
		}
	}
	st.keys = s.merge(st.keys, keys, maxKeys, s.keyRarity)
}

func (s *stories) keyRarity(hash uint32) float64 { return s.rarity(s.keyCount[hash%buckets]) }

// joinedAcross gives the story among candidates that a report joins, nil for
// none, and those that are one with it. Stories of one language are rivals, as
// in find; stories in different languages may tell the same.
func (s *stories) joinedAcross(list []candidate) (best *story, same []*story) {
	if len(list) == 0 {
		return nil, nil
	}
	best = list[0].story
	var next float64
	for _, c := range list[1:] {
		if c.story.speech&best.speech != 0 {
			next = max(next, c.like)
		}
	}
	if list[0].like-s.acrossRival*next <= s.acrossThreshold {
		return nil, nil
	}
	return best, s.oneWith(best, list)
}

// oneWith gives the stories among candidates that are one with a story: a report
// is much like them, and so is the story.
func (s *stories) oneWith(st *story, list []candidate) (same []*story) {
	for _, c := range list {
		if c.story == st || c.like <= s.acrossThreshold || s.apart[pairOf(c.story.id, st.id)] {
			continue
		}
		if s.alikeAcross(st, c.story) > s.acrossOne {
			same = append(same, c.story)
		}
	}
	return same
}

// alikeAcross is the likeness of the keys of two stories, 0 where too few are
// the same.
func (s *stories) alikeAcross(a, b *story) float64 {
	like, shared := s.crossing(a.keys, a.speech, b.keys, b.speech)
	if shared < s.shared {
		return 0
	}
	return like
}
