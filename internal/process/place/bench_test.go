package place_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"entente/internal/centre"
)

// A text of about 2.5 kB in each language: the golden text and the cases, which
// name more places than news does.
func BenchmarkApply(b *testing.B) {
	s := step(b)
	for _, language := range []string{"en", "ar", "fa", "ru"} {
		text := sample(b, language)
		b.Run(language, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				d := centre.Draft{Language: language, Content: centre.Content{Text: text}}
				if err := s.Apply(b.Context(), &d); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func sample(t testing.TB, language string) string {
	golden, err := os.ReadFile(filepath.Join("testdata", language+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	cases, err := os.ReadFile(filepath.Join("testdata", "cases", language+".tsv"))
	if err != nil {
		t.Fatal(err)
	}
	text := string(golden)
	for line := range strings.Lines(string(cases)) {
		if one, _, ok := strings.Cut(line, "\t"); ok && !strings.HasPrefix(one, "#") {
			text += "\n\n" + one
		}
	}
	for len(text) > 2500 {
		_, n := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-n]
	}
	return text
}
