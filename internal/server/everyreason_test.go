package server

import (
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/demo"
	"entente/internal/gazetteer"
	"entente/internal/process"
	"entente/internal/process/all"
)

// TestEveryReasonOfTheDemoHasACode runs the steps over the reports of the demo, in four
// languages: a reason that has no code stays English on every screen.
func TestEveryReasonOfTheDemoHasACode(t *testing.T) {
	scenario, err := demo.Load()
	if err != nil {
		t.Fatal(err)
	}
	g, err := gazetteer.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	steps := process.New(all.Steps(g), process.Options{Timeout: time.Minute})
	missing := map[string]bool{}
	coded := 0
	look := func(why []string) {
		for i, r := range findingReasonsOf(why) {
			if r.Code == "" {
				missing[why[i]] = true
			} else {
				coded++
			}
		}
	}
	for _, o := range scenario.Outlets {
		for i, item := range o.Items {
			doc := centre.Document{Title: item.Title, Body: item.Text, MediaType: "text/plain", Language: o.Language}
			if i%2 == 0 { // others do not say when they were published
				doc.Published = centre.Moment{Time: time.Date(2015, 9, 27, 0, 0, 0, 0, time.UTC), Precision: centre.PrecisionDay, Basis: centre.BasisFeed}
			}
			d, err := steps.Run(t.Context(), doc)
			if err != nil {
				t.Fatal(err)
			}
			look(d.LanguageWhy)
			for _, s := range d.Stretches {
				look(s.Why)
			}
			for _, m := range d.Mentions {
				look(m.Why)
			}
			for _, e := range d.EventMentions {
				look(e.Why)
			}
			for _, s := range d.Statements {
				look(s.Why)
			}
		}
	}
	for sentence := range missing {
		t.Errorf("no code for %q", sentence)
	}
	if coded < 1000 {
		t.Errorf("%d reasons, want those of some hundred reports", coded)
	}
}
