package feed

import (
	"fmt"

	"entente/internal/centre"
	"entente/internal/gather"
)

// sitemap reads a sitemap or an index of sitemaps (sitemaps.org, protocol 0.9)
// and the news extension. A plain sitemap knows addresses and times of change
// alone; a news sitemap also titles, languages and times of publication.
// Images and videos are passed over.
func (r *reader) sitemap() {
	for _, entry := range r.root.kids {
		if entry.name == "" {
			continue
		}
		loc := r.absolute(first(entry, "loc").trimmed(), entry)
		var i Item
		modified := i.date(first(entry, "lastmod").string(), r.now)
		switch {
		case entry.name == "sitemap" && r.feed.Format == "sitemapindex":
			if loc != "" && len(r.feed.Maps) < maxItems {
				r.feed.Maps = append(r.feed.Maps, SiteMap{Address: loc, Modified: modified})
			}
			continue
		case entry.name != "url":
			continue
		case loc == "":
			r.feed.Problems = append(r.feed.Problems, "An entry of the sitemap has no address; it was left out.")
			continue
		}
		i.GUID, i.Link, i.Updated, i.MediaType = loc, loc, modified, "text/plain"
		if news := entry.child("news:news"); news != nil {
			i.news(news, r)
		}
		i.Cut = entry.cut
		r.feed.Items = append(r.feed.Items, i)
		if len(r.feed.Items) == maxItems*10 { // sitemaps.org: no more than 50,000
			r.feed.Problems = append(r.feed.Problems, fmt.Sprintf("The sitemap has more than %d entries; the rest was left out.", maxItems*10))
			break
		}
	}
	if len(r.feed.Problems) > 20 {
		r.feed.Problems = append(r.feed.Problems[:20], fmt.Sprintf("There are %d more problems.", len(r.feed.Problems)-20))
	}
}

func (i *Item) news(n *node, r *reader) {
	i.Title = gather.PlainLine(n.child("news:title").string())
	i.Published = i.firstDate(r, n, "news:publication_date")
	if about := n.child("news:publication"); about != nil {
		i.Language = languageTag(about.child("news:language").trimmed())
		if publisher := gather.PlainLine(about.child("news:name").string()); publisher != "" {
			i.Properties = append(i.Properties, centre.Property{Name: "publisher", Value: publisher})
			r.feed.Title, r.feed.Language = firstOf(r.feed.Title, publisher), firstOf(r.feed.Language, i.Language)
		}
	}
	if words := gather.PlainLine(n.child("news:keywords").string()); words != "" {
		i.Properties = append(i.Properties, centre.Property{Name: "keyword", Value: words})
	}
}

// first gives a child by its local name: the namespace of sitemaps is often
// left out or misspelt.
func first(n *node, name string) *node {
	for _, kid := range n.kids {
		if kid.name == name && kid.space != "image" && kid.space != "video" {
			return kid
		}
	}
	return nil
}
