package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// shared is the folder of benchmark data beside a checkout. Tests that need it
// are skipped where it is absent.
func shared(t *testing.T) string {
	t.Helper()
	const folder = "../../../shared/bench"
	if _, err := os.Stat(folder); err != nil {
		t.Skip("the benchmark data are not beside the repository: nothing is measured")
	}
	return folder
}

// floors lie a little under the figures of docs/quality.md, so that a change for
// the worse is seen. They are those of a part of the documents, which is quicker.
var floors = []struct {
	task, fold string
	least      map[string]float64 // by set and figure
}{
	{"language", "1/20", map[string]float64{
		"Lingua sentences: cross-validated, mean of seven":    0.98,
		"Lingua word pairs: cross-validated, mean of seven":   0.94,
		"Lingua single words: cross-validated, mean of seven": 0.83,
		"Lingua single words: cross-validated, mean of all":   0.74,
		"TICO-19 sentences: cross-validated, ckb":             0.98,
		"TICO-19 sentences: cross-validated, ku":              0.97,
		"TICO-19 sentences: cross-validated, fa":              0.97,
	}},
	{"geoparse", "", map[string]float64{
		"LGL: recognition F":                0.80,
		"LGL: found spans: Acc@161 km":      0.86,
		"LGL: end to end: Acc@161 km":       0.75,
		"GeoVirus: recognition F":           0.87,
		"GeoVirus: found spans: Acc@161 km": 0.90,
	}},
	{"events", "", map[string]float64{
		"CASE-2021 subtask 1: cross-validated: weighted F1": 0.71,
		"CASE-2021 subtask 3: cross-validated: weighted F1": 0.71,
	}},
	{"translations", "", map[string]float64{"TICO-19 passages: found, mean of all pairs": 0.92}},
	{"stories", "", map[string]float64{"ECB+: B-cubed F": 0.86, "FNC-1 articles: B-cubed F": 0.90}},
}

// underRace is set where the race detector is built in.
var underRace bool

func TestFiguresHold(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	if underRace {
		t.Skip("figures are those of one goroutine, and take minutes under the race detector")
	}
	folder := shared(t)
	for _, c := range floors {
		t.Run(c.task, func(t *testing.T) {
			var out, problems bytes.Buffer
			args := []string{c.task, "--data", folder, "--json"}
			if c.fold != "" {
				args = append(args, "--fold", c.fold)
			}
			if status := run(args, &out, &problems); status != 0 {
				t.Fatalf("exit status %d: %s", status, problems.String())
			}
			var reports []report
			if err := json.Unmarshal(out.Bytes(), &reports); err != nil {
				t.Fatal(err)
			}
			found := map[string]figure{}
			for _, f := range reports[0].Figures {
				found[f.Set+": "+f.Name] = f
			}
			for name, least := range c.least {
				f, ok := found[name]
				t.Logf("%s %.4f [%.4f, %.4f]", name, f.Value, f.Low, f.High)
				if !ok || f.Value < least || f.Low > f.Value || f.High < f.Value {
					t.Errorf("%s is %.4f [%.4f, %.4f], measured %v; at least %.2f is held", name, f.Value, f.Low, f.High, ok, least)
				}
			}
		})
	}
}

// An empty folder measures nothing and says of every set that it is missing.
func TestNothingToMeasure(t *testing.T) {
	var out, problems bytes.Buffer
	if status := run([]string{"all", "--data", t.TempDir()}, &out, &problems); status != 1 {
		t.Errorf("exit status %d, want 1", status)
	}
	for _, set := range []string{"Lingua sentences", "TICO-19", "LGL", "GeoVirus", "GeoWebNews", "ECB+", "FNC-1 stories", "CASE-2021", "ANERcorp", "re3d", "factRuEval", "FNC-1", "ANS", "PolNeAR"} {
		if !strings.Contains(out.String(), "missing: "+set) {
			t.Errorf("%s is not named as missing", set)
		}
	}
}

func TestMistakesInTheCommand(t *testing.T) {
	folder := t.TempDir()
	for _, args := range [][]string{
		{}, {"all"}, {"no-such-task", "--data", folder}, {"all", "--data", folder + "/none"},
		{"all", "--data", folder, "--fold", "3/2"}, {"all", "--data", folder, "--fold", "0/2"}, {"all", "--data", folder, "extra"},
	} {
		var out, problems bytes.Buffer
		if status := run(args, &out, &problems); status != 2 || problems.Len() == 0 {
			t.Errorf("%q: exit status %d, says %q", args, status, problems.String())
		}
	}
}

// Parts are disjoint and make up the whole.
func TestFolds(t *testing.T) {
	for i := range 200 {
		group, n := strings.Repeat("x", i), 0
		for k := 1; k <= 5; k++ {
			if (fold{k, 5}).has(group) {
				n++
			}
		}
		if n != 1 || !(fold{}).has(group) {
			t.Errorf("group %d is in %d of five parts", i, n)
		}
	}
}

// What is there is measured by the weights of the program where the part to
// train on is not: the parts that score are handed over alone.
func TestAPartWithoutItsTrainingPartIsMeasured(t *testing.T) {
	if underRace {
		t.Skip("trains a tagger, which takes minutes under the race detector")
	}
	shared := os.DirFS(shared(t))
	folder := t.TempDir()
	for from, to := range map[string]string{"attribution/polnear/dev": "attribution/polnear/dev", "stance/ans/dev.csv": "stance/ans/test.csv", "entities/re3d/dev.txt": "entities/re3d/held.txt"} {
		n := 0
		err := fs.WalkDir(shared, from, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			if n++; n > 220 {
				return fs.SkipAll
			}
			text, err := fs.ReadFile(shared, name)
			if err != nil {
				return err
			}
			target := filepath.Join(folder, filepath.FromSlash(to+strings.TrimPrefix(name, from)))
			return errors.Join(os.MkdirAll(filepath.Dir(target), 0o755), os.WriteFile(target, text, 0o644))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for task, want := range map[string]string{"attribution": "PolNeAR dev: cue F", "stance": "ANS test: weights of the program: macro F1", "entities": "re3d: weights of the program: strict F, types sought"} {
		var out, problems bytes.Buffer
		if status := run([]string{task, "--data", folder, "--json"}, &out, &problems); status != 0 {
			t.Fatalf("%s: exit status %d: %s", task, status, problems.String())
		}
		var reports []report
		if err := json.Unmarshal(out.Bytes(), &reports); err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(reports[0].Figures, func(f figure) bool { return f.Set+": "+f.Name == want && f.Value > 0.5 }) {
			t.Errorf("%s: %q is not among %v", task, want, reports[0].Figures)
		}
	}
}
