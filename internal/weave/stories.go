package weave

import (
	"cmp"
	"container/list"
	"math"
	"slices"

	"entente/internal/centre"
	"entente/internal/postings"
)

// tuning is what grouping goes by. The values of defaults were found on ECB+
// and FNC-1 by folds (docs/quality.md says how).
type tuning struct {
	threshold float64 // resemblance to a story, less a share of that to the next, from which a report joins it
	single    float64 // the same for a story of one report
	rival     float64 // the share
	near      float64 // resemblance of a report to two stories from which they may be one
	one       float64 // resemblance of two stories from which they are one
	lone      float64 // the same where one of them has one report: it may have come before there was enough to know its story by
	days      float64 // that a report may lie from its story; resemblance fades towards it
	fade      float64 // share of the resemblance that is lost there
	pivot     float64 // reports before document frequencies count in full
	kept      int     // terms kept of a story
	posted    int     // terms of a report by which its story can be found
	probed    int     // terms of a report by which stories are looked for
	compared  int     // stories compared with a report

	// Of reports in two languages:
	acrossThreshold float64 // likeness of keys to a story, less a share of that to the next, from which a report joins it
	acrossRival     float64 // the share
	acrossNear      float64 // likeness from which a story is a rival
	acrossOne       float64 // likeness of two stories from which they are one
	acrossDays      float64 // that a report may lie from the story
	acrossFade      float64 // share of the likeness that is lost there
	shared          int     // keys that must be the same
	smooth          float64 // what evidence is weighed against
}

var defaults = tuning{
	threshold: 0.15, single: 0.165, rival: 0.5, near: 0.15, one: 0.4, lone: 0.28, days: 4, fade: 0.25, pivot: 550,
	kept: 128, posted: 24, probed: 24, compared: 32,
	acrossThreshold: 0.35, acrossRival: 0.3, acrossNear: 0.1, acrossOne: 0.47, acrossDays: 2.5, acrossFade: 0.45, shared: 4, smooth: 17,
}

const (
	day = 24 * 60 * 60 * 1000 // milliseconds

	buckets   = 1 << 19 // of the counters of document frequencies
	maxPosted = 256     // stories looked at for one term, the newest
)

// story is what is remembered of a group of reports.
type story struct {
	span
	id      centre.ID
	serial  uint32 // in the order of beginning
	speech  speech // of its reports
	reports float64
	terms   []term  // sums over its reports, by hash
	norm    float64 // length of terms, rarities applied
	weighed float64 // reports known when norm was computed
	keys    []term  // sums over its reports, by hash: what it has in common with other languages
	node    *list.Element
}

// span is when reports came, in milliseconds of Unix time.
type span struct {
	from, to int64 // known publications; from > to where none is known
	received int64 // the newest arrival
}

// spot says which story has a place in stories.slab, what of it a search looks
// at first, and what the search has found so far. A search visits hundreds of
// spots, and few stories.
type spot struct {
	serial  uint32 // 0 for none
	mark    uint32 // of the search that partial belongs to
	partial float32
	speech  speech
	span
}

// stories remembers the newest stories and finds the one that a report joins.
// A story stands at its serial number modulo the length of slab. What postings hold
// of stories that were forgotten is recognised by another serial at their spot.
type stories struct {
	tuning
	limit     int
	byID      map[centre.ID]*story
	slab      []*story
	spots     []spot
	serial    uint32 // of the newest story
	byTerm    *postings.Index
	byKey     *postings.Index
	age       *list.List   // *story, the longest untouched first
	reports   float64      // counted in frequency
	counts    []uint32     // reports that have a term, by bucket of its hash
	keys      []keyCount   // by bucket of the key's hash
	languages []string     // by bit of speech
	rare      [512]float64 // rarity of a count, as of weighed reports
	weighed   float64
	search    uint32
	apart     map[pair]bool

	weights []float64 // scratch: of a report's terms
	ranked  []postings.Ranked
	listed  []uint32
	found   []uint32
	rivals  []*story
	own     []weighedKey
	heavy   []term
	merged  []term
}

// keyCount is how many reports have a key, and in which languages it was seen.
type keyCount struct {
	count uint32
	in    speech
}

func newStories(limit int, t tuning) *stories {
	const atFirst = 1 << 10
	s := &stories{
		tuning: t, limit: limit, byID: map[centre.ID]*story{}, slab: make([]*story, atFirst), spots: make([]spot, atFirst),
		age: list.New(), counts: make([]uint32, buckets), keys: make([]keyCount, buckets), weighed: -1, apart: map[pair]bool{},
	}
	s.byTerm, s.byKey = postings.New(s.lives), postings.New(s.lives)
	s.weigh()
	return s
}

// learn counts a report's terms. Old reports count for less and less.
func (s *stories) learn(f features) {
	for _, t := range f.terms {
		s.counts[t.hash%buckets]++
	}
	in := s.speechOf(f.language)
	for _, k := range f.keys {
		c := &s.keys[k.hash%buckets]
		c.count++
		c.in |= in
	}
	if s.reports++; s.reports >= 1_000_000 {
		s.reports /= 2
		for i := range s.counts {
			s.counts[i] /= 2
			s.keys[i].count /= 2
		}
	}
	s.weigh()
}

// rarity is the weight of a term that so many reports have. Before many reports
// are known, terms that were seen seldom are not taken for rare ones.
func (s *stories) rarity(count uint32) float64 {
	if count < uint32(len(s.rare)) {
		return s.rare[count]
	}
	return s.rarityAt(count)
}

func (s *stories) rarityAt(count uint32) float64 {
	return math.Log(1 + (s.reports+s.pivot)/(float64(count)+s.pivot/500))
}

// rarityOf is the weight of a term by its hash.
func (s *stories) rarityOf(hash uint32) float64 { return s.rarity(s.counts[hash%buckets]) }

// weigh makes the table of rarities anew when a hundredth more reports are known.
func (s *stories) weigh() {
	if s.reports >= s.weighed && s.reports <= s.weighed*1.01 {
		return
	}
	s.weighed = s.reports
	for i := range s.rare {
		s.rare[i] = s.rarityAt(uint32(i))
	}
}

// lives reports whether the story with a serial number is remembered.
func (s *stories) lives(serial uint32) bool {
	return s.spots[int(serial)&(len(s.spots)-1)].serial == serial
}

// begin makes a story. The longest untouched one is forgotten for it where
// there is no room.
func (s *stories) begin(id centre.ID, received int64) *story {
	if len(s.byID) >= s.limit {
		s.forget(s.age.Front().Value.(*story))
	}
	if 2*len(s.byID) >= len(s.spots) {
		s.grow()
	}
	for {
		s.serial++
		if at := int(s.serial) & (len(s.spots) - 1); s.serial != 0 && s.spots[at].serial == 0 {
			break
		}
	}
	st := &story{id: id, serial: s.serial, span: span{math.MaxInt64, math.MinInt64, received}}
	s.put(st)
	s.byID[id] = st
	st.node = s.age.PushBack(st)
	return st
}

// put gives a story its spot, or brings it up to date.
func (s *stories) put(st *story) {
	at := int(st.serial) & (len(s.spots) - 1)
	s.slab[at], s.spots[at] = st, spot{serial: st.serial, speech: st.speech, span: st.span}
}

func (s *stories) grow() {
	s.slab, s.spots = make([]*story, 2*len(s.slab)), make([]spot, 2*len(s.spots))
	for e := s.age.Front(); e != nil; e = e.Next() {
		s.put(e.Value.(*story))
	}
}

// join adds a report to a story, and makes the story where it is not known.
func (s *stories) join(id centre.ID, f features, at instant) *story {
	st := s.byID[id]
	if st == nil {
		st = s.begin(id, at.received)
	}
	s.age.MoveToBack(st.node)
	if at.published != unknown {
		st.from, st.to = min(st.from, at.published), max(st.to, at.published)
	}
	st.received = max(st.received, at.received)
	st.reports++
	s.post(st, f.terms)
	s.setTerms(st, s.merge(st.terms, f.terms, s.kept, s.rarityOf))
	s.addKeys(st, f.keys, s.speechOf(f.language))
	s.put(st)
	return st
}

func (s *stories) setTerms(st *story, terms []term) {
	st.terms = terms
	s.measure(st)
}

// measure computes the length of a story's terms.
func (s *stories) measure(st *story) {
	var square float64
	for _, t := range st.terms {
		w := float64(t.weight) * s.rarityOf(t.hash)
		square += w * w
	}
	st.norm, st.weighed = math.Sqrt(square), s.weighed
}

// post makes a story findable by the weightiest of terms.
func (s *stories) post(st *story, terms []term) {
	s.ranked = s.ranked[:0]
	for i, t := range terms {
		s.ranked = append(s.ranked, postings.Rank(t.weight*float32(s.rarityOf(t.hash)), i))
	}
	for _, r := range postings.Best(s.ranked, s.posted) {
		if t := terms[r.Index()]; !has(st.terms, t.hash) {
			s.byTerm.Add(t.hash, st.serial)
		}
	}
}

// has reports whether terms that are sorted by hash have one.
func has(terms []term, hash uint32) bool {
	_, ok := slices.BinarySearchFunc(terms, hash, func(t term, h uint32) int { return cmp.Compare(t.hash, h) })
	return ok
}

// merge adds a report's terms, or keys, to a story's and keeps the weightiest.
func (s *stories) merge(sum, add []term, most int, rarity func(hash uint32) float64) []term {
	merged := s.merged[:0]
	for len(sum) > 0 || len(add) > 0 {
		switch {
		case len(add) == 0 || len(sum) > 0 && sum[0].hash < add[0].hash:
			merged, sum = append(merged, sum[0]), sum[1:]
		case len(sum) == 0 || add[0].hash < sum[0].hash:
			merged, add = append(merged, add[0]), add[1:]
		default:
			merged = append(merged, term{sum[0].hash, sum[0].weight + add[0].weight})
			sum, add = sum[1:], add[1:]
		}
	}
	s.merged = merged
	if len(merged) <= most {
		return slices.Clone(merged)
	}
	s.ranked = s.ranked[:0]
	for i, t := range merged {
		s.ranked = append(s.ranked, postings.Rank(t.weight*float32(rarity(t.hash)), i))
	}
	best := postings.Best(s.ranked, most)
	slices.SortFunc(best, func(a, b postings.Ranked) int { return cmp.Compare(a.Index(), b.Index()) })
	kept := make([]term, 0, most)
	for _, r := range best {
		kept = append(kept, merged[r.Index()])
	}
	return kept
}

func (s *stories) forget(st *story) {
	at := int(st.serial) & (len(s.spots) - 1)
	s.slab[at], s.spots[at] = nil, spot{}
	s.age.Remove(st.node)
	delete(s.byID, st.id)
}
