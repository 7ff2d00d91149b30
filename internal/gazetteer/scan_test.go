package gazetteer

import (
	"slices"
	"strings"
	"testing"
)

// A text that was just read is not read again; whoever asks gets words of his
// own.
func TestWordsOfOneTextAreCopies(t *testing.T) {
	text := strings.Repeat("Officers met in Baghdad, в Багдаде, في بغداد. ", 20)
	var first, second, third, fresh Words
	fresh.scan(text)
	first.Scan(text)
	first.List[0].Upper = false
	first.Fold[0] = 'x'
	second.Scan(text)
	if !slices.Equal(second.List, fresh.List) || string(second.Fold) != string(fresh.Fold) {
		t.Error("what one reader changed is seen by the next")
	}
	third.Scan(strings.Clone(text)[:len(text)-1])
	if len(third.List) != len(fresh.List) || third.List[len(third.List)-1].End > len(text)-1 {
		t.Error("a piece of a text is taken for the text")
	}
}

func TestTheHashOfAWordIsThatOfItsFoldedForm(t *testing.T) {
	var w Words
	w.Scan("The Mosul Dam's Багдадом والعراق گفت‌وگو Şam'a 12")
	for i := range w.List {
		x := &w.List[i]
		if want := HashStart.Add(w.Fold[x.From:x.To]); x.Hash != want || x.Hash == 0 {
			t.Errorf("the hash of %q is %x, want %x", w.Fold[x.From:x.To], x.Hash, want)
		}
	}
}
