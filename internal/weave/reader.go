package weave

import (
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
	words    []lexis.Word // those that were read
	terms    []term       // stems and names, by hash; distinct
	keys     []term       // of what texts in any language have in common, by hash; distinct
	echo     echo.Signature
}

// reader turns texts into features. It remembers words, and is not safe for
// concurrent use.
type reader struct {
	sum  tally
	tune readerTuning
	keys keyring
	echo *echo.Reader
}

type readerTuning struct{ title, lead, name, place, number float32 }

func newReader() reader {
	return reader{tune: readerTuning{title: 1.6, lead: 1.2, name: 2.4, place: 1.5, number: 1}, keys: keyring{tune: keyDefaults}, echo: echo.NewReader()}
}

// read gives the features of a text whose first title code points are its title.
func (r *reader) read(language, text string, title int, mentions []centre.Mention, events []centre.EventCategory) features {
	text = firstPoints(text, readPoints)
	points := []rune(text)
	words := lexis.Words(text)
	f := features{words: words}
	f.language, _, _ = strings.Cut(language, "-")
	f.echo = r.echo.ReadWords(language, words, len(points), mentions, func(at int, w *echo.Word) {
		if w.Common || !w.Number && single(words[at].Text) {
			return
		}
		start := words[at].Start
		named := !w.Number && capital(points, start)
		weight := float32(1)
		switch {
		case w.Number:
			weight = r.tune.number
		case named:
			weight = r.tune.name
		}
		switch {
		case w.Number:
		case named || !cased(points[start]):
			r.keys.word(w, 1)
		case w.Length > 3:
			r.keys.word(w, 0.5)
		}
		if start < title {
			weight *= r.tune.title
		}
		if start < leadPoints {
			weight *= r.tune.lead
		}
		r.sum.add(w.Stem, weight)
	})
	for i := range mentions {
		m := &mentions[i]
		if m.Place != nil && m.Start < readPoints && m.Place.Class != centre.PlaceCountry && m.Place.Class != centre.PlaceRegion {
			r.sum.add(hash("place:"+m.Place.ID), r.tune.place)
		}
	}
	r.keys.numbers(points)
	r.keys.mentions(mentions)
	r.keys.events(events)
	f.keys = r.keys.take()
	// A word counts more the second time and hardly more the third (the
	// saturation of BM25: Robertson and Zaragoza, 2009, 3.4).
	f.terms = slices.Clone(r.sum.take(saturation))
	return f
}

// single reports whether a word is one letter; in scripts that write a word with
// one sign it may be a word all the same.
func single(word string) bool {
	first, size := utf8.DecodeRuneInString(word)
	return size == len(word) && first < 0x2e80
}

// tally sums weights by hash.
type tally struct {
	list, sums []term
	order      []uint64 // scratch
}

func (t *tally) add(hash uint32, weight float32) { t.list = append(t.list, term{hash, weight}) }

// take gives the sums of what was added, each w as w/(w+saturation), by hash,
// until the next call, and forgets them.
func (t *tally) take(saturation float32) []term {
	t.order, t.sums = t.order[:0], t.sums[:0]
	for i, e := range t.list {
		t.order = append(t.order, uint64(e.hash)<<32|uint64(i))
	}
	slices.Sort(t.order)
	for _, o := range t.order {
		e := t.list[uint32(o)]
		if n := len(t.sums); n > 0 && t.sums[n-1].hash == e.hash {
			t.sums[n-1].weight += e.weight
		} else {
			t.sums = append(t.sums, e)
		}
	}
	for i := range t.sums {
		t.sums[i].weight /= t.sums[i].weight + saturation
	}
	t.list = t.list[:0]
	return t.sums
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
