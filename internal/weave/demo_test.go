package weave_test

import (
	"slices"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/demo"
	"entente/internal/gazetteer"
	"entente/internal/process"
	"entente/internal/process/all"
)

// A new user of the demonstration centre sees the founding of the information
// centre as one story, in whichever language the agencies told it.
func TestTheFoundingIsOneStoryInTheDemonstration(t *testing.T) {
	scenario, err := demo.Load()
	if err != nil {
		t.Fatal(err)
	}
	places, err := gazetteer.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	steps := process.New(all.Steps(places), process.Options{})
	var list []telling
	for _, o := range scenario.Outlets {
		for _, item := range o.Items {
			if at, err := time.Parse(time.RFC3339, item.Published); err == nil && item.Text != "" {
				d, err := steps.Run(t.Context(), centre.Document{Title: item.Title, Body: item.Text, MediaType: "text/plain",
					Published: centre.Moment{Time: at.UTC(), Precision: centre.PrecisionMinute, Basis: centre.BasisFeed}})
				if err != nil {
					t.Fatal(err)
				}
				list = append(list, telling{o.Slug + "/" + item.ID, d})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b telling) int { return a.draft.Published.Time.Compare(b.draft.Published.Time) })
	stories := woven(t, list, indices(len(list)))
	in := map[string]centre.ID{}
	for i, l := range list {
		in[l.story] = stories[i]
	}
	founding := in["birch-line/centre-agreed"]
	for _, item := range []string{"tigris-wire/joint-centre-agreed", "tigris-wire-ar/centre-agreed", "sepidar/centre-agreed"} {
		if in[item] != founding || founding == 0 {
			t.Errorf("%s is in story %v, the Russian report in %v", item, in[item], founding)
		}
	}
	for _, item := range []string{"tigris-wire/cholera-spread", "meridian-desk/vienna-communique", "tigris-wire-ar/ankara-blast", "birch-line/airliner-sinai", "irn-watch/kr-004"} {
		if in[item] == founding || in[item] == 0 {
			t.Errorf("%s is in the story of the founding", item)
		}
	}
}
