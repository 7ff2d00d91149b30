package feed

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/idna"

	"entente/internal/gather"
)

const (
	maxName    = 1000 // bytes of a guid
	maxAddress = 4000 // bytes of a link
)

// name shortens a guid that is none.
func name(guid string) string {
	if len(guid) <= maxName {
		return guid
	}
	sum := sha256.Sum256([]byte(guid))
	return "sha256:" + hex.EncodeToString(sum[:16])
}

// describe reads what the feed says of itself.
func (r *reader) describe() {
	c, f := r.channel, r.feed
	r.base = r.findBase()
	f.Link = r.siteLink()
	f.Title = r.title(c.child("title", "dc:title", "dcterms:title", "itunes:title", "media:title"))
	for _, l := range []string{c.child("language", "dc:language", "dcterms:language").trimmed(), c.lang, r.root.lang} {
		if f.Language = languageTag(l); f.Language != "" {
			break
		}
	}
	if f.Format == "atom" {
		r.authors = r.authorsOf(c)
	}
	f.TTL = max(minutes(c.child("ttl").trimmed()), period(c))
	f.SkipHours, f.SkipDays = skipped(c)
	for _, link := range c.children("link") {
		switch rel(link) {
		case "hub":
			f.Hub = firstOf(f.Hub, r.absolute(link.attr("href"), link))
		case "self":
			f.Topic = firstOf(f.Topic, r.absolute(link.attr("href"), link))
		}
	}
}

// rel is the relation of a link; "" has another meaning in RSS, where a link
// without attributes is the site's. An address of the registry means its name
// (RFC 4287, section 4.2.7.2).
func rel(n *node) string {
	value := strings.ToLower(n.attr("rel"))
	value = strings.TrimPrefix(strings.TrimPrefix(value, "http://www.iana.org/assignments/relation/"), "http://www.iana.org/assignments/link-relations/")
	if value == "" {
		return "alternate"
	}
	return value
}

// findBase gives what relative links start from. In Atom it is the document's
// own address; in RSS, where nobody says, the site that the feed is about, else
// the document. Where the document came without an address, the one that it
// gives itself serves.
func (r *reader) findBase() *url.URL {
	c := r.channel
	base := c.base
	if r.feed.Format == "atom" && base.Host != "" {
		return base
	}
	candidates := []string{r.site(c), c.attr("base"), c.attr("href")}
	for _, link := range c.children("link") {
		if rel(link) == "self" {
			candidates = append(candidates, link.attr("href"))
		}
	}
	for _, at := range candidates {
		if u, err := base.Parse(strings.TrimSpace(at)); at != "" && err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
			return u
		}
	}
	return base
}

// site is the address of the web site as the feed writes it.
func (r *reader) site(c *node) string { return linkOf(c) }

func (r *reader) siteLink() string {
	link := r.absolute(r.site(r.channel), r.channel)
	if link == "" && r.feed.Format == "cdf" {
		link = r.absolute(r.channel.attr("href"), r.channel)
	}
	if about := r.channel.spaced("rdf", "about"); link == "" && r.feed.Format == "rss" {
		link = r.absolute(about, r.channel)
	}
	return link
}

// linkOf finds the link of a feed or an item to the page about it: RSS's own,
// or Atom's "alternate", an HTML page before another; "" for none.
func linkOf(n *node) string {
	best := ""
	for _, link := range n.children("link") {
		href := link.attr("href")
		switch {
		case href == "" && link.attr("rel") == "" && link.trimmed() != "":
			return link.trimmed()
		case href == "":
			if about := link.spaced("rdf", "resource"); best == "" {
				best = about
			}
		case rel(link) != "alternate":
		case best == "" || strings.Contains(link.attr("type"), "html") && !strings.Contains(best, "\x00"):
			best = href
			if strings.Contains(link.attr("type"), "html") {
				best += "\x00" // settled
			}
		}
	}
	return strings.TrimSuffix(best, "\x00")
}

// itemLink finds the address at which a person can read the item.
func (r *reader) itemLink(n, guid *node, i *Item) string {
	var candidates []string
	candidates = append(candidates, linkOf(n), n.attr("href"))
	if guid != nil && guid.attr("ispermalink") != "false" {
		candidates = append(candidates, web(guid.trimmed()))
	}
	candidates = append(candidates, n.child("feedburner:origlink").trimmed(), web(n.spaced("rdf", "about")), n.child("content").attrOr("src"))
	for _, link := range n.children("link") {
		if rel(link) == "related" || rel(link) == "via" {
			candidates = append(candidates, link.attr("href"))
		}
	}
	candidates = append(candidates, web(n.child("dc:source").trimmed()), n.child("cap:web").trimmed())
	for at, link := range candidates {
		if link == "" {
			continue
		}
		from := n
		if own := n.child("link"); at == 0 && own != nil {
			from = own
		}
		if found := r.absolute(link, from); found != "" {
			return found
		}
		if at == 0 {
			i.Problems = append(i.Problems, "The link \""+short(gather.PlainLine(link))+"\" is no web address, or starts from an address that is not known; it was left out.")
		}
	}
	return ""
}

func (n *node) attrOr(name string) string {
	if n == nil {
		return ""
	}
	return n.attr(name)
}

// web gives s where it is an address by itself.
func web(s string) string {
	if lower := strings.ToLower(s[:min(len(s), 8)]); strings.HasPrefix(lower, "http://") || strings.HasPrefix(lower, "https://") {
		return s
	}
	return ""
}

// absolute resolves a link that stands in n; "" where it leads nowhere a
// person could read.
func (r *reader) absolute(link string, n *node) string {
	base := n.base
	if (!n.based || base.Host == "") && r.base != nil {
		base = r.base
	}
	return absolute(link, base)
}

func absolute(link string, base *url.URL) string {
	link = gather.CleanText(strings.TrimSpace(link))
	if link == "" {
		return ""
	}
	link = strings.Map(func(c rune) rune { // a break inside of an address is nobody's
		if c == '\n' || c == '\t' {
			return -1
		}
		return c
	}, link)
	u, err := base.Parse(link)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	if host, err := idna.Lookup.ToASCII(u.Hostname()); err == nil && host != u.Hostname() && !strings.Contains(host, ":") {
		if port := u.Port(); port != "" {
			host += ":" + port
		}
		u.Host = host
	}
	u.User = nil
	if link = u.String(); len(link) > maxAddress {
		return ""
	}
	return link
}

// maxRest is the longest time that a feed may ask for between two fetches: a
// feed that says "yearly" still breaks news.
const maxRest = 24 * time.Hour

// minutes reads RSS's <ttl>.
func minutes(text string) time.Duration {
	n, err := strconv.Atoi(text)
	if err != nil || n <= 0 {
		return 0
	}
	return min(time.Duration(min(n, 1<<20))*time.Minute, maxRest)
}

// periods are the values of sy:updatePeriod.
var periods = map[string]time.Duration{
	"hourly": time.Hour, "daily": 24 * time.Hour, "weekly": 7 * 24 * time.Hour, "monthly": 30 * 24 * time.Hour, "yearly": 365 * 24 * time.Hour,
}

// period reads the hints of RSS 1.0's syndication module: so many times in a
// period, once a day where one of the two is missing.
func period(c *node) time.Duration {
	name, times := c.child("sy:updateperiod"), c.child("sy:updatefrequency")
	if name == nil && times == nil {
		return 0
	}
	every, known := periods[strings.ToLower(name.trimmed())]
	if !known {
		if name != nil {
			return 0
		}
		every = periods["daily"]
	}
	n, err := strconv.Atoi(times.trimmed())
	if err != nil || n < 1 {
		n = 1
	}
	return min(every/time.Duration(n), maxRest)
}

// skipped reads RSS's skipHours, in which 24 is an old way to say midnight, and
// skipDays. A feed that skips all the time says nothing.
func skipped(c *node) (hours []int, days []time.Weekday) {
	if list := c.child("skiphours"); list != nil {
		seen := map[int]bool{}
		for _, kid := range list.kids {
			if h, err := strconv.Atoi(kid.trimmed()); err == nil && kid.name == "hour" && h >= 0 && h <= 24 && !seen[h%24] {
				seen[h%24] = true
				hours = append(hours, h%24)
			}
		}
	}
	if list := c.child("skipdays"); list != nil {
		for d := time.Sunday; d <= time.Saturday; d++ {
			for _, kid := range list.kids {
				if kid.name == "day" && strings.EqualFold(kid.trimmed(), d.String()) {
					days = append(days, d)
					break
				}
			}
		}
	}
	if len(hours) == 24 {
		hours = nil
	}
	if len(days) == 7 {
		days = nil
	}
	return hours, days
}

// Rest is how long after now the feed asks to be left alone: its TTL, and then
// to the end of the hours and days that it skips. 0 for no wish.
func (f *Feed) Rest(now time.Time) time.Duration {
	at := now.Add(f.TTL).UTC()
	for range 24 * 8 {
		skip := false
		for _, h := range f.SkipHours {
			skip = skip || at.Hour() == h
		}
		for _, d := range f.SkipDays {
			skip = skip || at.Weekday() == d
		}
		if !skip {
			break
		}
		at = at.Truncate(time.Hour).Add(time.Hour)
	}
	return at.Sub(now)
}

var tag = regexp.MustCompile(`^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$`)

func languageTag(s string) string {
	s = strings.ReplaceAll(strings.TrimSpace(s), "_", "-")
	if !tag.MatchString(s) {
		return ""
	}
	return s
}
