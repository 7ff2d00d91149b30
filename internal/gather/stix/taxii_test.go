package stix_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/gathertest"
	"entente/internal/gather/stix"
)

func subject(t *testing.T, s *server, path string) gathertest.Subject {
	t.Helper()
	from := source(t)
	from.Address, from.Private = s.start(t)+path, true
	return gathertest.Subject{Connector: stix.New(), Source: from, Client: gathertest.Client(t)}
}

func TestTheContractOnATAXIIServer(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		server *server
		path   string
		option string
	}{
		"from the host":            {&server{single: true}, "", ""},
		"from discovery, by title": {&server{}, "/taxii2/", "shipping"},
		"from the API root":        {&server{}, "/trust/", readable},
		"from the collections":     {&server{}, "/trust/collections/", "ships"},
		"from the collection":      {&server{}, "/trust/collections/" + readable + "/", ""},
		"from its objects":         {&server{}, "/trust/collections/" + readable + "/objects/", ""},
		"without next":             {&server{noNext: true, single: true}, "/trust/", ""},
	} {
		t.Run(name, func(t *testing.T) {
			c.server.add(many(230, "")...)
			s := subject(t, c.server, c.path)
			s.Documents = 230
			if c.option != "" {
				s.Source.Options = map[string]string{stix.OptionCollection: c.option}
			}
			gathertest.Run(t, s)
		})
	}
}

func TestTheContractOnABundleAtAnAddress(t *testing.T) {
	t.Parallel()
	bundle := func(objects []string) string {
		return `{"type":"bundle","id":"bundle--1","objects":[` + strings.Join(objects, ",") + `]}`
	}
	gathertest.RunWeb(t, gathertest.Web{
		Connector: stix.New(), ContentType: "application/stix+json;version=2.1", Body: bundle(many(230, "")), Documents: 230,
		Undated: bundle([]string{`{"type":"note","id":"note--1","content":"a"}`, `{"type":"x-a","id":"x-a--1"}`}), UndatedHas: 2,
		Broken: "<html><head><title>No bundle</title></head><body>Hello</body></html>",
	})
}

func TestWhatIsAddedComesAndNothingElse(t *testing.T) {
	t.Parallel()
	server := &server{single: true, page: 3}
	server.add(many(7, "")...)
	s := subject(t, server, "/taxii2/")
	first := gathertest.Collect(t, s, nil)
	if len(first.Documents) != 7 || first.Err != nil || first.Result.Title != "Shipping" {
		t.Fatalf("%d documents of %q, %v", len(first.Documents), first.Result.Title, first.Err)
	}
	server.add(note(7, ""), strings.Replace(note(3, ""), `modified":"2015-09-26`, `modified":"2015-09-28`, 1))
	server.requests = nil
	second := gathertest.Collect(t, s, first.Cursor)
	if second.Err != nil || len(second.Documents) != 2 || second.Documents[1].ExternalID != "note--000000000003" || len(server.requests) != 1 {
		t.Errorf("%d documents, %v, by %q", len(second.Documents), second.Err, server.requests)
	}
	// Another collection in the option is another beginning.
	s.Source.Options = map[string]string{stix.OptionCollection: "ships"}
	if again := gathertest.Collect(t, s, second.Cursor); len(again.Documents) != 9 {
		t.Errorf("another collection brought %d documents, %v", len(again.Documents), again.Err)
	}
}

func TestAfterAStopItGoesOnAlsoWhereTheServerForgotItsPage(t *testing.T) {
	t.Parallel()
	for _, forgets := range []bool{false, true} {
		server := &server{single: true, page: 500}
		server.add(many(4600, "")...)
		s := subject(t, server, "/taxii2/")
		ids := map[string]bool{}
		var cursor centre.Cursor
		fetch := func(most int) error {
			calls := 0
			_, err := s.Connector.Fetch(t.Context(), gather.Request{Source: s.Source, Cursor: cursor, Client: s.Client, Now: gathertest.Now,
				Yield: func(_ context.Context, docs []centre.Document, c centre.Cursor) error {
					if calls++; calls > most {
						return context.Canceled
					}
					for _, d := range docs {
						ids[d.ExternalID] = true
					}
					if c != nil {
						cursor = c
					}
					return nil
				}})
			return err
		}
		if err := fetch(21); err == nil || len(ids) != 4200 || !strings.Contains(string(cursor), "page 4000") {
			t.Fatalf("%d documents, cursor %s, %v", len(ids), cursor, err)
		}
		server.forgets = forgets
		if forgets {
			server.requests, server.page = nil, 5000
			server.noNext = true
		}
		server.requests = nil
		if err := fetch(1000); err != nil || len(ids) != 4600 {
			t.Errorf("forgets %v: %d documents, %v", forgets, len(ids), err)
		}
	}
}

func TestReferencesReachBeyondThePage(t *testing.T) {
	t.Parallel()
	server := &server{single: true, page: 2}
	server.add(
		`{"type":"identity","spec_version":"2.1","id":"identity--1","created":"2015-01-01T00:00:00Z","modified":"2015-01-01T00:00:00Z","name":"Harbour Watch"}`,
		`{"type":"location","spec_version":"2.1","id":"location--1","created":"2015-01-01T00:00:00Z","modified":"2015-01-01T00:00:00Z","name":"Latakia","latitude":35.5,"longitude":35.8}`,
		`{"type":"marking-definition","spec_version":"2.1","id":"marking-definition--1","created":"2015-01-01T00:00:00Z","definition_type":"statement","definition":{"statement":"Cite us"}}`,
	)
	s := subject(t, server, "/taxii2/")
	first := gathertest.Collect(t, s, nil)
	if len(first.Documents) != 3 { // nothing refers to them yet
		t.Fatalf("%d documents, %v", len(first.Documents), first.Err)
	}
	server.add(
		note(1, `,"created_by_ref":"identity--1","object_marking_refs":["marking-definition--1"]`),
		strings.Replace(note(2, `,"created_by_ref":"identity--404"`), `"object_refs":[]`, `"object_refs":["location--1"]`, 1),
		note(3, `,"created_by_ref":"identity--1","object_marking_refs":["marking-definition--404"]`),
	)
	second := gathertest.Collect(t, s, first.Cursor)
	if len(second.Documents) != 3 || second.Err != nil {
		t.Fatalf("%d documents, %v", len(second.Documents), second.Err)
	}
	d := second.Documents
	if d[0].Author != "Harbour Watch" || d[0].Marking != nil {
		t.Errorf("%+v", d[0])
	}
	if d[1].Author != "" || d[1].Point != centre.At(35.8, 35.5) || d[1].Title != "Note on Latakia (location)" {
		t.Errorf("%+v", d[1])
	}
	if d[2].Marking == nil || len(d[2].Marking.Releasable) > 0 {
		t.Errorf("%+v", d[2])
	}
}

func TestProofAndItsLack(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		server  *server
		secrets map[string]string
		good    bool
	}{
		{&server{user: "watch"}, map[string]string{"user": "watch", "password": "secret"}, true},
		{&server{user: "watch"}, map[string]string{"user": "watch", "password": "wrong-password"}, false},
		{&server{user: "watch"}, nil, false},
		{&server{token: "sesame"}, map[string]string{"token": "sesame"}, true},
		{&server{token: "sesame"}, map[string]string{"token": "wrong-token"}, false},
	} {
		c.server.single = true
		c.server.add(many(2, "")...)
		s := subject(t, c.server, "/taxii2/")
		s.Source.Secrets = c.secrets
		got := gathertest.Collect(t, s, nil)
		if c.good != (got.Err == nil) || c.good != (len(got.Documents) == 2) {
			t.Errorf("%+v: %d documents, %v", c.secrets, len(got.Documents), got.Err)
		}
		if got.Err != nil {
			gathertest.Sentence(t, got.Err)
			if strings.Contains(got.Err.Error(), "wrong") || !strings.Contains(got.Err.Error(), "secrets") {
				t.Errorf("%v", got.Err)
			}
		}
		if strings.Contains(string(got.Cursor), "secret") || strings.Contains(string(got.Cursor), "sesame") {
			t.Errorf("the cursor is %s", got.Cursor)
		}
	}
	open := centre.Source{Address: "http://intel.example/taxii2/", Secrets: map[string]string{"token": "sesame"}}
	gathertest.Sentence(t, stix.New().Check(open))
	gathertest.Sentence(t, stix.New().Check(centre.Source{Address: "https://intel.example/", Secrets: map[string]string{"password": "x"}}))
}

func TestWhatCannotBeChosenIsAsked(t *testing.T) {
	t.Parallel()
	for option, want := range map[string]string{"": "Shipping (" + readable + "); Ports (", "Inbox": "does not let us read", "none": "no collection with the id"} {
		server := &server{}
		s := subject(t, server, "/taxii2/")
		s.Source.Options = map[string]string{stix.OptionCollection: option}
		got := gathertest.Collect(t, s, nil)
		gathertest.Sentence(t, got.Err)
		if got.Err == nil || !strings.Contains(got.Err.Error(), want) {
			t.Errorf("option %q: %v", option, got.Err)
		}
		if !strings.Contains(strings.Join(got.Result.Problems, " "), "another host") {
			t.Errorf("%q", got.Result.Problems)
		}
		if slices.ContainsFunc(server.requests, func(p string) bool {
			return strings.Contains(p, "elsewhere") || strings.Contains(p, "/old/collections")
		}) {
			t.Errorf("it asked %q", server.requests)
		}
	}
}

func TestProofStaysWithItsHost(t *testing.T) {
	t.Parallel()
	other := &server{single: true}
	other.add(many(2, "")...)
	web := httptest.NewServer(other)
	t.Cleanup(web.Close)
	first := httptest.NewServer(http.RedirectHandler(web.URL+"/trust/", http.StatusFound))
	t.Cleanup(first.Close)
	s := subject(t, &server{}, "")
	s.Source.Address, s.Source.Secrets = first.URL+"/taxii2/", map[string]string{"token": "sesame"}
	got := gathertest.Collect(t, s, nil)
	gathertest.Sentence(t, got.Err)
	if len(got.Documents) > 0 || got.Err == nil || !strings.Contains(got.Err.Error(), "sends us on") {
		t.Errorf("%d documents came, %v", len(got.Documents), got.Err)
	}
}

func TestServersThatBreakTheRules(t *testing.T) {
	t.Parallel()
	t.Run("no dates", func(t *testing.T) {
		server := &server{single: true, noDates: true}
		server.add(many(3, "")...)
		got := gathertest.Collect(t, subject(t, server, "/taxii2/"), nil)
		if got.Err != nil || len(got.Documents) != 3 || len(got.Result.Problems) != 2 || !strings.Contains(strings.Join(got.Result.Problems, " "), "X-TAXII-Date-Added-Last") {
			t.Errorf("%d documents, %q, %v", len(got.Documents), got.Result.Problems, got.Err)
		}
	})
	for name, envelope := range map[string]string{
		"more without an end": `{"more":true,"next":"%d","objects":[]}`,
		"the same again":      `{"more":true,"next":"again","objects":[]}`,
		"more without a way":  `{"more":true,"objects":[` + note(1, "") + `]}`,
		"no JSON":             `{"objects":[` + note(1, ""),
		"another shape":       `{"objects":{"a":1}}`,
	} {
		t.Run(name, func(t *testing.T) {
			web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				page, _ := strconv.Atoi(r.URL.Query().Get("next"))
				fmt.Fprint(w, strings.ReplaceAll(envelope, "%d", fmt.Sprint(page+1)))
			}))
			defer web.Close()
			s := subject(t, &server{}, "")
			s.Source.Address = web.URL + "/c/objects/"
			first, err := json.Marshal(map[string]string{"for": s.Source.Address + " ", "objects": s.Source.Address})
			if err != nil {
				t.Fatal(err)
			}
			got := gathertest.Collect(t, s, first)
			gathertest.Sentence(t, got.Err)
			if len(got.Documents) > 0 {
				t.Errorf("%d documents came", len(got.Documents))
			}
		})
	}
}
