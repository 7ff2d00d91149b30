package server

import (
	"math"
	"strconv"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/desk"
)

// Filter is the question that list and aggregate calls have in common.
type Filter struct {
	Q     string `query:"q" maxLength:"2000" doc:"A query in the search language." example:"latakia AND (base OR airfield) lang:ru"`
	BBox  string `query:"bbox" maxLength:"120" doc:"west,south,east,north in degrees; west is greater than east across the antimeridian." example:"38.8,29.1,48.6,37.4"`
	From  string `query:"from" maxLength:"40" doc:"Published at or after: RFC 3339, or a date in UTC." example:"2015-09-20"`
	Until string `query:"until" maxLength:"40" doc:"Published before: RFC 3339, or a date in UTC." example:"2015-10-01T00:00:00Z"`
}

// Page asks for part of a list.
type Page struct {
	After string `query:"after" maxLength:"200" doc:"next of the page before."`
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

func (p Page) page() desk.Page { return desk.Page{After: p.After, Limit: p.Limit} }

// question reads the filter. Each part that cannot be read is refused by name.
func (f Filter) question() (desk.Question, error) {
	q := desk.Question{Text: f.Q}
	var err error
	if f.BBox != "" {
		box, err := parseBox(f.BBox)
		if err != nil {
			return q, err
		}
		q.Box = &box
	}
	if q.From, err = parseTime("from", f.From); err != nil {
		return q, err
	}
	if q.Until, err = parseTime("until", f.Until); err != nil {
		return q, err
	}
	if !q.From.IsZero() && !q.Until.IsZero() && !q.From.Before(q.Until) {
		return q, centre.Invalid("The time range is empty: from %q is not before until %q.", f.From, f.Until)
	}
	return q, nil
}

func parseBox(text string) (desk.Box, error) {
	parts := strings.Split(text, ",")
	refuse := func() (desk.Box, error) {
		return desk.Box{}, centre.Invalid("%q is not an area: write west,south,east,north in degrees, with longitudes from -180 to 180 and latitudes from -90 to 90, such as 38.8,29.1,48.6,37.4.", text)
	}
	if len(parts) != 4 {
		return refuse()
	}
	var n [4]float64
	for i, part := range parts {
		v, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		limit := 180.0
		if i%2 == 1 {
			limit = 90
		}
		if err != nil || math.IsNaN(v) || math.Abs(v) > limit {
			return refuse()
		}
		n[i] = v
	}
	if n[1] > n[3] {
		return refuse()
	}
	return desk.Box{West: n[0], South: n[1], East: n[2], North: n[3]}, nil
}

// parseTime reads an RFC 3339 time or a date; "" is the zero time.
func parseTime(name, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, text); err == nil && t.Year() >= 1 {
			return t.UTC(), nil
		}
	}
	return time.Time{}, centre.Invalid("%s=%q is not a time: write a date such as 2015-09-26 or a time such as 2015-09-26T15:30:00Z.", name, text)
}

// ByID names a thing by its id.
type ByID struct {
	ID string `path:"id" maxLength:"40" example:"0b3t8h2k9qz4m"`
}

func (b ByID) id() (centre.ID, error) { return centre.ParseID(b.ID) }
