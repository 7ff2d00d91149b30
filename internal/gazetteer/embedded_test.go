package gazetteer

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"flag"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"entente/internal/centre"
)

var update = flag.Bool("update", false, "write embedded.bin from the tables in data/")

// embedded.bin is made here from the tables in data/ and the names of
// countries in x/text.
func TestEmbeddedIsUpToDate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "embedded.bin")
	out, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	b, err := newBuilder(out, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer b.close()
	e := embedder{t: t, codes: map[string]string{}, admin1Codes: map[string]string{}}
	e.countries()
	e.regions()
	e.admin1()
	e.places()
	e.landmarks()
	e.counties()
	e.divisions()
	e.demonyms()
	e.towns()
	for _, r := range e.all {
		// Loose keys are for towns and provinces whose names are transliterated.
		r.loose = region[r.country] && (r.class == centre.PlaceLocality || r.class == centre.PlaceCapital)
		if err := b.add(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.finish(); err != nil {
		t.Fatal(err)
	}
	made, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("embedded.bin", made, 0o644); err != nil {
			t.Fatal(err)
		}
	} else if !bytes.Equal(made, embedded) {
		t.Error("embedded.bin is not what the tables in data/ say; run go generate in this folder")
	}
}

// region are the countries whose towns have names from Arabic, Persian and Kurdish.
var region = map[string]bool{"IRQ": true, "SYR": true, "IRN": true, "LBN": true, "JOR": true, "PSE": true, "SAU": true, "YEM": true, "ARE": true,
	"KWT": true, "QAT": true, "BHR": true, "OMN": true, "EGY": true, "LBY": true, "AFG": true}

type embedder struct {
	t           *testing.T
	all         []*record
	codes       map[string]string // alpha-2 codes of countries to alpha-3
	admin1Codes map[string]string // GeoNames' codes of provinces to ISO 3166-2
}

func (e *embedder) table(name string, columns int, row func(c []string)) {
	f, err := os.Open(filepath.Join("data", name))
	if err != nil {
		e.t.Fatal(err)
	}
	defer f.Close()
	var lines io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		if lines, err = gzip.NewReader(f); err != nil {
			e.t.Fatal(err)
		}
	}
	in := bufio.NewScanner(lines)
	for n := 1; in.Scan(); n++ {
		line := in.Text()
		if strings.HasPrefix(line, "#") || line == "" {
			continue
		}
		c := strings.Split(line, "\t")
		for len(c) < columns {
			c = append(c, "")
		}
		if len(c) > columns {
			e.t.Fatalf("data/%s:%d has %d columns, want %d", name, n, len(c), columns)
		}
		row(c)
	}
}

func (e *embedder) number(s string) float64 {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		e.t.Fatal(err)
	}
	return n
}

// add appends a place whose names come in the columns of langs. A name such as
// "Perm, Russia" or "Тир (Ливан)" tells apart what has a common word's name:
// it is shown without the addition, and found in texts with it alone.
func (e *embedder) add(r *record, langs []string, columns []string) {
	for i, lang := range langs {
		for j, name := range split(columns[i]) {
			shown, _, qualified := strings.Cut(name, ", ")
			if !qualified {
				shown, _, qualified = strings.Cut(name, " (")
			}
			if lang == "en" && j == 0 && r.name == "" {
				r.name = shown
			}
			if qualified {
				r.names = append(r.names, langName{lang: lang, name: shown, weak: true})
			}
			r.names = append(r.names, langName{lang: lang, name: name})
		}
	}
	e.all = append(e.all, r)
}

func split(column string) []string {
	if column == "" {
		return nil
	}
	return strings.Split(column, "|")
}

func (e *embedder) countries() {
	e.table("countries.tsv", 8, func(c []string) {
		region, err := language.ParseRegion(c[0])
		if err != nil {
			e.t.Fatal(err)
		}
		code := region.ISO3()
		e.codes[c[0]] = code
		r := &record{ids: []string{"entente:" + code, "country:" + c[0]}, class: centre.PlaceCountry, country: code,
			point: centre.At(e.number(c[4]), e.number(c[3])), population: int64(e.number(c[6]) * 1000),
			radius: uint32(math.Sqrt(e.number(c[5])/math.Pi) * 1000)}
		if c[1] != "" {
			r.ids = append(r.ids, "fips:"+c[1])
		}
		own := map[string][]string{}
		for _, part := range strings.Split(c[7], ";") {
			if lang, names, ok := strings.Cut(part, "="); ok {
				own[lang] = split(names)
			}
		}
		for _, lang := range []string{"en", "ar", "fa", "ru", "ckb", "tr", "fr", "he", "ku", "uk", "ps"} {
			names := own[lang]
			if lang == "en" || lang == "ar" || lang == "fa" || lang == "ru" || lang == "ckb" {
				cldr := display.Regions(language.MustParse(lang)).Name(region)
				if cldr != "" && cldr != c[0] && (lang == "en" || cldr != display.English.Regions().Name(region)) {
					names = append([]string{cldr}, names...)
				}
			}
			for _, name := range names {
				if strings.ContainsAny(name, "&") {
					continue
				}
				if lang == "en" && r.name == "" {
					r.name = name
				}
				r.names = append(r.names, langName{lang: lang, name: name})
			}
		}
		if r.name == "" {
			r.name = display.English.Regions().Name(region)
		}
		if c[0] == "US" || c[0] == "GB" || c[0] == "TR" || c[0] == "CD" { // the usual name is shown
			r.name = map[string]string{"US": "United States", "GB": "United Kingdom", "TR": "Turkey", "CD": "DR Congo"}[c[0]]
		}
		e.all = append(e.all, r)
	})
}

func (e *embedder) regions() {
	e.table("regions.tsv", 7, func(c []string) {
		e.add(&record{ids: []string{"entente:" + c[0]}, class: centre.PlaceRegion}, []string{"en", "ar", "fa", "ru", "ckb", "tr"}, c[1:])
	})
}

func (e *embedder) admin1() {
	e.table("admin1.tsv", 10, func(c []string) {
		r := &record{ids: []string{"entente:" + c[0]}, class: centre.PlaceAdmin1, country: e.codes[c[0][:2]], admin1: c[0],
			point: centre.At(e.number(c[3]), e.number(c[2])), population: int64(e.number(c[4]) * 1000), radius: 100_000}
		if c[1] != "" {
			e.admin1Codes[c[0][:2]+"."+c[1]] = c[0]
			r.ids = append(r.ids, "geonames-admin1:"+c[0][:2]+"."+c[1])
		}
		begin := len(e.all)
		e.add(r, []string{"en", "ar", "fa", "ru", "ckb"}, c[5:])
		if c[0][:3] == "US-" { // abbreviations qualify a town, and the postal code does
			for i, n := range e.all[begin].names {
				e.all[begin].names[i].weak = i > 0 && (strings.Contains(n.name, ".") || len(n.name) <= 5)
			}
			r.names = append(r.names, langName{lang: "en", name: c[0][3:], weak: true})
			// The city of this name is meant more often: for the state it is a further
			// spelling, which "Rochester, New York" needs.
			if city := map[string]string{"US-NY": "New York", "US-WA": "Washington"}[c[0]]; city != "" {
				r.names = append(r.names, langName{name: city})
			}
			if c[0] == "US-DC" {
				r.names = append(r.names, langName{lang: "en", name: "D.C.", weak: true})
			}
		}
	})
}

func (e *embedder) places() {
	class := map[string]centre.PlaceClass{"C": centre.PlaceCapital, "L": centre.PlaceLocality, "N": centre.PlaceNatural, "F": centre.PlaceFacility}
	e.table("places.tsv", 13, func(c []string) {
		r := &record{ids: []string{"entente:" + c[0]}, class: class[c[1]], country: e.codes[c[2]], admin1: c[3],
			point: centre.At(e.number(c[5]), e.number(c[4])), population: int64(e.number(c[6]) * 1000)}
		r.radius = radiusOf(r.class, r.population)
		if r.class == "" || c[2] != "" && r.country == "" {
			e.t.Fatalf("place %s has class %q and country %q", c[0], c[1], c[2])
		}
		e.add(r, []string{"en", "ar", "fa", "ru", "ckb", "tr"}, c[7:])
	})
}

// landmarks adds natural features, historic regions and British and Irish counties.
func (e *embedder) landmarks() {
	class := map[string]centre.PlaceClass{"N": centre.PlaceNatural, "A": centre.PlaceAdmin2}
	e.table("landmarks.tsv", 10, func(c []string) {
		r := &record{ids: []string{"entente:" + c[0]}, class: class[c[1]], country: e.codes[c[2]], admin1: c[3], point: centre.At(e.number(c[5]), e.number(c[4]))}
		r.radius = radiusOf(r.class, 0)
		if r.class == "" || c[2] != "" && r.country == "" {
			e.t.Fatalf("landmark %s has class %q and country %q", c[0], c[1], c[2])
		}
		e.add(r, []string{"en", "ar", "fa", "ru"}, c[6:])
	})
}

// demonyms adds to countries and provinces what their people are called.
func (e *embedder) demonyms() {
	by := map[string]*record{}
	for _, r := range e.all {
		by[r.ids[0]] = r
	}
	e.table("demonyms.tsv", 5, func(c []string) {
		id := "entente:" + c[0]
		if strings.HasPrefix(c[0], "entente:") {
			id = c[0]
		} else if len(c[0]) == 2 {
			id = "entente:" + e.codes[c[0]]
		}
		r := by[id]
		if r == nil {
			e.t.Fatalf("there is no %s for its demonyms", c[0])
		}
		add := func(lang, name string) {
			if !slices.ContainsFunc(r.names, func(n langName) bool { return n.name == name }) {
				r.names = append(r.names, langName{lang: lang, name: name, demonym: true})
			}
		}
		for _, name := range split(c[1]) {
			add("en", name)
			if !strings.HasSuffix(name, "s") && !strings.HasSuffix(name, "ese") && !strings.HasSuffix(name, "sh") && !strings.HasSuffix(name, "ch") {
				add("en", name+"s")
			}
		}
		for _, name := range split(c[2]) {
			for _, ending := range []string{"", "ة", "ون", "ين", "ات"} {
				add("ar", name+ending)
			}
		}
		for _, name := range split(c[3]) {
			add("fa", name)
			add("fa", name+"ها")
			add("fa", name+"های")
		}
		for _, name := range split(c[4]) {
			add("ru", name)
		}
	})
}

// counties adds the counties of the United States.
func (e *embedder) counties() {
	e.table("counties.tsv", 7, func(c []string) {
		e.all = append(e.all, &record{ids: []string{"us-county:" + c[0]}, name: c[6], class: centre.PlaceAdmin2, country: "USA", admin1: "US-" + c[1],
			point: centre.At(e.number(c[3]), e.number(c[2])), radius: uint32(e.number(c[4]) * 1000), population: int64(e.number(c[5]))})
	})
}

// divisions adds the provinces of the world that admin1.tsv does not have.
func (e *embedder) divisions() {
	own := map[string]bool{}
	for _, r := range e.all {
		for _, id := range r.ids {
			own[id] = true
		}
	}
	e.table("divisions.tsv", 7, func(c []string) {
		id, code := "entente:"+c[0], "geonames-admin1:"+c[1]
		if own[id] || own[code] || e.codes[c[0][:2]] == "" {
			return
		}
		e.admin1Codes[c[1]] = c[0]
		own[id], own[code] = true, true
		r := &record{ids: []string{id, code}, name: c[6], class: centre.PlaceAdmin1, country: e.codes[c[0][:2]], admin1: c[0],
			point: centre.At(e.number(c[4]), e.number(c[3])), radius: radiusOf(centre.PlaceAdmin1, 0), population: int64(e.number(c[5]))}
		if c[2] != "0" {
			r.ids = append(r.ids, "geonames:"+c[2])
		}
		e.all = append(e.all, r)
	})
}

// towns adds the towns of GeoNames. One that the tables have already, under one
// of its names within 40 km, gives them its number alone.
func (e *embedder) towns() {
	own := map[string][]*record{}
	for _, r := range e.all {
		if r.class != centre.PlaceLocality && r.class != centre.PlaceCapital {
			continue
		}
		for _, n := range r.names {
			key := Key(n.name)
			own[key] = append(own[key], r)
		}
	}
	e.table("towns.tsv.gz", 12, func(c []string) {
		r := &record{ids: []string{"geonames:" + c[0]}, name: c[7], class: centre.PlaceLocality, country: e.codes[c[2]],
			point: centre.At(e.number(c[5]), e.number(c[4])), population: int64(e.number(c[6]))}
		if c[1] == "C" {
			r.class = centre.PlaceCapital
		}
		r.radius, r.fame = radiusOf(r.class, r.population), int(e.number(c[11]))
		if r.country == "" {
			e.t.Fatalf("town %s is in %q, which countries.tsv does not have", c[0], c[2])
		}
		if r.admin1 = e.admin1Codes[c[2]+"."+c[3]]; r.admin1 == "" && c[3] != "" && c[3] != "00" {
			r.admin1 = c[2] + "." + c[3]
		}
		for i, lang := range []string{"ar", "fa", ""} {
			for _, name := range split(c[8+i]) {
				r.addName(lang, name)
			}
		}
		for _, n := range append([]langName{{name: r.name}}, r.names...) {
			for _, known := range own[Key(n.name)] {
				if kilometres(known.point, r.point) < 40 {
					if !slices.ContainsFunc(known.ids, func(id string) bool { return strings.HasPrefix(id, "geonames:") }) {
						known.ids = append(known.ids, r.ids[0])
						known.fame = r.fame
					}
					return
				}
			}
		}
		e.all = append(e.all, r)
	})
}
