package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"entente/cmd/evaluate/corpus"
	"entente/internal/process/language"
)

// centreLanguages are those whose figures issue and docs name: the languages
// that a centre of the region reads.
var centreLanguages = []string{"ar", "en", "fa", "ru", "tr", "he", "fr"}

// languageSet is one kind of texts.
type languageSet struct {
	folder, name string
	aim          float64
	texts        []corpus.Sentence
}

// group is what texts belong together by: a document of TICO-19, a line of
// Lingua's.
func (s *languageSet) group(t corpus.Sentence) string {
	if s.folder == "tico19" {
		document, _, _ := strings.Cut(t.ID, ":")
		return document
	}
	return s.folder + t.ID
}

// measureLanguage runs the step with every language as a candidate.
func measureLanguage(_ context.Context, b *bench, r *report) {
	sets := []*languageSet{
		{folder: "lingua/sentences", name: "Lingua sentences", aim: 0.98},
		{folder: "lingua/word-pairs", name: "Lingua word pairs", aim: 0.93},
		{folder: "lingua/single-words", name: "Lingua single words", aim: 0.78},
		{folder: "tico19", name: "TICO-19 sentences"},
	}
	var given []*languageSet
	for _, s := range sets {
		read := corpus.Lingua
		if s.folder == "tico19" {
			read = corpus.TICO
		}
		var err error
		if s.texts, err = read(b.data, "language/"+s.folder); !r.failed(s.name, err) {
			given = append(given, s)
		}
	}
	if len(given) == 0 {
		return
	}
	crossed := make([]*language.Detector, folds)
	for k := range crossed {
		var examples []language.Example
		for _, s := range given {
			for _, t := range s.texts {
				if part(s.group(t), folds) != k {
					examples = append(examples, language.Example{Text: t.Text, Language: t.Language})
				}
			}
		}
		crossed[k] = language.Train(examples)
	}
	shipped, err := language.Shipped()
	r.failed("the trained weights of the program", err)
	for _, s := range given {
		judge := func(how string, detector func(group string) *language.Detector, aimed bool) {
			c := languageCounts{}
			for _, t := range s.texts {
				if group := s.group(t); b.fold.has(group) {
					got := detector(group).Read(t.Text).Language
					c[t.Language] = append(c[t.Language], got == t.Language || t.Language == "prs" && got == "fa")
				}
			}
			aim := func(a float64) float64 {
				if !aimed {
					return 0
				}
				return a
			}
			if s.folder == "tico19" {
				for _, l := range c.languages() {
					c.add(r, s.name, how+", "+l, aim(map[string]float64{"ckb": 0.98, "ku": 0.95}[l]), []string{l})
				}
				return
			}
			c.add(r, s.name, how+", mean of seven", aim(s.aim), centreLanguages)
			c.add(r, s.name, how+", mean of all", 0, c.languages())
			if aimed {
				for _, l := range centreLanguages {
					c.add(r, s.name, how+", "+l, 0, []string{l})
				}
			}
		}
		judge("cross-validated", func(group string) *language.Detector { return crossed[part(group, folds)] }, true)
		if shipped != nil {
			judge("program's weights", func(string) *language.Detector { return shipped }, false)
		}
		if s.folder == "lingua/word-pairs" {
			measureCentre(s, b, r, func(group string) *language.Detector { return crossed[part(group, folds)] })
		}
	}
	r.note("Share right. The candidates are all languages that the step knows. Dari (prs) counts as right where it is reported as Persian (fa).")
	r.note("Cross-validated: trained on four fifths of these texts and judged on the fifth, a document of TICO-19 in one part. The weights of the program were trained on the development part of these sets: on that part their figure is no measure.")
	r.note("The seven are %v.", centreLanguages)
}

// measureCentre runs the detector as the step of a centre does, of whose languages
// these are four, and nobody declares a text's: how many of their texts are told,
// and how many of all are right of those with a score of .9 or more. As many texts
// are in each language, of which the prior does not think.
func measureCentre(s *languageSet, b *bench, r *report, detector func(group string) *language.Detector) {
	prior := language.Prior{Centre: []string{"ar", "fa", "ru", "en"}}
	var told, theirs, all []bool
	for _, t := range s.texts {
		group := s.group(t)
		if !b.fold.has(group) {
			continue
		}
		got := detector(group).ReadWith(t.Text, prior)
		right := got.Language == t.Language
		own := slices.Contains(prior.Centre, t.Language)
		if own {
			told = append(told, right)
		}
		if got.Score >= 0.9 {
			all = append(all, right)
			if own {
				theirs = append(theirs, right)
			}
		}
	}
	for _, c := range []struct {
		name string
		of   []bool
	}{{"told", told}, {"right of those with .9 or more", theirs}, {"right of those of all languages with .9 or more", all}} {
		if len(c.of) == 0 {
			continue
		}
		r.add(s.name, "cross-validated, as a centre of ar fa ru en: "+c.name, 0, len(c.of), func(sample []int) float64 {
			right := 0
			for _, i := range sample {
				if c.of[i] {
					right++
				}
			}
			return float64(right) / float64(len(sample))
		})
	}
}

// languageCounts has whether each text was told right, by language.
type languageCounts map[string][]bool

func (c languageCounts) languages() (all []string) {
	for l := range c {
		all = append(all, l)
	}
	slices.Sort(all)
	return all
}

// add gives the mean over languages of the share right; texts are drawn within
// each language alike.
func (c languageCounts) add(r *report, set, name string, aim float64, languages []string) {
	units := 0
	for _, l := range languages {
		if len(c[l]) == 0 {
			r.Missing = append(r.Missing, fmt.Sprintf("%s has no texts in %s.", set, l))
			return
		}
		units = max(units, len(c[l]))
	}
	r.add(set, name, aim, units, func(sample []int) float64 {
		sum := 0.0
		for _, l := range languages {
			right := 0
			of := c[l]
			for _, i := range sample {
				if of[i%len(of)] {
					right++
				}
			}
			sum += float64(right) / float64(len(sample))
		}
		return sum / float64(len(languages))
	})
}
