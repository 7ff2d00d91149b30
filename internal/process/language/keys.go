package language

import (
	"unicode"
	"unicode/utf8"
)

const (
	// shortest and longest are the lengths of n-grams, with the marks of a word's
	// ends. Every word of more letters is a key of its own besides.
	shortest, longest = 3, 5
	// shortLetters is after how many letters of a text the shortest n-grams are
	// left out: they are of most languages, so that they cost most and tell least.
	shortLetters = 40
	// maxWord is how many letters of a word are looked at.
	maxWord = 40
	// maxKeys bounds the keys of one reading.
	maxKeys = 1024
)

// edge marks the beginning and the end of a word.
const edge = '_'

// appendKeys gives the hashes of the n-grams in the first letters of text that
// belong to script, word by word, from those of least characters on; without
// names, not of words that begin with a capital. It stops after limit letters, at
// the end of the word, or after maxKeys keys.
//
// A word is a run of letters, in small letters, without the points of Arabic and
// Hebrew; of digits only those that stand among Latin letters, where they may be
// letters ("ma7aba"), and of marks the non-joiner, which Persian writes in words.
func appendKeys(keys []uint64, text string, script script, limit, least int, names bool) []uint64 {
	var word [maxWord + 2]rune
	word[0] = edge
	n, letters, proper, skip := 1, 0, false, false
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		i += size
		if r >= 'A' && r <= 'Z' {
			r |= 0x20
			skip = skip || n == 1 && !names
		}
		kind := classify(r)
		if kind == script || kind == digit && script == latin {
			if kind == script {
				letters++
				proper = true
				if r >= utf8.RuneSelf {
					small := unicode.ToLower(r)
					skip = skip || n == 1 && small != r && !names
					r = small
				}
			}
			if n <= maxWord {
				word[n] = r
				n++
			}
			continue
		}
		if kind == within && n > 1 {
			switch {
			case r != 0x200C:
			case word[n-1] == 'ه':
				word[n-1] = 'ە' // an older way to write that letter of Sorani
			case n <= maxWord:
				word[n] = r
				n++
			}
			continue
		}
		if n > 1 {
			if proper && !skip {
				keys = appendWord(keys, word[:n+1], least)
				if letters > shortLetters {
					least = shortest + 1
				}
			}
			n, proper, skip = 1, false, false
			if letters >= limit || len(keys) > maxKeys-4*maxWord {
				return keys
			}
		}
	}
	if n > 1 && proper && !skip {
		keys = appendWord(keys, word[:n+1], least)
	}
	return keys
}

// mostlyNames tells that the words of a text that begin with a capital inside it
// have more than half as many letters as its other words, of which there is one at
// least, and how many letters these have. The first word counts for neither, since
// any word has a capital there; what a hyphen joins to a name ("al-Sadr") is of
// the name. Scripts without capitals have no names.
func mostlyNames(text string, script script) (small int, ok bool) {
	var counts struct{ first, names, small int }
	count, particle := &counts.first, 0 // particle are the letters of the last small word
	last := rune(' ')
	for _, r := range text {
		if classify(r) == script {
			if k := classify(last); k != script && k != within && counts.first > 0 {
				if unicode.IsUpper(r) {
					if last == '-' {
						counts.small -= particle
						counts.names += particle
					}
					count = &counts.names
				} else {
					count = &counts.small
				}
				particle = 0
			}
			*count++
			if count == &counts.small {
				particle++
			}
		}
		last = r
	}
	return counts.small, counts.small > 1 && 2*counts.names > counts.small
}

// appendWord gives the keys of a word, from n-grams of least characters on. The
// first and the last of word are its edges.
func appendWord(keys []uint64, word []rune, least int) []uint64 {
	word[len(word)-1] = edge
	for i := 0; i+least <= len(word); i++ {
		h := seed
		for k, r := range word[i:min(len(word), i+longest)] {
			h = (h ^ uint64(r)) * prime
			if k >= least-1 {
				keys = append(keys, mix(h))
			}
		}
	}
	if len(word) > longest {
		h := seed + 1
		for _, r := range word {
			h = (h ^ uint64(r)) * prime
		}
		keys = append(keys, mix(h))
	}
	return keys
}

const (
	seed  = uint64(14695981039346656037)
	prime = 1099511628211
)

// mix spreads the bits of a hash (the finaliser of MurmurHash3).
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}
