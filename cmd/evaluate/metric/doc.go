// Package metric computes the figures by which processing is judged: spans
// found, places within a distance, groups of texts, labels, stances and
// attributions. Each function names the definition that it follows; the tests
// hold it to cases that were computed by hand. All functions are pure.
//
// Where a figure would divide by nothing (no gold, nothing found) it is 0, so
// that an empty answer never looks good.
package metric
