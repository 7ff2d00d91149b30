package sqlstore

import (
	"context"
	"database/sql"
	"math"

	"github.com/golang/geo/r1"
	"github.com/golang/geo/s1"
	"github.com/golang/geo/s2"

	"entente/internal/centre"
	"entente/internal/query"
)

// area is a part of the earth: cells that cover it, and the exact test, which is
// that of package query, so that standing queries and searches agree.
type area struct {
	cells s2.CellUnion // of the levels that reports have keys for (keyLevel)
	holds func(centre.Point) bool
}

// Keys are made of cells at these levels: from some 3,000 km across to some 8.
const (
	keyLevelMin  = 2
	keyLevelMax  = 10
	keyLevelStep = 2
	maxCells     = 24
)

func cover(r s2.Region) s2.CellUnion {
	c := s2.RegionCoverer{MinLevel: keyLevelMin, MaxLevel: keyLevelMax, LevelMod: keyLevelStep, MaxCells: maxCells}
	return c.Covering(r)
}

func areaNear(n query.Near) area {
	if !sound(n.Point) || !(n.Metres >= 0) {
		return area{holds: func(centre.Point) bool { return false }}
	}
	middle := s2.LatLngFromDegrees(n.Point.Lat, n.Point.Lon)
	const margin = 1e-9 // of rounding, in radians: some millimetres
	angle := s1.Angle(min(n.Metres/query.EarthRadius+margin, math.Pi))
	return area{
		cells: cover(s2.CapFromCenterAngle(s2.PointFromLatLng(middle), angle)),
		holds: func(p centre.Point) bool { return query.Distance(p, n.Point) <= n.Metres },
	}
}

func areaBox(b query.Box) area {
	nothing := area{holds: func(centre.Point) bool { return false }}
	if !(b.South <= b.North) || !(math.Abs(b.West) <= 360) || !(math.Abs(b.East) <= 360) {
		return nothing
	}
	rad := func(deg float64) float64 { return deg * math.Pi / 180 }
	const margin = 1e-9
	rect := s2.Rect{
		Lat: r1.Interval{Lo: max(rad(b.South)-margin, -math.Pi/2), Hi: min(rad(b.North)+margin, math.Pi/2)},
		Lng: s1.FullInterval(),
	}
	if b.West > b.East || b.East-b.West < 359 {
		east := wrap(rad(b.East))
		if east == -math.Pi && b.West > b.East {
			east = math.Pi // else S2 takes it for the empty interval
		}
		rect.Lng = s1.IntervalFromEndpoints(wrap(rad(b.West)), east).Expanded(margin)
	}
	if rect.Lat.Lo > rect.Lat.Hi {
		return nothing
	}
	return area{
		cells: cover(rect),
		holds: b.Contains,
	}
}

// wrap brings a longitude in radians into [-pi, pi].
func wrap(lng float64) float64 {
	if lng < -math.Pi || lng > math.Pi {
		return math.Remainder(lng, 2*math.Pi)
	}
	return lng
}

// placesIn gives the numbers of the places that lie in an area.
func placesIn(ctx context.Context, q querier, a area) ([]int64, error) {
	nos := []int64{}
	if len(a.cells) == 0 {
		return nos, nil
	}
	rows, err := q.QueryContext(ctx, "SELECT no, lon, lat FROM place WHERE "+cellRanges(a.cells))
	err = each(rows, err, func(rows *sql.Rows) error {
		var no int64
		p := centre.Point{Known: true}
		err := rows.Scan(&no, &p.Lon, &p.Lat)
		if err == nil && a.holds(p) {
			nos = append(nos, no)
		}
		return err
	})
	return nos, err
}

// named is what a node of a query that names places stands for.
type named struct {
	nos  []int64  // numbers of the places
	keys []string // of which every report that names one of them has one; nil where too many
	sure bool     // no other report has one of the keys
}

// namedBy reads the places that a node means and chooses the keys to look for:
// the places themselves where they are few, else the cells or the country that
// they lie in.
func namedBy(ctx context.Context, q querier, node query.Node) (n named, err error) {
	var keys []string
	switch node := node.(type) {
	case query.Near:
		a := areaNear(node)
		n.nos, err = placesIn(ctx, q, a)
		keys = cellKeys(a.cells)
	case query.Box:
		a := areaBox(node)
		n.nos, err = placesIn(ctx, q, a)
		keys = cellKeys(a.cells)
	case query.Place:
		n.nos, err = placesNamed(ctx, q, node)
		if node.Country != "" && len(node.IDs) == 0 {
			keys = []string{countryKey(node.Country)}
		}
	}
	switch {
	case len(n.nos) == 0:
	case len(n.nos) <= maxKeys:
		n.sure = true
		for _, no := range n.nos {
			n.keys = append(n.keys, placeKey(no))
		}
	case len(keys) <= maxKeys:
		n.keys = keys
	}
	return n, err
}

func cellKeys(cells s2.CellUnion) []string {
	keys := make([]string, len(cells))
	for i, c := range cells {
		keys[i] = cellKey(c)
	}
	return keys
}
