package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"entente/internal/centre"
	"entente/internal/identity"
	"entente/internal/policy"
	"entente/internal/store"
)

const intoEntityEdit = `INSERT INTO entity_edit (id, action, entity_id, other_id, moved, reason, person, name, member, at, undone_reason, undone_name, undone_member, undone_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', '', '', NULL)`

// move is what a decision changed, so that it can be taken back.
type move struct {
	Entities []centre.ID `json:"entities,omitempty"` // of a merge: those that stand for the other now
	Rows     []movedRow  `json:"rows,omitempty"`     // of a split
}

type movedRow struct {
	Report centre.ID `json:"report"`
	Local  string    `json:"local"`
	From   centre.ID `json:"from"`
}

// ChangeEntity implements store.Entities.
func (s *Store) ChangeEntity(ctx context.Context, g policy.Grant, change store.EntityChange) (centre.EntityEdit, error) {
	edit := centre.EntityEdit{Action: change.Action, Entity: g.Object().ID, Other: change.Other, Reports: []centre.ID{}, Reason: clean(change.Reason)}
	if err := permit(g, policy.ActionIdentify); err != nil {
		return edit, err
	}
	a := g.Actor()
	err := s.write(ctx, func(t *tx) error {
		kind, known, err := t.standsForItself(ctx, edit.Entity)
		if err != nil {
			return err
		}
		var moved move
		detail := ""
		switch change.Action {
		case centre.EntityMerge, centre.EntityReject:
			otherKind, otherKnown, err := t.standsForItself(ctx, change.Other)
			switch {
			case err != nil:
				return err
			case change.Other == edit.Entity:
				return centre.Invalid("An entity cannot be compared with itself; name another.")
			case (kind == centre.MentionPerson) != (otherKind == centre.MentionPerson):
				return centre.Invalid("One of the two is a person and the other is not; nothing was changed.")
			case change.Action == centre.EntityMerge && known != "" && otherKnown != "":
				return centre.Invalid("Both are in the list of public bodies, which keeps them apart; nothing was changed.")
			}
			detail = "Kept it apart from " + change.Other.String() + "."
			if change.Action == centre.EntityMerge {
				stays, goes := edit.Entity, change.Other
				if otherKnown != "" {
					stays, goes = goes, stays
				}
				edit.Entity, edit.Other = stays, goes
				if moved.Entities, err = t.pointAt(ctx, goes, stays); err != nil {
					return err
				}
				detail = "Merged " + goes.String() + " into it."
			}
		case centre.EntitySplit:
			if moved.Rows, edit.Other, err = t.split(ctx, edit.Entity, kind, change.Reports); err != nil {
				return err
			}
			edit.Reports = change.Reports
			detail = fmt.Sprintf("Took %d reports of another out of it.", len(change.Reports))
		default:
			return centre.Invalid("There is no such decision about people and bodies.")
		}
		text, err := json.Marshal(moved)
		if err != nil {
			return err
		}
		edit.ID, edit.By, edit.Member, edit.At = s.ids.Next(t.now), clean(a.Name), a.Member, t.now
		if _, err := t.exec(ctx, intoEntityEdit, int64(edit.ID), string(edit.Action), int64(edit.Entity), int64(edit.Other), string(text), edit.Reason,
			int64(a.Person), edit.By, string(edit.Member), t.now.UnixMilli()); err != nil {
			return err
		}
		return t.enter(ctx, g, deed{action: policy.ActionIdentify, kind: "entity", object: edit.Entity, detail: detail})
	})
	if err != nil {
		return centre.EntityEdit{}, err
	}
	return edit, nil
}

// standsForItself locks an entity and refuses where it was merged meanwhile.
func (t *tx) standsForItself(ctx context.Context, id centre.ID) (kind centre.MentionKind, known string, err error) {
	var head centre.ID
	err = t.QueryRowContext(ctx, "SELECT kind, known, head_id FROM entity WHERE id = $1"+t.s.dialect.Locked, int64(id)).Scan(&kind, &known, &head)
	if err != nil {
		return "", "", orNotFound(err, "person or body")
	}
	if head != id {
		return "", "", centre.Refuse(centre.CodeConflict, "This person or body was merged into another meanwhile; read it again and decide anew.")
	}
	return kind, known, nil
}

// pointAt lets one entity, and all that was merged into it, stand for another.
func (t *tx) pointAt(ctx context.Context, from, to centre.ID) ([]centre.ID, error) {
	return ids(t.QueryContext(ctx, "UPDATE entity SET head_id = $1 WHERE head_id = $2 RETURNING id", int64(to), int64(from)))
}

// split gives what reports say of an entity to a new one.
func (t *tx) split(ctx context.Context, entity centre.ID, kind centre.MentionKind, reports []centre.ID) ([]movedRow, centre.ID, error) {
	var rows []movedRow
	found, err := t.QueryContext(ctx, "SELECT x.report_id, x.local, x.entity_id FROM report_entity x JOIN entity e ON e.id = x.entity_id WHERE e.head_id = $1 AND "+
		in("x.report_id", reports)+" ORDER BY x.report_id, x.local", int64(entity))
	err = each(found, err, func(found *sql.Rows) error {
		var r movedRow
		err := found.Scan(&r.Report, &r.Local, &r.From)
		rows = append(rows, r)
		return err
	})
	if err != nil {
		return nil, 0, err
	}
	for _, id := range reports {
		if !slices.ContainsFunc(rows, func(r movedRow) bool { return r.Report == id }) {
			return nil, 0, centre.Invalid("The report %s does not name this person or body; nothing was changed.", id)
		}
	}
	if len(rows) == 0 {
		return nil, 0, centre.Invalid("Name the reports that mean another; nothing was changed.")
	}
	fresh := centre.RandomID()
	if err := t.insert(ctx, intoEntity, "", [][]any{{int64(fresh), "", string(kind), int64(fresh)}}); err != nil {
		return nil, 0, err
	}
	var keys [][]any
	seen := map[string]bool{}
	for _, r := range rows {
		if _, err := t.exec(ctx, "UPDATE report_entity SET entity_id = $1 WHERE report_id = $2 AND local = $3", int64(fresh), int64(r.Report), r.Local); err != nil {
			return nil, 0, err
		}
		names, err := t.QueryContext(ctx, "SELECT name FROM entity_name WHERE report_id = $1 AND local = $2", int64(r.Report), r.Local)
		err = each(names, err, func(names *sql.Rows) error {
			var name string
			err := names.Scan(&name)
			for _, w := range identity.ParseName(name).Words {
				for _, k := range w.Keys {
					if !seen[k] {
						seen[k] = true
						keys = append(keys, []any{k, int64(fresh)})
					}
				}
			}
			return err
		})
		if err != nil {
			return nil, 0, err
		}
	}
	return rows, fresh, t.insert(ctx, intoEntityKey, unlessThere, keys)
}

// UndoEntity implements store.Entities.
func (s *Store) UndoEntity(ctx context.Context, g policy.Grant, reason string) error {
	if err := permit(g, policy.ActionIdentify); err != nil {
		return err
	}
	a, id := g.Actor(), g.Object().ID
	return s.write(ctx, func(t *tx) error {
		var action centre.EntityAction
		var entity, other centre.ID
		var text string
		var undone sql.NullInt64
		err := t.QueryRowContext(ctx, "SELECT action, entity_id, other_id, moved, undone_at FROM entity_edit WHERE id = $1"+s.dialect.Locked, int64(id)).Scan(&action, &entity, &other, &text, &undone)
		if err != nil {
			return orNotFound(err, "decision")
		}
		if undone.Valid {
			return centre.Refuse(centre.CodeConflict, "This decision was taken back already.")
		}
		var moved move
		if err := json.Unmarshal([]byte(text), &moved); err != nil {
			return err
		}
		if err := t.takeBack(ctx, action, entity, other, moved); err != nil {
			return err
		}
		if _, err := t.exec(ctx, "UPDATE entity_edit SET undone_reason = $1, undone_name = $2, undone_member = $3, undone_at = $4 WHERE id = $5",
			clean(reason), clean(a.Name), string(a.Member), t.now.UnixMilli(), int64(id)); err != nil {
			return err
		}
		return t.enter(ctx, g, deed{action: policy.ActionIdentify, kind: "entity", object: entity, detail: "Took a decision about it back: " + string(action) + " " + other.String() + "."})
	})
}

func (t *tx) takeBack(ctx context.Context, action centre.EntityAction, entity, other centre.ID, moved move) error {
	later := centre.Refuse(centre.CodeConflict, "A later decision builds on this one; take that one back first.")
	switch action {
	case centre.EntityMerge:
		head, err := headOf(ctx, t, entity)
		if err != nil {
			return err
		}
		back, err := ids(t.QueryContext(ctx, "UPDATE entity SET head_id = $1 WHERE head_id = $2 AND "+in("id", moved.Entities)+" RETURNING id", int64(other), int64(head)))
		if err == nil && len(back) != len(moved.Entities) {
			err = later
		}
		return err
	case centre.EntitySplit:
		if head, err := headOf(ctx, t, other); err != nil || head != other {
			if err == nil {
				err = later
			}
			return err
		}
		for _, r := range moved.Rows {
			if _, err := t.exec(ctx, "UPDATE report_entity SET entity_id = $1 WHERE report_id = $2 AND local = $3 AND entity_id = $4", int64(r.From), int64(r.Report), r.Local, int64(other)); err != nil {
				return err
			}
		}
		_, err := t.exec(ctx, "UPDATE report_entity SET entity_id = $1 WHERE entity_id = $2", int64(entity), int64(other))
		return err
	}
	return nil
}

const selectEdits = `SELECT d.id, d.action, d.entity_id, d.other_id, d.moved, d.reason, d.name, d.member, d.at, d.undone_reason, d.undone_name, d.undone_member, d.undone_at FROM entity_edit d`

// EntityEdits implements store.Entities.
func (s *Store) EntityEdits(ctx context.Context, v policy.View, id centre.ID) ([]centre.EntityEdit, error) {
	edits := []centre.EntityEdit{}
	err := s.read(ctx, func(tx *sql.Tx) error {
		e, err := s.entity(ctx, tx, v, id)
		if err != nil {
			return err
		}
		edits, err = s.edits(ctx, tx, v, ` WHERE d.entity_id IN (SELECT id FROM entity WHERE head_id = $1) OR d.other_id IN (SELECT id FROM entity WHERE head_id = $1) ORDER BY d.id DESC LIMIT 200`, int64(e.ID))
		return err
	})
	return edits, err
}

// EntityEdit implements store.Entities.
func (s *Store) EntityEdit(ctx context.Context, v policy.View, id centre.ID) (centre.EntityEdit, error) {
	var edit centre.EntityEdit
	err := s.read(ctx, func(tx *sql.Tx) error {
		found, err := s.edits(ctx, tx, v, " WHERE d.id = $1", int64(id))
		if err == nil && len(found) == 0 {
			err = centre.NotFound("decision")
		}
		if err == nil {
			edit = found[0]
		}
		return err
	})
	return edit, err
}

// edits reads decisions of which the view sees both sides.
func (s *Store) edits(ctx context.Context, tx *sql.Tx, v policy.View, where string, args ...any) ([]centre.EntityEdit, error) {
	edits := []centre.EntityEdit{}
	var moves []move
	rows, err := tx.QueryContext(ctx, selectEdits+where, args...)
	err = each(rows, err, func(rows *sql.Rows) error {
		e := centre.EntityEdit{Reports: []centre.ID{}}
		var undo centre.EntityUndo
		var text string
		var at, undone sql.NullInt64
		var m move
		err := rows.Scan(&e.ID, &e.Action, &e.Entity, &e.Other, &text, &e.Reason, &e.By, &e.Member, &at, &undo.Reason, &undo.By, &undo.Member, &undone)
		if err == nil {
			err = json.Unmarshal([]byte(text), &m)
		}
		e.At = timeOf(at)
		if undone.Valid {
			undo.At = timeOf(undone)
			e.Undone = &undo
		}
		edits, moves = append(edits, e), append(moves, m)
		return err
	})
	if err != nil {
		return nil, err
	}
	kept := []centre.EntityEdit{}
	for i := range edits {
		ok, err := s.seesEdit(ctx, tx, v, &edits[i], moves[i])
		if err != nil {
			return nil, err
		}
		if ok {
			kept = append(kept, edits[i])
		}
	}
	return kept, nil
}

// seesEdit tells whether the view sees both sides of a decision by themselves,
// and leaves the reports of a split that it sees.
func (s *Store) seesEdit(ctx context.Context, q querier, v policy.View, e *centre.EntityEdit, m move) (bool, error) {
	group := func(id centre.ID) ([]centre.ID, error) {
		return ids(q.QueryContext(ctx, "SELECT id FROM entity WHERE head_id = (SELECT head_id FROM entity WHERE id = $1)", int64(id)))
	}
	one, err := group(e.Entity)
	if err != nil {
		return false, err
	}
	other := m.Entities
	switch e.Action {
	case centre.EntityMerge:
		one = slices.DeleteFunc(one, func(id centre.ID) bool { return slices.Contains(other, id) })
	case centre.EntitySplit:
		var reports []centre.ID
		for _, r := range m.Rows {
			reports = append(reports, r.Report)
		}
		if e.Reports, err = ids(q.QueryContext(ctx, "SELECT id FROM report WHERE "+in("id", reports)+" AND "+visible(v, "label_id")+" ORDER BY id")); err != nil || len(e.Reports) == 0 {
			return false, err
		}
		return s.sees(ctx, q, v, one)
	default:
		if other, err = group(e.Other); err != nil {
			return false, err
		}
	}
	ok, err := s.sees(ctx, q, v, one)
	if err != nil || !ok {
		return false, err
	}
	return s.sees(ctx, q, v, other)
}
