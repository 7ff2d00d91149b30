package lexis_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"entente/internal/centre"
	"entente/internal/lexis"
)

var languages = []string{"en", "ar", "fa", "ru", "ckb", "ku", "tr", "fr", "de", "und", ""}

// texts draws text of the scripts that matter, with what troubles them.
func texts() *rapid.Generator[string] {
	rune := rapid.OneOf(
		rapid.RuneFrom([]rune("aAbeEgsSxyzIİıßéçŁ09'’-._ \u200c\u200d\u00ad")),
		rapid.RuneFrom([]rune("авгеЁёййИцщ ")),
		rapid.RuneFrom([]rune("ابتةیيىکكهەۀءأإآؤئلوم\u064e\u0651ـ٠۹ \u200c\u200f")),
		rapid.RuneFrom([]rune("北京ｶﾞ㈠½²Ⅷﷺ㍿ー가ᄀ\u1161ʿ\u0301\u0345"), unicode.Greek, unicode.Devanagari),
		rapid.Rune(),
	)
	return rapid.StringOf(rune)
}

func checkText(t interface {
	Errorf(string, ...any)
	Fatalf(string, ...any)
}, text string,
) {
	n := lexis.Normalise(text)
	if again := lexis.Normalise(n); again != n {
		t.Errorf("normalising %q gives %q, and again %q", text, n, again)
	}
	points := utf8.RuneCountInString(text)
	last := 0
	for _, w := range lexis.Words(text) {
		if w.Start < last || w.End <= w.Start || w.End > points {
			t.Fatalf("%q: the word %+v lies outside the text or before the one before it", text, w)
		}
		last = w.Start
		checkToken(t, w.Text)
	}
	for _, language := range languages {
		tokens := lexis.Tokens(language, centre.Content{Text: text})
		if tokens.Surface != n {
			t.Errorf("surface %q, normalised %q", tokens.Surface, n)
		}
		stored := map[string]bool{}
		for _, s := range strings.Fields(tokens.Surface) {
			stored[s] = true
		}
		for _, s := range strings.Fields(tokens.Stems) {
			checkToken(t, s)
			if stored[s] {
				t.Errorf("the stem %q of %q is stored twice", s, text)
			}
		}
	}
	original := []rune(text)
	for _, w := range lexis.Words(text) {
		surface, stems := lexis.Forms(string(original[w.Start:w.End]))
		if len(surface) == 0 || !strings.Contains(" "+n+" ", " "+surface[0]+" ") {
			t.Errorf("the word %+v of %q does not find its text: %q", w, text, surface)
		}
		for _, s := range stems {
			checkToken(t, s)
		}
	}
}

// checkToken holds a stored word to what the databases' tokenizers leave whole.
func checkToken(t interface{ Errorf(string, ...any) }, word string) {
	if word == "" || len(word) > lexis.MaxWord || !utf8.ValidString(word) {
		t.Errorf("%q is not a word to store", word)
	}
	for _, r := range word {
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) {
			t.Errorf("the word %q has %U, which is neither letter nor digit", word, r)
		}
	}
}

func TestAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkText(t, texts().Draw(t, "text")) })
}

func TestLanguageOfAStemPlaysNoPartInFindingTheWordItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[a-z]{1,12}|[а-я]{1,12}|[ابتثجحخدذرزسشصضطظعغفقكلمنهوي]{1,12}`).Draw(t, "word")
		language := rapid.SampledFrom(languages).Draw(t, "language")
		if !found(word, language, "x "+word+" y") {
			t.Fatalf("%q is not found in a %s text of itself", word, language)
		}
	})
}

func FuzzText(f *testing.F) {
	for _, s := range []string{
		"Iraq’s coordination cell", "می\u200cخواهد کتاب\u200cها", "Координационный центр, ещё", "التنسيق ﷺ ﺍﻟﺴﻼﻢ",
		"l'état Türkiye'de", "a㈠ ½ ²x ㍿", "\xff\xfe", "'s ''a' '\u200c'", "e\u0301\u0345\u0301", "ᄀ\u0301\u1161",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) { checkText(t, text) })
}
