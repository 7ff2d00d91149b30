package corpus

import (
	"encoding/xml"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Toponym is the name of a place that people marked.
type Toponym struct {
	Start, End int
	Lat, Lon   float64 // where Located
	Located    bool
	ID         string // "geonames:98182" where it has a number but no coordinates; else ""
}

// Article is a text with its toponyms.
type Article struct {
	Name     string
	Text     string
	Toponyms []Toponym
}

// Toponyms reads LGL, TR-News (Lieberman, Samet and Sankaranarayanan, 2010;
// Kamalloo and Rafiei, 2018) and GeoVirus (Gritta, Pilehvar and Collier, 2018).
// The last counts code points from 1.
func Toponyms(data fs.FS, name string) ([]Article, error) {
	raw, err := fs.ReadFile(data, name)
	if err != nil {
		return nil, err
	}
	type toponym struct {
		Start  int      `xml:"start"`
		End    int      `xml:"end"`
		Lat    *float64 `xml:"lat"`
		Lon    *float64 `xml:"lon"`
		Gaztag *struct {
			Lat *float64 `xml:"lat"`
			Lon *float64 `xml:"lon"`
		} `xml:"gaztag"`
	}
	var file struct {
		Articles []struct {
			ID        string    `xml:"docid,attr"`
			Text      string    `xml:"text"`
			Toponyms  []toponym `xml:"toponyms>toponym"`
			Locations []toponym `xml:"locations>location"`
		} `xml:"article"`
	}
	if err := xml.Unmarshal(raw, &file); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var all []Article
	for i, a := range file.Articles {
		one := Article{Name: a.ID, Text: a.Text}
		if one.Name == "" {
			one.Name = strconv.Itoa(i)
		}
		add := func(t toponym, first int) {
			lat, lon := t.Lat, t.Lon
			if t.Gaztag != nil {
				lat, lon = t.Gaztag.Lat, t.Gaztag.Lon
			}
			mark := Toponym{Start: t.Start - first, End: t.End - first}
			if lat != nil && lon != nil {
				mark.Lat, mark.Lon, mark.Located = *lat, *lon, true
			}
			one.Toponyms = append(one.Toponyms, mark)
		}
		for _, t := range a.Toponyms {
			add(t, 0)
		}
		for _, t := range a.Locations {
			add(t, 1)
		}
		all = append(all, one)
	}
	return all, nil
}

// Located gives the distinct toponyms whose coordinates are known, in order of
// the text; of those that overlap the first and longest.
func Located(marked []Toponym) (gold []Toponym) {
	for _, t := range marked {
		if t.Located {
			gold = append(gold, t)
		}
	}
	slices.SortStableFunc(gold, func(a, b Toponym) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	end := 0
	return slices.DeleteFunc(gold, func(t Toponym) bool {
		overlaps := t.Start < end
		end = max(end, t.End)
		return overlaps
	})
}

// GeoWebNews reads the folder of GeoWebNews (Gritta, Pilehvar and Collier,
// 2020): brat files whose notes give a GeoNames number or "lat, lon". What is
// no toponym by its scheme is left out.
func GeoWebNews(data fs.FS, folder string) ([]Article, error) {
	names, err := files(data, folder, ".ann")
	if err != nil {
		return nil, err
	}
	var all []Article
	for _, name := range names {
		b, err := readBrat(data, name)
		if err != nil {
			return nil, err
		}
		stem := strings.TrimSuffix(name, ".ann")
		text, err := fs.ReadFile(data, stem+".txt")
		if err != nil {
			return nil, err
		}
		one := Article{Name: path.Base(stem), Text: string(text)}
		for _, id := range b.order {
			mark := b.marks[id]
			switch mark.label {
			case "Non_Toponym", "Literal_Expression", "Non_Lit_Expression":
				continue
			}
			t := Toponym{Start: mark.spans[0].Start, End: mark.spans[len(mark.spans)-1].End}
			note := strings.TrimSpace(b.notes[id])
			if lat, lon, ok := strings.Cut(note, ","); ok {
				y, errLat := strconv.ParseFloat(strings.TrimSpace(lat), 64)
				x, errLon := strconv.ParseFloat(strings.TrimSpace(lon), 64)
				if errLat == nil && errLon == nil {
					t.Lat, t.Lon, t.Located = y, x, true
				}
			} else if _, err := strconv.Atoi(note); err == nil {
				t.ID = "geonames:" + note
			}
			one.Toponyms = append(one.Toponyms, t)
		}
		all = append(all, one)
	}
	return all, nil
}
