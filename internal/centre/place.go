package centre

import (
	"bytes"
	"encoding/json"
)

// Point is a position in WGS 84 (EPSG:4326), in degrees. The zero Point is
// unknown: 0,0 itself is only a point with Known set.
type Point struct {
	Lon   float64 // -180..180
	Lat   float64 // -90..90
	Known bool
}

// At makes a known point.
func At(lon, lat float64) Point { return Point{Lon: lon, Lat: lat, Known: true} }

// MarshalJSON gives null for an unknown point, which is never 0,0.
func (p Point) MarshalJSON() ([]byte, error) {
	if !p.Known {
		return []byte("null"), nil
	}
	return json.Marshal(pointJSON{p.Lon, p.Lat})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (p *Point) UnmarshalJSON(data []byte) error {
	*p = Point{}
	if bytes.Equal(data, []byte("null")) {
		return nil
	}
	var j pointJSON
	if err := json.Unmarshal(data, &j); err != nil {
		return err
	}
	*p = At(j.Lon, j.Lat)
	return nil
}

type pointJSON struct {
	Lon float64 `json:"lon"`
	Lat float64 `json:"lat"`
}

// PlaceClass is what kind of place it is, from the widest to the narrowest.
type PlaceClass string

const (
	PlaceRegion   PlaceClass = "region" // of several countries ("Middle East"): has no point
	PlaceCountry  PlaceClass = "country"
	PlaceAdmin1   PlaceClass = "admin1" // province, governorate
	PlaceAdmin2   PlaceClass = "admin2" // district
	PlaceCapital  PlaceClass = "capital"
	PlaceLocality PlaceClass = "locality" // city, town, village
	PlaceNatural  PlaceClass = "natural"  // river, sea, mountain
	PlaceFacility PlaceClass = "facility" // airport, base, border crossing
)

// Place is a named place of a gazetteer.
type Place struct {
	ID         string            `json:"id"` // gazetteer and its number: "entente:baghdad", "geonames:98182", "wof:890458485"
	Name       string            `json:"name"`
	Names      map[string]string `json:"names"` // by BCP 47 language; those of the four languages that are known
	Class      PlaceClass        `json:"class"`
	Country    string            `json:"country"` // ISO 3166-1 alpha-3; "" where none
	Admin1     string            `json:"admin1"`  // ISO 3166-2 where known ("IQ-BG"), else the gazetteer's code; "" where unknown
	Point      Point             `json:"point"`
	Radius     float64           `json:"radius_m"`   // uncertainty of Point in metres: how far from it the matter may be; 0 where there is no point
	Population int64             `json:"population"` // 0 where unknown
}
