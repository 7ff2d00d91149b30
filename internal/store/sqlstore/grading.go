package sqlstore

import (
	"context"
	"fmt"

	"entente/internal/centre"
	"entente/internal/policy"
)

const intoRemark = `INSERT INTO remark (id, report_id, from_label, to_label, reason, name, member, at)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`

// unchanged reads the report of a grant's object, and refuses where it is not
// what it was when the grant was made.
func (t *tx) unchanged(ctx context.Context, o policy.Object) (version int, err error) {
	var label policy.LabelID
	err = t.QueryRowContext(ctx, "SELECT label_id, version FROM report WHERE id = $1"+t.s.dialect.Locked, int64(o.ID)).Scan(&label, &version)
	if err != nil {
		return 0, orNotFound(err, "report")
	}
	if label != o.Label {
		return 0, centre.Refuse(centre.CodeConflict, "The marking of this report was changed while you were reading it; read it again and decide anew.")
	}
	return version, nil
}

// Grade implements store.Grading.
func (s *Store) Grade(ctx context.Context, g policy.Grant, grade centre.Grade, reason string) (centre.Grading, error) {
	var grading centre.Grading
	if err := permit(g, policy.ActionGrade); err != nil {
		return grading, err
	}
	if parsed, err := centre.ParseGrade(grade.String()); err != nil || parsed != grade || !grade.Known() {
		return grading, centre.Invalid("A grade is a letter A to F and a digit 1 to 6, such as B2.")
	}
	o, a := g.Object(), g.Actor()
	err := s.write(ctx, func(t *tx) error {
		current, err := t.unchanged(ctx, o)
		if err != nil {
			return err
		}
		version := o.Version
		if version == 0 {
			version = current
		}
		var n int
		if err := t.QueryRowContext(ctx, "SELECT count(*) FROM report_version WHERE report_id = $1 AND version = $2", int64(o.ID), int64(version)).Scan(&n); err != nil {
			return err
		}
		if n == 0 {
			return centre.NotFound("version of this report")
		}
		grading = centre.Grading{ID: s.ids.Next(t.now), Report: o.ID, Version: version, Grade: grade, Reason: clean(reason),
			Person: a.Person, By: clean(a.Name), Member: a.Member, At: t.now}
		if _, err := t.exec(ctx, `INSERT INTO grading (id, report_id, version, reliability, credibility, reason, person, name, member, at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, int64(grading.ID), int64(o.ID), int64(version), int64(grade.Reliability), int64(grade.Credibility),
			grading.Reason, int64(a.Person), grading.By, string(a.Member), t.now.UnixMilli()); err != nil {
			return err
		}
		if _, err := t.exec(ctx, "UPDATE report SET reliability = $1, credibility = $2 WHERE id = $3",
			int64(grade.Reliability), int64(grade.Credibility), int64(o.ID)); err != nil {
			return err
		}
		if err := t.tell(ctx, [][]any{{noticeReport, int64(o.ID), o.Label}}); err != nil {
			return err
		}
		return t.enter(ctx, g, deed{action: policy.ActionGrade, kind: "report", object: o.ID, version: version,
			detail: fmt.Sprintf("Graded version %d %s.", version, grade)})
	})
	if err != nil {
		return centre.Grading{}, err
	}
	return grading, nil
}

// Mark implements store.Grading.
func (s *Store) Mark(ctx context.Context, g policy.Grant, reason string) error {
	if err := permit(g, policy.ActionMark); err != nil {
		return err
	}
	o, a := g.Object(), g.Actor()
	if o.Target == nil {
		return centre.Invalid("No new marking was given; nothing was changed.")
	}
	return s.write(ctx, func(t *tx) error {
		current, err := t.unchanged(ctx, o)
		if err != nil {
			return err
		}
		if o.Version != 0 && o.Version != current {
			return centre.Refuse(centre.CodeConflict, "This report has a newer version than the one that you read; read it and decide anew.")
		}
		to, _, err := t.label(ctx, *o.Target)
		if err != nil {
			return err
		}
		if to.ID == o.Label {
			return nil // it carries that marking already
		}
		if _, err := t.exec(ctx, "UPDATE report SET label_id = $1 WHERE id = $2", to.ID, int64(o.ID)); err != nil {
			return err
		}
		if _, err := t.exec(ctx, intoRemark, int64(s.ids.Next(t.now)), int64(o.ID), o.Label, to.ID, clean(reason), clean(a.Name), string(a.Member), t.now.UnixMilli()); err != nil {
			return err
		}
		// Both those who saw it and those who see it now are told.
		if err := t.tell(ctx, [][]any{{noticeReport, int64(o.ID), o.Label}, {noticeReport, int64(o.ID), to.ID}}); err != nil {
			return err
		}
		return t.enter(ctx, g, deed{action: policy.ActionMark, kind: "report", object: o.ID, version: current,
			detail: fmt.Sprintf("Changed the marking from %s to %s.", o.Marking, to.Marking)})
	})
}
