package alerts_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/alerts"
	"entente/internal/gather/gathertest"
)

// message writes a small CAP message; extra stands before the info block.
func message(id, sent, msgType, extra string) string {
	return fmt.Sprintf(`<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>%s</identifier><sender>s@example.org</sender><sent>%s</sent><status>Actual</status><msgType>%s</msgType><scope>Public</scope>%s<info><category>Met</category><event>Storm</event><urgency>Expected</urgency><severity>Minor</severity><certainty>Likely</certainty><headline>Storm %s</headline><description>It blows.</description></info></alert>`, id, sent, msgType, extra, id)
}

func references(ids ...string) string {
	var refs []string
	for _, id := range ids {
		refs = append(refs, "s@example.org,"+id+","+sent)
	}
	return "<references>" + strings.Join(refs, " ") + "</references>"
}

const sent = "2026-01-01T10:00:00+03:00"

func feed(entries ...string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Alerts</title>`)
	for _, e := range entries {
		b.WriteString("<entry><title>e</title><content type=\"application/cap+xml\">" + e + "</content></entry>\n")
	}
	b.WriteString("</feed>")
	return b.String()
}

func many(sent string, n int) string {
	var all []string
	for i := range n {
		all = append(all, message(fmt.Sprint("m", i), sent, "Alert", ""))
	}
	return feed(all...)
}

func TestContract(t *testing.T) {
	gathertest.RunWeb(t, gathertest.Web{
		Connector: alerts.New(), ContentType: "application/atom+xml",
		Body: many(sent, 450), Documents: 450,
		Undated: many("this morning", 3), UndatedHas: 3,
		Broken: "<html><head><title>No alert</title></head><body>Hello</body></html>",
	})
}

// served is a host whose answers by path can be changed.
type served struct {
	pages map[string]string
	asked []string
	url   string
	token string // of the last request
	down  bool   // everything but the list answers 502
}

func serve(t *testing.T, pages map[string]string) *served {
	s := &served{pages: pages}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.asked = append(s.asked, r.URL.Path)
		s.token = r.Header.Get("Authorization")
		if s.down && r.URL.Path != "/list" {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		page, ok := s.pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		_, _ = io.WriteString(w, page)
	}))
	t.Cleanup(server.Close)
	s.url = server.URL
	return s
}

func (s *served) subject(t *testing.T) gathertest.Subject {
	src := source(nil)
	src.Address, src.Private = s.url+"/list", true
	return gathertest.Subject{Connector: alerts.New(), Source: src, Client: gathertest.Client(t)}
}

func TestHazardListsBringDocumentsAndEventsOnce(t *testing.T) {
	for name, want := range map[string]int{"gdacs.rss": 2, "usgs.json": 3, "eonet.json": 2} {
		t.Run(name, func(t *testing.T) {
			content, err := os.ReadFile("testdata/" + name)
			if err != nil {
				t.Fatal(err)
			}
			s := serve(t, map[string]string{"/list": string(content)}).subject(t)
			s.Documents, s.Events = want, want
			gathertest.Run(t, s)
		})
	}
}

func TestAListThatPointsToAlertsIsFollowedOnce(t *testing.T) {
	host := serve(t, nil)
	host.pages = map[string]string{
		"/list": `<feed xmlns="http://www.w3.org/2005/Atom"><title>Alerts</title>
			<entry><updated>2026-01-01T00:00:00Z</updated><link href="/page/1"/><link type="application/cap+xml" href="/cap/2"/></entry>
			<entry><link href="/cap/1"/></entry><entry><link href="/cap/gone"/></entry></feed>`,
		"/cap/1": message("one", sent, "Alert", ""),
		"/cap/2": message("two", "2026-01-01T11:00:00+03:00", "Update", references("one")),
	}
	s := host.subject(t)
	got := gathertest.Collect(t, s, nil)
	if got.Err != nil || len(got.Documents) != 2 || got.Documents[0].Title != "Storm one" || got.Documents[1].Title != "Storm two" {
		t.Fatalf("%v %+v", got.Err, got.Documents)
	}
	if len(got.Result.Problems) != 1 {
		t.Errorf("problems: %q", got.Result.Problems)
	}
	host.asked = nil
	for range 4 {
		got = gathertest.Collect(t, s, got.Cursor)
		if got.Err != nil || len(got.Documents) > 0 {
			t.Fatal(got.Err, got.Documents)
		}
	}
	if n := len(slices.DeleteFunc(slices.Clone(host.asked), func(p string) bool { return p != "/cap/gone" })); n != 2 {
		t.Errorf("what does not answer was asked for %d times more: %q", n, host.asked)
	}
	if slices.Contains(host.asked, "/cap/1") {
		t.Error("an alert was fetched again")
	}
	if !got.Result.NotModified {
		t.Error("in the end it should be known that nothing changed")
	}
	// A changed entry is fetched again.
	host.pages["/list"] = strings.Replace(host.pages["/list"], "2026-01-01T00:00:00Z", "2026-01-01T05:00:00Z", 1)
	host.pages["/cap/2"] = message("three", "2026-01-01T12:00:00+03:00", "Alert", "")
	host.asked = nil
	if got = gathertest.Collect(t, s, got.Cursor); len(got.Documents) != 1 || got.Documents[0].Title != "Storm three" {
		t.Errorf("%+v", got.Documents)
	}
	if slices.Contains(host.asked, "/cap/gone") {
		t.Error("what is gone was asked for a fourth time")
	}
}

func TestAnAlertIsNotGivenUpForAnOutage(t *testing.T) {
	host := serve(t, map[string]string{"/list": `<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/cap/late"/></entry></feed>`})
	host.down = true
	s := host.subject(t)
	var got gathertest.Collected
	for range 6 {
		if got = gathertest.Collect(t, s, got.Cursor); got.Err != nil || len(got.Documents) > 0 || len(got.Result.Problems) != 1 {
			t.Fatalf("%v %+v %q", got.Err, got.Documents, got.Result.Problems)
		}
	}
	host.down, host.pages["/cap/late"] = false, message("late", sent, "Alert", "")
	if got = gathertest.Collect(t, s, got.Cursor); len(got.Documents) != 1 {
		t.Errorf("after the outage: %v %q", got.Err, got.Result.Problems)
	}
}

func TestAListDoesNotLeadToOtherPrivateHosts(t *testing.T) {
	inner := serve(t, map[string]string{"/cap": message("secret", sent, "Alert", "")})
	host := serve(t, map[string]string{})
	at := strings.Replace(inner.url, "127.0.0.1", "127.0.0.2", 1)
	host.pages["/list"] = `<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="` + at + `/cap"/></entry></feed>`
	got := gathertest.Collect(t, host.subject(t), nil)
	if len(got.Documents) > 0 || len(got.Result.Problems) != 1 || !strings.Contains(got.Result.Problems[0], "this machine itself") {
		t.Errorf("%+v %q", got.Documents, got.Result.Problems)
	}
}

func TestATokenStaysWithItsHost(t *testing.T) {
	other := serve(t, map[string]string{"/cap": message("other", sent, "Alert", "")})
	host := serve(t, map[string]string{"/cap": message("own", sent, "Alert", "")})
	host.pages["/list"] = `<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/cap"/></entry><entry><link href="` + other.url + `/cap"/></entry></feed>`
	s := host.subject(t)
	s.Source.Secrets = map[string]string{"token": "s3cret"}
	if got := gathertest.Collect(t, s, nil); got.Err != nil || len(got.Documents) != 2 {
		t.Fatal(got.Err, got.Result.Problems)
	}
	if host.token != "Bearer s3cret" || other.token != "" {
		t.Errorf("the host got %q, another %q", host.token, other.token)
	}
}

func TestANewsFeedIsNotFollowedToItsEnd(t *testing.T) {
	host := serve(t, map[string]string{})
	var items strings.Builder
	for i := range 50 {
		fmt.Fprintf(&items, "<item><link>/news/%d</link></item>", i)
		host.pages[fmt.Sprint("/news/", i)] = "<html><body>News</body></html>"
	}
	host.pages["/list"] = "<rss><channel>" + items.String() + "</channel></rss>"
	got := gathertest.Collect(t, host.subject(t), nil)
	gathertest.Sentence(t, got.Err)
	if len(host.asked) > 12 {
		t.Errorf("%d pages were asked for", len(host.asked))
	}
}

func TestAnUpdateReplacesAndACancelWithdraws(t *testing.T) {
	// Lists have the newest first.
	content := feed(
		message("three", "2026-01-01T12:00:00+03:00", "Cancel", "<note>False alarm.</note>"+references("one", "two")),
		message("two", "2026-01-01T11:00:00+03:00", "Update", references("one")),
		message("one", sent, "Alert", ""),
	)
	got := read(t, "x.atom", content, nil)
	if len(got.Documents) != 3 {
		t.Fatalf("%v: %d documents", got.Err, len(got.Documents))
	}
	one, two, three := got.Documents[0], got.Documents[1], got.Documents[2]
	if one.ExternalID != "s@example.org,one,"+sent || one.Replaces != nil || one.Withdrawn != "" {
		t.Errorf("the first: %+v", one)
	}
	if len(two.Replaces) != 1 || two.Replaces[0] != one.ExternalID || two.Withdrawn != "" {
		t.Errorf("the update: %q %q", two.Replaces, two.Withdrawn)
	}
	if len(three.Replaces) != 2 || three.Withdrawn != "The sender cancelled this alert on 1 January 2026 at 09:00 UTC: False alarm." {
		t.Errorf("the cancel: %q %q", three.Replaces, three.Withdrawn)
	}
}

func TestTheTestsOption(t *testing.T) {
	var all []string
	for _, status := range []string{"Actual", "Exercise", "System", "Test", "Draft"} {
		all = append(all, strings.Replace(message(status, sent, "Alert", ""), "<status>Actual", "<status>"+status, 1))
	}
	for option, want := range map[string]string{
		"":    "Storm Actual|[EXERCISE] Storm Exercise|[SYSTEM] Storm System",
		"no":  "Storm Actual",
		"yes": "Storm Actual|[EXERCISE] Storm Exercise|[SYSTEM] Storm System|[TEST] Storm Test|[DRAFT] Storm Draft",
	} {
		var titles []string
		for _, d := range read(t, "x", feed(all...), map[string]string{"tests": option}).Documents {
			titles = append(titles, d.Title)
		}
		if got := strings.Join(titles, "|"); got != want {
			t.Errorf("tests=%q: %s", option, got)
		}
	}
	bad := source(map[string]string{"tests": "maybe"})
	gathertest.Sentence(t, alerts.New().Check(bad))
}

func TestTheLanguageOptionChoosesTheBlock(t *testing.T) {
	content, err := os.ReadFile("testdata/missing-child.xml")
	if err != nil {
		t.Fatal(err)
	}
	d := read(t, "x", string(content), map[string]string{"language": "ar, ES"}).Documents[0]
	if d.Language != "es-US" || d.Title != "Menor desaparecido en dos distritos" || d.Author != "Policía provincial" || !strings.Contains(d.Body, "\n\n[en-US]\n\nChild missing") {
		t.Errorf("%s %q by %q: %s", d.Language, d.Title, d.Author, d.Body)
	}
	d = read(t, "x", string(content), map[string]string{"language": "ar"}).Documents[0]
	if d.Language != "en-US" {
		t.Errorf("without its language: %s", d.Language)
	}
}

func TestScopeNeverWidensTheMarking(t *testing.T) {
	for scope, want := range map[string]string{"Public": "nil", "Restricted": "UNCLASSIFIED//REL TO IRQ", "Private": "UNCLASSIFIED//REL TO IRQ"} {
		d := read(t, "x", strings.Replace(message("a", sent, "Alert", ""), "<scope>Public", "<scope>"+scope, 1), nil).Documents[0]
		got := "nil"
		if d.Marking != nil {
			got = d.Marking.String()
		}
		if got != want {
			t.Errorf("%s: %s", scope, got)
		}
	}
}

func TestAnExpiredAlertSaysSo(t *testing.T) {
	content := strings.Replace(message("a", sent, "Alert", ""), "<headline>", "<expires>2026-01-01T12:00:00+03:00</expires><headline>", 1)
	d := read(t, "x", content, nil).Documents[0]
	if len(d.Problems) != 1 || !strings.Contains(d.Problems[0], "expired") || !slices.Contains(d.Properties, centre.Property{Name: "expires", Value: "2026-01-01T12:00:00+03:00"}) {
		t.Errorf("%q %+v", d.Problems, d.Properties)
	}
}

func TestDamageLosesOnlyWhatIsDamaged(t *testing.T) {
	got := read(t, "x.atom", strings.TrimSuffix(feed(message("one", sent, "Alert", ""), message("two", sent, "Alert", "")), "</entry>\n</feed>")+"<broken", nil)
	if got.Err != nil || len(got.Documents) != 1 || len(got.Result.Problems) != 1 {
		t.Errorf("%v %d documents, %q", got.Err, len(got.Documents), got.Result.Problems)
	}
	for _, nothing := range []string{"", "hello", "{}", "[]", "{", "<alert", "<html/>", `{"type":"FeatureCollection","features":[{}]}`} {
		gathertest.Sentence(t, read(t, "x", nothing, nil).Err)
	}
}

func TestARevisedEarthquakeIsANewVersion(t *testing.T) {
	quake := `{"type":"FeatureCollection","features":[{"id":"q1","type":"Feature","properties":{"mag":%s,"place":"here","time":1767240600000,"updated":%d,"felt":%d,"status":"%s"},"geometry":{"type":"Point","coordinates":[45,34,10]}}]}`
	host := serve(t, map[string]string{"/list": fmt.Sprintf(quake, "5.6", 1, 1, "automatic")})
	s := host.subject(t)
	var cursor centre.Cursor
	for _, step := range []struct {
		page      string
		documents int
		withdrawn bool
	}{
		{fmt.Sprintf(quake, "5.6", 1767240600001, 1, "automatic"), 1, false},
		{fmt.Sprintf(quake, "5.6", 1767240600002, 99, "automatic"), 0, false}, // felt by more
		{fmt.Sprintf(quake, "5.4", 1767240600003, 99, "reviewed"), 1, false},
		{fmt.Sprintf(quake, "5.4", 1767240600004, 99, "deleted"), 1, true},
	} {
		host.pages["/list"] = step.page
		got := gathertest.Collect(t, s, cursor)
		cursor = got.Cursor
		if got.Err != nil || len(got.Documents) != step.documents || len(got.Events) != step.documents {
			t.Fatalf("%s: %d documents, %d events, %v", step.page, len(got.Documents), len(got.Events), got.Err)
		}
		if step.documents > 0 && (got.Documents[0].ExternalID != "q1" || got.Documents[0].Withdrawn != "" != step.withdrawn || got.Documents[0].Published.Known()) {
			t.Errorf("%+v", got.Documents[0])
		}
	}
}

func TestNamespacesOfOtherVersions(t *testing.T) {
	for space, want := range map[string]int{
		"urn:oasis:names:tc:emergency:cap:1.2": 1, "urn:oasis:names:tc:emergency:cap:1.1": 1, "http://www.incident.com/cap/1.0": 1, "": 1, "urn:example:other": 0,
	} {
		got := read(t, "x", strings.Replace(message("a", sent, "Alert", ""), "urn:oasis:names:tc:emergency:cap:1.2", space, 1), nil)
		if got.Err != nil || len(got.Documents) != want || len(got.Result.Problems) != 1-want {
			t.Errorf("%q: %v, %d documents, %q", space, got.Err, len(got.Documents), got.Result.Problems)
		}
	}
}

func TestAListInAFileIsNotFollowed(t *testing.T) {
	got := read(t, "list.atom", `<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="https://alerts.example/1"/></entry></feed>`, nil)
	if got.Err != nil || len(got.Result.Problems) != 1 || !strings.Contains(got.Result.Problems[0], "points to 1 alerts") {
		t.Errorf("%v %q", got.Err, got.Result.Problems)
	}
}

func TestOtherFormatsAreNotRecognised(t *testing.T) {
	for _, other := range []string{"", "{}", "<rss><channel/></rss>", "<feed xmlns='http://www.w3.org/2005/Atom'/>", `{"type":"FeatureCollection","features":[]}`, "%PDF-1.7"} {
		if sure := alerts.New().Recognise("x", "", []byte(other)); sure > 0 {
			t.Errorf("%q: %v", other, sure)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"advisory.xml", "missing-child.xml", "messages.atom", "gdacs.rss", "usgs.json", "eonet.json"} {
		content, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(content))
	}
	f.Add(`{"type":"Feature","id":"\u202e","properties":{"time":9223372036854775807,"title":"\u0000"},"geometry":{"coordinates":[1e308,null]}}`)
	f.Add(message("a", sent, "Cancel", "<references>,, a,b,c</references>"))
	f.Fuzz(func(t *testing.T, content string) {
		got := read(t, "fuzz", content, nil)
		if got.Err != nil {
			gathertest.Sentence(t, got.Err)
		}
		again := read(t, "fuzz", content, nil)
		for i := range got.Documents {
			if got.Documents[i].Hash() != again.Documents[i].Hash() {
				t.Error("read again it is another document")
			}
		}
	})
}

func BenchmarkList(b *testing.B) {
	content := many(sent, 200)
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		_, err := alerts.New().Read(b.Context(), gather.Request{Source: source(nil), Now: gathertest.Now, Yield: taking}, "x", strings.NewReader(content))
		if err != nil {
			b.Fatal(err)
		}
	}
}

func taking(context.Context, []centre.Document, centre.Cursor) error { return nil }
