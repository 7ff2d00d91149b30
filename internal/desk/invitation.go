package desk

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/store"
)

// invitationLife is how long an invitation can be redeemed.
const invitationLife = 72 * time.Hour

// NewInvitation makes an invitation for a person: the token to hand over, and
// what the store keeps of it. The token is the login, a full stop and 160
// random bits. The hash covers all of it, so that a redeemed token also says
// truly whose it is.
func NewInvitation(p centre.Person, now time.Time) (token string, i store.Invitation) {
	var secret [20]byte
	rand.Read(secret[:]) // crypto/rand.Read never fails: it ends the program instead
	token = p.Login + "." + base64.RawURLEncoding.EncodeToString(secret[:])
	return token, store.Invitation{Hash: sha256.Sum256([]byte(token)), Person: p.ID, Expires: now.Add(invitationLife)}
}

// RedeemInvitation sets the password of the person who was invited. It is the
// proof of who they are: the caller may start a session. An invitation that
// does not exist, was used or has expired is refused in the same words. A
// password that breaks the rules leaves the invitation open.
func (d *Desk) RedeemInvitation(ctx context.Context, token, password, address string) (centre.Person, error) {
	if err := d.signIns.allow(d.clock(), "", address); err != nil {
		return centre.Person{}, err
	}
	token = strings.TrimSpace(token)
	login := token[:max(0, strings.LastIndexByte(token, '.'))]
	if err := CheckPassword(password, login); err != nil {
		return centre.Person{}, err
	}
	hash, err := d.hash(ctx, password)
	if err != nil {
		return centre.Person{}, err
	}
	p, err := d.store.Redeem(ctx, d.own, sha256.Sum256([]byte(token)), hash, d.now())
	if centre.CodeOf(err) == centre.CodeNotFound {
		return centre.Person{}, centre.Refuse(centre.CodeNotFound, "This invitation is not valid: it was used, replaced, or has expired. Ask your member's administrator for a new one.")
	}
	return p, err
}
