package main

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// A square of one degree with a hole in its left half, as TopoJSON: the hole is
// the line 1 backwards.
const square = `{"transform":{"scale":[0.1,0.1],"translate":[-90,30]},
"arcs":[[[0,0],[10,0],[0,10],[-10,0],[0,-10]],[[0,0],[5,0],[0,10],[-5,0],[0,-10]]],
"objects":{"counties":{"geometries":[
{"type":"Polygon","id":"21125","arcs":[[0]],"properties":{"name":"Laurel"}},
{"type":"MultiPolygon","id":"22001","arcs":[[[0],[-2]]],"properties":{"name":"Acadia"}},
{"type":"Polygon","id":"51510","arcs":[[0]],"properties":{"name":"Alexandria"}},
{"type":"Polygon","id":"72001","arcs":[[0]],"properties":{"name":"Adjuntas"}}]}}}`

func TestCountiesLieInTheMiddleOfTheirArea(t *testing.T) {
	path := filepath.Join(t.TempDir(), "counties.json")
	if err := os.WriteFile(path, []byte(square), 0o600); err != nil {
		t.Fatal(err)
	}
	all, err := readCounties(path)
	if err != nil || len(all) != 2 { // no independent city, no Puerto Rico
		t.Fatal(all, err)
	}
	near := func(a, b float64) bool { return math.Abs(a-b) < 0.01 }
	if c := all[0]; c.name != "Laurel County" || !near(c.lat, 30.5) || !near(c.lon, -89.5) || math.Abs(c.radius-58.2) > 0.5 {
		t.Errorf("%+v", c) // a square of 111.2 by 95.8 km has the area of a circle of 58 km
	}
	if c := all[1]; c.name != "Acadia Parish" || !near(c.lat, 30.5) || !near(c.lon, -89.25) {
		t.Errorf("%+v: the hole is the western half", c)
	}
}

func TestSpellingsAreTakenByScriptAndCountry(t *testing.T) {
	ar, fa, further := spellings(town{name: "Zakho", country: "IQ", further: []string{"زاخو", "زاخۆ", "Заху", "Zaxo", "ZKH", "扎胡", "پێنجوین"}})
	if !slices.Equal(ar, []string{"زاخو"}) || len(fa) > 0 || !slices.Equal(further, []string{"Заху", "Zaxo"}) {
		t.Error(ar, fa, further)
	}
	if pick(town{country: "FR", population: 14_000}) || !pick(town{country: "FR", population: 15_000}) || !pick(town{country: "SY"}) || pick(town{country: "SY", feature: "PPLX"}) {
		t.Error("the wrong towns are picked")
	}
}
