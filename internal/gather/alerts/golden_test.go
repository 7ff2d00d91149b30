package alerts_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entente/internal/centre"
	"entente/internal/gather/alerts"
	"entente/internal/gather/gathertest"
)

func source(options map[string]string) centre.Source {
	return centre.Source{ID: 4711, Slug: "example", Kind: "alerts", Address: "https://alerts.example/list", Options: options,
		Marking: centre.Marking{Originator: "IRQ", Releasable: []centre.MemberCode{"IRN", "RUS", "SYR"}}}
}

// read reads a content as a file would be.
func read(t *testing.T, name, content string, options map[string]string) gathertest.Collected {
	t.Helper()
	return gathertest.Read(t, alerts.New(), source(options), name, strings.NewReader(content))
}

// Every file of testdata has beside it what is read from it. The examples are
// of the kinds that Appendix A of CAP 1.2 has: an advisory, a thunderstorm, an
// update on an earthquake and a missing child, and one of each type of message.
func TestGolden(t *testing.T) {
	inputs, err := filepath.Glob("testdata/*")
	if err != nil {
		t.Fatal(err)
	}
	tested := 0
	for _, input := range inputs {
		if strings.HasSuffix(input, ".golden.json") {
			continue
		}
		tested++
		name := filepath.Base(input)
		t.Run(name, func(t *testing.T) {
			content, err := os.ReadFile(input)
			if err != nil {
				t.Fatal(err)
			}
			if sure := alerts.New().Recognise(name, "", content); sure < 0.9 {
				t.Errorf("it is recognised with %v", sure)
			}
			got := read(t, name, string(content), nil)
			if got.Err != nil {
				t.Fatal(got.Err)
			}
			var text bytes.Buffer
			encoder := json.NewEncoder(&text)
			encoder.SetEscapeHTML(false)
			encoder.SetIndent("", "  ")
			if err := encoder.Encode(map[string]any{"documents": got.Documents, "events": got.Events, "problems": got.Result.Problems, "title": got.Result.Title}); err != nil {
				t.Fatal(err)
			}
			gathertest.Golden(t, input+".golden.json", text.String())
		})
	}
	if tested < 8 {
		t.Errorf("%d files were found", tested)
	}
}
