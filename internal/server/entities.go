package server

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"entente/internal/centre"
	"entente/internal/desk"
)

// EntityHead is what a list shows of a person or body.
type EntityHead struct {
	ID        centre.ID        `json:"id"`
	Kind      string           `json:"kind" enum:"person,organisation,group,facility"`
	Known     string           `json:"known" doc:"Its id in the list of public bodies that ships with the program; empty for what only reports tell."`
	Names     []EntityName     `json:"names" doc:"The most carried first; of a known body those of the list before them."`
	Roles     []EntityRole     `json:"roles" doc:"Of a person; the one that was named last first."`
	Countries []string         `json:"countries" doc:"ISO 3166-1 alpha-3."`
	Reports   int              `json:"reports" doc:"Reports released to you that name it."`
	First     Nullable[Moment] `json:"first" doc:"To the day."`
	Last      Nullable[Moment] `json:"last" doc:"To the day."`
	Marking   string           `json:"marking" doc:"The highest of the reports that name it and are released to you; empty where none does."`
}

// EntityName is a name as reports in one language write it.
type EntityName struct {
	Language string `json:"language"`
	Text     string `json:"text"`
	Count    int    `json:"count" doc:"Of reports; 0 where only the shipped list has it."`
}

// EntityRole is what reports say that somebody is.
type EntityRole struct {
	Name    string           `json:"name" doc:"In English."`
	Country string           `json:"country"`
	Of      string           `json:"of" doc:"The known body that it is held in; empty where unknown."`
	Count   int              `json:"count" doc:"Of reports."`
	First   Nullable[Moment] `json:"first"`
	Last    Nullable[Moment] `json:"last"`
}

// EntityBeside is an entity that is named in the same reports.
type EntityBeside struct {
	Entity  EntityHead `json:"entity"`
	Reports int        `json:"reports"`
}

// EntityProposal is an entity that may be the same.
type EntityProposal struct {
	Entity  EntityHead      `json:"entity"`
	Score   float64         `json:"score" minimum:"0" maximum:"1"`
	Why     []string        `json:"why"`
	Reasons []FindingReason `json:"reasons" doc:"The same by their codes, in the same order."`
}

// EntityEdit is a decision about people and bodies.
type EntityEdit struct {
	ID      centre.ID            `json:"id"`
	Action  string               `json:"action" enum:"merge,split,reject"`
	Entity  centre.ID            `json:"entity"`
	Other   centre.ID            `json:"other"`
	Reports []centre.ID          `json:"reports" doc:"Of a split: those taken out, as far as they are released to you."`
	Reason  string               `json:"reason"`
	By      string               `json:"by"`
	Member  centre.MemberCode    `json:"member"`
	At      Instant              `json:"at"`
	Undone  Nullable[EntityUndo] `json:"undone" doc:"Null where it stands."`
}

// EntityUndo says who took a decision back.
type EntityUndo struct {
	Reason string            `json:"reason"`
	By     string            `json:"by"`
	Member centre.MemberCode `json:"member"`
	At     Instant           `json:"at"`
}

// EntityList is part of a list of people and bodies.
type EntityList struct {
	Entities []EntityHead `json:"entities"`
	Next     string       `json:"next" doc:"Give it as after for what follows; empty at the end."`
}

// EntityPair is two people or bodies that may be one.
type EntityPair struct {
	One     EntityHead      `json:"one" doc:"The one that more reports name."`
	Other   EntityHead      `json:"other"`
	Score   float64         `json:"score" minimum:"0" maximum:"1"`
	Why     []string        `json:"why"`
	Reasons []FindingReason `json:"reasons" doc:"The same by their codes, in the same order."`
}

// EntityPairs are those that wait for a person to decide.
type EntityPairs struct {
	Pairs     []EntityPair `json:"pairs" doc:"At most fifty, the likeliest first, judged by what you see."`
	MayDecide bool         `json:"may_decide"`
}

// Entity is a person or body with all that you may know of it.
type Entity struct {
	EntityHead
	Beside    []EntityBeside   `json:"beside" doc:"Named in the same reports, the most frequent first."`
	Proposals []EntityProposal `json:"proposals" doc:"Who may be the same, the likeliest first, judged by what you see."`
	Edits     []EntityEdit     `json:"edits" doc:"Decisions, newest first."`
	MayDecide bool             `json:"may_decide"`
}

func entityHeadOf(e centre.Entity) EntityHead {
	marking := ""
	if e.Reports > 0 {
		marking = e.Marking.String()
	}
	return EntityHead{Marking: marking, ID: e.ID, Kind: string(e.Kind), Known: e.Known, Names: each(e.Names, func(n centre.EntityName) EntityName { return EntityName(n) }),
		Roles: each(e.Roles, entityRoleOf), Countries: orEmpty(e.Countries), Reports: e.Reports, First: momentOf(e.First), Last: momentOf(e.Last)}
}

func entityRoleOf(r centre.EntityRole) EntityRole {
	return EntityRole{r.Name, r.Country, r.Of, r.Count, momentOf(r.First), momentOf(r.Last)}
}

func entityEditOf(e centre.EntityEdit) EntityEdit {
	out := EntityEdit{ID: e.ID, Action: string(e.Action), Entity: e.Entity, Other: e.Other, Reports: orEmpty(e.Reports), Reason: e.Reason, By: e.By, Member: e.Member, At: Instant{e.At}}
	if u := e.Undone; u != nil {
		out.Undone = known(EntityUndo{u.Reason, u.By, u.Member, Instant{u.At}})
	}
	return out
}

func entityOf(d desk.EntityDossier) Entity {
	return Entity{EntityHead: entityHeadOf(d.Entity),
		Beside: each(d.Beside, func(b desk.Beside) EntityBeside { return EntityBeside{entityHeadOf(b.Entity), b.Reports} }),
		Proposals: each(d.Proposals, func(p desk.Proposal) EntityProposal {
			return EntityProposal{entityHeadOf(p.Entity), p.Score, orEmpty(p.Why), findingReasonsOf(p.Why)}
		}),
		Edits: each(d.Edits, entityEditOf), MayDecide: d.May}
}

// Title is what somebody may be, as role says it.
type Title struct {
	Role  string            `json:"role" doc:"In English, as a mention and a person have it."`
	Names map[string]string `json:"names" doc:"By language; one that has no name for it is absent."`
}

// TitleList is all titles that reports are read for.
type TitleList struct {
	Titles []Title `json:"titles"`
}

type listEntitiesIn struct {
	Q       string `query:"q" maxLength:"200" doc:"Words of a name, or their beginnings, in any script; none for those that the newest reports name." example:"lavrov"`
	Kind    string `query:"kind" enum:"person,organisation,group,facility"`
	Country string `query:"country" pattern:"^[A-Z]{3}$" doc:"ISO 3166-1 alpha-3: of a role, or of the body itself." example:"IRQ"`
	Order   string `query:"order" enum:"reports,newest" default:"reports" doc:"Those that most reports name first, or those that were named last. Known bodies that no report names stand at the end."`
	Page
}

type entityPairIn struct {
	ByID
	Body struct {
		Other  string `json:"other" maxLength:"40"`
		Reason string `json:"reason" maxLength:"2000" doc:"Whoever sees both will read it."`
	}
}

type entitySplitIn struct {
	ByID
	Body struct {
		Reports []string `json:"reports" minItems:"1" maxItems:"200" doc:"The reports that mean another."`
		Reason  string   `json:"reason" maxLength:"2000"`
	}
}

type undoEntityIn struct {
	ByID
	Body struct {
		Reason string `json:"reason" maxLength:"2000"`
	}
}

func (s *Server) registerEntities(api huma.API) {
	answering(s, api, operation(http.MethodGet, "/entities", "list-entities", "entities", "List people and bodies by name"), s.listEntities)
	answering(s, api, operation(http.MethodGet, "/entity-proposals", "list-entity-proposals", "entities", "List who may be the same as whom, and waits for a decision"), s.listEntityPairs)
	answering(s, api, operation(http.MethodGet, "/titles", "list-titles", "entities", "List the titles that reports are read for, with their names in each language"), s.listTitles)
	answering(s, api, operation(http.MethodGet, "/entities/{id}", "read-entity", "entities", "Read a person or body: names, roles, company, who may be the same, decisions"), s.readEntity)
	answering(s, api, created(operation(http.MethodPost, "/entities/{id}/merge", "merge-entities", "entities", "Decide that two are one")), s.mergeEntities)
	answering(s, api, created(operation(http.MethodPost, "/entities/{id}/apart", "keep-entities-apart", "entities", "Decide that two are not one")), s.keepApart)
	answering(s, api, created(operation(http.MethodPost, "/entities/{id}/split", "split-entity", "entities", "Decide that some reports mean another")), s.splitEntity)
	answering(s, api, operation(http.MethodPost, "/entity-decisions/{id}/undo", "undo-entity-decision", "entities", "Take a decision about people and bodies back"), s.undoEntity)
}

func (s *Server) listEntities(ctx context.Context, in *listEntitiesIn) (EntityList, error) {
	found, err := s.desk.Entities(ctx, who(ctx), desk.EntityQuestion{Text: in.Q, Kind: centre.MentionKind(in.Kind), Country: in.Country, Newest: in.Order == "newest", Page: in.page()})
	return EntityList{each(found.Entities, entityHeadOf), found.Next}, err
}

func (s *Server) listTitles(ctx context.Context, _ *struct{}) (TitleList, error) {
	list, err := s.desk.Titles(ctx, who(ctx))
	return TitleList{each(list, func(t desk.Title) Title { return Title(t) })}, err
}

func (s *Server) listEntityPairs(ctx context.Context, _ *struct{}) (EntityPairs, error) {
	found, err := s.desk.EntityPairs(ctx, who(ctx))
	return EntityPairs{each(found.Pairs, func(p desk.EntityPair) EntityPair {
		return EntityPair{entityHeadOf(p.One), entityHeadOf(p.Other), p.Score, orEmpty(p.Why), findingReasonsOf(p.Why)}
	}), found.May}, err
}

func (s *Server) readEntity(ctx context.Context, in *ByID) (Entity, error) {
	id, err := in.id()
	if err != nil {
		return Entity{}, err
	}
	dossier, err := s.desk.Entity(ctx, who(ctx), id)
	return entityOf(dossier), err
}

func (s *Server) mergeEntities(ctx context.Context, in *entityPairIn) (EntityEdit, error) {
	return s.decideEntity(ctx, in, centre.EntityMerge)
}

func (s *Server) keepApart(ctx context.Context, in *entityPairIn) (EntityEdit, error) {
	return s.decideEntity(ctx, in, centre.EntityReject)
}

func (s *Server) decideEntity(ctx context.Context, in *entityPairIn, action centre.EntityAction) (EntityEdit, error) {
	id, err := in.id()
	if err != nil {
		return EntityEdit{}, err
	}
	other, err := centre.ParseID(in.Body.Other)
	if err != nil {
		return EntityEdit{}, err
	}
	edit, err := s.desk.DecideEntity(ctx, who(ctx), id, desk.EntityChange{Action: action, Other: other, Reason: in.Body.Reason})
	return entityEditOf(edit), err
}

func (s *Server) splitEntity(ctx context.Context, in *entitySplitIn) (EntityEdit, error) {
	id, err := in.id()
	if err != nil {
		return EntityEdit{}, err
	}
	change := desk.EntityChange{Action: centre.EntitySplit, Reason: in.Body.Reason}
	for _, text := range in.Body.Reports {
		report, err := centre.ParseID(text)
		if err != nil {
			return EntityEdit{}, err
		}
		change.Reports = append(change.Reports, report)
	}
	edit, err := s.desk.DecideEntity(ctx, who(ctx), id, change)
	return entityEditOf(edit), err
}

func (s *Server) undoEntity(ctx context.Context, in *undoEntityIn) (EntityEdit, error) {
	id, err := in.id()
	if err != nil {
		return EntityEdit{}, err
	}
	edit, err := s.desk.UndoEntityEdit(ctx, who(ctx), id, in.Body.Reason)
	return entityEditOf(edit), err
}
