package entity

import (
	"bytes"
	"unicode/utf8"

	"entente/internal/centre"
	"entente/internal/entities"
	"entente/internal/gazetteer"
)

// look fills in what is known of words that may be in a name and of their
// neighbours alone. Words are looked at in order: a name of a place that begins at
// a word that nobody looks at is not seen.
func (v *view) look(i int) {
	t := &v.tokens[i]
	if t.looked {
		return
	}
	t.looked = true
	w := &v.words.List[i]
	fold := v.words.Fold[w.From:w.To]
	t.affixes(fold)
	if i >= v.placeUntil {
		v.place, v.placeUntil = v.placeAt(i)
		t.place = v.place
	} else {
		t.place = v.place + 8
	}
	t.heard = v.k.heard.of(fold[:w.Stem-w.From])
	if w.Script != gazetteer.Arabic {
		return
	}
	t.vowels = longVowels(fold)
	if t.heard == 0 && !w.Al {
		if bare := bareArabic(fold); len(bare) < len(fold) {
			t.heard = v.k.heard.of(bare) << 2
		}
	}
}

// lookAround looks at word i and at the words beside it in the chunk [from, until).
func (v *view) lookAround(i, from, until int) {
	for k := max(from, i-1); k < min(until, i+2); k++ {
		v.look(k)
	}
}

// longVowels gives the long vowels of a word in Arabic letters and where they
// stand, two bits a letter: foreign names have them between most consonants.
func longVowels(fold []byte) uint32 {
	all := uint32(1)
	for i := 0; i+1 < len(fold); i += 2 {
		all <<= 2
		switch [2]byte(fold[i:]) {
		case [2]byte{0xd8, 0xa7}: // ا
			all |= 1
		case [2]byte{0xd9, 0x88}: // و
			all |= 2
		case [2]byte{0xd9, 0x8a}: // ي
			all |= 3
		}
	}
	return all
}

// placeAt looks for the name of a place that begins at word i, and gives a
// number for what it is and the word after it.
func (v *view) placeAt(i int) (uint32, int) {
	w := &v.words.List[i]
	if w.Digits || (w.Script == gazetteer.Latin || w.Script == gazetteer.Cyrillic) && !w.Upper {
		return 0, i + 1
	}
	fold := v.words.Fold[w.From:w.To]
	if w.Script == gazetteer.Cyrillic {
		return v.placeFrom(i, gazetteer.HashStems.AddStem(&v.words, w))
	}
	if p, next := v.placeFrom(i, w.Hash); p != 0 {
		return p, next
	}
	if w.Script == gazetteer.Arabic && !w.Al && len(fold) >= 4*2 {
		if !prefixed(fold) {
			return 0, i + 1
		}
		rest := fold[2:]
		if bare, ok := bytes.CutPrefix(rest, []byte("ال")); ok && len(bare) >= 3*2 {
			return v.placeFrom(i, gazetteer.HashStart.Add(bare))
		}
		if bytes.HasPrefix(fold, []byte("لل")) {
			rest = rest[2:]
		}
		return v.placeFrom(i, gazetteer.HashStart.Add(rest))
	}
	return 0, i + 1
}

// placed tells that the name of a place begins at word i.
func (v *view) placed(i int) bool {
	place, _ := v.placeAt(i)
	return place != 0
}

func (v *view) placeFrom(i int, h gazetteer.Hash) (found uint32, next int) {
	next = i + 1
	list := v.words.List
	longest := 1
	for last := i; ; {
		var words int
		v.places, words = v.k.gazetteer.Candidates(v.places[:0], h)
		if last == i {
			longest = max(words, 1)
		}
		if len(v.places) > 0 && !v.places[0].Weak {
			found, next = placeNumber(&v.places[0]), last+1
		}
		last++
		if last >= len(list) || last >= i+longest || last > i+4 || !entities.Joined(v.text[list[last-1].End:list[last].Start]) {
			return found, next
		}
		if list[i].Script == gazetteer.Cyrillic {
			h = h.AddStem(&v.words, &list[last])
		} else {
			h = h.Add(v.words.Fold[list[last].From:list[last].To])
		}
	}
}

// smallPlace is the population below which a place is no feature.
const smallPlace = 5_000

func placeNumber(c *gazetteer.Candidate) uint32 {
	switch {
	case c.Class == centre.PlaceCountry:
		return 1
	case c.Class == centre.PlaceRegion || c.Class == centre.PlaceAdmin1:
		return 2
	case c.Class == centre.PlaceCapital || c.Population >= 500_000:
		return 3
	case c.Population >= 50_000:
		return 4
	case c.Population < smallPlace:
		return 0 // their names are words, more often than not
	}
	return 5
}

func (t *token) affixes(fold []byte) {
	at := 0
	for n := range t.prefix {
		_, size := utf8.DecodeRune(fold[at:])
		if at += size; at >= len(fold) {
			break
		}
		t.prefix[n] = hash(fold[:at])
	}
	at = len(fold)
	for n := range t.suffix {
		_, size := utf8.DecodeLastRune(fold[:at])
		if at -= size; at <= 0 {
			break
		}
		t.suffix[n] = hash(fold[at:])
	}
}
