package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"entente/internal/centre"
	"entente/internal/store"
	"entente/internal/store/sqlstore"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Options are what the store needs from outside.
type Options = sqlstore.Options

const (
	fileName = "entente.db"
	lockName = "entente.lock"
	readers  = 4
)

// pragmas of every connection: the cache is in KiB, the map in bytes.
var pragmas = []string{
	"busy_timeout(10000)",
	"synchronous(FULL)",
	"cache_size(-65536)",
	"mmap_size(1073741824)",
	"temp_store(MEMORY)",
	"wal_autocheckpoint(4000)",
	"journal_size_limit(67108864)",
}

// There reports whether a folder holds a database.
func There(folder string) bool {
	_, err := os.Stat(filepath.Join(folder, fileName))
	return !errors.Is(err, os.ErrNotExist)
}

// Open opens the centre in a folder, or in a file in it where path ends in
// ".db"; it makes them where they are not there. A folder that another process
// has open is refused with a sentence that names it.
func Open(ctx context.Context, path string, o Options) (store.Store, error) {
	return open(ctx, path, o, 0)
}

func open(ctx context.Context, path string, o Options, pages int) (store.Store, error) {
	folder, file := path, filepath.Join(path, fileName)
	if strings.HasSuffix(path, ".db") {
		folder, file = filepath.Dir(path), path
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, centre.Refuse(centre.CodeUnavailable, "The folder %s cannot be made: %w. Name another, or change who may write there.", folder, err)
	}
	unlock, err := lock(filepath.Join(folder, lockName), folder)
	if err != nil {
		return nil, err
	}
	s, err := openLocked(ctx, folder, file, o, pages, unlock)
	if err != nil {
		return nil, errors.Join(explain(folder, err), unlock())
	}
	return s, nil
}

func explain(folder string, err error) error {
	if centre.CodeOf(err) != "" {
		return err
	}
	if e, ok := errors.AsType[*sqlite.Error](err); ok && (e.Code()&0xff == sqlite3.SQLITE_NOTADB || e.Code()&0xff == sqlite3.SQLITE_CORRUPT) {
		return centre.Refuse(centre.CodeUnavailable, "The database %s is damaged or is no database: put a backup in its place, or name another folder with --folder: %w.", filepath.Join(folder, fileName), err)
	}
	switch classify(err) {
	case sqlstore.FaultFull:
		return centre.Refuse(centre.CodeUnavailable, "There is no room left on the disk of %s. Make room and start again: %w.", folder, err)
	case sqlstore.FaultAway:
		return centre.Refuse(centre.CodeUnavailable, "The database in %s is held by another program. End it and start again: %w.", folder, err)
	}
	return err
}

// private makes the file readable for its owner alone, before anything is in it; its
// journal gets the same rights from SQLite.
func private(file string) error {
	f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return centre.Refuse(centre.CodeUnavailable, "The database %s cannot be opened: %w. Change who may write there, or name another folder.", file, err)
	}
	return errors.Join(f.Chmod(0o600), f.Close())
}

func openLocked(ctx context.Context, folder, file string, o Options, pages int, unlock func() error) (store.Store, error) {
	// Page size and journal are kept in the file; only the writer sets them.
	if err := private(file); err != nil {
		return nil, err
	}
	setup := append([]string{"page_size(8192)", "journal_mode(WAL)"}, pragmas...)
	if pages > 0 {
		setup = append(setup, fmt.Sprintf("max_page_count(%d)", pages))
	}
	writes, err := sql.Open("sqlite", dsn(file, "immediate", setup))
	if err != nil {
		return nil, err
	}
	writes.SetMaxOpenConns(1)
	writes.SetMaxIdleConns(1)
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, errors.Join(err, writes.Close())
	}
	if err := sqlstore.Migrate(ctx, goose.DialectSQLite3, writes, files, folder, 0); err != nil {
		return nil, errors.Join(err, writes.Close())
	}
	reads, err := sql.Open("sqlite", dsn(file, "deferred", append([]string{"query_only(1)"}, pragmas...)))
	if err != nil {
		return nil, errors.Join(err, writes.Close())
	}
	reads.SetMaxOpenConns(readers)
	reads.SetMaxIdleConns(readers)
	s, err := sqlstore.New(ctx, dialect(folder), reads, writes, o, unlock)
	if err != nil {
		return nil, errors.Join(err, reads.Close(), writes.Close())
	}
	return s, nil
}

func dsn(file, txlock string, pragmas []string) string {
	return "file:" + (&url.URL{Path: file}).EscapedPath() + "?" + url.Values{"_txlock": {txlock}, "_pragma": pragmas}.Encode()
}

func dialect(folder string) sqlstore.Dialect {
	return sqlstore.Dialect{
		Name:            "sqlite",
		Where:           folder,
		RowsPerInsert:   1,
		Embedded:        true,
		OrderedPostings: true,
		ReportID:        "rowid",
		Matches:         func(placeholder string) string { return "s.search MATCH " + placeholder },
		MatchText:       matchText,
		SearchText:      searchText,
		SearchValue:     "$",
		Classify:        classify,
	}
}

func searchText(w sqlstore.Words) string {
	var b strings.Builder
	for _, part := range []struct {
		mark   string
		tokens []string
	}{{sqlstore.MarkWord, w.Surface}, {sqlstore.MarkStem, w.Stems}, {"", w.Keys}} {
		for _, t := range part.tokens {
			b.WriteString(part.mark)
			b.WriteString(t)
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// matchText writes FTS5's query language. Every token stands in quotes.
func matchText(m sqlstore.Match) string {
	switch m := m.(type) {
	case sqlstore.Sequence:
		text := `"` + strings.ReplaceAll(strings.Join(m.Tokens, " "), `"`, `""`) + `"`
		if m.Prefix {
			text += " *"
		}
		return text
	case sqlstore.Both:
		return joined(m, " AND ")
	case sqlstore.Either:
		return joined(m, " OR ")
	case sqlstore.Except:
		return "(" + matchText(m.Of) + " NOT " + matchText(m.Not) + ")"
	}
	return `""`
}

func joined(parts []sqlstore.Match, by string) string {
	texts := make([]string, len(parts))
	for i, m := range parts {
		texts[i] = matchText(m)
	}
	return "(" + strings.Join(texts, by) + ")"
}

func classify(err error) sqlstore.Fault {
	e, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return sqlstore.FaultOther
	}
	switch e.Code() {
	case sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_ROWID:
		return sqlstore.FaultDuplicate
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		return sqlstore.FaultFull
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return sqlstore.FaultAway
	}
	return sqlstore.FaultOther
}
