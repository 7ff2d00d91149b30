package page_test

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"entente/internal/centre"
	"entente/internal/gather/gathertest"
	"entente/internal/gather/page"
)

var now = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

func at(t testing.TB, address string) *url.URL {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func parse(t testing.TB, head string) page.Article {
	t.Helper()
	a, err := page.Parse(t.Context(), article(head), at(t, "https://example.org/2015/centre?id=1#top"), now)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestTheReadableText(t *testing.T) {
	a := parse(t, "")
	if n := strings.Count(a.HTML, "Officers of four states"); n != 6 || strings.Contains(a.HTML, "Home") {
		t.Errorf("%d paragraphs: %s", n, a.HTML)
	}
	if a.Title != "A centre in Baghdad" || a.Language != "en" || a.Author != "" || a.Published.Known() || a.Updated.Known() || len(a.Problems) > 0 {
		t.Errorf("%+v", a)
	}
}

func TestRightToLeftTextIsReadToo(t *testing.T) {
	for _, name := range []string{"ar", "fa"} {
		body, err := os.ReadFile(filepath.Join("testdata", name+".html"))
		if err != nil {
			t.Fatal(err)
		}
		a, err := page.Parse(t.Context(), string(body), at(t, "https://example.org/"+name), now)
		if err != nil {
			t.Fatal(err)
		}
		if a.Language != name || a.Published.Time.Format(time.DateOnly) != "2015-09-26" || a.Published.Basis != centre.BasisPage || !strings.Contains(a.HTML, "بغداد") || strings.Contains(a.HTML, "منو") {
			t.Errorf("%s: %+v", name, a)
		}
	}
}

func TestWhatAPageSaysOfItself(t *testing.T) {
	tests := []struct {
		name, head string
		published  string // "" for unknown
		author     string
		title      string // "" for the title element's
	}{
		{name: "JSON-LD", head: `<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"By JSON","datePublished":"2015-09-26T14:05:06+03:00","author":[{"@type":"Person","name":"A. Writer"},{"name":"B. Writer"}]}</script>`,
			published: "2015-09-26T11:05:06Z", author: "A. Writer, B. Writer", title: "By JSON"},
		{name: "JSON-LD in a graph", head: `<script type="application/ld+json">{"@graph":[{"@type":"WebSite","datePublished":"1999-01-01"},{"@type":["Article"],"datePublished":"2015-09-26"}]}</script>`,
			published: "2015-09-26T00:00:00Z"},
		{name: "JSON-LD that is broken, then Open Graph", head: `<script type="application/ld+json">{"@type":</script><meta property="article:published_time" content="2015-09-26T10:00:00Z"><meta property="og:title" content="By graph">`,
			published: "2015-09-26T10:00:00Z", title: "By graph"},
		{name: "metadata", head: `<meta name="DC.date.issued" content="2015-09-26"><meta name="author" content="C. Writer">`, published: "2015-09-26T00:00:00Z", author: "C. Writer"},
		{name: "an address is no author", head: `<meta property="article:author" content="https://example.org/people/1">`},
		{name: "a future date is unknown, and the next one counts", head: `<meta property="article:published_time" content="2099-01-01T00:00:00Z"><meta name="date" content="2015-09-26">`, published: "2015-09-26T00:00:00Z"},
		{name: "a change is no publication", head: `<meta property="article:modified_time" content="2015-09-27T10:00:00Z">`},
		{name: "JSON-LD with a comma too many and line ends in a text", head: "<script type=\"application/ld+json\">//<![CDATA[\n{\"@type\":\"NewsArticle\",\"headline\":\"By\nfaulty\tJSON\",\"author\":[{\"name\":\"D. \\'Writer\"},],\"datePublished\":\"2015-09-26T10:00:00Z\",};\n//]]></script>",
			published: "2015-09-26T10:00:00Z", author: "D. 'Writer", title: "By faulty JSON"},
		{name: "JSON-LD that stays broken", head: `<script type="application/ld+json">{"@type":"NewsArticle","headline":"By "JSON"","datePublished" : "2015-09-26T10:00:00Z"</script>`,
			published: "2015-09-26T10:00:00Z", title: "By"},
		{name: "JSON-LD, several objects in a row", head: `<script type="application/ld+json">{"@type":"Organization"}{"@type":"schema:NewsArticle","datePublished":{"@value":"2015-09-26"}}</script>`,
			published: "2015-09-26T00:00:00Z"},
		{name: "a page's date stands behind an article's", head: `<script type="application/ld+json">[{"@type":"WebPage","datePublished":"2012-01-01"},{"@type":"NewsArticle","datePublished":"2015-09-26"}]</script>`,
			published: "2015-09-26T00:00:00Z"},
		{name: "a day takes the time that another place gives", head: `<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2015-09-26"}</script><meta property="article:published_time" content="2015-09-26T10:00:00Z">`,
			published: "2015-09-26T10:00:00Z"},
		{name: "a day keeps to itself where another place gives another", head: `<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2015-09-26"}</script><meta property="article:published_time" content="2015-09-27T10:00:00Z">`,
			published: "2015-09-26T00:00:00Z"},
		{name: "a time without a zone leaves the day", head: `<meta name="sailthru.date" content="2015-09-26 14:05:06">`, published: "2015-09-26T00:00:00Z"},
		{name: "a date of two meanings", head: `<meta name="date" content="05/06/2015">`},
	}
	for _, test := range tests {
		a := parse(t, test.head)
		published := ""
		if a.Published.Known() {
			published = a.Published.Time.Format(time.RFC3339)
		}
		title := test.title
		if title == "" {
			title = "A centre in Baghdad"
		}
		if published != test.published || a.Author != test.author || a.Title != title {
			t.Errorf("%s: published %q, by %q, title %q", test.name, published, a.Author, a.Title)
		}
	}
}

func TestTimeElements(t *testing.T) {
	parse := func(element string) centre.Moment {
		a, err := page.Parse(t.Context(), strings.Replace(article(""), "<h1>", element+"<h1>", 1), at(t, "https://example.org/"), now)
		if err != nil {
			t.Fatal(err)
		}
		return a.Published
	}
	for element, want := range map[string]bool{
		`<time datetime="2015-09-26T10:00Z">today</time>`:                           true,
		`<time itemprop="datePublished">26 September 2015</time>`:                   true,
		`<time class="updated" datetime="2015-09-26">x</time>`:                      false,
		`<aside><time datetime="2015-09-26">of a teaser</time></aside>`:             false,
		`<time>2 hours ago</time>`:                                                  false,
		`<ul><li>Other news <time datetime="2015-09-26">yesterday</time></li></ul>`: false,
	} {
		if got := parse(element); got.Known() != want {
			t.Errorf("%s: published %v", element, got)
		}
	}
}

func TestTheStableAddress(t *testing.T) {
	for head, want := range map[string]string{
		"": "https://example.org/2015/centre?id=1",
		`<link rel="canonical" href="/2015/09/26/centre">`:                                                                  "https://example.org/2015/09/26/centre",
		`<meta property="og:url" content="https://example.org/og">`:                                                         "https://example.org/og",
		`<meta property="og:url" content="https://example.org/og"><link rel="canonical" href="https://example.org/link#x">`: "https://example.org/link",
		`<link rel="canonical" href="https://example.org/">`:                                                                "https://example.org/2015/centre?id=1",
		`<link rel="canonical" href="https://other.example/x">`:                                                             "https://example.org/2015/centre?id=1",
		`<link rel="canonical" href="javascript:alert(1)">`:                                                                 "https://example.org/2015/centre?id=1",
	} {
		if got := parse(t, head).Canonical; got != want {
			t.Errorf("%s: %s", head, got)
		}
	}
}

func TestPagesThatCannotBeRead(t *testing.T) {
	for name, body := range map[string]string{
		"deep":           strings.Repeat("<div>", 10_000) + "text",
		"scripts alone":  "<html><body><script>render()</script></body></html>",
		"nothing at all": "",
	} {
		_, err := page.Parse(t.Context(), body, at(t, "https://example.org/"), now)
		if err == nil {
			t.Errorf("%s: read", name)
			continue
		}
		gathertest.Sentence(t, err)
	}
}

func FuzzParse(f *testing.F) {
	for _, name := range []string{"testdata/ar.html", "testdata/fa.html"} {
		body, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(body))
	}
	f.Add(article(`<script type="application/ld+json">[{"@type":"Article","author":{"name":["x"]},"@graph":[[]]}]</script>`))
	f.Add("<svg><time datetime></svg><link rel=canonical href=://>")
	f.Add("<p>&#x202e;text</p><template><table><meta content>")
	f.Fuzz(func(t *testing.T, body string) {
		a, err := page.Parse(t.Context(), strings.ToValidUTF8(body, "\ufffd"), at(t, "https://example.org/a"), now)
		if err != nil {
			gathertest.Sentence(t, err)
			return
		}
		if !utf8.ValidString(a.HTML+a.Title+a.Author+a.Canonical) || strings.ContainsRune(a.Title+a.HTML, '\u202e') || strings.ContainsAny(a.Title, "\n") ||
			!strings.HasPrefix(a.Canonical, "https://example.org/") && !strings.HasPrefix(a.Canonical, "http") {
			t.Errorf("%+v", a)
		}
	})
}

func TestDatelines(t *testing.T) {
	for _, test := range []struct{ text, line, day string }{
		{"BAGHDAD, 26 September 2015 (Agency) — Officers of four states met.", "BAGHDAD, 26 September 2015 (Agency)", "2015-09-26"},
		{"BAGHDAD, Sept 26 (Agency) - Officers of four states met.", "BAGHDAD, Sept 26 (Agency)", ""},
		{"بغداد - 26 أيلول 2015 (الوكالة) - اجتمع ضباط أربع دول.", "بغداد - 26 أيلول 2015 (الوكالة)", "2015-09-26"},
		{"تهران، ۴ مهر ۱۳۹۴ - افسران چهار کشور گرد آمدند.", "تهران، ۴ مهر ۱۳۹۴", "2015-09-26"},
		{"БАГДАД, 26 сентября 2015 года — Офицеры четырёх стран собрались.", "БАГДАД, 26 сентября 2015 года", "2015-09-26"},
		{"МОСКВА, 26 сентября — Офицеры четырёх стран собрались.", "МОСКВА, 26 сентября", ""},
		{"Officers of four states met in Baghdad - and on 26 September 2015 they agreed.", "", ""},
		{"The centre of 1 July 2014 was closed. Officers met again - here.", "", ""},
	} {
		a, err := page.Parse(t.Context(), "<html><body><article><p>"+test.text+"</p>"+strings.Repeat(paragraph, 5)+"</article>", at(t, "https://example.org/"), now)
		if err != nil {
			t.Fatal(err)
		}
		day := ""
		if a.Published.Known() {
			day = a.Published.Time.Format(time.DateOnly)
			if a.Published.Basis != centre.BasisDateline || a.Published.Precision != centre.PrecisionDay {
				t.Errorf("%s: %+v", test.text, a.Published)
			}
		}
		if a.Dateline != test.line || day != test.day {
			t.Errorf("%s: line %q, day %q", test.text, a.Dateline, day)
		}
	}
}

func TestPublicationInTheText(t *testing.T) {
	for label, want := range map[string]string{
		"Published: 26 September 2015 14:05 GMT | by A. Writer": "2015-09-26T14:05:00Z",
		"Posted on Saturday, September 26, 2015":                "2015-09-26T00:00:00Z",
		"Опубликовано: 26.09.2015, 14:05 МСК":                   "2015-09-26T11:05:00Z",
		"تاريخ النشر: ٢٦ أيلول ٢٠١٥":                            "2015-09-26T00:00:00Z",
		"تاریخ انتشار: ۴ مهر ۱۳۹۴":                              "2015-09-26T00:00:00Z",
		"Published: 05/06/2015":                                 "",
		"Published by the Press Office in 2015":                 "",
	} {
		a, err := page.Parse(t.Context(), "<html><body><article><h1>Talks</h1><div>"+label+"</div>"+strings.Repeat(paragraph, 5)+"</article>", at(t, "https://example.org/"), now)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if a.Published.Known() {
			got = a.Published.Time.Format(time.RFC3339)
		}
		if got != want {
			t.Errorf("%s: %s", label, got)
		}
	}
}

func TestTheLanguageThatCounts(t *testing.T) {
	for head, want := range map[string]string{
		"": "en",
		`<script type="application/ld+json">{"@type":"NewsArticle","inLanguage":"ar-IQ"}</script>`:                                 "ar-IQ",
		`<script type="application/ld+json">{"@type":"NewsArticle","inLanguage":{"name":"Persian","alternateName":"fa"}}</script>`: "fa",
		`<meta http-equiv="content-language" content="ru">`:                                                                        "en",
	} {
		if got := parse(t, head).Language; got != want {
			t.Errorf("%s: %s", head, got)
		}
	}
	a, err := page.Parse(t.Context(), strings.Replace(article(`<meta property="og:locale" content="fa_IR">`), ` lang="en"`, "", 1), at(t, "https://example.org/"), now)
	if err != nil || a.Language != "fa-IR" {
		t.Error(a.Language, err)
	}
}

func TestTimesThatCannotBothBeTrue(t *testing.T) {
	a := parse(t, `<meta property="article:published_time" content="2015-09-26T10:00:00Z"><meta property="article:modified_time" content="2015-09-20T10:00:00Z">`)
	if a.Updated.Known() || len(a.Problems) != 1 {
		t.Errorf("%v %q", a.Updated, a.Problems)
	}
	a = parse(t, `<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2015-09-26"}</script><meta name="date" content="2014-01-02">`)
	if a.Published.Time.Format(time.DateOnly) != "2015-09-26" || len(a.Problems) != 1 {
		t.Errorf("%v %q", a.Published, a.Problems)
	}
}
