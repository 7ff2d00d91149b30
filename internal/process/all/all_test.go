package all_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/gazetteer"
	"entente/internal/process"
	"entente/internal/process/all"
)

func steps(t testing.TB) []centre.Step {
	g, err := gazetteer.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return all.Steps(g)
}

// shared reads a public file beside the repository.
func shared(t testing.TB, elem ...string) string {
	dir, err := os.Getwd()
	for err == nil {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		dir = filepath.Dir(dir)
	}
	data, err := os.ReadFile(filepath.Join(append([]string{filepath.Dir(dir), "shared"}, elem...)...))
	if err != nil {
		t.Skipf("%s is not beside the repository", filepath.Join(elem...))
	}
	return string(data)
}

func TestTheSeedArticle(t *testing.T) {
	article := shared(t, "seed", "article.txt")
	d, err := process.New(steps(t), process.Options{}).Run(t.Context(), centre.Document{Body: article, MediaType: "text/plain"})
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Failures) > 0 {
		t.Errorf("failures: %+v", d.Failures)
	}
	if d.Language != "en" {
		t.Errorf("language %q, want en", d.Language)
	}
	if d.Published.Known() {
		t.Errorf("published %v; the article has no dateline", d.Published)
	}
	if len(d.Fingerprint.MinHash) == 0 || d.Tokens.Surface == "" {
		t.Error("the fingerprint or the words are missing")
	}
	actors := map[string]string{} // people to country and role, known bodies to the words
	found, times := map[string]centre.Place{}, map[string]*centre.Span{}
	runes := []rune(d.Content.Text)
	for _, m := range d.Mentions {
		if got := string(runes[m.Start:m.End]); got != m.Text {
			t.Errorf("mention %q points at %q", m.Text, got)
		}
		if m.Kind == centre.MentionTime {
			times[m.Text] = m.When
			continue
		}
		if m.Kind != centre.MentionPlace {
			if m.Kind == centre.MentionPerson {
				actors[m.Text] = m.Country + " " + m.Role
			} else {
				actors[m.Entity] = m.Text
			}
			continue
		}
		if m.Form == centre.FormDemonym {
			if m.Locates() || m.Place.Class != centre.PlaceCountry {
				t.Errorf("the demonym %q is %+v", m.Text, m.Place)
			}
			continue
		}
		t.Logf("%-14s %.2f %s %v", m.Text, m.Score, m.Place.ID, m.Why)
		found[m.Text] = *m.Place
	}
	for name, want := range map[string]string{
		"Ibrahim Jaafari": "IRQ foreign minister", "Walid Muallem": "SYR foreign minister", "Maria Zakharova": " spokesperson",
		"Dmitry Peskov": " spokesperson", "Vladimir Putin": " ", "islamic-state": "ISIS", "joc-iraq": "Iraqi army’s joint operations command",
		"reuters": "Reuters", "fox": "Fox News", "rt": "RT", "joint-centre-baghdad": "joint information center in Baghdad",
	} {
		if actors[name] != want {
			t.Errorf("%s is %q, want %q", name, actors[name], want)
		}
	}
	for name, want := range map[string]centre.Place{
		"Baghdad":  {Country: "IRQ", Admin1: "IQ-BG", Point: centre.At(44.4, 33.3)},
		"Latakia":  {Country: "SYR", Admin1: "SY-LA", Point: centre.At(35.8, 35.5)},
		"New York": {Country: "USA", Admin1: "US-NY", Point: centre.At(-74.0, 40.7)},
	} {
		p, ok := found[name]
		if !ok || p.Country != want.Country || p.Admin1 != want.Admin1 || !p.Point.Known ||
			abs(p.Point.Lon-want.Point.Lon) > 0.25 || abs(p.Point.Lat-want.Point.Lat) > 0.2 {
			t.Errorf("%s is %+v", name, p)
		}
	}
	if p, ok := found["Middle East"]; !ok || p.Class != centre.PlaceRegion || p.Point.Known {
		t.Errorf("Middle East is %+v", p)
	}
	for _, name := range []string{"Russia", "Iran", "Iraq", "Syria"} {
		if p := found[name]; p.Class != centre.PlaceCountry || p.Radius < 100_000 {
			t.Errorf("%s is %+v", name, p)
		}
	}
	if when, ok := times["Friday"]; !ok || when != nil {
		t.Errorf("Friday is %+v without a time of publication, want a mention that is not resolved", when)
	}
	published := centre.Moment{Time: time.Date(2015, 9, 26, 0, 0, 0, 0, time.UTC), Precision: centre.PrecisionDay, Basis: centre.BasisPage}
	d, err = process.New(steps(t), process.Options{}).Run(t.Context(), centre.Document{Body: article, MediaType: "text/plain", Published: published})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range d.Mentions {
		if m.Kind != centre.MentionTime {
			continue
		}
		t.Logf("%s %+v %v", m.Text, m.When, m.Why)
		if want := map[string]string{"Friday": "2015-09-25", "Saturday": "2015-09-26"}[m.Text]; want != "" && (m.When == nil || m.When.From.Format(time.DateOnly) != want) {
			t.Errorf("%s is %+v, want %s", m.Text, m.When, want)
		}
	}
	for name := range found {
		switch name {
		case "Baghdad", "Latakia", "New York", "Middle East", "Russia", "Iran", "Iraq", "Syria", "Moscow", "US", "America":
		default:
			t.Errorf("%q is taken for the place %s", name, found[name].ID)
		}
	}
}

func abs(x float64) float64 { return max(x, -x) }

// A long document must pass every step in its time, in any shape.
func TestLongDocuments(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	p := process.New(steps(t), process.Options{Timeout: 30 * time.Second}) // for a busy machine
	for name, unit := range map[string]string{
		"news": article, "names": "Baghdad, Iraq. ", "one word": "a", "Arabic": "وببغداد ", "Chinese": "巴格达", "tags": "<div><p>Mosul", "apostrophes": "Sana'a’s d'Ivoire ", "digits": "26.09.2015 ",
	} {
		media := "text/plain"
		if name == "tags" {
			media = "text/html"
		}
		begin := time.Now()
		if _, err := p.Run(t.Context(), centre.Document{Body: strings.Repeat(unit, (200<<10)/len(unit)), MediaType: media}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		t.Logf("%s: %v", name, time.Since(begin).Round(time.Millisecond))
	}
}

var article = strings.Repeat("Officers of the four states met in Baghdad on Saturday to discuss what the centre, headed by Iraq, will do about the situation in Syria and near Latakia. "+
	"The minister, Ibrahim Hassan, said in New York that his country has not asked for advisers, and that talks in Vienna had been useful for all sides.\n\n", 8)

func BenchmarkSteps(b *testing.B) {
	for _, s := range steps(b) {
		b.Run(s.Name(), func(b *testing.B) {
			p := process.New(steps(b)[:2], process.Options{})
			d, err := p.Run(context.Background(), centre.Document{Title: "Four states meet in Baghdad", Body: article, MediaType: "text/plain"})
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				d.Mentions = nil
				if err := s.Apply(context.Background(), &d); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
