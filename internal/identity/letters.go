package identity

import "strings"

// letter reads a digraph at place i; n is 0 where there is none.
func (r reading) letter(w []rune, i int) (letter, int) {
	three := func(a, b, c rune) bool { return i+2 < len(w) && w[i] == a && w[i+1] == b && w[i+2] == c }
	two := func(a, b rune) bool { return i+1 < len(w) && w[i] == a && w[i+1] == b }
	switch w[i] {
	case 's':
		switch {
		case i+3 < len(w) && string(w[i:i+4]) == "shch":
			return letter{'x', 0}, 4
		case three('s', 'c', 'h'):
			return letter{'x', 0}, 3
		case two('s', 'h'):
			return letter{'x', 0}, 2
		}
	case 't':
		switch {
		case three('t', 'c', 'h'):
			return letter{'c', 0}, 3
		case two('t', 'h'):
			if r.th {
				return letter{'s', 0}, 2
			}
			return letter{'t', 0}, 2
		}
	case 'c':
		switch {
		case two('c', 'h') && r.th: // Michael
			return letter{'k', 0}, 2
		case two('c', 'h'):
			return letter{'c', 0}, 2
		case two('c', 'k'):
			return letter{'k', 0}, 2
		case i+1 < len(w) && strings.ContainsRune("eiy", w[i+1]):
			if r.g { // Recep
				return letter{'j', 0}, 1
			}
			return letter{'s', 0}, 1
		}
	case 'k', 'g', 'z', 'd', 'p', 'q':
		switch {
		case two('k', 'h'):
			return letter{'h', 0}, 2
		case two('g', 'h'):
			return letter{'k', 0}, 2
		case three('d', 'z', 'h'):
			return letter{'j', 0}, 3
		case two('z', 'h'), two('d', 'j'):
			return letter{'j', 0}, 2
		case two('d', 'h'):
			return letter{'d', 0}, 2
		case two('p', 'h'):
			return letter{'f', 0}, 2
		}
	case 'o', 'e', 'i', 'u':
		switch {
		case two('o', 'u'), two('o', 'o'), two('u', 'u'):
			return letter{0, vowelU | vowelLong}, 2
		case two('e', 'e'), two('i', 'i'):
			return letter{0, vowelI | vowelLong}, 2
		}
	case 'д':
		if two('д', 'ж') {
			return letter{'j', 0}, 2
		}
	case 'ت':
		if two('ت', 'ش') {
			return letter{'c', 0}, 2
		}
	}
	return letter{}, 0
}

// single reads the letter at place i.
func (r reading) single(w []rune, i int) (letter, int) {
	switch c := w[i]; c {
	case 'g':
		if r.g {
			return letter{'j', 0}, 1
		}
		return letter{'k', 0}, 1
	case 'г':
		if r.g {
			return letter{'h', 0}, 1
		}
		return letter{'k', 0}, 1
	case 'ج':
		if r.g {
			return letter{'k', 0}, 1
		}
		return letter{'j', 0}, 1
	case 'ث':
		if r.th {
			return letter{'s', 0}, 1
		}
		return letter{'t', 0}, 1
	case 'w', 'و':
		if r.consonantal(w, i) {
			return letter{'f', 0}, 1
		}
		if c == 'و' {
			return letter{0, vowelU | vowelLong}, 1
		}
		return letter{0, vowelU}, 1
	case 'j':
		if r.g && i == 0 {
			return letter{0, vowelI}, 1
		}
		return letter{'j', 0}, 1
	case 'h':
		if r.th && i > 0 && i+1 < len(w) && !strings.ContainsRune("aeiouyh", w[i+1]) {
			return letter{}, 1
		}
		return letter{'h', 0}, 1
	case 'y':
		return letter{0, vowelI}, 1
	case 'ه':
		if i == len(w)-1 && i > 0 { // the end of Persian names: خامنه
			return letter{0, vowelA | vowelI}, 1
		}
		return letter{'h', 0}, 1
	default:
		return letters[c], 1
	}
}

// consonantal tells how a letter that is both u and w is read.
func (r reading) consonantal(w []rune, i int) bool {
	switch r.w {
	case 1:
		return false
	case 2:
		return true
	}
	if i == 0 {
		return true
	}
	if w[i] == 'w' {
		return i+1 < len(w) && strings.ContainsRune("aeiouy", w[i+1])
	}
	near := func(k int) bool { return k >= 0 && k < len(w) && (w[k] == 'ا' || w[k] == 'ي') }
	return near(i+1) || near(i-1) && w[i-1] == 'ا'
}

// letters are those that are read alone, in the folded form. What is not here
// sounds like nothing.
var letters = func() map[rune]letter {
	m := map[rune]letter{}
	for class, all := range map[byte]string{
		'b': "bpбпبپ", 'f': "fvвфفڤ", 'm': "mмم", 'n': "nнن", 'l': "lлل", 'r': "rрرڕ", 't': "tтتط", 'd': "dzдзدذزضظ",
		's': "sсصس", 'x': "шщش", 'c': "чچ", 'j': "jжژ", 'k': "kqcкقكگغ", 'h': "hхخح",
	} {
		for _, r := range all {
			m[r] = letter{class, 0}
		}
	}
	m['ц'] = letter{'s', 0}
	m['x'] = letter{'s', 0}
	for vowels, all := range map[uint8]string{
		vowelA: "aаا", vowelA | vowelI: "eеэяä", vowelI: "iиыіїй", vowelI | vowelLong: "ي", vowelU | vowelO: "oо", vowelU: "uуюü",
	} {
		for _, r := range all {
			m[r] = letter{0, vowels}
		}
	}
	m['ع'] = letter{0, vowelA | vowelI | vowelU}
	return m
}()
