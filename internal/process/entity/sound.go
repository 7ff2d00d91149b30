package entity

import (
	_ "embed" // the names
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"entente/internal/gazetteer"
)

//go:embed data/world.tsv
var worldTable string

// What data/world.tsv says of a word, in bits.
const (
	heardGiven   = 1 << iota // it sounds like a given name
	heardSurname             // it sounds like a surname
)

// heard are the names of the world by how they sound, vowels included. A text in
// Arabic letters writes nearly every vowel of a foreign name, and so much tells
// كلينتون to be Clinton where the list has Latin letters alone. It is read-only.
type heard struct {
	slots []uint32 // by open addressing: a sound's hash, and in its two low bits what it is; 0 is free
}

const heardBits = heardGiven | heardSurname

func loadHeard() *heard {
	all := map[uint32]uint32{}
	for line := range strings.Lines(worldTable) {
		list, names, ok := strings.Cut(strings.TrimSpace(line), "\t")
		is := map[string]uint32{"given": heardGiven, "surname": heardSurname}[list]
		if !ok || is == 0 {
			continue
		}
		var w gazetteer.Words
		w.Scan(marked.Replace(names))
		for i := range w.List {
			word := &w.List[i]
			fold := w.Fold[word.From:word.Stem]
			for way := range ways {
				if way > 0 && (word.Script != gazetteer.Latin || !strings.Contains(string(fold), ways[way].from)) {
					continue
				}
				key, n := sound(fold, way)
				if n >= 2 {
					all[key] |= is
				}
			}
		}
	}
	size := 1
	for 2*size < 3*len(all) {
		size *= 2
	}
	h := &heard{make([]uint32, size)}
	for _, key := range slices.Sorted(maps.Keys(all)) {
		at := h.start(key)
		for h.slots[at] != 0 {
			at = (at + 1) & (size - 1)
		}
		h.slots[at] = key&^heardBits | all[key]
	}
	return h
}

// start gives the slot where the search for a hash begins.
func (h *heard) start(key uint32) int { return int(key>>2) & (len(h.slots) - 1) }

// of tells what a folded word sounds like.
func (h *heard) of(fold []byte) uint32 {
	key, n := sound(fold, 0)
	if n < 2 {
		return 0
	}
	for at := h.start(key); h.slots[at] != 0; at = (at + 1) & (len(h.slots) - 1) {
		if s := h.slots[at]; s&^heardBits == key&^heardBits {
			return s & heardBits
		}
	}
	return 0
}

// marked are letters whose marks say how they sound, which folding leaves out.
var marked = strings.NewReplacer("č", "tch", "Č", "Tch", "ć", "tch", "Ć", "Tch", "ç", "sh", "š", "sh", "Š", "Sh", "ş", "sh", "Ş", "Sh", "ś", "sh", "Ś", "Sh",
	"ž", "j", "Ž", "J", "ź", "z", "ğ", "gh", "ñ", "ny", "ł", "l", "Ł", "L", "ö", "o", "ü", "u", "ø", "o", "å", "o", "Å", "O")

// ways are the readings of Latin letters that languages differ in: the first is
// for all, of the others each changes one letter or pair.
var ways = [...]struct{ from, to string }{{}, {"g", "j"}, {"j", "y"}, {"j", "h"}, {"ch", "sh"}, {"ch", "k"}, {"w", "v"}, {"h", ""}, {"z", "ts"}, {"c", "tch"}, {"gn", "ny"}, {"e", ""}, {"er", "r"}}

// sound gives a hash of how a folded word sounds, and how many consonants it has.
// Letters that Arabic does not tell apart are one; vowels are one sound, however
// many, and a last e is silent. way is a number of ways.
func sound(fold []byte, way int) (key uint32, consonants int) {
	if w := ways[way]; way > 0 {
		fold = []byte(strings.ReplaceAll(string(fold), w.from, w.to))
	}
	if n := len(fold); n > 3 && fold[n-1] == 'e' {
		fold = fold[:n-1]
	}
	key = 2166136261
	last := byte(0)
	add := func(s byte) {
		if s == 0 || s == last {
			return
		}
		if s != 'a' {
			consonants++
		}
		last = s
		key = (key ^ uint32(s)) * 16777619
	}
	for i := 0; i < len(fold); {
		r, n := rune(fold[i]), 1
		next := byte(0)
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRune(fold[i:])
		} else if i+1 < len(fold) {
			next = fold[i+1]
		}
		i += n
		switch {
		case next == 'h' && strings.ContainsRune("sckgpzdt", r):
			i++
			switch r {
			case 's':
				add('x')
			case 'c':
				add('t')
				add('x')
			case 'k':
				add('h')
			case 'g':
				add('k')
			case 'p':
				add('f')
			case 'z':
				add('j')
			case 'd':
				add('z')
			case 't':
				if i < len(fold) && fold[i] == 'c' {
					continue
				}
				add('t')
			}
		case r == 't' && next == 'c' && i+1 < len(fold) && fold[i+1] == 'h': // tch
		case r == 's' && next == 'c' && i+1 < len(fold) && fold[i+1] == 'h': // sch
			i += 2
			add('x')
		case r == 'c' && (next == 'e' || next == 'i' || next == 'y'):
			add('s')
		case r == 'x':
			add('k')
			add('s')
		case r == 'ц':
			add('t')
			add('s')
		case r == 'ч':
			add('t')
			add('x')
		case r == 'щ':
			add('x')
		default:
			if r < utf8.RuneSelf {
				add(latinSound[r])
			} else if r >= 0x0400 && r < 0x0700 {
				add(otherSound[r-0x0400])
			}
		}
	}
	return key, consonants
}

// latinSound and otherSound are what letters sound like: a for every vowel.
var latinSound, otherSound = func() (latin [utf8.RuneSelf]byte, other [0x300]byte) {
	for s, letters := range map[byte]string{
		'a': "aeiouywаеиоуыэюяйіїєاويىع", 'b': "bpбпبپ", 'f': "fvвфفڤ", 'm': "mмم", 'n': "nнن", 'l': "lлل", 'r': "rрر", 't': "tтتطث",
		'd': "dдدض", 'z': "zзزذظ", 's': "sсصس", 'x': "шش", 'c': "چ", 'j': "jжجژ", 'k': "kqcкقكگغг", 'h': "hхخحه",
	} {
		if s == 'k' {
			letters = "kqcgкقكگغг"
		}
		for _, r := range letters {
			if r < utf8.RuneSelf {
				latin[r] = s
			} else {
				other[r-0x0400] = s
			}
		}
	}
	return latin, other
}()
