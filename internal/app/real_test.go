package app

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"

	"entente/internal/centre"
	"entente/internal/desk"
	"entente/internal/query"
)

func TestTheSeedArticle(t *testing.T) {
	file := shared(t, "seed/article.txt")
	tr := newTrial(t)
	if p := tr.bring("admin-irq", file); p.New != 1 || len(p.Bad) > 0 {
		t.Fatalf("the article was not taken: %+v", p)
	}
	found := tr.search("admin-irq", `"information center"`)
	if len(found) != 1 {
		t.Fatalf("%d reports found, want the article", len(found))
	}
	head := found[0]
	if head.Language != "en" {
		t.Errorf("its language is %q", head.Language)
	}
	if head.Published.Known() {
		t.Errorf("it has no dateline, and yet it is published %v", head.Published)
	}
	if others := tr.search("admin-syr", "baghdad"); len(others) > 0 {
		t.Errorf("what Iraq brought for itself is shown to Syria: %v", others)
	}
	dossier, err := tr.desk.ReadReport(t.Context(), tr.as("admin-irq"), head.ID, 0, "")
	if err != nil {
		t.Fatal(err)
	}
	text := []rune(dossier.Report.Content.Text)
	for name, want := range map[string]struct {
		country, admin1 string
		point           centre.Point
	}{
		"Baghdad":  {"IRQ", "IQ-BG", centre.At(44.4, 33.3)},
		"Latakia":  {"SYR", "SY-LA", centre.At(35.8, 35.5)},
		"New York": {"USA", "US-NY", centre.At(-74, 40.7)},
	} {
		i := slices.IndexFunc(dossier.Report.Mentions, func(m centre.Mention) bool { return m.Text == name })
		if i < 0 {
			t.Errorf("%s is not found", name)
			continue
		}
		m := dossier.Report.Mentions[i]
		if string(text[m.Start:m.End]) != name {
			t.Errorf("%s points at %q", name, string(text[m.Start:m.End]))
		}
		if m.Place == nil || m.Place.Country != want.country || m.Place.Admin1 != want.admin1 || query.Distance(m.Place.Point, want.point) > 40_000 {
			t.Errorf("%s resolves to %+v", name, m.Place)
		}
		if len(m.Why) == 0 || m.Step == "" || m.Score <= 0 {
			t.Errorf("%s does not say why: %+v", name, m)
		}
	}
	for _, m := range dossier.Report.Mentions {
		if m.Text == "Middle East" && m.Place != nil && m.Place.Point.Known {
			t.Error("the Middle East has a point")
		}
	}
}

func TestRealArticles(t *testing.T) {
	file := shared(t, "bench/stance/fnc1/train_bodies.csv")
	tr := newTrial(t)
	p := tr.bring("admin-irq", file)
	if p.New != 1683 || len(p.Bad) > 0 {
		t.Fatalf("read %d, new %d, bad %v; want 1,683 new and none bad", p.Read, p.New, p.Bad)
	}
	if again := tr.bring("admin-irq", file); again.New != 0 || again.Read != 1683 {
		t.Errorf("brought again, %d of %d are new", again.New, again.Read)
	}
	all := tr.search("admin-irq", "")
	if len(all) != 1683 {
		t.Fatalf("%d reports, want 1,683", len(all))
	}
	facets, err := tr.desk.Facets(t.Context(), tr.as("admin-irq"), desk.Question{})
	if err != nil {
		t.Fatal(err)
	}
	stories, copies := map[centre.ID]int{}, map[centre.ID]int{}
	for _, r := range all {
		stories[r.Story]++
		copies[r.CopySet]++
		if r.Published.Known() && r.Published.Basis != centre.BasisDateline {
			t.Errorf("%s has a time of publication out of nowhere: %+v", r.ID, r.Published)
		}
	}
	t.Logf("languages: %v", facets.Languages)
	t.Logf("places: %v", facets.Places[:min(12, len(facets.Places))])
	t.Logf("%d stories of %d reports, %d distinct texts", len(stories), len(all), len(copies))

	if facets.Total != 1683 || len(facets.Languages) == 0 || facets.Languages[0].Key != "en" || facets.Languages[0].Count < 1600 {
		t.Errorf("the facets count otherwise: %d, %v", facets.Total, facets.Languages)
	}
	if distinct := distinctBodies(t, file); len(copies) > distinct {
		t.Errorf("%d sets of copies, but only %d texts are distinct to the letter", len(copies), distinct)
	}
	if len(stories) < 100 || len(stories) > 900 {
		t.Errorf("%d stories: grouping does not work", len(stories))
	}
	if iraq := tr.search("admin-irq", "place:iraq"); len(iraq) < 20 {
		t.Errorf("%d reports name Iraq or places in it", len(iraq))
	}
	if hits := tr.search("admin-irq", `meteorite AND managua`); len(hits) == 0 {
		t.Error("two words of the first article do not find it")
	}
	clusters, err := tr.desk.Clusters(t.Context(), tr.as("admin-irq"), desk.Question{Box: &desk.Box{West: -180, South: -85, East: 180, North: 85}}, 2)
	if err != nil || len(clusters) == 0 {
		t.Errorf("nothing is on the map: %v", err)
	}
	if others := tr.search("admin-rus", ""); len(others) > 0 {
		t.Errorf("%d reports that Iraq brought for itself are shown to Russia", len(others))
	}
}

// distinctBodies counts the bodies of the CSV that differ in more than space.
func distinctBodies(t *testing.T, name string) int {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	bodies := map[string]bool{}
	for _, row := range rows[1:] {
		bodies[strings.Join(strings.Fields(row[1]), " ")] = true
	}
	return len(bodies)
}

func TestRealGazetteers(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"geonames/cities15000.zip", "whosonfirst-sy.tsv.gz"} {
		report, err := ImportGazetteer(t.Context(), folder, shared(t, "bench/gazetteer/"+name), nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d rows, %d taken, %d bad; %d places", name, report.Rows, report.Taken, report.BadRows, report.Places)
		if report.Taken < 1000 || report.BadRows > 10 {
			t.Errorf("of %s, %d rows were taken and %d are bad", name, report.Taken, report.BadRows)
		}
	}
}
