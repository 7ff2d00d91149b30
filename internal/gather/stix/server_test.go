package stix_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

const taxii = "application/taxii+json;version=2.1"

// server is a TAXII 2.1 server (OASIS standard of June 2021): discovery, API
// roots, collections, objects with filters and pages, one object, content
// negotiation and authentication.
type server struct {
	mu       sync.Mutex
	held     []held
	user     string // with the password "secret"; "" for an open server
	token    string
	page     int  // objects on a page at most
	noNext   bool // it pages by added_after alone
	noDates  bool // it breaks the rule and sends no X-TAXII-Date-Added-Last
	single   bool // it has one collection that can be read
	forgets  bool // its names of pages are void
	requests []string
}

type held struct {
	added time.Time
	json  string
	id    string
}

func (s *server) add(objects ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, o := range objects {
		var fields struct{ ID string }
		if err := json.Unmarshal([]byte(o), &fields); err != nil {
			panic(err)
		}
		at := time.Date(2020, 1, 1, 0, 0, len(s.held), 123456000, time.UTC)
		s.held = append(s.held, held{at, o, fields.ID})
	}
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, r.URL.RequestURI())
	user, password, _ := r.BasicAuth()
	switch {
	case s.user != "" && (user != s.user || password != "secret"), s.token != "" && r.Header.Get("Authorization") != "Bearer "+s.token:
		w.Header().Set("WWW-Authenticate", `Basic realm="taxii"`)
		s.fail(w, http.StatusUnauthorized)
		return
	case r.Header.Get("Accept") != taxii:
		s.fail(w, http.StatusNotAcceptable)
		return
	case !strings.HasSuffix(r.URL.Path, "/"):
		s.fail(w, http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", taxii)
	collections := []string{`{"id":"` + readable + `","title":"Shipping","alias":"ships","can_read":true,"can_write":false,"media_types":["application/stix+json;version=2.1"]}`,
		`{"id":"52892447-4d7e-4f70-b94d-000000000003","title":"Inbox","can_read":false,"can_write":true}`}
	if !s.single {
		collections = append(collections, `{"id":"52892447-4d7e-4f70-b94d-000000000002","title":"Ports","can_read":true,"can_write":true}`)
	}
	switch path := r.URL.Path; {
	case path == "/taxii2/":
		fmt.Fprint(w, `{"title":"Example","default":"/trust/","api_roots":["/old/","/trust/","https://elsewhere.example/root/"]}`)
	case path == "/old/":
		fmt.Fprint(w, `{"title":"Old","versions":["application/taxii+json;version=2.0"],"max_content_length":1}`)
	case path == "/trust/":
		fmt.Fprint(w, `{"title":"Trust group","versions":["application/taxii+json;version=2.1"],"max_content_length":104857600}`)
	case path == "/trust/collections/":
		fmt.Fprint(w, `{"collections":[`+strings.Join(collections, ",")+`]}`)
	case path == "/trust/collections/"+readable+"/":
		fmt.Fprint(w, collections[0])
	case path == "/trust/collections/"+readable+"/objects/":
		s.objects(w, r)
	case strings.HasPrefix(path, "/trust/collections/"+readable+"/objects/"):
		id := strings.TrimSuffix(strings.TrimPrefix(path, "/trust/collections/"+readable+"/objects/"), "/")
		i := slices.IndexFunc(s.held, func(h held) bool { return h.id == id })
		if i < 0 {
			s.fail(w, http.StatusNotFound)
			return
		}
		fmt.Fprint(w, `{"more":false,"objects":[`+s.held[i].json+`]}`)
	default:
		s.fail(w, http.StatusNotFound)
	}
}

const readable = "52892447-4d7e-4f70-b94d-000000000001"

func (s *server) fail(w http.ResponseWriter, status int) {
	w.Header().Set("Content-Type", taxii)
	w.WriteHeader(status)
	fmt.Fprintf(w, `{"title":"%s","http_status":"%d"}`, http.StatusText(status), status)
}

// objects is section 5.4 with the filters of section 3.4 and the pages of 3.5.
func (s *server) objects(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	list := s.held
	if after := q.Get("added_after"); after != "" {
		at, err := time.Parse(time.RFC3339Nano, after)
		if err != nil {
			s.fail(w, http.StatusBadRequest)
			return
		}
		list = list[sortFind(list, at):]
	}
	if next := q.Get("next"); next != "" {
		n, err := strconv.Atoi(strings.TrimPrefix(next, "page "))
		if err != nil || s.forgets || n > len(list) {
			s.fail(w, http.StatusBadRequest)
			return
		}
		list = list[n:]
	}
	limit, err := strconv.Atoi(cmp.Or(q.Get("limit"), "1"))
	if err != nil || limit < 1 {
		s.fail(w, http.StatusBadRequest)
		return
	}
	limit = min(limit, s.page, len(list))
	if limit == 0 {
		fmt.Fprint(w, `{}`)
		return
	}
	if !s.noDates {
		w.Header().Set("X-TAXII-Date-Added-First", list[0].added.Format("2006-01-02T15:04:05.000000Z"))
		w.Header().Set("X-TAXII-Date-Added-Last", list[limit-1].added.Format("2006-01-02T15:04:05.000000Z"))
	}
	envelope := map[string]any{}
	if limit < len(list) {
		envelope["more"] = true
		if before, _ := strconv.Atoi(strings.TrimPrefix(q.Get("next"), "page ")); !s.noNext {
			envelope["next"] = fmt.Sprint("page ", before+limit)
		}
	}
	var objects []json.RawMessage
	for _, h := range list[:limit] {
		objects = append(objects, json.RawMessage(h.json))
	}
	envelope["objects"] = objects
	_ = json.NewEncoder(w).Encode(envelope)
}

func sortFind(list []held, after time.Time) int {
	i := slices.IndexFunc(list, func(h held) bool { return h.added.After(after) })
	if i < 0 {
		return len(list)
	}
	return i
}

func (s *server) start(t *testing.T) string {
	t.Helper()
	if s.page == 0 {
		s.page = 100
	}
	web := httptest.NewServer(s)
	t.Cleanup(web.Close)
	return web.URL
}

func note(n int, more string) string {
	return fmt.Sprintf(`{"type":"note","spec_version":"2.1","id":"note--%012d","created":"2015-09-26T10:00:00.000Z","modified":"2015-09-26T10:00:00.000Z","content":"Note %d.","object_refs":[]%s}`, n, n, more)
}

func many(n int, more string) []string {
	var list []string
	for i := range n {
		list = append(list, note(i, more))
	}
	return list
}
