package server

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"entente/internal/centre"
)

type signInIn struct {
	Body struct {
		Login    string `json:"login" maxLength:"100"`
		Password string `json:"password" maxLength:"1000" format:"password"`
	}
}

type redeemIn struct {
	Body struct {
		Token    string `json:"token" maxLength:"200"`
		Password string `json:"password" maxLength:"1000" format:"password"`
	}
}

func (s *Server) registerSessions(api huma.API) {
	answering(s, api, openTo(operation(http.MethodPost, "/session", "sign-in", "session", "Sign in with login and password")), s.signIn)
	answering(s, api, operation(http.MethodGet, "/session", "read-session", "session", "Who is signed in"), s.readSession)
	register(s, api, operation(http.MethodDelete, "/session", "sign-out", "session", "Sign out"), s.signOut)
	answering(s, api, openTo(operation(http.MethodPost, "/invitations/redeem", "redeem-invitation", "session", "Set a password with an invitation, and sign in")), s.redeem)
}

func (s *Server) signIn(ctx context.Context, in *signInIn) (Session, error) {
	person, err := s.desk.SignIn(ctx, in.Body.Login, in.Body.Password, addressOf(ctx))
	if err != nil {
		return Session{}, err
	}
	return s.begin(ctx, person.ID)
}

func (s *Server) redeem(ctx context.Context, in *redeemIn) (Session, error) {
	person, err := s.desk.RedeemInvitation(ctx, in.Body.Token, in.Body.Password, addressOf(ctx))
	if err != nil {
		return Session{}, err
	}
	return s.begin(ctx, person.ID)
}

func (s *Server) readSession(ctx context.Context, _ *none) (Session, error) {
	profile, err := s.desk.Profile(ctx, who(ctx))
	return s.sessionOf(profile), err
}

func (s *Server) signOut(ctx context.Context, _ *none) (*struct{}, error) {
	return nil, s.sessions.Destroy(ctx)
}

// begin starts a session for a person who has proved who they are. The token
// is new, whatever the browser sent: a session that somebody else prepared
// (session fixation) does not become the person's.
func (s *Server) begin(ctx context.Context, id centre.ID) (Session, error) {
	_, view, err := s.desk.Identify(ctx, id)
	if err != nil {
		return Session{}, err
	}
	profile, err := s.desk.Profile(ctx, view)
	if err != nil {
		return Session{}, err
	}
	if err := s.sessions.Clear(ctx); err != nil {
		return Session{}, err
	}
	if err := s.sessions.RenewToken(ctx); err != nil {
		return Session{}, err
	}
	now := s.options.Clock().UnixMilli()
	s.sessions.Put(ctx, keyPerson, id.String())
	s.sessions.Put(ctx, keyBegun, now)
	s.sessions.Put(ctx, keySeen, now)
	return s.sessionOf(profile), nil
}
