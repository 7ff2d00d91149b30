package server_test

import (
	"net/http"
	"strings"
	"testing"
)

// A scenario asks as somebody, and says what must and what must not appear.
type scenario struct {
	name, who, method, path, body string
	headers                       []string
	status                        int
	shows, hides                  []string
}

func TestScenarios(t *testing.T) {
	o := open(t)
	rus := "/" + o.reports["secret-rus"].String()
	for _, s := range []scenario{
		{name: "the sign-in page knows the name alone", method: "GET", path: "/centre/public", status: 200,
			shows: []string{`"name":"Joint Information Centre, Baghdad"`, `"demo":true`}, hides: []string{"IRQ", "RUS"}},
		{name: "nobody reads nothing", method: "GET", path: "/reports", status: 401, hides: []string{"Baghdad", "zanzibar"}},
		{name: "a list holds what is released", who: "irq.analyst", method: "GET", path: "/reports", status: 200,
			shows: []string{"Officers meet in Baghdad", "Zanzibar file of IRQ"}, hides: []string{"file of RUS", "file of IRN", "file of SYR"}},
		{name: "a search finds the own", who: "rus.analyst", method: "GET", path: "/reports?q=zanzibar", status: 200,
			shows: []string{"Zanzibar file of RUS", `"hits":{"title":[[0,8]]`}, hides: []string{"of IRQ", "of IRN", "of SYR"}},
		{name: "counts are of what is released", who: "syr.analyst", method: "GET", path: "/facets?q=zanzibar", status: 200,
			shows: []string{`"total":1`, `"key":"own-syr"`}, hides: []string{"own-rus", "own-irq", `"count":4`}},
		{name: "a hidden report does not exist", who: "irq.officer", method: "GET", path: "/reports" + rus, status: 404,
			shows: []string{`"code":"not_found"`}, hides: []string{"RUS", "anzibar"}},
		{name: "a report has its places and what one may do", who: "irq.analyst", method: "GET", path: "/reports/" + o.reports["open"].String() + "?q=cell", status: 200,
			shows: []string{`"mentions":[{"kind":"place","start":17,"end":24,"text":"Baghdad"`, `"may":{"grade":true,"mark":false}`, `"hits":[[64,68]]`}},
		{name: "the originator's officer may mark", who: "irq.officer", method: "GET", path: "/reports/" + o.reports["open"].String(), status: 200,
			shows: []string{`"may":{"grade":true,"mark":true}`}},
		{name: "sources of others are not listed", who: "irn.administrator", method: "GET", path: "/sources", status: 200,
			shows: []string{"own-irn", `"slug":"wire"`, "token=s3cret"}, hides: []string{"own-rus", "own-irq", "own-syr"}},
		{name: "a released source keeps its keys and counts", who: "irn.analyst", method: "GET", path: "/sources/" + o.sources["wire"].String(), status: 200,
			shows: []string{`"address":"https://wire.example/feed"`, `"items":null`, `"waiting":null`, `"manage":false`}, hides: []string{"s3cret", "user:key"}},
		{name: "dead letters are the own member's", who: "irn.administrator", method: "GET", path: "/dead-letters", status: 200,
			shows: []string{"Broken zanzibar paper of IRN"}, hides: []string{"of RUS", "of IRQ", "of SYR", "of the wire"}},
		{name: "an analyst sees that a document failed and not its title", who: "irn.analyst", method: "GET", path: "/dead-letters", status: 200,
			shows: []string{`"step":"text"`}, hides: []string{"anzibar"}},
		{name: "persons are the own member's", who: "syr.administrator", method: "GET", path: "/persons", status: 200,
			shows: []string{"syr.analyst"}, hides: []string{"rus.", "irq.", "irn.", "$argon2id"}},
		{name: "only administrators read accounts", who: "syr.officer", method: "GET", path: "/persons", status: 403, hides: []string{"syr.analyst"}},
		{name: "stories hold what is released", who: "rus.analyst", method: "GET", path: "/stories?q=zanzibar", status: 200,
			shows: []string{"Zanzibar file of RUS", `"reports":1`}, hides: []string{"of IRQ"}},
		{name: "places are counted", who: "irq.analyst", method: "GET", path: "/places", status: 200, shows: []string{`"id":"entente:baghdad"`, `"reports":1`}},
		{name: "clusters need an area", who: "irq.analyst", method: "GET", path: "/clusters", status: 422, shows: []string{"bbox"}},
		{name: "clusters", who: "irq.analyst", method: "GET", path: "/clusters?bbox=38,29,49,38&zoom=5", status: 200, shows: []string{`"reports":1`, "entente:baghdad"}},
		{name: "histogram", who: "irq.analyst", method: "GET", path: "/histogram?bins=4", status: 200, shows: []string{`"bins":[`, `"undated":0`}},
		{name: "a query's mistake has its place", who: "irq.analyst", method: "GET", path: "/reports?q=baghdad+AND+(", status: 422, shows: []string{`"position":`, `"expected":"`}},
		{name: "places in queries are looked up", who: "irq.analyst", method: "GET", path: "/reports?q=place:Baghdad", status: 200, shows: []string{"Officers meet"}, hides: []string{"Zanzibar"}},
		{name: "an area filters", who: "irq.analyst", method: "GET", path: "/reports?bbox=0,0,10,10", status: 200, hides: []string{"Officers meet"}},
		{name: "an area that is none", who: "irq.analyst", method: "GET", path: "/reports?bbox=1,2,3", status: 422, shows: []string{"west,south,east,north"}},
		{name: "a time that is none", who: "irq.analyst", method: "GET", path: "/reports?from=yesterday", status: 422, shows: []string{"from="}},
		{name: "an empty range", who: "irq.analyst", method: "GET", path: "/reports?from=2015-10-02&until=2015-10-01", status: 422, shows: []string{"empty"}},
		{name: "NaN is no longitude", who: "irq.analyst", method: "GET", path: "/reports?bbox=NaN,0,1,1", status: 422},
		{name: "invalid UTF-8", who: "irq.analyst", method: "GET", path: "/reports?q=%ff%fe", status: 400, shows: []string{"UTF-8"}},
		{name: "NUL", who: "irq.analyst", method: "GET", path: "/reports?q=a%00b", status: 400},
		{name: "an overlong query", who: "irq.analyst", method: "GET", path: "/reports?q=" + strings.Repeat("a", 3000), status: 422},
		{name: "an overlong address", who: "irq.analyst", method: "GET", path: "/reports?q=" + strings.Repeat("a", 9000), status: 414},
		{name: "a cursor that is none", who: "irq.analyst", method: "GET", path: "/reports?after=nonsense", status: 422},
		{name: "an id that is none", who: "irq.analyst", method: "GET", path: "/reports/xyz", status: 422},
		{name: "a call that is none", who: "irq.analyst", method: "GET", path: "/weapons", status: 404, shows: []string{"no such call"}},
		{name: "a method that is none", who: "irq.analyst", method: "DELETE", path: "/reports", status: 405},
		{name: "the chair", who: "irq.analyst", method: "GET", path: "/centre", status: 200,
			shows: []string{`"chair":{"member":"IRQ"`, `"days_left":82`, `"persons":3`, `"persons":null`, `"acting":false`}},
		{name: "the calendar", who: "rus.analyst", method: "GET", path: "/centre/calendar?from=2015-09-27&until=2016-09-20", status: 200,
			shows: []string{`{"member":"IRQ","from":"2015-09-26T21:00:00.000Z","until":"2015-12-26T21:00:00.000Z","current":true}`, `"member":"SYR"`}},
		{name: "the charter", who: "rus.analyst", method: "GET", path: "/centre/charter", status: 200, shows: []string{"Asia/Baghdad", `"version":1`}},
		{name: "a marking with a group of the charter", who: "irn.analyst", method: "POST", path: "/markings/parse", body: `{"text":"secret//rel to members"}`, status: 200, shows: []string{`"marking":"SECRET//REL TO IRN, IRQ, RUS, SYR"`}},
		{name: "a marking without its originator", who: "irn.analyst", method: "POST", path: "/markings/parse", body: `{"text":"secret//rel to rus"}`, status: 422, shows: []string{"leaves out its originator"}},
		{name: "a marking with groups", who: "irn.analyst", method: "POST", path: "/markings/parse", body: `{"text":"tlp:green"}`, status: 200,
			shows: []string{`"marking":"UNCLASSIFIED//REL TO IRN, IRQ, RUS, SYR//TLP:GREEN"`, `"originator":"IRN"`}},
		{name: "a marking that cannot be read", who: "irn.analyst", method: "POST", path: "/markings/parse", body: `{"text":"COSMIC"}`, status: 422, shows: []string{"nothing was marked"}},
		{name: "testing a source stores nothing", who: "irn.officer", method: "POST", path: "/sources/test", body: `{"kind":"feed","address":"https://x.example/"}`, status: 200,
			shows: []string{`"snippet":"Some words"`, "It has no date.", `"published":null`}},
		{name: "a source that does not answer", who: "irn.officer", method: "POST", path: "/sources/test", body: `{"kind":"feed","address":"https://broken.example/"}`, status: 503, shows: []string{"does not answer"}},
		{name: "an analyst tests no sources", who: "irn.analyst", method: "POST", path: "/sources/test", body: `{"kind":"feed","address":"https://x.example/"}`, status: 403},
		{name: "a folder of the machine cannot be named from afar", who: "irn.administrator", method: "POST", path: "/sources", body: `{"name":"etc","kind":"files","address":"/etc"}`, status: 403},
		{name: "a private address cannot be named from afar", who: "irn.administrator", method: "POST", path: "/sources", body: `{"name":"x","kind":"feed","address":"https://x.example/","private":true}`, status: 403},
		{name: "a key that is not the operator's opens nothing", who: "irn.administrator", method: "POST", path: "/sources", body: `{"name":"etc","kind":"files","address":"/etc"}`, headers: []string{"X-Entente-Operator", ""}, status: 403},
		{name: "fields that are not known are refused", who: "irn.administrator", method: "POST", path: "/sources", body: `{"name":"x","kind":"feed","address":"https://x.example/","proprietor":"RUS"}`, status: 422},
		{name: "not JSON", who: "irn.administrator", method: "POST", path: "/sources", body: `{`, status: 400},
		{name: "a body that is too large", who: "irn.administrator", method: "POST", path: "/sources", body: `{"name":"` + strings.Repeat("x", 70000) + `"}`, status: 413},
	} {
		t.Run(s.name, func(t *testing.T) {
			v := o.nobody()
			if s.who != "" {
				v = o.as(s.who)
			}
			a := v.call(s.method, s.path, s.body, s.headers...)
			if a.status != s.status {
				t.Errorf("status %d, want %d: %s", a.status, s.status, a.body)
			}
			for _, text := range s.shows {
				if !strings.Contains(a.body, text) {
					t.Errorf("%q is missing in %s", text, a.body)
				}
			}
			for _, text := range s.hides {
				if strings.Contains(a.body, text) {
					t.Errorf("%q must not appear in %s", text, a.body)
				}
			}
			if a.status >= 400 && a.header.Get("Content-Type") != "application/problem+json" {
				t.Errorf("an error of type %q", a.header.Get("Content-Type"))
			}
			if a.header.Get("Cache-Control") != "no-store" && !strings.Contains(strings.Join(a.header.Values("Cache-Control"), ","), "no-store") {
				t.Errorf("answers may be kept: %q", a.header.Values("Cache-Control"))
			}
		})
	}
	if got := o.as("irq.analyst").call("GET", "/healthz", "").status; got != http.StatusOK {
		t.Errorf("health: %d", got)
	}
}
