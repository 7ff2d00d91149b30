// Package events reads event databases: the connector of kind "events". Each
// row becomes a centre.Event, by the mapping table of DOMAIN.md section 6, with
// its origin (file and line, or the API's address), its precision of time and
// place, and the database's licence note. A row is what its database says; it
// is never corrected, completed or merged here.
//
//   - ACLED (acled.go): CSV with header, and the JSON of its API (acledapi.go).
//     Its codebook gives one figure of fatalities, the lowest where sources
//     differ, and 0 also where they are silent: 0 is therefore unknown here.
//   - UCDP GED (ucdp.go): CSV of 49 columns, and the JSON of its API
//     (ucdpapi.go); codebook of the Georeferenced Event Dataset.
//   - GDELT 2.0 (gdelt.go): event files of 61 columns after the Event Codebook
//     V2.0, as text or zip. Places have FIPS 10-4 codes and actors CAMEO codes;
//     countries.tsv turns both into ISO 3166-1. DATEADDED is when GDELT met the
//     event, not when it happened; it stands in the notes.
//   - GDELT GKG 2.1 (gkg.go): a row is a record of an article, not of an event.
//     Only what it counts (V2.1COUNTS, else V1COUNTS: killed, wounded, arrested,
//     protesting ...) becomes events, with the place of each count; an article
//     without counts gives nothing, since a fifteen-minute file would else bring
//     thousands of titleless reports. With the option records=yes each row also
//     becomes a document that lists its persons, organisations, themes and
//     quotations.
//   - the fifteen-minute lists of GDELT (gdeltlist.go): lastupdate.txt and
//     masterfilelist.txt, of the English and the translated stream. Files are
//     taken in order of time, each held against its MD5; the cursor is the name
//     of the last one taken. One that is missing is named and passed over.
//   - tables tagged after HXL 1.1 (hxl.go).
//
// Columns may be missing or stand in another order where there is a header. A
// row that does not fit is named with its line and left out, and reading goes
// on; 20 are named, the others counted. An unknown time, place or number stays
// unknown: 0,0 is no place, and a date in the future no date.
//
// An address is that of a file, a list or an API. A folder of such files is a
// source of kind "files", which hands them to this package as a gather.Reader.
package events
