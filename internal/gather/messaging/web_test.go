package messaging_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"entente/internal/centre"
	"entente/internal/gather/gathertest"
	"entente/internal/gather/messaging"
)

func example(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestContractOfTelegramsPages(t *testing.T) {
	t.Parallel()
	body := example(t, "preview.html")
	gathertest.RunWeb(t, gathertest.Web{
		Connector: messaging.New(), ContentType: "text/html; charset=utf-8", Body: body, Documents: 2,
		Undated: strings.ReplaceAll(body, "datetime=", "x="), UndatedHas: 2,
		Broken: "<html><body><div class=tgme_page>If you have Telegram, you can contact a person.</div></body></html>", Options: map[string]string{"platform": "telegram"},
	})
}

func TestContractOfMastodon(t *testing.T) {
	t.Parallel()
	body := example(t, "statuses.json")
	gathertest.RunWeb(t, gathertest.Web{
		Connector: messaging.New(), ContentType: "application/json", Body: body, Documents: 3,
		Undated: strings.ReplaceAll(body, `"created_at": "2`, `"x": "2`), UndatedHas: 3,
		Broken: `{"error": "This method requires an authenticated user"}`, Options: map[string]string{"platform": "mastodon"},
	})
}

// Bluesky and files at an address go the same way through the network as the
// two above, whose hostile hosts they are spared.
func TestContractOfBlueskyAndOfAnExportAtAnAddress(t *testing.T) {
	for _, test := range []struct {
		example, path string
		documents     int
	}{{"authorfeed.json", "/xrpc/app.bsky.feed.getAuthorFeed?actor=centre.example", 2}, {"tweets.js", "/files/tweets.js", 3}, {"result.json", "/result.json?key=x", 5}} {
		for _, tag := range []string{"", `"one"`} {
			body := example(t, test.example)
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/robots.txt" {
					http.NotFound(w, r)
					return
				}
				if tag != "" {
					w.Header().Set("ETag", tag)
					if r.Header.Get("If-None-Match") == tag {
						w.WriteHeader(http.StatusNotModified)
						return
					}
				}
				_, _ = io.WriteString(w, body)
			}))
			t.Cleanup(server.Close)
			s := follow(t, server.URL+test.path, nil)
			s.Documents = test.documents
			gathertest.Run(t, s)
			for _, broken := range []string{"", "{", body[:len(body)/2], `{"error": "InvalidRequest", "message": "Profile not found"}`, "window.YTD.direct_messages.part0 = []"} {
				body = broken
				s.Client = gathertest.Client(t)
				if got := gathertest.Collect(t, s, nil); got.Err != nil {
					gathertest.Sentence(t, got.Err)
				} else if len(got.Result.Problems) == 0 {
					t.Errorf("%s: %q is read without a word", test.example, broken[:min(len(broken), 40)])
				}
			}
		}
	}
}

// channel serves a channel of n posts in pages of 20, as the preview pages do.
func channel(t *testing.T, n *atomic.Int32, down *atomic.Bool) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/s/centre" {
			http.NotFound(w, r)
			return
		}
		last := int(n.Load())
		if before := r.URL.Query().Get("before"); before != "" {
			if down.Load() {
				w.Header().Set("Retry-After", "1")
				w.WriteHeader(http.StatusTooManyRequests)
				return
			}
			b, _ := strconv.Atoi(before)
			last = b - 1
		}
		w.Header().Set("Content-Type", "text/html")
		first := max(1, last-19)
		_, _ = io.WriteString(w, `<section class="tgme_channel_history">`)
		if first > 1 {
			fmt.Fprintf(w, `<a class="tme_messages_more" data-before="%d"></a>`, first)
		}
		for i := first; i <= last; i++ {
			fmt.Fprintf(w, `<div class="tgme_widget_message" data-post="centre/%d"><div class="tgme_widget_message_text js-message_text">number %d</div></div>`, i, i)
		}
	}))
	t.Cleanup(server.Close)
	return server
}

func follow(t *testing.T, address string, options map[string]string) gathertest.Subject {
	return gathertest.Subject{Connector: messaging.New(), Client: gathertest.Client(t),
		Source: centre.Source{ID: 4711, Slug: "m", Kind: "messaging", Address: address, Private: true, Options: options}}
}

func ids(docs []centre.Document) string {
	var out []string
	for _, d := range docs {
		out = append(out, strings.TrimPrefix(d.ExternalID, "centre/"))
	}
	return strings.Join(out, " ")
}

func TestAChannelIsReadBackToWhatIsKnown(t *testing.T) {
	var n atomic.Int32
	var down atomic.Bool
	n.Store(50)
	s := follow(t, channel(t, &n, &down).URL+"/s/centre", map[string]string{"platform": "telegram", "pages": "2"})
	first := gathertest.Collect(t, s, nil)
	if first.Err != nil || len(first.Documents) != 40 || first.Documents[0].ExternalID != "centre/11" || first.Documents[39].ExternalID != "centre/50" {
		t.Fatal(ids(first.Documents), first.Err)
	}
	n.Store(53)
	second := gathertest.Collect(t, s, first.Cursor)
	if second.Err != nil || ids(second.Documents) != "51 52 53" {
		t.Error(ids(second.Documents), second.Err)
	}
	// Thirty new posts while the older page does not answer: the newest come,
	// and the gap is filled the next time.
	n.Store(83)
	down.Store(true)
	third := gathertest.Collect(t, s, second.Cursor)
	if third.Err != nil || len(third.Documents) != 20 || len(third.Result.Problems) != 1 {
		t.Fatal(ids(third.Documents), third.Result.Problems, third.Err)
	}
	down.Store(false)
	s.Client = gathertest.Client(t) // the other one keeps to Retry-After
	fourth := gathertest.Collect(t, s, third.Cursor)
	if fourth.Err != nil || ids(fourth.Documents) != "54 55 56 57 58 59 60 61 62 63" {
		t.Error(ids(fourth.Documents), fourth.Err)
	}
	fifth := gathertest.Collect(t, s, fourth.Cursor)
	if fifth.Err != nil || len(fifth.Documents) != 0 {
		t.Error(ids(fifth.Documents), fifth.Err)
	}
}

// instance is a server with the REST interface's lookup, statuses and Link header.
func instance(t *testing.T, text *atomic.Value) (*httptest.Server, *atomic.Int32) {
	t.Helper()
	var lookups atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		switch r.URL.Path {
		case "/api/v1/accounts/lookup":
			lookups.Add(1)
			if r.URL.Query().Get("acct") != "centre" {
				w.WriteHeader(http.StatusNotFound)
				return
			}
			_, _ = io.WriteString(w, `{"id":"7","acct":"centre"}`)
		case "/api/v1/accounts/7/statuses", "/api/v1/timelines/tag/bridge", "/api/v1/timelines/public":
			last := 60
			if id := r.URL.Query().Get("max_id"); id != "" {
				n, err := strconv.Atoi(strings.TrimPrefix(id, "c"))
				if err != nil || !strings.HasPrefix(id, "c") { // the header tells the token, not the last post
					w.WriteHeader(http.StatusBadRequest)
					return
				}
				last = n - 1
			}
			var page []any
			for i := last; i > max(0, last-40); i-- {
				page = append(page, map[string]any{"id": strconv.Itoa(i), "created_at": "2015-09-26T14:05:06Z", "visibility": "public", "spoiler_text": "",
					"content": fmt.Sprintf("<p>%s %d</p>", text.Load(), i), "account": map[string]any{"id": "7", "acct": "centre"}})
			}
			w.Header().Set("Link", fmt.Sprintf(`<http://%s%s?min_id=%d>; rel="prev", <http://%s%s?limit=40&max_id=c%d>; rel="next"`, r.Host, r.URL.Path, last, r.Host, r.URL.Path, max(1, last-39)))
			if page == nil {
				page = []any{}
			}
			_ = json.NewEncoder(w).Encode(page)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(server.Close)
	return server, &lookups
}

func TestAnAccountATagAndAnInstance(t *testing.T) {
	var text atomic.Value
	text.Store("post")
	server, lookups := instance(t, &text)
	for _, path := range []string{"/@centre", "/tags/bridge", "/public", "/api/v1/timelines/tag/bridge?limit=40"} {
		s := follow(t, server.URL+path, map[string]string{"platform": "mastodon"})
		got := gathertest.Collect(t, s, nil)
		if got.Err != nil || len(got.Documents) != 60 || got.Documents[0].ExternalID != "1" || got.Documents[59].ExternalID != "60" {
			t.Errorf("%s: %d posts, %v", path, len(got.Documents), got.Err)
		}
		if again := gathertest.Collect(t, s, got.Cursor); again.Err != nil || !again.Result.NotModified {
			t.Errorf("%s: %d posts again, %v", path, len(again.Documents), again.Err)
		}
	}
	if lookups.Load() != 1 {
		t.Errorf("the account was looked up %d times", lookups.Load())
	}
	missing := gathertest.Collect(t, follow(t, server.URL+"/@nobody", nil), nil)
	gathertest.Sentence(t, missing.Err)
}

// An edited post comes again, under its id.
func TestAnEditedPostComesAgain(t *testing.T) {
	var text atomic.Value
	text.Store("post")
	server, _ := instance(t, &text)
	s := follow(t, server.URL+"/@centre", map[string]string{"pages": "1"})
	first := gathertest.Collect(t, s, nil)
	text.Store("changed")
	second := gathertest.Collect(t, s, first.Cursor)
	if second.Err != nil || len(second.Documents) != 40 || !strings.Contains(second.Documents[0].Body, "changed") {
		t.Errorf("%d posts, %v", len(second.Documents), second.Err)
	}
}

func TestAddressesAndOptions(t *testing.T) {
	c := messaging.New()
	for _, address := range []string{"t.me/centre", "https://t.me/s/centre", "https://social.example/@centre", "https://bsky.app/profile/centre.example"} {
		if err := c.Check(centre.Source{Kind: "messaging", Address: address}); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
	for _, s := range []centre.Source{
		{Address: ""}, {Address: "centre"}, {Address: "https://t.me/centre", Options: map[string]string{"platform": "pigeon"}},
		{Address: "https://t.me/centre", Options: map[string]string{"pages": "0"}}, {Address: "https://t.me/centre", Options: map[string]string{"pages": "all"}},
	} {
		gathertest.Sentence(t, c.Check(s))
	}
}
