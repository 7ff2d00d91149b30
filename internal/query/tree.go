// Package query is the centre's search language: text is parsed to a tree, and
// one tree serves the store (which turns it into SQL), standing queries (which
// match it against a report in memory) and the marking of hits in a text.
//
//	"coordination cell" AND (peskov OR kremlin) lang:ru source:tass place:baghdad
//	near:33.3,44.4,50km after:2015-09-20 before:2015-10-01 grade:B2..C3 -story:0f...
//
// Words, "phrases" and beginnings* are joined by AND, OR, NOT (capitals),
// parentheses and -; what merely stands side by side must all match. Fields are
//
//	lang:ru  source:tass  member:IRQ  place:"New York"  story:0f...
//	near:33.3,44.4,50km            latitude, longitude, distance (km, m, mi, nm)
//	box:38.8,29.1,48.6,37.4        west, south, east, north
//	person:peskov  org:"red crescent"   names by their sound, in any script
//	entity:0f...                   one entity, whatever it is called
//	after:2015-09-20               published on that day or later
//	before:2015-10-01              published before that day
//	received-after: received-before:    the same for the centre's taking it
//	grade:B2  grade:B2..C3  grade:B..D  grade:3  grade:F6
//	claim:contested  speaker:peskov  stance:deny  roots:>=2
//
// The last four are about a statement of the report: all that stand together in
// one query (or in one pair of parentheses) are about one and the same, until
// one of them comes a second time, with which another statement begins.
//
// Quotation marks may be "", “”, „“ or «», digits Latin, Arabic or Persian.
//
// The package is pure: no input, no output, no clock. Of the project it imports
// the nouns and packages lexis and identity, which are as pure: a query's words must be cut
// and stemmed exactly as those of the reports.
package query

import (
	"time"

	"entente/internal/centre"
)

// Node is a part of a query. The tree is built of the types below and no others.
// Trees are not changed once made, and are safe to share.
type Node interface{ node() }

// All matches every report. It is the parse of an empty text.
type All struct{}

// And matches what every one of its nodes matches; empty, it matches everything.
type And []Node

// Or matches what at least one of its nodes matches; empty, it matches nothing.
type Or []Node

// Not matches what its node does not match.
type Not struct{ Node Node }

// Word matches reports that have the word, in any form that has the same stem.
// With Prefix it matches words that begin so, and stems play no part.
type Word struct {
	Text   string
	Prefix bool
}

// Phrase matches reports that have the words one after another.
type Phrase struct{ Words []string }

// Language matches reports in a language. A tag without a region matches all
// its regions.
type Language struct{ Tag string }

// Source matches reports of the source with the slug, if it is released to the reader.
type Source struct{ Slug string }

// Member matches reports of the sources that a member brought, if released to the reader.
type Member struct{ Code centre.MemberCode }

// Place matches reports that name the place, or a place within it. The parser
// fills Name alone; Resolve fills in the rest from a gazetteer. A name that
// resolves to nothing matches nothing.
type Place struct {
	Name    string
	IDs     []string // ids of the places that have the name
	Country string   // alpha-3, where the name is a country's: everything in it matches
}

// Near matches reports that name a place whose point lies within Metres
// (great-circle) of the point.
type Near struct {
	Point  centre.Point
	Metres float64
}

// Box matches reports that name a place whose point lies in the box, borders
// included. West is greater than East where it crosses the antimeridian.
type Box struct{ West, South, East, North float64 }

// Published matches reports whose publication is known to be in [From, Until).
// A zero bound is open. Reports with unknown publication never match.
type Published struct{ From, Until time.Time }

// Received matches reports that the centre took in [From, Until). A zero bound is open.
type Received struct{ From, Until time.Time }

// Grade matches reports whose current grade lies within both ranges, A best and
// E worst, 1 best and 5 worst. F and 6 mean "unknown" and match only where they
// are named as both ends of a range ("grade:F6"). A zero pair leaves the axis free.
type Grade struct {
	ReliabilityFrom, ReliabilityTo centre.Reliability
	CredibilityFrom, CredibilityTo centre.Credibility
}

// Story matches the reports of a story.
type Story struct{ ID centre.ID }

// Happens matches reports of which the text tells that something of a category
// happened: what is negated, planned, merely possible or long past does not
// count. An empty category is any.
type Happens struct{ Category centre.EventCategory }

// Said matches reports with a statement of which all is true that is not zero.
type Said struct {
	Status  centre.ClaimStatus // of its claim, as the reader sees it
	Speaker string             // a name, or words of one, in any of the scripts
	Stance  centre.Stance
	Roots   int // its claim has at least so many roots, as the reader sees it
}

func (All) node()       {}
func (And) node()       {}
func (Or) node()        {}
func (Not) node()       {}
func (Word) node()      {}
func (Phrase) node()    {}
func (Language) node()  {}
func (Source) node()    {}
func (Member) node()    {}
func (Place) node()     {}
func (Near) node()      {}
func (Box) node()       {}
func (Published) node() {}
func (Received) node()  {}
func (Grade) node()     {}
func (Story) node()     {}
func (Happens) node()   {}
func (Said) node()      {}
