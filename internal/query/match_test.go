package query_test

import (
	"fmt"
	"testing"

	"entente/internal/centre"
	"entente/internal/lexis"
	"entente/internal/query"
)

func subject(language, text string) *query.Subject {
	r := &centre.Report{ReportHead: centre.ReportHead{Language: language}, Content: centre.Content{Text: text}}
	return query.NewSubject(r, lexis.Tokens(language, r.Content))
}

func TestMatch(t *testing.T) {
	place := func(id, country string, p centre.Point) centre.Mention {
		return centre.Mention{Kind: centre.MentionPlace, Place: &centre.Place{ID: id, Country: country, Point: p}}
	}
	report := func(change func(*centre.Report)) *query.Subject {
		r := &centre.Report{Content: centre.Content{Text: "Officers of the coordination cell met in Baghdad"}}
		r.Language = "en"
		r.Source = &centre.SourceRef{Slug: "tass", Member: "RUS"}
		r.Published = centre.Moment{Time: utc(2015, 9, 26, 0, 0), Precision: centre.PrecisionDay}
		r.Received = utc(2015, 9, 27, 10, 0)
		r.Story = 7
		r.EventMentions = []centre.EventMention{
			{Category: centre.EventArmedClash, Reality: centre.RealityActual}, {Category: centre.EventAgreement, Reality: centre.RealityNegated}}
		r.Grade = centre.Grade{Reliability: 'B', Credibility: 2}
		r.Mentions = []centre.Mention{
			place("x:baghdad", "IRQ", centre.At(44.4, 33.3)),
			place("x:middle-east", "", centre.Point{}),
			{Kind: centre.MentionPerson},
		}
		if change != nil {
			change(r)
		}
		return query.NewSubject(r, lexis.Tokens(r.Language, r.Content))
	}
	grade := func(text string) func(*centre.Report) {
		return func(r *centre.Report) {
			g, err := centre.ParseGrade(text)
			if err != nil {
				t.Fatal(err)
			}
			r.Grade = g
		}
	}
	undated := func(r *centre.Report) { r.Published = centre.Moment{} }
	for _, c := range []struct {
		query  string
		change func(*centre.Report)
		want   bool
	}{
		{"", nil, true},
		{"officer", nil, true},
		{"officers cell", nil, true},
		{"officers moscow", nil, false},
		{"moscow OR baghdad", nil, true},
		{"-moscow", nil, true},
		{"-baghdad", nil, false},
		{`"coordination cell"`, nil, true},
		{`"cell coordination"`, nil, false},
		{`"officer of"`, nil, false}, // a phrase is of the words as they stand
		{"coord*", nil, true},
		{"coordinates*", nil, false},
		{"lang:en", nil, true},
		{"lang:en", func(r *centre.Report) { r.Language = "en-GB" }, true},
		{"lang:en-GB", nil, false},
		{"lang:fa", func(r *centre.Report) { r.Language = "fax" }, false},
		{"source:tass member:RUS", nil, true},
		{"source:irna", nil, false},
		{"source:tass", func(r *centre.Report) { r.Source = nil }, false},
		{"-source:tass", func(r *centre.Report) { r.Source = nil }, true},
		{"member:RUS", func(r *centre.Report) { r.Source = nil }, false},
		{"place:baghdad", nil, true},
		{"place:iraq", nil, true},
		{"place:nowhere", nil, false},
		{"-place:nowhere", nil, true},
		{"near:33.3,44.4,1km", nil, true},
		{"near:33.3,45.4,90km", nil, false}, // a degree of longitude is 93 km there
		{"near:33.3,45.4,95km", nil, true},
		{"near:0,0,1km", nil, false}, // the region has no point, and is not at 0,0
		{"box:44.4,33.3,44.4,33.3", nil, true},
		{"box:-1,-1,1,1", nil, false},
		{"box:40,30,-170,40", nil, true},
		{"after:2015-09-26", nil, true},
		{"before:2015-09-26", nil, false},
		{"before:2015-09-27", nil, true},
		{"after:1990", undated, false},
		{"before:2100", undated, false},
		{"-after:1990", undated, true},
		{"received-after:2015-09-27T10:00", nil, true},
		{"received-before:2015-09-27T10:00", nil, false},
		{"grade:B2", nil, true},
		{"grade:A..C", nil, true},
		{"grade:C..E", nil, false},
		{"grade:B2", grade("B-"), false},
		{"grade:B", grade("B-"), true},
		{"grade:A1..E5", grade(""), false},
		{"grade:A..E", grade("F6"), false},
		{"grade:1..5", grade("F6"), false},
		{"grade:F6", grade("F6"), true},
		{"grade:F", grade("F3"), true},
		{"-grade:A..C", grade(""), true},
		{"story:0000000000007", nil, true},
		{"event:armed_clash", nil, true},
		{"event:any", nil, true},
		{"event:agreement", nil, false},
		{"event:any", func(r *centre.Report) { r.EventMentions[0].Reality = centre.RealityPlanned }, false},
		{"story:0000000000008", nil, false},
	} {
		n, err := query.Parse(c.query, query.Options{})
		if err != nil {
			t.Fatal(err)
		}
		n = query.Resolve(n, func(name string) ([]string, string) {
			switch name {
			case "baghdad":
				return []string{"x:other", "x:baghdad"}, ""
			case "iraq":
				return []string{"x:iraq"}, "IRQ"
			}
			return nil, ""
		})
		if got := query.Match(n, report(c.change)); got != c.want {
			t.Errorf("%s: %v, want %v", c.query, got, c.want)
		}
	}
}

func TestRangesThatNobodyCanWrite(t *testing.T) {
	graded := func(text string) *query.Subject {
		g, err := centre.ParseGrade(text)
		if err != nil {
			t.Fatal(err)
		}
		return query.NewSubject(&centre.Report{ReportHead: centre.ReportHead{Grade: g}}, centre.Tokens{})
	}
	if query.Match(grade('B', 'F', 0, 0), graded("F6")) {
		t.Error("F, which cannot be judged, is taken for the worst end of a range")
	}
	if query.Match(grade(0, 'C', 0, 0), graded("")) {
		t.Error("what is not graded is taken for better than A")
	}
}

// A thousand standing queries against one report; ten thousand may take no
// more than a millisecond.
func BenchmarkMatch(b *testing.B) {
	s := subject("en", "Officers of the coordination cell met in Baghdad to agree what each of them plans")
	var watches []func(*query.Subject) bool
	for i := range 1000 {
		n, err := query.Parse(fmt.Sprintf(`"operation %d" OR (baghdad lang:ru source:s%d) near:33,44,5km`, i, i), query.Options{})
		if err != nil {
			b.Fatal(err)
		}
		watches = append(watches, query.Compile(n))
	}
	for b.Loop() {
		for _, match := range watches {
			match(s)
		}
	}
}
