package files_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/gather/files"
	"entente/internal/gather/gathertest"
)

var now = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

// parse reads a file by name and content.
func parse(t testing.TB, name, content string, options ...func(*files.Input)) ([]centre.Document, files.Report, error) {
	t.Helper()
	in := files.Input{Name: name, Reader: strings.NewReader(content), Size: int64(len(content)), Now: now}
	for _, o := range options {
		o(&in)
	}
	var docs []centre.Document
	report, err := files.Parse(t.Context(), in, func(d centre.Document) error {
		docs = append(docs, d)
		return nil
	})
	if report.Good != len(docs) {
		t.Errorf("%s: the report has %d good documents, %d came", name, report.Good, len(docs))
	}
	return docs, report, err
}

// Every file of testdata has beside it what is read from it.
func TestGolden(t *testing.T) {
	inputs, err := filepath.Glob("testdata/*.*")
	if err != nil {
		t.Fatal(err)
	}
	tested := 0
	for _, input := range inputs {
		if filepath.Ext(input) == ".golden" {
			continue
		}
		tested++
		name := filepath.Base(input)
		t.Run(name, func(t *testing.T) {
			content, err := os.ReadFile(input)
			if err != nil {
				t.Fatal(err)
			}
			docs, report, err := parse(t, name, string(content))
			got := render(docs, report, err)
			gathertest.Golden(t, input+".golden", got)
		})
	}
	if tested == 0 {
		t.Error("no files were found")
	}
}

// render writes down what was read, for a person to check.
func render(docs []centre.Document, report files.Report, err error) string {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, value)
		}
	}
	if err != nil {
		line("error", err.Error())
	}
	for _, t := range report.Tables {
		line("table", t.File+": "+strings.Join(t.Columns, " | "))
		line("mapping", t.Mapping.String())
	}
	for _, n := range report.Notes {
		line("note", n)
	}
	for _, r := range report.Listed {
		line("refused", r.String())
	}
	for _, d := range docs {
		b.WriteString("\n")
		line("id", d.ExternalID)
		line("title", d.Title)
		line("author", d.Author)
		line("url", d.URL)
		for name, m := range map[string]centre.Moment{"published": d.Published} {
			if m.Known() {
				line(name, fmt.Sprint(m.Time.Format(time.RFC3339), " ", m.Precision, " ", m.Basis))
			}
		}
		if d.Point.Known {
			line("point", fmt.Sprint(d.Point.Lon, " ", d.Point.Lat))
		}
		line("language", d.Language)
		if d.Marking != nil {
			line("marking", d.Marking.String())
		}
		for _, p := range d.Problems {
			line("problem", p)
		}
		line(d.MediaType, fmt.Sprintf("%q", d.Body))
	}
	return b.String()
}
