package gather

import (
	"bufio"
	"io"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	xunicode "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// CleanText makes outside text fit to be handed over: valid UTF-8 without
// control characters (line ends and tabs stay) and without the marks that force
// or embed a direction (U+202A to U+202E), with which a text can be made to
// read otherwise than it is stored. Isolates, direction marks and the joiners
// that Persian needs stay.
func CleanText(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if strings.IndexFunc(s, isUnwanted) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if isUnwanted(r) {
			return -1
		}
		return r
	}, strings.ReplaceAll(s, "\r\n", "\n"))
}

// CleanHTML is CleanText for HTML, where the same characters can also stand as
// numeric references.
func CleanHTML(s string) string {
	return numeric.ReplaceAllStringFunc(CleanText(s), func(ref string) string {
		if r := html.UnescapeString(ref); strings.ContainsFunc(r, isUnwanted) {
			return ""
		}
		return ref
	})
}

func isUnwanted(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case r >= '\u202a' && r <= '\u202e', r == '\ufeff', r >= '\ufdd0' && r <= '\ufdef', r&0xfffe == 0xfffe:
		return true
	}
	return unicode.IsControl(r)
}

var (
	numeric = regexp.MustCompile(`&#(?:[0-9]{1,8}|[xX][0-9a-fA-F]{1,6});?`)
	aTag    = regexp.MustCompile(`<(?:/?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?|!--.*?--)>`)
	anEntry = regexp.MustCompile(`&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});`)
)

// LooksHTML tells text that holds tags or character references.
func LooksHTML(s string) bool { return aTag.MatchString(s) || anEntry.MatchString(s) }

// maxLine is the longest title or author, in code points: longer ones are cut.
const maxLine = 1000

// PlainLine makes one line of plain text of a title or a name that may hold
// HTML, also where that was escaped twice.
func PlainLine(s string) string {
	s = CleanText(s)
	for range 2 {
		if !LooksHTML(s) {
			break
		}
		s = stripTags(s)
	}
	return Line(s)
}

// stripTags gives the text of a piece of HTML.
func stripTags(s string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(s))
	z.SetMaxBuf(1 << 20)
	silent := ""
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			if silent == "" {
				b.Write(z.Text())
			}
		case html.StartTagToken:
			name, _ := z.TagName()
			switch tag := string(name); tag {
			case "script", "style":
				silent = tag
			case "br", "p", "div", "li", "td", "h1", "h2", "h3":
				b.WriteByte(' ')
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == silent {
				silent = ""
			}
		}
	}
}

// Line is PlainLine for text that is known to be plain: nothing in it is markup.
func Line(s string) string {
	s = strings.Join(strings.Fields(CleanText(s)), " ")
	if r := []rune(s); len(r) > maxLine {
		s = strings.TrimSpace(string(r[:maxLine-1])) + "…"
	}
	return s
}

// HTMLLine is PlainLine for text that is known to be HTML: its tags go and its
// references are resolved, once.
func HTMLLine(s string) string { return Line(stripTags(CleanText(s))) }

// FromUTF16 reads UTF-16 that begins with a byte order mark as UTF-8, for readers
// of formats that are nearly always UTF-8; anything else comes as it is. r is
// buffered, so the caller reads on from what is returned alone.
func FromUTF16(r io.Reader) io.Reader {
	b := bufio.NewReader(r)
	if head, _ := b.Peek(2); string(head) == "\xff\xfe" || string(head) == "\xfe\xff" {
		return transform.NewReader(b, xunicode.UTF16(xunicode.LittleEndian, xunicode.ExpectBOM).NewDecoder())
	}
	return b
}
