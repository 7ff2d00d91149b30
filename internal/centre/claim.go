package centre

import "time"

// Claim is a proposition about the world, as one reader may see it: everything
// in it is computed from the statements of reports released to that reader
// (DOMAIN.md sections 3 and 5). That statements belong to one claim is a
// proposal of the machine, which persons correct.
type Claim struct {
	ID ID `json:"id"`
	// Proposition is the content of the statement that says it most plainly, in
	// its own words and language; From says whose words they are.
	Proposition string       `json:"proposition"`
	Language    string       `json:"language"` // BCP 47, of Proposition
	From        StatementRef `json:"from"`
	Judgement
	Given      *ClaimGrading  `json:"given,omitempty"` // the newest grade that a person gave; it stands before the suggested one
	Statements int            `json:"statements"`      // that the reader may see; of very many, those that were judged (store.MaxJudged)
	Reports    int            `json:"reports"`         // that carry them
	Speakers   []ClaimSpeaker `json:"speakers"`        // the first of each stance, then by how often they speak; at most twelve
	Stories    []ID           `json:"stories"`         // of the reports that carry it, distinct, at most eight
	First      Moment         `json:"first"`           // earliest known publication
	Last       Moment         `json:"last"`            // latest known publication
	Changed    time.Time      `json:"changed"`         // when something that the reader may see was last added, taken back or corrected
	TakenBack  time.Time      `json:"taken_back"`      // when the centre learned that what a root rests on was taken back; zero where nothing was
	Review     bool           `json:"review"`          // Given is older than TakenBack: it is to be looked at again, and who relied on it told
	Marking    Marking        `json:"marking"`         // join of the markings of what is shown; zero where nobody may have all of it together
}

// Grade is the one that counts: a person's, or else the suggested one.
func (c *Claim) Grade() Grade {
	if c.Given != nil {
		return c.Given.Grade
	}
	return c.Suggested.Grade
}

// Judgement is what follows from the statements of a claim by rule, and from
// nothing else. Package corroborate makes it.
type Judgement struct {
	Status ClaimStatus `json:"status"`
	// ConfirmedBy names the parties to the matter that confirm it. That is no
	// corroboration, and Status does not speak of it.
	ConfirmedBy []string `json:"confirmed_by"`
	// Roots lists who stands behind the statements, for and against, those that
	// do not count any more last. Unknown roots are one in all on either side.
	Roots []Root `json:"roots"`
	// For and Against count the roots that stand; Independent those of For that
	// are certainly independent of one another.
	For         int        `json:"for"`
	Against     int        `json:"against"`
	Independent int        `json:"independent"`
	Suggested   Suggestion `json:"suggested"`
}

// ClaimStatus says how a claim stands (DOMAIN.md section 5). It is computed.
type ClaimStatus string

const (
	ClaimUnverified   ClaimStatus = "UNVERIFIED"   // said, and neither corroborated nor contradicted
	ClaimCorroborated ClaimStatus = "CORROBORATED" // by two certainly independent roots, not all of them parties
	ClaimContested    ClaimStatus = "CONTESTED"    // asserted and denied
	ClaimRefuted      ClaimStatus = "REFUTED"      // contradicted with authority, or by better roots than it has
	ClaimRetracted    ClaimStatus = "RETRACTED"    // whoever stood behind it has taken it back
)

// ClaimStatuses lists them in the order in which people want to see them.
var ClaimStatuses = []ClaimStatus{ClaimContested, ClaimRefuted, ClaimRetracted, ClaimUnverified, ClaimCorroborated}

// Side is on which side of a claim a statement stands.
type Side int

const (
	Against  Side = -1
	NoSide   Side = 0 // declines, admits in part, takes back, relays without endorsement
	InFavour Side = 1
)

// SideOf gives the side of a statement: who asserts that something is not so
// stands against the claim that it is. To relay without endorsement is to stand
// on neither side.
func SideOf(stance Stance, negated bool) Side {
	side := NoSide
	switch stance {
	case StanceAssert, StanceConfirm, StanceCorrect:
		side = InFavour
	case StanceDeny:
		side = Against
	}
	if negated {
		side = -side
	}
	return side
}

// StanceTo gives the stance of a statement to a claim in whose words there is a
// negation or none: who asserts that something is not so denies that it is.
func StanceTo(stance Stance, negated, inClaim bool) Stance {
	switch {
	case negated == inClaim:
	case stance == StanceDeny:
		return StanceAssert
	case SideOf(stance, false) == InFavour:
		return StanceDeny
	}
	return stance
}

// Root is a first observer or speaker behind a claim, with all statements that
// go back to it (DOMAIN.md section 3: reprints, translations and three agencies
// that quote one official are one root).
type Root struct {
	Name    string    `json:"name"` // as the texts name it; a description for one without a name
	Kind    AgentKind `json:"kind"`
	Country string    `json:"country"` // ISO 3166-1 alpha-3; "" where unknown
	Side    Side      `json:"side"`
	// Unknown: nobody can tell who it is. All such roots of one side are one.
	Unknown bool `json:"unknown"`
	// Party: it takes part in what the claim is about, or speaks for one that does.
	Party bool `json:"party"`
	// Independent: certainly of another origin than every other root so marked.
	Independent bool        `json:"independent"`
	State       RootState   `json:"state"`
	Reliability Reliability `json:"-"` // the best standing judgement of what carries it; zero for none
	// Statements go back to it, the earliest first.
	Statements []StatementRef `json:"statements"`
	Why        []Reason       `json:"why"` // which of them share this root and why, or why it does not count
}

// RootState is whether a root counts.
type RootState string

const (
	RootStands    RootState = "stands"
	RootRetracted RootState = "retracted" // it took back what it said
	// RootEarlier: a denial from before anybody asserted it. It cannot rebut what
	// came later.
	RootEarlier RootState = "earlier"
)

// Suggestion is a grade that the rules of DOMAIN.md section 3 propose.
type Suggestion struct {
	Grade Grade    `json:"grade"`
	Rule  int      `json:"rule"` // 1..7, the one that decided
	Why   []Reason `json:"why"`  // what went into the rules, and what each made of it
}

// StatementRef names a statement of a report's version.
type StatementRef struct {
	Report  ID  `json:"report"`
	Version int `json:"version"`
	No      int `json:"no"` // Statement.No
}

// ClaimSpeaker is one who speaks about a claim.
type ClaimSpeaker struct {
	Key        string    `json:"key"` // names the speaker across claims and languages
	Name       string    `json:"name"`
	Kind       AgentKind `json:"kind"`
	Role       string    `json:"role"`
	Country    string    `json:"country"`
	Stances    []Stance  `json:"stances"` // to the claim as it is worded, distinct, the latest first; see StanceTo
	Statements int       `json:"statements"`
}

// ClaimStatement is a statement in its place in a claim, with what is needed to
// judge it.
type ClaimStatement struct {
	Statement
	Ref      StatementRef `json:"ref"`
	Carrier  Carrier      `json:"carrier"`
	Language string       `json:"language"` // BCP 47, of the report
	Story    ID           `json:"story"`
	Link     ClaimLink    `json:"link"`
	Label    int64        `json:"-"` // of the report
	Marking  Marking      `json:"marking"`
	Claim    ID           `json:"claim"` // zero for a statement that makes none
	Parties  []string     `json:"-"`     // as Linked.Parties
	// Roots are tokens of its root: equal ones are one root, whoever that is.
	// They never leave the program.
	Roots []string `json:"-"`
}

// Carrier is the report that carries a statement, as far as its origin matters.
type Carrier struct {
	Report    ID        `json:"report"`
	Title     string    `json:"title"`
	URL       string    `json:"url"`
	Source    ID        `json:"source"` // zero where the source is not released to the reader
	Name      string    `json:"name"`   // of the source; "" where hidden
	Family    string    `json:"family"` // publisher family; "" where hidden or unknown
	Ownership Ownership `json:"ownership"`
	Country   string    `json:"country"`
	// Reliability is that of the report's grade, or else the source's standing
	// one; zero for none.
	Reliability Reliability `json:"-"`
	CopySet     ID          `json:"copy_set"`
	Translation ID          `json:"translation"` // the report that it is a translation of; zero for none
	Published   Moment      `json:"published"`
	Received    time.Time   `json:"received"`
	Withdrawn   bool        `json:"withdrawn"` // the source takes the report back
}

// ClaimLink says how a statement came to its claim.
type ClaimLink struct {
	Score float64  `json:"score"` // 0..1
	Why   []string `json:"why"`   // reasons, for a person
	By    string   `json:"by"`    // the person who put it there; "" for the machine
}

// RelatedClaim is a claim near another one that says something else. The two are
// never merged by the machine.
type RelatedClaim struct {
	Claim ID `json:"claim"`
	// Tension: the two can hardly both be taken as they stand: the same matter,
	// told otherwise.
	Tension bool     `json:"tension"`
	Score   float64  `json:"score"` // 0..1
	Why     []string `json:"why"`
	By      string   `json:"by"` // the person who said so; "" for the machine
}

// ClaimGrading is one person's grade of a claim. They are kept, never
// overwritten.
type ClaimGrading struct {
	ID      ID         `json:"id"`
	Claim   ID         `json:"claim"`
	Grade   Grade      `json:"grade"`
	Reason  string     `json:"reason"`
	Person  ID         `json:"person"`
	By      string     `json:"by"` // the person's name at the time
	Member  MemberCode `json:"member"`
	At      time.Time  `json:"at"`
	Marking Marking    `json:"marking"` // join of what the person saw of the claim
}

// ClaimEditKind is what a person corrects about a claim.
type ClaimEditKind string

const (
	EditLink    ClaimEditKind = "link"    // a statement belongs to this claim
	EditSplit   ClaimEditKind = "split"   // statements become a claim of their own
	EditMerge   ClaimEditKind = "merge"   // another claim is the same as this one
	EditRelated ClaimEditKind = "related" // another claim is near this one, and not the same
	EditUndo    ClaimEditKind = "undo"    // an earlier correction does not hold any more
	EditToken   ClaimEditKind = "token"   // a statement's root was told apart or said to be that of another
)

// ClaimEdit is a correction by a person. It holds for all members, wins over the
// machine, is used when later statements are linked, and can be taken back.
type ClaimEdit struct {
	ID         ID             `json:"id"`
	Kind       ClaimEditKind  `json:"kind"`
	Claim      ID             `json:"claim"`
	Other      ID             `json:"other,omitempty"` // the other claim, of a split or merge or relation
	Statements []StatementRef `json:"statements,omitempty"`
	Tension    bool           `json:"tension,omitempty"`
	Reason     string         `json:"reason"`
	Person     ID             `json:"person"`
	By         string         `json:"by"`
	Member     MemberCode     `json:"member"`
	At         time.Time      `json:"at"`
	Undoes     ID             `json:"undoes,omitempty"` // of an undo: what it takes back
	Undone     bool           `json:"undone"`           // it was taken back
	// Closed: the reader sees what it did and who did it, but not all that the
	// person saw: Reason and what is hidden of Statements are left out.
	Closed bool `json:"closed"`
	From   []ID `json:"-"` // the claims that statements left
}

// Linked is the claim that weaving gives a statement.
type Linked struct {
	Claim   ID // zero for a statement that makes none
	Link    ClaimLink
	Related []RelatedClaim // of Claim, found when this statement came; at most eight
	// Parties take part in what the content is about: ISO 3166-1 alpha-3 codes and
	// entities, at most sixteen.
	Parties []string
	// Features are what linking remembers of the statement; nobody else reads them.
	Features []byte
}
