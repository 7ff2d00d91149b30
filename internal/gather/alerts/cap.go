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

// Code values of CAP 1.2, section 3.2.
var (
	capStatus   = []string{"Actual", "Exercise", "System", "Test", "Draft"}
	capMsgType  = []string{"Alert", "Update", "Cancel", "Ack", "Error"}
	capScope    = []string{"Public", "Restricted", "Private"}
	capCategory = []string{"Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra", "CBRNE", "Other"}
	capResponse = []string{"Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear", "None"}
	capUrgency  = []string{"Immediate", "Expected", "Future", "Past", "Unknown"}
	capSeverity = []string{"Extreme", "Severe", "Moderate", "Minor", "Unknown"}
	// "Very Likely" is of 1.0 and deprecated.
	capCertainty = []string{"Observed", "Likely", "Possible", "Unlikely", "Unknown", "Very Likely"}
)

// maxInfos is how many info blocks of a message are read.
const maxInfos = 100

// message is a CAP message while it becomes a document.
type message struct {
	p     *parser
	n     *xmltree.Node
	doc   centre.Document
	infos []*xmltree.Node // the preferred first
	name  string          // for sentences
}

// cap reads one alert element.
func (p *parser) cap(n *xmltree.Node) {
	m := message{p: p, n: n, name: poll.Line(n.Get("identifier"))}
	if m.name == "" {
		m.name = "number " + strconv.Itoa(p.alerts)
	}
	if reason := m.unfit(); reason != "" {
		p.problem("The alert %s was left out: %s. Tell its sender.", m.name, reason)
		return
	}
	status, msgType := n.Get("status"), n.Get("msgType")
	if msgType == "Ack" || msgType == "Error" {
		p.problem("The message %s is of type %s, for those who send alerts; it was left out.", m.name, msgType)
		return
	}
	if p.unwanted(status) {
		p.tests++
		return
	}
	m.infos = m.inOrder(n.All("info"))
	m.doc = centre.Document{
		Source: p.source.ID, Fetched: p.now, MediaType: "text/plain",
		ExternalID: poll.Line(n.Get("sender")) + "," + poll.Line(n.Get("identifier")) + "," + poll.Line(n.Get("sent")),
		Author:     gather.PlainLine(n.Get("sender")),
	}
	m.doc.Published = m.moment("sent", n.Get("sent"))
	m.doc.Published, _ = gather.Plausible(m.doc.Published, p.now)
	if !m.doc.Published.Known() {
		m.odd("The time at which it was sent, %q, is no CAP time that can be true; it counts as unknown.", poll.Line(n.Get("sent")))
	} else if m.doc.Published.Precision == centre.PrecisionDay {
		m.odd("The time at which it was sent, %q, has no zone; only the day is known.", poll.Line(n.Get("sent")))
	}
	m.describe(status)
	m.properties()
	m.areas()
	m.resources()
	m.refer(msgType)
	if scope := n.Get("scope"); scope != "Public" {
		m.doc.Marking = gather.Narrow(p.source, gather.Restriction{OriginatorOnly: true})
		m.odd("The alert's scope is %s: it is for the originator alone, until a person releases it.", scope)
	}
	p.keep(item{Item: poll.Item{Document: m.doc}, at: m.doc.Published.Time})
}

// unfit says why a message can be neither known nor judged (section 3.2.1: these
// elements are required); "" where it can.
func (m *message) unfit() string {
	for _, name := range []string{"identifier", "sender", "sent"} {
		if m.n.Get(name) == "" {
			return "it has no " + name
		}
	}
	for _, code := range []struct {
		name  string
		known []string
	}{{"status", capStatus}, {"msgType", capMsgType}, {"scope", capScope}} {
		switch value := m.n.Get(code.name); {
		case value == "":
			return "it has no " + code.name
		case !slices.Contains(code.known, value):
			return "its " + code.name + " is " + strconv.Quote(poll.Line(value)) + ", which CAP does not have"
		}
	}
	return ""
}

func (p *parser) unwanted(status string) bool {
	switch p.source.Options[OptionTests] {
	case "yes":
		return false
	case "no":
		return status != "Actual"
	}
	return status == "Test" || status == "Draft"
}

// odd notes what is wrong with a message though it is taken.
func (m *message) odd(format string, args ...any) {
	if len(m.doc.Problems) < maxProblems {
		m.doc.Problems = append(m.doc.Problems, poll.Sentence(format, args...))
	}
}

// language of an info block; en-US where it gives none (section 3.2.2).
func language(info *xmltree.Node) string {
	if l := poll.Line(info.Get("language")); l != "" {
		return l
	}
	return "en-US"
}

// inOrder puts the block of the preferred language first.
func (m *message) inOrder(infos []*xmltree.Node) []*xmltree.Node {
	if len(infos) > maxInfos {
		m.odd("The alert has %d info blocks; the first %d were read.", len(infos), maxInfos)
		infos = infos[:maxInfos]
	}
	for _, want := range strings.Split(m.p.source.Options[OptionLanguage], ",") {
		want = strings.ToLower(strings.TrimSpace(want))
		if want == "" {
			continue
		}
		for i, info := range infos {
			if has := strings.ToLower(language(info)); has == want || strings.HasPrefix(has, want+"-") {
				return slices.Concat(infos[i:i+1], infos[:i], infos[i+1:])
			}
		}
	}
	return infos
}

// describe makes title, text, author and language.
func (m *message) describe(status string) {
	d := &m.doc
	var paragraphs []string
	add := func(texts ...string) {
		for _, t := range texts {
			if t = poll.Text(t); t != "" && !slices.Contains(paragraphs, t) {
				paragraphs = append(paragraphs, t)
			}
		}
	}
	for i, info := range m.infos {
		var areas []string
		for _, area := range info.All("area") {
			if a := poll.Line(area.Get("areaDesc")); a != "" {
				areas = append(areas, a)
			}
		}
		if i == 0 {
			d.Language = language(info)
			d.Title = gather.PlainLine(info.Get("headline"))
			if d.Title == "" {
				d.Title = gather.PlainLine(info.Get("event"))
			}
			if name := gather.PlainLine(info.Get("senderName")); name != "" {
				d.Author = name
			}
			d.URL = m.p.absolute(info.Get("web"))
		} else {
			paragraphs = append(paragraphs, "["+language(info)+"]")
			add(info.Get("headline"))
		}
		add(info.Get("description"), info.Get("instruction"), strings.Join(areas, "; "))
	}
	note, msgType := m.n.Get("note"), m.n.Get("msgType")
	if d.Title == "" {
		d.Title = gather.PlainLine(msgType + ": " + poll.Text(note))
	}
	if poll.Text(note) == "" && d.Title == msgType+":" {
		d.Title = msgType + " " + m.name
	}
	if len(paragraphs) == 0 {
		add(note)
	}
	if d.Body = strings.Join(paragraphs, "\n\n"); d.Body == "" {
		d.Body = d.Title
	}
	if len(d.Body) > centre.MaxBody {
		d.Body = strings.ToValidUTF8(d.Body[:centre.MaxBody], "")
		m.odd("The text was longer than 15 MB and was cut.")
	}
	if status != "Actual" {
		d.Title = "[" + strings.ToUpper(status) + "] " + d.Title
		m.odd("The message's status is %s: it warns of nothing real.", status)
	}
}

// refer reads the messages that this one replaces or takes back.
func (m *message) refer(msgType string) {
	for _, ref := range strings.Fields(gather.CleanText(m.n.Get("references"))) {
		if strings.Count(ref, ",") < 2 {
			m.odd("The reference %q is not of the form sender,identifier,sent; it was left out.", poll.Line(ref))
			continue
		}
		if !slices.Contains(m.doc.Replaces, ref) && msgType != "Alert" {
			m.doc.Replaces = append(m.doc.Replaces, ref)
		}
	}
	if msgType != "Alert" && len(m.doc.Replaces) == 0 {
		m.odd("The message is of type %s, but names no message that it refers to.", msgType)
	}
	if msgType != "Cancel" {
		return
	}
	m.doc.Withdrawn = "The sender cancelled this alert"
	if at := m.doc.Published; at.Known() {
		m.doc.Withdrawn += at.Time.Format(" on 2 January 2006 at 15:04 UTC")
	}
	if note := poll.Line(m.n.Get("note")); note != "" {
		m.doc.Withdrawn += ": " + strings.TrimSuffix(note, ".")
	}
	m.doc.Withdrawn += "."
}

// resources are files (section 3.2.3). What is carried inside is not kept.
func (m *message) resources() {
	for _, info := range m.infos {
		for _, r := range info.All("resource") {
			if r.Get("derefUri") != "" {
				m.odd("The resource %q comes inside the alert; it was not kept.", poll.Line(r.Get("resourceDesc")))
			}
			e := centre.Enclosure{URL: m.p.absolute(r.Get("uri")), MediaType: poll.Line(r.Get("mimeType")), Title: gather.PlainLine(r.Get("resourceDesc"))}
			if size, err := strconv.ParseInt(r.Get("size"), 10, 64); err == nil && size > 0 {
				e.Length = size
			}
			if e.URL != "" && len(m.doc.Enclosures) < 100 && !slices.Contains(m.doc.Enclosures, e) {
				m.doc.Enclosures = append(m.doc.Enclosures, e)
			}
		}
	}
}

// moment reads a time as CAP writes it (section 3.3.2): with a zone.
func (m *message) moment(name, text string) centre.Moment {
	at, ok := gather.ParseDate(text, centre.BasisColumn)
	if !ok && text != "" && name != "sent" {
		m.odd("The element %s is %q, which is no CAP time.", name, poll.Line(text))
	}
	return at
}

// expired tells a warning that is over from one that holds.
func (m *message) expired(info *xmltree.Node) {
	if at := m.moment("expires", info.Get("expires")); at.Known() && at.Precision != centre.PrecisionDay && at.Time.Before(m.p.now) {
		m.odd("The alert had expired at %s when it was read.", at.Time.Format(time.RFC3339))
	}
}
