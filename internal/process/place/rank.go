package place

import (
	_ "embed"
	"fmt"
	"math"
	"strconv"
	"strings"

	"entente/internal/centre"
	"entente/internal/gazetteer"
)

// What is measured of a place that a name may mean. The first speak of the place
// alone, the rest of how it fits the other names of the text (the heuristics of
// Leidner, "Toponym resolution in text", 2008, as features).
const (
	fPopulation = iota // log10 of population+100, over 7
	fFame              // how widely it is known
	fCountry
	fCapital
	fAdmin1
	fAdmin2
	fNatural
	fFacility
	fOther     // the name is a further spelling of it
	fTown      // a town that is called like a country or region
	fSeatAlike // a province that is called like one of its towns, or like a greater city elsewhere
	fObscure   // a province that is hardly known by other names
	fFirst     // the most prominent of the name
	fSmall     // fewer than 5,000 inhabitants, or unknown
	fCountryShare
	fAdmin1Sum
	fCountryNamed
	fAdmin1Named
	fNear
	fRegional
	fCount
)

type features [fCount]float64

var featureNames = [fCount]string{"population", "fame", "country", "capital", "admin1", "admin2", "natural", "facility", "other",
	"town-called-like-a-country", "province-called-like-its-town", "obscure-province", "first", "small", "country-share", "admin1-sum", "country-named", "admin1-named", "near", "regional"}

// because says in words what a feature means where it decides.
var because = [fCount]string{
	fPopulation: "it is the larger", fFame: "it is the more widely known", fCountry: "it is a country or a region", fCapital: "it is a capital",
	fAdmin1: "it is a province", fAdmin2: "it is a county", fNatural: "it is a natural feature", fFirst: "it is the most prominent",
	fCountryShare: "other places of the text are in the same country", fAdmin1Sum: "other places of the text are in the same province",
	fCountryNamed: "the text names its country", fAdmin1Named: "the text names its province",
	fNear: "it is close to other places of the text", fRegional: "other places of the text are within a few hundred kilometres",
}

var (
	onlyPlace   = []string{"the only place of this name in the gazetteer"}
	qualified   = []string{"named together with its province or country"}
	soundsLike  = []string{"another transliteration of the name of a place of the region"}
	outerOf     = []string{"the place named before it lies in it"}
	samePinned  = []string{"elsewhere in the text named together with its province or country"}
	peopleOf    = []string{"what the people or things of a country are called"}
	tooMany     = []string{"the most prominent of its name; the text names too many places to weigh them all"}
	unknownName = []string{"no place of this name is in the gazetteer"}
)

// unknownKinds are the reasons of what is recognised by the word behind it.
var unknownKinds = func() map[string][]string {
	m := map[string][]string{}
	for _, kind := range kinds {
		m[kind] = []string{"the name of a " + kind + " that the gazetteer does not have"}
	}
	m["island"] = []string{"the name of an island that the gazetteer does not have"}
	return m
}()

var kinds = []string{"street", "river", "lake", "township", "valley", "mountain", "county", "parish", "governorate", "province", "creek", "town of that province"}

var counts = func() (all [maxChoices * 2]string) {
	for n := range all {
		all[n] = "one of " + strconv.Itoa(n) + " places of this name"
	}
	return all
}()

func countOf(n int) string { return counts[min(n, len(counts)-1)] }

// alone measures candidate i of a run by itself; wide tells that a country or
// region has the name.
func (f *finder) alone(r *run, all []gazetteer.Candidate, i int, wide bool) (v features) {
	c := &all[i]
	size := math.Log10(float64(c.Population) + 100)
	if c.Class == centre.PlaceRegion {
		size = 8 // a continent, about
	}
	v[fPopulation], v[fFame] = size/7, math.Log2(float64(c.Fame)+1)/8
	switch c.Class {
	case centre.PlaceCountry:
		v[fCountry] = 1
	case centre.PlaceRegion: // has no point that training could hold against a mark: weighed as a country
		v[fCountry] = 1
	case centre.PlaceCapital:
		v[fCapital] = 1
	case centre.PlaceAdmin1:
		v[fAdmin1] = 1
		if c.Fame < 4 {
			v[fObscure] = 1
		}
		if c.Other {
			v[fSeatAlike] = 1
		}
		for j := range all {
			if q := &all[j]; (q.Class == centre.PlaceLocality || q.Class == centre.PlaceCapital) && q.Admin1 == c.Admin1 && q.Country == c.Country {
				v[fSeatAlike] = 1
			}
		}
	case centre.PlaceAdmin2:
		v[fAdmin2] = 1
	case centre.PlaceNatural:
		v[fNatural] = 1
	case centre.PlaceFacility:
		v[fFacility] = 1
	}
	if c.Other {
		v[fOther] = 1
	}
	if wide && (c.Class == centre.PlaceLocality || c.Class == centre.PlaceCapital) {
		v[fTown] = 1
	}
	if i == 0 {
		v[fFirst] = 1
	}
	if c.Population < 5000 && (c.Class == centre.PlaceLocality || c.Class == centre.PlaceAdmin2) {
		v[fSmall] = 1
	}
	return v
}

// seatAlike is the weight of fSeatAlike. It is set and not trained: marks of a
// province and of its seat are often as near to one as to the other, and whoever
// writes Vienna means the city, unless "Rochester, New York" says otherwise.
const seatAlike = -8

// Weights say how much each feature of a place counts (a multinomial logistic
// model over the places of a name). Make them with Train or ParseWeights.
type Weights features

func (w *Weights) score(v *features) (sum float64) {
	for k := range w {
		sum += w[k] * v[k]
	}
	return sum
}

//go:embed weights.tsv
var shipped string

// ParseWeights reads what String wrote: a feature and its weight on a line.
func ParseWeights(text string) (w Weights, err error) {
	seen := 0
	for line := range strings.Lines(text) {
		name, value, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(name, "#") {
			continue
		}
		for k, known := range featureNames {
			if known == name {
				if w[k], err = strconv.ParseFloat(value, 64); err != nil {
					return w, fmt.Errorf("the weight of %s is no number: %w", name, err)
				}
				seen++
			}
		}
	}
	if seen != fCount {
		return w, fmt.Errorf("%d of %d features have a weight; train the places again", seen, fCount)
	}
	return w, nil
}

// String writes the weights as ParseWeights reads them.
func (w Weights) String() string {
	var b strings.Builder
	b.WriteString("# How much each feature of a place counts; made by `go run ./cmd/train places --data DIR`.\n")
	for k, name := range featureNames {
		fmt.Fprintf(&b, "%s\t%.3f\n", name, w[k])
	}
	return b.String()
}
