package charter

import (
	"regexp"
	"slices"
	"time"

	"entente/internal/centre"
)

// lines remembers where things stand, for rules that look at several of them.
type lines struct {
	members      map[centre.MemberCode]int
	appointments []int
}

// groupForm is what centre.ParseMarking can find in REL TO.
var groupForm = regexp.MustCompile(`^[A-Z][A-Z0-9+-]{1,31}$`)

func (s section) checkGroup(name string) {
	if !groupForm.MatchString(name) {
		s.problem(s.line, "%q is not the name of a group: use capital letters and digits, such as FOUR", name)
	}
	if name == GroupMembers {
		s.problem(s.line, "the group %s is built in: it is all members of the moment", GroupMembers)
	}
	if len(s.list("members")) == 0 {
		s.problem(s.line, "%s has no members", s.what)
	}
}

// membership holds a member's dates against each other.
func (l *lines) membership(m *Member, s section, c *Charter) {
	if m.Withdrawn.IsZero() {
		return
	}
	if !m.Withdrawn.After(m.Joined) {
		s.problem(s.at("withdrawn"), "%s withdraws before it has joined", s.what)
	}
	if !m.Notice.IsZero() && m.Withdrawn.Before(m.Notice) {
		s.problem(s.at("withdrawn"), "%s withdraws before it has given notice", s.what)
	}
}

// check holds the parts of a charter against each other.
func (l *lines) check(c *Charter, s, head section) {
	l.order(c, s, head)
	l.people(c, s)
	for _, m := range c.Members {
		if notice := c.Withdrawal.Notice; notice.Months > 0 && !m.Withdrawn.IsZero() {
			line := l.members[m.Code]
			if m.Notice.IsZero() {
				s.problem(line, "the member %s withdraws without \"notice\": the charter asks for %s", m.Code, notice)
			} else if earliest := later(m.Notice, notice, c.Location()); m.Withdrawn.Before(earliest) {
				s.problem(line, "the member %s withdraws before its notice of %s has run, which is at %s", m.Code, notice, stamp(earliest))
			}
		}
	}
	if c.Quorum > len(c.Members) {
		s.problem(s.at("quorum"), "the quorum is %d, more than the %d members: the council could never decide", c.Quorum, len(c.Members))
	}
	if c.Quorum == 0 && !s.has("quorum") {
		s.problem(s.line, "the charter lacks \"quorum\": how many members must be present to decide")
	}
	for _, g := range c.Groups {
		line := s.at("groups")
		if _, isMember := l.members[centre.MemberCode(g.Name)]; isMember {
			s.problem(line, "the group %s has the name of a member: a marking could not tell them apart", g.Name)
		}
		for _, code := range g.Members {
			l.known(s, line, code, "the group "+g.Name)
		}
	}
}

// later is an instant moved by a calendar period.
func later(at time.Time, p Period, location *time.Location) time.Time {
	local := at.In(location)
	wall := time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), local.Minute(), local.Second(), 0, time.UTC)
	return instant(addMonths(wall, p.Months), location)
}

func (l *lines) known(s section, line int, code centre.MemberCode, what string) bool {
	if _, ok := l.members[code]; ok || code == "" {
		return true
	}
	known := make([]string, 0, len(l.members))
	for k := range l.members {
		known = append(known, string(k))
	}
	slices.Sort(known)
	if near := nearest(string(code), known); near != "" {
		s.problem(line, "%s names %s, which is not a member; perhaps %s is meant", what, code, near)
	} else {
		s.problem(line, "%s names %s, which is not a member of the centre", what, code)
	}
	return false
}

// order holds the order of the rotation against the members: every founder has
// a turn, nobody has two, and somebody has the first.
func (l *lines) order(c *Charter, s, head section) {
	founders := 0
	for _, m := range c.Members {
		if !m.Founder {
			continue
		}
		founders++
		if len(c.Rotation.Order) > 0 && m.Withdrawn.IsZero() && !slices.Contains(c.Rotation.Order, m.Code) {
			head.problem(head.at("order"), "the order leaves out the founder %s: the head comes from every founding member in turn", m.Code)
		}
	}
	if founders == 0 {
		s.problem(s.at("members"), "the charter has no founding member: mark at least one with \"founder: true\"")
	}
	if head.line == 0 {
		return
	}
	line := head.at("order")
	if len(c.Rotation.Order) == 0 {
		head.problem(line, "the post of head has no \"order\": exactly one member must have each term")
	}
	first := false
	for i, code := range c.Rotation.Order {
		if slices.Contains(c.Rotation.Order[:i], code) {
			head.problem(line, "the order has %s twice: a member has one turn in a round", code)
		}
		if m, ok := c.Member(code); l.known(head, line, code, "the order") && ok && !m.Joined.After(c.Rotation.Anchor) {
			first = true
		}
	}
	if len(c.Rotation.Order) > 0 && !first && !c.Rotation.Anchor.IsZero() {
		head.problem(line, "no member of the order has joined by the anchor: nobody would have the first term")
	}
	if d := c.Rotation.Deputy; d != DeputyOfChair && d != DeputyOfNext {
		if _, ok := l.members[centre.MemberCode(d)]; !ok {
			head.problem(head.at("deputy"), "the rule for the deputy is %q; it may be chair, next, or the code of a member", d)
		}
	}
}

// people holds appointments against members and against each other: one post of
// one member is held by one officer at a time, and an officer serves one member.
func (l *lines) people(c *Charter, s section) {
	for i, a := range c.Appointments {
		line := l.appointments[i]
		what := "the appointment of " + a.Name
		l.known(s, line, a.Member, what)
		for _, b := range c.Appointments[:i] {
			if a.Post == b.Post && a.Member == b.Member && overlap(Span{a.From, a.Until}, Span{b.From, b.Until}) {
				s.problem(line, "%s and %s are both appointed as %s of %s at one time: there is exactly one", b.Name, a.Name, a.Post, a.Member)
			}
			if a.Login != "" && a.Login == b.Login && a.Member != b.Member {
				s.problem(line, "%s has the login %q of %s's %s: an officer serves one member", what, a.Login, b.Member, b.Name)
			}
		}
	}
}

func overlap(a, b Span) bool {
	return (b.Until.IsZero() || a.From.Before(b.Until)) && (a.Until.IsZero() || b.From.Before(a.Until))
}
