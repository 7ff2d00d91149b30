package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"entente/cmd/evaluate/corpus"
	"entente/cmd/evaluate/drafts"
	"entente/cmd/evaluate/metric"
	"entente/internal/centre"
	"entente/internal/gazetteer"
	"entente/internal/process/claim"
)

// measureAttribution measures the engine of the step claim on PolNeAR, whose
// attributions are wider than statements: it counts all that the engine takes for
// one, before the step keeps the speech acts.
func measureAttribution(ctx context.Context, b *bench, r *report) {
	g, err := gazetteer.Embedded()
	if r.failed("the gazetteer of the program", err) {
		return
	}
	maker, step := drafts.New(g), claim.New()
	read := false
	for _, part := range []string{"dev", "test"} {
		list, without, err := corpus.PolNeAR(b.data, "attribution/polnear/"+part)
		if part != "dev" && errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if r.failed("PolNeAR "+part, err) {
			continue
		}
		read = true
		if len(without) > 0 {
			r.Missing = append(r.Missing, fmt.Sprintf("PolNeAR %s has %d annotations without their text, such as %s.", part, len(without), without[0]))
		}
		find := step.Attributions
		if part == "dev" {
			// The program's weights know this part: it is measured with weights of the
			// train part alone.
			weights, err := trained(ctx, b, maker)
			if r.failed("PolNeAR train", err) {
				continue
			}
			find = func(ctx context.Context, d *centre.Draft) ([]claim.Attribution, error) {
				return step.AttributionsBy(ctx, d, weights)
			}
		}
		var sources, cues, linked []metric.Counts
		for _, t := range list {
			d, err := maker.Draft(ctx, "en", t.Text)
			if r.failed(t.Name, err) {
				return
			}
			found, err := find(ctx, d)
			if r.failed(t.Name, err) {
				return
			}
			var all []metric.Attribution
			for _, a := range found {
				all = append(all, metric.Attribution{Source: stretch(a.Source), Cue: stretch(a.Cue)})
			}
			s, c, l := metric.Attributions(all, t.Attributions)
			sources, cues, linked = append(sources, s), append(cues, c), append(linked, l)
		}
		r.spans("PolNeAR "+part, "cue", 0.75, cues)
		r.spans("PolNeAR "+part, "source", 0.70, sources)
		r.spans("PolNeAR "+part, "linked", 0.62, linked)
	}
	if !read {
		r.failed("PolNeAR", fs.ErrNotExist)
		return
	}
	r.note("Every annotation counts as a document. All attributions of the engine are measured, attitudes and plans with them; the step keeps the speech acts alone. The weights of the program are made of PolNeAR's train and development parts; the development part is measured with weights of the train part alone.")
}

// trained gives weights that are made of PolNeAR's train part alone.
func trained(ctx context.Context, b *bench, maker *drafts.Maker) ([]byte, error) {
	list, _, err := corpus.PolNeAR(b.data, "attribution/polnear/train")
	if err != nil {
		return nil, err
	}
	samples, err := maker.Samples(ctx, list)
	if err != nil {
		return nil, err
	}
	return claim.TrainAttributions(samples), nil
}

// stretch gives words as a list of spans; nil where there are none.
func stretch(w centre.Words) []metric.Span {
	if w.Start == w.End {
		return nil
	}
	return []metric.Span{{Start: w.Start, End: w.End}}
}
