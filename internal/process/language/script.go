package language

import (
	"unicode"
	"unicode/utf8"
)

// script is a writing system, or what a character is that belongs to none.
type script uint8

const (
	other script = iota // a writing system that is not listed
	latin
	arabic
	cyrillic
	devanagari
	hebrew
	han
	kana
	hangul
	greek
	armenian
	georgian
	bengali
	gurmukhi
	gujarati
	tamil
	telugu
	thai
	scripts // how many there are

	digit  script = 0xFD // an ASCII digit that also stands for a letter of Arabic
	within script = 0xFE // no letter, and no end of a word: points, joiners
	none   script = 0xFF // punctuation, space, symbols
)

// alone are the languages of writing systems that one language has to itself,
// as far as a centre of this region will ever read another.
var alone = [scripts]string{
	hebrew: "he", han: "zh", kana: "ja", hangul: "ko", greek: "el", armenian: "hy", georgian: "ka",
	bengali: "bn", gurmukhi: "pa", gujarati: "gu", tamil: "ta", telugu: "te", thai: "th",
}

// classify gives the script of a letter, or what else a character is.
func classify(r rune) script {
	if uint(r) < uint(len(short)) {
		return short[r]
	}
	return find(r)
}

// short has the classes of the characters of one or two bytes.
var short = func() (all [0x800]script) {
	for r := range all {
		all[r] = find(rune(r))
	}
	return all
}()

func find(r rune) script {
	switch {
	case r < utf8.RuneSelf:
		switch {
		case r|0x20 >= 'a' && r|0x20 <= 'z':
			return latin
		case r >= '2' && r <= '9' && r != '4':
			return digit
		}
		return none
	case r < 0x0250:
		if r >= 0xC0 && r != 0xD7 && r != 0xF7 || r == 0xAA || r == 0xB5 || r == 0xBA {
			return latin
		}
		return none
	case r < 0x0370:
		switch {
		case r < 0x02B0:
			return latin
		case r >= 0x02BE && r <= 0x02BF || r == 0x02BB || r == 0x02BC: // ʾ ʿ ʻ ʼ of transliterations
			return within
		case r >= 0x0300:
			return within
		}
		return none
	case r < 0x0400:
		return letter(r, greek)
	case r < 0x0530:
		return mark(r, r >= 0x0483 && r <= 0x0489, cyrillic)
	case r < 0x0590:
		return letter(r, armenian)
	case r < 0x0600:
		return mark(r, r < 0x05D0, hebrew)
	case r < 0x0780, r >= 0x08A0 && r < 0x0900, r >= 0xFB50 && r < 0xFE00, r >= 0xFE70 && r < 0xFEFD:
		return mark(r, r >= 0x064B && r <= 0x065F || r == 0x0670 || r == 0x0640 || r >= 0x06D6 && r <= 0x06ED && r != 0x06D5, arabic)
	case r == 0x200C || r == 0x200D:
		return within
	case r >= 0x0900 && r < 0x0980:
		return sign(r, devanagari)
	case r >= 0x0980 && r < 0x0A00:
		return sign(r, bengali)
	case r >= 0x0A00 && r < 0x0A80:
		return sign(r, gurmukhi)
	case r >= 0x0A80 && r < 0x0B00:
		return sign(r, gujarati)
	case r >= 0x0B80 && r < 0x0C00:
		return sign(r, tamil)
	case r >= 0x0C00 && r < 0x0C80:
		return sign(r, telugu)
	case r >= 0x0E00 && r < 0x0E80:
		return sign(r, thai)
	case r >= 0x10A0 && r < 0x1100, r >= 0x1C90 && r < 0x1CC0:
		return letter(r, georgian)
	case r >= 0x1100 && r < 0x1200, r >= 0xAC00 && r < 0xD7B0:
		return hangul
	case r >= 0x1E00 && r < 0x1F00:
		return latin
	case r >= 0x1F00 && r < 0x2000:
		return letter(r, greek)
	case r >= 0x3041 && r < 0x3100:
		return letter(r, kana)
	case r >= 0x3400 && r < 0xA000, r >= 0x20000 && r < 0x32000:
		return han
	case unicode.IsLetter(r):
		return other
	}
	return none
}

func letter(r rune, s script) script {
	if unicode.IsLetter(r) {
		return s
	}
	return none
}

// sign is a letter, or a vowel sign, which Indic writing counts as one.
func sign(r rune, s script) script {
	if unicode.IsLetter(r) || unicode.IsMark(r) {
		return s
	}
	return none
}

func mark(r rune, point bool, s script) script {
	switch {
	case point && (unicode.IsMark(r) || r == 0x0640):
		return within
	case unicode.IsLetter(r):
		return s
	}
	return none
}

// letters are how many letters of each script a text has.
type letters struct {
	of    [scripts]int
	total int
}

func (c *letters) add(text string) {
	ascii := 0
	for i := 0; i < len(text); {
		if b := text[i]; b < utf8.RuneSelf {
			if b|0x20 >= 'a' && b|0x20 <= 'z' {
				ascii++
			}
			i++
			continue
		}
		r, n := rune(text[i]&0x1F)<<6, 2
		if text[i]&0xE0 == 0xC0 && i+1 < len(text) && text[i+1]&0xC0 == 0x80 {
			r |= rune(text[i+1] & 0x3F)
		} else {
			r, n = utf8.DecodeRuneInString(text[i:])
		}
		i += n
		if s := classify(r); s < scripts {
			c.of[s]++
			c.total++
		}
	}
	c.of[latin] += ascii
	c.total += ascii
}

func (c *letters) sum(o *letters) {
	for s, n := range o.of {
		c.of[s] += n
	}
	c.total += o.total
}

// dominant gives the script of most letters. Japanese mixes ideographs with
// kana; a tenth of kana makes a text Japanese.
func (c *letters) dominant() (script, int) {
	best := other
	for s := other; s < scripts; s++ {
		if c.of[s] > c.of[best] {
			best = s
		}
	}
	if (best == han || best == kana) && c.of[kana]*10 >= c.of[han] {
		return kana, c.of[han] + c.of[kana]
	}
	return best, c.of[best]
}
