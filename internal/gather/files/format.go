package files

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"entente/internal/gather"
)

// byEnding names the formats that Parse reads itself.
var byEnding = map[string]string{
	".txt": "text", ".text": "text", ".md": "text",
	".html": "html", ".htm": "html", ".xhtml": "html",
	".eml": "mail", ".csv": "csv", ".tsv": "csv", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl",
	".xlsx": "xlsx", ".zip": "zip", ".tar": "tar", ".tgz": "gzip", ".gz": "gzip",
	".pdf": "pdf", ".docx": "office", ".odt": "office",
	".kml": "kml", ".kmz": "kmz", ".geojson": "geojson", ".gpx": "gpx",
}

// Formats lists the endings of files that Parse reads without readers.
func Formats() []string {
	endings := make([]string, 0, len(byEnding))
	for e := range byEnding {
		endings = append(endings, e)
	}
	slices.Sort(endings)
	return endings
}

// Readable reports whether the ending of a name is one that Parse reads.
func Readable(name string) bool { return byEnding[strings.ToLower(path.Ext(name))] != "" }

// headSize is how much of a file is looked at to know its format.
const headSize = 64 << 10

// formatOf tells a file's format by its ending, and by its first bytes where it
// has none that is known; "" for one that this package does not read.
func formatOf(name string, head []byte) string {
	format := byEnding[strings.ToLower(path.Ext(name))]
	switch {
	case format == "json" && isGeoJSON(head):
		return "geojson"
	case format != "":
		return format
	}
	start := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	lower := bytes.ToLower(start[:min(len(start), 1024)])
	switch {
	case bytes.HasPrefix(start, []byte("%PDF-")):
		return "pdf"
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return zipFormat(head)
	case bytes.HasPrefix(head, []byte("\x1f\x8b\x08")):
		return "gzip"
	case len(head) > 262 && string(head[257:262]) == "ustar":
		return "tar"
	case bytes.HasPrefix(start, []byte("<")) && bytes.Contains(lower, []byte("<kml")):
		return "kml"
	case bytes.HasPrefix(start, []byte("<")) && bytes.Contains(lower, []byte("<gpx")):
		return "gpx"
	case bytes.HasPrefix(lower, []byte("<!doctype html")), bytes.HasPrefix(lower, []byte("<html")):
		return "html"
	case isGeoJSON(head):
		return "geojson"
	}
	return ""
}

// zipFormat tells what a zip archive is by the names that stand in its beginning.
func zipFormat(head []byte) string {
	switch {
	case bytes.Contains(head, []byte("mimetypeapplication/vnd.oasis.opendocument.text")), bytes.Contains(head, []byte("word/")):
		return "office"
	case bytes.Contains(head, []byte("xl/")) && bytes.Contains(head, []byte("[Content_Types].xml")):
		return "xlsx"
	case bytes.Contains(head, []byte("doc.kml")):
		return "kmz"
	}
	return "zip"
}

// isGeoJSON knows the members that RFC 7946 asks for.
func isGeoJSON(head []byte) bool {
	start := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	if !bytes.HasPrefix(start, []byte("{")) {
		return false
	}
	squeezed := bytes.Join(bytes.Fields(start[:min(len(start), 8192)]), nil)
	if bytes.Contains(squeezed, []byte(`"type":"FeatureCollection"`)) {
		return true
	}
	return bytes.Contains(squeezed, []byte(`"type":"Feature"`)) && bytes.Contains(squeezed, []byte(`"geometry"`))
}

// Sureness of gather.Recognised from which a reader takes a file: one whose
// format Parse reads itself only where the reader knows it for a special one of
// its own, such as an event database in CSV.
const (
	sureOfOwn     = 0.9
	sureOfForeign = 0.5
)

// readerOf gives who reads a file; nil where this package does.
func readerOf(readers []gather.Reader, name string, head []byte, format string) gather.Reader {
	others := make([]gather.Reader, 0, len(readers))
	for _, r := range readers {
		if r.Kind() != Kind { // which would ask itself without end
			others = append(others, r)
		}
	}
	reader, sure := gather.Recognised(others, name, "", head)
	if sure >= sureOfOwn || format == "" && sure >= sureOfForeign {
		return reader
	}
	return nil
}
