package app

import (
	"context"
	"database/sql"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"entente/internal/centre"
	"entente/internal/charter"
	"entente/internal/store"
)

// TestTwoProcessesShareADatabaseAndABus runs a centre as two processes would:
// one that takes and processes, one that only shows, on PostgreSQL and NATS.
func TestTwoProcessesShareADatabaseAndABus(t *testing.T) {
	database, address := postgresDatabase(t), natsAddress(t)
	config := func() Config {
		return Config{Folder: filepath.Join(t.TempDir(), "centre"), Database: database, NATS: address, Log: slog.New(slog.DiscardHandler)}
	}
	working := config()
	if _, err := Init(t.Context(), working, charter.Demo); err != nil {
		t.Fatal(err)
	}
	if _, err := Init(t.Context(), working, charter.Demo); centre.CodeOf(err) != centre.CodeConflict {
		t.Errorf("a second centre is made on the same database: %v", err)
	}
	t.Cleanup(func() { forgetStream(t, address, working) })
	worker, shower := openTrial(t, working), openTrial(t, config())

	seen := make(chan store.Notice, 16)
	stop, err := shower.bus.Subscribe(t.Context(), func(n store.Notice) { seen <- n })
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	relaying, cancel := context.WithCancel(t.Context())
	defer cancel()
	r := &runner{parts: worker.parts, ctx: relaying}
	r.startRelay()
	defer r.work.Wait()
	defer cancel()

	letter := filepath.Join(t.TempDir(), "letter.txt")
	if err := os.WriteFile(letter, []byte("The ferry across the Tigris in Baghdad leaves every twenty minutes from Monday."), 0o600); err != nil {
		t.Fatal(err)
	}
	if p := worker.bring("admin-irq", letter); p.New != 1 {
		t.Fatalf("the letter was not taken: %+v", p)
	}
	for deadline := time.After(20 * time.Second); ; {
		select {
		case n := <-seen:
			if n.Kind != "report" {
				continue
			}
		case <-deadline:
			t.Fatal("the other process is not told of the report")
		}
		break
	}
	if found := shower.search("admin-irq", "ferries place:baghdad"); len(found) != 1 {
		t.Errorf("the other process finds %d reports", len(found))
	}
	if hidden := shower.search("admin-irn", "ferries"); len(hidden) != 0 {
		t.Errorf("Iran finds what Iraq brought for itself: %v", hidden)
	}
}

// forgetStream removes what a trial left on a bus that others use too.
func forgetStream(t *testing.T, address string, c Config) {
	s, err := openStore(context.Background(), c)
	if err != nil {
		t.Error(err)
		return
	}
	defer s.Close()
	prefix, err := newCharters(s, c.now).prefix(context.Background())
	if err != nil {
		t.Error(err)
	}
	connection, err := nats.Connect(address)
	if err != nil {
		t.Error(err)
		return
	}
	defer connection.Close()
	streams, err := jetstream.New(connection)
	if err == nil {
		err = streams.DeleteStream(context.Background(), prefix+"ENTENTE_CHANGES")
	}
	if err != nil {
		t.Error(err)
	}
}

// postgresDatabase makes a database for one test and drops it at the end.
func postgresDatabase(t *testing.T) string {
	t.Helper()
	address := os.Getenv("ENTENTE_TEST_POSTGRES")
	if address == "" {
		address = "postgres://postgres@127.0.0.1:5432/"
	}
	db, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := db.PingContext(t.Context()); err != nil {
		absent(t, "PostgreSQL does not answer at "+address)
	}
	name := "entente_app_" + strings.ToLower(centre.RandomID().String())
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
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}

func natsAddress(t *testing.T) string {
	t.Helper()
	const address = "127.0.0.1:4222" // where NATS answers by custom
	c, err := net.DialTimeout("tcp", address, time.Second)
	if err != nil {
		absent(t, "NATS does not answer at "+address)
	}
	c.Close()
	return "nats://" + address
}

// absent skips a test that needs a server, and fails it where CI runs.
func absent(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(what)
	}
	t.Skipf("%s, so nothing was tested on it", what)
}
