package server

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"entente/internal/centre"
)

type listDeadLettersIn struct{ Page }

type retryIn struct {
	Body struct {
		IDs []string `json:"ids,omitempty" maxItems:"1000" doc:"Documents; all of the own member's where none is named."`
	}
}

func (s *Server) registerDeadLetters(api huma.API) {
	answering(s, api, operation(http.MethodGet, "/dead-letters", "list-dead-letters", "dead letters", "List documents that processing could not finish"), s.listDeadLetters)
	answering(s, api, operation(http.MethodPost, "/dead-letters/retry", "retry-dead-letters", "dead letters", "Process dead letters of the own member's sources again"), s.retryDeadLetters)
}

func (s *Server) listDeadLetters(ctx context.Context, in *listDeadLettersIn) (DeadLetterList, error) {
	list, next, err := s.desk.DeadLetters(ctx, who(ctx), in.page())
	return DeadLetterList{each(list, func(d centre.DeadLetter) DeadLetter {
		return DeadLetter{d.Document, d.Source, d.Title, d.Step, d.Reason, d.Attempts, Instant{d.At}}
	}), next}, err
}

func (s *Server) retryDeadLetters(ctx context.Context, in *retryIn) (Retried, error) {
	ids := make([]centre.ID, 0, len(in.Body.IDs))
	for _, text := range in.Body.IDs {
		id, err := centre.ParseID(text)
		if err != nil {
			return Retried{}, err
		}
		ids = append(ids, id)
	}
	n, err := s.desk.RetryDeadLetters(ctx, who(ctx), ids)
	return Retried{n}, err
}
