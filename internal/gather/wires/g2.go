package wires

import (
	"encoding/xml"
	"strconv"
	"strings"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/poll"
	"entente/internal/gather/xmltree"
)

// nar is the namespace of the IPTC's G2 standards.
const nar = "http://iptc.org/std/nar/2006-10-01/"

// g2 reads a NewsML-G2 document: an item, or a newsMessage with several.
func (p *parser) g2(text string) error {
	known := false
	root, err := xmltree.Each(text, func(n xml.Name) bool {
		switch n.Local {
		case "newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem":
			return n.Space == nar || n.Space == ""
		}
		return false
	}, func(n *xmltree.Node) {
		known = true
		p.position++
		switch n.Name {
		case "newsItem":
			p.newsItem(n)
		case "packageItem":
			p.problem("The package %s is a list of other items and became no document; items that came with it were read.", poll.Line(n.Attr("guid")))
		default:
			p.problem("The %s %s is no news and was left out.", n.Name, poll.Line(n.Attr("guid")))
		}
	})
	switch {
	case err != nil && !known:
		return centre.Invalid("%s is damaged, and no complete item could be read from it: %s. Tell its owner; it is tried again later.", p.shown(), poll.Reason(err))
	case err != nil:
		p.problem("%s is damaged: %s. What stood before that was read; the rest was left out.", p.shown(), poll.Reason(err))
		p.partial = true
	case !known && root.Local != "newsMessage":
		return p.strange()
	}
	return nil
}

func (p *parser) newsItem(n *xmltree.Node) {
	meta, content := n.Child("itemMeta"), n.Child("contentMeta")
	i := &item{
		id: n.Attr("guid"), version: n.Attr("version"), status: concept(meta.Child("pubStatus")),
		first: meta.Get("firstCreated"), created: meta.Get("versionCreated"),
	}
	if e := meta.Child("embargoed"); e != nil { // one without a time is an embargo without an end
		i.embargoed, i.embargo = true, e.Value()
	}
	for _, e := range meta.All("edNote") {
		i.note = strings.TrimSpace(i.note + " " + e.Value())
	}
	d := &i.doc
	d.Title = gather.PlainLine(firstOf(headline(content), meta.Get("title"), content.Get("slugline")))
	d.Author = gather.PlainLine(content.Get("by"))
	if d.Author == "" {
		d.Author = gather.PlainLine(firstOf(content.Get("creator", "name"), content.Get("creditline")))
	}
	d.Language = poll.Line(firstOf(content.Child("language").Attr("tag"), n.Attr("lang")))
	p.contentSet(n.Child("contentSet"), i)
	if strings.TrimSpace(d.Body) == "" {
		for _, e := range content.All("description") {
			if d.Body = e.Value(); d.Body != "" {
				break
			}
		}
		d.MediaType = "text/plain"
	}
	i.fields(n, meta, content)
	p.take(i)
}

// headline prefers the main one.
func headline(content *xmltree.Node) string {
	all := content.All("headline")
	for _, h := range all {
		if strings.HasSuffix(h.Attr("role"), ":main") {
			return h.Value()
		}
	}
	if len(all) > 0 {
		return all[0].Value()
	}
	return ""
}

// concept is a controlled value as it stands: a qcode, a URI or a literal.
func concept(n *xmltree.Node) string {
	return firstOf(n.Attr("qcode"), n.Attr("uri"), n.Attr("literal"))
}

// fields keeps what the item states, under the standard's names.
func (i *item) fields(n, meta, content *xmltree.Node) {
	t := &i.table
	t.Add("version", n.Attr("version"))
	add := func(of *xmltree.Node, names ...string) {
		for _, name := range names {
			for _, e := range of.All(name) {
				t.Add(name, strings.TrimSpace(firstOf(e.Get("name"), e.Value())+" "+concept(e)))
			}
		}
	}
	add(meta, "itemClass", "provider", "versionCreated", "firstCreated", "embargoed", "pubStatus", "profile", "service", "edNote", "signal")
	add(content, "urgency", "contentCreated", "contentModified", "located", "creator", "contributor", "creditline", "infoSource", "dateline", "slugline", "genre", "subject")
	add(n.Child("rightsInfo"), "copyrightHolder", "copyrightNotice", "usageTerms")
}

// contentSet finds the body among the renditions of the same content: XHTML or
// NITF before plain text; what lies elsewhere becomes enclosures.
func (p *parser) contentSet(set *xmltree.Node, i *item) {
	d := &i.doc
	if set == nil {
		return
	}
	for _, c := range set.Nodes {
		switch c.Name {
		case "inlineXML":
			if text := p.inline(c, d); d.MediaType != "text/html" && strings.TrimSpace(text) != "" {
				d.Body, d.MediaType = text, "text/html"
			}
			if d.Language == "" {
				d.Language = poll.Line(c.Attr("lang"))
			}
		case "inlineData":
			kind := c.Attr("contenttype")
			switch {
			case c.Attr("encoding") != "" || kind != "" && !strings.HasPrefix(kind, "text/"):
				d.Problems = append(d.Problems, poll.Sentence("Content of the type %q that came inside the item was not kept.", poll.Line(kind)))
			case d.Body == "" && strings.HasPrefix(kind, "text/html"):
				d.Body, d.MediaType = c.Value(), "text/html"
			case d.Body == "":
				d.Body, d.MediaType = c.Value(), "text/plain"
			}
		case "remoteContent":
			e := centre.Enclosure{URL: p.absolute(c.Attr("href")), MediaType: poll.Line(c.Attr("contenttype")), Title: gather.PlainLine(firstOf(c.Attr("title"), c.Attr("rendition")))}
			if size, err := strconv.ParseInt(c.Attr("size"), 10, 64); err == nil && size > 0 {
				e.Length = size
			}
			d.Enclosures = enclose(d.Enclosures, e)
		}
	}
}
