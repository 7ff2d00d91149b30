// Package store is the contract of the centre's memory. Two databases fulfil
// it, SQLite (store/sqlite) and PostgreSQL (store/postgres), by one body of SQL
// (store/sqlstore), and one suite (store/storetest) holds both to it.
//
// Every read takes a policy.View and returns what the view sees: hidden rows
// are absent from lists, counts, facets, clusters and cursors alike, and asking
// for a hidden thing by id is centre.NotFound. Every write takes a policy.Grant,
// checks that it permits the write and that its object is still what it was
// (centre.CodeConflict if not), and adds the log entry in the same transaction.
//
// All methods are safe for concurrent use, honour their context, and return
// errors that are either *centre.Error, for the person, or faults for the log.
// When a write has returned nil it survives a kill at any moment.
package store

import (
	"context"
	"time"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/query"
)

// Store is all of it. Consumers declare the few methods that they need.
type Store interface {
	Reports
	Stories
	Aggregates
	Events
	Claims
	Entities
	StoryEdits
	Sources
	Intake
	Weaving
	Grading
	Translations
	Labels
	Accounts
	Charters
	// Close waits for writes under way and releases the database.
	Close() error
}

// Page asks for part of a list.
type Page struct {
	After string // Next of the page before; "" for the first
	Limit int    // 1..200; 0 for 50
}

// ReportPage is part of a list of reports, newest arrival first.
type ReportPage struct {
	Reports []centre.ReportHead
	Next    string // "" after the last page
}

// Reports are read here.
type Reports interface {
	// Report reads a version of a report; version 0 is the current one.
	Report(ctx context.Context, v policy.View, id centre.ID, version int) (centre.Report, error)
	// Versions lists the versions of a report, the current one first. They are
	// numbered by arrival: one that was replaced before it came has a higher
	// number than what replaced it, and stands behind it.
	Versions(ctx context.Context, v policy.View, id centre.ID) ([]centre.VersionInfo, error)
	// Heads reads the heads of the reports that the view sees among ids, in
	// the order of ids.
	Heads(ctx context.Context, v policy.View, ids []centre.ID) ([]centre.ReportHead, error)
	// Search lists the reports that match, newest arrival first. The snippet of
	// a head is the beginning of its body.
	Search(ctx context.Context, v policy.View, q query.Node, p Page) (ReportPage, error)
	// Carriers lists the visible reports with the same text, first arrival
	// first; the first is the representative. The report itself is among them.
	Carriers(ctx context.Context, v policy.View, id centre.ID) ([]centre.ReportHead, error)
	// Parts lists the visible reports that came with this one (a mail's
	// attachments), first arrival first.
	Parts(ctx context.Context, v policy.View, id centre.ID) ([]centre.ReportHead, error)
	// Gradings lists the grades given to a report, newest first.
	Gradings(ctx context.Context, v policy.View, id centre.ID) ([]centre.Grading, error)
	// Remarks lists the changes of a report's marking, newest first. A change
	// is shown only where both its markings are visible.
	Remarks(ctx context.Context, v policy.View, id centre.ID) ([]centre.Remark, error)
}

// StoryPage is part of a list of stories, the newest arrival first.
type StoryPage struct {
	Stories []centre.Story
	Next    string
}

// Stories are read here. Everything in a story is computed from the reports
// that the view sees.
type Stories interface {
	// Stories lists the stories that have a visible report that matches.
	Stories(ctx context.Context, v policy.View, q query.Node, p Page) (StoryPage, error)
	// Story reads a story. Where all that the view saw of it went to another one,
	// it is that one: its id differs from the one that was asked for.
	Story(ctx context.Context, v policy.View, id centre.ID) (centre.Story, error)
}

// ReportEcho says that a report looks like a translation of another.
type ReportEcho struct {
	Report centre.ID
	centre.Echo
}

// Regrouping is a person's correction of stories, for the weave to follow.
type Regrouping struct {
	Edit       centre.ID
	Kind       centre.StoryEditKind
	From, Into centre.ID
	Reports    []Known // that moved; nil for a merge, of which all did
	Apart      bool    // a person holds that the two stories are two
}

// StoryEdits are corrections of what belongs to which story. A story is one for
// all who see something of it: a merge moves all reports, and a move a report
// with its copies, whoever sees them. What was done is told only to those to whom
// all is released that the person saw who did it.
type StoryEdits interface {
	// CorrectStory carries out e and keeps it. The grant's object is the story,
	// with the label of one of its reports, or of the report that moves; Target is
	// the marking of what the person saw. Of a merge, From and Into are the two
	// stories, and the one that began first stays; of a move or split, Report goes
	// from From to Into, or to a new story; of an undo, Undoes says of what. Where
	// the stories are no more as they were read: CodeConflict. Needs ActionStory.
	CorrectStory(ctx context.Context, g policy.Grant, e centre.StoryEdit) (centre.StoryEdit, error)
	// StoryEdits lists what was done to a story, newest first, at most a hundred.
	StoryEdits(ctx context.Context, v policy.View, story centre.ID) ([]centre.StoryEdit, error)
	// Echoes lists what the visible reports of a story look like translations of,
	// where that is visible too.
	Echoes(ctx context.Context, v policy.View, story centre.ID) ([]ReportEcho, error)
	// StoryEntities lists the people and bodies that the visible reports of a story
	// name, the most named first. Reports counts those of the story.
	StoryEntities(ctx context.Context, v policy.View, story centre.ID, limit int) ([]centre.Entity, error)
	// Regroupings gives persons' corrections after an edit, oldest first, at most
	// a hundred. Needs ActionPipeline and a view from policy/system.
	Regroupings(ctx context.Context, g policy.Grant, v policy.View, after centre.ID) ([]Regrouping, error)
	// ToldApart gives the pairs of stories that are not to be made one, and the
	// newest edit. Needs ActionPipeline.
	ToldApart(ctx context.Context, g policy.Grant) (pairs [][2]centre.ID, newest centre.ID, err error)
}

// Count is one line of a facet.
type Count struct {
	Key   string `json:"key"`   // what goes into a query: language tag, slug, place id, member code
	Name  string `json:"name"`  // for people; equals Key where there is no other
	Count int    `json:"count"` // of reports
}

// Facets counts the reports that match by several properties; the most
// frequent first, at most 50 each.
type Facets struct {
	Total     int
	Languages []Count
	Sources   []Count // only of sources that the view sees
	Places    []Count
	Members   []Count // of visible sources
}

// PlaceCount is a place and how many reports name it.
type PlaceCount struct {
	Place   centre.Place
	Reports int
}

// Cluster is a group of places near one another on a map, with how many
// visible reports name one of them.
type Cluster struct {
	Point   centre.Point // centroid, weighted by reports
	Box     query.Box    // of its places
	Reports int
	Places  []centre.Place // the most named, at most three
	Newest  centre.ID      // newest report in it
}

// Bin is a span of a histogram over publication time.
type Bin struct {
	Start time.Time // inclusive
	Count int
}

// Histogram counts reports by publication time.
type Histogram struct {
	Bins    []Bin // contiguous
	Step    time.Duration
	Undated int // reports that match and whose publication is unknown
}

// Aggregates count what matches a query.
type Aggregates interface {
	Facets(ctx context.Context, v policy.View, q query.Node) (Facets, error)
	// Places lists the places that matching reports name, most named first.
	Places(ctx context.Context, v policy.View, q query.Node, limit int) ([]PlaceCount, error)
	// Clusters groups the places of matching reports inside box for a map at
	// zoom 0..22 (Web Mercator, tiles of 512 pixels), about 64 pixels apart,
	// largest first, at most 1,000. Places without a point have no part in it.
	Clusters(ctx context.Context, v policy.View, q query.Node, box query.Box, zoom int) ([]Cluster, error)
	// Histogram counts matching reports by publication in at most bins spans;
	// zero bounds mean the first and last publication that matches.
	Histogram(ctx context.Context, v policy.View, q query.Node, from, until time.Time, bins int) (Histogram, error)
}

// EventFilter says which events are asked for; the zero value asks for all.
type EventFilter struct {
	// Sources are those that state it; nil for any. A source that the view does
	// not see states nothing.
	Sources    []centre.ID
	Categories []centre.EventCategory // nil for any
	Country    string                 // ISO 3166-1 alpha-3; "" for any
	Box        *query.Box             // nil for everywhere; an event without a point is in no box
	From       time.Time              // of Start, inclusive; zero for no bound
	Until      time.Time              // of Start, exclusive; zero for no bound. Undated events are within no bound.
	Text       string                 // stands in title, notes or the name of an actor, whatever its case; "" for any
	Killed     int                    // the best figure is known and at least this; 0 for any
}

// EventPage is part of a list of events: the latest Start first, of equal ones
// the latest to arrive first, the undated last.
type EventPage struct {
	Events []centre.Event
	Next   string // "" after the last page
}

// EventCluster is a group of events near one another on a map.
type EventCluster struct {
	Point  centre.Point // centroid, weighted by events
	Box    query.Box    // of its events
	Events int
	Newest centre.ID // the event in it that arrived last
}

// Events reads what event databases state, and where things are.
//
// An event carries the label that its source had when the standing row was
// taken, as a report does: when a source is marked anew, what was taken before
// keeps its marking, and the source's next correction of an event brings the
// new one. An event whose source the view does not see shows neither Source nor
// Origin. A track carries its source's label as of its last message.
type Events interface {
	Events(ctx context.Context, v policy.View, f EventFilter, p Page) (EventPage, error)
	Event(ctx context.Context, v policy.View, id centre.ID) (centre.Event, error)
	// EventClusters groups the events with a point inside box for a map, as
	// Aggregates.Clusters does for reports.
	EventClusters(ctx context.Context, v policy.View, f EventFilter, box query.Box, zoom int) ([]EventCluster, error)
	// Tracks lists the tracks with a point inside box that are not stale at now,
	// the latest message first, at most 5,000.
	Tracks(ctx context.Context, v policy.View, now time.Time, box query.Box) ([]centre.Track, error)
}

// SourceState is a source and how it does.
type SourceState struct {
	Source  centre.Source
	Health  centre.Health
	Waiting int // documents taken and not yet processed; without those under embargo
	Dead    int // dead letters
}

// HealthOf is the health of one source.
type HealthOf struct {
	Source centre.ID
	Health centre.Health
}

// Sources are kept here.
type Sources interface {
	Sources(ctx context.Context, v policy.View) ([]SourceState, error)
	Source(ctx context.Context, v policy.View, id centre.ID) (SourceState, error)
	SourceBySlug(ctx context.Context, v policy.View, slug string) (SourceState, error)
	// AddSource stores a new source; its slug must be free (CodeConflict). Needs ActionManageSources.
	AddSource(ctx context.Context, g policy.Grant, s centre.Source) error
	// ChangeSource replaces what a person can change of a source: everything but
	// ID, Slug, Kind, Member and Created. Of its secrets those named are set, and
	// removed where they are ""; nil leaves all, an empty map removes all. Needs
	// ActionManageSources.
	ChangeSource(ctx context.Context, g policy.Grant, s centre.Source) error

	// Cursor reads a connector's memory; nil at first. Needs ActionPipeline.
	Cursor(ctx context.Context, g policy.Grant, source centre.ID) (centre.Cursor, error)
	// Secrets opens what proves us to the source; empty where there is nothing.
	// No other method gives it. Needs ActionPipeline.
	Secrets(ctx context.Context, g policy.Grant, source centre.ID) (map[string]string, error)
	// SetHealth records the result of a fetch. Counters are stored as given;
	// Daily is counted by intake and not stored here. Needs ActionPipeline.
	SetHealth(ctx context.Context, g policy.Grant, source centre.ID, h centre.Health) error
	// SetHealths is SetHealth for many sources, a thousand to a transaction. A
	// source that there is no longer is passed over. Needs ActionPipeline.
	SetHealths(ctx context.Context, g policy.Grant, healths []HealthOf) error
}

// Receipt tells what intake did with one document.
type Receipt struct {
	ID  centre.ID // of the stored document; the earlier one's where it is known
	New bool      // false where the same document had been taken before
}

// Pending is a document on its way to becoming a report.
type Pending struct {
	Document centre.Document
	Marking  centre.Marking // that its report will carry
	Label    policy.LabelID
	Source   centre.Source
	// Report is the report of which this will be a new version; zero for a new
	// one. Version is the number that it will have.
	Report   centre.ID
	Version  int
	Attempts int // failed so far
}

// Intake takes documents durably and hands them to processing.
type Intake interface {
	// Take stores documents of one source and then, in the same transaction,
	// the cursor that covers them (nil leaves it). Receipts are in the order of
	// docs. Needs ActionPipeline, or ActionImport on the source.
	//
	// What a document says of its own marking narrows the source's and never
	// opens it ([policy.Within]), unless a person brings it (ActionImport).
	//
	// A document under embargo does not wait before its time. One that Replaces
	// another becomes the next version of its report; where it came first, the
	// one that it replaces becomes an earlier version of the same report.
	Take(ctx context.Context, g policy.Grant, source centre.ID, docs []centre.Document, c centre.Cursor) ([]Receipt, error)
	// TakeEvents stores events of one source and the cursor that covers them as
	// Take does, and tells how many were new or had changed. An event is known by
	// its external id: the same content is passed over, other content takes its
	// place as the next version.
	TakeEvents(ctx context.Context, g policy.Grant, source centre.ID, events []centre.Event, c centre.Cursor) (taken int, err error)
	// TakeTracks is TakeEvents for tracks. A track is known by its uid; the later
	// Time stays.
	TakeTracks(ctx context.Context, g policy.Grant, source centre.ID, tracks []centre.Track, c centre.Cursor) (taken int, err error)
	// Idempotent remembers for a week that a publisher named a delivery, whose
	// body has the hash: the same again is nothing, another body under the same
	// name is refused (CodeConflict). Needs ActionPipeline.
	Idempotent(ctx context.Context, g policy.Grant, source centre.ID, key string, body [32]byte) error
	// Pending lists documents that wait and whose embargo is over, oldest first,
	// with ids above after.
	Pending(ctx context.Context, g policy.Grant, after centre.ID, limit int) ([]Pending, error)
	// Commit stores processed documents: reports, annotations, words for search
	// and notices for the outbox, all in one transaction, and ends their
	// waiting. A document that no longer waits is passed over, so that a commit
	// may safely be tried again. It returns the reports' ids in the order of ws,
	// zero where passed over. Needs ActionPipeline.
	Commit(ctx context.Context, g policy.Grant, ws []centre.Woven) ([]centre.ID, error)
	// Bury moves a waiting document to the dead letters. Needs ActionPipeline.
	Bury(ctx context.Context, g policy.Grant, d centre.DeadLetter) error
	// DeadLetters lists the dead letters of the sources that the view sees, newest first.
	DeadLetters(ctx context.Context, v policy.View, p Page) ([]centre.DeadLetter, string, error)
	// Retry makes dead letters wait again: those named, or with none named all
	// of the grant's member. It returns how many. Needs ActionReprocess.
	Retry(ctx context.Context, g policy.Grant, ids []centre.ID) (int, error)
	// Reprocess makes stored documents wait again whose reports match, so that
	// newer steps see them; their reports keep id, version, marking and grades.
	// Only reports of the grant's member's sources. Needs ActionReprocess.
	Reprocess(ctx context.Context, g policy.Grant, v policy.View, q query.Node) (int, error)

	// Notices reads the outbox above after, oldest first. Needs ActionPipeline.
	Notices(ctx context.Context, g policy.Grant, after int64, limit int) ([]Notice, error)
	// Forget drops notices up to and including seq, once they are on the bus.
	Forget(ctx context.Context, g policy.Grant, seq int64) error
}

// Notice says that something changed. It carries no content.
type Notice struct {
	Seq   int64          `json:"seq"`  // grows; gaps mean nothing
	Kind  string         `json:"kind"` // "report", "source", "charter", "claim"
	ID    centre.ID      `json:"id"`
	Label policy.LabelID `json:"label"` // of the thing; 0 for a charter
}

// Known is what weaving remembers of an earlier report.
type Known struct {
	Report      centre.ID
	CopySet     centre.ID
	Story       centre.ID
	Published   centre.Moment
	Received    time.Time
	Language    string
	Fingerprint centre.Fingerprint
	Title       string
	Mentions    []centre.Mention
	Events      []centre.EventCategory // kinds of what it tells as having happened, in order; only Remember and Regroupings give them
	Text        string                 // Content.Text, as much as weaving needs of it: the first 1,200 code points
}

// Weaving gives the weave its memory back after a start.
type Weaving interface {
	// Remember walks the newest limit reports (current versions), oldest first.
	// Needs a view from policy/system.
	Remember(ctx context.Context, v policy.View, limit int, each func(Known) error) error
	// SameText finds a report's copy set and story by Fingerprint.Exact, the
	// oldest first; ok is false where there is none. Zero matches nothing.
	SameText(ctx context.Context, v policy.View, exact uint64) (k Known, ok bool, err error)
}

// Grading is what people write on reports.
type Grading interface {
	// Grade keeps a grade of a version. Needs ActionGrade.
	Grade(ctx context.Context, g policy.Grant, grade centre.Grade, reason string) (centre.Grading, error)
	// Mark points a report at the label of the grant's target marking. Needs ActionMark.
	Mark(ctx context.Context, g policy.Grant, reason string) error
}

// Translations keeps what machines made of texts, and who consented to that.
type Translations interface {
	// TranslationConsents lists the consents of all members; every actor of the
	// centre knows them, a view of nobody gets nothing.
	TranslationConsents(ctx context.Context, v policy.View) ([]centre.TranslationConsent, error)
	// ConsentToTranslation keeps the consent of the grant's member, in place of
	// one to the same provider. By and At are set here. Needs ActionConsent.
	ConsentToTranslation(ctx context.Context, g policy.Grant, c centre.TranslationConsent) error
	// WithdrawTranslationConsent drops the consent of the grant's member to a
	// provider; NotFound where there is none. Needs ActionConsent.
	WithdrawTranslationConsent(ctx context.Context, g policy.Grant, provider string) error
	// Translation reads the kept translation of a version of a report into a
	// language; NotFound where there is none, or the report is not visible.
	Translation(ctx context.Context, v policy.View, id centre.ID, version int, language string) (centre.Translation, error)
	// KeepTranslation keeps a translation in place of an earlier one into the same
	// language, and enters into the log that the text was given away. Needs
	// ActionTranslate on that version.
	KeepTranslation(ctx context.Context, g policy.Grant, t centre.Translation) error
}

// Labels turns markings into labels.
type Labels interface {
	// Label gives the label of a marking, making it if there is none yet.
	// Needs any grant that permits something.
	Label(ctx context.Context, g policy.Grant, m centre.Marking) (policy.Label, error)
	// AllLabels lists every label, by id. It is for making views; never for people.
	// Needs ActionPipeline.
	AllLabels(ctx context.Context, g policy.Grant) ([]policy.Label, error)
}

// Invitation lets one person set a password, once, before it expires.
type Invitation struct {
	Hash    [32]byte // SHA-256 of the token that the person holds
	Person  centre.ID
	Expires time.Time
}

// Accounts keeps persons and what they prove themselves with. Secrets are kept
// as hashes and never returned to people. All need ActionPipeline, or
// ActionManagePersons on the person's member.
type Accounts interface {
	AddPerson(ctx context.Context, g policy.Grant, p centre.Person, i Invitation) error
	ChangePerson(ctx context.Context, g policy.Grant, p centre.Person) error
	Person(ctx context.Context, g policy.Grant, id centre.ID) (centre.Person, error)
	// PersonByLogin also gives the stored password hash ("" before one is set).
	PersonByLogin(ctx context.Context, g policy.Grant, login string) (centre.Person, string, error)
	// Persons lists those of a member, by login.
	Persons(ctx context.Context, g policy.Grant, member centre.MemberCode) ([]centre.Person, error)
	// Invite replaces the open invitation of a person.
	Invite(ctx context.Context, g policy.Grant, i Invitation) error
	// Redeem uses up the invitation with the hash and stores the password hash,
	// in one transaction, and ends the sessions from before; NotFound where there is none, or it has expired at now.
	Redeem(ctx context.Context, g policy.Grant, hash [32]byte, passwordHash string, now time.Time) (centre.Person, error)

	// Sessions: the token is kept as its SHA-256. They follow scs.CtxStore.
	Session(ctx context.Context, g policy.Grant, token string, now time.Time) (data []byte, found bool, err error)
	SaveSession(ctx context.Context, g policy.Grant, token string, data []byte, expires time.Time) error
	DropSession(ctx context.Context, g policy.Grant, token string) error
}

// CharterVersion is a text of the charter as adopted.
type CharterVersion struct {
	Version   int       `json:"version"` // from 1
	Effective time.Time `json:"effective"`
	Adopted   time.Time `json:"adopted"`
	By        string    `json:"by"`
	Text      string    `json:"text"` // YAML, as adopted
}

// BegunTerm is a term of the head as it began. It ends where the next begins.
type BegunTerm struct {
	Number int // of all terms, from 1
	Cycle  int // of the rounds through the order, from 1
	Member centre.MemberCode
	Start  time.Time
}

// Charters keeps every text of the charter; none is ever changed.
type Charters interface {
	// CharterVersions lists them, oldest first. The charter is known to every
	// actor of the centre; a view of nobody gets nothing.
	CharterVersions(ctx context.Context, v policy.View) ([]CharterVersion, error)
	// AdoptCharter adds a version. Its Effective may not lie before that of the
	// version before it (CodeConflict). Needs ActionPipeline.
	AdoptCharter(ctx context.Context, g policy.Grant, c CharterVersion) error

	// BegunTerms lists the terms that are kept, oldest first; a view of nobody
	// gets nothing.
	BegunTerms(ctx context.Context, v policy.View) ([]BegunTerm, error)
	// KeepTerms keeps terms that have begun. One whose number is kept already is
	// passed over: a past boundary never moves. One that would not follow the
	// last that is kept is refused (CodeConflict). Needs ActionPipeline.
	KeepTerms(ctx context.Context, g policy.Grant, terms []BegunTerm) error
}
