package wires

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/poll"
)

// object is a JSON object. The versions of ninjs name and nest the same things
// differently, and 1 has names that end as the agency likes (body_xhtml).
type object map[string]any

const (
	maxAssociations = 500
	maxNested       = 3
)

// ninjs reads an item or a list of them. One item that is not as it should be is
// named, and the others are taken.
func (p *parser) ninjs(text string) error {
	raw, err := items([]byte(text))
	if err != nil {
		return centre.Invalid("%s is not well-formed JSON (%s); tell its owner. It is tried again later.", p.shown(), poll.Reason(err))
	}
	if raw == nil {
		return p.strange()
	}
	for n, one := range raw {
		p.position = n + 1
		o, err := decode(one)
		if err != nil {
			p.problem("Item %d was left out: %s.", p.position, poll.Reason(err))
			continue
		}
		p.ninjsItem(o, "", time.Time{}, 0)
	}
	if len(raw) > 0 && p.met == 0 {
		return p.strange()
	}
	return nil
}

// items finds the items of a content; nil where it can hold none.
func items(text []byte) (list []json.RawMessage, err error) {
	if text[0] == '[' {
		list = []json.RawMessage{}
		err = json.Unmarshal(text, &list)
		return list, err
	}
	var outer map[string]json.RawMessage
	if err := json.Unmarshal(text, &outer); err != nil {
		return nil, err
	}
	if _, is := outer["uri"]; is {
		return []json.RawMessage{text}, nil
	}
	for _, name := range []string{"items", "_items", "item", "results", "data"} {
		if json.Unmarshal(outer[name], &list) == nil && list != nil {
			return list, nil
		}
	}
	return nil, nil
}

func decode(raw []byte) (o object, err error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber() // a version stays as it is written
	if err = d.Decode(&o); err == nil && o == nil {
		err = fmt.Errorf("it is no object")
	}
	return o, err
}

// text is a field's value as text; "" for none, for null and for what is no text.
func (o object) text(names ...string) string {
	for _, name := range names {
		switch v := o[name].(type) {
		case string:
			if v != "" {
				return v
			}
		case json.Number:
			return v.String()
		case bool:
			return strconv.FormatBool(v)
		}
	}
	return ""
}

// list gives the objects of an array (ninjs 2 and 3), or of an object's members
// in the order of their names (associations and renditions of ninjs 1).
func (o object) list(names ...string) (all []object) {
	for _, name := range names {
		switch v := o[name].(type) {
		case []any:
			for _, e := range v {
				if m, ok := e.(map[string]any); ok {
					all = append(all, m)
				}
			}
		case map[string]any:
			for _, key := range slices.Sorted(maps.Keys(v)) {
				if m, ok := v[key].(map[string]any); ok {
					all = append(all, m)
				}
			}
		}
	}
	return all
}

// Fields that are kept as properties, in the order in which people read them.
var (
	ninjsPlain = []string{"type", "representationtype", "profile", "version", "versioncreated", "firstcreated", "contentcreated", "pubstatus", "embargoed", "embargoedreason",
		"urgency", "ednote", "slugline", "located", "copyrightholder", "copyrightnotice", "usageterms", "expires"}
	ninjsNamed = []string{"signals", "signal", "subject", "subjects", "person", "people", "organisation", "organisations", "place", "places", "event", "events",
		"object", "objects", "infosource", "infosources", "genre", "genres", "altids"}
)

// ninjsItem reads an item, and what is associated with it where it may be shown.
// An association is part of the item named, and under its embargo too.
func (p *parser) ninjsItem(o object, partOf string, embargo time.Time, nested int) {
	i := &item{
		id: o.text("uri"), version: o.text("version"), status: o.text("pubstatus"), note: o.text("ednote"),
		first: o.text("firstcreated"), created: o.text("versioncreated"),
	}
	if v, is := o["embargoed"]; is && v != nil {
		i.embargoed, i.embargo = true, o.text("embargoed")
	}
	if i.embargo == "" && !i.embargoed && !embargo.IsZero() {
		i.embargoed, i.embargo = true, embargo.Format(time.RFC3339Nano)
	}
	d := &i.doc
	d.PartOf = poll.Line(partOf)
	d.Title = gather.PlainLine(firstOf(o.text("headline"), best(o.list("headlines")), o.text("title"), o.text("slugline")))
	d.Author = gather.PlainLine(o.text("byline", "by"))
	d.Language = poll.Line(o.text("language"))
	d.Body, d.MediaType = o.body("body_", "bodies")
	if d.Body == "" {
		d.Body, d.MediaType = o.body("description_", "descriptions")
	}
	d.URL = p.absolute(o.text("url"))
	for _, name := range ninjsPlain {
		i.table.Add(name, o.text(name))
	}
	for _, name := range ninjsNamed {
		for _, e := range o.list(name) {
			i.table.Add(name, strings.TrimSpace(firstOf(e.text("name", "literal", "value"), bestName(e))+" "+e.text("code", "uri")))
		}
	}
	for _, r := range o.list("renditions") {
		d.Enclosures = enclose(d.Enclosures, p.rendition(r, d.Title))
	}
	texts := p.associated(o, i, embargo)
	shown, until := p.take(i)
	if !shown {
		return
	}
	if until.Before(embargo) {
		until = embargo
		p.items[len(p.items)-1].Document.Embargo = until
	}
	for _, text := range texts {
		if nested >= maxNested {
			p.problem("What is associated with the item %s more than %d deep was left out.", i.id, maxNested)
			return
		}
		p.ninjsItem(text, i.id, until, nested+1)
	}
}

// associated adds associated pictures and files to an item, and gives its
// associated texts.
func (p *parser) associated(o object, i *item, outer time.Time) (texts []object) {
	all := o.list("associations")
	if len(all) > maxAssociations {
		p.problem("The item %s has %d associated items; the first %d were read.", poll.Line(i.id), len(all), maxAssociations)
		all = all[:maxAssociations]
	}
	_, own, _ := i.judge()
	for _, a := range all {
		body, _ := a.body("body_", "bodies")
		if kind := a.text("type"); a.text("uri") != "" && (body != "" || kind == "text" || kind == "composite") {
			texts = append(texts, a)
			continue
		}
		file := item{status: a.text("pubstatus")}
		if v, is := a["embargoed"]; is && v != nil {
			file.embargoed, file.embargo = true, a.text("embargoed")
		}
		f, until, _ := file.judge()
		if f != show || until.After(own) && until.After(outer) && until.After(p.now) {
			p.problem("A file associated with the item %s was left out: its own status or embargo does not allow it to be shown with the item.", poll.Line(i.id))
			continue
		}
		title := gather.PlainLine(firstOf(a.text("headline"), best(a.list("headlines")), a.text("title")))
		for _, r := range a.list("renditions") {
			i.doc.Enclosures = enclose(i.doc.Enclosures, p.rendition(r, title))
		}
	}
	return texts
}

func (p *parser) rendition(r object, title string) centre.Enclosure {
	e := centre.Enclosure{
		URL: p.absolute(r.text("href")), MediaType: poll.Line(r.text("mimetype", "contenttype")),
		Title: gather.PlainLine(firstOf(r.text("title"), title)),
	}
	if n, err := strconv.ParseInt(r.text("sizeinbytes", "size"), 10, 64); err == nil && n > 0 {
		e.Length = n
	}
	return e
}

// body finds a text: in ninjs 2 and 3 in a list whose entries say their type, in
// ninjs 1 in fields whose names end with it. HTML keeps the paragraphs.
func (o object) body(prefix, list string) (text, mediaType string) {
	type form struct{ text, kind string }
	var forms []form
	for _, e := range o.list(list) {
		if t := e.text("value"); strings.TrimSpace(t) != "" {
			forms = append(forms, form{t, e.text("contenttype")})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(o)) {
		if kind, is := strings.CutPrefix(name, prefix); is && strings.TrimSpace(o.text(name)) != "" {
			forms = append(forms, form{o.text(name), kind})
		}
	}
	for _, kind := range []string{"html", "text", ""} {
		for _, f := range forms {
			if strings.Contains(strings.ReplaceAll(f.kind, "text/html", "html"), kind) {
				if strings.Contains(f.kind, "html") || kind == "" && gather.LooksHTML(f.text) {
					return f.text, "text/html"
				}
				return f.text, "text/plain"
			}
		}
	}
	return "", "text/plain"
}

// best gives the main one of several headlines, else the first.
func best(all []object) string {
	for _, e := range all {
		if e.text("role") == "main" {
			return e.text("value")
		}
	}
	if len(all) > 0 {
		return all[0].text("value")
	}
	return ""
}

// bestName gives the first of the names that ninjs 3 has in several languages.
func bestName(e object) string {
	for _, n := range e.list("names") {
		return n.text("value", "name")
	}
	return ""
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if strings.TrimSpace(t) != "" {
			return t
		}
	}
	return ""
}
