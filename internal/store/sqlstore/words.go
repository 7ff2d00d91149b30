package sqlstore

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/golang/geo/s2"

	"entente/internal/centre"
	"entente/internal/lexis"
	"entente/internal/query"
)

// Every token of the search index begins with a letter that says what it is,
// so that one index serves all and a person's word never meets a key.
const (
	MarkWord   = "w" // a word of the text, in its place
	MarkStem   = "s" // a stem
	keyCell    = "kc"
	keyPlace   = "kp"
	keyCountry = "kn"
	keyLang    = "kl"
	keySource  = "ks"
	keyMonth   = "km"
	keyYear    = "ky"
)

// Words is what the search index holds of a report.
type Words struct {
	Surface []string // in order, to be marked with MarkWord
	Stems   []string // to be marked with MarkStem
	Keys    []string // as they are
}

// maxToken is the longest token in bytes that is indexed; PostgreSQL takes no
// longer ones than 2,046. Package lexis makes words of at most 64.
const maxToken = 1000

// tokens divides text at its spaces.
func tokens(text string) []string {
	fields := strings.Fields(text)
	return slices.DeleteFunc(fields, func(f string) bool { return len(f) > maxToken })
}

func marked(mark, text string) []string {
	list := tokens(text)
	for i, t := range list {
		list[i] = mark + t
	}
	return list
}

// wordsOf makes the search index's view of a draft. places are those named.
func wordsOf(d *centre.Draft, language string, source centre.ID, nos []int64, places []*centre.Place) Words {
	w := Words{Surface: tokens(clean(d.Tokens.Surface)), Stems: tokens(clean(d.Tokens.Stems))}
	for tag := strings.ToLower(language); tag != ""; {
		w.Keys = append(w.Keys, keyLang+strings.Join(strings.Fields(tag), "_"))
		cut := strings.LastIndexByte(tag, '-')
		tag = tag[:max(cut, 0)]
	}
	w.Keys = append(w.Keys, sourceKey(source))
	if d.Published.Known() {
		w.Keys = append(w.Keys, monthKey(d.Published.Time), yearKey(d.Published.Time))
	}
	for i, p := range places {
		w.Keys = append(w.Keys, placeKey(nos[i]))
		if p.Country != "" {
			w.Keys = append(w.Keys, countryKey(p.Country))
		}
		if sound(p.Point) {
			leaf := leafCell(p.Point)
			for level := keyLevelMin; level <= keyLevelMax; level += keyLevelStep {
				w.Keys = append(w.Keys, cellKey(leaf.Parent(level)))
			}
		}
	}
	w.Keys = append(w.Keys, speakerKeys(d)...)
	people, bodies, known := query.NameKeys(d.Mentions)
	for _, k := range people {
		w.Keys = append(w.Keys, keyPerson+k)
	}
	for _, k := range bodies {
		w.Keys = append(w.Keys, keyBody+k)
	}
	for _, id := range known {
		w.Keys = append(w.Keys, knownKey(id))
	}
	slices.Sort(w.Keys)
	w.Keys = slices.Compact(w.Keys)
	return w
}

func cellKey(c s2.CellID) string    { return keyCell + c.ToToken() }
func placeKey(no int64) string      { return fmt.Sprintf("%s%d", keyPlace, no) }
func sourceKey(id centre.ID) string { return keySource + id.String() }
func monthKey(t time.Time) string   { return keyMonth + t.UTC().Format("2006-01") }
func yearKey(t time.Time) string    { return keyYear + t.UTC().Format("2006") }
func countryKey(country string) string {
	return keyCountry + strings.Join(strings.Fields(clean(country)), "_")
}

// Match is a search over the index: a tree of the types below, which a Dialect
// writes down in the database's own language.
type Match interface{ match() }

// Sequence matches tokens one after another; with Prefix, the last one is the
// beginning of a token. It is never empty.
type Sequence struct {
	Tokens []string
	Prefix bool
}

// Both matches what every part matches; Either, what at least one does. They
// are never empty.
type (
	Both   []Match
	Either []Match
)

// Except matches what Of matches and Not does not.
type Except struct{ Of, Not Match }

func (Sequence) match() {}
func (Both) match()     {}
func (Either) match()   {}
func (Except) match()   {}

// wordMatch is what a word of a query looks for: nil where it has no letter or
// digit, and so matches nothing.
func wordMatch(w query.Word) Match {
	text := clean(w.Text)
	if w.Prefix {
		if tokens := marked(MarkWord, lexis.Normalise(text)); len(tokens) > 0 {
			return Sequence{Tokens: tokens, Prefix: true}
		}
		return nil
	}
	var any Either
	surface, stems := lexis.Forms(text)
	for _, form := range surface {
		tokens := marked(MarkWord, form)
		if len(tokens) == 0 {
			continue
		}
		any = append(any, Sequence{Tokens: tokens})
		if len(tokens) == 1 {
			any = append(any, Sequence{Tokens: marked(MarkStem, form)})
		}
	}
	for _, stem := range stems {
		for _, mark := range []string{MarkWord, MarkStem} {
			if tokens := marked(mark, stem); len(tokens) == 1 {
				any = append(any, Sequence{Tokens: tokens})
			}
		}
	}
	switch len(any) {
	case 0:
		return nil
	case 1:
		return any[0]
	}
	return any
}

// phraseMatch is nil where the phrase has no letter or digit.
func phraseMatch(p query.Phrase) Match {
	tokens := marked(MarkWord, lexis.Normalise(clean(strings.Join(p.Words, " "))))
	if len(tokens) == 0 {
		return nil
	}
	return Sequence{Tokens: tokens}
}

// keysMatch matches reports that have at least one of the keys.
func keysMatch(keys []string) Match {
	if len(keys) == 1 {
		return Sequence{Tokens: keys}
	}
	any := make(Either, 0, len(keys))
	for _, key := range keys {
		any = append(any, Sequence{Tokens: []string{key}})
	}
	return any
}

// maxTimeKeys is how many months, or else years, a search is narrowed by.
const maxTimeKeys = 24

// timeKeys are keys of which every report in the span has one; ok is false
// where the span is open or long.
func timeKeys(p query.Published) (keys []string, ok bool) {
	if p.From.IsZero() || p.Until.IsZero() {
		return nil, false
	}
	from, last := p.From.UTC(), p.Until.UTC().Add(-time.Nanosecond)
	month := time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, time.UTC)
	for m := month; !m.After(last) && len(keys) <= maxTimeKeys; m = m.AddDate(0, 1, 0) {
		keys = append(keys, monthKey(m))
	}
	if len(keys) <= maxTimeKeys {
		return keys, len(keys) > 0
	}
	keys = nil
	for y := time.Date(from.Year(), 1, 1, 0, 0, 0, 0, time.UTC); !y.After(last) && len(keys) <= maxTimeKeys; y = y.AddDate(1, 0, 0) {
		keys = append(keys, yearKey(y))
	}
	return slices.Clip(keys), len(keys) <= maxTimeKeys
}
