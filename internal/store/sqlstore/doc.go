// Package sqlstore fulfils store.Store over database/sql. One body of SQL
// serves SQLite and PostgreSQL; what differs between them is a Dialect.
//
// How a report lies in the database:
//
//	document        what a connector brought, whole; never changed
//	document_detail what few documents have: enclosures, properties, an area
//	lineage         keys of reports one of whose documents replaced another
//	waiting         numbers of the documents that are not yet processed
//	report          one narrow row a report: label, source, story, counts by it
//	report_version  one wide row a version: title, text, mentions
//	report_place    which places the current version names
//	report_event    of which categories the current version tells that something happened
//	place           places as a gazetteer gave them, each once; never changed
//	search          the words of the current version, and keys (see keys.go)
//	notice          the outbox
//
// Beside reports lie event (one row an event, its content as JSON) and track
// (the last message of each thing that moves).
//
// A report's id is that of its first document, so it is given at intake, grows
// with arrival, and "newest first" is the order of the primary key.
//
// Policy is membership and nothing else: every statement that reads protected
// rows has "label_id IN (...)" from the view (visible in view.go). The numbers
// are the store's own integers, so they stand in the statement as text. What a
// person typed never does: it is always a parameter, and the words of a search
// are normalised, quoted one by one, and passed as a parameter too.
//
// A read runs in one snapshot, so that a report that is marked anew between
// two of its statements is either wholly there or wholly hidden.
package sqlstore
