// Package files reads documents from files: the connector of kind "files",
// which watches a folder, and Parse, which an import uses on one file.
//
// Some formats hold one document a file: plain text (.txt, .text, .md), web
// pages (.html, .htm, .xhtml) and mails (.eml). Others are tables of documents:
// .csv, .tsv, .json, .jsonl, .ndjson and .xlsx, each row or object a document.
// A .zip holds any of these, but no other .zip.
//
// Which column of a table is the text, the title, the date and so on is a
// Mapping. It is guessed from the names of the columns in four languages and
// from what is in them, shown in the Report, and overridden by whoever imports.
//
// What cannot be read is listed with its file and line and left out; what was
// read goes on. A row whose marking is not understood is left out too: nothing
// is stored as more open than its author wrote. Dates that are not there, or
// could mean two days, stay unknown.
//
// Tables and archives are read as streams: memory does not grow with them. A
// document that is longer than centre.MaxBody, an archive that unfolds without
// end and a row whose quotes never close are each refused in a sentence.
package files
