package charter

import (
	"time"

	"entente/internal/centre"
)

// Term is one turn of one member.
type Term struct {
	Member centre.MemberCode `json:"member"`
	Start  time.Time         `json:"from"`   // UTC, included
	End    time.Time         `json:"until"`  // UTC, not included
	Number int               `json:"number"` // of all terms, from 1
	Cycle  int               `json:"cycle"`  // of the rounds through the order, from 1
}

// Contains reports whether at lies in t.
func (t Term) Contains(at time.Time) bool {
	return !at.Before(t.Start) && at.Before(t.End)
}

// Term gives the term that runs at an instant. Before the first term it refuses
// with CodeNotFound and says when that is.
func (c *Charter) Term(at time.Time) (Term, error) {
	h := single(c)
	return h.Term(at)
}

// Calendar lists the terms that overlap [from, to), oldest first.
func (c *Charter) Calendar(from, to time.Time) []Term {
	h := single(c)
	return h.Calendar(from, to)
}

// Head gives the one head of the centre at an instant. Before the first term it
// refuses with CodeNotFound.
func (c *Charter) Head(at time.Time) (Head, error) {
	h := single(c)
	return h.Head(at)
}

// single is the history of a charter that has had one version.
func single(c *Charter) *History {
	return &History{
		versions:  []Version{{Charter: *c}},
		stretches: []stretch{{charter: c, from: c.Rotation.Anchor, first: 1}},
	}
}

// boundary is the start of term n of the charter's own count, from 0. It may be
// asked for negative n.
func (c *Charter) boundary(n int) time.Time {
	return instant(addMonths(c.Rotation.wall, n*c.Rotation.Period.Months), c.Location())
}

// index is the number, from 0, of the term of the charter's own count that runs
// at an instant; negative before the anchor.
func (c *Charter) index(at time.Time) int {
	local, wall := at.In(c.Location()), c.Rotation.wall
	months := (local.Year()-wall.Year())*12 + int(local.Month()) - int(wall.Month())
	n := months / c.Rotation.Period.Months
	for c.boundary(n).After(at) {
		n--
	}
	for !c.boundary(n + 1).After(at) {
		n++
	}
	return n
}

// turn tells whose term n is, and in which round, both from 0. A round is made
// of the members of the order that have joined when it begins; so one that
// joins in the middle of a round waits for the next.
func (c *Charter) turn(n int) (member centre.MemberCode, round int) {
	first := 0
	for {
		roster := c.roster(c.boundary(first))
		if len(roster) == 0 {
			return "", round
		}
		size := len(roster)
		if size == len(c.Rotation.Order) { // nobody is left to join
			round += (n - first) / size
			return roster[(n-first)%size], round
		}
		if n < first+size {
			return roster[n-first], round
		}
		first += size
		round++
	}
}

// roster lists the members of the order that have joined by an instant. Those
// that have withdrawn keep their turns.
func (c *Charter) roster(at time.Time) []centre.MemberCode {
	joined := make([]centre.MemberCode, 0, len(c.Rotation.Order))
	for _, code := range c.Rotation.Order {
		if m, ok := c.Member(code); ok && !at.Before(m.Joined) {
			joined = append(joined, code)
		}
	}
	return joined
}

// term is term n of the charter's own count, from 0.
func (c *Charter) term(n int) Term {
	member, round := c.turn(n)
	return Term{Member: member, Start: c.boundary(n), End: c.boundary(n + 1), Number: n + 1, Cycle: round + 1}
}
