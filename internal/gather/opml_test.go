package gather_test

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"entente/internal/centre"
	"entente/internal/gather"
)

const subscriptions = `<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.0">
<head><title>Mine</title></head>
<body>
<outline text="Агентства" title="Агентства">
  <outline text="Wires">
    <outline type="rss" text="One &amp; only" xmlUrl="https://one.example/feed" htmlUrl="https://one.example/" language="ru"/>
  </outline>
  <outline type="rss" text="Two" XMLURL="https://two.example/feed"/>
</outline>
<outline type="rss" text="No address"/>
<outline type="rss" text="Bad address" xmlUrl="feed://three.example/"/>
<outline type="rss" text="Again" xmlUrl="https://one.example/feed#x"/>
<outline text="A note"/>
<outline xmlUrl="https://untitled.example/feed"/>
</body></opml>`

func TestOPMLIsReadRowByRow(t *testing.T) {
	feeds, refused, err := gather.ReadOPML([]byte(subscriptions))
	if err != nil {
		t.Fatal(err)
	}
	want := []gather.Outline{
		{Title: "One & only", Address: "https://one.example/feed", Site: "https://one.example/", Language: "ru", Groups: []string{"Агентства", "Wires"}, Line: 7},
		{Title: "Two", Address: "https://two.example/feed", Groups: []string{"Агентства"}, Line: 9},
		{Title: "https://untitled.example/feed", Address: "https://untitled.example/feed", Line: 15},
	}
	if diff := cmp.Diff(want, feeds, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("feeds (-want +got)\n%s", diff)
	}
	var rows []string
	for _, r := range refused {
		rows = append(rows, r.Title)
		if r.Line < 11 || r.Line > 13 || !strings.HasSuffix(r.Reason, ".") {
			t.Errorf("refused: %+v", r)
		}
	}
	if diff := cmp.Diff([]string{"No address", "Bad address", "Again"}, rows); diff != "" {
		t.Errorf("refused rows\n%s", diff)
	}
}

func TestDamagedOPMLGivesWhatStandsBeforeTheDamage(t *testing.T) {
	cut := subscriptions[:strings.Index(subscriptions, `<outline type="rss" text="Two"`)+20]
	feeds, refused, err := gather.ReadOPML([]byte(cut))
	if err != nil || len(feeds) != 1 || len(refused) != 1 || refused[0].Line != 9 {
		t.Errorf("%+v, %+v, %v", feeds, refused, err)
	}
	for _, none := range []string{"", "hello", "<html></html>", "{}", "\xff\xfe"} {
		if _, _, err := gather.ReadOPML([]byte(none)); centre.CodeOf(err) != centre.CodeInvalid {
			t.Errorf("%q: %v", none, err)
		}
	}
}

func TestDeepOPMLCostsNoMoreThanFlat(t *testing.T) {
	deep := `<opml><body>` + strings.Repeat(`<outline text="x" xmlUrl="https://a.example/">`, 20_000)
	if feeds, refused, err := gather.ReadOPML([]byte(deep)); err != nil || len(feeds) != 1 || len(refused) < 1000 {
		t.Errorf("%d feeds, %d refused, %v", len(feeds), len(refused), err)
	}
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	feeds := []gather.Outline{
		{Title: "A < b & \"c\"", Address: "https://a.example/feed?x=1&y=2", Site: "https://a.example/", Language: "fa", Groups: []string{"خبر", "g & h"}},
		{Title: "B", Address: "https://b.example/feed"},
		{Title: "C", Address: "https://c.example/feed", Groups: []string{"خبر"}},
	}
	var b bytes.Buffer
	if err := gather.WriteOPML(&b, "Sources", time.Date(2015, 9, 26, 0, 0, 0, 0, time.UTC), feeds); err != nil {
		t.Fatal(err)
	}
	got, refused, err := gather.ReadOPML(b.Bytes())
	byAddress := cmpopts.SortSlices(func(a, b gather.Outline) bool { return a.Address < b.Address })
	if diff := cmp.Diff(feeds, got, cmpopts.IgnoreFields(gather.Outline{}, "Line"), cmpopts.EquateEmpty(), byAddress); err != nil || len(refused) > 0 || diff != "" {
		t.Errorf("%v %v (-want +got)\n%s\n%s", refused, err, diff, b.String())
	}
}

func FuzzReadOPML(f *testing.F) {
	f.Add([]byte(subscriptions))
	f.Add([]byte(`<opml><outline xmlUrl="http://[::1"/><outline xmlUrl="HTTPS://A/">`))
	f.Add([]byte("\xff\xfe<\x00o\x00p\x00m\x00l\x00>\x00"))
	f.Add([]byte(`<opml>` + strings.Repeat("<outline text='x'>", 100)))
	f.Fuzz(func(t *testing.T, body []byte) {
		feeds, refused, err := gather.ReadOPML(body)
		if err != nil && len(feeds)+len(refused) > 0 {
			t.Error("an error with rows")
		}
		var b bytes.Buffer
		if err := gather.WriteOPML(&b, "x", time.Unix(0, 0), feeds); err != nil {
			t.Fatal(err)
		}
		again, refused, err := gather.ReadOPML(b.Bytes())
		if err != nil || len(again) != len(feeds) || len(refused) > 0 {
			t.Errorf("%d feeds, read back %d, %v, %v\n%s", len(feeds), len(again), refused, err, b.String())
		}
	})
}

func FuzzPlainLine(f *testing.F) {
	for _, s := range []string{"a <b>c</b> &amp; d", "<script>x</script>y", "5 < 6 & 7 > 2", "&amp;lt;b&amp;gt;", "\u202etxt", "<textarea><title>", strings.Repeat("<", 100)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := gather.PlainLine(s)
		if !utf8.ValidString(got) || strings.ContainsAny(got, "\n\t\u202e\x00") || strings.TrimSpace(got) != got {
			t.Errorf("%q became %q", s, got)
		}
		if html := gather.CleanHTML(s); !utf8.ValidString(html) || strings.ContainsRune(html, '\u202e') {
			t.Errorf("%q became %q", s, html)
		}
	})
}

func TestTitlesBecomePlainLines(t *testing.T) {
	for in, want := range map[string]string{
		"Ministers <em>meet</em> &amp; agree":           "Ministers meet & agree",
		"5 < 6 and 7 > 2":                               "5 < 6 and 7 > 2",
		"AT&T":                                          "AT&T",
		"Twice &amp;quot;escaped&amp;quot;":             `Twice "escaped"`,
		"line\r\n  breaks\tand <br/> such":              "line breaks and such",
		"\u202etxt.exe\u202c می\u200cرود":               "txt.exe می\u200cرود",
		"<style>p{}</style>after<script>x()</script>  ": "after",
		"bad \xff byte":                                 "bad \ufffd byte",
	} {
		if got := gather.PlainLine(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
	if got := gather.PlainLine(strings.Repeat("ب", 5000)); utf8.RuneCountInString(got) != 1000 {
		t.Errorf("a title of 5,000 letters keeps %d", utf8.RuneCountInString(got))
	}
	if got := gather.CleanHTML("a&#x202E;b&#8238;c&#32;d&amp;#8238;"); got != "abc&#32;d&amp;#8238;" {
		t.Errorf("references in HTML: %q", got)
	}
}
