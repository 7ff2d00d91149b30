package app

import (
	"testing"
	"time"

	"entente/internal/policy/system"
	"entente/internal/store"
)

func TestATermThatHasBegunKeepsItsBoundary(t *testing.T) {
	tr := newTrial(t)
	history, err := tr.charters.History(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	kept, err := tr.store.BegunTerms(t.Context(), system.View())
	if err != nil || len(kept) < 40 { // from September 2015 until today, three months each
		t.Fatalf("%d terms are kept, %v", len(kept), err)
	}
	computed := history.Past(tr.clock())
	if len(computed) != len(kept) || !computed[7].Start.Equal(kept[7].Start) {
		t.Errorf("what is kept is not what was computed: %v, %v", kept[7], computed[7])
	}

	// As if the zone's clock had been known otherwise when the term began.
	old := newTrialWithTerms(t, []store.BegunTerm{
		{Number: 1, Cycle: 1, Member: kept[0].Member, Start: kept[0].Start},
		{Number: 2, Cycle: 1, Member: kept[1].Member, Start: kept[1].Start.Add(-time.Hour)},
	})
	history, err = old.charters.History(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[time.Duration]int{-61 * time.Minute: 0, -time.Hour: 1, 0: 1} {
		term, err := history.Term(kept[1].Start.Add(at))
		if err != nil || term.Member != kept[want].Member {
			t.Errorf("%v from the computed boundary %s is in the chair (%v), want %s", at, term.Member, err, kept[want].Member)
		}
	}
}

// newTrialWithTerms makes a trial whose store keeps terms before anybody looks.
func newTrialWithTerms(t *testing.T, terms []store.BegunTerm) *trial {
	t.Helper()
	c := trialConfig(t)
	s, err := openStore(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.KeepTerms(t.Context(), system.Grant("test"), terms); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return openTrial(t, c)
}
