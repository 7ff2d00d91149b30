package centre

import "time"

// Entity is a person or a body across reports, as one reader may see it: names,
// roles and counts are computed from reports released to that reader. That two
// names are of one entity is the machine's proposal until a person decides.
type Entity struct {
	ID        ID           `json:"id"` // random
	Kind      MentionKind  `json:"kind"`
	Known     string       `json:"known"`     // its id in the list of public bodies that ships with the program; "" for what only reports tell
	Names     []EntityName `json:"names"`     // the most carried first; of a known one those of the list before them
	Roles     []EntityRole `json:"roles"`     // of a person; the one named last first
	Countries []string     `json:"countries"` // ISO 3166-1 alpha-3, the most carried first
	Reports   int          `json:"reports"`   // visible ones that name it
	First     Moment       `json:"first"`     // earliest known publication among them; unknown where none is known
	Last      Moment       `json:"last"`
	Marking   Marking      `json:"-"` // of all visible reports that name it; zero where none does
}

// EntityName is a name as reports in one language write it.
type EntityName struct {
	Language string `json:"language"` // BCP 47
	Text     string `json:"text"`
	Count    int    `json:"count"` // of reports; 0 where only the shipped list has it
}

// EntityRole is what reports say that somebody is.
type EntityRole struct {
	Name    string `json:"name"`    // in English: "foreign minister"
	Country string `json:"country"` // ISO 3166-1 alpha-3; "" where unknown
	Of      string `json:"of"`      // the known body that it is held in; "" where unknown
	Count   int    `json:"count"`   // of reports
	First   Moment `json:"first"`   // earliest known publication among them
	Last    Moment `json:"last"`
}

// EntityLink ties an entity to a report, with what the report says of it.
type EntityLink struct {
	Local    string       // Mention.Entity in the report: "#3", or the id of a known body
	Entity   ID           // zero where weaving gave none
	Kind     MentionKind  //
	Known    string       // see Entity.Known
	Names    []EntityName // as the report writes them; Count is of mentions
	Role     string       // see Mention
	Country  string
	Of       string // id of a known body
	Mentions int    // titles and acronyms among them
	Score    float64
	Why      []string
}

// EntityAction is what a person decides about entities.
type EntityAction string

const (
	EntityMerge  EntityAction = "merge"  // two are one
	EntitySplit  EntityAction = "split"  // some reports name another
	EntityReject EntityAction = "reject" // two are not one: the proposal is not made again
)

// EntityEdit is a decision about entities, kept for ever. An undone one stays in
// the history.
type EntityEdit struct {
	ID      ID           `json:"id"`
	Action  EntityAction `json:"action"`
	Entity  ID           `json:"entity"`  // that stays
	Other   ID           `json:"other"`   // merged into it, split from it, or kept apart
	Reports []ID         `json:"reports"` // of a split: those that moved, as far as the reader sees them
	Reason  string       `json:"reason"`
	By      string       `json:"by"`
	Member  MemberCode   `json:"member"`
	At      time.Time    `json:"at"`
	Undone  *EntityUndo  `json:"undone"` // nil where it stands
}

// EntityUndo says who took a decision back.
type EntityUndo struct {
	Reason string     `json:"reason"`
	By     string     `json:"by"`
	Member MemberCode `json:"member"`
	At     time.Time  `json:"at"`
}
