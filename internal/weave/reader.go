package weave

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/internal/centre"
	"entente/internal/echo"
	"entente/internal/lexis"
)

// readPoints is how much of a text is read, in code points, title included:
// news says what it is about at its beginning.
const readPoints = 1200

// saturation is the weight of a term in a text from which more of it counts little.
const saturation = 1.1

// leadPoints is how far the beginning of a text reaches, which says what is new.
const leadPoints = 200

// term is a word, a name or a place, by its hash, with its weight in a text.
type term struct {
	hash   uint32
	weight float32
}

// features are what a text is about, as far as grouping looks.
type features struct {
	language string
	terms    []term // stems and names, by hash; distinct
	keys     []term // of what texts in any language have in common, by hash; distinct
	echo     echo.Signature
}

// reader turns texts into features. It remembers words, and is not safe for
// concurrent use.
type reader struct {
	words map[string]map[string]wordValue // by language and normalised word
	kept  int                             // words in it
	sum   map[uint32]float32
	tune  readerTuning
	keys  keyring
	echo  *echo.Reader
}

type readerTuning struct{ title, lead, name, place, number float32 }

type wordValue struct {
	stem   uint32 // hash of the stem
	bones  string // what every script's spelling of a name has in common
	common bool
	number bool
}

const maxWords = 200_000 // remembered by a reader

func newReader() reader {
	return reader{words: map[string]map[string]wordValue{}, sum: map[uint32]float32{},
		tune: readerTuning{title: 1.6, lead: 1.2, name: 2.4, place: 1.5, number: 1},
		keys: keyring{tune: keyDefaults, sum: map[uint32]float32{}}, echo: echo.NewReader()}
}

// read gives the features of a text whose first title code points are its title.
func (r *reader) read(language, text string, title int, mentions []centre.Mention, events []centre.EventCategory) features {
	primary, _, _ := strings.Cut(language, "-")
	text = firstPoints(text, readPoints)
	points := []rune(text)
	clear(r.sum)
	words, list := r.words[primary], lexis.Words(text)
	for _, w := range list {
		v, known := words[w.Text]
		if !known {
			v = r.word(primary, w.Text)
			words = r.words[primary]
		}
		if v.common {
			continue
		}
		weight := float32(1)
		named := capital(points, w.Start)
		switch {
		case v.number:
			weight = r.tune.number
		case named:
			weight = r.tune.name
		}
		switch {
		case v.number:
		case named || !cased(points[w.Start]):
			r.keys.word(v.bones, 1)
		case len(v.bones) > 3:
			r.keys.word(v.bones, 0.5)
		}
		if w.Start < title {
			weight *= r.tune.title
		}
		if w.Start < leadPoints {
			weight *= r.tune.lead
		}
		r.sum[v.stem] += weight
	}
	for i := range mentions {
		m := &mentions[i]
		if m.Place != nil && m.Start < readPoints && m.Place.Class != centre.PlaceCountry && m.Place.Class != centre.PlaceRegion {
			r.sum[hash("place:"+m.Place.ID)] += r.tune.place
		}
	}
	r.keys.numbers(points)
	r.keys.mentions(mentions)
	r.keys.events(events)
	f := features{language: primary, terms: make([]term, 0, len(r.sum)), keys: r.keys.take(),
		echo: r.echo.ReadWords(primary, list, len(points), mentions)}
	for h, n := range r.sum {
		// A word counts more the second time and hardly more the third (the
		// saturation of BM25: Robertson and Zaragoza, 2009, 3.4).
		f.terms = append(f.terms, term{h, n / (n + saturation)})
	}
	slices.SortFunc(f.terms, func(a, b term) int { return cmp.Compare(a.hash, b.hash) })
	return f
}

// word looks at a word for the first time, and remembers what it finds.
func (r *reader) word(language, word string) wordValue {
	var v wordValue
	first, _ := utf8.DecodeRuneInString(word)
	v.number = unicode.IsDigit(first)
	v.common = lexis.Common(word) || !v.number && first < 0x2e80 && utf8.RuneCountInString(word) < 2
	stem := lexis.Stem(language, word)
	v.stem, v.bones = hash(stem), echo.Skeleton(stem)
	if r.kept >= maxWords {
		clear(r.words)
		r.kept = 0
	}
	if r.words[language] == nil {
		r.words[language] = map[string]wordValue{}
	}
	r.words[language][strings.Clone(word)] = v
	r.kept++
	return v
}

// capital reports whether the word at a place begins with a capital that is not
// merely that of a sentence.
func capital(text []rune, at int) bool {
	if !unicode.IsUpper(text[at]) {
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

// cased reports whether r is of a script with capitals.
func cased(r rune) bool { return unicode.IsUpper(r) || unicode.IsLower(r) }

func hash(text string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(text)) // never fails
	return h.Sum32()
}

// firstPoints gives the first n code points of text.
func firstPoints(text string, n int) string {
	for i := range text {
		if n == 0 {
			return text[:i]
		}
		n--
	}
	return text
}

// pointsOf gives how many code points the title takes at the beginning of a
// text, 0 where the text does not begin with it.
func pointsOf(title, text string) int {
	if title == "" || !strings.HasPrefix(text, title) {
		return 0
	}
	return utf8.RuneCountInString(title)
}
