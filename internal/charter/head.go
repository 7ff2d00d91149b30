package charter

import (
	"fmt"
	"slices"
	"time"

	"entente/internal/centre"
)

// Cause says why the head is not simply the chair member's officer.
type Cause string

const (
	CauseNone        Cause = ""             // it is
	CauseNotNamed    Cause = "not_named"    // the chair member has appointed nobody
	CauseNotAccepted Cause = "not_accepted" // its officer has not accepted
	CauseAbsent      Cause = "absent"       // its officer is absent
	CauseWithdrawn   Cause = "withdrawn"    // the chair member has left the centre
)

// Head is who heads the centre at an instant.
type Head struct {
	Term   Term              `json:"term"`
	Chair  centre.MemberCode `json:"chair"`  // whose term it is
	Member centre.MemberCode `json:"member"` // whose officer heads
	Name   string            `json:"name"`   // of the officer; "" where none is named: the post itself heads
	Login  string            `json:"login"`  // of the officer's account; "" where none
	Acting bool              `json:"acting"` // in place of the chair member's officer
	Deputy string            `json:"deputy"` // name of the deputy who would act now; "" where nobody
	Cause  Cause             `json:"cause"`
	Reason string            `json:"reason"` // a sentence; "" where there is no cause
	Limits []string          `json:"limits"` // what this head may not do; none for a regular head
}

// Named reports whether an officer is known by name.
func (h Head) Named() bool { return h.Name != "" }

// defaultLimit binds every acting head whose charter names no limits.
const defaultLimit = "The charter is not changed while the head is acting."

// head finds the head in a running term. The order of search is that of the
// package's documentation; it always ends with one.
func (c *Charter) head(term Term, at time.Time) Head {
	h := Head{Term: term, Chair: term.Member}
	chair, known := c.Member(term.Member)
	deputy, hasDeputy := c.deputy(term.Member, at)
	if hasDeputy {
		h.Deputy = deputy.Name
	}
	var why string
	if known {
		officer, cause, sentence := c.officer(chair, at)
		if cause == CauseNone {
			h.take(officer)
			return h
		}
		h.Cause, why = cause, sentence
	} else {
		h.Cause, why = CauseWithdrawn, fmt.Sprintf("%s is no longer named in the charter", term.Member)
	}
	h.Limits = slices.Clone(c.Rotation.Limits)
	if len(h.Limits) == 0 {
		h.Limits = []string{defaultLimit}
	}
	if hasDeputy {
		h.take(deputy)
		h.Acting = true
		h.Reason = fmt.Sprintf("%s; the deputy, %s of %s, acts.", why, deputy.Name, c.name(deputy.Member))
		return h
	}
	for _, member := range c.inOrder(term.Member) {
		if next, ok := c.available(member, at); ok {
			h.take(next)
			h.Acting = true
			h.Reason = fmt.Sprintf("%s, and no deputy can act; %s of %s acts, the next in order.", why, next.Name, c.name(next.Member))
			return h
		}
	}
	h.Member = c.vacant(term.Member, at)
	h.Acting = h.Member != h.Chair
	h.Reason = fmt.Sprintf("%s, and no other officer can act; the post of %s heads the centre, its officer not named.", why, c.name(h.Member))
	return h
}

func (h *Head) take(a Appointment) { h.Member, h.Name, h.Login = a.Member, a.Name, a.Login }

// officer gives the officer whom a member has on the post of head, or why there
// is none that can serve.
func (c *Charter) officer(m Member, at time.Time) (a Appointment, cause Cause, sentence string) {
	name := c.name(m.Code)
	if !m.Active(at) {
		return a, CauseWithdrawn, fmt.Sprintf("%s has left the centre before the end of its term", name)
	}
	a, named := c.appointed(PostHead, m.Code, at)
	switch {
	case !named:
		return a, CauseNotNamed, fmt.Sprintf("%s has not named an officer", name)
	case !a.accepted(at):
		return a, CauseNotAccepted, fmt.Sprintf("%s of %s has not accepted", a.Name, name)
	case a.absent(at):
		return a, CauseAbsent, fmt.Sprintf("%s of %s is absent", a.Name, name)
	}
	return a, CauseNone, ""
}

// deputy finds the deputy that the charter's rule gives to a chair member, if
// one can act.
func (c *Charter) deputy(chair centre.MemberCode, at time.Time) (Appointment, bool) {
	code := centre.MemberCode(c.Rotation.Deputy)
	switch c.Rotation.Deputy {
	case DeputyOfChair, "":
		code = chair
	case DeputyOfNext:
		code = ""
		for _, m := range c.inOrder(chair) {
			if m.Active(at) && m.Code != chair {
				code = m.Code
				break
			}
		}
	}
	m, ok := c.Member(code)
	if !ok || !m.Active(at) {
		return Appointment{}, false
	}
	return c.ready(PostDeputy, code, at)
}

// available finds somebody of a member who can act: its officer, else its deputy.
func (c *Charter) available(m Member, at time.Time) (Appointment, bool) {
	if !m.Active(at) {
		return Appointment{}, false
	}
	if a, ok := c.ready(PostHead, m.Code, at); ok {
		return a, true
	}
	return c.ready(PostDeputy, m.Code, at)
}

// vacant tells whose post heads the centre where no officer can: the chair's,
// else that of the next member in order, else of any member.
func (c *Charter) vacant(chair centre.MemberCode, at time.Time) centre.MemberCode {
	if m, ok := c.Member(chair); ok && m.Active(at) {
		return chair
	}
	for _, m := range append(c.inOrder(chair), c.Members...) {
		if m.Active(at) {
			return m.Code
		}
	}
	return chair
}

// ready gives the officer on a post who has accepted and is not absent.
func (c *Charter) ready(post Post, code centre.MemberCode, at time.Time) (Appointment, bool) {
	a, ok := c.appointed(post, code, at)
	return a, ok && a.accepted(at) && !a.absent(at)
}

// appointed gives the appointment in force. Parse refuses two at one instant.
func (c *Charter) appointed(post Post, code centre.MemberCode, at time.Time) (Appointment, bool) {
	for _, a := range c.Appointments {
		if a.Post == post && a.Member == code && (Span{a.From, a.Until}).Contains(at) {
			return a, true
		}
	}
	return Appointment{}, false
}

func (a Appointment) accepted(at time.Time) bool {
	return !a.Accepted.IsZero() && !at.Before(a.Accepted)
}

func (a Appointment) absent(at time.Time) bool {
	return slices.ContainsFunc(a.Absent, func(s Span) bool { return s.Contains(at) })
}

// name is a member's name for a sentence.
func (c *Charter) name(code centre.MemberCode) string {
	if m, ok := c.Member(code); ok && m.Names["en"] != "" {
		return m.Names["en"]
	}
	return string(code)
}
