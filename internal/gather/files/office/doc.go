// Package office reads the text of word processors' files: DOCX (Office Open
// XML, ISO/IEC 29500-1, clause 17) and ODT (OpenDocument 1.2, part 1). Both are
// zip archives of XML.
//
// Paragraphs and headings are divided by blank lines, the rows of tables are
// lines with a tab between cells, and notes stand at the end under their numbers.
// What an author deleted while changes were tracked, and comments, are left out:
// they are not what was sent. Title, author, language and times come from the
// file's own description of itself.
//
// Parts that unfold without end, and XML that is nested too deep, are refused.
package office
