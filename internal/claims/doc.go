// Package claims links statements to claims: those that say or deny the same
// proposition, across reports and languages.
//
// A [Linker] reads a report's statements in the order of arrival and gives each
// its claim. It looks at what is said, and not at who says it or for whom it is
// marked: shared words of one language, and what needs no language: names by
// their consonants, known entities, places, numbers, kinds of happening, and some
// three hundred concepts of the field in four languages (concepts.tsv). What few
// claims have counts most (inverse document frequency: Spärck Jones, 1972).
//
// Where two reports are about the same names and places within a week, they are on
// one matter: names go without saying there, and two contents are one claim by what
// is said alone, if the same thing happens in both.
//
// Near is not the same. Two propositions are one claim only where their words
// agree beyond the names in them, and nothing sets them apart: other numbers,
// another day or place, opposites, "may" beside "is". What is near and set apart
// becomes a related claim, with the reason, and with a tension where the two tell
// one matter in two ways. The machine never merges such claims; persons do, and what they
// did is given to the linker by Correct and counts from then on.
//
// A denial belongs to the claim that it denies; one without content of its own
// ("many reports are not true") to the claim of the statement that it answers in
// its text, and to none where it answers nothing. Opinion makes no claim.
//
// Linking is a proposal: with its score and reasons, for persons to correct. The
// ids of claims are random and tell nothing. A Linker remembers a bounded number
// of claims, those that were last spoken of, and is given its memory back after a
// start by Load. It belongs to one goroutine at a time.
package claims
