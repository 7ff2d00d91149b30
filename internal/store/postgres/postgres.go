package postgres

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"entente/internal/centre"
	"entente/internal/store"
	"entente/internal/store/sqlstore"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Options are what the store needs from outside.
type Options = sqlstore.Options

const (
	readers = 8
	writers = 8
	// oldest is the oldest version of PostgreSQL that is tested.
	oldest = 150000
	// noticeLock is the key of the advisory lock that keeps the outbox in order.
	noticeLock = 0x656e74656e7465
)

// Open opens the centre in the database that a URL or a list of settings
// names, such as postgres://entente@127.0.0.1:5432/entente.
func Open(ctx context.Context, address string, o Options) (store.Store, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		// The error of pgx hides the password; the address itself does not.
		return nil, centre.Invalid("The address of the database cannot be read: %w. Write postgres://user:password@host:5432/name.", err)
	}
	where := fmt.Sprintf("%s on %s", config.Database, net.JoinHostPort(config.Host, fmt.Sprint(config.Port)))
	config.RuntimeParams["timezone"] = "UTC"
	config.RuntimeParams["synchronous_commit"] = "on"
	config.RuntimeParams["jit"] = "off" // it costs more than it gains on short statements
	// A statement that was prepared while its table was small would go on reading
	// all of the table when it has grown.
	config.RuntimeParams["plan_cache_mode"] = "force_custom_plan"

	// Statements that write come again and again and stay prepared. Those that
	// read carry a view's labels in their text and come but once.
	reading := config.Copy()
	reading.DefaultQueryExecMode = pgx.QueryExecModeExec
	writes, reads := stdlib.OpenDB(*config), stdlib.OpenDB(*reading)
	writes.SetMaxOpenConns(writers)
	writes.SetMaxIdleConns(writers)
	reads.SetMaxOpenConns(readers)
	reads.SetMaxIdleConns(readers)
	s, err := open(ctx, reads, writes, where, o)
	if err != nil {
		return nil, errors.Join(explain(where, err), reads.Close(), writes.Close())
	}
	return s, nil
}

func explain(where string, err error) error {
	if centre.CodeOf(err) == "" && classify(err) == sqlstore.FaultAway {
		return centre.Refuse(centre.CodeUnavailable, "The database %s does not answer. Start it, or correct its address: %w.", where, err)
	}
	return err
}

func open(ctx context.Context, reads, writes *sql.DB, where string, o Options) (store.Store, error) {
	var version int
	var encoding string
	if err := writes.QueryRowContext(ctx, "SELECT current_setting('server_version_num')::int, current_setting('server_encoding')").Scan(&version, &encoding); err != nil {
		return nil, err
	}
	if version < oldest {
		return nil, centre.Refuse(centre.CodeUnavailable, "The database %s is PostgreSQL %d; version 15 or later is needed.", where, version/10000)
	}
	if encoding != "UTF8" {
		return nil, centre.Refuse(centre.CodeUnavailable, "The database %s has the encoding %s; make it anew with ENCODING 'UTF8'.", where, encoding)
	}
	if err := migrate(ctx, writes, where, 0); err != nil {
		return nil, err
	}
	return sqlstore.New(ctx, dialect(where), reads, writes, o, nil)
}

func migrate(ctx context.Context, db *sql.DB, where string, to int64) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	// Several processes may start at once; one migrates.
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return err
	}
	return sqlstore.Migrate(ctx, goose.DialectPostgres, db, files, where, to, goose.WithSessionLocker(locker))
}

func dialect(where string) sqlstore.Dialect {
	return sqlstore.Dialect{
		Name:          "postgres",
		Where:         where,
		RowsPerInsert: 64,
		Arrays:        true,
		ReportID:      "report_id",
		Matches:       func(placeholder string) string { return "s.words @@ " + placeholder + "::tsquery" },
		MatchText:     matchText,
		SearchText:    searchText,
		SearchValue:   "$::tsvector",
		Locked:        " FOR UPDATE",
		BeforeNotices: fmt.Sprintf("SELECT pg_advisory_xact_lock(%d)", noticeLock),
		Snapshot:      &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true},
		Classify:      classify,
	}
}

// Limits of a tsvector: a word has at most 255 positions, positions above the
// last count as the last, and the whole has less than a mebibyte. So phrases
// are found in the first 16,383 words of a report, and words in the first some
// 50,000 distinct ones.
const (
	maxPosition  = 16383
	maxPositions = 255
	maxVector    = 900 << 10
)

// searchText writes a tsvector literal. Words have positions, for phrases;
// stems and keys have none.
func searchText(w sqlstore.Words) string {
	positions := make(map[string][]int, len(w.Surface))
	order := make([]string, 0, len(w.Surface))
	size := 0
	for _, list := range [][]string{w.Stems, w.Keys} {
		for _, t := range list {
			size += len(t) + 4
		}
	}
	for i, t := range w.Surface {
		at, known := positions[t]
		if size += 2; !known {
			size += len(t) + 8
		}
		if size > maxVector {
			break
		}
		if !known {
			order = append(order, t)
		}
		if len(at) < maxPositions && (len(at) == 0 || at[len(at)-1] < maxPosition) {
			positions[t] = append(at, min(i+1, maxPosition))
		}
	}
	var b []byte
	for _, t := range order {
		b = appendQuoted(b, sqlstore.MarkWord, t)
		for k, at := range positions[t] {
			separator := byte(',')
			if k == 0 {
				separator = ':'
			}
			b = strconv.AppendInt(append(b, separator), int64(at), 10)
		}
		b = append(b, ' ')
	}
	for _, t := range w.Stems {
		b = append(appendQuoted(b, sqlstore.MarkStem, t), ' ')
	}
	for _, t := range w.Keys {
		b = append(appendQuoted(b, "", t), ' ')
	}
	return string(b)
}

var quoted = strings.NewReplacer(`\`, `\\`, `'`, `''`)

func appendQuoted(b []byte, mark, token string) []byte {
	if strings.ContainsAny(token, `\'`) {
		token = quoted.Replace(token)
	}
	return append(append(append(append(b, '\''), mark...), token...), '\'')
}

// matchText writes a tsquery. Every token stands in quotes.
func matchText(m sqlstore.Match) string {
	switch m := m.(type) {
	case sqlstore.Sequence:
		var b []byte
		for i, t := range m.Tokens {
			if i > 0 {
				b = append(b, " <-> "...)
			}
			b = appendQuoted(b, "", t)
		}
		if m.Prefix {
			b = append(b, ":*"...)
		}
		return "(" + string(b) + ")"
	case sqlstore.Both:
		return joined(m, " & ")
	case sqlstore.Either:
		return joined(m, " | ")
	case sqlstore.Except:
		return "(" + matchText(m.Of) + " & !" + matchText(m.Not) + ")"
	}
	return ""
}

func joined(parts []sqlstore.Match, by string) string {
	texts := make([]string, len(parts))
	for i, m := range parts {
		texts[i] = matchText(m)
	}
	return "(" + strings.Join(texts, by) + ")"
}

func classify(err error) sqlstore.Fault {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch {
		case e.Code == "23505":
			return sqlstore.FaultDuplicate
		case e.Code == "40001" || e.Code == "40P01":
			return sqlstore.FaultConflict
		case e.Code == "53100":
			return sqlstore.FaultFull
		case strings.HasPrefix(e.Code, "53"), strings.HasPrefix(e.Code, "57P"), strings.HasPrefix(e.Code, "08"):
			return sqlstore.FaultAway
		}
		return sqlstore.FaultOther
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return sqlstore.FaultAway
	}
	if _, ok := errors.AsType[*net.OpError](err); ok {
		return sqlstore.FaultAway
	}
	return sqlstore.FaultOther
}
