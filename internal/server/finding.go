package server

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"entente/internal/desk"
)

type findSourcesIn struct {
	Body struct {
		Address string `json:"address" minLength:"1" maxLength:"2000" doc:"Of a feed, a page, a site, a mailbox ..." example:"example.org"`
		Private bool   `json:"private,omitempty" doc:"May be at a private address. Only on the centre's machine."`
	}
}

type addCataloguedIn struct {
	Body struct {
		Addresses []string `json:"addresses" minItems:"1" maxItems:"500"`
		Marking   string   `json:"marking,omitempty" maxLength:"500" doc:"What their reports start with; for the own member alone where not given."`
	}
}

// FoundSource is a source that could be added, with what it would bring.
type FoundSource struct {
	Kind      string            `json:"kind"`
	Address   string            `json:"address"`
	Options   map[string]string `json:"options"`
	Name      string            `json:"name" doc:"Proposed, as are the following."`
	Language  string            `json:"language"`
	Country   string            `json:"country"`
	Owner     string            `json:"owner"`
	Ownership string            `json:"ownership"`
	Family    string            `json:"family"`
	How       string            `json:"how" doc:"How it was found, a sentence."`
	Catalogue bool              `json:"catalogue" doc:"Owner and family come from the catalogue."`
	Have      bool              `json:"have" doc:"The reader's member has this address already."`
	Items     []PreviewItem     `json:"items"`
	Events    int               `json:"events"`
	Tracks    int               `json:"tracks"`
	Problems  []string          `json:"problems"`
}

// FoundSources lists what can be read at an address, the best first.
type FoundSources struct {
	Found []FoundSource `json:"found"`
}

// CataloguedSource is a public source that the program knows of.
type CataloguedSource struct {
	Name      string `json:"name"`
	Native    string `json:"native" doc:"The name in its own language."`
	Site      string `json:"site"`
	Address   string `json:"address"`
	Kind      string `json:"kind"`
	Language  string `json:"language"`
	Country   string `json:"country"`
	Ownership string `json:"ownership"`
	Owner     string `json:"owner"`
	Family    string `json:"family"`
	Topic     string `json:"topic"`
	Have      bool   `json:"have" doc:"The reader's member has this address already."`
}

// Catalogue lists public sources by country and name.
type Catalogue struct {
	Sources []CataloguedSource `json:"sources"`
}

func (s *Server) registerFinding(api huma.API) {
	answering(s, api, operation(http.MethodPost, "/sources/find", "find-sources", "sources", "Look at an address and propose what can be read there; nothing is stored"), s.findSources)
	answering(s, api, operation(http.MethodGet, "/catalogue", "read-catalogue", "sources", "The public sources that ship with the program"), s.readCatalogue)
	answering(s, api, created(operation(http.MethodPost, "/catalogue", "add-from-catalogue", "sources", "Add sources of the catalogue to the own member's")), s.addCatalogued)
}

func (s *Server) findSources(ctx context.Context, in *findSourcesIn) (FoundSources, error) {
	found, err := s.desk.FindSources(ctx, who(ctx), in.Body.Address, in.Body.Private, onThisMachine(ctx))
	return FoundSources{each(found, foundOf)}, err
}

func foundOf(f desk.FoundSource) FoundSource {
	options := f.Source.Options
	if options == nil {
		options = map[string]string{}
	}
	return FoundSource{Kind: f.Source.Kind, Address: f.Source.Address, Options: options, Name: f.Source.Name, Language: f.Source.Language,
		Country: f.Source.Country, Owner: f.Source.Owner, Ownership: string(f.Source.Ownership), Family: f.Source.Family,
		How: f.How, Catalogue: f.Catalogue, Have: f.Have, Items: each(f.Items, previewItemOf), Events: f.Events, Tracks: f.Tracks, Problems: orEmpty(f.Problems)}
}

func (s *Server) readCatalogue(ctx context.Context, _ *none) (Catalogue, error) {
	list, err := s.desk.Catalogue(ctx, who(ctx))
	return Catalogue{each(list, func(c desk.CataloguedSource) CataloguedSource {
		return CataloguedSource{c.Name, c.Native, c.Site, c.Address, c.Kind, c.Language, c.Country, string(c.Ownership), c.Owner, c.Family, c.Topic, c.Have}
	})}, err
}

func (s *Server) addCatalogued(ctx context.Context, in *addCataloguedIn) (ImportedSources, error) {
	done, err := s.desk.AddFromCatalogue(ctx, who(ctx), in.Body.Addresses, in.Body.Marking)
	return importedSourcesOf(done), err
}
