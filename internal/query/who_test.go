package query_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/internal/centre"
	"entente/internal/query"
)

func TestFieldsAboutNames(t *testing.T) {
	report := &centre.Report{Mentions: []centre.Mention{
		{Kind: centre.MentionPerson, Text: "Дмитрий Песков", Entity: "#1", Identity: 7},
		{Kind: centre.MentionPerson, Text: "министр", Form: "role", Entity: "#2"},
		{Kind: centre.MentionOrganisation, Text: "Красный Полумесяц", Entity: "#3"},
		{Kind: centre.MentionGroup, Text: "ИГИЛ", Entity: "islamic-state"},
	}}
	s := query.NewSubject(report, centre.Tokens{})
	bodies := func(name string) []string {
		if name == "داعش" {
			return []string{"islamic-state"}
		}
		return nil
	}
	for _, c := range []struct {
		text string
		tree query.Node
		want bool
	}{
		{"person:peskov", query.Named{Name: "peskov"}, true},
		{"person:بيسكوف", query.Named{Name: "بيسكوف"}, true},
		{`person:"Dmitri Peskov"`, query.Named{Name: "Dmitri Peskov"}, true},
		{`person:"Igor Peskov"`, query.Named{Name: "Igor Peskov"}, false},
		{"person:lavrov", query.Named{Name: "lavrov"}, false},
		{"person:министр", query.Named{Name: "министр"}, false},
		{"org:peskov", query.Named{Name: "peskov", Body: true}, false},
		{"org:полумесяц", query.Named{Name: "полумесяц", Body: true}, true},
		{"org:داعش", query.Named{Name: "داعش", Body: true}, true},
		{"entity:0000000000007", query.Entity{ID: 7}, true},
		{"entity:0000000000008", query.Entity{ID: 8}, false},
		{"-person:peskov", query.Not{Node: query.Named{Name: "peskov"}}, false},
	} {
		got, err := query.Parse(c.text, query.Options{})
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		if d := cmp.Diff(c.tree, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.text, d)
		}
		if query.Match(query.ResolveBodies(got, bodies), s) != c.want {
			t.Errorf("%s matches: %v", c.text, !c.want)
		}
		again, err := query.Parse(query.String(got), query.Options{})
		if d := cmp.Diff(got, again); d != "" || err != nil {
			t.Errorf("%s is printed as %s: %v %s", c.text, query.String(got), err, d)
		}
	}
	if s.Merged(map[centre.ID]centre.ID{8: 7, 7: 7}); !query.Match(query.Entity{ID: 8}, s) || !query.Match(query.Entity{ID: 7}, s) || query.Match(query.Entity{ID: 9}, s) {
		t.Error("an entity is not found under the id of one that was merged into it, or under its own")
	}
	for _, text := range []string{"person:", "person:123", "org:…", "entity:7", "entity:0000000000000"} {
		if _, err := query.Parse(text, query.Options{}); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
}
