package entities

import (
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"entente/internal/gazetteer"
)

// MaxWords is the longest name that is looked for, in words.
const MaxWords = 12

// Lexicon finds phrases in running text, the longest first. Phrases are compared
// by the hashes of their words' keys; those in Cyrillic letters by stems. It is
// safe for concurrent use once nothing is added any more.
type Lexicon struct {
	may   *[mayBits / 64]uint64 // a bit for each run of words that phrases begin with: most runs of a text begin nothing
	nodes map[gazetteer.Hash]node
}

// node is what is known of a run of words.
type node struct {
	phrases []phrase // that it is
	longest uint8    // of a single word: the longest phrase that begins so; 0 for none
}

type phrase struct {
	value int32
	words uint8
	al    bool // the first word has the Arabic article
	upper bool // the first word has a capital
	caps  bool // an acronym, in capitals alone
}

// NewLexicon makes an empty lexicon.
func NewLexicon() *Lexicon {
	return &Lexicon{new([mayBits / 64]uint64), map[gazetteer.Hash]node{}}
}

// mayBits is how many bits tell which hashes are worth looking up.
const mayBits = 1 << 17

// bit gives the place of a hash in may: its word, and its bit there.
func bit(h gazetteer.Hash) (int, uint64) {
	at := uint64(h) * 0x9e3779b97f4a7c15 >> (64 - 17)
	return int(at / 64), 1 << (at % 64)
}

// Add adds a phrase that stands for value. A phrase that begins with a capital
// is found only where the text has one; an acronym of up to five letters only
// in capitals; an Arabic phrase with the article only with it.
func (l *Lexicon) Add(text string, value int32) {
	var w gazetteer.Words
	w.Scan(text)
	if len(w.List) == 0 || len(w.List) > MaxWords {
		return
	}
	head := &w.List[0]
	hash := first(&w, head)
	p := phrase{value: value, words: uint8(len(w.List)), al: head.Al, upper: head.Upper, caps: len(w.List) == 1 && head.AllUpper && head.Runes <= 5}
	for i := range w.List {
		if i > 0 {
			hash = add(hash, &w, &w.List[i])
		} else {
			n := l.nodes[hash]
			n.longest = max(n.longest, p.words)
			l.nodes[hash] = n
		}
		word, mask := bit(hash)
		l.may[word] |= mask
	}
	n := l.nodes[hash]
	if !slices.Contains(n.phrases, p) {
		n.phrases = append(n.phrases, p)
		l.nodes[hash] = n
	}
}

// Starts gives a hash of each word that a phrase begins with: of its key, or of its
// stem where it is in Cyrillic letters. What is not there begins no phrase, unless
// behind an Arabic prefix.
func (l *Lexicon) Starts() iter.Seq[gazetteer.Hash] {
	return func(yield func(gazetteer.Hash) bool) {
		for h, n := range l.nodes {
			if n.longest > 0 && !yield(h) {
				return
			}
		}
	}
}

// first gives the hash of a phrase's first word.
func first(w *gazetteer.Words, word *gazetteer.Word) gazetteer.Hash {
	if word.Script == gazetteer.Cyrillic {
		return add(gazetteer.HashStems, w, word)
	}
	return word.Hash
}

func add(h gazetteer.Hash, w *gazetteer.Words, word *gazetteer.Word) gazetteer.Hash {
	if word.Script == gazetteer.Cyrillic {
		return h.Add(w.Fold[word.From:word.Stem])
	}
	return h.Add(w.Fold[word.From:word.To])
}

// Match is a phrase that stands in a text.
type Match struct {
	First, Last int // words
	Prefix      int // letters of the first word that are a preposition or conjunction written with it
	Values      []int32
}

// Find gives the longest phrase that begins at word i of text. It looks for it behind an
// Arabic conjunction or preposition that is written with the word as well. The
// memory of dst is used for the values.
func (l *Lexicon) Find(dst []int32, text string, w *gazetteer.Words, i int) (Match, bool) {
	word := &w.List[i]
	m := Match{First: i, Values: dst[:0]}
	if l.longest(&m, text, w, i, first(w, word), word.Al) {
		return m, true
	}
	if word.Script != gazetteer.Arabic || word.Al {
		return m, false
	}
	rest := w.Fold[word.From:word.To]
	for n := 1; n <= 2; n++ {
		r, size := utf8.DecodeRune(rest)
		if !strings.ContainsRune("وفبلك", r) || len(rest)-size < 2*2 {
			return m, false
		}
		rest = rest[size:]
		m.Prefix = n
		if bare, ok := strings.CutPrefix(string(rest), "ال"); ok && len(bare) >= 2*3 {
			if l.longest(&m, text, w, i, gazetteer.HashStart.Add([]byte(bare)), true) {
				return m, true
			}
		}
		if next, size := utf8.DecodeRune(rest); r == 'ل' && next == 'ل' && len(rest)-size >= 2*3 {
			m.Prefix = n - 1 // لل is the preposition and the article in one
			if l.longest(&m, text, w, i, gazetteer.HashStart.Add(rest[size:]), true) {
				return m, true
			}
			m.Prefix = n
		}
		if len(rest) >= 2*3 && l.longest(&m, text, w, i, gazetteer.HashStart.Add(rest), false) {
			return m, true
		}
	}
	return m, false
}

// longest takes the longest phrase whose first word has the hash.
func (l *Lexicon) longest(m *Match, text string, w *gazetteer.Words, i int, hash gazetteer.Hash, al bool) bool {
	if !l.begins(hash) {
		return false
	}
	at := l.nodes[hash]
	longest := int(at.longest)
	found := false
	for last := i; last < i+longest; at = l.nodes[hash] {
		if len(at.phrases) > 0 {
			n := len(m.Values)
			for _, p := range at.phrases {
				if int(p.words) == last-i+1 && p.al == al && (!p.upper || w.List[i].Upper) && (!p.caps || acronym(w, i)) && !slices.Contains(m.Values[n:], p.value) {
					m.Values = append(m.Values, p.value)
				}
			}
			if len(m.Values) > n {
				m.Values = append(m.Values[:0], m.Values[n:]...)
				m.Last, found = last, true
			}
		}
		last++
		if last >= len(w.List) || last == i+longest || !Joined(text[w.List[last-1].End:w.List[last].Start]) {
			return found
		}
		if hash = add(hash, w, &w.List[last]); !l.begins(hash) {
			return found
		}
	}
	return found
}

// begins tells that a phrase may begin with the words of the hash, or be them.
func (l *Lexicon) begins(h gazetteer.Hash) bool {
	word, mask := bit(h)
	return l.may[word]&mask != 0
}

// acronym tells that word i is in capitals, and is not a short word of a
// headline that is in capitals as a whole.
func acronym(w *gazetteer.Words, i int) bool {
	loud := func(n int) bool { return n >= 0 && n < len(w.List) && w.List[n].AllUpper && w.List[n].Runes >= 4 }
	return w.List[i].AllUpper && (w.List[i].Runes > 3 || !loud(i-1) && !loud(i+1))
}

// Joined tells whether what stands between two words may stand inside a name.
func Joined(gap string) bool {
	switch gap {
	case " ", "-", ".", ". ", "’", "'", "‑", "–", "\u200c", "’s ", "'s ", "\u00a0", " \"", " «", "\" ", "» ":
		return true
	}
	return false
}

// Found is a name of entities that stands in a text.
type Found struct {
	Start, End int       // bytes of the text
	Entities   []*Entity // several where they share the name
}

// Scan gives the names of entities that text, which must be NFC, has: the
// longest at each word, none over another. It looks at each word of the text a
// bounded number of times.
func (s *Set) Scan(text string) []Found {
	var w gazetteer.Words
	w.Scan(text)
	var found []Found
	for i := 0; i < len(w.List); i++ {
		m, ok := s.lexicon.Find(nil, text, &w, i)
		if !ok {
			continue
		}
		f := Found{Start: AfterPrefix(text, w.List[i].Start, m.Prefix), End: w.List[m.Last].End}
		for _, v := range m.Values {
			f.Entities = append(f.Entities, &s.all[v])
		}
		found = append(found, f)
		i = m.Last
	}
	return found
}

// AfterPrefix gives the byte after so many letters of text from start on, and
// the marks on them.
func AfterPrefix(text string, start, letters int) int {
	for start < len(text) {
		r, n := utf8.DecodeRuneInString(text[start:])
		if !isMark(r) {
			if letters == 0 {
				break
			}
			letters--
		}
		start += n
	}
	return start
}

func isMark(r rune) bool { return r >= 0x064B && r <= 0x065F || r == 0x0670 || r == 0x0640 }
