package server

import (
	"github.com/danielgtaylor/huma/v2"

	"entente/internal/centre"
	"entente/internal/desk"
)

// Moment is a time as a document gives it, with how exactly it is known and
// what that rests on.
type Moment struct {
	Time      Instant `json:"time"`
	Precision string  `json:"precision" enum:"second,minute,day,month" doc:"How exactly time is known; show no more than that."`
	Basis     string  `json:"basis" doc:"What the time rests on: feed, page, header, column or dateline."`
}

func momentOf(m centre.Moment) Nullable[Moment] {
	return knownIf(Moment{Instant{m.Time}, string(m.Precision), string(m.Basis)}, m.Known())
}

// Point is a position in WGS 84, in degrees.
type Point struct {
	Lon float64 `json:"lon" minimum:"-180" maximum:"180"`
	Lat float64 `json:"lat" minimum:"-90" maximum:"90"`
}

// Place is a named place of the gazetteer.
type Place struct {
	ID         string            `json:"id" example:"entente:baghdad"`
	Name       string            `json:"name"`
	Names      map[string]string `json:"names" doc:"By BCP 47 language, those that are known."`
	Class      string            `json:"class" enum:"region,country,admin1,admin2,capital,locality,natural,facility"`
	Country    string            `json:"country" doc:"ISO 3166-1 alpha-3; empty where there is none."`
	Admin1     string            `json:"admin1" doc:"ISO 3166-2 where known; empty where unknown."`
	Point      Nullable[Point]   `json:"point" doc:"Null for a place without a point, such as a region of several countries."`
	RadiusM    float64           `json:"radius_m" doc:"Uncertainty of the point, in metres."`
	Population int64             `json:"population" doc:"0 where unknown."`
}

func placeOf(p centre.Place) Place {
	names := p.Names
	if names == nil {
		names = map[string]string{}
	}
	return Place{ID: p.ID, Name: p.Name, Names: names, Class: string(p.Class), Country: p.Country, Admin1: p.Admin1,
		Point: pointOf(p.Point), RadiusM: p.Radius, Population: p.Population}
}

func pointOf(p centre.Point) Nullable[Point] { return knownIf(Point{p.Lon, p.Lat}, p.Known) }

// SourceRef is what a report shows of its source.
type SourceRef struct {
	ID     centre.ID         `json:"id"`
	Slug   string            `json:"slug"`
	Name   string            `json:"name"`
	Family string            `json:"family"`
	Member centre.MemberCode `json:"member"`
}

// ReportHead is what a list shows of a report.
type ReportHead struct {
	ID        centre.ID           `json:"id"`
	Version   int                 `json:"version" minimum:"1"`
	Versions  int                 `json:"versions" minimum:"1"`
	Source    Nullable[SourceRef] `json:"source" doc:"Null where the source is not released to the reader."`
	URL       string              `json:"url"`
	Title     string              `json:"title"`
	Snippet   string              `json:"snippet"`
	Language  string              `json:"language" doc:"BCP 47; und where it cannot be told."`
	Published Nullable[Moment]    `json:"published"`
	Received  Instant             `json:"received"`
	Withdrawn string              `json:"withdrawn" doc:"The sentence with which the source takes it back; empty where it stands."`
	Marking   string              `json:"marking" example:"RESTRICTED//REL TO IRQ, IRN, RUS, SYR"`
	Grade     string              `json:"grade" example:"B2" doc:"Admiralty grade; empty while nobody has graded it."`
	Story     Nullable[centre.ID] `json:"story"`
	Copies    int                 `json:"copies" doc:"Reports with the same text that the reader may see, this one included."`
	CopySet   Nullable[centre.ID] `json:"copy_set"`
	Places    []Place             `json:"places"`
}

func headOf(h centre.ReportHead) ReportHead {
	out := ReportHead{
		ID: h.ID, Version: h.Version, Versions: h.Versions, URL: h.URL, Title: h.Title, Snippet: h.Snippet,
		Language: h.Language, Published: momentOf(h.Published), Received: Instant{h.Received},
		Withdrawn: h.Withdrawn, Marking: h.Marking.String(), Grade: h.Grade.String(), Copies: h.Copies,
		Story: knownIf(h.Story, h.Story != 0), CopySet: knownIf(h.CopySet, h.CopySet != 0),
		Places: each(h.Places, placeOf),
	}
	if h.Source != nil {
		out.Source = known(SourceRef(*h.Source))
	}
	return out
}

// Span is the half-open range [start, end) of code points.
type Span [2]int

// Hits are the words of a text that the query asked for.
type Hits struct {
	Title   []Span `json:"title" doc:"Code points into title, [start, end)."`
	Snippet []Span `json:"snippet" doc:"Code points into snippet, [start, end)."`
}

// ReportItem is a report in a list, with the words that were looked for.
type ReportItem struct {
	ReportHead
	Hits Hits `json:"hits"`
}

func itemOf(f desk.Found) ReportItem {
	return ReportItem{headOf(f.ReportHead), Hits{spansOf(f.TitleHits), spansOf(f.SnippetHits)}}
}

func spansOf(spans []desk.Span) []Span {
	return each(spans, func(s desk.Span) Span { return Span{s.Start, s.End} })
}

// ReportList is part of a list of reports.
type ReportList struct {
	Reports []ReportItem `json:"reports"`
	Next    string       `json:"next" doc:"Give it back as after for the next page; empty after the last."`
}

func listOf(p desk.FoundPage) ReportList {
	return ReportList{each(p.Reports, itemOf), p.Next}
}

// Content is the text of a report; offsets of mentions and hits point into it.
type Content struct {
	Text  string `json:"text" doc:"Title, a blank line and body; paragraphs divided by blank lines."`
	Title int    `json:"title" doc:"The first so many code points of text are the title."`
}

// Mention is a stretch of text that names something: a proposal of the machine.
type Mention struct {
	Kind     string              `json:"kind" enum:"place,person,organisation,group,facility,time"`
	Start    int                 `json:"start" doc:"Code points into content.text."`
	End      int                 `json:"end"`
	Text     string              `json:"text"`
	Place    Nullable[Place]     `json:"place" doc:"Null where the name could not be resolved."`
	When     Nullable[TimeSpan]  `json:"when" doc:"What a time expression means; null where it could not be resolved."`
	Entity   string              `json:"entity" doc:"Id of a known organisation, or # and a number for what this text alone knows; empty where neither."`
	Identity Nullable[centre.ID] `json:"identity" doc:"The person or body across reports, for GET /entities/{id}; null where there is none."`
	Form     string              `json:"form" doc:"How the words refer where they are no name: role, acronym, demonym, abbreviation; empty for a name."`
	Of       string              `json:"of" doc:"The entity that a person's role is held in, written as entity is; empty where the text names none."`
	Role     string              `json:"role" doc:"Of a person, in English; empty where the text says none."`
	Country  string              `json:"country" doc:"Of the role or entity; empty where unknown."`
	Score    float64             `json:"score" minimum:"0" maximum:"1"`
	Step     string              `json:"step"`
	Version  int                 `json:"version"`
	Why      []string            `json:"why" doc:"Reasons, for a person."`
	Reasons  []FindingReason     `json:"reasons" doc:"The same by their codes, in the same order."`
}

func mentionOf(m centre.Mention) Mention {
	out := Mention{Kind: string(m.Kind), Start: m.Start, End: m.End, Text: m.Text,
		Score: m.Score, Step: m.Step, Version: m.Version, Why: orEmpty(m.Why), Reasons: findingReasonsOf(m.Why)}
	out.Entity, out.Role, out.Country = m.Entity, m.Role, m.Country
	out.Identity, out.Form, out.Of = knownIf(m.Identity, m.Identity != 0), m.Form, m.Of
	out.Place, out.When = placeIf(m.Place), spanOf(m.When)
	return out
}

// TimeSpan is the stretch of time that a time expression means.
type TimeSpan struct {
	From      Instant `json:"from" doc:"Days are written as UTC days, whatever the zone."`
	Until     Instant `json:"until" doc:"Exclusive."`
	Precision string  `json:"precision" enum:"minute,hour,day,week,month,season,year"`
	Basis     string  `json:"basis" enum:"absolute,publication"`
}

// StepFailure tells which step did not work on a report, and why.
type StepFailure struct {
	Step   string `json:"step"`
	Reason string `json:"reason"`
}

// VersionInfo is one line of a report's history.
type VersionInfo struct {
	Version  int              `json:"version"`
	Title    string           `json:"title"`
	Received Instant          `json:"received"`
	Updated  Nullable[Moment] `json:"updated"`
}

func versionOf(v centre.VersionInfo) VersionInfo {
	return VersionInfo{v.Version, v.Title, Instant{v.Received}, momentOf(v.Updated)}
}

// Grading is one person's grade of one version of a report.
type Grading struct {
	ID      centre.ID         `json:"id"`
	Report  centre.ID         `json:"report"`
	Version int               `json:"version"`
	Grade   string            `json:"grade"`
	Reason  string            `json:"reason"`
	Person  centre.ID         `json:"person"`
	By      string            `json:"by"`
	Member  centre.MemberCode `json:"member"`
	At      Instant           `json:"at"`
}

func gradingOf(g centre.Grading) Grading {
	return Grading{g.ID, g.Report, g.Version, g.Grade.String(), g.Reason, g.Person, g.By, g.Member, Instant{g.At}}
}

// Remark is a change of a report's marking.
type Remark struct {
	Report centre.ID         `json:"report"`
	From   string            `json:"from"`
	To     string            `json:"to"`
	Reason string            `json:"reason"`
	By     string            `json:"by"`
	Member centre.MemberCode `json:"member"`
	At     Instant           `json:"at"`
}

func remarkOf(r centre.Remark) Remark {
	return Remark{r.Report, r.From.String(), r.To.String(), r.Reason, r.By, r.Member, Instant{r.At}}
}

// Property is something that a source states in a field of its own.
type Property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Enclosure is a file that a source offers with a report.
type Enclosure struct {
	URL       string `json:"url" doc:"Empty where the file came along as a report of its own."`
	MediaType string `json:"media_type"`
	Length    int64  `json:"length" doc:"In bytes; 0 where not said."`
	Title     string `json:"title"`
}

// Geometry is a GeoJSON geometry, as an object.
type Geometry centre.Geometry

// MarshalJSON writes the object as it is stored.
func (g Geometry) MarshalJSON() ([]byte, error) { return []byte(g), nil }

// Schema describes a geometry of RFC 7946.
func (Geometry) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeObject, AdditionalProperties: true, Description: "A GeoJSON geometry (RFC 7946 section 3.1)."}
}

// ReportHeads lists reports without pages.
type ReportHeads struct {
	Reports []ReportHead `json:"reports"`
}

// ReportMay tells what the reader may do with a report.
type ReportMay struct {
	Grade bool `json:"grade"`
	Mark  bool `json:"mark"`
}

// Report is one version of a report with all that is known of it.
type Report struct {
	ReportHead
	Content         Content             `json:"content"`
	Author          string              `json:"author"`
	Updated         Nullable[Moment]    `json:"updated"`
	LanguageScore   float64             `json:"language_score"`
	Mentions        []Mention           `json:"mentions"`
	LanguageWhy     []string            `json:"language_why" doc:"Reasons for the language, for a person; empty where the text told it in the ordinary way."`
	LanguageReasons []FindingReason     `json:"language_reasons" doc:"One for each language_why, for screens in other languages."`
	Stretches       []LanguageStretch   `json:"stretches" doc:"Paragraphs in another language than the report's."`
	Parts           []Part              `json:"parts" doc:"Stretches that are not running text, in order."`
	EventMentions   []EventMention      `json:"event_mentions" doc:"What the text says happens, in order."`
	Statements      []Statement         `json:"statements" doc:"Who says, confirms or denies what, in order."`
	Failures        []StepFailure       `json:"failures"`
	Problems        []string            `json:"problems"`
	Properties      []Property          `json:"properties" doc:"What the source states in fields of its own, in its order."`
	Enclosures      []Enclosure         `json:"enclosures" doc:"Files that the source offers with it."`
	Geometry        Nullable[Geometry]  `json:"geometry" doc:"The area that the source itself gives."`
	PartOf          Nullable[centre.ID] `json:"part_of" doc:"The report that it came with."`
	Hits            []Span              `json:"hits" doc:"Of the query given as q: code points into content.text."`
	History         []VersionInfo       `json:"history" doc:"All versions, the current one first."`
	Carriers        []ReportHead        `json:"carriers" doc:"Reports with the same text, first arrival first, this one included."`
	Gradings        []Grading           `json:"gradings" doc:"Newest first."`
	Remarks         []Remark            `json:"remarks" doc:"Changes of the marking, newest first."`
	May             ReportMay           `json:"may"`
}

func reportOf(d desk.Dossier) Report {
	r := d.Report
	return Report{
		ReportHead: headOf(r.ReportHead), Content: Content(r.Content), Author: r.Author, Updated: momentOf(r.Updated),
		LanguageScore: r.LanguageSure, Mentions: each(r.Mentions, mentionOf),
		LanguageWhy: orEmpty(r.LanguageWhy), LanguageReasons: findingReasonsOf(r.LanguageWhy),
		Stretches: each(r.Stretches, func(s centre.LanguageStretch) LanguageStretch {
			return LanguageStretch{s.Start, s.End, s.Language, s.Score, orEmpty(s.Why), findingReasonsOf(s.Why)}
		}),
		Parts:         each(r.Parts, func(p centre.Part) Part { return Part{string(p.Kind), p.Start, p.End} }),
		EventMentions: each(r.EventMentions, eventMentionOf), Statements: each(r.Statements, statementOf),
		Failures: each(r.Failures, func(f centre.StepFailure) StepFailure { return StepFailure(f) }),
		Problems: orEmpty(r.Problems), Properties: each(r.Properties, func(p centre.Property) Property { return Property(p) }),
		Enclosures: each(r.Enclosures, func(e centre.Enclosure) Enclosure { return Enclosure(e) }),
		Geometry:   knownIf(Geometry(r.Geometry), r.Geometry != ""), PartOf: knownIf(r.PartOf, r.PartOf != 0), Hits: spansOf(d.Hits), History: each(d.Versions, versionOf),
		Carriers: each(d.Carriers, headOf), Gradings: each(d.Gradings, gradingOf), Remarks: each(d.Remarks, remarkOf),
		May: ReportMay{d.MayGrade, d.MayMark},
	}
}

// Story is a machine's grouping of reports, as the reader may see it.
type Story struct {
	ID        centre.ID        `json:"id"`
	Title     string           `json:"title"`
	Snippet   string           `json:"snippet"`
	Language  string           `json:"language"`
	Lead      centre.ID        `json:"lead" doc:"The report that the title is from."`
	Reports   int              `json:"reports"`
	Texts     int              `json:"texts" doc:"Distinct texts: copies counted once."`
	Families  []string         `json:"families"`
	Languages []string         `json:"languages"`
	First     Nullable[Moment] `json:"first"`
	Last      Nullable[Moment] `json:"last"`
	Received  Instant          `json:"received"`
	Newest    centre.ID        `json:"newest"`
	Places    []Place          `json:"places"`
	Marking   string           `json:"marking" doc:"The join of the markings of what is shown."`
}

func storyOf(s centre.Story) Story {
	return Story{ID: s.ID, Title: s.Title, Snippet: s.Snippet, Language: s.Language, Lead: s.Lead, Reports: s.Reports,
		Texts: s.Texts, Families: orEmpty(s.Families), Languages: orEmpty(s.Languages), First: momentOf(s.First),
		Last: momentOf(s.Last), Received: Instant{s.Received}, Newest: s.Newest, Places: each(s.Places, placeOf),
		Marking: s.Marking.String()}
}

// StoryList is part of a list of stories.
type StoryList struct {
	Stories []Story `json:"stories"`
	Next    string  `json:"next"`
}
