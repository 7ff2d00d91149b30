package gathertest

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Golden compares a text with what stands in a file. With the flag -update it
// writes the file instead, for a person to check.
func Golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Error(diff)
	}
}

// Render writes down the documents that were read, for golden files that a
// person can check.
func Render(c Collected) string {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, value)
		}
	}
	if c.Err != nil {
		line("error", c.Err.Error())
	}
	for _, p := range c.Result.Problems {
		line("problem", p)
	}
	for _, d := range c.Documents {
		b.WriteString("\n")
		line("id", d.ExternalID)
		line("title", d.Title)
		line("author", d.Author)
		line("url", d.URL)
		if d.Published.Known() {
			line("published", fmt.Sprint(d.Published.Time.Format(time.RFC3339), " ", d.Published.Precision))
		}
		if d.Updated.Known() {
			line("updated", fmt.Sprint(d.Updated.Time.Format(time.RFC3339), " ", d.Updated.Precision))
		}
		line("language", d.Language)
		line("geometry", string(d.Geometry))
		if d.Point.Known {
			line("point", fmt.Sprint(d.Point.Lon, " ", d.Point.Lat))
		}
		if d.Marking != nil {
			line("marking", d.Marking.String())
		}
		line("withdrawn", d.Withdrawn)
		for _, p := range d.Properties {
			line("  "+p.Name, p.Value)
		}
		for _, p := range d.Problems {
			line("problem", p)
		}
		line(d.MediaType, fmt.Sprintf("%q", d.Body))
	}
	return b.String()
}
