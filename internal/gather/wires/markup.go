package wires

import (
	"strings"

	"golang.org/x/net/html"

	"entente/internal/centre"
	"entente/internal/gather/poll"
	"entente/internal/gather/xmltree"
)

// inline turns XHTML or NITF into plain HTML: its structure, without attributes
// but the addresses of links. Of NITF (3.x) that is body.content: headline,
// byline and dateline stand in the item's own fields. Media become enclosures.
// Of another vocabulary the text remains.
func (p *parser) inline(n *xmltree.Node, d *centre.Document) string {
	start := n
	for _, path := range [][]string{{"nitf", "body", "body.content"}, {"html", "body"}, {"body", "body.content"}, {"body.content"}, {"body"}} {
		if found := n.Child(path...); found != nil {
			start = found
			break
		}
	}
	var b strings.Builder
	p.markup(&b, start, d)
	return b.String()
}

// Elements by what becomes of them; those in none of the tables leave their text.
var (
	keptElements = words("p br hr h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table thead tbody tfoot tr td th caption blockquote pre em strong b i u sub sup a div q cite code")
	renamed      = map[string]string{"hl1": "h2", "hl2": "h3", "block": "div", "bq": "blockquote", "nitf-table": "div", "section": "div", "article": "div"}
	dropped      = words("script style head object embed iframe form media template title meta link")
)

func words(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

func (p *parser) markup(b *strings.Builder, n *xmltree.Node, d *centre.Document) {
	for _, c := range n.Nodes {
		name := strings.ToLower(c.Name)
		if to := renamed[name]; to != "" {
			name = to
		}
		switch {
		case name == "":
			b.WriteString(html.EscapeString(c.Text))
		case name == "media":
			for _, ref := range c.All("media-reference") {
				d.Enclosures = enclose(d.Enclosures, centre.Enclosure{
					URL: p.absolute(ref.Attr("source")), MediaType: poll.Line(ref.Attr("mime-type")), Title: poll.Line(c.Get("media-caption")),
				})
			}
		case dropped[name]:
		case !keptElements[name]:
			p.markup(b, c, d)
		case name == "br" || name == "hr":
			b.WriteString("<" + name + ">")
		default:
			b.WriteString("<" + name)
			if to := p.absolute(c.Attr("href")); name == "a" && to != "" {
				b.WriteString(` href="` + html.EscapeString(to) + `"`)
			}
			b.WriteString(">")
			p.markup(b, c, d)
			b.WriteString("</" + name + ">")
		}
	}
}
