package app

import (
	"os"
	"path/filepath"
	"testing"

	"entente/internal/charter"
)

// What is tried beside a centre is read as that centre would read it: a headline of one
// word is in one of its languages. Without a centre nobody can tell.
func TestATryReadsByTheCentresLanguages(t *testing.T) {
	file := filepath.Join(t.TempDir(), "feed.xml")
	if err := os.WriteFile(file, []byte(`<rss version="2.0"><channel><title>T</title><item><guid>1</guid><title>Сирия</title></item></channel></rss>`), 0o600); err != nil {
		t.Fatal(err)
	}
	parsed, err := charter.Parse(charter.Demo)
	if err != nil {
		t.Fatal(err)
	}
	with := Config{Folder: t.TempDir()}
	s, err := create(t.Context(), with, charter.Demo, parsed)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		config Config
		want   string
	}{{with, "ru"}, {Config{Folder: filepath.Join(t.TempDir(), "nowhere")}, "und"}} {
		tried, err := Try(t.Context(), c.config, TryOut{Address: file})
		if err != nil || len(tried.Items) != 1 || tried.Items[0].Language != c.want || len(tried.Problems) > 0 {
			t.Errorf("in %s: %+v, %v, want %s", filepath.Base(c.config.Folder), tried, err, c.want)
		}
	}
}
