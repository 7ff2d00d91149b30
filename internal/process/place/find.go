package place

import (
	"bytes"
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/internal/centre"
	"entente/internal/gazetteer"
)

// run is a run of words that is the name of some place.
type run struct {
	first, last        int // words
	start, end         int // bytes of the text
	runeStart, runeEnd int // code points of the text
	from, to           int // its candidates
	key                gazetteer.Hash
	afterPrefix        bool   // an Arabic or Hebrew preposition was cut off
	demonym            bool   // it names a country's people or what is theirs
	division           string // what the words "County" or "River" behind it make of it; "" for nothing
	qualifier          int    // the run right behind it, after a comma, that says where it is; -1 for none

	recognised float64 // how surely it is a place
	score      float64
	chosen     int  // the candidate
	tentative  bool // it is kept only where the text speaks of its country
	listed     bool // it stands in a list of counties
	loose      bool // it is found by how it sounds
	outer      bool // the run before lies in the chosen candidate
	why        []string
}

// finder works on one text at a time and keeps its memory for the next.
type finder struct {
	g          *gazetteer.Gazetteer
	text       string
	language   string // at the word that is read
	words      gazetteer.Words
	candidates []gazetteer.Candidate
	runs       []run
	variants   []variant
	letters    letterCase
	lower      seen                   // words that the text also has in small letters
	persons    map[gazetteer.Hash]int // names that are part of a person's: what speaks for it less what speaks against
	choices    choices
	weights    *Weights
}

func newFinder(g *gazetteer.Gazetteer) *finder {
	return &finder{g: g, persons: map[gazetteer.Hash]int{}}
}

// letterCase says what capitals mean in a text.
type letterCase int

const (
	mixedCase letterCase = iota // a capital may begin a name
	upperCase                   // all capitals: they tell nothing
	lowerCase                   // no capitals: they are not to be had
)

// variant is one way to read the first word of a name.
type variant struct {
	fold   []byte
	prefix int  // code points of the prepositions to cut off, which are letters of the text
	joined bool // a preposition was written together with it
	al     bool // the article was cut off
}

// find fills runs with the names in the content of a draft.
func (f *finder) find(ctx context.Context, draft *centre.Draft) error {
	text := draft.Content.Text
	if len(text) > maxRead {
		end := maxRead
		for end > 0 && !utf8.RuneStart(text[end]) {
			end--
		}
		text = text[:end]
	}
	f.text = text
	f.words.Scan(text)
	f.runs, f.candidates = f.runs[:0], f.candidates[:0]
	f.survey()
	list := f.words.List
	until := 0 // the code point after which the language is another
	for i := 0; i < len(list) && len(f.runs) < maxMentions; {
		if i%1024 == 1023 && ctx.Err() != nil {
			return ctx.Err()
		}
		if list[i].Rune >= until {
			f.language, until = draft.LanguageFrom(list[i].Rune)
		}
		if next := f.at(i); next > i {
			i = next
			continue
		}
		i++
	}
	return nil
}

// fold is the folded form of a word.
func (f *finder) fold(word int) string {
	w := &f.words.List[word]
	return string(f.words.Fold[w.From:w.To])
}

// survey looks at the letters of the text as a whole.
func (f *finder) survey() {
	f.lower.begin(len(f.words.List))
	upper, all, cased := 0, 0, 0
	for i := range f.words.List {
		w := &f.words.List[i]
		if w.Script != gazetteer.Latin && w.Script != gazetteer.Cyrillic || w.Digits {
			continue
		}
		cased++
		switch {
		case w.AllUpper:
			all++
			upper++
		case w.Upper:
			upper++
		default:
			f.lower.add(w.Hash)
		}
	}
	switch {
	case all*10 > cased*6 && cased > 0:
		f.letters = upperCase
	case upper == 0:
		f.letters = lowerCase
	default:
		f.letters = mixedCase
	}
}

// at finds the longest name that begins at word i and gives the word after it;
// i where there is none.
func (f *finder) at(i int) int {
	w := &f.words.List[i]
	if w.Digits {
		return i
	}
	if w.Script == gazetteer.Latin && !w.Upper && f.fold(i) == "counties" {
		f.counties(i)
		return i
	}
	if !w.Upper && f.letters == mixedCase && (w.Script == gazetteer.Latin || w.Script == gazetteer.Cyrillic && w.Stem-w.From < 3*2) {
		return i
	}
	if w.Script == gazetteer.Cyrillic { // demonyms have small letters: acceptable keeps no other name of such a word
		return f.longest(i, gazetteer.HashStems.AddStem(&f.words, w), variant{})
	}
	if w.Script == gazetteer.Latin {
		last, kind := f.feature(i)
		before := len(f.runs)
		next := f.longest(i, w.Hash, variant{})
		if last > 0 && next <= last { // Houston Street is not in Houston
			f.runs = f.runs[:before]
			return f.addFeature(i, last, kind)
		}
		if next <= i+1 { // nothing, or a first word that may begin more
			found := len(f.runs)
			if longer := f.loosely(i); longer > next {
				f.runs = append(f.runs[:before], f.runs[found:]...)
				return longer
			}
			f.runs = f.runs[:found]
		}
		return next
	}
	f.readings(w, f.words.Fold[w.From:w.To])
	for _, v := range f.variants {
		if next := f.longest(i, gazetteer.HashStart.Add(v.fold), v); next > i {
			return next
		}
	}
	return i
}

// readings gives the ways to read a word that may begin with prepositions
// written together with it: Arabic و ف ب ل ك, and Hebrew ו ב ל מ ה ש.
func (f *finder) readings(w *gazetteer.Word, fold []byte) {
	f.variants = append(f.variants[:0], variant{fold: fold, al: w.Al})
	prefixes, article := "וברלמהש", ""
	if w.Script == gazetteer.Arabic {
		prefixes, article = "وفبلك", "ال"
	} else if r, _ := utf8.DecodeRune(fold); r < 0x05D0 || r > 0x05EA {
		return
	}
	if w.Al || notPrefixed[string(fold)] {
		return // nothing stands before an article that was at the beginning
	}
	rest := fold
	for n := 1; n <= 2; n++ {
		r, size := utf8.DecodeRune(rest)
		if !strings.ContainsRune(prefixes, r) || len(rest)-size < 2*3 {
			return
		}
		rest = rest[size:]
		f.variants = append(f.variants, variant{fold: rest, prefix: n, joined: true})
		if article == "" {
			continue
		}
		if bare, ok := bytes.CutPrefix(rest, []byte(article)); ok && len(bare) >= 2*3 {
			f.variants = append(f.variants, variant{fold: bare, prefix: n, joined: true, al: true})
			return
		}
		if next, size := utf8.DecodeRune(rest); r == 'ل' && next == 'ل' && len(rest)-size >= 2*3 {
			f.variants = append(f.variants, variant{fold: rest[size:], prefix: n - 1, joined: true, al: true}) // لل is written as one
		}
	}
}

// longest extends the name that begins with the word hashed, and takes the
// longest that the gazetteer has.
func (f *finder) longest(i int, hash gazetteer.Hash, v variant) (next int) {
	begin := len(f.candidates)
	list := f.words.List
	var maxWords int
	var best run
	head := -1 // the word before a comma inside the name: "Tyre, Lebanon" names Tyre
	take := func(last int, cut bool, hash gazetteer.Hash) {
		if len(f.candidates) > begin && f.acceptable(i, last, begin, v) && !(last > i && f.ofCity(last)) {
			n := len(f.candidates) - begin
			f.candidates = append(f.candidates[:best.from], f.candidates[begin:]...)
			best.to = best.from + n
			begin = best.to
			best.first, best.last, best.key = i, last, hash
			best.start, best.runeStart = list[i].Start, list[i].Rune
			best.end, best.runeEnd = list[last].End, list[last].Rune+list[last].Runes
			if head >= 0 {
				best.last, best.end, best.runeEnd = head, list[head].End, list[head].Rune+list[head].Runes
			} else if cut {
				best.end, best.runeEnd = list[last].CutEnd, list[last].Rune+list[last].CutRunes
			}
		}
		f.candidates = f.candidates[:begin]
	}
	best.from, best.to = begin, begin
	f.candidates, maxWords = f.g.Candidates(f.candidates, hash)
	take(i, false, hash)
	first := &list[i]
	if f.language == "tr" && first.Cut > first.From && !first.AllUpper { // "Şam'a" is Şam with an ending
		if f.candidates, _ = f.g.Candidates(f.candidates[:begin], gazetteer.HashStart.Add(f.words.Fold[first.From:first.Cut])); len(f.candidates) > begin {
			best.to = best.from
		}
		f.candidates = f.candidates[:begin]
	}
	if best.to == best.from && first.Cut > first.From && first.Script != gazetteer.Cyrillic {
		cutHash := gazetteer.HashStart.Add(f.words.Fold[first.From:first.Cut])
		f.candidates, _ = f.g.Candidates(f.candidates, cutHash)
		take(i, true, cutHash)
	}
	for last := i + 1; last < len(list) && last < i+maxWords && f.joined(last); last++ {
		w := &list[last]
		if head < 0 && strings.HasPrefix(f.text[list[last-1].End:], ",") {
			head = last - 1
		}
		if w.Cut > w.From {
			cutHash := hash.Add(f.words.Fold[w.From:w.Cut])
			f.candidates, _ = f.g.Candidates(f.candidates, cutHash)
			take(last, true, cutHash)
		}
		if first.Script == gazetteer.Cyrillic {
			hash = hash.AddStem(&f.words, w)
		} else {
			hash = hash.Add(f.words.Fold[w.From:w.To])
		}
		f.candidates, _ = f.g.Candidates(f.candidates, hash)
		take(last, false, hash)
	}
	if best.to == best.from {
		return i
	}
	best.qualifier = -1
	best.demonym = f.candidates[best.from].Demonym
	best.afterPrefix = v.joined
	if v.prefix > 0 {
		f.cutPrefix(&best, v.prefix)
	}
	f.closeAbbreviation(&best)
	if best.demonym {
		f.runs = append(f.runs, best)
		return best.last + 1
	}
	best.division = f.division(best.last)
	if best.division == "" && best.last+1 < len(list) && f.text[best.end:list[best.last+1].Start] == " " && ways[string(f.words.Fold[list[best.last+1].From:list[best.last+1].To])] && list[best.last+1].Upper {
		return best.last + 2 // a hotel is not the place that it is called after
	}
	if best.division != "" {
		best.last++
		best.end, best.runeEnd = list[best.last].End, list[best.last].Rune+list[best.last].Runes
	} else if f.direction(&best) || f.compound(&best) {
		return best.last + 1
	}
	f.runs = append(f.runs, best)
	return best.last + 1
}

// cutPrefix moves the beginning of a run behind the prepositions written with
// it, with their vowel marks.
func (f *finder) cutPrefix(r *run, letters int) {
	for r.start < r.end {
		c, n := utf8.DecodeRuneInString(f.text[r.start:])
		if !unicode.Is(unicode.Mn, c) && c != 0x0640 {
			if letters == 0 {
				return
			}
			letters--
		}
		r.start += n
		r.runeStart++
	}
}

// closeAbbreviation takes the full stop of "U.S." and "Calif." into the name.
func (f *finder) closeAbbreviation(r *run) {
	last := &f.words.List[r.last]
	initials := last.Runes == 1 && last.Upper && r.last > r.first
	shortened := f.candidates[r.from].Weak && !last.AllUpper || r.last > r.first && f.text[last.Start-1] == '.' && last.Runes <= 4
	if (initials || shortened) && strings.HasPrefix(f.text[r.end:], ".") {
		r.end++
		r.runeEnd++
	}
}
