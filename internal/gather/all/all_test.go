package all_test

import (
	"testing"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/all"
)

// pushed have no address: their publishers come to us.
var pushed = map[string]bool{"push": true}

func TestEveryKindIsThereOnceAndRefusesAnEmptyAddress(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range all.Connectors() {
		if seen[c.Kind()] {
			t.Errorf("two connectors are of kind %s", c.Kind())
		}
		seen[c.Kind()] = true
		if err := c.Check(centre.Source{Kind: c.Kind()}); !pushed[c.Kind()] && centre.CodeOf(err) != centre.CodeInvalid {
			t.Errorf("%s: an empty address gives %v", c.Kind(), err)
		}
	}
	for _, kind := range []string{"alerts", "events", "feed", "files", "mail", "messaging", "misp", "nats", "page", "push", "taxii", "tracks", "wires"} {
		if _, err := gather.Find(all.Connectors(), kind); err != nil {
			t.Error(err)
		}
	}
}
