package desk

import (
	"context"
	"time"
)

// FindSession, KeepSession and DropSession keep the sessions of a server. The
// token is a secret that the store knows by its hash alone; data is the
// server's own.

// FindSession gives the data of a session that has not expired.
func (d *Desk) FindSession(ctx context.Context, token string) (data []byte, found bool, err error) {
	return d.store.Session(ctx, d.own, token, d.now())
}

// KeepSession stores or replaces a session.
func (d *Desk) KeepSession(ctx context.Context, token string, data []byte, expires time.Time) error {
	return d.store.SaveSession(ctx, d.own, token, data, expires)
}

// DropSession ends a session; ending one that does not exist is no error.
func (d *Desk) DropSession(ctx context.Context, token string) error {
	return d.store.DropSession(ctx, d.own, token)
}
