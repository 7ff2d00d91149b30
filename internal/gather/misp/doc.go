// Package misp reads events of the MISP core format (MISP standard, "core
// format"): from a MISP feed, from an address that gives events, and from files.
// The kind of its sources is "misp".
//
// # Where from
//
// A feed is a folder on a web server with manifest.json and one <uuid>.json for
// each event. The address is the folder's or the manifest's; events whose
// timestamp in the manifest has changed are fetched, the oldest first, at most
// 500 in one fetch. An address or a file may also give one {"Event": ...}, or a
// list of them by itself or in "response". The secret "key" is sent in the
// header Authorization, as MISP servers ask it.
//
// # What becomes what
//
// An event becomes one document, named by its uuid: info is the title, its
// attributes, objects and reports by category the text, Orgc the author, date
// the day of publication, timestamp the time of the update. Threat level,
// analysis, tags and galaxies are properties in words. Indicators (to_ids) are
// text like all else: nothing here acts on them. The content of attachments and
// malware samples is never taken: only their names are.
//
// # Markings
//
// distribution is that of the standard: 0 (your organisation only), 4 (a sharing
// group, whose members are not ours to know), 5 on the event itself, and what is
// not known leave the document to the source's originator alone; 1 to 3 leave
// the source's marking as it is, and so does an event without distribution, as
// feeds have them. tlp tags narrow further. What an attribute, object or report
// says of itself holds for the whole document. See gather.Narrow.
//
// A part that is not of the form that the standard gives it is left out and
// named, and the parts beside it are taken.
package misp
