// Package claim finds the statements of a text: who says, confirms or denies
// what, when, where, to whom and through whom (DOMAIN.md section 5).
//
// # How it reads
//
// Every language is a tongue: a lexicon of reporting words and of the small words
// that bound clauses, and an order in which speaker, cue and content stand. The
// files english.go, arabic.go, persian.go and russian.go are such tables; the
// engine is one but for steps 2 to 4: clauses of Arabic, Persian and Russian do
// not stand in the order of English, and their tongues have a reading of their
// own for them (the files *_grammar.go; grammar.go is what they share).
//
//  1. read.go cuts the text into tokens with their classes and the mentions of
//     the earlier steps that cover them; quote.go pairs the quotation marks.
//  2. cue.go finds the cues: verbs ("said"), constructions ("according to"),
//     nouns ("statement that"), a headline's colon or dash.
//  3. speaker.go finds the speaker of each cue, before it or behind it, over
//     appositions (apposition.go) and what stands between.
//  4. content.go finds what is said: the quote, the clause behind the cue, or
//     all that stands before it; quotes that go on after the sentence.
//     coordinate.go divides a clause that says two things with a verb each.
//  5. stance.go judges stance, modality and polarity from the cue and the words
//     of the content.
//  6. chain.go puts one attribution inside another ("Reuters cited a source as
//     saying") and resolves pronouns and "the source" within the text; answer.go
//     lets a denial answer what it denies; untrue.go takes who calls a report absurd
//     for one who denies it; repeat.go lets "об этом сообщил X" say what the sentence
//     before says. agent.go makes agents of words;
//     titles.go finds names that nothing but a role beside them tells, and leaves
//     those who have no name without one; russian_case.go puts Russian speakers
//     into the nominative; carrier.go tells who publishes the text, which corrects
//     itself in its own name.
//
// In English a small linear model judges the verbs among the cues by their words
// and neighbours (wide.go, features.go): those that do not look like an attribution
// are left out, and the others are the surer the more they do. The same model
// finds attributions in the widest sense (Step.Attributions), which is how the
// engine is measured on PolNeAR. Its weights are made by
//
//	go run ./cmd/train attribution --data DIR
//
// # What bounds it
//
// Of a text the first 2 MB are read, a sentence without an end in pieces of 600
// words, 16 quotations in one another, 4,000 cues and 2,000 statements.
//
// # What it keeps
//
// An attribution in the widest sense is any words that ascribe a thought to
// somebody; a statement is a speech act. What a text says somebody thinks, wants,
// hopes or fears is that text's own telling, and no statement of the holder.
//
// It is silent where unsure: a cue without a speaker, or without content and
// without something that it answers, gives no statement.
package claim
