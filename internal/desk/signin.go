package desk

import (
	"context"
	"strings"

	"entente/internal/centre"
)

// SignIn proves who somebody is by login and password. An unknown login, a
// wrong password, an account without a password, one that is suspended, and one
// whose member does not take part now, are refused in the same words, after the
// same work. address is where the request came from; attempts are counted for
// it and for the login.
func (d *Desk) SignIn(ctx context.Context, login, password, address string) (centre.Person, error) {
	login = strings.ToLower(strings.TrimSpace(login))
	if err := d.signIns.allow(d.clock(), login, address); err != nil {
		return centre.Person{}, err
	}
	p, hash, err := d.store.PersonByLogin(ctx, d.own, login)
	if err != nil && centre.CodeOf(err) != centre.CodeNotFound {
		return centre.Person{}, err
	}
	usable := err == nil && hash != ""
	if !usable {
		if hash, err = d.decoyHash(ctx); err != nil {
			return centre.Person{}, err
		}
	}
	right, err := d.matches(ctx, password, hash)
	if err != nil {
		return centre.Person{}, err
	}
	if !usable || !right {
		return centre.Person{}, errWrong()
	}
	actor, err := d.actor(ctx, p)
	if err != nil {
		return centre.Person{}, err
	}
	if !actor.Active {
		return centre.Person{}, errWrong()
	}
	d.signIns.forgive(login)
	return p, nil
}

func errWrong() error {
	return centre.Refuse(centre.CodeUnauthenticated, "Login and password do not fit together, or the account is not active. Check both and try again, or ask your member's administrator.")
}

// decoyHash is what the passwords of unknown logins are compared with, so that
// they take as long as those of known ones. No password fits it: it is that of
// random bits which nobody kept.
func (d *Desk) decoyHash(ctx context.Context) (string, error) {
	if hash := d.decoy.Load(); hash != nil {
		return *hash, nil
	}
	hash, err := d.hash(ctx, centre.RandomID().String()+centre.RandomID().String())
	if err != nil {
		return "", err
	}
	d.decoy.CompareAndSwap(nil, &hash)
	return *d.decoy.Load(), nil
}

// loginOf checks a new login: 2 to 60 of a-z, 0-9, full stop, hyphen and
// underscore, beginning and ending with a letter or digit.
func loginOf(text string) (string, error) {
	login := strings.ToLower(strings.TrimSpace(text))
	ok := len(login) >= 2 && len(login) <= 60
	for i := range len(login) {
		c := login[i]
		alphanumeric := c >= 'a' && c <= 'z' || c >= '0' && c <= '9'
		inner := i > 0 && i < len(login)-1 && (c == '.' || c == '-' || c == '_')
		ok = ok && (alphanumeric || inner)
	}
	if !ok {
		return "", centre.Invalid("%q is not a login: use 2 to 60 of the letters a to z, digits, full stops, hyphens and underscores, beginning and ending with a letter or digit.", short(text))
	}
	return login, nil
}
