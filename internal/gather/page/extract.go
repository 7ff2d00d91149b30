package page

import (
	"context"
	"net/url"
	"strings"

	readability "codeberg.org/readeck/go-readability"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// extracted is the readable part of a page.
type extracted struct {
	html, text    string
	title, author string // as the reader of pages guesses them; "" for none
}

// Bounds within which readability's rules are tried. They ask at each element
// for the text and links below it, so that their cost is that of the elements
// times their depth, and of the text times its depth. It cannot be stopped
// while it works, so that a page beyond the bounds is read plainly instead.
const (
	maxElements = 40_000
	maxWork     = 1_500_000 // sum of the depths of all elements
	maxTextWork = 100 << 20 // sum of the bytes of all texts, each times its depth
)

// extract finds the text: the elements that the source names, where it names
// any; else what readability's rules find; else, of a page too large for
// these, its paragraphs.
func extract(ctx context.Context, doc *html.Node, base *url.URL, named []*html.Node) (extracted, error) {
	if err := ctx.Err(); err != nil {
		return extracted{}, err
	}
	if len(named) > 0 {
		if e := render(named, base); strings.TrimSpace(e.text) != "" {
			return e, nil
		}
	}
	if bearable(doc) {
		parser := readability.NewParser()
		parser.MaxElemsToParse = maxElements
		parser.DisableJSONLD = true // read by describe, which knows our dates
		read, err := parser.ParseDocument(doc, base)
		if err := ctx.Err(); err != nil {
			return extracted{}, err
		}
		if err == nil {
			return extracted{html: read.Content, text: read.TextContent, title: read.Title, author: read.Byline}, nil
		}
	}
	e := paragraphs(doc)
	e.title = documentTitle(doc)
	return e, ctx.Err()
}

func bearable(doc *html.Node) bool {
	elements, work, texts := 0, 0, 0
	var walk func(n *html.Node, depth int) bool
	walk = func(n *html.Node, depth int) bool {
		switch n.Type {
		case html.ElementNode:
			elements++
			work += depth
		case html.TextNode:
			texts += depth * len(n.Data)
		}
		if elements > maxElements || work > maxWork || texts > maxTextWork {
			return false
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if !walk(c, depth+1) {
				return false
			}
		}
		return true
	}
	return walk(doc, 0)
}

// render writes the named elements, without what nobody reads, with whole links.
func render(named []*html.Node, base *url.URL) extracted {
	var b, plain strings.Builder
	inside := map[*html.Node]bool{}
	for _, n := range named {
		covered := false
		for p := n.Parent; p != nil && !covered; p = p.Parent {
			covered = inside[p]
		}
		if inside[n] = true; covered {
			continue // a part of one that was written already
		}
		tidy(n, base)
		wrap := n.DataAtom == atom.Body || n.DataAtom == atom.Html || n.DataAtom == atom.Td || n.DataAtom == atom.Li
		if wrap { // stands for itself only inside its parent
			b.WriteString("<div>")
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				_ = html.Render(&b, c) // a strings.Builder takes all
			}
			b.WriteString("</div>")
		} else {
			_ = html.Render(&b, n)
		}
		plain.WriteString(text(n, 1<<20))
		plain.WriteByte('\n')
	}
	return extracted{html: b.String(), text: plain.String()}
}

// tidy takes out what nobody reads and makes links whole.
func tidy(n *html.Node, base *url.URL) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if c.Type == html.CommentNode || c.Type == html.ElementNode && silent(c) {
			n.RemoveChild(c)
		} else {
			tidy(c, base)
		}
		c = next
	}
	kept := n.Attr[:0]
	for _, a := range n.Attr {
		if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
			continue
		}
		if a.Key == "href" || a.Key == "src" {
			u, err := base.Parse(strings.TrimSpace(a.Val))
			if err != nil || u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "mailto" {
				continue
			}
			a.Val = u.String()
		}
		kept = append(kept, a)
	}
	n.Attr = kept
}

// maxPlain is how much text is taken of a page that is read plainly.
const maxPlain = 4 << 20

// paragraphs is the plain reading: the text of each paragraph, heading, list
// item and cell outside menus, in order.
func paragraphs(doc *html.Node) extracted {
	var b, plain strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode {
			switch n.DataAtom {
			case atom.Nav, atom.Aside, atom.Footer, atom.Form, atom.Header:
				return
			case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.Li, atom.Blockquote, atom.Pre, atom.Td, atom.Dd:
				if t := text(n, 64<<10); t != "" && plain.Len() < maxPlain {
					b.WriteString("<p>" + html.EscapeString(t) + "</p>\n")
					plain.WriteString(t + "\n")
				}
				return
			}
			if silent(n) && n.DataAtom != atom.Head {
				return
			}
		}
		for c := n.FirstChild; c != nil && plain.Len() < maxPlain; c = c.NextSibling {
			walk(c)
		}
	}
	walk(doc)
	if plain.Len() == 0 { // it has no paragraphs
		t := text(doc, maxPlain)
		return extracted{html: "<p>" + html.EscapeString(t) + "</p>", text: t}
	}
	return extracted{html: b.String(), text: plain.String()}
}

// headingOf gives the page's heading where the title is that heading with the
// site's name beside it; else the title.
func headingOf(doc *html.Node, title string) string {
	for n := range doc.Descendants() {
		if n.DataAtom == atom.H1 {
			if heading := text(n, 1000); len(heading) >= 10 && strings.Contains(title, heading) {
				return heading
			}
		}
	}
	return title
}

// documentTitle is the text of the title element.
func documentTitle(doc *html.Node) string {
	for n := range doc.Descendants() {
		if n.DataAtom == atom.Title && n.FirstChild != nil && n.Parent != nil && n.Parent.DataAtom == atom.Head {
			return n.FirstChild.Data
		}
	}
	return ""
}
