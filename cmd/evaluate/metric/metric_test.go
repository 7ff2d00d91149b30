package metric_test

import (
	"math"
	"testing"

	"entente/cmd/evaluate/metric"
)

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-6 {
		t.Errorf("%s is %.7f, want %.7f", what, got, want)
	}
}

func span(start, end int) metric.Span { return metric.Span{Start: start, End: end} }

// Three found, four gold, two the same: P 2/3, R 1/2, F 4/7. The one that is
// given twice counts once, and the one of another type does not count.
func TestExact(t *testing.T) {
	found := []metric.Span{span(0, 5), span(0, 5), span(8, 12), {Start: 20, End: 24, Type: "PER"}}
	gold := []metric.Span{span(0, 5), span(8, 12), {Start: 20, End: 24, Type: "LOC"}, span(30, 31)}
	c := metric.Exact(found, gold)
	if c != (metric.Counts{Found: 3, Gold: 4, Right: 2}) {
		t.Fatalf("counted %+v", c)
	}
	near(t, "precision", c.Precision(), 2.0/3)
	near(t, "recall", c.Recall(), 0.5)
	near(t, "F", c.F(), 4.0/7)
	near(t, "F of nothing", metric.Counts{}.F(), 0)
}

// The first found overlaps both gold ones and the second only the first: both
// are paired all the same.
func TestOverlappingIsOneToOne(t *testing.T) {
	c := metric.Overlapping([]metric.Span{span(0, 20), span(0, 4)}, []metric.Span{span(2, 6), span(10, 12)})
	if c != (metric.Counts{Found: 2, Gold: 2, Right: 2}) {
		t.Errorf("counted %+v", c)
	}
	c = metric.Overlapping([]metric.Span{span(0, 4), span(1, 3)}, []metric.Span{span(2, 6)})
	if c.Right != 1 {
		t.Errorf("one gold span was found %d times", c.Right)
	}
	if span(0, 4).Overlaps(span(4, 6)) {
		t.Error("spans that touch do not overlap")
	}
}

func TestAttributions(t *testing.T) {
	one := func(source, cue metric.Span) metric.Attribution {
		return metric.Attribution{Source: []metric.Span{source}, Cue: []metric.Span{cue}}
	}
	gold := []metric.Attribution{one(span(0, 5), span(6, 10)), one(span(0, 5), span(20, 24)), {Cue: []metric.Span{span(30, 33)}}}
	found := []metric.Attribution{
		one(span(2, 5), span(6, 10)),    // right, though its source is shorter
		one(span(40, 45), span(20, 24)), // right cue, wrong source
		one(span(0, 5), span(30, 34)),   // the source of the others, a cue one letter too long
	}
	source, cue, linked := metric.Attributions(found, gold)
	// Distinct sources: found at 2, 40 and 0; gold at 0 alone.
	if source != (metric.Counts{Found: 3, Gold: 1, Right: 1}) {
		t.Errorf("sources %+v", source)
	}
	if cue != (metric.Counts{Found: 3, Gold: 3, Right: 2}) {
		t.Errorf("cues %+v", cue)
	}
	if linked != (metric.Counts{Found: 3, Gold: 2, Right: 1}) {
		t.Errorf("linked %+v", linked)
	}
}

func TestDistances(t *testing.T) {
	near(t, "a quarter of the earth", metric.Kilometres(0, 0, 0, 90), 6371*math.Pi/2)
	near(t, "pole to pole", metric.Kilometres(90, 0, -90, 0), 6371*math.Pi)
	near(t, "no distance", metric.Kilometres(33.3, 44.4, 33.3, 44.4), 0)
	d := []float64{161, 0, 162, 1000}
	near(t, "within", metric.Within(d, metric.Near), 0.5)
	near(t, "mean", metric.Mean(d), 330.75)
	// e-1, 0, e²-1: heights 0, 1, 2; area 0.5 + 1.5 = 2 over ln(20039)*2.
	near(t, "AUC", metric.AUC([]float64{math.E - 1, 0, math.E*math.E - 1}), 2/(2*math.Log(20039)))
	near(t, "AUC of one", metric.AUC(d[:1]), 0)
}

// The example of two groups (a a b) (b b) against gold a, b.
func TestBCubed(t *testing.T) {
	p, r := metric.BCubed([]string{"1", "1", "1", "2", "2"}, []string{"a", "a", "b", "b", "b"})
	near(t, "precision", metric.Mean(p), (2.0/3+2.0/3+1.0/3+1+1)/5)
	near(t, "recall", metric.Mean(r), (1+1+1.0/3+2.0/3+2.0/3)/5)
	near(t, "F", metric.Harmonic(0.5, 1), 2.0/3)
	near(t, "F of nothing", metric.Harmonic(0, 0), 0)
}

// a: 2 gold, 2 found, 1 right: F 1/2. b: 1 gold, 2 found, 1 right: F 2/3. c: 1
// gold, 0 found: F 0.
func TestF1(t *testing.T) {
	micro, macro, weighted := metric.Confused([]metric.Labelled{{"a", "a"}, {"b", "a"}, {"b", "b"}, {"a", "c"}}).F1()
	near(t, "micro", micro, 0.5)
	near(t, "macro", macro, (0.5+2.0/3)/3)
	near(t, "weighted", weighted, (2*0.5+2.0/3)/4)
	_, macro, weighted = metric.Confused([]metric.Labelled{{"x", "a"}, {"a", "a"}}).F1() // x is never gold
	near(t, "macro beside a label that is none", macro, 2.0/3)
	near(t, "weighted beside a label that is none", weighted, 2.0/3)
}

// Greatest: .25 + 1 + 1 + 1. Got: .25, 1, .25, 0.
func TestFNC(t *testing.T) {
	near(t, "score", metric.Confused([]metric.Labelled{{"unrelated", "unrelated"}, {"agree", "agree"}, {"discuss", "agree"}, {"unrelated", "disagree"}}).FNC(), 1.5/3.25)
	near(t, "score of nothing", metric.Confused(nil).FNC(), 0)
}

// The mean of 0 and 1, half each, over many units lies between bounds that the
// normal approximation gives: .5 ± 1.96*sqrt(.25/400) = .451 ... .549.
func TestInterval(t *testing.T) {
	mean := func(sample []int) float64 {
		n := 0
		for _, i := range sample {
			n += i % 2
		}
		return float64(n) / float64(len(sample))
	}
	low, high := metric.Interval(400, mean)
	if math.Abs(low-0.451) > 0.01 || math.Abs(high-0.549) > 0.01 {
		t.Errorf("interval %.4f to %.4f", low, high)
	}
	again, _ := metric.Interval(400, mean)
	near(t, "the second run", again, low)
	low, high = metric.Interval(1, func([]int) float64 { return 0.3 })
	near(t, "low of one", low, 0.3)
	near(t, "high of one", high, 0.3)
}

// A location of a descriptive and a named token, found by its name alone, is
// right; a person of two names found by one is half right; the organisation
// inside a larger one that was found need not be found, nor the one without a
// name: 2 found, 2 wanted, quality 1 + 1/2 and one more found in vain.
func TestObjects(t *testing.T) {
	object := func(kind string, tokens ...int) metric.Object { // a negative token only describes
		o := metric.Object{Type: kind, Tokens: map[int]bool{}}
		for _, n := range tokens {
			o.Tokens[max(n, -n)] = n > 0
		}
		return o
	}
	gold := []metric.Object{
		object("Location", -1, 2), object("Person", 4, 5), object("Org", 7, 8, 9), object("Org", 8), object("Org", -12),
	}
	found := []metric.Object{object("Location", 2), object("Person", 4), object("Org", 7, 8, 9), object("Person", 20)}
	c := metric.Objects(found, gold)
	near(t, "quality", c.Quality, 2.5)
	near(t, "found", c.Found, 4)
	near(t, "gold", c.Gold, 3)
	near(t, "F", c.F(), 5.0/7)
	near(t, "F of nothing", metric.ObjectCounts{}.F(), 0)
}
