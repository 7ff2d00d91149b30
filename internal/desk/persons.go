package desk

import (
	"context"
	"slices"
	"time"

	"entente/internal/centre"
	"entente/internal/policy"
)

// NewPerson is a person as an administrator describes them.
type NewPerson struct {
	Login     string
	Name      string
	Roles     []centre.Role
	Clearance centre.Level
	Language  string // "" for the member's
}

// PersonChange is what an administrator wants changed; nil leaves a part.
type PersonChange struct {
	Name      *string
	Roles     *[]centre.Role
	Clearance *centre.Level
	Suspended *bool
}

// Invited is a person with the token of an open invitation. The token is held
// nowhere else and cannot be had again.
type Invited struct {
	Person  centre.Person
	Token   string
	Expires time.Time
}

// Persons lists the persons of the person's own member, for its administrators.
func (d *Desk) Persons(ctx context.Context, who policy.View) ([]centre.Person, error) {
	_, grant, err := managing(who)
	if err != nil {
		return nil, err
	}
	return d.store.Persons(ctx, grant, grant.Actor().Member)
}

func managing(who policy.View) (policy.Actor, policy.Grant, error) {
	actor, err := signedIn(who)
	if err != nil {
		return policy.Actor{}, policy.Grant{}, err
	}
	grant, err := policy.Decide(actor, policy.ActionManagePersons, policy.Object{Kind: "person", Member: actor.Member})
	return actor, grant, err
}

// Invite makes an account of the administrator's own member and an invitation
// to it. The account has no password until the invitation is redeemed.
func (d *Desk) Invite(ctx context.Context, who policy.View, n NewPerson) (Invited, error) {
	actor, grant, err := managing(who)
	if err != nil {
		return Invited{}, err
	}
	p := centre.Person{Member: actor.Member, Roles: n.Roles, Clearance: n.Clearance, Language: n.Language}
	if p.Login, err = loginOf(n.Login); err != nil {
		return Invited{}, err
	}
	if p.Name, err = line("name", n.Name, 200); err != nil {
		return Invited{}, err
	}
	if p.Name == "" {
		return Invited{}, centre.Invalid("The person needs a name; nobody was invited.")
	}
	if err := checkRights(p); err != nil {
		return Invited{}, err
	}
	now := d.now()
	p.ID = d.ids.Next(now)
	token, invitation := NewInvitation(p, now)
	if err := d.store.AddPerson(ctx, grant, p, invitation); err != nil {
		return Invited{}, err
	}
	return Invited{p, token, invitation.Expires}, nil
}

// Reinvite replaces the invitation of a person of the own member, so that a
// new password can be set. The old password works until then.
func (d *Desk) Reinvite(ctx context.Context, who policy.View, id centre.ID) (Invited, error) {
	p, grant, err := d.ownPerson(ctx, who, id)
	if err != nil {
		return Invited{}, err
	}
	token, invitation := NewInvitation(p, d.now())
	if err := d.store.Invite(ctx, grant, invitation); err != nil {
		return Invited{}, err
	}
	return Invited{p, token, invitation.Expires}, nil
}

// ChangePerson changes or suspends a person of the own member. It works at
// once: sessions of a suspended person have ended, also for the time after the suspension. The last
// administrator of a member cannot be taken away, nor suspend themselves.
func (d *Desk) ChangePerson(ctx context.Context, who policy.View, id centre.ID, c PersonChange) (centre.Person, error) {
	p, grant, err := d.ownPerson(ctx, who, id)
	if err != nil {
		return centre.Person{}, err
	}
	administered := p.Has(centre.RoleAdministrator) && !p.Suspended
	if c.Name != nil {
		if p.Name, err = line("name", *c.Name, 200); err != nil {
			return centre.Person{}, err
		}
		if p.Name == "" {
			return centre.Person{}, centre.Invalid("The person needs a name; nothing was changed.")
		}
	}
	set(&p.Roles, c.Roles)
	set(&p.Clearance, c.Clearance)
	set(&p.Suspended, c.Suspended)
	if p.Suspended {
		p.SignedOut = d.now().Truncate(time.Millisecond)
	}
	if err := checkRights(p); err != nil {
		return centre.Person{}, err
	}
	if administered && (p.Suspended || !p.Has(centre.RoleAdministrator)) {
		others, err := d.store.Persons(ctx, grant, p.Member)
		if err != nil {
			return centre.Person{}, err
		}
		if !slices.ContainsFunc(others, func(o centre.Person) bool {
			return o.ID != p.ID && o.Has(centre.RoleAdministrator) && !o.Suspended
		}) {
			return centre.Person{}, centre.Refuse(centre.CodeConflict, "%s is the last administrator of %s; make another one first. Nothing was changed.", p.Login, p.Member)
		}
	}
	if err := d.store.ChangePerson(ctx, grant, p); err != nil {
		return centre.Person{}, err
	}
	return p, nil
}

// ownPerson reads a person of the administrator's own member. Persons of other
// members do not exist for it.
func (d *Desk) ownPerson(ctx context.Context, who policy.View, id centre.ID) (centre.Person, policy.Grant, error) {
	actor, grant, err := managing(who)
	if err != nil {
		return centre.Person{}, grant, err
	}
	p, err := d.store.Person(ctx, d.own, id)
	if centre.CodeOf(err) == centre.CodeNotFound || err == nil && p.Member != actor.Member {
		return centre.Person{}, grant, centre.NotFound("person")
	}
	if err != nil {
		return centre.Person{}, grant, err
	}
	grant, err = policy.Decide(actor, policy.ActionManagePersons, policy.Object{Kind: "person", ID: id, Member: p.Member})
	return p, grant, err
}

func checkRights(p centre.Person) error {
	if len(p.Roles) == 0 {
		return centre.Invalid("The person needs at least one role: analyst, officer or administrator.")
	}
	for i, r := range p.Roles {
		switch r {
		case centre.RoleAnalyst, centre.RoleOfficer, centre.RoleAdministrator:
		default:
			return centre.Invalid("%q is not a role; use analyst, officer or administrator.", r)
		}
		if slices.Contains(p.Roles[:i], r) {
			return centre.Invalid("The role %s is given twice.", r)
		}
	}
	if p.Clearance < centre.Unclassified || p.Clearance > centre.TopSecret {
		return centre.Invalid("The clearance is not a level of the centre.")
	}
	return nil
}
