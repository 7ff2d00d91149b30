package alerts

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/poll"
)

// json reads USGS's and EONET's lists, of whose many things each is read alone:
// one that is not as it should be is named, and the others are taken.
func (p *parser) json(text string) error {
	var list struct {
		Type     string            `json:"type"`
		Title    string            `json:"title"`
		Metadata *usgsMetadata     `json:"metadata"`
		Features []json.RawMessage `json:"features"`
		Events   []json.RawMessage `json:"events"`
		// A single feature or event:
		ID         string          `json:"id"`
		Properties json.RawMessage `json:"properties"`
		Categories json.RawMessage `json:"categories"`
		Geometry   json.RawMessage `json:"geometry"`
	}
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		return centre.Invalid("%s is not well-formed JSON (%s); tell its owner. It is tried again later.", p.shown(), poll.Reason(err))
	}
	read, all := p.usgs, list.Features
	switch {
	case list.Type == "FeatureCollection":
		if list.Metadata != nil {
			p.title = gather.PlainLine(list.Metadata.Title)
		}
	case list.Type == "Feature":
		all = []json.RawMessage{json.RawMessage(text)}
	case list.Events != nil:
		read, all, p.title = p.eonet, list.Events, gather.PlainLine(list.Title)
	case list.ID != "" && list.Categories != nil && list.Geometry != nil:
		read, all = p.eonet, []json.RawMessage{json.RawMessage(text)}
	default:
		return p.strange()
	}
	for i, one := range all {
		if err := read(one, i+1); err != nil {
			p.problem("Item %d was left out: %s.", i+1, poll.Reason(err))
		}
	}
	if len(all) > 0 && len(p.items) == 0 {
		return centre.Invalid("None of the %d items of %s could be read: %s It must be a summary of USGS or EONET's events.", len(all), p.shown(), p.problems[len(p.problems)-1])
	}
	return nil
}

type usgsMetadata struct {
	Title string `json:"title"`
}

// usgsFeature is a feature of the USGS summary format. A nil pointer is "not said".
type usgsFeature struct {
	ID         string `json:"id"`
	Properties struct {
		Mag     *float64 `json:"mag"`
		MagType string   `json:"magType"`
		Place   string   `json:"place"`
		Time    *int64   `json:"time"`    // Unix milliseconds
		Updated *int64   `json:"updated"` // Unix milliseconds
		URL     string   `json:"url"`
		Alert   string   `json:"alert"` // PAGER: green, yellow, orange, red
		Status  string   `json:"status"`
		Tsunami *int     `json:"tsunami"`
		Net     string   `json:"net"`
		Code    string   `json:"code"`
		IDs     string   `json:"ids"`
		Sources string   `json:"sources"`
		Type    string   `json:"type"`
		Title   string   `json:"title"`
	} `json:"properties"`
	Geometry *struct {
		Coordinates []*float64 `json:"coordinates"` // longitude, latitude, depth in km
	} `json:"geometry"`
}

// usgs reads an earthquake. How many people felt it and how good the solution is
// change by the minute and are left out: else each would make a new version.
func (p *parser) usgs(raw json.RawMessage, position int) error {
	var f usgsFeature
	if err := json.Unmarshal(raw, &f); err != nil {
		return err
	}
	q := f.Properties
	if f.ID = poll.Line(f.ID); f.ID == "" {
		return fmt.Errorf("it has no id")
	}
	if q.Time == nil && q.Mag == nil && q.Place == "" {
		return fmt.Errorf("it has neither time, magnitude nor place, as USGS's features have")
	}
	h := p.hazard(f.ID, position)
	d, e := &h.doc, &h.event
	var t poll.Table
	number := func(name string, v *float64) {
		if v != nil {
			t.Add(name, strconv.FormatFloat(*v, 'f', -1, 64))
		}
	}
	number("mag", q.Mag)
	t.Add("magType", q.MagType)
	t.Add("place", q.Place)
	e.Start = h.millis("time", q.Time)
	if e.Start.Known() {
		t.Add("time", e.Start.Time.Format(time.RFC3339))
	}
	if g := f.Geometry; g != nil && len(g.Coordinates) >= 2 && g.Coordinates[0] != nil && g.Coordinates[1] != nil {
		lon, lat := *g.Coordinates[0], *g.Coordinates[1]
		d.Geometry = centre.PointGeometry(centre.At(lon, lat))
		if d.Point = d.Geometry.Point(); !d.Point.Known {
			h.odd("The position %v, %v lies outside the world; it counts as unknown.", lon, lat)
		}
		if len(g.Coordinates) > 2 {
			number("depth", g.Coordinates[2])
		}
	}
	t.Add("status", q.Status)
	t.Add("alert", q.Alert)
	if q.Tsunami != nil {
		t.Add("tsunami", strconv.Itoa(*q.Tsunami))
	}
	for _, row := range [][2]string{{"type", q.Type}, {"net", q.Net}, {"code", q.Code}} {
		t.Add(row[0], row[1])
	}
	d.Properties = t.Rows
	d.Updated = h.millis("updated", q.Updated)
	d.URL, d.Language, d.Author = p.absolute(q.URL), "en", "USGS"
	if d.Title = gather.PlainLine(q.Title); d.Title == "" {
		d.Title = gather.PlainLine(strings.TrimSpace(q.Type + " " + q.Place))
	}
	if d.Title == "" {
		d.Title = f.ID
	}
	d.Body = facts(t.Rows)
	for id := range strings.SplitSeq(q.IDs, ",") { // the preferred id of an event can change
		if id = poll.Line(id); id != "" && id != f.ID {
			d.Replaces = append(d.Replaces, id)
		}
	}
	e.Code, e.Title, e.Notes, e.URL, e.Point = poll.Line(q.Type), d.Title, d.Body, d.URL, d.Point
	e.Place = gather.PlainLine(q.Place)
	e.Attribution = poll.Line(strings.Trim(strings.ReplaceAll(q.Sources, ",", "; "), "; "))
	if e.Point.Known {
		e.GeoPrecision = centre.GeoExact
	}
	if q.Status == "deleted" {
		d.Withdrawn = "The source deleted this event from its list; it may never have happened."
		e.Title = "[DELETED] " + e.Title
		h.odd("The source deleted this event.")
	}
	p.take(h)
	return nil
}

// millis makes a moment of Unix milliseconds.
func (h *hazard) millis(name string, ms *int64) centre.Moment {
	if ms == nil {
		return centre.Moment{}
	}
	at := time.UnixMilli(*ms).UTC()
	if at.Year() < 1900 || at.Year() > 9999 {
		h.odd("The time %s is %d, which cannot be true; it counts as unknown.", name, *ms)
		return centre.Moment{}
	}
	return centre.Moment{Time: at, Precision: centre.PrecisionSecond, Basis: centre.BasisColumn}
}

// facts writes a table as lines, for lists that have no text of their own.
func facts(rows []centre.Property) string {
	var b strings.Builder
	for _, row := range rows {
		b.WriteString(row.Name + ": " + row.Value + "\n")
	}
	return strings.TrimSpace(b.String())
}

// eonetEvent is an event of EONET version 3.
type eonetEvent struct {
	ID          string `json:"id"`
	Title       string `json:"title"`
	Description string `json:"description"`
	Link        string `json:"link"`
	Closed      string `json:"closed"`
	Categories  []struct {
		ID    string `json:"id"`
		Title string `json:"title"`
	} `json:"categories"`
	Sources []struct {
		ID  string `json:"id"`
		URL string `json:"url"`
	} `json:"sources"`
	Geometry []json.RawMessage `json:"geometry"`
}

type eonetGeometry struct {
	Date  string   `json:"date"`
	Value *float64 `json:"magnitudeValue"`
	Unit  string   `json:"magnitudeUnit"`
}

// eonet reads a natural event, which has a geometry for each time at which it
// was looked at. The latest is where it is; it began with the first.
func (p *parser) eonet(raw json.RawMessage, position int) error {
	var v eonetEvent
	if err := json.Unmarshal(raw, &v); err != nil {
		return err
	}
	if v.ID = poll.Line(v.ID); v.ID == "" || gather.PlainLine(v.Title) == "" {
		return fmt.Errorf("it has no id or no title")
	}
	h := p.hazard(v.ID, position)
	d, e := &h.doc, &h.event
	var t poll.Table
	for _, c := range v.Categories {
		t.Add("category", c.ID)
		e.Code = poll.Line(strings.Trim(e.Code+"; "+c.ID, "; "))
	}
	t.Add("closed", v.Closed)
	latest := h.eonetGeometries(v.Geometry, &t)
	var sources []string
	for _, s := range v.Sources {
		t.Add("source", strings.TrimSpace(s.ID+" "+p.absolute(s.URL)))
		sources = append(sources, s.ID)
		if d.URL == "" {
			d.URL = p.absolute(s.URL)
		}
	}
	if d.URL == "" {
		d.URL = p.absolute(v.Link)
	}
	d.Properties, d.Title, d.Language, d.Author = t.Rows, gather.PlainLine(v.Title), "en", "EONET"
	if d.Body = poll.Text(v.Description); d.Body == "" {
		d.Body = d.Title + "\n\n" + facts(t.Rows)
	}
	d.Geometry = latest
	d.Point = latest.Point()
	e.Title, e.Notes, e.URL, e.Point = d.Title, poll.Text(v.Description), d.URL, d.Point
	e.End = h.date("closed", v.Closed)
	e.Attribution = poll.Line(strings.Join(sources, "; "))
	switch {
	case strings.Contains(string(latest), `"Polygon"`):
		e.GeoPrecision = centre.GeoNear
	case latest != "":
		e.GeoPrecision = centre.GeoExact
	}
	p.take(h)
	return nil
}

// eonetGeometries reads where and when an event was; it gives the last place.
func (h *hazard) eonetGeometries(all []json.RawMessage, t *poll.Table) (latest centre.Geometry) {
	var last time.Time
	for i, raw := range all {
		var g eonetGeometry
		place, err := centre.ParseGeometry(raw)
		if jsonErr := json.Unmarshal(raw, &g); jsonErr != nil || err != nil {
			h.odd("Position %d of the event cannot be read; it was left out.", i+1)
			continue
		}
		at := h.date("of position "+strconv.Itoa(i+1), g.Date)
		if start := h.event.Start; at.Known() && (!start.Known() || at.Time.Before(start.Time)) {
			h.event.Start = at
		}
		if latest == "" || !at.Time.Before(last) {
			latest, last = place, at.Time
		}
		if g.Value != nil {
			t.Add("magnitude", strings.TrimSpace(g.Date+" "+strconv.FormatFloat(*g.Value, 'f', -1, 64)+" "+g.Unit))
		}
	}
	if !last.IsZero() {
		t.Add("date", last.Format(time.RFC3339))
	}
	return latest
}
