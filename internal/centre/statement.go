package centre

// Statement is one speaker's speech act inside a report: who says, confirms or
// denies what, in which words, and through whom the words came (DOMAIN.md
// section 5). It is a proposal of the machine, and says nothing about whether
// what is said is true.
//
// A person's attitude that somebody else relates is not that person's statement:
// in "A said that B fears C", A asserts that B fears, and B is no speaker.
type Statement struct {
	// No numbers the statements of a report version from 1, in the order of
	// their cues.
	No int `json:"no"`
	// Start and End are the stretch of the text that holds all of it: speaker,
	// cue and content.
	Start int `json:"start"` // code points into Content.Text
	End   int `json:"end"`   // half-open

	Speaker   Agent   `json:"speaker"`
	Addressee *Agent  `json:"addressee,omitempty"` // to whom it was said: "told news agencies"; nil where not said
	Cue       Words   `json:"cue"`                 // the reporting words: "said", "according to", "отрицает"
	Content   []Words `json:"content"`             // what is said, in pieces where the speaker stands in between; the first is the main one
	Quoted    bool    `json:"quoted"`              // the content is, at least in part, verbatim

	Stance   Stance   `json:"stance"`
	Modality Modality `json:"modality"`
	Negated  bool     `json:"negated"` // the proposition of the content is a negative one: "has not received"

	SaidAt    *Span  `json:"said_at,omitempty"`    // when it was said; nil where the text does not date it
	SaidPlace *Place `json:"said_place,omitempty"` // where it was said, which is not where what it is about is; nil where not said

	Anonymity Anonymity `json:"anonymity"`
	// Chain is the way from the carrier to the root: the first hop is who told
	// the carrier, the last the first speaker. In "X told Y, cited by Z" it is
	// Z, Y, X. Never empty: a speaker who needs nobody is the only hop.
	Chain []Hop `json:"chain"`

	// Answers is the No of an earlier statement of the same text that this one
	// denies, confirms or takes up without saying its content anew ("Peskov denied
	// this"); 0 where it stands for itself.
	Answers int `json:"answers,omitempty"`
	// Event is the index, from 1, in EventMentions of what the content is about;
	// 0 where no event was found in it.
	Event int `json:"event,omitempty"`

	Score   float64  `json:"score"` // 0..1
	Step    string   `json:"step"`
	Version int      `json:"version"` // of the step
	Why     []string `json:"why"`     // reasons, for a person
}

// Words are a stretch of a report's text.
type Words struct {
	Start int    `json:"start"` // code points into Content.Text
	End   int    `json:"end"`   // half-open
	Text  string `json:"text"`  // the words themselves
}

// Agent is who speaks, is spoken to or passes words on, as a text names it.
type Agent struct {
	// Words are the fullest naming in the statement's own sentence; a pronoun or
	// "the source" where there is no other. They are zero where the text has
	// none for the agent: then Name alone says who it is (the carrier).
	Words
	// Name is who it is: the fullest name in the text of whoever the words refer
	// to; the description itself for an agent without a name ("a
	// military-diplomatic source"). An anonymous agent never gets a name.
	Name    string    `json:"name"`
	Entity  string    `json:"entity,omitempty"` // as Mention.Entity; "" for an anonymous or collective agent
	Kind    AgentKind `json:"kind"`
	Role    string    `json:"role,omitempty"`    // in English, as Mention.Role: "foreign minister"
	Of      string    `json:"of,omitempty"`      // of a spokesperson: the entity spoken for, as Mention.Of; "" where the text names none
	Country string    `json:"country,omitempty"` // ISO 3166-1 alpha-3; "" where unknown
}

// AgentKind is what kind of agent stands in a chain (DOMAIN.md section 5).
type AgentKind string

const (
	AgentPublisher    AgentKind = "publisher"    // an outlet: newspaper, channel, site
	AgentAgency       AgentKind = "agency"       // a news agency
	AgentSpokesperson AgentKind = "spokesperson" // speaks for an office
	AgentNamed        AgentKind = "named"        // a person or body with a name
	AgentAnonymous    AgentKind = "anonymous"    // without a name: "a source", "an official"
	AgentCollective   AgentKind = "collective"   // many without names: "Western media", "Russian officials"
	AgentDocument     AgentKind = "document"     // a report, a statement, a law
)

// Hop is one step of a chain.
type Hop struct {
	Agent
	Verb       string     `json:"verb,omitempty"` // the words with which it passes on; "" where only implied
	Directness Directness `json:"directness"`
	At         *Span      `json:"at,omitempty"` // nil where not said
}

// Directness is how near a hop keeps to the words it passes on.
type Directness string

const (
	DirectQuote       Directness = "quote"
	DirectParaphrase  Directness = "paraphrase"
	DirectTranslation Directness = "translation"
)

// Stance is how a speaker stands to a claim (DOMAIN.md section 5).
type Stance string

const (
	StanceAssert     Stance = "ASSERT"
	StanceConfirm    Stance = "CONFIRM" // by a party with authority over the matter
	StanceDeny       Stance = "DENY"
	StancePartial    Stance = "PARTIAL"    // admits or reframes a part
	StanceUnverified Stance = "UNVERIFIED" // relays without endorsement
	StanceDecline    Stance = "DECLINE"    // no comment
	StanceRetract    Stance = "RETRACT"    // takes back an own earlier statement
	StanceCorrect    Stance = "CORRECT"    // replaces an own earlier statement
)

// Stances lists them in the order in which people see them.
var Stances = []Stance{StanceAssert, StanceConfirm, StanceDeny, StancePartial, StanceUnverified, StanceDecline, StanceRetract, StanceCorrect}

// Modality is what kind of proposition a content is.
type Modality string

const (
	ModalityFact    Modality = "fact"
	ModalityPlan    Modality = "plan"    // is to happen: "will be headed by"
	ModalityMay     Modality = "may"     // can or might happen
	ModalityOpinion Modality = "opinion" // a judgement that cannot be checked: "a milestone"
)

// Anonymity is how far a source is hidden (DOMAIN.md section 5).
type Anonymity string

const (
	OnRecord       Anonymity = "ON_RECORD"
	Background     Anonymity = "BACKGROUND"      // a role alone: "a military-diplomatic source"
	DeepBackground Anonymity = "DEEP_BACKGROUND" // unattributed: "it has become known"
	OffRecord      Anonymity = "OFF_RECORD"      // not usable
)

// EventMention is a happening as a text tells it: a proposal of the machine,
// not yet an event of the centre. What is negated, planned or merely possible
// is marked so and never counted as having happened.
type EventMention struct {
	Start int `json:"start"` // the words that tell it, code points into Content.Text
	End   int `json:"end"`   // half-open

	Trigger  Words         `json:"trigger"`  // the word that decided: "shelled", "соглашение"
	Category EventCategory `json:"category"` // the centre's own category
	Type     string        `json:"type"`     // ACLED sub-event type as its codebook writes it: "Armed clash"; "" where there is none
	Actors   []EventParty  `json:"actors"`
	Place    *Place        `json:"place,omitempty"` // nil where the text gives none, or none with a meaning
	Date     *Span         `json:"date,omitempty"`  // nil where the text does not date it: never the publication
	Killed   Toll          `json:"killed"`          // by ACLED's rules for words such as "dozens"
	Injured  Toll          `json:"injured"`
	Reality  Reality       `json:"reality"`

	Score   float64  `json:"score"` // 0..1
	Step    string   `json:"step"`
	Version int      `json:"version"` // of the step
	Why     []string `json:"why"`     // reasons, for a person
}

// EventParty is one who has a part in an event that a text tells.
type EventParty struct {
	Words
	Entity  string    `json:"entity,omitempty"`  // as Mention.Entity
	Country string    `json:"country,omitempty"` // ISO 3166-1 alpha-3; "" where unknown
	Role    EventRole `json:"role"`
}

// Reality is whether a text tells something as having happened.
type Reality string

const (
	RealityActual       Reality = "actual"
	RealityNegated      Reality = "negated"      // "there was no attack"
	RealityHypothetical Reality = "hypothetical" // "if they attack", "could strike"
	RealityPlanned      Reality = "planned"      // "will meet on Monday"
	RealityHistorical   Reality = "historical"   // long before the report: background, not news
)
