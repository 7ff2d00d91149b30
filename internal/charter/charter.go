package charter

import (
	"slices"
	"time"

	"entente/internal/centre"
)

// Charter is one version of what the members agreed on. Parse makes it and has
// checked it; treat it as read-only. The zero Charter has no terms.
type Charter struct {
	Name         string
	Purpose      string
	Exclusions   []string // what the centre will never do
	Languages    []string // BCP 47, the first is that of the charter's own sentences
	Zone         string   // IANA time zone of the terms
	Members      []Member // in the order of the file
	Rotation     Rotation // of the post "head"
	Appointments []Appointment
	Quorum       int // members that must be present for the council to decide
	Consensus    Consensus
	Accession    string // how a state joins
	Suspension   string // how a member is suspended; "" where the charter is silent
	Disputes     string // how disputes are settled; "" where the charter is silent
	Amendment    string // how the charter is changed; "" where the charter is silent
	Withdrawal   Withdrawal
	Handover     Handover
	Groups       []Group // names that may stand in REL TO, in the order of the file

	location *time.Location
}

// Member is a member of the centre with the dates of its membership.
type Member struct {
	centre.Member
	Founder   bool
	Joined    time.Time // UTC; founders join at the anchor where the file is silent
	Notice    time.Time // when it gave notice of withdrawal; zero for never
	Withdrawn time.Time // from when it is no member any more; zero for never
}

// Active reports whether m is a member at instant at: Joined <= at < Withdrawn.
func (m Member) Active(at time.Time) bool {
	return !at.Before(m.Joined) && (m.Withdrawn.IsZero() || at.Before(m.Withdrawn))
}

// Rotation is how a post goes round.
type Rotation struct {
	Order  []centre.MemberCode
	Anchor time.Time // UTC, the start of the first term
	Period Period
	Deputy string   // DeputyOfChair, DeputyOfNext, or the code of the member that provides the deputy
	Limits []string // what an acting head may not do

	wall time.Time // the anchor as written, a local time held in UTC fields
}

// Values of Rotation.Deputy other than a member's code.
const (
	DeputyOfChair = "chair" // the chair member appoints its own deputy
	DeputyOfNext  = "next"  // the deputy comes from the next active member in order
)

// Post is what somebody can be appointed to.
type Post string

const (
	PostHead   Post = "head"
	PostDeputy Post = "deputy"
)

// Appointment names the officer whom a member puts on a post. The officer holds
// it only while the member's turn, or need for an acting head, calls for it.
type Appointment struct {
	Post     Post
	Member   centre.MemberCode
	Name     string
	Login    string // of the person's account; "" while there is none
	From     time.Time
	Until    time.Time // half-open; zero for no end
	Accepted time.Time // zero: not accepted
	Absent   []Span
}

// Span is a half-open stretch of time. A zero Until has no end.
type Span struct {
	From  time.Time
	Until time.Time
}

// Contains reports whether at lies in s.
func (s Span) Contains(at time.Time) bool {
	return !at.Before(s.From) && (s.Until.IsZero() || at.Before(s.Until))
}

// Consensus is how the council decides.
type Consensus struct {
	Rule     string // "consensus", "unanimity", "two-thirds" or "majority"
	Silence  int    // hours of the silence procedure; 0 where there is none
	BrokenBy string // who breaks silence: "any member", or as the charter says
}

// Withdrawal is how a member leaves.
type Withdrawal struct {
	Notice Period // least time between notice and withdrawal; zero for none
	Data   string // what becomes of its data
	ORCON  string // who exercises its originator control afterwards
}

// Handover is what is done when the chair passes on. What is missing of it is
// shown and blocks nothing.
type Handover struct {
	Checklist []string
	Witness   string // "third member": neither the outgoing nor the incoming one
}

// Group is a name for several members in REL TO.
type Group struct {
	Name    string
	Members []centre.MemberCode
}

// GroupMembers is the group that every charter has: all members of the moment.
const GroupMembers = "MEMBERS"

// Member gives the member with code, whether active or not.
func (c *Charter) Member(code centre.MemberCode) (Member, bool) {
	i := slices.IndexFunc(c.Members, func(m Member) bool { return m.Code == code })
	if i < 0 {
		return Member{}, false
	}
	return c.Members[i], true
}

// MembersAt lists the members that are active at an instant, in the order of
// the file.
func (c *Charter) MembersAt(at time.Time) []Member {
	var active []Member
	for _, m := range c.Members {
		if m.Active(at) {
			active = append(active, m)
		}
	}
	return active
}

// Audience tells centre.ParseMarking whom the words of a marking reach at an
// instant. Members that have withdrawn or not yet joined are in no group.
func (c *Charter) Audience(originator centre.MemberCode, at time.Time) centre.Audience {
	members := []centre.MemberCode{}
	for _, m := range c.MembersAt(at) {
		members = append(members, m.Code)
	}
	groups := map[string][]centre.MemberCode{GroupMembers: members}
	for _, g := range c.Groups {
		codes := []centre.MemberCode{}
		for _, code := range g.Members {
			if slices.Contains(members, code) {
				codes = append(codes, code)
			}
		}
		groups[g.Name] = codes
	}
	return centre.Audience{Originator: originator, Members: slices.Clone(members), Groups: groups}
}

// Location is the charter's time zone; UTC for the zero Charter.
func (c *Charter) Location() *time.Location {
	if c.location == nil {
		return time.UTC
	}
	return c.location
}

// inOrder lists the members of the order from the one after code round to code
// itself; all of them from the first where code is not in the order.
func (c *Charter) inOrder(after centre.MemberCode) []Member {
	order := c.Rotation.Order
	start := slices.Index(order, after) + 1
	members := make([]Member, 0, len(order))
	for i := range order {
		if m, ok := c.Member(order[(start+i)%len(order)]); ok {
			members = append(members, m)
		}
	}
	return members
}
