package claim_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/gazetteer"
	"entente/internal/process"
	"entente/internal/process/all"
)

// TestTheHeldOutSentences measures the steps on single sentences that were
// written before the rules of their language and are not looked at when rules
// are written. testdata/heldout holds them: a sentence, and under it a line for
// each statement with stance, speaker ("~" marks one without a name) and content,
// or "= none".
func TestTheHeldOutSentences(t *testing.T) { measure(t, "testdata/heldout/*.txt") }

// TestTheParagraphs measures the steps on thirty paragraphs with the usual turns
// of the agencies, two to four sentences each, that were written with their
// expected statements before the step was seen to read them. A line may have
// "answers N" behind a further bar, N counted in the paragraph.
func TestTheParagraphs(t *testing.T) { measure(t, "testdata/paragraphs/*.txt") }

// TestTheWires measures the steps on forty-eight paragraphs in the manners of wires,
// broadcasters and papers, twelve in each language, that were written and
// committed with what they say before the step was run on them.
func TestTheWires(t *testing.T) { measure(t, "testdata/wires/*.txt") }

// TestTheLaterParagraphs measures the steps on twenty paragraphs that were written and
// committed in the same way after the faults of the wires were mended.
func TestTheLaterParagraphs(t *testing.T) { measure(t, "testdata/later/*.txt") }

// measure holds the steps against the files of a pattern and prints what is
// found.
func measure(t *testing.T, pattern string) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("the sentences are missing: %v", err)
	}
	places, err := gazetteer.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	pipeline := process.New(all.Steps(places), process.Options{})
	languages := map[string]string{"arabic": "ar", "english": "en", "persian": "fa", "russian": "ru"}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sc := newScore()
		for n, block := range strings.Split(strings.TrimSpace(string(data)), "\n\n") {
			lines := strings.Split(block, "\n")
			g := gold{}
			for _, line := range lines[1:] {
				parts := strings.Split(strings.TrimPrefix(line, "= "), " | ")
				if parts[0] == "none" {
					continue
				}
				if len(parts) != 3 && len(parts) != 4 {
					t.Fatalf("%s: %q is not stance, speaker and content", name, line)
				}
				s := goldStatement{At: lines[0], Stance: parts[0]}
				s.Speaker.Name = strings.TrimPrefix(parts[1], "~")
				if parts[1] != s.Speaker.Name {
					s.Speaker.Kind = anyKind
				}
				if parts[2] != "–" {
					s.Content = []string{parts[2]}
				}
				if len(parts) == 4 {
					if _, err := fmt.Sscanf(parts[3], "answers %d", &s.Answers); err != nil {
						t.Fatalf("%s: %q: %v", name, line, err)
					}
				}
				g.Statements = append(g.Statements, s)
			}
			d, err := pipeline.Run(t.Context(), centre.Document{Body: lines[0], MediaType: "text/plain", Language: languages[name],
				Published: centre.Moment{Time: time.Date(2015, 10, 20, 0, 0, 0, 0, time.UTC), Precision: centre.PrecisionDay, Basis: centre.BasisPage}})
			if err != nil {
				t.Fatal(err)
			}
			g.resolve(t, name, d.Content.Text)
			g.alone = true
			if testing.Verbose() {
				t.Logf("%s %d (%s)", name, n+1, d.Language)
			}
			g.compare(t, sc, &d)
		}
		t.Logf("%s: found %d of %d, %d too much, F %.2f; of those found speaker %.2f stance %.2f content %.2f answers %.2f", name,
			sc.found, sc.found+sc.missed, sc.extra, sc.f(), sc.rate("speaker"), sc.rate("stance"), sc.rate("content"), sc.rate("answers"))
		if want := 0.80; sc.f() < want {
			t.Errorf("%s: F of the statements is %.2f, want at least %.2f", name, sc.f(), want)
		}
	}
}
