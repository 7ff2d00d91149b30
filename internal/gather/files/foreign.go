package files

import (
	"context"
	"errors"
	"io"
	"strings"

	"entente/internal/centre"
	"entente/internal/gather"
)

// foreign has another connector's reader read a file.
func (p *parser) foreign(reader gather.Reader, name string, r io.Reader) error {
	request := gather.Request{Source: p.in.Source, Now: p.in.Now,
		Yield: func(_ context.Context, docs []centre.Document, _ centre.Cursor) error {
			for _, d := range docs {
				if err := p.yield(d); err != nil {
					return &yieldError{err}
				}
				p.report.Good++
			}
			return nil
		},
	}
	if p.in.Events != nil {
		request.YieldEvents = func(_ context.Context, events []centre.Event, _ centre.Cursor) error {
			if err := p.in.Events(events); err != nil {
				return &yieldError{err}
			}
			p.report.Events += len(events)
			return nil
		}
	}
	if p.in.Tracks != nil {
		request.YieldTracks = func(_ context.Context, tracks []centre.Track, _ centre.Cursor) error {
			if err := p.in.Tracks(tracks); err != nil {
				return &yieldError{err}
			}
			p.report.Tracks += len(tracks)
			return nil
		}
	}
	result, err := reader.Read(p.ctx, request, name, r)
	for _, problem := range result.Problems {
		// Readers begin with the file's name, as refusals do when they are shown.
		p.refuse(name, 0, strings.TrimLeft(strings.TrimPrefix(problem, name), ":, "))
	}
	if err == nil || fatal(err) != nil {
		return err
	}
	if refused, ok := errors.AsType[*centre.Error](err); ok {
		return centre.Invalid("%s", strings.TrimLeft(strings.TrimPrefix(refused.Message, name), ":, "))
	}
	return unreadable(err)
}
