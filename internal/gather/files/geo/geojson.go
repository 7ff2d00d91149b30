package geo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"entente/internal/centre"
)

// GeoJSON reads a FeatureCollection, a Feature or a bare geometry, in UTF-8, and
// yields its features. bad is told of features that were left out, counted from
// 1. ErrNoMap where it is none of these; else an error of yield, or of r.
func GeoJSON(r io.Reader, yield func(Feature) error, bad func(n int, reason string)) error {
	d := json.NewDecoder(r)
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return noMap(err)
	}
	single := map[string]json.RawMessage{}
	found := false
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return noMap(err)
		}
		if key != "features" {
			var value json.RawMessage
			if err := d.Decode(&value); err != nil {
				return broken(err, found)
			}
			if len(single) < 100 {
				single[fmt.Sprint(key)] = value
			}
			continue
		}
		if t, err := d.Token(); err != nil || t != json.Delim('[') {
			return noMap(err)
		}
		for n := 1; d.More(); n++ {
			found = true
			var raw json.RawMessage
			if err := d.Decode(&raw); err != nil {
				return broken(err, found)
			}
			f, reason := feature(raw)
			if reason != "" {
				bad(n, reason)
				continue
			}
			if err := yield(f); err != nil {
				return err
			}
		}
		if _, err := d.Token(); err != nil {
			return broken(err, found)
		}
	}
	if _, err := d.Token(); err != nil {
		return broken(err, found)
	}
	var kind string
	if json.Unmarshal(single["type"], &kind) != nil {
		kind = ""
	}
	switch {
	case found || kind == "FeatureCollection":
		return nil
	case kind == "":
		return ErrNoMap
	}
	whole, err := json.Marshal(single)
	if err != nil {
		return ErrNoMap
	}
	if kind != "Feature" {
		if _, err := centre.ParseGeometry(whole); err != nil {
			return ErrNoMap
		}
		whole = fmt.Appendf(nil, `{"type":"Feature","geometry":%s}`, whole)
	}
	f, reason := feature(whole)
	if reason != "" {
		return ErrNoMap
	}
	return yield(f)
}

func noMap(err error) error {
	if err == nil || err == io.EOF || err == io.ErrUnexpectedEOF || isSyntax(err) {
		return ErrNoMap
	}
	return err
}

func isSyntax(err error) bool {
	_, ok := err.(*json.SyntaxError)
	return ok
}

// broken tells a file that is cut off after good features from one that is none.
func broken(err error, found bool) error {
	if found && (err == io.EOF || err == io.ErrUnexpectedEOF || isSyntax(err)) {
		return fmt.Errorf("it is cut off or no longer JSON in its middle; what came before was read")
	}
	return noMap(err)
}

// Names of members of properties that say what a feature is, the surest first.
var (
	nameKeys        = []string{"title", "name", "headline", "Name", "NAME", "Title", "label"}
	descriptionKeys = []string{"description", "desc", "text", "summary", "notes", "body", "Description", "comment"}
	urlKeys         = []string{"url", "link", "URL", "web"}
)

func feature(raw []byte) (f Feature, reason string) {
	if len(raw) > maxFeature {
		return f, "it is larger than 16 MB"
	}
	var j struct {
		Type       string          `json:"type"`
		ID         any             `json:"id"`
		Geometry   json.RawMessage `json:"geometry"`
		Properties json.RawMessage `json:"properties"`
	}
	if err := json.Unmarshal(raw, &j); err != nil || j.Type != "Feature" {
		return f, `it is no object with "type": "Feature"`
	}
	switch id := j.ID.(type) {
	case string:
		f.ID = id
	case float64:
		f.ID = strings.TrimSuffix(fmt.Sprintf("%.0f", id), ".0")
	}
	var err error
	if f.Geometry, err = centre.ParseGeometry(j.Geometry); err != nil {
		f.Problems = append(f.Problems, "The place of the feature cannot be taken: "+err.Error())
	}
	values := map[string]string{}
	for _, p := range members(j.Properties) {
		if _, twice := values[p.Name]; !twice {
			values[p.Name] = p.Value
		}
	}
	used := map[string]bool{}
	first := func(keys []string) string {
		for _, k := range keys {
			if values[k] != "" {
				used[k] = true
				return values[k]
			}
		}
		return ""
	}
	f.Name, f.Description, f.URL = first(nameKeys), first(descriptionKeys), first(urlKeys)
	for _, p := range members(j.Properties) {
		if !used[p.Name] {
			f.add(p.Name, p.Value)
		}
	}
	return f, ""
}

// members lists the members of an object in its order; inner objects and arrays
// as JSON text.
func members(raw []byte) []centre.Property {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil
	}
	var out []centre.Property
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return out
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return out
		}
		text := string(value)
		var s string
		switch {
		case text == "null":
			continue
		case json.Unmarshal(value, &s) == nil:
			text = s
		default:
			var b bytes.Buffer
			if json.Compact(&b, value) == nil {
				text = b.String()
			}
		}
		out = append(out, centre.Property{Name: fmt.Sprint(key), Value: text})
	}
	return out
}
