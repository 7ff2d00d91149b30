package server

import (
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestFindingReasons reads sentences of the steps: each is known by its code, and what
// stands in its blanks is told apart.
func TestFindingReasons(t *testing.T) {
	for _, c := range []struct {
		sentence, code string
		with           map[string]string
	}{
		{"the only place of this name in the gazetteer", "place.only", nil},
		{"one of 12 places of this name", "place.count", map[string]string{"n": "12"}},
		{"the name of an island that the gazetteer does not have", "place.missing", map[string]string{"kind": "island"}},
		{"part of the name of an organisation", "place.inside", map[string]string{"kind": "an organisation"}},
		{"part of the name “حسن روحانی”", "name.part", map[string]string{"words": "حسن روحانی"}},
		{"a name of the known military unit Russian armed forces", "name.listed", map[string]string{"body": "military unit", "name": "Russian armed forces"}},
		{"“غارات” tells of a strike from the air", "event.tells", map[string]string{"words": "غارات", "deed": "a strike from the air"}},
		{"“نیست” makes it negated", "event.reality", map[string]string{"words": "نیست", "reality": "negated"}},
		{"“according to”", "said.words", map[string]string{"words": "according to"}},
		{"“He” is Iraq's foreign minister", "said.is", map[string]string{"words": "He", "name": "Iraq's foreign minister"}},
		{"both name the places Syria, Iran", "tie.places", map[string]string{"names": "Syria, Iran"}},
		{"both name the places Syria, Iran and 3 more", "tie.places.more", map[string]string{"names": "Syria, Iran", "n": "3"}},
		{"both name the day 2015-09-26", "tie.day", map[string]string{"names": "2015-09-26"}},
		{"both have the numbers 14, 5.4", "tie.numbers", map[string]string{"names": "14, 5.4"}},
		{"both tell of armed clash", "tie.kinds", map[string]string{"names": "armed clash"}},
		{"both name Islamic State", "tie.names", map[string]string{"names": "Islamic State"}},
		{"in two languages, ru and en", "tie.languages", map[string]string{"language": "ru", "other": "en"}},
		{"the source declares ur; the text shows another language", "language.overruled", map[string]string{"language": "ur"}},
		{"probably Dari, the Persian of Afghanistan (prs): شاروالی, ولسوالی", "language.dari", map[string]string{"names": "شاروالی, ولسوالی"}},
		{"3 words of what is said agree (72 % of their weight).", "link.words", map[string]string{"n": "3", "share": "72"}},
		{"It answers statement 2 of its text.", "link.answers", map[string]string{"n": "2"}},
		{"Their reports are about the same names and places (56 %).", "link.matter", map[string]string{"share": "56"}},
		{"what no step says", "", nil},
		{"the only place of this name in the gazetteer, or nearly", "", nil},
	} {
		got := findingReasonOf(c.sentence)
		if got.Code != c.code || !maps.Equal(got.With, c.with) {
			t.Errorf("%q: %+v, want %q with %v", c.sentence, got, c.code, c.with)
		}
	}
}

// TestFindingReasonsAreSaidByAStep holds every sentence against the sources: what no
// step and no weaving says any more must not stay in the table.
func TestFindingReasonsAreSaidByAStep(t *testing.T) {
	var said strings.Builder
	for _, folder := range []string{"process/place", "process/entity", "process/when", "process/event", "process/claim", "process/language", "weave", "claims", "identity", "digest", "desk", "store/sqlstore"} {
		files, err := os.ReadDir("../" + folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if strings.HasSuffix(f.Name(), ".go") && !strings.HasSuffix(f.Name(), "_test.go") {
				text, err := os.ReadFile("../" + folder + "/" + f.Name())
				if err != nil {
					t.Fatal(err)
				}
				said.Write(text)
			}
		}
	}
	sources := strings.ReplaceAll(said.String(), "%%", "%")
	blank := regexp.MustCompile(`\{\w+\}`)
	for line := range strings.Lines(strings.TrimSpace(reasonPatterns)) {
		code, sentence, _ := strings.Cut(strings.TrimSpace(line), " ")
		sentence = strings.Replace(sentence, "within", "{n}", 1) // weaving puts "published within 3 days of each other" together
		sentence = strings.TrimSuffix(strings.Replace(sentence, "of each other", "{n}of each other", 1), "{n}")
		for _, piece := range blank.Split(strings.TrimSpace(sentence), -1) {
			if piece = strings.Trim(piece, " ,“”"); len(piece) > 3 && !strings.Contains(sources, piece) {
				t.Errorf("%s: nothing says %q", code, piece)
			}
		}
	}
}

// TestFindingReasonsHaveWords holds the codes against the catalogue of the screens.
func TestFindingReasonsHaveWords(t *testing.T) {
	text, err := os.ReadFile("../../web/src/i18n/en.json")
	if err != nil {
		t.Fatal(err)
	}
	var catalogue map[string]string
	if err := json.Unmarshal(text, &catalogue); err != nil {
		t.Fatal(err)
	}
	var codes []string
	for line := range strings.Lines(strings.TrimSpace(reasonPatterns)) {
		code, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		codes = append(codes, code)
		if catalogue["finding."+code] == "" && catalogue["finding."+code+"_other"] == "" {
			t.Errorf("no screen has words for %s", code)
		}
	}
	for key := range catalogue {
		if code, ok := strings.CutPrefix(key, "finding."); ok && !slices.Contains(codes, strings.TrimSuffix(strings.TrimSuffix(code, "_one"), "_other")) {
			t.Errorf("nothing says %s", key)
		}
	}
}
