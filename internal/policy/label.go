package policy

import (
	"slices"

	"entente/internal/centre"
)

// LabelID is the number of a Label in one store. Zero is no label.
type LabelID = int64

// Label is one distinct marking with its number. A stored label never changes:
// to mark a record anew is to point it at another label.
type Label struct {
	ID      LabelID
	Marking centre.Marking
}

// Actor is somebody who asks: a person as the centre knows them now. The zero
// Actor is nobody and sees nothing.
type Actor struct {
	Person    centre.ID
	Name      string
	Member    centre.MemberCode
	Roles     []centre.Role
	Clearance centre.Level
	// Active: the account is not suspended and its member takes part in the
	// centre at this moment.
	Active bool
}

// Has reports whether a holds role r.
func (a Actor) Has(r centre.Role) bool { return slices.Contains(a.Roles, r) }

// Visible reports whether a may see what carries the marking m. All of these
// must hold (DOMAIN: access rule):
//
//   - the actor is active and of a member;
//   - the actor's clearance reaches the level;
//   - the actor's member is the originator or named as a recipient;
//   - under TLP:RED, which is for individual recipients, the actor is the
//     originator's or is the accredited officer of a named member;
//   - the marking has only caveats that this program knows.
//
// ORCON does not hide a report from its named recipients; it forbids passing
// it on, which Join keeps and exports refuse.
func Visible(a Actor, m centre.Marking) bool {
	if !a.Active || a.Member == "" || m.Originator == "" {
		return false
	}
	if m.Level < centre.Unclassified || m.Level > a.Clearance {
		return false
	}
	if !m.ReleasedTo(a.Member) {
		return false
	}
	if m.TLP == centre.TLPRed && a.Member != m.Originator && !a.Has(centre.RoleOfficer) {
		return false
	}
	if m.TLP < centre.TLPNone || m.TLP > centre.TLPRed {
		return false
	}
	for _, c := range m.Caveats {
		if !slices.Contains(centre.Caveats, c) {
			return false
		}
	}
	return true
}

// Join is the marking of what is derived from things marked ms: the highest
// level, only the recipients common to all, every caveat, the strictest TLP.
// Whoever sees the join sees every input.
//
// TLP:CLEAR and TLP:GREEN say that something may go on to many. The join bears
// such a label only where every input bears one: nobody said it of the others.
//
// The originator of the join is the first input's where it is released all the
// inputs, else the first member that is. Where no member is common to all,
// ok is false: the derivation must be blocked and sanitisation offered.
func Join(ms ...centre.Marking) (joined centre.Marking, ok bool) {
	if len(ms) == 0 {
		return centre.Marking{}, false
	}
	var common []centre.MemberCode
	for _, c := range append([]centre.MemberCode{ms[0].Originator}, ms[0].Canonical().Releasable...) {
		if !slices.ContainsFunc(ms, func(m centre.Marking) bool { return !m.ReleasedTo(c) }) {
			common = append(common, c)
		}
	}
	// Under TLP:RED the originator sees without being an officer. The join's
	// originator must not gain by that what an input kept from it.
	red := slices.ContainsFunc(ms, func(m centre.Marking) bool { return m.TLP == centre.TLPRed })
	var origin centre.MemberCode
	for _, c := range common {
		if !red || !slices.ContainsFunc(ms, func(m centre.Marking) bool { return m.TLP == centre.TLPRed && m.Originator != c }) {
			origin = c
			break
		}
	}
	if origin == "" {
		return centre.Marking{}, false
	}
	joined = centre.Marking{Originator: origin, Releasable: common}
	for _, m := range ms {
		joined.Level = max(joined.Level, m.Level)
		joined.TLP = max(joined.TLP, m.TLP)
		joined.Caveats = append(joined.Caveats, m.Caveats...)
	}
	unlabelled := slices.ContainsFunc(ms, func(m centre.Marking) bool { return m.TLP == centre.TLPNone })
	if unlabelled && joined.TLP <= centre.TLPGreen {
		joined.TLP = centre.TLPNone
	}
	return joined.Canonical(), true
}

// Within is the marking of a document that bears one of its own and came by a
// source: never wider than the source's, whatever the document says of itself.
// It is the [Join] of both, with the source's originator. Where the two have
// nobody in common it is for that originator alone, at the higher level.
func Within(source, own centre.Marking) centre.Marking {
	if joined, ok := Join(source, own); ok && joined.Originator == source.Originator {
		return joined
	}
	m := centre.Marking{Originator: source.Originator, Level: max(source.Level, own.Level), TLP: max(source.TLP, own.TLP)}
	if m.TLP <= centre.TLPGreen {
		m.TLP = centre.TLPNone
	}
	m.Caveats = append(append(m.Caveats, source.Caveats...), own.Caveats...)
	return m.Canonical()
}
