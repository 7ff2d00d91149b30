package app

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"entente/internal/desk"
	"entente/internal/policy/system"
	"entente/internal/store"
)

// webSubHub is a hub after the W3C Recommendation: it verifies the intent of a
// subscriber, and when it is told that a topic changed it fetches the topic and
// hands it to the subscribers, signed with their secret.
type webSubHub struct {
	t      *testing.T
	server *httptest.Server

	mu          sync.Mutex
	subscribers map[string]url.Values // by callback
	refused     []string
}

func newWebSubHub(t *testing.T) *webSubHub {
	h := &webSubHub{t: t, subscribers: map[string]url.Values{}}
	h.server = httptest.NewServer(h)
	t.Cleanup(h.server.Close)
	return h
}

func (h *webSubHub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil || r.PostForm.Get("hub.mode") != "subscribe" || r.PostForm.Get("hub.callback") == "" || r.PostForm.Get("hub.topic") == "" {
		http.Error(w, "not a subscription", http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusAccepted)
	form := r.PostForm
	go h.verify(form)
}

func (h *webSubHub) verify(form url.Values) {
	query := url.Values{"hub.mode": {"subscribe"}, "hub.topic": form["hub.topic"], "hub.challenge": {"c-4711"}, "hub.lease_seconds": form["hub.lease_seconds"]}
	answer, err := http.Get(form.Get("hub.callback") + "?" + query.Encode())
	h.mu.Lock()
	defer h.mu.Unlock()
	if err != nil {
		h.refused = append(h.refused, err.Error())
		return
	}
	defer answer.Body.Close()
	echo, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK || string(echo) != "c-4711" {
		h.refused = append(h.refused, fmt.Sprintf("%d %q %v", answer.StatusCode, echo, err))
		return
	}
	h.subscribers[form.Get("hub.callback")] = form
}

// tell hands a topic's content to its subscribers.
func (h *webSubHub) tell(content string) {
	h.t.Helper()
	h.mu.Lock()
	defer h.mu.Unlock()
	for callback, form := range h.subscribers {
		m := hmac.New(sha256.New, []byte(form.Get("hub.secret")))
		m.Write([]byte(content))
		r, err := http.NewRequest(http.MethodPost, callback, strings.NewReader(content))
		if err != nil {
			h.t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/rss+xml")
		r.Header.Set("X-Hub-Signature", "sha256="+hex.EncodeToString(m.Sum(nil)))
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			h.t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode/100 != 2 {
			h.t.Errorf("the callback answers %s", answer.Status)
		}
	}
}

func (h *webSubHub) subscribed() (n int, refused []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.subscribers), h.refused
}

func TestAFeedWithAHubIsTakenWhenTheHubTells(t *testing.T) {
	hub := newWebSubHub(t)
	item := func(n int) string {
		return fmt.Sprintf(`<item><guid>g-%d</guid><title>Bulletin number %d</title><description>The ferry to Karbala leaves at %d.</description></item>`, n, n, n)
	}
	whole := func(items string) string {
		return `<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Bulletins</title>
			<atom:link rel="hub" href="` + hub.server.URL + `/"/><atom:link rel="self" href="http://bulletins.example/feed"/>` + items + `</channel></rss>`
	}
	feed := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml")
		fmt.Fprint(w, whole(item(1))) // never changes: what is new comes from the hub
	}))
	t.Cleanup(feed.Close)

	config := trialConfig(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	config.Listen = listener.Addr().String()
	listener.Close()
	config.PublicURL, config.Roles = "http://"+config.Listen, AllRoles
	func() {
		tr := &trial{t: t}
		if tr.parts, err = open(t.Context(), config); err != nil {
			t.Fatal(err)
		}
		defer tr.parts.close()
		_, err := tr.desk.AddSource(t.Context(), tr.as("admin-irq"), desk.NewSource{Name: "Bulletins", Kind: "feed", Address: feed.URL,
			Private: true, OnThisMachine: true, Interval: time.Hour})
		if err != nil {
			t.Fatal(err)
		}
	}()
	running, err := Serve(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	defer running.Stop()
	within(t, "the hub is asked and its question answered", func() bool {
		n, refused := hub.subscribed()
		if len(refused) > 0 {
			t.Fatal(refused)
		}
		return n == 1
	})
	hub.tell(whole(item(1) + item(2)))
	reader, err := openReader(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	within(t, "what the hub told is a report", func() bool {
		page, err := reader.Search(t.Context(), system.View(), nil, store.Page{})
		if err != nil {
			t.Fatal(err)
		}
		return len(page.Reports) == 2
	})
}

// within waits until something holds.
func within(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !holds(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("it never came about that %s", what)
		}
	}
}
