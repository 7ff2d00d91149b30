package feed

import (
	"encoding/base64"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"

	nethtml "golang.org/x/net/html"

	"entente/internal/gather"
)

// construct gives the content of an element that holds a text, and whether it
// is HTML. In Atom the element says so itself (RFC 4287, sections 3.1 and
// 4.1.3; "mode" is Atom 0.3's); in RSS nobody does, and what looks like HTML is.
func (r *reader) construct(n *node) (text string, isHTML bool) {
	kind, mode := strings.ToLower(n.attr("type")), strings.ToLower(n.attr("mode"))
	kind, _, _ = strings.Cut(kind, ";")
	kind = strings.TrimSpace(kind)
	markup := slices.ContainsFunc(n.kids, func(kid *node) bool { return kid.name != "" })
	if mode == "base64" || binary(kind) {
		decoded, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(n.string()), ""))
		if err != nil || kind != "" && !strings.HasPrefix(kind, "text/") && !strings.HasSuffix(kind, "html") && !strings.HasSuffix(kind, "xml") {
			return "", false
		}
		return r.rebased(n, string(decoded), kind != "text/plain"), kind != "text/plain"
	}
	switch {
	case markup:
		inner := n
		if only := n.onlyElement(); only != nil && only.name == "div" && (n.space == "atom" || only.space == "xhtml") {
			inner = only // RFC 4287, section 3.1.1.3: the div is no part of the content
		}
		return inner.inner(), true
	case kind == "xhtml", kind == "application/xhtml+xml":
		if mode == "escaped" || strings.Contains(n.string(), "</") {
			return r.rebased(n, n.string(), true), true
		}
		return html.EscapeString(n.string()), true
	case kind == "html", kind == "text/html":
		return r.rebased(n, n.string(), true), true
	case n.space == "content":
		return r.rebased(n, n.string(), true), true
	case n.space == "atom" && (kind == "" || kind == "text" || strings.HasPrefix(kind, "text/")):
		return n.string(), false
	}
	text = n.string()
	if escapedTwice.MatchString(text) {
		text = html.UnescapeString(text)
	}
	isHTML = kind != "plain" && kind != "text" && kind != "text/plain" && gather.LooksHTML(text)
	return r.rebased(n, text, isHTML), isHTML
}

// binary tells the types whose content is Base64 (RFC 4287, section 4.1.3.3).
func binary(kind string) bool {
	return strings.Contains(kind, "/") && !strings.HasPrefix(kind, "text/") && !strings.HasSuffix(kind, "+xml") && !strings.HasSuffix(kind, "/xml") &&
		!strings.HasSuffix(kind, "html") && kind != "application/json"
}

// escapedTwice tells HTML whose tags were escaped once too often: it begins
// with an escaped tag of HTML and has no tags of its own.
var escapedTwice = regexp.MustCompile(`^\s*&lt;(?:p|div|br|a|img|b|i|strong|em|span|ul|ol|h[1-6]|table|blockquote)(?:\s[^<>]*)?/?&gt;[^<>]*$`)

// onlyElement gives the one child element where there is nothing else but space.
func (n *node) onlyElement() (only *node) {
	for _, kid := range n.kids {
		switch {
		case kid.name == "" && strings.TrimSpace(kid.text) == "":
		case kid.name == "" || only != nil:
			return nil
		default:
			only = kid
		}
	}
	return only
}

// inner writes what is in a node as HTML: without prefixes and without what
// belongs to XML alone, its relative addresses resolved where XML Base says how.
func (n *node) inner() string {
	var b strings.Builder
	for _, kid := range n.kids {
		kid.render(&b)
	}
	return b.String()
}

func (n *node) render(b *strings.Builder) {
	if n.name == "" {
		b.WriteString(html.EscapeString(n.text))
		return
	}
	b.WriteString("<" + n.name)
	for _, a := range n.attrs {
		if a.space != "" || !plainName.MatchString(a.name) {
			continue
		}
		value := a.value
		if n.based && addressed[a.name] {
			if u, err := n.base.Parse(strings.TrimSpace(value)); err == nil && u.Host != "" {
				value = u.String()
			}
		}
		b.WriteString(" " + a.name + `="` + html.EscapeString(value) + `"`)
	}
	b.WriteByte('>')
	if voidElements[n.name] {
		return
	}
	for _, kid := range n.kids {
		kid.render(b)
	}
	b.WriteString("</" + n.name + ">")
}

var (
	plainName = regexp.MustCompile(`^[a-z][a-z0-9\-]*$`)
	addressed = map[string]bool{"href": true, "src": true, "cite": true, "action": true, "longdesc": true, "background": true, "data": true, "poster": true}
	relative  = regexp.MustCompile(`(?i)\s(?:href|src|cite|action|longdesc|background|data|poster)\s*=`)
)

// rebased resolves the relative addresses in HTML where XML Base says how.
func (r *reader) rebased(n *node, text string, isHTML bool) string {
	if !isHTML || !n.based || n.base.Host == "" || !relative.MatchString(text) {
		return text
	}
	return absoluteLinks(text, n.base)
}

func absoluteLinks(text string, base *url.URL) string {
	var b strings.Builder
	z := nethtml.NewTokenizer(strings.NewReader(text))
	for {
		kind := z.Next()
		if kind == nethtml.ErrorToken {
			b.Write(z.Raw())
			return b.String()
		}
		if kind != nethtml.StartTagToken && kind != nethtml.SelfClosingTagToken {
			b.Write(z.Raw())
			continue
		}
		raw := string(z.Raw())
		token := z.Token()
		changed := false
		for i, a := range token.Attr {
			if u, err := base.Parse(strings.TrimSpace(a.Val)); addressed[a.Key] && err == nil && u.Host != "" && u.String() != a.Val {
				token.Attr[i].Val, changed = u.String(), true
			}
		}
		if changed {
			raw = token.String()
		}
		b.WriteString(raw)
	}
}

// title reads the one line of a title. Plain text stays as it is; of HTML the
// tags go. Where nobody says which it is, what looks like HTML is.
func (r *reader) title(n *node) string {
	if n == nil {
		return ""
	}
	text, isHTML := r.construct(n)
	text = bounded(text)
	_, typed := n.kind()
	switch {
	case !isHTML && (typed || n.space == "atom"):
		return gather.Line(text)
	case isHTML && (typed || n.space == "atom"):
		return gather.HTMLLine(text)
	}
	return gather.PlainLine(text)
}

// bounded cuts what is much longer than any line that is shown.
func bounded(s string) string {
	if len(s) > 64<<10 {
		return strings.ToValidUTF8(s[:64<<10], "")
	}
	return s
}

// kind is the type attribute, and whether there is one.
func (n *node) kind() (kind string, typed bool) {
	kind = n.attr("type")
	return kind, kind != ""
}

// address patterns in the text of an author (RSS 2.0: "mail (name)").
var (
	mailThenName = regexp.MustCompile(`^(?:mailto:)?[^\s@()<>]+@[^\s@()<>]+\s*\((.+)\)$`)
	nameThenMail = regexp.MustCompile(`^(.+?)\s*[(<](?:mailto:)?[^\s@()<>]+@[^\s@()<>]+[)>]$`)
)

// person reads a person: the elements of Atom, or a text that holds a name or a
// mail address or both. The name is taken, or the address where there is none.
func person(n *node) string {
	text := n.string()
	for _, name := range [...]string{"name", "email", "itunes:name", "itunes:email", "uri", "url"} {
		if kid := n.child(name); kid != nil && kid.trimmed() != "" {
			text = kid.string()
			break
		}
	}
	text = strings.TrimPrefix(gather.PlainLine(strings.ReplaceAll(strings.ReplaceAll(bounded(text), "<", " ("), ">", ")")), "mailto:")
	for _, form := range []*regexp.Regexp{mailThenName, nameThenMail} {
		if m := form.FindStringSubmatch(text); m != nil {
			return strings.Trim(m[1], ` "'`)
		}
	}
	return strings.Trim(text, `"`)
}

// authorsOf joins the names of those who wrote what n holds, each once.
func (r *reader) authorsOf(n *node) string {
	var names []string
	for _, name := range [...]string{"author", "dc:creator", "dcterms:creator", "dc:author", "itunes:author", "media:credit", "managingeditor", "cap:sendername"} {
		for _, kid := range n.children(name) {
			if role := kid.attr("role"); name == "media:credit" && role != "" && role != "author" {
				continue
			}
			if len(names) == 50 {
				break
			}
			if who := person(kid); who != "" && !slices.Contains(names, who) {
				names = append(names, who)
			}
		}
		if len(names) > 0 {
			break
		}
	}
	if source := n.child("source"); len(names) == 0 && source != nil && source.space == "atom" { // RFC 4287, section 4.2.1
		return r.authorsOf(source)
	}
	return gather.Line(strings.Join(names, ", "))
}
