package gather

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/gather/fetch"
)

// Find gives the connector of a kind, or a sentence that lists the kinds.
func Find(connectors []Connector, kind string) (Connector, error) {
	var kinds []string
	for _, c := range connectors {
		if c.Kind() == kind {
			return c, nil
		}
		kinds = append(kinds, c.Kind())
	}
	slices.Sort(kinds)
	return nil, centre.Invalid("There is no kind of source named %q; the kinds are %s.", kind, strings.Join(kinds, ", "))
}

// PreviewDocuments is how many documents a preview brings at most, and how many
// events and tracks.
const PreviewDocuments = 20

// Previewed is what one fetch of a source would bring, at its beginning.
type Previewed struct {
	Documents []centre.Document
	Events    []centre.Event
	Tracks    []centre.Track
	Result    // its Notes stand before its Problems, for they are what a preview shows
}

// full reports whether there is enough to look at.
func (p *Previewed) full() bool {
	p.Documents = p.Documents[:min(len(p.Documents), PreviewDocuments)]
	p.Events = p.Events[:min(len(p.Events), PreviewDocuments)]
	p.Tracks = p.Tracks[:min(len(p.Tracks), PreviewDocuments)]
	return len(p.Documents) == PreviewDocuments || len(p.Events) == PreviewDocuments || len(p.Tracks) == PreviewDocuments
}

// PreviewTime is how long a preview may take.
const PreviewTime = 2 * time.Minute

// Preview fetches a source once, from its beginning and storing nothing, to
// show what would come: at most PreviewDocuments documents. The source need not
// be known to the centre.
func Preview(ctx context.Context, connectors []Connector, client *fetch.Client, now time.Time, s centre.Source) (Previewed, error) {
	connector, err := Find(connectors, s.Kind)
	if err != nil {
		return Previewed{}, err
	}
	if err := connector.Check(s); err != nil {
		return Previewed{}, err
	}
	bounded, cancel := context.WithTimeoutCause(ctx, PreviewTime, errTooSlow)
	defer cancel()
	var seen Previewed
	enough := errors.New("enough for a preview")
	taken := func() error {
		if seen.full() {
			return enough
		}
		return nil
	}
	request := Request{
		Source: s, Client: client, Now: now,
		Yield: func(_ context.Context, docs []centre.Document, _ centre.Cursor) error {
			seen.Documents = append(seen.Documents, docs...)
			return taken()
		},
		YieldEvents: func(_ context.Context, events []centre.Event, _ centre.Cursor) error {
			seen.Events = append(seen.Events, events...)
			return taken()
		},
		YieldTracks: func(_ context.Context, tracks []centre.Track, _ centre.Cursor) error {
			seen.Tracks = append(seen.Tracks, tracks...)
			return taken()
		},
	}
	seen.Result, err = contained(connector, func() (Result, error) { return connector.Fetch(bounded, request) })
	if errors.Is(err, enough) {
		err = nil
	}
	if err != nil && context.Cause(bounded) == errTooSlow {
		err = tooSlow(PreviewTime)
		if len(seen.Documents)+len(seen.Events)+len(seen.Tracks) > 0 { // enough to show
			seen.Problems, err = append(seen.Problems, err.Error()), nil
		}
	}
	seen.Problems = slices.Concat(seen.Notes, seen.Problems)
	return seen, err
}

var errTooSlow = errors.New("the fetch took too long")

func tooSlow(limit time.Duration) error {
	return centre.Refuse(centre.CodeUnavailable, "Reading the source took longer than %s and was stopped; what had come until then is kept, and the rest is read the next time.", limit)
}

// contained runs a connector, whose panics become faults of the program.
func contained(c Connector, run func() (Result, error)) (result Result, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the %s connector panicked: %v", c.Kind(), p)
		}
	}()
	return run()
}
