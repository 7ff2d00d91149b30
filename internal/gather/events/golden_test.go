package events_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/events"
	"entente/internal/gather/gathertest"
)

// taken is what one reading brought.
type taken struct {
	Recognised float64           `json:"recognised"`
	Error      string            `json:"error,omitempty"`
	Problems   []string          `json:"problems,omitempty"`
	Events     []centre.Event    `json:"events"`
	Documents  []centre.Document `json:"documents,omitempty"`
	failure    error
}

// read reads a file as the files connector would hand it over.
func read(t testing.TB, name string, content []byte, options map[string]string) taken {
	t.Helper()
	c := events.New()
	got := taken{Events: []centre.Event{}, Recognised: c.Recognise(name, "", content[:min(len(content), 64<<10)])}
	result, err := c.Read(t.Context(), gather.Request{
		Source: centre.Source{ID: 7, Kind: "events", Options: options}, Now: gathertest.Now,
		Yield: func(_ context.Context, docs []centre.Document, _ centre.Cursor) error {
			got.Documents = append(got.Documents, docs...)
			return nil
		},
		YieldEvents: func(_ context.Context, batch []centre.Event, _ centre.Cursor) error {
			if len(batch) > gather.MaxEvents || len(batch) == 0 {
				t.Errorf("a batch of %d events", len(batch))
			}
			got.Events = append(got.Events, batch...)
			return nil
		},
	}, name, bytes.NewReader(content))
	got.Problems, got.failure = result.Problems, err
	if err != nil {
		got.Error = err.Error()
	}
	for i := range got.Events {
		whole(t, got.Events[i])
	}
	return got
}

// Every file of testdata has beside it what is read from it.
func TestGolden(t *testing.T) {
	inputs, err := filepath.Glob("testdata/*.*")
	if err != nil {
		t.Fatal(err)
	}
	tested := 0
	for _, input := range inputs {
		if strings.HasSuffix(input, ".golden.json") {
			continue
		}
		tested++
		t.Run(filepath.Base(input), func(t *testing.T) {
			content, err := os.ReadFile(input)
			if err != nil {
				t.Fatal(err)
			}
			got := read(t, filepath.Base(input), content, map[string]string{events.OptionRecords: "yes"})
			var b bytes.Buffer
			e := json.NewEncoder(&b)
			e.SetEscapeHTML(false)
			e.SetIndent("", " ")
			if err := e.Encode(got); err != nil {
				t.Fatal(err)
			}
			gathertest.Golden(t, input+".golden.json", b.String())
			if got.Recognised < 0.9 {
				t.Errorf("it is recognised with %v alone", got.Recognised)
			}
		})
	}
	if tested < 7 {
		t.Errorf("only %d files were found", tested)
	}
}

// Copies on data exchanges have a row of HXL tags below the header, other
// dividers, a mark of UTF-8 or another character set, and columns in any order.
func TestHeadersAsTheyCome(t *testing.T) {
	for name, content := range map[string]string{
		"tags":       "event_id_cnty,event_date,event_type,sub_event_type\n#event+code,#date+occurred,#event+type,#event+type+sub\nIRQ1,2015-09-26,Riots,Mob violence\n",
		"semicolons": "sub_event_type;event_type;event_date;event_id_cnty;extra\r\nMob violence;Riots;2015-09-26;IRQ1;x\r\n",
		"a mark":     "\xef\xbb\xbfevent_id_cnty,event_date,event_type,sub_event_type\nIRQ1,26 September 2015,Riots,Mob violence",
		"upper case": "EVENT_ID_CNTY\tEVENT_DATE\tEVENT_TYPE\tSUB_EVENT_TYPE\nIRQ1\t2015-09-26\tRiots\tMob violence\n\n",
		"quoted":     "\"event_id_cnty\",\"event_date\",\"event_type\",\"sub_event_type\"\n\"IRQ1\",\"2015-09-26\",\"Riots\",\"Mob violence\"\n",
	} {
		got := read(t, "x.csv", []byte(content), nil)
		if got.failure != nil || len(got.Problems) > 0 || len(got.Events) != 1 {
			t.Errorf("%s: %d events, %q, %v", name, len(got.Events), got.Problems, got.failure)
			continue
		}
		if e := got.Events[0]; e.ExternalID != "IRQ1" || e.Category != centre.EventRiot || e.Start.Time.Format(time.DateOnly) != "2015-09-26" {
			t.Errorf("%s: %+v", name, e)
		}
	}
}

// A stray quote spoils its own line alone, also where a later one would close it.
func TestStrayQuotes(t *testing.T) {
	content := "event_id_cnty,event_date,event_type\nA,2015-09-26,Riots\nB,2015-09-26,\"Riots\nC,2015-09-26,Riots\nD,\"2015-09-26,Riots\nE,2015-09-26,\"Riots, \"\"so\"\" called\"\n"
	got := read(t, "x.csv", []byte(content), nil)
	var ids []string
	for _, e := range got.Events {
		ids = append(ids, e.ExternalID)
	}
	if strings.Join(ids, " ") != "A C E" || len(got.Problems) != 2 || !strings.HasPrefix(got.Problems[0], "x.csv, line 3: ") || !strings.HasPrefix(got.Problems[1], "x.csv, line 5: ") {
		t.Errorf("%q, %q", ids, got.Problems)
	}
	if last := got.Events[len(got.Events)-1]; last.Code != `Riots, "so" called` || last.Origin != "x.csv, line 6" {
		t.Errorf("%q at %q", last.Code, last.Origin)
	}
}

// An answer may be long, a record may not.
func TestLongAnswers(t *testing.T) {
	one := `{"event_id_cnty":"A","event_date":"2015-09-26","event_type":"Riots","notes":"` + strings.Repeat("x", 1<<20) + `"}`
	got := read(t, "x.json", []byte(`{"data":[`+strings.Repeat(one+",", 11)+one+`]}`), map[string]string{events.OptionFormat: "acled"})
	if len(got.Events) != 12 || got.failure != nil {
		t.Errorf("%d events, %v", len(got.Events), got.failure)
	}
	got = read(t, "x.json", []byte(`{"data":[`+one+`,"`+strings.Repeat("x", 12<<20)+`"]}`), map[string]string{events.OptionFormat: "acled"})
	if len(got.Events) > 1 || got.failure == nil || !strings.Contains(got.Error, "longer than 8 MB") {
		t.Errorf("%d events, %v", len(got.Events), got.failure)
	}
}

// whole holds an event against what every reader of events relies on.
func whole(t testing.TB, e centre.Event) {
	t.Helper()
	complain := func(what string) { t.Errorf("event %q: %s: %+v", e.ExternalID, what, e) }
	if e.Source != 7 && e.Source != 4711 || e.ExternalID == "" || !e.Fetched.Equal(gathertest.Now) || e.Origin == "" {
		complain("source, id, origin or time of fetching")
	}
	known := false
	for _, c := range centre.EventCategories {
		known = known || c == e.Category
	}
	if !known {
		complain("its category is none of ours")
	}
	texts := []string{e.ExternalID, e.Code, e.Title, e.Notes, e.URL, e.Place, e.Country, e.Admin1, e.Attribution, e.Origin, e.License, e.Killed.Basis}
	for _, a := range e.Actors {
		texts = append(texts, a.Name, a.Code, a.Country)
		if a.Role != centre.RoleInitiator && a.Role != centre.RoleAffected && a.Role != centre.RoleUnknown && a.Role != centre.RoleReporter {
			complain("a role")
		}
	}
	for _, s := range append(texts, e.Problems...) {
		if strings.ToValidUTF8(s, "!") != s || strings.ContainsAny(s, "\u202a\u202b\u202c\u202d\u202e\x00") {
			complain("a text is not clean")
		}
	}
	for _, p := range e.Problems {
		if !strings.HasSuffix(p, ".") {
			complain("a problem is no sentence")
		}
	}
	if strings.ContainsAny(e.Title+e.Code+e.Place, "\n\t") || e.Country != "" && len(e.Country) != 3 {
		complain("a line or a country")
	}
	if p := e.Point; p.Known && (p.Lat < -90 || p.Lat > 90 || p.Lon < -180 || p.Lon > 180 || p.Lat == 0 && p.Lon == 0) || !p.Known && (p.Lat != 0 || p.Lon != 0 || e.Uncertainty != 0) {
		complain("its point")
	}
	for _, k := range []centre.Toll{e.Killed, e.Injured} {
		if k.Low < 0 || k.Low > k.Best || k.Best > k.High || k.Civilians > k.Best || !k.Known && k.Best != 0 {
			complain("its toll")
		}
	}
	for _, m := range []centre.Moment{e.Start, e.End} {
		if m.Known() && (m.Time.After(gathertest.Now.Add(24*time.Hour)) || m.Precision == "" || m.Basis == "") {
			complain("its time")
		}
	}
	if e.End.Known() && e.Start.Known() && e.End.Time.Before(e.Start.Time) || e.Mentions < 0 {
		complain("its end or mentions")
	}
}
