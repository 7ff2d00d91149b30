package app

import (
	"fmt"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/charter"
	"entente/internal/desk"
	"entente/internal/policy/system"
	"entente/internal/query"
)

// TestDecisionsReachTheRunningBook: what a person merges, takes back or splits holds for
// the next report that comes, without a start in between, on both databases.
func TestDecisionsReachTheRunningBook(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) { decisionsReachTheBook(t, trialConfig(t)) })
	t.Run("PostgreSQL", func(t *testing.T) {
		c := trialConfig(t)
		c.Database = postgresDatabase(t)
		if _, err := Init(t.Context(), c, charter.Demo); err != nil {
			t.Fatal(err)
		}
		decisionsReachTheBook(t, c)
	})
}

func decisionsReachTheBook(t *testing.T, c Config) {
	now := time.Date(2015, 9, 27, 9, 0, 0, 0, time.UTC)
	c.Clock = func() time.Time { return now }
	tr := openTrial(t, c)
	o := tr.addSource(centre.Source{Slug: "wire", Name: "Wire", Kind: "feed", Address: "https://wire.example/feed", Family: "Wire"})
	line, w := tr.newPipeline(nil)
	if err := w.who.load(t.Context()); err != nil {
		t.Fatal(err)
	}
	reports := 0
	// named brings a report and tells whom it names by each of the names.
	named := func(body string, names ...string) (report centre.Report, ids []centre.ID) {
		t.Helper()
		now = now.Add(2 * decisionsEvery)
		reports++
		_, err := tr.store.Take(t.Context(), system.Grant("test"), o.ID, []centre.Document{{ExternalID: fmt.Sprint(reports), Body: body, MediaType: "text/plain", Language: "en",
			Published: centre.Moment{Time: now, Precision: centre.PrecisionSecond, Basis: centre.BasisFeed}}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := line.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		page, err := tr.desk.Search(t.Context(), tr.as("admin-irq"), desk.Question{}, desk.Page{Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		report, err = tr.store.Report(t.Context(), tr.as("admin-irq"), page.Reports[0].ID, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			ids = append(ids, 0)
			for _, m := range report.Mentions {
				if m.Text == name {
					ids[len(ids)-1] = m.Identity
				}
			}
			if ids[len(ids)-1] == 0 {
				t.Fatalf("%q names nobody called %s: %+v", body, name, report.Mentions)
			}
		}
		return report, ids
	}
	decide := func(id centre.ID, change desk.EntityChange) centre.EntityEdit {
		t.Helper()
		change.Reason = "they know him"
		edit, err := tr.desk.DecideEntity(t.Context(), tr.as("admin-irq"), id, change)
		if err != nil {
			t.Fatal(err)
		}
		return edit
	}

	_, two := named("Iraqi President Masoud Barzani spoke on Sunday. Iraqi President Massoud Barzani did not.", "Masoud Barzani", "Massoud Barzani")
	if two[0] == two[1] {
		t.Fatal("what the text keeps apart is one")
	}
	merged := decide(two[0], desk.EntityChange{Action: centre.EntityMerge, Other: two[1]})
	report, next := named("Iraqi President Massud Barzani flew to Vienna.", "Massud Barzani")
	if next[0] != two[0] {
		t.Errorf("after the merge the next report names %s, want %s", next[0], two[0])
	}
	// A search by the id that was merged away finds it in memory as in the store.
	decisions, err := tr.store.EntityDecisions(t.Context(), system.Grant("pipeline"), time.Time{})
	if err != nil || len(decisions) != 1 {
		t.Fatalf("%+v, %v", decisions, err)
	}
	if s := query.NewSubject(&report, centre.Tokens{}).Merged(decisions[0].Heads); !query.Match(query.Entity{ID: two[1]}, s) {
		t.Error("the report is not found in memory by the id that was merged away")
	}
	if found := tr.search("admin-irq", "entity:"+two[1].String()); len(found) != 2 {
		t.Errorf("by the id that was merged away %d reports are found, want 2", len(found))
	}

	if _, err := tr.desk.UndoEntityEdit(t.Context(), tr.as("admin-irq"), merged.ID, "they are two"); err != nil {
		t.Fatal(err)
	}
	if _, next = named("Iraqi President Masud Barzani flew to Geneva.", "Masud Barzani"); next[0] == two[1] {
		t.Errorf("after the merge was taken back the next report names %s as before", next[0])
	}

	_, whole := named("Iraqi Governor Salim Karimov met Haider Abadi in Kirkuk.", "Salim Karimov")
	envoy, same := named("Salim Karimov met Haider Abadi and the Russian spokeswoman Maria Zakharova.", "Salim Karimov")
	if whole[0] != same[0] {
		t.Fatalf("the two are not one before a person splits them: %s, %s", whole[0], same[0])
	}
	split := decide(whole[0], desk.EntityChange{Action: centre.EntitySplit, Reports: []centre.ID{envoy.ID}})
	if _, next = named("Salim Karimov spoke to the Russian spokeswoman Maria Zakharova and Haider Abadi.", "Salim Karimov"); next[0] != split.Other {
		t.Errorf("after the split the next report names %s, want %s, which was %s", next[0], split.Other, whole[0])
	}
}
