package mail

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/mail"
	"net/textproto"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
)

// encodedWord is RFC 2047's "=?charset?encoding?text?=", with the language tag
// that RFC 2231 adds to the charset, and with the spaces within that some
// programs leave.
var encodedWord = regexp.MustCompile(`=\?([A-Za-z0-9_.:\-]{1,40})(?:\*[A-Za-z0-9\-]*)?\?([bBqQ])\?([^?]*)\?=`)

// decodeHeader reads the text of a header: encoded words, or bare bytes of any
// character set. Neighbouring words of one character set are put together
// before they are read, since programs cut letters in two between them.
func decodeHeader(raw string) string {
	if !utf8.ValidString(raw) {
		raw = fetch.ToUTF8([]byte(raw), "").UTF8
	}
	var out strings.Builder
	var pending []byte
	var charset string
	flush := func() {
		if len(pending) > 0 {
			out.WriteString(fetch.ToUTF8(pending, `text/plain; charset="`+charset+`"`).UTF8)
		}
		pending = nil
	}
	last := 0
	for _, m := range encodedWord.FindAllStringSubmatchIndex(raw, -1) {
		between := raw[last:m[0]]
		name := strings.ToLower(raw[m[2]:m[3]])
		if strings.TrimSpace(between) != "" || len(pending) == 0 || name != charset {
			flush()
			if strings.TrimSpace(between) != "" || last == 0 {
				out.WriteString(between)
			}
		}
		charset = name
		text := raw[m[6]:m[7]]
		if strings.EqualFold(raw[m[4]:m[5]], "b") {
			pending = append(pending, fromBase64([]byte(text))...)
		} else {
			pending = append(pending, fromQuotedPrintable([]byte(strings.ReplaceAll(text, "_", " ")))...)
		}
		last = m[1]
	}
	flush()
	out.WriteString(raw[last:])
	return out.String()
}

// line is a header's text on one line, fit to be handed over.
func line(h textproto.MIMEHeader, name string) string {
	return oneLine(decodeHeader(h.Get(name)))
}

// longest is how many code points of a header are kept.
const longest = 1000

func oneLine(s string) string {
	s = strings.Join(strings.Fields(gather.CleanText(s)), " ")
	if r := []rune(s); len(r) > longest {
		s = string(r[:longest-1]) + "…"
	}
	return s
}

// author gives the first correspondent of a header as it is given there: name
// and address, or what there is of them.
func author(h textproto.MIMEHeader, name string) string {
	raw := h.Get(name)
	if raw == "" {
		return ""
	}
	if list, err := mail.ParseAddressList(raw); err == nil && len(list) > 0 {
		display, address := oneLine(decodeHeader(list[0].Name)), oneLine(list[0].Address)
		if display == "" || strings.EqualFold(display, address) {
			return address
		}
		return display + " <" + address + ">"
	}
	return line(h, name)
}

var messageID = regexp.MustCompile(`<([^<>\s]{3,400})>`)

// ids lists the message ids of a header, without their brackets.
func ids(h textproto.MIMEHeader, name string) []string {
	var out []string
	for _, m := range messageID.FindAllStringSubmatch(gather.CleanText(h.Get(name)), maxReferences) {
		out = append(out, m[1])
	}
	return out
}

// maxReferences is how many ids of one header are kept.
const maxReferences = 50

// nameOf gives the name of a mail: its Message-ID (RFC 5322, section 3.6.4), or
// one made of its content where it has none.
func nameOf(h textproto.MIMEHeader, raw []byte) string {
	if found := ids(h, "Message-Id"); len(found) > 0 {
		return found[0]
	}
	if id := strings.Trim(line(h, "Message-Id"), "<> "); len(id) > 2 && len(id) < 400 && !strings.Contains(id, " ") {
		return id
	}
	sum := sha256.Sum256(raw)
	return "mail-" + hex.EncodeToString(sum[:16])
}

// sent reads the Date header. Its zone is part of it by RFC 5322, section 3.3.
func sent(h textproto.MIMEHeader, now time.Time) (centre.Moment, string) {
	text := strings.TrimSpace(decodeHeader(h.Get("Date")))
	if text == "" {
		return centre.Moment{}, ""
	}
	m, ok := centre.Moment{}, false
	if at, err := mail.ParseDate(text); err == nil {
		m, ok = centre.Moment{Time: at.UTC().Truncate(time.Second), Precision: centre.PrecisionSecond, Basis: centre.BasisHeader}, true
	} else {
		m, ok = gather.ParseDate(text, centre.BasisHeader)
	}
	if !ok {
		return centre.Moment{}, "The mail's date cannot be read; when it was sent is unknown."
	}
	return gather.Plausible(m, now)
}

// fromBase64 decodes what can be decoded: signs that do not belong there are
// passed over, as RFC 2045, section 6.8, asks.
func fromBase64(text []byte) []byte {
	clean := make([]byte, 0, len(text))
	for _, c := range text {
		switch {
		case c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '+', c == '/':
			clean = append(clean, c)
		}
	}
	if len(clean)%4 == 1 { // half a byte: cut off
		clean = clean[:len(clean)-1]
	}
	out := make([]byte, base64.RawStdEncoding.DecodedLen(len(clean)))
	n, _ := base64.RawStdEncoding.Decode(out, clean)
	return out[:n]
}

// fromQuotedPrintable decodes RFC 2045, section 6.7; an "=" that encodes nothing
// stays.
func fromQuotedPrintable(text []byte) []byte {
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		if text[i] != '=' {
			out = append(out, text[i])
			continue
		}
		if i+2 < len(text) {
			if b, err := hex.DecodeString(string(text[i+1 : i+3])); err == nil {
				out = append(out, b[0])
				i += 2
				continue
			}
		}
		// A soft line break, with the blanks that were added on the way.
		end := i + 1
		for end < len(text) && (text[end] == ' ' || text[end] == '\t' || text[end] == '\r') {
			end++
		}
		if end >= len(text) || text[end] == '\n' {
			i = end
			continue
		}
		out = append(out, '=')
	}
	return out
}
