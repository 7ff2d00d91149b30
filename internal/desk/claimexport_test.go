package desk

import (
	"strings"
	"testing"

	"entente/internal/centre"
)

// TestAReviewIsAPersons: without a person's grade there is no rating value, a
// report with two statements appears once, and a source without a name is no
// organisation.
func TestAReviewIsAPersons(t *testing.T) {
	statement := func(report centre.ID, a centre.Agent) centre.ClaimStatement {
		return centre.ClaimStatement{Statement: centre.Statement{Speaker: a}, Carrier: centre.Carrier{Report: report, Title: report.String()}}
	}
	source := centre.Agent{Name: "a source", Kind: centre.AgentAnonymous}
	e := claimExport{statements: []centre.ClaimStatement{statement(1, source), statement(2, source), statement(1, source)}}
	e.claim.Status = centre.ClaimUnverified
	e.claim.Suggested.Grade = centre.Grade{Reliability: centre.UsuallyReliable, Credibility: centre.ProbablyTrue}
	review := e.review()
	rating, item := review["reviewRating"].(object), review["itemReviewed"].(object)
	if v, ok := rating["ratingValue"]; ok || rating["alternateName"] == "" {
		t.Errorf("nobody graded it, and its rating is %v, %q", v, rating["alternateName"])
	}
	if n := len(item["appearance"].([]any)); n != 2 || item["firstAppearance"].(object)["headline"] != centre.ID(1).String() {
		t.Errorf("two reports appear %d times, first in %v", n, item["firstAppearance"])
	}
	if author := item["author"].(object); author["@type"] != "Thing" || author["name"] != "a source" {
		t.Errorf("a source is %v", author)
	}
	e.claim.Given = &centre.ClaimGrading{Grade: e.claim.Suggested.Grade, Member: "IRQ"}
	if v := e.review()["reviewRating"].(object)["ratingValue"]; v != 4 {
		t.Errorf("a person's grade 2 is the value %v", v)
	}
	if got := schemaType(centre.Agent{Kind: centre.AgentNamed, Role: "minister"}); got != "Person" {
		t.Errorf("a minister is a %s", got)
	}
}

// TestAConfidenceIsAPersons: a STIX report bears the confidence of a grade that a
// person gave (1 to 5 as 90 to 10, 6 none), and the suggested grade in words.
func TestAConfidenceIsAPersons(t *testing.T) {
	e := claimExport{author: "Centre"}
	e.claim.Status = centre.ClaimContested
	e.claim.Suggested = centre.Suggestion{Grade: centre.Grade{Reliability: centre.UsuallyReliable, Credibility: centre.ProbablyTrue}, Rule: 3}
	report := func() object {
		for _, o := range e.bundle()["objects"].([]any) {
			if o, ok := o.(object); ok && o["type"] == "report" {
				return o
			}
		}
		t.Fatal("there is no report")
		return nil
	}
	r := report()
	if c, ok := r["confidence"]; ok {
		t.Errorf("nobody decided, and the confidence is %v", c)
	}
	if text := r["description"].(string); !strings.Contains(text, "grade B2, suggested by rule 3") {
		t.Errorf("the suggested grade is not said to be one: %q", text)
	}
	for credibility, want := range map[centre.Credibility]any{centre.Confirmed: 90, centre.ProbablyTrue: 70, centre.PossiblyTrue: 50, centre.Doubtful: 30, centre.Improbable: 10, centre.CredibilityNotJudged: nil} {
		e.claim.Given = &centre.ClaimGrading{Grade: centre.Grade{Reliability: 'C', Credibility: credibility}, Member: "IRQ"}
		if got := report()["confidence"]; got != want {
			t.Errorf("credibility %d given by a person is the confidence %v, want %v", credibility, got, want)
		}
	}
}
