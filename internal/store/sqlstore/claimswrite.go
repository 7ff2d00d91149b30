package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"entente/internal/centre"
	"entente/internal/policy"
)

// storedEdit is what a correction names besides its claims.
type storedEdit struct {
	Statements []centre.StatementRef `json:"s,omitempty"`
	Tension    bool                  `json:"t,omitempty"`
	Before     *storedRelation       `json:"b,omitempty"` // of a relation: what was held of the two before; nil for nothing
}

// storedRelation is a row of claim_related.
type storedRelation struct {
	Tension int64   `json:"t"`
	Score   float64 `json:"s"`
	Why     string  `json:"w"`
	Name    string  `json:"n"`
}

// setApart is what is written of the two claims of a split.
const setApart = "A person set the two apart."

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
	o := g.Object()
	leads := o.ID
	err := s.write(ctx, func(t *tx) error {
		c := correction{tx: t, edit: edit, by: clean(g.Actor().Name)}
		c.edit.ID, c.edit.Claim = s.ids.Next(t.now), o.ID
		if err := t.claimStands(ctx, o.ID); err != nil {
			return err
		}
		detail, err := c.run(ctx)
		if err != nil {
			return err
		}
		leads = c.leads
		if err := c.keep(ctx, g); err != nil {
			return err
		}
		if err := t.tellClaims(ctx, append(c.left, c.edit.Claim, c.edit.Other)...); err != nil {
			return err
		}
		return t.enter(ctx, g, deed{action: policy.ActionClaim, kind: "claim", object: o.ID, detail: detail})
	})
	return leads, err
}

// correction is one in the making.
type correction struct {
	*tx
	edit   centre.ClaimEdit
	by     string
	leads  centre.ID
	left   []centre.ID // claims that statements were moved from
	before *storedRelation
}

// run carries it out, and says in a sentence what was done.
func (c *correction) run(ctx context.Context) (detail string, err error) {
	e := &c.edit
	c.leads = e.Claim
	switch e.Kind {
	case centre.EditLink:
		return fmt.Sprintf("Put %d statements into claim %s.", len(e.Statements), e.Claim), c.move(ctx, e.Claim)
	case centre.EditSplit:
		e.Other = centre.RandomID()
		c.leads = e.Other
		if err = c.areOf(ctx, e.Statements, e.Claim); err == nil {
			err = c.move(ctx, e.Other)
		}
		if err == nil {
			err = c.relate(ctx, setApart)
		}
		return fmt.Sprintf("Made %d statements of claim %s a claim of their own, %s.", len(e.Statements), e.Claim, e.Other), err
	case centre.EditMerge:
		if err = c.claimStands(ctx, e.Other); err == nil {
			err = c.merge(ctx)
		}
		return fmt.Sprintf("Merged claim %s into %s.", e.Other, e.Claim), err
	case centre.EditRelated:
		if err = c.claimStands(ctx, e.Other); err == nil {
			err = c.relate(ctx, "A person says so.")
		}
		return fmt.Sprintf("Said that claims %s and %s are near one another and not the same.", e.Claim, e.Other), err
	case centre.EditUndo:
		return fmt.Sprintf("Took back the correction %s of claims.", e.Undoes), c.undo(ctx)
	}
	return "", centre.Invalid("%q is no correction of a claim: link, split, merge, related or undo.", e.Kind)
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
func (c *correction) move(ctx context.Context, claim centre.ID) error {
	refs := c.edit.Statements
	if len(refs) == 0 {
		return centre.Invalid("Say which statements are to be moved; nothing was changed.")
	}
	list, err := c.found(ctx, refsIn(refs))
	if err != nil {
		return err
	}
	for _, ref := range refs {
		if !slices.ContainsFunc(list, func(f foundStatement) bool { return f.ref == ref }) {
			return centre.Refuse(centre.CodeConflict, "A report has a newer version than the one that you read, or statement %d is not in it; read it again. Nothing was changed.", ref.No)
		}
	}
	for _, f := range list {
		if _, err := c.exec(ctx, `INSERT INTO claim_move (edit_id, report_id, digest, from_id, pin_id, pin_name)
			SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS BIGINT), coalesce(max(p.claim_id), 0), coalesce(max(p.name), '') FROM claim_pin p WHERE p.report_id = $2 AND p.digest = $3
			ON CONFLICT (edit_id, report_id, digest) DO NOTHING`, int64(c.edit.ID), int64(f.ref.Report), f.digest, int64(f.claim)); err != nil {
			return err
		}
		if err := c.put(ctx, f, claim, c.by); err != nil {
			return err
		}
		if _, err := c.exec(ctx, `INSERT INTO claim_pin (report_id, digest, claim_id, name) VALUES ($1, $2, $3, $4)
			ON CONFLICT (report_id, digest) DO UPDATE SET claim_id = excluded.claim_id, name = excluded.name`,
			int64(f.ref.Report), f.digest, int64(claim), c.by); err != nil {
			return err
		}
		if f.claim != 0 && f.claim != claim && !slices.Contains(c.left, f.claim) {
			c.left = append(c.left, f.claim)
		}
	}
	return nil
}

// foundStatement is a statement as a correction finds it.
type foundStatement struct {
	ref     centre.StatementRef
	digest  int64
	content string
	claim   centre.ID
}

func (t *tx) found(ctx context.Context, where string, args ...any) ([]foundStatement, error) {
	var list []foundStatement
	rows, err := t.QueryContext(ctx, "SELECT z.report_id, z.no, z.version, z.digest, z.content, z.claim_id FROM statement z WHERE "+where, args...)
	return list, each(rows, err, func(rows *sql.Rows) error {
		var f foundStatement
		err := rows.Scan(&f.ref.Report, &f.ref.No, &f.ref.Version, &f.digest, &f.content, &f.claim)
		list = append(list, f)
		return err
	})
}

// put makes a statement one of a claim; by is the person who says so, "" for the
// machine, whose place it has again.
func (t *tx) put(ctx context.Context, f foundStatement, claim centre.ID, by string) error {
	var kept storedStatement
	if err := json.Unmarshal([]byte(f.content), &kept); err != nil {
		return fmt.Errorf("a stored statement cannot be read: %w", err)
	}
	kept.Score, kept.Why, kept.By = 1, nil, by
	text, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, "UPDATE statement SET claim_id = $1, at = $2, content = $3 WHERE report_id = $4 AND no = $5",
		int64(claim), t.now.UnixMilli(), clean(string(text)), int64(f.ref.Report), int64(f.ref.No))
	return err
}

// merge makes one claim another. Only statements are moved: what else hangs on the
// claim that ends is found by the name of what it was merged into, so that all of
// it is there again when the merge is taken back.
func (c *correction) merge(ctx context.Context) error {
	from, into := c.edit.Other, c.edit.Claim
	if from == into {
		return centre.Invalid("A claim cannot be merged with itself; name another.")
	}
	if _, err := c.exec(ctx, `INSERT INTO claim_move (edit_id, report_id, digest, from_id, pin_id, pin_name)
		SELECT DISTINCT CAST($1 AS BIGINT), z.report_id, z.digest, z.claim_id, 0, '' FROM statement z WHERE z.claim_id = $2 AND z.claim_id <> 0`, int64(c.edit.ID), int64(from)); err != nil {
		return err
	}
	if _, err := c.exec(ctx, "UPDATE statement SET claim_id = $1, at = $2 WHERE claim_id = $3 AND claim_id <> 0", int64(into), c.now.UnixMilli(), int64(from)); err != nil {
		return err
	}
	_, err := c.exec(ctx, "INSERT INTO claim_merged (id, into_id) VALUES ($1, $2)", int64(from), int64(into))
	return err
}

// relate keeps what a person says of two claims; it wins over the machine.
func (c *correction) relate(ctx context.Context, why string) error {
	a, b := c.edit.Claim, c.edit.Other
	if a == b {
		return centre.Invalid("A claim is not near itself; name another.")
	}
	var was storedRelation
	err := c.QueryRowContext(ctx, "SELECT tension, score, why, name FROM claim_related WHERE a_id = $1 AND b_id = $2", int64(min(a, b)), int64(max(a, b))).
		Scan(&was.Tension, &was.Score, &was.Why, &was.Name)
	switch {
	case err == nil:
		c.before = &was
	case !errors.Is(err, sql.ErrNoRows):
		return err
	}
	row, err := relatedRow(a, b, c.edit.Tension, 1, []string{why}, c.by)
	if err != nil {
		return err
	}
	return c.insert(ctx, intoRelated, orAsNow, [][]any{row})
}

// orAsNow lets a relation replace what was held of the two.
const orAsNow = `ON CONFLICT (a_id, b_id) DO UPDATE SET tension = excluded.tension, score = excluded.score, why = excluded.why, name = excluded.name`

// keep keeps a correction under the label of what the person saw.
func (c *correction) keep(ctx context.Context, g policy.Grant) error {
	o, a, e := g.Object(), g.Actor(), &c.edit
	label, _, err := c.label(ctx, *o.Target)
	if err != nil {
		return err
	}
	content, err := json.Marshal(storedEdit{e.Statements, e.Tension, c.before})
	if err != nil {
		return err
	}
	_, err = c.exec(ctx, `INSERT INTO claim_edit (id, kind, claim_id, other_id, label_id, content, reason, person, name, member, at, undoes)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`, int64(e.ID), string(e.Kind), int64(e.Claim), int64(e.Other), label.ID,
		clean(string(content)), clean(e.Reason), int64(a.Person), c.by, string(a.Member), c.now.UnixMilli(), int64(e.Undoes))
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
