package server

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"entente/internal/centre"
)

type listReportsIn struct {
	Filter
	Page
}

type readReportIn struct {
	ByID
	Version int    `query:"version" minimum:"0" maximum:"1000000" doc:"0, or none, for the current one."`
	Q       string `query:"q" maxLength:"2000" doc:"The query whose hits are to be marked in the text."`
}

type readReportOut struct {
	ETag string `header:"ETag" doc:"Names this state of version and marking; give it as If-Match to change the marking."`
	Body Report
}

type gradeIn struct {
	ByID
	Body struct {
		Version int    `json:"version" minimum:"1" doc:"The version that the grade is about."`
		Grade   string `json:"grade" maxLength:"2" example:"B2" doc:"A letter A to F and a digit 1 to 6; - leaves an axis ungraded."`
		Reason  string `json:"reason" maxLength:"2000"`
	}
}

type markIn struct {
	ByID
	IfMatch string `header:"If-Match" doc:"The ETag of the report as it was read." maxLength:"100"`
	Body    struct {
		Marking string `json:"marking" maxLength:"500" example:"RESTRICTED//REL TO IRQ, SYR"`
		Reason  string `json:"reason" maxLength:"2000"`
	}
}

type reprocessIn struct {
	Body struct {
		Q string `json:"q" maxLength:"2000" doc:"Which reports; those of the sources of one's own member among them. Empty for all."`
	}
}

func (s *Server) registerReports(api huma.API) {
	answering(s, api, operation(http.MethodGet, "/reports", "list-reports", "reports", "Search and list reports, newest arrival first"), s.listReports)
	register(s, api, operation(http.MethodGet, "/reports/{id}", "read-report", "reports", "Read a report"), s.readReport)
	answering(s, api, created(operation(http.MethodPost, "/reports/{id}/grades", "grade-report", "reports", "Grade a version of a report")), s.gradeReport)
	answering(s, api, operation(http.MethodPut, "/reports/{id}/marking", "mark-report", "reports", "Change the marking of a report, as an officer of its originator"), s.markReport)
	answering(s, api, operation(http.MethodPost, "/reprocess", "reprocess", "reports", "Process reports of the own member's sources again"), s.reprocess)
}

func (s *Server) listReports(ctx context.Context, in *listReportsIn) (ReportList, error) {
	q, err := in.question()
	if err != nil {
		return ReportList{}, err
	}
	found, err := s.desk.Search(ctx, who(ctx), q, in.page())
	return listOf(found), err
}

func (s *Server) readReport(ctx context.Context, in *readReportIn) (*readReportOut, error) {
	id, err := in.id()
	if err != nil {
		return nil, err
	}
	dossier, err := s.desk.ReadReport(ctx, who(ctx), id, in.Version, in.Q)
	if err != nil {
		return nil, err
	}
	return &readReportOut{ETag: `"` + dossier.Revision + `"`, Body: reportOf(dossier)}, nil
}

func (s *Server) gradeReport(ctx context.Context, in *gradeIn) (Grading, error) {
	id, err := in.id()
	if err != nil {
		return Grading{}, err
	}
	grade, err := centre.ParseGrade(in.Body.Grade)
	if err != nil {
		return Grading{}, err
	}
	grading, err := s.desk.GradeReport(ctx, who(ctx), id, in.Body.Version, grade, in.Body.Reason)
	return gradingOf(grading), err
}

func (s *Server) markReport(ctx context.Context, in *markIn) (ReportHead, error) {
	id, err := in.id()
	if err != nil {
		return ReportHead{}, err
	}
	if in.IfMatch == "" {
		return ReportHead{}, problem(http.StatusPreconditionRequired, codePrecondition, "Give the ETag of the report as it was read as If-Match; nothing was marked.")
	}
	revision := strings.Trim(in.IfMatch, `" `)
	head, err := s.desk.MarkReport(ctx, who(ctx), id, in.Body.Marking, in.Body.Reason, revision)
	return headOf(head), err
}

func (s *Server) reprocess(ctx context.Context, in *reprocessIn) (Reprocessing, error) {
	n, err := s.desk.Reprocess(ctx, who(ctx), in.Body.Q)
	return Reprocessing{n}, err
}
