package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"

	"entente/internal/centre"
)

// Migrate brings a database to the newest of the numbered files, or to the
// version to where it is above zero. A database that is already further than
// the program knows is refused and left alone. where names it for people.
func Migrate(ctx context.Context, dialect goose.Dialect, db *sql.DB, files fs.FS, where string, to int64, options ...goose.ProviderOption) error {
	options = append(options, goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
	p, err := goose.NewProvider(dialect, db, files, options...)
	if err != nil {
		return fmt.Errorf("reading the migrations: %w", err)
	}
	sources := p.ListSources()
	if len(sources) == 0 {
		return errors.New("the program holds no migrations")
	}
	known := sources[len(sources)-1].Version
	at, err := p.GetDBVersion(ctx)
	if err != nil {
		return fmt.Errorf("reading the version of the database: %w", err)
	}
	if at > known {
		return centre.Refuse(centre.CodeUnavailable,
			"The database (%s) was written by a newer version of this program: it has version %d, and this program knows up to %d. Start the newer program, or restore a copy of the data from before it; nothing was changed.", where, at, known)
	}
	if to == 0 {
		to = known
	}
	if at >= to {
		return nil
	}
	if _, err := p.UpTo(ctx, to); err != nil {
		return fmt.Errorf("bringing the database (%s) to version %d: %w", where, to, err)
	}
	return nil
}
