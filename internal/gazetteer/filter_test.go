package gazetteer

import (
	"math/rand/v2"
	"testing"
)

// The filter passes every hash of an entry, and few others.
func TestTheFilterOfTheEmbeddedNames(t *testing.T) {
	g, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	l := g.layers[0]
	if l.filter.bits == nil {
		t.Fatal("the embedded names have no filter")
	}
	for at := 0; at < len(l.entries); at += entrySize {
		if !l.filter.may(le.Uint64(l.entries[at:])) {
			t.Fatalf("entry %d does not pass", at/entrySize)
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	const tries = 100_000
	passed := 0
	for range tries {
		if l.filter.may(random.Uint64()) {
			passed++
		}
	}
	t.Logf("%d entries, %d kB; %.1f %% of other hashes pass", len(l.entries)/entrySize, len(l.filter.bits)/128, 100*float64(passed)/tries)
	if passed > tries/5 {
		t.Errorf("%d of %d hashes pass", passed, tries)
	}
	small := newFilter(l.entries[:3*entrySize])
	for at := range 3 {
		if !small.may(le.Uint64(l.entries[at*entrySize:])) {
			t.Error("a small filter loses an entry")
		}
	}
}
