package claims

import (
	"testing"

	"entente/internal/centre"
)

// Of each report the statement is found that comes nearest, in whatever language,
// and nothing that is set apart from the claim or has nothing to do with it.
func TestNearest(t *testing.T) {
	claim := report("en", saturday, assert("B", "the price of oil fell"), assert("B", "militants shelled the airport of <Aleppo> with heavy artillery"))
	for _, c := range []struct {
		name   string
		report *centre.Draft
		no     int
	}{
		{"in other words, in the second statement", report("en", saturday, assert("A", "the road to <Homs> is open"), deny("A", "artillery of the militants hit the airport of <Aleppo>")), 2},
		{"in Russian", report("ru", saturday, assert("A", "боевики обстреляли аэропорт в <Алеппо>")), 1},
		{"at another place", report("en", saturday, assert("A", "militants shelled the airport of <Homs> with heavy artillery")), 0},
		{"what may be", report("en", saturday, said{speaker: "A", stance: centre.StanceAssert, text: "militants may shell the airport of <Aleppo> with heavy artillery", mod: centre.ModalityMay}), 0},
		{"an opinion", report("en", saturday, said{speaker: "A", stance: centre.StanceAssert, text: "militants shelled the airport of <Aleppo> with heavy artillery", mod: centre.ModalityOpinion}), 0},
		{"nothing in common", report("en", saturday, assert("A", "the talks in <Baghdad> were useful")), 0},
		{"no statement", report("en", saturday), 0},
	} {
		got := Nearest(claim, 2, []*centre.Draft{c.report})[0]
		if got.No != c.no || (got.Score > 0) != (c.no > 0) || got.Score > 1 {
			t.Errorf("%s: %+v, want statement %d", c.name, got, c.no)
		}
	}
	if got := Nearest(claim, 7, []*centre.Draft{claim}); got[0] != (Near{}) {
		t.Errorf("a claim that is not there has %+v near it", got)
	}
}

// What a whole report says of a claim moves the threshold from what is the same to
// what is related, and no further.
func TestProposed(t *testing.T) {
	for _, c := range []struct {
		near  Near
		about float64
		want  bool
	}{
		{Near{1, proposeScore}, 0.5, true},
		{Near{1, proposeScore - 0.01}, 0.5, false},
		{Near{1, proposeScore - 0.01}, 0.9, true},
		{Near{1, relatedScore + 0.001}, 1, true},
		{Near{1, relatedScore - 0.001}, 1, false},
		{Near{1, proposeScore + 0.01}, 0.1, false},
		{Near{1, sameScore + 0.001}, 0, true},
		{Near{}, 1, false},
	} {
		if got := c.near.Proposed(c.about); got != c.want {
			t.Errorf("%+v of a report that is about the claim with %.1f: proposed %v", c.near, c.about, got)
		}
	}
}
