package server

import (
	"context"

	"entente/internal/desk"
)

// ReportStance is how a whole report takes a claim of which it has no statement:
// a guess of a machine, from which nothing is counted.
type ReportStance struct {
	Report ReportHead `json:"report"`
	Stance string     `json:"stance" enum:"agree,disagree,discuss"`
	Score  float64    `json:"score" minimum:"0" maximum:"1"`
}

// ReportStances lists them.
type ReportStances struct {
	Reports []ReportStance `json:"reports" doc:"The surest first. Empty for a claim in another language than English and Arabic."`
}

func (s *Server) claimSupport(ctx context.Context, in *ByID) (ReportStances, error) {
	id, err := in.id()
	if err != nil {
		return ReportStances{}, err
	}
	list, err := s.desk.ClaimSupport(ctx, who(ctx), id)
	return ReportStances{each(list, func(r desk.ReportStance) ReportStance {
		return ReportStance{headOf(r.Report), string(r.Stance), r.Score}
	})}, err
}
