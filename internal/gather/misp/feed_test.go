package misp_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/gather/gathertest"
	"entente/internal/gather/misp"
)

func uuid(n int) string { return fmt.Sprintf("5a3f1c2e-0b1d-4c55-9a77-%012d", n) }

func event(n, timestamp int, date string) string {
	return fmt.Sprintf(`{"Event":{"uuid":"%s","info":"Event %d","timestamp":"%d"%s,"Orgc":{"name":"Example"},"Attribute":[{"category":"Other","type":"text","value":"What event %d says"}]}}`, uuid(n), n, timestamp, date, n)
}

// host is a web server with a MISP feed: a manifest with validators, and a file
// for each event.
type host struct {
	mu       sync.Mutex
	times    map[int]int // timestamp of each event
	broken   map[int]int // status with which an event is answered
	key      string
	requests []string
}

func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.requests = append(h.requests, r.URL.Path)
	if h.key != "" && r.Header.Get("Authorization") != h.key {
		w.WriteHeader(http.StatusForbidden)
		return
	}
	if r.URL.Path == "/feed/manifest.json" {
		manifest := map[string]any{"../../secret": map[string]string{"timestamp": "1"}}
		for n, at := range h.times {
			manifest[uuid(n)] = map[string]any{"info": "x", "timestamp": fmt.Sprint(at), "Orgc": map[string]string{"name": "Example"}}
		}
		text, err := json.Marshal(manifest)
		if err != nil {
			panic(err)
		}
		http.ServeContent(w, r, "manifest.json", time.Time{}, strings.NewReader(string(text)))
		return
	}
	var n int
	if _, err := fmt.Sscanf(strings.TrimPrefix(r.URL.Path, "/feed/5a3f1c2e-0b1d-4c55-9a77-"), "%d.json", &n); err != nil || h.times[n] == 0 {
		http.NotFound(w, r)
		return
	}
	if h.broken[n] > 0 {
		w.WriteHeader(h.broken[n])
		return
	}
	fmt.Fprint(w, event(n, h.times[n], `,"date":"2015-09-26"`))
}

func subject(t *testing.T, h *host) gathertest.Subject {
	t.Helper()
	web := httptest.NewServer(h)
	t.Cleanup(web.Close)
	from := source(t)
	from.Address, from.Private = web.URL+"/feed/", true
	return gathertest.Subject{Connector: misp.New(), Source: from, Client: gathertest.Client(t)}
}

func TestTheContractOnAFeed(t *testing.T) {
	t.Parallel()
	h := &host{times: map[int]int{}}
	for n := range 25 {
		h.times[n] = 1443340800 + n
	}
	s := subject(t, h)
	s.Documents = 25
	for _, address := range []string{"", "intel.example", "ftp://intel.example/feed/"} {
		s.Refused = append(s.Refused, centre.Source{Address: address})
	}
	gathertest.Run(t, s)
}

func TestTheContractOnEventsAtAnAddress(t *testing.T) {
	t.Parallel()
	list := func(n int, date string) string {
		var events []string
		for i := range n {
			events = append(events, event(i, 0, date))
		}
		return `{"response":[` + strings.Join(events, ",") + `]}`
	}
	gathertest.RunWeb(t, gathertest.Web{
		Connector: misp.New(), ContentType: "application/json", Body: list(230, `,"date":"2015-09-26"`), Documents: 230,
		Undated: list(3, ""), UndatedHas: 3,
		Broken: "<html><head><title>No events</title></head><body>Hello</body></html>",
	})
}

func TestOnlyWhatChangedIsFetched(t *testing.T) {
	t.Parallel()
	h := &host{times: map[int]int{1: 1443340801, 2: 1443340802, 3: 1443340803}}
	s := subject(t, h)
	first := gathertest.Collect(t, s, nil)
	if first.Err != nil || len(first.Documents) != 3 || first.Documents[0].ExternalID != uuid(1) || len(first.Result.Problems) != 1 {
		t.Fatalf("%d documents, %q, %v", len(first.Documents), first.Result.Problems, first.Err)
	}
	if strings.Contains(strings.Join(h.requests, " "), "secret") {
		t.Errorf("it asked %q", h.requests)
	}
	h.times[2], h.times[4], h.requests = 1443350000, 1443350001, nil
	second := gathertest.Collect(t, s, first.Cursor)
	if second.Err != nil || len(second.Documents) != 2 || second.Documents[0].ExternalID != uuid(2) || second.Documents[1].ExternalID != uuid(4) || len(h.requests) != 3 {
		t.Errorf("%d documents, %v, by %q", len(second.Documents), second.Err, h.requests)
	}
}

func TestAnEventThatCannotBeHadIsTriedAgainAndThenLeft(t *testing.T) {
	t.Parallel()
	h := &host{times: map[int]int{1: 1443340801, 2: 1443340802, 3: 1443340803}, broken: map[int]int{2: 500, 3: 404}}
	s := subject(t, h)
	got := gathertest.Collect(t, s, nil)
	if got.Err != nil || len(got.Documents) != 1 || len(got.Result.Problems) != 3 {
		t.Fatalf("%d documents, %q, %v", len(got.Documents), got.Result.Problems, got.Err)
	}
	h.requests = nil
	for range 4 {
		got = gathertest.Collect(t, s, got.Cursor)
	}
	if tried := strings.Count(strings.Join(h.requests, " "), uuid(2)); tried != 2 || strings.Contains(strings.Join(h.requests, " "), uuid(3)) || !got.Result.NotModified {
		t.Errorf("it asked %q", h.requests)
	}
	h.broken, h.times[2] = nil, 1443350000
	if got = gathertest.Collect(t, s, got.Cursor); len(got.Documents) != 1 {
		t.Errorf("after it changed %d documents, %v", len(got.Documents), got.Err)
	}
}

func TestTheKeyIsSentAndKept(t *testing.T) {
	t.Parallel()
	h := &host{times: map[int]int{1: 1443340801}, key: "sesame-4711"}
	s := subject(t, h)
	got := gathertest.Collect(t, s, nil)
	gathertest.Sentence(t, got.Err)
	s.Source.Secrets = map[string]string{misp.SecretKey: "sesame-4711"}
	if got = gathertest.Collect(t, s, nil); got.Err != nil || len(got.Documents) != 1 || strings.Contains(string(got.Cursor), "sesame") {
		t.Errorf("%d documents, cursor %s, %v", len(got.Documents), got.Cursor, got.Err)
	}
	s.Source.Address, s.Source.Private = "http://intel.example/feed/", false
	gathertest.Sentence(t, misp.New().Check(s.Source))
}
