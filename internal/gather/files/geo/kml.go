package geo

import (
	"encoding/xml"
	"io"
	"strings"
)

// KML reads the placemarks of a KML file in UTF-8. bad is told of those that
// were left out, counted from 1. ErrNoMap where the root is not kml; else an
// error of yield, or of r.
func KML(r io.Reader, yield func(Feature) error, bad func(n int, reason string)) error {
	d := newDecoder(r)
	var folders []*folder // that are open
	var path []string     // names of open elements
	n, isKML := 0, false
	for {
		token, err := d.Token()
		if err != nil {
			if !isKML {
				return ErrNoMap
			}
			if err != io.EOF && !isXML(err) {
				return err
			}
			if err != io.EOF {
				bad(n+1, "the file is cut off or no longer XML from here on")
			}
			return nil
		}
		switch t := token.(type) {
		case xml.StartElement:
			name := t.Name.Local
			if len(path) == 0 && !isKML {
				if isKML = strings.EqualFold(name, "kml") || name == "Document" || name == "Folder" || name == "Placemark"; !isKML {
					return ErrNoMap
				}
			}
			switch name {
			case "Placemark":
				n++
				tree, err := subtree(d, t)
				if err != nil {
					if err != errBig && !isXML(err) && err != io.EOF {
						return err
					}
					bad(n, "it is cut off, or larger than is taken")
					if err == errBig {
						return nil
					}
					continue
				}
				if err := yield(placemark(tree, folders)); err != nil {
					return err
				}
				continue
			case "Document", "Folder":
				folders = append(folders, &folder{})
			}
			if path = append(path, name); len(path) > maxDepth {
				bad(n+1, "the file is nested too deep from here on")
				return nil
			}
		case xml.EndElement:
			if k := len(path) - 1; k >= 0 {
				if (path[k] == "Document" || path[k] == "Folder") && len(folders) > 0 {
					folders = folders[:len(folders)-1]
				}
				path = path[:k]
			}
		case xml.CharData:
			if k := len(path); k > 1 && path[k-1] == "name" && len(folders) > 0 && (path[k-2] == "Document" || path[k-2] == "Folder") {
				folders[len(folders)-1].name += string(t)
			}
		}
	}
}

type folder struct{ name string }

func isXML(err error) bool {
	_, ok := err.(*xml.SyntaxError)
	return ok || err == io.ErrUnexpectedEOF
}

func placemark(n *node, folders []*folder) Feature {
	f := Feature{ID: n.attrs["id"], Name: n.value("name"), Description: n.value("description")}
	if f.Description == "" {
		f.Description = n.value("Snippet")
	}
	if link := n.child("link"); link != nil {
		f.URL = link.attrs["href"]
	}
	var names []string
	for _, folder := range folders {
		if name := strings.TrimSpace(folder.name); name != "" {
			names = append(names, name)
		}
	}
	f.add("folder", strings.Join(names, " / "))
	f.add("when", n.child("TimeStamp").value("when"))
	if span := n.child("TimeSpan"); span != nil {
		f.add("when", span.value("begin")+"/"+span.value("end"))
	}
	f.add("address", n.value("address"))
	f.add("phone", n.value("phoneNumber"))
	if extended := n.child("ExtendedData"); extended != nil {
		for _, c := range extended.children {
			switch c.name {
			case "Data":
				f.add(c.attrs["name"], c.value("value"))
			case "SchemaData":
				for _, s := range c.children {
					f.add(s.attrs["name"], s.text)
				}
			}
		}
	}
	f.place(f.kmlShapes(n, 0))
	return f
}

// kmlShapes gives the geometries that lie directly in an element.
func (f *Feature) kmlShapes(n *node, depth int) []any {
	var out []any
	if depth > 3 {
		return nil
	}
	for _, c := range n.children {
		switch c.name {
		case "Point":
			if p := f.positions(c.value("coordinates")); len(p) > 0 {
				out = append(out, shape("Point", p[0]))
			}
		case "LineString":
			if p := f.positions(c.value("coordinates")); len(p) > 1 {
				out = append(out, shape("LineString", p))
			}
		case "LinearRing":
			if p := closed(f.positions(c.value("coordinates"))); len(p) > 3 {
				out = append(out, shape("Polygon", []any{p}))
			}
		case "Polygon":
			var rings []any
			for _, b := range c.children {
				if b.name != "outerBoundaryIs" && b.name != "innerBoundaryIs" {
					continue
				}
				for _, ring := range b.children { // several holes in one innerBoundaryIs are common
					if p := closed(f.positions(ring.value("coordinates"))); len(p) > 3 {
						rings = append(rings, p)
					}
				}
			}
			if len(rings) > 0 {
				out = append(out, shape("Polygon", rings))
			}
		case "MultiGeometry", "MultiTrack":
			out = append(out, f.kmlShapes(c, depth+1)...)
		case "Track":
			var line []any
			for _, at := range c.children {
				if at.name == "coord" {
					line = append(line, f.positions(strings.Join(strings.Fields(at.text), ","))...)
				}
			}
			if whens := c.all("when"); len(whens) > 0 {
				f.add("when", whens[0]+"/"+whens[len(whens)-1])
			}
			if len(line) > 1 {
				out = append(out, shape("LineString", line))
			} else if len(line) == 1 {
				out = append(out, shape("Point", line[0]))
			}
		case "Model":
			at := c.child("Location")
			if p := f.positions(at.value("longitude") + "," + at.value("latitude")); len(p) > 0 {
				out = append(out, shape("Point", p[0]))
			}
		}
	}
	return out
}

func (n *node) all(name string) []string {
	var out []string
	for _, c := range n.children {
		if c.name == name {
			out = append(out, strings.TrimSpace(c.text))
		}
	}
	return out
}

// positions reads tuples "lon,lat[,height]" with blanks between them.
func (f *Feature) positions(text string) []any {
	var out []any
	for tuple := range strings.FieldsSeq(text) {
		parts := strings.Split(tuple, ",")
		if len(parts) < 2 {
			f.fault()
			continue
		}
		lon, ok1 := degrees(parts[0])
		lat, ok2 := degrees(parts[1])
		if !ok1 || !ok2 {
			f.fault()
			continue
		}
		out = append(out, []float64{lon, lat})
	}
	return out
}

func (f *Feature) fault() {
	const sentence = "Some coordinates of the feature cannot be read and were left out."
	if len(f.Problems) == 0 {
		f.Problems = append(f.Problems, sentence)
	}
}

func closed(ring []any) []any {
	if len(ring) < 3 {
		return ring
	}
	first, last := ring[0].([]float64), ring[len(ring)-1].([]float64)
	if first[0] != last[0] || first[1] != last[1] {
		ring = append(ring, ring[0])
	}
	return ring
}
