package server

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"entente/internal/centre"
	"entente/internal/desk"
)

type inviteIn struct {
	Body struct {
		Login     string   `json:"login" minLength:"2" maxLength:"60" example:"layla"`
		Name      string   `json:"name" minLength:"1" maxLength:"200"`
		Roles     []string `json:"roles" minItems:"1" maxItems:"3" enum:"analyst,officer,administrator"`
		Clearance string   `json:"clearance" maxLength:"20" example:"SECRET"`
		Language  string   `json:"language,omitempty" maxLength:"35" doc:"BCP 47; the member's where not given."`
	}
}

type changePersonIn struct {
	ByID
	Body struct {
		Name      *string   `json:"name,omitempty" minLength:"1" maxLength:"200"`
		Roles     *[]string `json:"roles,omitempty"`
		Clearance *string   `json:"clearance,omitempty" maxLength:"20"`
		Suspended *bool     `json:"suspended,omitempty"`
	}
}

func (s *Server) registerPersons(api huma.API) {
	answering(s, api, operation(http.MethodGet, "/persons", "list-persons", "persons", "List the persons of the own member"), s.listPersons)
	answering(s, api, created(operation(http.MethodPost, "/persons", "invite-person", "persons", "Make an account of the own member and an invitation to it")), s.invitePerson)
	answering(s, api, operation(http.MethodPatch, "/persons/{id}", "change-person", "persons", "Change or suspend a person of the own member"), s.changePerson)
	answering(s, api, created(operation(http.MethodPost, "/persons/{id}/invitation", "renew-invitation", "persons", "Replace the invitation of a person of the own member, to set a new password")), s.renewInvitation)
}

func (s *Server) listPersons(ctx context.Context, _ *none) (PersonList, error) {
	list, err := s.desk.Persons(ctx, who(ctx))
	return PersonList{each(list, personOf)}, err
}

func (s *Server) invitePerson(ctx context.Context, in *inviteIn) (Invited, error) {
	clearance, err := centre.ParseLevel(in.Body.Clearance)
	if err != nil {
		return Invited{}, err
	}
	done, err := s.desk.Invite(ctx, who(ctx), desk.NewPerson{Login: in.Body.Login, Name: in.Body.Name,
		Roles: rolesOf(in.Body.Roles), Clearance: clearance, Language: in.Body.Language})
	return invitedOf(done), err
}

func (s *Server) changePerson(ctx context.Context, in *changePersonIn) (Person, error) {
	id, err := in.id()
	if err != nil {
		return Person{}, err
	}
	change := desk.PersonChange{Name: in.Body.Name, Suspended: in.Body.Suspended}
	if in.Body.Roles != nil {
		roles := rolesOf(*in.Body.Roles)
		change.Roles = &roles
	}
	if in.Body.Clearance != nil {
		clearance, err := centre.ParseLevel(*in.Body.Clearance)
		if err != nil {
			return Person{}, err
		}
		change.Clearance = &clearance
	}
	p, err := s.desk.ChangePerson(ctx, who(ctx), id, change)
	return personOf(p), err
}

func (s *Server) renewInvitation(ctx context.Context, in *ByID) (Invited, error) {
	id, err := in.id()
	if err != nil {
		return Invited{}, err
	}
	done, err := s.desk.Reinvite(ctx, who(ctx), id)
	return invitedOf(done), err
}

func invitedOf(d desk.Invited) Invited {
	return Invited{personOf(d.Person), d.Token, Instant{d.Expires}}
}

func rolesOf(names []string) []centre.Role {
	return each(names, func(name string) centre.Role { return centre.Role(name) })
}
