// Package centre holds the nouns of a joint information centre: what a
// document, a report, a story, a place, a grade and a marking are.
//
// A Source publishes Documents. Each document that is taken in becomes, after
// processing, a version of a Report: one piece of text from one carrier, which
// is never changed in place. A report carries a Marking, which says who may
// see it, and a Grade, which a person gives it. Reports about the same matter
// form a Story, which is a machine's grouping and never evidence.
//
// The package does no input or output and imports the standard library alone.
// All its values are plain data: safe to copy, and safe to share between
// goroutines as long as nobody writes to them.
//
// Three conventions hold everywhere:
//
//   - Unknown is a value. An unknown time is the zero Moment, an unknown place
//     is a nil *Place or a Point that is not Known, an ungiven grade is the
//     zero Grade. None of them may be replaced by "now", by 0,0 or by a default.
//   - Offsets into text count Unicode code points, from 0, half-open: the
//     words of a Mention are the code points [Start, End) of Content.Text.
//   - Text is valid UTF-8 in normalisation form C.
package centre
