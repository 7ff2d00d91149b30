package page

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// about is what a page says of itself, in the order of trust that the
// package's doc gives.
type about struct {
	title, author, language, canonical string
	published, modified                []string
	stated                             [fromElement]string // the first time of publication of each rank, to see whether they agree
	closed, free                       bool                // it says that the article is not free to read, or is
	article                            bool                // it calls itself an article
}

// words collects the candidates by their rank.
type words struct {
	title, author, canonical, language [ranks]string
	published, modified                [ranks][]string
	closed, free, article              bool
}

const (
	fromJSONLD = iota
	fromGraph
	fromMeta
	fromElement
	ranks
)

// describe reads a page's own words about itself.
func describe(doc *html.Node) about {
	var w words
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.DataAtom {
		case atom.Html:
			set(&w.language[fromGraph], languageTag(attr(n, "lang")))
		case atom.Meta:
			w.meta(n)
		case atom.Link:
			if strings.EqualFold(attr(n, "rel"), "canonical") {
				set(&w.canonical[fromMeta], attr(n, "href"))
			}
		case atom.Script:
			if kind, _, _ := strings.Cut(attr(n, "type"), ";"); strings.EqualFold(strings.TrimSpace(kind), "application/ld+json") && n.FirstChild != nil {
				w.linked(n.FirstChild.Data)
			}
		case atom.Time:
			w.time(n)
		default:
			w.element(n)
		}
	}
	a := about{closed: w.closed, free: w.free, article: w.article}
	for rank := range ranks {
		a.title, a.author = firstOf(a.title, w.title[rank]), firstOf(a.author, w.author[rank])
		a.canonical, a.language = firstOf(a.canonical, w.canonical[rank]), firstOf(a.language, w.language[rank])
		a.published = append(a.published, w.published[rank]...)
		a.modified = append(a.modified, w.modified[rank]...)
		if rank < fromElement && len(w.published[rank]) > 0 {
			a.stated[rank] = w.published[rank][0]
		}
	}
	// The link element is the standard (RFC 6596); og:url only stands in for it.
	a.canonical = firstOf(w.canonical[fromMeta], a.canonical)
	return a
}

func (w *words) meta(n *html.Node) {
	name := strings.ToLower(firstOf(attr(n, "property"), attr(n, "name"), attr(n, "itemprop"), attr(n, "http-equiv")))
	content := strings.TrimSpace(attr(n, "content"))
	if content == "" {
		return
	}
	switch name {
	case "og:title", "twitter:title":
		set(&w.title[fromGraph], content)
	case "title", "headline", "dc.title", "dcterms.title", "sailthru.title", "citation_title":
		set(&w.title[fromMeta], content)
	case "og:url":
		set(&w.canonical[fromGraph], content)
	case "og:type":
		w.article = w.article || strings.EqualFold(content, "article")
	case "article:content_tier": // of Facebook's instant articles: free, metered or locked
		w.closed = w.closed || strings.EqualFold(content, "locked")
	case "article:published_time", "og:published_time", "og:article:published_time":
		add(&w.published[fromGraph], content)
	case "article:modified_time", "og:updated_time", "og:article:modified_time":
		add(&w.modified[fromGraph], content)
	case "datepublished", "date", "pubdate", "publishdate", "publish-date", "publication_date", "dc.date", "dc.date.issued", "dc.date.created",
		"dcterms.created", "dcterms.issued", "dcterms.date", "parsely-pub-date", "sailthru.date", "citation_publication_date", "article.published", "cxenseparse:recs:publishtime":
		add(&w.published[fromMeta], content)
	case "datemodified", "dcterms.modified", "dc.date.modified", "last-modified", "revised", "article.updated", "lastmod":
		add(&w.modified[fromMeta], content)
	case "author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "citation_author", "article:author", "twitter:creator", "byl":
		if !strings.HasPrefix(content, "http") && !strings.HasPrefix(content, "@") {
			set(&w.author[fromMeta], content)
		}
	case "content-language", "dc.language", "dcterms.language", "language":
		set(&w.language[fromMeta], languageTag(content))
	case "og:locale":
		set(&w.language[fromElement], languageTag(strings.ReplaceAll(content, "_", "-")))
	}
}

// element takes an author from what calls itself one inside the article.
func (w *words) element(n *html.Node) {
	if !strings.EqualFold(attr(n, "itemprop"), "author") && !strings.EqualFold(attr(n, "rel"), "author") || !insideHead(n) {
		return
	}
	for d := range n.Descendants() { // schema.org's author is a Person, who has a name
		if d.Type == html.ElementNode && strings.EqualFold(attr(d, "itemprop"), "name") {
			set(&w.author[fromElement], firstOf(attr(d, "content"), text(d, 200)))
		}
	}
	set(&w.author[fromElement], text(n, 200))
}

// time takes a time element that says what it is: by itemprop, by the old
// pubdate attribute, or as the only kind inside an article's header.
func (w *words) time(n *html.Node) {
	when := firstOf(attr(n, "datetime"), text(n, 200))
	hints := strings.ToLower(attr(n, "itemprop") + " " + attr(n, "class"))
	switch {
	case strings.Contains(hints, "modified") || strings.Contains(hints, "updated"):
		add(&w.modified[fromElement], when)
	case strings.Contains(hints, "publish") || has(n, "pubdate"):
		add(&w.published[fromElement], when)
	case attr(n, "datetime") != "" && insideHead(n):
		add(&w.published[fromElement], when)
	}
}

// insideHead tells an element that belongs to the one article of the page
// rather than to a teaser or a comment.
func insideHead(n *html.Node) bool {
	article := false
	for p := n.Parent; p != nil; p = p.Parent {
		switch p.DataAtom {
		case atom.Aside, atom.Nav, atom.Footer, atom.Li:
			return false
		case atom.Article, atom.Main:
			article = true
		}
	}
	return article
}

// languageTag keeps what looks like a BCP 47 tag.
func languageTag(tag string) string {
	tag = strings.TrimSpace(tag)
	if len(tag) < 2 || len(tag) > 35 || strings.ContainsFunc(tag, func(r rune) bool {
		return !(r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z')
	}) {
		return ""
	}
	return tag
}

func set(to *string, s string) {
	if *to == "" {
		*to = strings.TrimSpace(s)
	}
}

func add(to *[]string, s string) {
	if s = strings.TrimSpace(s); s != "" && len(*to) < 10 {
		*to = append(*to, s)
	}
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// text gives the text inside an element that a person would see, some most
// bytes of it, with its line breaks as spaces.
func text(n *html.Node, most int) string { return textBut(n, most, silent) }

// textBut is text without what a function leaves out besides what is silent.
func textBut(n *html.Node, most int, but func(*html.Node) bool) string {
	var b strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil && b.Len() < most; c = c.NextSibling {
			switch {
			case c.Type == html.TextNode:
				b.WriteString(strings.ToValidUTF8(c.Data[:min(len(c.Data), most-b.Len())], ""))
			case c.Type == html.ElementNode && !silent(c) && !but(c):
				if block(c) {
					b.WriteByte(' ')
				}
				walk(c)
				if block(c) {
					b.WriteByte(' ')
				}
			}
		}
	}
	walk(n)
	return strings.Join(strings.Fields(b.String()), " ")
}

// silent tells elements whose text nobody reads.
func silent(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Template, atom.Svg, atom.Noscript, atom.Head, atom.Select, atom.Textarea, atom.Iframe:
		return true
	}
	return has(n, "hidden")
}

// block tells elements that begin a line of their own.
func block(n *html.Node) bool {
	switch n.DataAtom {
	case atom.P, atom.Div, atom.Br, atom.Li, atom.Td, atom.Th, atom.Tr, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
		atom.Section, atom.Article, atom.Header, atom.Blockquote, atom.Ul, atom.Ol, atom.Form, atom.Figure, atom.Figcaption, atom.Pre, atom.Button, atom.Label:
		return true
	}
	return false
}
