// Package drafts makes drafts of the plain texts of benchmarks, whose offsets
// must stay what they are: the steps that clean a text are left out, and those
// that only mark it are run as the program runs them.
package drafts

import (
	"context"
	"io/fs"

	"entente/cmd/evaluate/corpus"
	"entente/cmd/evaluate/metric"
	"entente/internal/centre"
	"entente/internal/gazetteer"
	"entente/internal/process/claim"
	"entente/internal/process/entity"
	"entente/internal/process/place"
	"entente/internal/process/text"
	"entente/internal/process/when"
)

// Maker makes drafts. It is safe for concurrent use.
type Maker struct{ steps []centre.Step }

// New makes a maker on a gazetteer.
func New(g *gazetteer.Gazetteer) *Maker {
	return &Maker{[]centre.Step{place.New(g), entity.New(), when.New()}}
}

// Draft gives the draft of a text in a language (BCP 47), with its sentences and
// mentions.
func (m *Maker) Draft(ctx context.Context, language, words string) (*centre.Draft, error) {
	d := &centre.Draft{Language: language, LanguageSure: 1, Content: centre.Content{Text: words}}
	for _, s := range text.Sentences(words, language) {
		d.Sentences = append(d.Sentences, centre.Sentence{Start: s.Start, End: s.End})
	}
	for _, step := range m.steps {
		if err := step.Apply(ctx, d); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// Attributions gives a part of PolNeAR as the step claim learns from it: its texts,
// and what is known of those that are not there.
func (m *Maker) Attributions(ctx context.Context, data fs.FS, folder string) ([]claim.Sample, error) {
	texts, _, err := corpus.PolNeAR(data, folder)
	if err != nil {
		return nil, err
	}
	pieces, err := corpus.PolNeARPieces(data, folder)
	if err != nil {
		return nil, err
	}
	all, err := m.samples(ctx, texts, false)
	if err != nil {
		return nil, err
	}
	more, err := m.samples(ctx, pieces, true)
	return append(all, more...), err
}

func (m *Maker) samples(ctx context.Context, texts []corpus.Attributed, pieces bool) ([]claim.Sample, error) {
	var all []claim.Sample
	for _, t := range texts {
		d, err := m.Draft(ctx, "en", t.Text)
		if err != nil {
			return nil, err
		}
		s := claim.Sample{Draft: d, Pieces: pieces}
		for _, a := range t.Attributions {
			s.Marks = append(s.Marks, claim.Mark{Source: stretches(a.Source), Cue: stretches(a.Cue)})
		}
		all = append(all, s)
	}
	return all, nil
}

func stretches(spans []metric.Span) (out [][2]int) {
	for _, s := range spans {
		out = append(out, [2]int{s.Start, s.End})
	}
	return out
}
