package centre

import "time"

// Source is something that publishes: a feed, a page, a folder. Its Marking is
// what its reports start with, and also says who may know of the source.
type Source struct {
	ID          ID                `json:"id"`
	Slug        string            `json:"slug"` // unique, [a-z0-9-]+, the name in "source:" queries
	Name        string            `json:"name"`
	Kind        string            `json:"kind"`      // name of the connector: feed, page, files
	Address     string            `json:"address"`   // URL, or folder
	Member      MemberCode        `json:"member"`    // who brought it to the centre and administers it
	Family      string            `json:"family"`    // publisher family: owner, group or syndicate; corroboration counts families
	Owner       string            `json:"owner"`     // who owns or publishes it; "" where unknown
	Ownership   Ownership         `json:"ownership"` // what kind of owner; "" where unknown
	Language    string            `json:"language"`  // BCP 47; "" where mixed or unknown
	Country     string            `json:"country"`   // ISO 3166-1 alpha-3; "" where unknown
	Reliability Reliability       `json:"-"`         // the member's standing judgement; zero is none
	Marking     Marking           `json:"marking"`
	Label       int64             `json:"-"`        // id of the label that holds Marking
	Interval    time.Duration     `json:"interval"` // between two fetches; zero for the connector's default
	Paused      bool              `json:"paused"`
	Private     bool              `json:"private"` // may be reached at loopback and private addresses: an operator's explicit choice
	Options     map[string]string `json:"options"` // of the connector: "follow", "mapping" ...
	// Secrets is what proves us to the source ("password", "token"). The store
	// keeps it sealed; only the fetch that needs it sees it, and nobody is shown
	// it again.
	Secrets map[string]string `json:"-"`
	Created time.Time         `json:"created"`
}

// Ownership is what kind of owner a publisher has.
type Ownership string

// Kinds of owners.
const (
	OwnedByState   Ownership = "state"  // a government, or an agency or company of one
	OwnedPublic    Ownership = "public" // chartered, at arm's length from the government
	OwnedPrivately Ownership = "private"
	OwnedByParty   Ownership = "party" // a political party or movement
	OwnedByArmed   Ownership = "armed_group"
	OwnedByFaith   Ownership = "religious"
	OwnedByNGO     Ownership = "ngo"
	OwnedByIGO     Ownership = "igo" // an organisation of states
	OwnerUnknown   Ownership = ""
)

// Ownerships lists the kinds that are known.
var Ownerships = []Ownership{OwnedByState, OwnedPublic, OwnedPrivately, OwnedByParty, OwnedByArmed, OwnedByFaith, OwnedByNGO, OwnedByIGO}

// Health is what is known of a source's last fetches. Zero times are "never".
type Health struct {
	Tried     time.Time `json:"tried"`     // last attempt
	Good      time.Time `json:"good"`      // last attempt that worked
	Next      time.Time `json:"next"`      // next attempt; zero while paused
	Failures  int       `json:"failures"`  // in a row, up to now
	Error     string    `json:"error"`     // of the last attempt, a sentence with its remedy; "" when it worked
	Items     int64     `json:"items"`     // documents taken, ever
	Fetched   int64     `json:"fetched"`   // attempts that worked, ever
	Unchanged int64     `json:"unchanged"` // of these, how many brought "not modified"
	Bytes     int64     `json:"bytes"`     // bodies read, ever

	Problems []string      `json:"problems"`  // of the last attempt that worked: what could not be read, at most 20 sentences
	LastItem time.Time     `json:"last_item"` // when the newest document was taken
	Lag      time.Duration `json:"lag"`       // typical time from publication to here, of documents that say when; 0 where unknown
	Every    time.Duration `json:"every"`     // the rhythm that the scheduler has found; 0 where it has none yet
	// Daily counts documents, events and tracks taken on each of the last 28
	// days (UTC), today last. The store counts them; SetHealth leaves them alone.
	Daily []int `json:"daily"`
}

// Cursor is a connector's own memory of how far it has read a source. Only the
// connector understands it. It is stored after the documents that it covers.
type Cursor []byte
