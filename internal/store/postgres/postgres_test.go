package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/store"
	"entente/internal/store/storetest"
)

// server is where tests make their databases. It is obligatory where the
// variable is set, and in continuous integration.
const server = "postgres://postgres@127.0.0.1:5432/postgres?sslmode=disable"

func options() Options {
	return Options{Clock: time.Now, IDs: &centre.IDSource{}, Sealer: storetest.Sealer{}}
}

// database makes a database for one test, with a collation other than C where
// the server has one, and drops it when the test ends.
func database(t testing.TB) string {
	t.Helper()
	address := os.Getenv("ENTENTE_TEST_POSTGRES")
	obligatory := address != "" || os.Getenv("CI") == "true"
	if address == "" {
		address = server
	}
	db, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := db.PingContext(ctx); err != nil {
		if obligatory {
			t.Fatalf("PostgreSQL must answer here: %v", err)
		}
		t.Skipf("PostgreSQL does not answer at %s, so it was not tested: %v", address, err)
	}
	name := "entente_test_" + strings.ToLower(centre.RandomID().String())
	if _, err := db.ExecContext(t.Context(), "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := db.ExecContext(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(fmt.Errorf("ENTENTE_TEST_POSTGRES: %w", err))
	}
	u.Path = "/" + name
	return u.String()
}

func openTest(t *testing.T) store.Store {
	t.Helper()
	s, err := Open(t.Context(), database(t), options())
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
	open := func(ctx context.Context, address string) (store.Store, error) { return Open(ctx, address, options()) }
	if storetest.Child(t, open) {
		return
	}
	storetest.Durable(t, t.Name(), database(t), open)
}

// schema lists what a database has.
func schema(t *testing.T, db *sql.DB) string {
	t.Helper()
	var all string
	if err := db.QueryRowContext(t.Context(), `SELECT string_agg(line, E'\n' ORDER BY line COLLATE "C") FROM (
		SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(collation_name, '') AS line
		FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE 'goose%'
		UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE 'goose%') s`).Scan(&all); err != nil {
		t.Fatal(err)
	}
	return all
}

func migrated(t *testing.T, address string, to int64) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := migrate(t.Context(), db, "test", to); err != nil {
		t.Fatal(err)
	}
	return db
}

func TestMigrations(t *testing.T) {
	want := schema(t, migrated(t, database(t), 0))
	files, err := migrations.ReadDir("migrations")
	if err != nil {
		t.Fatal(err)
	}
	for version := range len(files) {
		t.Run(fmt.Sprintf("From%d", version), func(t *testing.T) {
			address := database(t)
			if version > 0 {
				migrated(t, address, int64(version))
			}
			s, err := Open(t.Context(), address, options())
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			if got := schema(t, migrated(t, address, 0)); got != want {
				t.Fatalf("the schema is\n%s\nwant\n%s", got, want)
			}
		})
	}
	t.Run("Newer", func(t *testing.T) {
		address := database(t)
		if _, err := migrated(t, address, 0).ExecContext(t.Context(), "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, true)"); err != nil {
			t.Fatal(err)
		}
		_, err := Open(t.Context(), address, options())
		if centre.CodeOf(err) != centre.CodeUnavailable || !strings.Contains(err.Error(), "newer") || !strings.Contains(err.Error(), "99") {
			t.Fatalf("got %v, want a refusal that says what to do", err)
		}
	})
}

func TestLog(t *testing.T) {
	address := database(t)
	s, err := Open(t.Context(), address, options())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	storetest.Log(t, s, migrated(t, address, 0))
}

func TestNoServer(t *testing.T) {
	for address, code := range map[string]centre.Code{
		"postgres://nobody@127.0.0.1:1/none?connect_timeout=2": centre.CodeUnavailable,
		"postgres://127.0.0.1:port/":                           centre.CodeInvalid,
	} {
		if _, err := Open(t.Context(), address, options()); centre.CodeOf(err) != code {
			t.Errorf("%s gives %v, want code %s", address, err, code)
		}
	}
}

// One process at a time gathers; when it ends, the next one may.
func TestARoleIsHeldByOneProcess(t *testing.T) {
	address := database(t)
	release, err := Hold(t.Context(), address, "gather")
	if err != nil {
		t.Fatal(err)
	}
	other, err := Hold(t.Context(), address, "process")
	if err != nil {
		t.Fatalf("another role is free: %v", err)
	}
	defer other()
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if _, err := Hold(ctx, address, "gather"); err == nil {
		t.Fatal("two hold the same role")
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	again, err := Hold(t.Context(), address, "gather")
	if err != nil {
		t.Fatalf("after the first has ended: %v", err)
	}
	if err := again(); err != nil {
		t.Error(err)
	}
}
