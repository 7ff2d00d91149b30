package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Clean gives plain text as reports hold it: valid UTF-8 in normalisation form
// C, lines ended by \n, paragraphs divided by one blank line, single spaces,
// nothing invisible. Zero-width joiners and non-joiners stay where they shape
// letters (Arabic and Indic scripts). Cleaning twice changes nothing more.
func Clean(s string) string {
	s = strings.Trim(s, " \n")
	if clean(s) {
		return s
	}
	return rewrite(s)
}

// rewrite is Clean for a text that may be of any kind.
func rewrite(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	newlines, space := 0, false // pending
	last := rune(0)
	settled := true
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case c > ' ' && c != 0x7F:
				flush(&b, &newlines, &space)
				b.WriteByte(c)
				last = rune(c)
			case c == '\r':
				if i < len(s) && s[i] == '\n' {
					continue
				}
				newlines++
			case c == '\n':
				newlines++
			case c == '\v', c == '\f':
				newlines += 2
			case c == ' ', c == '\t':
				space = true
			}
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch {
		case r == 0x0085 || r == 0x2028:
			newlines++
		case r == 0x2029:
			newlines += 2
		case r == 0x200C || r == 0x200D:
			// A joiner counts where a letter before it can join, once.
			if newlines == 0 && !space && joins(last) {
				b.WriteRune(r)
				last = r
			}
		case invisible(r):
		case unicode.Is(unicode.Zs, r):
			space = true
		default:
			flush(&b, &newlines, &space)
			b.WriteRune(r)
			settled = settled && r < quick && (alone[r] || pointed(last, r))
			last = r
		}
	}
	if settled {
		return b.String()
	}
	return norm.NFC.String(b.String())
}

// quick is the bound of the runes of which it is remembered whether they are in
// normalisation form C whatever stands beside them: those of the alphabets, and
// of ordinary punctuation.
const quick = 0x2100

var alone = func() (all [quick]bool) {
	for r := range all {
		s := string(rune(r))
		all[r] = norm.NFC.PropertiesString(s).BoundaryBefore() && norm.NFC.IsNormalString(s)
	}
	return all
}()

// pointed tells that r is a mark of Arabic writing that stands right behind a
// letter with which it does not compose: a vowel sign, or the hamza of the Persian
// ezafe on ه. One mark alone has no order among others.
func pointed(last, r rune) bool {
	return r >= 0x064B && r <= 0x0652 && last < quick && alone[last] || r == 0x0654 && last == 'ه'
}

// plain are the runes that Clean keeps as they are wherever they stand.
var plain = func() (all [quick]bool) {
	for r := range all {
		c := rune(r)
		all[r] = c > ' ' && c != 0x7F && alone[r] && !unicode.Is(unicode.Zs, c) && (c < utf8.RuneSelf || !invisible(c)) && c != 0x0085 && c != 0x2028 && c != 0x2029
	}
	return all
}()

// clean tells quickly that an ordinary text is clean already: then rewrite would
// change nothing.
func clean(s string) bool {
	last := '\n'
	run := 2 // newlines just before
	for i := 0; i < len(s); {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			if n = 2; r >= 0xC2 && r < 0xE0 && i+1 < len(s) && s[i+1]&0xC0 == 0x80 { // the letters of alphabets
				r = r&0x1F<<6 | rune(s[i+1]&0x3F)
			} else {
				r, n = utf8.DecodeRuneInString(s[i:])
			}
		}
		i += n
		switch {
		case r < quick && plain[r]:
			run = 0
		case r == ' ':
			if last == ' ' || last == '\n' {
				return false
			}
		case r == '\n':
			if run++; run > 2 || last == ' ' {
				return false
			}
		case r == 0x200C && joins(last):
		case last != ' ' && last != '\n' && pointed(last, r):
		default:
			return false // anything else takes the long way
		}
		last = r
	}
	return len(s) == 0 || last != ' ' && last != '\n'
}

func flush(b *strings.Builder, newlines *int, space *bool) {
	if b.Len() > 0 {
		switch {
		case *newlines > 1:
			b.WriteString("\n\n")
		case *newlines == 1:
			b.WriteByte('\n')
		case *space:
			b.WriteByte(' ')
		}
	}
	*newlines, *space = 0, false
}

// joins tells whether a zero-width joiner or non-joiner after r means anything.
func joins(r rune) bool {
	return r >= 0x0620 && r <= 0x06FF || r >= 0x0750 && r <= 0x077F || r >= 0x0900 && r <= 0x0DFF
}

// invisible tells controls, bidi controls, zero-width characters and what is
// not text: private use, noncharacters and tags.
func invisible(r rune) bool {
	switch {
	case r < 0xA0: // C1
		return true
	case r == 0x00AD, r == 0x034F, r == 0x061C, r == 0x115F, r == 0x1160, r == 0x180E, r == 0x3164, r == 0xFEFF, r == 0xFFA0:
		return true
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x206F:
		return true
	case r >= 0xFFF9 && r <= 0xFFFB, r >= 0xFDD0 && r <= 0xFDEF, r&0xFFFE == 0xFFFE:
		return true
	case r >= 0xE000 && r <= 0xF8FF, r >= 0xE0000:
		return true
	}
	return false
}
