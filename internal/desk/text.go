package desk

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"entente/internal/centre"
)

// maxReason is the longest reason that a person can give, in code points.
const maxReason = 2000

// line checks a text that a person wrote: valid, without control characters
// other than line breaks and tabs, without overrides of direction that would
// make it read as something else, and not longer than limit code points. It
// comes back in NFC without space around it.
func line(name, text string, limit int) (string, error) {
	text = strings.TrimSpace(text)
	if !utf8.ValidString(text) {
		return "", centre.Invalid("The %s is not valid UTF-8 text; write it anew.", name)
	}
	for _, r := range text {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' {
			return "", centre.Invalid("The %s holds the invisible character U+%04X; write it without.", name, r)
		}
	}
	text = norm.NFC.String(text)
	if n := utf8.RuneCountInString(text); n > limit {
		return "", centre.Invalid("The %s is %d characters long; at most %d are kept. Shorten it.", name, n, limit)
	}
	return text, nil
}

// short shows a text that somebody else wrote, or its beginning.
func short(text string) string {
	if r := []rune(text); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return text
}
