package alerts

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"entente/internal/centre"
	"entente/internal/gather/poll"
	"entente/internal/gather/xmltree"
)

// properties keeps what the message states, under the standard's names and in
// its order. A pair that another language's block repeats stands once.
func (m *message) properties() {
	var t poll.Table
	for _, name := range []string{"identifier", "sender", "sent", "status", "msgType", "source", "scope", "restriction", "addresses", "code", "note", "references", "incidents"} {
		for _, n := range m.n.All(name) {
			t.Add(name, n.Value())
		}
	}
	for _, info := range m.infos {
		m.infoFields(&t, info)
	}
	m.doc.Properties = t.Rows
	if t.Full {
		m.odd("The alert has more than %d fields; the rest was left out.", len(t.Rows))
	}
	if len(m.infos) > 0 {
		m.expired(m.infos[0])
	}
}

func (m *message) infoFields(t *poll.Table, info *xmltree.Node) {
	t.Add("language", language(info))
	codes := map[string][]string{"category": capCategory, "responseType": capResponse, "urgency": capUrgency, "severity": capSeverity, "certainty": capCertainty}
	for _, name := range []string{"category", "event", "responseType", "urgency", "severity", "certainty", "audience", "eventCode", "effective", "onset", "expires", "senderName", "contact", "parameter"} {
		found := info.All(name)
		for _, n := range found {
			if n.Child("valueName") != nil {
				t.Add(name, named(n))
				continue
			}
			t.Add(name, n.Value())
			if known := codes[name]; known != nil && !slices.Contains(known, n.Value()) {
				m.odd("The %s is %q, which CAP does not have.", name, poll.Line(n.Value()))
			}
		}
		if len(found) == 0 && (name == "category" || name == "event" || name == "urgency" || name == "severity" || name == "certainty") {
			m.odd("An info block has no %s, which CAP requires.", name)
		}
	}
	for _, area := range info.All("area") {
		for _, name := range []string{"areaDesc", "geocode", "altitude", "ceiling"} {
			for _, n := range area.All(name) {
				if n.Child("valueName") != nil {
					t.Add(name, named(n))
				} else {
					t.Add(name, n.Value())
				}
			}
		}
		if area.Get("areaDesc") == "" {
			m.odd("An area has no areaDesc, which CAP requires.")
		}
	}
}

// named is a pair of valueName and value.
func named(n *xmltree.Node) string { return n.Get("valueName") + "=" + n.Get("value") }

// areas makes one geometry of all polygons and circles.
func (m *message) areas() {
	var parts []centre.Geometry
	met := map[string]bool{}
	for _, info := range m.infos {
		for _, area := range info.All("area") {
			for _, n := range append(area.All("polygon"), area.All("circle")...) {
				text := strings.Join(strings.Fields(n.Value()), " ")
				if met[n.Name+text] || text == "" {
					continue
				}
				met[n.Name+text] = true
				shape := polygon(text)
				if n.Name == "circle" {
					shape = circle(text)
				}
				if shape == "" {
					m.odd("A %s of the area %q is not one that CAP describes (latitude,longitude); it was left out.", n.Name, poll.Line(area.Get("areaDesc")))
					continue
				}
				parts = append(parts, shape)
			}
		}
	}
	whole, err := together(parts)
	if err != nil {
		m.odd("The alert's areas are not shown: %s", err.Error())
		return
	}
	m.doc.Geometry = whole
}

// polygon reads "lat,lon lat,lon ..." (section 3.2.4); unknown where it is none.
func polygon(text string) centre.Geometry {
	var ring [][2]float64
	distinct := map[[2]float64]bool{}
	for pair := range strings.FieldsSeq(text) {
		position, ok := latLon(pair)
		if !ok {
			return ""
		}
		ring, distinct[position] = append(ring, position), true
	}
	if len(distinct) < 3 {
		return ""
	}
	return centre.PolygonGeometry(ring)
}

// circle reads "lat,lon radius", the radius in kilometres. One that would hold a
// pole is shown as its middle. 0,0 with radius 0 is what programs write that do
// not know.
func circle(text string) centre.Geometry {
	pair, radius, _ := strings.Cut(text, " ")
	position, ok := latLon(pair)
	km, err := strconv.ParseFloat(radius, 64)
	if !ok || err != nil || !(km >= 0 && km < 20_100) || km == 0 && position == [2]float64{} {
		return ""
	}
	at := centre.At(position[0], position[1])
	if g := centre.CircleGeometry(at, km*1000); g != "" {
		return g
	}
	return centre.PointGeometry(at)
}

func latLon(pair string) (lonLat [2]float64, ok bool) {
	lat, lon, found := strings.Cut(pair, ",")
	y, errLat := strconv.ParseFloat(lat, 64)
	x, errLon := strconv.ParseFloat(lon, 64)
	ok = found && errLat == nil && errLon == nil && y >= -90 && y <= 90 && x >= -180 && x <= 180
	return [2]float64{x, y}, ok
}

// together joins polygons to a MultiPolygon, and other shapes to a collection.
func together(parts []centre.Geometry) (centre.Geometry, error) {
	if len(parts) < 2 {
		return only(parts), nil
	}
	var polygons []json.RawMessage
	var all []string
	for _, part := range parts {
		var g struct {
			Type        string
			Coordinates json.RawMessage
		}
		if err := json.Unmarshal([]byte(part), &g); err != nil {
			return "", err
		}
		if g.Type == "Polygon" {
			polygons = append(polygons, g.Coordinates)
		}
		all = append(all, string(part))
	}
	if len(polygons) == len(parts) {
		coordinates, err := json.Marshal(polygons)
		if err != nil {
			return "", err
		}
		return centre.ParseGeometry(fmt.Appendf(nil, `{"type":"MultiPolygon","coordinates":%s}`, coordinates))
	}
	return centre.ParseGeometry([]byte(`{"type":"GeometryCollection","geometries":[` + strings.Join(all, ",") + `]}`))
}

// only gives the one part, or the unknown geometry.
func only(parts []centre.Geometry) centre.Geometry {
	if len(parts) == 0 {
		return ""
	}
	return parts[0]
}
