package feed

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"entente/internal/centre"
)

// locate reads where the item is: GeoRSS in its Simple and GML forms, the W3C's
// geo:lat and geo:long, and the areas of CAP. All of them write latitude before
// longitude; GeoJSON is the other way round. One point becomes Point, anything
// else Geometry.
func (i *Item) locate(n *node) {
	p := placer{}
	p.element(n, 0)
	if lat, long := p.lat, p.long; len(p.found) == 0 && lat != "" && long != "" {
		p.point([][2]float64{pair(lat, long)})
	}
	if p.bad != "" {
		i.Problems = append(i.Problems, "The place \""+short(strings.Join(strings.Fields(p.bad), " "))+"\" could not be read as latitude and longitude; it counts as unknown.")
	}
	if len(p.found) == 1 && p.one.Known {
		i.Point = p.one
		return
	}
	i.Geometry = joined(p.found)
}

// placer collects the geometries in an item.
type placer struct {
	found     []centre.Geometry
	one       centre.Point // the last point
	lat, long string       // of geo:lat and geo:long
	bad       string       // the first that could not be read
}

// Bounds of what one item may say of places.
const (
	maxPlaces  = 500
	maxNumbers = 150_000 // of one geometry: more than centre.Geometry takes
)

func (p *placer) element(n *node, depth int) {
	for _, kid := range n.kids {
		if kid.name == "" || len(p.found) >= maxPlaces || depth > 12 {
			continue
		}
		switch kid.space {
		case "georss", "gml", "cap":
			p.shape(kid, depth)
		case "geo":
			switch kid.name {
			case "lat":
				p.lat = kid.trimmed()
			case "long", "lon":
				p.long = kid.trimmed()
			case "lat_long":
				p.lat, p.long, _ = strings.Cut(kid.trimmed(), ",")
			default:
				p.element(kid, depth+1)
			}
		case "icbm", "http://postneo.com/icbm", "http://postneo.com/icbm/":
			switch kid.name {
			case "latitude", "lat":
				p.lat = kid.trimmed()
			case "longitude", "long":
				p.long = kid.trimmed()
			}
		case "media":
			p.element(kid, depth+1) // media:location holds GeoRSS
		}
	}
}

func (p *placer) shape(n *node, depth int) {
	before, bad := len(p.found), true
	text := n.string()
	switch n.space + ":" + n.name {
	case "georss:point":
		p.point(positions(text, false))
	case "georss:line":
		p.take(centre.LineGeometry(positions(text, false)))
	case "georss:polygon", "cap:polygon":
		p.take(centre.PolygonGeometry(positions(text, false)))
	case "georss:box":
		p.box(positions(text, false))
	case "georss:circle":
		p.circle(text, 1) // radius in metres
	case "cap:circle":
		p.circle(text, 1000) // in kilometres
	case "gml:point":
		p.point(gmlPositions(n))
	case "gml:linestring", "gml:linestringsegment":
		p.take(centre.LineGeometry(gmlPositions(n)))
	case "gml:envelope", "gml:box":
		p.box(gmlPositions(n))
	case "gml:polygon", "gml:polygonpatch":
		p.take(gmlPolygon(n))
	case "gml:circlebycenterpoint":
		p.gmlCircle(n)
	default:
		bad = false
		if depth < 12 { // georss:where, gml:MultiPoint, cap:area
			p.element(n, depth+1)
		}
	}
	if bad && len(p.found) == before && p.bad == "" && strings.TrimSpace(text) != "" && !allZero(text) {
		p.bad = text
	}
}

// allZero tells what programs write that do not know a place.
func allZero(text string) bool { return strings.Trim(text, "0.,-+ \t\r\n") == "" }

func (p *placer) take(g centre.Geometry) {
	if g != "" {
		p.found = append(p.found, g)
	}
}

func (p *placer) point(at [][2]float64) {
	if len(at) != 1 || at[0] == [2]float64{} { // 0,0 is what programs write that do not know
		return
	}
	point := centre.At(at[0][0], at[0][1])
	if g := centre.PointGeometry(point); g != "" {
		p.one = point
		p.take(g)
	}
}

// box takes lower left and upper right corners. One that crosses the 180th
// meridian becomes two (RFC 7946, section 3.1.9).
func (p *placer) box(at [][2]float64) {
	if len(at) != 2 || at[0][1] > at[1][1] {
		return
	}
	west, south, east, north := at[0][0], at[0][1], at[1][0], at[1][1]
	if west > east {
		p.take(joined([]centre.Geometry{centre.BoxGeometry(west, south, 180, north), centre.BoxGeometry(-180, south, east, north)}))
		return
	}
	p.take(centre.BoxGeometry(west, south, east, north))
}

// circle reads "lat,lon radius" and "lat lon radius".
func (p *placer) circle(text string, unit float64) {
	f := strings.Fields(strings.ReplaceAll(text, ",", " "))
	if len(f) != 3 {
		return
	}
	at := pair(f[0], f[1])
	radius, err := strconv.ParseFloat(f[2], 64)
	if err != nil || math.IsNaN(at[0]) || !(radius >= 0 && radius < 1e7) {
		return
	}
	if radius == 0 {
		p.point([][2]float64{at})
		return
	}
	p.take(centre.CircleGeometry(centre.At(at[0], at[1]), radius*unit))
}

func (p *placer) gmlCircle(n *node) {
	at, radius := gmlPositions(n), n.child("gml:radius")
	if len(at) != 1 || radius == nil {
		return
	}
	metres, err := strconv.ParseFloat(radius.trimmed(), 64)
	if err != nil || !(metres > 0 && metres < 1e7) {
		return
	}
	if unit := radius.attr("uom"); strings.Contains(strings.ToLower(unit), "km") || strings.HasSuffix(unit, "9001:km") {
		metres *= 1000
	}
	p.take(centre.CircleGeometry(centre.At(at[0][0], at[0][1]), metres))
}

// gmlPositions reads the positions in an element of GML: pos, posList, lower and
// upper corners, and the coordinates of GML 2. The order is latitude first, but
// for coordinate systems named CRS84 and the coordinates of GML 2 without a
// system, in which it is longitude.
func gmlPositions(n *node) (at [][2]float64) {
	var walk func(n *node, turned bool, dimension, depth int)
	walk = func(n *node, turned bool, dimension, depth int) {
		if system := n.attr("srsname"); system != "" {
			turned = strings.Contains(strings.ToUpper(system), "CRS84") || strings.Contains(strings.ToUpper(system), "CRS:84")
		}
		if n.attr("srsdimension") == "3" || n.attr("dimension") == "3" {
			dimension = 3
		}
		switch n.name {
		case "pos", "poslist", "lowercorner", "uppercorner":
			text := n.string()
			if count := len(strings.Fields(text)); n.name != "poslist" && count == 3 {
				dimension = 3
			}
			at = append(at, lists(text, dimension, turned)...)
			return
		case "coordinates": // "x,y x,y"
			at = append(at, positions(n.string(), true)...)
			return
		}
		for _, kid := range n.kids {
			if kid.name != "" && depth < 8 {
				walk(kid, turned, dimension, depth+1)
			}
		}
	}
	walk(n, false, 2, 0)
	return at
}

func gmlPolygon(n *node) centre.Geometry {
	var rings [][][2]float64
	for _, kid := range n.kids {
		switch kid.name {
		case "exterior", "outerboundaryis":
			rings = append([][][2]float64{closed(gmlPositions(kid))}, rings...)
		case "interior", "innerboundaryis":
			rings = append(rings, closed(gmlPositions(kid)))
		}
	}
	for _, ring := range rings {
		if len(ring) < 4 {
			return ""
		}
	}
	if len(rings) == 0 {
		return centre.PolygonGeometry(gmlPositions(n))
	}
	return geometry("Polygon", rings)
}

func closed(ring [][2]float64) [][2]float64 {
	if len(ring) > 0 && ring[0] != ring[len(ring)-1] {
		ring = append(ring, ring[0])
	}
	return ring
}

func geometry(kind string, coordinates any) centre.Geometry {
	text, err := json.Marshal(map[string]any{"type": kind, "coordinates": coordinates})
	if err != nil {
		return "" // not a number
	}
	g, err := centre.ParseGeometry(text)
	if err != nil {
		return ""
	}
	return g
}

// joined makes one geometry of several.
func joined(parts []centre.Geometry) centre.Geometry {
	if len(parts) <= 1 {
		return centre.Geometry(strings.Join(texts(parts), ""))
	}
	kind, same := "", true
	var inner []json.RawMessage
	for i, part := range parts {
		var g struct {
			Type        string          `json:"type"`
			Coordinates json.RawMessage `json:"coordinates"`
		}
		if json.Unmarshal([]byte(part), &g) != nil {
			return ""
		}
		if i == 0 {
			kind = g.Type
		}
		same = same && g.Type == kind && g.Coordinates != nil && !strings.HasPrefix(kind, "Multi")
		inner = append(inner, g.Coordinates)
	}
	if same {
		return geometry("Multi"+kind, inner)
	}
	g, err := centre.ParseGeometry([]byte(`{"type":"GeometryCollection","geometries":[` + strings.Join(texts(parts), ",") + `]}`))
	if err != nil {
		return ""
	}
	return g
}

func texts(parts []centre.Geometry) []string {
	out := make([]string, len(parts))
	for i, p := range parts {
		out[i] = string(p)
	}
	return out
}

// positions reads pairs of numbers, divided by space or commas, as longitude and
// latitude; turned is true where longitude comes first. nil where one is wrong.
func positions(text string, turned bool) [][2]float64 {
	return lists(strings.ReplaceAll(text, ",", " "), 2, turned)
}

func lists(text string, dimension int, turned bool) (at [][2]float64) {
	f := strings.Fields(text)
	if len(f) == 0 || len(f)%dimension != 0 || len(f) > maxNumbers {
		return nil
	}
	for i := 0; i < len(f); i += dimension {
		p := pair(f[i], f[i+1])
		if turned {
			p = pair(f[i+1], f[i])
		}
		if math.IsNaN(p[0]) {
			return nil
		}
		at = append(at, p)
	}
	return at
}

// pair makes longitude and latitude of two texts; NaN where they are none.
func pair(lat, long string) [2]float64 {
	y, errLat := strconv.ParseFloat(strings.TrimSpace(lat), 64)
	x, errLon := strconv.ParseFloat(strings.TrimSpace(long), 64)
	if errLat != nil || errLon != nil || !(math.Abs(y) <= 90) || !(math.Abs(x) <= 180) {
		return [2]float64{math.NaN(), math.NaN()}
	}
	return [2]float64{x, y}
}
