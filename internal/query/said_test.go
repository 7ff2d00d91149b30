package query_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/internal/centre"
	"entente/internal/lexis"
	"entente/internal/query"
)

func TestFieldsAboutAStatement(t *testing.T) {
	for _, c := range []struct {
		text string
		want query.Node
	}{
		{"claim:contested", query.Said{Status: centre.ClaimContested}},
		{"claim:contested speaker:peskov stance:deny roots:>=2", query.Said{Status: centre.ClaimContested, Speaker: "peskov", Stance: centre.StanceDeny, Roots: 2}},
		{"roots:2", query.Said{Roots: 2}},
		{"roots:≥۳", query.Said{Roots: 3}},
		{`speaker:"Sergei Lavrov"`, query.Said{Speaker: "sergei lavrov"}},
		{"speaker:peskov syria stance:deny", query.And{query.Said{Speaker: "peskov", Stance: centre.StanceDeny}, query.Word{Text: "syria"}}},
		{"speaker:peskov stance:deny speaker:lavrov stance:confirm", query.And{
			query.Said{Speaker: "peskov", Stance: centre.StanceDeny}, query.Said{Speaker: "lavrov", Stance: centre.StanceConfirm}}},
		{"-stance:deny speaker:peskov", query.And{query.Not{Node: query.Said{Stance: centre.StanceDeny}}, query.Said{Speaker: "peskov"}}},
		{"-(speaker:peskov stance:deny)", query.Not{Node: query.Said{Speaker: "peskov", Stance: centre.StanceDeny}}},
	} {
		got, err := query.Parse(c.text, query.Options{})
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.text, d)
		}
		again, err := query.Parse(query.String(got), query.Options{})
		if d := cmp.Diff(got, again); d != "" || err != nil {
			t.Errorf("%s is printed as %s: %v %s", c.text, query.String(got), err, d)
		}
	}
	for _, text := range []string{"claim:true", "stance:maybe", "roots:0", "roots:<2", "speaker:!!", "roots:100"} {
		if _, err := query.Parse(text, query.Options{}); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
}

func TestATreeWithSeveralStatementsIsPrintedAsOne(t *testing.T) {
	report := &centre.Report{}
	report.Statements = []centre.Statement{
		{No: 1, Speaker: centre.Agent{Name: "Dmitry Peskov"}, Stance: centre.StanceDeny},
		{No: 2, Speaker: centre.Agent{Name: "Сергей Лавров"}, Stance: centre.StanceConfirm},
	}
	s := query.NewSubject(report, lexis.Tokens("en", centre.Content{})).Claims(map[int]centre.Judgement{1: {Status: centre.ClaimContested, For: 1}, 2: {Status: centre.ClaimUnverified, For: 3}})
	said := rapid.Custom(func(t *rapid.T) query.Node {
		return query.Said{
			Status:  rapid.SampledFrom([]centre.ClaimStatus{"", centre.ClaimContested, centre.ClaimUnverified}).Draw(t, "status"),
			Speaker: rapid.SampledFrom([]string{"", "peskov", "lavrov", "песков", "لافروف", "dmitry peskov"}).Draw(t, "speaker"),
			Stance:  rapid.SampledFrom([]centre.Stance{"", centre.StanceDeny, centre.StanceConfirm}).Draw(t, "stance"),
			Roots:   rapid.IntRange(0, 3).Draw(t, "roots"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		n := query.And(rapid.SliceOfN(said, 0, 3).Draw(t, "all"))
		again, err := query.Parse(query.String(n), query.Options{})
		if err != nil {
			t.Fatalf("%s: %v", query.String(n), err)
		}
		if query.Match(n, s) != query.Match(again, s) {
			t.Fatalf("%+v is printed as %s, which matches otherwise", n, query.String(n))
		}
	})
	three := query.And{query.Said{Stance: centre.StanceDeny}, query.Said{Roots: 1}, query.Said{Roots: 2}}
	if got := query.String(three); got != "stance:deny --roots:>=1 --roots:>=2" {
		t.Errorf("three statements are printed as %s", got)
	}
	for text, want := range map[string]bool{
		"speaker:peskov": true, "speaker:песков": true, "speaker:بيسكوف": true, "speaker:Лаврова": true, "speaker:lavrov": true, "speaker:putin": false,
		"speaker:peskov stance:confirm": false, "speaker:peskov stance:deny": true, "claim:contested roots:>=2": false, "claim:unverified roots:>=3": true,
		"speaker:peskov speaker:lavrov": true, `speaker:"Sergei Peskov"`: false,
	} {
		n, err := query.Parse(text, query.Options{})
		if err != nil || query.Match(n, s) != want {
			t.Errorf("%s: %v, %v", text, query.Match(n, s), err)
		}
	}
}
