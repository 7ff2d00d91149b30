package echo

import (
	"fmt"
	"reflect"
	"testing"

	"entente/internal/lexis"
)

// A reader that has seen more words than it remembers reads a text as a new one does.
func TestAReaderForgetsWords(t *testing.T) {
	const text = "President Putin and Premier Abadi met 340 delegates in Baghdad"
	r := NewReader()
	want := r.Read("en", text, nil)
	words := make([]lexis.Word, 1)
	for i := range 2 * maxWords {
		words[0].Text = fmt.Sprintf("7%d", i)
		r.ReadWords("en", words, 1, nil, nil)
	}
	if n := len(r.words); n != maxWords {
		t.Errorf("%d words have a place, want %d", n, maxWords)
	}
	if got := r.Read("en", text, nil); !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// An index that has seen more keys than it counts has forgotten those that it saw
// once, and knows the others.
func TestAnIndexForgetsRareKeys(t *testing.T) {
	x := NewIndex()
	x.Add(Signature{language: "en", keys: []key{{1, 1}, {2, 1}}})
	x.Add(Signature{language: "ru", keys: []key{{2, 1}}})
	x.Add(Signature{language: "en", keys: []key{{2, 1}}})
	x.Add(Signature{language: "ru", keys: []key{{2, 1}}})
	for first := uint32(10); first <= maxCounted+3000; first += 1000 {
		var keys []key
		for k := range uint32(1000) {
			keys = append(keys, key{first + k, 1})
		}
		x.Add(Signature{language: "en", keys: keys})
	}
	if x.with.used > maxCounted || len(x.with.slots) > 1<<20 {
		t.Errorf("%d keys are counted in %d places", x.with.used, len(x.with.slots))
	}
	if c := x.with.find(1).with; c != (counts{}) {
		t.Errorf("a key that was seen once has %v", c)
	}
	if c := x.with.find(2).with; c != (counts{1, 1}) {
		t.Errorf("a key that was seen twice in each language has %v", c)
	}
}
