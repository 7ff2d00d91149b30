package server

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"entente/internal/centre"
	"entente/internal/desk"
)

type addSourceIn struct {
	Body struct {
		Name        string            `json:"name" minLength:"1" maxLength:"200"`
		Kind        string            `json:"kind" maxLength:"40" example:"feed"`
		Address     string            `json:"address" maxLength:"2000" example:"https://example.org/rss.xml"`
		Slug        string            `json:"slug,omitempty" maxLength:"60" doc:"Name in source: queries; made from the name where not given, and always ending with the code of the member."`
		Family      string            `json:"family,omitempty" maxLength:"200" doc:"Publisher family: owner, group or syndicate."`
		Owner       string            `json:"owner,omitempty" maxLength:"200" doc:"Who owns or publishes it."`
		Ownership   string            `json:"ownership,omitempty" enum:",state,public,private,party,armed_group,religious,ngo,igo" doc:"What kind of owner; empty where unknown."`
		Language    string            `json:"language,omitempty" maxLength:"35"`
		Country     string            `json:"country,omitempty" maxLength:"3"`
		Marking     string            `json:"marking,omitempty" maxLength:"500" doc:"What its reports start with; for the own member alone where not given."`
		Reliability string            `json:"reliability,omitempty" enum:",A,B,C,D,E,F"`
		IntervalS   int64             `json:"interval_s,omitempty" minimum:"0" maximum:"2592000"`
		Options     map[string]string `json:"options,omitempty"`
		Secrets     map[string]string `json:"secrets,omitempty" doc:"What proves us to the source: user, password, token. Kept sealed, and never shown again."`
		Private     bool              `json:"private,omitempty" doc:"May be at a private address. Only on the centre's machine."`
	}
}

type changeSourceIn struct {
	ByID
	Body struct {
		Name        *string            `json:"name,omitempty" minLength:"1" maxLength:"200"`
		Address     *string            `json:"address,omitempty" maxLength:"2000"`
		Family      *string            `json:"family,omitempty" maxLength:"200"`
		Owner       *string            `json:"owner,omitempty" maxLength:"200"`
		Ownership   *string            `json:"ownership,omitempty" enum:",state,public,private,party,armed_group,religious,ngo,igo"`
		Language    *string            `json:"language,omitempty" maxLength:"35"`
		Country     *string            `json:"country,omitempty" maxLength:"3"`
		Marking     *string            `json:"marking,omitempty" maxLength:"500" doc:"For reports to come; those that are there keep theirs."`
		Reliability *string            `json:"reliability,omitempty" enum:",A,B,C,D,E,F"`
		IntervalS   *int64             `json:"interval_s,omitempty" minimum:"0" maximum:"2592000"`
		Options     *map[string]string `json:"options,omitempty"`
		Secrets     map[string]string  `json:"secrets,omitempty" doc:"Those named are set, and removed where empty."`
		Paused      *bool              `json:"paused,omitempty"`
	}
}

type previewIn struct {
	Body struct {
		Kind    string            `json:"kind" maxLength:"40"`
		Address string            `json:"address" maxLength:"2000"`
		Options map[string]string `json:"options,omitempty"`
		Private bool              `json:"private,omitempty" doc:"May be at a private address. Only on the centre's machine."`
	}
}

func (s *Server) registerSources(api huma.API) {
	answering(s, api, operation(http.MethodGet, "/sources", "list-sources", "sources", "List the sources that are released to the reader"), s.listSources)
	answering(s, api, created(operation(http.MethodPost, "/sources", "add-source", "sources", "Add a source of the own member")), s.addSource)
	answering(s, api, operation(http.MethodGet, "/sources/{id}", "read-source", "sources", "Read a source"), s.readSource)
	answering(s, api, operation(http.MethodPatch, "/sources/{id}", "change-source", "sources", "Change or pause a source of the own member"), s.changeSource)
	answering(s, api, operation(http.MethodPost, "/sources/test", "test-source", "sources", "Fetch once and show what would come; nothing is stored"), s.testSource)
	s.registerOPML(api)
}

func (s *Server) listSources(ctx context.Context, _ *none) (SourceList, error) {
	list, err := s.desk.Sources(ctx, who(ctx))
	return SourceList{each(list, sourceOf)}, err
}

func (s *Server) readSource(ctx context.Context, in *ByID) (Source, error) {
	id, err := in.id()
	if err != nil {
		return Source{}, err
	}
	source, err := s.desk.Source(ctx, who(ctx), id)
	return sourceOf(source), err
}

func (s *Server) addSource(ctx context.Context, in *addSourceIn) (Source, error) {
	b := in.Body
	source, err := s.desk.AddSource(ctx, who(ctx), desk.NewSource{
		Name: b.Name, Kind: b.Kind, Address: b.Address, Slug: b.Slug, Family: b.Family,
		Owner: b.Owner, Ownership: centre.Ownership(b.Ownership), Secrets: b.Secrets, Language: b.Language,
		Country: b.Country, Marking: b.Marking, Reliability: reliabilityOf(b.Reliability),
		Interval: time.Duration(b.IntervalS) * time.Second, Options: b.Options,
		Private: b.Private, OnThisMachine: onThisMachine(ctx),
	})
	return sourceOf(source), err
}

func (s *Server) changeSource(ctx context.Context, in *changeSourceIn) (Source, error) {
	id, err := in.id()
	if err != nil {
		return Source{}, err
	}
	b := in.Body
	change := desk.SourceChange{Name: b.Name, Address: b.Address, Family: b.Family, Owner: b.Owner, Language: b.Language,
		Country: b.Country, Marking: b.Marking, Options: b.Options, Secrets: b.Secrets, Paused: b.Paused, OnThisMachine: onThisMachine(ctx)}
	if b.Reliability != nil {
		r := reliabilityOf(*b.Reliability)
		change.Reliability = &r
	}
	if b.Ownership != nil {
		kind := centre.Ownership(*b.Ownership)
		change.Ownership = &kind
	}
	if b.IntervalS != nil {
		d := time.Duration(*b.IntervalS) * time.Second
		change.Interval = &d
	}
	source, err := s.desk.ChangeSource(ctx, who(ctx), id, change)
	return sourceOf(source), err
}

func (s *Server) testSource(ctx context.Context, in *previewIn) (Preview, error) {
	p, err := s.desk.PreviewSource(ctx, who(ctx), desk.NewSource{Kind: in.Body.Kind, Address: in.Body.Address, Options: in.Body.Options,
		Private: in.Body.Private, OnThisMachine: onThisMachine(ctx)})
	return Preview{each(p.Items, previewItemOf), orEmpty(p.Problems)}, err
}

// reliabilityOf reads a letter that the schema has checked.
func reliabilityOf(letter string) centre.Reliability {
	if letter == "" {
		return 0
	}
	return centre.Reliability(letter[0])
}
