package feed

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
)

// Feed is a feed as read.
type Feed struct {
	Format   string `json:"format"` // rss, atom, rdf, cdf, json, sitemap or sitemapindex
	Title    string `json:"title"`
	Link     string `json:"link"`     // of the web site; "" for none
	Language string `json:"language"` // BCP 47, as the feed says; "" for none
	// TTL is the time that the feed asks for between two fetches; 0 for none.
	// SkipHours and SkipDays are hours (0 to 23) and days, both in UTC, in which
	// it asks not to be fetched.
	TTL       time.Duration  `json:"ttl"`
	SkipHours []int          `json:"skip_hours,omitempty"`
	SkipDays  []time.Weekday `json:"skip_days,omitempty"`
	Hub       string         `json:"hub,omitempty"`   // WebSub hub, absolute; "" for none
	Topic     string         `json:"topic,omitempty"` // the feed's own address, as it says
	Items     []Item         `json:"items"`
	Maps      []SiteMap      `json:"maps,omitempty"` // of a sitemap index
	Problems  []string       `json:"problems"`
	// Whole is false where the text breaks off before the feed does: what is
	// missing may come the next time. The last item may then be Cut.
	Whole bool `json:"whole"`

	context string // see reader.context
	plain   bool   // its items may be remembered by their bytes
}

// Item is one item of a feed, as read.
type Item struct {
	GUID       string             `json:"guid"` // as the feed says; "" for none
	Link       string             `json:"link"` // absolute; "" for none
	Title      string             `json:"title"`
	Author     string             `json:"author"`
	Published  centre.Moment      `json:"published"`
	Updated    centre.Moment      `json:"updated"`
	MediaType  string             `json:"media_type"`
	Body       string             `json:"body"`
	Language   string             `json:"language"`          // where it differs from the feed's
	Point      centre.Point       `json:"point,omitzero"`    // where the item gives one point
	Geometry   centre.Geometry    `json:"geometry,omitzero"` // where it gives anything else
	Enclosures []centre.Enclosure `json:"enclosures,omitempty"`
	Properties []centre.Property  `json:"properties,omitempty"`
	Problems   []string           `json:"problems"`
	Cut        bool               `json:"cut,omitempty"` // the text breaks off inside

	mark  mark       // zero for none
	known *knownItem // where it was not parsed; then there is nothing else
}

// SiteMap is a line of a sitemap index.
type SiteMap struct {
	Address  string        `json:"address"`
	Modified centre.Moment `json:"modified"`
}

// maxItems is how many items of one feed are read at one time.
const maxItems = 5000

// Parse reads a feed. text is UTF-8; base is the address that it came from,
// which may be empty; dates far after now count as unknown. It fails only where
// the text is no feed at all: what is ill-formed is read as far as it makes
// sense, and Problems says so. Errors are sentences.
func Parse(text string, base *url.URL, now time.Time) (Feed, error) {
	return parse(text, base, now, nil)
}

// parse is Parse, but leaves items unread that k knows; nil for none.
func parse(text string, base *url.URL, now time.Time, k *known) (Feed, error) {
	text = strings.TrimLeft(strings.TrimPrefix(text, "\uFEFF"), " \t\r\n\x00")
	if text == "" {
		return Feed{}, centre.Invalid("%s is empty; check the address.", where(base))
	}
	var f Feed
	if text[0] == '{' {
		var err error
		if f, err = parseJSON(text, base, now); err != nil {
			return Feed{}, err
		}
	} else {
		m := readMarkup(text, base, k)
		root := findRoot(m.document)
		usual := m.faults == 0 && !m.full && len(m.entities) == 0
		if m.marker.skipped && (!usual || m.marker.unsure || root == nil || root.known != nil) {
			return parse(text, base, now, &known{})
		}
		if root == nil {
			return Feed{}, notAFeed(text, base)
		}
		f = readXML(m, root, now)
		f.plain = k != nil && usual
		if m.marker.skipped && (f.context != k.context || f.clash(k)) {
			return parse(text, base, now, &known{})
		}
	}
	return f, nil
}

func where(base *url.URL) string {
	if base == nil || base.String() == "" {
		return "The content"
	}
	return base.Redacted()
}

// roots are the elements that a feed may begin with, and its format.
var roots = map[string]string{
	"rss": "rss", "rdf": "rdf", "feed": "atom", "channel": "rss", "entry": "atom", "item": "rss", "urlset": "sitemap", "sitemapindex": "sitemapindex",
}

// findRoot finds the element that holds the feed: the root, or near it where
// something else was wrapped around.
func findRoot(document *node) *node {
	level := []*node{document}
	for range 4 {
		var next []*node
		for _, n := range level {
			for _, kid := range n.kids {
				if kid.name == "html" {
					return nil
				}
				if format := roots[kid.name]; format != "" && (kid.name != "channel" || kid.space == "" || kid.space == "rdf") {
					return kid
				}
				if kid.name != "" {
					next = append(next, kid)
				}
			}
		}
		level = next
	}
	return nil
}

// readXML makes a feed of a tree.
func readXML(m *markup, root *node, now time.Time) Feed {
	f := Feed{Format: roots[root.name], Whole: !root.cut}
	channel := root
	if root.name == "rss" || root.name == "rdf" {
		if c := root.child("channel"); c != nil {
			channel = c
		}
	}
	if root.name == "channel" && (root.attr("href") != "" || root.attr("base") != "" || root.attr("lastmod") != "") {
		f.Format = "cdf"
	}
	if m.faults > 0 {
		f.Problems = append(f.Problems, fmt.Sprintf("The XML is not well-formed (line %d: %s); it was read as far as it makes sense. Tell its owner.", m.line(), gather.PlainLine(m.fault)))
	}
	if m.full {
		f.Problems = append(f.Problems, fmt.Sprintf("It is larger than what is read at one time; the first %d items were read.", min(m.items, maxItems)))
	}
	r := reader{now: now, feed: &f, channel: channel, root: root}
	if f.Format == "sitemap" || f.Format == "sitemapindex" {
		r.sitemap()
		return f
	}
	r.describe()
	left := 0
	f.context = r.context()
	for _, n := range r.items() {
		if n.known != nil {
			f.Items = append(f.Items, Item{known: n.known})
			continue
		}
		item := r.item(n)
		item.mark = n.mark
		if item.Cut = n.cut; item.empty() {
			left++
			continue
		}
		f.Items = append(f.Items, item)
	}
	if left > 0 {
		f.Problems = append(f.Problems, counted(left, "is empty; it was", "are empty; they were")+" left out.")
	}
	return f
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 item " + one
	}
	return fmt.Sprintf("%d items %s", n, many)
}

// empty tells an item that says nothing at all. One with a picture or a place
// alone is still something.
func (i *Item) empty() bool {
	return i.Title+i.Body+i.Link+i.GUID+i.Author+string(i.Geometry) == "" && !i.Point.Known && !i.Published.Known() && !i.Updated.Known() &&
		len(i.Enclosures)+len(i.Properties)+len(i.Problems) == 0
}

// reader reads one tree.
type reader struct {
	now           time.Time
	feed          *Feed
	root, channel *node
	base          *url.URL // for relative links where the document's own address is not known
	authors       string   // of the feed, in Atom those of its entries too
}

// items finds the items wherever they stand, in their order, but not inside of
// one another.
func (r *reader) items() (found []*node) {
	var walk func(n *node, depth int)
	walk = func(n *node, depth int) {
		if n.isItem() {
			found = append(found, n)
			return
		}
		for _, kid := range n.kids {
			if kid.name != "" && depth < 8 {
				walk(kid, depth+1)
			}
		}
	}
	walk(r.root, 0)
	return found
}

// child gives the first child element of one of the names, in the order of the
// names; "space:name", or "name" for RSS's own and Atom's. Children that hold
// something come first.
func (n *node) child(names ...string) *node {
	if n == nil {
		return nil
	}
	var blank *node
	for _, name := range names {
		for _, kid := range n.kids {
			if !kid.is(name) {
				continue
			}
			if len(kid.kids) > 0 || len(kid.attrs) > 0 {
				return kid
			}
			if blank == nil {
				blank = kid
			}
		}
	}
	return blank
}

// children gives all child elements of a name.
func (n *node) children(name string) (found []*node) {
	for _, kid := range n.kids {
		if kid.is(name) {
			found = append(found, kid)
		}
	}
	return found
}

// is compares the name as child takes it.
func (n *node) is(name string) bool { return n.key == name }

// attr gives an attribute without a namespace; "" for none.
func (n *node) attr(name string) string {
	for _, a := range n.attrs {
		if a.name == name && a.space == "" {
			return strings.TrimSpace(a.value)
		}
	}
	return ""
}

// spaced gives an attribute of a namespace, or without one.
func (n *node) spaced(space, name string) string {
	for _, a := range n.attrs {
		if a.name == name && a.space == space {
			return strings.TrimSpace(a.value)
		}
	}
	return n.attr(name)
}

// string gives all text in a node.
func (n *node) string() string {
	if n == nil {
		return ""
	}
	if len(n.kids) == 1 && n.kids[0].name == "" {
		return n.kids[0].text
	}
	var b strings.Builder
	n.write(&b)
	return b.String()
}

func (n *node) write(b *strings.Builder) {
	b.WriteString(n.text)
	for _, kid := range n.kids {
		kid.write(b)
	}
}

// trimmed is string without the space around.
func (n *node) trimmed() string { return strings.TrimSpace(n.string()) }
