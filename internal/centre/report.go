package centre

import "time"

// Report is one version of one document from one carrier, processed. Which
// version it is, is part of what it is: grades and citations point at versions.
type Report struct {
	ReportHead
	Content      Content   `json:"content"`
	Author       string    `json:"author"`
	Updated      Moment    `json:"updated"`
	LanguageSure float64   `json:"language_score"`
	Mentions     []Mention `json:"mentions"`
	Findings
	Failures   []StepFailure `json:"failures"`
	Problems   []string      `json:"problems"`
	Enclosures []Enclosure   `json:"enclosures"` // what the source offers with it
	Properties []Property    `json:"properties"` // what the source states in fields of its own, in its order
	Geometry   Geometry      `json:"geometry"`   // that the source itself gives; "" for none
	PartOf     ID            `json:"part_of"`    // the visible report that it came with; zero for none
}

// ReportHead is what a list shows of a report.
type ReportHead struct {
	ID        ID         `json:"id"`
	Version   int        `json:"version"`  // from 1
	Versions  int        `json:"versions"` // how many there are
	Source    *SourceRef `json:"source"`   // nil where the source is not released to the reader
	URL       string     `json:"url"`
	Title     string     `json:"title"`   // the title, or the first words of the body
	Snippet   string     `json:"snippet"` // the first words of the body, or those around a hit
	Language  string     `json:"language"`
	Published Moment     `json:"published"`
	Received  time.Time  `json:"received"`  // when the centre took it
	Withdrawn string     `json:"withdrawn"` // the sentence with which the source takes it back; "" where it stands
	Marking   Marking    `json:"marking"`
	Label     int64      `json:"-"`
	Grade     Grade      `json:"grade"`
	Story     ID         `json:"story"`    // zero while it belongs to none
	Copies    int        `json:"copies"`   // reports with the same text that the reader may see, this one included
	CopySet   ID         `json:"copy_set"` // names the set of copies; a random id
	Places    []Place    `json:"places"`   // distinct, the most certain first, at most five
}

// SourceRef is what a report shows of its source.
type SourceRef struct {
	ID     ID         `json:"id"`
	Slug   string     `json:"slug"`
	Name   string     `json:"name"`
	Family string     `json:"family"`
	Member MemberCode `json:"member"`
}

// VersionInfo is one line of a report's history.
type VersionInfo struct {
	Version  int       `json:"version"`
	Title    string    `json:"title"`
	Received time.Time `json:"received"`
	Updated  Moment    `json:"updated"` // what the source says
}

// Remark is a change of a report's marking, kept with who and when.
type Remark struct {
	Report ID         `json:"report"`
	From   Marking    `json:"from"`
	To     Marking    `json:"to"`
	Reason string     `json:"reason"`
	By     string     `json:"by"`
	Member MemberCode `json:"member"`
	At     time.Time  `json:"at"`
}

// Story is a machine's grouping of reports about one matter, as one reader may
// see it: everything in it is computed from reports released to that reader.
type Story struct {
	ID        ID        `json:"id"`
	Title     string    `json:"title"` // of its most carried visible report
	Snippet   string    `json:"snippet"`
	Language  string    `json:"language"` // of Title
	Lead      ID        `json:"lead"`     // the report that Title is from
	Reports   int       `json:"reports"`
	Texts     int       `json:"texts"`    // distinct texts: copies counted once
	Families  []string  `json:"families"` // publisher families, sorted
	Languages []string  `json:"languages"`
	First     Moment    `json:"first"` // earliest known publication; unknown where none is known
	Last      Moment    `json:"last"`
	Received  time.Time `json:"received"` // newest arrival
	Newest    ID        `json:"newest"`   // the report that arrived last
	Places    []Place   `json:"places"`   // most named first, at most eight
	Marking   Marking   `json:"marking"`  // join of the markings of what is shown
}

// Woven is a draft with its place among the other reports: what the store
// writes in one transaction.
type Woven struct {
	Draft   Draft
	Story   ID // the story that it joins; a new random id starts one
	CopySet ID // the set of copies that it joins; a new random id starts one
	// Entities are the people and bodies that it names, by Mention.Entity.
	Entities []EntityLink
	// Merged are stories that turned out to be one with Story: their reports go there.
	Merged []ID
	Echo   Echo // what it looks like a translation of
	// Claims are those of Draft.Statements, in their order; nil for none.
	Claims []Linked
}
