package stance

import (
	"math"
	"slices"

	"entente/internal/linear"
)

// rarities tells how rare stems are, in 1<<rarityBits places.
type rarities [1 << rarityBits]byte

const (
	rarityBits = 14
	// rarityUnit is how many steps of a rarity make a natural logarithm.
	rarityUnit = 25
)

func (r *rarities) of(stem uint64) float64 {
	return float64(r[stem>>(64-rarityBits)]) / rarityUnit
}

// learnRarities counts in how many texts each stem is.
func learnRarities(texts []Text) *rarities {
	with := make([]float64, 1<<rarityBits)
	for _, t := range texts {
		for stem := range t.set {
			with[stem>>(64-rarityBits)]++
		}
	}
	var r rarities
	for i, n := range with {
		idf := math.Log(float64(len(texts)+1) / (n + 0.5))
		r[i] = byte(min(255, max(1, idf*rarityUnit)))
	}
	return &r
}

// comparison is what a claim and a text have to do with one another.
type comparison struct {
	whole  float64 // share of the claim's stems, by rarity, that the text has
	lead   float64 // that its first two sentences have
	best   float64 // that the sentence has which has most
	pairs  float64 // share of the claim's neighbouring stems that stand so in the text
	back   float64 // share of the best sentence's stems that the claim has
	rarest float64 // 1 where the text has the claim's rarest stem
	top    []int   // the sentences with most, at most three, best first
}

func (r *rarities) compare(claim, text Text) (c comparison) {
	all, has, rarest := 0.0, 0.0, 0.0
	for _, stem := range claim.stems {
		v := r.of(stem)
		all += v
		if text.set[stem] > 0 {
			has += v
		}
		if v > rarest {
			rarest = v
			c.rarest = min(1, float64(text.set[stem]))
		}
	}
	if all == 0 {
		return c
	}
	c.whole = has / all
	neighbours := map[[2]uint64]bool{}
	for _, s := range claim.sentences {
		for i := 1; i < len(s.stems); i++ {
			neighbours[[2]uint64{s.stems[i-1], s.stems[i]}] = false
		}
	}
	type rated struct {
		sentence int
		share    float64
	}
	var list []rated
	lead := map[uint64]bool{}
	for i, s := range text.sentences {
		has, own := 0.0, 0.0
		for _, stem := range s.distinct {
			v := r.of(stem)
			own += v
			if claim.set[stem] > 0 {
				has += v
				if i < 2 && !lead[stem] {
					lead[stem] = true
					c.lead += v / all
				}
			}
		}
		if has == 0 {
			continue
		}
		share := has / all
		list = append(list, rated{i, share})
		if share > c.best {
			c.best, c.back = share, has/own
		}
		for j := 1; j < len(s.stems); j++ {
			two := [2]uint64{s.stems[j-1], s.stems[j]}
			if known, ok := neighbours[two]; ok && !known {
				neighbours[two] = true
			}
		}
	}
	slices.SortStableFunc(list, func(a, b rated) int {
		switch {
		case a.share > b.share:
			return -1
		case a.share < b.share:
			return 1
		}
		return 0
	})
	for _, s := range list[:min(3, len(list))] {
		c.top = append(c.top, s.sentence)
	}
	shared := 0
	for _, ok := range neighbours {
		if ok {
			shared++
		}
	}
	if len(neighbours) > 0 {
		c.pairs = float64(shared) / float64(len(neighbours))
	}
	return c
}

// bins is into how many steps a share is divided.
const bins = 12

func bin(share float64) int { return int(min(bins-1, math.Floor(share*bins))) }

// name gives the hash of a kind of features.
func name(s string) uint64 { return linear.Hash(s) }

var (
	nWhole, nLead, nBest, nPairs, nBack, nRarest  = name("whole"), name("lead"), name("best"), name("pairs"), name("back"), name("rarest")
	nWholeBest, nLeadPairs, nBias, nMark          = name("whole best"), name("lead pairs"), name("bias"), name("mark")
	nClaim, nClaimPair, nTop, nTopPair, nLeadWord = name("claim"), name("claim pair"), name("top"), name("top pair"), name("lead word")
	nOnlyClaim, nOnlyText, nSwap, nMarks, nAsk    = name("only claim"), name("only text"), name("swap"), name("marks"), name("ask")
	nLength                                       = name("length")
)

// relation are the features that tell whether a text is about a claim at all.
// They look at shares alone, so that no matter is learned by its words.
func (c *comparison) relation() []linear.Feature {
	var f []linear.Feature
	add := func(kind uint64, value float64) {
		// A share lies between two steps and counts for both.
		at := bin(value)
		f = append(f, linear.Feature{Hash: linear.Join(kind, uint64(at)), Value: 1})
		f = append(f, linear.Feature{Hash: linear.Join(kind, 1000), Value: float32(value)})
	}
	add(nWhole, c.whole)
	add(nLead, c.lead)
	add(nBest, c.best)
	add(nPairs, c.pairs)
	add(nBack, c.back)
	add(nRarest, c.rarest)
	f = append(f, linear.Feature{Hash: linear.Join(nWholeBest, uint64(bin(c.whole)*bins+bin(c.best))), Value: 1},
		linear.Feature{Hash: linear.Join(nLeadPairs, uint64(bin(c.lead)*bins+bin(c.pairs))), Value: 1},
		linear.Feature{Hash: nBias, Value: 1})
	return f
}

// attitude are the features that tell how a text that is about a claim takes it.
func (c *comparison) attitude(claim, text Text) []linear.Feature {
	f := c.relation()
	add := func(hash uint64, value float64) {
		f = append(f, linear.Feature{Hash: hash, Value: float32(value)})
	}
	var inClaim, inTop, inLead, inAll [kinds]int
	for _, s := range claim.sentences {
		sum(&inClaim, s.marks)
	}
	for i, s := range text.sentences {
		sum(&inAll, s.marks)
		if i < 3 {
			sum(&inLead, s.marks)
		}
	}
	for _, i := range c.top {
		sum(&inTop, text.sentences[i].marks)
	}
	for k := range kinds {
		kind := linear.Join(nMark, uint64(k))
		claimed, topped, led := min(2, inClaim[k]), min(3, inTop[k]), min(3, inLead[k])
		share := min(5, int(100*float64(inAll[k])/float64(20*len(text.sentences)+20)))
		add(linear.Join(kind, uint64(100+claimed)), 1)
		add(linear.Join(kind, uint64(200+topped)), 1)
		add(linear.Join(kind, uint64(300+led)), 1)
		add(linear.Join(kind, uint64(400+share)), 1)
		add(linear.Join(kind, uint64(500+claimed*10+topped)), 1)
		for l := range kinds {
			add(linear.Join(nMarks, uint64(k*100+l*10+min(1, claimed)*2+min(1, min(3, inTop[l])))), 0.7)
		}
	}
	if claim.question {
		add(nAsk, 1)
	}
	add(linear.Join(nLength, uint64(min(6, len(text.sentences)/6))), 0.5)
	words := func(kind, pair uint64, stems []uint64, weight float64) {
		each := weight / math.Sqrt(float64(len(stems)+1))
		for i, stem := range stems {
			add(linear.Join(kind, stem), each)
			if i > 0 && pair != 0 {
				add(linear.Join(pair, linear.Join(stems[i-1], stem)), each)
			}
		}
	}
	for _, s := range claim.sentences {
		words(nClaim, nClaimPair, s.stems, 1.2)
	}
	for _, i := range c.top {
		words(nTop, nTopPair, text.sentences[i].stems, 0.7)
	}
	for i, s := range text.sentences[:min(3, len(text.sentences))] {
		if !slices.Contains(c.top, i) {
			words(nLeadWord, 0, s.stems, 0.5)
		}
	}
	if len(c.top) > 0 {
		c.differences(claim, text.sentences[c.top[0]], add)
	}
	return f
}

// maxSwaps bounds the words on each side that are paired.
const maxSwaps = 6

// differences adds what only the claim or only the best sentence has: where the
// two differ in one word, that word decides.
func (c *comparison) differences(claim Text, best sentence, add func(uint64, float64)) {
	var onlyClaim, onlyText []uint64
	in := map[uint64]bool{}
	for _, stem := range best.stems {
		in[stem] = true
		if claim.set[stem] == 0 {
			onlyText = append(onlyText, stem)
		}
	}
	for _, stem := range claim.stems {
		if !in[stem] {
			onlyClaim = append(onlyClaim, stem)
		}
	}
	add(linear.Join(nOnlyClaim, uint64(1000+min(8, len(onlyClaim)))), 1)
	add(linear.Join(nOnlyText, uint64(1000+min(8, len(onlyText)))), 1)
	add(linear.Join(nSwap, uint64(min(4, len(onlyClaim))*10+min(4, len(onlyText)))), 1)
	for _, stem := range onlyClaim {
		add(linear.Join(nOnlyClaim, stem), 1/math.Sqrt(float64(len(onlyClaim))))
	}
	for _, stem := range onlyText {
		add(linear.Join(nOnlyText, stem), 1/math.Sqrt(float64(len(onlyText))))
	}
	if len(onlyClaim) <= maxSwaps && len(onlyText) <= maxSwaps {
		for _, a := range onlyClaim {
			for _, b := range onlyText {
				add(linear.Join(nSwap, linear.Join(min(a, b), max(a, b))), 0.5)
			}
		}
	}
}

func sum(to *[kinds]int, marks [kinds]int) {
	for k, n := range marks {
		to[k] += n
	}
}
