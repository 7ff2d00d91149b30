package server

import (
	"entente/internal/centre"
	"entente/internal/desk"
)

// Self is the person who is signed in. Language, time zone and calendar are
// those in effect: the person's own, or else the member's.
type Self struct {
	ID        centre.ID         `json:"id"`
	Login     string            `json:"login"`
	Name      string            `json:"name"`
	Member    centre.MemberCode `json:"member"`
	Roles     []centre.Role     `json:"roles"`
	Clearance string            `json:"clearance" example:"SECRET"`
	Language  string            `json:"language" doc:"BCP 47."`
	TimeZone  string            `json:"time_zone" doc:"IANA."`
	Calendar  string            `json:"calendar" enum:"gregory,persian,islamic-umalqura"`
}

// Member is a state or organisation that takes part in the centre.
type Member struct {
	Code     centre.MemberCode `json:"code" example:"IRQ"`
	Names    map[string]string `json:"names" doc:"By BCP 47 language; en is always there."`
	Language string            `json:"language"`
	TimeZone string            `json:"time_zone"`
	Calendar string            `json:"calendar" enum:"gregory,persian,islamic-umalqura"`
}

func memberOf(m centre.Member) Member {
	names := m.Names
	if names == nil {
		names = map[string]string{}
	}
	return Member{m.Code, names, m.Language, m.Zone, string(m.Calendar)}
}

// Session tells who is signed in.
type Session struct {
	Person Self   `json:"person"`
	Member Member `json:"member"`
	Demo   bool   `json:"demo"`
}

func (s *Server) sessionOf(p desk.Profile) Session {
	person := p.Person
	return Session{
		Person: Self{ID: person.ID, Login: person.Login, Name: person.Name, Member: person.Member, Roles: orEmpty(person.Roles),
			Clearance: person.Clearance.String(), Language: person.Language, TimeZone: person.Zone, Calendar: string(person.Calendar)},
		Member: memberOf(p.Member), Demo: s.options.Demo,
	}
}

// PublicCentre is what the sign-in page may know.
type PublicCentre struct {
	Name      string   `json:"name"`
	Demo      bool     `json:"demo"`
	Version   string   `json:"version"`
	Languages []string `json:"languages"`
	SignedIn  bool     `json:"signed_in" doc:"Whether the session that the request carries is somebody's; who it is stands in /session."`
}

// Membership is a member with its time in the centre.
type Membership struct {
	Member
	Founder   bool              `json:"founder"`
	Joined    Nullable[Instant] `json:"joined"`
	Withdrawn Nullable[Instant] `json:"withdrawn" doc:"Null while the member takes part."`
	Persons   Nullable[int]     `json:"persons" doc:"Accounts; known of one's own member alone."`
}

// Chair is the member that has the chair now.
type Chair struct {
	Member   centre.MemberCode `json:"member"`
	From     Instant           `json:"from"`
	Until    Instant           `json:"until" doc:"The first instant of the next term."`
	DaysLeft int               `json:"days_left" doc:"Calendar days in the centre's time zone; 0 on the last day."`
}

// Head is the officer who heads the centre now.
type Head struct {
	Name   string            `json:"name" doc:"Empty where the charter does not name the officer."`
	Member centre.MemberCode `json:"member"`
	Acting bool              `json:"acting"`
	Reason string            `json:"reason" doc:"Why somebody acts; empty for the regular head."`
	Limits []string          `json:"limits" doc:"What this head may not do; none for the regular head."`
}

// Centre is the centre as every member knows it.
type Centre struct {
	Name      string          `json:"name"`
	Purpose   string          `json:"purpose"`
	Members   []Membership    `json:"members"`
	Chair     Nullable[Chair] `json:"chair" doc:"Null before the first term."`
	Head      Nullable[Head]  `json:"head"`
	Languages []string        `json:"languages"`
	TimeZone  string          `json:"time_zone"`
}

// Term is one member's time in the chair, half-open.
type Term struct {
	Member  centre.MemberCode `json:"member"`
	From    Instant           `json:"from"`
	Until   Instant           `json:"until"`
	Current bool              `json:"current"`
}

// Calendar is the rotation of the chair.
type Calendar struct {
	Terms []Term `json:"terms"`
}

// CharterVersion is one line of the charter's history.
type CharterVersion struct {
	Version   int     `json:"version"`
	Effective Instant `json:"effective"`
	Adopted   Instant `json:"adopted"`
	By        string  `json:"by"`
}

// Charter is the charter in force.
type Charter struct {
	Text      string           `json:"text" doc:"YAML, as adopted."`
	Version   int              `json:"version"`
	Effective Instant          `json:"effective"`
	Versions  []CharterVersion `json:"versions" doc:"Oldest first."`
}

// Person is somebody with an account.
type Person struct {
	ID        centre.ID         `json:"id"`
	Login     string            `json:"login"`
	Name      string            `json:"name"`
	Member    centre.MemberCode `json:"member"`
	Roles     []centre.Role     `json:"roles"`
	Clearance string            `json:"clearance"`
	Language  string            `json:"language" doc:"Empty for the member's."`
	Suspended bool              `json:"suspended"`
}

func personOf(p centre.Person) Person {
	return Person{p.ID, p.Login, p.Name, p.Member, orEmpty(p.Roles), p.Clearance.String(), p.Language, p.Suspended}
}

// PersonList lists the persons of one's own member.
type PersonList struct {
	Persons []Person `json:"persons"`
}

// Invited is a person with the token of a new invitation. The token is shown
// this once and cannot be had again.
type Invited struct {
	Person     Person  `json:"person"`
	Invitation string  `json:"invitation" doc:"One-time token, shown once."`
	Expires    Instant `json:"expires"`
}

// DemoPerson is somebody as whom one can sign in to the demo.
type DemoPerson struct {
	Login       string            `json:"login"`
	Name        string            `json:"name"`
	Member      centre.MemberCode `json:"member"`
	MemberNames map[string]string `json:"member_names"`
	Roles       []centre.Role     `json:"roles"`
	Language    string            `json:"language"`
}
