// Package echo tells how much two texts, in any two languages, look like
// translations of one another, without a dictionary: by the numbers, the places
// and the words of Latin letters that both have, by words that two languages of
// one script share, and by names and international words whose consonants agree
// across scripts ("protein", "протеин", "پروتئین"). What few texts have counts
// most (inverse document frequency: Spärck Jones, 1972).
//
// A [Signature] is what a text has; an [Index] knows how common each of its keys
// is in each language and compares; a [Memory] remembers the newest texts and
// finds the one that a text echoes: a denial echoes no report that it denies.
// Likeness is one sign among several: two reports on one press conference are
// alike though neither is a translation.
package echo

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/internal/centre"
	"entente/internal/lexis"
)

const (
	// maxKeys bounds the keys of a text: those of the first words.
	maxKeys = 4000
	// maxBytes is how much of a text is read.
	maxBytes = 64 << 10
)

// key is something that a text has, by hash, and how much it proves where it is
// shared: more where the text has it several times.
type key struct {
	hash   uint32
	weight float32
}

// Signature is what a text has that a translation of it would have too. The
// zero Signature is that of an empty text.
type Signature struct {
	language string
	keys     []key // by hash; distinct
	points   int   // length of the text in code points
	denies   bool  // it says in its beginning that something is not so
}

// Reader makes signatures. It remembers words, and is not safe for concurrent use.
type Reader struct {
	words map[string]map[string][]key // what a word gives, by language and word
	kept  int
	found []key
}

// NewReader makes a Reader that remembers nothing.
func NewReader() *Reader { return &Reader{words: map[string]map[string][]key{}} }

// maxWords bounds what a Reader remembers.
const maxWords = 200_000

// Read gives the signature of a text in a language (BCP 47) with the places
// that it names.
func Read(language, text string, mentions []centre.Mention) Signature {
	return NewReader().Read(language, text, mentions)
}

// Read is the function of the same name for many texts.
func (r *Reader) Read(language, text string, mentions []centre.Mention) Signature {
	if len(text) > maxBytes {
		text = text[:maxBytes]
	}
	return r.ReadWords(language, lexis.Words(text), utf8.RuneCountInString(text), mentions)
}

// ReadWords is Read for a text whose words and length in code points are known.
func (r *Reader) ReadWords(language string, words []lexis.Word, points int, mentions []centre.Mention) Signature {
	primary, _, _ := strings.Cut(language, "-")
	r.found = r.found[:0]
	for i := 0; i < len(words) && len(r.found) < maxKeys; i++ {
		r.found = append(r.found, r.keysOf(primary, words[i].Text)...)
	}
	for i := 0; i < len(mentions) && len(r.found) < 2*maxKeys; i++ {
		if p := mentions[i].Place; p != nil {
			r.found = append(r.found, key{hash('p', p.ID), placeWeight})
		}
	}
	slices.SortFunc(r.found, func(a, b key) int { return cmp.Compare(a.hash, b.hash) })
	s := Signature{language: primary, points: points, denies: denies(primary, words)}
	distinct := 0
	for i := range r.found {
		if i == 0 || r.found[i].hash != r.found[i-1].hash {
			distinct++
		}
	}
	s.keys = make([]key, 0, distinct)
	for i := 0; i < len(r.found); {
		k, first := r.found[i], i
		for ; i < len(r.found) && r.found[i].hash == k.hash; i++ {
		}
		if n := i - first; n > 1 {
			k.weight *= float32(1 + math.Log(float64(n)))
		}
		s.keys = append(s.keys, k)
	}
	return s
}

// keysOf gives the keys of a word.
func (r *Reader) keysOf(language, word string) []key {
	if keys, ok := r.words[language][word]; ok {
		return keys
	}
	return r.word(language, word)
}

// word looks at a word for the first time, and remembers what it finds.
func (r *Reader) word(language, word string) (keys []key) {
	first, _ := utf8.DecodeRuneInString(word)
	switch {
	case unicode.IsDigit(first):
		keys = []key{{hash('n', word), numberWeight(word)}}
	case lexis.Common(word):
	default:
		keys = []key{{hash('w', word), wordWeight}}
		stem := lexis.Stem(language, word)
		if stem != word {
			keys = append(keys, key{hash('w', stem), wordWeight})
		}
		bones := Skeleton(stem)
		if len(bones) >= 3 {
			keys = append(keys, key{hash('s', bones), skeletonWeight(len(bones))})
			if len(bones) > 4 {
				keys = append(keys, key{hash('s', bones[:4]), skeletonWeight(4)})
			}
		}
	}
	if r.kept >= maxWords {
		clear(r.words)
		r.kept = 0
	}
	if r.words[language] == nil {
		r.words[language] = map[string][]key{}
	}
	r.words[language][strings.Clone(word)] = keys
	r.kept++
	return keys
}

// What a shared key proves, beside the others. A number of one digit, or a
// skeleton of three consonants, is shared by chance often.
const (
	wordWeight  = 1
	placeWeight = 1.2
)

func numberWeight(word string) float32 {
	if len(word) == 1 {
		return 0.6
	}
	return 1.5
}

func skeletonWeight(length int) float32 {
	switch {
	case length < 4:
		return 0.35
	case length == 4:
		return 0.7
	}
	return 1.2
}

// hash is FNV-1a.
func hash(kind byte, word string) uint32 {
	h := (uint32(2166136261) ^ uint32(kind)) * 16777619
	for i := range len(word) {
		h = (h ^ uint32(word[i])) * 16777619
	}
	return h
}
