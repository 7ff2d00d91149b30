package entity

import (
	"bytes"
	"context"
	"strings"
	"sync"
	"unicode/utf8"

	"entente/internal/centre"
	"entente/internal/entities"
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
	k      *knowledge
	text   string
	words  gazetteer.Words
	tokens []token
	values []int32
	places []gazetteer.Candidate
	seen   map[uint32]uint32
	found  []finding // names of known entities, in order
	said   []finding // countries and roles, in order
	// persian: the text is Persian, which has no article.
	persian bool
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
	fold   uint32    // hash of the key
	bare   uint32    // of the key without what Arabic writes together with it, or of a Russian stem; else fold
	prefix [4]uint32 // of one to four letters of the key; 0 where it is shorter
	suffix [4]uint32
	shape  uint32
	before gap // between the word before and this one
	list   uint32
	known  uint32 // kind of the entity of which it is the first word or a further one
	state  uint32 // country's name or adjective, role
	place  uint32
	seen   uint32 // what stands beside this word anywhere in the text, in bits
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
	knownUntil, stateUntil, placeUntil := 0, 0, 0
	var known, state, place uint32
	end := 0
	for i := range list {
		if i%4096 == 4095 && ctx.Err() != nil {
			return ctx.Err()
		}
		w, t := &list[i], &v.tokens[i]
		*t = token{}
		fold := v.words.Fold[w.From:w.To]
		t.fold = hash(fold)
		t.bare = t.fold
		switch {
		case w.Script == gazetteer.Arabic && !w.Al:
			t.bare = hash(bareArabic(fold))
		case w.Script == gazetteer.Cyrillic:
			t.bare = hash(fold[:w.Stem-w.From])
		}
		t.affixes(fold)
		t.shape = shapeOf(w)
		t.before = gapOf(text[end:w.Start], w)
		end = w.End
		if m, ok := v.k.names.Find(v.values, text, &v.words, i); ok {
			v.values = m.Values
			for _, n := range m.Values {
				t.list |= 1 << n
			}
		}
		if i >= knownUntil {
			known = 0
			if m, ok := v.k.set.Lexicon().Find(v.values, text, &v.words, i); ok {
				v.values = m.Values
				known, knownUntil = kindNumber[v.k.set.At(int(m.Values[0])).Kind], m.Last+1
				v.found = append(v.found, finding{i, m.Last, m.Values[0], len(m.Values) > 1, m.Prefix > 0})
			}
			t.known = known
		} else {
			t.known = known + 16
		}
		if i >= stateUntil {
			state = 0
			if m, ok := v.k.phrases.Find(v.values, text, &v.words, i); ok {
				v.values = m.Values
				state, stateUntil = uint32(m.Values[0]>>16), m.Last+1
				v.said = append(v.said, finding{first: i, last: m.Last, value: m.Values[0], prefix: m.Prefix > 0})
			}
			t.state = state
		} else {
			t.state = state + 8
		}
		if i >= placeUntil {
			place, placeUntil = v.placeAt(i)
			t.place = place
		} else {
			t.place = place + 8
		}
	}
	v.survey()
	return nil
}

// survey remembers of every word what stands beside it anywhere in the text: a
// name that is plain in one sentence helps in the next.
func (v *view) survey() {
	if v.seen == nil {
		v.seen = map[uint32]uint32{}
	}
	clear(v.seen)
	for i := range v.tokens {
		t := &v.tokens[i]
		bits := uint32(0)
		if i > 0 && t.before == gapSpace {
			p := &v.tokens[i-1]
			bits |= p.list & (1<<listGiven | 1<<listTitle | 1<<listOrg | 1<<listLoc)
			if p.state >= phraseRole && p.state != 8 {
				bits |= 1 << 5
			}
		}
		if i+1 < len(v.tokens) && v.tokens[i+1].before == gapSpace {
			n := &v.tokens[i+1]
			bits |= (n.list & (1<<listOrg | 1<<listLoc | 1<<listSaid)) << 6
		}
		switch w := &v.words.List[i]; {
		case w.Script != gazetteer.Latin && w.Script != gazetteer.Cyrillic:
		case !w.Upper:
			bits |= 1 << 12
		case t.before != gapEnd:
			bits |= 1 << 13
		}
		if bits != 0 {
			v.seen[t.bare] |= bits
		}
	}
	for i := range v.tokens {
		v.tokens[i].seen = v.seen[v.tokens[i].bare]
	}
}

// placeAt looks for the name of a place that begins at word i, and gives a
// number for what it is and the word after it.
func (v *view) placeAt(i int) (uint32, int) {
	w := &v.words.List[i]
	if w.Digits || (w.Script == gazetteer.Latin || w.Script == gazetteer.Cyrillic) && !w.Upper {
		return 0, i + 1
	}
	fold := v.words.Fold[w.From:w.To]
	if w.Script == gazetteer.Cyrillic {
		return v.placeFrom(i, gazetteer.HashStems.AddStem(&v.words, w))
	}
	if p, next := v.placeFrom(i, gazetteer.HashStart.Add(fold)); p != 0 {
		return p, next
	}
	if w.Script == gazetteer.Arabic && !w.Al && len(fold) >= 4*2 {
		r, n := utf8.DecodeRune(fold)
		rest := fold[n:]
		if !strings.ContainsRune("وفبلك", r) {
			return 0, i + 1
		}
		if bare, ok := strings.CutPrefix(string(rest), "ال"); ok && len(bare) >= 3*2 {
			return v.placeFrom(i, gazetteer.HashStart.Add([]byte(bare)))
		}
		if next, n := utf8.DecodeRune(rest); r == 'ل' && next == 'ل' {
			rest = rest[n:]
		}
		return v.placeFrom(i, gazetteer.HashStart.Add(rest))
	}
	return 0, i + 1
}

func (v *view) placeFrom(i int, h gazetteer.Hash) (found uint32, next int) {
	next = i + 1
	list := v.words.List
	longest := 1
	for last := i; ; {
		var words int
		v.places, words = v.k.gazetteer.Candidates(v.places[:0], h)
		if last == i {
			longest = max(words, 1)
		}
		if len(v.places) > 0 && !v.places[0].Weak {
			found, next = placeNumber(&v.places[0]), last+1
		}
		last++
		if last >= len(list) || last >= i+longest || last > i+4 || !entities.Joined(v.text[list[last-1].End:list[last].Start]) {
			return found, next
		}
		if list[i].Script == gazetteer.Cyrillic {
			h = h.AddStem(&v.words, &list[last])
		} else {
			h = h.Add(v.words.Fold[list[last].From:list[last].To])
		}
	}
}

// smallPlace is the population below which a place is no feature.
const smallPlace = 5_000

func placeNumber(c *gazetteer.Candidate) uint32 {
	switch {
	case c.Class == centre.PlaceCountry:
		return 1
	case c.Class == centre.PlaceRegion || c.Class == centre.PlaceAdmin1:
		return 2
	case c.Class == centre.PlaceCapital || c.Population >= 500_000:
		return 3
	case c.Population >= 50_000:
		return 4
	case c.Population < smallPlace:
		return 0 // their names are words, more often than not
	}
	return 5
}

// bareArabic cuts one conjunction or preposition off a key, and the article
// behind it, where three letters remain.
func bareArabic(fold []byte) []byte {
	r, n := utf8.DecodeRune(fold)
	if !strings.ContainsRune("وفبلك", r) || len(fold)-n < 3*2 {
		return fold
	}
	rest := fold[n:]
	if bare, ok := bytes.CutPrefix(rest, []byte("ال")); ok && len(bare) >= 3*2 {
		return bare
	}
	if next, n := utf8.DecodeRune(rest); r == 'ل' && next == 'ل' && len(rest)-n >= 3*2 {
		return rest[n:]
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

func (t *token) affixes(fold []byte) {
	at := 0
	for n := range t.prefix {
		_, size := utf8.DecodeRune(fold[at:])
		if at += size; at >= len(fold) {
			break
		}
		t.prefix[n] = hash(fold[:at])
	}
	at = len(fold)
	for n := range t.suffix {
		_, size := utf8.DecodeLastRune(fold[:at])
		if at -= size; at <= 0 {
			break
		}
		t.suffix[n] = hash(fold[at:])
	}
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

// chunks calls give with the runs of words that are labelled together:
// sentences, as far as gaps tell, of at most maxChunk words.
func (v *view) chunks(give func(from, until int)) {
	from := 0
	for i := range v.tokens {
		if i > from && (i-from >= maxChunk || v.tokens[i].before == gapEnd && !v.initial(i-1)) {
			give(from, i)
			from = i
		}
	}
	if from < len(v.tokens) {
		give(from, len(v.tokens))
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
