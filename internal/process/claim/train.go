package claim

import (
	"context"

	"entente/internal/centre"
	"entente/internal/linear"
)

// Sample is a text with the attributions that a person marked in it, for
// training. Stretches are in code points of the draft's text.
type Sample struct {
	Draft *centre.Draft
	Marks []Mark
	// Pieces says that the text is only what a person marked of one, in pieces.
	Pieces bool
}

// Mark is an attribution that a person marked, in pieces. Either list may be empty.
type Mark struct{ Source, Cue [][2]int }

// TrainAttributions makes the weights of the model of attributions. The same
// samples give the same weights.
func TrainAttributions(samples []Sample) []byte {
	const bits, rounds, rare, rate = 20, 10, 5, 0.02
	m := linear.Untrained(labelNames, bits, follows)
	var all []linear.Labelled
	step := New()
	for _, sample := range samples {
		r := step.scratch.Get().(*reader)
		if r.begin(context.Background(), sample.Draft) != nil {
			continue
		}
		r.find()
		r.say()
		w := wide{reader: r, m: m, pieces: sample.Pieces}
		w.prepare()
		gold := w.gold(sample.Marks)
		w.record = func(s *sentence, rows [][]uint32) {
			all = append(all, linear.Labelled{Rows: rows, Gold: gold[s.first:s.until]})
		}
		for i := range r.sentences {
			w.sentence(&r.sentences[i])
		}
		step.scratch.Put(r)
	}
	m.Train(all, rounds, rare, rate)
	return m.Append(nil)
}

// gold gives the labels of the tokens by the marks of a person; cues win where
// they overlap sources.
func (w *wide) gold(marks []Mark) []uint8 {
	labels := make([]uint8, len(w.tokens))
	set := func(spans [][2]int, begin uint8) {
		for _, p := range spans {
			first := true
			for i := w.tokenAt(int32(p[0])); i < len(w.tokens) && int(w.tokens[i].point) < p[1]; i++ {
				if int(w.tokens[i].point) < p[0] && begin == cueBegin && i+1 < len(w.tokens) && int(w.tokens[i+1].point) < p[1] {
					continue // "'ve said" of "they've said": the word is the source's
				}
				labels[i] = begin + 1
				if first {
					labels[i] = begin
				}
				first = false
			}
		}
	}
	for _, m := range marks {
		set(m.Source, sourceBegin)
	}
	for _, m := range marks {
		set(m.Cue, cueBegin)
	}
	for i := range labels {
		if before := uint8(0); labels[i] == cueInside || labels[i] == sourceInside {
			if i > 0 {
				before = labels[i-1]
			}
			if !follows(int(before), int(labels[i])) || i > 0 && w.tokens[i].sentence != w.tokens[i-1].sentence {
				labels[i]--
			}
		}
	}
	return labels
}
