package push_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entente/internal/centre"
	"entente/internal/gather/gathertest"
	"entente/internal/gather/push"
)

var source = centre.Source{ID: 7, Slug: "partner", Kind: push.Kind, Member: "IRQ",
	Marking: centre.Marking{Originator: "IRQ", Releasable: []centre.MemberCode{"SYR"}}}

func parse(t *testing.T, body string) []push.Parsed {
	t.Helper()
	parsed, err := push.Parse(strings.NewReader(body), source, gathertest.Now)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range parsed {
		if p.Refused == "" {
			gathertest.Whole(t, source, p.Document)
		} else if !strings.HasSuffix(p.Refused, ".") {
			t.Errorf("%q is no sentence", p.Refused)
		}
	}
	return parsed
}

func TestADocumentArrivesWhole(t *testing.T) {
	got := parse(t, `{"id":"a-1","url":"https://example.org/a","title":"Bridge closed","author":"Duty desk","text":"The bridge is closed.",
		"language":"en","published":"2015-09-26T12:00:00+03:00","updated":"2015-09-26T13:00:00+03:00","lon":44.4,"lat":33.3,
		"part_of":"a-0","replaces":["old-1"],"enclosures":[{"url":"https://example.org/a.pdf","media_type":"application/pdf","length":12}],
		"properties":{"severity":"Minor","lanes":2}}`)[0]
	want := centre.Document{
		Source: 7, ExternalID: "a-1", URL: "https://example.org/a", Title: "Bridge closed", Author: "Duty desk", Fetched: gathertest.Now,
		MediaType: "text/plain", Body: "The bridge is closed.", Language: "en",
		Published: centre.Moment{Time: time.Date(2015, 9, 26, 9, 0, 0, 0, time.UTC), Precision: centre.PrecisionSecond, Basis: centre.BasisColumn},
		Updated:   centre.Moment{Time: time.Date(2015, 9, 26, 10, 0, 0, 0, time.UTC), Precision: centre.PrecisionSecond, Basis: centre.BasisColumn},
		Point:     centre.At(44.4, 33.3), Geometry: `{"type":"Point","coordinates":[44.4,33.3]}`,
		PartOf: "a-0", Replaces: []string{"old-1"},
		Enclosures: []centre.Enclosure{{URL: "https://example.org/a.pdf", MediaType: "application/pdf", Length: 12}},
		Properties: []centre.Property{{Name: "lanes", Value: "2"}, {Name: "severity", Value: "Minor"}},
	}
	if d := cmp.Diff(push.Parsed{Document: want}, got); d != "" {
		t.Error(d)
	}
}

func TestSeveralComeInAnyOfThreeForms(t *testing.T) {
	for _, body := range []string{
		`[{"text":"one"},{"text":"two"}]`, `{"documents":[{"text":"one"},{"text":"two"}]}`, "{\"text\":\"one\"}\n{\"text\":\"two\"}\n",
	} {
		got := parse(t, body)
		if len(got) != 2 || got[0].Document.Body != "one" || got[1].Document.Body != "two" {
			t.Errorf("%s: %+v", body, got)
		}
		if got[0].Document.ExternalID == got[1].Document.ExternalID || !strings.HasPrefix(got[0].Document.ExternalID, "sha256:") {
			t.Errorf("%s: named %q and %q", body, got[0].Document.ExternalID, got[1].Document.ExternalID)
		}
	}
}

func TestABadDocumentIsRefusedAndTheOthersAreTaken(t *testing.T) {
	for body, reason := range map[string]string{
		`7`:                                 "no JSON object",
		`{"id":"x"}`:                        "neither title nor text",
		`{"text":7}`:                        `"text" may not hold`,
		`{"text":"x","url":"javascript:x"}`: "no http or https",
		`{"text":"x","tlp":"PURPLE"}`:       "none of CLEAR",
		`{"text":"x","marking":"BLAH"}`:     "cannot be read",
		`{"text":"x","marking":7}`:          `"marking" may not hold`,
		`{"text":"x","tlp":"RED","marking":"SECRET"}`: "both a tlp and a marking",
		`{"text":"x","embargo":"tomorrow"}`:           "shown too early",
		`{"text":"x","embargo":"2015-09-26"}`:         "shown too early",
		`{"text":"x","enclosures":{"url":"x"}}`:       "enclosures",
		`{"text":"x","properties":["severity"]}`:      "properties",
	} {
		got := parse(t, `[{"text":"good"},`+body+`,{"text":"also"}]`)
		if len(got) != 3 || got[0].Refused+got[2].Refused != "" || !strings.Contains(got[1].Refused, reason) || !strings.HasPrefix(got[1].Refused, "Document 2 ") {
			t.Errorf("%s: %+v", body, got)
		}
	}
}

func TestWhatIsUnknownStaysUnknown(t *testing.T) {
	got := parse(t, `{"text":"x","published":"soon","lat":33,"geometry":{"type":"Point","coordinates":[500,1]},"colour":"red"}`)[0]
	d := got.Document
	if got.Refused != "" || d.Published.Known() || d.Point.Known || d.Geometry != "" || len(d.Problems) != 4 {
		t.Errorf("%+v", got)
	}
}

func TestATLPLabelNarrowsAndNeverOpens(t *testing.T) {
	red := parse(t, `{"text":"x","tlp":"tlp:red"}`)[0].Document.Marking
	if red == nil || red.TLP != centre.TLPRed || len(red.Releasable) != 0 || red.Originator != "IRQ" {
		t.Errorf("red: %+v", red)
	}
	if clear := parse(t, `{"text":"x","tlp":"CLEAR"}`)[0].Document.Marking; clear != nil {
		t.Errorf("clear: %+v", clear)
	}
}

func TestADocumentMayBearAMarking(t *testing.T) {
	got := parse(t, `{"text":"x","marking":"secret//rel to irq"}`)[0].Document
	if got.Marking == nil || got.Marking.String() != "SECRET//REL TO IRQ" || len(got.Problems) != 0 {
		t.Errorf("%v, %q", got.Marking, got.Problems)
	}
}

func TestDeliveriesThatAreRefusedAsAWhole(t *testing.T) {
	for name, body := range map[string]string{
		"nothing": "", "no JSON": "<html>", "cut off": `{"text":"x"`, "too many": "[" + strings.Repeat(`{"text":"x"},`, push.MaxDocuments) + `{"text":"x"}]`,
		"too large": `{"text":"` + strings.Repeat("x", push.MaxBytes) + `"}`,
	} {
		_, err := push.Parse(strings.NewReader(body), source, gathertest.Now)
		if centre.CodeOf(err) != centre.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
		gathertest.Sentence(t, err)
	}
}

func TestItReadsWhereverTheBytesComeFrom(t *testing.T) {
	body := `{"documents":[{"text":"one"},{"id":"x"},{"text":"two"}]}`
	if sure := push.New().Recognise("", "application/json", []byte(body)); sure < 0.5 {
		t.Errorf("recognised by %v", sure)
	}
	got := gathertest.Read(t, push.New(), source, "delivery.json", strings.NewReader(body))
	if got.Err != nil || len(got.Documents) != 2 || len(got.Result.Problems) != 1 || got.Result.Bytes != int64(len(body)) {
		t.Errorf("%+v", got)
	}
}

func mac(key, text string) []byte {
	h := hmac.New(sha256.New, []byte(key))
	h.Write([]byte(text))
	return h.Sum(nil)
}

func TestSignatures(t *testing.T) {
	now := time.Unix(1443261600, 0)
	body, key := `{"text":"x"}`, "whsec_"+base64.StdEncoding.EncodeToString([]byte("a key"))
	standard := func(at time.Time, key string) map[string]string {
		stamp := fmt.Sprint(at.Unix())
		return map[string]string{"Webhook-Id": "m1", "Webhook-Timestamp": stamp,
			"Webhook-Signature": "v1a,ignored v1," + base64.StdEncoding.EncodeToString(mac(key, "m1."+stamp+"."+body))}
	}
	hub := func(key string) map[string]string {
		return map[string]string{"X-Hub-Signature-256": "sha256=" + hex.EncodeToString(mac(key, body))}
	}
	both := standard(now, "a key")
	both["X-Hub-Signature-256"] = "sha256=00"
	for name, test := range map[string]struct {
		header map[string]string
		good   bool
	}{
		"standard": {standard(now, "a key"), true}, "standard, two minutes old": {standard(now.Add(-2*time.Minute), "a key"), true},
		"played again later": {standard(now.Add(-time.Hour), "a key"), false}, "from the future": {standard(now.Add(time.Hour), "a key"), false},
		"another key": {standard(now, "another"), false}, "hub": {hub(key), true}, "hub, another key": {hub("another"), false},
		"none": {nil, false}, "one of two is wrong": {both, false}, "hub by another method": {map[string]string{"X-Hub-Signature-256": "sha1=00"}, false},
	} {
		err := push.Verify(func(n string) string { return test.header[n] }, []byte(body), key, now)
		if (err == nil) != test.good {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil {
			if centre.CodeOf(err) != centre.CodeUnauthenticated {
				t.Errorf("%s: %v", name, err)
			}
			gathertest.Sentence(t, err)
		}
	}
	if err := push.Verify(func(n string) string { return hub("")[n] }, []byte(body), "", now); err == nil {
		t.Error("a source without a key accepts what nothing signed")
	}
	old := hmac.New(sha1.New, []byte("k"))
	old.Write([]byte(body))
	if !push.VerifyHub("sha1="+hex.EncodeToString(old.Sum(nil)), []byte(body), "k") || push.VerifyHub("md5=00", []byte(body), "k") || push.VerifyHub("sha256=00", []byte(body), "") {
		t.Error("a hub's signature is misjudged")
	}
}

func TestThereIsNothingToFetch(t *testing.T) {
	c := push.New()
	if err := c.Check(source); err != nil {
		t.Error(err)
	}
	gathertest.Sentence(t, c.Check(centre.Source{Address: "https://example.org"}))
	_, err := c.Fetch(context.Background(), gathertest.Request(t, source))
	gathertest.Sentence(t, err)
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{`{"text":"x"}`, `[{"html":"<p>x"},7]`, `{"documents":[{"title":"t","published":"2015","geometry":{"type":"Polygon"}}]}`,
		`{"text":"x","tlp":"AMBER","embargo":"2015-09-26T12:00:00Z","properties":{"a":{"b":[1]}},"lon":1e999}`, "{}\n{}", "\xff[", `{"text":"\u202e\u0000"}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		parsed, err := push.Parse(bytes.NewReader(body), source, gathertest.Now)
		if err != nil {
			return
		}
		for _, p := range parsed {
			if p.Refused == "" {
				gathertest.Whole(t, source, p.Document)
			}
		}
	})
}

func TestAWithdrawalWithoutATitleIsNoEmptyRow(t *testing.T) {
	parsed, err := push.Parse(strings.NewReader(`{"id":"17","withdrawn":"It was wrong."}`), centre.Source{}, time.Time{})
	if err != nil || len(parsed) != 1 || parsed[0].Refused != "" {
		t.Fatalf("%+v, %v", parsed, err)
	}
	if d := parsed[0].Document; d.Title != "[WITHDRAWN] 17" || d.Withdrawn != "It was wrong." {
		t.Errorf("%q, %q", d.Title, d.Withdrawn)
	}
}
