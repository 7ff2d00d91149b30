package gazetteer

import (
	"slices"
	"strings"
	"sync"
	"testing"
)

// A text that was just read is not read again, and the memory of its words goes to
// another text only when all who show it have gone on.
func TestWordsOfOneTextAreShared(t *testing.T) {
	text := strings.Repeat("Officers met in Baghdad, в Багдаде, في بغداد. ", 20)
	var first, second, third, fresh Words
	fresh.scan(text)
	same := func(w *Words) bool {
		return slices.Equal(w.List, fresh.List) && string(w.Fold) == string(fresh.Fold)
	}
	first.Scan(text)
	second.Scan(text)
	if !same(&first) || !same(&second) {
		t.Error("shared words are others than those of a scan")
	}
	for i := range 50 { // other texts of every length, while second still shows the first
		first.Scan(strings.Repeat("Москва и Дамаск ", 20+i))
		third.Scan(strings.Repeat("Sana'a ", 60+i))
		if !same(&second) {
			t.Fatal("words change while they are shown")
		}
		if len(first.List) != 3*(20+i) || len(third.List) != 60+i {
			t.Fatalf("%d and %d words, want %d and %d", len(first.List), len(third.List), 3*(20+i), 60+i)
		}
	}
	third.Scan(strings.Clone(text)[:len(text)-1])
	if len(third.List) != len(fresh.List) || third.List[len(third.List)-1].End > len(text)-1 {
		t.Error("a piece of a text is taken for the text")
	}
	second.Scan("short")
	if len(second.List) != 1 || !same(&fresh) {
		t.Error("a short text after a shared one")
	}
}

// Readers of the same texts on several goroutines never see words of others.
func TestSharedWordsOnManyGoroutines(t *testing.T) {
	var texts []string
	var want []int
	for i := range 12 {
		texts = append(texts, strings.Repeat("Officers met in Багдаде ", 15+i))
		want = append(want, 4*(15+i))
	}
	var wait sync.WaitGroup
	for g := range 8 {
		wait.Go(func() {
			var steps [4]Words
			for n := range 400 {
				i := (n*7 + g) % len(texts)
				for k := range steps {
					steps[k].Scan(texts[i])
				}
				for k := range steps {
					if w := &steps[k]; len(w.List) != want[i] || string(w.Fold[w.List[len(w.List)-1].From:w.List[len(w.List)-1].To]) != "багдаде" {
						t.Errorf("text %d has %d words, want %d", i, len(w.List), want[i])
					}
				}
			}
		})
	}
	wait.Wait()
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
