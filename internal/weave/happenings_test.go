package weave_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/gazetteer"
	"entente/internal/process"
	"entente/internal/process/all"
	"entente/internal/weave"
)

// telling is a text on a happening.
type telling struct {
	story string
	draft centre.Draft
}

// tellings reads a half of testdata/happenings, and processes it as the centre
// does, in the order of publication.
func tellings(t *testing.T, half string) (list []telling) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "happenings", half))
	if err != nil {
		t.Fatal(err)
	}
	places, err := gazetteer.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	steps := process.New(all.Steps(places), process.Options{})
	for _, block := range strings.Split(string(data), "\n== ")[1:] {
		head, rest, _ := strings.Cut(block, "\n")
		title, body, _ := strings.Cut(strings.TrimSpace(rest), "\n")
		about := strings.Fields(head)
		if len(about) != 3 || body == "" {
			t.Fatalf("%s: %q is no text on a happening", half, head)
		}
		at, err := time.Parse(time.RFC3339, about[2])
		if err != nil {
			t.Fatal(err)
		}
		d, err := steps.Run(t.Context(), centre.Document{Title: title, Body: body, MediaType: "text/plain",
			Published: centre.Moment{Time: at, Precision: centre.PrecisionMinute, Basis: centre.BasisFeed}})
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, telling{about[0], d})
	}
	slices.SortStableFunc(list, func(a, b telling) int { return a.draft.Published.Time.Compare(b.draft.Published.Time) })
	return list
}

// woven gives the story of each text when they come in an order.
func woven(t *testing.T, list []telling, order []int) []centre.ID {
	t.Helper()
	w := weave.New(weave.Options{NewID: sequence()})
	stories := make([]centre.ID, len(list))
	for n, i := range order {
		d := list[i].draft
		d.Document.ID = centre.ID(i + 1)
		out := put(t, w, d, start.Add(time.Duration(n)*time.Second))
		stories[i] = out.Story
		for k := range stories {
			if slices.Contains(out.Merged, stories[k]) {
				stories[k] = out.Story
			}
		}
	}
	return stories
}

// bCubed gives precision and recall (Bagga and Baldwin, 1998).
func bCubed(list []telling, stories []centre.ID) (precision, recall float64) {
	for i := range list {
		var found, gold, both float64
		for j := range list {
			inFound, inGold := stories[i] == stories[j], list[i].story == list[j].story
			if inFound {
				found++
			}
			if inGold {
				gold++
			}
			if inFound && inGold {
				both++
			}
		}
		precision += both / found / float64(len(list))
		recall += both / gold / float64(len(list))
	}
	return precision, recall
}

// Reports of one happening in Arabic, Persian, Russian and English are one story,
// and other happenings with the same places or people, of the same kind, or in
// the week after, are others; whatever the order in which they come.
func TestHappeningsAreOneStoryInAnyLanguage(t *testing.T) {
	for _, c := range []struct {
		half         string
		recall, f, b float64 // least recall and F in order of publication, and F on average over other orders
	}{
		{"tune.txt", 0.97, 0.88, 0.90},
		{"held.txt", 0.96, 0.91, 0.91},
	} {
		list := tellings(t, c.half)
		r := rand.New(rand.NewPCG(1, 1))
		measure := func(order []int) (recall, f float64) {
			p, r := bCubed(list, woven(t, list, order))
			return r, 2 * p * r / (p + r)
		}
		recall, f := measure(indices(len(list)))
		mean, least := 0.0, 1.0
		const orders = 8
		for range orders {
			_, f := measure(r.Perm(len(list)))
			mean, least = mean+f/orders, min(least, f)
		}
		t.Logf("%s: %d texts, B-cubed recall %.3f, F %.3f; in %d other orders F %.3f on average, %.3f at least", c.half, len(list), recall, f, orders, mean, least)
		if recall < c.recall || f < c.f || mean < c.b {
			t.Errorf("%s: wanted are %.2f, %.2f and %.2f", c.half, c.recall, c.f, c.b)
		}
	}
}
