package feed

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
	"entente/internal/gather/page"
)

// Options of a source.
const (
	// OptionFollow set to "yes" makes the page of each item be fetched and its
	// readable text be used.
	OptionFollow = "follow"
	// OptionSince is how old an entry of a sitemap may be to be taken: days or
	// hours ("3d", "36h"), or "all".
	OptionSince = "since"
)

const (
	accept = "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1"
	// followBatch is small, so that a stop costs few pages again.
	followBatch = 10
	// maxTries is how often a page that does not answer is asked for.
	maxTries = 3
)

// Connector reads feeds.
type Connector struct{}

// New makes the connector. It is safe for concurrent use.
func New() *Connector { return &Connector{} }

// Kind is "feed".
func (*Connector) Kind() string { return "feed" }

// Interval is how often a feed is looked at that says nothing else.
func (*Connector) Interval() time.Duration { return 15 * time.Minute }

// Check refuses what is no web address, and an option that is not known.
func (*Connector) Check(s centre.Source) error {
	if _, err := fetch.CheckURL(s.Address); err != nil {
		return err
	}
	if v := s.Options[OptionFollow]; v != "" && v != "yes" && v != "no" {
		return centre.Invalid("The option follow is %q; write yes to read the page of each item, or no.", v)
	}
	_, err := since(s.Options[OptionSince])
	return err
}

// Fetch reads the feed and yields its items that were not yielded before, or
// that changed since.
func (c *Connector) Fetch(ctx context.Context, r gather.Request) (gather.Result, error) {
	last := readCursor(r.Cursor)
	response, err := r.Client.Get(ctx, fetch.Get{
		URL: r.Source.Address, Private: r.Source.Private, ETag: last.ETag, Modified: last.Modified, Accept: accept,
		Header: gather.Authorization(r.Source, r.Source.Address),
	})
	if err != nil {
		return gather.Result{}, err
	}
	result := gather.Result{Bytes: response.Bytes, MovedTo: response.MovedTo, NotModified: response.NotModified, Wait: response.MaxAge}
	if result.NotModified {
		return result, nil
	}
	next := cursor{ETag: response.ETag, Modified: response.Modified, Body: shortHash(string(response.Body)), Shared: last.Shared}
	if next.Body == last.Body {
		result.NotModified = true
		if next.ETag == last.ETag && next.Modified == last.Modified {
			return result, nil
		}
		next.Seen, next.Same, next.Context = last.Seen, last.Same, last.Context
		return result, r.Yield(ctx, nil, next.encode())
	}

	base, err := url.Parse(response.URL)
	if err != nil {
		return result, err
	}
	parsed, err := parseBody(response.Body, response.ContentType, base, r.Now, last.known())
	if err != nil {
		return result, err
	}
	if parsed.Format == "sitemap" || parsed.Format == "sitemapindex" {
		walk := sitemapWalk{request: r, last: last, next: &next, result: &result}
		if err := walk.run(ctx, &parsed); err != nil {
			return result, err
		}
	}
	if err := parsed.dropCut(base); err != nil {
		return result, err
	}
	result.Problems = parsed.Problems
	result.Wait = max(result.Wait, parsed.Rest(r.Now))
	result.Title, result.Language, result.Site = parsed.Title, parsed.Language, parsed.Link
	parsed.Language = firstOf(parsed.Language, response.Language)
	hubs(&result, parsed, response)

	entries, problems := identify(parsed.Items, &next)
	result.Problems = append(result.Problems, problems...)
	if !parsed.Whole { // the rest may come the next time
		next.ETag, next.Modified, next.Body = "", "", ""
	}
	delivery := delivery{request: r, feed: parsed, last: last, next: next}
	return result, delivery.run(ctx, entries)
}

// hubs takes the WebSub hub and topic: from the Link header, else from the feed
// (W3C WebSub, section 4).
func hubs(result *gather.Result, f Feed, response *fetch.Response) {
	result.Hub, result.Topic = f.Hub, f.Topic
	if hub := response.Links["hub"]; hub != "" {
		result.Hub = hub
		result.Topic = firstOf(response.Links["self"], result.Topic)
	}
	if result.Hub == "" {
		result.Topic = ""
	} else if result.Topic == "" {
		result.Topic = response.URL
	}
}

// dropCut leaves out the item in which a feed that came over the network breaks
// off: it comes whole the next time. A feed without any whole item is an error.
func (f *Feed) dropCut(base *url.URL) error {
	if f.Whole {
		return nil
	}
	if n := len(f.Items); n > 0 && f.Items[n-1].Cut {
		f.Items = f.Items[:n-1]
	}
	if len(f.Items) == 0 {
		return centre.Invalid("The feed %s breaks off, and there is no complete item in it. Tell its owner; it is tried again later.", where(base))
	}
	return nil
}

// entry is an item with what it is known by.
type entry struct {
	item Item
	id   string // external id
	key  string // of id and content, for the cursor
}

// delivery yields what is new in batches.
type delivery struct {
	request gather.Request
	feed    Feed
	last    cursor
	next    cursor // as it will be when all is yielded, without Seen
}

func (d *delivery) run(ctx context.Context, entries []entry) error {
	seen := make(map[string]bool, len(d.last.Seen))
	for _, key := range d.last.Seen {
		seen[key] = true
	}
	follow := d.request.Source.Options[OptionFollow] == "yes"
	size := gather.MaxBatch
	if follow {
		size = followBatch
	}
	// Until all is yielded the cursor holds no validators: the host must not
	// say "not modified" to somebody who has read the half.
	partial := cursor{Seen: slices.Clone(d.last.Seen), Shared: d.next.Shared, Tries: map[string]int{}}
	var current []string
	var batch []centre.Document
	for _, e := range entries {
		if seen[e.key] {
			current = append(current, e.key)
			continue
		}
		document, again, err := d.document(ctx, e, follow)
		if err != nil {
			return err
		}
		if tries := d.last.Tries[e.key] + 1; again && tries < maxTries {
			partial.Tries[e.key] = tries
		} else {
			current = append(current, e.key)
			partial.Seen = append(partial.Seen, e.key)
		}
		if batch = append(batch, document); len(batch) == size {
			if err := d.request.Yield(ctx, batch, partial.encode()); err != nil {
				return err
			}
			batch = nil
		}
	}
	whole := d.next
	whole.Seen, whole.Tries = remember(current, d.last.Seen, d.feed.Format), partial.Tries
	if whole.Same = d.feed.same(entries, current); len(whole.Same) > 0 {
		whole.Context = d.feed.context
	}
	if len(whole.Tries) > 0 {
		whole.ETag, whole.Modified, whole.Body = "", "", ""
	}
	if len(batch) == 0 && string(whole.encode()) == string(d.request.Cursor) {
		return nil
	}
	return d.request.Yield(ctx, batch, whole.encode())
}

// remember keeps what is in the feed now, and some of what was: hosts behind a
// balancer show an older state for a while. Of an index of sitemaps those that
// did not change are not read, so more is kept.
func remember(current, before []string, format string) []string {
	some := 500
	if format == "sitemapindex" {
		some = maxItems
	}
	kept := slices.Clone(current)
	known := make(map[string]bool, len(kept))
	for _, key := range kept {
		known[key] = true
	}
	for _, key := range before {
		if len(kept) >= len(current)+some {
			break
		}
		if !known[key] {
			kept = append(kept, key)
		}
	}
	return kept
}

// document makes the document of an item from what the feed says.
func (e entry) document(r gather.Request, f Feed) centre.Document {
	return centre.Document{
		Source: r.Source.ID, ExternalID: e.id, URL: e.item.Link,
		Title: e.item.Title, Author: e.item.Author, Published: e.item.Published, Updated: e.item.Updated, Fetched: r.Now,
		MediaType: e.item.MediaType, Body: e.item.Body, Point: e.item.Point, Geometry: e.item.Geometry,
		Enclosures: e.item.Enclosures, Properties: e.item.Properties, Problems: e.item.Problems,
		Language: firstOf(e.item.Language, r.Source.Language, f.Language),
	}
}

// document makes the document of an item, with its page's text where that is
// wanted. again is true where its page did not
// answer and may the next time.
func (d *delivery) document(ctx context.Context, e entry, follow bool) (document centre.Document, again bool, err error) {
	source := d.request.Source
	document = e.document(d.request, d.feed)
	if !follow || e.item.Link == "" {
		return document, false, nil
	}
	read, err := page.Get(ctx, d.request.Client, fetch.Get{
		URL: e.item.Link, Private: source.Private && sameHost(e.item.Link, source.Address),
		Header: gather.Authorization(source, e.item.Link),
	}, d.request.Now)
	switch {
	case ctx.Err() != nil:
		return document, false, ctx.Err()
	case err != nil && centre.CodeOf(err) == "": // a fault of the program
		return document, false, err
	case err != nil:
		document.Problems = append(document.Problems, "The item's own text was used, because its page could not be read. "+err.Error())
		return document, centre.CodeOf(err) == centre.CodeUnavailable, nil
	case len(read.Article.HTML) < len(document.Body):
		document.Problems = append(document.Problems, "The item's own text was used, because its page holds less text; perhaps the page is for subscribers.")
		return document, false, nil
	}
	a := read.Article
	document.Body, document.MediaType = a.HTML, read.MediaType
	document.Title, document.Author = firstOf(document.Title, a.Title), firstOf(document.Author, a.Author)
	document.Language = firstOf(e.item.Language, source.Language, a.Language, d.feed.Language, read.Response.Language)
	if !document.Published.Known() {
		document.Published = a.Published
	}
	if !document.Updated.Known() {
		document.Updated = a.Updated
	}
	document.Problems = append(document.Problems, a.Problems...)
	return document, false, nil
}

func sameHost(a, b string) bool {
	x, errX := url.Parse(a)
	y, errY := url.Parse(b)
	return errX == nil && errY == nil && strings.EqualFold(x.Hostname(), y.Hostname())
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// shortHash is enough to tell the items of one feed apart.
func shortHash(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:9])
}

// contentID names an item that has no other name.
func contentID(i Item) string {
	text := i.Title + "\x00" + i.Body + "\x00" + i.Published.Time.String()
	if i.Title == "" && i.Body == "" {
		text += fmt.Sprint("\x00", i.Author, i.Enclosures, i.Point, i.Geometry, i.Properties)
	}
	sum := sha256.Sum256([]byte(text))
	return "sha256:" + hex.EncodeToString(sum[:16])
}
