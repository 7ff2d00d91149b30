package alerts

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/poll"
	"entente/internal/gather/xmltree"
)

// gdacsFields are the elements of GDACS's namespace that are kept, in the order
// in which people read them. Those that change at every calculation without
// saying anything new (datemodified, version, icons, maps) are not.
var gdacsFields = []string{
	"eventtype", "eventid", "episodeid", "eventname", "glide", "alertlevel", "alertscore", "episodealertlevel", "episodealertscore",
	"severity", "population", "vulnerability", "country", "iso3", "fromdate", "todate", "iscurrent", "temporary",
}

// gdacs reads an item of GDACS's list. It is known by type and number of the
// event, so that a later episode is a new version of it.
func (p *parser) gdacs(n *xmltree.Node, position int) {
	field := func(name string) string { return n.Of(gdacsSpace, name).Value() }
	kind, number := poll.Line(field("eventtype")), poll.Line(field("eventid"))
	if kind == "" || number == "" {
		p.problem("Item %d of the GDACS list has no event type or number; it was left out.", position)
		return
	}
	h := p.hazard(kind+number, position)
	d := &h.doc
	d.Title = gather.PlainLine(n.Get("title"))
	if d.Title == "" {
		d.Title = kind + " " + number
	}
	d.URL = p.absolute(linkOf(n))
	d.Author, d.Language, d.MediaType = "GDACS", "en", "text/plain"
	d.Body = gather.PlainLine(n.Get("description"))
	if d.Body == "" {
		d.Body = d.Title
	}
	d.Published = h.date("pubDate", n.Get("pubDate"))
	d.Published, _ = gather.Plausible(d.Published, p.now)
	d.Updated = h.date("datemodified", field("datemodified"))
	var t poll.Table
	for _, name := range gdacsFields {
		element := n.Of(gdacsSpace, name)
		value := element.Value()
		// The number alone stands in an attribute, the words in the element.
		if amount, unit := element.Attr("value"), element.Attr("unit"); amount != "" {
			value = strings.TrimSpace(value + " (" + strings.TrimSpace(amount+" "+unit) + ")")
		}
		t.Add(name, value)
	}
	t.Add("bbox", field("bbox"))
	d.Properties = t.Rows
	d.Point = gdacsPoint(n)
	d.Geometry = box(field("bbox"))

	e := &h.event
	e.Code, e.Title, e.Notes, e.URL = kind, d.Title, d.Body, d.URL
	e.Start, e.End = h.date("fromdate", field("fromdate")), h.date("todate", field("todate"))
	if e.End == e.Start {
		e.End = centre.Moment{}
	}
	e.Place = gather.PlainLine(field("country"))
	if code := strings.ToUpper(field("iso3")); len(code) == 3 && strings.IndexFunc(code, func(r rune) bool { return r < 'A' || r > 'Z' }) < 0 {
		e.Country = code
	}
	if e.Point = d.Point; e.Point.Known {
		e.GeoPrecision = centre.GeoNear // the middle of a flood or a storm stands for it
		if kind == "EQ" || kind == "VO" {
			e.GeoPrecision = centre.GeoExact
		}
	}
	e.Attribution = "GDACS"
	p.take(h)
}

// linkOf is an item's own link: RSS's element has no namespace.
func linkOf(n *xmltree.Node) string {
	for _, l := range n.All("link") {
		if l.Space == "" {
			return l.Value()
		}
	}
	return ""
}

// gdacsPoint reads geo:Point (the W3C's), else georss:point.
func gdacsPoint(n *xmltree.Node) centre.Point {
	lat, lon := n.Get("Point", "lat"), n.Get("Point", "long")
	if lat == "" {
		if f := strings.Fields(n.Get("point")); len(f) == 2 {
			lat, lon = f[0], f[1]
		}
	}
	at, ok := latLon(lat + "," + lon)
	if !ok || at == [2]float64{} { // 0,0 is what programs write that do not know
		return centre.Point{}
	}
	return centre.At(at[0], at[1])
}

// box reads GDACS's order: west east south north.
func box(text string) centre.Geometry {
	var v []float64
	for _, f := range strings.Fields(text) {
		x, err := strconv.ParseFloat(f, 64)
		if err != nil {
			return ""
		}
		v = append(v, x)
	}
	if len(v) != 4 || v[0] >= v[1] || v[2] >= v[3] {
		return ""
	}
	return centre.BoxGeometry(v[0], v[2], v[1], v[3])
}

// hazard is an item of a list of hazards: a document and the event that it is.
type hazard struct {
	doc   centre.Document
	event centre.Event
	p     *parser
}

func (p *parser) hazard(id string, position int) *hazard {
	return &hazard{
		p:   p,
		doc: centre.Document{Source: p.source.ID, ExternalID: id, Fetched: p.now, MediaType: "text/plain"},
		event: centre.Event{Source: p.source.ID, ExternalID: id, Fetched: p.now, Category: centre.EventHazard,
			Origin: poll.Origin(p.name, position)},
	}
}

func (h *hazard) odd(format string, args ...any) {
	h.doc.Problems = append(h.doc.Problems, poll.Sentence(format, args...))
}

// date reads a date. These lists write a day as its midnight.
func (h *hazard) date(name, text string) centre.Moment {
	if text = strings.TrimSpace(text); text == "" {
		return centre.Moment{}
	}
	at, ok := gather.ParseDate(text, centre.BasisColumn)
	if !ok {
		h.odd("The date %s is %q, which cannot be read; it counts as unknown.", name, poll.Line(text))
	}
	if at.Precision == centre.PrecisionSecond && at.Time.Equal(at.Time.Truncate(24*time.Hour)) {
		at.Precision = centre.PrecisionDay
	}
	return at
}

// take settles the event's times and hands both over. What begins later than
// tomorrow has not happened: its time stays among the document's properties.
func (p *parser) take(h *hazard) {
	e := &h.event
	e.Start, _ = gather.Plausible(e.Start, p.now)
	switch e.Start.Precision {
	case centre.PrecisionSecond, centre.PrecisionMinute:
		e.TimePrecision = centre.TimeInstant
	case centre.PrecisionDay:
		e.TimePrecision = centre.TimeDay
	case centre.PrecisionMonth:
		e.TimePrecision = centre.TimeMonth
	}
	if !e.Start.Known() {
		e.End = centre.Moment{}
	}
	h.event.Problems = slices.Clone(h.doc.Problems)
	p.keep(item{Item: poll.Item{Document: h.doc, Event: &h.event}, at: e.Start.Time})
}
