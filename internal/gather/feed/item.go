package feed

import (
	"html"
	"slices"
	"strconv"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
)

// item reads an RSS item or an Atom entry. Feeds mix the words of both and of
// many namespaces, so there is one list of names for each field, the best
// first, and not one reader for each format.
func (r *reader) item(n *node) Item {
	var i Item
	guid := n.child("guid", "id", "dc:identifier", "dcterms:identifier")
	i.GUID = name(gather.CleanText(guid.trimmed()))
	if about := n.spaced("rdf", "about"); i.GUID == "" {
		i.GUID = name(gather.CleanText(about))
	}
	i.Link = r.itemLink(n, guid, &i)
	i.Title = r.title(n.child("title", "dc:title", "dcterms:title", "itunes:title", "media:title"))
	if group := n.child("media:group"); i.Title == "" && group != nil {
		i.Title = r.title(group.child("media:title"))
	}
	i.Author = r.authorsOf(n)
	if i.Author == "" {
		i.Author = r.authors
	}
	r.body(n, &i)
	r.dates(n, &i)
	i.locate(n)
	i.Enclosures = r.enclosures(n)
	i.properties(n)
	return i
}

// body takes the fullest text that the item has.
func (r *reader) body(n *node, i *Item) {
	var from *node
	for _, name := range [...]string{
		"content:encoded", "content", "content:content", "fullitem", "xhtml:body", "xhtml:div", "body",
		"description", "summary", "abstract", "dcterms:abstract", "dc:description", "dcterms:description",
		"itunes:summary", "media:description", "media:group", "media:content", "itunes:subtitle", "tagline", "subtitle", "cap:description",
	} {
		if from = n.child(name); from == nil {
			continue
		}
		if name == "media:group" || name == "media:content" { // Media RSS: a description of the group or of the one
			if from = from.child("media:description"); from == nil {
				continue
			}
		}
		text, isHTML := r.construct(from)
		i.MediaType = "text/plain"
		if isHTML {
			i.MediaType = "text/html"
		}
		i.Body = text
		if i.finish(); i.Body != "" {
			break
		}
	}
	if i.MediaType == "" {
		i.MediaType = "text/plain"
	}
	// The language is that of the text, or of the item, where it is not the feed's.
	i.Language = languageTag(n.child("language", "dc:language", "dcterms:language").trimmed())
	for _, of := range []*node{from, n.child("title"), n} {
		if of != nil && i.Language == "" && of.lang != "" && of.lang != r.channel.lang {
			i.Language = of.lang
		}
	}
}

// finish cleans the text and bounds it.
func (i *Item) finish() {
	clean := gather.CleanText
	if i.MediaType == "text/html" {
		clean = gather.CleanHTML
	}
	i.Body = strings.TrimSpace(clean(i.Body))
	if len(i.Body) > centre.MaxBody {
		i.Body = strings.ToValidUTF8(i.Body[:centre.MaxBody], "")
		i.Problems = append(i.Problems, "The text was longer than 15 MB and was cut.")
	}
}

// dates reads when the item was published and when it was changed. RFC 4287
// demands only the time of the last change, which is not that of publication.
func (r *reader) dates(n *node, i *Item) {
	i.Published = i.firstDate(r, n, "pubdate", "published", "issued", "dcterms:issued", "dcterms:available", "dc:date", "dcterms:date",
		"prism:publicationdate", "created", "dcterms:created", "dc:created", "date")
	i.Updated = i.firstDate(r, n, "updated", "modified", "dcterms:modified", "dc:modified", "lastbuilddate", "prism:modificationdate")
	if r.feed.Format == "cdf" && !i.Updated.Known() {
		i.Updated = i.date(n.attr("lastmod"), r.now)
	}
	if date := n.child("dc:date"); !i.Updated.Known() && date != nil && n.child("pubdate", "published") != nil {
		if m := i.date(date.string(), r.now); m.Known() && m.Time.After(i.Published.Time) && i.Published.Known() {
			i.Updated = m
		}
	}
}

// firstDate gives the first of the elements that is a date.
func (i *Item) firstDate(r *reader, n *node, names ...string) centre.Moment {
	for _, name := range names {
		all := n.children(name)
		for _, kid := range all[:min(len(all), 5)] {
			if m := i.date(kid.string(), r.now); m.Known() {
				return m
			}
		}
	}
	return centre.Moment{}
}

// properties keeps what else the item states: its categories, rights and
// contributors, the source that it names, and the elements of CAP.
func (i *Item) properties(n *node) {
	const most = 100
	add := func(name, value string) {
		if len(i.Properties) == most {
			return
		}
		p := centre.Property{Name: gather.Line(bounded(name)), Value: gather.PlainLine(bounded(value))}
		if p.Name != "" && p.Value != "" && !slices.Contains(i.Properties, p) {
			i.Properties = append(i.Properties, p)
		}
	}
	for _, kid := range n.kids {
		switch {
		case kid.space == "cap":
			addCAP(kid, add, 0)
		case kid.is("category"):
			add("category", firstOf(kid.attr("label"), kid.trimmed(), kid.attr("term")))
		case kid.is("dc:subject"), kid.is("dcterms:subject"):
			add("category", kid.string())
		case kid.is("media:category"):
			add("category", firstOf(kid.attr("label"), kid.string()))
		case kid.is("media:keywords"), kid.is("itunes:keywords"):
			for _, word := range strings.Split(kid.string(), ",") {
				add("keyword", word)
			}
		case kid.is("contributor"), kid.is("dc:contributor"), kid.is("dcterms:contributor"):
			add("contributor", person(kid))
		case kid.is("rights"), kid.is("copyright"), kid.is("dc:rights"), kid.is("dcterms:rights"), kid.is("media:copyright"):
			add("rights", kid.string())
		case kid.is("source"):
			add("source", firstOf(kid.child("title").trimmed(), kid.trimmed(), kid.attr("url")))
		case kid.is("georss:featurename"), kid.is("georss:featurenametag"):
			add("place", kid.string())
		case kid.is("dc:publisher"), kid.is("dcterms:publisher"):
			add("publisher", kid.string())
		}
	}
}

// addCAP adds an element of CAP under its own name. Polygons and circles are
// geometry; valueName and value are a pair (CAP 1.2, section 3.2).
func addCAP(n *node, add func(name, value string), depth int) {
	pair, value := n.child("cap:valuename", "valuename"), n.child("cap:value", "value")
	switch {
	case n.name == "polygon", n.name == "circle":
	case pair != nil && value != nil:
		add(n.local, pair.trimmed()+": "+value.trimmed())
	case !slices.ContainsFunc(n.kids, func(kid *node) bool { return kid.name != "" }):
		add(n.local, n.string())
	default:
		for _, kid := range n.kids {
			if kid.name != "" && depth < 4 {
				addCAP(kid, add, depth+1)
			}
		}
	}
}

// date reads a date; what cannot be read or believed is a problem and unknown.
func (i *Item) date(text string, now time.Time) centre.Moment {
	text = strings.TrimSpace(bounded(text))
	if text == "" {
		return centre.Moment{}
	}
	m, ok := gather.ParseDate(html.UnescapeString(text), centre.BasisFeed)
	problem := "The date \"" + short(gather.PlainLine(text)) + "\" could not be read, or could mean several days; it counts as unknown."
	if ok {
		m, problem = gather.Plausible(m, now)
	}
	if problem != "" && !slices.Contains(i.Problems, problem) {
		i.Problems = append(i.Problems, problem)
	}
	return m
}

func short(s string) string {
	if r := []rune(s); len(r) > 80 {
		return string(r[:80]) + "…"
	}
	return s
}

// enclosures lists the files that the item offers, each address once.
func (r *reader) enclosures(n *node) (found []centre.Enclosure) {
	const most = 50
	add := func(of *node, address, mediaType, length, title string) {
		if len(found) == most {
			return
		}
		e := centre.Enclosure{URL: r.absolute(address, of), MediaType: mediaTypeOf(mediaType), Title: gather.PlainLine(title)}
		if bytes, err := strconv.ParseInt(strings.TrimSpace(length), 10, 64); err == nil && bytes > 0 {
			e.Length = bytes
		}
		if e.URL == "" || slices.ContainsFunc(found, func(o centre.Enclosure) bool { return o.URL == e.URL }) {
			return
		}
		found = append(found, e)
	}
	for _, kid := range n.kids {
		switch {
		case kid.is("enclosure"):
			add(kid, firstOf(kid.attr("url"), kid.attr("href"), kid.spaced("rdf", "resource")), kid.attr("type"), kid.attr("length"), kid.attr("title"))
		case kid.is("link") && rel(kid) == "enclosure":
			add(kid, kid.attr("href"), kid.attr("type"), kid.attr("length"), kid.attr("title"))
		}
	}
	var media func(n *node, depth int)
	media = func(n *node, depth int) {
		for _, kid := range n.kids {
			switch {
			case kid.is("media:content"):
				add(kid, kid.attr("url"), firstOf(kid.attr("type"), mediumType(kid.attr("medium"))), kid.attr("filesize"), kid.child("media:title").trimmed())
				if depth < 3 {
					media(kid, depth+1)
				}
			case kid.is("media:group") && depth < 3:
				media(kid, depth+1)
			case kid.is("media:thumbnail"):
				add(kid, kid.attr("url"), "image/*", "", "")
			}
		}
	}
	media(n, 0)
	return found
}

// mediumType is what Media RSS's medium says of a type that is not given.
func mediumType(medium string) string {
	switch medium {
	case "image", "audio", "video":
		return medium + "/*"
	}
	return ""
}

func mediaTypeOf(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	if len(s) > 200 || strings.Count(s, "/") != 1 || strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' }) && !strings.Contains(s, ";") {
		return ""
	}
	return gather.PlainLine(s)
}
