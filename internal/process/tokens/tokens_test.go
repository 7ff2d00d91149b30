package tokens_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"entente/internal/centre"
	"entente/internal/process/tokens"
)

func TestTheDraftsWordsAreThoseOfItsTitleAndBody(t *testing.T) {
	d := centre.Draft{Language: "en", Content: centre.Content{Text: "Talks in Baghdad\n\nOfficers met.", Title: 16}}
	if err := tokens.New().Apply(t.Context(), &d); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(d.Tokens.Surface, "talks in baghdad") || !strings.Contains(d.Tokens.Surface, "officers met") {
		t.Errorf("surface = %q", d.Tokens.Surface)
	}
}

// A word is stemmed by the language of its paragraph, so that a quotation is found by
// what its own readers look for.
func TestWordsOfAParagraphAreThoseOfItsLanguage(t *testing.T) {
	for _, c := range []struct {
		name, language, own, quoted, other string
		stems                              []string // of the quotation
	}{
		{"Arabic in a Persian report", "fa", "نیروها به شهر بازگشتند.", "ar", "التنسيق في العراق", []string{"تنسيق", "عراق"}},
		{"Persian in an Arabic report", "ar", "عاد الجنود إلى المدينة.", "fa", "نیروهای تازه رسیدند", []string{"نيرو"}},
		{"English in a French report", "fr", "Le ministre est revenu.", "en", "Officers coordinated operations", []string{"offic", "coordin", "oper"}},
		{"a word of the report that the quotation has too", "fa", "العراق", "ar", "العراق", []string{"عراق"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, quotedFirst := range []bool{false, true} {
				first, second := c.own, c.other
				if quotedFirst {
					first, second = second, first
				}
				d := centre.Draft{Language: c.language, Content: centre.Content{Text: first + "\n\n" + second}}
				at := utf8.RuneCountInString(first) + 2
				stretch := centre.LanguageStretch{Start: at, End: at + utf8.RuneCountInString(second), Language: c.quoted}
				if quotedFirst {
					stretch.Start, stretch.End = 0, at-2
				}
				d.Stretches = []centre.LanguageStretch{stretch}
				if err := tokens.New().Apply(t.Context(), &d); err != nil {
					t.Fatal(err)
				}
				stems := strings.Fields(d.Tokens.Stems)
				for _, stem := range c.stems {
					if !slices.Contains(stems, stem) {
						t.Errorf("the quotation is not found by %s, only by %q", stem, stems)
					}
				}
			}
		})
	}
}
