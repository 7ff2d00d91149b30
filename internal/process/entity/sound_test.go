package entity

import (
	"testing"

	"entente/internal/gazetteer"
)

// Names in Arabic and Cyrillic letters sound like those of the list, which has them in
// Latin letters; ordinary words do not.
func TestHeard(t *testing.T) {
	h := loadHeard()
	for text, want := range map[string]uint32{
		"كلينتون": heardGiven, "شرودر": heardSurname, "بلاتر": heardSurname, "ميركل": heardGiven | heardSurname,
		"سميث": heardSurname, "جورج": heardGiven, "Schneider": heardSurname, "Шнайдер": heardSurname,
		"المدينة": 0, "الحكومة": 0, "مجلس": 0, "كتب": 0, "وزارة": 0, "правительство": 0, "the": 0, "a": 0, "2015": 0,
	} {
		var w gazetteer.Words
		w.Scan(text)
		word := &w.List[0]
		if got := h.of(w.Fold[word.From:word.Stem]); got&want != want || want == 0 && got != 0 {
			t.Errorf("%s sounds like %d, want %d", text, got, want)
		}
	}
}

// Foreign names have long vowels between most consonants: two bits a letter tell
// where.
func TestLongVowels(t *testing.T) {
	for text, want := range map[string]uint32{"": 0b1, "مجلس": 0b1_00_00_00_00, "كلينتون": 0b1_00_00_11_00_00_10_00, "دانا": 0b1_00_01_00_01} {
		if got := longVowels([]byte(text)); got != want {
			t.Errorf("%s: %b, want %b", text, got, want)
		}
	}
}
