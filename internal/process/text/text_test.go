package text_test

import (
	"context"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"entente/internal/centre"
	"entente/internal/process/text"
)

func apply(t testing.TB, doc centre.Document) centre.Draft {
	d := centre.Draft{Document: doc}
	if err := text.New().Apply(t.Context(), &d); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestContentIsTitleBlankLineBody(t *testing.T) {
	for _, c := range []struct {
		title, body string
		want        centre.Content
	}{
		{"Переговоры", "Начались.", centre.Content{Text: "Переговоры\n\nНачались.", Title: 10}},
		{"", "Body alone.", centre.Content{Text: "Body alone."}},
		{"Title alone", " \n ", centre.Content{Text: "Title alone", Title: 11}},
		{" A\ntitle \tof lines ", "B", centre.Content{Text: "A title of lines\n\nB", Title: 16}},
		{"", "", centre.Content{}},
	} {
		if got := apply(t, centre.Document{Title: c.title, Body: c.body, MediaType: "text/plain"}).Content; got != c.want {
			t.Errorf("%q, %q gives %+v, want %+v", c.title, c.body, got, c.want)
		}
	}
}

func TestPlainTextIsCleaned(t *testing.T) {
	for name, c := range map[string][2]string{
		"lines of DOS":                {"one\r\ntwo\r\n\r\nthree\r", "one\ntwo\n\nthree"},
		"spaces":                      {"  a \t b\u00a0\u00a0c \u3000d  ", "a b c d"},
		"paragraphs":                  {"a\n \n\n\t\nb", "a\n\nb"},
		"invalid UTF-8":               {"a\xffb\xc3", "a\ufffdb\ufffd"},
		"composed":                    {"и\u0306 e\u0301", "й é"},
		"bidi controls":               {"a\u202eb\u2066c\u200fd\u061ce", "abcde"},
		"zero width":                  {"a\u200bb\ufeffc\u00add", "abcd"},
		"joiners in Latin":            {"a\u200cb\u200dc", "abc"},
		"non-joiner in Persian":       {"می\u200cشود", "می\u200cشود"},
		"non-joiner at a word's end":  {"می\u200c شود \u200c.", "می\u200c شود ."},
		"controls":                    {"a\x00b\x1bc\u0085d", "abc\nd"},
		"line and paragraph marks":    {"a\u2028b\u2029c", "a\nb\n\nc"},
		"hyphens at line ends stay":   {"co-\noperation", "co-\noperation"},
		"private use":                 {"a\ue000b", "ab"},
		"clean text is left as it is": {"One.\n\nTwo, three.\nFour", "One.\n\nTwo, three.\nFour"},
	} {
		if got := text.Clean(c[0]); got != c[1] {
			t.Errorf("%s: %q gives %q, want %q", name, c[0], got, c[1])
		}
	}
}

func TestHTMLIsReadAsAPersonReadsIt(t *testing.T) {
	for name, c := range map[string][2]string{
		"paragraphs":       {"<p>One &amp; two</p><p>Three</p>", "One & two\n\nThree"},
		"line ends":        {"<p>One\n two<br>three", "One two\nthree"},
		"scripts, styles":  {"<style>p{}</style><p>Text<script>if (a<b) alert('</p>')</script> here</p><noscript>on</noscript>", "Text here"},
		"navigation":       {"<nav><ul><li>Home</ul></nav><p>Text</p><footer>©</footer>", "Text"},
		"unended nav":      {"<nav>Menu<p>Text", "Menu\n\nText"},
		"entities":         {"caf&eacute; &#1071; &nbsp;&rlm;x &unknown; &#0;", "café Я x &unknown; \ufffd"},
		"inline":           {"<p><b>Bag</b>hdad</p>", "Baghdad"},
		"lists and tables": {"<ul><li>a<li>b</ul><table><tr><td>c<td>d<tr><td>e</table>", "a\nb\n\nc d\ne"},
		"pre":              {"<pre>a\n  b</pre>c", "a\nb\n\nc"},
		"comments":         {"a<!-- b -->c<![CDATA[d]]>", "ac"},
		"no markup":        {"just text", "just text"},
		"broken":           {"<p>a<b><i>c</b></div></p></p>d<", "ac\n\nd<"},
	} {
		if got := apply(t, centre.Document{Body: c[0], MediaType: "text/html; charset=utf-8"}).Content.Text; got != c[1] {
			t.Errorf("%s: %q gives %q, want %q", name, c[0], got, c[1])
		}
	}
}

func TestThePagesTitleServesWhereTheDocumentHasNone(t *testing.T) {
	const page = "<html><head><title>Page &lt;title&gt;</title></head><body><svg><title>x</title></svg>Body</body></html>"
	if got := apply(t, centre.Document{Body: page, MediaType: "text/html"}).Content.Text; got != "Page <title>\n\nBody" {
		t.Errorf("%q", got)
	}
	if got := apply(t, centre.Document{Title: "Own", Body: page, MediaType: "text/html"}).Content.Text; got != "Own\n\nBody" {
		t.Errorf("%q", got)
	}
}

func TestDeepAndHugeHTMLTakesLinearTime(t *testing.T) {
	// What is not linear would not end within the test's time.
	for name, body := range map[string]string{
		"nested":    strings.Repeat("<div>", 100_000) + "deep" + strings.Repeat("</div>", 100_000),
		"unclosed":  strings.Repeat("<b><nav>", 100_000) + "deep",
		"attribute": "<p " + strings.Repeat("a=b ", 100_000) + ">deep",
		"angles":    strings.Repeat("<", 200_000) + " deep",
		"entities":  strings.Repeat("&amp;", 200_000) + "deep",
	} {
		if got := apply(t, centre.Document{Body: body, MediaType: "text/html"}).Content.Text; !strings.HasSuffix(got, "deep") {
			t.Errorf("%s: the text is lost (%d bytes)", name, len(got))
		}
	}
}

func TestADoneContextEndsTheReading(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	d := centre.Draft{Document: centre.Document{Body: strings.Repeat("<p>", 10_000), MediaType: "text/html"}}
	if err := text.New().Apply(ctx, &d); err == nil {
		t.Error("the step went on")
	}
}

func TestTheDocumentsOwnDateWins(t *testing.T) {
	feed := centre.Moment{Time: time.Date(2015, 9, 27, 8, 0, 0, 0, time.UTC), Precision: centre.PrecisionSecond, Basis: centre.BasisFeed}
	const body = "BAGHDAD, Sept 26, 2015 (Agency) - Officers met."
	if got := apply(t, centre.Document{Body: body, Published: feed}).Published; got != feed {
		t.Errorf("published %+v, want the feed's time", got)
	}
	if got := apply(t, centre.Document{Body: body}).Published; got.Basis != centre.BasisDateline || got.Time.Day() != 26 {
		t.Errorf("published %+v, want the dateline's day", got)
	}
	if got := apply(t, centre.Document{Body: "Officers met."}).Published; got.Known() {
		t.Errorf("published %+v, want unknown", got)
	}
}

func checkClean(t interface{ Errorf(string, ...any) }, in, out string) {
	switch {
	case !utf8.ValidString(out):
		t.Errorf("%q gives invalid UTF-8", in)
	case !norm.NFC.IsNormalString(out):
		t.Errorf("%q gives %q, which is not NFC", in, out)
	case text.Clean(out) != out:
		t.Errorf("%q gives %q, then %q", in, out, text.Clean(out))
	case strings.ContainsAny(out, "\r\t\u202e\u200b\u00a0\x00"), strings.Contains(out, "\n\n\n"), strings.Contains(out, " \n"), strings.TrimSpace(out) != out:
		t.Errorf("%q gives %q", in, out)
	}
}

func TestAnyTextIsCleaned(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.SampledFrom([]rune("a é\u0301\u0306и \u00a0\t\n\r\u2028\u202e\u200c\u200d\u200bیم\u0651-.\ufeff\ue000\U000e0001क\u3164"))).Draw(t, "text")
		checkClean(t, s, text.Clean(s))
	})
}

func FuzzHTML(f *testing.F) {
	for _, seed := range []string{"<p>a", "<nav><title>", "&#x202e;", "<script><!--<script></script>", "<plaintext>a</p>", "\xff<\x00>", "<textarea><p>", "<svg><p>", "a\u00b4\u200d"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		d := apply(t, centre.Document{Title: body, Body: body, MediaType: "text/html"})
		checkClean(t, body, d.Content.Text)
		if n := utf8.RuneCountInString(d.Content.Text); d.Content.Title > n {
			t.Errorf("title of %d in %d", d.Content.Title, n)
		}
	})
}

func BenchmarkPlain(b *testing.B) {
	doc := centre.Document{Title: "Talks in Baghdad", Body: strings.Repeat("Officers of the four states’ centre met in Baghdad on Saturday to discuss the agreement.\n\n", 28)}
	b.SetBytes(int64(len(doc.Body)))
	b.ReportAllocs()
	for b.Loop() {
		apply(b, doc)
	}
}
