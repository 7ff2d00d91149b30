package server

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"entente/internal/centre"
	"entente/internal/desk"
)

type facetsIn struct{ Filter }

type placesIn struct {
	Filter
	Limit int `query:"limit" minimum:"1" maximum:"500" default:"100"`
}

type clustersIn struct {
	Filter
	Zoom int `query:"zoom" minimum:"0" maximum:"22" default:"3"`
}

type histogramIn struct {
	Filter
	Bins int `query:"bins" minimum:"1" maximum:"500" default:"60"`
}

func (s *Server) registerAggregates(api huma.API) {
	answering(s, api, operation(http.MethodGet, "/facets", "count-facets", "aggregates", "Count matching reports by language, source, place and member"), s.facets)
	answering(s, api, operation(http.MethodGet, "/places", "count-places", "aggregates", "Count matching reports by the places that they name"), s.places)
	answering(s, api, operation(http.MethodGet, "/clusters", "cluster-places", "aggregates", "Group the places of matching reports for a map; bbox is obligatory"), s.clusters)
	answering(s, api, operation(http.MethodGet, "/histogram", "count-over-time", "aggregates", "Count matching reports by time of publication"), s.histogram)
}

func (s *Server) facets(ctx context.Context, in *facetsIn) (Facets, error) {
	q, err := in.question()
	if err != nil {
		return Facets{}, err
	}
	f, err := s.desk.Facets(ctx, who(ctx), q)
	return facetsOf(f), err
}

func (s *Server) places(ctx context.Context, in *placesIn) (PlaceCounts, error) {
	q, err := in.question()
	if err != nil {
		return PlaceCounts{}, err
	}
	list, err := s.desk.Places(ctx, who(ctx), q, in.Limit)
	return PlaceCounts{each(list, func(p desk.PlaceCount) PlaceCount { return PlaceCount{placeOf(p.Place), p.Reports} })}, err
}

func (s *Server) clusters(ctx context.Context, in *clustersIn) (Clusters, error) {
	q, err := in.question()
	if err != nil {
		return Clusters{}, err
	}
	if q.Box == nil {
		return Clusters{}, centre.Invalid("bbox is missing: give the area of the map as bbox=west,south,east,north.")
	}
	list, err := s.desk.Clusters(ctx, who(ctx), q, in.Zoom)
	return Clusters{each(list, clusterOf)}, err
}

func (s *Server) histogram(ctx context.Context, in *histogramIn) (Histogram, error) {
	q, err := in.question()
	if err != nil {
		return Histogram{}, err
	}
	h, err := s.desk.Histogram(ctx, who(ctx), q, in.Bins)
	return histogramOf(h), err
}
