package language_test

import (
	"os"
	"strings"
	"testing"

	"entente/internal/process/language"
)

// testdata/latin.tsv was written for this test and is not trained on: lines as
// chats, passports and scholars write Arabic, Persian and Russian in Latin
// letters, and lines in other languages that must not be taken for them.
func TestTextsInLatinLettersThatAreNotWrittenSo(t *testing.T) {
	data, err := os.ReadFile("testdata/latin.tsv")
	if err != nil {
		t.Fatal(err)
	}
	right, of := map[string]int{}, map[string]int{}
	for line := range strings.Lines(string(data)) {
		want, text, _ := strings.Cut(strings.TrimSpace(line), "\t")
		got, sure := language.Detect(text)
		of[want]++
		if got == want {
			right[want]++
			continue
		}
		t.Logf("%q is taken for %s (%.2f), is %s", text, got, sure, want)
		if !strings.HasSuffix(want, "-Latn") && strings.HasSuffix(got, "-Latn") {
			t.Errorf("%q is taken for %s", text, got)
		}
	}
	for _, tag := range []string{"ar-Latn", "fa-Latn", "ru-Latn"} {
		t.Logf("%s: %d of %d", tag, right[tag], of[tag])
		if of[tag] < 20 || right[tag]*100 < 85*of[tag] {
			t.Errorf("%s is told in %d of %d lines", tag, right[tag], of[tag])
		}
	}
}

// testdata/names.tsv was written for this test and is not trained on: headlines of
// which names of the region, which look like words of other languages, are the
// most part; and headlines in those languages.
func TestHeadlinesFullOfNames(t *testing.T) {
	data, err := os.ReadFile("testdata/names.tsv")
	if err != nil {
		t.Fatal(err)
	}
	right, of := 0, 0
	for line := range strings.Lines(string(data)) {
		want, text, _ := strings.Cut(strings.TrimSpace(line), "\t")
		got, sure := language.Detect(text)
		of++
		if got == want || want == "ms" && got == "id" { // they differ less than a headline tells
			right++
			continue
		}
		t.Logf("%q is taken for %s (%.2f), is %s", text, got, sure, want)
		if strings.HasSuffix(got, "-Latn") || got == "ms" && sure > 0.5 {
			t.Errorf("%q is taken for %s with %.2f by its names", text, got, sure)
		}
	}
	if t.Logf("%d of %d", right, of); of < 50 || right*100 < 85*of {
		t.Errorf("%d of %d are told", right, of)
	}
}
