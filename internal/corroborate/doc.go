// Package corroborate judges a claim: how many independent roots it has, how it
// stands, and what grade the rules propose.
//
// The input is the statements of one claim that one reader may see, each with
// its chain from the carrier to the first speaker and with what is known of the
// carrier. The output follows from them by the rules of DOMAIN.md sections 3
// and 5 alone, in sentences that a person can check. Nothing is counted by
// reports: echo is no corroboration.
//
// # Roots
//
// A statement goes back to whoever stands at the end of its chain. Statements
// are one root where
//
//   - one speaker makes them, on however many occasions, or one entity by
//     whatever names, or a body and who speaks for it;
//   - a speaker stands in a translation where another one stands in its original;
//   - they stand in copies or translations of one text, and the text names
//     nobody before the outlet;
//   - the outlets belong to one publisher family, or to one state;
//   - an outlet is cited whose own report names somebody before it: the outlet
//     is a stage of the way and no root, also where that way leads in a circle;
//   - they carry equal root tokens, by which a member says "the same as that"
//     without saying who it is;
//   - nobody can tell whose they are: all unknown roots of a side are one. Three
//     agencies that quote one unnamed official are so, and so are "Western media".
//
// Two roots that speak for one government, or of which one is unknown, may be two
// and are not certainly independent.
//
// # Status and grade
//
// A denial counts from when it was uttered: it cannot rebut what was announced
// after it. What takes a statement back removes its root, with all that only
// repeated it: copies and translations of the text, and what came through the
// outlet that took it back. The seven rules of section 3 then give a credibility; reliability
// is the standing one of those who carry it, F where there is none (rule 7: no
// single report changes it).
//
// The result does not depend on the order in which reports arrived. All
// functions are pure and safe for concurrent use.
package corroborate
