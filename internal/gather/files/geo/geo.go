package geo

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"entente/internal/centre"
)

// Feature is one thing on a map. Texts are as the file has them, perhaps HTML.
type Feature struct {
	ID          string // the file's own; "" for none
	Name        string
	Description string
	URL         string
	Geometry    centre.Geometry // "" where there is none
	Properties  []centre.Property
	Problems    []string // sentences
}

// ErrNoMap: the file is of another kind than its reader.
var ErrNoMap = errors.New("no map of this kind")

// Limits.
const (
	maxProperties = 300
	maxValue      = 20_000 // bytes of a property
	maxFeature    = 16 << 20
	maxDepth      = 100
)

func (f *Feature) add(name, value string) {
	value = strings.TrimSpace(value)
	if name == "" || value == "" || len(f.Properties) >= maxProperties {
		return
	}
	if len(value) > maxValue {
		value = strings.ToValidUTF8(value[:maxValue], "") + "…"
	}
	f.Properties = append(f.Properties, centre.Property{Name: name, Value: value})
}

// place sets the geometry from its parts, of which there may be several.
func (f *Feature) place(parts []any) {
	var whole any
	switch len(parts) {
	case 0:
		return
	case 1:
		whole = parts[0]
	default:
		whole = map[string]any{"type": "GeometryCollection", "geometries": parts}
		if kind, coordinates, ok := alike(parts); ok {
			whole = shape("Multi"+kind, coordinates)
		}
	}
	text, err := json.Marshal(whole)
	if err == nil {
		f.Geometry, err = centre.ParseGeometry(text)
	}
	if err != nil {
		f.Problems = append(f.Problems, "The place of the feature cannot be taken: "+err.Error())
	}
}

// alike gives the coordinates of parts that are all of one type.
func alike(parts []any) (kind string, coordinates []any, ok bool) {
	for _, p := range parts {
		m, isShape := p.(map[string]any)
		if !isShape {
			return "", nil, false
		}
		k, _ := m["type"].(string)
		if kind != "" && k != kind || strings.HasPrefix(k, "Multi") {
			return "", nil, false
		}
		kind = k
		coordinates = append(coordinates, m["coordinates"])
	}
	return kind, coordinates, true
}

func shape(kind string, coordinates any) map[string]any {
	return map[string]any{"type": kind, "coordinates": coordinates}
}

// degrees reads a number of degrees; not ok for what is none.
func degrees(text string) (float64, bool) {
	n, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	return n, err == nil && n == n && n > -1000 && n < 1000
}
