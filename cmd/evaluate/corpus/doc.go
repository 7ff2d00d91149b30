// Package corpus reads public benchmark data in the formats in which they are
// published: LGL, TR-News and GeoVirus (XML), GeoWebNews and PolNeAR (brat),
// CASE-2021 task 2 (columns), ECB+ (XML) and FNC-1 (CSV), ANS (CSV), the test
// sentences of Lingua, TICO-19 (columns), ANERcorp and re3d (CoNLL columns) and
// factRuEval-2016 (a file each for tokens, spans and objects).
//
// A reader takes a file system and a name in it and gives what is there in the
// order of the file, or of the sorted names; all offsets are code points,
// half-open, into the text that it gives. A file that is absent gives an error
// for which errors.Is(err, fs.ErrNotExist) holds, so that a task can say what is
// missing. A file that cannot be read as what it should be is an error that
// names it: nothing is measured on half of a set.
package corpus
