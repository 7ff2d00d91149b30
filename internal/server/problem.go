package server

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"entente/internal/centre"
	"entente/internal/desk"
)

// Problem is an error as the API answers it: RFC 9457 problem details, with
// the code that a program can act on and, for a query, where the mistake is.
type Problem struct {
	Type     string `json:"type" example:"about:blank"`
	Title    string `json:"title"`
	Status   int    `json:"status"`
	Detail   string `json:"detail" doc:"A sentence for the person: what happened and what to do."`
	Code     string `json:"code" doc:"For programs: invalid, not_found, unauthenticated, denied, conflict, too_many, unavailable, precondition_required or fault."`
	Position *int   `json:"position,omitempty" doc:"Of a mistake in a query: code points from its beginning."`
	Expected string `json:"expected,omitempty" doc:"Of a mistake in a query: what should stand there."`
	Instance string `json:"instance,omitempty" doc:"Of a fault: the number under which the log has it."`
}

// Error gives the sentence.
func (p *Problem) Error() string { return p.Detail }

// GetStatus gives the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType names problem details, as RFC 9457 asks.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

const (
	codeFault        = "fault"
	nothingChanged   = "Nothing was changed" // of a call, unless the call knows better
	codePrecondition = "precondition_required"
)

var statusOf = map[centre.Code]int{
	centre.CodeInvalid:         http.StatusUnprocessableEntity,
	centre.CodeNotFound:        http.StatusNotFound,
	centre.CodeUnauthenticated: http.StatusUnauthorized,
	centre.CodeDenied:          http.StatusForbidden,
	centre.CodeConflict:        http.StatusConflict,
	centre.CodeTooMany:         http.StatusTooManyRequests,
	centre.CodeUnavailable:     http.StatusServiceUnavailable,
}

func problem(status int, code, detail string) *Problem {
	return &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: detail, Code: code}
}

// translate is the one place where errors become answers. What carries a code
// is a refusal and its sentence is for the person. Everything else is a fault
// of the program: the log gets its text, the person a number to quote.
func (s *Server) translate(ctx context.Context, err error) *Problem {
	if p, ok := errors.AsType[*Problem](err); ok {
		return p
	}
	var refusal *centre.Error
	if errors.As(err, &refusal) {
		p := problem(statusOf[refusal.Code], string(refusal.Code), refusal.Message)
		if p.Status == 0 {
			p.Status, p.Title = http.StatusInternalServerError, http.StatusText(http.StatusInternalServerError)
		}
		if mistake, ok := errors.AsType[*desk.Mistake](err); ok {
			p.Position, p.Expected = &mistake.Position, mistake.Expected
		}
		if refusal.Cause != nil && p.Status >= http.StatusInternalServerError {
			s.log.WarnContext(ctx, "refused", "code", p.Code, "cause", refusal.Cause)
		}
		return p
	}
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return problem(http.StatusServiceUnavailable, string(centre.CodeUnavailable), "The request ended before it was answered; try again.")
	}
	number := centre.RandomID().String()
	s.log.ErrorContext(ctx, "fault", "instance", number, "error", err)
	p := problem(http.StatusInternalServerError, codeFault, "The program made a mistake and has logged it as "+number+". "+nothingChanged+"; try again, and if it happens again, tell the operator this number.")
	p.Instance = number
	return p
}

// problemTransformer turns the errors that huma itself makes (a parameter that
// does not fit its schema, a body that is not JSON) to problems. It leaves out
// the offending values: one of them may be a password.
func problemTransformer(_ huma.Context, _ string, v any) (any, error) {
	m, ok := v.(*huma.ErrorModel)
	if !ok {
		return v, nil
	}
	detail := m.Detail
	if len(m.Errors) > 0 {
		lines := make([]string, 0, len(m.Errors))
		for _, e := range m.Errors {
			if e.Location == "" {
				lines = append(lines, e.Message)
				continue
			}
			lines = append(lines, e.Location+": "+e.Message)
		}
		detail = "The request was not understood: " + strings.Join(lines, "; ") + "."
	}
	code := string(centre.CodeInvalid)
	if m.Status >= http.StatusInternalServerError {
		code, detail = codeFault, "The program made a mistake; try again."
	}
	return problem(m.Status, code, detail), nil
}
