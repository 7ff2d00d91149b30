package feed_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/feed"
	"entente/internal/gather/gathertest"
)

func TestAFeedIsKnownByItsContent(t *testing.T) {
	c := feed.New()
	for _, test := range []struct {
		text     string
		from, to float64
	}{
		{rssItem("<title>x</title>"), 0.9, 1},
		{"\ufeff" + atomEntry("<title>x</title>"), 0.9, 1},
		{rdfItem("<title>x</title>"), 0.9, 1},
		{jsonItem(`"title":"x"`), 0.9, 1},
		{string(zipped(t, rssItem("<title>x</title>"))), 0.9, 1},
		{`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url>`, 0.9, 1},
		{rssItem("<title>x</title>")[:200], 0.9, 1},
		{"PHP Warning <rss><channel><item>", 0.3, 1},
		{`<!DOCTYPE html><html><body><rss></rss></body></html>`, 0, 0},
		{`<svg xmlns="http://www.w3.org/2000/svg"/>`, 0, 0},
		{`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><owl:Class/></rdf:RDF>`, 0, 0.3},
		{`{"type":"bundle","objects":[]}`, 0, 0},
		{`{"items":[{"name":"x"}]}`, 0, 0},
		{"a,b,c\n1,2,3", 0, 0},
		{"", 0, 0},
		{"\x1f\x8b", 0, 0},
	} {
		if sure := c.Recognise("x", "", []byte(test.text)); sure < test.from || sure > test.to {
			t.Errorf("%.60q: %v, want %v to %v", test.text, sure, test.from, test.to)
		}
	}
}

func zipped(t testing.TB, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestReadingAFeedThatLiesSomewhere(t *testing.T) {
	s := centre.Source{ID: 9}
	got := gathertest.Read(t, feed.New(), s, "feeds/copy", strings.NewReader(many("", 450)))
	if got.Err != nil || len(got.Documents) != 450 || got.Calls != 3 || got.Result.Title != "Example" || got.Result.Site != "https://example.org/" {
		t.Errorf("%d documents in %d calls, %+v, %v", len(got.Documents), got.Calls, got.Result, got.Err)
	}
	if d := got.Documents[7]; d.URL != "https://example.org/items/7" || d.ExternalID != "urn:7" || d.Body != "What item 7 says." {
		t.Errorf("%+v", d)
	}
	got = gathertest.Read(t, feed.New(), s, "https://example.org/dir/feed", strings.NewReader(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>One</title><link href="1"/></entry><entry><title>Two`))
	if got.Err != nil || len(got.Documents) != 2 || got.Documents[0].URL != "https://example.org/dir/1" || len(got.Documents[1].Problems) != 1 || len(got.Result.Problems) != 1 {
		t.Errorf("a feed that breaks off: %+v, %v", got.Documents, got.Err)
	}
	got = gathertest.Read(t, feed.New(), s, "sitemap.xml.gz", bytes.NewReader(zipped(t, `<sitemapindex><sitemap><loc>https://e.org/1.xml</loc></sitemap></sitemapindex>`)))
	if got.Err != nil || len(got.Documents) > 0 || len(got.Result.Problems) != 1 || !strings.Contains(got.Result.Problems[0], "https://e.org/1.xml") {
		t.Errorf("an index: %+v, %v", got.Result, got.Err)
	}
	for _, text := range []string{"", "<html></html>", "{}", "\x1f\x8b\x08broken", "words"} {
		gathertest.Sentence(t, gathertest.Read(t, feed.New(), s, "x", strings.NewReader(text)).Err)
	}
}

func TestTheHubIsHandedOn(t *testing.T) {
	header := ""
	body := rss()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if header != "" {
			w.Header().Set("Link", header)
		}
		fmt.Fprint(w, body)
	}))
	defer server.Close()
	s := gathertest.Subject{Connector: feed.New(), Client: gathertest.Client(t), Source: centre.Source{ID: 1, Address: server.URL + "/feed", Private: true}}
	named := `<rss xmlns:a="http://www.w3.org/2005/Atom"><channel><a:link rel="hub" href="https://hub.example/body"/><a:link rel="self" href="https://example.org/self"/></channel></rss>`
	for _, test := range []struct{ header, body, hub, topic string }{
		{"", rss(), "", ""},
		{"", named, "https://hub.example/body", "https://example.org/self"},
		{`<https://hub.example/head>; rel="hub", <https://example.org/head>; rel="self"`, named, "https://hub.example/head", "https://example.org/head"},
		{`<https://hub.example/head>; rel=hub`, rss(), "https://hub.example/head", server.URL + "/feed"},
	} {
		header, body = test.header, test.body
		got := gathertest.Collect(t, s, nil)
		if got.Err != nil || got.Result.Hub != test.hub || got.Result.Topic != test.topic {
			t.Errorf("%q: hub %q, topic %q, %v", test.header, got.Result.Hub, got.Result.Topic, got.Err)
		}
	}
}

func TestTheLanguageOfAnItemIsTheNearestThatIsDeclared(t *testing.T) {
	var body, header, pageHeader, html string
	text := strings.Repeat("<p>The four states will gather, process and analyse information together.</p>", 20)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/feed":
			w.Header().Set("Content-Language", header)
			fmt.Fprint(w, body)
		case "/1":
			w.Header().Set("Content-Language", pageHeader)
			fmt.Fprint(w, html+"<body><article>"+text+"</article></body></html>")
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	item := func(language string) string {
		return `<item><guid>1</guid><link>/1</link><title>T</title><description>D</description>` + language + `</item>`
	}
	channel := func(language, item string) string {
		return `<rss version="2.0"><channel>` + language + `<title>T</title>` + item + `</channel></rss>`
	}
	for _, test := range []struct {
		name, body, header, pageHeader, html, source, follow, want string
	}{
		{"nobody says", channel("", item("")), "", "", "", "", "", ""},
		{"the header alone", channel("", item("")), "ar", "", "", "", "", "ar"},
		{"a header for readers of several", channel("", item("")), "ar, en", "", "", "", "", ""},
		{"the feed before the header", channel("<language>fa</language>", item("")), "en", "", "", "", "", "fa"},
		{"the source before the feed", channel("<language>fa</language>", item("")), "en", "", "", "ckb", "", "ckb"},
		{"the item before the source", channel("", item("<language>ru</language>")), "en", "", "", "ckb", "", "ru"},
		{"a page's header", channel("", item("")), "", "ar", "<html>", "", "yes", "ar"},
		{"a page's element before the headers", channel("", item("")), "en", "fr", `<html lang="fa">`, "", "yes", "fa"},
	} {
		body, header, pageHeader, html = test.body, test.header, test.pageHeader, test.html
		s := gathertest.Subject{Connector: feed.New(), Client: gathertest.Client(t),
			Source: centre.Source{ID: 1, Address: server.URL + "/feed", Private: true, Language: test.source, Options: map[string]string{"follow": test.follow}}}
		if got := gathertest.Collect(t, s, nil); got.Err != nil || len(got.Documents) != 1 || got.Documents[0].Language != test.want {
			t.Errorf("%s: %+v, %v, want %q", test.name, got.Documents, got.Err, test.want)
		}
	}
}

func TestAFeedIsLeftAloneAsItAsks(t *testing.T) {
	saturday := time.Date(2015, 9, 26, 22, 30, 0, 0, time.UTC)
	for _, test := range []struct {
		f    feed.Feed
		want time.Duration
	}{
		{feed.Feed{}, 0},
		{feed.Feed{TTL: time.Hour}, time.Hour},
		{feed.Feed{SkipHours: []int{22, 23}}, 90 * time.Minute},
		{feed.Feed{TTL: time.Hour, SkipHours: []int{22}}, time.Hour},
		{feed.Feed{SkipHours: []int{22, 23, 0}}, 150 * time.Minute},
		{feed.Feed{SkipDays: []time.Weekday{time.Saturday, time.Sunday}}, 25*time.Hour + 30*time.Minute},
	} {
		if got := test.f.Rest(saturday); got != test.want {
			t.Errorf("%+v: %v, want %v", test.f, got, test.want)
		}
	}
}

// mapHost serves sitemaps that a test changes, and counts what is asked for.
type mapHost struct {
	mu    sync.Mutex
	pages map[string]string
	asked []string
}

func (h *mapHost) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	body, found := h.pages[r.URL.Path]
	if r.URL.Path != "/robots.txt" {
		h.asked = append(h.asked, r.URL.Path)
	}
	if !found {
		http.NotFound(w, r)
		return
	}
	fmt.Fprint(w, strings.ReplaceAll(body, "HOST", "http://"+r.Host))
}

func (h *mapHost) take() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	asked := h.asked
	h.asked = nil
	slices.Sort(asked)
	return asked
}

func news(path, date, title string) string {
	return `<url><loc>HOST` + path + `</loc><n:news xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><n:publication_date>` + date + `</n:publication_date><n:title>` + title + `</n:title></n:news></url>`
}

func TestAnIndexOfSitemapsIsWalked(t *testing.T) {
	ago := func(d time.Duration) string { return gathertest.Now.Add(-d).Format(time.RFC3339) }
	h := &mapHost{pages: map[string]string{
		"/index": `<sitemapindex><sitemap><loc>HOST/old</loc><lastmod>` + ago(30*24*time.Hour) + `</lastmod></sitemap>
			<sitemap><loc>HOST/new</loc><lastmod>` + ago(time.Hour) + `</lastmod></sitemap><sitemap><loc>HOST/gone</loc></sitemap><sitemap><loc>HOST/deeper</loc></sitemap></sitemapindex>`,
		"/new":    `<urlset>` + news("/1", ago(2*time.Hour), "One") + news("/2", ago(10*24*time.Hour), "Old") + news("/3", ago(time.Hour), "Three") + `<url><loc>HOST/bare</loc></url></urlset>`,
		"/deeper": `<sitemapindex><sitemap><loc>HOST/zip</loc></sitemap></sitemapindex>`,
	}}
	h.pages["/zip"] = string(zipped(t, `<urlset>`+strings.ReplaceAll(news("/4", ago(3*time.Hour), "Four"), "HOST", "https://e.org")+`</urlset>`))
	server := httptest.NewServer(h)
	defer server.Close()
	s := gathertest.Subject{Connector: feed.New(), Client: gathertest.Client(t), Source: centre.Source{ID: 1, Address: server.URL + "/index", Private: true}}
	first := gathertest.Collect(t, s, nil)
	var titles []string
	for _, d := range first.Documents {
		titles = append(titles, d.Title)
	}
	if first.Err != nil || fmt.Sprint(titles) != "[Three One Four]" {
		t.Errorf("came %v, %v", titles, first.Err)
	}
	if problems := strings.Join(first.Result.Problems, " "); len(first.Result.Problems) != 2 || !strings.Contains(problems, "could not be read") || !strings.Contains(problems, "1 item is an address") {
		t.Errorf("problems: %q", first.Result.Problems)
	}
	if asked := h.take(); fmt.Sprint(asked) != "[/deeper /gone /index /new /zip]" {
		t.Errorf("asked for %v", asked)
	}
	// What did not change is not read again; what is new comes alone.
	second := gathertest.Collect(t, s, first.Cursor)
	if asked := h.take(); second.Err != nil || len(second.Documents) > 0 || slices.Contains(asked, "/new") {
		t.Errorf("then came %d, asked for %v, %v", len(second.Documents), asked, second.Err)
	}
	h.mu.Lock()
	h.pages["/index"] = `<sitemapindex><sitemap><loc>HOST/new</loc><lastmod>` + ago(time.Minute) + `</lastmod></sitemap></sitemapindex>`
	h.pages["/new"] = `<urlset>` + news("/5", ago(time.Minute), "Five") + news("/3", ago(time.Hour), "Three") + `</urlset>`
	h.mu.Unlock()
	if third := gathertest.Collect(t, s, second.Cursor); len(third.Documents) != 1 || third.Documents[0].Title != "Five" {
		t.Errorf("at last came %+v, %v", third.Documents, third.Err)
	}

	all := s
	all.Source.Options = map[string]string{"since": "all"}
	if got := gathertest.Collect(t, all, nil); len(got.Documents) != 2 {
		t.Errorf("of all came %d", len(got.Documents))
	}
	for _, option := range []string{"0d", "3", "d", "soon", "-1h"} {
		gathertest.Sentence(t, feed.New().Check(centre.Source{Address: "https://e.org/", Options: map[string]string{"since": option}}))
	}
	for _, option := range []string{"3d", "36h", "all", ""} {
		if err := feed.New().Check(centre.Source{Address: "https://e.org/", Options: map[string]string{"since": option}}); err != nil {
			t.Error(err)
		}
	}
}

func TestAPlainSitemapIsFollowed(t *testing.T) {
	text := "<p>" + strings.Repeat("The four states will gather information together. ", 30) + "</p>"
	var list strings.Builder
	for n := range 12 {
		fmt.Fprintf(&list, "<url><loc>HOST/page</loc><lastmod>%s</lastmod></url>", gathertest.Now.Add(-time.Duration(n)*time.Hour).Format(time.RFC3339))
	}
	h := &mapHost{pages: map[string]string{
		"/map":  `<urlset>` + list.String() + `<url><loc>HOST/undated</loc></url></urlset>`,
		"/page": `<html><head><title>A page</title></head><body><article><h1>A page</h1>` + text + `</article></body></html>`,
	}}
	server := httptest.NewServer(h)
	defer server.Close()
	s := gathertest.Subject{Connector: feed.New(), Client: gathertest.Client(t), Source: centre.Source{ID: 1, Address: server.URL + "/map", Private: true, Options: map[string]string{"follow": "yes"}}}
	got := gathertest.Collect(t, s, nil)
	if got.Err != nil || len(got.Documents) != 1 || got.Documents[0].Title != "A page" || !strings.Contains(got.Documents[0].Body, "four states") {
		t.Errorf("came %+v, %v, %v", got.Documents, got.Result.Problems, got.Err)
	}
	if !strings.Contains(strings.Join(got.Result.Problems, " "), "1 item does not say when") {
		t.Errorf("problems: %q", got.Result.Problems)
	}
}

var _ gather.Reader = feed.New()
