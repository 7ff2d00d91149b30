// Package feed reads feeds: RSS 0.9x to 2.0, RSS 1.0 (RDF), Atom 0.3 and 1.0
// (RFC 4287), JSON Feed 1.0 and 1.1, CDF, and the sitemaps and news sitemaps of
// sitemaps.org.
//
// Feeds in the wild are broken in every way, so reading goes in three steps.
//
//  1. The body becomes UTF-8 by what its bytes say (fetch.ToUTF8).
//  2. markup.go and tags.go make a tree of any text that has tags. They never
//     fail: where a rule of XML 1.0 is broken they note the first fault, which
//     becomes a problem with its line, and read on with what was most likely
//     meant. spaces.go gives namespaces short names, whatever their prefix, and
//     XML Base and xml:lang are resolved on the way.
//  3. item.go makes an item of each element item or entry. Feeds mix the words
//     of all formats, so there is one list of names for each field and not one
//     reader for each format; construct.go knows what a text is (RFC 4287,
//     section 3.1), links.go which link is the one to read, and place.go
//     GeoRSS (Simple and GML), W3C geo and the areas of CAP.
//
// An item's language is its own, else the source's as a person said it, else that of
// the page that it was followed to, of the feed, and at last of the answer's
// Content-Language header.
//
// What is missing stays missing: an item without a date has an unknown date,
// one without a guid is known by its link, and one without either by its
// content.
//
// The cursor remembers the host's validators (ETag, Last-Modified) and which
// items have been yielded, so that a host that ignores validators costs no
// work either, and so that an item is followed to its page once. Of a feed that
// changed only the items whose bytes are new are parsed (known.go). Of an index of
// sitemaps it remembers those that were read (sitemapwalk.go).
package feed
