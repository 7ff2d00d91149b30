package main

import (
	"context"
	"fmt"

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
	weights, err := trained(ctx, b, maker)
	r.failed("PolNeAR train", err)
	for _, part := range []string{"dev", "test"} {
		list, without, err := corpus.PolNeAR(b.data, "attribution/polnear/"+part)
		if r.failed("PolNeAR "+part, err) {
			continue
		}
		if len(without) > 0 {
			r.Missing = append(r.Missing, fmt.Sprintf("PolNeAR %s has %d annotations without their text, such as %s.", part, len(without), without[0]))
		}
		how := ""
		if weights != nil {
			measureAttributions(ctx, r, maker, "PolNeAR "+part, "", list, func(ctx context.Context, d *centre.Draft) ([]claim.Attribution, error) {
				return step.AttributionsBy(ctx, d, weights)
			})
			how = "weights of the program, "
		}
		measureAttributions(ctx, r, maker, "PolNeAR "+part, how, list, step.Attributions)
	}
	r.note("Every annotation counts as a document. All attributions of the engine are measured, attitudes and plans with them; the step keeps the speech acts alone. Trained on PolNeAR's train part alone where that is in the folder. Annotations whose text is missing are trained on in the pieces that their marks quote. The weights of the program are made of its train and development parts: on the development part their figure is no measure.")
}

// measureAttributions adds the figures of a set, found by find; how says by which
// weights, "" for those that are held against the aims.
func measureAttributions(ctx context.Context, r *report, maker *drafts.Maker, set, how string, list []corpus.Attributed,
	find func(context.Context, *centre.Draft) ([]claim.Attribution, error),
) {
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
	aims := [3]float64{0.75, 0.70, 0.62}
	if how != "" {
		aims = [3]float64{}
	}
	r.spans(set, how+"cue", aims[0], cues)
	r.spans(set, how+"source", aims[1], sources)
	r.spans(set, how+"linked", aims[2], linked)
}

// trained gives weights that are made of PolNeAR's train part alone.
func trained(ctx context.Context, b *bench, maker *drafts.Maker) ([]byte, error) {
	samples, err := maker.Attributions(ctx, b.data, "attribution/polnear/train")
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
