package entity

import (
	"slices"
	"strings"

	"entente/internal/centre"
	"entente/internal/gazetteer"
)

// Languages of which the step knows more than a model.
const (
	english = "en"
	persian = "fa"
)

// tongue is a run of words in one language.
type tongue struct {
	from, until int    // words
	language    string // primary subtag; Dari is "fa"
}

// hear divides the words of the text by the languages of the draft.
func (v *view) hear(draft *centre.Draft) {
	v.tongues = v.tongues[:0]
	for from := 0; from < len(v.words.List); {
		tag, end := draft.LanguageFrom(v.words.List[from].Rune)
		n, _ := slices.BinarySearchFunc(v.words.List[from:], end, func(w gazetteer.Word, end int) int { return w.Rune - end })
		words := v.words.List[from : from+n]
		v.tongues = append(v.tongues, tongue{from, from + n, languageOf(tag, words)})
		from += n
	}
}

// speaks gives the language of word i.
func (v *view) speaks(i int) string {
	k, _ := slices.BinarySearchFunc(v.tongues, i, func(t tongue, i int) int { return t.until - 1 - i })
	return v.tongues[k].language
}

// languageOf gives the primary subtag of a language; where that is unknown, a
// language by the script of most words.
func languageOf(tag string, words []gazetteer.Word) string {
	switch primary, _, _ := strings.Cut(tag, "-"); primary {
	case "prs":
		return persian
	case "", "und":
	default:
		return primary
	}
	var count [4]int
	for i := range words {
		count[words[i].Script]++
	}
	best := gazetteer.Latin
	for _, s := range []gazetteer.Script{gazetteer.Arabic, gazetteer.Cyrillic} {
		if count[s] > count[best] {
			best = s
		}
	}
	return map[gazetteer.Script]string{gazetteer.Latin: english, gazetteer.Arabic: "ar", gazetteer.Cyrillic: "ru"}[best]
}
