package claims

import (
	_ "embed" // the table
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"entente/internal/lexis"
)

//go:embed concepts.tsv
var conceptTable string

// languages are the columns of the table.
var languages = []string{"en", "ru", "ar", "fa"}

// noConcept is what the words are given that are no part of a proposition: "reports
// of", "сообщения о". In the table they stand in lines of the name "-".
const noConcept = 0

// conceptTerm is a concept of the table as a term of features, and its name without
// the mark before it. It depends on these alone, so that the table may grow.
func conceptTerm(field string) (term uint32, name string) {
	name = strings.TrimLeft(field, "~+")
	term = hash("concept", name)&^(settingBit|thingBit) | conceptBit
	switch field[0] {
	case '~':
		term |= settingBit
	case '+':
		term |= thingBit
	}
	return term, name
}

// opposites are concepts of which two propositions that are one do not have one
// each: they say opposite things, or speak of another day or month, or of another
// thing of one kind.
var opposites = sync.OnceValue(func() map[uint32]byte {
	groups := map[uint32]byte{}
	for i, line := range []string{
		"monday tuesday wednesday thursday friday saturday sunday",
		"january february march april june july august september october november december",
		"open close", "rise cut", "begin continue finish stop", "export import", "buy sell", "arrest release", "accept refuse", "appoint dismiss",
		"advance withdraw", "leave return", "establish destroy", "impose lift",
		"centre cell", "helicopter drone", "earthquake flood storm drought", "oil gas",
		"hospital school mosque church market embassy airport port refinery factory bridge dam prison camp checkpoint",
	} {
		for name := range strings.FieldsSeq(line) {
			groups[concepts().named[name]] = byte(i + 1)
		}
	}
	return groups
})

// opposed tells whether one list of terms has a concept of a group of opposites, the
// other another one, and both have none of it together.
func opposed(a, b []uint32) bool {
	groups := opposites()
	for _, k := range a {
		g := groups[k]
		if g == 0 || slices.Contains(b, k) {
			continue
		}
		others := slices.ContainsFunc(b, func(o uint32) bool { return groups[o] == g })
		both := slices.ContainsFunc(a, func(o uint32) bool { return groups[o] == g && slices.Contains(b, o) })
		if others && !both {
			return true
		}
	}
	return false
}

// conceptsKnown is the table as it is looked up.
type conceptsKnown struct {
	// by language: the terms of normalised words and stems, or noConcept. A word that
	// the table has in two lines is of the first. A phrase is here by its words, and
	// by their stems, with spaces between them.
	words map[string]map[string]uint32
	named map[string]uint32 // terms by the names of concepts
}

var concepts = sync.OnceValue(func() conceptsKnown {
	table, named := map[string]map[string]uint32{}, map[string]uint32{}
	stems := map[string]map[string]uint32{}
	for _, l := range languages {
		table[l], stems[l] = map[string]uint32{}, map[string]uint32{}
	}
	for line := range strings.Lines(conceptTable) {
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) != 1+len(languages) {
			panic(fmt.Sprintf("concepts.tsv: %q has not a column for each language", line)) // a test reads it
		}
		concept := uint32(noConcept)
		if fields[0] != "-" {
			var name string
			concept, name = conceptTerm(fields[0])
			named[name] = concept
		}
		for i, l := range languages {
			for entry := range strings.FieldsSeq(fields[1+i]) {
				word, stem := lookedUp(l, lexis.Words(strings.ReplaceAll(entry, "_", " ")))
				put(table[l], word, concept)
				put(stems[l], stem, concept)
			}
		}
	}
	for l, list := range stems { // what is written out goes before what a stem makes of another word
		for stem, concept := range list {
			put(table[l], stem, concept)
		}
	}
	return conceptsKnown{table, named}
})

// lookedUp gives what a word or phrase is looked up by: its words, and their stems.
func lookedUp(language string, words []lexis.Word) (word, stem string) {
	if len(words) == 1 {
		return words[0].Text, lexis.Stem(language, words[0].Text)
	}
	var list, stems []string
	for _, w := range words {
		list, stems = append(list, w.Text), append(stems, lexis.Stem(language, w.Text))
	}
	return strings.Join(list, " "), strings.Join(stems, " ")
}

func put(table map[string]uint32, word string, concept uint32) {
	if _, taken := table[word]; !taken {
		table[word] = concept
	}
}

// maxPhrase is how many words a phrase of the table has at most.
const maxPhrase = 3

// phraseOf gives the term of the concept of the phrase that the words of a language
// begin with, and how many words it has; 0 where they begin with none.
func phraseOf(language string, words []lexis.Word) (concept uint32, used int) {
	table := concepts().words[language]
	for n := min(maxPhrase, len(words)); n > 1; n-- {
		word, stem := lookedUp(language, words[:n])
		for _, by := range []string{word, stem} {
			if concept, ok := table[by]; ok {
				return concept, n
			}
		}
	}
	return 0, 0
}

// conceptOf gives the term of the concept of a normalised word of a language; ok is
// false where the table has none for it.
func conceptOf(language, word, stem string) (concept uint32, ok bool) {
	table := concepts().words[language]
	if concept, ok = table[word]; ok {
		return concept, ok
	}
	if concept, ok = table[stem]; ok {
		return concept, ok
	}
	if lexis.Common(word) {
		return 0, false
	}
	for _, bare := range bareForms(language, word) {
		if concept, ok = table[bare]; ok {
			return concept, ok
		}
	}
	return 0, false
}

// affixes are what Arabic and Persian write as one with a word and stemming for
// search leaves there, in normalised letters, the longest first: conjunctions,
// prepositions and the article, the prefixes and endings of verbs, and pronouns.
var affixes = map[string]struct{ before, after []string }{
	"ar": {
		[]string{"وسي", "وست", "وبال", "فال", "وال", "بال", "كال", "ولل", "وي", "وت", "سي", "ست", "لل", "ال", "و", "ف", "ب", "ل", "ك", "ي", "ت", "ن"},
		[]string{"يتين", "يتان", "تهما", "تهم", "تها", "هما", "تين", "هم", "ها", "وا", "ات", "ون", "ين", "ان", "تا", "يه", "ه", "ت", "ا", "ي", "ن"},
	},
	"fa": {
		[]string{"نمي", "مي", "ب", "ن"},
		[]string{"هايي", "هاي", "هاي", "شدگان", "شدن", "شده", "اند", "ايم", "ها", "ان", "اي", "ند", "يم", "يد", "ست", "ه", "ي", "م", "ش"},
	},
}

// leastBare is how many letters are left of a word at least.
const leastBare = 3

// bareForms gives a word without what is written as one with it, the least changed
// forms first; nothing for languages that do not write so.
func bareForms(language, word string) (out []string) {
	a, ok := affixes[language]
	if !ok {
		return nil
	}
	heads := []string{word}
	for _, p := range a.before {
		if rest, ok := strings.CutPrefix(word, p); ok && utf8.RuneCountInString(rest) >= leastBare {
			heads = append(heads, rest)
		}
	}
	for i, h := range heads {
		if i > 0 {
			out = append(out, h)
		}
		for _, p := range a.after {
			if rest, ok := strings.CutSuffix(h, p); ok && utf8.RuneCountInString(rest) >= leastBare {
				out = append(out, rest)
			}
		}
	}
	return out
}

// conceptsOf1 are the concepts in the order in which version 1 of the features
// numbered them from 1.
var conceptsOf1 = strings.Fields(`
agree centre cell information coordinate establish joint head rotate month officer adviser warplane
helicopter tank base airport port ship troop send supply weapon missile fall down fire sea territory
contract cooperate talk meet visit attack attack clash kill injure civilian hospital school arrest abduct
withdraw ceasefire capture refugee aid convoy border airspace terrorist daesh sanction nuclear election
resign coalition operation fight concern secret law flood earthquake explosion drone oil chemical protest
request
`)

// termOf1 reads a term of version 1.
func termOf1(term uint32) uint32 {
	if n := int(term >> 1); term&conceptBit != 0 && 0 < n && n <= len(conceptsOf1) {
		return concepts().named[conceptsOf1[n-1]]
	}
	return term
}
