package centre

import (
	"encoding/json"
	"fmt"
	"math"
)

// Geometry is a GeoJSON geometry (RFC 7946 section 3.1) as text: WGS 84, degrees,
// longitude before latitude. "" is unknown. Make one with ParseGeometry or the
// makers below, which refuse what lies outside the world.
type Geometry string

// maxVertices bounds the geometry that one document may carry.
const maxVertices = 50_000

// ParseGeometry checks and compacts a GeoJSON geometry. The empty text and null
// are the unknown geometry.
func ParseGeometry(text []byte) (Geometry, error) {
	if len(text) == 0 || string(text) == "null" {
		return "", nil
	}
	n, err := readGeometry(text, 0)
	if err != nil {
		return "", err
	}
	out, err := json.Marshal(n)
	if err != nil {
		return "", fmt.Errorf("writing a geometry: %w", err)
	}
	return Geometry(out), nil
}

// geometryNode is a GeoJSON geometry object with the members that RFC 7946 gives it.
type geometryNode struct {
	Type        string          `json:"type"`
	Coordinates json.RawMessage `json:"coordinates,omitempty"`
	Geometries  []*geometryNode `json:"geometries,omitempty"`
	positions   [][2]float64
}

// depth of the arrays that hold a type's coordinates, a position counted as one.
var geometryDepth = map[string]int{
	"Point": 1, "MultiPoint": 2, "LineString": 2, "MultiLineString": 3, "Polygon": 3, "MultiPolygon": 4,
}

func readGeometry(text []byte, nested int) (*geometryNode, error) {
	var raw struct {
		Type        string            `json:"type"`
		Coordinates json.RawMessage   `json:"coordinates"`
		Geometries  []json.RawMessage `json:"geometries"`
	}
	if err := json.Unmarshal(text, &raw); err != nil {
		return nil, Invalid("The geometry is no GeoJSON object; give one as RFC 7946 describes.")
	}
	n := &geometryNode{Type: raw.Type}
	if raw.Type == "GeometryCollection" {
		if nested > 2 || len(raw.Geometries) == 0 {
			return nil, Invalid("The geometry collection is empty or nested too deep; give its parts one by one.")
		}
		for _, part := range raw.Geometries {
			child, err := readGeometry(part, nested+1)
			if err != nil {
				return nil, err
			}
			n.Geometries, n.positions = append(n.Geometries, child), append(n.positions, child.positions...)
			if len(n.positions) > maxVertices {
				return nil, tooManyVertices()
			}
		}
		return n, nil
	}
	depth := geometryDepth[raw.Type]
	if depth == 0 {
		return nil, Invalid("%q is no type of GeoJSON geometry; use Point, LineString, Polygon, their Multi forms or GeometryCollection.", raw.Type)
	}
	var tree any
	if err := json.Unmarshal(raw.Coordinates, &tree); err != nil {
		return nil, Invalid("The geometry has no coordinates; give them as longitude, latitude.")
	}
	if err := n.collect(tree, depth); err != nil {
		return nil, err
	}
	if len(n.positions) == 0 {
		return nil, Invalid("The geometry has no coordinates; give them as longitude, latitude.")
	}
	n.Coordinates = raw.Coordinates
	return n, nil
}

func tooManyVertices() error {
	return Invalid("The geometry has more than %d vertices; simplify it.", maxVertices)
}

func (n *geometryNode) collect(tree any, depth int) error {
	list, ok := tree.([]any)
	if !ok {
		return Invalid("The coordinates of the %s are not nested as RFC 7946 says.", n.Type)
	}
	if depth > 1 {
		for _, part := range list {
			if err := n.collect(part, depth-1); err != nil {
				return err
			}
		}
		return nil
	}
	if len(list) < 2 {
		return Invalid("A position of the %s has fewer than two numbers.", n.Type)
	}
	lon, okLon := list[0].(float64)
	lat, okLat := list[1].(float64)
	if !okLon || !okLat || !onEarth(lon, lat) {
		return Invalid("A position of the %s lies outside the world: longitude -180..180 comes first, then latitude -90..90.", n.Type)
	}
	if len(n.positions) >= maxVertices {
		return tooManyVertices()
	}
	n.positions = append(n.positions, [2]float64{lon, lat})
	return nil
}

func onEarth(lon, lat float64) bool {
	return math.Abs(lon) <= 180 && math.Abs(lat) <= 90 // false for NaN
}

// PointGeometry makes a point; unknown where p is, or lies outside the world.
func PointGeometry(p Point) Geometry {
	if !p.Known || !onEarth(p.Lon, p.Lat) {
		return ""
	}
	return Geometry(fmt.Sprintf(`{"type":"Point","coordinates":[%v,%v]}`, p.Lon, p.Lat))
}

// PolygonGeometry makes a polygon of one ring of longitude, latitude pairs; it
// closes the ring where it is open. Unknown where fewer than three differ or
// one lies outside the world.
func PolygonGeometry(ring [][2]float64) Geometry {
	if len(ring) == 0 {
		return ""
	}
	if ring[0] != ring[len(ring)-1] {
		ring = append(ring[:len(ring):len(ring)], ring[0])
	}
	if len(ring) < 4 {
		return ""
	}
	return makeGeometry("Polygon", [][][2]float64{ring})
}

// LineGeometry makes a line of longitude, latitude pairs. Unknown where there
// are fewer than two or one lies outside the world.
func LineGeometry(line [][2]float64) Geometry {
	if len(line) < 2 {
		return ""
	}
	return makeGeometry("LineString", line)
}

// BoxGeometry makes a polygon of a box: west, south, east, north.
func BoxGeometry(west, south, east, north float64) Geometry {
	return PolygonGeometry([][2]float64{{west, south}, {east, south}, {east, north}, {west, north}})
}

// CircleGeometry makes a polygon of 32 sides around a point, radius in metres.
// Unknown where the circle would hold a pole or cross the 180th meridian.
func CircleGeometry(p Point, radius float64) Geometry {
	if !p.Known || radius <= 0 {
		return PointGeometry(p)
	}
	const sides, earth = 32, 6371008.8
	ring := make([][2]float64, 0, sides+1)
	angle, lat0 := radius/earth, p.Lat*math.Pi/180
	for i := range sides { // anticlockwise, as RFC 7946 asks
		bearing := -2 * math.Pi * float64(i) / sides
		lat := math.Asin(math.Sin(lat0)*math.Cos(angle) + math.Cos(lat0)*math.Sin(angle)*math.Cos(bearing))
		lon := p.Lon*math.Pi/180 + math.Atan2(math.Sin(bearing)*math.Sin(angle)*math.Cos(lat0), math.Cos(angle)-math.Sin(lat0)*math.Sin(lat))
		ring = append(ring, [2]float64{round6(lon * 180 / math.Pi), round6(lat * 180 / math.Pi)})
	}
	return PolygonGeometry(ring)
}

func round6(x float64) float64 { return math.Round(x*1e6) / 1e6 }

func makeGeometry(kind string, coordinates any) Geometry {
	inner, err := json.Marshal(coordinates)
	if err != nil {
		return ""
	}
	g, err := ParseGeometry(fmt.Appendf(nil, `{"type":%q,"coordinates":%s}`, kind, inner))
	if err != nil {
		return ""
	}
	return g
}

// Point gives a point to stand for g: the point itself, or the middle of the
// box around it (of the shorter way round the globe); unknown where g is.
func (g Geometry) Point() Point {
	if g == "" {
		return Point{}
	}
	n, err := readGeometry([]byte(g), 0)
	if err != nil {
		return Point{}
	}
	west, south, east, north := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	west360, east360 := math.Inf(1), math.Inf(-1) // counted 0..360
	for _, p := range n.positions {
		west, east = min(west, p[0]), max(east, p[0])
		south, north = min(south, p[1]), max(north, p[1])
		x := math.Mod(p[0]+360, 360)
		west360, east360 = min(west360, x), max(east360, x)
	}
	lon := (west + east) / 2
	if east360-west360 < east-west {
		if lon = (west360 + east360) / 2; lon > 180 {
			lon -= 360
		}
	}
	return At(lon, (south+north)/2)
}
