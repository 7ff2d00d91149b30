package main

import (
	"context"
	"slices"

	"entente/cmd/evaluate/corpus"
	"entente/cmd/evaluate/metric"
	"entente/internal/process/event"
)

// folds is into how many parts data are divided where a step is trained anew.
const folds = 5

// subtasks of CASE-2021 task 2 have the first so many of event.Types.
var subtasks = []struct {
	name  string
	types int
	aim   float64
}{{"subtask 1", event.ACLED, 0.70}, {"subtask 2", event.ACLED + 3, 0.68}, {"subtask 3", len(event.Types), 0.66}}

func measureEvents(_ context.Context, b *bench, r *report) {
	name, err := corpus.Only(b.data, "events", ".tsv")
	var snippets []corpus.Labelled
	if err == nil {
		snippets, err = corpus.Snippets(b.data, name)
	}
	if r.failed("CASE-2021", err) {
		return
	}
	groups := make([]string, len(snippets))
	gold := make([]event.Type, len(snippets))
	parts := make([][]event.Example, folds) // what is trained on where a part is judged
	for i, s := range snippets {
		t := event.Type(s.Label)
		if !slices.Contains(event.Types, t) {
			r.note("Snippet %s has the label %q, which no type stands for: left out.", s.ID, s.Label)
			continue
		}
		gold[i], groups[i] = t, beginning(s.Text)
		for k := range parts {
			if part(groups[i], folds) != k {
				parts[k] = append(parts[k], event.Example{Text: s.Text, Type: t})
			}
		}
	}
	trained := make([]*event.Classifier, folds)
	for k := range trained {
		trained[k], _ = event.Train(parts[k])
	}
	shipped, err := event.New()
	r.failed("the trained weights of the program", err)
	for _, sub := range subtasks {
		among := event.Types[:sub.types]
		var crossed, given []metric.Labelled
		for i, s := range snippets {
			if gold[i] == "" || !slices.Contains(among, gold[i]) || !b.fold.has(groups[i]) {
				continue
			}
			t, _ := trained[part(groups[i], folds)].Classify(s.Text, among...)
			crossed = append(crossed, metric.Labelled{Found: string(t), Gold: string(gold[i])})
			if shipped != nil {
				t, _ = shipped.Classify(s.Text, among...)
				given = append(given, metric.Labelled{Found: string(t), Gold: string(gold[i])})
			}
		}
		r.labels("CASE-2021 "+sub.name, "cross-validated", sub.aim, crossed)
		r.labels("CASE-2021 "+sub.name, "weights of the program", 0, given)
	}
	r.note("Cross-validated: trained on four fifths of these snippets and judged on the fifth, snippets with the same beginning in one part. The weights of the program were trained on the development part of this set: on that part their figure is no measure.")
}

// labels adds the averages of F1.
func (r *report) labels(set, how string, aim float64, all []metric.Labelled) {
	pick := func(which int) func([]int) float64 {
		return func(sample []int) float64 {
			drawn := make([]metric.Labelled, len(sample))
			for k, i := range sample {
				drawn[k] = all[i]
			}
			micro, macro, weighted := metric.Confused(drawn).F1()
			return []float64{micro, macro, weighted}[which]
		}
	}
	r.add(set, how+": micro F1", 0, len(all), pick(0))
	r.add(set, how+": macro F1", 0, len(all), pick(1))
	r.add(set, how+": weighted F1", aim, len(all), pick(2))
}

// beginning is what near copies of one text share.
func beginning(text string) string {
	points := []rune(text)
	return string(points[:min(40, len(points))])
}
