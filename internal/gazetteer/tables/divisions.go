package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"entente/internal/gazetteer"
)

// county is a county of the United States.
type county struct {
	fips, name string // five digits; "Laurel County"
	lat, lon   float64
	radius     float64 // kilometres, of a circle of its area
}

// states are the FIPS numbers of the states.
var states = map[string]string{"01": "AL", "02": "AK", "04": "AZ", "05": "AR", "06": "CA", "08": "CO", "09": "CT", "10": "DE", "12": "FL", "13": "GA",
	"15": "HI", "16": "ID", "17": "IL", "18": "IN", "19": "IA", "20": "KS", "21": "KY", "22": "LA", "23": "ME", "24": "MD", "25": "MA", "26": "MI", "27": "MN",
	"28": "MS", "29": "MO", "30": "MT", "31": "NE", "32": "NV", "33": "NH", "34": "NJ", "35": "NM", "36": "NY", "37": "NC", "38": "ND", "39": "OH", "40": "OK",
	"41": "OR", "42": "PA", "44": "RI", "45": "SC", "46": "SD", "47": "TN", "48": "TX", "49": "UT", "50": "VT", "51": "VA", "53": "WA", "54": "WV", "55": "WI", "56": "WY"}

// topology is TopoJSON: the lines that shapes share, delta-coded, and shapes by
// the numbers of their lines.
type topology struct {
	Transform struct {
		Scale, Translate [2]float64
	}
	Arcs    [][][2]float64
	Objects struct {
		Counties struct {
			Geometries []struct {
				Type       string
				ID         string
				Arcs       json.RawMessage
				Properties struct{ Name string }
			}
		}
	}
}

// readCounties gives the counties but for independent cities, which the towns
// have already.
func readCounties(path string) ([]county, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var t topology
	if err := json.Unmarshal(raw, &t); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	for _, arc := range t.Arcs {
		x, y := 0.0, 0.0
		for i, p := range arc {
			x, y = x+p[0], y+p[1]
			arc[i] = [2]float64{x*t.Transform.Scale[0] + t.Transform.Translate[0], y*t.Transform.Scale[1] + t.Transform.Translate[1]}
		}
	}
	var all []county
	for _, g := range t.Objects.Counties.Geometries {
		state := states[g.ID[:2]]
		if state == "" || g.ID[2:] >= "500" || g.Properties.Name == "" {
			continue
		}
		var polygons [][][]int
		switch g.Type {
		case "Polygon":
			var one [][]int
			err = json.Unmarshal(g.Arcs, &one)
			polygons = [][][]int{one}
		case "MultiPolygon":
			err = json.Unmarshal(g.Arcs, &polygons)
		default:
			err = fmt.Errorf("%s is of type %s", g.ID, g.Type)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		var m middle
		for _, polygon := range polygons {
			for _, ring := range polygon {
				m.ring(t.ring(ring))
			}
		}
		kind := " County"
		switch state {
		case "LA":
			kind = " Parish"
		case "AK":
			kind = " Borough"
		}
		c := county{fips: g.ID, name: g.Properties.Name + kind}
		c.lat, c.lon, c.radius = m.point()
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b county) int { return cmp.Compare(a.fips, b.fips) })
	return all, nil
}

// ring joins the lines of a ring; a line of number ^n is line n backwards.
func (t *topology) ring(arcs []int) (points [][2]float64) {
	for _, n := range arcs {
		arc := t.Arcs[max(n, ^n)]
		if n < 0 {
			arc = slices.Clone(arc)
			slices.Reverse(arc)
		}
		points = append(points, arc...)
	}
	return points
}

// middle sums up the area of rings and its first moments, in degrees; holes
// run the other way round and are taken off.
type middle struct{ area, x, y float64 }

func (m *middle) ring(points [][2]float64) {
	for i, a := range points {
		b := points[(i+1)%len(points)]
		w := a[0]*b[1] - b[0]*a[1]
		m.area += w / 2
		m.x += (a[0] + b[0]) * w / 6
		m.y += (a[1] + b[1]) * w / 6
	}
}

// point gives the middle and the radius in kilometres of a circle of the area.
func (m *middle) point() (lat, lon, radius float64) {
	lat, lon = m.y/m.area, m.x/m.area
	const degree = 111.2
	return lat, lon, math.Sqrt(math.Abs(m.area) * degree * degree * math.Cos(lat*math.Pi/180) / math.Pi)
}

func writeCounties(path string, all []county, towns []town) error {
	inhabitants := map[string]int{} // of a county's towns
	for _, t := range towns {
		if t.country == "US" && t.feature != "PPLX" {
			inhabitants[t.admin1+t.admin2] += t.population
		}
	}
	return create(path, func(w io.Writer) error {
		fmt.Fprint(w, "# Counties of the United States, after the Census Bureau's boundaries (public domain); made by internal/gazetteer/tables\n"+
			"# FIPS\tstate\tlat\tlon\tradius in km\tpopulation of its towns\tname\n")
		for _, c := range all {
			state := states[c.fips[:2]]
			if _, err := fmt.Fprintf(w, "%s\t%s\t%.2f\t%.2f\t%.0f\t%d\t%s\n", c.fips, state, c.lat, c.lon, c.radius, inhabitants[state+c.fips[2:]], c.name); err != nil {
				return err
			}
		}
		return nil
	})
}

// division is a province.
type division struct {
	iso, geonames string // "CN-54"; "CN.14"
	number        int    // GeoNames'
	name          string
	lat, lon      float64
	population    int
}

// readDivisions joins CLDR's names with GeoNames' codes and puts each province
// into the middle of its towns; one without a town is left out.
func readDivisions(names, codes string, towns []town) ([]division, error) {
	raw, err := os.ReadFile(names)
	if err != nil {
		return nil, err
	}
	var cldr struct {
		Subdivisions struct {
			LocaleDisplayNames struct{ Subdivisions map[string]string }
		}
	}
	if err := json.Unmarshal(raw, &cldr); err != nil {
		return nil, fmt.Errorf("%s: %w", names, err)
	}
	type sum struct {
		lat, lon   float64
		n          float64
		population int
	}
	sums := map[string]*sum{}
	for _, t := range towns {
		s := sums[t.country+"."+t.admin1]
		if s == nil {
			s = &sum{}
			sums[t.country+"."+t.admin1] = s
		}
		s.lat, s.lon, s.n, s.population = s.lat+t.lat, s.lon+t.lon, s.n+1, s.population+t.population
	}
	files, err := filepath.Glob(filepath.Join(codes, "??", "en_ref.json"))
	if err != nil {
		return nil, err
	}
	var all []division
	for _, file := range files {
		country := filepath.Base(filepath.Dir(file))
		raw, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		var list []struct {
			ISO, Admin, Name string
			Reference        struct{ Geonames int }
		}
		if err := json.Unmarshal(raw, &list); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		byName := map[string]string{} // where the codes were changed since: by the name
		for code, name := range cldr.Subdivisions.LocaleDisplayNames.Subdivisions {
			if upper := strings.ToUpper(code); upper[:2] == country {
				byName[gazetteer.Key(name)] = upper[2:]
			}
		}
		for _, d := range list {
			if cldr.Subdivisions.LocaleDisplayNames.Subdivisions[strings.ToLower(country+d.ISO)] == "" {
				d.ISO = byName[gazetteer.Key(d.Name)]
			}
			name := cldr.Subdivisions.LocaleDisplayNames.Subdivisions[strings.ToLower(country+d.ISO)]
			s := sums[country+"."+d.Admin]
			if name == "" || s == nil || d.Admin == "" {
				continue
			}
			all = append(all, division{country + "-" + d.ISO, country + "." + d.Admin, d.Reference.Geonames, name, s.lat / s.n, s.lon / s.n, s.population})
		}
	}
	slices.SortFunc(all, func(a, b division) int { return cmp.Compare(a.iso, b.iso) })
	return slices.CompactFunc(all, func(a, b division) bool { return a.iso == b.iso }), nil
}

func writeDivisions(path string, all []division) error {
	return create(path, func(w io.Writer) error {
		fmt.Fprint(w, "# Provinces of the world: names of Unicode CLDR (Unicode licence), in the middle of their towns in GeoNames (CC BY 4.0); made by internal/gazetteer/tables\n"+
			"# ISO 3166-2\tGeoNames admin1\tGeoNames number\tlat\tlon\tpopulation of its towns\tname\n")
		for _, d := range all {
			if _, err := fmt.Fprintf(w, "%s\t%s\t%d\t%.2f\t%.2f\t%d\t%s\n", d.iso, d.geonames, d.number, d.lat, d.lon, d.population, d.name); err != nil {
				return err
			}
		}
		return nil
	})
}
