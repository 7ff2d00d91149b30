// Package language tells the language of a text, and of each paragraph of it
// that is in another.
//
// The writing system comes first. Many have one language to themselves; for
// Latin, Cyrillic, Arabic and Devanagari letters a model of n-grams of words,
// which this package trains (Train), says which of some seventy languages it is.
// Texts of those languages in Latin letters that are not written so
// ("Arabizi", "Finglish", a Russian text without a Russian keyboard) are
// languages of their own to it: ar-Latn, fa-Latn and ru-Latn. A few letters that
// one language has to itself tell those that the model does not know. Writing
// systems that are rare here go to the trigrams of
// github.com/abadojack/whatlanggo.
//
// A text in a language that nothing here knows is "und", or has a score that
// says how little is certain: the model is asked how much of the text it has
// seen before, and not only which of its languages is nearest.
package language

import (
	"context"

	"github.com/abadojack/whatlanggo"

	"entente/internal/centre"
)

// Undetermined is the tag of a text whose language cannot be told.
const Undetermined = "und"

// Step is the step. It is safe for concurrent use.
type Step struct {
	detector *Detector
	centre   []string // languages that the centre reads
}

// New makes the step. The languages are those that the centre reads, BCP 47, as
// its charter says them; none where that is not known.
func New(languages ...string) Step {
	d, err := Shipped()
	if err != nil {
		d = &Detector{} // scripts alone; a test holds the file against damage
	}
	read := make([]string, len(languages))
	for i, tag := range languages {
		read[i] = Base(tag)
	}
	return Step{d, read}
}

// Name implements centre.Step.
func (Step) Name() string { return "language" }

// Version implements centre.Step.
func (Step) Version() int { return 3 }

// Apply fills draft.Language, LanguageSure, LanguageWhy and Stretches, by the
// text and what is likely before it is read; LanguageWhy tells where the
// document's own declaration, or its source's, decided or was overruled.
func (s Step) Apply(_ context.Context, draft *centre.Draft) error {
	r := s.detector.ReadWith(draft.Content.Text, Prior{Declared: draft.Document.Language, Centre: s.centre})
	draft.Language, draft.LanguageSure, draft.LanguageWhy, draft.Stretches = r.Language, r.Score, r.Why, r.Stretches
	return nil
}

const (
	hintScore = 0.3
	// minLetters is how many letters tell a language at all.
	minLetters = 4
	// librarySample is how many bytes the library is given; its time grows with
	// them, its answers hardly do.
	librarySample = 1024
)

// Shipped gives the detector with the weights of the program. Its error says
// that they are damaged.
func Shipped() (*Detector, error) { return shipped() }

// Detect gives the BCP 47 tag of the language that most of text is in, and how
// sure that is, 0..1, by the weights of the program.
func Detect(text string) (tag string, sure float64) {
	d, err := shipped()
	if err != nil {
		return Undetermined, 0
	}
	r := d.Read(text)
	return r.Language, r.Score
}

// Reading is what a detector makes of a text.
type Reading struct {
	Language  string  // BCP 47, or Undetermined
	Score     float64 // 0..1; 0 where undetermined
	Why       []string
	Stretches []centre.LanguageStretch // in other languages, in order

	declared bool // the text alone would have told another
}

// guess is the language of a piece of text in one script.
type guess struct {
	tag      string
	score    float64
	declared bool // it is so since it was declared
}

// without tells the language of a text in a script for which there is no table.
func without(s script, text string) guess {
	if tag := alone[s]; tag != "" {
		return guess{tag: tag, score: 1}
	}
	if s != other {
		return guess{tag: Undetermined}
	}
	info := whatlanggo.DetectWithOptions(head(text, librarySample), whatlanggo.Options{})
	tag := ""
	if info.Lang >= 0 {
		if tag = info.Lang.Iso6391(); tag == "" {
			tag = info.Lang.Iso6393()
		}
	}
	if tag == "" {
		return guess{tag: Undetermined}
	}
	return guess{tag: tag, score: max(0.2, min(1, info.Confidence))}
}
