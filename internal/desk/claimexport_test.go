package desk

import (
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
