package sqlstore

import (
	"encoding/binary"
	"math"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/store"
)

// visible is the condition that a column with a label's number is in the view.
// It is all that the database knows of policy.
func visible(v policy.View, column string) string {
	if v.Unrestricted() {
		return column + " > 0"
	}
	return in(column, v.Labels())
}

// sighted reports whether the view is of somebody at all.
func sighted(v policy.View) bool {
	return v.Unrestricted() || v.Actor().Active && v.Actor().Member != ""
}

// permit refuses a grant that permits none of the actions.
func permit(g policy.Grant, actions ...policy.Action) error {
	for _, a := range actions {
		if g.Permits(a) {
			return nil
		}
	}
	return centre.Refuse(centre.CodeDenied, "This was not done: there is no permission for it.")
}

// permitMember is permit for the program itself, or for a person with one of
// the actions on things of the member.
func permitMember(g policy.Grant, member centre.MemberCode, action policy.Action) error {
	if g.Permits(policy.ActionPipeline) {
		return nil
	}
	if err := permit(g, action); err != nil {
		return err
	}
	if member == "" || g.Object().Member != member {
		return centre.Refuse(centre.CodeDenied, "This was not done: the permission is for another member.")
	}
	return nil
}

const (
	defaultLimit = 50
	maxLimit     = 200
)

// limitOf checks the size of a page.
func limitOf(limit int) (int, error) {
	switch {
	case limit == 0:
		return defaultLimit, nil
	case limit < 0 || limit > maxLimit:
		return 0, centre.Invalid("A page holds 1 to %d lines, not %d.", maxLimit, limit)
	}
	return limit, nil
}

// pageOf reads a page of a list that is walked by ids, newest first: only ids
// below before are still to come. The cursor is the id of the last line shown,
// which the reader has seen.
func pageOf(p store.Page, kind byte) (before int64, limit int, err error) {
	if limit, err = limitOf(p.Limit); err != nil {
		return 0, 0, err
	}
	if p.After == "" {
		return math.MaxInt64, limit, nil
	}
	if p.After[0] == kind {
		if id, err := centre.ParseID(p.After[1:]); err == nil && id > 0 {
			return int64(id), limit, nil
		}
	}
	return 0, 0, centre.Invalid("%q is not a place in this list; begin again without it", p.After)
}

func cursorOf(kind byte, id centre.ID) string { return string(kind) + id.String() }

// uint64 keys are kept in signed columns.
func bits(u uint64) int64 { return int64(u) }

func packMinHash(signature []uint32) any {
	if signature == nil {
		return nil
	}
	b := make([]byte, 0, 4*len(signature))
	for _, n := range signature {
		b = binary.BigEndian.AppendUint32(b, n)
	}
	return b
}

func unpackMinHash(b []byte) []uint32 {
	if len(b) == 0 {
		return nil
	}
	signature := make([]uint32, 0, len(b)/4)
	for len(b) >= 4 {
		signature, b = append(signature, binary.BigEndian.Uint32(b)), b[4:]
	}
	return signature
}
