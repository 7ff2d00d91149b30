package echo

import (
	"strings"

	"entente/internal/lexis"
)

// A denial repeats the names and numbers of what it denies, as a translation
// does. What tells them apart is that one of the two texts says in its beginning
// that something is not so.

const (
	// denialWords is how many of the first words of a text are looked at.
	denialWords = 60
	// answer is what is left of the likeness of two texts of which one denies.
	answer = 0.4
)

// denials are the words with which news denies, by language, one or two in a
// row; a star stands for any ending. Hamzas and the like play no part.
var denials = map[string][]denial{
	"en": cues("denied", "denies", "deny", "denying", "denial*", "refute*", "rebut*", "dismissed report*", "dismissed claim*", "dismissed suggestion*",
		"rejected report*", "rejected claim*", "untrue", "unfounded", "baseless", "groundless", "not true"),
	"ru": cues("опроверг*", "опроверж*", "отрицает", "отрицают", "отрицал*", "отрицани*", "беспочвен*", "не соответству*", "не подтверд*", "не подтвержд*"),
	"ar": cues("نفى", "نفت", "نفوا", "ينفي", "تنفي", "ينفون", "نافيا", "نافية", "نفيه", "نفيها", "نفي", "كذب", "كذبت", "تكذيب", "مكذبا", "فند", "فندت", "تفنيد", "لا صحة"),
	"fa": cues("تکذیب", "انکار", "بی‌اساس", "بی اساس", "نادرست", "رد کرد*", "تأیید نمی*", "تأیید نکرد*"),
}

// joined are words that Arabic writes as one with the next.
var joined = []string{"و", "ف"}

// denial is one or two words.
type denial struct {
	before, word string
	any          bool // word is only the beginning
}

func cues(list ...string) (out []denial) {
	for _, text := range list {
		d := denial{any: strings.HasSuffix(text, "*")}
		words := lexis.Words(text)
		if d.word = words[len(words)-1].Text; len(words) == 2 {
			d.before = words[0].Text
		}
		out = append(out, d)
	}
	return out
}

// denies reports whether a text in a language says in its beginning that
// something is not so.
func denies(language string, words []lexis.Word) bool {
	list := denials[language]
	before := ""
	for i := range words[:min(denialWords, len(words))] {
		word := words[i].Text
		if isDenial(list, before, word) {
			return true
		}
		if language == "ar" {
			for _, p := range joined {
				if rest, ok := strings.CutPrefix(word, p); ok && isDenial(list, before, rest) {
					return true
				}
			}
		}
		before = word
	}
	return false
}

func isDenial(list []denial, before, word string) bool {
	for i := range list {
		d := &list[i]
		if (d.before == "" || d.before == before) && (d.word == word || d.any && strings.HasPrefix(word, d.word)) {
			return true
		}
	}
	return false
}
