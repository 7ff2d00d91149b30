package feed_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"entente/internal/gather/feed"
	"entente/internal/gather/fetch"
	"entente/internal/gather/gathertest"
)

var now = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

func base(t testing.TB) *url.URL {
	t.Helper()
	u, err := url.Parse("https://feeds.example.com/dir/feed.xml")
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// TestGolden reads each testdata/*.xml and feed.json and compares what comes
// out with the file of the same name and .golden.json.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.xml")
	if err != nil || len(files) < 8 {
		t.Fatalf("only %d examples, %v", len(files), err)
	}
	for _, name := range append(files, "testdata/feed.json") {
		t.Run(filepath.Base(name), func(t *testing.T) {
			body, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			f, err := feed.Parse(fetch.ToUTF8(body, "").UTF8, base(t), now)
			if err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			e := json.NewEncoder(&b)
			e.SetIndent("", "  ")
			e.SetEscapeHTML(false)
			if err := e.Encode(f); err != nil {
				t.Fatal(err)
			}
			gathertest.Golden(t, strings.TrimSuffix(name, filepath.Ext(name))+".golden.json", b.String())
		})
	}
}

func TestWhatIsNoFeedIsRefusedWithTheRemedy(t *testing.T) {
	for _, test := range []struct{ name, body, says string }{
		{"a page that names its feed", `<!DOCTYPE html><html><head><link rel="alternate" type="application/rss+xml" href="/rss?a=1&amp;b=2"></head></html>`, "its feed is at https://feeds.example.com/rss?a=1&b=2"},
		{"a page that does not", "<html><body>Hello", "a source of kind page"},
		{"nothing", " \n", "is empty"},
		{"text", "Hello, world", `begins with "Hello, world"`},
		{"other XML", `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>`, "neither RSS, Atom nor a sitemap"},
		{"other JSON", `{"a":`, "damaged"},
		{"JSON of another kind", `{"type":"FeatureCollection","features":[]}`, "no JSON Feed"},
	} {
		_, err := feed.Parse(test.body, base(t), now)
		gathertest.Sentence(t, err)
		if err != nil && !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

// FuzzRecognise looks for panics: what is surely a feed must also be read as one.
func FuzzRecognise(f *testing.F) {
	for _, seed := range []string{rssItem("<title>x</title>"), atomEntry(""), `{"version":"https://jsonfeed.org/version/1"}`, "\x1f\x8b\x08", "<urlset>", "<RDF><item>", "\xff\xfe<\x00"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, head []byte) {
		sure := feed.New().Recognise("", "", head)
		if sure < 0 || sure > 1 {
			t.Fatal(sure)
		}
		if _, err := feed.Parse(fetch.ToUTF8(head, "").UTF8, base(t), now); sure > 0.9 && err != nil && !strings.HasPrefix(string(head), "\x1f\x8b") {
			t.Errorf("surely a feed (%v), but %v", sure, err)
		}
	})
}

func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/*.[xj]*")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		if body, err := os.ReadFile(name); err == nil && !strings.HasSuffix(name, ".golden.json") {
			f.Add(string(body))
		}
	}
	for _, frame := range []func(string) string{rssItem, atomEntry, rdfItem} {
		f.Add(frame(`<title type="html">a &amp; b</title><link href="/x"/><pubDate>26 Sep 2015</pubDate><georss:box>1 2 3 4</georss:box><media:group><media:content url="x"/></media:group><content:encoded><![CDATA[<p>`))
	}
	f.Add(`<urlset><url><loc>https://e.org/</loc><lastmod>2015</lastmod></url></urlset>`)
	f.Add(`<!DOCTYPE rss [<!ENTITY a "b">]><rss xml:base="x"><channel xml:lang="fa"><item><title>&a;&#0;&nbsp;`)
	f.Add(`<CHANNEL HREF="a"><ITEM HREF=b LASTMOD='2015.09.26'><ABSTRACT>`)
	f.Add(`<?xml ?>`)
	f.Add(`<rss><channel><item></item><item>`)
	f.Add(`{"version":"https://jsonfeed.org/version/1","items":[null,{}]}`)
	f.Add(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="xhtml"><div></div></content></entry></feed>`)
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ReplaceAll(text, "%!", "%") // Sentence takes a quotation of it for a fault of ours
		got, err := feed.Parse(fetch.ToUTF8([]byte(text), "").UTF8, base(t), now)
		if err != nil {
			gathertest.Sentence(t, err)
			return
		}
		for _, item := range got.Items {
			if !utf8.ValidString(item.Title+item.Body+item.Author+item.GUID) ||
				item.Published.Time.After(now.Add(25*time.Hour)) || len(item.Enclosures) > 50 || len(item.Properties) > 100 || strings.ContainsRune(item.Title+item.Body, '\u202e') {
				t.Errorf("%+v", item)
			}
		}
	})
}

func manyOf(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// TestHostileFeedsCostLittle reads feeds made to make a careless reader slow.
func TestHostileFeedsCostLittle(t *testing.T) {
	for name, body := range map[string]string{
		"sections":         `<rss><channel><item>` + strings.Repeat("<![CDATA[]]>", 100_000) + "<broken",
		"open sections":    `<rss><channel>` + strings.Repeat("<item><![CDATA[</item>", 2000),
		"open comments":    `<rss><channel>` + strings.Repeat("<!--<item></item>", 2000),
		"items":            `<rss><channel>` + strings.Repeat("<item>", 100_000),
		"broken items":     `<rss version="2.0"><channel>` + strings.Repeat("<item><title>a</b></item>", 500),
		"a long head":      `<rss version="2.0"><channel><title>` + strings.Repeat("x", 64<<10) + `</title>` + strings.Repeat("<item><a></b></item>", 500),
		"a deep head":      strings.Repeat("<a>", 50_000) + "<item></item>",
		"tags":             strings.Repeat("<", 1<<17),
		"a guid of 1 MB":   `<rss version="2.0"><channel><item><title>x</title><guid>` + strings.Repeat("g", 1<<20) + `</guid></item></channel></rss>`,
		"100,000 items":    `<rss version="2.0"><channel>` + strings.Repeat("<item><title>a</title><link>/b</link></item>", 100_000),
		"a title of 10 MB": `<rss version="2.0"><channel><item><title>` + strings.Repeat("a&amp; ", 1_500_000) + `</title></item></channel></rss>`,
		"bindings":         `<rss>` + strings.Repeat(`<a xmlns:b="c">`, 190) + strings.Repeat(`<a xmlns:b="c"/>`, 300_000),
		"many creators":    `<rss version="2.0"><channel><item>` + manyOf(20_000, "<dc:creator>c%d</dc:creator><pubDate>%[1]d?</pubDate><enclosure url='/%[1]d'/><category>%[1]d</category>"),
		"instructions":     `<rss>` + strings.Repeat("<?a>", 1<<20),
		"declarations":     `<rss>` + strings.Repeat("<!a>", 1<<20),
		"false sections":   `<rss><channel>` + strings.Repeat("<![CDATA[</item>", 1<<17) + "]]>",
		"an entity bomb":   `<!DOCTYPE rss [<!ENTITY a "` + strings.Repeat("x", 30_000) + `">]><rss version="2.0"><channel><item><title>x</title><description>` + strings.Repeat("&a;", 500_000),
		"deep XHTML":       `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>x</title><content type="xhtml">` + strings.Repeat("<div>", 100_000) + "x",
		"a long polygon":   `<rss version="2.0"><channel><item><georss:polygon>` + strings.Repeat("33.1 44.2 ", 500_000) + `</georss:polygon></item></channel></rss>`,
		"a title of 1 MB":  `<rss version="2.0"><channel><item><title>` + strings.Repeat("&lt;b&gt;", 10_000) + `y</title></item></channel></rss>`,
	} {
		start := time.Now()
		f, err := feed.Parse(body, base(t), now)
		t.Logf("%s: %v, %d items", name, time.Since(start), len(f.Items)) // the bound is the test's own time limit: machines differ
		if err != nil {
			gathertest.Sentence(t, err)
		}
		for _, item := range f.Items {
			if len(item.GUID) > 1000 || len(item.Title) > 5000 {
				t.Errorf("%s: a guid of %d bytes, a title of %d", name, len(item.GUID), len(item.Title))
			}
		}
	}
}
