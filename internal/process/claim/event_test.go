package claim

import (
	"testing"

	"entente/internal/centre"
)

func TestAStatementIsAboutTheFirstHappeningInItsContent(t *testing.T) {
	words := func(start, end int) centre.Words { return centre.Words{Start: start, End: end} }
	events := []centre.EventMention{{Trigger: words(50, 54)}, {Trigger: words(12, 16)}, {Trigger: words(20, 24)}}
	statements := []centre.Statement{
		{Content: []centre.Words{words(40, 60), words(10, 30)}},
		{Content: []centre.Words{words(18, 30)}},
		{Content: []centre.Words{words(22, 30)}}, // a part of the trigger is not it
		{},
	}
	tieEvents(statements, events)
	for i, want := range []int{2, 3, 0, 0} {
		if statements[i].Event != want {
			t.Errorf("statement %d is about %d, want %d", i, statements[i].Event, want)
		}
	}
	tieEvents(statements, nil)
	if statements[0].Event != 0 {
		t.Error("a statement is about a happening that there is none of")
	}
}
