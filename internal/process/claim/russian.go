package claim

import (
	"strings"
	"sync"
	"unicode/utf8"
)

var russian = sync.OnceValue(func() *tongue {
	return mustParse(tongue{language: "ru", read: readRussian, known: russianKnown},
		russianWords+declined(russianNouns)+cuesOf(russianVerbs, russianForms))
})

// russianForms gives the forms of a verb from its infinitive and the third
// persons singular and plural: "сообщить=сообщит=сообщат". The past is made of the
// infinitive, or stands behind: "прийти=придёт=придут=пришёл=пришла=пришло=пришли".
// What follows "_" belongs to all forms.
func russianForms(word string) []string {
	word, rest, _ := strings.Cut(word, "_")
	if rest != "" {
		rest = "_" + rest
	}
	parts := strings.Split(word, "=")
	infinitive, reflexive := strings.CutSuffix(parts[0], "ся")
	var forms []string
	add := func(mark string, words ...string) {
		for _, w := range words {
			forms = append(forms, mark+w+rest)
		}
	}
	add("+", parts[0])
	for _, present := range parts[1:min(3, len(parts))] {
		add("", present)
	}
	stem, regular := strings.CutSuffix(infinitive, "ть")
	switch {
	case len(parts) > 3:
		add("", parts[3:]...)
	case regular && reflexive:
		add("", stem+"лся", stem+"лась", stem+"лось", stem+"лись")
		add("~", stem+"вшись")
	case regular:
		add("", stem+"л", stem+"ла", stem+"ло", stem+"ли")
		add("~", stem+"в")
		add("~", stem+"вший", stem+"вшая", stem+"вшее", stem+"вшие")
	}
	if len(parts) > 2 { // the adverbial participle of the present stem
		plural, back := strings.CutSuffix(parts[2], "ся")
		tail := ""
		if back {
			tail = "сь"
		}
		for _, ending := range []string{"ют", "ут", "ят", "ат"} {
			if s, ok := strings.CutSuffix(plural, ending); ok {
				add("~", s+"я"+tail, s+"а"+tail)
			}
		}
	}
	return forms
}

// declined writes a table of nouns and adjectives, whose lines are classes, a
// colon and words, with all their cases; those of the plural have the class
// "plural" besides.
func declined(table string) string {
	var b strings.Builder
	for line := range strings.Lines(table) {
		head, list, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok || strings.HasPrefix(head, "#") {
			continue
		}
		for w := range strings.FieldsSeq(list) {
			one, many := russianCases(w)
			b.WriteString(head + ": " + strings.Join(one, " ") + "\n" + head + " plural: " + strings.Join(many, " ") + "\n")
		}
	}
	return b.String()
}

// russianCases gives the cases of a noun or an adjective in the singular and in
// the plural, by its last letters; "посол=посл" has another stem than its
// nominative.
func russianCases(noun string) (one, many []string) {
	if nominative, stem, ok := strings.Cut(noun, "="); ok { // a vowel flees: "посол=посл"
		one, many = russianCases(stem)
		return append(one[1:], nominative), many
	}
	with := func(stem string, endings ...string) []string {
		var out []string
		for _, e := range endings {
			out = append(out, stem+strings.TrimPrefix(e, "-"))
		}
		return out
	}
	stem := func(n int) string { r := []rune(noun); return string(r[:len(r)-n]) }
	switch {
	case strings.HasSuffix(noun, "ия"):
		return with(stem(2), "ия", "ии", "ию", "ией"), with(stem(2), "ии", "ий", "иям", "иями", "иях")
	case strings.HasSuffix(noun, "ие"):
		return with(stem(2), "ие", "ия", "ию", "ием", "ии"), with(stem(2), "ия", "ий", "иям", "иями", "иях")
	case strings.HasSuffix(noun, "ый"), strings.HasSuffix(noun, "ий"):
		return with(stem(2), "ый", "ий", "ого", "его", "ому", "ему", "ым", "им", "ом", "ем", "ая", "яя", "ой", "ей", "ую", "ое"), with(stem(2), "ые", "ие", "ых", "их", "ым", "им", "ыми", "ими")
	case strings.HasSuffix(noun, "ец"):
		return with(stem(2)+"ц", "а", "у", "ем", "ом", "е"), append(with(stem(2)+"ц", "ы", "ев", "ам", "ами", "ах"), with(noun)...)
	case strings.HasSuffix(noun, "ь"):
		return with(stem(1), "ь", "я", "и", "ю", "ем", "е"), with(stem(1), "и", "ей", "ям", "ями", "ях")
	case strings.HasSuffix(noun, "й"):
		return with(stem(1), "й", "я", "ю", "ем", "е"), with(stem(1), "и", "ев", "ям", "ями", "ях")
	case strings.HasSuffix(noun, "а"):
		return with(stem(1), "а", "ы", "и", "е", "у", "ой"), with(stem(1), "ы", "и", "", "ам", "ами", "ах")
	case strings.HasSuffix(noun, "о"):
		return with(stem(1), "о", "а", "у", "ом", "е"), with(stem(1), "а", "", "ам", "ами", "ах")
	}
	return with(noun, "", "а", "у", "ом", "е"), with(noun, "ы", "и", "ов", "ам", "ами", "ах")
}

// russianKnown tells that a noun phrase is a bare noun in the singular, with "of
// the agency" at most: "источник", "собеседник агентства". Russian has no
// article; whether somebody was named before is asked of the text.
func russianKnown(r *reader, p span) bool {
	if r.is(p.first, plural) && !r.is(p.first, anonymous) {
		return false
	}
	switch p.until - p.first {
	case 1:
		return !r.tokens[p.first].upper || p.first == r.sentences[r.tokens[p.first].sentence].first
	case 2:
		return r.is(p.first, anonymous) && r.is(p.first+1, agency|outlet) && r.tokens[p.first+1].mention < 0
	}
	return false
}

// russianBare gives the name of an outlet or agency in quotation marks alone, and
// closes the mark of others: "газета «Известия»" is "Известия".
func russianBare(r *reader, p span, name string) string {
	at := strings.IndexAny(name, "«„“\"")
	if at < 0 {
		return name
	}
	mark, size := utf8.DecodeRuneInString(name[at:])
	if inside := name[at+size:]; r.is(p.first, outlet|agency) && !strings.ContainsAny(inside, "«»„“”\"") {
		return inside
	}
	if shut := closer(mark); !strings.Contains(name[at+size:], shut) {
		return name + shut
	}
	return name
}

func closer(mark rune) string {
	switch mark {
	case '«':
		return "»"
	case '„':
		return "“"
	case '“':
		return "”"
	}
	return string(mark)
}
