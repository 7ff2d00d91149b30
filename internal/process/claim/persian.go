package claim

import (
	"strings"
	"sync"
)

var persian = sync.OnceValue(func() *tongue {
	return mustParse(tongue{language: "fa", verbLast: true, modifiersBehind: true, read: readPersian},
		persianWords+cuesOf(persianVerbs, persianForms))
})

// persianForms gives the forms of a verb from its past and its present stem:
// "گفت=گو". Of a compound verb the part that does not change stands before, and
// is joined by "_": "اعلام_کرد=کن". Only the third person is needed, in the
// simple past, the perfect, the pluperfect, the present and the subjunctive.
func persianForms(word string) []string {
	before, verb := "", word
	if i := strings.LastIndex(word, "_"); i >= 0 {
		before, verb = word[:i+1], word[i+1:]
	}
	past, present, _ := strings.Cut(verb, "=")
	var forms []string
	add := func(mark string, words ...string) {
		for _, w := range words {
			forms = append(forms, mark+before+w)
		}
	}
	const zwnj = "\u200c"
	done := past + "ه"
	add("", past, past+"ند", past+"م", past+"یم", done+"_است", done+"_اند", done+zwnj+"اند", done+"_بود", done+"_بودند", "می"+zwnj+past, "می"+zwnj+past+"ند")
	if present != "" {
		add("+", "می"+zwnj+present+"د", "می"+zwnj+present+"ند", "می_"+present+"د", "می_"+present+"ند", present+"د", present+"ند", "ب"+present+"د", "ب"+present+"ند")
	}
	return forms
}
