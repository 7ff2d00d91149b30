package main

import (
	"context"
	"time"

	"entente/cmd/evaluate/corpus"
	"entente/cmd/evaluate/metric"
	"entente/internal/centre"
	"entente/internal/weave"
)

const (
	fncFolder  = "stance/fnc1"
	fncStories = "stories/fnc1-stories.tsv"
)

func measureStories(ctx context.Context, b *bench, r *report) {
	ecb, err := corpus.ECB(b.data, "stories/ecbplus")
	if !r.failed("ECB+", err) {
		groupTexts(ctx, b, r, "ECB+", 0.86, ecb)
	}
	bodies, err := corpus.Bodies(b.data, fncFolder, fncStories)
	if !r.failed("FNC-1 stories", err) {
		var texts []corpus.Labelled
		for _, body := range bodies {
			if body.Story != "" {
				texts = append(texts, corpus.Labelled{ID: body.ID, Text: body.Text, Label: body.Story})
			}
		}
		groupTexts(ctx, b, r, "FNC-1 articles", 0.94, texts)
	}
	r.note("One pass in the order of the files, without looking ahead. What counts is the state at the end: where a later text showed two stories to be one, all texts of both are in one, as a reader of the centre then sees it. The interval draws texts, with their groups as they are.")
}

// groupTexts weaves texts in their order and compares their stories.
func groupTexts(ctx context.Context, b *bench, r *report, set string, aim float64, texts []corpus.Labelled) {
	w := weave.New(weave.Options{})
	start := time.Date(2015, 9, 26, 0, 0, 0, 0, time.UTC)
	var found, gold []string
	stories := map[centre.ID]centre.ID{} // that are part of others
	var in []centre.ID
	for i, t := range texts {
		if !b.fold.has(t.Label) {
			continue
		}
		d := centre.Draft{Language: "en", Content: centre.Content{Text: t.Text}}
		woven, err := w.Weave(ctx, d, start.Add(time.Duration(i)*time.Second), weave.Prior{})
		if r.failed(set, err) {
			return
		}
		for _, id := range woven.Merged {
			stories[id] = woven.Story
		}
		in, gold = append(in, woven.Story), append(gold, t.Label)
	}
	for _, id := range in {
		for stories[id] != 0 {
			id = stories[id]
		}
		found = append(found, id.String())
	}
	precision, recall := metric.BCubed(found, gold)
	mean := func(values []float64, sample []int) float64 {
		sum := 0.0
		for _, i := range sample {
			sum += values[i]
		}
		return sum / float64(len(sample))
	}
	r.add(set, "B-cubed precision", 0, len(found), func(s []int) float64 { return mean(precision, s) })
	r.add(set, "B-cubed recall", 0, len(found), func(s []int) float64 { return mean(recall, s) })
	r.add(set, "B-cubed F", aim, len(found), func(s []int) float64 { return metric.Harmonic(mean(precision, s), mean(recall, s)) })
}
