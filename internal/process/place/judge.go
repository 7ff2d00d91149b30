package place

import (
	"slices"
	"strings"
	"unicode/utf8"

	"entente/internal/centre"
	"entente/internal/gazetteer"
)

func isWide(c centre.PlaceClass) bool {
	return c == centre.PlaceCountry || c == centre.PlaceRegion || c == centre.PlaceAdmin1 || c == centre.PlaceCapital
}

// judge gives every run the chance that it is a place here.
func (f *finder) judge() {
	clear(f.persons)
	f.link()
	for i := range f.runs {
		f.runs[i].recognised = f.recognise(i)
	}
	// A surname found beside a given name is a surname wherever it stands alone,
	// unless the text says "in" it more often.
	for i := range f.runs {
		r := &f.runs[i]
		if f.persons[r.key] > 0 && r.recognised < 0.9 {
			r.recognised = min(r.recognised, 0.3)
		}
	}
}

// link finds the runs that are said to lie in the next one: "Alexandria, La.".
func (f *finder) link() {
	for i := 0; i+1 < len(f.runs); i++ {
		r, next := &f.runs[i], &f.runs[i+1]
		if r.demonym || next.demonym || next.first != r.last+1 || r.division != "" || next.division != "" || !f.afterRun(r, next.start) {
			continue
		}
		for _, outer := range f.candidates[next.from:next.to] {
			if outer.Class != centre.PlaceCountry && outer.Class != centre.PlaceAdmin1 && outer.Class != centre.PlaceAdmin2 {
				continue
			}
			for _, inner := range f.candidates[r.from:r.to] {
				if contains(outer, inner) && !f.listed(r, outer, inner) {
					r.qualifier = i + 1
				}
			}
		}
		if r.qualifier < 0 && f.elsewhere(r, next) {
			r.division = "town of that province"
		}
	}
}

// listed tells that a run and the one behind it rather stand in a list: a state
// is not a town of the next state ("Oregon, Washington, Pennsylvania") unless that
// is abbreviated, and a country is not a town of another country.
func (f *finder) listed(r *run, outer, inner gazetteer.Candidate) bool {
	for _, c := range f.candidates[r.from:r.to] {
		if c.Other || c.ID == inner.ID {
			continue
		}
		if c.Class == centre.PlaceCountry && (outer.Class == centre.PlaceCountry || inner.Other) || c.Class == centre.PlaceAdmin1 && outer.Class == centre.PlaceAdmin1 && !outer.Weak && inner.Admin1 != c.Admin1 {
			return true
		}
	}
	return false
}

// elsewhere tells that the run behind is a province of a country whose towns are
// commonly named so ("Paris, Texas") and that no place of the name lies in that
// country.
func (f *finder) elsewhere(r, next *run) bool {
	outer := f.candidates[next.from]
	if outer.Class != centre.PlaceAdmin1 || isWide(f.candidates[r.from].Class) && f.candidates[r.from].Class != centre.PlaceCapital {
		return false
	}
	switch string(outer.Country[:]) {
	case "USA", "CAN", "AUS":
	default:
		return false
	}
	for _, inner := range f.candidates[r.from:r.to] {
		if inner.Country == outer.Country {
			return false
		}
	}
	return true
}

func (f *finder) afterRun(r *run, start int) bool {
	gap := f.text[r.end:start]
	return gap == ", " || gap == " (" || gap == "، " || gap == ","
}

// contains tells whether inner lies in outer, by their codes.
func contains(outer, inner gazetteer.Candidate) bool {
	if outer.ID == inner.ID || outer.Country != inner.Country || outer.Country == [3]byte{} {
		return false
	}
	switch outer.Class {
	case centre.PlaceCountry:
		return inner.Class != centre.PlaceCountry
	case centre.PlaceAdmin1:
		return outer.Admin1 == inner.Admin1 && outer.Admin1 != [12]byte{} && inner.Class != centre.PlaceAdmin1
	}
	return false
}

func (f *finder) recognise(i int) float64 {
	r := &f.runs[i]
	switch {
	case r.demonym:
		return f.demonym(i)
	case r.division != "":
		return 0.6
	case r.listed:
		return 0.8
	}
	best, chance := f.candidates[r.from], 0.0
	for _, c := range f.candidates[r.from:r.to] {
		if likely := prior(c); likely > chance {
			best, chance = c, likely
		}
	}
	words := f.words.List
	first, last := &words[r.first], &words[r.last]
	if r.last > r.first {
		chance += 0.1
	}
	if r.loose {
		chance = 0.3
		if r.last > r.first {
			chance = 0.5
		}
	}
	if r.afterPrefix {
		chance -= 0.05
	}
	if r.qualifier >= 0 {
		return min(1, chance+0.3)
	}
	if i > 0 && f.runs[i-1].qualifier == i {
		return min(1, chance+0.3)
	}
	if first.Script != gazetteer.Latin && first.Script != gazetteer.Cyrillic {
		return min(1, chance+f.support(r, best))
	}
	if f.letters != mixedCase {
		if !isWide(best.Class) && best.Population < 100_000 {
			return 0.2
		}
		return chance
	}
	if r.first == r.last && !first.AllUpper && f.lower.has(first.Hash) {
		return 0.1 // the text has it as a common word
	}
	return min(1, chance+f.surroundings(r, first, last, isWide(best.Class)))
}

// demonym is the chance that a run is meant as a country's people or what is
// theirs, and not as a language or as somebody's name.
func (f *finder) demonym(i int) float64 {
	r := &f.runs[i]
	const chance = 0.8
	words := f.words.List
	first, last := &words[r.first], &words[r.last]
	if first.Script == gazetteer.Arabic && f.villageOf(r) {
		return 0.2
	}
	if first.Script != gazetteer.Latin {
		return chance
	}
	if r.first > 0 {
		prev := &words[r.first-1]
		word, gap := f.fold(r.first-1), f.text[prev.End:first.Start]
		switch {
		case gap == " " && prev.Upper && f.letters == mixedCase && givenNames[word], titles[word] && prev.Upper:
			f.persons[r.key] += 3
			return 0.2
		case (gap == " " || gap == "-") && peopleBefore[word]: // "Native Americans", "African-American"
			return 0.2
		case speech[word] && r.first == r.last && f.letters == mixedCase:
			return 0.3
		}
		if languageAfter[word] {
			return 0.3 // "in English"
		}
		if i > 0 && r.first > 1 && f.runs[i-1].last == r.first-2 && f.runs[i-1].demonym && f.runs[i-1].recognised <= 0.3 && (word == "and" || word == "or") {
			return 0.3 // "in English and Russian"
		}
	}
	if r.last+1 < len(words) {
		next := &words[r.last+1]
		word, gap := f.fold(r.last+1), f.text[last.End:next.Start]
		switch {
		case languageBefore[word]:
			return 0.3
		case gap == " " && (word == "said" || word == "says") && (r.first == 0 || f.fold(r.first-1) != "the"):
			return 0.3 // "French said"
		case gap == " " && next.Upper && f.letters == mixedCase && brandAfter[f.fold(r.first)] && !afterPlace[word] && !f.inRun(r.last+1):
			return 0.3 // "American Airlines"
		}
	}
	return chance
}

// villageOf tells that an Arabic word with its article stands in a list of
// villages, which bear such names often: "قريتي السكرية والصينية".
func (f *finder) villageOf(r *run) bool {
	if !strings.HasPrefix(f.text[r.start:], "ال") {
		return false
	}
	at := r.first - 1
	if strings.HasSuffix(f.text[:r.start], "و") {
		at--
	} else if at >= 0 && f.fold(at) == "و" {
		at -= 2
	}
	return at >= 0 && !f.words.List[at].Al && villages[f.fold(at)]
}

// prior is the chance that a name of c is meant as a place, before anything is
// known of the text. A further spelling of a big city ("Berea", an ancient name
// of Aleppo) says little.
func prior(c gazetteer.Candidate) float64 {
	population := c.Population
	if c.Other {
		population /= 20
	} else if c.Class == centre.PlaceCountry || c.Class == centre.PlaceRegion {
		return 0.9
	} else if c.Class == centre.PlaceCapital || c.Class == centre.PlaceAdmin1 {
		return 0.85
	}
	switch {
	case population >= 1_000_000:
		return 0.85
	case population >= 200_000:
		return 0.75
	case population >= 30_000:
		return 0.68
	}
	return 0.55
}

// support judges by the word before a run in a script without capitals, where a
// little-known place's name is more often a word or a person: it needs a word
// such as "the town of" before it, or at least an "in".
func (f *finder) support(r *run, best gazetteer.Candidate) float64 {
	change := 0.0
	if r.last == r.first && !isWide(best.Class) && best.Class != centre.PlaceNatural && (best.Population < 100_000 || best.Other && best.Population < 2_000_000) {
		change = -0.3
		r.tentative = true
	}
	if r.first == 0 {
		return change
	}
	prev := &f.words.List[r.first-1]
	if f.text[prev.End:f.words.List[r.first].Start] != " " {
		return change
	}
	switch word := f.fold(r.first - 1); {
	case placeNouns[word]:
		change += 0.35
	case prepositions[word] || r.afterPrefix:
		change += 0.2
	case personNouns[word]:
		change -= 0.5
	}
	return change
}

// surroundings judges by the words around a run in a script with capitals.
func (f *finder) surroundings(r *run, first, last *gazetteer.Word, wide bool) (change float64) {
	words := f.words.List
	fold := func(w *gazetteer.Word) string { return string(f.words.Fold[w.From:w.To]) }
	single := r.first == r.last
	country := f.candidates[r.from].Class == centre.PlaceCountry || f.candidates[r.from].Class == centre.PlaceRegion

	if r.first > 0 {
		prev := &words[r.first-1]
		gap := f.text[prev.End:first.Start]
		word := fold(prev)
		near := gap == " " || gap == "-" && !prev.Upper
		switch {
		case gap == ". " && titles[word]: // "Mr. Houston", "Sen. Lincoln"
			f.persons[r.key] += 3
			return -0.6
		case !near && gap != ". ":
		case near && locative[word]:
			f.persons[r.key]--
			change += 0.15
		case near && titles[word] && !wide:
			f.persons[r.key] += 3
			return -0.6
		case near && speech[word] && single && !wide:
			f.persons[r.key]++
			change -= 0.35
		case near && givenNames[word] && single && prev.Upper:
			if !country || !f.sentenceStart(r.first-1) {
				f.persons[r.key] += 3
				return -0.7
			}
		case gap == ". " && prev.Runes == 1 && prev.Upper && single: // an initial: "J. Houston"
			f.persons[r.key] += 3
			return -0.5
		case near && prev.Upper && single && !beforePlace[word] && !f.inRun(r.first-1):
			// A capital word before it: more likely "Ibrahim Jaafari" than a place,
			// unless the sentence begins there.
			if f.sentenceStart(r.first - 1) {
				change -= 0.05
			} else if country {
				change -= 0.15
			} else {
				f.persons[r.key]++
				change -= 0.4
			}
		}
	}
	if r.last+1 < len(words) {
		next := &words[r.last+1]
		gap := f.text[last.End:next.Start]
		word := fold(next)
		switch {
		case gap != " " && gap != "-" && gap != " & ":
		case surnameAfter[word] && single:
			change -= 0.3
		case gap == " & " && next.Upper && single && !wide: // "Stevens & Wilkinson"
			f.persons[r.key]++
			change -= 0.5
		case gap == " " && !next.Upper && speech[word] && single && !wide:
			f.persons[r.key]++
			change -= 0.35
		case gap == " " && next.Upper && single && !wide && organisationAfter[word]:
			change -= 0.5
		case gap == " " && next.Upper && single && givenNames[fold(first)] && !afterPlace[word] && !next.AllUpper && !f.wideAt(r.last+1):
			return -0.7
		case gap == " " && next.Upper && single && !f.inRun(r.last+1) && !afterPlace[word] && !next.AllUpper:
			if country || f.candidates[r.from].Class == centre.PlaceAdmin1 {
				change -= 0.05
			} else {
				change -= 0.3
			}
		case gap == "-" && !next.Upper && !next.Digits: // "Moscow-based"
		}
	}
	if single && !wide && !last.AllUpper && f.signs(r) {
		f.persons[r.key]++
		change -= 0.35
	}
	if single && !wide && f.sentenceStart(r.first) && f.candidates[r.from].Population < 300_000 {
		change -= 0.1
	}
	if givenNames[fold(first)] && single && !wide {
		change -= 0.25
	} else if surnames[fold(first)] && single && !wide && f.candidates[r.from].Population < 200_000 {
		change -= 0.2
	}
	return change
}

// signs tells that a run ends a line behind a dash, as who said it does in
// headlines: "No talks – Fallon".
func (f *finder) signs(r *run) bool {
	before := strings.TrimRight(f.text[:r.start], " ")
	dash, _ := utf8.DecodeLastRuneInString(before)
	after := strings.TrimLeft(f.text[r.end:], " ")
	return len(before) < r.start && (dash == '–' || dash == '—' || dash == '-') && (after == "" || after[0] == '\n')
}

// runAt finds the run that a word belongs to.
func (f *finder) runAt(word int) (int, bool) {
	return slices.BinarySearchFunc(f.runs, word, func(r run, word int) int {
		switch {
		case r.last < word:
			return -1
		case r.first > word:
			return 1
		}
		return 0
	})
}

// wideAt tells whether the run that word i belongs to is a country or a province.
func (f *finder) wideAt(word int) bool {
	i, ok := f.runAt(word)
	return ok && f.runs[i].to > f.runs[i].from && isWide(f.candidates[f.runs[i].from].Class)
}

// inRun tells whether a word belongs to a run that was found.
func (f *finder) inRun(word int) bool {
	_, ok := f.runAt(word)
	return ok
}

// sentenceStart tells whether a word begins the text, a line or a sentence,
// where any word has a capital.
func (f *finder) sentenceStart(i int) bool {
	start := f.words.List[i].Start
	before := strings.TrimRight(f.text[:start], " “\"'«(‘„—–")
	if before == "" {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(before)
	switch r {
	case '.', '!', '?', '\n', ':', ';', '…', '•', '·', '|':
		return true
	}
	return false
}
