// Package gather brings documents into the centre.
//
// A Connector knows how to read one kind of source: a feed, a page, a folder.
// It is given a Request with the source and the cursor that it handed over the
// last time, reads what is new, and yields batches of documents, each with the
// cursor that covers it. Yielding is taking: when Yield has returned nil the
// documents and the cursor are durable, so a kill at any moment costs at most
// the reading of one batch again, and never a document.
//
// The Scheduler decides when which source is fetched. Each source has a rhythm
// of its own, found by watching how much each fetch brings (Rhythm) between two
// minutes and six hours, unless a person fixed it; what a source asks for by its
// TTL is kept to. Failures are waited out by their class: a server that restarts
// is asked again within minutes, an address with nothing behind it once a day. A
// new source is fetched at once, a paused one never, what is overdue after a
// stop is spread, and a slow source delays no other. Sources that speak up by
// themselves are listened to (Listener) in place of being fetched.
//
// It writes each source's Health after every attempt, in sentences for the
// person who can act on them; that of all sources once a second in one
// transaction. A crash loses that second of counters and nothing else. SilenceOf
// reads from the health whether a source has fallen silent.
//
// Connectors reach the network through gather/fetch alone, and know neither the
// store nor who may see what. gather/all lists them; gather/gathertest is the
// suite that each of them runs.
package gather
