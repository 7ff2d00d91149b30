package server

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"entente/internal/centre"
	"entente/internal/desk"
)

type listClaimsIn struct {
	Filter
	Page
	Status  []string `query:"status" maxItems:"5" doc:"contested, refuted, retracted, unverified or corroborated, as the reader sees it." example:"contested"`
	Speaker string   `query:"speaker" maxLength:"200" doc:"A name or words of one, in any script." example:"peskov"`
	Stance  string   `query:"stance" maxLength:"20" doc:"Of that speaker, or of anybody." example:"deny"`
	Roots   int      `query:"roots" minimum:"0" maximum:"99" doc:"At least so many roots stand behind it."`
	Story   string   `query:"story" maxLength:"40" doc:"Id of a story that a report of the claim belongs to."`
}

type claimStatementsIn struct {
	ByID
	Page
}

type gradeClaimIn struct {
	ByID
	Body struct {
		Grade  string `json:"grade" maxLength:"2" example:"B2" doc:"A letter A to F and a digit 1 to 6; - leaves an axis ungraded."`
		Reason string `json:"reason" maxLength:"2000"`
	}
}

type moveStatementsIn struct {
	ByID
	Body struct {
		Statements []StatementRef `json:"statements" minItems:"1" maxItems:"200"`
		Reason     string         `json:"reason" maxLength:"2000"`
	}
}

type mergeClaimIn struct {
	ByID
	Body struct {
		Other  centre.ID `json:"other" doc:"The claim that is the same as this one, and ends."`
		Reason string    `json:"reason" maxLength:"2000"`
	}
}

type relateClaimIn struct {
	ByID
	Body struct {
		Other   centre.ID `json:"other"`
		Tension bool      `json:"tension" required:"false" doc:"The two can hardly both be taken as they stand."`
		Reason  string    `json:"reason" maxLength:"2000"`
	}
}

type undoClaimIn struct {
	ByID
	Body struct {
		Edit   centre.ID `json:"edit" doc:"The correction that is taken back."`
		Reason string    `json:"reason,omitempty" maxLength:"2000"`
	}
}

type tellRootIn struct {
	ByID
	Body struct {
		No     int           `json:"no" minimum:"1" doc:"Statement.no of the report's current version."`
		Token  string        `json:"token,omitempty" maxLength:"200" doc:"Equal tokens are one root. At least 8 characters; without it and without same_as, an earlier one is taken back."`
		SameAs *StatementRef `json:"same_as,omitempty" doc:"A statement that has the same root."`
	}
}

type exportClaimIn struct {
	ByID
	Format string `query:"format" enum:"claimreview,stix" default:"claimreview"`
	Scope  string `query:"scope" enum:"public,marked" default:"public" doc:"public: what is TLP:CLEAR alone. marked: what the reader sees, but ORCON, with the marking written into it."`
}

type exportClaimOut struct {
	ContentType        string `header:"Content-Type"`
	ContentDisposition string `header:"Content-Disposition"`
	Body               []byte
}

func (s *Server) registerClaims(api huma.API) {
	answering(s, api, operation(http.MethodGet, "/claims", "list-claims", "claims", "List claims, that with the newest report first"), s.listClaims)
	answering(s, api, operation(http.MethodGet, "/claims/{id}", "read-claim", "claims", "Read a claim: its statements, roots, grade, and what is near it"), s.readClaim)
	answering(s, api, operation(http.MethodGet, "/claims/{id}/statements", "list-claim-statements", "claims", "List the statements of a claim, newest report first"), s.claimStatements)
	answering(s, api, operation(http.MethodGet, "/claims/{id}/support", "list-claim-support", "claims", "How reports that make no statement of a claim take it, and which of their statements may belong to it, by a machine"), s.claimSupport)
	answering(s, api, created(operation(http.MethodPost, "/claims/{id}/grades", "grade-claim", "claims", "Grade a claim")), s.gradeClaim)
	answering(s, api, operation(http.MethodPost, "/claims/{id}/link", "link-statements", "claims", "Say that statements belong to this claim"), s.linkStatements)
	answering(s, api, operation(http.MethodPost, "/claims/{id}/split", "split-claim", "claims", "Make statements of this claim a claim of their own; answers the new one"), s.splitClaim)
	answering(s, api, operation(http.MethodPost, "/claims/{id}/merge", "merge-claims", "claims", "Say that another claim is the same as this one"), s.mergeClaims)
	answering(s, api, operation(http.MethodPost, "/claims/{id}/related", "relate-claims", "claims", "Say that another claim is near this one and not the same"), s.relateClaims)
	answering(s, api, operation(http.MethodPost, "/claims/{id}/undo", "undo-claim-edit", "claims", "Take back a link, split, merge or relation"), s.undoClaim)
	register(s, api, operation(http.MethodGet, "/claims/{id}/export", "export-claim", "claims", "Export a claim as ClaimReview (JSON-LD) or as a STIX 2.1 bundle"), s.exportClaim)
	answering(s, api, operation(http.MethodGet, "/reports/{id}/claims", "list-report-claims", "reports", "List the claims of a report's statements"), s.reportClaims)
	register(s, api, operation(http.MethodPost, "/reports/{id}/roots", "tell-root", "reports", "Tell the root of a statement by an opaque token, as its originator"), s.tellRoot)
	answering(s, api, operation(http.MethodGet, "/stories/{id}/claims", "list-story-claims", "stories", "The claims of a story as a table of claims and speakers, contested ones first"), s.storyClaims)
}

func (s *Server) listClaims(ctx context.Context, in *listClaimsIn) (ClaimList, error) {
	question, err := in.question()
	if err != nil {
		return ClaimList{}, err
	}
	q := desk.ClaimQuestion{Question: question, Speaker: in.Speaker, Stance: centre.Stance(strings.ToUpper(in.Stance)), Roots: in.Roots}
	for _, status := range in.Status {
		q.Status = append(q.Status, centre.ClaimStatus(strings.ToUpper(status)))
	}
	if in.Story != "" {
		if q.Story, err = centre.ParseID(in.Story); err != nil {
			return ClaimList{}, err
		}
	}
	page, err := s.desk.Claims(ctx, who(ctx), q, in.page())
	return ClaimList{each(page.Claims, claimOf), page.Next}, err
}

func (s *Server) readClaim(ctx context.Context, in *ByID) (ClaimDetail, error) {
	id, err := in.id()
	if err != nil {
		return ClaimDetail{}, err
	}
	d, err := s.desk.ReadClaim(ctx, who(ctx), id)
	return ClaimDetail{Claim: claimOf(d.Claim), List: claimStatementsOf(d.Statements), Related: each(d.Related, relatedOf),
		Gradings: each(d.Gradings, claimGradingOf), Edits: each(d.Edits, claimEditOf), May: ClaimMay{d.May, d.May}}, err
}

func (s *Server) claimStatements(ctx context.Context, in *claimStatementsIn) (ClaimStatementList, error) {
	id, err := in.id()
	if err != nil {
		return ClaimStatementList{}, err
	}
	page, err := s.desk.ClaimStatements(ctx, who(ctx), id, in.page())
	return claimStatementsOf(page), err
}

func (s *Server) gradeClaim(ctx context.Context, in *gradeClaimIn) (ClaimGrading, error) {
	id, err := in.id()
	if err != nil {
		return ClaimGrading{}, err
	}
	grade, err := centre.ParseGrade(in.Body.Grade)
	if err != nil {
		return ClaimGrading{}, err
	}
	grading, err := s.desk.GradeClaim(ctx, who(ctx), id, grade, in.Body.Reason)
	return claimGradingOf(grading), err
}

func (s *Server) correct(ctx context.Context, in ByID, edit centre.ClaimEdit) (Claim, error) {
	id, err := in.id()
	if err != nil {
		return Claim{}, err
	}
	claim, err := s.desk.CorrectClaim(ctx, who(ctx), id, edit)
	return claimOf(claim), err
}

func (s *Server) linkStatements(ctx context.Context, in *moveStatementsIn) (Claim, error) {
	return s.correct(ctx, in.ByID, centre.ClaimEdit{Kind: centre.EditLink, Statements: refsOf(in.Body.Statements), Reason: in.Body.Reason})
}

func (s *Server) splitClaim(ctx context.Context, in *moveStatementsIn) (Claim, error) {
	return s.correct(ctx, in.ByID, centre.ClaimEdit{Kind: centre.EditSplit, Statements: refsOf(in.Body.Statements), Reason: in.Body.Reason})
}

func (s *Server) mergeClaims(ctx context.Context, in *mergeClaimIn) (Claim, error) {
	return s.correct(ctx, in.ByID, centre.ClaimEdit{Kind: centre.EditMerge, Other: in.Body.Other, Reason: in.Body.Reason})
}

func (s *Server) relateClaims(ctx context.Context, in *relateClaimIn) (Claim, error) {
	return s.correct(ctx, in.ByID, centre.ClaimEdit{Kind: centre.EditRelated, Other: in.Body.Other, Tension: in.Body.Tension, Reason: in.Body.Reason})
}

func (s *Server) undoClaim(ctx context.Context, in *undoClaimIn) (Claim, error) {
	return s.correct(ctx, in.ByID, centre.ClaimEdit{Kind: centre.EditUndo, Undoes: in.Body.Edit, Reason: in.Body.Reason})
}

func refsOf(refs []StatementRef) []centre.StatementRef {
	return each(refs, func(r StatementRef) centre.StatementRef { return centre.StatementRef(r) })
}

func (s *Server) tellRoot(ctx context.Context, in *tellRootIn) (*struct{}, error) {
	id, err := in.id()
	if err != nil {
		return nil, err
	}
	told := desk.RootTold{No: in.Body.No, Token: in.Body.Token}
	if in.Body.SameAs != nil {
		ref := centre.StatementRef(*in.Body.SameAs)
		told.SameAs = &ref
	}
	return nil, s.desk.TellRoot(ctx, who(ctx), id, told)
}

func (s *Server) reportClaims(ctx context.Context, in *ByID) (ReportClaimList, error) {
	id, err := in.id()
	if err != nil {
		return ReportClaimList{}, err
	}
	list, err := s.desk.ReportClaims(ctx, who(ctx), id)
	return ReportClaimList{each(list, func(r desk.ReportClaim) ReportClaim { return ReportClaim{r.No, claimOf(r.Claim)} })}, err
}

func (s *Server) storyClaims(ctx context.Context, in *ByID) (StoryClaims, error) {
	id, err := in.id()
	if err != nil {
		return StoryClaims{}, err
	}
	table, err := s.desk.StoryClaims(ctx, who(ctx), id)
	return StoryClaims{each(table.Claims, claimOf), each(table.Speakers, speakerOf)}, err
}

func (s *Server) exportClaim(ctx context.Context, in *exportClaimIn) (*exportClaimOut, error) {
	id, err := in.id()
	if err != nil {
		return nil, err
	}
	file, err := s.desk.ExportClaim(ctx, who(ctx), id, in.Format, in.Scope == "public")
	if err != nil {
		return nil, err
	}
	return &exportClaimOut{ContentType: file.MediaType, ContentDisposition: `attachment; filename="` + file.Name + `"`, Body: file.Body}, nil
}
