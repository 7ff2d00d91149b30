package app

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/desk"
	"entente/internal/policy/system"
)

// newsroom brings texts of several outlets through the real pipeline.
type newsroom struct {
	*trial
	t       *testing.T
	sources map[string]centre.Source
	n       int
}

func newNewsroom(t *testing.T, outlets ...string) *newsroom {
	r := &newsroom{trial: newTrial(t), t: t, sources: map[string]centre.Source{}}
	for i, name := range outlets {
		r.sources[name] = r.addSource(centre.Source{Slug: fmt.Sprintf("outlet-%d", i), Name: name, Kind: "feed", Address: fmt.Sprintf("https://outlet-%d.example/feed", i), Family: name})
	}
	return r
}

// bring takes a text in, published on a day of September 2015.
func (r *newsroom) bring(outlet string, day, hour int, title, body string) {
	r.t.Helper()
	r.n++
	_, err := r.store.Take(r.t.Context(), system.Grant("test"), r.sources[outlet].ID, []centre.Document{{ExternalID: fmt.Sprint(r.n), Title: title, Body: body, MediaType: "text/plain", Language: "en",
		Published: centre.Moment{Time: time.Date(2015, 9, day, hour, r.n, 0, 0, time.UTC), Precision: centre.PrecisionSecond, Basis: centre.BasisFeed}}}, nil)
	if err != nil {
		r.t.Fatal(err)
	}
	r.drain()
}

func (r *newsroom) claims(query string) []centre.Claim {
	r.t.Helper()
	page, err := r.desk.Claims(r.t.Context(), r.as("admin-irq"), desk.ClaimQuestion{Question: desk.Question{Text: query}}, desk.Page{Limit: 200})
	if err != nil {
		r.t.Fatal(err)
	}
	return page.Claims
}

const convoyText = "BAGHDAD, Sept 21 - Militants burned a convoy of 14 fuel trucks near Ramadi, the Iraqi interior ministry said on Monday.\n\n" +
	"The road to the west was closed for the rest of the day, and shops in the town did not open."

// TestARetractionReachesTwentyCopies: an agency reports, twenty outlets carry its
// text, and the agency withdraws the report in words: the claim has no root any
// more, whoever carries it still. Who graded it before is asked to look again.
func TestARetractionReachesTwentyCopies(t *testing.T) {
	outlets := []string{"Tigris Agency"}
	for i := range 20 {
		outlets = append(outlets, fmt.Sprintf("Outlet %d", i))
	}
	for name, back := range map[string]struct{ by, text string }{
		"by the agency itself":           {"Tigris Agency", "BAGHDAD, Sept 23 - Tigris Agency withdraws its report that militants burned a convoy of 14 fuel trucks near Ramadi."},
		"by the agency, told by another": {"Outlet 3", "BAGHDAD, Sept 23 - Tigris Agency withdrew its report that militants burned a convoy of 14 fuel trucks near Ramadi."},
		"by whom it quotes":              {"Outlet 3", "BAGHDAD, Sept 23 - The Iraqi interior ministry retracted its statement that militants burned a convoy of 14 fuel trucks near Ramadi."},
	} {
		t.Run(name, func(t *testing.T) {
			r := newNewsroom(t, outlets...)
			r.bring("Tigris Agency", 21, 8, "Convoy attacked near Ramadi", convoyText)
			for i := range 20 {
				r.bring(fmt.Sprintf("Outlet %d", i), 21, 10, fmt.Sprintf("Convoy attacked near Ramadi (%d)", i), convoyText)
			}
			find := func() centre.Claim {
				t.Helper()
				all := r.claims("")
				i := slices.IndexFunc(all, func(c centre.Claim) bool { return c.Statements >= 20 })
				if i < 0 {
					for _, c := range all {
						t.Logf("%d statements, %s: %q", c.Statements, c.Status, c.Proposition)
					}
					t.Fatal("the copies are not of one claim")
				}
				return all[i]
			}
			before := find()
			if before.Status != centre.ClaimUnverified || before.For != 1 || before.Reports != 21 {
				t.Fatalf("%d reports, %d roots, %s", before.Reports, before.For, before.Status)
			}
			admin := r.as("admin-irq")
			if _, err := r.desk.GradeClaim(t.Context(), admin, before.ID, centre.Grade{Reliability: 'B', Credibility: 2}, "as reported"); err != nil {
				t.Fatal(err)
			}
			r.bring(back.by, 23, 9, "Correction", back.text)
			after := find()
			if after.ID != before.ID || after.Status != centre.ClaimRetracted || after.For != 0 || after.Suggested.Rule != 6 || after.Suggested.Grade.Credibility != centre.CredibilityNotJudged {
				for _, c := range r.claims("") {
					t.Logf("%d statements, %s: %q", c.Statements, c.Status, c.Proposition)
				}
				t.Fatalf("%s, %d roots, %s by rule %d: %v", after.Status, after.For, after.Suggested.Grade, after.Suggested.Rule, centre.Sentences(after.Suggested.Why))
			}
			if before.Review || !before.TakenBack.IsZero() || !after.Review || after.TakenBack.IsZero() {
				t.Errorf("the grade was given before it was taken back, and is not to be looked at again: %v, %v", after.TakenBack, after.Given)
			}
			time.Sleep(2 * time.Millisecond) // of one millisecond it could not be told which was first
			if _, err := r.desk.GradeClaim(t.Context(), admin, before.ID, centre.Grade{Reliability: 'B', Credibility: 5}, "withdrawn"); err != nil {
				t.Fatal(err)
			}
			if again := find(); again.Review || again.TakenBack.IsZero() {
				t.Errorf("the grade was given after it was taken back: %v, %v", again.TakenBack, again.Given)
			}
		})
	}
}
