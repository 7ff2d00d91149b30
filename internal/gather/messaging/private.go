package messaging

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

// participants gives the members of a group numbers in the order in which they
// first speak, so that a conversation can be followed and nobody is named.
type participants map[string]int

func (p participants) number(name string) string {
	if p[name] == 0 {
		p[name] = len(p) + 1
	}
	return fmt.Sprintf("participant %d", p[name])
}

// aPhone finds telephone numbers as people write them: with a plus, a double
// zero or an at sign before the country, or with the zero of a national number.
// Digits of dates, times, sums and coordinates do not begin so.
var aPhone = regexp.MustCompile(`(?:\+|@|00|(?:^|[^\p{Nd}.,:/-])[0٠۰])\p{Nd}(?:[ \x{a0}()-]{0,2}\p{Nd}){7,13}`)

// minPhone is the fewest digits of a telephone number that is masked.
const minPhone = 8

// masked hides the telephone numbers in a text.
func masked(text string, mask bool) string {
	digits := 0
	for _, r := range text {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	if !mask || digits < minPhone {
		return text
	}
	return aPhone.ReplaceAllStringFunc(text, maskDigits)
}

// maskDigits keeps the first three digits of a number, which are at most the
// country or the network, and hides the others.
func maskDigits(phone string) string {
	digits := 0
	return strings.Map(func(r rune) rune {
		if !unicode.IsDigit(r) {
			return r
		}
		if digits++; digits > 3 {
			return '•'
		}
		return r
	}, phone)
}
