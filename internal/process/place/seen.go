package place

import "entente/internal/gazetteer"

// seen is a set of the hashes of words: a table of which half is empty at least,
// used again from text to text.
type seen struct{ table []gazetteer.Hash } // 0 is an empty place; its size is a power of two

// begin empties the set and makes room for n hashes.
func (s *seen) begin(n int) {
	size := 64
	for size < 2*n {
		size *= 2
	}
	if size > cap(s.table) {
		s.table = make([]gazetteer.Hash, size)
		return
	}
	s.table = s.table[:size]
	clear(s.table)
}

// at gives where a hash is, or would be.
func (s *seen) at(hash gazetteer.Hash) *gazetteer.Hash {
	mask := gazetteer.Hash(len(s.table) - 1)
	for i := hash ^ hash>>32; ; i++ {
		if p := &s.table[i&mask]; *p == hash || *p == 0 {
			return p
		}
	}
}

func (s *seen) add(hash gazetteer.Hash)      { *s.at(hash) = hash }
func (s *seen) has(hash gazetteer.Hash) bool { return hash != 0 && *s.at(hash) == hash }
