package corroborate

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"entente/internal/centre"
)

// drawStatements makes claims of a few outlets, speakers, texts and days, so that
// they meet often: chains in circles among them.
func drawStatements(t *rapid.T) []centre.ClaimStatement {
	outlets := []string{"A", "B", "C", "D"}
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) centre.ClaimStatement {
		name := rapid.SampledFrom(outlets).Draw(t, "carrier")
		s := centre.ClaimStatement{Carrier: centre.Carrier{Name: name, Family: name, Withdrawn: rapid.IntRange(0, 9).Draw(t, "withdrawn") == 0,
			CopySet: centre.ID(rapid.IntRange(0, 3).Draw(t, "copies")), Reliability: rapid.SampledFrom([]centre.Reliability{0, 'A', 'D', 'F'}).Draw(t, "reliability")}}
		if day := rapid.IntRange(0, 5).Draw(t, "day"); day > 0 {
			s.Carrier.Published = centre.Moment{Time: time.Date(2015, 9, day, 0, 0, 0, 0, time.UTC), Precision: centre.PrecisionDay}
		}
		s.Stance = rapid.SampledFrom(centre.Stances).Draw(t, "stance")
		s.Negated = rapid.IntRange(0, 5).Draw(t, "negated") == 0
		speaker := rapid.SampledFrom([]centre.Agent{
			{Name: name, Kind: centre.AgentPublisher}, {Words: centre.Words{End: 1}, Name: "A", Kind: centre.AgentAgency}, {Words: centre.Words{End: 1}, Name: "B", Kind: centre.AgentPublisher},
			{Name: "a source", Kind: centre.AgentAnonymous}, {Name: "Peskov", Kind: centre.AgentSpokesperson, Country: "RUS"}, {Name: "Zakharova", Kind: centre.AgentSpokesperson, Country: "RUS"},
			{Name: "Hana", Kind: centre.AgentNamed}, {Name: "many", Kind: centre.AgentCollective},
		}).Draw(t, "speaker")
		s.Speaker, s.Chain = speaker, []centre.Hop{{Agent: speaker}}
		if rapid.IntRange(0, 7).Draw(t, "token") == 0 {
			s.Roots = []string{rapid.SampledFrom([]string{"red", "blue"}).Draw(t, "of")}
		}
		return s
	}), 0, 12).Draw(t, "statements")
}

func judged(statements []centre.ClaimStatement) centre.Judgement {
	k := Knowledge{Outlet: func(a centre.Agent) (Outlet, bool) {
		return Outlet{Family: a.Name, State: map[string]string{"A": "RUS", "B": "RUS"}[a.Name]}, true
	}}
	return Judge(k, Matter{Parties: []string{"RUS"}, Comparable: true}, statements)
}

// TestTheOrderOfArrivalPlaysNoPart: and each statement goes back to one root of
// its side at most, the counts are those of the roots, and a grade is one.
func TestTheOrderOfArrivalPlaysNoPart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		statements := drawStatements(t)
		for i := range statements {
			statements[i].Ref = centre.StatementRef{Report: centre.ID(i + 1), Version: 1, No: 1}
			statements[i].Carrier.Report = centre.ID(i + 1)
			statements[i].Carrier.Translation = centre.ID(max(0, rapid.IntRange(-4, 6).Draw(t, "translates")))
			if i > 0 && rapid.Bool().Draw(t, "same report") {
				statements[i].Carrier, statements[i].Ref.Report, statements[i].Ref.No = statements[i-1].Carrier, statements[i-1].Ref.Report, i+1
			}
		}
		j := judged(statements)
		if again := judged(rapid.Permutation(statements).Draw(t, "order")); !reflect.DeepEqual(j, again) {
			t.Fatalf("another order gives another result:\n%s\nand\n%s", show(&j), show(&again))
		}
		seen, favour, against, independent := map[string]bool{}, 0, 0, 0
		for _, r := range j.Roots {
			for _, ref := range r.Statements {
				key := fmt.Sprint(ref)
				if seen[key] {
					t.Fatalf("statement %v has two roots:\n%s", ref, show(&j))
				}
				seen[key] = true
			}
			if r.State != centre.RootStands {
				continue
			}
			if r.Side == centre.InFavour {
				favour++
				if r.Independent {
					independent++
				}
			} else {
				against++
			}
			if r.Unknown && r.Independent {
				t.Fatalf("an unknown root is certainly independent:\n%s", show(&j))
			}
		}
		if favour != j.For || against != j.Against || independent != j.Independent {
			t.Fatalf("the counts are not those of the roots:\n%s", show(&j))
		}
		g := j.Suggested
		if g.Rule < 1 || g.Rule > 7 || len(g.Why) == 0 || g.Grade.Credibility < 1 || g.Grade.Credibility > 6 || g.Grade.Reliability < 'A' || g.Grade.Reliability > 'F' {
			t.Fatalf("no grade: %+v", g)
		}
		if g.Grade.Credibility == centre.Confirmed && (j.Independent < 2 || slices.ContainsFunc(j.Roots, weighs)) {
			t.Fatalf("confirmed without two independent roots, or against a contradiction of like weight:\n%s", show(&j))
		}
	})
}

// weighs tells whether a root contradicts and is of like weight with whatever is
// confirmed: known, no party, and not D or E.
func weighs(r centre.Root) bool {
	return r.Side == centre.Against && r.State == centre.RootStands && !r.Unknown && !r.Party && r.Independent
}

// TestEchoAddsNothing: a copy of a report that names nobody, carried by another
// house, adds no root, whatever else is there.
func TestEchoAddsNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		statements := drawStatements(t)
		own := centre.ClaimStatement{Statement: centre.Statement{Stance: centre.StanceAssert}, Carrier: centre.Carrier{Name: "E", Family: "E", CopySet: 99}}
		own.Speaker = centre.Agent{Name: "E", Kind: centre.AgentPublisher}
		own.Carrier.Published = centre.Moment{Time: time.Date(2015, 9, 2, 0, 0, 0, 0, time.UTC), Precision: centre.PrecisionDay}
		statements = append(statements, own)
		before := judged(numbered(statements))
		echo := own
		echo.Carrier.Name, echo.Carrier.Family, echo.Speaker.Name = "F", "F", "F"
		after := judged(numbered(append(statements, echo)))
		if before.For != after.For || before.Independent != after.Independent || before.Status != after.Status {
			t.Fatalf("a copy changes\n%s\nto\n%s", show(&before), show(&after))
		}
	})
}

func numbered(statements []centre.ClaimStatement) []centre.ClaimStatement {
	for i := range statements {
		statements[i].Ref = centre.StatementRef{Report: centre.ID(i + 1), Version: 1, No: 1}
		statements[i].Carrier.Report = centre.ID(i + 1)
	}
	return statements
}

// TestAThousandDenials is bounded, and one speaker stays one root.
func TestAThousandDenials(t *testing.T) {
	var statements []centre.ClaimStatement
	for i := range 1000 {
		s := centre.ClaimStatement{Statement: centre.Statement{Stance: centre.StanceDeny}, Carrier: centre.Carrier{Name: fmt.Sprint(i), Family: fmt.Sprint(i)}}
		s.Speaker = centre.Agent{Name: "Peskov", Kind: centre.AgentSpokesperson, Country: "RUS"}
		if i == 0 {
			s.Stance, s.Speaker = centre.StanceAssert, centre.Agent{Name: "Fox", Kind: centre.AgentPublisher}
		}
		statements = append(statements, s)
	}
	j := judged(numbered(statements))
	if j.Status != centre.ClaimContested || j.For != 1 || j.Against != 1 || j.Suggested.Rule != 5 {
		t.Errorf("%s", show(&j))
	}
}
