package sqlstore

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"

	"entente/internal/centre"
	"entente/internal/policy"
)

// TellRoot implements store.Claims.
func (s *Store) TellRoot(ctx context.Context, g policy.Grant, no int, token string) error {
	if err := permit(g, policy.ActionTellRoot); err != nil {
		return err
	}
	o := g.Object()
	return s.write(ctx, func(t *tx) error {
		digest, claim, err := t.statementOf(ctx, o, no)
		if err != nil {
			return err
		}
		detail := fmt.Sprintf("Took the root token of statement %d back.", no)
		if token == "" {
			_, err = t.exec(ctx, "DELETE FROM root_token WHERE report_id = $1 AND digest = $2", int64(o.ID), digest)
		} else {
			detail = fmt.Sprintf("Told the root of statement %d by a token.", no)
			sum := sha256.Sum256([]byte("root " + clean(token)))
			err = t.keepToken(ctx, g, o.ID, digest, sum[:])
		}
		if err != nil {
			return err
		}
		return t.rootTold(ctx, g, claim, no, detail)
	})
}

// SameRoot implements store.Claims.
func (s *Store) SameRoot(ctx context.Context, g policy.Grant, v policy.View, no int, as centre.StatementRef) error {
	if err := permit(g, policy.ActionTellRoot); err != nil {
		return err
	}
	o := g.Object()
	return s.write(ctx, func(t *tx) error {
		digest, claim, err := t.statementOf(ctx, o, no)
		if err != nil {
			return err
		}
		var other int64
		err = t.QueryRowContext(ctx, "SELECT z.digest FROM statement z JOIN report r ON r.id = z.report_id WHERE z.report_id = $1 AND z.no = $2 AND "+visible(v, "r.label_id"),
			int64(as.Report), int64(as.No)).Scan(&other)
		if err != nil {
			return orNotFound(err, "statement")
		}
		// Where the other has no token yet, both get one that nobody knows.
		fresh := make([]byte, sha256.Size)
		if _, err := rand.Read(fresh); err != nil {
			return fmt.Errorf("no randomness from the operating system: %w", err)
		}
		if _, err := t.exec(ctx, `INSERT INTO root_token (report_id, digest, token, member, name, at) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (report_id, digest) DO NOTHING`, int64(as.Report), other, fresh, string(g.Actor().Member), clean(g.Actor().Name), t.now.UnixMilli()); err != nil {
			return err
		}
		var token []byte
		if err := t.QueryRowContext(ctx, "SELECT token FROM root_token WHERE report_id = $1 AND digest = $2", int64(as.Report), other).Scan(&token); err != nil {
			return err
		}
		if err := t.keepToken(ctx, g, o.ID, digest, token); err != nil {
			return err
		}
		return t.rootTold(ctx, g, claim, no, fmt.Sprintf("Said that statement %d has the root of a statement of report %s.", no, as.Report))
	})
}

// statementOf finds a statement of the grant's report as it was read.
func (t *tx) statementOf(ctx context.Context, o policy.Object, no int) (digest int64, claim centre.ID, err error) {
	if _, err := t.unchanged(ctx, o); err != nil {
		return 0, 0, err
	}
	err = t.QueryRowContext(ctx, "SELECT digest, claim_id FROM statement WHERE report_id = $1 AND no = $2", int64(o.ID), int64(no)).Scan(&digest, &claim)
	return digest, claim, orNotFound(err, "statement")
}

// keepToken sets the token of a statement. Where another member had said "the
// same as this", its token follows.
func (t *tx) keepToken(ctx context.Context, g policy.Grant, report centre.ID, digest int64, token []byte) error {
	a := g.Actor()
	var old []byte
	var by string
	err := t.QueryRowContext(ctx, "SELECT token, member FROM root_token WHERE report_id = $1 AND digest = $2", int64(report), digest).Scan(&old, &by)
	switch {
	case err == nil && by != string(a.Member):
		if _, err := t.exec(ctx, "UPDATE root_token SET token = $1 WHERE token = $2", token, old); err != nil {
			return err
		}
	case err != nil && !errors.Is(err, sql.ErrNoRows):
		return err
	}
	_, err = t.exec(ctx, `INSERT INTO root_token (report_id, digest, token, member, name, at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (report_id, digest) DO UPDATE SET token = excluded.token, member = excluded.member, name = excluded.name, at = excluded.at`,
		int64(report), digest, token, string(a.Member), clean(a.Name), t.now.UnixMilli())
	return err
}

func (t *tx) rootTold(ctx context.Context, g policy.Grant, claim centre.ID, no int, detail string) error {
	if claim != 0 {
		if err := t.tell(ctx, [][]any{{noticeClaim, int64(claim), g.Object().Label}}); err != nil {
			return err
		}
		if _, err := t.exec(ctx, "UPDATE statement SET at = $1 WHERE report_id = $2 AND no = $3", t.now.UnixMilli(), int64(g.Object().ID), int64(no)); err != nil {
			return err
		}
	}
	return t.enter(ctx, g, deed{action: policy.ActionTellRoot, kind: "report", object: g.Object().ID, detail: detail})
}
