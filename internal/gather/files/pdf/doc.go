// Package pdf reads the text of PDF files (ISO 32000-1) in reading order, and
// what they say of themselves.
//
// It is a reader of hostile files first. The cross-reference table is not
// looked at: all objects of the file are found by their "1 0 obj", the later one
// winning, so that a table that is wrong, missing or made to lead astray does
// no harm. Depth, number and unfolded size of everything are bounded, and a
// reference that leads back to itself ends.
//
// Text comes from content streams (9.4) and the forms that they draw. What its
// glyphs mean is taken from ToUnicode maps (9.10.3), else from the font's
// encoding and glyph names. Glyphs of one baseline are one line, put in order
// from left to right, which is how they are seen; a line with Arabic, Persian or
// Hebrew is then put into the order in which it is read and stored (the inverse
// of UAX #9), its presentation forms turned into letters. Lines that fill their
// width are joined into paragraphs. Columns and tables come as the file draws
// them.
//
// Files with a password, and files that hold pictures of pages, are told apart
// from empty ones.
package pdf
