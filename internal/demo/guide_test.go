package demo

import (
	"os"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"entente/internal/policy"
)

// The tour counts what a visitor will count, and names what is there.
func TestTheTourIsTrue(t *testing.T) {
	guide, err := os.ReadFile("../../docs/guide/demo.md")
	if err != nil {
		t.Fatal(err)
	}
	s, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	rows := regexp.MustCompile(`(?m)^\| ([a-z.]+) \| .* \| (\d+) \|$`).FindAllStringSubmatch(string(guide), -1)
	if len(rows) < 4 {
		t.Fatalf("the tour counts for %d persons only", len(rows))
	}
	for _, row := range rows {
		i := slices.IndexFunc(Persons(), func(p Person) bool { return p.Login == row[1] })
		if i < 0 {
			t.Errorf("the tour names %q, who has no account", row[1])
			continue
		}
		p, count := Persons()[i], 0
		for _, o := range s.Outlets {
			if policy.Visible(policy.Actor{Member: p.Member, Roles: p.Roles, Clearance: p.Clearance, Active: true}, o.marking) {
				count += len(o.Items)
			}
		}
		if row[2] != strconv.Itoa(count) {
			t.Errorf("the tour says that %s sees %s reports; it is %d", p.Login, row[2], count)
		}
	}
	for _, name := range regexp.MustCompile("(?:source:|`)([a-z]+-[a-z-]+)").FindAllStringSubmatch(string(guide), -1) {
		if !slices.ContainsFunc(s.Outlets, func(o Outlet) bool { return o.Slug == name[1] }) {
			t.Errorf("the tour names the outlet %q, which is not in the scenario", name[1])
		}
	}
}
