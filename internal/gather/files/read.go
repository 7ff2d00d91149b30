package files

import (
	"context"
	"fmt"
	"io"

	"entente/internal/centre"
	"entente/internal/gather"
)

// Recognise knows files by their endings, and by their first bytes where these
// tell more. A table or a text may be any other reader's, hence the middling
// sureness.
func (c Connector) Recognise(name, mediaType string, head []byte) float64 {
	format := formatOf(name, head)
	switch format {
	case "":
		return 0
	case "pdf", "office", "xlsx", "kmz", "geojson", "kml", "gpx":
		return 0.85
	case "mail", "zip", "tar", "gzip":
		return 0.7
	}
	return 0.6
}

// Read reads one file, or all of an archive, as Parse does; a table's columns by
// the source's mapping. Its own readers are asked for what it does not read.
func (c Connector) Read(ctx context.Context, r gather.Request, name string, content io.Reader) (gather.Result, error) {
	var result gather.Result
	mapping, err := ParseMapping(r.Source.Options[OptionMapping])
	if err != nil {
		return result, err
	}
	b := &batch{request: r}
	counted := &counter{r: content}
	report, err := Parse(ctx, Input{
		Name: name, Reader: counted, Now: r.Now, Mapping: mapping, ParseMarking: markings(r.Source),
		Source: r.Source, Readers: c.readers, Events: b.events(ctx), Tracks: b.tracks(ctx),
	}, func(d centre.Document) error { return b.add(ctx, d) })
	result.Bytes = counted.n
	for _, refusal := range report.Listed {
		result.Problems = append(result.Problems, refusal.String())
	}
	if more := report.Bad - len(report.Listed); more > 0 {
		result.Problems = append(result.Problems, fmt.Sprintf("%s: %d more rows were left out.", show(name), more))
	}
	if b.failure != nil {
		return result, b.failure
	}
	if flushed := b.flush(ctx, nil); flushed != nil {
		return result, flushed
	}
	return result, err
}

// markings reads a marking column of a source's files. A source does not know
// the centre's members: groups, and TLP labels that mean a community, do not
// open anything here.
func markings(s centre.Source) func(string) (centre.Marking, error) {
	return func(text string) (centre.Marking, error) {
		return centre.ParseMarking(text, centre.Audience{Originator: s.Member})
	}
}

// batch gathers documents until there are enough to be yielded.
type batch struct {
	request gather.Request
	docs    []centre.Document
	bytes   int
	failure error // of a yield
}

// maxBytes is how much text a batch may hold before it is yielded.
const maxBytes = 32 << 20

func (b *batch) add(ctx context.Context, d centre.Document) error {
	d.Source = b.request.Source.ID
	if d.Language == "" {
		d.Language = b.request.Source.Language
	}
	b.docs = append(b.docs, d)
	b.bytes += len(d.Body)
	if len(b.docs) < gather.MaxBatch && b.bytes < maxBytes {
		return nil
	}
	return b.flush(ctx, nil)
}

// flush yields what there is, with a cursor where there is one.
func (b *batch) flush(ctx context.Context, c centre.Cursor) error {
	if len(b.docs) == 0 && c == nil {
		return nil
	}
	err := b.request.Yield(ctx, b.docs, c)
	b.docs, b.bytes, b.failure = nil, 0, err
	return err
}

// events and tracks hand on what readers bring; nil where nobody takes it.
func (b *batch) events(ctx context.Context) func([]centre.Event) error {
	if b.request.YieldEvents == nil {
		return nil
	}
	return func(events []centre.Event) error {
		b.failure = b.request.YieldEvents(ctx, events, nil)
		return b.failure
	}
}

func (b *batch) tracks(ctx context.Context) func([]centre.Track) error {
	if b.request.YieldTracks == nil {
		return nil
	}
	return func(tracks []centre.Track) error {
		b.failure = b.request.YieldTracks(ctx, tracks, nil)
		return b.failure
	}
}

// counter counts what is read.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.n += int64(n)
	return n, err
}
