package app

import (
	"context"
	"os"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/charter"
	"entente/internal/demo"
	"entente/internal/desk"
	"entente/internal/policy/system"
	"entente/internal/store"
)

// Invitation lets a person in, once. The token is shown here and never again:
// the store keeps its hash.
type Invitation struct {
	Member  centre.MemberCode `json:"member"`
	Login   string            `json:"login"`
	Name    string            `json:"name"`
	Token   string            `json:"token"`
	Expires time.Time         `json:"expires"`
}

// Init makes a centre from a charter, with one invited administrator for each
// member. A folder or database that holds a centre already is refused.
func Init(ctx context.Context, c Config, text []byte) ([]Invitation, error) {
	parsed, err := charter.Parse(text)
	if err != nil {
		return nil, err
	}
	now := c.now()
	if len(parsed.MembersAt(now)) == 0 {
		return nil, centre.Invalid("Nobody is a member yet by this charter, whose first term begins on %s: founders join with it unless \"joined\" says earlier. Correct the anchor or the dates of joining. Nothing was made.",
			parsed.Rotation.Anchor.Format("2 January 2006"))
	}
	s, err := create(ctx, c, text, parsed)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	ids := &centre.IDSource{}
	var invitations []Invitation
	for _, m := range parsed.MembersAt(now) {
		person := centre.Person{
			ID: ids.Next(now), Member: m.Code, Login: "admin-" + strings.ToLower(string(m.Code)),
			Name: "Administrator of " + m.Names["en"], Roles: []centre.Role{centre.RoleAdministrator}, Clearance: centre.Restricted,
		}
		invited, err := invite(ctx, s, person, now)
		if err != nil {
			return nil, err
		}
		invitations = append(invitations, invited)
	}
	return invitations, nil
}

// create makes folder and database and adopts the first charter.
func create(ctx context.Context, c Config, text []byte, parsed charter.Charter) (store.Store, error) {
	if err := os.MkdirAll(c.Folder, 0o700); err != nil {
		return nil, centre.Refuse(centre.CodeUnavailable, "The folder %s cannot be made: %w.", c.Folder, err)
	}
	s, err := openStore(ctx, c)
	if err != nil {
		return nil, err
	}
	stored, err := s.CharterVersions(ctx, system.View())
	if err == nil && len(stored) > 0 {
		err = centre.Refuse(centre.CodeConflict, "There is a centre already in %s; start it with `entente serve`, or name another folder with --folder.", c.Folder)
	}
	if err == nil {
		err = s.AdoptCharter(ctx, system.Grant("init"), store.CharterVersion{
			Version: 1, Effective: parsed.Rotation.Anchor, Adopted: c.now(), By: "founding", Text: string(text),
		})
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

func invite(ctx context.Context, s store.Store, p centre.Person, now time.Time) (Invitation, error) {
	token, invitation := desk.NewInvitation(p, now)
	err := s.AddPerson(ctx, system.Grant("init"), p, invitation)
	return Invitation{p.Member, p.Login, p.Name, token, invitation.Expires}, err
}

// DemoLogin is an account of the demo, for examples.
func DemoLogin() string { return demo.Persons()[0].Login }

// demoSince tells since when a folder holds a demo centre; ok is false where it
// holds none.
func demoSince(ctx context.Context, folder string) (since time.Time, ok bool, err error) {
	_, stored, err := readHistory(ctx, Config{Folder: folder})
	if err != nil {
		if centre.CodeOf(err) == centre.CodeNotFound {
			err = nil
		}
		return time.Time{}, false, err
	}
	return stored[0].Adopted, stored[0].Text == string(charter.Demo), nil
}

// InitDemo makes the demo centre in a folder, or leaves the one that is there
// as it is; made tells which. Its accounts have no passwords
// and nobody holds their invitations: the demo alone, on loopback alone, signs
// them in by one click.
func InitDemo(ctx context.Context, folder string) (made bool, err error) {
	c := Config{Folder: folder}
	if _, there, err := demoSince(ctx, folder); there || err != nil {
		return false, err
	}
	parsed, err := charter.Parse(charter.Demo)
	if err != nil {
		return false, err
	}
	s, err := create(ctx, c, charter.Demo, parsed)
	if err != nil {
		return false, err
	}
	defer s.Close()
	ids := &centre.IDSource{}
	for _, p := range demo.Persons() {
		person := centre.Person{
			ID: ids.Next(c.now()), Member: p.Member, Login: p.Login, Name: p.Name,
			Roles: p.Roles, Clearance: p.Clearance, Language: p.Language,
		}
		if _, err := invite(ctx, s, person, time.Unix(0, 0)); err != nil { // expired long ago
			return false, err
		}
	}
	return true, nil
}
