package claim

import "entente/internal/centre"

// tieEvents gives each statement the first happening that its content tells:
// the one whose trigger stands in it. Both lists are in the order of the text,
// but for merged happenings, whose trigger is the first.
func tieEvents(statements []centre.Statement, events []centre.EventMention) {
	for i := range statements {
		s := &statements[i]
		at := -1
		for _, c := range s.Content {
			for k := range events {
				if t := events[k].Trigger; t.Start >= c.Start && t.End <= c.End && (at < 0 || t.Start < events[at].Trigger.Start) {
					at = k
				}
			}
		}
		s.Event = at + 1
	}
}
