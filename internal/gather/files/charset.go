package files

import (
	"bufio"
	"bytes"
	"io"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"entente/internal/gather/fetch"
)

// wideType gives a content type for text that is UTF-16 without a mark, which
// is known by its zero bytes, and "" for all else.
func wideType(sample []byte) string {
	sample = sample[:min(len(sample), 4096)]
	if len(sample) < 8 || bytes.HasPrefix(sample, []byte("\xff\xfe")) || bytes.HasPrefix(sample, []byte("\xfe\xff")) {
		return ""
	}
	// Spaces, line ends and digits are below U+0100 in every script, so one half
	// of the units has zero bytes and the other hardly any.
	var even, odd int
	for i, b := range sample {
		if b != 0 {
			continue
		}
		if i%2 == 0 {
			even++
		} else {
			odd++
		}
	}
	units := len(sample) / 2
	switch {
	case odd*10 > units && even*50 < units:
		return "text/plain; charset=utf-16le"
	case even*10 > units && odd*50 < units:
		return "text/plain; charset=utf-16be"
	}
	return ""
}

// sampleSize is how much of a table is looked at to learn its character set.
const sampleSize = 256 << 10

// utf8Reader reads a table of any character set as UTF-8 without a byte order
// mark. What is no text in its character set comes out as U+FFFD.
func utf8Reader(r io.Reader) (*bufio.Reader, string, error) {
	raw := bufio.NewReaderSize(r, sampleSize)
	sample, err := raw.Peek(sampleSize)
	if err != nil && err != io.EOF {
		return nil, "", unreadable(err)
	}
	if end := bytes.LastIndexByte(sample, '\n'); end > 0 && len(sample) == sampleSize {
		sample = sample[:end]
	}
	name := fetch.ToUTF8(sample, wideType(sample)).Charset
	var decoder transform.Transformer
	switch name {
	case "utf-8", "":
		decoder = unicode.UTF8BOM.NewDecoder()
	case "utf-16le":
		decoder = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()
	case "utf-16be":
		decoder = unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder()
	default:
		encoding, _ := charset.Lookup(name)
		if encoding == nil {
			encoding = unicode.UTF8BOM
		}
		decoder = encoding.NewDecoder()
	}
	return bufio.NewReaderSize(transform.NewReader(raw, decoder), 64<<10), name, nil
}
