package misp_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/gathertest"
	"entente/internal/gather/misp"
)

// source is open to two members, so that a narrower marking shows.
func source(t testing.TB) centre.Source {
	t.Helper()
	s := centre.Source{ID: 4711, Slug: "example", Kind: misp.Kind, Member: "SYR", Address: "https://intel.example/feed/"}
	if err := s.Marking.UnmarshalText([]byte("RESTRICTED//REL TO SYR, IRQ//TLP:CLEAR")); err != nil {
		t.Fatal(err)
	}
	return s
}

// Every file of testdata has beside it what is read from it.
func TestGolden(t *testing.T) {
	t.Parallel()
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
			got := gathertest.Render(gathertest.Read(t, misp.New(), source(t), input, strings.NewReader(string(content))))
			gathertest.Golden(t, input+".golden", got)
		})
	}
}

func TestOnlyEventsAreRecognised(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]float64{
		`{"Event": {"info": "x", "Orgc": {}}}`:                0.95,
		"\ufeff[{\"Event\" : {\"Attribute\": []}}]":           0.95,
		`{"response": [{"Event": {"threat_level_id": "1"}}]}`: 0.95,
		`{"Event": {"name": "Concert"}}`:                      0.5,
		`{"events": []}`:                                      0,
		`<x>"Event": {"Orgc"</x>`:                             0,
	} {
		if got := misp.New().Recognise("x.json", "", []byte(text)); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

func TestWhatIsNoEventIsRefusedWithASentence(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "<html>", "{", "null", "7", `{"response": 7}`, `[1, 2]`, `{"a": 1}`, strings.Repeat("[", 100_000), strings.Repeat(`{"response":`, 50_000)} {
		got := gathertest.Read(t, misp.New(), source(t), "x.json", strings.NewReader(text))
		gathertest.Sentence(t, got.Err)
	}
}

func TestATagThatCannotBeReadOpensNothing(t *testing.T) {
	t.Parallel()
	for _, tags := range []string{`{"name":"tlp:red"}`, `["tlp:red"]`, `"tlp:red"`} {
		text := `{"Event":{"uuid":"5a3f1c2e-0b1d-4c55-9a77-000000000001","info":"x","distribution":"3","Attribute":[{"type":"text","value":"v","Tag":` + tags + `}]}}`
		got := gathertest.Read(t, misp.New(), source(t), "x.json", strings.NewReader(text))
		if len(got.Documents) != 1 || got.Documents[0].Marking == nil || len(got.Documents[0].Marking.Releasable) > 0 || len(got.Documents[0].Problems) == 0 {
			t.Errorf("%s: %+v", tags, got.Documents)
		}
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
	f.Add(`[{"uuid":"5a3f1c2e-0b1d-4c55-9a77-000000000001","info":"a"}]`)
	f.Add(`{"Event":{"uuid":"5a3f1c2e-0b1d-4c55-9a77-000000000001","Tag":{"name":"tlp:red"},"distribution":{},"Attribute":[{"Tag":7,"value":[]}]}}`)
	f.Fuzz(func(t *testing.T, text string) {
		s := source(t)
		got := gathertest.Read(t, misp.New(), s, "x.json", strings.NewReader(text))
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
	var list []string
	for i := range 2000 {
		list = append(list, event(i, 1443340800, `,"date":"2015-09-26"`))
	}
	text := `{"response":[` + strings.Join(list, ",") + `]}`
	b.SetBytes(int64(len(text)))
	r := gather.Request{Source: source(b), Now: gathertest.Now, Yield: func(context.Context, []centre.Document, centre.Cursor) error { return nil }}
	for b.Loop() {
		if _, err := misp.New().Read(b.Context(), r, "x.json", strings.NewReader(text)); err != nil {
			b.Fatal(err)
		}
	}
}
