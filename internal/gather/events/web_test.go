package events_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/events"
	"entente/internal/gather/gathertest"
)

// asDocuments lets the suite, which counts documents, hold the connector to its
// contract: each event goes to Yield as a document with the event's id and day.
type asDocuments struct {
	*events.Connector
	t *testing.T
}

func (a asDocuments) Fetch(ctx context.Context, r gather.Request) (gather.Result, error) {
	r.YieldEvents = func(ctx context.Context, batch []centre.Event, c centre.Cursor) error {
		for len(batch) > 0 {
			n := min(len(batch), gather.MaxBatch)
			var docs []centre.Document
			for _, e := range batch[:n] {
				whole(a.t, e)
				docs = append(docs, centre.Document{Source: e.Source, ExternalID: e.ExternalID, Title: e.Title, Body: e.Notes, MediaType: "text/plain", Published: e.Start, Fetched: e.Fetched})
			}
			batch = batch[n:]
			with := c
			if len(batch) > 0 {
				with = nil
			}
			if err := r.Yield(ctx, docs, with); err != nil {
				return err
			}
		}
		return nil
	}
	return a.Connector.Fetch(ctx, r)
}

// The suite of hostile hosts waits for the slow ones, so that the file and one
// of the APIs stand for the rest, whose requests go the same way.
func TestSuiteOnTheWeb(t *testing.T) {
	for _, c := range []struct {
		file, undated, format, kind string
		documents                   int
	}{
		{"gdelt.export.CSV", "461\t20159999" + strings.Repeat("\t", 59) + "\n", "", "text/plain", 7},
		{"acled.json", `{"data":[{"event_id_cnty":"IRQ1","event_type":"Battles"}]}`, "acled-api", "application/json", 2},
	} {
		t.Run(c.file, func(t *testing.T) {
			t.Parallel()
			gathertest.RunWeb(t, gathertest.Web{
				Connector: asDocuments{events.New(), t}, ContentType: c.kind, Body: example(t, c.file), Documents: c.documents,
				Undated: c.undated, UndatedHas: 1, Broken: "<html><body>Nothing of the kind</body></html>",
				Options: map[string]string{events.OptionFormat: c.format},
			})
		})
	}
}

func TestSuite(t *testing.T) {
	for _, c := range []struct {
		file, format string
		documents    int
	}{
		{"acled.csv", "", 6}, {"ucdp.csv", "", 3}, {"gdelt.gkg.csv", "", 4}, {"hxl.csv", "", 4}, {"ucdp.json", "ucdp-api", 1},
	} {
		t.Run(c.file, func(t *testing.T) {
			s := newSite(t)
			s.files["/source"] = []byte(example(t, c.file))
			v := s.visit(t, "/source", map[string]string{events.OptionFormat: c.format}, nil)
			gathertest.Run(t, gathertest.Subject{Connector: asDocuments{events.New(), t}, Source: v.source, Documents: c.documents, Client: gathertest.Client(t)})
			for _, bad := range []string{"", " ", "{", `{"status":403,"message":"No access\u202e"}`, "<html></html>", "[[[[", `{"Result":{}}`, "PK\x03\x04 nothing"} {
				s.files["/source"] = []byte(bad)
				if got, _, err := v.fetch(); err == nil || len(got) > 0 {
					t.Errorf("%q is read as %q", bad, got)
				}
			}
		})
	}
}

func example(t *testing.T, name string) string {
	body, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// site is a host of files and APIs that changes under the connector's eyes.
type site struct {
	*httptest.Server
	mu      sync.Mutex
	files   map[string][]byte
	asked   []string
	handler http.HandlerFunc // for what is no file
}

func newSite(t *testing.T) *site {
	s := &site{files: map[string][]byte{}}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.asked = append(s.asked, r.URL.RequestURI())
		if body, found := s.files[r.URL.Path]; found {
			_, _ = w.Write(body)
			return
		}
		if s.handler != nil {
			s.handler(w, r)
			return
		}
		http.NotFound(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

// put adds a fifteen-minute file and gives its line of the list.
func (s *site) put(t *testing.T, name string, rows ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(strings.TrimSuffix(name, ".zip"))
	if err != nil {
		t.Fatal(err)
	}
	_, _ = w.Write([]byte(strings.Join(rows, "\n") + "\n"))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files["/gdeltv2/"+name] = b.Bytes()
	sum := md5.Sum(b.Bytes())
	return fmt.Sprintf("%d %s %s/gdeltv2/%s", b.Len(), hex.EncodeToString(sum[:]), s.URL, name)
}

func (s *site) list(name string, lines ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files["/gdeltv2/"+name] = []byte(strings.Join(lines, "\n") + "\n")
}

// visit is a source with what the store would remember of it.
type visit struct {
	t      *testing.T
	source centre.Source
	cursor centre.Cursor
}

func (s *site) visit(t *testing.T, path string, options, secrets map[string]string) *visit {
	return &visit{t: t, source: centre.Source{ID: 4711, Kind: "events", Address: s.URL + path, Private: true, Options: options, Secrets: secrets}}
}

// fetch gives the ids of the events that came, in order.
func (v *visit) fetch() (ids []string, result gather.Result, err error) {
	v.t.Helper()
	keep := func(c centre.Cursor) {
		if c != nil {
			v.cursor = c
		}
	}
	result, err = events.New().Fetch(v.t.Context(), gather.Request{
		Source: v.source, Cursor: v.cursor, Client: gathertest.Client(v.t), Now: gathertest.Now,
		Yield: func(_ context.Context, _ []centre.Document, c centre.Cursor) error { keep(c); return nil },
		YieldEvents: func(_ context.Context, batch []centre.Event, c centre.Cursor) error {
			for _, e := range batch {
				whole(v.t, e)
				ids = append(ids, e.ExternalID)
				for _, secret := range v.source.Secrets {
					if strings.Contains(e.Origin, secret) {
						v.t.Errorf("the origin %q holds a secret", e.Origin)
					}
				}
			}
			keep(c)
			return nil
		},
	})
	if err != nil {
		gathertest.Sentence(v.t, err)
		for _, secret := range v.source.Secrets {
			if strings.Contains(err.Error(), secret) {
				v.t.Errorf("the refusal %q holds a secret", err)
			}
		}
	}
	return ids, result, err
}

func (v *visit) want(ids string, problem string) {
	v.t.Helper()
	got, result, err := v.fetch()
	if err != nil {
		v.t.Fatalf("want %s, got %v", ids, err)
	}
	if strings.Join(got, " ") != ids {
		v.t.Errorf("got %q, want %q", got, ids)
	}
	if all := strings.Join(result.Problems, "\n"); problem == "" && all != "" || !strings.Contains(all, problem) {
		v.t.Errorf("problems %q, want %q", all, problem)
	}
	if result.NotModified && ids != "" {
		v.t.Error("it brought events and says that nothing changed")
	}
}

func TestCheckRefusesWithASentence(t *testing.T) {
	good := centre.Source{Kind: "events", Address: "https://example.org/events.csv", Options: map[string]string{}}
	if err := events.New().Check(good); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(*centre.Source){
		"a folder":       func(s *centre.Source) { s.Address = "/srv/events" },
		"an odd format":  func(s *centre.Source) { s.Options["format"] = "xls" },
		"an odd since":   func(s *centre.Source) { s.Options["since"] = "yesterday" },
		"odd tables":     func(s *centre.Source) { s.Options["tables"] = "events,mentions" },
		"odd records":    func(s *centre.Source) { s.Options["records"] = "perhaps" },
		"an odd address": func(s *centre.Source) { s.Options["token_address"] = "ftp://example.org" },
	} {
		bad := good
		bad.Options = maps.Clone(good.Options)
		change(&bad)
		err := events.New().Check(bad)
		if err == nil {
			t.Errorf("%s is not refused", name)
			continue
		}
		gathertest.Sentence(t, err)
		if name == "a folder" && !strings.Contains(err.Error(), "kind files") {
			t.Errorf("a folder is refused without the way to take it: %v", err)
		}
	}
}
