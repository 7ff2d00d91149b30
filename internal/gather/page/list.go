package page

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
)

// Bounds of list pages.
const (
	defaultLimit = 10
	maxLimit     = 50
	maxLinks     = 500  // of one list page; a longer list is cut
	maxKnown     = 2000 // articles that the cursor remembers: four full lists
	maxSilent    = 3    // articles in a row that do not answer, after which the host is left alone
	headline     = 25   // code points of a link's text from which "auto" takes it for a headline
)

// fetchList reads the list page, then the articles on it that the cursor does
// not know: newest first, at most the limit. The list page's validators are
// kept only once nothing on it waits, so that the rest comes the next time.
func fetchList(ctx context.Context, r gather.Request, s selectors, last cursor) (gather.Result, error) {
	most, err := limit(r.Source.Options)
	if err != nil {
		return gather.Result{}, err
	}
	body, base, media, _, response, err := getText(ctx, r.Client, fetch.Get{
		URL: r.Source.Address, Private: r.Source.Private, ETag: last.ETag, Modified: last.Modified,
		Header: gather.Authorization(r.Source, r.Source.Address),
	})
	result := resultOf(response)
	if err != nil || result.NotModified {
		return result, err
	}
	links, notes, err := listLinks(ctx, body, base, media, s)
	if err != nil {
		return result, err
	}
	result.Notes = notes
	l := lister{r: r, s: s, known: last.Known, result: &result}
	silent, waiting := 0, 0
	for _, link := range links {
		if slices.Contains(l.known, short(link)) {
			continue
		}
		if l.read == most || silent == maxSilent {
			waiting++
			continue
		}
		answered, err := l.article(ctx, link)
		if err != nil {
			return result, err
		}
		if l.read++; answered {
			silent = 0
		} else {
			silent++
			waiting++
		}
	}
	next := cursor{Known: l.known}
	if waiting == 0 {
		next.ETag, next.Modified = response.ETag, response.Modified
	} else {
		result.Notes = append(result.Notes, fmt.Sprintf("%d more articles of the list wait for the next fetches.", waiting))
	}
	if next.ETag == last.ETag && next.Modified == last.Modified && slices.Equal(next.Known, last.Known) {
		result.NotModified = true
		return result, nil
	}
	encoded, err := json.Marshal(next)
	if err != nil {
		return result, err
	}
	return result, r.Yield(ctx, nil, encoded)
}

// lister reads articles and remembers them.
type lister struct {
	r      gather.Request
	s      selectors
	known  []string
	read   int
	result *gather.Result
}

// article reads one article and yields it. answered is false where its host
// could not say and may the next time. Errors end the fetch.
func (l *lister) article(ctx context.Context, link string) (answered bool, err error) {
	read, err := getArticle(ctx, l.r.Client, fetch.Get{
		URL: link, Private: l.r.Source.Private && sameHost(link, l.r.Source.Address),
		Header: gather.Authorization(l.r.Source, link),
	}, l.r.Now, l.s)
	if read.Response != nil {
		l.result.Bytes += read.Response.Bytes
	}
	switch {
	case ctx.Err() != nil:
		return false, ctx.Err()
	case err != nil && centre.CodeOf(err) == "": // a fault of the program
		return false, err
	case centre.CodeOf(err) == centre.CodeUnavailable:
		l.result.Problems = append(l.result.Problems, "An article was not read. "+err.Error())
		return false, nil
	case err != nil:
		l.result.Problems = append(l.result.Problems, "An article was left out. "+err.Error())
		l.remember(link)
		return true, nil
	}
	if l.read == 0 { // the others are made alike
		l.result.Notes = append(l.result.Notes, read.Article.Notes...)
		l.result.Problems = append(l.result.Problems, read.Article.missed...)
	}
	doc := document(l.r, read)
	already := slices.Contains(l.known, short(doc.URL)) // the list links to it by two addresses
	l.remember(link)
	l.remember(doc.URL)
	encoded, err := json.Marshal(cursor{Known: l.known})
	if err != nil || already {
		return true, err
	}
	return true, l.r.Yield(ctx, []centre.Document{doc}, encoded)
}

func (l *lister) remember(link string) {
	key := short(link)
	if slices.Contains(l.known, key) {
		return
	}
	l.known = append(slices.Clip(l.known), key)
	if excess := len(l.known) - maxKnown; excess > 0 {
		l.known = slices.Clone(l.known[excess:])
	}
}

// short is enough to tell the articles of one list apart.
func short(link string) string {
	sum := sha256.Sum256([]byte(link))
	return base64.RawURLEncoding.EncodeToString(sum[:9])
}

// found is a link of a list page.
type found struct {
	address string
	at      time.Time // that the list gives beside it; zero for none
}

// listLinks gives the addresses of the articles of a list page, newest first:
// by the times that the list gives where each has one, else in its order. Links
// that a selector names may lead to any host; "auto" takes the same host alone.
func listLinks(ctx context.Context, body string, base *url.URL, media string, s selectors) (links, notes []string, err error) {
	if media != "text/html" {
		return nil, nil, centre.Invalid("%s is plain text, which holds no links; give the address of a list page.", base.Redacted())
	}
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		return nil, nil, centre.Invalid("The list page %s cannot be read as HTML: its elements lie too deep in one another; give the address of a simpler page.", base.Redacted())
	}
	var anchors []*html.Node
	if s["list"] == nil {
		anchors = headlines(doc, base)
		notes = append(notes, fmt.Sprintf("The list page holds %d links that look like headlines.", len(anchors)))
	} else {
		named, err := s.all(ctx, doc, "list", maxLinks)
		if err != nil {
			return nil, nil, err
		}
		notes = append(notes, note("list", len(named)))
		for _, n := range named {
			anchors = append(anchors, anchorsOf(n)...)
		}
	}
	var all []found
	dated := true
	seen := map[string]bool{strip(base): true}
	for _, a := range anchors[:min(len(anchors), maxLinks)] {
		address := articleAddress(base, a)
		if address == "" || seen[address] {
			continue
		}
		seen[address] = true
		at := timeBeside(a)
		dated = dated && !at.IsZero()
		all = append(all, found{address, at})
	}
	if len(all) == 0 {
		if err := barrier(base, doc, about{}, text(doc, maxVisible)); err != nil {
			return nil, nil, err
		}
		return nil, nil, centre.Invalid("The list page %s holds no links to articles by the option \"list\"; correct its selector, or give \"auto\".", base.Redacted())
	}
	if dated {
		slices.SortStableFunc(all, func(a, b found) int { return cmp.Compare(b.at.UnixMilli(), a.at.UnixMilli()) })
	}
	for _, f := range all {
		links = append(links, f.address)
	}
	return links, notes, nil
}

// anchorsOf gives an element itself where it is a link, else the links in it.
func anchorsOf(n *html.Node) []*html.Node {
	if n.DataAtom == atom.A {
		return []*html.Node{n}
	}
	var out []*html.Node
	for d := range n.Descendants() {
		if d.DataAtom == atom.A && has(d, "href") && len(out) < maxLinks {
			out = append(out, d)
		}
	}
	return out
}

// headlines gives the links of the same host outside menus whose text, or whose
// heading, is as long as a headline.
func headlines(doc *html.Node, base *url.URL) []*html.Node {
	var out []*html.Node
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		switch n.DataAtom {
		case atom.Nav, atom.Footer, atom.Aside, atom.Header, atom.Form:
			if n.DataAtom != atom.Header || insideBody(n) {
				return
			}
		case atom.A:
			if utf8.RuneCountInString(text(n, 500)) >= headline && sameHost(articleAddress(base, n), base.String()) {
				out = append(out, n)
			}
			return
		}
		for c := n.FirstChild; c != nil && len(out) < maxLinks; c = c.NextSibling {
			walk(c)
		}
	}
	walk(doc)
	return out
}

// insideBody tells a page's own header from the header of an article in it.
func insideBody(n *html.Node) bool { return n.Parent != nil && n.Parent.DataAtom == atom.Body }

// articleAddress makes a link whole; "" for one that leads to no page.
func articleAddress(base *url.URL, a *html.Node) string {
	href := strings.TrimSpace(attr(a, "href"))
	if href == "" || strings.HasPrefix(href, "#") || len(href) > 2000 {
		return ""
	}
	u, err := base.Parse(href)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return strip(u)
}

func strip(u *url.URL) string {
	own := *u
	own.Fragment, own.RawFragment, own.User = "", "", nil
	return own.String()
}

// timeBeside finds the time element in the nearest item around a link; zero
// where there is none, or none that is sure.
func timeBeside(a *html.Node) time.Time {
	p := a
	for range 4 {
		if p = p.Parent; p == nil || p.DataAtom == atom.Body || p.DataAtom == atom.Ul || p.DataAtom == atom.Ol || p.DataAtom == atom.Main {
			return time.Time{}
		}
		var only *html.Node
		looked := 0
		for d := range p.Descendants() {
			if looked++; looked > 300 {
				return time.Time{}
			}
			if d.DataAtom == atom.Time {
				if only != nil { // of several items
					return time.Time{}
				}
				only = d
			}
		}
		if only != nil {
			m, _ := gather.ParseDate(value(only), centre.BasisPage)
			return m.Time
		}
	}
	return time.Time{}
}

func sameHost(a, b string) bool {
	x, errX := url.Parse(a)
	y, errY := url.Parse(b)
	return errX == nil && errY == nil && strings.EqualFold(x.Hostname(), y.Hostname())
}
