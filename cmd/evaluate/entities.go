package main

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sort"
	"strings"

	"entente/cmd/evaluate/corpus"
	"entente/cmd/evaluate/metric"
	"entente/internal/process/entity"
)

// entityTypes are the types of the sets as those of the step; others are not
// looked for.
var entityTypes = map[string]string{
	"PERS": entity.TypePerson, "Person": entity.TypePerson,
	"ORG": entity.TypeOrganisation, "Org": entity.TypeOrganisation, "Organisation": entity.TypeOrganisation,
	"LOC": entity.TypeLocation, "Location": entity.TypeLocation,
	"MISC":     entity.TypeOther,
	"Temporal": entity.TypeTime, "Nationality": entity.TypeNationality,
}

// namedText is a text of a set.
type namedText struct {
	group   string // texts of one group are never divided between folds
	text    string
	gold    []metric.Span // in code points; types of the step, or of the set where the step has none
	tokens  []metric.Span // of factRuEval
	objects []metric.Object
}

// block is how many neighbouring sentences count as one document where a set
// does not say where documents end.
const block = 25

func measureEntities(ctx context.Context, b *bench, r *report) {
	tagger, err := entity.NewTagger()
	if r.failed("the tagger of the program", err) {
		return
	}
	for _, set := range []struct {
		name, language, folder string
		aim                    float64
	}{{"ANERcorp", "ar", "entities/anercorp", 0.75}, {"re3d", "en", "entities/re3d", 0.55}, {"factRuEval", "ru", "entities/factrueval", 0.78}} {
		var texts []namedText
		var err error
		if set.language == "ru" {
			texts, err = factRuTexts(b.data, set.folder)
		} else {
			texts, err = columnTexts(b.data, set.folder)
		}
		if r.failed(set.name, err) {
			continue
		}
		measureTagger(ctx, b, r, tagger, set.name, set.language, set.aim, texts)
	}
	r.note("Cross-validated in %d parts; %d neighbouring sentences are one document where the set does not say. The weights of the program were trained on the development parts: on those their figure is no measure.", folds, block)
	r.note("All types: what the step has no type for counts as not found. factRuEval by the pairing of its track 1, with LocOrg as Location.")
}

// columnTexts reads the parts of a set that are there.
func columnTexts(data fs.FS, folder string) (texts []namedText, err error) {
	names, err := fs.Glob(data, folder+"/*.txt")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		list, err := corpus.CoNLL(data, name)
		if err != nil {
			return nil, err
		}
		part := strings.TrimSuffix(path.Base(name), ".txt")
		for i, m := range list {
			t := namedText{group: fmt.Sprintf("%s %d", part, i/block), text: m.Text}
			for _, s := range m.Entities {
				if kind, ok := entityTypes[s.Type]; ok {
					s.Type = kind
				}
				t.gold = append(t.gold, s)
			}
			texts = append(texts, t)
		}
	}
	if len(texts) == 0 {
		return nil, fs.ErrNotExist
	}
	return texts, nil
}

func factRuTexts(data fs.FS, folder string) (texts []namedText, err error) {
	list, err := corpus.FactRu(data, folder)
	for _, f := range list {
		t := namedText{group: f.Name, text: f.Text, tokens: f.Tokens, objects: f.Objects}
		for i, o := range f.Objects {
			t.objects[i].Type = entityTypes[o.Type]
			s := metric.Span{Start: len(f.Text), Type: entityTypes[o.Type]}
			for at := range o.Tokens {
				s.Start, s.End = min(s.Start, f.Tokens[at].Start), max(s.End, f.Tokens[at].End)
			}
			t.gold = append(t.gold, s)
		}
		texts = append(texts, t)
	}
	return texts, err
}

// measureTagger trains on the other folds and judges; and judges the weights of
// the program.
func measureTagger(ctx context.Context, b *bench, r *report, tagger *entity.Tagger, set, language string, aim float64, texts []namedText) {
	types := []string{entity.TypePerson, entity.TypeOrganisation, entity.TypeLocation}
	switch set {
	case "ANERcorp":
		types = append(types, entity.TypeOther)
	case "re3d":
		types = append(types, entity.TypeTime, entity.TypeNationality)
	}
	models := make([]*entity.Model, folds)
	for k := range models {
		var samples []entity.Sample
		for _, t := range texts {
			if part(t.group, folds) != k {
				samples = append(samples, sampleOf(t, types))
			}
		}
		models[k] = tagger.Train(samples, types, entity.TrainOptions{})
	}
	r.tagged(ctx, b, tagger, set, "cross-validated", aim, types, texts, func(t namedText) *entity.Model { return models[part(t.group, folds)] })
	shipped, err := entity.Embedded(language)
	if !r.failed("the trained weights of the program for "+set, err) {
		r.tagged(ctx, b, tagger, set, "weights of the program", 0, types, texts, func(namedText) *entity.Model { return shipped })
	}
}

// tagged adds the figures of models over texts.
func (r *report) tagged(ctx context.Context, b *bench, tagger *entity.Tagger, set, how string, aim float64, types []string, texts []namedText, model func(namedText) *entity.Model) {
	var every, known []metric.Counts // by group
	var pairs []metric.ObjectCounts
	at := map[string]int{}
	for _, t := range texts {
		if !b.fold.has(t.group) {
			continue
		}
		spans, err := tagger.Tag(ctx, model(t), t.text)
		if r.failed(set, err) {
			return
		}
		found := inPoints(t.text, spans)
		i, ok := at[t.group]
		if !ok {
			i = len(every)
			at[t.group] = i
			every, known, pairs = append(every, metric.Counts{}), append(known, metric.Counts{}), append(pairs, metric.ObjectCounts{})
		}
		ofTypes := slices.DeleteFunc(slices.Clone(t.gold), func(s metric.Span) bool { return !slices.Contains(types, s.Type) })
		every[i] = every[i].Add(metric.Exact(found, t.gold))
		known[i] = known[i].Add(metric.Exact(found, ofTypes))
		if t.objects != nil {
			pairs[i] = pairs[i].Add(metric.Objects(objectsOf(found, t.tokens), t.objects))
		}
	}
	f := func(counts []metric.Counts) func([]int) float64 {
		return func(sample []int) float64 {
			var c metric.Counts
			for _, i := range sample {
				c = c.Add(counts[i])
			}
			return c.F()
		}
	}
	if set == "factRuEval" {
		r.add(set, how+": F, track 1", aim, len(pairs), func(sample []int) float64 {
			var c metric.ObjectCounts
			for _, i := range sample {
				c = c.Add(pairs[i])
			}
			return c.F()
		})
		r.add(set, how+": strict F", 0, len(every), f(every))
		return
	}
	r.add(set, how+": strict F, all types", aim, len(every), f(every))
	r.add(set, how+": strict F, types sought", 0, len(known), f(known))
}

// sampleOf gives a text with its names in bytes, of the types sought.
func sampleOf(t namedText, types []string) entity.Sample {
	at := make([]int, 0, len(t.text)+1)
	for i := range t.text {
		at = append(at, i)
	}
	at = append(at, len(t.text))
	s := entity.Sample{Document: t.group, Text: t.text}
	for _, g := range t.gold {
		if slices.Contains(types, g.Type) {
			s.Spans = append(s.Spans, entity.Span{Start: at[g.Start], End: at[g.End], Type: g.Type})
		}
	}
	return s
}

// inPoints gives spans of bytes as spans of code points.
func inPoints(text string, spans []entity.Span) (all []metric.Span) {
	var starts []int
	for i := range text {
		starts = append(starts, i)
	}
	for _, s := range spans {
		all = append(all, metric.Span{Start: sort.SearchInts(starts, s.Start), End: sort.SearchInts(starts, s.End), Type: s.Type})
	}
	return all
}

// objectsOf gives spans as the tokens that lie in them.
func objectsOf(spans []metric.Span, tokens []metric.Span) (all []metric.Object) {
	for _, s := range spans {
		o := metric.Object{Type: s.Type, Tokens: map[int]bool{}}
		for i, t := range tokens {
			if t.Overlaps(s) {
				o.Tokens[i] = true
			}
		}
		all = append(all, o)
	}
	return all
}
