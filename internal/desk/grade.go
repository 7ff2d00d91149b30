package desk

import (
	"context"

	"entente/internal/centre"
	"entente/internal/policy"
)

// GradeReport keeps a person's grade of a version of a report. The grade
// stands beside those of others and replaces none.
func (d *Desk) GradeReport(ctx context.Context, who policy.View, id centre.ID, version int, grade centre.Grade, reason string) (centre.Grading, error) {
	actor, err := signedIn(who)
	if err != nil {
		return centre.Grading{}, err
	}
	if !grade.Known() {
		return centre.Grading{}, centre.Invalid("A grade needs a letter A to F, a digit 1 to 6, or both, such as B2; nothing was graded.")
	}
	if version < 1 {
		return centre.Grading{}, centre.Invalid("Say which version of the report the grade is about, from 1; nothing was graded.")
	}
	if reason, err = line("reason", reason, maxReason); err != nil {
		return centre.Grading{}, err
	}
	report, err := d.store.Report(ctx, who, id, version)
	if err != nil {
		return centre.Grading{}, err
	}
	grant, err := policy.Decide(actor, policy.ActionGrade, reportObject(report.ReportHead))
	if err != nil {
		return centre.Grading{}, err
	}
	return d.store.Grade(ctx, grant, grade, reason)
}
