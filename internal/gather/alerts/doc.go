// Package alerts reads warnings and lists of natural hazards: the connector of
// kind "alerts".
//
// It reads
//
//   - the Common Alerting Protocol, OASIS CAP-v1.2, and 1.1 and 1.0 which have
//     the same elements: single documents, Atom and RSS lists that hold alerts or
//     point to them;
//   - GDACS: RSS whose items have elements of the namespace http://www.gdacs.org;
//   - the USGS earthquake summaries: a GeoJSON FeatureCollection;
//   - EONET version 3: JSON.
//
// A CAP message is one document. Its external id is the standard's extended
// message identifier, "sender,identifier,sent" (section 3.2.1, references). Its
// text is the info block in the source's language (option "language"), then the
// other blocks, each under a line with its language; its codes are Properties
// under the standard's names. An Update replaces the messages that it refers to,
// a Cancel withdraws them, an Ack or Error concerns those who send alerts and is
// left out. Messages of one reading are handed over in the order in which they
// were sent; one that comes later than what replaces it is put in its place by
// intake.
//
// A message that cannot be known or judged (no identifier, sender, sent, status,
// msgType or scope, or a status that the standard does not have) is left out and
// named. What is wrong in an info block is said beside the document: a warning
// is not lost for a code. Scope Restricted and Private are for the originator
// alone. Status Exercise, System, Test and Draft stand in the title. Polygons
// and circles are latitude, longitude there; a geometry here is the other way.
// XML signatures are not looked at.
//
// Items of GDACS, USGS and EONET are documents and, of the same external id,
// Events of category hazard. Neither says when it was published unless the
// source does: the time of an earthquake is the Event's.
package alerts
