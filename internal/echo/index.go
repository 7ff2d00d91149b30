package echo

import (
	"cmp"
	"math"
	"slices"
)

const (
	// maxLanguages is how many languages an index tells apart; texts in further
	// ones have no echo.
	maxLanguages = 12
	// maxCounted bounds the keys that an index counts: about 40 MB.
	maxCounted = 1 << 20
)

// counts says how many texts of each language have a key.
type counts [maxLanguages]uint16

// Index knows how many texts of each language have each key. What it counts is
// bounded: when it has seen too many keys, it halves all counts and forgets the
// keys that it saw once. Not safe for concurrent use.
type Index struct {
	languages []string
	texts     [maxLanguages]float64
	with      map[uint32]counts
}

// NewIndex gives an index that has seen nothing.
func NewIndex() *Index { return &Index{with: map[uint32]counts{}} }

// language gives the number of a language, -1 where there are too many.
func (x *Index) language(tag string) int {
	if i := slices.Index(x.languages, tag); i >= 0 {
		return i
	}
	if len(x.languages) == maxLanguages {
		return -1
	}
	x.languages = append(x.languages, tag)
	return len(x.languages) - 1
}

// Add counts a text.
func (x *Index) Add(s Signature) {
	at := x.language(s.language)
	if at < 0 {
		return
	}
	x.texts[at]++
	for _, k := range s.keys {
		c := x.with[k.hash]
		if c[at] < math.MaxUint16 {
			c[at]++
		}
		x.with[k.hash] = c
	}
	if len(x.with) > maxCounted {
		x.halve()
	}
}

func (x *Index) halve() {
	for i := range x.texts {
		x.texts[i] /= 2
	}
	for h, c := range x.with {
		left := false
		for i := range c {
			c[i] /= 2
			left = left || c[i] > 0
		}
		if left {
			x.with[h] = c
		} else {
			delete(x.with, h)
		}
	}
}

// weigh gives what a key says in a text of language a beside one of b. A key
// that one of the languages never has says nothing: it could not be shared.
func (x *Index) weigh(k key, a, b int) float64 {
	c := x.with[k.hash]
	if c[a] == 0 || c[b] == 0 {
		return 0
	}
	return math.Sqrt(x.rarity(c, a)*x.rarity(c, b)) * float64(k.weight)
}

// rarity is how much it says that a text of a language has a key.
func (x *Index) rarity(c counts, language int) float64 {
	return max(0, math.Log((x.texts[language]+1)/(float64(c[language])+0.5)))
}

// Likeness is the cosine of what two texts have, each key by how rare it is in
// the two languages, times a little for their lengths: 0 for nothing in common,
// about 1 for the same text. It is symmetric.
func (x *Index) Likeness(a, b Signature) float64 { return x.likeness(a, b, 0) }

// likeness adds smooth to what the evidence is divided by.
func (x *Index) likeness(a, b Signature, smooth float64) float64 {
	la, lb := x.language(a.language), x.language(b.language)
	if la < 0 || lb < 0 {
		return 0
	}
	var shared, na, nb float64
	i, j := 0, 0
	for i < len(a.keys) || j < len(b.keys) {
		switch {
		case j == len(b.keys) || i < len(a.keys) && a.keys[i].hash < b.keys[j].hash:
			w := x.weigh(a.keys[i], la, lb)
			na += w * w
			i++
		case i == len(a.keys) || b.keys[j].hash < a.keys[i].hash:
			w := x.weigh(b.keys[j], lb, la)
			nb += w * w
			j++
		default:
			w, v := x.weigh(a.keys[i], la, lb), x.weigh(b.keys[j], lb, la)
			shared += w * v
			na += w * w
			nb += v * v
			i++
			j++
		}
	}
	if shared == 0 {
		return 0
	}
	ratio := math.Log(float64(a.points+200) / float64(b.points+200))
	return shared / (math.Sqrt(na*nb) + smooth) * math.Exp(-ratio*ratio)
}

// keep gives a signature of the n keys that say most: those that a text of
// another language has had come first.
func (x *Index) keep(s Signature, n int) Signature {
	at := x.language(s.language)
	if at < 0 {
		return Signature{language: s.language}
	}
	if len(s.keys) <= n {
		s.keys = slices.Clone(s.keys)
		return s
	}
	type said struct {
		key
		says float64
	}
	list := make([]said, 0, len(s.keys))
	for _, k := range s.keys {
		c := x.with[k.hash]
		says := x.rarity(c, at) * float64(k.weight)
		c[at] = 0
		if c == (counts{}) {
			says /= 4 // a word of this language alone, as far as is known
		}
		list = append(list, said{k, says})
	}
	slices.SortFunc(list, func(a, b said) int { return cmp.Or(cmp.Compare(b.says, a.says), cmp.Compare(a.hash, b.hash)) })
	kept := make([]key, 0, n)
	for _, k := range list[:n] {
		kept = append(kept, k.key)
	}
	slices.SortFunc(kept, func(a, b key) int { return cmp.Compare(a.hash, b.hash) })
	s.keys = kept
	return s
}
