package centre_test

import (
	"math"
	"testing"

	"entente/internal/centre"
)

func TestTheLanguageOfEachPartOfADraft(t *testing.T) {
	d := centre.Draft{Language: "en", Findings: centre.Findings{Stretches: []centre.LanguageStretch{
		{Start: 10, End: 20, Language: "ar"}, {Start: 20, End: 25, Language: "fa"}, {Start: 30, End: 40, Language: "ru"},
	}}}
	for _, c := range []struct {
		point    int
		language string
		until    int
	}{
		{0, "en", 10}, {9, "en", 10}, {10, "ar", 20}, {19, "ar", 20}, {20, "fa", 25}, {25, "en", 30}, {29, "en", 30}, {30, "ru", 40}, {39, "ru", 40}, {40, "en", math.MaxInt}, {1000, "en", math.MaxInt},
	} {
		if language, until := d.LanguageFrom(c.point); language != c.language || until != c.until {
			t.Errorf("at %d: %s until %d, want %s until %d", c.point, language, until, c.language, c.until)
		}
		if language := d.LanguageAt(c.point); language != c.language {
			t.Errorf("at %d: %s, want %s", c.point, language, c.language)
		}
	}
	if language, until := (&centre.Draft{Language: "ar"}).LanguageFrom(7); language != "ar" || until != math.MaxInt {
		t.Errorf("a draft in one language is in %s until %d", language, until)
	}
}
