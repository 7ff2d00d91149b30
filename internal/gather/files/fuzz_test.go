package files_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"entente/internal/centre"
	"entente/internal/gather/files"
)

// fuzz holds what every parser promises against any bytes at all: it ends, it
// does not panic, its documents are whole, its refusals are sentences.
func fuzz(f *testing.F, ending string, seeds ...string) {
	examples, err := filepath.Glob("testdata/*" + ending)
	if err != nil {
		f.Fatal(err)
	}
	for _, e := range examples {
		content, err := os.ReadFile(e)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(content)
	}
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		docs, report, err := parse(t, "a"+ending, string(content))
		if err != nil {
			if _, ok := errors.AsType[*centre.Error](err); !ok || !strings.HasSuffix(err.Error(), ".") || !utf8.ValidString(err.Error()) {
				t.Errorf("an error for nobody: %#v", err)
			}
		}
		if report.Bad < len(report.Listed) {
			t.Errorf("%d bad, %d listed", report.Bad, len(report.Listed))
		}
		for _, r := range report.Listed {
			if r.Reason == "" || !utf8.ValidString(r.String()) || strings.ContainsAny(r.String(), "\n\x00\u202e") {
				t.Errorf("refusal %q", r.String())
			}
		}
		for _, d := range docs {
			for _, text := range []string{d.ExternalID, d.Title, d.Author, d.Body, d.URL, d.Language} {
				if !utf8.ValidString(text) || strings.ContainsAny(text, "\x00\u202a\u202b\u202c\u202d\u202e") {
					t.Errorf("text %q", text)
				}
			}
			if d.ExternalID == "" || !d.Fetched.Equal(now) || strings.ContainsAny(d.Title, "\n\t") {
				t.Errorf("document %+v", d)
			}
			if d.Published.Known() && d.Published.Time.After(now.AddDate(0, 0, 1)) {
				t.Errorf("published in the future: %v", d.Published)
			}
			if p := d.Point; p.Known && (p.Lat < -90 || p.Lat > 90 || p.Lon < -180 || p.Lon > 180) {
				t.Errorf("point %v", p)
			}
		}
		again, _, _ := parse(t, "a"+ending, string(content))
		for i := range docs {
			if i >= len(again) || docs[i].ExternalID != again[i].ExternalID || docs[i].Hash() != again[i].Hash() {
				t.Fatal("read again it is another document")
			}
		}
	})
}

func FuzzText(f *testing.F) { fuzz(f, ".txt", "\xff\xfeа\x04", "\x00\x00", "a\r\n\r\nb") }
func FuzzHTML(f *testing.F) {
	fuzz(f, ".html", "<", strings.Repeat("<div>", 600), "<meta name=date content=x>")
}
func FuzzMail(f *testing.F) { fuzz(f, ".eml", "Subject: =?x?q?=?=\n\n", "\n", "From: <\n\nx") }
func FuzzTable(f *testing.F) {
	fuzz(f, ".csv", "\"", "text\n\"\"\"", "a\x00b;text\n1;2", "text,date\nx,99/99/9999")
}
func FuzzLines(f *testing.F) { fuzz(f, ".jsonl", "{}", "{\"text\":1e999}", "[[[[") }
func FuzzJSON(f *testing.F) {
	fuzz(f, ".json", "[{}]", "{\"a\":{\"b\":[{\"c\":1}]}}", "[{\"text\":\"x\"}]]", strings.Repeat("[", 100), strings.Repeat("{\"a\":", 50))
}

func FuzzSheet(f *testing.F) {
	book := excelize.NewFile()
	for cell, value := range map[string]any{"A1": "text", "B1": "date", "A2": "The bridge is open.", "B2": 42273.5} {
		if err := book.SetCellValue("Sheet1", cell, value); err != nil {
			f.Fatal(err)
		}
	}
	b, err := book.WriteToBuffer()
	if err != nil {
		f.Fatal(err)
	}
	fuzz(f, ".xlsx", b.String(), b.String()[:100])
}

func FuzzArchive(f *testing.F) {
	fuzz(f, ".zip", zipped(f, [2]string{"a.txt", "x"}, [2]string{"b.csv", "text\nx"}), "PK\x05\x06"+strings.Repeat("\x00", 18))
}

func FuzzParseMapping(f *testing.F) {
	for _, s := range []string{"", "text=a", `text=a\,b,id=-`, "text", `text=\`, "TEXT = a "} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, err := files.ParseMapping(text)
		if err != nil {
			return
		}
		again, err := files.ParseMapping(m.String())
		if err != nil || again.String() != m.String() {
			t.Fatalf("%q: %v, %v", m, again, err)
		}
	})
}

func FuzzGuessMapping(f *testing.F) {
	f.Add("text", "date", "x", "2015-09-26")
	f.Add("", "", "", "")
	f.Fuzz(func(t *testing.T, a, b, c, d string) {
		m := files.GuessMapping([]string{a, b}, [][]string{{c, d}, {d}, nil})
		for field, column := range m {
			if column != a && column != b {
				t.Errorf("%s is in %q", field, column)
			}
		}
	})
}
