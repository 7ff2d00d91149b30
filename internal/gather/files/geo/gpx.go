package geo

import (
	"encoding/xml"
	"io"
)

// GPX reads the waypoints, routes and tracks of a GPX file in UTF-8. bad is told
// of those that were left out, counted from 1. ErrNoMap where the root is not
// gpx; else an error of yield, or of r.
func GPX(r io.Reader, yield func(Feature) error, bad func(n int, reason string)) error {
	d := newDecoder(r)
	n, depth, isGPX := 0, 0, false
	for {
		token, err := d.Token()
		if err != nil {
			if !isGPX {
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
			if depth++; depth == 1 {
				if isGPX = t.Name.Local == "gpx"; !isGPX {
					return ErrNoMap
				}
				continue
			}
			kind := t.Name.Local
			if kind != "wpt" && kind != "rte" && kind != "trk" {
				if err := d.Skip(); err != nil {
					bad(n+1, "the file is cut off or no longer XML from here on")
					return nil
				}
				depth--
				continue
			}
			n++
			tree, err := subtree(d, t)
			depth--
			if err != nil {
				if err != errBig && !isXML(err) && err != io.EOF {
					return err
				}
				bad(n, "it is cut off, or larger than is taken")
				return nil
			}
			if err := yield(gpxFeature(tree)); err != nil {
				return err
			}
		case xml.EndElement:
			depth--
		}
	}
}

func gpxFeature(n *node) Feature {
	f := Feature{Name: n.value("name"), Description: n.value("desc")}
	if f.Description == "" {
		f.Description = n.value("cmt")
	}
	if link := n.child("link"); link != nil {
		f.URL = link.attrs["href"]
	}
	f.add("kind", map[string]string{"wpt": "waypoint", "rte": "route", "trk": "track"}[n.name])
	for _, key := range []string{"type", "sym", "src", "number", "ele", "time"} {
		f.add(key, n.value(key))
	}
	switch n.name {
	case "wpt":
		if p, ok := f.point(n); ok {
			f.place([]any{shape("Point", p)})
		}
	case "rte":
		f.place(f.track(n, "rtept", nil))
	case "trk":
		var times []string
		var parts []any
		for _, segment := range n.children {
			if segment.name == "trkseg" {
				parts = append(parts, f.track(segment, "trkpt", &times)...)
			}
		}
		if len(times) > 0 {
			f.add("when", times[0]+"/"+times[len(times)-1])
		}
		f.place(parts)
	}
	return f
}

// track gives the line of the points of an element; the times of the first and
// last are added to times.
func (f *Feature) track(n *node, point string, times *[]string) []any {
	var line []any
	for _, c := range n.children {
		if c.name != point {
			continue
		}
		if p, ok := f.point(c); ok {
			line = append(line, p)
			if at := c.value("time"); at != "" && times != nil {
				*times = append(*times, at)
			}
		}
	}
	switch len(line) {
	case 0:
		return nil
	case 1:
		return []any{shape("Point", line[0])}
	}
	return []any{shape("LineString", line)}
}

func (f *Feature) point(n *node) ([]float64, bool) {
	lon, ok1 := degrees(n.attrs["lon"])
	lat, ok2 := degrees(n.attrs["lat"])
	if !ok1 || !ok2 {
		f.fault()
		return nil, false
	}
	return []float64{lon, lat}, true
}
