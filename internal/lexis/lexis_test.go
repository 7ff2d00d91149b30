package lexis_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/internal/centre"
	"entente/internal/lexis"
)

func TestNormalise(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"case", "Baghdad MOSCOW", "baghdad moscow"},
		{"possessive", "Iraq’s Russia's", "iraq russia"},
		{"apostrophe inside a name", "Ja'fari Jaʿfari Ja’fari", "jafari jafari jafari"},
		{"French elision", "l'état d’Ivoire qu'il", "l etat d ivoire qu il"},
		{"contraction", "don't", "dont"},
		{"diacritics", "Türkiye Erdoğan Łódź Çelik naïve Straße", "turkiye erdogan lodz celik naive strasse"},
		{"dotless i", "Iğdır İstanbul", "igdir istanbul"},
		{"hyphen divides", "al-Assad S-300", "al assad s 300"},
		{"underscore, dot and address", "a_b mail@example.org https://tass.ru/x?y=1", "a b mail example org https tass ru x y 1"},
		{"е for ё", "Ещё Орёл", "еще орел"},
		{"й kept, also when decomposed", "Лавров Хмеймим Сергей Сергей", "лавров хмеймим сергей сергей"},
		{"hamza and alef", "أحمد إيران آب ٱلله", "احمد ايران اب الله"},
		{"waw and yeh with hamza, hamza dropped", "مؤتمر رئيس ماء", "موتمر رييس ما"},
		{"teh marbuta, alef maksura", "القاهرة على", "القاهره علي"},
		{"harakat and tatweel", "مُحَمَّد بـــغداد", "محمد بغداد"},
		{"Persian letters", "کرمانشاه ایران", "كرمانشاه ايران"},
		{"Sorani ae", "هەولێر", "ههولێر"},
		{"presentation forms", "ﺍﻟﺴﻼﻢ", "السلام"},
		{"zero-width non-joiner", "می\u200cخواهد", "ميخواهد"},
		{"digits", "٢٠١٥ ۱۳۹۴ 2015", "2015 1394 2015"},
		{"bidi controls", "\u202bبغداد\u202c", "بغداد"},
		{"soft hyphen", "coor\u00addination", "coordination"},
		{"full width", "ＩＳＩＬ", "isil"},
		{"ideographs", "北京", "北 京"},
		{"ideograph from a compatibility number", "a㈠", "a 一"},
		{"punctuation alone", "… — ؟ !", ""},
		{"lone marks", "\u0301 \u064e", ""},
		{"invalid bytes divide", "a\xffb", "a b"},
		{"Greek final sigma", "ΝΙΚΟΣ Νίκος", "νικοσ νικοσ"},
		{"Hebrew points and gershayim", "צה״ל שָׁלוֹם", "צהל שלום"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := lexis.Normalise(c.in); got != c.want {
				t.Errorf("Normalise(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
}

func TestNormaliseCutsLongWords(t *testing.T) {
	for _, r := range []string{"a", "я", "م", "语言"} {
		for _, w := range strings.Fields(lexis.Normalise(strings.Repeat(r, 5000))) {
			if len(w) > lexis.MaxWord {
				t.Fatalf("a word of %d bytes from repeated %q", len(w), r)
			}
		}
	}
}

func TestWordsPointIntoTheText(t *testing.T) {
	text := "Ja’fari’s words: «می\u200cخواهد» в Сирии, l'état."
	want := []string{"Ja’fari’s", "words", "می\u200cخواهد", "в", "Сирии", "l", "état"}
	points := []rune(text)
	var got []string
	for _, w := range lexis.Words(text) {
		got = append(got, string(points[w.Start:w.End]))
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestTokens(t *testing.T) {
	for _, c := range []struct {
		name, language, text, surface, stems string
	}{
		{"English", "en", "Officers coordinated operations", "officers coordinated operations", "coordin offic oper"},
		{"a stem that is a word of the text is not repeated", "en", "attack attacks", "attack attacks", ""},
		{"Russian", "ru", "координационный центр в Багдаде", "координационный центр в багдаде", "багдад координацион"},
		{"Arabic", "ar", "التنسيق في العراق", "التنسيق في العراق", "تنسيق عراق"},
		{"Persian, parts of a joined word", "fa", "کتاب\u200cها", "كتابها", "كتاب ها"},
		{"Turkish suffix after an apostrophe", "tr", "Türkiye’de", "turkiyede", ""},
		{"French", "fr", "nationaux", "nationaux", "national"},
		{"a Latin word in an Arabic text", "ar", "attacks", "attacks", "attack"},
		{"unknown language", "und", "attacks", "attacks", "attack"},
		{"nothing", "en", " … ", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := lexis.Tokens(c.language, centre.Content{Text: c.text})
			if got.Surface != c.surface {
				t.Errorf("surface %q, want %q", got.Surface, c.surface)
			}
			if c.stems != "" && got.Stems != c.stems {
				t.Errorf("stems %q, want %q", got.Stems, c.stems)
			}
			for _, s := range strings.Fields(got.Stems) {
				if slices.Contains(strings.Fields(got.Surface), s) {
					t.Errorf("the stem %q stands in the surface already", s)
				}
			}
		})
	}
}

// found reports whether the query word finds a text, as the databases do it.
func found(word, language, text string) bool {
	tokens := lexis.Tokens(language, centre.Content{Text: text})
	surface, stems := lexis.Forms(word)
	columns := []string{" " + tokens.Surface + " ", " " + tokens.Stems + " "}
	for _, form := range append(surface, stems...) {
		for _, column := range columns {
			if strings.Contains(column, " "+form+" ") {
				return true
			}
		}
	}
	return false
}

func TestFormsFind(t *testing.T) {
	for _, c := range []struct {
		word, language, text string
		want                 bool
	}{
		{"officer", "en", "Three officers met", true},
		{"OFFICERS", "en", "an officer met", true},
		{"official", "en", "an officer met", false},
		{"Сирия", "ru", "удары в Сирии", true},
		{"багдад", "ru", "в Багдаде", true},
		{"عراق", "ar", "في العراق", true},
		{"العراق", "ar", "والعراق", true},
		{"کتاب", "fa", "کتاب\u200cها", true},
		{"کتاب", "fa", "کتابها", true},
		{"کتاب\u200cها", "fa", "کتابها", true},
		{"کتابها", "fa", "کتاب\u200cها", true},
		{"می\u200cخواهد", "fa", "او می خواهد برود", true},
		{"می\u200cخواهد", "fa", "او میخواهد", true},
		{"میخواهد", "fa", "او می\u200cخواهد", true},
		{"خواهد", "fa", "او می\u200cخواهد", true},
		{"نیروهای", "fa", "نیروها", true},
		{"ایران", "fa", "ايران", true},
		{"Türkiye", "tr", "Türkiye’de", true},
		{"hükümeti", "tr", "hükümetin", true},
		{"turkiye", "tr", "Türkiye", true},
		{"état", "fr", "l’état", true},
		{"Ja'fari", "en", "Jafari’s list", true},
		{"هەولێر", "ckb", "لە هەولێردا", true},
		{"S-300", "en", "the S-300 system", true},
		{"S-300", "en", "300 S", false},
	} {
		if got := found(c.word, c.language, c.text); got != c.want {
			surface, stems := lexis.Forms(c.word)
			t.Errorf("%q in %q: found %v, want %v; forms %q %q, tokens %q", c.word, c.text, got, c.want,
				surface, stems, lexis.Tokens(c.language, centre.Content{Text: c.text}))
		}
	}
}

func TestFormsOfNothing(t *testing.T) {
	if surface, stems := lexis.Forms("—!"); surface != nil || stems != nil {
		t.Errorf("forms of punctuation: %q %q", surface, stems)
	}
}

func TestCommon(t *testing.T) {
	for _, word := range []string{"the", "and", "и", "что", "في", "من", "از", "که", "une", "bir"} {
		if !lexis.Common(lexis.Normalise(word)) {
			t.Errorf("%q is not common", word)
		}
	}
	for _, word := range []string{"baghdad", "центр", "بغداد", "تهران", "attack", "snowball", "bsd"} {
		if lexis.Common(lexis.Normalise(word)) {
			t.Errorf("%q is common", word)
		}
	}
}

func TestARunOfApostrophesIsReadInStep(t *testing.T) {
	// Looking at the whole run again at every apostrophe took seconds for this.
	run := strings.Repeat("Sana'a'a'", 100_000)
	if words := lexis.Words(run); len(words) == 0 {
		t.Error("nothing is left of a long run")
	}
}
