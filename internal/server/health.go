package server

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

// Status tells whether the program answers.
type Status struct {
	Status string `json:"status" enum:"ok"`
}

func (s *Server) registerHealth(api huma.API) {
	answering(s, api, openTo(operation(http.MethodGet, "/healthz", "health", "health", "Whether the program answers and its store can be read; also at /healthz")), s.health)
	document := openTo(operation(http.MethodGet, "/openapi.json", "openapi", "health", "This document"))
	document.Hidden = true
	register(s, api, document, s.openAPI)
}

type documentOut struct {
	ContentType string `header:"Content-Type"`
	Body        []byte
}

func (s *Server) openAPI(context.Context, *none) (*documentOut, error) {
	return &documentOut{"application/openapi+json", s.document}, nil
}

func (s *Server) health(ctx context.Context, _ *none) (Status, error) {
	if err := s.desk.Ready(ctx); err != nil {
		return Status{}, err
	}
	return Status{"ok"}, nil
}
