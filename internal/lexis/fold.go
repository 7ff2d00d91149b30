package lexis

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxRaw is how much of a word's spelling is looked at, in bytes: enough for
// MaxWord bytes with a mark on every letter.
const maxRaw = 512

// fold gives the normalised form of a word and, for the stemmers, the lightly
// folded one. The scanner's buffer is used anew by each call.
func (s *scanner) fold(raw string) (text, light string) {
	if len(raw) > maxRaw {
		raw = cut(raw, maxRaw)
	}
	if lower, ok := s.foldASCII(raw); ok {
		lower = cut(lower, MaxWord)
		return lower, lower
	}
	if text, ok := s.foldBlock(raw); ok {
		return cut(text, MaxWord), raw
	}
	light = lowered(norm.NFKC.String(raw))
	text = cut(s.letters(light), MaxWord)
	// Dropping a mark can bring letters together that compose; one more round
	// settles that. The bound is for letters that nobody has thought of.
	for range 4 {
		again := text
		if !norm.NFKC.IsNormalString(again) {
			again = norm.NFKC.String(again)
		}
		again = cut(s.letters(lowered(again)), MaxWord)
		if again == text {
			break
		}
		text = again
	}
	return text, light
}

// normal is the normalised form of a part of a word.
func (s *scanner) normal(raw string) string {
	text, _ := s.fold(raw)
	return text
}

// foldASCII is the fast way for the commonest words; it allocates nothing
// where the word is in lower case already.
func (s *scanner) foldASCII(raw string) (string, bool) {
	upper := false
	for i := range len(raw) {
		c := raw[i]
		switch {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
		case 'A' <= c && c <= 'Z':
			upper = true
		default:
			return "", false
		}
	}
	if !upper {
		return raw, true
	}
	s.buf = append(s.buf[:0], raw...)
	for i, c := range s.buf {
		if 'A' <= c && c <= 'Z' {
			s.buf[i] = c | 0x20
		}
	}
	return s.known.spelled(s.buf), true
}

// foldBlock is the fast way for words of the Arabic and the basic Cyrillic
// block, whose folding needs no normalisation form: letters of Arabic lose the
// marks that they could compose with, and the Cyrillic ones come composed.
func (s *scanner) foldBlock(raw string) (string, bool) {
	s.buf = s.buf[:0]
	for _, r := range raw {
		switch {
		case 0x600 <= r && r < 0x700 || 0x400 <= r && r < 0x482:
			r = blocks[r-0x400]
		case r == zwnj:
			continue
		default:
			return "", false
		}
		if r != 0 {
			s.buf = utf8.AppendRune(s.buf, r)
		}
	}
	return s.known.spelled(s.buf), true
}

// blocks are the folded letters of the Cyrillic and the Arabic block, from 0x400.
var blocks = func() (all [0x300]rune) {
	for i := range all {
		if r := rune(0x400 + i); r >= 0x600 {
			all[i] = foldArabic(r)
		} else {
			all[i] = foldRune(unicode.ToLower(r))
		}
	}
	return all
}()

func lowered(text string) string {
	b := make([]byte, 0, len(text))
	for _, r := range text {
		b = utf8.AppendRune(b, unicode.ToLower(r))
	}
	return string(b)
}

// letters folds each rune of a lightly folded word.
func (s *scanner) letters(light string) string {
	s.buf = s.buf[:0]
	for _, r := range light {
		if r < utf8.RuneSelf {
			if classOf(r) == letter {
				s.buf = append(s.buf, byte(r))
			}
			continue
		}
		switch f := foldRune(r); f {
		case 0:
		case 'ß':
			s.buf = append(s.buf, "ss"...)
		case 'æ':
			s.buf = append(s.buf, "ae"...)
		case 'œ':
			s.buf = append(s.buf, "oe"...)
		default:
			s.buf = utf8.AppendRune(s.buf, f)
		}
	}
	return string(s.buf)
}

// foldRune gives the letter or digit that stands for r, and 0 for none.
func foldRune(r rune) rune {
	switch {
	case 0x400 <= r && r < 0x482:
		switch r {
		case 'ё', 'ѐ':
			return 'е'
		case 'ѝ':
			return 'и'
		}
		return r
	case 0x600 <= r && r < 0x700:
		return foldArabic(r)
	}
	switch r {
	case 'ø':
		return 'o'
	case 'ł':
		return 'l'
	case 'đ', 'ð':
		return 'd'
	case 'ħ':
		return 'h'
	case 'ı':
		return 'i'
	case 'þ':
		return 't'
	case 'ŧ':
		return 't'
	case 'ə':
		return 'e'
	case 'ς':
		return 'σ'
	}
	switch {
	case unicode.Is(unicode.Nd, r):
		return '0' + rune(digitOf(r))
	case 0x2b0 <= r && r < 0x300, unicode.IsMark(r), unicode.Is(unicode.Cf, r):
		return 0 // modifier letters such as ʿ ʾ ʻ, and marks
	case unicode.In(r, unicode.Latin, unicode.Greek):
		if d := norm.NFD.PropertiesString(string(r)).Decomposition(); len(d) > 0 {
			r, _ = utf8.DecodeRune(d)
			return unicode.ToLower(r)
		}
		return r
	case unicode.IsLetter(r), unicode.IsNumber(r):
		return r
	}
	return 0
}

// foldArabic holds the rules for the Arabic script (DOMAIN: name keys).
func foldArabic(r rune) rune {
	switch r {
	case 'أ', 'إ', 'آ', 'ٱ', 'ٲ', 'ٳ', 'ٵ':
		return 'ا'
	case 'ؤ', 'ٶ':
		return 'و'
	case 'ئ', 'ى', 'ی', 'ے', 'ۓ', 'ۍ', 'ې', 'ٸ':
		return 'ي'
	case 'ة', 'ۀ', 'ہ', 'ۂ', 'ۃ', 'ە', 'ھ':
		return 'ه'
	case 'ک', 'ڪ':
		return 'ك'
	case 'ء', tatweel:
		return 0
	}
	switch {
	case unicode.Is(unicode.Nd, r):
		return '0' + rune(digitOf(r))
	case unicode.Is(unicode.Lo, r):
		return r
	}
	return 0
}

// digitOf gives the value of a decimal digit of any script: Unicode encodes
// each script's digits from zero to nine in one row.
func digitOf(r rune) int {
	start := r
	for unicode.Is(unicode.Nd, start-1) {
		start--
	}
	return int(r-start) % 10
}

// cut shortens text to at most n bytes, at the border of a code point.
func cut(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}
