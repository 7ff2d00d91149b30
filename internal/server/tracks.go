package server

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"entente/internal/desk"
)

type listTracksIn struct {
	BBox string `query:"bbox" maxLength:"120" doc:"west,south,east,north in degrees; the whole earth where not given." example:"38.8,29.1,48.6,37.4"`
}

func (s *Server) registerTracks(api huma.API) {
	answering(s, api, operation(http.MethodGet, "/tracks", "list-tracks", "events", "List where things are now, as field applications and receivers report it; at most 5,000"), s.listTracks)
}

func (s *Server) listTracks(ctx context.Context, in *listTracksIn) (TrackList, error) {
	area := desk.Box{West: -180, South: -90, East: 180, North: 90}
	if in.BBox != "" {
		var err error
		if area, err = parseBox(in.BBox); err != nil {
			return TrackList{}, err
		}
	}
	list, err := s.desk.Tracks(ctx, who(ctx), area)
	return TrackList{each(list, trackOf)}, err
}
