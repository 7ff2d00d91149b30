package fetch_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"entente/internal/gather/fetch"
)

const (
	arabic  = "أعلن العراق وإيران وروسيا وسوريا عن إنشاء مركز معلومات مشترك في بغداد لجمع المعلومات ومعالجتها وتحليلها، وسيرأسه ضابط من إحدى الدول المؤسسة كل ثلاثة أشهر."
	persian = "ایران و عراق و روسیه و سوریه مرکز اطلاعات مشترکی در بغداد تشکیل دادند"
	russian = "Ирак, Иран, Россия и Сирия создали в Багдаде совместный информационный центр, который будет собирать, обрабатывать и анализировать сведения о положении в регионе."
)

// in encodes text as a legacy host would send it.
func in(t testing.TB, name, text string) []byte {
	t.Helper()
	enc, _ := charset.Lookup(name)
	out, err := enc.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestCharacterSetsAreFoundOut(t *testing.T) {
	utf16be := in(t, "utf-16be", "<p>"+arabic)
	tests := []struct {
		name        string
		body        []byte
		contentType string
		want        string
	}{
		{"UTF-8 that says nothing", []byte(arabic), "", arabic},
		{"UTF-8 with a mark", []byte("\ufeff" + russian), "text/plain; charset=koi8-r", russian},
		{"UTF-8 that the host calls Latin", []byte(persian), "text/html; charset=iso-8859-1", persian},
		{"windows-1256 by header", in(t, "windows-1256", arabic), "text/html; charset=windows-1256", arabic},
		{"windows-1256 by meta", in(t, "windows-1256", `<meta charset="windows-1256">`+arabic), "text/html", `<meta charset="windows-1256">` + arabic},
		{"windows-1251 by XML declaration", in(t, "windows-1251", `<?xml version="1.0" encoding="windows-1251"?>`+russian), "text/xml", `<?xml version="1.0" encoding="windows-1251"?>` + russian},
		{"KOI8-R by http-equiv", in(t, "koi8-r", `<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">`+russian), "", `<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">` + russian},
		{"windows-1256 by its bytes", in(t, "windows-1256", strings.Repeat(arabic, 3)), "text/html", strings.Repeat(arabic, 3)},
		{"windows-1251 by its bytes", in(t, "windows-1251", strings.Repeat(russian, 3)), "", strings.Repeat(russian, 3)},
		{"KOI8-R by its bytes", in(t, "koi8-r", strings.Repeat(russian, 3)), "", strings.Repeat(russian, 3)},
		{"windows-1251 that calls itself UTF-8", in(t, "windows-1251", strings.Repeat(russian, 3)), "text/html; charset=utf-8", strings.Repeat(russian, 3)},
		{"UTF-16 with a mark", append([]byte("\xff\xfe"), in(t, "utf-16le", arabic)...), "", arabic},
		{"UTF-16 without", utf16be, "", "<p>" + arabic},
		{"UTF-16 by header", in(t, "utf-16le", russian), "text/plain; charset=utf-16le", russian},
		{"nothing", nil, "", ""},
	}
	for _, test := range tests {
		got := fetch.ToUTF8(test.body, test.contentType)
		if got.UTF8 != test.want || got.Problem != "" {
			t.Errorf("%s: read as %s: %.80q %s", test.name, got.Charset, got.UTF8, got.Problem)
		}
	}
}

func TestAFewBadBytesAreAProblemAndNotAnotherCharacterSet(t *testing.T) {
	for _, test := range []struct{ body, contentType string }{
		{strings.Repeat(russian, 2) + "\xff" + russian, "text/html; charset=utf-8"},
		{russian + "\xff", ""},
		{persian[:40] + "\xe2\x80 \x92", ""},
		{"Baghdad \u2013 the four states\x92 centre", "text/xml; charset=utf-8"},
	} {
		got := fetch.ToUTF8([]byte(test.body), test.contentType)
		if !strings.HasPrefix(got.UTF8, test.body[:12]) || got.Charset != "utf-8" || !strings.HasSuffix(got.Problem, ".") {
			t.Errorf("read as %s: %.60q, %q", got.Charset, got.UTF8, got.Problem)
		}
	}
}

// Legacy text is not taken for faulty UTF-8, whatever pairs of its bytes look like.
func TestLegacyTextIsNotFaultyUTF8(t *testing.T) {
	const chinese, japanese, korean = "伊拉克、伊朗、俄罗斯和叙利亚在巴格达成立联合信息中心，收集、处理和分析有关该地区局势的资料。", "イラク、イラン、ロシア、シリアはバグダッドに共同情報センターを設置した。", "이라크, 이란, 러시아, 시리아가 바그다드에 공동 정보 센터를 설립했다."
	for name, text := range map[string]string{"gb18030": chinese, "big5": "四國在巴格達成立聯合資訊中心，收集、處理和分析有關該地區局勢的資料。", "shift_jis": japanese, "euc-jp": japanese, "euc-kr": korean,
		"windows-1251": russian, "koi8-r": russian, "ibm866": russian, "iso-8859-5": russian, "windows-1256": arabic, "iso-8859-6": strings.ReplaceAll(arabic, "،", "\u060c"), "windows-1252": "Le café de la gare a été fermé à l’été"} {
		if got := fetch.ToUTF8(in(t, name, text), ""); got.Charset == "utf-8" {
			t.Errorf("%s was taken for UTF-8: %.60q", name, got.UTF8)
		}
	}
}

func FuzzToUTF8(f *testing.F) {
	f.Add([]byte(arabic), "text/html")
	f.Add(in(f, "windows-1256", arabic), "")
	f.Add([]byte("\xff\xfe<\x00"), "text/html; charset=utf-16")
	f.Add([]byte("\x1b$B"), "text/html; charset=iso-2022-jp")
	f.Add([]byte(`<?xml encoding="utf-16"?>`), ";;;")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		if got := fetch.ToUTF8(body, contentType); !utf8.ValidString(got.UTF8) {
			t.Errorf("%q became %q", body, got.UTF8)
		}
	})
}
