package discover

import (
	"context"
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/publicsuffix"
	"golang.org/x/text/language"

	"entente/internal/gather/fetch"
)

// usual are the paths at which feeds lie where no page names them.
var usual = []string{"/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feeds", "/?feed=rss2", "/news/rss", "/feed.json"}

// feedTypes are the media types by which a page's link names a feed.
var feedTypes = map[string]bool{
	"application/rss+xml": true, "application/atom+xml": true, "application/rdf+xml": true, "application/feed+json": true,
	"application/json": true, "application/xml": true, "text/xml": true, "application/cap+xml": true, "application/vnd.google-earth.kml+xml": true,
}

// maxTokens bounds how much of a page is looked through.
const maxTokens = 200_000

// places lists the addresses at which something may be read, for a page: those
// that its head names, then those that it links to, the usual ones, and the
// sitemaps that the host's robots.txt names.
func (f Finder) places(ctx context.Context, base *url.URL, page string, private bool) []found {
	out := linked(base, page)
	root := &url.URL{Scheme: base.Scheme, Host: base.Host}
	for i, path := range usual {
		u, err := root.Parse(path)
		if err == nil {
			out = append(out, found{u.String(), "It lies where feeds usually lie.", 20 + i})
		}
	}
	robots, err := f.Client.Get(ctx, fetch.Get{URL: root.String() + "/robots.txt", Private: private})
	if err != nil {
		return ranked(out)
	}
	for line := range strings.Lines(fetch.ToUTF8(robots.Body, "text/plain").UTF8) {
		name, value, _ := strings.Cut(line, ":")
		if u, err := url.Parse(strings.TrimSpace(value)); err == nil && strings.EqualFold(strings.TrimSpace(name), "sitemap") && u.Host != "" {
			rank := 19 // before the guesses: somebody wrote it down
			if strings.Contains(strings.ToLower(u.Path), "news") {
				rank = 18
			}
			out = append(out, found{u.String(), "The host's robots.txt names it as a sitemap.", rank})
		}
	}
	return ranked(out)
}

// linked reads the links of a page that may lead to feeds.
func linked(base *url.URL, page string) []found {
	var out []found
	add := func(href, how string, rank int) {
		if u, err := base.Parse(strings.TrimSpace(href)); err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
			u.Fragment = ""
			out = append(out, found{u.String(), how, rank})
		}
	}
	z := html.NewTokenizer(strings.NewReader(page))
	for range maxTokens {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		tag := z.Token()
		a := map[string]string{}
		for _, attribute := range tag.Attr {
			a[attribute.Key] = attribute.Val
		}
		switch tag.DataAtom {
		case atom.Base:
			if u, err := base.Parse(strings.TrimSpace(a["href"])); err == nil && a["href"] != "" {
				base = u
			}
		case atom.Link:
			rel := strings.Fields(strings.ToLower(a["rel"]))
			media, _, _ := strings.Cut(strings.ToLower(a["type"]), ";")
			if has(rel, "feed") || has(rel, "alternate") && feedTypes[strings.TrimSpace(media)] {
				rank := 0
				if strings.Contains(strings.ToLower(a["title"]+a["href"]), "comment") {
					rank = 12 // what readers say is rarely what is wanted
				}
				add(a["href"], "The page names it as its feed.", rank)
			}
			if has(rel, "sitemap") {
				add(a["href"], "The page names it as its sitemap.", 17)
			}
		case atom.A:
			low := strings.ToLower(a["href"])
			for _, mark := range []string{"rss", "atom.xml", "feed.xml", "/feed", "feed.json"} {
				if strings.Contains(low, mark) && !strings.HasPrefix(low, "javascript:") {
					add(a["href"], "The page links to it.", 10)
					break
				}
			}
		}
	}
	return out
}

func has(list []string, word string) bool {
	for _, w := range list {
		if w == word {
			return true
		}
	}
	return false
}

// siteOf is the domain that somebody registered, of an address: "example.co.uk"
// of "https://news.example.co.uk/feed". An address of numbers is its own.
func siteOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	host := strings.ToLower(u.Hostname())
	if site, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return site
	}
	return host
}

// vanity are country domains that mostly serve others than the country.
var vanity = map[string]bool{"ai": true, "am": true, "cc": true, "cd": true, "co": true, "fm": true, "gg": true, "io": true, "la": true,
	"ly": true, "me": true, "nu": true, "sh": true, "so": true, "st": true, "tk": true, "to": true, "tv": true, "ws": true, "gl": true, "eu": true, "su": true}

// countryOf guesses the country from the host's last part, ISO 3166-1 alpha-3;
// "" where it says nothing.
func countryOf(host string) string {
	top := host[strings.LastIndexByte(host, '.')+1:]
	if len(top) != 2 || vanity[top] {
		return ""
	}
	if top == "uk" {
		top = "gb"
	}
	region, err := language.ParseRegion(top)
	if err != nil || !region.IsCountry() {
		return ""
	}
	return region.ISO3()
}
