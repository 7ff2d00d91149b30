package feed

import (
	"net/url"
	"regexp"
	"strings"

	"entente/internal/centre"
	"entente/internal/gather"
)

var (
	webPage  = regexp.MustCompile(`(?is)^(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>])`)
	feedLink = regexp.MustCompile(`(?is)<link\s[^<>]*?type\s*=\s*["']?application/(?:rss\+xml|atom\+xml|feed\+json)[^<>]*>`)
	href     = regexp.MustCompile(`(?is)href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))`)
)

// notAFeed says what a body is that is no feed at all. A web page that names its feed is the most common mistake, and
// its remedy is at hand.
func notAFeed(text string, base *url.URL) error {
	if webPage.MatchString(text[:min(len(text), 4096)]) {
		if link := feedLink.FindString(text[:min(len(text), 256<<10)]); link != "" {
			if m := href.FindStringSubmatch(link); m != nil {
				if at := absolute(strings.ReplaceAll(m[1]+m[2]+m[3], "&amp;", "&"), base); at != "" {
					return centre.Invalid("%s is a web page, not a feed; its feed is at %s: give that address.", where(base), at)
				}
			}
		}
		return centre.Invalid("%s is a web page, not a feed; look for the feed's address on it, or add it as a source of kind page.", where(base))
	}
	if text[0] != '<' {
		return centre.Invalid("%s is no feed: it begins with %q; check the address.", where(base), firstWords(text))
	}
	return centre.Invalid("%s is XML, but neither RSS, Atom nor a sitemap; check the address.", where(base))
}

func firstWords(text string) string {
	r := []rune(gather.PlainLine(text[:min(len(text), 400)]))
	return string(r[:min(len(r), 40)])
}
