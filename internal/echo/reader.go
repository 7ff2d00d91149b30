package echo

import (
	"hash/maphash"
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
	// maxWords bounds the words that a Reader remembers; a power of two. They
	// take 16 MB.
	maxWords = 1 << 18
)

// Word is what is known of a word. All hashes are FNV-1a.
type Word struct {
	Stem      uint32 // hash of its stem; 0 for a common word
	Bones     uint32 // hash of its Skeleton; 0 for a common word and a number
	Beginning uint32 // hash of the first four consonants of a longer skeleton
	Length    uint8  // of the skeleton
	Number    bool   // it begins with a digit
	Common    bool   // it says nothing of what a text is about
	count     uint8  // of keys
	keys      [4]key
}

// Reader makes signatures. It remembers words, each in the one place that its
// hash has in a table: a word that comes there takes the place of another. It is
// not safe for concurrent use.
type Reader struct {
	seed   maphash.Seed
	words  []remembered
	missed int // words that were not remembered, since words grew
	found  []uint64
}

type remembered struct {
	hash uint64 // of the word and its language, by the seed; 0 for none
	Word
	_ [8]byte // a line of the processor's cache
}

// NewReader makes a Reader that remembers nothing.
func NewReader() *Reader {
	return &Reader{seed: maphash.MakeSeed(), words: make([]remembered, 1<<9)}
}

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
	return r.ReadWords(language, lexis.Words(text), utf8.RuneCountInString(text), mentions, nil)
}

// ReadWords is Read for a text whose words and length in code points are known.
// If each is not nil it is given what is known of each word that is read, by its
// index, for as long as it runs.
func (r *Reader) ReadWords(language string, words []lexis.Word, points int, mentions []centre.Mention, each func(at int, w *Word)) Signature {
	primary, _, _ := strings.Cut(language, "-")
	in := maphash.String(r.seed, primary)
	r.found = r.found[:0]
	for i := 0; i < len(words) && len(r.found) < maxKeys; i++ {
		w := r.look(in, primary, words[i].Text)
		for _, k := range w.keys[:w.count] {
			r.found = append(r.found, k.packed())
		}
		if each != nil {
			each(i, w)
		}
	}
	for i := 0; i < len(mentions) && len(r.found) < 2*maxKeys; i++ {
		if p := mentions[i].Place; p != nil {
			r.found = append(r.found, key{hash('p', p.ID), placeWeight}.packed())
		}
	}
	slices.Sort(r.found)
	distinct := 0
	for i := range r.found {
		if i == 0 || unpacked(r.found[i]).hash != unpacked(r.found[i-1]).hash {
			distinct++
		}
	}
	s := Signature{language: primary, points: points, denies: denies(primary, words), keys: make([]key, 0, distinct)}
	for i := 0; i < len(r.found); {
		k, first := unpacked(r.found[i]), i
		for ; i < len(r.found) && unpacked(r.found[i]).hash == k.hash; i++ {
		}
		if n := i - first; n > 1 {
			k.weight *= float32(1 + math.Log(float64(n)))
		}
		s.keys = append(s.keys, k)
	}
	return s
}

// packed gives a key as a number that is ordered by hash.
func (k key) packed() uint64 { return uint64(k.hash)<<32 | uint64(math.Float32bits(k.weight)) }

func unpacked(p uint64) key { return key{uint32(p >> 32), math.Float32frombits(uint32(p))} }

// look gives what is known of a word of a language, whose hash is in, until the
// next call.
func (r *Reader) look(in uint64, language, word string) *Word {
	h := maphash.String(r.seed, word) ^ in | 1<<63
	at := &r.words[h&uint64(len(r.words)-1)]
	if at.hash == h {
		return &at.Word
	}
	if r.missed++; r.missed > len(r.words) && len(r.words) < maxWords {
		r.words, r.missed = make([]remembered, 8*len(r.words)), 0
		return r.look(in, language, word)
	}
	*at = remembered{hash: h, Word: read(language, word)}
	return &at.Word
}

// read looks at a word for the first time.
func read(language, word string) (w Word) {
	first, _ := utf8.DecodeRuneInString(word)
	w.Number, w.Common = unicode.IsDigit(first), lexis.Common(word)
	add := func(k key) {
		w.keys[w.count] = k
		w.count++
	}
	if w.Number {
		add(key{hash('n', word), numberWeight(word)})
	}
	if w.Common {
		return w
	}
	stem := lexis.Stem(language, word)
	w.Stem = fnv1a(2166136261, stem)
	if w.Number {
		return w
	}
	add(key{hash('w', word), wordWeight})
	if stem != word {
		add(key{hash('w', stem), wordWeight})
	}
	bones := Skeleton(stem)
	w.Bones, w.Length = hash('s', bones), uint8(min(len(bones), math.MaxUint8))
	if len(bones) >= 3 {
		add(key{w.Bones, skeletonWeight(len(bones))})
	}
	if len(bones) > 4 {
		w.Beginning = hash('s', bones[:4])
		add(key{w.Beginning, skeletonWeight(4)})
	}
	return w
}

// Common gives the words of a text that its echo has too, in their order, each
// once and at most limit: reasons, for a person.
func (r *Reader) Common(language string, words []lexis.Word, e Echo, limit int) []string {
	in := maphash.String(r.seed, language)
	var common []string
	for _, w := range words {
		if len(common) == limit {
			break
		}
		known := r.look(in, language, w.Text)
		for _, k := range known.keys[:known.count] {
			if k.weight >= 1 && e.with.has(k.hash) && !slices.Contains(common, w.Text) { // others are shared by chance often
				common = append(common, w.Text)
			}
		}
	}
	return common
}
