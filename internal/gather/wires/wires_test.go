package wires_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/gathertest"
	"entente/internal/gather/wires"
)

func ninjs(n int, dated bool) string {
	var all []string
	for i := range n {
		date := ""
		if dated {
			date = `"versioncreated": "2015-09-26T09:15:00Z", `
		}
		all = append(all, fmt.Sprintf(`{"uri": "urn:%d", "version": "1", %s"headline": "Item %d", "body_text": "What item %d says."}`, i, date, i, i))
	}
	return "[" + strings.Join(all, ",\n") + "]"
}

func TestContract(t *testing.T) {
	t.Run("ninjs", func(t *testing.T) {
		gathertest.RunWeb(t, gathertest.Web{
			Connector: wires.New(), ContentType: "application/json",
			Body: ninjs(450, true), Documents: 450, Undated: ninjs(3, false), UndatedHas: 3,
			Broken: `{"type":"FeatureCollection","features":[]}`,
		})
	})
	t.Run("NewsML-G2", func(t *testing.T) {
		var body strings.Builder
		body.WriteString(`<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>`)
		for i := range 230 {
			fmt.Fprintf(&body, `<newsItem guid="urn:%d" version="1"><itemMeta><versionCreated>2015-09-26T09:15:00Z</versionCreated></itemMeta><contentMeta><headline>%d</headline></contentMeta></newsItem>`, i, i)
		}
		body.WriteString("</itemSet></newsMessage>")
		host := serve(t)
		host.page = body.String()
		s := host.subject(t)
		s.Documents = 230
		bad := s.Source
		bad.Options = map[string]string{"header": "X-Key: oh"}
		s.Refused = []centre.Source{{Kind: "wires"}, {Kind: "wires", Address: "ftp://agency.example/"}, bad}
		gathertest.Run(t, s)
	})
}

// agency is a host that gives whatever page says.
type agency struct {
	page, url string
	header    http.Header // of the last request
}

func serve(t *testing.T) *agency {
	a := &agency{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.header = r.Header
		_, _ = io.WriteString(w, a.page)
	}))
	t.Cleanup(server.Close)
	a.url = server.URL
	return a
}

func (a *agency) subject(t *testing.T) gathertest.Subject {
	s := source()
	s.Address, s.Private = a.url+"/wire", true
	return gathertest.Subject{Connector: wires.New(), Source: s, Client: gathertest.Client(t)}
}

// A day of one story: each step is what the agency's list has, and what comes.
func TestAStorysDay(t *testing.T) {
	item := func(version int, status, note string) string {
		return fmt.Sprintf(`{"uri": "urn:story", "version": "%d", "versioncreated": "2015-09-26T%02d:00:00Z", "pubstatus": "%s", "ednote": "%s", "headline": "Headline %d", "body_text": "Text %d."}`, version, 8+version, status, note, version, version)
	}
	v1, v2 := item(1, "usable", ""), item(2, "usable", "CORRECTION: the number in the second paragraph")
	v3, v4, v5 := item(3, "withheld", "Await confirmation."), item(4, "usable", ""), item(5, "canceled", "Never happened")
	host := serve(t)
	s := host.subject(t)
	var cursor centre.Cursor
	for n, step := range []struct{ list, title, withdrawn, note string }{
		{v1, "Headline 1", "", ""},
		{v1, "", "", ""}, // nothing new
		{v2 + "," + v1, "Headline 2", "", "CORRECTION: the number in the second paragraph"},
		{v3, "[WITHHELD] urn:story", "The agency withholds this item until further notice: Await confirmation.", "Await confirmation."},
		{v1, "", "", ""}, // an older state of the list
		{strings.Replace(v2, "Text", "Other text", 1), "", "", ""}, // an older version, changed
		{v4, "Headline 4", "", ""},
		{v5, "[CANCELED] Headline 5", "The agency cancelled this item; it must not be used: Never happened.", "Never happened"},
		{v4, "", "", ""},
	} {
		host.page = "[" + step.list + "]" + strings.Repeat(" ", n)
		got := gathertest.Collect(t, s, cursor)
		cursor = got.Cursor
		if got.Err != nil {
			t.Fatal(got.Err)
		}
		if step.title == "" {
			if len(got.Documents) > 0 {
				t.Errorf("step %d brought %+v", n, got.Documents)
			}
			continue
		}
		if len(got.Documents) != 1 {
			t.Fatalf("step %d brought %d documents", n, len(got.Documents))
		}
		d := got.Documents[0]
		if d.ExternalID != "urn:story" || d.Title != step.title || d.Withdrawn != step.withdrawn || property(d, "ednote") != step.note {
			t.Errorf("step %d: %q %q %q %q", n, d.ExternalID, d.Title, d.Withdrawn, property(d, "ednote"))
		}
		if d.Withdrawn != "" && strings.Contains(d.Body, "Text") {
			t.Errorf("step %d keeps the text: %q", n, d.Body)
		}
	}
}

func property(d centre.Document, name string) string {
	for _, p := range d.Properties {
		if p.Name == name {
			return p.Value
		}
	}
	return ""
}

func read(t *testing.T, name, content string) gathertest.Collected {
	t.Helper()
	return gathertest.Read(t, wires.New(), source(), name, strings.NewReader(content))
}

// Nothing under embargo is ever shown too early: it is set aside until an
// instant that is known, or left out.
func TestEmbargo(t *testing.T) {
	for embargo, want := range map[string]string{
		`null`:                        "0001-01-01T00:00:00Z",
		`"2015-09-27T06:00:00+03:00"`: "2015-09-27T03:00:00Z",
		`"2015-09-27T06:00:00.5Z"`:    "2015-09-27T06:00:00.5Z",
		`"2015-09-27T06:00Z"`:         "2015-09-27T06:00:00Z",
		`"2015-09-27T06:00:00"`:       "left out",
		`"2015-09-27"`:                "left out",
		`"tomorrow"`:                  "left out",
		`""`:                          "left out",
		`7`:                           "left out",
		`{}`:                          "left out",
	} {
		content := fmt.Sprintf(`{"uri": "urn:1", "headline": "H", "embargoed": %s, "body_text": "T"}`, embargo)
		got := read(t, "x.json", content)
		if want == "left out" {
			if len(got.Documents) != 0 || len(got.Result.Problems) != 1 {
				t.Errorf("%s: %+v %q", embargo, got.Documents, got.Result.Problems)
			}
			continue
		}
		if len(got.Documents) != 1 || got.Documents[0].Embargo.Format("2006-01-02T15:04:05.999Z07:00") != want {
			t.Errorf("%s: %v %+v", embargo, got.Err, got.Documents)
		}
	}
}

func TestAKillIsNotHeldUpByAnEmbargoAndTellsNothingOfIt(t *testing.T) {
	got := read(t, "x.json", `{"uri": "urn:1", "headline": "Secret", "byline": "Somebody", "pubstatus": "canceled", "embargoed": "2099-01-01T00:00:00Z", "body_text": "Secret", "slugline": "SECRET", "subject": [{"name": "Secret"}]}`)
	if len(got.Documents) != 1 {
		t.Fatal(got.Err)
	}
	d := got.Documents[0]
	all, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	if !d.Embargo.IsZero() || d.Withdrawn == "" || strings.Contains(strings.ToLower(string(all)), "secret") {
		t.Errorf("%s", all)
	}
}

func TestWhatBelongsToAnItemSharesItsFate(t *testing.T) {
	item := `{"uri": "urn:1", "headline": "H", "body_text": "T", %s "associations": {"a": {"uri": "urn:2", "headline": "Side", "type": "text", "body_text": "Side", %s "associations": {"b": {"uri": "urn:3", "type": "picture", "renditions": {"r": {"href": "https://a.example/p.jpg"}}}}}}}`
	for _, test := range []struct{ outer, inner, want string }{
		{"", "", "urn:1|urn:2<urn:1+1"},
		{`"pubstatus": "withheld",`, "", "urn:1"},
		{`"embargoed": "2016-01-01T00:00:00Z",`, "", "urn:1@2016-01-01|urn:2<urn:1+1@2016-01-01"},
		{`"embargoed": "2016-01-01T00:00:00Z",`, `"embargoed": "2015-01-01T00:00:00Z",`, "urn:1@2016-01-01|urn:2<urn:1+1@2016-01-01"},
		{`"embargoed": "2016-01-01T00:00:00Z",`, `"embargoed": "2017-01-01T00:00:00Z",`, "urn:1@2016-01-01|urn:2<urn:1+1@2017-01-01"},
		{"", `"pubstatus": "withheld",`, "urn:1|urn:2<urn:1"},
	} {
		var parts []string
		for _, d := range read(t, "x.json", fmt.Sprintf(item, test.outer, test.inner)).Documents {
			part := d.ExternalID
			if d.PartOf != "" {
				part += "<" + d.PartOf
			}
			if n := len(d.Enclosures); n > 0 {
				part += fmt.Sprint("+", n)
			}
			if !d.Embargo.IsZero() {
				part += "@" + d.Embargo.Format("2006-01-02")
			}
			parts = append(parts, part)
		}
		if got := strings.Join(parts, "|"); got != test.want {
			t.Errorf("%s %s: %s, want %s", test.outer, test.inner, got, test.want)
		}
	}
}

func TestSecretsAreSentAndNeverShown(t *testing.T) {
	host := serve(t)
	host.page = "nothing"
	for _, test := range []struct {
		options, secrets map[string]string
		name, want       string
	}{
		{nil, map[string]string{"token": "s3cret"}, "Authorization", "Bearer s3cret"},
		{map[string]string{"header": "X-Api-Key"}, map[string]string{"token": "s3cret"}, "X-Api-Key", "s3cret"},
		{map[string]string{"user": "u"}, map[string]string{"password": "s3cret"}, "Authorization", "Basic dTpzM2NyZXQ="},
	} {
		s := host.subject(t)
		s.Source.Options, s.Source.Secrets = test.options, test.secrets
		got := gathertest.Collect(t, s, nil)
		gathertest.Sentence(t, got.Err)
		if host.header.Get(test.name) != test.want || strings.Contains(got.Err.Error(), "s3cret") {
			t.Errorf("%s: %q; %v", test.name, host.header.Get(test.name), got.Err)
		}
	}
}

func TestDamageLosesOnlyWhatIsDamaged(t *testing.T) {
	got := read(t, "x.xml", `<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet><newsItem guid="a"><contentMeta><headline>A</headline></contentMeta></newsItem><newsItem guid="b"><content`)
	if got.Err != nil || len(got.Documents) != 1 || len(got.Result.Problems) != 1 {
		t.Errorf("%v %+v %q", got.Err, got.Documents, got.Result.Problems)
	}
	for _, nothing := range []string{"", "hello", "{}", "[1]", "{", "<newsItem", "<html/>", `{"items": {}}`} {
		gathertest.Sentence(t, read(t, "x", nothing).Err)
	}
	for _, empty := range []string{"[]", `{"items": []}`, `<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"/>`} {
		if got := read(t, "x", empty); got.Err != nil || len(got.Documents) > 0 {
			t.Errorf("an empty list %q: %v", empty, got.Err)
		}
	}
}

func TestAListIsReadToABound(t *testing.T) {
	host := serve(t)
	host.page = ninjs(10_003, true)
	got := gathertest.Collect(t, host.subject(t), nil)
	if got.Err != nil || len(got.Documents) != 10_000 || len(got.Result.Problems) != 1 {
		t.Errorf("%v: %d documents, %q", got.Err, len(got.Documents), got.Result.Problems)
	}
	if all := read(t, "x.json", host.page); len(all.Documents) != 10_003 {
		t.Errorf("of a file %d documents", len(all.Documents))
	}
}

func TestOtherFormatsAreNotRecognised(t *testing.T) {
	for _, other := range []string{"", "{}", "<rss/>", `{"uri": 1}`, `[{"version": "https://jsonfeed.org/version/1.1"}]`, "%PDF"} {
		if sure := wires.New().Recognise("x", "", []byte(other)); sure > 0 {
			t.Errorf("%q: %v", other, sure)
		}
	}
}

func FuzzRead(f *testing.F) {
	inputs, err := filepath.Glob("testdata/*")
	if err != nil {
		f.Fatal(err)
	}
	for _, input := range inputs {
		content, err := os.ReadFile(input)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(content))
	}
	f.Add(`[{"uri":"\u202e","headline":"a\nb","body_html":"&#8238;<p>","embargoed":{}}]`)
	f.Add(`{"uri":"a","associations":{"b":{"uri":"a","type":"text","associations":{"b":{"uri":"a","type":"text"}}}}}`)
	f.Fuzz(func(t *testing.T, content string) {
		got := read(t, "fuzz", content)
		if got.Err != nil {
			gathertest.Sentence(t, got.Err)
		}
		for _, d := range got.Documents {
			if d.Title == "" && d.Body == "" && len(d.Enclosures) == 0 {
				t.Errorf("%q is empty", d.ExternalID)
			}
		}
	})
}

func BenchmarkNinjs(b *testing.B) {
	content := ninjs(200, true)
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		_, err := wires.New().Read(b.Context(), gather.Request{Now: gathertest.Now, Yield: taking}, "x", strings.NewReader(content))
		if err != nil {
			b.Fatal(err)
		}
	}
}

func taking(context.Context, []centre.Document, centre.Cursor) error { return nil }
