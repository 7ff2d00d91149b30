package alerts

import (
	"encoding/xml"
	"strings"

	"entente/internal/gather"
	"entente/internal/gather/poll"
	"entente/internal/gather/xmltree"
)

const (
	capSpace   = "urn:oasis:names:tc:emergency:cap:"
	capOld     = "http://www.incident.com/cap/" // version 1.0
	gdacsSpace = "http://www.gdacs.org"
)

// xml reads an alert, or a list that holds alerts, points to them or is GDACS's.
func (p *parser) xml(text string) error {
	position := 0
	root, err := xmltree.Each(text, func(n xml.Name) bool {
		switch n.Local {
		case "alert", "entry", "item":
			return true
		}
		return n.Local == "title" && p.title == ""
	}, func(n *xmltree.Node) {
		switch n.Name {
		case "title":
			p.title = gather.PlainLine(n.Value())
		case "alert":
			p.capIn(n)
		default:
			position++
			p.entry(n, position)
		}
	})
	if err != nil {
		return p.damaged(err)
	}
	switch root.Local {
	case "alert", "feed", "rss", "RDF":
		return nil
	}
	if p.alerts > 0 { // in an envelope, like EDXL-DE
		return nil
	}
	return p.strange()
}

// capIn reads an alert element, of a namespace of CAP or of none.
func (p *parser) capIn(n *xmltree.Node) {
	if n.Space != "" && !strings.HasPrefix(n.Space, capSpace) && !strings.HasPrefix(n.Space, capOld) {
		p.problem("An alert of the unknown namespace %q was left out; CAP's is urn:oasis:names:tc:emergency:cap:1.2.", n.Space)
		return
	}
	p.alerts++
	p.cap(n)
}

// entry reads an entry of an Atom or an item of an RSS list.
func (p *parser) entry(n *xmltree.Node, position int) {
	if n.Of(gdacsSpace, "eventtype") != nil {
		p.gdacs(n, position)
		return
	}
	if held := n.Child("content", "alert"); held != nil {
		p.capIn(held)
		return
	}
	if held := n.Child("alert"); held != nil {
		p.capIn(held)
		return
	}
	if text := n.Get("content"); strings.HasPrefix(text, "<") && strings.Contains(text, capSpace) { // escaped
		if _, err := xmltree.Each(text, func(x xml.Name) bool { return x.Local == "alert" }, p.capIn); err != nil {
			p.problem("The alert in entry %d is damaged: %s; it was left out.", position, poll.Reason(err))
		}
		return
	}
	updated := n.Get("updated") + n.Get("pubDate")
	if to := p.absolute(alertLink(n)); to != "" {
		if p.full(len(p.links)) {
			return
		}
		p.links = append(p.links, link{url: to, updated: updated})
		return
	}
	p.problem("Entry %d of the list neither holds an alert nor points to one; it was left out.", position)
}

// alertLink finds where an entry's alert is: what calls itself CAP, else where
// the entry leads, which many lists leave without a type.
func alertLink(n *xmltree.Node) string {
	var alternate, enclosure string
	for _, l := range append(n.All("link"), n.All("enclosure")...) {
		to := l.Attr("href") + l.Attr("url")
		if to == "" {
			to = l.Value()
		}
		switch kind, rel := l.Attr("type"), l.Attr("rel"); {
		case strings.HasPrefix(kind, "application/cap+xml"):
			return to
		case alternate == "" && l.Name == "link" && (rel == "" || rel == "alternate"):
			alternate = to
		case enclosure == "" && strings.HasSuffix(kind, "xml"):
			enclosure = to
		}
	}
	if enclosure != "" {
		return enclosure
	}
	return alternate
}

// absolute resolves an address; "" where it leads nowhere that could be fetched.
func (p *parser) absolute(address string) string {
	if address = gather.CleanText(strings.TrimSpace(address)); address == "" || len(address) > 4000 {
		return ""
	}
	u, err := p.base.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	u.User = nil
	return u.String()
}
