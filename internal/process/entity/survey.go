package entity

import "entente/internal/gazetteer"

// survey remembers of every word what stands beside it anywhere in the text: a
// name that is plain in one sentence helps in the next.
func (v *view) survey() {
	v.seen.begin(len(v.tokens))
	for i := range v.tokens {
		t := &v.tokens[i]
		bits := uint32(0)
		if i > 0 && t.before == gapSpace {
			p := &v.tokens[i-1]
			bits |= p.list & (1<<listGiven | 1<<listTitle | 1<<listOrg | 1<<listLoc)
			if p.state >= phraseRole && p.state != 8 {
				bits |= 1 << 5
			}
		}
		if i+1 < len(v.tokens) && v.tokens[i+1].before == gapSpace {
			n := &v.tokens[i+1]
			bits |= (n.list & (1<<listOrg | 1<<listLoc | 1<<listSaid)) << 6
		}
		switch w := &v.words.List[i]; {
		case w.Script != gazetteer.Latin && w.Script != gazetteer.Cyrillic:
		case !w.Upper:
			bits |= 1 << 12
		case t.before != gapEnd:
			bits |= 1 << 13
		}
		if bits != 0 {
			*v.seen.at(t.bare) |= bits
		}
	}
	v.measure()
	for i := range v.tokens {
		v.tokens[i].seen = *v.seen.at(v.tokens[i].bare)
	}
}

// near is how many words in small letters may stand between a word and the
// capital of a name that it belongs to ("министерство иностранных дел России").
const near = 3

// measure finds the words that are far from capitals and from digits.
func (v *view) measure() {
	list := v.words.List
	plain := func(i int) bool {
		w := &list[i]
		return !w.Upper && !w.Digits && (w.Script == gazetteer.Latin || w.Script == gazetteer.Cyrillic)
	}
	run := 0 // where the run of plain words began
	for i := 0; i <= len(list); i++ {
		if i < len(list) && plain(i) {
			continue
		}
		first, until := run+near, i-near
		if run == 0 { // no capital is before, none behind
			first = 0
		}
		if i == len(list) {
			until = i
		}
		for k := first; k < until; k++ {
			v.tokens[k].far = true
		}
		run = i + 1
	}
}

// sightings are bits by the hashes of words, in a table with open addressing.
type sightings struct{ slots []sighting }

type sighting struct{ key, bits uint32 }

// begin empties the table, and makes it large enough for so many words.
func (s *sightings) begin(words int) {
	size := 64
	for size < 2*words {
		size *= 2
	}
	s.slots = sized(s.slots, size)
	clear(s.slots)
}

// at gives the bits of a hash.
func (s *sightings) at(hash uint32) *uint32 {
	key := hash | 1 // a slot with no key is free
	i := int(hash*0x9e3779b1>>8) & (len(s.slots) - 1)
	for s.slots[i].key != key {
		if s.slots[i].key == 0 {
			s.slots[i].key = key
			break
		}
		i = (i + 1) & (len(s.slots) - 1)
	}
	return &s.slots[i].bits
}
