package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// town is a line of GeoNames' table, as far as it is used.
type town struct {
	id, name, feature       string
	country, admin1, admin2 string
	lat, lon                float64
	population              int
	further                 []string
}

// readTowns reads GeoNames' main table (its readme.txt has the columns).
func readTowns(path string) ([]town, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var all []town
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<20)
	for n := 1; in.Scan(); n++ {
		c := strings.Split(in.Text(), "\t")
		if len(c) != 19 {
			return nil, fmt.Errorf("%s:%d has %d columns, a GeoNames place has 19", path, n, len(c))
		}
		lat, err1 := strconv.ParseFloat(c[4], 64)
		lon, err2 := strconv.ParseFloat(c[5], 64)
		population, err3 := strconv.Atoi(c[14])
		if err1 != nil || err2 != nil || err3 != nil {
			return nil, fmt.Errorf("%s:%d has no usable latitude, longitude or population", path, n)
		}
		t := town{id: c[0], name: c[1], feature: c[7], country: c[8], admin1: c[10], admin2: c[11], lat: lat, lon: lon, population: population}
		if c[3] != "" {
			t.further = strings.Split(c[3], ",")
		}
		all = append(all, t)
	}
	return all, in.Err()
}

func set(list string) map[string]bool {
	m := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		m[word] = true
	}
	return m
}

var (
	// region are the countries that the centre watches.
	region = set("IQ SY IR TR LB JO PS IL SA YE AE KW QA BH OM EG LY AF")
	// arab are those of them whose names in Arabic letters are Arabic.
	arab = set("IQ SY LB JO PS SA YE AE KW QA BH OM EG LY")
	// english are countries whose villages fill the English-language press.
	english = set("GB IE CA AU NZ")
)

// pick chooses the towns that the program carries: all of the region and of the
// United States, those of other English-speaking countries from 1,500
// inhabitants and of the rest of the world from 15,000; no parts of towns, and
// nothing that is gone.
func pick(t town) bool {
	switch t.feature {
	case "PPLX", "PPLQ", "PPLW", "PPLH", "PPLCH":
		return false
	}
	return region[t.country] || t.country == "US" || t.population >= 15_000 || english[t.country] && t.population >= 1_500
}

// spellings chooses among GeoNames' further names, which do not say their
// language: those in Arabic and Cyrillic letters, and in the region the Latin
// ones, too. Names in Arabic letters are Arabic in an Arab country and Persian in
// Iran and Afghanistan, as far as their letters say.
func spellings(t town) (ar, fa, further []string) {
	latin := 0
	for _, name := range t.further {
		if name == t.name || len(name) > 60 || strings.ContainsAny(name, "|\t") {
			continue
		}
		letter := rune(0)
		for _, r := range name {
			if unicode.IsLetter(r) {
				letter = r
				break
			}
		}
		switch {
		case unicode.Is(unicode.Arabic, letter):
			persian := strings.ContainsAny(name, "پچژگکیۀ")
			other := strings.ContainsAny(name, "ەێۆڵڕڤڭېۇۈټډړځڅښګڼہھٹڈں")
			switch {
			case other || !region[t.country]:
				if len(further) < 6 && (region[t.country] || t.population >= 100_000) && !other {
					further = append(further, name)
				}
			case arab[t.country] && !persian && len(ar) < 4:
				ar = append(ar, name)
			case (t.country == "IR" || t.country == "AF") && len(fa) < 4, persian && len(fa) < 2:
				fa = append(fa, name)
			}
		case unicode.Is(unicode.Cyrillic, letter):
			if !strings.ContainsAny(strings.ToLower(name), "іїєґўјљњћђџѓќѕқғңұүһәөҳҷӣӯ") && len(further) < 6 && (region[t.country] || t.population >= 100_000) {
				further = append(further, name)
			}
		case unicode.Is(unicode.Latin, letter):
			if region[t.country] && latin < 5 && len(name) > 3 && strings.ToUpper(name) != name {
				further = append(further, name)
				latin++
			}
		}
	}
	return ar, fa, further
}

// create writes a file through write, compressed where its name ends in .gz.
func create(path string, write func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	var out io.WriteCloser = f
	if strings.HasSuffix(path, ".gz") {
		if out, err = gzip.NewWriterLevel(f, gzip.BestCompression); err != nil {
			return err
		}
	}
	w := bufio.NewWriter(out)
	if err := write(w); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if out != io.WriteCloser(f) {
		if err := out.Close(); err != nil {
			return err
		}
	}
	return f.Close()
}

func writeTowns(path string, towns []town) error {
	return create(path, func(w io.Writer) error {
		fmt.Fprint(w, "# Towns of GeoNames (geonames.org), CC BY 4.0; made by internal/gazetteer/tables\n"+
			"# GeoNames number\tcapital\tcountry\tGeoNames admin1\tlat\tlon\tpopulation\tname\tar\tfa\tfurther\tnumber of all names\n")
		for _, t := range towns {
			if !pick(t) {
				continue
			}
			capital := ""
			if t.feature == "PPLC" {
				capital = "C"
			}
			ar, fa, further := spellings(t)
			if _, err := fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%.3f\t%.3f\t%d\t%s\t%s\t%s\t%s\t%d\n", t.id, capital, t.country, t.admin1, t.lat, t.lon, t.population, t.name,
				strings.Join(slices.Compact(ar), "|"), strings.Join(slices.Compact(fa), "|"), strings.Join(slices.Compact(further), "|"), len(t.further)); err != nil {
				return err
			}
		}
		return nil
	})
}
