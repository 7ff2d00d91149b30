package centre

import (
	"slices"
	"time"
)

// MemberCode names a member of the centre. For a state it is the ISO 3166-1
// alpha-3 code ("IRQ"); an organisation takes a code of three to twelve
// capital letters and digits that begins with a letter.
type MemberCode string

// Valid reports whether c has the form of a member code.
func (c MemberCode) Valid() bool {
	if len(c) < 3 || len(c) > 12 {
		return false
	}
	for i, r := range c {
		if !(r >= 'A' && r <= 'Z' || i > 0 && r >= '0' && r <= '9') {
			return false
		}
	}
	return true
}

// Member is a state or an organisation that takes part in the centre.
type Member struct {
	Code     MemberCode        `json:"code"`
	Names    map[string]string `json:"names"`     // by BCP 47 language; "en" is always there
	Language string            `json:"language"`  // BCP 47, of the member's screens
	Zone     string            `json:"time_zone"` // IANA time zone
	Calendar Calendar          `json:"calendar"`
}

// Calendar is the calendar in which a member reads dates.
type Calendar string

const (
	Gregorian  Calendar = "gregory"
	SolarHijri Calendar = "persian"
	Hijri      Calendar = "islamic-umalqura"
)

// Role is what a person may do in the centre, within what the person's member
// may see.
type Role string

const (
	// RoleAnalyst reads, searches and proposes grades.
	RoleAnalyst Role = "analyst"
	// RoleOfficer speaks for the member: changes markings of the member's own
	// reports, reads what is for the eyes of individual recipients (TLP:RED).
	RoleOfficer Role = "officer"
	// RoleAdministrator manages the member's own accounts and sources.
	RoleAdministrator Role = "administrator"
)

// Person is somebody with an account, always of one member.
type Person struct {
	ID        ID         `json:"id"`
	Member    MemberCode `json:"member"`
	Login     string     `json:"login"` // unique in the centre, lower case
	Name      string     `json:"name"`
	Roles     []Role     `json:"roles"`
	Clearance Level      `json:"clearance"`
	Language  string     `json:"language"`  // BCP 47; "" for the member's
	Zone      string     `json:"time_zone"` // IANA; "" for the member's
	Calendar  Calendar   `json:"calendar"`  // "" for the member's
	Suspended bool       `json:"suspended"`
	// SignedOut ends every session that began before it: a suspension or a new
	// password sets it. Milliseconds; zero where neither ever happened.
	SignedOut time.Time `json:"signed_out,omitzero"`
}

// Has reports whether p holds role r.
func (p Person) Has(r Role) bool { return slices.Contains(p.Roles, r) }
