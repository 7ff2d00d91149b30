// Package stix reads threat intelligence in STIX 2.1 (OASIS standard of June
// 2021): from a TAXII 2.1 server, from a bundle at an address, and from files.
// The kind of its sources is "taxii".
//
// # What becomes what
//
// A report, note, opinion or incident becomes a document: its name, abstract or
// kind is the title, its description, content or explanation the text, the
// identity of created_by_ref the author. created or published is the time of
// publication, modified that of the update; id names the document, so that a
// later modified becomes its next version, and revoked withdraws it. Every other
// property of the object is kept under STIX's name for it, references in words.
//
// A location that such an object points at (object_refs, or a relationship
// located-at) gives the document its geometry.
//
// Every other object, also of a type that STIX does not have, is kept as it
// came: a document whose text is the object's JSON. Identities, locations,
// relationships and marking definitions are spared that where a document tells
// all that they say.
//
// The versions of one object in one reading are handed over in the order of
// modified. A server gives the latest alone (TAXII 2.1 section 3.4); an older
// version that arrives in a later reading is a version all the same.
//
// # Markings
//
// object_marking_refs and granular_markings (section 7.2) narrow the marking of
// the source, see gather.Narrow: the strictest of all holds for the whole
// document, that of its author, of its places and of its relationships included.
// Of other objects that it refers to, those marked stricter than itself keep
// their names to themselves. Known are the
// four TLP 1.0 definitions of STIX, the five of the TLP 2.0 extension, and
// statements, which restrict nobody and are kept as properties. A definition
// that is not known or not there leaves the document to the originator alone,
// and the document says so.
//
// # The way to a collection
//
// The address may be that of the host, of the discovery resource, of an API
// root, of a collection or its objects. Where a server has several collections
// that may be read, the option "collection" names one by id, alias or title.
// The secrets "user" and "password", or "token", prove us to the server. Only
// resources on the host of the address are read. The cursor is the server's
// X-TAXII-Date-Added-Last; in the midst of many pages it is the page's next as
// well, and where the server no longer knows that, the pages are read anew.
//
// A server's pages that are no JSON fail the fetch; a bundle that breaks off
// gives the objects before the break. An object without id or type, or one
// nested deeper than 64, is named and left out.
package stix
