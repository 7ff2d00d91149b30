package files

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"path"
	"regexp"
	"strings"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/files/geo"
)

// mapReader is geo.GeoJSON, geo.KML or geo.GPX.
type mapReader func(r io.Reader, yield func(geo.Feature) error, bad func(n int, reason string)) error

// features reads a map, each feature a document.
func (p *parser) features(name string, r io.Reader, read mapReader) error {
	body, _, err := utf8Reader(r)
	if err != nil {
		return err
	}
	taken := 0
	err = read(body, func(f geo.Feature) error {
		if err := p.ctx.Err(); err != nil {
			return err
		}
		taken++
		err := p.feature(name, f)
		if err == nil || fatal(err) != nil {
			return err
		}
		p.refuse(name, taken, err.Error())
		return nil
	}, func(n int, reason string) { p.refuse(name, n, reason) })
	switch {
	case errors.Is(err, geo.ErrNoMap):
		return centre.Invalid("it is no map that can be read, as its name says it were")
	case err != nil && fatal(err) == nil:
		return unreadable(err)
	case err == nil && taken == 0 && p.report.Bad == 0:
		return centre.Invalid("it holds no places")
	}
	return err
}

// inlineTag tells HTML that has no blocks, which descriptions on maps often are
// (OGC 12-007r2, clause 9.1.3.10).
var inlineTag = regexp.MustCompile(`(?i)<(b|i|u|em|strong|font|small|big|sub|sup|center)(?:\s[^<>]*)?>[^<]*</`)

// feature makes a document of a feature. One without a name and a description
// shows what else the map states of it. Its own times are told as properties:
// they are of the thing on the map, not of a publication.
func (p *parser) feature(name string, f geo.Feature) error {
	doc := centre.Document{
		ExternalID: name + "#" + featureID(f), Title: gather.PlainLine(f.Name), Body: f.Description,
		MediaType: "text/plain", Geometry: f.Geometry, Problems: f.Problems,
	}
	if blockTag.MatchString(f.Description) || inlineTag.MatchString(f.Description) {
		doc.MediaType, doc.Body = "text/html", gather.CleanHTML(f.Description)
	}
	if isURL(f.URL) {
		doc.URL = f.URL
	}
	var lines []string
	for _, property := range f.Properties {
		clean := centre.Property{Name: gather.PlainLine(property.Name), Value: strings.TrimSpace(gather.CleanText(property.Value))}
		if clean.Name != "" && clean.Value != "" {
			doc.Properties = append(doc.Properties, clean)
			lines = append(lines, clean.Name+": "+clean.Value)
		}
	}
	if doc.Title == "" && strings.TrimSpace(doc.Body) == "" {
		if len(lines) == 0 {
			return centre.Invalid("it has neither a name nor a description nor properties")
		}
		doc.Body = strings.Join(lines, "\n")
	}
	return p.take(doc)
}

// featureID names a feature within its file, the same at each reading: by its
// own id or by its content.
func featureID(f geo.Feature) string {
	if id := plainLine(f.ID); id != "" && len(id) < 400 {
		return id
	}
	h := sha256.New()
	for _, s := range []string{f.Name, f.Description, string(f.Geometry)} {
		io.WriteString(h, s+"\x00")
	}
	for _, property := range f.Properties {
		io.WriteString(h, property.Name+"\x01"+property.Value+"\x00")
	}
	return "feature-" + hex.EncodeToString(h.Sum(nil)[:12])
}

// kmz reads the KML of a KMZ: doc.kml, or the first there is (OGC 12-007r2,
// clause 8).
func (p *parser) kmz(name string, r io.Reader, size int64) error {
	body, size, err := readerAt(r, size, maxPacked)
	if err != nil {
		return err
	}
	packed, err := zip.NewReader(body, size)
	if err != nil || len(packed.File) > maxEntries {
		return centre.Invalid("it is no KMZ archive that can be read; it may be cut off")
	}
	var found *zip.File
	for _, f := range packed.File {
		if strings.ToLower(path.Ext(f.Name)) == ".kml" && (found == nil || path.Base(f.Name) == "doc.kml") {
			found = f
		}
	}
	if found == nil {
		return centre.Invalid("it holds no KML file")
	}
	inner, err := found.Open()
	if err != nil {
		return centre.Invalid("its KML file is folded in a way that cannot be read")
	}
	defer inner.Close()
	total := &budget{left: maxTotal}
	return p.features(name, &interruptible{p.ctx, newUnfolding(inner, total, found)}, geo.KML)
}
