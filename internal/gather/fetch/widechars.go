package fetch

import (
	"bytes"
	"strings"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode/utf32"
)

// byShape knows character sets by how the first characters of XML, HTML or JSON
// look in them (XML 1.0, appendix F): UTF-32 with and without a mark, and the
// sets of IBM's mainframes, whose declaration is then believed.
func byShape(body []byte) (Text, bool) {
	for _, form := range []struct {
		start  string
		skip   int
		endian utf32.Endianness
		name   string
	}{
		{"\xff\xfe\x00\x00", 4, utf32.LittleEndian, "utf-32le"},
		{"\x00\x00\xfe\xff", 4, utf32.BigEndian, "utf-32be"},
		{"<\x00\x00\x00", 0, utf32.LittleEndian, "utf-32le"},
		{"{\x00\x00\x00", 0, utf32.LittleEndian, "utf-32le"},
		{"\x00\x00\x00<", 0, utf32.BigEndian, "utf-32be"},
		{"\x00\x00\x00{", 0, utf32.BigEndian, "utf-32be"},
	} {
		if bytes.HasPrefix(body, []byte(form.start)) {
			return decodeBy(body[form.skip:], form.name, utf32.UTF32(form.endian, utf32.IgnoreBOM)), true
		}
	}
	if bytes.HasPrefix(body, []byte("\x4c\x6f\xa7\x94")) { // "<?xm" in EBCDIC
		head, err := charmap.CodePage037.NewDecoder().Bytes(body[:min(len(body), 200)])
		if found := declared.FindSubmatch(head); err == nil && found != nil {
			if enc, name := lookup(string(found[1])); enc != nil {
				return decodeBy(body, name, enc), true
			}
		}
		return decodeBy(body, "ibm037", charmap.CodePage037), true
	}
	return Text{}, false
}

// lookup finds a character set by its name: as the WHATWG encoding standard
// knows it, else as IANA does.
func lookup(label string) (encoding.Encoding, string) {
	label = strings.ToLower(strings.TrimSpace(label))
	if label == "hz-gb-2312" || label == "hz" { // which browsers no longer read
		return simplifiedchinese.HZGB2312, "hz-gb-2312"
	}
	if enc, name := charset.Lookup(label); enc != nil {
		return enc, name
	}
	for _, name := range []string{label, "ibm" + strings.TrimPrefix(label, "cp")} {
		if enc, err := ianaindex.IANA.Encoding(name); err == nil && enc != nil {
			return enc, name
		}
	}
	return nil, ""
}
