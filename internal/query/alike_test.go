package query

import (
	"testing"

	"entente/internal/centre"
)

// TestAlike: a name in two scripts is one speaker, and never two roots; other
// names are not.
func TestAlike(t *testing.T) {
	named := func(name, role string) centre.Agent {
		return centre.Agent{Name: name, Kind: centre.AgentNamed, Role: role}
	}
	body := func(name, entity string) centre.Agent {
		return centre.Agent{Name: name, Kind: centre.AgentNamed, Entity: entity}
	}
	for _, c := range []struct {
		a, b centre.Agent
		want bool
	}{
		{named("Michel Aoun", "president"), named("ميشال عون", "president"), true},
		{named("Michel Aoun", "president"), named("میشل عون", ""), true},
		{named("Jeremy Hunt", "foreign minister"), named("Джереми Хант", ""), true},
		{named("Jeremy Hunt", ""), named("جيريمي هانت", ""), true},
		{named("Lavrov", "foreign minister"), named("Сергей Лавров", ""), true},
		{named("Michel Aoun", ""), named("Joseph Aoun", ""), false},
		{named("Hassan Diab", ""), named("Hassan Nasrallah", ""), false},
		{named("Aoun", "president"), named("Hana", "minister"), false},
		{body("Foreign Ministry", ""), body("Defence Ministry", ""), false},
		{body("Iraqi army", "irq-forces"), body("Syrian army", "syr-forces"), false},
		{body("", ""), body("", ""), false},
	} {
		if SpeakersAlike(c.a, c.b) != c.want || SpeakersAlike(c.b, c.a) != c.want {
			t.Errorf("%q and %q alike: %v", c.a.Name, c.b.Name, !c.want)
		}
	}
}
