package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"entente/internal/centre"
	"entente/internal/corroborate"
	"entente/internal/store"
)

// Fault sorts the errors of a database by what can be done about them.
type Fault int

const (
	FaultOther     Fault = iota // a fault of the program: for the log
	FaultDuplicate              // a unique key is taken: another writer was faster, or two ids met
	FaultConflict               // deadlock or failed serialisation: trying again helps
	FaultFull                   // no room on the disk
	FaultAway                   // busy, locked, not answering
)

// Dialect is what SQLite and PostgreSQL do differently.
type Dialect struct {
	Name string
	// RowsPerInsert is how many rows one INSERT carries at most. Where a
	// statement costs no way over a network, one prepared row is fastest.
	RowsPerInsert int
	// Arrays: a statement may take many rows as arrays, one a column (unnest).
	Arrays bool
	// Embedded: statements run in this process. They are then not watched for
	// cancellation one by one; the transaction is.
	Embedded bool
	// OrderedPostings: a search walks its hits by report id, newest first,
	// without collecting them, so that even a key that most reports have is
	// worth driving a search by.
	OrderedPostings bool
	// ReportID is the column of table search that holds the report's id.
	ReportID string
	// Matches is the condition on table search for a match text that stands in
	// the placeholder.
	Matches func(placeholder string) string
	// MatchText and SearchText write a match and the words of a report as the
	// database wants them.
	MatchText  func(Match) string
	SearchText func(Words) string
	// SearchValue is the expression that takes a SearchText in an INSERT.
	SearchValue string
	// Locked is put behind a SELECT whose rows this transaction will change.
	Locked string
	// BeforeNotices is run before notices are written, so that they become
	// visible in the order of their numbers; "" where writers are alone anyway.
	BeforeNotices string
	// Snapshot are the options of a transaction that reads.
	Snapshot *sql.TxOptions
	// Classify sorts an error of the driver.
	Classify func(error) Fault
	// Where names the database in sentences for people: a folder, a host.
	Where string
}

// Options are what a store needs from outside.
type Options struct {
	Clock func() time.Time // required
	IDs   *centre.IDSource // required
	// Sealer keeps the secrets of sources. Without one a source with secrets is
	// refused, and those that are stored cannot be read.
	Sealer Sealer
	// Outlets tells whom a publisher or an agency of the public belongs to, by
	// its name in a text; nil for what the centre's own sources say alone.
	Outlets func(name string) (corroborate.Outlet, bool)
	// Country tells for which country an agent speaks that its text gives none;
	// "" for one that is not known. Nil knows none.
	Country func(centre.Agent) string
}

// Sealer closes secrets so that they can be read with the centre's key alone,
// which is not in the database. It is safe for concurrent use.
type Sealer interface {
	Seal(plain []byte) ([]byte, error)
	Open(sealed []byte) ([]byte, error)
}

// Store implements store.Store. It is safe for concurrent use.
type Store struct {
	dialect Dialect
	reads   *sql.DB
	writes  *sql.DB
	clock   func() time.Time
	ids     *centre.IDSource
	sealer  Sealer                                       // nil for none
	outlets func(name string) (corroborate.Outlet, bool) // nil for none
	country func(centre.Agent) string                    // nil for none
	release func() error
	// Statements of an embedded database that are kept prepared, by their text:
	// on writes and on reads. Fixed after New.
	hot, hotReads map[string]*sql.Stmt

	together together
	labels   labelCache
	keyed    keyed
	places   placeCache
	texts    sync.Map // insertKey to the text of the statement
}

// insertKey names the text of an INSERT.
type insertKey struct {
	into, tail string
	rows       int
}

var _ store.Store = (*Store)(nil)

// New makes a store over a migrated database. reads and writes may be one
// pool. The store closes both, and then calls release where it is not nil.
func New(ctx context.Context, d Dialect, reads, writes *sql.DB, o Options, release func() error) (*Store, error) {
	if o.Clock == nil || o.IDs == nil {
		return nil, errors.New("a store needs a clock and a source of ids")
	}
	s := &Store{dialect: d, reads: reads, writes: writes, clock: o.Clock, ids: o.IDs, sealer: o.Sealer, outlets: o.Outlets, country: o.Country, release: release}
	s.labels.init()
	s.places.init()
	if d.Embedded {
		var err error
		if s.hot, err = prepare(ctx, writes, s.hotStatements()); err != nil {
			return nil, err
		}
		if s.hotReads, err = prepare(ctx, reads, []string{selectReading, selectSealed}); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func prepare(ctx context.Context, db *sql.DB, texts []string) (map[string]*sql.Stmt, error) {
	prepared := make(map[string]*sql.Stmt, len(texts))
	for _, text := range texts {
		stmt, err := db.PrepareContext(ctx, unnumbered(text))
		if err != nil {
			return nil, fmt.Errorf("preparing %q: %w", text, err)
		}
		prepared[text] = stmt
	}
	return prepared, nil
}

var placeholder = regexp.MustCompile(`\$[0-9]+`)

// unnumbered writes ? for the placeholders of a statement that has them in their
// order: SQLite takes $1 for a name, and looks names up one after the other.
func unnumbered(text string) string {
	n, inOrder := 0, true
	positional := placeholder.ReplaceAllStringFunc(text, func(found string) string {
		n++
		inOrder = inOrder && found == "$"+strconv.Itoa(n)
		return "?"
	})
	if !inOrder {
		return text
	}
	return positional
}

// Close implements store.Store.
func (s *Store) Close() error {
	err := s.reads.Close()
	if s.writes != s.reads {
		err = errors.Join(err, s.writes.Close())
	}
	if s.release != nil {
		err = errors.Join(err, s.release())
	}
	return err
}

// now is the time of a transaction, to the millisecond that is stored.
func (s *Store) now() time.Time { return s.clock().UTC().Truncate(time.Millisecond) }

// tx is a transaction that writes.
type tx struct {
	*sql.Tx
	s     *Store
	now   time.Time
	stmts map[string]*sql.Stmt
	after []func() // run once the transaction is durable
}

// attempts is how often a write is tried that lost against another writer.
const attempts = 5

// write runs f in a transaction and makes it durable. f may run several times.
func (s *Store) write(ctx context.Context, f func(*tx) error) error {
	var err error
	for range attempts {
		err = s.tryWrite(ctx, f)
		if fault := s.classify(err); fault != FaultDuplicate && fault != FaultConflict {
			break
		}
	}
	return s.explain(ctx, err)
}

func (s *Store) tryWrite(ctx context.Context, f func(*tx) error) error {
	t, err := s.writes.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	w := &tx{Tx: t, s: s, now: s.now(), stmts: map[string]*sql.Stmt{}}
	if err := f(w); err != nil {
		_ = t.Rollback() // the first error is the one to tell
		return err
	}
	if err := t.Commit(); err != nil {
		return err
	}
	for _, f := range w.after {
		f()
	}
	return nil
}

// exec runs a statement, prepared where it is one of the hot ones.
func (t *tx) exec(ctx context.Context, text string, args ...any) (int64, error) {
	if t.s.dialect.Embedded {
		ctx = context.WithoutCancel(ctx)
	}
	var result sql.Result
	var err error
	if stmt := t.prepared(ctx, text); stmt != nil {
		result, err = stmt.ExecContext(ctx, args...)
	} else {
		result, err = t.ExecContext(ctx, text, args...)
	}
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// query is exec for a statement that gives rows.
func (t *tx) query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	if t.s.dialect.Embedded {
		ctx = context.WithoutCancel(ctx)
	}
	if stmt := t.prepared(ctx, text); stmt != nil {
		return stmt.QueryContext(ctx, args...)
	}
	return t.QueryContext(ctx, text, args...)
}

// queryRow is query for one row.
func (t *tx) queryRow(ctx context.Context, text string, args ...any) *sql.Row {
	if t.s.dialect.Embedded {
		ctx = context.WithoutCancel(ctx)
	}
	if stmt := t.prepared(ctx, text); stmt != nil {
		return stmt.QueryRowContext(ctx, args...)
	}
	return t.QueryRowContext(ctx, text, args...)
}

// readRow reads one row of the present state, by a statement that is kept
// prepared where it is one of the hot ones. It must be scanned.
func (s *Store) readRow(ctx context.Context, text string, args ...any) *sql.Row {
	if stmt := s.hotReads[text]; stmt != nil {
		return stmt.QueryRowContext(context.WithoutCancel(ctx), args...)
	}
	return s.reads.QueryRowContext(ctx, text, args...)
}

// prepared gives a hot statement for this transaction; nil for another.
func (t *tx) prepared(ctx context.Context, text string) *sql.Stmt {
	hot, ok := t.s.hot[text]
	if !ok {
		return nil
	}
	stmt := t.stmts[text]
	if stmt == nil {
		stmt = t.StmtContext(ctx, hot)
		t.stmts[text] = stmt
	}
	return stmt
}

// insert adds rows, several in one statement where the dialect likes that.
// into is "table (column, column)", tail what follows the values.
func (t *tx) insert(ctx context.Context, into, tail string, rows [][]any) error {
	for len(rows) > 0 {
		n := min(len(rows), t.s.dialect.RowsPerInsert)
		args := make([]any, 0, n*len(rows[0]))
		for _, row := range rows[:n] {
			args = append(args, row...)
		}
		if _, err := t.exec(ctx, t.s.insertText(into, tail, len(rows[0]), n), args...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// insertText writes an INSERT once and remembers it.
func (s *Store) insertText(into, tail string, columns, n int) string {
	key := insertKey{into, tail, n}
	if text, ok := s.texts.Load(key); ok {
		return text.(string)
	}
	text := insertText(into, columns, n, tail)
	s.texts.Store(key, text)
	return text
}

// insertText writes an INSERT of n rows. A column of into may name the
// expression that takes its value: "words=$::tsvector".
func insertText(into string, columns, n int, tail string) string {
	head, expressions := splitExpressions(into)
	var b strings.Builder
	b.WriteString("INSERT INTO " + head + " VALUES ")
	k := 0
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteByte('(')
		for c := range columns {
			if c > 0 {
				b.WriteString(", ")
			}
			k++
			b.WriteString(strings.Replace(expressions[c], "$", fmt.Sprintf("$%d", k), 1))
		}
		b.WriteByte(')')
	}
	if tail != "" {
		b.WriteString(" " + tail)
	}
	return b.String()
}

func splitExpressions(into string) (head string, expressions []string) {
	table, list, _ := strings.Cut(strings.TrimSuffix(into, ")"), "(")
	var names []string
	for column := range strings.SplitSeq(list, ",") {
		name, expression, ok := strings.Cut(strings.TrimSpace(column), "=")
		if !ok {
			expression = "$"
		}
		names, expressions = append(names, name), append(expressions, expression)
	}
	return table + "(" + strings.Join(names, ", ") + ")", expressions
}

// read runs f in one snapshot.
func (s *Store) read(ctx context.Context, f func(*sql.Tx) error) error {
	t, err := s.reads.BeginTx(ctx, s.dialect.Snapshot)
	if err != nil {
		return s.explain(ctx, err)
	}
	defer t.Rollback() // nothing was written
	return s.explain(ctx, f(t))
}

func (s *Store) classify(err error) Fault {
	if err == nil || centre.CodeOf(err) != "" {
		return FaultOther
	}
	return s.dialect.Classify(err)
}

// explain turns an error of the database into one for people, where a person
// can do something about it.
func (s *Store) explain(ctx context.Context, err error) error {
	switch {
	case err == nil || centre.CodeOf(err) != "":
		return err
	case ctx.Err() != nil:
		return fmt.Errorf("the work was called off: %w", context.Cause(ctx))
	}
	switch s.dialect.Classify(err) {
	case FaultFull:
		return centre.Refuse(centre.CodeUnavailable, "There is no room left on the disk of the database (%s); nothing was changed. Make room and try again.%w", s.dialect.Where, hidden{err})
	case FaultAway:
		return centre.Refuse(centre.CodeUnavailable, "The database (%s) does not answer now; nothing was changed. Try again in a moment.%w", s.dialect.Where, hidden{err})
	case FaultConflict:
		return centre.Refuse(centre.CodeUnavailable, "Other work held the database up; nothing was changed. Try again.%w", hidden{err})
	case FaultDuplicate:
		return centre.Refuse(centre.CodeConflict, "Something with the same name or number was stored at the same moment; read it and try again.%w", hidden{err})
	}
	return err
}

// hidden is a cause that is kept for the log and prints as nothing.
type hidden struct{ cause error }

func (hidden) Error() string   { return "" }
func (h hidden) Unwrap() error { return h.cause }
