package postgres

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"time"

	"github.com/jackc/pgx/v5"

	"entente/internal/centre"
)

// holdPatience is how long Hold waits for a process that was just ended:
// PostgreSQL lets go of its locks when it notices that the connection is gone.
const holdPatience = 5 * time.Second

// Hold takes a role that one process at a time may have on a database, such as
// gathering, by an advisory lock of a connection of its own. The role is held
// until release is called or the process ends, however it ends. Where another
// process keeps it, CodeConflict says so.
func Hold(ctx context.Context, address, role string) (release func() error, err error) {
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return nil, explain("", fmt.Errorf("taking the role %s: %w", role, err))
	}
	release = func() error { return conn.Close(context.Background()) }
	key := fnv.New64a()
	_, _ = key.Write([]byte("entente role " + role)) // never fails
	for until := time.Now().Add(holdPatience); ; {
		var held bool
		if err := conn.QueryRow(ctx, "SELECT pg_try_advisory_lock($1)", int64(key.Sum64())).Scan(&held); err != nil {
			return nil, errors.Join(fmt.Errorf("taking the role %s: %w", role, err), release())
		}
		if held {
			return release, nil
		}
		if time.Now().After(until) {
			return nil, errors.Join(centre.Refuse(centre.CodeConflict, "Another process has the role %s on this database, and one at a time may. Stop that one, or start this one with other roles, such as `entente serve --roles web`.", role), release())
		}
		select {
		case <-ctx.Done():
			return nil, errors.Join(ctx.Err(), release())
		case <-time.After(100 * time.Millisecond):
		}
	}
}
