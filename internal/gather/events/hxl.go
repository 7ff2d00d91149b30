package events

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"entente/internal/centre"
)

// hxl reads a table that is tagged after HXL 1.1.
func (s *sink) hxl(r io.Reader) error {
	t := &table{lines: newLines(s.ctx, utf8Reader(r))}
	tags, err := s.hxlTags(t)
	if err != nil {
		return err
	}
	h := newHXL(s, tags)
	if len(h.strange) > 0 {
		s.say("%s has columns that are not understood (%s); what they hold is kept in the notes.", s.name, clip(strings.Join(h.strange, ", ")))
	}
	t.width = len(tags)
	for {
		cells, line, err := t.row()
		if bad, ok := err.(*badRow); ok {
			s.leaveOut(line, "%s", bad.reason)
			continue
		}
		if err != nil {
			return s.ended(err)
		}
		if len(cells) != t.width {
			s.leaveOut(line, "it has %d columns instead of %d", len(cells), t.width)
			continue
		}
		if strings.TrimSpace(strings.Join(cells, "")) == "" {
			continue
		}
		e, err := s.next(line, "")
		if err != nil {
			return err
		}
		h.fill(e, cells)
	}
}

// hxlTags reads up to the row of tags. The rows before it are headers for people.
func (s *sink) hxlTags(t *table) ([]tag, error) {
	for range hxlHeaderRows {
		line, err := t.next()
		if err == io.EOF {
			break
		}
		if err != nil && err != errLong {
			return nil, err
		}
		t.comma = divider(line)
		if tags, ok := readTags(t.split(line)); ok {
			return tags, nil
		}
	}
	return nil, centre.Invalid("%s has no row of HXL tags among its first %d rows; tag its columns with #date, #event and so on.", s.name, hxlHeaderRows)
}

// hxlRow fills events from rows of one table.
type hxlRow struct {
	s       *sink
	tags    []tag
	fields  []hxlField
	strange []string      // tags that are not understood, once each
	at      [hxFields]int // column of each single field; -1 for none
	start   days
	end     days
}

func newHXL(s *sink, tags []tag) *hxlRow {
	h := &hxlRow{s: s, tags: tags, fields: make([]hxlField, len(tags)), start: days{now: s.r.Now}, end: days{now: s.r.Now}}
	for i := range h.at {
		h.at[i] = -1
	}
	for i, g := range tags {
		f := fieldOf(g)
		if f.single() {
			switch before := h.at[f]; {
			case before < 0:
				h.at[f] = i
			case len(g.attributes) < len(tags[before].attributes):
				h.fields[before], h.at[f] = hxNone, i
			default:
				f = hxNone
			}
		}
		h.fields[i] = f
	}
	for i, g := range tags {
		if h.fields[i] == hxNone && g.printed != "" && fieldOf(g) == hxNone && !slices.Contains(h.strange, g.printed) {
			h.strange = append(h.strange, g.printed)
		}
	}
	return h
}

func (h *hxlRow) fill(e *centre.Event, cells []string) {
	get := func(f hxlField) string {
		if i := h.at[f]; i >= 0 {
			return strings.TrimSpace(cells[i])
		}
		return ""
	}
	if e.ExternalID = oneLine(get(hxID), 200); e.ExternalID == "" {
		e.ExternalID = contentID(cells)
	}
	e.Code = oneLine(get(hxType), 200)
	e.Title = oneLine(get(hxTitle), maxTitle)
	e.Category = categoryOfWords(e.Code, e.Title)
	e.URL, e.License = webAddress(get(hxURL)), oneLine(get(hxLicence), maxField)
	e.Attribution = oneLine(get(hxAttribution), maxField)
	h.when(e, get(hxStart), get(hxEnd))

	e.Admin1 = oneLine(get(hxAdmin1), maxField)
	if e.Admin1 == "" {
		e.Admin1 = oneLine(get(hxAdmin1Code), maxField)
	}
	e.Place = oneLine(get(hxPlace), maxField)
	if e.Country = isoCountry(get(hxCountryCode)); e.Country == "" {
		e.Country = isoCountry(get(hxCountryName))
	}
	lat, lon := get(hxLat), get(hxLon)
	if both := get(hxCoordinates); lat == "" && lon == "" && both != "" {
		lat, lon, _ = strings.Cut(both, ",")
		lat, lon = strings.TrimSpace(lat), strings.TrimSpace(lon)
	}
	// HXL has no scale of precision: the point is as the table gives it.
	place(e, lat, lon, centre.GeoUnknown, 0)

	e.Killed = hxlToll(e, get(hxKilled), "#affected+killed")
	e.Injured = hxlToll(e, get(hxInjured), "#affected+injured")
	if n, ok := count(get(hxCivilians)); ok && e.Killed.Known {
		e.Killed.Civilians = min(n, e.Killed.Best)
	}
	h.rest(e, cells)
	if e.Title == "" {
		e.Title = e.Code
		if e.Place != "" && e.Title != "" {
			e.Title = text(e.Title+", "+e.Place, maxTitle)
		}
	}
}

func (h *hxlRow) when(e *centre.Event, start, end string) {
	var why string
	if e.Start, why = h.start.read(start); why != "" {
		e.Problems = append(e.Problems, why)
	}
	if e.End, why = h.end.read(end); why != "" {
		e.Problems = append(e.Problems, why)
	}
	if e.End.Known() && e.Start.Known() {
		if e.End.Time.Before(e.Start.Time) {
			e.Problems = append(e.Problems, "It ends before it begins; the end counts as unknown.")
		}
		if !e.End.Time.After(e.Start.Time) {
			e.End = centre.Moment{}
		}
	}
	switch e.Start.Precision {
	case centre.PrecisionDay:
		e.TimePrecision = centre.TimeDay
	case centre.PrecisionMonth:
		e.TimePrecision = centre.TimeMonth
	case centre.PrecisionSecond, centre.PrecisionMinute:
		e.TimePrecision = centre.TimeInstant
	}
}

// rest reads the columns that may stand several times, and keeps in the notes
// what has no place of its own.
func (h *hxlRow) rest(e *centre.Event, cells []string) {
	var notes strings.Builder
	for i, f := range h.fields {
		value := text(cells[i], maxField)
		if f == hxText {
			value = text(cells[i], maxNotes/2)
		}
		if value == "" || f.single() {
			continue
		}
		switch f {
		case hxActor:
			h.s.actor(e, centre.EventActor{Name: oneLine(value, maxField), Role: roleOf(h.tags[i])})
		case hxPlaceWide:
			if h.at[hxPlace] < 0 { // the last and narrowest wins
				e.Place = oneLine(value, maxField)
			}
		}
		if f == hxActor || notes.Len() > maxNotes/2 {
			continue
		}
		if notes.Len() > 0 {
			notes.WriteByte('\n')
		}
		if f != hxText && h.tags[i].printed != "" {
			notes.WriteString(h.tags[i].printed + ": ")
		}
		notes.WriteString(value)
	}
	e.Notes = notes.String()
}

func roleOf(t tag) centre.EventRole {
	switch {
	case t.has("reporting", "source", "reporter"):
		return centre.RoleReporter
	case t.has("perpetrator", "initiator"):
		return centre.RoleInitiator
	case t.has("affected", "victim", "target"):
		return centre.RoleAffected
	}
	return centre.RoleUnknown
}

// hxlToll reads a number of people; an empty cell is unknown, not zero.
func hxlToll(e *centre.Event, figure, column string) centre.Toll {
	if figure == "" {
		return centre.Toll{}
	}
	n, ok := count(strings.ReplaceAll(figure, ",", ""))
	if !ok {
		e.Problems = append(e.Problems, fmt.Sprintf("The number %s of %s is no number of people; it counts as unknown.", clip(figure), column))
		return centre.Toll{}
	}
	return centre.Toll{Known: true, Low: n, Best: n, High: n, Basis: "HXL " + column}
}

// isoCountry reads an alpha-3, alpha-2 or numeric code; "" for anything else.
func isoCountry(s string) string {
	switch s = strings.ToUpper(strings.TrimSpace(s)); {
	case isDigits(s):
		return byNumber(countries().numeric, s)
	case countries().iso[s]:
		return s
	case len(s) == 2:
		if r, err := language.ParseRegion(s); err == nil && countries().iso[r.ISO3()] {
			return r.ISO3()
		}
	}
	return ""
}
