package fetch

import (
	"bytes"
	"cmp"
	"mime"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
)

// Text is a body as UTF-8.
type Text struct {
	UTF8    string // valid, without a byte order mark
	Charset string // that it was in, as the WHATWG encoding standard names it
	// Problem is a sentence where some bytes could not be read and became
	// U+FFFD; "" where all could.
	Problem string
}

// declared finds what a document says of itself in its first kilobyte: the XML
// declaration, <meta charset> and <meta http-equiv content="...charset=">.
var declared = regexp.MustCompile(`(?i)(?:<\?xml[^>]{0,200}?encoding|<meta[^>]{0,300}?charset)\s*=\s*["']?\s*([a-z0-9_:.\-]{2,40})`)

// ToUTF8 finds out the character set of a body and converts it: by byte order
// mark, by the charset of contentType ("" for none), by the document's own
// declaration, and where these are missing or plainly wrong by its bytes.
// Servers that call UTF-8 something else are common, and legacy text is hardly
// ever valid UTF-8 by accident: so what reads as UTF-8 with letters beyond
// ASCII is UTF-8.
func ToUTF8(body []byte, contentType string) Text {
	if text, ok := byShape(body); ok {
		return text
	}
	if text, ok := byMark(body); ok {
		return text
	}
	name := labelled(body, contentType)
	if !strings.HasPrefix(name, "utf-16") && utf8.Valid(body) && !looksUTF16(body) {
		if isASCII(body) && (name == "iso-2022-jp" || name == "hz-gb-2312") {
			return decode(body, name)
		}
		return Text{UTF8: string(body), Charset: "utf-8"}
	}
	if name == "" || name == "utf-8" || name == "replacement" || name == "x-user-defined" {
		if guess := guessed(body, name == "utf-8"); guess != "" {
			return decode(body, guess)
		}
		name = "utf-8"
	}
	return decode(body, name)
}

func byMark(body []byte) (Text, bool) {
	for _, m := range []struct {
		mark string
		name string
	}{{"\xef\xbb\xbf", "utf-8"}, {"\xff\xfe", "utf-16le"}, {"\xfe\xff", "utf-16be"}} {
		if rest, found := bytes.CutPrefix(body, []byte(m.mark)); found {
			return decode(rest, m.name), true
		}
	}
	return Text{}, false
}

// labelled gives the standard name of the character set that header or document
// declare; "" where they declare none that is known.
func labelled(body []byte, contentType string) string {
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		if _, name := lookup(params["charset"]); name != "" {
			return name
		}
	}
	if found := declared.FindSubmatch(body[:min(len(body), 1024)]); found != nil {
		// What could be read as bytes to find the declaration is no UTF-16.
		if _, name := lookup(string(found[1])); !strings.HasPrefix(name, "utf-16") {
			return name
		}
		return "utf-8"
	}
	return ""
}

// guessed asks the bytes. A text most of whose letters beyond ASCII are UTF-8 is
// UTF-8 with a fault, not something else: in one-byte alphabets hardly a pair of
// letters is a letter of UTF-8 by accident, in the two-byte sets of East Asia
// about one in nine of the bytes.
func guessed(body []byte, declaresUTF8 bool) string {
	if looksUTF16(body) {
		if body[0] == 0 {
			return "utf-16be"
		}
		return "utf-16le"
	}
	sample := body[:min(len(body), 64<<10)]
	bad, beyond := badUTF8(sample)
	if declaresUTF8 && bad <= beyond || bad*4 <= beyond {
		return ""
	}
	// The detector asks in parallel and leaves equals in any order: the same
	// bytes must read the same each time.
	found, err := chardet.NewHtmlDetector().DetectAll(sample)
	if err != nil || len(found) == 0 {
		return "windows-1252"
	}
	best := slices.MinFunc(found, func(a, b chardet.Result) int {
		return cmp.Or(cmp.Compare(b.Confidence, a.Confidence), cmp.Compare(a.Charset, b.Charset), cmp.Compare(a.Language, b.Language))
	})
	if best.Confidence < 10 {
		return "windows-1252"
	}
	if _, name := charset.Lookup(best.Charset); name != "" && name != "utf-8" {
		return name
	}
	return ""
}

// badUTF8 counts bytes that are no UTF-8, and letters beyond ASCII that are.
func badUTF8(body []byte) (bad, beyond int) {
	for i := 0; i < len(body); {
		r, n := utf8.DecodeRune(body[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case r >= utf8.RuneSelf:
			beyond++
		}
		i += n
	}
	return bad, beyond
}

func isASCII(body []byte) bool {
	for _, b := range body {
		if b >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// looksUTF16 knows "<" and "{" in UTF-16 without a mark (XML 1.0, appendix F).
func looksUTF16(body []byte) bool {
	if len(body) < 4 {
		return false
	}
	le := (body[0] == '<' || body[0] == '{') && body[1] == 0 && body[2] != 0 && body[3] == 0
	be := body[0] == 0 && (body[1] == '<' || body[1] == '{') && body[2] == 0 && body[3] != 0
	return le || be
}

func decode(body []byte, name string) Text {
	var enc encoding.Encoding
	switch name {
	case "utf-16le":
		enc = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case "utf-16be":
		enc = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	default:
		enc, _ = lookup(name)
	}
	return decodeBy(body, name, enc)
}

// decodeBy decodes by enc, of that name; nil is UTF-8.
func decodeBy(body []byte, name string, enc encoding.Encoding) Text {
	had := bytes.Count(body, []byte("\uFFFD"))
	plain := string(body)
	if enc != nil && name != "utf-8" {
		if out, err := enc.NewDecoder().Bytes(body); err == nil {
			plain, had = string(out), 0
		}
	}
	t := Text{UTF8: strings.ToValidUTF8(plain, "\uFFFD"), Charset: name}
	t.UTF8 = strings.TrimPrefix(t.UTF8, "\uFEFF")
	if strings.Count(t.UTF8, "\uFFFD") > had {
		t.Problem = "Some bytes are not text in the character set " + name + " and show as \uFFFD; the original has a fault."
	}
	return t
}
