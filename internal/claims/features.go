package claims

import (
	"encoding/binary"
	"hash/fnv"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/internal/centre"
	"entente/internal/echo"
	"entente/internal/lexis"
)

// Bounds of what is read and kept of one statement: what is longer is judged by
// its beginning.
const (
	maxTerms   = 24
	maxKeys    = 16
	maxNumbers = 6
	maxParties = 16
	maxAround  = 16
	maxMaybe   = 12
	maxPoints  = 1200 // code points of content
)

// features are what linking knows of a proposition.
type features struct {
	language uint32
	day      int32    // since 1970, of the statement
	exact    uint64   // of all words in order; 0 where too few
	terms    []uint32 // what is said, without names: sorted, distinct; see conceptBit
	keys     []uint32 // places, entities and names, whatever the script: sorted, distinct; see placeBit
	numbers  []uint32 // sorted, distinct
	maybe    []uint32 // keys of names that words would be which no capital tells from others: sorted, distinct
	around   []uint32 // what the whole report names most, as keys: sorted, distinct; none in what an earlier version wrote
	event    uint32   // category of what happens; 0 for none
	may      bool
	further  bool // it speaks of a second, or a further one: see furtherWords
	undated  bool // day is when the report came in, since its own is not known
}

const (
	// conceptBit marks terms that mean the same in every language.
	conceptBit = 1
	// settingBit marks, of those, who, where and when: it tells less of what is said
	// than what happens does.
	settingBit = 2
	// thingBit marks those to which something happens.
	thingBit = 4
	// placeBit marks keys of places that are narrower than a country.
	placeBit = 1
)

func hash(kind, text string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(kind)) // never fails
	_, _ = h.Write([]byte(text))
	return h.Sum32() &^ 1
}

// reading is one report's text as its statements are read.
type reading struct {
	draft    *centre.Draft
	points   []rune
	mentions []centre.Mention // in the order of the text
	around   []uint32
	timeless bool // expressions of time are no words of a content
}

func read(d *centre.Draft) *reading {
	r := &reading{draft: d, points: []rune(d.Content.Text), mentions: d.Mentions}
	count := map[uint32]int{}
	for i := range d.Mentions {
		for _, k := range mentionKeys(&d.Mentions[i]) {
			if count[k]++; count[k] == 1 {
				r.around = append(r.around, k)
			}
		}
	}
	slices.SortStableFunc(r.around, func(a, b uint32) int { return count[b] - count[a] })
	r.around = distinct(r.around, maxAround)
	return r
}

// features reads a statement's content. parties are those who have a part in it.
func (r *reading) features(s *centre.Statement, day int32) (f features, parties []string) {
	f.day, f.may = day, s.Modality == centre.ModalityMay
	language := r.draft.Language
	if len(s.Content) > 0 {
		language = r.draft.LanguageAt(s.Content[0].Start)
	}
	language, _, _ = strings.Cut(language, "-")
	f.language = hash("language", language)
	if s.Event > 0 && s.Event <= len(r.draft.EventMentions) {
		f.event = hash("event", string(r.draft.EventMentions[s.Event-1].Category))
	}
	f.around = r.around
	exact := fnv.New64a()
	words := 0
	for _, c := range s.Content {
		start, end := max(0, c.Start), min(c.End, len(r.points), c.Start+maxPoints)
		if start >= end {
			continue
		}
		named := r.names(start, end, &f, &parties)
		points, list := r.points[start:end], lexis.Words(string(r.points[start:end]))
		for i, counted := 0, 0; i < len(list); i++ {
			w := list[i]
			_, _ = exact.Write([]byte(w.Text)) // never fails
			_, _ = exact.Write([]byte{' '})
			words++
			if i < counted || within(named, start+w.Start) {
				continue
			}
			if value, used := number(language, points, list, i); used > 0 {
				f.numbers = append(f.numbers, numberKey(value))
				counted = i + used
				continue
			}
			if concept, used := phraseOf(language, list[i:]); used > 0 {
				f.concept(concept)
				counted = i + used
				continue
			}
			r.word(language, w, start, &f)
		}
	}
	if words >= minExact {
		f.exact = exact.Sum64()
	}
	f.terms, f.keys, f.numbers = distinct(f.terms, maxTerms), distinct(f.keys, maxKeys), distinct(f.numbers, maxNumbers)
	f.maybe = distinct(f.maybe, maxMaybe)
	return f, parties
}

// minExact is how many words two contents must share in order to be one by that
// alone.
const minExact = 4

// names reads the mentions inside a content, and gives where they stand.
func (r *reading) names(start, end int, f *features, parties *[]string) (named [][2]int) {
	at, _ := slices.BinarySearchFunc(r.mentions, start, func(m centre.Mention, at int) int { return m.Start - at })
	party := func(p string) {
		if p != "" && len(*parties) < maxParties && !slices.Contains(*parties, p) {
			*parties = append(*parties, p)
		}
	}
	for _, m := range r.mentions[at:] {
		if m.Start >= end {
			break
		}
		if m.End > end || m.Kind == centre.MentionTime {
			if r.timeless {
				named = append(named, [2]int{m.Start, m.End})
			}
			continue
		}
		if m.Place != nil && !isNarrow(m.Place) {
			party(m.Place.Country)
		}
		keys := mentionKeys(&m)
		if len(keys) == 0 {
			continue // a place that nothing is known of: its words are read
		}
		f.keys = append(f.keys, keys...)
		if m.Kind != centre.MentionPlace {
			party(m.Country)
			if known(m.Entity) {
				party(m.Entity)
			}
		}
		named = append(named, [2]int{m.Start, m.End})
	}
	return named
}

// mentionKeys are those of what a mention names: an entity, a place, or a name.
func mentionKeys(m *centre.Mention) []uint32 {
	switch {
	case m.Kind == centre.MentionTime:
		return nil
	case known(m.Entity):
		return []uint32{hash("entity", m.Entity)}
	case m.Place != nil:
		k := hash("place", m.Place.ID)
		if isNarrow(m.Place) {
			k |= placeBit
		}
		return []uint32{k}
	case m.Kind == centre.MentionPlace:
		return nil
	}
	return nameKeys(m.Text)
}

// known tells an entity of the list of public bodies from one of a text alone.
func known(entity string) bool { return entity != "" && entity[0] != '#' }

// isNarrow tells a place from a country and from what is larger.
func isNarrow(p *centre.Place) bool {
	return p.Class != centre.PlaceCountry && p.Class != centre.PlaceRegion
}

// nameKeys are those of a name that is no known entity's: the consonants of its
// last word, by which the scripts' spellings meet.
func nameKeys(name string) []uint32 {
	words := strings.Fields(lexis.Normalise(name))
	if len(words) == 0 {
		return nil
	}
	if bones := echo.Skeleton(words[len(words)-1]); len(bones) >= 3 {
		return []uint32{hash("name", bones)}
	}
	return []uint32{hash("word", words[len(words)-1])}
}

func within(named [][2]int, at int) bool {
	return slices.ContainsFunc(named, func(n [2]int) bool { return n[0] <= at && at < n[1] })
}

// concept adds what every language has a word for.
func (f *features) concept(term uint32) {
	if term != noConcept {
		f.terms = append(f.terms, term)
	}
}

// furtherWords say that a thing is not the first of its kind: a second tanker is
// not the tanker. Days, times and wars are counted with other words as well, and
// are kept apart, too: that never merges.
var furtherWords = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range lexis.Words("second third fourth второй второго второму вторым вторая второе вторую третий третьего третья третью ثان ثانية الثاني الثانية ثالث ثالثة الثالث الثالثة دوم دومین سوم سومین") {
		m[w.Text] = true
	}
	return m
}()

// word adds a word that is no name's.
func (r *reading) word(language string, w lexis.Word, start int, f *features) {
	first, _ := utf8.DecodeRuneInString(w.Text)
	if unicode.IsDigit(first) {
		f.numbers = append(f.numbers, hash("number", w.Text))
		return
	}
	f.further = f.further || furtherWords[w.Text]
	stem := lexis.Stem(language, w.Text)
	if concept, ok := conceptOf(language, w.Text, stem); ok {
		f.concept(concept)
		return
	}
	if lexis.Common(w.Text) || first < 0x2e80 && utf8.RuneCountInString(w.Text) < 2 {
		return
	}
	if capital(r.points, start+w.Start) {
		if bones := echo.Skeleton(w.Text); len(bones) >= 3 {
			f.keys = append(f.keys, hash("name", bones))
			return
		}
	}
	if first >= 0x600 && first < 0x780 { // a script without capitals
		if bones := echo.Skeleton(w.Text); len(bones) >= 3 {
			f.maybe = append(f.maybe, hash("name", bones))
		}
	}
	f.terms = append(f.terms, hash("stem", stem)^f.language&^1)
}

// capital reports whether a word begins with a capital that is not merely that of
// a sentence.
func capital(text []rune, at int) bool {
	if at >= len(text) || !unicode.IsUpper(text[at]) {
		return false
	}
	for at--; at >= 0; at-- {
		switch r := text[at]; {
		case r == ' ' || r == '"' || r == '“' || r == '«' || r == '\'' || r == '(':
		case r == '.' || r == '!' || r == '?' || r == ':' || r == '\n' || r == '…':
			return false
		default:
			return true
		}
	}
	return false
}

func distinct(list []uint32, limit int) []uint32 {
	if len(list) > limit {
		list = list[:limit]
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// featuresVersion is the first byte of what encode writes. Version 1, which knew
// nothing of what is around a statement, is read as well; what any other version
// wrote is not: its statements are linked anew when their reports are processed
// again.
const featuresVersion = 2

// Bits of the second byte.
const (
	mayBit = 1 << iota
	undatedBit
	furtherBit
)

// encode writes features in few bytes, to be kept beside the statement.
func (f *features) encode() []byte {
	b := make([]byte, 0, 40+4*(len(f.terms)+len(f.keys)+len(f.numbers)+len(f.around)+len(f.maybe)))
	b = append(b, featuresVersion, byte(mayBit*boolean(f.may)|undatedBit*boolean(f.undated)|furtherBit*boolean(f.further)))
	b = binary.AppendVarint(b, int64(f.day))
	b = binary.BigEndian.AppendUint32(b, f.language)
	b = binary.BigEndian.AppendUint32(b, f.event)
	b = binary.BigEndian.AppendUint64(b, f.exact)
	for _, list := range [][]uint32{f.terms, f.keys, f.numbers, f.around, f.maybe} {
		b = append(b, byte(len(list)))
		for _, n := range list {
			b = binary.BigEndian.AppendUint32(b, n)
		}
	}
	return b
}

// decode reads what encode wrote; ok is false for anything else.
func decode(b []byte) (f features, ok bool) {
	if len(b) < 2 || b[0] < 1 || b[0] > featuresVersion {
		return f, false
	}
	version := b[0]
	f.may, f.undated, f.further = b[1]&mayBit != 0, b[1]&undatedBit != 0, b[1]&furtherBit != 0
	day, n := binary.Varint(b[2:])
	if n <= 0 || day != int64(int32(day)) || len(b) < 2+n+16 {
		return f, false
	}
	f.day = int32(day)
	b = b[2+n:]
	f.language, f.event, f.exact = binary.BigEndian.Uint32(b), binary.BigEndian.Uint32(b[4:]), binary.BigEndian.Uint64(b[8:])
	b = b[16:]
	lists := []*[]uint32{&f.terms, &f.keys, &f.numbers, &f.around, &f.maybe}
	if version == 1 {
		lists = lists[:3]
	}
	for _, list := range lists {
		if len(b) < 1 || len(b) < 1+4*int(b[0]) {
			return features{}, false
		}
		size := int(b[0])
		for i := range size {
			*list = append(*list, binary.BigEndian.Uint32(b[1+4*i:]))
		}
		if !slices.IsSorted(*list) {
			return features{}, false
		}
		b = b[1+4*size:]
	}
	if version == 1 {
		for i, term := range f.terms {
			f.terms[i] = termOf1(term)
		}
		slices.Sort(f.terms)
		f.terms = slices.Compact(f.terms)
	}
	return f, len(b) == 0
}

func boolean(b bool) int {
	if b {
		return 1
	}
	return 0
}
