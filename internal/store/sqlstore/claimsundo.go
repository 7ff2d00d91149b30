package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"entente/internal/centre"
)

// undo takes an edit back: what it moved and is still where it put it goes to where
// it was before. What was said or corrected since stays.
func (c *correction) undo(ctx context.Context) error {
	e := &c.edit
	var kind, content string
	var undone int64
	var into, other centre.ID
	err := c.QueryRowContext(ctx, "SELECT kind, claim_id, other_id, content, undone FROM claim_edit WHERE id = $1"+c.s.dialect.Locked, int64(e.Undoes)).
		Scan(&kind, &into, &other, &content, &undone)
	if err != nil {
		return orNotFound(err, "correction")
	}
	about, err := c.about(ctx, e.Claim, into, other)
	if err != nil {
		return err
	}
	if !about {
		return centre.NotFound("correction")
	}
	if undone != 0 || centre.ClaimEditKind(kind) == centre.EditUndo {
		return centre.Refuse(centre.CodeConflict, "This correction was taken back already; read the claim again. Nothing was changed.")
	}
	e.Claim, e.Other = into, other
	var kept storedEdit
	if err := json.Unmarshal([]byte(content), &kept); err != nil {
		return fmt.Errorf("a stored correction cannot be read: %w", err)
	}
	switch centre.ClaimEditKind(kind) {
	case centre.EditLink:
		err = c.putBack(ctx, into)
	case centre.EditSplit:
		if err = c.putBack(ctx, other); err == nil {
			_, err = c.exec(ctx, "DELETE FROM claim_related WHERE a_id = $1 AND b_id = $2 AND why = $3", int64(min(into, other)), int64(max(into, other)), `["`+setApart+`"]`)
		}
	case centre.EditMerge:
		err = c.part(ctx)
	case centre.EditRelated:
		if _, err = c.exec(ctx, "DELETE FROM claim_related WHERE a_id = $1 AND b_id = $2", int64(min(into, other)), int64(max(into, other))); err == nil && kept.Before != nil {
			b := kept.Before
			err = c.insert(ctx, intoRelated, orAsNow, [][]any{{int64(min(into, other)), int64(max(into, other)), b.Tension, b.Score, b.Why, b.Name}})
		}
	default:
		err = centre.Invalid("A correction of this kind cannot be taken back; nothing was changed.")
	}
	if err != nil {
		return err
	}
	if _, err := c.exec(ctx, "UPDATE claim_edit SET undone = $1 WHERE id = $2", int64(e.ID), int64(e.Undoes)); err != nil {
		return err
	}
	return c.leadOn(ctx)
}

// about tells whether the edit to be undone concerns a claim, as itself, as what it
// was merged into, or as where statements came from.
func (c *correction) about(ctx context.Context, claim centre.ID, named ...centre.ID) (bool, error) {
	family, err := mergedOf(ctx, c, []centre.ID{claim})
	if err != nil {
		return false, err
	}
	for _, id := range named {
		if _, ok := family[id]; ok && id != 0 {
			return true, nil
		}
	}
	var n int
	err = c.QueryRowContext(ctx, "SELECT count(*) FROM claim_move WHERE edit_id = $1 AND "+in("from_id", keysOf(family)), int64(c.edit.Undoes)).Scan(&n)
	return n > 0, err
}

// moved is a statement that an edit moved.
type moved struct {
	report   centre.ID
	digest   int64
	from     centre.ID
	pin      centre.ID
	pinnedBy string
}

func (c *correction) movedBy(ctx context.Context, edit centre.ID) ([]moved, error) {
	var list []moved
	rows, err := c.QueryContext(ctx, "SELECT report_id, digest, from_id, pin_id, pin_name FROM claim_move WHERE edit_id = $1 ORDER BY report_id, digest", int64(edit))
	err = each(rows, err, func(rows *sql.Rows) error {
		var m moved
		err := rows.Scan(&m.report, &m.digest, &m.from, &m.pin, &m.pinnedBy)
		list = append(list, m)
		return err
	})
	if err == nil && len(list) == 0 {
		// Before the centre kept what a correction moved.
		err = centre.Refuse(centre.CodeConflict, "It was not kept what this correction moved, so that it cannot be taken back; link or split the statements instead. Nothing was changed.")
	}
	return list, err
}

// putBack gives the statements that a link or split put into a claim their place of
// before. Those that another correction has moved since stay.
func (c *correction) putBack(ctx context.Context, from centre.ID) error {
	list, err := c.movedBy(ctx, c.edit.Undoes)
	if err != nil {
		return err
	}
	named := []centre.ID{from}
	for _, m := range list {
		named = append(named, m.from)
	}
	now, err := mergedInto(ctx, c, named)
	if err != nil {
		return err
	}
	stands := func(id centre.ID) centre.ID {
		if to, ok := now[id]; ok {
			return to
		}
		return id
	}
	for _, m := range list {
		var pinned centre.ID
		err := c.QueryRowContext(ctx, "SELECT claim_id FROM claim_pin WHERE report_id = $1 AND digest = $2", int64(m.report), m.digest).Scan(&pinned)
		if errors.Is(err, sql.ErrNoRows) || err == nil && pinned != from {
			continue
		}
		if err != nil {
			return err
		}
		if m.pin != 0 {
			_, err = c.exec(ctx, "UPDATE claim_pin SET claim_id = $1, name = $2 WHERE report_id = $3 AND digest = $4", int64(m.pin), m.pinnedBy, int64(m.report), m.digest)
		} else {
			_, err = c.exec(ctx, "DELETE FROM claim_pin WHERE report_id = $1 AND digest = $2", int64(m.report), m.digest)
		}
		if err != nil {
			return err
		}
		found, err := c.found(ctx, "z.report_id = $1 AND z.digest = $2 AND "+in("z.claim_id", []centre.ID{stands(from)}), int64(m.report), m.digest)
		if err != nil {
			return err
		}
		for _, f := range found {
			if err := c.put(ctx, f, stands(m.from), m.pinnedBy); err != nil {
				return err
			}
		}
		if to := stands(m.from); to != 0 && !slices.Contains(c.left, to) {
			c.left = append(c.left, to)
		}
	}
	return nil
}

// part takes a merge back. Statements that a person put into the claim that stayed,
// and those that came since, stay there.
func (c *correction) part(ctx context.Context) error {
	into, from := c.edit.Claim, c.edit.Other
	if _, err := c.exec(ctx, "DELETE FROM claim_merged WHERE id = $1 AND into_id = $2", int64(from), int64(into)); err != nil {
		return err
	}
	now, err := mergedInto(ctx, c, []centre.ID{into})
	if err != nil {
		return err
	}
	if to, ok := now[into]; ok {
		into = to
	}
	family, err := mergedOf(ctx, c, []centre.ID{from})
	if err != nil {
		return err
	}
	_, err = c.exec(ctx, `UPDATE statement SET claim_id = $1, at = $2 WHERE claim_id = $3 AND claim_id <> 0
		AND EXISTS (SELECT 1 FROM claim_move m WHERE m.edit_id = $4 AND m.report_id = statement.report_id AND m.digest = statement.digest)
		AND NOT EXISTS (SELECT 1 FROM claim_pin p WHERE p.report_id = statement.report_id AND p.digest = statement.digest AND NOT `+in("p.claim_id", keysOf(family))+")",
		int64(from), c.now.UnixMilli(), int64(into), int64(c.edit.Undoes))
	return err
}

// leadOn finds a claim to read after an undo: the one that was asked about, or
// where its statements went.
func (c *correction) leadOn(ctx context.Context) error {
	named := append([]centre.ID{c.leads, c.edit.Claim, c.edit.Other}, c.left...)
	now, err := mergedInto(ctx, c, named)
	if err != nil {
		return err
	}
	for _, id := range named {
		if to, ok := now[id]; ok {
			id = to
		}
		var n int
		if err := c.QueryRowContext(ctx, "SELECT count(*) FROM statement WHERE claim_id <> 0 AND claim_id = $1", int64(id)).Scan(&n); err != nil {
			return err
		}
		if id != 0 && n > 0 {
			c.leads = id
			return nil
		}
	}
	return nil
}
