package mail

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"entente/internal/centre"
	"entente/internal/gather"
)

// mailbag reads mails one after the other and hands their documents over.
type mailbag struct {
	request gather.Request
	readers []gather.Reader
	out     *batch
	result  *gather.Result
}

// letter is where a mail lies among others.
type letter struct {
	id     string // external id; "" for the one that it has itself
	label  string // for problems
	partOf string // external id of the mail that it came in; "" for none
	level  int    // of mails within mails
}

// mail reads one mail and what is attached to it. A mail that cannot be read is
// a problem; an error ends the reading of all.
func (m *mailbag) mail(ctx context.Context, raw []byte, at letter) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(bytes.TrimSpace(raw)) == 0 {
		m.problem("%s is empty; it was left out.", at.label)
		return nil
	}
	t, err := takeApart(raw)
	if err != nil {
		m.problem("%s is no mail that can be read: %s; it was left out.", at.label, strings.TrimSuffix(err.Error(), "."))
		return nil
	}
	if at.id == "" {
		at.id = nameOf(t.header, raw)
	}
	doc := centre.Document{
		Source: m.request.Source.ID, ExternalID: at.id, PartOf: at.partOf, Fetched: m.request.Now,
		Title: line(t.header, "Subject"), Author: author(t.header, "From"), Language: m.request.Source.Language,
		Properties: properties(t, at.partOf != ""),
	}
	var problem string
	if doc.Published, problem = sent(t.header, m.request.Now); problem != "" {
		doc.Problems = append(doc.Problems, problem)
	}
	attached := t.compose(&doc)
	readings := make([]reading, 0, len(attached))
	for _, p := range attached {
		r := m.reading(p, at, &doc)
		doc.Enclosures = append(doc.Enclosures, centre.Enclosure{MediaType: oneLine(p.mediaType), Length: int64(len(p.body)), Title: r.title})
		readings = append(readings, r)
	}
	doc.Problems = append(doc.Problems, t.problems...)
	if strings.TrimSpace(doc.Body) == "" && doc.Title == "" && len(attached) == 0 {
		m.problem("%s holds neither a subject nor a text; it was left out.", at.label)
		return nil
	}
	if err := m.out.add(ctx, doc); err != nil {
		return err
	}
	for _, r := range readings {
		if err := m.read(ctx, r, at); err != nil {
			return err
		}
	}
	return nil
}

func (m *mailbag) problem(format string, args ...any) {
	if len(m.result.Problems) < maxProblems {
		m.result.Problems = append(m.result.Problems, oneLine(fmt.Sprintf(format, args...)))
	}
}

// maxProblems is how many problems one fetch tells.
const maxProblems = 200

// properties lists what the head of a mail says beyond a document's own fields.
// Date stands there with its zone, which a Moment does not keep.
func properties(t *tree, within bool) []centre.Property {
	var list []centre.Property
	add := func(name, value string) {
		if value != "" {
			list = append(list, centre.Property{Name: name, Value: value})
		}
	}
	if within {
		add("Message-ID", strings.Join(ids(t.header, "Message-Id"), " "))
	}
	add("Date", line(t.header, "Date"))
	add("To", line(t.header, "To"))
	add("Cc", line(t.header, "Cc"))
	if reply := author(t.header, "Reply-To"); reply != author(t.header, "From") {
		add("Reply-To", reply)
	}
	add("In-Reply-To", strings.Join(ids(t.header, "In-Reply-To"), " "))
	add("References", strings.Join(ids(t.header, "References"), " "))
	add("List-Id", line(t.header, "List-Id"))
	return list
}

// compose puts the text of a mail together and gives the parts that are files
// beside it.
func (t *tree) compose(doc *centre.Document) (attached []*part) {
	var texts []*part
	forms := map[int][]*part{} // of each multipart/alternative
	for i := range t.leaves {
		p := &t.leaves[i]
		switch {
		case !p.isText() || p.related:
			attached = append(attached, p)
		case p.choice != 0:
			if forms[p.choice] == nil {
				texts = append(texts, p) // stands for all forms
			}
			forms[p.choice] = append(forms[p.choice], p)
		default:
			texts = append(texts, p)
		}
	}
	doc.MediaType = "text/plain"
	var pieces []string
	var isHTML []bool
	for _, p := range texts {
		body, kind := t.best(p, forms[p.choice])
		if strings.TrimSpace(body) == "" {
			continue
		}
		pieces, isHTML = append(pieces, body), append(isHTML, kind == "text/html")
	}
	if slices.Contains(isHTML, true) {
		doc.MediaType = "text/html"
		for i := range pieces {
			if !isHTML[i] {
				pieces[i] = "<p>" + strings.ReplaceAll(html.EscapeString(pieces[i]), "\n", "<br>\n") + "</p>"
			}
		}
	}
	doc.Body = strings.TrimRight(strings.Join(pieces, "\n\n"), "\n\t ")
	if len(doc.Body) > centre.MaxBody {
		doc.Body = strings.ToValidUTF8(doc.Body[:centre.MaxBody], "")
		t.problem("The mail's text is longer than %d MB; the rest was left out.", centre.MaxBody>>20)
	}
	if len(pieces) == 0 && (t.mediaType == "multipart/encrypted" || strings.HasSuffix(t.mediaType, "pkcs7-mime")) {
		t.problem("The mail is encrypted; its text can be read by whom it was sent to alone.")
	}
	return attached
}

// best gives the form of a text that says most: the plain one, which its writer
// wrote or saw, unless it is empty or only sends the reader to the HTML.
func (t *tree) best(p *part, forms []*part) (body, kind string) {
	if forms == nil {
		forms = []*part{p}
	}
	var plain, rich string
	for _, f := range forms {
		text, problem := f.text()
		if problem != "" {
			t.problem("%s", problem)
		}
		if f.mediaType == "text/html" {
			rich = text
		} else if plain == "" {
			plain = text
		}
	}
	if rich != "" && (strings.TrimSpace(plain) == "" || utf8.RuneCountInString(plain) < 300 && len(rich) > 2*len(plain) && sendsAway.MatchString(plain)) {
		return rich, "text/html"
	}
	return plain, "text/plain"
}

// sendsAway knows the sentence that stands in place of a text which exists as
// HTML alone.
var sendsAway = regexp.MustCompile(`(?i)\bhtml\b|\bbrowser\b|web version|браузер|в формате html|المتصفح|متصفحك|مرورگر`)

// reading is an attachment and who is to read it.
type reading struct {
	part   *part
	title  string // its name, for people
	name   string // its name for the reader, and the beginning of its external ids
	reader gather.Reader
}

// endings of files whose names lack them, by media type.
var endings = map[string]string{
	"application/pdf": ".pdf", "text/plain": ".txt", "text/html": ".html", "text/csv": ".csv", "application/json": ".json",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":       ".xlsx",
	"application/vnd.oasis.opendocument.text":                                 ".odt",
	"application/zip": ".zip", "application/geo+json": ".geojson",
	"application/vnd.google-earth.kml+xml": ".kml", "application/vnd.google-earth.kmz": ".kmz", "application/gpx+xml": ".gpx",
}

// namedOnly are files that are no reports: they are named and not read.
func namedOnly(mediaType string) bool {
	kind, _, _ := strings.Cut(mediaType, "/")
	switch kind {
	case "image", "audio", "video", "font":
		return true
	}
	switch mediaType {
	case "application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-encrypted",
		"application/pgp-keys", "text/calendar", "text/vcard", "text/x-vcard", "message/delivery-status", "text/rfc822-headers",
		"message/disposition-notification", "application/ics":
		return true
	}
	return false
}

// reading finds out who reads an attachment, and notes in the mail's document
// where nobody does.
func (m *mailbag) reading(p *part, at letter, doc *centre.Document) reading {
	r := reading{part: p, title: p.name}
	file := p.name
	if file == "" {
		file = "part" + endings[p.mediaType]
	} else if path.Ext(file) == "" {
		file += endings[p.mediaType]
	}
	r.name = at.id + "#" + p.number + "/" + file
	switch {
	case p.mediaType == "message/rfc822" || p.mediaType == "message/global":
		if r.title == "" {
			r.title = "forwarded mail"
		}
		if at.level >= maxLevels {
			doc.Problems = append(doc.Problems, fmt.Sprintf("Mails lie deeper in each other than %d levels; the innermost were left out.", maxLevels))
		}
	case namedOnly(p.mediaType):
	case strings.EqualFold(p.name, "winmail.dat") || p.mediaType == "application/ms-tnef":
		doc.Problems = append(doc.Problems, "The attachment winmail.dat is in a format of one mail program alone (TNEF) and was not opened: ask the sender to send the mail as HTML or plain text.")
	case len(p.body) == 0:
		doc.Problems = append(doc.Problems, "The attachment "+shown(file)+" is empty.")
	default:
		reader, sure := gather.Recognised(m.readers, file, p.mediaType, p.body[:min(len(p.body), 64<<10)])
		if sure >= 0.5 {
			r.reader = reader
		} else {
			doc.Problems = append(doc.Problems, "The attachment "+shown(file)+" is of no kind that can be read; it is only named.")
		}
	}
	return r
}

// shown is a file's name in a sentence.
func shown(name string) string {
	if r := []rune(name); len(r) > 100 {
		name = "…" + string(r[len(r)-99:])
	}
	return name
}

// read reads an attachment as documents that are part of the mail.
func (m *mailbag) read(ctx context.Context, r reading, at letter) error {
	kind := r.part.mediaType
	if kind == "message/rfc822" || kind == "message/global" {
		if at.level >= maxLevels {
			return nil
		}
		id := strings.TrimSuffix(r.name, "/part"+endings[kind])
		return m.mail(ctx, r.part.body, letter{id: id, label: "The mail within " + at.label, partOf: at.id, level: at.level + 1})
	}
	if r.reader == nil {
		return nil
	}
	inner := m.request
	inner.Cursor = nil
	inner.Yield = func(ctx context.Context, docs []centre.Document, _ centre.Cursor) error {
		for _, d := range docs {
			d.PartOf = at.id
			if d.Title == "" {
				d.Title = r.title
			}
			if err := m.out.add(ctx, d); err != nil {
				return err
			}
		}
		return nil
	}
	if yield := m.request.YieldEvents; yield != nil {
		inner.YieldEvents = func(ctx context.Context, events []centre.Event, _ centre.Cursor) error {
			return m.out.keep(yield(ctx, events, nil))
		}
	}
	if yield := m.request.YieldTracks; yield != nil {
		inner.YieldTracks = func(ctx context.Context, tracks []centre.Track, _ centre.Cursor) error {
			return m.out.keep(yield(ctx, tracks, nil))
		}
	}
	result, err := r.reader.Read(ctx, inner, r.name, bytes.NewReader(r.part.body))
	if m.out.failure != nil {
		return m.out.failure
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	for _, p := range result.Problems {
		m.problem("%s", p)
	}
	if err != nil {
		if centre.CodeOf(err) == "" {
			return err
		}
		m.problem("%s", err.Error())
	}
	return nil
}
