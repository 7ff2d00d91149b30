package mail

import (
	"context"

	"entente/internal/centre"
	"entente/internal/gather"
)

// maxBytes is how much text a batch may hold before it is yielded.
const maxBytes = 32 << 20

// batch gathers documents until there are enough to be yielded. The cursor that
// goes along covers whole mails only: a mail whose attachments are still being
// read comes again after a stop.
type batch struct {
	yield   func(context.Context, []centre.Document, centre.Cursor) error
	docs    []centre.Document
	bytes   int
	cursor  func() (centre.Cursor, error) // of the last whole mail; nil where it has not moved
	failure error                         // of yield, kept so that no reader in between can lose it
}

func (b *batch) add(ctx context.Context, d centre.Document) error {
	if b.failure != nil {
		return b.failure
	}
	b.docs = append(b.docs, d)
	b.bytes += len(d.Body)
	if len(b.docs) < gather.MaxBatch && b.bytes < maxBytes {
		return nil
	}
	return b.flush(ctx)
}

// flush yields what there is.
func (b *batch) flush(ctx context.Context) error {
	if b.failure != nil {
		return b.failure
	}
	if len(b.docs) == 0 && b.cursor == nil {
		return nil
	}
	var at centre.Cursor
	if b.cursor != nil {
		var err error
		if at, err = b.cursor(); err != nil {
			return b.keep(err)
		}
	}
	err := b.yield(ctx, b.docs, at)
	b.docs, b.bytes, b.cursor = nil, 0, nil
	return b.keep(err)
}

// keep remembers an error that ends everything.
func (b *batch) keep(err error) error {
	if err != nil {
		b.failure = err
	}
	return err
}
