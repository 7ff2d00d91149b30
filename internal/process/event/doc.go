// Package event finds what a text says happens, in English, Arabic, Persian and
// Russian: of which kind, who did it to whom, where, when, with how many dead and
// hurt, and whether it is told as done, denied, possible, planned or long past.
//
// # Words
//
// A vocabulary (words_en.go and its sisters, read by words.go) says of words what
// they may have to do with a happening: they tell a deed ("shelled", "обстрел",
// "قصف", "گلوله‌باران"), name a kind of party, count the dead, negate, open what
// somebody said. A deed (deeds.go) has a category of the centre and a sub-event
// type of ACLED (DOMAIN.md, section 6). Words alone are no event: talks, visits and
// statements tell none.
//
// # Sentences
//
// A sentence is read at a time (sentence.go). Deeds of one kin that it tells are
// one happening: the attack, the blast and the killing; of them the one of the
// highest rank says what it is. What was agreed on is no happening beside the
// agreement. Who has which part (parties.go) is told by voice, word order,
// prepositions and, in Russian, case endings: a passive has its victim in front, an
// Arabic verb its subject behind, Persian marks whom it befalls with "را". Places
// and times (where.go) are taken from the same sentence, but not those of saying:
// in "said in New York on Friday that ..." neither is the deed's. Without a place
// the first happening has that of the dateline; without a time it has none, never
// that of publication.
//
// Numbers follow ACLED's codebook (toll.go): dozens are 12, hundreds 100, several
// 10 in fighting and 3 elsewhere, of several figures the lowest counts, silence is
// unknown and not zero.
//
// # Texts
//
// Sentences that tell the same happening are joined (merge.go), the first of them,
// often the headline, giving the words. What the words leave open in English, a
// trained model settles where it is sure: Classifier, a linear model (package
// linear) over words, pairs of them and the groups of a lexicon of its own. What it
// weighs was learned by
//
//	go run ./cmd/train events --data DIR
//
// from snippets of English news; weights.bin is its output and has no words in it.
package event
