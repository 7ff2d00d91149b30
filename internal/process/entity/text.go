package entity

import (
	"bytes"
	"context"
	"encoding/binary"
	"strings"
	"sync"

	"entente/internal/gazetteer"
)

// gap says what stands between two words; it is a feature.
type gap uint8

const (
	gapSpace gap = iota
	gapHyphen
	gapComma
	gapOpen  // a bracket opens
	gapClose // a bracket closes
	gapQuote
	gapDot
	gapOther
	gapEnd // the sentence or the paragraph ends
)

// maxChunk bounds the words that are labelled together.
const maxChunk = 200

// view is a text as the tagger sees it, reusable from text to text.
type view struct {
	k          *knowledge
	text       string
	words      gazetteer.Words
	tokens     []token
	values     []int32
	places     []gazetteer.Candidate
	seen       sightings
	place      uint32 // the last place that look found
	placeUntil int    // the word after its name
	// capitals: only names with capitals are wanted, in scripts that have them. Words
	// far from any capital are then not labelled at all.
	capitals bool
	found    []finding // names of known entities, in order
	said     []finding // countries and roles, in order
	tongues  []tongue  // the languages of the text: all its words, in order
}

// finding is a phrase of a lexicon in the text.
type finding struct {
	first, last int // words
	value       int32
	other       bool // the name is that of further entities, too
	prefix      bool // written together with an Arabic conjunction or preposition
}

// token is what is known of a word before its label.
type token struct {
	fold   uint32 // hash of the key
	bare   uint32 // of the key without what Arabic writes together with it, or of a Russian stem; else fold
	head   uint32 // the first four bytes of the key
	tail   uint32 // the last four
	shape  uint32
	before gap // between the word before and this one
	begins uint8
	list   uint32
	known  uint32 // kind of the entity of which it is the first word or a further one
	state  uint32 // country's name or adjective, role
	seen   uint32 // what stands beside this word anywhere in the text, in bits

	far    bool // in a script with capitals, and none is near
	cut    bool // the gate says that it is in no name
	looked bool // what follows is known
	place  uint32
	// prefix and suffix are hashes of one to four letters of the key; 0 where it is
	// shorter.
	prefix, suffix [4]uint32
	heard          uint32 // names that it sounds like; higher bits: without its Arabic prefix
	vowels         uint32 // of a word in Arabic letters: where its long vowels stand
}

// read analyses a text. The context is asked now and then.
func (v *view) read(ctx context.Context, text string) error {
	v.text = text
	v.words.Scan(text)
	list := v.words.List
	if cap(v.tokens) < len(list) {
		v.tokens = make([]token, len(list))
	}
	v.tokens = v.tokens[:len(list)]
	v.found, v.said = v.found[:0], v.said[:0]
	v.place, v.placeUntil = 0, 0
	knownUntil, stateUntil := 0, 0
	var known, state uint32
	end := 0
	for i := range list {
		if i%4096 == 4095 && ctx.Err() != nil {
			return ctx.Err()
		}
		w, t := &list[i], &v.tokens[i]
		*t = token{shape: shapeOf(w), before: gapOf(text[end:w.Start], w)}
		end = w.End
		v.hash(i)
		if t.begins&beginsName != 0 {
			if m, ok := v.k.names.Find(v.values, text, &v.words, i); ok {
				v.values = m.Values
				for _, n := range m.Values {
					t.list |= 1 << n
				}
			}
		}
		if i >= knownUntil {
			known = 0
			if t.begins&beginsKnown != 0 {
				if m, ok := v.k.set.Lexicon().Find(v.values, text, &v.words, i); ok {
					v.values = m.Values
					known, knownUntil = kindNumber[v.k.set.At(int(m.Values[0])).Kind], m.Last+1
					v.found = append(v.found, finding{i, m.Last, m.Values[0], len(m.Values) > 1, m.Prefix > 0})
				}
			}
			t.known = known
		} else {
			t.known = known + 16
		}
		if i >= stateUntil {
			state = 0
			if t.begins&beginsState != 0 {
				if m, ok := v.k.phrases.Find(v.values, text, &v.words, i); ok {
					v.values = m.Values
					state, stateUntil = uint32(m.Values[0]>>16), m.Last+1
					v.said = append(v.said, finding{first: i, last: m.Last, value: m.Values[0], prefix: m.Prefix > 0})
				}
			}
			t.state = state
		} else {
			t.state = state + 8
		}
	}
	v.survey()
	return nil
}

// hash fills in the hashes of word i, and which lexicons have phrases that may
// begin with it.
func (v *view) hash(i int) {
	w, t := &v.words.List[i], &v.tokens[i]
	fold := v.words.Fold[w.From:w.To]
	t.head, t.tail = ends(fold)
	if w.Script == gazetteer.Cyrillic {
		h := gazetteer.HashStems.Add(fold[:w.Stem-w.From])
		t.begins = v.k.begins[begin(h)]
		t.bare = short(h)
		t.fold = t.bare
		if w.Stem < w.To {
			t.fold = short(gazetteer.HashStems.Add(fold)) // as a stem of the same letters has it
		}
		return
	}
	h := w.Hash
	t.begins = v.k.begins[begin(h)]
	t.fold = short(h)
	t.bare = t.fold
	if w.Script != gazetteer.Arabic || w.Al {
		return
	}
	if bare := bareArabic(fold); len(bare) < len(fold) {
		t.bare = short(gazetteer.HashStart.Add(bare))
	}
	for n := 0; n < 2 && prefixed(fold) && len(fold) >= 3*2; n++ { // as Lexicon.Find looks behind prefixes
		two := fold[2:]
		if two[0] == alef[0] && two[1] == alef[1] && len(two) >= 5*2 && two[2] == lam[0] && two[3] == lam[1] {
			t.begins |= v.k.begins[begin(gazetteer.HashStart.Add(two[4:]))]
		}
		if fold[0] == lam[0] && fold[1] == lam[1] && two[0] == lam[0] && two[1] == lam[1] && len(two) >= 4*2 {
			t.begins |= v.k.begins[begin(gazetteer.HashStart.Add(two[2:]))]
		}
		if len(two) >= 3*2 {
			t.begins |= v.k.begins[begin(gazetteer.HashStart.Add(two))]
		}
		fold = two
	}
}

const alef, lam = "ا", "ل"

// prefixed tells that a key begins with a letter that Arabic writes together with the
// next word: a conjunction or a preposition.
func prefixed(fold []byte) bool {
	if len(fold) < 2 {
		return false
	}
	switch [2]byte(fold) {
	case [2]byte{0xd9, 0x88}, [2]byte{0xd9, 0x81}, [2]byte{0xd8, 0xa8}, [2]byte{0xd9, 0x84}, [2]byte{0xd9, 0x83}: // و ف ب ل ك
		return true
	}
	return false
}

// short is a hash in 32 bits.
func short(h gazetteer.Hash) uint32 { return uint32(h ^ h>>32) }

// ends gives up to four bytes of both ends of a key.
func ends(fold []byte) (head, tail uint32) {
	if len(fold) >= 4 {
		return binary.LittleEndian.Uint32(fold), binary.LittleEndian.Uint32(fold[len(fold)-4:])
	}
	for _, c := range fold {
		head = head<<8 | uint32(c)
	}
	return head, head
}

// bareArabic cuts one conjunction or preposition off a key, and the article
// behind it, where three letters remain.
func bareArabic(fold []byte) []byte {
	if !prefixed(fold) || len(fold) < 4*2 {
		return fold
	}
	rest := fold[2:]
	if bare, ok := bytes.CutPrefix(rest, []byte("ال")); ok && len(bare) >= 3*2 {
		return bare
	}
	if bytes.HasPrefix(fold, []byte("لل")) && len(rest) >= 4*2 {
		return rest[2:]
	}
	return rest
}

// hash is FNV-1a.
func hash(b []byte) uint32 {
	h := uint32(2166136261)
	for _, c := range b {
		h = (h ^ uint32(c)) * 16777619
	}
	return h
}

func shapeOf(w *gazetteer.Word) uint32 {
	s := uint32(w.Script)
	for _, b := range [...]bool{w.Upper, w.AllUpper, w.Digits, w.Al, w.Hyphen} {
		s <<= 1
		if b {
			s |= 1
		}
	}
	return s<<3 | uint32(min(w.Runes, 7))
}

// gapOf classifies what stands before a word.
func gapOf(between string, w *gazetteer.Word) gap {
	if between == " " {
		return gapSpace
	}
	if w.Hyphen {
		return gapHyphen
	}
	g := gapSpace
	for _, r := range between {
		switch r {
		case '\n', '!', '?', '؟', '…', '؛', ';':
			return gapEnd
		case '.':
			g = gapDot
		case ',', '،':
			g = gapComma
		case '(', '[':
			g = gapOpen
		case ')', ']':
			g = gapClose
		case '"', '«', '»', '“', '”', '„':
			if g != gapDot {
				g = gapQuote
			}
		case ' ', '\u00a0', '\u200c':
		default:
			if g == gapSpace {
				g = gapOther
			}
		}
	}
	if g == gapDot && (w.Upper || w.Script != gazetteer.Latin && w.Script != gazetteer.Cyrillic) {
		return gapEnd
	}
	return g
}

// chunks calls give with the runs of the words [first, end) that are labelled
// together: sentences, as far as gaps tell, of at most maxChunk words.
func (v *view) chunks(first, end int, give func(from, until int)) {
	from := first
	for i := first + 1; i < end; i++ {
		if i-from >= maxChunk || v.tokens[i].before == gapEnd && !v.initial(i-1) {
			give(from, i)
			from = i
		}
	}
	if from < end {
		give(from, end)
	}
}

// initial tells that word i is a single capital or a short title before a full
// stop, which then ends no sentence.
func (v *view) initial(i int) bool {
	w := &v.words.List[i]
	gap := v.text[w.End:v.words.List[i+1].Start]
	return strings.HasPrefix(gap, ".") && !strings.Contains(gap, "\n") && (w.Runes == 1 && w.Upper || v.tokens[i].list&(1<<listTitle) != 0 && w.Runes <= 4)
}

// views keeps the memory of views from text to text.
type views struct{ pool sync.Pool }

func newViews(k *knowledge) *views {
	return &views{sync.Pool{New: func() any { return &view{k: k} }}}
}
