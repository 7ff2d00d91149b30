package server

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

type parseMarkingIn struct {
	Body struct {
		Text string `json:"text" maxLength:"500" example:"tlp:amber//rel to irq, irn"`
	}
}

func (s *Server) registerMarkings(api huma.API) {
	answering(s, api, operation(http.MethodPost, "/markings/parse", "parse-marking", "markings", "Read a marking as a person writes it"), s.parseMarking)
}

func (s *Server) parseMarking(ctx context.Context, in *parseMarkingIn) (ParsedMarking, error) {
	m, err := s.desk.ParseMarking(ctx, who(ctx), in.Body.Text)
	return markingOf(m), err
}
