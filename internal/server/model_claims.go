package server

import (
	"entente/internal/centre"
	"entente/internal/desk"
)

// StatementRef names a statement of a report's version.
type StatementRef struct {
	Report  centre.ID `json:"report"`
	Version int       `json:"version" minimum:"1"`
	No      int       `json:"no" minimum:"1" doc:"Statement.no."`
}

func refOf(r centre.StatementRef) StatementRef { return StatementRef(r) }

// Root is a first observer or speaker behind a claim, with all statements that
// go back to it.
type Root struct {
	Name        string         `json:"name"`
	Kind        string         `json:"kind" enum:"publisher,agency,spokesperson,named,anonymous,collective,document"`
	Country     string         `json:"country" doc:"ISO 3166-1 alpha-3; empty where unknown."`
	Side        int            `json:"side" enum:"1,-1" doc:"1 in favour of the claim, -1 against it."`
	Unknown     bool           `json:"unknown" doc:"Nobody can tell who it is. All such roots of one side are one."`
	Party       bool           `json:"party" doc:"It takes part in what the claim is about."`
	Independent bool           `json:"independent" doc:"Certainly of another origin than every other root so marked."`
	State       string         `json:"state" enum:"stands,retracted,earlier" doc:"Earlier: a denial from before anybody asserted it, which cannot rebut."`
	Statements  []StatementRef `json:"statements" doc:"The earliest first."`
	Why         []Reason       `json:"why" doc:"Why these statements are one root, and why it does not count."`
}

// Reason is why something follows by rule: a code to say it by in any language,
// what its sentence is filled with, and the sentence in English.
type Reason struct {
	Code    string   `json:"code" enum:"reliability-unknown,reliability,all-taken-back,nobody,repeated,comparable,alone,parties,known-parties,uncertain,unreliable,unproven,confirmed,some-taken-back,authority,outweighed,contradicted,interested,light-contradiction,tokens,unknown-many,unknown-one,copies,translations,family,sisters,echo,circle,same-speaker,party,carriers-gone,outlet-gone,took-back,opposite,admission,earlier,speaks-for-state"`
	Text    string   `json:"text" doc:"The sentence in English."`
	N       int      `json:"n" doc:"How many, where the sentence says so."`
	Grade   string   `json:"grade" doc:"What it comes to: a letter A to F or a digit 1 to 6."`
	Names   []string `json:"names" doc:"Of whom it speaks."`
	More    int      `json:"more" doc:"How many more there are than are named."`
	Of      string   `json:"of" doc:"A publisher family, or another root."`
	Country string   `json:"country" doc:"ISO 3166-1 alpha-3."`
}

func reasonOf(r centre.Reason) Reason {
	return Reason{string(r.Code), r.String(), r.N, r.Grade, orEmpty(r.Names), r.More, r.Of, r.Country}
}

func rootOf(r centre.Root) Root {
	return Root{Name: r.Name, Kind: string(r.Kind), Country: r.Country, Side: int(r.Side), Unknown: r.Unknown, Party: r.Party,
		Independent: r.Independent, State: string(r.State), Statements: each(r.Statements, refOf), Why: each(r.Why, reasonOf)}
}

// Suggestion is a grade that the rules propose.
type Suggestion struct {
	Grade string   `json:"grade" example:"F3"`
	Rule  int      `json:"rule" minimum:"1" maximum:"7" doc:"The rule that decided."`
	Why   []Reason `json:"why" doc:"What went into the rules, and what each made of it."`
}

// ClaimSpeaker is one who speaks about a claim.
type ClaimSpeaker struct {
	Key        string   `json:"key" doc:"Names the speaker across claims and languages."`
	Name       string   `json:"name"`
	Kind       string   `json:"kind" enum:"publisher,agency,spokesperson,named,anonymous,collective,document"`
	Role       string   `json:"role"`
	Country    string   `json:"country"`
	Stances    []string `json:"stances" doc:"To the claim as it is worded: who asserts that it is not so is among those who deny. Distinct, the latest first."`
	Statements int      `json:"statements"`
}

func speakerOf(s centre.ClaimSpeaker) ClaimSpeaker {
	return ClaimSpeaker{s.Key, s.Name, string(s.Kind), s.Role, s.Country, each(s.Stances, func(s centre.Stance) string { return string(s) }), s.Statements}
}

// ClaimGrading is one person's grade of a claim.
type ClaimGrading struct {
	ID      centre.ID         `json:"id"`
	Grade   string            `json:"grade"`
	Reason  string            `json:"reason"`
	Person  centre.ID         `json:"person"`
	By      string            `json:"by"`
	Member  centre.MemberCode `json:"member"`
	At      Instant           `json:"at"`
	Marking string            `json:"marking" doc:"Of what the person saw of the claim; the grade is shown to nobody else."`
}

func claimGradingOf(g centre.ClaimGrading) ClaimGrading {
	return ClaimGrading{g.ID, g.Grade.String(), g.Reason, g.Person, g.By, g.Member, Instant{g.At}, g.Marking.String()}
}

// Claim is a proposition about the world, computed from the statements that the
// reader may see.
type Claim struct {
	ID          centre.ID              `json:"id"`
	Proposition string                 `json:"proposition" doc:"In the words of the statement that says it most plainly."`
	Language    string                 `json:"language"`
	From        StatementRef           `json:"from" doc:"Whose words the proposition is."`
	Status      string                 `json:"status" enum:"UNVERIFIED,CORROBORATED,CONTESTED,REFUTED,RETRACTED"`
	ConfirmedBy []string               `json:"confirmed_by" doc:"Parties that confirm it, which is no corroboration."`
	Grade       string                 `json:"grade" doc:"That of a person, or else the suggested one."`
	Given       Nullable[ClaimGrading] `json:"given" doc:"The newest grade by a person; it stands before the suggested one."`
	Suggested   Suggestion             `json:"suggested"`
	For         int                    `json:"for" doc:"Roots in favour that stand."`
	Against     int                    `json:"against" doc:"Roots against that stand."`
	Independent int                    `json:"independent" doc:"Roots in favour that are certainly independent of one another."`
	Roots       []Root                 `json:"roots"`
	Statements  int                    `json:"statement_count"`
	Reports     int                    `json:"report_count"`
	Speakers    []ClaimSpeaker         `json:"speakers" doc:"The first of each stance, then by how often they speak; at most twelve."`
	Stories     []centre.ID            `json:"stories"`
	First       Nullable[Moment]       `json:"first"`
	Last        Nullable[Moment]       `json:"last"`
	Changed     Instant                `json:"changed" doc:"When something of it was last added, taken back, corrected or graded."`
	TakenBack   Nullable[Instant]      `json:"taken_back" doc:"When the centre learned that what a root rests on was taken back."`
	Review      bool                   `json:"review" doc:"The grade that a person gave is older than that: it is to be looked at again, and who relied on it told."`
	Marking     string                 `json:"marking" doc:"The join of the markings of what is shown; UNMARKED where nobody may have all of it together."`
}

func claimOf(c centre.Claim) Claim {
	out := Claim{ID: c.ID, Proposition: c.Proposition, Language: c.Language, From: refOf(c.From), Status: string(c.Status), ConfirmedBy: orEmpty(c.ConfirmedBy),
		Grade: c.Grade().String(), Suggested: Suggestion{c.Suggested.Grade.String(), c.Suggested.Rule, each(c.Suggested.Why, reasonOf)},
		For: c.For, Against: c.Against, Independent: c.Independent, Roots: each(c.Roots, rootOf), Statements: c.Statements, Reports: c.Reports,
		Speakers: each(c.Speakers, speakerOf), Stories: orEmpty(c.Stories), First: momentOf(c.First), Last: momentOf(c.Last), Changed: Instant{c.Changed}, TakenBack: knownIf(Instant{c.TakenBack}, !c.TakenBack.IsZero()), Review: c.Review, Marking: c.Marking.String()}
	if c.Given != nil {
		out.Given = known(claimGradingOf(*c.Given))
	}
	return out
}

// ClaimList is part of a list of claims.
type ClaimList struct {
	Claims []Claim `json:"claims"`
	Next   string  `json:"next" doc:"Give it back as after for the next page; empty after the last."`
}

// Carrier is the report that carries a statement.
type Carrier struct {
	Report      centre.ID           `json:"report"`
	Title       string              `json:"title"`
	URL         string              `json:"url"`
	Source      Nullable[centre.ID] `json:"source" doc:"Null where the source is not released to the reader."`
	Name        string              `json:"name" doc:"Of the source; empty where hidden."`
	Family      string              `json:"family"`
	Ownership   string              `json:"ownership"`
	Country     string              `json:"country"`
	CopySet     Nullable[centre.ID] `json:"copy_set"`
	Translation Nullable[centre.ID] `json:"translation" doc:"The report that it is a translation of."`
	Published   Nullable[Moment]    `json:"published"`
	Received    Instant             `json:"received"`
	Withdrawn   bool                `json:"withdrawn"`
}

// ClaimLink says how a statement came to its claim.
type ClaimLink struct {
	Score   float64         `json:"score" minimum:"0" maximum:"1"`
	Why     []string        `json:"why" doc:"In English, as the reader sees the two."`
	Reasons []FindingReason `json:"reasons" doc:"One for each why, for screens in other languages."`
	By      string          `json:"by" doc:"The person who put it there; empty for the machine."`
}

// ClaimStatement is a statement in its place in a claim.
type ClaimStatement struct {
	Statement
	Ref      StatementRef        `json:"ref"`
	Side     int                 `json:"side" enum:"1,0,-1" doc:"1 in favour of what its content says, -1 against it, 0 neither."`
	Carrier  Carrier             `json:"carrier"`
	Language string              `json:"language"`
	Story    Nullable[centre.ID] `json:"story"`
	Marking  string              `json:"marking"`
	Link     ClaimLink           `json:"link"`
	Told     bool                `json:"root_told" doc:"Its originator told its root apart by a token, which is shown to nobody."`
}

func claimStatementOf(s centre.ClaimStatement) ClaimStatement {
	c := s.Carrier
	return ClaimStatement{Statement: statementOf(s.Statement), Ref: refOf(s.Ref), Side: int(centre.SideOf(s.Stance, s.Negated)),
		Carrier: Carrier{c.Report, c.Title, c.URL, knownIf(c.Source, c.Source != 0), c.Name, c.Family, string(c.Ownership), c.Country, knownIf(c.CopySet, c.CopySet != 0),
			knownIf(c.Translation, c.Translation != 0), momentOf(c.Published), Instant{c.Received}, c.Withdrawn},
		Language: s.Language, Story: knownIf(s.Story, s.Story != 0), Marking: s.Marking.String(),
		Link: ClaimLink{s.Link.Score, orEmpty(s.Link.Why), findingReasonsOf(s.Link.Why), s.Link.By}, Told: len(s.Roots) > 0}
}

// ClaimStatementList is part of the statements of a claim.
type ClaimStatementList struct {
	Statements []ClaimStatement `json:"statements"`
	Next       string           `json:"next"`
}

func claimStatementsOf(p desk.StatementPage) ClaimStatementList {
	return ClaimStatementList{each(p.Statements, claimStatementOf), p.Next}
}

// RelatedClaim is a claim near another that says something else.
type RelatedClaim struct {
	Claim   Claim           `json:"claim"`
	Tension bool            `json:"tension" doc:"The two can hardly both be taken as they stand."`
	Score   float64         `json:"score" minimum:"0" maximum:"1"`
	Why     []string        `json:"why"`
	Reasons []FindingReason `json:"reasons" doc:"One for each why, for screens in other languages."`
	By      string          `json:"by" doc:"The person who said so; empty for the machine."`
}

func relatedOf(r desk.RelatedClaim) RelatedClaim {
	return RelatedClaim{claimOf(r.With), r.Tension, r.Score, orEmpty(r.Why), findingReasonsOf(r.Why), r.By}
}

// ClaimEdit is a correction by a person.
type ClaimEdit struct {
	ID         centre.ID           `json:"id"`
	Kind       string              `json:"kind" enum:"link,split,merge,related,undo,token"`
	Claim      centre.ID           `json:"claim"`
	Other      Nullable[centre.ID] `json:"other"`
	Statements []StatementRef      `json:"statements"`
	Tension    bool                `json:"tension"`
	Reason     string              `json:"reason"`
	By         string              `json:"by"`
	Member     centre.MemberCode   `json:"member"`
	At         Instant             `json:"at"`
	Undoes     Nullable[centre.ID] `json:"undoes" doc:"Of an undo: what it takes back."`
	Undone     bool                `json:"undone" doc:"It was taken back."`
	Closed     bool                `json:"closed" doc:"Not all that the person saw is released to the reader: the reason and what is hidden of the statements are left out."`
}

func claimEditOf(e centre.ClaimEdit) ClaimEdit {
	return ClaimEdit{e.ID, string(e.Kind), e.Claim, knownIf(e.Other, e.Other != 0), each(e.Statements, refOf), e.Tension, e.Reason, e.By, e.Member, Instant{e.At},
		knownIf(e.Undoes, e.Undoes != 0), e.Undone, e.Closed}
}

// ClaimMay tells what the reader may do with a claim.
type ClaimMay struct {
	Grade   bool `json:"grade"`
	Correct bool `json:"correct"`
}

// ClaimDetail is a claim with all that is known of it.
type ClaimDetail struct {
	Claim
	List     ClaimStatementList `json:"statements" doc:"The newest 200; the others are listed by /claims/{id}/statements."`
	Related  []RelatedClaim     `json:"related" doc:"Those in tension first."`
	Gradings []ClaimGrading     `json:"gradings" doc:"Newest first."`
	Edits    []ClaimEdit        `json:"edits" doc:"Corrections by persons, newest first."`
	May      ClaimMay           `json:"may"`
}

// ReportClaim is a statement of a report and its claim.
type ReportClaim struct {
	No    int   `json:"no" minimum:"1" doc:"Statement.no."`
	Claim Claim `json:"claim"`
}

// ReportClaimList lists the claims of a report's statements.
type ReportClaimList struct {
	Claims []ReportClaim `json:"claims"`
}

// StoryClaims is the table of a story's claims: claims down, speakers across.
type StoryClaims struct {
	Claims   []Claim        `json:"claims" doc:"Contested ones first. The stances of a cell are those of the speaker with the same key in the claim's speakers."`
	Speakers []ClaimSpeaker `json:"speakers" doc:"The columns: those who speak against contested claims, then on them, then by on how many of the claims they speak (statements); at most twenty."`
}
