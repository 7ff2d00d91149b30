package server

import (
	"context"

	"entente/internal/centre"
	"entente/internal/desk"
)

// ReportStance is how a whole report takes a claim of which it has no statement,
// and the statement of it that may be one all the same: guesses of a machine, from
// which nothing is counted.
type ReportStance struct {
	Report   ReportHead             `json:"report"`
	Stance   string                 `json:"stance" enum:"agree,disagree,discuss,unrelated," doc:"Empty where the machine does not know: it reads English articles and Arabic headlines, of a claim in the same language."`
	Score    float64                `json:"score" minimum:"0" maximum:"1" doc:"Of the stance."`
	Proposed Nullable[ProposedLink] `json:"proposed" doc:"The statement of the report that may belong to the claim; null where none is near enough. POST /claims/{id}/link links it."`
}

// ProposedLink is a statement that may belong to a claim.
type ProposedLink struct {
	Ref       StatementRef        `json:"ref"`
	Statement Statement           `json:"statement"`
	Language  string              `json:"language"`
	Score     float64             `json:"score" minimum:"0" maximum:"1" doc:"How near it is, on the scale of linking."`
	Why       []string            `json:"why" doc:"In English, as the reader sees the two."`
	Reasons   []FindingReason     `json:"reasons" doc:"One for each why, for screens in other languages."`
	Claim     Nullable[centre.ID] `json:"claim" doc:"The claim that it belongs to now."`
}

// ReportStances lists them.
type ReportStances struct {
	Reports []ReportStance `json:"reports" doc:"Those with a proposed statement first, the nearest before others; then the surest."`
}

func (s *Server) claimSupport(ctx context.Context, in *ByID) (ReportStances, error) {
	id, err := in.id()
	if err != nil {
		return ReportStances{}, err
	}
	list, err := s.desk.ClaimSupport(ctx, who(ctx), id)
	return ReportStances{each(list, reportStanceOf)}, err
}

func reportStanceOf(r desk.ReportStance) ReportStance {
	out := ReportStance{Report: headOf(r.Report), Stance: string(r.Stance), Score: r.Score}
	if p := r.Proposed; p != nil {
		out.Proposed = known(ProposedLink{refOf(p.Ref), statementOf(p.Statement), p.Language, p.Score, orEmpty(p.Why), findingReasonsOf(p.Why), knownIf(p.Claim, p.Claim != 0)})
	}
	return out
}
