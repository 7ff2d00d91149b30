package feed_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"entente/internal/centre"
	"entente/internal/gather/feed"
	"entente/internal/gather/gathertest"
)

// site is a host with a feed and pages that a test changes.
type site struct {
	mu    sync.Mutex
	feed  string
	pages map[string]http.HandlerFunc
	asked []string // paths, without the feed's and robots.txt
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	body, page := s.feed, s.pages[r.URL.Path]
	if r.URL.Path != "/feed" && r.URL.Path != "/robots.txt" {
		s.asked = append(s.asked, r.URL.Path)
	}
	s.mu.Unlock()
	switch {
	case r.URL.Path == "/feed":
		_, _ = io.WriteString(w, body)
	case page != nil:
		page(w, r)
	default:
		http.NotFound(w, r)
	}
}

func (s *site) publish(feed string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.feed = feed
}

func (s *site) subject(t *testing.T, options map[string]string) gathertest.Subject {
	t.Helper()
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return gathertest.Subject{
		Connector: feed.New(), Client: gathertest.Client(t),
		Source: centre.Source{ID: 7, Kind: "feed", Address: server.URL + "/feed", Private: true, Options: options},
	}
}

func rss(items ...string) string {
	return `<rss version="2.0"><channel><title>T</title>` + strings.Join(items, "\n") + `</channel></rss>`
}

func ids(docs []centre.Document) []string {
	out := make([]string, len(docs))
	for i, d := range docs {
		out[i] = d.ExternalID
	}
	return out
}

func TestAnItemKeepsItsName(t *testing.T) {
	s := &site{feed: rss(
		`<item><guid>same</guid><link>https://e.org/1</link><title>One</title></item>`,
		`<item><guid>same</guid><link>https://e.org/2</link><title>Two</title></item>`,
		`<item><guid>own</guid><link>https://e.org/</link><title>Three</title></item>`,
		`<item><guid>own</guid><link>https://e.org/</link><title>Three, repeated</title></item>`,
		`<item><link>https://e.org/4</link><title>Four</title></item>`,
		`<item><link>https://e.org/</link><title>Five</title></item>`,
		`<item><link>https://e.org/</link><title>Six</title></item>`,
		`<item><title>Seven</title></item>`,
	)}
	subject := s.subject(t, nil)
	first := gathertest.Collect(t, subject, nil)
	if first.Err != nil {
		t.Fatal(first.Err)
	}
	got := ids(first.Documents)
	if len(got) != 7 {
		t.Fatalf("documents: %q, problems %q", got, first.Result.Problems)
	}
	for i, want := range []string{"https://e.org/1", "https://e.org/2", "own", "https://e.org/4", "sha256:", "sha256:", "sha256:"} {
		if !strings.HasPrefix(got[i], want) {
			t.Errorf("document %d is known as %q, want %q", i, got[i], want)
		}
	}
	if len(first.Result.Problems) != 3 {
		t.Errorf("problems: %q", first.Result.Problems)
	}

	// When the other bearer of a name leaves, the name still names nobody.
	s.publish(rss(`<item><guid>same</guid><link>https://e.org/1</link><title>One, changed</title></item>`))
	second := gathertest.Collect(t, subject, first.Cursor)
	if fmt.Sprint(ids(second.Documents)) != "[https://e.org/1]" {
		t.Errorf("the second fetch brought %q", ids(second.Documents))
	}
}

func TestOnlyWhatIsNewOrChangedComes(t *testing.T) {
	item := func(n int, text string) string {
		return fmt.Sprintf("<item><guid>%d</guid><title>Item %d</title><description>%s</description></item>", n, n, text)
	}
	s := &site{feed: rss(item(1, "a"), item(2, "b"))}
	subject := s.subject(t, nil)
	first := gathertest.Collect(t, subject, nil)
	s.publish(rss(item(3, "c"), item(2, "b, corrected"), item(1, "a")))
	second := gathertest.Collect(t, subject, first.Cursor)
	if fmt.Sprint(ids(second.Documents)) != "[3 2]" {
		t.Errorf("came: %q", ids(second.Documents))
	}
}

func TestADamagedFeedIsReadAgainWhole(t *testing.T) {
	whole := rss("<item><guid>1</guid><title>One</title></item>", "<item><guid>2</guid><title>Two</title></item>")
	s := &site{feed: whole[:strings.Index(whole, "Two")]}
	subject := s.subject(t, nil)
	first := gathertest.Collect(t, subject, nil)
	if first.Err != nil || fmt.Sprint(ids(first.Documents)) != "[1]" || len(first.Result.Problems) != 1 {
		t.Errorf("of a truncated feed came %q, %q, %v", ids(first.Documents), first.Result.Problems, first.Err)
	}
	s.publish(whole)
	if second := gathertest.Collect(t, subject, first.Cursor); fmt.Sprint(ids(second.Documents)) != "[2]" {
		t.Errorf("then came %q", ids(second.Documents))
	}
}

func TestFollowingItemsToTheirPages(t *testing.T) {
	text := "<p>" + strings.Repeat("The four states will gather, process and analyse information together. ", 20) + "</p>"
	var broken atomic.Bool
	broken.Store(true)
	s := &site{feed: rss(
		`<item><guid>full</guid><link>/full</link><title>Full</title><description>Teaser.</description></item>`,
		`<item><guid>gone</guid><link>/gone</link><title>Gone</title><description>Teaser of what is gone.</description></item>`,
		`<item><guid>busy</guid><link>/busy</link><title>Busy</title><description>Teaser of what is busy.</description></item>`,
		`<item><guid>elsewhere</guid><link>http://localhost:1/x</link><title>Elsewhere</title><description>Teaser.</description></item>`,
		`<item><guid>nowhere</guid><title>Nowhere</title><description>All there is.</description></item>`,
	), pages: map[string]http.HandlerFunc{
		"/full": func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, `<html lang="en"><head><meta name="author" content="A. Writer"><meta name="date" content="2015-09-26"></head><body><article>`+text+`</article></body></html>`)
		},
		"/busy": func(w http.ResponseWriter, _ *http.Request) {
			if broken.Load() {
				w.WriteHeader(http.StatusInternalServerError)
				return
			}
			fmt.Fprint(w, `<html><body><article>`+text+`</article></body></html>`)
		},
	}}
	subject := s.subject(t, map[string]string{"follow": "yes"})
	first := gathertest.Collect(t, subject, nil)
	if first.Err != nil || len(first.Documents) != 5 {
		t.Fatalf("%d documents, %v", len(first.Documents), first.Err)
	}
	full := first.Documents[0]
	if !strings.Contains(full.Body, "analyse information") || full.MediaType != "text/html" || full.Title != "Full" || full.Author != "A. Writer" ||
		full.Published.Basis != centre.BasisPage || full.Language != "en" || len(full.Problems) > 0 {
		t.Errorf("the followed item: %+v", full)
	}
	for _, d := range first.Documents[1:4] {
		if !strings.HasPrefix(d.Body, "Teaser") || len(d.Problems) != 1 || d.Published.Known() {
			t.Errorf("an item without a page: %+v", d)
		}
	}
	if d := first.Documents[4]; d.Body != "All there is." || len(d.Problems) > 0 {
		t.Errorf("an item without a link: %+v", d)
	}

	// Pages are read once; one that did not answer is asked for again, and at
	// most three times.
	cursor := first.Cursor
	for range 4 {
		got := gathertest.Collect(t, subject, cursor)
		if got.Err != nil || len(got.Documents) > 1 {
			t.Errorf("came again: %q, %v", ids(got.Documents), got.Err)
		}
		cursor = got.Cursor
	}
	s.mu.Lock()
	asked := slices.Clone(s.asked)
	s.mu.Unlock()
	slices.Sort(asked)
	if fmt.Sprint(asked) != "[/busy /busy /busy /full /gone]" {
		t.Errorf("pages asked for: %q", asked)
	}
	broken.Store(false)
	if got := gathertest.Collect(t, subject, first.Cursor); len(got.Documents) != 1 || !strings.Contains(got.Documents[0].Body, "analyse information") {
		t.Errorf("a page that answers in the end: %+v, %v", got.Documents, got.Err)
	}
}

func TestTheOptionIsChecked(t *testing.T) {
	err := feed.New().Check(centre.Source{Address: "https://e.org/", Options: map[string]string{"follow": "perhaps"}})
	gathertest.Sentence(t, err)
}
