package events_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"entente/internal/centre"
	"entente/internal/gather/events"
)

// acledHost answers as ACLED's API does, over records in order of timestamp.
func acledHost(s *site, records *[]map[string]any, email, password string) {
	s.handler = func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/oauth/token":
			if r.Method != http.MethodPost || r.FormValue("username") != email || r.FormValue("password") != password || r.FormValue("grant_type") != "password" || r.FormValue("client_id") != "acled" {
				w.WriteHeader(http.StatusUnauthorized)
				return
			}
			_, _ = w.Write([]byte(`{"token_type":"Bearer","expires_in":86400,"access_token":"let-me-in"}`))
		case "/api/acled/read":
			q := r.URL.Query()
			if r.Header.Get("Authorization") != "Bearer let-me-in" && (q.Get("key") != "old-key" || q.Get("email") != email) {
				w.WriteHeader(http.StatusForbidden)
				return
			}
			since, _ := strconv.Atoi(q.Get("timestamp"))
			limit, _ := strconv.Atoi(q.Get("limit"))
			page, _ := strconv.Atoi(q.Get("page"))
			var found []map[string]any
			for _, rec := range *records {
				if rec["timestamp"].(int) >= since && (q.Get("country") == "" || rec["country"] == q.Get("country")) {
					found = append(found, rec)
				}
			}
			found = found[min(len(found), (page-1)*limit):]
			found = found[:min(len(found), limit)]
			_ = json.NewEncoder(w).Encode(map[string]any{"status": 200, "success": true, "count": len(found), "data": found})
		default:
			http.NotFound(w, r)
		}
	}
}

func acledRecord(id string, stamp int) map[string]any {
	return map[string]any{"event_id_cnty": id, "event_date": "2015-09-26", "event_type": "Battles", "sub_event_type": "Armed clash", "country": "Iraq", "iso": 368, "timestamp": stamp}
}

func TestACLEDsAPI(t *testing.T) {
	s := newSite(t)
	records := []map[string]any{}
	for i := range 7 {
		records = append(records, acledRecord("IRQ"+strconv.Itoa(i+1), 1000+i))
	}
	acledHost(s, &records, "desk@example.org", "a secret pass")
	secrets := map[string]string{events.SecretEmail: "desk@example.org", events.SecretPassword: "a secret pass"}
	options := map[string]string{events.OptionFormat: "acled-api"}

	v := s.visit(t, "/api/acled/read?country=Iraq&limit=3", options, secrets)
	v.want("IRQ1 IRQ2 IRQ3 IRQ4 IRQ5 IRQ6 IRQ7", "")
	v.want("", "")
	if _, result, err := v.fetch(); err != nil || !result.NotModified || result.Wait == 0 {
		t.Errorf("an unchanged API: %+v, %v", result, err)
	}
	// A correction, and a row of the very second at which we stopped.
	records[1] = acledRecord("IRQ2", 2000)
	records = append(records, acledRecord("IRQ8", 1006))
	v.want("IRQ2 IRQ8", "")

	older := s.visit(t, "/api/acled/read", options, map[string]string{events.SecretEmail: "desk@example.org", events.SecretKey: "old-key"})
	if got, _, err := older.fetch(); err != nil || len(got) != 8 {
		t.Errorf("with the older key: %q, %v", got, err)
	}

	for name, wrong := range map[string]map[string]string{
		"a wrong password": {events.SecretEmail: "desk@example.org", events.SecretPassword: "guess-this"},
		"no password":      {events.SecretEmail: "desk@example.org"},
		"a wrong key":      {events.SecretEmail: "desk@example.org", events.SecretKey: "guess-this"},
		"nothing":          {},
	} {
		if _, _, err := s.visit(t, "/api/acled/read", options, wrong).fetch(); centre.CodeOf(err) != centre.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAStopBetweenPagesOfACLEDResumes(t *testing.T) {
	s := newSite(t)
	records := []map[string]any{acledRecord("IRQ1", 10), acledRecord("IRQ2", 11), acledRecord("IRQ3", 12)}
	acledHost(s, &records, "desk@example.org", "not used")
	inner := s.handler
	broken := true
	s.handler = func(w http.ResponseWriter, r *http.Request) {
		if broken && r.URL.Query().Get("page") == "2" {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		inner(w, r)
	}
	v := s.visit(t, "/api/acled/read?limit=2", map[string]string{events.OptionFormat: "acled-api"}, map[string]string{events.SecretEmail: "desk@example.org", events.SecretKey: "old-key"})
	if got, _, err := v.fetch(); err == nil || strings.Join(got, " ") != "IRQ1 IRQ2" {
		t.Fatalf("%q, %v", got, err)
	}
	broken = false
	v.want("IRQ3", "")
}

func TestUCDPsAPI(t *testing.T) {
	s := newSite(t)
	total := 5
	s.handler = func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("x-ucdp-access-token") != "a-token" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		size, _ := strconv.Atoi(r.URL.Query().Get("pagesize"))
		page, _ := strconv.Atoi(r.URL.Query().Get("page"))
		var result []map[string]any
		for id := page*size + 1; id <= min(total, (page+1)*size); id++ {
			result = append(result, map[string]any{"id": id, "type_of_violence": 1, "side_a": "Government of Iraq", "side_b": "IS", "date_start": "2015-09-26", "best": id})
		}
		next := ""
		if (page+1)*size < total {
			// The token must stay at home whatever the host writes here.
			next = fmt.Sprintf("http://192.0.2.1/api/gedevents/15.1?pagesize=%d&page=%d", size, page+1)
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"TotalCount": total, "TotalPages": (total + size - 1) / size, "NextPageUrl": next, "Result": result})
	}
	options := map[string]string{events.OptionFormat: "ucdp-api"}
	v := s.visit(t, "/api/gedevents/15.1?pagesize=2", options, map[string]string{events.SecretToken: "a-token"})
	v.want("1 2 3 4 5", "")
	if got, result, err := v.fetch(); err != nil || len(got) > 0 || !result.NotModified {
		t.Errorf("an unchanged API: %q, %+v, %v", got, result, err)
	}
	total = 6 // a new version
	v.want("1 2 3 4 5 6", "")
	if _, _, err := s.visit(t, "/api/gedevents/15.1", options, nil).fetch(); err == nil || !strings.Contains(err.Error(), "token") {
		t.Errorf("without a token: %v", err)
	}
}

func TestAStopBetweenPagesOfUCDPResumes(t *testing.T) {
	s := newSite(t)
	status := http.StatusBadGateway
	s.handler = func(w http.ResponseWriter, r *http.Request) {
		page := r.URL.Query().Get("page")
		if page == "1" && status != 0 {
			w.WriteHeader(status)
			return
		}
		next := ""
		if page == "" {
			next = "http://x.example/?page=1&pagesize=1000"
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"NextPageUrl": next, "Result": []any{map[string]any{"id": "page" + page, "type_of_violence": 2, "side_a": "A"}}})
	}
	v := s.visit(t, "/api/gedevents/15.1", map[string]string{events.OptionFormat: "ucdp-api"}, nil)
	if got, _, err := v.fetch(); err == nil || strings.Join(got, " ") != "page" {
		t.Fatalf("%q, %v", got, err)
	}
	resumed := *v
	status = 0
	resumed.want("page1", "")
	resumed.want("", "")

	// The page is of a version that is no more: the next fetch begins anew.
	status = http.StatusNotFound
	if got, _, err := v.fetch(); err == nil || len(got) > 0 {
		t.Fatalf("%q, %v", got, err)
	}
	status = 0
	v.want("page page1", "")
}
