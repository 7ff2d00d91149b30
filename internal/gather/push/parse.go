package push

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
)

// Limits of one delivery.
const (
	MaxBytes     = centre.MaxBody + 1<<20
	MaxDocuments = 1000
)

// Parsed is one document of a delivery: the document, or why it is refused.
type Parsed struct {
	Document centre.Document
	Refused  string // a sentence; "" where Document is good
}

// item is a document as it is sent.
type item struct {
	ID         string             `json:"id"`
	URL        string             `json:"url"`
	Title      string             `json:"title"`
	Author     string             `json:"author"`
	Text       string             `json:"text"`
	HTML       string             `json:"html"`
	Language   string             `json:"language"`
	Published  string             `json:"published"`
	Updated    string             `json:"updated"`
	Geometry   json.RawMessage    `json:"geometry"`
	Lon        *float64           `json:"lon"`
	Lat        *float64           `json:"lat"`
	TLP        string             `json:"tlp"`
	Marking    string             `json:"marking"`
	PartOf     string             `json:"part_of"`
	Replaces   []string           `json:"replaces"`
	Withdrawn  string             `json:"withdrawn"`
	Embargo    string             `json:"embargo"`
	Enclosures []centre.Enclosure `json:"enclosures"`
	Properties map[string]any     `json:"properties"`
}

// fields are the names that a document may have.
var fields = []string{"id", "url", "title", "author", "text", "html", "language", "published", "updated", "geometry", "lon", "lat",
	"tlp", "marking", "part_of", "replaces", "withdrawn", "embargo", "enclosures", "properties"}

// Parse reads a delivery of at most MaxBytes and MaxDocuments. It is refused as
// a whole only where it is no JSON at all or too large.
func Parse(r io.Reader, s centre.Source, now time.Time) ([]Parsed, error) {
	body, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, err
	}
	if len(body) > MaxBytes {
		return nil, centre.Invalid("The delivery has more than %d bytes; send it in smaller ones.", MaxBytes)
	}
	raws, err := split(body)
	if err != nil {
		return nil, err
	}
	if len(raws) > MaxDocuments {
		return nil, centre.Invalid("The delivery has %d documents and at most %d are taken at once; send it in smaller ones.", len(raws), MaxDocuments)
	}
	out := make([]Parsed, len(raws))
	for i, raw := range raws {
		doc, fault := parseOne(raw, s, now)
		if fault != "" {
			out[i].Refused = fmt.Sprintf("Document %d was refused: %s", i+1, fault)
			continue
		}
		out[i].Document = doc
	}
	return out, nil
}

// split takes a delivery apart: a list, an object with documents, or objects
// one after the other.
func split(body []byte) ([]json.RawMessage, error) {
	var raws []json.RawMessage
	d := json.NewDecoder(bytes.NewReader(body))
	for {
		var raw json.RawMessage
		err := d.Decode(&raw)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, centre.Invalid("The delivery is no JSON that can be read (near byte %d); send one document, a list of them, or one a line.", d.InputOffset())
		}
		if len(raw) > 0 && raw[0] == '[' {
			var list []json.RawMessage
			if err := json.Unmarshal(raw, &list); err != nil {
				return nil, fmt.Errorf("reading a list that was JSON before: %w", err)
			}
			raws = append(raws, list...)
			continue
		}
		var whole struct {
			Documents *[]json.RawMessage `json:"documents"`
		}
		if json.Unmarshal(raw, &whole) == nil && whole.Documents != nil {
			raws = append(raws, *whole.Documents...)
			continue
		}
		raws = append(raws, raw)
	}
	if len(raws) == 0 {
		return nil, centre.Invalid("The delivery is empty; send at least one document.")
	}
	return raws, nil
}

// parseOne reads one document, or says what is wrong with it in the second half
// of a sentence.
func parseOne(raw json.RawMessage, s centre.Source, now time.Time) (doc centre.Document, fault string) {
	var names map[string]json.RawMessage
	if err := json.Unmarshal(raw, &names); err != nil {
		return doc, "it is no JSON object."
	}
	var in item
	if err := json.Unmarshal(raw, &in); err != nil {
		if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
			return doc, fmt.Sprintf("its field %q may not hold a JSON %s.", wrong.Field, wrong.Value)
		}
		return doc, "it is no JSON object that can be read."
	}
	doc = centre.Document{Source: s.ID, Fetched: now, Language: gather.PlainLine(in.Language)}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if !slices.Contains(fields, name) {
			doc.Problems = append(doc.Problems, fmt.Sprintf("The field %q is not known and was left out.", clip(gather.PlainLine(name))))
		}
	}
	doc.Title, doc.Author = gather.PlainLine(in.Title), gather.PlainLine(in.Author)
	doc.MediaType, doc.Body = "text/plain", gather.CleanText(in.Text)
	if in.Text == "" && in.HTML != "" {
		doc.MediaType, doc.Body = "text/html", gather.CleanHTML(in.HTML)
	}
	if doc.Title == "" && strings.TrimSpace(doc.Body) == "" && in.Withdrawn == "" {
		return doc, "it has neither title nor text nor html; give at least one."
	}
	if len(doc.Body) > centre.MaxBody {
		return doc, fmt.Sprintf("its text has more than %d bytes.", centre.MaxBody)
	}
	if fault := cmp.Or(in.identify(&doc), in.restrict(&doc, s)); fault != "" {
		return doc, fault
	}
	in.date(&doc, now)
	in.locate(&doc)
	in.attach(&doc)
	return doc, ""
}

// identify names a document: by its id, else its address, else what it says.
func (in *item) identify(doc *centre.Document) (fault string) {
	if in.URL != "" {
		u, err := url.Parse(strings.TrimSpace(in.URL))
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return "its url is no http or https address."
		}
		doc.URL = u.String()
	}
	doc.ExternalID = cmp.Or(name(in.ID), doc.URL)
	if doc.ExternalID == "" {
		digest := sha256.Sum256([]byte(doc.Title + "\x00" + doc.Body))
		doc.ExternalID = "sha256:" + hex.EncodeToString(digest[:])
	}
	doc.PartOf = name(in.PartOf)
	for _, id := range in.Replaces {
		if id = name(id); id != "" {
			doc.Replaces = append(doc.Replaces, id)
		}
	}
	doc.Withdrawn = gather.PlainLine(in.Withdrawn)
	if doc.Withdrawn != "" && doc.Title == "" {
		doc.Title = "[WITHDRAWN] " + doc.ExternalID // lists show no empty row
	}
	return ""
}

// name cleans an id, whose every character counts.
func name(id string) string {
	const most = 2000
	id = gather.PlainLine(id)
	if len(id) > most {
		digest := sha256.Sum256([]byte(id))
		return "sha256:" + hex.EncodeToString(digest[:])
	}
	return id
}

// restrict reads who may see it, and from when.
func (in *item) restrict(doc *centre.Document, s centre.Source) (fault string) {
	if in.TLP != "" {
		label, ok := gather.TLPLabel(in.TLP)
		if !ok {
			return fmt.Sprintf("its tlp %q is none of CLEAR, GREEN, AMBER, AMBER+STRICT and RED.", clip(gather.PlainLine(in.TLP)))
		}
		doc.Marking = gather.Narrow(s, gather.Restriction{TLP: label})
	}
	if in.Marking != "" {
		if in.TLP != "" {
			return "it has both a tlp and a marking; give the marking alone, with the TLP label in it."
		}
		m, err := centre.ParseMarking(in.Marking, centre.Audience{Originator: s.Member})
		if err != nil {
			return fmt.Sprintf("its marking %q cannot be read: %s.", clip(gather.PlainLine(in.Marking)), err)
		}
		doc.Marking = &m // intake holds it within the source's
	}
	if in.Embargo != "" {
		at, err := time.Parse(time.RFC3339, strings.TrimSpace(in.Embargo))
		if err != nil {
			return fmt.Sprintf("its embargo %q is no time with a zone, like 2015-09-26T12:00:00+03:00, so that it could be shown too early.", clip(gather.PlainLine(in.Embargo)))
		}
		doc.Embargo = at.UTC()
	}
	return ""
}

func (in *item) date(doc *centre.Document, now time.Time) {
	for _, f := range []struct {
		name, text string
		at         *centre.Moment
	}{{"published", in.Published, &doc.Published}, {"updated", in.Updated, &doc.Updated}} {
		if f.text == "" {
			continue
		}
		m, ok := gather.ParseDate(f.text, centre.BasisColumn)
		if !ok {
			doc.Problems = append(doc.Problems, fmt.Sprintf("The time in %q cannot be read and stays unknown; give it like 2015-09-26T12:00:00+03:00.", f.name))
			continue
		}
		m, problem := gather.Plausible(m, now)
		if problem != "" {
			doc.Problems = append(doc.Problems, problem)
		}
		*f.at = m
	}
}

func (in *item) locate(doc *centre.Document) {
	geometry, err := centre.ParseGeometry(in.Geometry)
	if err != nil {
		doc.Problems = append(doc.Problems, err.Error())
	}
	doc.Geometry = geometry
	if in.Lon == nil && in.Lat == nil {
		return
	}
	if in.Lon == nil || in.Lat == nil || centre.PointGeometry(centre.At(*in.Lon, *in.Lat)) == "" {
		doc.Problems = append(doc.Problems, "The lon and lat are not a position in degrees, -180..180 and -90..90; the place stays unknown.")
		return
	}
	doc.Point = centre.At(*in.Lon, *in.Lat)
	if doc.Geometry == "" {
		doc.Geometry = centre.PointGeometry(doc.Point)
	}
}

// maxParts bounds enclosures and properties of one document.
const maxParts = 100

func (in *item) attach(doc *centre.Document) {
	for _, e := range in.Enclosures[:min(len(in.Enclosures), maxParts)] {
		u, err := url.Parse(strings.TrimSpace(e.URL))
		if err != nil || u.Scheme != "http" && u.Scheme != "https" {
			doc.Problems = append(doc.Problems, "An enclosure without an http or https address was left out.")
			continue
		}
		doc.Enclosures = append(doc.Enclosures, centre.Enclosure{URL: u.String(), MediaType: gather.PlainLine(e.MediaType), Length: max(e.Length, 0), Title: gather.PlainLine(e.Title)})
	}
	keys := slices.Sorted(maps.Keys(in.Properties))
	for _, key := range keys[:min(len(keys), maxParts)] {
		value := ""
		switch v := in.Properties[key].(type) {
		case nil:
		case string:
			value = v
		default:
			text, _ := json.Marshal(v) // it came from JSON
			value = string(text)
		}
		if p := (centre.Property{Name: gather.PlainLine(key), Value: strings.TrimSpace(gather.CleanText(value))}); p.Name != "" && p.Value != "" {
			doc.Properties = append(doc.Properties, p)
		}
	}
	if len(in.Enclosures) > maxParts || len(keys) > maxParts {
		doc.Problems = append(doc.Problems, fmt.Sprintf("It has more than %d enclosures or properties; the rest was left out.", maxParts))
	}
}

// clip shortens outside text for a sentence.
func clip(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// hasKey tells roughly whether JSON begins with an object that has a key.
func hasKey(head []byte, key string) bool {
	head = bytes.TrimLeft(head, "\ufeff \t\r\n[")
	return len(head) > 0 && head[0] == '{' && bytes.Contains(head[:min(len(head), 4096)], []byte(`"`+key+`"`))
}
