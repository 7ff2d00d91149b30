// Package push is the connector of kind "push": sources that bring their
// documents themselves instead of being fetched. They come in three ways, all
// into the same intake:
//
//   - POST /api/v1/intake with the source's token, one document or many, in the
//     JSON of this package or in any format that some connector reads;
//   - webhooks, whose body is signed with a key that both sides hold: Standard
//     Webhooks ("webhook-signature", which also proves when it was sent) or the
//     X-Hub-Signature-256 header of many services;
//   - a WebSub hub (W3C Recommendation, January 2018), which tells of new
//     content of a feed.
//
// The JSON of a document: {"id", "url", "title", "author", "text" or "html",
// "language", "published", "updated", "geometry" (GeoJSON) or "lon" and "lat",
// "tlp" or "marking", "part_of", "replaces" [ids], "withdrawn", "embargo", "enclosures"
// [{"url", "media_type", "length", "title"}], "properties" {name: value}}. Only
// one of text, html and title is needed. Several stand in a list, in
// {"documents": [...]}, or one a line.
//
// A bad document is refused in a sentence that says which and why, and those
// beside it are taken. What lets nobody see a document too early or too widely
// (embargo, tlp, marking) must be readable, or the document is refused.
package push

import (
	"context"
	"io"

	"entente/internal/centre"
	"entente/internal/gather"
)

// Kind is the connector's name.
const Kind = "push"

// Connector reads what is brought. It is safe for concurrent use.
type Connector struct{}

// New makes the connector.
func New() Connector { return Connector{} }

// Kind implements gather.Connector.
func (Connector) Kind() string { return Kind }

// Check implements gather.Connector: such a source has no address.
func (Connector) Check(s centre.Source) error {
	if s.Address != "" {
		return centre.Invalid("A source of kind push has no address, for it brings its documents itself; leave the address empty, and give its publisher the token that is shown when the source is added.")
	}
	return nil
}

// Fetch implements gather.Connector: there is nothing to fetch.
func (Connector) Fetch(ctx context.Context, _ gather.Request) (gather.Result, error) {
	if err := ctx.Err(); err != nil {
		return gather.Result{}, err
	}
	return gather.Result{}, centre.Invalid("A source of kind push cannot be fetched: its publisher sends its documents to this centre.")
}

// Recognise implements gather.Reader.
func (Connector) Recognise(_, _ string, head []byte) float64 {
	switch {
	case hasKey(head, "documents"):
		return 0.6
	case hasKey(head, "text") || hasKey(head, "html"):
		return 0.2 // any table of objects has such a field
	}
	return 0
}

// Read implements gather.Reader. Refused documents are problems.
func (Connector) Read(ctx context.Context, r gather.Request, _ string, content io.Reader) (gather.Result, error) {
	counted := &counter{r: content}
	parsed, err := Parse(counted, r.Source, r.Now)
	result := gather.Result{Bytes: counted.n}
	if err != nil {
		return result, err
	}
	var batch []centre.Document
	for _, p := range parsed {
		if p.Refused != "" {
			result.Problems = append(result.Problems, p.Refused)
			continue
		}
		batch = append(batch, p.Document)
	}
	for len(batch) > 0 {
		n := min(len(batch), gather.MaxBatch)
		if err := ctx.Err(); err != nil {
			return result, err
		}
		if err := r.Yield(ctx, batch[:n], nil); err != nil {
			return result, err
		}
		batch = batch[n:]
	}
	return result, nil
}

type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}
