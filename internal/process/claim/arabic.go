package claim

import (
	"strings"
	"sync"

	"entente/internal/gazetteer"
)

var arabic = sync.OnceValue(func() *tongue {
	t := mustParse(tongue{language: "ar", verbFirst: true, modifiersBehind: true, read: readArabic, guess: arabicGuess, known: arabicKnown},
		arabicWords+cuesOf(arabicVerbs, arabicForms)+arabicUnnamed())
	t.stem = arabicStem(t.words)
	return t
})

// arabicUnnamed writes the phrases that say that a source would not be named
// ("رفض الكشف عن اسمه", "طلبت عدم نشر هويتها"), which stand between a speaker and
// what is said and refuse no comment.
func arabicUnnamed() string {
	var b strings.Builder
	b.WriteString("adverb:")
	for _, verb := range [...]string{"رفض", "رفضت", "رفضوا", "طلب", "طلبت", "طلبوا", "فضل", "فضلت", "فضلوا", "اشترط", "اشترطت", "آثر", "آثرت"} {
		for _, not := range [...]string{"", "_عدم"} {
			for _, telling := range [...]string{"كشف_عن", "إفصاح_عن", "إعلان_عن", "كشف", "ذكر", "نشر"} {
				for _, name := range [...]string{"اسمه", "اسمها", "اسمهم", "أسمائهم", "هويته", "هويتها", "هويتهم", "هوياتهم"} {
					b.WriteString(" " + verb + not + "_" + telling + "_" + name)
				}
			}
		}
	}
	b.WriteByte('\n')
	return b.String()
}

// cuesOf writes a table of verbs, whose lines are stance and frames, a colon and
// verbs, as tongue.parse reads it: forms gives the forms of each verb.
func cuesOf(table string, forms func(string) []string) string {
	var b strings.Builder
	for line := range strings.Lines(table) {
		head, list, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok || strings.HasPrefix(head, "#") {
			continue
		}
		b.WriteString("cue " + head + ":")
		for w := range strings.FieldsSeq(list) {
			b.WriteByte(' ')
			b.WriteString(strings.Join(forms(w), "/"))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// arabicForms gives the forms of a verb from its past, its present and its
// active participle, each of the third person masculine: "أكد=يؤكد=مؤكد". Where
// the present or the participle is left out there are no such forms. What
// follows "_" belongs to all forms.
//
// In news agencies' Arabic the third person is all there is: the verb stands
// before its subject in the singular, masculine or feminine, and behind it in all
// numbers.
func arabicForms(word string) []string {
	word, rest, _ := strings.Cut(word, "_")
	if rest != "" {
		rest = "_" + rest
	}
	parts := strings.Split(word, "=")
	past := parts[0]
	var forms []string
	add := func(mark string, words ...string) {
		for _, w := range words {
			forms = append(forms, mark+w+rest)
		}
	}
	switch {
	case strings.HasSuffix(past, "ى"): // نفى: the last root letter is weak
		stem := strings.TrimSuffix(past, "ى")
		add("", past, stem+"ت", stem+"تا", stem+"وا", stem+"ين", stem+"يت")
	case strings.HasSuffix(past, "ا"): // دعا
		stem := strings.TrimSuffix(past, "ا")
		add("", past, stem+"ت", stem+"وا", stem+"تا")
	default:
		add("", past, past+"ت", past+"ا", past+"تا", past+"وا", past+"نا")
	}
	if len(parts) > 1 && parts[1] != "" {
		present := parts[1]
		stem := strings.TrimPrefix(present, "ي")
		plural := stem
		if strings.HasSuffix(stem, "ي") || strings.HasSuffix(stem, "ى") || strings.HasSuffix(stem, "و") {
			plural = stem[:len(stem)-2]
		}
		dual := strings.TrimSuffix(stem, "ى")
		if dual != stem {
			dual += "ي"
		}
		// The jussive after "لم" leaves out a weak last letter: "لم ينف".
		add("+", present, "ت"+stem, "ي"+dual+"ان", "ت"+dual+"ان", "ي"+plural+"ون", "ت"+plural+"ون", "ي"+plural+"وا", "ن"+stem)
		if plural != stem {
			add("+", "ي"+plural, "ت"+plural)
		}
	}
	if len(parts) > 2 && parts[2] != "" {
		p := parts[2]
		add("~", p, p+"ا", p+"ة", p+"ين", p+"ون", p+"ات")
		if strings.HasSuffix(p, "ي") {
			add("~", strings.TrimSuffix(p, "ي")+"ين")
		}
	}
	return forms
}

// arabicStem gives the key of a word without what is written together with it:
// "و" and "ف" (and), the article behind them, "س" (will) and "ل" (to) before a
// verb, and the prepositions "ب", "ل" and "ك" before a noun. It gives nil where
// that leaves no word of the lexicon.
func arabicStem(words map[string]*entry) func(fold []byte) []byte {
	const letter = 2 // bytes
	return func(fold []byte) []byte {
		if len(fold) < 3*letter {
			return nil
		}
		rest := fold
		switch string(rest[:letter]) {
		case "و", "ف":
			rest = rest[letter:]
			if e := words[string(rest)]; e != nil && (len(rest) > 2*letter || e.class&(negation|auxiliary|complement|preposition) != 0 || len(e.longer) > 0) {
				return rest
			}
		}
		if len(rest) >= 5*letter {
			switch string(rest[:2*letter]) {
			case "ال", "لل":
				if words[string(rest[2*letter:])] != nil {
					return rest[2*letter:]
				}
			}
		}
		// The accusative: "سكاناً", "مسؤولاً".
		if n := len(rest) - letter; n >= 3*letter && string(rest[n:]) == "ا" {
			if e := words[string(rest[:n])]; e != nil && e.class&(anonymous|body|outlet|document|anaphor) != 0 {
				return rest[:n]
			}
		}
		if len(fold) < 4*letter || len(rest) < 4*letter {
			return nil
		}
		first, rest := string(rest[:letter]), rest[letter:]
		e := words[string(rest)]
		if e == nil && len(rest) >= 5*letter && string(rest[:2*letter]) == "ال" {
			rest = rest[2*letter:]
			e = words[string(rest)]
		}
		if e == nil {
			return nil
		}
		switch first {
		case "س":
			if e.cue == nil || e.form != plain {
				return nil
			}
		case "ل":
			if e.class&(anonymous|outlet|agency|body|document) == 0 && (e.cue == nil || e.form != plain) {
				return nil
			}
		case "ب", "ك":
			if e.class&(anonymous|outlet|agency|body|document) == 0 {
				return nil
			}
		default:
			return nil
		}
		return rest
	}
}

// arabicGuess takes a word with "س" before the prefix of the present for a verb
// in the future: "ستبدأ". Nouns that begin so are told by their next letters.
func arabicGuess(fold []byte, w *gazetteer.Word) class {
	if w.Al || len(fold) < 10 || string(fold[:2]) != "س" {
		return 0
	}
	switch string(fold[2:4]) {
	case "ي", "ت", "ن":
	default:
		return 0
	}
	switch string(fold[2:6]) {
	case "يا", "يد", "ير", "يط", "يل", "ين", "تا", "تر", "نو", "ند", "تي", "تو", "ته", "نه":
		return 0
	}
	if e := string(fold[len(fold)-2:]); e == "ه" || e == "ف" {
		return 0
	}
	return future | verb
}

// arabicKnown tells that a noun phrase is a noun with the article and nothing
// that tells more: "المصدر", "المسؤول نفسه", "الشركة".
func arabicKnown(r *reader, p span) bool {
	g := &grammar{reader: r, s: &r.sentences[r.tokens[p.first].sentence]}
	if !g.al(p.first) {
		return false
	}
	switch p.until - p.first {
	case 1:
		return true
	case 2:
		switch string(r.fold(p.first + 1)) {
		case "ذاته", "نفسه", "ذاتها", "نفسها", "عينه", "مذكور", "مذكوره":
			return true
		}
	}
	return false
}

// arabicBare gives a name without the preposition that is written together with
// it: "لوكالة سبوتنيك" is "وكالة سبوتنيك", "للأمم المتحدة" is "الأمم المتحدة".
func arabicBare(r *reader, p span, name string) string {
	g := &grammar{reader: r, s: &r.sentences[r.tokens[p.first].sentence]}
	i := p.first
	if f := string(g.fold(i)); g.s.tongue.words[f] != nil || !strings.HasPrefix(f, "ل") || !strings.HasPrefix(name, "ل") {
		return name
	}
	if rest, ok := strings.CutPrefix(name, "لل"); ok {
		return "ال" + rest
	}
	if g.tokens[i].class != 0 {
		return strings.TrimPrefix(name, "ل")
	}
	return name
}
