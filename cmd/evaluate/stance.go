package main

import (
	"context"
	"slices"

	"entente/cmd/evaluate/corpus"
	"entente/cmd/evaluate/metric"
	"entente/internal/stance"
)

func measureStance(_ context.Context, b *bench, r *report) {
	pairs, err := corpus.FNC(b.data, fncFolder, fncStories)
	if !r.failed("FNC-1", err) {
		measurePairs(b, r, "FNC-1", "en", pairs, nil, stance.Articles, stanceAims{macro: 0.55, fnc: 0.78})
		r.note("FNC-1 cross-validated by story: no pair is trained on whose text or headline is of a story that is judged.")
	}
	train, err := corpus.ANS(b.data, "stance/ans/train.csv")
	r.failed("ANS training part", err)
	for _, part := range []string{"dev", "test"} {
		judged, err := corpus.ANS(b.data, "stance/ans/"+part+".csv")
		if !r.failed("ANS "+part+" part", err) {
			measurePairs(b, r, "ANS "+part, "ar", judged, train, stance.Headlines, stanceAims{macro: 0.60})
		}
	}
}

type stanceAims struct{ macro, fnc float64 }

// measurePairs judges pairs by a classifier trained on others, or, where those
// are nil, on the other folds of the same; and by the weights of the program.
func measurePairs(b *bench, r *report, set, language string, judged, others []corpus.Pair, shipped func() (*stance.Classifier, error), aims stanceAims) {
	texts := map[string]stance.Text{}
	read := func(text string) stance.Text {
		t, ok := texts[text]
		if !ok {
			t = stance.Read(language, text)
			texts[text] = t
		}
		return t
	}
	example := func(p corpus.Pair) stance.Example {
		return stance.Example{Claim: read(p.Headline), Text: read(p.Text), Stance: stance.Stance(p.Stance)}
	}
	of := make([]*stance.Classifier, folds)
	for k := range of {
		if others != nil && k > 0 {
			of[k] = of[0]
			continue
		}
		var examples []stance.Example
		for _, p := range others {
			examples = append(examples, example(p))
		}
		if others == nil {
			for _, p := range judged {
				if part(p.TextStory, folds) != k && part(p.HeadlineStory, folds) != k {
					examples = append(examples, example(p))
				}
			}
		}
		of[k] = stance.Train(examples)
	}
	given, err := shipped()
	r.failed("the trained weights of the program for "+set, err)
	judge := func(how string, aims stanceAims, classifier func(p corpus.Pair) *stance.Classifier) {
		var groups []metric.Confusion // by story
		at := map[string]int{}
		for _, p := range judged {
			if !b.fold.has(p.TextStory) {
				continue
			}
			found, _ := classifier(p).Classify(read(p.Headline), read(p.Text))
			i, ok := at[p.TextStory]
			if !ok {
				i = len(groups)
				at[p.TextStory] = i
				groups = append(groups, metric.Confusion{})
			}
			groups[i][metric.Labelled{Found: string(found), Gold: p.Stance}]++
		}
		over := func(figure func(metric.Confusion) float64) func([]int) float64 {
			return func(sample []int) float64 {
				all := metric.Confusion{}
				for _, i := range sample {
					all.Add(groups[i])
				}
				return figure(all)
			}
		}
		r.add(set, how+": macro F1", aims.macro, len(groups), over(func(all metric.Confusion) float64 { _, macro, _ := all.F1(); return macro }))
		r.add(set, how+": share right", 0, len(groups), over(func(all metric.Confusion) float64 { micro, _, _ := all.F1(); return micro }))
		if set == "FNC-1" {
			r.add(set, how+": FNC score", aims.fnc, len(groups), over(metric.Confusion.FNC))
		}
		for _, s := range []stance.Stance{stance.Agree, stance.Disagree, stance.Discuss, stance.Unrelated} {
			if !slices.ContainsFunc(judged, func(p corpus.Pair) bool { return p.Stance == string(s) }) {
				continue
			}
			r.add(set, how+": F, "+string(s), 0, len(groups), over(func(all metric.Confusion) float64 { return all.Counts()[string(s)].F() }))
		}
	}
	how := "trained on its training part"
	if others == nil {
		how = "cross-validated"
	}
	judge(how, aims, func(p corpus.Pair) *stance.Classifier { return of[part(p.TextStory, folds)] })
	if given != nil {
		judge("weights of the program", stanceAims{}, func(corpus.Pair) *stance.Classifier { return given })
	}
}
