package feed

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net/url"
	"regexp"
	"strings"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
)

// maxRead is the largest content that Read takes, in bytes.
const maxRead = 64 << 20

// Recognise knows feeds and sitemaps by their root element and its namespace,
// and JSON Feed by its version, whatever the name and the type say.
func (*Connector) Recognise(_, _ string, head []byte) float64 {
	if bytes.HasPrefix(head, []byte{0x1f, 0x8b}) {
		head = inflatedHead(head)
	}
	text := strings.TrimLeft(strings.TrimPrefix(fetch.ToUTF8(head, "").UTF8, "\uFEFF"), " \t\r\n\x00")
	switch {
	case text == "":
		return 0
	case text[0] == '{':
		if jsonVersion.MatchString(text) {
			return 0.95
		}
		if jsonItems.MatchString(text) && jsonWords.MatchString(text) {
			return 0.5
		}
		return 0
	case !strings.Contains(text, "<"), webPage.MatchString(text[:min(len(text), 4096)]):
		return 0
	}
	m := readMarkup(text, &url.URL{}, nil)
	root := findRoot(m.document)
	if root == nil {
		return 0
	}
	atTop := false
	for _, n := range m.document.kids {
		atTop = atTop || n == root
	}
	known := root.space == "atom" || root.space == "sitemap"
	switch root.name {
	case "rss":
		known = true
	case "rdf":
		known = root.child("channel", "item", "title") != nil
		if !known {
			return 0.2 // RDF of another kind
		}
	case "channel":
		known = root.child("item", "title", "link") != nil
	case "item":
		return 0.3
	}
	switch {
	case known && atTop:
		return 0.95
	case known || atTop:
		return 0.6
	}
	return 0.4
}

var jsonVersion = regexp.MustCompile(`"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version\\?/`)

// A JSON Feed that does not say its version is known by its words.
var (
	jsonItems = regexp.MustCompile(`"items"\s*:\s*\[`)
	jsonWords = regexp.MustCompile(`"(?:home_page_url|feed_url|content_html|content_text|date_published)"\s*:`)
)

// inflatedHead gives the beginning of compressed bytes, as far as they go.
func inflatedHead(head []byte) []byte {
	z, err := gzip.NewReader(bytes.NewReader(head))
	if err != nil {
		return nil
	}
	out := make([]byte, 64<<10)
	n, _ := io.ReadFull(z, out) // the head ends before the content does
	return out[:n]
}

// Read reads a feed that lies somewhere. All its items are yielded, also one in
// which the feed breaks off: nothing more will come. Of an index of sitemaps
// only the names are known.
func (*Connector) Read(ctx context.Context, r gather.Request, name string, content io.Reader) (gather.Result, error) {
	body, err := io.ReadAll(io.LimitReader(content, maxRead+1))
	result := gather.Result{Bytes: int64(len(body))}
	switch {
	case err != nil:
		return result, centre.Invalid("The content could not be read: %w.", err)
	case len(body) > maxRead:
		return result, centre.Invalid("The content is larger than %d MB; give it in parts.", maxRead>>20)
	case ctx.Err() != nil:
		return result, ctx.Err()
	}
	base, err := url.Parse(name)
	if err != nil || base.Scheme != "http" && base.Scheme != "https" {
		base = &url.URL{}
	}
	f, err := parseBody(body, "", base, r.Now, nil)
	if err != nil {
		return result, err
	}
	result.Problems = f.Problems
	result.Title, result.Language, result.Site = f.Title, f.Language, f.Link
	if result.Hub = f.Hub; f.Hub != "" {
		result.Topic = firstOf(f.Topic, base.String())
	}
	if len(f.Maps) > 0 {
		result.Problems = append(result.Problems, "It is an index of sitemaps and holds no entries itself; give its address, or one of the sitemaps that it names: "+f.Maps[0].Address+".")
	}
	entries, problems := identify(f.Items, &cursor{})
	result.Problems = append(result.Problems, problems...)
	for len(entries) > 0 {
		n := min(len(entries), gather.MaxBatch)
		batch := make([]centre.Document, n)
		for at, e := range entries[:n] {
			batch[at] = e.document(r, f)
			if e.item.Cut {
				batch[at].Problems = append(batch[at].Problems, "The feed breaks off inside of this item; the end of it is missing.")
			}
		}
		if err := r.Yield(ctx, batch, nil); err != nil {
			return result, err
		}
		entries = entries[n:]
	}
	return result, ctx.Err()
}
