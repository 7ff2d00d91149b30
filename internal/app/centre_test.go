package app

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"entente/internal/centre"
	"entente/internal/charter"
	"entente/internal/desk"
	"entente/internal/policy"
	"entente/internal/policy/system"
)

// trial is a centre of the demo's four members in a temporary folder, whose
// pipeline runs when it is told to.
type trial struct {
	*parts
	t testing.TB
}

func newTrial(t testing.TB) *trial {
	t.Helper()
	return openTrial(t, trialConfig(t))
}

// trialConfig makes the centre of a trial and leaves it closed.
func trialConfig(t testing.TB) Config {
	t.Helper()
	c := Config{Folder: filepath.Join(t.TempDir(), "centre"), Log: slog.New(slog.DiscardHandler)}
	if _, err := Init(t.Context(), c, charter.Demo); err != nil {
		t.Fatal(err)
	}
	return c
}

func openTrial(t testing.TB, c Config) *trial {
	t.Helper()
	p, err := open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.close(); err != nil {
			t.Error(err)
		}
	})
	return &trial{p, t}
}

// as gives the view of a person at this moment.
func (tr *trial) as(login string) policy.View {
	tr.t.Helper()
	person, _, err := tr.store.PersonByLogin(tr.t.Context(), system.Grant("test"), login)
	if err != nil {
		tr.t.Fatal(err)
	}
	_, view, err := tr.desk.Identify(tr.t.Context(), person.ID)
	if err != nil {
		tr.t.Fatal(err)
	}
	return view
}

// bring imports a file as a person and processes it.
func (tr *trial) bring(login, file string) desk.ImportProgress {
	tr.t.Helper()
	content, err := os.Open(file)
	if err != nil {
		tr.t.Fatal(err)
	}
	defer content.Close()
	var last desk.ImportProgress
	err = tr.desk.ImportFile(tr.t.Context(), tr.as(login), desk.FileImport{Name: filepath.Base(file), Content: content},
		func(p desk.ImportProgress) error { last = p; return nil })
	if err != nil {
		tr.t.Fatal(err)
	}
	tr.drain()
	return last
}

func (tr *trial) drain() {
	tr.t.Helper()
	line, w := tr.newPipeline(nil)
	if err := w.weave.Load(tr.t.Context(), memory{tr.store}); err != nil {
		tr.t.Fatal(err)
	}
	if err := w.said.load(tr.t.Context()); err != nil {
		tr.t.Fatal(err)
	}
	if err := line.Drain(tr.t.Context()); err != nil {
		tr.t.Fatal(err)
	}
}

// search finds all reports that match.
func (tr *trial) search(login, text string) []centre.ReportHead {
	tr.t.Helper()
	var all []centre.ReportHead
	page := desk.Page{Limit: 200}
	for {
		found, err := tr.desk.Search(context.Background(), tr.as(login), desk.Question{Text: text}, page)
		if err != nil {
			tr.t.Fatal(err)
		}
		for _, f := range found.Reports {
			all = append(all, f.ReportHead)
		}
		if found.Next == "" {
			return all
		}
		page.After = found.Next
	}
}

// shared finds a file of the data that lies beside the project, or skips.
func shared(t testing.TB, name string) string {
	t.Helper()
	file := filepath.Join("..", "..", "..", "shared", filepath.FromSlash(name))
	if _, err := os.Stat(file); err != nil {
		t.Skipf("the real input %s is not beside this checkout, so nothing is checked on it", name)
	}
	return file
}
