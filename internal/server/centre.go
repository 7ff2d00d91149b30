package server

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"entente/internal/desk"
)

type calendarIn struct {
	From  string `query:"from" maxLength:"40" doc:"RFC 3339 or a date; the beginning of the current term where not given."`
	Until string `query:"until" maxLength:"40" doc:"RFC 3339 or a date; two years after from where not given."`
}

func (s *Server) registerCentre(api huma.API) {
	answering(s, api, openTo(operation(http.MethodGet, "/centre/public", "public-centre", "centre", "What the sign-in page may know")), s.publicCentre)
	answering(s, api, operation(http.MethodGet, "/centre", "read-centre", "centre", "The centre: members, chair and head now"), s.readCentre)
	answering(s, api, operation(http.MethodGet, "/centre/calendar", "read-calendar", "centre", "The rotation of the chair"), s.readCalendar)
	answering(s, api, operation(http.MethodGet, "/centre/charter", "read-charter", "centre", "The charter in force and its versions"), s.readCharter)
}

func (s *Server) publicCentre(ctx context.Context, _ *none) (PublicCentre, error) {
	name, err := s.desk.PublicName(ctx)
	return PublicCentre{name, s.options.Demo, s.options.Version, []string{"ar", "fa", "ru", "en"}, s.signedIn(ctx)}, err
}

func (s *Server) readCentre(ctx context.Context, _ *none) (Centre, error) {
	c, err := s.desk.Centre(ctx, who(ctx))
	if err != nil {
		return Centre{}, err
	}
	out := Centre{Name: c.Name, Purpose: c.Purpose, Languages: orEmpty(c.Languages), TimeZone: c.Zone,
		Members: each(c.Members, func(m desk.Membership) Membership {
			return Membership{memberOf(m.Member.Member), m.Founder, at(m.Joined), at(m.Withdrawn), knownIf(m.Persons, m.Persons >= 0)}
		})}
	if c.Chair != nil {
		out.Chair = known(Chair{c.Chair.Member, Instant{c.Chair.Start}, Instant{c.Chair.End}, c.DaysLeft})
	}
	if c.Head != nil {
		out.Head = known(Head{c.Head.Name, c.Head.Member, c.Head.Acting, c.Head.Reason, orEmpty(c.Head.Limits)})
	}
	return out, nil
}

func (s *Server) readCalendar(ctx context.Context, in *calendarIn) (Calendar, error) {
	var from, until time.Time
	var err error
	if from, err = parseTime("from", in.From); err != nil {
		return Calendar{}, err
	}
	if until, err = parseTime("until", in.Until); err != nil {
		return Calendar{}, err
	}
	terms, err := s.desk.Calendar(ctx, who(ctx), from, until)
	return Calendar{each(terms, func(t desk.TermNow) Term {
		return Term{t.Member, Instant{t.Start}, Instant{t.End}, t.Current}
	})}, err
}

func (s *Server) readCharter(ctx context.Context, _ *none) (Charter, error) {
	c, err := s.desk.Charter(ctx, who(ctx))
	return Charter{c.Current.Text, c.Current.Version, Instant{c.Current.Effective}, each(c.Versions, func(v desk.CharterVersion) CharterVersion {
		return CharterVersion{v.Version, Instant{v.Effective}, Instant{v.Adopted}, v.By}
	})}, err
}
