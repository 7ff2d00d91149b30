package server

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"entente/internal/centre"
	"entente/internal/desk"
)

type demoSignInIn struct {
	Body struct {
		Login string `json:"login" maxLength:"100"`
	}
}

func (s *Server) registerDemo(api huma.API) {
	answering(s, api, openTo(operation(http.MethodGet, "/demo/persons", "list-demo-persons", "demo", "Whom one can be in the demo; not found elsewhere")), s.demoPersons)
	answering(s, api, openTo(operation(http.MethodPost, "/demo/session", "demo-sign-in", "demo", "Sign in to the demo without a password; not found elsewhere")), s.demoSignIn)
}

// demoOnly answers as if there were no such call, except in a demo that
// listens on loopback, asked from loopback under a loopback name. The name
// matters: a page of elsewhere can have its own host name resolve to 127.0.0.1
// (DNS rebinding), and then the browser asks under that name.
func (s *Server) demoOnly(ctx context.Context) error {
	if !s.options.Demo || !s.options.Loopback || !loopbackRequest(ctx) {
		return centre.NotFound("call")
	}
	return nil
}

func (s *Server) demoPersons(ctx context.Context, _ *none) ([]DemoPerson, error) {
	if err := s.demoOnly(ctx); err != nil {
		return nil, err
	}
	list, err := s.desk.DemoPersons(ctx)
	return each(list, func(p desk.DemoPerson) DemoPerson {
		return DemoPerson{p.Person.Login, p.Person.Name, p.Person.Member, p.Member.Names, orEmpty(p.Person.Roles), p.Person.Language}
	}), err
}

func (s *Server) demoSignIn(ctx context.Context, in *demoSignInIn) (Session, error) {
	if err := s.demoOnly(ctx); err != nil {
		return Session{}, err
	}
	person, err := s.desk.DemoSignIn(ctx, in.Body.Login)
	if err != nil {
		return Session{}, err
	}
	return s.begin(ctx, person.ID)
}
