package stix_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/gathertest"
	"entente/internal/gather/stix"
)

// source is open to two members, so that a narrower marking shows.
func source(t testing.TB) centre.Source {
	t.Helper()
	s := centre.Source{ID: 4711, Slug: "example", Kind: stix.Kind, Member: "SYR", Address: "https://intel.example/taxii2/"}
	if err := s.Marking.UnmarshalText([]byte("RESTRICTED//REL TO SYR, IRQ//TLP:CLEAR")); err != nil {
		t.Fatal(err)
	}
	return s
}

// Every file of testdata has beside it what is read from it.
func TestGolden(t *testing.T) {
	inputs, err := filepath.Glob("testdata/*.json")
	if err != nil || len(inputs) == 0 {
		t.Fatal("no files were found", err)
	}
	for _, input := range inputs {
		t.Run(filepath.Base(input), func(t *testing.T) {
			content, err := os.ReadFile(input)
			if err != nil {
				t.Fatal(err)
			}
			got := gathertest.Render(gathertest.Read(t, stix.New(), source(t), input, strings.NewReader(string(content))))
			gathertest.Golden(t, input+".golden", got)
		})
	}
}

func TestOnlySTIXIsRecognised(t *testing.T) {
	for text, least := range map[string]float64{
		`{"type": "bundle", "id": "bundle--1"}`:                      0.9,
		"\ufeff {\"id\" : \"bundle--1\",":                            0.9,
		`[{"type": "note", "spec_version": "2.1", "id": "note--1"}]`: 0.9,
		`{"type": "FeatureCollection", "features": []}`:              0,
		`{"response": [{"Event": {}}]}`:                              0,
		`<p>{"type": "bundle"}</p>`:                                  0,
		`{"items": [{"guid": "note--1"}]}`:                           0,
	} {
		if got := stix.New().Recognise("x.json", "application/json", []byte(text)); got < least || least == 0 && got > 0 {
			t.Errorf("%s: %v", text, got)
		}
	}
}

func TestWhatIsNoSTIXIsRefusedWithASentence(t *testing.T) {
	for _, text := range []string{"", "<html>", "{", "[]", "null", `{"objects": 7}`, `{"type": "Feature", "id": "x"}`, strings.Repeat("[", 100_000)} {
		got := gathertest.Read(t, stix.New(), source(t), "x.json", strings.NewReader(text))
		gathertest.Sentence(t, got.Err)
	}
}

func TestADeepObjectIsLeftOutAndTheOthersTaken(t *testing.T) {
	deep := strings.Repeat(`{"a":`, 5000) + "1" + strings.Repeat("}", 5000)
	text := `{"type":"bundle","id":"bundle--1","objects":[{"type":"x-deep","id":"x-deep--1","a":` + deep + `},{"type":"note","id":"note--2","content":"good"}]}`
	got := gathertest.Read(t, stix.New(), source(t), "x.json", strings.NewReader(text))
	if got.Err != nil || len(got.Documents) != 1 || len(got.Result.Problems) != 1 || !strings.Contains(got.Result.Problems[0], "nested too deep") {
		t.Errorf("%d documents, %q, %v", len(got.Documents), got.Result.Problems, got.Err)
	}
}

func FuzzRead(f *testing.F) {
	inputs, err := filepath.Glob("testdata/*.json")
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
	f.Add(`[{"type":"relationship","id":"relationship--1","source_ref":"relationship--1","target_ref":"relationship--1","object_marking_refs":["x"]}]`)
	f.Add(`{"type":"report","id":"report--1","created_by_ref":"report--1","object_refs":["report--1"],"granular_markings":7,"lang":"\u202e"}`)
	f.Fuzz(func(t *testing.T, text string) {
		s := source(t)
		got := gathertest.Read(t, stix.New(), s, "x.json", strings.NewReader(text))
		if got.Err != nil {
			gathertest.Sentence(t, got.Err)
		}
		for _, d := range got.Documents {
			if d.Marking != nil && (d.Marking.Originator != s.Marking.Originator || len(d.Marking.Releasable) > 1) {
				t.Errorf("%s is marked %s", d.ExternalID, d.Marking)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	text := `{"type":"bundle","id":"bundle--1","objects":[` + strings.Join(many(4000, `,"created_by_ref":"identity--1"`), ",") +
		`,{"type":"identity","id":"identity--1","name":"Harbour Watch"}]}`
	b.SetBytes(int64(len(text)))
	r := gather.Request{Source: source(b), Now: gathertest.Now, Yield: func(context.Context, []centre.Document, centre.Cursor) error { return nil }}
	for b.Loop() {
		if _, err := stix.New().Read(b.Context(), r, "x.json", strings.NewReader(text)); err != nil {
			b.Fatal(err)
		}
	}
}
