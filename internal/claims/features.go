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
	event    uint32   // category of what happens; 0 for none
	may      bool
}

const (
	// conceptBit marks terms that mean the same in every language.
	conceptBit = 1
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
	timeless bool             // expressions of time are no words of a content
}

func read(d *centre.Draft) *reading {
	return &reading{draft: d, points: []rune(d.Content.Text), mentions: d.Mentions}
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
	exact := fnv.New64a()
	words := 0
	for _, c := range s.Content {
		start, end := max(0, c.Start), min(c.End, len(r.points), c.Start+maxPoints)
		if start >= end {
			continue
		}
		named := r.names(start, end, &f, &parties)
		for _, w := range lexis.Words(string(r.points[start:end])) {
			_, _ = exact.Write([]byte(w.Text)) // never fails
			_, _ = exact.Write([]byte{' '})
			words++
			if !within(named, start+w.Start) {
				r.word(language, w, start, &f)
			}
		}
	}
	if words >= minExact {
		f.exact = exact.Sum64()
	}
	f.terms, f.keys, f.numbers = distinct(f.terms, maxTerms), distinct(f.keys, maxKeys), distinct(f.numbers, maxNumbers)
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
		switch {
		case m.Identity != 0:
			f.keys = append(f.keys, hash("identity", m.Identity.String()))
		case m.Entity != "" && m.Entity[0] != '#':
			f.keys = append(f.keys, hash("entity", m.Entity))
		case m.Place != nil:
			k := hash("place", m.Place.ID)
			if m.Place.Class == centre.PlaceCountry || m.Place.Class == centre.PlaceRegion {
				party(m.Place.Country)
			} else {
				k |= placeBit
			}
			f.keys = append(f.keys, k)
		case m.Kind == centre.MentionPlace:
			continue // a name that nothing is known of: its words are read
		default:
			f.keys = append(f.keys, nameKeys(m.Text)...)
		}
		if m.Kind != centre.MentionPlace {
			party(m.Country)
			if m.Entity != "" && m.Entity[0] != '#' {
				party(m.Entity)
			}
		}
		named = append(named, [2]int{m.Start, m.End})
	}
	return named
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

// word adds a word that is no name's.
func (r *reading) word(language string, w lexis.Word, start int, f *features) {
	first, _ := utf8.DecodeRuneInString(w.Text)
	if unicode.IsDigit(first) {
		f.numbers = append(f.numbers, hash("number", w.Text))
		return
	}
	if lexis.Common(w.Text) || first < 0x2e80 && utf8.RuneCountInString(w.Text) < 2 {
		return
	}
	stem := lexis.Stem(language, w.Text)
	if c, ok := concepts()[language][stem]; ok {
		f.terms = append(f.terms, c<<1|conceptBit)
		return
	}
	if capital(r.points, start+w.Start) {
		if bones := echo.Skeleton(w.Text); len(bones) >= 3 {
			f.keys = append(f.keys, hash("name", bones))
			return
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

// featuresVersion is the first byte of what encode writes. What another version
// wrote is not read: its statements are linked anew when their reports are
// processed again.
const featuresVersion = 1

// encode writes features in few bytes, to be kept beside the statement.
func (f *features) encode() []byte {
	b := make([]byte, 0, 32+4*(len(f.terms)+len(f.keys)+len(f.numbers)))
	b = append(b, featuresVersion, byte(boolean(f.may)))
	b = binary.AppendVarint(b, int64(f.day))
	b = binary.BigEndian.AppendUint32(b, f.language)
	b = binary.BigEndian.AppendUint32(b, f.event)
	b = binary.BigEndian.AppendUint64(b, f.exact)
	for _, list := range [][]uint32{f.terms, f.keys, f.numbers} {
		b = append(b, byte(len(list)))
		for _, n := range list {
			b = binary.BigEndian.AppendUint32(b, n)
		}
	}
	return b
}

// decode reads what encode wrote; ok is false for anything else.
func decode(b []byte) (f features, ok bool) {
	if len(b) < 2 || b[0] != featuresVersion {
		return f, false
	}
	f.may = b[1] != 0
	day, n := binary.Varint(b[2:])
	if n <= 0 || day != int64(int32(day)) || len(b) < 2+n+16 {
		return f, false
	}
	f.day = int32(day)
	b = b[2+n:]
	f.language, f.event, f.exact = binary.BigEndian.Uint32(b), binary.BigEndian.Uint32(b[4:]), binary.BigEndian.Uint64(b[8:])
	b = b[16:]
	for _, list := range []*[]uint32{&f.terms, &f.keys, &f.numbers} {
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
	return f, len(b) == 0
}

func boolean(b bool) int {
	if b {
		return 1
	}
	return 0
}
