package server

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"entente/internal/centre"
	"entente/internal/desk"
)

// EventQuery is the question that lists and clusters of events have in common.
type EventQuery struct {
	Source   []string `query:"source" maxItems:"50" doc:"Slugs of the sources that state it." example:"acled"`
	Category []string `query:"category" maxItems:"50" doc:"Categories of events." example:"armed_clash"`
	Country  string   `query:"country" maxLength:"3" doc:"ISO 3166-1 alpha-3." example:"IRQ"`
	Killed   int      `query:"killed" minimum:"0" doc:"The best figure of people killed is known and at least this."`
	Text     string   `query:"q" maxLength:"200" doc:"Stands in the title, the notes or the name of an actor, whatever its case."`
	BBox     string   `query:"bbox" maxLength:"120" doc:"west,south,east,north in degrees; west is greater than east across the antimeridian." example:"38.8,29.1,48.6,37.4"`
	From     string   `query:"from" maxLength:"40" doc:"Begun at or after: RFC 3339, or a date in UTC." example:"2015-09-20"`
	Until    string   `query:"until" maxLength:"40" doc:"Begun before: RFC 3339, or a date in UTC." example:"2015-10-01T00:00:00Z"`
}

func (q EventQuery) question() (desk.EventQuestion, error) {
	within, err := Filter{BBox: q.BBox, From: q.From, Until: q.Until}.question()
	return desk.EventQuestion{Sources: q.Source, Categories: q.Category, Country: q.Country, Killed: q.Killed, Text: q.Text,
		Box: within.Box, From: within.From, Until: within.Until}, err
}

type listEventsIn struct {
	EventQuery
	Page
}

type eventClustersIn struct {
	EventQuery
	Zoom int `query:"zoom" minimum:"0" maximum:"22" default:"3"`
}

func (s *Server) registerEvents(api huma.API) {
	answering(s, api, operation(http.MethodGet, "/events", "list-events", "events", "List events, the latest start first, the undated last"), s.listEvents)
	answering(s, api, operation(http.MethodGet, "/events/clusters", "cluster-events", "events", "Group events for a map; bbox is obligatory"), s.eventClusters)
	answering(s, api, operation(http.MethodGet, "/events/{id}", "read-event", "events", "Read an event"), s.readEvent)
	answering(s, api, operation(http.MethodGet, "/reports/{id}/parts", "list-parts", "reports", "List the reports that came with a report, such as a mail's attachments"), s.listParts)
}

func (s *Server) listEvents(ctx context.Context, in *listEventsIn) (EventList, error) {
	q, err := in.question()
	if err != nil {
		return EventList{}, err
	}
	p, err := s.desk.Events(ctx, who(ctx), q, in.page())
	return EventList{each(p.Events, eventOf), p.Next}, err
}

func (s *Server) readEvent(ctx context.Context, in *ByID) (Event, error) {
	id, err := in.id()
	if err != nil {
		return Event{}, err
	}
	e, err := s.desk.Event(ctx, who(ctx), id)
	return eventOf(e), err
}

func (s *Server) eventClusters(ctx context.Context, in *eventClustersIn) (EventClusters, error) {
	q, err := in.question()
	if err != nil {
		return EventClusters{}, err
	}
	if q.Box == nil {
		return EventClusters{}, centre.Invalid("bbox is missing: give the area of the map as bbox=west,south,east,north.")
	}
	list, err := s.desk.EventClusters(ctx, who(ctx), q, in.Zoom)
	return EventClusters{each(list, eventClusterOf)}, err
}

func (s *Server) listParts(ctx context.Context, in *ByID) (ReportHeads, error) {
	id, err := in.id()
	if err != nil {
		return ReportHeads{}, err
	}
	heads, err := s.desk.Parts(ctx, who(ctx), id)
	return ReportHeads{each(heads, headOf)}, err
}
