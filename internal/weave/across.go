package weave

import (
	"cmp"
	"math"
	"slices"

	"entente/internal/postings"
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

// weighedKey is a key with what it says where it says something.
type weighedKey struct {
	hash   uint32
	in     speech // languages of texts that had it; all where it is certain
	weight float64
}

// says is what a key says in a text of some languages beside one of others.
func (k weighedKey) says(others speech) float64 {
	if k.in&others == 0 {
		return 0
	}
	return k.weight
}

func (s *stories) weighKey(k term) weighedKey {
	c := s.keys[k.hash%buckets]
	if k.hash&certain != 0 {
		c.in = ^speech(0)
	}
	return weighedKey{k.hash, c.in, float64(k.weight) * s.rarity(c.count)}
}

// weighKeys weighs keys for crossing. What it gives is good until the next call.
func (s *stories) weighKeys(keys []term) []weighedKey {
	s.own = s.own[:0]
	for _, k := range keys {
		s.own = append(s.own, s.weighKey(k))
	}
	return s.own
}

// crossing is the cosine of the keys of two groups of texts, between 0 and 1,
// and how many of them are the same.
func (s *stories) crossing(a []weighedKey, as speech, b []term, bs speech) (likeness float64, shared int) {
	var dot, na, nb float64
	i := 0
	for _, k := range b {
		for ; i < len(a) && a[i].hash < k.hash; i++ {
			w := a[i].says(bs)
			na += w * w
		}
		w := s.weighKey(k).says(as)
		nb += w * w
		if i < len(a) && a[i].hash == k.hash {
			v := a[i].says(bs)
			dot, na = dot+v*w, na+v*v
			if v > 0 {
				shared++
			}
			i++
		}
	}
	for ; i < len(a); i++ {
		w := a[i].says(bs)
		na += w * w
	}
	if dot == 0 {
		return 0, 0
	}
	return dot / (math.Sqrt(na*nb) + s.smooth), shared
}

// inCommon counts the keys that are in both of two lists by hash.
func inCommon(a, b []term) (n int) {
	i := 0
	for _, k := range b {
		for i < len(a) && a[i].hash < k.hash {
			i++
		}
		if i < len(a) && a[i].hash == k.hash {
			n++
		}
	}
	return n
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
	own := s.speechOf(f.language)
	mask := len(s.spots) - 1
	for _, k := range s.heaviest(f.keys, probedKeys, ^own) {
		s.listed = s.byKey.Newest(s.listed[:0], k.hash, maxPosted)
		for _, serial := range slices.Backward(s.listed) {
			p := &s.spots[int(serial)&mask]
			if p.serial != serial {
				continue // forgotten
			}
			if p.mark != s.search {
				if p.speech&^own == 0 || s.acrossNearness(&p.span, at) == 0 {
					continue
				}
				p.mark, p.partial = s.search, 0
				s.found = append(s.found, serial)
			}
			p.partial += k.weight * k.weight
		}
	}
	var list []candidate
	keys := s.weighKeys(f.keys)
	for _, serial := range s.best(maxAcross) {
		st := s.slab[int(serial)&mask]
		if inCommon(f.keys, st.keys) < s.shared {
			continue // without a look at how rare they are
		}
		like, shared := s.crossing(keys, own, st.keys, st.speech)
		if like *= s.acrossNearness(&st.span, at); shared >= s.shared && like > s.acrossNear {
			list = append(list, candidate{st, like})
		}
	}
	slices.SortStableFunc(list, func(a, b candidate) int { return cmp.Compare(b.like, a.like) })
	return list
}

// acrossNearness is nearness for reports in two languages, which come out sooner
// after one another than what is told further in one.
func (s *stories) acrossNearness(st *span, at instant) float64 {
	d := apartDays(st, at) / s.acrossDays
	if d > 1 {
		return 0
	}
	return 1 - s.acrossFade*d
}

// heaviest gives the n keys that say most, weighed, heaviest first, until the
// next call.
func (s *stories) heaviest(keys []term, n int, others speech) []term {
	s.ranked, s.heavy = s.ranked[:0], s.heavy[:0]
	for i, k := range keys {
		if w := s.weighKey(k).says(others); w > 0 {
			s.ranked = append(s.ranked, postings.Rank(float32(w), i))
		}
	}
	for _, r := range postings.Best(s.ranked, n) {
		k := keys[r.Index()]
		s.heavy = append(s.heavy, term{k.hash, float32(s.weighKey(k).says(others))})
	}
	return s.heavy
}

// addKeys adds a report's keys to a story and makes it findable by the heaviest.
func (s *stories) addKeys(st *story, keys []term, in speech) {
	st.speech |= in
	for _, k := range s.heaviest(keys, postedKeys, ^speech(0)) {
		if !has(st.keys, k.hash) {
			s.byKey.Add(k.hash, st.serial)
		}
	}
	st.keys = s.merge(st.keys, keys, maxKeys, s.keyRarity)
}

func (s *stories) keyRarity(hash uint32) float64 { return s.rarity(s.keys[hash%buckets].count) }

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
	if inCommon(a.keys, b.keys) < s.shared {
		return 0
	}
	like, shared := s.crossing(s.weighKeys(a.keys), a.speech, b.keys, b.speech)
	if shared < s.shared {
		return 0
	}
	return like
}
