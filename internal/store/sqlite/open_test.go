package sqlite_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/store/sqlite"
)

func TestTheDatabaseIsItsOwnersAlone(t *testing.T) {
	folder := t.TempDir()
	s, err := sqlite.Open(t.Context(), folder, sqlite.Options{Clock: time.Now, IDs: &centre.IDSource{}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, name := range []string{"entente.db", "entente.db-wal"} {
		info, err := os.Stat(filepath.Join(folder, name))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
}

func TestAFileThatIsNoDatabaseIsNamedWithARemedy(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "entente.db"), []byte(strings.Repeat("no database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := sqlite.Open(t.Context(), folder, sqlite.Options{Clock: time.Now, IDs: &centre.IDSource{}})
	if centre.CodeOf(err) != centre.CodeUnavailable || !strings.Contains(err.Error(), "is damaged or is no database: put a backup in its place") {
		t.Error(err)
	}
}
