package wires_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entente/internal/centre"
	"entente/internal/gather/gathertest"
	"entente/internal/gather/wires"
)

func source() centre.Source {
	return centre.Source{ID: 4711, Slug: "example", Kind: "wires", Address: "https://agency.example/list",
		Marking: centre.Marking{Originator: "IRQ", Releasable: []centre.MemberCode{"IRN", "RUS", "SYR"}}}
}

// Every file of testdata has beside it what is read from it: the three versions of
// ninjs, and NewsML-G2 alone and in a message, with every publishing status.
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
			if sure := wires.New().Recognise(name, "", content); sure < 0.9 {
				t.Errorf("it is recognised with %v", sure)
			}
			got := read(t, name, string(content))
			if got.Err != nil {
				t.Fatal(got.Err)
			}
			var text bytes.Buffer
			encoder := json.NewEncoder(&text)
			encoder.SetEscapeHTML(false)
			encoder.SetIndent("", "  ")
			if err := encoder.Encode(map[string]any{"documents": got.Documents, "events": got.Events, "problems": got.Result.Problems}); err != nil {
				t.Fatal(err)
			}
			gathertest.Golden(t, input+".golden.json", text.String())
		})
	}
	if tested < 5 {
		t.Errorf("%d files were found", tested)
	}
}
