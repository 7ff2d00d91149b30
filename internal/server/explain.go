package server

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"entente/internal/desk"
)

// Explanation says why a report was grouped as it was. Why each thing was found
// in its text stands with each mention, event mention and statement of the report.
type Explanation struct {
	Report Report      `json:"report" doc:"As read-report gives it, without its history and company."`
	Ties   []ReportTie `json:"ties" doc:"Other reports of its story and set of copies that the reader may see, the closest first, at most twelve."`
}

// ReportTie is another report, and what the two have in common.
type ReportTie struct {
	Report  ReportHead      `json:"report"`
	Score   float64         `json:"score" minimum:"0" maximum:"1" doc:"How alike; 1 for the same text."`
	Copy    bool            `json:"copy" doc:"The same words, or nearly."`
	Why     []string        `json:"why" doc:"Reasons, for a person."`
	Reasons []FindingReason `json:"reasons" doc:"The same by their codes, in the same order."`
}

type explainIn struct {
	ByID
	Version int `query:"version" minimum:"0" maximum:"1000000" doc:"0, or none, for the current one."`
}

func (s *Server) registerExplanations(api huma.API) {
	answering(s, api, operation(http.MethodGet, "/reports/{id}/explanation", "explain-report", "reports", "Why a report was read and grouped as it was"), s.explainReport)
}

func (s *Server) explainReport(ctx context.Context, in *explainIn) (Explanation, error) {
	id, err := in.id()
	if err != nil {
		return Explanation{}, err
	}
	e, err := s.desk.ExplainReport(ctx, who(ctx), id, in.Version)
	return Explanation{
		Report: reportOf(desk.Dossier{Report: e.Report}),
		Ties: each(e.Ties, func(t desk.ReportTie) ReportTie {
			return ReportTie{headOf(t.Report), t.Score, t.Copy, orEmpty(t.Why), findingReasonsOf(t.Why)}
		}),
	}, err
}
