package charter

import (
	"slices"
	"time"

	"entente/internal/centre"
)

// Version is a charter with the instant from which it is in force.
type Version struct {
	Effective time.Time
	Charter   Charter
}

// History is every version of a centre's charter, so that any past instant can
// be reconstructed from the version that was then in force. It does not change
// and is safe for concurrent use.
type History struct {
	versions  []Version
	stretches []stretch
	fixed     []Term
}

// stretch is a time in which the terms follow one version's rotation.
type stretch struct {
	charter *Charter
	from    time.Time // start of the first term counted by it
	first   int       // number of that term, in the history's count
	number  int       // what to add to the version's own count of terms
	cycle   int       // and of cycles
}

// NewHistory makes a history of versions in the order in which they were
// adopted. It refuses (CodeInvalid) a version that takes effect before the one
// before it, or that would move a term that has begun when it takes effect: a
// version either goes on with the rotation as it is, or anchors a new rotation
// at the end of a term that is still to end.
//
// The first version's terms count from its anchor even where that lies before
// its Effective: what began before it was written down.
//
// Fixed are terms as an earlier History.Past gave them. They stand as given,
// whatever today's time zone data say. They must begin with the first term and
// follow each other.
func NewHistory(versions []Version, fixed ...Term) (*History, error) {
	if len(versions) == 0 {
		return nil, centre.Invalid("the centre has no charter: adopt one first")
	}
	h := &History{versions: slices.Clone(versions)}
	for i := range h.versions {
		v := &h.versions[i]
		v.Effective = v.Effective.UTC()
		if i == 0 {
			h.stretches = []stretch{{charter: &v.Charter, from: v.Charter.Rotation.Anchor, first: 1}}
			continue
		}
		if v.Effective.Before(h.versions[i-1].Effective) {
			return nil, centre.Invalid("version %d of the charter would take effect before version %d: versions take effect in the order in which they are adopted", i+1, i)
		}
		next, err := h.goOn(v, i+1)
		if err != nil {
			return nil, err
		}
		// What an earlier version planned for after this is not to happen.
		h.stretches = slices.DeleteFunc(h.stretches, func(s stretch) bool { return s.first >= next.first })
		h.stretches = append(h.stretches, next)
	}
	if err := checkFixed(fixed); err != nil {
		return nil, err
	}
	h.fixed = slices.Clone(fixed)
	return h, nil
}

// goOn finds where version v, the number-th, takes over the terms.
func (h *History) goOn(v *Version, number int) (stretch, error) {
	anchor := v.Charter.Rotation.Anchor
	at, err := h.Term(anchor)
	if err != nil {
		return stretch{}, centre.Invalid("version %d of the charter begins its terms at %s, before the centre's first term: a past boundary never moves", number, stamp(anchor))
	}
	if !anchor.Before(v.Effective) {
		return h.plan(v, number, at)
	}
	// The anchor is past: every term that began before the version takes effect
	// must come out as it was.
	next := stretch{charter: &v.Charter, number: at.Number - 1, cycle: at.Cycle - 1}
	for n := 0; ; n++ {
		is := next.term(n)
		if at.Member != is.Member || !at.Start.Equal(is.Start) || !at.End.Equal(is.End) {
			return stretch{}, centre.Invalid("version %d of the charter would change the term of %s from %s to %s, which has begun when the version takes effect: keep the order and the anchor as they are, or anchor a new rotation at %s, the end of the running term", number, at.Member, stamp(at.Start), stamp(at.End), stamp(h.current(v.Effective).End))
		}
		if !at.End.Before(v.Effective) {
			next.from, next.first = at.End, at.Number+1
			return next, nil
		}
		at = h.after(at)
	}
}

// plan anchors a new rotation at a boundary still to come. A boundary written in
// the clock of another zone may lie hours from the one that it means; it moves.
func (h *History) plan(v *Version, number int, at Term) (stretch, error) {
	anchor := v.Charter.Rotation.Anchor
	if at.End.Sub(anchor) < day {
		at = h.after(at)
	}
	moved := anchor.Sub(at.Start).Abs()
	if moved != 0 && (moved >= day || at.Number == 1 || at.Start.Before(v.Effective)) {
		return stretch{}, centre.Invalid("version %d of the charter begins its terms at %s, within the term of %s from %s to %s: anchor a new rotation at the end of a term", number, stamp(anchor), at.Member, stamp(at.Start), stamp(at.End))
	}
	next := stretch{charter: &v.Charter, from: anchor, first: at.Number, number: at.Number - 1}
	if at.Number > 1 {
		next.cycle = h.before(at).Cycle
	}
	return next, nil
}

const day = 24 * time.Hour

// At gives the charter in force at an instant; before the first version took
// effect, the first.
func (h *History) At(at time.Time) *Charter {
	for i := len(h.versions) - 1; i > 0; i-- {
		if !at.Before(h.versions[i].Effective) {
			return &h.versions[i].Charter
		}
	}
	return &h.versions[0].Charter
}

// Versions lists all versions, oldest first.
func (h *History) Versions() []Version { return slices.Clone(h.versions) }

// Head gives the one head of the centre at an instant, by the version then in
// force. Before the first term it refuses with CodeNotFound.
func (h *History) Head(at time.Time) (Head, error) {
	term, err := h.Term(at)
	if err != nil {
		return Head{}, err
	}
	return h.At(at).head(term, at), nil
}

// Term gives the term that runs at an instant. Before the first term it refuses
// with CodeNotFound and says when that is.
func (h *History) Term(at time.Time) (Term, error) {
	first := h.stretches[0]
	if len(first.charter.Rotation.Order) == 0 || first.charter.Rotation.Period.Months == 0 {
		return Term{}, centre.Refuse(centre.CodeNotFound, "there is no charter, so nobody heads the centre")
	}
	if start := h.start(); at.Before(start) {
		return Term{}, centre.Refuse(centre.CodeNotFound, "the centre had no head at %s: its first term begins at %s", stamp(at), stamp(start))
	}
	return h.current(at), nil
}

// Calendar lists the terms that overlap [from, to), oldest first, across all
// versions. It is empty where all of that lies before the first term.
func (h *History) Calendar(from, to time.Time) []Term {
	if start := h.start(); from.Before(start) {
		from = start
	}
	var terms []Term
	if !from.Before(to) {
		return terms
	}
	term, err := h.Term(from)
	if err != nil {
		return terms
	}
	for term.Start.Before(to) {
		terms = append(terms, term)
		term = h.after(term)
	}
	return terms
}

// Past lists the terms that have begun at an instant: what to store so that
// NewHistory can hold their starts fixed. The end of the last is still to come
// and is not held.
func (h *History) Past(at time.Time) []Term {
	return h.Calendar(h.start(), at.Add(time.Nanosecond))
}
