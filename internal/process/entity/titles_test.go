package entity

import (
	"testing"

	"entente/internal/entities"
)

// TestTitles: each title is there once, and most have a name in all languages;
// of ministers of one field some are read in English alone.
func TestTitles(t *testing.T) {
	all := map[string]Title{}
	named := 0
	for _, title := range Titles() {
		if _, twice := all[title.Role]; twice {
			t.Errorf("%s is there twice", title.Role)
		}
		all[title.Role] = title
		if len(title.Names) == len(entities.Languages) {
			named++
		}
	}
	if len(all) < 40 || named < len(all)/2 {
		t.Errorf("%d titles, %d named in all languages", len(all), named)
	}
	for language, want := range map[string]string{"en": "foreign minister", "ar": "وزير الخارجية", "fa": "وزیر امور خارجه", "ru": "министр иностранных дел"} {
		if got := all["foreign minister"].Names[language]; got != want {
			t.Errorf("the foreign minister in %s: %q, want %q", language, got, want)
		}
	}
}
