package desk

import (
	"encoding/json"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

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

// TestABundleIsValidSTIX holds a bundle to what STIX 2.1 requires of its objects
// (sections 2.9, 3.2, 4.5, 4.13, 4.15 and 4.16), and the same claim to the same objects.
func TestABundleIsValidSTIX(t *testing.T) {
	e := claimExport{author: "Centre", now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}
	e.claim = centre.Claim{ID: 7, Proposition: "The bridge is open", Changed: time.Date(2015, 10, 1, 9, 0, 0, 0, time.UTC)}
	e.claim.Status = centre.ClaimContested
	e.claim.Roots = []centre.Root{{Name: "Ministry", Side: centre.InFavour, State: centre.RootStands}, {Side: centre.Against, State: centre.RootStands}}
	required := map[string][]string{"identity": {"name"}, "report": {"name", "published", "object_refs"}, "note": {"content", "object_refs"}, "opinion": {"opinion", "object_refs"}, "marking-definition": nil}
	objects := func() map[string]object {
		text, err := json.Marshal(e.bundle())
		if err != nil {
			t.Fatal(err)
		}
		var bundle struct{ Objects []object }
		if err := json.Unmarshal(text, &bundle); err != nil {
			t.Fatal(err)
		}
		byID := map[string]object{}
		for _, o := range bundle.Objects {
			byID[o["id"].(string)] = o
		}
		if len(byID) != len(bundle.Objects) {
			t.Error("two objects have one id")
		}
		return byID
	}
	first := objects()
	kinds := map[string]int{}
	for id, o := range first {
		kind := o["type"].(string)
		kinds[kind]++
		wanted, known := required[kind]
		if !known || !regexp.MustCompile(`^`+kind+`--[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(id) || o["spec_version"] != "2.1" || o["created"] == nil {
			t.Errorf("%v", o)
		}
		if kind != "marking-definition" {
			wanted = append(wanted, "modified")
		}
		for _, name := range wanted {
			if o[name] == nil || o[name] == "" {
				t.Errorf("a %s has no %s", kind, name)
			}
		}
		refs, _ := o["object_refs"].([]any)
		for _, ref := range append(refs, o["created_by_ref"]) {
			if text, ok := ref.(string); ok && first[text] == nil {
				t.Errorf("a %s points at %s, which is not in the bundle", kind, text)
			}
		}
	}
	if kinds["opinion"] != 2 || kinds["note"] != 1 || kinds["report"] != 1 || kinds["identity"] != 1 {
		t.Errorf("objects: %v", kinds)
	}
	e.now = e.now.Add(time.Hour)
	if again := objects(); !reflect.DeepEqual(first, again) {
		t.Error("an hour later, the same claim has other objects under the same ids")
	}
	e.claim.Changed = e.claim.Changed.Add(time.Hour)
	for id, o := range objects() {
		if old := first[id]; old != nil && !reflect.DeepEqual(old, o) {
			t.Errorf("a claim that changed has another %s under the same id", o["type"])
		}
	}
}
