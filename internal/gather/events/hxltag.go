package events

import (
	"regexp"
	"slices"
	"strings"
)

// hxlHeaderRows is within how many rows the row of tags must come (HXL 1.1,
// "Tagging conventions": within the first 25 rows).
const hxlHeaderRows = 25

// hxlTag is the syntax of a tag: a hashtag, then attributes, in any case, with
// spaces allowed before a plus.
var hxlTag = regexp.MustCompile(`^#[A-Za-z][A-Za-z0-9_]*(\s*\+\s*[A-Za-z][A-Za-z0-9_]*)*$`)

// tag is a hashtag with its attributes, in lower case.
type tag struct {
	name       string // "affected"
	attributes []string
	printed    string // as it stands, without spaces
}

func (t tag) has(attributes ...string) bool {
	return slices.ContainsFunc(attributes, func(a string) bool { return slices.Contains(t.attributes, a) })
}

// readTags reads a row of tags: every cell that is not empty must be one, and
// at least two must be there.
func readTags(cells []string) ([]tag, bool) {
	tags, n := make([]tag, len(cells)), 0
	for i, cell := range cells {
		cell = strings.TrimSpace(cell)
		if cell == "" {
			continue
		}
		if len(cell) > 300 || !hxlTag.MatchString(cell) {
			return nil, false
		}
		parts := strings.FieldsFunc(strings.ToLower(cell[1:]), func(r rune) bool { return r == '+' || r == ' ' || r == '\t' })
		tags[i] = tag{parts[0], parts[1:], "#" + strings.Join(parts, "+")}
		n++
	}
	return tags, n >= 2
}

// recogniseHXL looks for a row of tags among the first rows. It is sure of a
// table that tells of events; others are tables too.
func recogniseHXL(head []byte) (format, float64) {
	rows := 0
	for line := range strings.Lines(string(head)) {
		if rows++; rows > hxlHeaderRows {
			break
		}
		if !strings.Contains(line, "#") {
			continue
		}
		t := &table{comma: divider(line)}
		tags, ok := readTags(t.split(strings.TrimRight(line, "\r\n")))
		if !ok {
			continue
		}
		for _, g := range tags {
			if g.name == "event" || g.name == "affected" || g.name == "incident" || g.name == "crisis" {
				return formatHXL, 0.93
			}
		}
		return formatHXL, 0.6
	}
	return formatUnknown, 0
}

// hxlField is a part of an event that a column fills.
type hxlField int

const (
	hxNone hxlField = iota
	hxID
	hxType
	hxTitle
	hxText
	hxStart
	hxEnd
	hxLat
	hxLon
	hxCoordinates // both in one cell
	hxCountryCode
	hxCountryName
	hxAdmin1
	hxAdmin1Code
	hxPlace
	hxPlaceWide // a wider division, where there is no narrower name
	hxKilled
	hxInjured
	hxCivilians
	hxActor
	hxAttribution
	hxURL
	hxLicence
	hxFields
)

// fieldOf tells what a tag means for an event (HXL 1.1 hashtag dictionary).
func fieldOf(t tag) hxlField {
	switch t.name {
	case "event", "incident", "crisis":
		switch {
		case t.has("id", "code"):
			return hxID
		case t.has("type", "category"):
			return hxType
		case t.has("description", "notes"):
			return hxText
		}
		return hxTitle
	case "cause":
		return hxType
	case "description":
		return hxText
	case "date":
		switch {
		case t.has("end"):
			return hxEnd
		case t.has("reported", "updated", "published", "created"):
			return hxNone // of the report, not of the event
		}
		return hxStart
	case "geo":
		switch {
		case t.has("lat"):
			return hxLat
		case t.has("lon", "lng", "long"):
			return hxLon
		case t.has("coord", "coords", "point"):
			return hxCoordinates
		}
	case "country":
		if t.has("code") {
			return hxCountryCode
		}
		return hxCountryName
	case "adm1":
		if t.has("code") {
			return hxAdmin1Code
		}
		return hxAdmin1
	case "adm2", "adm3", "adm4", "adm5":
		if !t.has("code") {
			return hxPlaceWide
		}
	case "loc":
		if !t.has("code", "type") {
			return hxPlace
		}
	case "affected":
		switch {
		case t.has("killed", "dead", "deaths", "fatalities") && t.has("civilians", "civilian"):
			return hxCivilians
		case t.has("killed", "dead", "deaths", "fatalities"):
			return hxKilled
		case t.has("injured", "wounded"):
			return hxInjured
		}
	case "org", "actor", "group":
		if !t.has("code", "id", "type", "url") {
			return hxActor
		}
	case "source":
		return hxAttribution
	case "meta":
		switch {
		case t.has("id"):
			return hxID
		case t.has("url", "link"):
			return hxURL
		case t.has("source"):
			return hxAttribution
		case t.has("license", "licence"):
			return hxLicence
		}
	}
	return hxNone
}

// single are fields that one column fills: the one with the fewest attributes,
// so that "#affected+killed" comes before "#affected+killed+f".
func (f hxlField) single() bool {
	return f != hxActor && f != hxPlaceWide && f != hxText && f != hxNone
}
