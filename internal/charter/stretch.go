package charter

import (
	"time"

	"entente/internal/centre"
)

// term is term n of the stretch's own count, numbered in the history's.
func (s stretch) term(n int) Term {
	t := s.charter.term(n)
	t.Number += s.number
	t.Cycle += s.cycle
	return t
}

// start is when the first term begins.
func (h *History) start() time.Time {
	if len(h.fixed) > 0 {
		return h.fixed[0].Start
	}
	return h.stretches[0].from
}

// current is the term that runs at an instant not before start.
func (h *History) current(at time.Time) Term {
	for i := len(h.fixed) - 1; i >= 0; i-- {
		t := h.numbered(i + 1)
		if !at.Before(t.Start) {
			if at.Before(t.End) {
				return t
			}
			break
		}
	}
	i := len(h.stretches) - 1
	for i > 0 && at.Before(h.stretches[i].from) {
		i--
	}
	s := h.stretches[i]
	number := max(s.charter.index(at)+1+s.number, s.first, len(h.fixed)+1)
	if i+1 < len(h.stretches) {
		number = min(number, h.stretches[i+1].first-1)
	}
	return h.numbered(number)
}

// numbered is the term with a number of the history's count, from 1.
func (h *History) numbered(number int) Term {
	t := h.computed(number)
	if number <= len(h.fixed) {
		f := h.fixed[number-1]
		t.Member, t.Start, t.Cycle = f.Member, f.Start, f.Cycle
	}
	if number < len(h.fixed) {
		t.End = h.fixed[number].Start
	}
	return t
}

// computed is numbered by today's time zone data.
func (h *History) computed(number int) Term {
	i := len(h.stretches) - 1
	for i > 0 && number < h.stretches[i].first {
		i--
	}
	s := h.stretches[i]
	t := s.term(number - 1 - s.number)
	// A later stretch begins where its anchor says, and there this one ends.
	if i+1 < len(h.stretches) && number+1 == h.stretches[i+1].first {
		t.End = h.stretches[i+1].from
	}
	return t
}

func (h *History) after(t Term) Term { return h.numbered(t.Number + 1) }

func (h *History) before(t Term) Term { return h.numbered(t.Number - 1) }

// checkFixed holds the fixed terms against each other.
func checkFixed(fixed []Term) error {
	for i, t := range fixed {
		if t.Number != i+1 {
			return centre.Invalid("the stored terms are incomplete: number %d stands where number %d belongs", t.Number, i+1)
		}
		if !t.Start.Before(t.End) || i > 0 && !t.Start.Equal(fixed[i-1].End) {
			return centre.Invalid("the stored terms do not follow each other: number %d begins at %s", t.Number, stamp(t.Start))
		}
	}
	return nil
}

// stamp prints an instant for a sentence.
func stamp(at time.Time) string { return at.UTC().Format("2006-01-02 15:04 MST") }
