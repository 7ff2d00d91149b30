package entity

import (
	"slices"
	"strings"
	"testing"

	"entente/internal/entities"
)

// TestTitles: each title is there once, and has a name in every language.
func TestTitles(t *testing.T) {
	all := map[string]Title{}
	for _, title := range Titles() {
		if _, twice := all[title.Role]; twice {
			t.Errorf("%s is there twice", title.Role)
		}
		all[title.Role] = title
		for _, language := range entities.Languages {
			if name := title.Names[language]; name == "" || strings.ContainsAny(name, "=|") {
				t.Errorf("%s is called %q in %s", title.Role, name, language)
			}
		}
	}
	if len(all) < 40 {
		t.Errorf("%d titles", len(all))
	}
	for language, want := range map[string]string{"en": "foreign minister", "ar": "وزير الخارجية", "fa": "وزیر امور خارجه", "ru": "министр иностранных дел"} {
		if got := all["foreign minister"].Names[language]; got != want {
			t.Errorf("the foreign minister in %s: %q, want %q", language, got, want)
		}
	}
}

// TestTitlesAreRead: who bears a title of which a text tells is told apart by the
// field of a ministry in every language, in the cases of Russian, too.
func TestTitlesAreRead(t *testing.T) {
	s := New()
	for _, c := range []struct{ language, text, want string }{
		{"ar", "وقالت وزيرة الصحة العراقية ليلى حسن إن المستشفيات جاهزة.", "person:ليلى حسن (IRQ health minister)"},
		{"ar", "التقى وزير البترول المصري سامح فهمي الوفد.", "person:سامح فهمي (EGY petroleum minister)"},
		{"fa", "وزیر بهداشت ایران حسن هاشمی این خبر را تایید کرد.", "person:حسن هاشمی (IRN health minister)"},
		{"fa", "وزیر نفت ایران بیژن زنگنه به وین رفت.", "person:بیژن زنگنه (IRN oil minister)"},
		{"ru", "Об этом сообщили министру здравоохранения Веронике Скворцовой накануне.", "person:Веронике Скворцовой (health minister)"},
		{"ru", "Министр энергетики России Александр Новак прибыл в Вену.", "person:Александр Новак (RUS energy minister)"},
		{"ar", "نفى وزير الخارجية الأميركي جون كيري ذلك.", "person:جون كيري (USA foreign minister)"},
	} {
		var all []string
		for _, m := range mentions(t, s, c.language, c.text) {
			all = append(all, show(m))
		}
		if !slices.Contains(all, c.want) {
			t.Errorf("%q gives %q, without %q", c.text, all, c.want)
		}
	}
}
