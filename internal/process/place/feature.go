package place

import (
	"strings"

	"entente/internal/gazetteer"
)

// feature tells whether capitalised words from i on end in a word such as
// "Street", "River" or "Township", by which they name what the gazetteer need
// not have: the last word, and what it is.
func (f *finder) feature(i int) (last int, kind string) {
	list := f.words.List
	if f.letters != mixedCase || list[i].Hyphen || articles[f.fold(i)] || beforePlace[f.fold(i)] && !directions[f.fold(i)] {
		return 0, ""
	}
	for j := i + 1; j < len(list) && j <= i+3; j++ {
		w := &list[j]
		if gap := f.text[list[j-1].End:w.Start]; !w.Upper || w.Script != gazetteer.Latin || w.Digits || gap != " " && (gap != ". " || list[j-1].Runes > 3) {
			break
		}
		if k := kindOf[f.fold(j)]; k != "" && f.text[list[j-1].End:w.Start] == " " && !w.AllUpper && f.properName(i, j) {
			last, kind = j, k
		}
	}
	return last, kind
}

// properName tells that the words before a feature's kind are its name: not
// "County Road", "High School Drive-in".
func (f *finder) properName(first, kind int) bool {
	for i := first; i < kind; i++ {
		if genericWords[f.fold(i)] {
			return false
		}
	}
	return !(first == kind-1 && (stopBeforeFeature[f.fold(first)] || directions[f.fold(first)] && kindOf[f.fold(kind)] != "street"))
}

func (f *finder) addFeature(first, last int, kind string) int {
	w, l := &f.words.List[first], &f.words.List[last]
	r := run{first: first, last: last, start: w.Start, runeStart: w.Rune, end: l.End, runeEnd: l.Rune + l.Runes,
		division: kind, qualifier: -1}
	if kind == "township" && l.Runes == 3 && strings.HasPrefix(f.text[r.end:], ".") { // "Twp."
		r.end++
		r.runeEnd++
	}
	r.key = gazetteer.HashStart
	for i := first; i <= last; i++ {
		r.key = r.key.Add(f.words.Fold[f.words.List[i].From:f.words.List[i].To])
	}
	f.runs = append(f.runs, r)
	return last + 1
}

// loosely looks for a name of the region that is transliterated in a way that
// the gazetteer does not list: it has "Deir ez-Zor", the text "Deir al-Zour".
func (f *finder) loosely(i int) int {
	list := f.words.List
	first := &list[i]
	if !first.Upper || f.letters != mixedCase || first.Digits || first.AllUpper || givenNames[f.fold(i)] || f.lower.has(first.Hash) {
		return i
	}
	hash, letters := gazetteer.HashLoose.AddLoose(f.words.Fold[first.From:first.To])
	begin := len(f.candidates)
	for last := i; ; {
		if letters >= gazetteer.MinLoose {
			f.candidates, _ = f.g.Candidates(f.candidates[:begin], hash)
			if len(f.candidates) > begin {
				w := &list[last]
				f.runs = append(f.runs, run{first: i, last: last, start: first.Start, runeStart: first.Rune, end: w.End, runeEnd: w.Rune + w.Runes,
					key: hash, from: begin, to: len(f.candidates), qualifier: -1, loose: true})
				return last + 1
			}
		}
		if last++; last < len(list) && gazetteer.IsArticle(f.words.Fold[list[last].From:list[last].To]) && f.joined(last) {
			last++ // the article of a second word
		}
		if last >= len(list) || last > i+2 || !list[last].Upper || !f.joined(last) || list[last].Script != gazetteer.Latin {
			return i
		}
		more := 0
		hash, more = hash.AddLoose(f.words.Fold[list[last].From:list[last].To])
		letters += more
	}
}

// division tells that the name is of a town or a person and the word behind it
// makes it a county or a river, which the gazetteer does not have: otherwise
// the longer name would have been found.
func (f *finder) division(last int) string {
	list := f.words.List
	if last+1 >= len(list) || f.letters != mixedCase || !list[last+1].Upper || list[last+1].Script != gazetteer.Latin || f.text[list[last].End:list[last+1].Start] != " " {
		return ""
	}
	return divisions[string(f.words.Fold[list[last+1].From:list[last+1].To])]
}

// direction tells that a capital "South" or "New" stands before the name of a
// town, in mid-sentence: "South Charleston" is not in Charleston.
func (f *finder) direction(r *run) bool {
	if r.first == 0 || isWide(f.candidates[r.from].Class) || f.letters != mixedCase {
		return false
	}
	prev := &f.words.List[r.first-1]
	return prev.Upper && f.text[prev.End:r.start] == " " && directions[string(f.words.Fold[prev.From:prev.To])] && !f.sentenceStart(r.first-1)
}

// compound tells that a hyphen ties the name to a capitalised word that is no
// place: "Wal-Mart".
func (f *finder) compound(r *run) bool {
	if f.letters != mixedCase || r.first == 0 || !f.words.List[r.first].Hyphen || isWide(f.candidates[r.from].Class) {
		return false
	}
	prev := &f.words.List[r.first-1]
	return prev.Upper && prev.Runes > 1 && (len(f.runs) == 0 || f.runs[len(f.runs)-1].last != r.first-1)
}

// ofCity tells that word last is the "City" of "Dublin City Council", which is
// the council of Dublin.
func (f *finder) ofCity(last int) bool {
	list := f.words.List
	if last+1 >= len(list) || f.letters != mixedCase {
		return false
	}
	w, next := &list[last], &list[last+1]
	return string(f.words.Fold[w.From:w.To]) == "city" && next.Upper && f.text[w.End:next.Start] == " " && cityOffices[string(f.words.Fold[next.From:next.To])]
}

// counties takes the capitalised words listed before word i, which is "counties",
// for the names of counties: "in Barrow, Jackson and Madison counties".
func (f *finder) counties(i int) {
	list := f.words.List
	begin := i
	var names []int // words, the last first
	for k := i - 1; k >= 0 && len(names) < 8; k-- {
		w := &list[k]
		gap := f.text[w.End:list[k+1].Start]
		if !w.Upper && f.fold(k) == "and" && gap == " " && k > 0 && (f.text[list[k-1].End:w.Start] == " " || f.text[list[k-1].End:w.Start] == ", ") {
			continue
		}
		if !w.Upper || w.Script != gazetteer.Latin || gap != " " && gap != ", " || f.sentenceStart(k) && beforePlace[f.fold(k)] {
			break
		}
		names = append(names, k)
		begin = k
	}
	if len(names) < 2 { // one county is not called counties
		return
	}
	for len(f.runs) > 0 && f.runs[len(f.runs)-1].last >= begin {
		f.runs = f.runs[:len(f.runs)-1]
	}
	for n := len(names) - 1; n >= 0; n-- {
		w := &list[names[n]]
		hash := w.Hash.Add([]byte("county"))
		from := len(f.candidates)
		if f.candidates, _ = f.g.Candidates(f.candidates, hash); len(f.candidates) == from {
			continue
		}
		f.runs = append(f.runs, run{first: names[n], last: names[n], start: w.Start, runeStart: w.Rune, end: w.End, runeEnd: w.Rune + w.Runes,
			key: hash, from: from, to: len(f.candidates), qualifier: -1, listed: true})
	}
}
