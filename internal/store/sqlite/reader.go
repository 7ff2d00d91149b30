package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"

	"entente/internal/centre"
	"entente/internal/store"
	"entente/internal/store/sqlstore"
)

// OpenReader opens the centre in a folder for reading beside the process that
// runs it: it takes no lock, changes no schema, and every write through it
// fails. A folder without a database is refused as CodeNotFound.
func OpenReader(ctx context.Context, folder string, o Options) (store.Store, error) {
	file := filepath.Join(folder, fileName)
	if _, err := os.Stat(file); errors.Is(err, os.ErrNotExist) {
		return nil, centre.Refuse(centre.CodeNotFound, "There is no centre in %s: run `entente init` there first, `entente demo` to try one, or name another folder.", folder)
	}
	reads, err := sql.Open("sqlite", dsn(file, "deferred", append([]string{"query_only(1)"}, pragmas...)))
	if err != nil {
		return nil, err
	}
	reads.SetMaxOpenConns(readers)
	s, err := sqlstore.New(ctx, dialect(folder), reads, reads, o, nil)
	if err != nil {
		return nil, errors.Join(explain(folder, err), reads.Close())
	}
	return s, nil
}
