package all_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/process"
)

// hostile are texts that nobody writes in good faith, as units that are
// repeated. The clusterer has tests of its own in package weave.
var hostile = map[string]string{
	"emoji":                  "😀👩‍👩‍👧‍👦🏳️‍🌈 ",
	"controls of direction":  "\u202eBaghdad\u202c \u2067بغداد\u2069 \u200f\u200e",
	"both directions":        "في Baghdad قال Lavrov إن ",
	"names of nothing":       "ـــ ًٌٍ ʿʾ ' ’ ",
	"quotes that never end":  "“He said «that “she said",
	"quotes ten deep":        "«„“\"‹«„“\"‹ he said ›\"”“»›\"”“» ",
	"a thousand denials":     "He denied this. ",
	"verbs of saying":        "said told denied сказал заявил قال نفى گفت تکذیب‌کرد ",
	"citations in a circle":  "A cites B, B cites A, according to A, cited by B. ",
	"initials":               "A. B. C. D. ",
	"acronyms":               "(JOC) (IS) (UN) ",
	"dates":                  "on 26 September 2015 at 10:30 GMT, two days ago, ",
	"tolls":                  "killing 12 and wounding dozens, at least 3 dead, ",
	"ands":                   "and and and and ",
	"unbroken":               "абвгдежзийклмнопрстуфхцчшщъыьэюя",
	"commas":                 ", , , , ",
	"capitals":               "THE ARMY OF THE NORTH SAID ",
	"a very long paragraph.": "The ministry of the interior said that the army said that ",
}

// Every step comes to an end in its time over any text, and what it finds
// stands in the text where it says.
func TestHostileTexts(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	size := 60 << 10
	if os.Getenv("ENTENTE_FULL") != "" {
		size = 20 << 20
	}
	p := process.New(steps(t), process.Options{Timeout: 30 * time.Second}) // for a busy machine
	published := centre.Moment{Time: time.Date(2015, 9, 26, 12, 0, 0, 0, time.UTC), Precision: centre.PrecisionSecond, Basis: centre.BasisFeed}
	for name, unit := range hostile {
		t.Run(name, func(t *testing.T) {
			begin := time.Now()
			d, err := p.Run(t.Context(), centre.Document{Title: unit, Body: strings.Repeat(unit, size/len(unit)), MediaType: "text/plain", Published: published})
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%d mentions, %d events, %d statements in %v", len(d.Mentions), len(d.EventMentions), len(d.Statements), time.Since(begin).Round(time.Millisecond))
			points := []rune(d.Content.Text)
			at := func(what string, w centre.Words) {
				t.Helper()
				if w == (centre.Words{}) {
					return // stands nowhere in the text
				}
				if w.Start < 0 || w.End < w.Start || w.End > len(points) || string(points[w.Start:w.End]) != w.Text {
					t.Errorf("%s %q does not stand at [%d, %d)", what, w.Text, w.Start, w.End)
				}
			}
			for _, m := range d.Mentions {
				at(string(m.Kind), centre.Words{Start: m.Start, End: m.End, Text: m.Text})
			}
			for _, e := range d.EventMentions {
				at("trigger", e.Trigger)
				for _, a := range e.Actors {
					at("actor", a.Words)
				}
			}
			for i, s := range d.Statements {
				if s.No != i+1 || len(s.Chain) == 0 || s.Answers < 0 || s.Answers > len(d.Statements) || s.Answers == s.No {
					t.Errorf("statement %+v", s)
				}
				at("speaker", s.Speaker.Words)
				at("cue", s.Cue)
				for k, c := range s.Content {
					at(fmt.Sprint("content ", k), c)
				}
			}
			if len(d.Failures) > 0 {
				t.Errorf("failures: %+v", d.Failures)
			}
		})
	}
}
