package echo

import (
	"math"
	"slices"

	"entente/internal/postings"
)

const (
	// maxLanguages is how many languages an index tells apart; texts in further
	// ones have no echo.
	maxLanguages = 12
	// maxCounted bounds the keys that an index counts. They take 32 MB.
	maxCounted = 700_000
)

// Index knows how many texts of each language have each key. What it counts is
// bounded: when it has seen too many keys, it halves all counts and forgets the
// keys that it saw once. Not safe for concurrent use.
type Index struct {
	languages []string
	texts     [maxLanguages]float64
	with      table
	ranked    []postings.Ranked // scratch
	fetched   uint32            // so that what ahead does is not left out
}

// NewIndex gives an index that has seen nothing.
func NewIndex() *Index { return &Index{with: newTable()} }

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
func (x *Index) Add(s Signature) { x.add(s) }

// add counts a text, and gives the number of its language, -1 for none, and its
// keys, ranked by how much they say of it now: those that a text of another
// language has had say more.
func (x *Index) add(s Signature) (language int, ranked []postings.Ranked) {
	at := x.language(s.language)
	if at < 0 {
		return at, nil
	}
	if x.with.used > maxCounted {
		for i := range x.texts {
			x.texts[i] /= 2
		}
		x.with.halve()
	}
	x.texts[at]++
	x.fetched = x.with.ahead(s.keys)
	x.ranked = x.ranked[:0]
	for i, k := range s.keys {
		c := x.with.add(k.hash, at)
		says := x.rarity(c, at) * float64(k.weight)
		if c[at] = 0; c == (counts{}) {
			says /= 4 // a word of this language alone, as far as is known
		}
		x.ranked = append(x.ranked, postings.Rank(float32(says), i))
	}
	return at, x.ranked
}

// weigh gives what a key says in a text of language a beside one of b. A key
// that one of the languages never has says nothing: it could not be shared.
func (x *Index) weigh(k key, a, b int) float64 {
	c := &x.with.find(k.hash).with
	if c[a] == 0 || c[b] == 0 {
		return 0
	}
	return math.Sqrt(x.rarity(*c, a)*x.rarity(*c, b)) * float64(k.weight)
}

// rarity is how much it says that a text of a language has a key.
func (x *Index) rarity(c counts, language int) float64 {
	return max(0, math.Log((x.texts[language]+1)/(float64(c[language])+0.5)))
}

// Likeness is the cosine of what two texts have, each key by how rare it is in
// the two languages, times a little for their lengths: 0 for nothing in common,
// about 1 for the same text. It is symmetric.
func (x *Index) Likeness(a, b Signature) float64 {
	la, lb := x.language(a.language), x.language(b.language)
	if la < 0 || lb < 0 {
		return 0
	}
	return x.likeness(a.keys, la, a.points, b.keys, lb, b.points, 0)
}

// likeness is Likeness of keys, in languages by their numbers, of texts of so
// many points. It adds smooth to what the evidence is divided by.
func (x *Index) likeness(a []key, la, pointsA int, b []key, lb, pointsB int, smooth float64) float64 {
	var shared, na, nb float64
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case j == len(b) || i < len(a) && a[i].hash < b[j].hash:
			w := x.weigh(a[i], la, lb)
			na += w * w
			i++
		case i == len(a) || b[j].hash < a[i].hash:
			w := x.weigh(b[j], lb, la)
			nb += w * w
			j++
		default:
			w, v := x.weigh(a[i], la, lb), x.weigh(b[j], lb, la)
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
	ratio := math.Log(float64(pointsA+200) / float64(pointsB+200))
	return shared / (math.Sqrt(na*nb) + smooth) * math.Exp(-ratio*ratio)
}
