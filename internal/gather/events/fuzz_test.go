package events_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"entente/internal/centre"
	"entente/internal/gather/events"
)

// fuzz holds what the parser of a format promises against any bytes at all: it
// ends, it does not panic, its events are whole, its refusals are sentences, and
// what is read again is the same.
func fuzz(f *testing.F, format, example string, seeds ...string) {
	if example != "" {
		content, err := os.ReadFile("testdata/" + example)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(content)
	}
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	options := map[string]string{events.OptionFormat: format, events.OptionRecords: "yes"}
	f.Fuzz(func(t *testing.T, content []byte) {
		got := read(t, "a file", content, options)
		if got.failure != nil {
			if _, ok := errors.AsType[*centre.Error](got.failure); !ok || !strings.HasSuffix(got.Error, ".") || !utf8.ValidString(got.Error) || strings.ContainsAny(got.Error, "\n\x00\u202e") {
				t.Errorf("an error for nobody: %#v", got.failure)
			}
		}
		if len(got.Problems) > 21 {
			t.Errorf("%d problems", len(got.Problems))
		}
		for _, p := range got.Problems {
			if !strings.HasSuffix(p, ".") || !utf8.ValidString(p) || strings.ContainsAny(p, "\n\x00\u202e") {
				t.Errorf("problem %q", p)
			}
		}
		for _, d := range got.Documents {
			if d.ExternalID == "" || !utf8.ValidString(d.Title+d.Body+d.Author) || strings.ContainsAny(d.Title+d.Body, "\x00\u202e") {
				t.Errorf("document %+v", d)
			}
		}
		again := read(t, "a file", content, options)
		if len(again.Events) != len(got.Events) {
			t.Fatal("read again it has other events")
		}
		for i := range got.Events {
			if again.Events[i].ExternalID != got.Events[i].ExternalID || again.Events[i].Title != got.Events[i].Title {
				t.Fatal("read again it is another event")
			}
		}
	})
}

func FuzzACLED(f *testing.F) {
	fuzz(f, "acled", "acled.csv", "event_id_cnty,event_date,event_type\n\"\"\",\n", "event_id_cnty;event_date;event_type;fatalities\n1;26 Sep 2015;Riots;-3\n", "\ufeffevent_date,actor1,actor2\n,\u202eA,\xff\n")
}

func FuzzUCDP(f *testing.F) {
	fuzz(f, "ucdp", "ucdp.csv", "id,type_of_violence,best,low,high,deaths_civilians\n1,1,3,9,1,99999999\n")
}

func FuzzGDELT(f *testing.F) {
	fuzz(f, "gdelt", "gdelt.export.CSV", strings.Repeat("\t", 60), "1"+strings.Repeat("\t9", 60), strings.Repeat("x\t", 57))
}

func FuzzGKG(f *testing.F) {
	fuzz(f, "gkg", "gdelt.gkg.csv", "20150926121500-1"+strings.Repeat("\t#|;#", 26), "\x01\x02"+strings.Repeat("\t", 26))
}

func FuzzHXL(f *testing.F) {
	fuzz(f, "hxl", "hxl.csv", "#event\t#date\n\"a\nb\"\t2015\n", "#geo+coord,#country+code\n\"33.3,44.4\",iq\n", "#affected+killed+civilians,#affected+killed\n5,2\n", "x\n#,#\n")
}

func FuzzRecordsACLED(f *testing.F) {
	fuzz(f, "acled", "acled.json", `[{"event_date":"2015-09-26"}]`, `{"data":[{"event_date":{"a":[1e999]},"iso":1.5}]}`, `{"data":{}}`, `[[[[`, `{"message":"\u202eno"}`)
}

func FuzzRecordsUCDP(f *testing.F) {
	fuzz(f, "ucdp", "ucdp.json", `{"Result":[{"id":null,"side_a":true,"best":"12"}],"Result":[]}`)
}

func FuzzAnything(f *testing.F) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range map[string]string{"20150926121500.export.CSV": gdeltRow(1), "b.csv": "id,type_of_violence,where_prec\n1,1,1\n"} {
		w, err := z.Create(name)
		if err != nil {
			f.Fatal(err)
		}
		_, _ = w.Write([]byte(content))
	}
	if err := z.Close(); err != nil {
		f.Fatal(err)
	}
	fuzz(f, "", "", b.String(), b.String()[:60], "PK\x03\x04", "{", "\ufeff\n\n#event,#date\n1,2")
}

func FuzzList(f *testing.F) {
	f.Add("20150926120000.export", []byte("10 "+strings.Repeat("0", 32)+" http://x.example/20150926121500.export.CSV.zip\n"))
	f.Add("", []byte("http://x.example/20150926121500.gkg.csv.zip\n:// x\n\n1 2 3 4\n"))
	f.Add("99999999999999.gkg", []byte("1 2 http://[::1/20150926121500.gkg.csv.zip"))
	f.Fuzz(func(t *testing.T, last string, body []byte) {
		for _, address := range []string{"http://x.example/lastupdate.txt", "http://x.example/masterfilelist.txt"} {
			keys, urls, problems := events.ReadList(address, last, "", body)
			if !slices.IsSorted(keys) || len(keys) > 2*(31*96+1)+bytes.Count(body, []byte("\n"))*31*97+10 {
				t.Errorf("%d keys, or not in order", len(keys))
			}
			for _, k := range keys {
				if k <= last {
					t.Errorf("%s is not behind %s", k, last)
				}
			}
			for _, u := range urls {
				if u == "" {
					t.Error("no address")
				}
			}
			for _, p := range problems {
				if !strings.HasSuffix(p, ".") || !utf8.ValidString(p) || strings.ContainsAny(p, "\n\x00") {
					t.Errorf("problem %q", p)
				}
			}
		}
	})
}
