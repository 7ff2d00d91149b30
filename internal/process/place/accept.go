package place

import (
	"bytes"
	"slices"

	"entente/internal/centre"
	"entente/internal/gazetteer"
	"entente/internal/lexis"
)

// acceptable keeps of the candidates from begin on those that the words can
// mean, and tells whether any is left.
func (f *finder) acceptable(first, last, begin int, v variant) bool {
	w := &f.words.List[first]
	single := first == last
	fold := f.words.Fold[w.From:w.To]
	qualifies := f.afterComma(first)
	if single {
		if v.fold != nil {
			fold = v.fold
		}
		if stopWords[string(fold)] && !(w.Script == gazetteer.Arabic && first > 0 && placeNouns[f.fold(first-1)]) {
			return false
		}
		if w.Script == gazetteer.Cyrillic && russianStems[string(f.words.Fold[w.From:w.Stem])] && (first == 0 || !locative[f.fold(first-1)]) {
			return false
		}
		if w.Script == gazetteer.Arabic && (placeNouns[string(fold)] || arabicWords[string(fold)] || lexis.Common(string(fold))) {
			return false
		}
		if w.Script == gazetteer.Arabic && !w.Al && !v.al && persianWords[string(fold)] && !(first > 0 && placeNouns[f.fold(first-1)]) {
			return false
		}
		if w.Script == gazetteer.Latin && f.foreign(w, string(fold)) || qualifies && w.Cut > 0 && len(fold) <= 4 { // "I'll" is not Illinois
			return false
		}
		if w.Script == gazetteer.Latin && len(fold) <= 3 && !w.AllUpper && !qualifies && stopShort(string(fold)) {
			return false
		}
		if w.Script == gazetteer.Latin && len(fold) == 2 && !w.AllUpper && !qualifies {
			return false
		}
	} else if f.letters == mixedCase && (w.Script == gazetteer.Latin || w.Script == gazetteer.Cyrillic) {
		// A name of several words has its last one with a capital, too.
		if l := &f.words.List[last]; !l.Upper && !l.Digits && !l.Hyphen && !(f.words.List[first].AllUpper && l.AllUpper) && !genericNoun[string(f.words.Fold[l.From:l.To])] {
			return false
		}
	}
	initials := single && w.Script == gazetteer.Latin && w.AllUpper && w.Runes <= 4 && f.letters == mixedCase
	dotted := !single && w.Runes == 1 && w.Upper && f.text[w.End] == '.' && f.words.List[last].Runes <= 2 // "S.C.", "W.Va."
	if !single && notPlaces[string(fold)+" "+f.fold(last)] {
		return false
	}
	abbreviation := false
	for _, c := range f.candidates[begin:] {
		abbreviation = abbreviation || c.Weak && qualifies
	}
	small := w.Script == gazetteer.Cyrillic && !w.Upper && f.letters == mixedCase
	demonym := slices.ContainsFunc(f.candidates[begin:], func(c gazetteer.Candidate) bool { return c.Demonym })
	kept := f.candidates[begin:begin]
	for _, c := range f.candidates[begin:] {
		if demonym || small {
			if c.Demonym { // a town called Norwegian is not meant
				kept = append(kept, c)
			}
			continue
		}
		if c.Weak && !qualifies && !(dotted && !f.afterNumber(first)) || abbreviation && !isWide(c.Class) {
			continue
		}
		if initials && !c.Weak && (c.Other || !isWide(c.Class)) { // the agency, not the hamlet of these letters
			continue
		}
		if single && w.Script == gazetteer.Arabic && !f.arabicFits(c, v) {
			continue
		}
		if single && w.Script == gazetteer.Arabic && v.al && c.Class == centre.PlaceCountry && !c.Article && bytes.HasSuffix(fold, []byte("ه")) {
			c.Demonym = true // السورية is what is of سورية
		}
		kept = append(kept, c)
	}
	f.candidates = f.candidates[:begin+len(kept)]
	return len(kept) > 0
}

// afterNumber tells that a year or another number stands before: "200 B.C.".
func (f *finder) afterNumber(i int) bool { return i > 0 && f.words.List[i-1].Digits }

// foreign tells that a word in Latin letters cannot be the name that it looks
// like: an acronym without capitals, or a Turkish name in another language.
func (f *finder) foreign(w *gazetteer.Word, fold string) bool {
	if acronyms[fold] && (!w.AllUpper || f.letters == upperCase && fold == "us") {
		return true
	}
	return turkishOnly[fold] && f.language != "tr"
}

// arabicFits refuses little-known places for a word that only becomes their
// name by cutting off a preposition or the article.
func (f *finder) arabicFits(c gazetteer.Candidate, v variant) bool {
	prominent := isWide(c.Class) || c.Population >= 100_000
	if v.joined && !prominent {
		return false
	}
	if isWide(c.Class) && c.Class != centre.PlaceCapital {
		return true
	}
	// Where the name has the article the text must have it, and the other way
	// round: باب is a door, الباب a town. Persian has no article.
	return f.language == "fa" || c.Article == c.Bare || c.Article == v.al
}

// afterComma tells whether word i stands right behind the last run, divided
// from it by a comma or an opening bracket.
func (f *finder) afterComma(i int) bool {
	if f.words.List[i].Hyphen && f.words.List[i-1].Runes == 1 && f.words.List[i-1].Upper { // "Smith, D-Calif."
		return true
	}
	if len(f.runs) == 0 {
		return false
	}
	last := &f.runs[len(f.runs)-1]
	if last.last != i-1 {
		return false
	}
	gap := f.text[last.end:f.words.List[i].Start]
	return gap == ", " || gap == " (" || gap == "، " || gap == "," || gap == " - " && false
}

// joined tells whether what stands between word i and the one before it may
// stand inside a name.
func (f *finder) joined(i int) bool {
	gap := f.text[f.words.List[i-1].End:f.words.List[i].Start]
	switch gap {
	case ". ": // of an abbreviation, not of a sentence
		return f.words.List[i-1].Runes <= 3
	case " ", "-", ".", ", ", "’", "'", "‑", "–", "\u200c", "’s ", "'s ":
		return true
	}
	return false
}
