package sqlstore

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/store"
)

func profileOf(p centre.Person) (string, error) {
	b, err := json.Marshal(p)
	return clean(string(b)), err
}

func readProfile(text string) (centre.Person, error) {
	var p centre.Person
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		return p, fmt.Errorf("a stored person cannot be read: %w", err)
	}
	return p, nil
}

// AddPerson implements store.Accounts.
func (s *Store) AddPerson(ctx context.Context, g policy.Grant, p centre.Person, i store.Invitation) error {
	if err := permitMember(g, p.Member, policy.ActionManagePersons); err != nil {
		return err
	}
	if p.ID == 0 || p.Login == "" || !p.Member.Valid() {
		return centre.Invalid("A person needs an id, a login name and a member.")
	}
	if i.Person != p.ID {
		return centre.Invalid("The invitation is for somebody else.")
	}
	profile, err := profileOf(p)
	if err != nil {
		return err
	}
	return s.write(ctx, func(t *tx) error {
		n, err := t.exec(ctx, "INSERT INTO person (id, login, member, suspended, profile) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (login) DO NOTHING",
			int64(p.ID), clean(p.Login), string(p.Member), flag(p.Suspended), profile)
		if err != nil {
			return err
		}
		if n == 0 {
			return centre.Refuse(centre.CodeConflict, "Somebody has the login name %q already; choose another.", p.Login)
		}
		if err := t.invite(ctx, i); err != nil {
			return err
		}
		return t.enter(ctx, g, deed{action: policy.ActionManagePersons, kind: "person", object: p.ID, detail: fmt.Sprintf("Invited %q to %s.", p.Login, p.Member)})
	})
}

func (t *tx) invite(ctx context.Context, i store.Invitation) error {
	_, err := t.exec(ctx, `INSERT INTO invitation (person_id, hash, expires) VALUES ($1, $2, $3)
		ON CONFLICT (person_id) DO UPDATE SET hash = excluded.hash, expires = excluded.expires`,
		int64(i.Person), i.Hash[:], i.Expires.UnixMilli())
	return err
}

// person reads a person by a condition.
func person(ctx context.Context, q querier, condition string, args ...any) (p centre.Person, password string, err error) {
	var profile string
	err = q.QueryRowContext(ctx, "SELECT profile, password FROM person WHERE "+condition, args...).Scan(&profile, &password)
	if err != nil {
		return p, "", orNotFound(err, "person")
	}
	p, err = readProfile(profile)
	return p, password, err
}

// ChangePerson implements store.Accounts. A person's member never changes.
func (s *Store) ChangePerson(ctx context.Context, g policy.Grant, p centre.Person) error {
	if err := permitMember(g, p.Member, policy.ActionManagePersons); err != nil {
		return err
	}
	profile, err := profileOf(p)
	if err != nil {
		return err
	}
	return s.write(ctx, func(t *tx) error {
		before, _, err := person(ctx, t, "id = $1"+s.dialect.Locked, int64(p.ID))
		if err != nil {
			return err
		}
		if before.Member != p.Member {
			return centre.Refuse(centre.CodeDenied, "This was not done: a person stays with the member that invited them.")
		}
		var other int
		if err := t.QueryRowContext(ctx, "SELECT count(*) FROM person WHERE login = $1 AND id <> $2", clean(p.Login), int64(p.ID)).Scan(&other); err != nil {
			return err
		}
		if other > 0 {
			return centre.Refuse(centre.CodeConflict, "Somebody has the login name %q already; choose another.", p.Login)
		}
		if _, err := t.exec(ctx, "UPDATE person SET login = $1, suspended = $2, profile = $3 WHERE id = $4",
			clean(p.Login), flag(p.Suspended), profile, int64(p.ID)); err != nil {
			return err
		}
		return t.enter(ctx, g, deed{action: policy.ActionManagePersons, kind: "person", object: p.ID, detail: fmt.Sprintf("Changed the account of %q.", p.Login)})
	})
}

// personFor reads a person whom the grant may read.
func (s *Store) personFor(ctx context.Context, g policy.Grant, condition string, arg any) (centre.Person, string, error) {
	if err := permit(g, policy.ActionPipeline, policy.ActionManagePersons); err != nil {
		return centre.Person{}, "", err
	}
	var p centre.Person
	var password string
	err := s.read(ctx, func(tx *sql.Tx) (err error) {
		p, password, err = person(ctx, tx, condition, arg)
		return err
	})
	if err == nil && permitMember(g, p.Member, policy.ActionManagePersons) != nil {
		err = centre.NotFound("person")
	}
	if err != nil {
		return centre.Person{}, "", err
	}
	return p, password, nil
}

// Person implements store.Accounts.
func (s *Store) Person(ctx context.Context, g policy.Grant, id centre.ID) (centre.Person, error) {
	p, _, err := s.personFor(ctx, g, "id = $1", int64(id))
	return p, err
}

// PersonByLogin implements store.Accounts.
func (s *Store) PersonByLogin(ctx context.Context, g policy.Grant, login string) (centre.Person, string, error) {
	return s.personFor(ctx, g, "login = $1", clean(login))
}

// Persons implements store.Accounts.
func (s *Store) Persons(ctx context.Context, g policy.Grant, member centre.MemberCode) ([]centre.Person, error) {
	if err := permitMember(g, member, policy.ActionManagePersons); err != nil {
		return nil, err
	}
	persons := []centre.Person{}
	err := s.read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, "SELECT profile FROM person WHERE member = $1 ORDER BY login", clean(string(member)))
		return each(rows, err, func(rows *sql.Rows) error {
			var profile string
			err := rows.Scan(&profile)
			if err != nil {
				return err
			}
			p, err := readProfile(profile)
			persons = append(persons, p)
			return err
		})
	})
	return persons, err
}

// Invite implements store.Accounts.
func (s *Store) Invite(ctx context.Context, g policy.Grant, i store.Invitation) error {
	if err := permit(g, policy.ActionPipeline, policy.ActionManagePersons); err != nil {
		return err
	}
	return s.write(ctx, func(t *tx) error {
		p, _, err := person(ctx, t, "id = $1", int64(i.Person))
		if err != nil {
			return err
		}
		if permitMember(g, p.Member, policy.ActionManagePersons) != nil {
			return centre.NotFound("person")
		}
		if err := t.invite(ctx, i); err != nil {
			return err
		}
		return t.enter(ctx, g, deed{action: policy.ActionManagePersons, kind: "person", object: p.ID, detail: fmt.Sprintf("Invited %q again.", p.Login)})
	})
}

// Redeem implements store.Accounts.
func (s *Store) Redeem(ctx context.Context, g policy.Grant, hash [32]byte, passwordHash string, now time.Time) (centre.Person, error) {
	if err := permit(g, policy.ActionPipeline); err != nil {
		return centre.Person{}, err
	}
	if passwordHash == "" {
		return centre.Person{}, centre.Invalid("There is no password to set.")
	}
	var p centre.Person
	err := s.write(ctx, func(t *tx) error {
		var id, expires int64
		err := t.QueryRowContext(ctx, "DELETE FROM invitation WHERE hash = $1 RETURNING person_id, expires", hash[:]).Scan(&id, &expires)
		if err != nil {
			return orNotFound(err, "invitation")
		}
		if now.UnixMilli() >= expires {
			return centre.NotFound("invitation")
		}
		if p, _, err = person(ctx, t, "id = $1", id); err != nil {
			return err
		}
		p.SignedOut = now.Truncate(time.Millisecond)
		profile, err := profileOf(p)
		if err != nil {
			return err
		}
		if _, err := t.exec(ctx, "UPDATE person SET password = $1, profile = $2 WHERE id = $3", clean(passwordHash), profile, id); err != nil {
			return err
		}
		return t.enterAs(ctx, p.ID, p.Name, p.Member, deed{action: "redeem", kind: "person", object: p.ID, detail: "Set a password with an invitation."})
	})
	if err != nil {
		return centre.Person{}, err
	}
	return p, nil
}

// Session implements store.Accounts.
func (s *Store) Session(ctx context.Context, g policy.Grant, token string, now time.Time) ([]byte, bool, error) {
	if err := permit(g, policy.ActionPipeline); err != nil {
		return nil, false, err
	}
	hash := sha256.Sum256([]byte(token))
	var content []byte
	err := s.read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, "SELECT content FROM session WHERE hash = $1 AND expires > $2", hash[:], now.UnixMilli())
		return each(rows, err, func(rows *sql.Rows) error {
			content = []byte{}
			return rows.Scan(&content)
		})
	})
	return content, content != nil, err
}

// SaveSession implements store.Accounts.
func (s *Store) SaveSession(ctx context.Context, g policy.Grant, token string, data []byte, expires time.Time) error {
	if err := permit(g, policy.ActionPipeline); err != nil {
		return err
	}
	if data == nil {
		data = []byte{}
	}
	hash := sha256.Sum256([]byte(token))
	return s.write(ctx, func(t *tx) error {
		// What has expired goes, so that sessions do not pile up.
		if _, err := t.exec(ctx, "DELETE FROM session WHERE expires <= $1", t.now.UnixMilli()); err != nil {
			return err
		}
		_, err := t.exec(ctx, `INSERT INTO session (hash, content, expires) VALUES ($1, $2, $3)
			ON CONFLICT (hash) DO UPDATE SET content = excluded.content, expires = excluded.expires`, hash[:], data, expires.UnixMilli())
		return err
	})
}

// DropSession implements store.Accounts.
func (s *Store) DropSession(ctx context.Context, g policy.Grant, token string) error {
	if err := permit(g, policy.ActionPipeline); err != nil {
		return err
	}
	hash := sha256.Sum256([]byte(token))
	return s.write(ctx, func(t *tx) error {
		_, err := t.exec(ctx, "DELETE FROM session WHERE hash = $1", hash[:])
		return err
	})
}
