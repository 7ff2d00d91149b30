package place

import (
	"testing"

	"entente/internal/gazetteer"
)

func TestTheSetOfWordsSeen(t *testing.T) {
	var s seen
	for _, n := range []int{0, 5, 1000, 40} { // it grows, and is used again for less
		s.begin(n)
		for i := range n {
			s.add(gazetteer.Hash(i+1) << 20) // hashes that fall on one another
			s.add(gazetteer.Hash(i+1) << 20)
		}
		for i := range 2 * n {
			if got := s.has(gazetteer.Hash(i+1) << 20); got != (i < n) {
				t.Fatalf("of %d hashes number %d is there: %t", n, i, got)
			}
		}
		if s.has(0) || s.has(7) {
			t.Error("a hash is there that was never added")
		}
	}
}
