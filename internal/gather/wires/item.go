package wires

import (
	"strconv"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/poll"
)

// item is a news item of either standard before its agency's wishes are applied.
type item struct {
	id, version, status string
	embargoed           bool   // there is an embargo
	embargo             string // its time as it stands
	note                string // to editors
	first, created      string // when the first and when this version was made
	doc                 centre.Document
	table               poll.Table
}

// fate is what may be done with an item.
type fate int

const (
	leaveOut fate = iota
	show
	withhold
	kill
)

// judge reads status and embargo. Where the item is to be left out, it says why.
func (i *item) judge() (f fate, embargo time.Time, why string) {
	// A status is a plain word (ninjs), a qcode or a URI of the IPTC's scheme (G2).
	word := strings.ToLower(i.status[strings.LastIndexAny(i.status, ":/#")+1:])
	switch word {
	case "", "usable":
		f = show
	case "withheld":
		return withhold, time.Time{}, ""
	case "canceled", "cancelled":
		return kill, time.Time{}, ""
	default:
		return leaveOut, time.Time{}, "its publishing status is " + strconv.Quote(poll.Line(i.status)) + ", which is not known; it is not shown before it is said to be usable"
	}
	if !i.embargoed {
		return f, time.Time{}, ""
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05Z0700"} {
		if at, err := time.Parse(layout, strings.TrimSpace(i.embargo)); err == nil && at.Year() > 1 {
			return f, at.UTC(), ""
		}
	}
	return leaveOut, time.Time{}, "it is under an embargo whose end, " + strconv.Quote(poll.Line(i.embargo)) + ", is no date and time with a zone; nothing is shown too early"
}

// take applies an item's status and embargo and keeps what may be kept. shown
// is false where its content may not be used, and so nothing that came with it.
func (p *parser) take(i *item) (shown bool, embargo time.Time) {
	p.met++
	if p.limit > 0 && len(p.items) >= p.limit {
		p.over++
		return false, time.Time{}
	}
	if i.id = poll.Line(i.id); i.id == "" {
		p.problem("Item %d was left out: it has no uri or guid, by which it would be known.", p.position)
		return false, time.Time{}
	}
	f, embargo, why := i.judge()
	if f == leaveOut {
		p.problem("The item %s was left out: %s.", i.id, why)
		return false, time.Time{}
	}
	d := &i.doc
	d.Source, d.ExternalID, d.Fetched = p.source.ID, i.id, p.now
	version := i.settle(p.now)
	switch f {
	case show:
		d.Properties, d.Embargo = i.table.Rows, embargo
		if d.Title == "" && d.Body == "" && len(d.Enclosures) == 0 {
			p.problem("The item %s was left out: it has neither a headline nor a text.", i.id)
			return false, time.Time{}
		}
		if i.table.Full {
			d.Problems = append(d.Problems, "The item has more fields than are kept; the rest was left out.")
		}
	case withhold:
		i.withdraw("[WITHHELD] "+i.id, "The agency withholds this item until further notice")
	case kill:
		title := d.Title
		if i.embargoed || title == "" {
			title = i.id
		}
		i.withdraw("[CANCELED] "+title, "The agency cancelled this item; it must not be used")
	}
	p.items = append(p.items, poll.Item{Document: *d, Version: version})
	return f == show, embargo
}

// withdraw leaves nothing of an item but who it is, its status and the note.
// There is no embargo on that: what was shown before must go at once.
func (i *item) withdraw(title, sentence string) {
	d := &i.doc
	if note := poll.Line(i.note); note != "" {
		sentence += ": " + strings.TrimSuffix(note, ".")
	}
	sentence += "."
	var kept poll.Table
	for _, row := range i.table.Rows {
		switch strings.ToLower(row.Name) {
		case "version", "versioncreated", "pubstatus", "ednote", "signal", "embargoed", "firstcreated":
			kept.Add(row.Name, row.Value)
		}
	}
	i.doc = centre.Document{
		Source: d.Source, ExternalID: d.ExternalID, Fetched: d.Fetched, Published: d.Published, Updated: d.Updated,
		Title: title, MediaType: "text/plain", Body: sentence, Withdrawn: sentence, Properties: kept.Rows, PartOf: d.PartOf,
	}
}

// settle reads the item's times and version and makes its text fit.
func (i *item) settle(now time.Time) (v poll.Version) {
	d := &i.doc
	first, created := i.moment("first created", i.first), i.moment("version created", i.created)
	if n, err := strconv.ParseInt(strings.TrimSpace(i.version), 10, 64); err == nil && n > 0 {
		v.Number = n
	}
	if created.Precision == centre.PrecisionSecond || created.Precision == centre.PrecisionMinute {
		v.Created = created.Time.UnixMilli()
	}
	d.Published = first
	if !first.Known() {
		d.Published = created
	} else if created != first {
		d.Updated = created
	}
	var why string
	if d.Published, why = gather.Plausible(d.Published, now); why != "" {
		d.Problems = append(d.Problems, why)
	}
	if d.MediaType == "text/html" {
		d.Body = strings.TrimSpace(gather.CleanHTML(d.Body))
	} else {
		d.MediaType, d.Body = "text/plain", poll.Text(d.Body)
	}
	if len(d.Body) > centre.MaxBody {
		d.Body = strings.ToValidUTF8(d.Body[:centre.MaxBody], "")
		d.Problems = append(d.Problems, "The text was longer than 15 MB and was cut.")
	}
	return v
}

func (i *item) moment(name, text string) centre.Moment {
	if text = strings.TrimSpace(text); text == "" {
		return centre.Moment{}
	}
	at, ok := gather.ParseDate(text, centre.BasisColumn)
	if !ok {
		i.doc.Problems = append(i.doc.Problems, poll.Sentence("The time %s is %q, which cannot be read; it counts as unknown.", name, poll.Line(text)))
	}
	return at
}
