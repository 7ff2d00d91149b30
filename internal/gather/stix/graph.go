package stix

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"entente/internal/centre"
	"entente/internal/gather"
)

// graph is the objects of one reading, by which they are understood together.
type graph struct {
	objects   []*object               // oldest modified first
	byID      map[string]*object      // the newest of each
	relations map[string][]*object    // by either end
	used      map[string]bool         // ids whose words stand in a document
	lookUp    func(id string) *object // asks the server; nil where there is none
	problems  []string
}

// resolved are the types that are there to be referred to.
var resolved = map[string]bool{"identity": true, "location": true, "relationship": true, "marking-definition": true}

// newGraph reads objects; what cannot be read is named in problems.
func newGraph(raws []json.RawMessage, lookUp func(string) *object) *graph {
	g := &graph{byID: map[string]*object{}, relations: map[string][]*object{}, used: map[string]bool{}, lookUp: lookUp}
	type version struct{ id, modified string }
	seen := map[version]bool{}
	for i, raw := range raws {
		o, err := readObject(raw)
		if err != nil {
			g.problems = append(g.problems, fmt.Sprintf("Object %d %s; it was left out. Tell the owner of the source.", i+1, err))
			continue
		}
		v := version{o.id, o.text("modified")}
		if seen[v] && v.modified != "" {
			continue // STIX: one id and modified is one version
		}
		seen[v] = true
		g.objects = append(g.objects, o)
	}
	slices.SortStableFunc(g.objects, func(a, b *object) int { return a.modified.Compare(b.modified) })
	for _, o := range g.objects {
		g.byID[o.id] = o
	}
	for _, o := range g.byID {
		if o.kind == "relationship" {
			for _, end := range []string{o.text("source_ref"), o.text("target_ref")} {
				g.relations[end] = append(g.relations[end], o)
			}
		}
	}
	for _, list := range g.relations {
		slices.SortFunc(list, func(a, b *object) int { return strings.Compare(a.id, b.id) })
	}
	return g
}

// object finds an object by its id; with ask it is looked for at the server too.
func (g *graph) object(id string, ask bool) *object {
	if o, ok := g.byID[id]; ok || !ask || g.lookUp == nil || !anID.MatchString(id) {
		return o
	}
	o := g.lookUp(id)
	g.byID[id] = o
	return o
}

// name is what a person calls an object: "Baghdad (location)".
func name(o *object) string {
	text := o.line("name")
	if text == "" && o.kind == "location" {
		var parts []string
		for _, key := range []string{"street_address", "city", "administrative_area", "region", "country"} {
			if part := o.line(key); part != "" {
				parts = append(parts, part)
			}
		}
		text = strings.Join(parts, ", ")
	}
	for _, key := range []string{"abstract", "value", "path", "subject", "display_name", "user_id", "pattern"} {
		if text != "" {
			break
		}
		text = o.line(key)
	}
	return gather.PlainLine(text)
}

// refer puts a reference into words. An object that is marked stricter than what
// refers to it keeps its name to itself: its id stands there.
func (g *graph) refer(s *said, id string) string {
	o := g.object(id, false)
	if o == nil {
		return gather.PlainLine(id)
	}
	text, of := name(o), g.markings(o).restriction
	if text == "" || of.OriginatorOnly && !s.restriction.OriginatorOnly || of.TLP > max(s.restriction.TLP, centre.TLPClear) {
		return o.id
	}
	g.used[o.id] = true
	return text + " (" + o.kind + ")"
}

// locate is refer for a location, whose words and coordinates are worth being
// marked as strictly as it is.
func (g *graph) locate(s *said, id string, where *place) string {
	if o := g.object(id, true); o != nil && o.kind == "location" {
		g.inherit(s, o)
		if problem := where.add(o); problem != "" {
			s.problems = append(s.problems, problem)
		}
	}
	return g.refer(s, id)
}

// inherit narrows a document by the markings of an object whose words it uses.
func (g *graph) inherit(s *said, o *object) {
	of := g.markings(o)
	s.restriction = s.restriction.And(of.restriction)
	s.problems = append(s.problems, of.problems...)
}

// complete lists the properties that a document tells which refers to an object
// of a resolved type; an object with others is kept beside it.
var complete = []string{
	"type", "spec_version", "id", "created", "modified", "created_by_ref", "name", "identity_class", "object_marking_refs", "lang",
	"latitude", "longitude", "precision", "country", "region", "administrative_area", "city", "street_address",
	"relationship_type", "source_ref", "target_ref",
}

// told reports whether documents tell all that an object says.
func (g *graph) told(o *object) bool {
	if !resolved[o.kind] {
		return false
	}
	if _, known := definitions[o.id]; known {
		return true
	}
	if !g.used[o.id] || g.byID[o.id] != o {
		return false
	}
	return o.kind == "marking-definition" || !slices.ContainsFunc(o.keys, func(key string) bool { return !slices.Contains(complete, key) })
}

// place gathers where a document's matter lies.
type place struct {
	parts  []centre.Geometry
	points []centre.Point
}

// add takes the coordinates of a location (section 4.13); precision is the
// radius in metres within which the place truly lies.
func (p *place) add(o *object) (problem string) {
	lat, hasLat := o.number("latitude")
	lon, hasLon := o.number("longitude")
	if !hasLat && !hasLon {
		return ""
	}
	point := centre.At(lon, lat)
	area := centre.PointGeometry(point)
	if !hasLat || !hasLon || area == "" {
		return "The location " + o.id + " has coordinates that lie outside the world or of which one is missing; its place is unknown."
	}
	if radius, ok := o.number("precision"); ok && radius > 0 {
		if circle := centre.CircleGeometry(point, radius); circle != "" {
			area = circle
		}
	}
	p.parts, p.points = append(p.parts, area), append(p.points, point)
	return ""
}

// put gives a document its geometry; of several places all are kept.
func (p *place) put(d *centre.Document) {
	switch len(p.parts) {
	case 0:
		return
	case 1:
		d.Point, d.Geometry = p.points[0], p.parts[0]
		return
	}
	parts := make([]json.RawMessage, len(p.parts))
	for i, part := range p.parts {
		parts[i] = json.RawMessage(part)
	}
	text, err := json.Marshal(map[string]any{"type": "GeometryCollection", "geometries": parts})
	if err != nil {
		return
	}
	if all, err := centre.ParseGeometry(text); err == nil {
		d.Geometry = all
	}
}
