package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pressly/goose/v3"

	"entente/internal/centre"
	"entente/internal/store"
	"entente/internal/store/sqlstore"
	"entente/internal/store/storetest"
)

func options() Options {
	return Options{Clock: time.Now, IDs: &centre.IDSource{}, Sealer: storetest.Sealer{}}
}

func openTest(t *testing.T) store.Store {
	t.Helper()
	s, err := Open(t.Context(), t.TempDir(), options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestConformance(t *testing.T) { storetest.Run(t, openTest) }

func TestDurable(t *testing.T) {
	open := func(ctx context.Context, folder string) (store.Store, error) { return Open(ctx, folder, options()) }
	if storetest.Child(t, open) {
		return
	}
	folder := t.TempDir()
	storetest.Durable(t, t.Name(), folder, open)
	db, err := sql.Open("sqlite", filepath.Join(folder, fileName))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var sound string
	if err := db.QueryRowContext(t.Context(), "PRAGMA integrity_check").Scan(&sound); err != nil || sound != "ok" {
		t.Fatalf("the database is damaged: %s (%v)", sound, err)
	}
	if _, err := db.ExecContext(t.Context(), "INSERT INTO search (search) VALUES ('integrity-check')"); err != nil {
		t.Fatalf("the search index is damaged: %v", err)
	}
}

// Two processes on one folder would each believe that it alone writes.
func TestSecondProcess(t *testing.T) {
	folder := t.TempDir()
	first, err := Open(t.Context(), folder, options())
	if err != nil {
		t.Fatal(err)
	}
	_, err = Open(t.Context(), folder, options())
	if centre.CodeOf(err) != centre.CodeUnavailable || !strings.Contains(err.Error(), folder) {
		t.Fatalf("a second opening gives %v, want a refusal that names the folder", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	second, err := Open(t.Context(), folder, options())
	if err != nil {
		t.Fatalf("after the first has ended: %v", err)
	}
	if err := second.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestFolderThatCannotBe(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Open(t.Context(), filepath.Join(file, "centre"), options())
	if centre.CodeOf(err) != centre.CodeUnavailable || !strings.Contains(err.Error(), file) {
		t.Fatalf("got %v, want a refusal that names the folder", err)
	}
}

// A full disk refuses with a sentence, stores nothing by half, and lets reading
// go on.
func TestFullDisk(t *testing.T) {
	s, err := open(t.Context(), t.TempDir(), options(), 120)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	storetest.Full(t, s)
}

// A centre without its key keeps no secrets.
func TestNoSealer(t *testing.T) {
	o := options()
	o.Sealer = nil
	s, err := Open(t.Context(), t.TempDir(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	storetest.NoSealer(t, s)
}

func migrated(t *testing.T, folder string, to int64) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(folder, fileName))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		t.Fatal(err)
	}
	if err := sqlstore.Migrate(t.Context(), goose.DialectSQLite3, db, files, folder, to); err != nil {
		t.Fatal(err)
	}
	return db
}

func schema(t *testing.T, db *sql.DB) string {
	t.Helper()
	var all string
	if err := db.QueryRowContext(t.Context(), "SELECT group_concat(sql, char(10)) FROM (SELECT sql FROM sqlite_schema WHERE name NOT LIKE 'goose%' AND name NOT LIKE 'sqlite%' ORDER BY type, name)").Scan(&all); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestMigrations(t *testing.T) {
	fresh := t.TempDir()
	want := schema(t, migrated(t, fresh, 0))
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d migrations, %v", len(files), err)
	}
	for version := range len(files) {
		t.Run(fmt.Sprintf("From%d", version), func(t *testing.T) {
			folder := t.TempDir()
			if version > 0 {
				if err := migrated(t, folder, int64(version)).Close(); err != nil {
					t.Fatal(err)
				}
			}
			s, err := Open(t.Context(), folder, options())
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			if got := schema(t, migrated(t, folder, 0)); got != want {
				t.Fatalf("the schema is\n%s\nwant\n%s", got, want)
			}
		})
	}
	t.Run("Newer", func(t *testing.T) {
		folder := t.TempDir()
		db := migrated(t, folder, 0)
		if _, err := db.ExecContext(t.Context(), "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, 1)"); err != nil {
			t.Fatal(err)
		}
		_, err := Open(t.Context(), folder, options())
		if centre.CodeOf(err) != centre.CodeUnavailable || !strings.Contains(err.Error(), "newer") || !strings.Contains(err.Error(), "99") {
			t.Fatalf("got %v, want a refusal that says what to do", err)
		}
	})
}

// Every granted write of a person has its entry, and entries cannot be changed.
func TestLog(t *testing.T) {
	folder := t.TempDir()
	s, err := Open(t.Context(), folder, options())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	db, err := sql.Open("sqlite", filepath.Join(folder, fileName))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	storetest.Log(t, s, db)
}
