package gazetteer

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Key is the strict name key of the domain brief, section 7, for retrieval
// alone: two spellings with one key may still name different places.
//
// Compatibility forms, case, diacritics, apostrophes, bidi controls and joiners
// are folded; Arabic and Persian letters to one orthography, without the article
// ال where three letters remain; ё to е, without ъ and ь; Latin forms of the
// Arabic article (al-, as-, ...) are left out before another word. Words are
// divided by single spaces.
func Key(name string) string {
	var w Words
	w.Scan(norm.NFKC.String(name))
	return string(strictKey(nil, &w))
}

func strictKey(dst []byte, w *Words) []byte {
	for i, word := range w.List {
		fold := w.Fold[word.From:word.To]
		if i+1 < len(w.List) && word.Script == Latin && IsArticle(fold) {
			continue
		}
		if len(dst) > 0 {
			dst = append(dst, ' ')
		}
		dst = append(dst, fold...)
	}
	return dst
}

// IsArticle tells a Latin form of the Arabic article, in folded form.
func IsArticle(fold []byte) bool {
	switch string(fold) {
	case "al", "el", "ul", "as", "ash", "ad", "ar", "an", "at", "az", "ez", "es", "et", "er", "ed":
		return true
	}
	return false
}

// Hash is the hash of a run of words, as the index holds it.
type Hash uint64

// HashStart is the hash of no word.
const HashStart Hash = 14695981039346656037

const hashPrime = 1099511628211

// Add is the hash of the run with one word more, given in its folded form.
func (h Hash) Add(fold []byte) Hash {
	if h != HashStart && h != stemStart {
		h = (h ^ ' ') * hashPrime
	}
	for _, c := range fold {
		h = (h ^ Hash(c)) * hashPrime
	}
	return h
}

// final spreads h over all its bits: the index is divided by the first of them.
func (h Hash) final() uint64 {
	x := uint64(h)
	x ^= x >> 32
	x *= 0xd6e8feb86659fd93
	x ^= x >> 32
	x *= 0xd6e8feb86659fd93
	return x ^ x>>32
}

const stemStart Hash = 0x9e3779b97f4a7c15

// HashStems is the start for a run of the stems of Cyrillic words.
const HashStems = stemStart

// AddStem adds the stem of a Cyrillic word, or the whole of any other.
func (h Hash) AddStem(w *Words, word *Word) Hash {
	h = h.Add(w.Fold[word.From:word.Stem])
	if word.Ia {
		h = (h ^ 1) * hashPrime
	}
	return h
}

// HashKey is the hash of a key.
func HashKey(key string) Hash {
	h := HashStart
	for word := range strings.SplitSeq(key, " ") {
		h = h.Add([]byte(word))
	}
	return h
}

// HashLoose is the start for a run of Latin words in their loose form; see
// AddLoose.
const HashLoose Hash = 0xc2b2ae3d27d4eb4f

// AddLoose adds a Latin word with what transliterations of Arabic and Persian
// names write differently made the same (domain brief, section 7): q, k and g; kh
// and h; gh and g; dh, th, z and s; j and dj; ou, oo, u, w and o; ee, y, i and e;
// doubled letters; a last -ah, -eh or -a. Such keys are made for the places of
// the region alone, and are asked for where a strict key finds nothing. letters
// is how many letters are left, which says how much the key is worth.
func (h Hash) AddLoose(fold []byte) (_ Hash, letters int) {
	if h != HashLoose {
		h = (h ^ ' ') * hashPrime
	}
	last := byte(0)
	for i := 0; i < len(fold); i++ {
		c := fold[i]
		next := byte(0)
		if i+1 < len(fold) {
			next = fold[i+1]
		}
		switch c {
		case 'q', 'g':
			c = 'k'
		case 'y', 'e':
			c = 'i'
		case 'o', 'w':
			c = 'u'
		case 'z':
			c = 's'
		}
		switch {
		case next == 'h' && (c == 'k' || c == 'd' || c == 't'): // kh, gh, dh, th
			i++
			if c != 'k' {
				c = 's'
			} else if fold[i-1] == 'k' {
				c = 'h'
			}
		case c == 'd' && next == 'j':
			continue
		case c == 'h' && next == 0:
			continue
		case c == 'i' && next == 0 && last != 0: // Raqqe, Raqqa
			c = 'a'
		}
		if c == last {
			continue
		}
		last = c
		letters++
		h = (h ^ Hash(c)) * hashPrime
	}
	return h, letters
}

// looseKey is the loose key of a name; false where too little is left of it.
func looseKey(name string) (k nameKey, ok bool) {
	var w Words
	w.Scan(norm.NFKC.String(name))
	if len(w.List) == 0 || len(w.List) > 3 || w.List[0].Script != Latin {
		return k, false
	}
	k = nameKey{hash: HashLoose, other: true}
	letters := 0
	for i := range w.List {
		fold := w.Fold[w.List[i].From:w.List[i].To]
		if i+1 < len(w.List) && IsArticle(fold) {
			continue
		}
		n := 0
		k.hash, n = k.hash.AddLoose(fold)
		letters += n
		if k.words++; k.words == 1 {
			k.first = k.hash
		}
	}
	return k, letters >= MinLoose
}

// MinLoose is how many letters a loose key has at least.
const MinLoose = 5

// nameKey is one way in which a name is found.
type nameKey struct {
	hash          Hash
	first         Hash // of its first word alone
	words         int
	other         bool // of a further spelling
	demonym       bool
	article, bare bool // of an Arabic name: with the article, without
	// weak keys are found by Lookup and as a qualifier after a comma, but are
	// not looked for in running text.
	weak bool
}

// nameKeys gives the keys under which name goes into the index. Weak names,
// such as abbreviations, get weak keys alone.
func nameKeys(dst []nameKey, name string, weak bool) []nameKey {
	var w Words
	w.Scan(norm.NFKC.String(name))
	if len(w.List) == 0 || len(w.List) > MaxWords {
		return dst
	}
	begin := len(dst)
	add := func(k nameKey) {
		for i := begin; i < len(dst); i++ {
			if dst[i].hash == k.hash {
				dst[i].weak = dst[i].weak && k.weak
				dst[i].other = dst[i].other && k.other
				dst[i].demonym = dst[i].demonym && k.demonym
				dst[i].article, dst[i].bare = dst[i].article || k.article, dst[i].bare || k.bare
				return
			}
		}
		dst = append(dst, k)
	}
	add(runKey(&w, w.List, weak))
	if w.List[0].Script == Cyrillic {
		k := nameKey{hash: HashStems, words: len(w.List), weak: weak}
		for i := range w.List {
			k.hash = k.hash.AddStem(&w, &w.List[i])
			if i == 0 {
				k.first = k.hash
			}
		}
		add(k)
	}
	if w.List[0].Script == Latin {
		stripped := slices.Clone(w.List)
		spanish := false
		for i := len(stripped) - 2; i >= 0; i-- {
			fold := w.Fold[stripped[i].From:stripped[i].To]
			if IsArticle(fold) {
				spanish = spanish || string(fold) == "el"
				stripped = slices.Delete(stripped, i, i+1)
			}
		}
		// "El Paso" is not called Paso in a text, but al-Fallujah is Fallujah.
		short := len(stripped) == 1 && stripped[0].To-stripped[0].From < 4
		add(runKey(&w, stripped, weak || spanish || short))
	}
	if strings.ContainsRune(name, zwnj) {
		dst = nameKeys(dst, strings.ReplaceAll(name, string(rune(zwnj)), " "), weak)
	}
	return dst
}

func runKey(w *Words, list []Word, weak bool) nameKey {
	k := nameKey{hash: HashStart, words: len(list), weak: weak}
	for i := range list {
		k.hash = k.hash.Add(w.Fold[list[i].From:list[i].To])
		if i == 0 {
			k.first = k.hash
		}
	}
	return k
}

// russianStem gives the length of the stem of a folded Cyrillic word: what is
// left without its case ending, at least three letters. Soft tells that the
// ending was one of -ия: Индия and Инд have different stems.
func russianStem(fold []byte) (n int, soft bool) {
	if len(fold) == 0 {
		return 0, false
	}
	last := fold[len(fold)-1] // tells the letters а to я apart
	for _, ending := range softEndings[last] {
		if bytes.HasSuffix(fold, ending) && len(fold)-len(ending) >= 2*2 {
			return len(fold) - len(ending), true
		}
	}
	for _, ending := range hardEndings[last] {
		if bytes.HasSuffix(fold, ending) && len(fold)-len(ending) >= 3*2 {
			return len(fold) - len(ending), false
		}
	}
	return len(fold), false
}

// The endings of nouns and adjectives in place names, longest first. ь and ъ
// are gone from folded words.
var (
	softEndings = endings("иями ией иею иям иях ия ии ию")
	hardEndings = endings("ого его ому ему ыми ими ами ями ой ей ом ем ою ею ам ям ах ях ый ий ая яя ое ее ые ие ых их ым им ую юю а я о е ы и у ю")
)

// endings gives them by their last byte, in the order of the list.
func endings(list string) (by [256][][]byte) {
	for ending := range strings.FieldsSeq(list) {
		last := ending[len(ending)-1]
		by[last] = append(by[last], []byte(ending))
	}
	return by
}
