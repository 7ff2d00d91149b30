package entity

import (
	"context"
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"entente/internal/centre"
	"entente/internal/entities"
	"entente/internal/gazetteer"
)

const (
	name    = "entity"
	version = 4
	// maxMentions bounds the mentions that the step adds to a report.
	maxMentions = 2000
	// maxKept is the longest text, in bytes, whose memory is kept for the next.
	maxKept = 1 << 20
)

//go:embed models/*.bin
var models embed.FS

// Embedded gives the model of a language that is part of the program: ar, ru or
// en.
func Embedded(language string) (*Model, error) {
	data, err := models.ReadFile("models/" + language + ".bin")
	if err != nil {
		return nil, fmt.Errorf("there is no model for language %q", language)
	}
	return ReadModel(data)
}

// Step is the step. It is safe for concurrent use.
type Step struct {
	tagger *Tagger
	models map[string]*Model
}

// New makes the step on the knowledge and the models that are part of the
// program; they are read at the first call.
func New() Step { return embedded() }

var embedded = sync.OnceValue(func() Step {
	t, err := NewTagger()
	s := Step{t, map[string]*Model{}}
	for _, language := range []string{"ar", "ru", "en"} {
		if err == nil {
			s.models[language], err = Embedded(language)
		}
	}
	if err != nil {
		panic("the embedded models cannot be read: " + err.Error()) // a test reads them
	}
	return s
})

// Name implements centre.Step.
func (Step) Name() string { return name }

// Version implements centre.Step.
func (Step) Version() int { return version }

// Apply appends the people and organisations that draft.Content names to
// draft.Mentions, and lowers the scores of the places there that are part of such
// a name. Names are looked for in each paragraph by the model of its language
// (Draft.LanguageFrom); who is whom is found out over the whole text. In a language
// for which there is no model only known entities and roles are found.
func (s Step) Apply(ctx context.Context, draft *centre.Draft) error {
	v := s.tagger.views.pool.Get().(*view)
	text := draft.Content.Text
	if len(text) < maxKept {
		defer s.tagger.views.pool.Put(v)
	}
	if err := v.read(ctx, text); err != nil {
		return err
	}
	v.hear(draft)
	v.capitals = true
	var names []named
	for _, sp := range v.tag(ctx, s.models) {
		for _, one := range v.people(sp) {
			one = v.surnamed(v.trim(one))
			if k := len(names); k > 0 && one.first <= names[k-1].last {
				continue // the surname of the one before
			}
			if k := len(names); k > 0 && v.goesOnWith(names[k-1].span, one) {
				names[k-1].last = one.last
				continue
			}
			if v.isName(one) {
				names = append(names, named{span: one, why: []string{"the words and their neighbours look like the name of " + article[one.kind]}})
			}
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	names = v.withKnown(names)
	v.recognise(names)
	names = v.withShort(names)
	names = v.withOutlets(names)
	names = v.withRoles(names)
	names = v.withAcronyms(names)
	names = v.again(names)
	names = v.beside(names, draft.Mentions)
	if len(names) > maxMentions {
		names = names[:maxMentions]
	}
	names = v.same(names)
	for i := range names {
		draft.Mentions = append(draft.Mentions, v.mention(&names[i]))
	}
	return nil
}

// goesOnWith tells that two people are one, the second being the surname: English
// names nobody right behind somebody else, as Russian does with its cases.
func (v *view) goesOnWith(a, b span) bool {
	last, w := &v.words.List[a.last], &v.words.List[b.first]
	return a.kind == TypePerson && b.kind == TypePerson && b.first == a.last+1 && b.last == b.first && v.tokens[b.first].before == gapSpace &&
		w.Script == gazetteer.Latin && w.Upper && last.Upper
}

var article = map[string]string{TypePerson: "a person", TypeOrganisation: "an organisation"}

// named is a name with what is known of it.
type named struct {
	span
	known   *entities.Entity
	entity  string
	role    string
	country string
	body    span   // that the role is held in; its kind is "" where none is named
	of      string // the entity of body
	form    string // how the words refer where they are no name
	slug    string // of a body named without its state: "mfa"
	fuller  bool   // the last name of one whom the text names in full
	acronym int    // word that stands for the name from here on; 0 for none
	why     []string
}

// isName refuses what the models find and the step does not keep: places, which
// have a step of their own, and descriptions ("the rebels"), which in Latin and
// Cyrillic letters have no capital.
func (v *view) isName(s span) bool {
	if article[s.kind] == "" {
		return false
	}
	if v.words.List[s.first].Script == gazetteer.Arabic && v.speaks(s.first) != "ar" {
		return false // letters that the other models have never seen
	}
	if v.words.List[s.last].Script == gazetteer.Latin && s.kind == TypeOrganisation {
		if w := &v.words.List[s.first]; !v.words.List[s.last].Upper || v.small(s.first) && w.Script == gazetteer.Latin {
			return false // a description: "people in Istanbul"
		}
		for i := s.first + 1; i <= s.last; i++ {
			if b := v.tokens[i].before; b != gapSpace && b != gapHyphen && b != gapDot {
				return false // a list, or a name with what explains it
			}
		}
	}
	if v.stateAlone(s) {
		return false
	}
	letters := 0
	for i := s.first; i <= s.last; i++ {
		w := &v.words.List[i]
		letters += w.Runes
		if w.Script == gazetteer.Arabic && letters >= 2 || w.Upper && (i > s.first || !v.opens(i) || s.last > s.first) {
			return true
		}
		if w.Upper && v.tokens[i].seen&(1<<12) == 0 { // a sentence's first word that is never in small letters
			return s.score > 0.5 && letters >= 3 && !pronoun[string(v.words.Fold[w.From:w.To])]
		}
	}
	return false
}

// stateAlone tells that a name is made of articles, pronouns and words for a
// state alone: "A Russian", "США, России и Ирана".
func (v *view) stateAlone(s span) bool {
	for i := s.first; i <= s.last; i++ {
		if st := v.tokens[i].state % 8; st != phraseCountry && st != phraseAdjective && !pronoun[v.fold(i)] {
			return false
		}
	}
	return true
}

// trim cuts off what the English data mark with a name: articles and other words
// in small letters before it, and what follows a comma; and in Arabic letters the
// city or state that somebody does something to: "زار بشار الأسد موسكو".
func (v *view) trim(s span) span {
	if v.words.List[s.last].Script == gazetteer.Arabic {
		const greatCity = 3 // of placeNumber: it and what is greater
		if s.kind == TypePerson && s.last >= s.first+2 {
			if place, next := v.placeAt(s.last); place != 0 && place <= greatCity && next == s.last+1 {
				s.last--
			}
		}
		return s
	}
	for s.first < s.last {
		w := &v.words.List[s.first]
		fold := string(v.words.Fold[w.From:w.To])
		if fold != "the" && (w.Upper || s.kind != TypePerson || w.Digits || noble[fold]) {
			break
		}
		s.first++
	}
	if s.kind == TypePerson {
		for i := s.first + 1; i <= s.last; i++ {
			if v.tokens[i].before == gapComma {
				s.last = i - 1
			}
		}
	}
	return s
}

// noble are words in small letters with which a name may begin.
var noble = map[string]bool{"al": true, "el": true, "bin": true, "ibn": true, "abu": true, "van": true, "von": true, "de": true, "аль": true, "эль": true, "ас": true}

var pronoun = map[string]bool{"a": true, "an": true, "one": true, "and": true, "western": true, "eastern": true, "и": true, "he": true, "she": true, "they": true, "we": true, "you": true, "his": true, "her": true, "their": true,
	"our": true, "who": true, "him": true, "them": true, "this": true, "the": true, "it": true, "its": true, "my": true,
	"он": true, "она": true, "они": true, "мы": true, "вы": true, "его": true, "это": true}

// opens tells that a sentence begins with word i.
func (v *view) opens(i int) bool { return i == 0 || v.tokens[i].before == gapEnd }

// withKnown puts the names of known entities among those that the model found.
// A longer name of the model stays where it is that of a person, or goes on with
// a word that names end with ("Reuters Foundation"); otherwise what is longer
// describes the known one ("Islamic State militants").
func (v *view) withKnown(names []named) []named {
	out := names[:0:0]
	next := 0
	for _, f := range v.found {
		e := v.k.set.At(int(f.value))
		if e.Kind == entities.Office {
			continue
		}
		longer := false
		for next < len(names) && names[next].last < f.first {
			out = append(out, names[next])
			next++
		}
		for ; next < len(names) && names[next].first <= f.last; next++ {
			n := &names[next]
			if n.first <= f.first && n.last >= f.last && n.last-n.first > f.last-f.first && (n.kind == TypePerson || n.last > f.last && v.heads(f.last+1)) {
				longer = true
				break
			}
		}
		if longer {
			continue
		}
		n := named{span: span{f.first, f.last, TypeOrganisation, 0.9}, known: e, entity: e.ID, country: e.Country,
			why: []string{"a name of the known " + strings.ReplaceAll(string(e.Kind), "_", " ") + " " + e.Name("en")}}
		if f.other {
			n.score, n.entity = 0.6, ""
			n.why = append(n.why, "others have the name, too")
		}
		out = append(out, n)
	}
	return append(out, names[next:]...)
}

// recognise looks up bodies that the model found inside the name of an office
// ("глава МИД Сирии"), where withKnown has not seen them.
func (v *view) recognise(names []named) {
	for i := range names {
		n := &names[i]
		if n.kind != TypeOrganisation || n.known != nil {
			continue
		}
		m, ok := v.k.set.Lexicon().Find(v.values, v.text, &v.words, n.first)
		if !ok {
			continue
		}
		v.values = m.Values
		if e := v.k.set.At(int(m.Values[0])); m.Last == n.last && len(m.Values) == 1 && e.Kind != entities.Office {
			n.known, n.entity, n.country, n.score = e, e.ID, e.Country, 0.9
			n.why = []string{"a name of the known " + strings.ReplaceAll(string(e.Kind), "_", " ") + " " + e.Name("en")}
		}
	}
}

// heads tells that word i begins or ends names of organisations.
func (v *view) heads(i int) bool {
	return v.tokens[i].list&(1<<listOrg) != 0 && v.tokens[i].before == gapSpace && (v.words.List[i].Script == gazetteer.Arabic || v.words.List[i].Upper)
}

// beside settles what names and places both claim. The longer wins; of the same
// words a known entity or a person with a role wins, else the surer. A place that
// lost stays, with a lower score; a name that lost is left out.
func (v *view) beside(names []named, places []centre.Mention) []named {
	at := 0
	kept := names[:0]
	for _, n := range names {
		start, end := v.runes(n.span)
		for at < len(places) && (places[at].Kind != centre.MentionPlace || places[at].End <= start) {
			at++
		}
		lost := false
		for i := at; i < len(places) && places[i].Start < end; i++ {
			p := &places[i]
			if p.Kind != centre.MentionPlace || p.End <= start {
				continue
			}
			if equal := p.Start == start && p.End == end; equal && n.kind == TypePerson && n.first == n.last && n.role == "" && !n.fuller && p.Score >= 0.5 {
				lost = true // a single word that is a place, and nothing says that it is somebody
				break
			}
			longer := p.End-p.Start > end-start
			equal := p.Start == start && p.End == end
			if longer || equal && n.known == nil && n.role == "" && !n.fuller && p.Score >= n.score {
				lost = true
				break
			}
			if p.Place != nil && p.Place.Class == centre.PlaceCountry && !equal {
				continue // a ministry of Iraq is of Iraq
			}
			if !equal && v.within(n.span, p.Start) {
				continue // a centre in Baghdad is there
			}
			if n.known != nil && n.known.Kind == entities.Outlet {
				p.Form = centre.FormOutlet
			}
			p.Score *= 0.4
			p.Why = append(slices.Clone(p.Why), "part of the name of "+article[n.kind])
		}
		if !lost {
			kept = append(kept, n)
		}
	}
	return kept
}

// within tells that the word of a name before the code point is an "in".
func (v *view) within(s span, start int) bool {
	for i := s.first + 1; i <= s.last; i++ {
		if v.words.List[i].Rune == start {
			w := &v.words.List[i-1]
			switch string(v.words.Fold[w.From:w.To]) {
			case "in", "at", "near", "в", "на", "في", "در":
				return true
			}
		}
	}
	return false
}

// runes gives the code points of a name.
func (v *view) runes(s span) (start, end int) {
	last := &v.words.List[s.last]
	return v.words.List[s.first].Rune, last.Rune + last.Runes
}

func (v *view) mention(n *named) centre.Mention {
	kind := centre.MentionOrganisation
	switch {
	case n.kind == TypePerson:
		kind = centre.MentionPerson
	case n.known != nil:
		kind = n.known.Kind.Mention()
	}
	start, end := v.runes(n.span)
	return centre.Mention{Kind: kind, Start: start, End: end, Text: v.text[v.words.List[n.first].Start:v.words.List[n.last].End],
		Entity: n.entity, Form: n.form, Of: n.of, Role: n.role, Country: n.country, Score: n.score, Step: name, Version: version, Why: n.why}
}
