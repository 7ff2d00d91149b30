package gather

import (
	"bytes"
	"context"
	"io"
	"time"

	"entente/internal/centre"
	"entente/internal/gather/fetch"
)

// Connector reads one kind of source. It holds no memory between two fetches
// but what it hands over as a cursor, and is safe for concurrent use on
// different sources; the scheduler never fetches one source twice at once.
//
// The suite in gather/gathertest holds every connector to what is written here.
type Connector interface {
	// Kind is the name in Source.Kind: "feed", "page", "files".
	Kind() string

	// Check refuses a source that the connector could never read, with a
	// centre.Invalid sentence that says what to change. It looks at the source's
	// own fields only: it opens no connection and no file.
	Check(s centre.Source) error

	// Fetch reads what is new in r.Source since r.Cursor and hands it to r.Yield.
	//
	// It must return soon after ctx is done, with ctx's error in the chain. Any
	// other error is a *centre.Error whose sentence names the remedy; an error
	// that wraps a *fetch.Error also tells the scheduler how long to wait and
	// whether the source is gone for good. What was yielded before an error
	// stays taken. A document that cannot be read is not an error of the source:
	// the good documents are yielded and Result.Problems names the bad one.
	//
	// The Result is read also where there is an error: its Bytes are counted.
	Fetch(ctx context.Context, r Request) (Result, error)
}

// Paced is implemented by a connector whose sources are looked at, where
// Source.Interval is zero, at another rhythm than DefaultInterval.
type Paced interface {
	Interval() time.Duration
}

// Request is one fetch of one source.
type Request struct {
	Source centre.Source
	// Cursor is what the connector last handed over with documents that were
	// taken; nil at first. A cursor that cannot be read (of an older program) is
	// to be treated as nil: intake knows documents that it has taken before.
	Cursor centre.Cursor
	// Client is the only way to the network. It is nil only where the caller
	// knows that the connector has no need of one.
	Client *fetch.Client
	// Now is the instant of this fetch: for Document.Fetched, and to see that a
	// date lies in the future. It is never a document's time of publication.
	Now time.Time
	// Yield takes a batch of documents durably and then, in the same
	// transaction, the cursor that covers them: everything that was read up to
	// and including this batch. A nil cursor leaves the stored one; an empty
	// batch with a cursor moves it alone. When Yield fails nothing of the batch
	// was taken, the connector returns the error as it is, and the next fetch
	// brings the batch again.
	//
	// Every document has Source, ExternalID and Fetched set, a MediaType of
	// text/plain or text/html, and is valid UTF-8 without bidirectional
	// overrides in Title, Author and Body. An unknown Published stays zero.
	// Batches hold at most MaxBatch documents. Yield is called from one
	// goroutine at a time.
	Yield func(ctx context.Context, docs []centre.Document, c centre.Cursor) error
	// YieldEvents and YieldTracks take batches of events (at most MaxEvents) and
	// of tracks under the same rules as Yield. An event or track that is known
	// is replaced where it differs. They are nil where the caller can take
	// documents alone (an old test); a connector then yields none.
	YieldEvents func(ctx context.Context, events []centre.Event, c centre.Cursor) error
	YieldTracks func(ctx context.Context, tracks []centre.Track, c centre.Cursor) error
	// Alive is called by Listen when it knows that the source still answers
	// though it has nothing to say; nil in Fetch.
	Alive func()
	// Problem is called by Listen with a sentence on what could not be read
	// though listening goes on, as Result.Problems is for Fetch; nil in Fetch.
	Problem func(sentence string)
}

// MaxEvents is the largest number of events in one call of YieldEvents.
const MaxEvents = 5000

// Listener is a connector some of whose sources speak up by themselves: a mail
// server with IDLE, a stream of positions, a subject of a message bus. The
// scheduler keeps Listen running in place of Fetch at intervals, and starts it
// again after a pause that grows with each failure. Fetch still works: a
// preview uses it.
type Listener interface {
	Connector
	// Listens reports whether this source is listened to.
	Listens(s centre.Source) bool
	// Listen reads what is new since r.Cursor, then yields what comes until ctx
	// is done (it returns ctx's error) or the source breaks off (an error as of
	// Fetch; nil where the source ended the connection in good order).
	Listen(ctx context.Context, r Request) error
}

// Claimant is a connector that knows some web addresses as its own by their
// look: a channel or account of a platform, whose page as such is no source.
type Claimant interface {
	Connector
	// Claims reports whether the address, as a person writes it, looks like one
	// of the connector's. It may be wrong; whoever asks tries it.
	Claims(address string) bool
}

// Reader is a connector that can read its format wherever the bytes came from:
// a folder that is watched, a file that a person brings, a courier's disk, the
// answer at an address that somebody pasted.
type Reader interface {
	Connector
	// Recognise says how sure it is, 0..1, that content is of its format: name
	// is a file's name or a URL ("" where unknown), mediaType as the server said
	// ("" where unknown), head the first bytes, at most 64 KiB. 0.9 and above is
	// for what only this format has (a root element, a magic number); 0.5 for
	// what is likely.
	Recognise(name, mediaType string, head []byte) float64
	// Read reads the content to its end and yields as Fetch does, without a
	// cursor; r.Cursor is ignored. name is as above, for ids, relative addresses
	// and problems. Bad parts are named in Result.Problems and left out; an
	// error means that nothing (more) could be read.
	Read(ctx context.Context, r Request, name string, content io.Reader) (Result, error)
}

// Recognised gives the reader that is surest of a content, and how sure it is;
// nil where none says more than 0. Readers are shown UTF-16 as UTF-8, by whose
// words they know their formats.
func Recognised(readers []Reader, name, mediaType string, head []byte) (best Reader, sure float64) {
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		head = []byte(fetch.ToUTF8(head, "").UTF8)
	}
	for _, r := range readers {
		if s := r.Recognise(name, mediaType, head); s > sure {
			best, sure = r, s
		}
	}
	return best, sure
}

// MaxBatch is the largest number of documents in one call of Yield.
const MaxBatch = 200

// Result is what a fetch found besides documents.
type Result struct {
	// NotModified: the source said, or the connector saw, that nothing changed.
	NotModified bool
	// Bytes is how much was read, before decompression.
	Bytes int64
	// Wait is the shortest time until the next fetch that the source itself asks
	// for; zero where it asks for none.
	Wait time.Duration
	// MovedTo is the source's new permanent address; "" where it did not move.
	MovedTo string
	// Hub and Topic are the WebSub hub and topic that the source names; "" for none.
	Hub, Topic string
	// Title, Language and Site are what the source says of itself: its name, its
	// BCP 47 language, and its web site; "" where it says nothing.
	Title, Language, Site string
	// Problems are sentences about what could not be read though the fetch as a
	// whole worked: "row 17 has 3 columns instead of 5; it was left out".
	Problems []string
	// Notes are sentences for the person who sets the source up: what a selector
	// matched, how a column was read. Only a preview shows them.
	Notes []string
}
