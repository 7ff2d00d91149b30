package centre

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"time"
)

// Document is one thing as a connector brought it, before processing. It is
// identified by source, external id and content hash: brought twice, it is
// taken once; brought with other content, it becomes a new version.
type Document struct {
	ID         ID     // given at intake
	Source     ID     // the source that it came from
	ExternalID string // the source's own stable name for it: guid, URL, Message-ID, path
	URL        string // where a person can read it; "" where nowhere
	Title      string // plain text; "" where it has none
	Author     string // plain text; "" where unknown
	Published  Moment
	Updated    Moment
	Fetched    time.Time // when the connector had it in hand
	MediaType  string    // of Body: text/plain or text/html; always UTF-8
	Body       string
	Language   string // hint, BCP 47; "" for none
	Point      Point  // hint, where the source itself gives coordinates
	// Geometry is the area that the source itself gives; "" for none. Where it
	// is known and Point is not, intake takes Geometry.Point.
	Geometry Geometry
	// Enclosures are the files that the source offers with it.
	Enclosures []Enclosure
	// Properties is what the source states in fields of its own, under the
	// standard's names ("severity", "urgency", "stix:type"), in its order. A
	// reader sees them as a table.
	Properties []Property
	// PartOf is the external id, at the same source, of the document that this
	// one came with: an attachment's mail, a post's thread. "" for none.
	PartOf string
	// Replaces lists external ids, at the same source, in whose place this
	// document steps (CAP references, a correction): it becomes a new version
	// of the report of the first of them that the centre has.
	Replaces []string
	// Withdrawn is the sentence with which the source takes the document back
	// (a kill, a Cancel); "" where it stands. Lists show it, and nothing is
	// built on the report any more.
	Withdrawn string
	// Embargo is the instant before which nobody may see it; zero for none.
	// Intake keeps such a document aside until then.
	Embargo time.Time
	// Marking is what the document itself says ("Marking:" column, header or
	// field); nil where it says nothing and the source's marking applies.
	Marking  *Marking
	Problems []string // sentences on what was wrong with it though it was taken
}

// MaxBody is the largest Body that intake takes, in bytes.
const MaxBody = 15 << 20

// Hash identifies the content of d: all that a reader would notice if changed.
func (d *Document) Hash() [32]byte {
	h := sha256.New()
	for _, s := range []string{d.Title, d.Author, d.MediaType, d.Body} {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(s)))
		h.Write(n[:])
		h.Write([]byte(s))
	}
	// What older programs did not know is counted where it is there alone, so
	// that their hashes stay. Enclosures are left out: their addresses often
	// carry tokens that change.
	if d.Withdrawn != "" || d.Geometry != "" || len(d.Properties) > 0 {
		fmt.Fprintf(h, "%q%q%q", d.Withdrawn, d.Geometry, d.Properties)
	}
	return [32]byte(h.Sum(nil))
}

// Enclosure is a file that a source offers with a document.
type Enclosure struct {
	URL       string `json:"url"` // "" where the file came along as a document of its own
	MediaType string `json:"media_type"`
	Length    int64  `json:"length"` // in bytes; 0 where not said
	Title     string `json:"title"`  // or the file's name; "" for none
}

// Property is something that a source states in a field of its own.
type Property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// DeadLetter is a document that processing could not finish. It is kept whole,
// shown to its source's member, and retried by a person.
type DeadLetter struct {
	Document ID        `json:"document"`
	Source   ID        `json:"source"`
	Title    string    `json:"title"`
	Step     string    `json:"step"`   // the step that failed
	Reason   string    `json:"reason"` // a sentence; never content of the document
	Attempts int       `json:"attempts"`
	At       time.Time `json:"at"`
}
