package main

import (
	"context"
	"math"
	"slices"

	"entente/cmd/evaluate/corpus"
	"entente/cmd/evaluate/metric"
	"entente/internal/centre"
	"entente/internal/gazetteer"
	"entente/internal/process/place"
)

// places is a set of texts with marked toponyms and the aims for it.
type places struct {
	name, file                  string
	recognition, near, endToEnd float64 // aims; 0 for none
	articles                    []corpus.Article
	noDemonyms                  bool // its scheme does not mark "Iraqi": what the step flags so is left out
}

func measureGeoparsing(ctx context.Context, b *bench, r *report) {
	g, about, err := b.gazetteer(ctx)
	if r.failed("the gazetteer", err) {
		return
	}
	r.note("Gazetteer: %s.", about)
	r.note("Gold spans: the step is given the marked spans and says which places they are; coverage is the share that got one with a point, and the share within 161 km is told of those and of all. Found spans are those that the step finds at exactly the marked place. End to end, what was not found or not resolved is wrong.")
	r.note("GeoVirus marks no demonyms: mentions that are flagged as such are left out there.")
	r.note("Cross-validated: the weights of the choice among places of one name were trained on the other four fifths of LGL, TR-News and GeoVirus as far as they are here. The weights of the program were trained on the development parts of LGL and GeoVirus: on those their figures are no measure.")
	sets := []places{
		{name: "LGL", file: "lgl.xml", recognition: 0.80, near: 0.75, endToEnd: 0.65},
		{name: "TR-News", file: "tr-news.xml"},
		{name: "GeoVirus", file: "geovirus.xml", recognition: 0.80, near: 0.88, noDemonyms: true},
	}
	for i := range sets {
		articles, err := corpus.Toponyms(b.data, "geoparsing/"+sets[i].file)
		if !r.failed(sets[i].name, err) {
			sets[i].articles = articles
		}
	}
	shipped := place.New(g)
	crossed, err := crossTrained(g, sets)
	if r.failed("training", err) {
		return
	}
	for _, set := range sets {
		geoparse(ctx, b, r, func(a corpus.Article) place.Step { return crossed[part(a.Name, folds)] }, g, set, "")
		geoparse(ctx, b, r, func(corpus.Article) place.Step { return shipped }, g, set, "weights of the program, ")
	}
	articles, err := corpus.GeoWebNews(b.data, "geoparsing/geowebnews")
	if !r.failed("GeoWebNews", err) {
		geoparse(ctx, b, r, func(corpus.Article) place.Step { return shipped }, g, places{name: "GeoWebNews", articles: articles}, "")
	}
}

// crossTrained gives for each fold the step with weights trained on the others.
func crossTrained(g *gazetteer.Gazetteer, sets []places) (steps [folds]place.Step, err error) {
	for k := range steps {
		var examples []place.Example
		for _, set := range sets {
			for _, a := range set.articles {
				if part(a.Name, folds) == k {
					continue
				}
				gold := toponyms(a, g)
				e := place.Example{Text: a.Text, Language: "en", Spans: stretches(gold)}
				for _, t := range gold {
					e.At = append(e.At, centre.At(t.Lon, t.Lat))
				}
				examples = append(examples, e)
			}
		}
		w, err := place.Train(g, examples)
		if err != nil {
			return steps, err
		}
		steps[k] = place.NewWith(g, w)
	}
	return steps, nil
}

// unresolved is the distance of a place that was not found: wrong at any limit.
var unresolved = math.Inf(1)

func geoparse(ctx context.Context, b *bench, r *report, stepFor func(corpus.Article) place.Step, g *gazetteer.Gazetteer, set places, how string) {
	var counts []metric.Counts
	var found, given [][]float64 // distances by article, of the located gold toponyms
	for _, a := range set.articles {
		if !b.fold.has(a.Name) {
			continue
		}
		step := stepFor(a)
		d := centre.Draft{Language: "en", Content: centre.Content{Text: a.Text}}
		if r.failed(set.name, step.Apply(ctx, &d)) {
			return
		}
		gold := toponyms(a, g)
		resolved, err := step.Resolve(ctx, &d, stretches(gold))
		if r.failed(set.name, err) {
			return
		}
		marked := make([]metric.Span, len(a.Toponyms))
		for i, t := range a.Toponyms {
			marked[i] = metric.Span{Start: t.Start, End: t.End}
		}
		mentions := d.Mentions
		if set.noDemonyms {
			mentions = slices.DeleteFunc(mentions, func(m centre.Mention) bool { return m.Form == centre.FormDemonym })
		}
		var spans []metric.Span
		for _, m := range mentions {
			spans = append(spans, metric.Span{Start: m.Start, End: m.End})
		}
		counts = append(counts, metric.Exact(spans, marked))
		found = append(found, distances(gold, mentions))
		given = append(given, distances(gold, resolved))
	}
	if how == "" {
		r.spans(set.name, "recognition", set.recognition, counts)
	} else {
		set.near, set.endToEnd = 0, 0
	}
	over := func(of [][]float64, only bool, figure func([]float64) float64) func([]int) float64 {
		return func(sample []int) float64 {
			var all []float64
			for _, i := range sample {
				for _, d := range of[i] {
					if !only || d != unresolved {
						all = append(all, d)
					}
				}
			}
			return figure(all)
		}
	}
	within := func(d []float64) float64 { return metric.Within(d, metric.Near) }
	covered := func(d []float64) float64 { return metric.Within(d, 2*metric.Farthest) }
	n := len(found)
	r.add(set.name, how+"gold spans: Acc@161 km of covered", set.near, n, over(given, true, within))
	r.add(set.name, how+"gold spans: Acc@161 km of all", 0, n, over(given, false, within))
	r.add(set.name, how+"gold spans: coverage", 0, n, over(given, false, covered))
	r.add(set.name, how+"gold spans: mean error of covered, km", 0, n, over(given, true, metric.Mean))
	r.add(set.name, how+"gold spans: AUC of covered (less is better)", 0, n, over(given, true, metric.AUC))
	r.add(set.name, how+"found spans: Acc@161 km", 0, n, over(found, true, within))
	r.add(set.name, how+"found spans: mean error, km", 0, n, over(found, true, metric.Mean))
	r.add(set.name, how+"found spans: coverage", 0, n, over(found, false, covered))
	r.add(set.name, how+"end to end: Acc@161 km", set.endToEnd, n, over(found, false, within))
}

func stretches(gold []corpus.Toponym) []place.Span {
	spans := make([]place.Span, len(gold))
	for i, t := range gold {
		spans[i] = place.Span{Start: t.Start, End: t.End}
	}
	return spans
}

// distances gives for each gold toponym how far off, in kilometres, the place is
// that a mention at exactly its span has.
func distances(gold []corpus.Toponym, mentions []centre.Mention) []float64 {
	at := map[metric.Span]*centre.Place{}
	for _, m := range mentions {
		at[metric.Span{Start: m.Start, End: m.End}] = m.Place
	}
	far := make([]float64, len(gold))
	for i, t := range gold {
		far[i] = unresolved
		if p := at[metric.Span{Start: t.Start, End: t.End}]; p != nil && p.Point.Known {
			far[i] = metric.Kilometres(t.Lat, t.Lon, p.Point.Lat, p.Point.Lon)
		}
	}
	return far
}

// toponyms gives those of an article whose coordinates are known.
func toponyms(a corpus.Article, g *gazetteer.Gazetteer) []corpus.Toponym {
	marked := slices.Clone(a.Toponyms)
	for i := range marked {
		locate(&marked[i], g)
	}
	return corpus.Located(marked)
}

// locate gives a toponym its coordinates where only its number is known.
func locate(t *corpus.Toponym, g *gazetteer.Gazetteer) {
	if !t.Located && t.ID != "" {
		if p, ok := g.ByID(t.ID); ok && p.Point.Known {
			t.Lat, t.Lon, t.Located = p.Point.Lat, p.Point.Lon, true
		}
	}
}
