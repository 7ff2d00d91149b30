package stix

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"entente/internal/centre"
	"entente/internal/gather"
)

// texts are the types that tell a person something, and where they tell it.
var texts = map[string]string{"report": "description", "incident": "description", "note": "content", "opinion": "explanation"}

// shown are the properties of such an object that its document has in fields of
// its own; all others become properties.
var shown = []string{
	"type", "spec_version", "id", "created", "modified", "published", "created_by_ref", "name", "abstract", "lang", "revoked",
	"object_refs", "object_marking_refs", "granular_markings", "external_references",
}

// maxRefs bounds the references of one object that are put into words.
const maxRefs = 2000

// documents turns all objects into documents of the source of r.
func (g *graph) documents(r gather.Request) []centre.Document {
	var docs []centre.Document
	for _, o := range g.objects {
		if texts[o.kind] != "" {
			docs = append(docs, g.tell(r, o))
		}
	}
	for _, later := range []bool{false, true} { // who refers comes before what is referred to
		for _, o := range g.objects {
			if texts[o.kind] == "" && resolved[o.kind] == later && !g.told(o) {
				if d, ok := g.keep(r, o); ok {
					docs = append(docs, d)
				}
			}
		}
	}
	return docs
}

// common fills what all documents have; s says what markings say.
func (g *graph) common(r gather.Request, o *object, s *said) centre.Document {
	d := centre.Document{
		Source: r.Source.ID, ExternalID: o.id, Fetched: r.Now, MediaType: "text/plain",
		Language: o.language(), Updated: o.moment("modified"),
		Properties: []centre.Property{{Name: "stix:type", Value: o.kind}, {Name: "stix:id", Value: o.id}},
	}
	if d.Language == "" {
		d.Language = r.Source.Language
	}
	published := o.moment("published")
	if !published.Known() {
		published = o.moment("created")
	}
	var problem string
	if d.Published, problem = gather.Plausible(published, r.Now); problem != "" {
		d.Problems = append(d.Problems, problem)
	}
	if d.Updated, _ = gather.Plausible(d.Updated, r.Now); d.Updated == d.Published {
		d.Updated = centre.Moment{}
	}
	if by := o.text("created_by_ref"); by != "" {
		if who := g.object(by, true); who != nil && name(who) != "" {
			d.Author = name(who)
			g.used[by] = true
			g.inherit(s, who)
		}
	}
	if o.revoked() {
		d.Withdrawn = "The source revoked it."
		if d.Updated.Known() {
			d.Withdrawn = "The source revoked it on " + d.Updated.Time.Format("2 January 2006") + "."
		}
	}
	return d
}

// finish marks a document as its markings say.
func finish(r gather.Request, d *centre.Document, s said) {
	d.Properties = append(d.Properties, s.properties...)
	d.Marking = gather.Narrow(r.Source, s.restriction)
	for _, problem := range s.problems {
		if !slices.Contains(d.Problems, problem) {
			d.Problems = append(d.Problems, problem)
		}
	}
}

// tell makes the document of a report, note, opinion or incident.
func (g *graph) tell(r gather.Request, o *object) centre.Document {
	s := g.markings(o)
	d := g.common(r, o, &s)
	add := func(name, value string) {
		if value != "" {
			d.Properties = append(d.Properties, centre.Property{Name: name, Value: clip(value)})
		}
	}
	body := texts[o.kind]
	d.Body = o.text(body)
	for _, key := range o.keys {
		if key != body && !slices.Contains(shown, key) {
			add(gather.PlainLine(key), words(o.fields[key]))
		}
	}
	if d.Author == "" {
		d.Author = gather.PlainLine(strings.Join(o.list("authors"), ", "))
	}
	var where place
	refs, names := o.list("object_refs"), []string{}
	for i, ref := range refs {
		if i == maxRefs {
			d.Problems = append(d.Problems, "The object refers to more than 2000 others; the rest of its references was left out.")
			break
		}
		if strings.HasPrefix(ref, "location--") {
			names = append(names, g.locate(&s, ref, &where))
		} else {
			names = append(names, g.refer(&s, ref))
		}
	}
	add("object_refs", strings.Join(names, "; "))
	for i, relation := range g.relations[o.id] {
		if i == maxRefs {
			break
		}
		if relation.revoked() {
			continue
		}
		from, to, kind := relation.text("source_ref"), relation.text("target_ref"), relation.line("relationship_type")
		g.used[relation.id] = true
		g.inherit(&s, relation)
		switch {
		case from != o.id:
			add("relationship", g.refer(&s, from)+" "+kind+" this")
		case kind == "located-at":
			add("relationship", "this "+kind+" "+g.locate(&s, to, &where))
		default:
			add("relationship", "this "+kind+" "+g.refer(&s, to))
		}
	}
	where.put(&d)
	for _, reference := range references(o) {
		if d.URL == "" && reference.page() {
			d.URL = reference.URL
		}
		add("external_references", reference.String())
	}
	d.Title = g.title(o, names)
	finish(r, &d, s)
	return d
}

// title is what the object is called, or else what it is.
func (g *graph) title(o *object, names []string) string {
	title := gather.PlainLine(o.text("name"))
	if o.kind == "note" {
		title = gather.PlainLine(o.text("abstract"))
	}
	if title != "" {
		return title
	}
	title = o.kind
	if opinion := o.line("opinion"); opinion != "" {
		title += ": " + opinion
	}
	if len(names) > 0 {
		title += " on " + names[0]
	}
	return gather.PlainLine(strings.ToUpper(title[:1]) + title[1:])
}

// keep makes the document of an object that is kept as it came.
func (g *graph) keep(r gather.Request, o *object) (centre.Document, bool) {
	s := g.markings(o)
	d := g.common(r, o, &s)
	title := name(o)
	if o.kind == "relationship" {
		title = g.refer(&s, o.text("source_ref")) + " " + o.line("relationship_type") + " " + g.refer(&s, o.text("target_ref"))
	}
	if title == "" {
		title = o.id
	}
	d.Title = gather.PlainLine(o.kind + ": " + title)
	var b bytes.Buffer
	if len(o.raw) > 1<<20 || json.Indent(&b, o.raw, "", "  ") != nil {
		b.Reset()
		b.Write(o.raw)
	}
	if d.Body = gather.CleanText(b.String()); len(d.Body) > centre.MaxBody {
		g.problems = append(g.problems, "The object "+o.id+" is larger than a document can be; it was left out.")
		return d, false
	}
	if o.kind == "location" {
		var where place
		if problem := where.add(o); problem != "" {
			s.problems = append(s.problems, problem)
		}
		where.put(&d)
	}
	finish(r, &d, s)
	return d, true
}

// reference is an external reference (section 2.5).
type reference struct {
	Source      string `json:"source_name"`
	Description string `json:"description"`
	URL         string `json:"url"`
	ID          string `json:"external_id"`
}

func references(o *object) []reference {
	var raws []json.RawMessage
	_ = json.Unmarshal(o.fields["external_references"], &raws)
	var list []reference
	for _, raw := range raws {
		var one reference
		if json.Unmarshal(raw, &one) == nil {
			one.URL = strings.TrimSpace(gather.CleanText(one.URL))
			list = append(list, one)
		}
	}
	return list
}

// page reports whether the reference leads to something that can be opened.
func (f reference) page() bool {
	u, err := url.Parse(f.URL)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.User == nil && len(f.URL) < 2000 && !strings.ContainsAny(f.URL, " \n\t")
}

// String is the reference in words: "Example News 17: what it says https://...".
func (f reference) String() string {
	text := strings.TrimSpace(f.Source + " " + f.ID)
	if f.Description != "" {
		text += ": " + f.Description
	}
	return gather.CleanText(strings.TrimSpace(text + " " + f.URL))
}
