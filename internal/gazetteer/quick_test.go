package gazetteer

import (
	"testing"
	"unicode/utf8"
)

// The quick way folds every letter of the two blocks as the long one does.
func TestQuickLettersAreFoldedAsOthers(t *testing.T) {
	words := 0
	for r := rune(0x400); r < 0x700; r++ {
		q := &quickLetters[r]
		if q.word != isWordRune(r) {
			t.Errorf("%q: a word's letter is %t the quick way", r, q.word)
		}
		if !q.word {
			continue
		}
		words++
		if want := string(appendFolded(nil, r)); string(q.fold[:q.size]) != want || q.upper != isUpper(r) {
			t.Errorf("%q is folded to %q the quick way, want %q", r, q.fold[:q.size], want)
		}
		var w Words
		w.Scan("б" + string(r) + "ب")
		if len(w.List) != 1 || w.List[0].Runes != 3 || w.List[0].End != 4+utf8.RuneLen(r) {
			t.Errorf("a word with %q is %+v", r, w.List)
		}
	}
	if words < 300 {
		t.Errorf("%d letters are read the quick way", words)
	}
}
