package lexis

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a word while it is being cut. It is only good during the call that
// it is given to.
type token struct {
	text       string   // normalised
	light      string   // compatibility and case folded alone, for stemmers that need the letters
	parts      []string // normalised words that it is also found by
	joined     bool     // parts are all of it, divided by zero-width non-joiners
	script     script
	start, end int // code points
}

// scanner cuts a text into words. It is not safe for concurrent use.
type scanner struct {
	stems stemmers
	known *stemmers // whose words are given again, and not made anew; may be nil
	tok   token
	buf   []byte
}

// class is what a rune is to the cutting of words.
type class byte

const (
	other      class = iota // divides words
	letter                  // letters and numbers
	ideograph               // a word of its own
	inner                   // marks and controls: only inside a word, where they are dropped
	apostrophe              // inside a word, between letters
)

const (
	zwnj    = '\u200c'
	tatweel = '\u0640'
)

func classOf(r rune) class {
	if r < quick {
		return classes[r]
	}
	return findClass(r)
}

// quick is the bound of the runes whose class is remembered: those of the
// alphabets, and of ordinary punctuation.
const quick = 0x2100

var classes = func() (all [quick]class) {
	for r := range all {
		all[r] = findClass(rune(r))
	}
	return all
}()

func findClass(r rune) class {
	switch {
	case r < utf8.RuneSelf:
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9':
			return letter
		case r == '\'':
			return apostrophe
		}
		return other
	case 0x600 <= r && r < 0x700 && unicode.IsLetter(r), 0x400 <= r && r < 0x482:
		return letter
	}
	switch r {
	case '’', '‘', 'ʼ', '＇', '׳', '״':
		return apostrophe
	case utf8.RuneError:
		return other
	case 'ー', '々', 'ｰ':
		return ideograph
	}
	switch {
	case r >= 0x2e80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return ideograph
		}
		return other
	case unicode.IsLetter(r), unicode.IsNumber(r):
		return letter
	case unicode.IsMark(r), unicode.Is(unicode.Cf, r):
		return inner
	}
	return other
}

// scan calls emit with the words of text, in order.
func (s *scanner) scan(text string, emit func(*token)) {
	at, index := 0, 0 // byte and code point
	for at < len(text) {
		r, size := decode(text[at:])
		switch classOf(r) {
		case letter:
			n, points := s.word(text[at:], index, emit)
			at += n
			index += points
		case ideograph:
			s.give(text[at:at+size], index, index+1, emit)
			at += size
			index++
		default:
			at += size
			index++
		}
	}
}

func decode(text string) (rune, int) {
	if c := text[0]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(text)
}

// word takes the word that text begins with, and returns its length in bytes
// and in code points.
func (s *scanner) word(text string, index int, emit func(*token)) (size, points int) {
	end, endPoints := 0, 0 // after the last letter
	quote := -1            // byte of the first apostrophe
	plain := true          // letters of ASCII only
	for size < len(text) {
		r, n := decode(text[size:])
		c := classOf(r)
		if c == other || c == ideograph {
			break
		}
		if c == apostrophe {
			next, _ := utf8.DecodeRuneInString(text[size+n:])
			if end != size || classOf(next) != letter {
				break
			}
			if head := text[:size]; elided(head) && letters(text[size+n:], 2) {
				s.give(head, index, index+points, emit)
				return size + n, points + 1
			}
			if quote < 0 {
				quote = size
			}
		}
		size += n
		points++
		if c == letter {
			end, endPoints = size, points
		}
		plain = plain && r < utf8.RuneSelf
	}
	raw := text[:end]
	if quote >= 0 {
		if tail := trimApostrophe(raw[quote:]); tail == "s" || tail == "S" {
			raw, quote = raw[:quote], -1
		}
	}
	if quote >= 0 {
		if head := s.normal(raw[:quote]); utf8.RuneCountInString(head) >= 3 && whole(head) {
			s.tok.parts = append(s.tok.parts, head)
		}
	} else if !plain && strings.ContainsRune(raw, zwnj) {
		for part := range strings.SplitSeq(raw, string(zwnj)) {
			if part := s.normal(part); utf8.RuneCountInString(part) >= 2 && whole(part) {
				s.tok.parts = append(s.tok.parts, part)
			}
		}
		s.tok.joined = true
	}
	s.give(raw, index, index+endPoints, emit)
	return end, endPoints
}

func trimApostrophe(text string) string {
	_, n := utf8.DecodeRuneInString(text)
	return text[n:]
}

// elided reports whether head is a French word that an apostrophe
// ties to the next: l'état, d'Ivoire, qu'il.
func elided(head string) bool {
	if len(head) > len("lorsqu") { // and is not looked at again at every apostrophe of a long run
		return false
	}
	switch strings.ToLower(head) {
	case "l", "d", "j", "m", "n", "s", "t", "c", "qu", "jusqu", "lorsqu", "puisqu":
		return true
	}
	return false
}

// letters reports whether text begins with at least n letters.
func letters(text string, n int) bool {
	for _, r := range text {
		if n == 0 {
			break
		}
		if classOf(r) != letter {
			return false
		}
		n--
	}
	return n == 0
}

// give normalises raw and emits it, unless nothing is left of it.
func (s *scanner) give(raw string, start, end int, emit func(*token)) {
	t := &s.tok
	t.start, t.end = start, end
	t.text, t.light = s.fold(raw)
	if t.text != "" {
		t.script = scriptOf(t.text)
		if !whole(t.text) {
			var again scanner
			again.scan(t.text, func(piece *token) {
				piece.start, piece.end = start, end
				emit(piece)
			})
		} else {
			emit(t)
		}
	}
	t.parts, t.joined = t.parts[:0], false
}

// whole reports whether a folded word is cut no further.
func whole(text string) bool {
	for i, r := range text {
		if classOf(r) != letter && (i > 0 || utf8.RuneLen(r) < len(text)) {
			return false
		}
	}
	return true
}
