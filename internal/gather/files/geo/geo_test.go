package geo

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"entente/internal/centre"
)

type reader func(io.Reader, func(Feature) error, func(int, string)) error

// render reads a map and writes down what came, a line for each feature.
func render(read reader, content string) (string, error) {
	var b strings.Builder
	err := read(strings.NewReader(content), func(f Feature) error {
		fmt.Fprintf(&b, "%s|%s|%s|%s|%s|", f.ID, f.Name, f.Description, f.URL, f.Geometry)
		for _, p := range f.Properties {
			fmt.Fprintf(&b, "%s=%s;", p.Name, p.Value)
		}
		fmt.Fprintf(&b, "|%d\n", len(f.Problems))
		return nil
	}, func(n int, reason string) { fmt.Fprintf(&b, "bad %d: %s\n", n, reason) })
	return b.String(), err
}

func check(t *testing.T, read reader, content, want string) {
	t.Helper()
	got, err := render(read, content)
	if err != nil || got != want {
		t.Errorf("%v\n%s\nwant\n%s", err, got, want)
	}
}

func TestGeoJSON(t *testing.T) {
	// RFC 7946: sections 1.5, 3.1, 3.2 (id, null geometry), 5.3 (antimeridian).
	check(t, GeoJSON, `{"type":"FeatureCollection","bbox":[100,0,105,1],"features":[
{"type":"Feature","id":7,"geometry":{"type":"Point","coordinates":[44.4,33.3,12]},"properties":{"name":"Bridge","description":"Open.","url":"https://a.example/","lanes":4,"tags":["a", "b"],"none":null}},
{"type":"Feature","id":"z","geometry":{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,0]],[[1,1],[2,1],[2,2],[1,1]]]},"properties":null},
{"type":"Feature","geometry":null,"properties":{"title":"Nowhere"}},
{"type":"Point","coordinates":[1,2]},
{"type":"Feature","geometry":{"type":"Point","coordinates":[33.3,144.4]},"properties":{"name":"Turned"}}
]}`, `7|Bridge|Open.|https://a.example/|{"type":"Point","coordinates":[44.4,33.3,12]}|lanes=4;tags=["a","b"];|0
z||||{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,0]],[[1,1],[2,1],[2,2],[1,1]]]}||0
|Nowhere||||`+"|0\n"+`bad 4: it is no object with "type": "Feature"
|Turned||||`+"|1\n")
	check(t, GeoJSON, `{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]},"properties":{"name":"One"}}`, `|One|||{"type":"Point","coordinates":[1,2]}||0`+"\n")
	check(t, GeoJSON, `{"type":"LineString","coordinates":[[1,2],[3,4]]}`, `||||{"type":"LineString","coordinates":[[1,2],[3,4]]}||0`+"\n")
	if got, err := render(GeoJSON, `{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":{"name":"a"}},{"ty`); err == nil || !strings.HasPrefix(got, "|a|") {
		t.Errorf("cut off: %q, %v", got, err)
	}
	for _, none := range []string{"", "[]", "{}", `{"type":"Topology"}`, `{"a":1}`} {
		if _, err := render(GeoJSON, none); !errors.Is(err, ErrNoMap) {
			t.Errorf("%q: %v", none, err)
		}
	}
}

func TestKML(t *testing.T) {
	check(t, KML, `<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="g"><Document><name>Roads</name><Folder><name>North</name>
<Placemark id="p1"><name>Bridge</name><description><![CDATA[<p>Open.</p>]]></description><TimeStamp><when>2015-09-26</when></TimeStamp><ExtendedData><Data name="lanes"><value>4</value></Data><SchemaData><SimpleData name="owner">City</SimpleData></SchemaData></ExtendedData><Point><coordinates>44.4,33.3,12</coordinates></Point></Placemark>
<Placemark><name>Road</name><LineString><coordinates>
 44,33,0 45,34,0
</coordinates></LineString></Placemark></Folder>
<Placemark><name>Area</name><TimeSpan><begin>2015</begin></TimeSpan><Polygon><outerBoundaryIs><LinearRing><coordinates>0,0 10,0 10,10</coordinates></LinearRing></outerBoundaryIs><innerBoundaryIs><LinearRing><coordinates>1,1 2,1 2,2 1,1</coordinates></LinearRing></innerBoundaryIs></Polygon></Placemark>
<Placemark><name>Two</name><MultiGeometry><Point><coordinates>1,2</coordinates></Point><Point><coordinates>3,4</coordinates></Point></MultiGeometry></Placemark>
<Placemark><name>Mixed</name><MultiGeometry><Point><coordinates>1,2</coordinates></Point><LineString><coordinates>3,4 5,6</coordinates></LineString></MultiGeometry></Placemark>
<Placemark><name>Convoy</name><gx:Track><when>2015-09-26T08:00:00Z</when><when>2015-09-26T09:00:00Z</when><gx:coord>44 33 0</gx:coord><gx:coord>45 34 0</gx:coord></gx:Track></Placemark>
<Placemark><name>Lost</name><Point><coordinates>444,33</coordinates></Point></Placemark>
<Placemark><name>None</name></Placemark>
</Document></kml>`, `p1|Bridge|<p>Open.</p>||{"type":"Point","coordinates":[44.4,33.3]}|folder=Roads / North;when=2015-09-26;lanes=4;owner=City;|0
|Road|||{"type":"LineString","coordinates":[[44,33],[45,34]]}|folder=Roads / North;|0
|Area|||{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,0]],[[1,1],[2,1],[2,2],[1,1]]]}|folder=Roads;when=2015/;|0
|Two|||{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}|folder=Roads;|0
|Mixed|||{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"LineString","coordinates":[[3,4],[5,6]]}]}|folder=Roads;|0
|Convoy|||{"type":"LineString","coordinates":[[44,33],[45,34]]}|folder=Roads;when=2015-09-26T08:00:00Z/2015-09-26T09:00:00Z;|0
|Lost||||folder=Roads;|1
|None||||folder=Roads;|0
`)
	check(t, KML, `<kml><Placemark><name>A</name></Placemark><Placemark><name>B`, "|A||||"+"|0\nbad 2: it is cut off, or larger than is taken\nbad 3: the file is cut off or no longer XML from here on\n")
	for _, none := range []string{"", "x", "<html/>", "<gpx/>"} {
		if _, err := render(KML, none); !errors.Is(err, ErrNoMap) {
			t.Errorf("%q: %v", none, err)
		}
	}
}

func TestGPX(t *testing.T) {
	check(t, GPX, `<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><metadata><name>x</name></metadata>
<wpt lat="33.3" lon="44.4"><ele>12</ele><time>2015-09-26T08:00:00Z</time><name>Bridge</name><desc>Open.</desc><link href="https://a.example/"/></wpt>
<rte><name>Way</name><rtept lat="1" lon="2"/><rtept lat="3" lon="4"/></rte>
<trk><name>Patrol</name><trkseg><trkpt lat="1" lon="2"><time>2015-09-26T08:00:00Z</time></trkpt><trkpt lat="3" lon="4"><time>2015-09-26T09:00:00Z</time></trkpt></trkseg><trkseg><trkpt lat="5" lon="6"/><trkpt lat="7" lon="8"/></trkseg></trk>
<wpt lat="x" lon="44.4"><name>Lost</name></wpt></gpx>`, `|Bridge|Open.|https://a.example/|{"type":"Point","coordinates":[44.4,33.3]}|kind=waypoint;ele=12;time=2015-09-26T08:00:00Z;|0
|Way|||{"type":"LineString","coordinates":[[2,1],[4,3]]}|kind=route;|0
|Patrol|||{"type":"MultiLineString","coordinates":[[[2,1],[4,3]],[[6,5],[8,7]]]}|kind=track;when=2015-09-26T08:00:00Z/2015-09-26T09:00:00Z;|0
|Lost||||kind=waypoint;|1
`)
	if _, err := render(GPX, "<kml/>"); !errors.Is(err, ErrNoMap) {
		t.Error(err)
	}
}

func TestBigOnesAreCut(t *testing.T) {
	for name, content := range map[string]string{
		"deep":   "<kml><Placemark>" + strings.Repeat("<MultiGeometry>", 100_000),
		"deeper": "<kml>" + strings.Repeat("<Folder>", 100_000),
	} {
		if got, err := render(KML, content); err != nil || !strings.Contains(got, "bad") {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func FuzzGeoJSON(f *testing.F) {
	fuzz(f, GeoJSON, `{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]},"properties":{"a":{}}}]}`, `{"features":[{}],"features":[]}`)
}

func FuzzKML(f *testing.F) {
	fuzz(f, KML, `<kml><Folder><name>x</name><Placemark><Polygon><outerBoundaryIs><LinearRing><coordinates>0,0 1,1 2,2</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Folder></kml>`, `<kml></a></b><Model><Location>`)
}

func FuzzGPX(f *testing.F) {
	fuzz(f, GPX, `<gpx><trk><trkseg><trkpt lat="1" lon="2"/></trkseg></trk></gpx>`, `<gpx></x><wpt/>`)
}

func fuzz(f *testing.F, read reader, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		_ = read(strings.NewReader(string(content)), func(f Feature) error {
			if f.Geometry != "" {
				if again, err := centre.ParseGeometry([]byte(f.Geometry)); err != nil || again == "" {
					t.Errorf("%s: %v", f.Geometry, err)
				}
			}
			return nil
		}, func(int, string) {})
	})
}
