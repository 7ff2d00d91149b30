package event_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/gazetteer"
	"entente/internal/process"
	"entente/internal/process/entity"
	"entente/internal/process/event"
	"entente/internal/process/language"
	"entente/internal/process/place"
	prose "entente/internal/process/text"
	"entente/internal/process/when"
)

var update = flag.Bool("update", false, "write what the step finds as the expected cells; read the difference before you keep it")

// published is when every text of the golden files was: a Saturday.
var published = centre.Moment{Time: time.Date(2015, 9, 26, 0, 0, 0, 0, time.UTC), Precision: centre.PrecisionDay, Basis: centre.BasisPage}

func pipeline(t testing.TB) *process.Pipeline {
	g, err := gazetteer.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return process.New([]centre.Step{prose.New(), language.New(), place.New(g), entity.New(), when.New(), event.NewStep()}, process.Options{Timeout: time.Minute})
}

// run gives what the pipeline makes of a text that was published on the day of
// the golden files.
func run(t testing.TB, p *process.Pipeline, text string) centre.Draft {
	d, err := p.Run(t.Context(), centre.Document{Body: text, MediaType: "text/plain", Published: published})
	if err != nil || len(d.Failures) > 0 {
		t.Fatal(err, d.Failures)
	}
	return d
}

// cells writes a mention as the golden files do.
func cells(e centre.EventMention) string {
	c := []string{string(e.Category), e.Type, string(e.Reality)}
	for _, role := range []centre.EventRole{centre.RoleInitiator, centre.RoleAffected} {
		var names []string
		for _, a := range e.Actors {
			if a.Role != role {
				continue
			}
			name := a.Text
			if a.Country != "" {
				name += "/" + a.Country
			}
			names = append(names, name)
		}
		if names != nil {
			c = append(c, map[centre.EventRole]string{centre.RoleInitiator: "by ", centre.RoleAffected: "on "}[role]+strings.Join(names, ", "))
		}
	}
	if e.Place != nil {
		c = append(c, "at "+e.Place.Name)
	}
	if e.Date != nil {
		c = append(c, "date "+e.Date.From.Format(time.DateOnly)+" "+string(e.Date.Precision))
	}
	for name, toll := range map[string]centre.Toll{"dead ": e.Killed, "hurt ": e.Injured} {
		if !toll.Known {
			continue
		}
		n := fmt.Sprint(toll.Best)
		if toll.Low != toll.Best || toll.High != toll.Best {
			n = fmt.Sprintf("%d (%d-%d)", toll.Best, toll.Low, toll.High)
		}
		if toll.Civilians > 0 {
			n += " civilians"
		}
		c = append(c, name+n)
	}
	slices.Sort(c[3:])
	return strings.Join(c, " | ")
}

// A golden file has texts, each followed by the cells of what they tell: category,
// ACLED type, reality, who did it, whom it fell on, place, date and victims, in
// lines that begin with two spaces. A text without such lines tells nothing.
func TestGolden(t *testing.T) {
	p := pipeline(t)
	files, _ := filepath.Glob("testdata/*.golden")
	if len(files) == 0 {
		t.Fatal("there is no golden file")
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".golden"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var out strings.Builder
			text, want := "", []string{}
			held := func() {
				if text == "" {
					return
				}
				d := run(t, p, text)
				var got []string
				runes := []rune(d.Content.Text)
				for _, e := range d.EventMentions {
					got = append(got, "  "+cells(e))
					for _, w := range append([]centre.Words{e.Trigger}, wordsOf(e.Actors)...) {
						if string(runes[w.Start:w.End]) != w.Text {
							t.Errorf("%s: %q points at %q", text, w.Text, string(runes[w.Start:w.End]))
						}
					}
				}
				out.WriteString(text + "\n")
				for _, line := range got {
					out.WriteString(line + "\n")
				}
				if !*update && !slices.Equal(got, want) {
					t.Errorf("%s\ngot\n%s\nwant\n%s", text, strings.Join(got, "\n"), strings.Join(want, "\n"))
				}
				text, want = "", []string{}
			}
			for line := range strings.Lines(string(data)) {
				line = strings.TrimRight(line, "\n")
				switch {
				case strings.HasPrefix(line, "  "):
					want = append(want, line)
				case line == "" || strings.HasPrefix(line, "#"):
					held()
					out.WriteString(line + "\n")
				default:
					held()
					text = line
				}
			}
			held()
			if *update {
				if err := os.WriteFile(file, []byte(out.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func wordsOf(actors []centre.EventParty) (all []centre.Words) {
	for _, a := range actors {
		all = append(all, a.Words)
	}
	return all
}
