package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"entente/internal/centre"
	"entente/internal/policy"
)

// storedEdit is what a correction names besides its claims.
type storedEdit struct {
	Statements []centre.StatementRef `json:"s,omitempty"`
	Tension    bool                  `json:"t,omitempty"`
}

// maxEdited is how many statements one correction moves by name.
const maxEdited = 200

// CorrectClaim implements store.Claims.
func (s *Store) CorrectClaim(ctx context.Context, g policy.Grant, edit centre.ClaimEdit) (centre.ID, error) {
	if err := permit(g, policy.ActionClaim); err != nil {
		return 0, err
	}
	if len(edit.Statements) > maxEdited {
		return 0, centre.Invalid("At most %d statements are moved at once; nothing was changed.", maxEdited)
	}
	o, a := g.Object(), g.Actor()
	leads := o.ID
	err := s.write(ctx, func(t *tx) error {
		edit := edit
		edit.Claim = o.ID
		if err := t.claimStands(ctx, o.ID); err != nil {
			return err
		}
		var err error
		detail := ""
		switch edit.Kind {
		case centre.EditLink:
			detail = fmt.Sprintf("Put %d statements into claim %s.", len(edit.Statements), o.ID)
			err = t.move(ctx, edit.Statements, o.ID, a.Name)
		case centre.EditSplit:
			edit.Other = centre.RandomID()
			leads = edit.Other
			detail = fmt.Sprintf("Made %d statements of claim %s a claim of their own, %s.", len(edit.Statements), o.ID, edit.Other)
			if err = t.areOf(ctx, edit.Statements, o.ID); err == nil {
				err = t.move(ctx, edit.Statements, edit.Other, a.Name)
			}
			if err == nil {
				err = t.relate(ctx, o.ID, edit.Other, false, "A person set the two apart.", a.Name)
			}
		case centre.EditMerge:
			detail = fmt.Sprintf("Merged claim %s into %s.", edit.Other, o.ID)
			if err = t.claimStands(ctx, edit.Other); err == nil {
				err = t.merge(ctx, edit.Other, o.ID)
			}
		case centre.EditRelated:
			detail = fmt.Sprintf("Said that claims %s and %s are near one another and not the same.", o.ID, edit.Other)
			if err = t.claimStands(ctx, edit.Other); err == nil {
				err = t.relate(ctx, o.ID, edit.Other, edit.Tension, "A person says so.", a.Name)
			}
		default:
			err = centre.Invalid("%q is no correction of a claim: link, split, merge or related.", edit.Kind)
		}
		if err != nil {
			return err
		}
		if err := t.keepEdit(ctx, g, edit); err != nil {
			return err
		}
		if err := t.tellClaims(ctx, edit.Claim, edit.Other); err != nil {
			return err
		}
		return t.enter(ctx, g, deed{action: policy.ActionClaim, kind: "claim", object: o.ID, detail: detail})
	})
	return leads, err
}

// claimStands refuses a claim that was merged away, or that is not there.
func (t *tx) claimStands(ctx context.Context, id centre.ID) error {
	var n int
	if err := t.QueryRowContext(ctx, "SELECT count(*) FROM claim_merged WHERE id = $1", int64(id)).Scan(&n); err != nil {
		return err
	}
	if n > 0 {
		return centre.Refuse(centre.CodeConflict, "This claim was merged into another while you were reading it; read that one and decide anew. Nothing was changed.")
	}
	err := t.QueryRowContext(ctx, "SELECT 1 FROM statement z WHERE z.claim_id <> 0 AND z.claim_id = $1 LIMIT 1", int64(id)).Scan(&n)
	return orNotFound(err, "claim")
}

// areOf refuses statements that are not all of a claim.
func (t *tx) areOf(ctx context.Context, refs []centre.StatementRef, claim centre.ID) error {
	list, err := ids(t.QueryContext(ctx, "SELECT z.report_id FROM statement z WHERE z.claim_id = $1 AND "+refsIn(refs), int64(claim)))
	if err == nil && len(list) != len(refs) {
		return centre.Refuse(centre.CodeConflict, "Not all of these statements belong to this claim any more; read it again and decide anew. Nothing was changed.")
	}
	return err
}

// move puts statements into a claim, for good: where their reports are processed
// again they stay.
func (t *tx) move(ctx context.Context, refs []centre.StatementRef, claim centre.ID, by string) error {
	if len(refs) == 0 {
		return centre.Invalid("Say which statements are to be moved; nothing was changed.")
	}
	type held struct {
		ref     centre.StatementRef
		digest  int64
		content string
		from    centre.ID
	}
	var list []held
	rows, err := t.QueryContext(ctx, "SELECT z.report_id, z.no, z.version, z.digest, z.content, z.claim_id FROM statement z WHERE "+refsIn(refs))
	err = each(rows, err, func(rows *sql.Rows) error {
		var h held
		err := rows.Scan(&h.ref.Report, &h.ref.No, &h.ref.Version, &h.digest, &h.content, &h.from)
		list = append(list, h)
		return err
	})
	if err != nil {
		return err
	}
	for _, ref := range refs {
		if !slices.ContainsFunc(list, func(h held) bool { return h.ref == ref }) {
			return centre.Refuse(centre.CodeConflict, "A report has a newer version than the one that you read, or statement %d is not in it; read it again. Nothing was changed.", ref.No)
		}
	}
	for _, h := range list {
		var kept storedStatement
		if err := json.Unmarshal([]byte(h.content), &kept); err != nil {
			return fmt.Errorf("a stored statement cannot be read: %w", err)
		}
		kept.Score, kept.Why, kept.By = 1, nil, clean(by)
		text, err := json.Marshal(kept)
		if err != nil {
			return err
		}
		if _, err := t.exec(ctx, "UPDATE statement SET claim_id = $1, at = $2, content = $3 WHERE report_id = $4 AND no = $5",
			int64(claim), t.now.UnixMilli(), clean(string(text)), int64(h.ref.Report), int64(h.ref.No)); err != nil {
			return err
		}
		if _, err := t.exec(ctx, `INSERT INTO claim_pin (report_id, digest, claim_id, name) VALUES ($1, $2, $3, $4)
			ON CONFLICT (report_id, digest) DO UPDATE SET claim_id = excluded.claim_id, name = excluded.name`,
			int64(h.ref.Report), h.digest, int64(claim), clean(by)); err != nil {
			return err
		}
		if h.from != 0 && h.from != claim {
			if err := t.tellClaims(ctx, h.from); err != nil {
				return err
			}
		}
	}
	return nil
}

// merge makes one claim another, with all that hangs on it.
func (t *tx) merge(ctx context.Context, from, into centre.ID) error {
	if from == into {
		return centre.Invalid("A claim cannot be merged with itself; name another.")
	}
	if _, err := t.exec(ctx, "UPDATE statement SET claim_id = $1, at = $2 WHERE claim_id = $3 AND claim_id <> 0", int64(into), t.now.UnixMilli(), int64(from)); err != nil {
		return err
	}
	for _, text := range []string{
		"UPDATE claim_pin SET claim_id = $1 WHERE claim_id = $2",
		"UPDATE claim_merged SET into_id = $1 WHERE into_id = $2",
		"UPDATE claim_grading SET claim_id = $1 WHERE claim_id = $2",
		"UPDATE claim_edit SET claim_id = $1 WHERE claim_id = $2",
	} {
		if _, err := t.exec(ctx, text, int64(into), int64(from)); err != nil {
			return err
		}
	}
	if _, err := t.exec(ctx, "INSERT INTO claim_merged (id, into_id) VALUES ($1, $2)", int64(from), int64(into)); err != nil {
		return err
	}
	return t.reRelate(ctx, from, into)
}

// reRelate gives the relations of a merged claim to what it was merged into.
func (t *tx) reRelate(ctx context.Context, from, into centre.ID) error {
	var list [][]any
	rows, err := t.QueryContext(ctx, "SELECT a_id, b_id, tension, score, why, name FROM claim_related WHERE a_id = $1 OR b_id = $1", int64(from))
	err = each(rows, err, func(rows *sql.Rows) error {
		var a, b centre.ID
		var tension int64
		var score float64
		var why, name string
		err := rows.Scan(&a, &b, &tension, &score, &why, &name)
		if other := a + b - from; other != into {
			list = append(list, []any{int64(min(other, into)), int64(max(other, into)), tension, score, why, name})
		}
		return err
	})
	if err != nil {
		return err
	}
	if _, err := t.exec(ctx, "DELETE FROM claim_related WHERE a_id = $1 OR b_id = $2", int64(from), int64(from)); err != nil {
		return err
	}
	return t.insert(ctx, intoRelated, orAsItWas, list)
}

// relate keeps what a person says of two claims; it wins over the machine.
func (t *tx) relate(ctx context.Context, a, b centre.ID, tension bool, why, by string) error {
	if a == b {
		return centre.Invalid("A claim is not near itself; name another.")
	}
	row, err := relatedRow(a, b, tension, 1, []string{why}, by)
	if err != nil {
		return err
	}
	return t.insert(ctx, intoRelated, `ON CONFLICT (a_id, b_id) DO UPDATE SET tension = excluded.tension, score = excluded.score,
		why = excluded.why, name = excluded.name`, [][]any{row})
}

// keepEdit keeps a correction under the label of what the person saw.
func (t *tx) keepEdit(ctx context.Context, g policy.Grant, edit centre.ClaimEdit) error {
	o, a := g.Object(), g.Actor()
	label, _, err := t.label(ctx, *o.Target)
	if err != nil {
		return err
	}
	content, err := json.Marshal(storedEdit{edit.Statements, edit.Tension})
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `INSERT INTO claim_edit (id, kind, claim_id, other_id, label_id, content, reason, person, name, member, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`, int64(t.s.ids.Next(t.now)), string(edit.Kind), int64(edit.Claim), int64(edit.Other), label.ID,
		clean(string(content)), clean(edit.Reason), int64(a.Person), clean(a.Name), string(a.Member), t.now.UnixMilli())
	return err
}

// tellClaims tells those who see a statement of a claim that it changed. Few
// labels are told of each: a claim whose reports carry more is told to the first.
func (t *tx) tellClaims(ctx context.Context, claims ...centre.ID) error {
	var notices [][]any
	for _, id := range claims {
		if id == 0 {
			continue
		}
		rows, err := t.QueryContext(ctx, "SELECT DISTINCT r.label_id FROM statement z CROSS JOIN report r WHERE r.id = z.report_id AND z.claim_id <> 0 AND z.claim_id = $1 ORDER BY r.label_id LIMIT 64", int64(id))
		err = each(rows, err, func(rows *sql.Rows) error {
			var label policy.LabelID
			err := rows.Scan(&label)
			notices = append(notices, []any{noticeClaim, int64(id), label})
			return err
		})
		if err != nil {
			return err
		}
	}
	return t.tell(ctx, notices)
}

// GradeClaim implements store.Claims.
func (s *Store) GradeClaim(ctx context.Context, g policy.Grant, grade centre.Grade, reason string) (centre.ClaimGrading, error) {
	var grading centre.ClaimGrading
	if err := permit(g, policy.ActionClaim); err != nil {
		return grading, err
	}
	if parsed, err := centre.ParseGrade(grade.String()); err != nil || parsed != grade || !grade.Known() {
		return grading, centre.Invalid("A grade is a letter A to F and a digit 1 to 6, such as B2.")
	}
	o, a := g.Object(), g.Actor()
	err := s.write(ctx, func(t *tx) error {
		if err := t.claimStands(ctx, o.ID); err != nil {
			return err
		}
		label, _, err := t.label(ctx, *o.Target)
		if err != nil {
			return err
		}
		grading = centre.ClaimGrading{ID: s.ids.Next(t.now), Claim: o.ID, Grade: grade, Reason: clean(reason), Person: a.Person, By: clean(a.Name),
			Member: a.Member, At: t.now, Marking: label.Marking}
		if _, err := t.exec(ctx, `INSERT INTO claim_grading (id, claim_id, label_id, reliability, credibility, reason, person, name, member, at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, int64(grading.ID), int64(o.ID), label.ID, int64(grade.Reliability), int64(grade.Credibility),
			grading.Reason, int64(a.Person), grading.By, string(a.Member), t.now.UnixMilli()); err != nil {
			return err
		}
		if err := t.tell(ctx, [][]any{{noticeClaim, int64(o.ID), label.ID}}); err != nil {
			return err
		}
		return t.enter(ctx, g, deed{action: policy.ActionClaim, kind: "claim", object: o.ID, detail: fmt.Sprintf("Graded the claim %s.", grade)})
	})
	if err != nil {
		return centre.ClaimGrading{}, err
	}
	return grading, nil
}
