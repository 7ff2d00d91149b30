package sqlite

import (
	"fmt"
	"sync"
	"testing"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/policy/system"
)

// TestTakingsShareATransactionAndNotTheirFailures takes from many sources at
// once, of which every fourth is not there: those fail, and the others keep
// exactly what they brought.
func TestTakingsShareATransactionAndNotTheirFailures(t *testing.T) {
	s := openTest(t)
	marking := centre.Marking{Originator: "IRQ"}
	ids := &centre.IDSource{}
	var sources []centre.ID
	for i := range 60 {
		o := centre.Source{ID: ids.Next(options().Clock()), Slug: fmt.Sprintf("s%d", i), Name: "S", Kind: "feed", Member: "IRQ", Marking: marking}
		g := system.Act("test", policy.ActionManageSources, policy.Object{Kind: "source", ID: o.ID, Marking: marking, Member: o.Member, Target: &marking})
		if err := s.AddSource(t.Context(), g, o); err != nil {
			t.Fatal(err)
		}
		sources = append(sources, o.ID)
	}
	var all sync.WaitGroup
	for i, id := range sources {
		all.Go(func() {
			for round := range 5 {
				at := id
				if i%4 == 0 {
					at = 77 // nobody
				}
				docs := []centre.Document{{Source: at, ExternalID: fmt.Sprint(round), Title: "T", MediaType: "text/plain", Body: fmt.Sprint(i, round)}}
				receipts, err := s.Take(t.Context(), system.Grant("test"), at, docs, centre.Cursor(fmt.Sprint(round)))
				if at == 77 && centre.CodeOf(err) != centre.CodeNotFound {
					t.Errorf("a source that there is not: %v", err)
				}
				if at != 77 && (err != nil || len(receipts) != 1 || !receipts[0].New) {
					t.Errorf("source %d: %v, %v", i, receipts, err)
				}
			}
		})
	}
	all.Wait()
	pending, err := s.Pending(t.Context(), system.Grant("test"), 0, 1000)
	if err != nil || len(pending) != 45*5 {
		t.Errorf("%d documents wait, %v; want %d", len(pending), err, 45*5)
	}
	for i, id := range sources {
		c, err := s.Cursor(t.Context(), system.Grant("test"), id)
		if want := "4"; err != nil || i%4 != 0 && string(c) != want || i%4 == 0 && c != nil {
			t.Errorf("the cursor of source %d is %q, %v", i, c, err)
		}
	}
}
