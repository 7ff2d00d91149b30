package feed

import "strings"

// resolve gives the short name of the namespace and the local name of a name
// with or without prefix. A prefix that is not declared means what it usually
// means. Attributes without a prefix are in no namespace.
func (m *markup) resolve(name string, own []binding, element bool) (space, local string) {
	prefix, local, found := strings.Cut(name, ":")
	if !found || local == "" {
		prefix, local = "", name
	}
	if prefix == "xml" {
		return "xml", local
	}
	if prefix == "" {
		if !element {
			return "", local
		}
		// A default namespace that nobody knows is that of the feed's own words.
		address, _ := m.bound("", own)
		return spaces[spaceKey(address)], local
	}
	address, declared := m.bound(prefix, own)
	if !declared {
		m.wrong("the prefix %s is not declared", prefix)
		if prefix = strings.ToLower(prefix); prefix == "rss" {
			return "", local
		}
		if other := usualPrefixes[prefix]; other != "" {
			return other, local
		}
		return prefix, local
	}
	if short, known := spaces[spaceKey(address)]; known {
		return short, local
	}
	return address, local
}

// bound finds what a prefix stands for: by the tag itself, else by the nearest
// element around it.
func (m *markup) bound(prefix string, own []binding) (address string, declared bool) {
	for _, b := range own {
		if b.prefix == prefix {
			return b.address, true
		}
	}
	for i := len(m.bindings) - 1; i >= 0; i-- {
		if m.bindings[i].prefix == prefix {
			return m.bindings[i].address, true
		}
	}
	return "", false
}

// spaceKey makes the spellings of one namespace alike.
func spaceKey(address string) string {
	address = strings.ToLower(strings.TrimSpace(address))
	address = strings.TrimPrefix(strings.TrimPrefix(address, "http://"), "https://")
	return strings.TrimRight(strings.TrimPrefix(address, "www."), "/#")
}

// usualPrefixes are those that differ from our short names.
var usualPrefixes = map[string]string{
	"a10": "atom", "atom10": "atom", "atom03": "atom", "dct": "dcterms", "dcterm": "dcterms", "content10": "content",
	"mrss": "media", "itms": "itunes", "wgs84_pos": "geo", "w3cgeo": "geo", "syn": "sy", "html": "xhtml",
}

// spaces names the namespaces whose elements are read. "" stands for the words
// of RSS itself, which has no namespace but in versions 0.90 and 1.0.
var spaces = map[string]string{
	"purl.org/rss/1.0":                             "",
	"my.netscape.com/rdf/simple/0.9":               "",
	"channel.netscape.com/rdf/simple/0.9":          "",
	"my.netscape.com/publish/formats/rss-0.91.dtd": "",
	"backend.userland.com/rss":                     "",
	"backend.userland.com/rss2":                    "",
	"backend.userland.com/rss091":                  "",
	"backend.userland.com/rss092":                  "",
	"blogs.law.harvard.edu/tech/rss":               "",
	"cyber.law.harvard.edu/rss/rss.html":           "",
	"w3.org/2005/atom":                             "atom",
	"purl.org/atom/ns":                             "atom",
	"purl.org/net/rss1.1":                          "",
	"w3.org/1999/02/22-rdf-syntax-ns":              "rdf",
	"w3.org/1999/xhtml":                            "xhtml",
	"w3.org/xml/1998/namespace":                    "xml",
	"purl.org/dc/elements/1.1":                     "dc",
	"purl.org/dc/elements/1.0":                     "dc",
	"purl.org/dc/terms":                            "dcterms",
	"purl.org/rss/1.0/modules/content":             "content",
	"purl.org/rss/1.0/modules/syndication":         "sy",
	"search.yahoo.com/mrss":                        "media",
	"itunes.com/dtds/podcast-1.0.dtd":              "itunes",
	"itunes.com/dtds/podcast":                      "itunes",
	"example.com/dtds/podcast-1.0.dtd":             "itunes",
	"georss.org/georss":                            "georss",
	"georss.org/georss/10":                         "georss",
	"opengis.net/gml":                              "gml",
	"opengis.net/gml/3.2":                          "gml",
	"w3.org/2003/01/geo/wgs84_pos":                 "geo",
	"rssnamespace.org/feedburner/ext/1.0":          "feedburner",
	"prismstandard.org/namespaces/1.2/basic":       "prism",
	"prismstandard.org/namespaces/basic/2.0":       "prism",
	"urn:oasis:names:tc:emergency:cap:1.0":         "cap",
	"urn:oasis:names:tc:emergency:cap:1.1":         "cap",
	"urn:oasis:names:tc:emergency:cap:1.2":         "cap",
	"incident.com/cap/1.0":                         "cap",
	"sitemaps.org/schemas/sitemap/0.9":             "sitemap",
	"google.com/schemas/sitemap/0.84":              "sitemap",
	"google.com/schemas/sitemap-news/0.9":          "news",
	"google.com/schemas/sitemap-image/1.1":         "image",
	"google.com/schemas/sitemap-video/1.1":         "video",
}
