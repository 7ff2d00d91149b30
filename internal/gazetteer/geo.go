package gazetteer

import (
	"math"

	"entente/internal/centre"
)

// radiusOf is how far from its point the matter of a place may be, in metres.
func radiusOf(class centre.PlaceClass, population int64) uint32 {
	switch class {
	case centre.PlaceAdmin1:
		return 100_000
	case centre.PlaceAdmin2:
		return 40_000
	case centre.PlaceCapital, centre.PlaceLocality:
		switch {
		case population >= 1_000_000:
			return 15_000
		case population >= 100_000:
			return 10_000
		}
		return 5_000
	case centre.PlaceNatural:
		return 50_000
	case centre.PlaceFacility:
		return 3_000
	}
	return 0
}

// kilometres is the great-circle distance of two points.
func kilometres(a, b centre.Point) float64 {
	const degree = math.Pi / 180
	lat := math.Sin((b.Lat - a.Lat) * degree / 2)
	lon := math.Sin((b.Lon - a.Lon) * degree / 2)
	h := lat*lat + math.Cos(a.Lat*degree)*math.Cos(b.Lat*degree)*lon*lon
	return 2 * 6371 * math.Asin(math.Min(1, math.Sqrt(h)))
}
