package echo

import "math"

// counts says how many texts of each language have a key.
type counts [maxLanguages]uint16

// table has counts by key: a hash table with open addressing, since a text asks
// for hundreds of keys, and finds each where it begins to look, mostly.
type table struct {
	slots []slot // a power of two
	used  int
}

type slot struct {
	hash  uint32
	taken bool
	with  counts
}

func newTable() table { return table{slots: make([]slot, 1<<8)} }

func home(hash uint32) uint64 { return uint64(hash) * 0x9e3779b97f4a7c15 >> 32 }

// find gives the slot of a key, or the free one where it would stand.
func (t *table) find(hash uint32) *slot {
	for at := home(hash); ; at++ {
		if s := &t.slots[at&uint64(len(t.slots)-1)]; !s.taken || s.hash == hash {
			return s
		}
	}
}

// ahead looks where the keys of a signature begin, so that the processor fetches
// many at once: nearly all lie elsewhere in memory, and to wait for one after the
// other takes longer than all else that is done with them.
func (t *table) ahead(keys []key) (sum uint32) {
	for _, k := range keys {
		sum += t.slots[home(k.hash)&uint64(len(t.slots)-1)].hash
	}
	return sum
}

// add counts a text of a language that has a key, and gives the counts of the key.
func (t *table) add(hash uint32, language int) counts {
	s := t.find(hash)
	if !s.taken {
		if 4*(t.used+1) > 3*len(t.slots) {
			t.renew(2 * len(t.slots))
			s = t.find(hash)
		}
		s.hash, s.taken = hash, true
		t.used++
	}
	if s.with[language] < math.MaxUint16 {
		s.with[language]++
	}
	return s.with
}

// halve halves all counts and forgets the keys that were counted once.
func (t *table) halve() {
	for i := range t.slots {
		s := &t.slots[i]
		left := false
		for l := range s.with {
			s.with[l] /= 2
			left = left || s.with[l] > 0
		}
		s.taken = left
	}
	t.renew(len(t.slots))
}

// renew puts what is counted into a table of so many slots.
func (t *table) renew(slots int) {
	old := t.slots
	t.slots, t.used = make([]slot, slots), 0
	for i := range old {
		if old[i].taken {
			*t.find(old[i].hash) = old[i]
			t.used++
		}
	}
}
