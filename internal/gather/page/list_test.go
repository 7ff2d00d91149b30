package page_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/gathertest"
	"entente/internal/gather/page"
)

// newsroom serves a list page of n articles, newest last in the page but dated.
func newsroom(t *testing.T, n int, list func() string) (*httptest.Server, *atomic.Int32) {
	t.Helper()
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var number int
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		switch {
		case r.URL.Path == "/source":
			w.Header().Set("ETag", `"list"`)
			if r.Header.Get("If-None-Match") == `"list"` {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			if list != nil {
				_, _ = io.WriteString(w, list())
				return
			}
			_, _ = io.WriteString(w, "<html><body><nav><a href=/about-the-newsroom-and-its-people>About the newsroom and its people</a></nav><ul class=list>")
			for i := range n {
				fmt.Fprintf(w, "<li><a href='/a/%d#top'>What happened on day %d of the month</a><time datetime='2015-09-%02dT10:00:00Z'>x</time></li>", i, i, i+1)
			}
			_, _ = io.WriteString(w, "</ul></body></html>")
		case r.URL.Path == "/wall":
			_, _ = io.WriteString(w, article(`<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>`))
		case r.URL.Path == "/down":
			w.WriteHeader(http.StatusServiceUnavailable)
		default:
			if _, err := fmt.Sscanf(r.URL.Path, "/a/%d", &number); err != nil {
				http.NotFound(w, r)
				return
			}
			asked.Add(1)
			_, _ = io.WriteString(w, strings.ReplaceAll(article(fmt.Sprintf(`<meta name=date content="2015-09-%02d">`, number+1)), "A centre in Baghdad", fmt.Sprintf("Day %d", number)))
		}
	}))
	t.Cleanup(server.Close)
	return server, &asked
}

func subject(t *testing.T, address string, options map[string]string) gathertest.Subject {
	return gathertest.Subject{Connector: page.New(), Client: gathertest.Client(t),
		Source: centre.Source{ID: 4711, Slug: "list", Kind: "page", Address: address + "/source", Private: true, Options: options}}
}

func TestContractOfAListPage(t *testing.T) {
	server, _ := newsroom(t, 5, nil)
	s := subject(t, server.URL, map[string]string{"list": "ul.list li"})
	s.Documents = 5
	for _, options := range []map[string]string{{"list": "ul["}, {"text": "p:nth-child("}, {"list": "a", "limit": "many"}, {"list": "a", "limit": "51"},
		{"text": "a b c d e f g"}, {"text": strings.Repeat("a", 400)}, {"title": "a ~ b ~ c"}, {"date": ":has(:has(a))"}} {
		bad := s.Source
		bad.Options = options
		s.Refused = append(s.Refused, bad)
	}
	gathertest.Run(t, s)
}

func TestAListIsReadNewestFirstAFewAFetch(t *testing.T) {
	server, asked := newsroom(t, 8, nil)
	s := subject(t, server.URL, map[string]string{"list": "auto", "limit": "3"})
	var titles []string
	var cursor centre.Cursor
	for range 4 {
		got := gathertest.Collect(t, s, cursor)
		if got.Err != nil || len(got.Documents) > 3 {
			t.Fatal(len(got.Documents), got.Err)
		}
		cursor = got.Cursor
		for _, d := range got.Documents {
			titles = append(titles, d.Title)
		}
	}
	if want := []string{"Day 7", "Day 6", "Day 5", "Day 4", "Day 3", "Day 2", "Day 1", "Day 0"}; !slices.Equal(titles, want) {
		t.Errorf("%v", titles)
	}
	if asked.Load() != 8 {
		t.Errorf("8 articles were asked for %d times", asked.Load())
	}
}

func TestWhatOfAListCannotBeRead(t *testing.T) {
	server, _ := newsroom(t, 0, func() string {
		return `<html><body><a class=n href=/a/1>1</a><a class=n href=/wall>2</a><a class=n href=/gone>3</a><a class=n href=/down>4</a><a class=n href="mailto:a@b.c">5</a><a class=n href=/source>6</a>`
	})
	got := gathertest.Collect(t, subject(t, server.URL, map[string]string{"list": "a.n"}), nil)
	if got.Err != nil || len(got.Documents) != 1 || len(got.Result.Problems) != 3 {
		t.Fatalf("%d documents, %q, %v", len(got.Documents), got.Result.Problems, got.Err)
	}
	for i, part := range []string{"not free", "404", "503"} {
		if !strings.Contains(got.Result.Problems[i], part) {
			t.Errorf("%q", got.Result.Problems[i])
		}
	}
	// What may answer later is asked again; what never will is not.
	again := gathertest.Collect(t, subject(t, server.URL, map[string]string{"list": "a.n"}), got.Cursor)
	if len(again.Documents) != 0 || len(again.Result.Problems) != 1 || !strings.Contains(again.Result.Problems[0], "503") {
		t.Errorf("%d documents, %q", len(again.Documents), again.Result.Problems)
	}
}

func TestAListWithoutLinks(t *testing.T) {
	server, _ := newsroom(t, 3, nil)
	got := gathertest.Collect(t, subject(t, server.URL, map[string]string{"list": ".nothing"}), nil)
	gathertest.Sentence(t, got.Err)
}

// A person tries selectors and is told what each matched.
func TestSelectorsTriedLive(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, `<html><body><div class=head><span class=when>Saturday, 26 September 2015, 14:05 GMT</span><b class=by>A. Writer</b></div><h3 class=t>The headline</h3>
			<div class=main><p>First part. <a href="/more">more</a></p><p class=ad>Buy this</p></div><div class=main><p>Second part.</p><script>x()</script></div><p>Not of the article.</p>`)
	}))
	t.Cleanup(server.Close)
	s := subject(t, server.URL, map[string]string{"title": ".t", "text": "div.main, div.main p", "date": ".when", "author": ".by", "remove": ".ad", "list": ""})
	seen, err := gather.Preview(t.Context(), []gather.Connector{page.New()}, s.Client, gathertest.Now, s.Source)
	if err != nil || len(seen.Documents) != 1 {
		t.Fatal(seen, err)
	}
	d := seen.Documents[0]
	if d.Title != "The headline" || d.Author != "A. Writer" || d.Published.Time.Format("2006-01-02 15:04") != "2015-09-26 14:05" ||
		strings.Count(d.Body, "First part") != 1 || !strings.Contains(d.Body, "Second part") || strings.Contains(d.Body, "Buy") || strings.Contains(d.Body, "x()") || strings.Contains(d.Body, "Not of") ||
		!strings.Contains(d.Body, server.URL+"/more") {
		t.Errorf("%+v", d)
	}
	told := strings.Join(seen.Problems, "\n")
	for _, want := range []string{`"title" matched 1 element`, `"text" matched 4 elements`, `"remove" matched 1 element`} {
		if !strings.Contains(told, want) {
			t.Errorf("%q is not told: %s", want, told)
		}
	}
	s.Source.Options = map[string]string{"date": ".nowhere"}
	seen, err = gather.Preview(t.Context(), []gather.Connector{page.New()}, s.Client, gathertest.Now, s.Source)
	if err != nil || !strings.Contains(strings.Join(seen.Problems, ""), "matched nothing") {
		t.Errorf("%v, %v", seen.Problems, err)
	}
	// Not in the form alone: the site may change later.
	if got := gathertest.Collect(t, s, nil); len(got.Result.Problems) != 1 {
		t.Errorf("%q", got.Result.Problems)
	}
}

func TestABadSelectorIsShownWhereItIsBad(t *testing.T) {
	s := subject(t, "https://example.org", map[string]string{"text": "article .text[x"})
	err := page.New().Check(s.Source)
	if gathertest.Sentence(t, err); err == nil || !strings.Contains(err.Error(), `"article .text"`) || !strings.Contains(err.Error(), `character 14`) {
		t.Error(err)
	}
}

func TestAParseEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := page.Parse(ctx, article(""), at(t, "https://example.org/"), now); err != context.Canceled {
		t.Error(err)
	}
}
