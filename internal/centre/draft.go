package centre

import (
	"context"
	"math"
	"sort"
	"time"
)

// Content is the text of a report: its title, a blank line and its body, as
// one string, so that one kind of offset points anywhere in it.
type Content struct {
	Text  string `json:"text"`  // NFC, paragraphs divided by blank lines
	Title int    `json:"title"` // the first Title code points are the title; 0 where there is none
}

// Draft is a report in the making: a document, and what the steps have found
// in it. A step fills its own fields and reads those of earlier steps. A draft
// belongs to one goroutine at a time.
type Draft struct {
	Document Document
	Content  Content
	// Published is the document's time, or what a step resolved from the
	// text's own dateline; unknown where there is neither.
	Published    Moment
	Language     string  // BCP 47: "en", "ar", "fa", "ru", "ckb" ...; "und" where it cannot be told
	LanguageSure float64 // 0..1
	// Sentences are those of the whole of Content.Text, in order: title, running
	// text and parts alike, none of them on both sides of a part's edge, with
	// nothing but white space between them. Steps that need sentences take these,
	// so that all cut a text alike.
	Sentences []Sentence
	Mentions  []Mention
	Findings
	Fingerprint Fingerprint
	Tokens      Tokens
	Failures    []StepFailure // of steps that failed; the report is stored all the same
}

// Findings are what the steps find in a text besides its mentions; lists are in
// the order of the text.
type Findings struct {
	// LanguageWhy are the reasons for the language, for a person; empty where the
	// text alone told it in the ordinary way.
	LanguageWhy []string `json:"language_why"`
	// Stretches are the paragraphs, or runs of them, whose language is another
	// than that of the report; without overlap, none in a text of one language.
	// Draft.LanguageAt reads them.
	Stretches     []LanguageStretch `json:"stretches"`
	Parts         []Part            `json:"parts"`          // stretches that are not running text
	EventMentions []EventMention    `json:"event_mentions"` // what the text says happens
	Statements    []Statement       `json:"statements"`     // who says it
}

// LanguageAt gives the language at a code point of Content.Text: that of the
// stretch it lies in, or else Language.
func (d *Draft) LanguageAt(point int) string {
	language, _ := d.LanguageFrom(point)
	return language
}

// LanguageFrom gives the language at a code point as LanguageAt does, and the
// code point until which it holds: a step that reads a text from its beginning to
// its end asks again there. After the last stretch until is math.MaxInt.
func (d *Draft) LanguageFrom(point int) (language string, until int) {
	i := sort.Search(len(d.Stretches), func(i int) bool { return point < d.Stretches[i].End })
	if i == len(d.Stretches) {
		return d.Language, math.MaxInt
	}
	if s := &d.Stretches[i]; s.Start <= point {
		return s.Language, s.End
	}
	return d.Language, d.Stretches[i].Start
}

// Sentence is a sentence of a report's text, or a line that stands for one.
type Sentence struct {
	Start int `json:"start"` // code points into Content.Text
	End   int `json:"end"`   // half-open
}

// LanguageStretch is a piece of a report's text that is in another language than
// most of the text.
type LanguageStretch struct {
	Start    int      `json:"start"`         // code points into Content.Text
	End      int      `json:"end"`           // half-open
	Language string   `json:"language"`      // BCP 47; never "und"
	Score    float64  `json:"score"`         // 0..1
	Why      []string `json:"why,omitempty"` // reasons, for a person
}

// StepFailure tells which step did not work on a report, and why.
type StepFailure struct {
	Step   string `json:"step"`
	Reason string `json:"reason"`
}

// Fingerprint makes near duplicates comparable. The zero value is that of a
// text too short to compare.
type Fingerprint struct {
	Exact   uint64   // of the normalised words of the body; equal means the same text
	MinHash []uint32 // signature over word shingles; nil for a text too short
}

// Tokens are the words of a report as full-text search stores them; package
// lexis makes them. Words are divided by single spaces.
type Tokens struct {
	// Surface holds every word in order, normalised: title first, then body.
	// Phrases and prefixes are matched here.
	Surface string
	// Stems holds the distinct stems that are not themselves in Surface.
	Stems string
}

// MentionKind says what a mention names.
type MentionKind string

const (
	MentionPlace        MentionKind = "place"
	MentionPerson       MentionKind = "person"
	MentionOrganisation MentionKind = "organisation"
	MentionGroup        MentionKind = "group"    // an organisation that fights outside the forces of a state
	MentionFacility     MentionKind = "facility" // a base, a plant: both a place and an organisation
	MentionTime         MentionKind = "time"     // a time expression; see Mention.When
)

// Mention is a stretch of a report's text that names something, with what the
// program makes of it. It is a proposal of the machine.
type Mention struct {
	Kind   MentionKind `json:"kind"`
	Start  int         `json:"start"`            // code points into Content.Text
	End    int         `json:"end"`              // half-open
	Text   string      `json:"text"`             // the words themselves
	Place  *Place      `json:"place,omitempty"`  // what it resolves to; nil where unresolved
	When   *Span       `json:"when,omitempty"`   // of a time expression; nil where unresolved
	Entity string      `json:"entity,omitempty"` // id of a known entity, or "#" and a number for one known in this text alone
	// Identity is the entity across reports that Entity was found to be; zero
	// before weaving, for names that are no entity's, and in earlier versions.
	Identity ID       `json:"identity,omitempty"`
	Form     string   `json:"form,omitempty"`    // how the words refer where they are not a name: demonym, abbreviation, acronym, role
	Of       string   `json:"of,omitempty"`      // of a person: the entity that the role is held in, written as Entity is; "" where the text names none
	Role     string   `json:"role,omitempty"`    // of a person, in English: "foreign minister"; "" where the text says none
	Country  string   `json:"country,omitempty"` // ISO 3166-1 alpha-3, of the role or the entity; "" where unknown
	Score    float64  `json:"score"`             // 0..1
	Step     string   `json:"step"`
	Version  int      `json:"version"` // of the step
	Why      []string `json:"why"`     // reasons, for a person
}

// The forms of a place's mention that are not its name.
const (
	FormDemonym      = "demonym"      // "Iraqi", "иракский", "عراقي": of a country or its people
	FormAbbreviation = "abbreviation" // "U.S.", "UAE", "Tex."
	FormOutlet       = "outlet"       // part of the name of a publisher: "Fars" of "Fars news agency"
)

// Locates tells whether m says where something is: it is resolved, and names the
// place. A demonym does not, nor a publisher's name: "an Iraqi doctor in Vienna,
// Fars news agency said" is in Vienna.
func (m *Mention) Locates() bool {
	return m.Place != nil && m.Form != FormDemonym && m.Form != FormOutlet
}

// Span is the stretch of time that a time expression means. Days and what is
// longer are those of the calendar, written as UTC days ("25 September" is
// 2015-09-25T00:00Z to 2015-09-26T00:00Z wherever it was), as Moment writes
// them; hours and minutes are instants.
type Span struct {
	From  time.Time `json:"from"`  // UTC
	Until time.Time `json:"until"` // UTC, half-open, after From
	// Precision is how exactly the words say it: minute, hour, day, week, month,
	// season or year. From and Until may be wider than one such unit ("26-28
	// September") or, of a month or a year, narrower ("early September").
	Precision Precision `json:"precision"`
	Basis     Basis     `json:"basis"` // BasisAbsolute or BasisPublication
}

// PartKind says what a Part of a text is.
type PartKind string

const (
	PartDateline    PartKind = "dateline"    // place, date and agency before the text: "BAGHDAD, Sept 26 (Agency) -"
	PartByline      PartKind = "byline"      // who wrote it: "By A. Writer"
	PartBoilerplate PartKind = "boilerplate" // what the publisher puts under every text: copyright, "Read more", the agency's footer
	PartEmbedded    PartKind = "embedded"    // a post of somebody else, with its handle
	PartTitle       PartKind = "title"       // the title once more, at the beginning of the body
)

// Part is a stretch of a report's text that is not its running text.
type Part struct {
	Kind  PartKind `json:"kind"`
	Start int      `json:"start"` // code points into Content.Text
	End   int      `json:"end"`   // half-open
}

// Step is one stage of processing. Apply is a pure function of the draft and
// of read-only knowledge, safe for concurrent use on different drafts. An
// error is recorded on the draft and the report is stored without what the
// step would have added, so Apply must leave the draft valid when it fails.
// Apply should return soon after ctx is done.
//
// Version is kept with each finding, and grows with every change of what Apply finds
// in a document: it tells a person which findings are of an earlier way, and worth
// `entente reprocess`.
type Step interface {
	Name() string
	Version() int
	Apply(ctx context.Context, draft *Draft) error
}
