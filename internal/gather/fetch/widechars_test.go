package fetch_test

import (
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode/utf32"

	"entente/internal/gather/fetch"
)

func TestCharacterSetsThatTheWebDoesNotKnow(t *testing.T) {
	for name, test := range map[string]struct {
		enc  encoding.Encoding
		text string
	}{
		"utf-32le with a mark":    {utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), "<rss>بغداد</rss>"},
		"utf-32be with a mark":    {utf32.UTF32(utf32.BigEndian, utf32.UseBOM), "<rss>Москва</rss>"},
		"utf-32le without a mark": {utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), "<rss>é</rss>"},
		"utf-32be without a mark": {utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), `{"a":"é"}`},
		"ebcdic":                  {charmap.CodePage037, `<?xml version="1.0" encoding="cp037"?><a>Straße</a>`},
		"cp437":                   {charmap.CodePage437, `<?xml version="1.0" encoding="cp437"?><a>Straße und Öl und ╬ und √</a>`},
		"hz":                      {simplifiedchinese.HZGB2312, `<?xml version="1.0" encoding="hz-gb-2312"?><a>中文</a>`},
		"cp866":                   {charmap.CodePage866, `<?xml version="1.0" encoding="IBM866"?><a>Договор о сотрудничестве</a>`},
	} {
		body, err := test.enc.NewEncoder().Bytes([]byte(test.text))
		if err != nil {
			t.Fatal(err)
		}
		if got := fetch.ToUTF8(body, ""); got.UTF8 != test.text || got.Problem != "" {
			t.Errorf("%s: got %q in %s, %s", name, got.UTF8, got.Charset, got.Problem)
		}
	}
}
