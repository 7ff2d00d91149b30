package names

import (
	"flag"
	"os"
	"testing"
)

var folds = flag.Int("folds", 3, "measure by so many folds")

// underRace says that the race detector watches: what it watches takes twenty
// times as long, and training has no goroutines of its own to watch.
var underRace bool

// TestMeasured holds the taggers to what was reached, by cross-validation.
func TestMeasured(t *testing.T) {
	if underRace {
		t.Skip("training under the race detector takes a quarter of an hour and shows nothing")
	}
	data := os.DirFS("../../../../shared/bench")
	least := map[string]float64{"ar": .70, "ru": .70, "en": .55}
	for _, language := range []string{"ar", "ru", "en"} {
		t.Run(language, func(t *testing.T) {
			if _, err := read(data, language); err != nil {
				t.Skip("the data sets are not there: ", err)
			}
			counts, err := Measure(data, language, *folds)
			if err != nil {
				t.Fatal(err)
			}
			for kind, c := range counts {
				t.Logf("%s %-12s %s", language, kind, c)
			}
			if _, _, f := counts[""].Figures(); f < least[language] {
				t.Errorf("F is %.3f, below %.3f", f, least[language])
			}
		})
	}
}
