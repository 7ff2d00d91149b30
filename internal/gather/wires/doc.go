// Package wires reads what news agencies deliver: the connector of kind "wires".
//
// It reads two standards of the IPTC:
//
//   - ninjs 1, 2 and 3 (JSON): an item, an array of items, or an object with a
//     list of them. Associated texts become documents of their own that say what
//     they are part of; associated pictures and other files become enclosures;
//   - NewsML-G2 (XML, namespace http://iptc.org/std/nar/2006-10-01/): newsItem,
//     alone or many in a newsMessage. Of a contentSet the XHTML or NITF text, or
//     the plain one, is the body; remoteContent becomes enclosures. A packageItem
//     is a list of items and no document; parts (partMeta) are not read.
//
// An item is known by its uri (ninjs) or guid (G2). Its fields are Properties
// under the standard's names, controlled values as they are ("medtop:16000000").
//
// An agency's wishes are honoured as the standards define them (pubStatus,
// embargoed):
//
//   - usable, which is also what no status means: the text is taken;
//   - withheld "until further notice": the item is withdrawn, and neither its
//     text nor its headline is kept; a later usable version brings it back;
//   - canceled (a kill): the item is withdrawn with the note to editors;
//   - an item with another status is left out;
//   - an embargo with date, time and zone keeps the item aside until then. One
//     that is there but says no instant leaves it out: nothing is ever shown too
//     early.
//
// A version that is lower, or was created earlier, than one that was yielded
// does not come any more, in whatever order a list has them. That is remembered
// for the latest 5,000 items of a source; content that comes as files has no
// such memory beyond the file.
package wires
