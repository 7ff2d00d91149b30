package main

import (
	"io/fs"

	"entente/cmd/evaluate/corpus"
	"entente/internal/centre"
	"entente/internal/gazetteer"
	"entente/internal/process/place"
)

// places trains the choice among places of one name on LGL and GeoVirus, with
// the gazetteer of the program alone.
func places(data fs.FS) ([]byte, int, error) {
	g, err := gazetteer.Embedded()
	if err != nil {
		return nil, 0, err
	}
	var all []place.Example
	n := 0
	for _, file := range []string{"geoparsing/lgl.xml", "geoparsing/geovirus.xml"} {
		articles, err := corpus.Toponyms(data, file)
		if err != nil {
			return nil, 0, err
		}
		for _, a := range articles {
			e := place.Example{Text: a.Text, Language: "en"}
			for _, t := range corpus.Located(a.Toponyms) {
				e.Spans = append(e.Spans, place.Span{Start: t.Start, End: t.End})
				e.At = append(e.At, centre.At(t.Lon, t.Lat))
				n++
			}
			all = append(all, e)
		}
	}
	w, err := place.Train(g, all)
	return []byte(w.String()), n, err
}
