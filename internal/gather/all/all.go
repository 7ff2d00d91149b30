// Package all is the one list of connectors: a new one is a folder under
// gather and a line here.
package all

import (
	"slices"

	"entente/internal/gather"
	"entente/internal/gather/alerts"
	"entente/internal/gather/events"
	"entente/internal/gather/feed"
	"entente/internal/gather/files"
	"entente/internal/gather/mail"
	"entente/internal/gather/messaging"
	"entente/internal/gather/misp"
	"entente/internal/gather/nats"
	"entente/internal/gather/page"
	"entente/internal/gather/push"
	"entente/internal/gather/stix"
	"entente/internal/gather/tracks"
	"entente/internal/gather/wires"
)

// Connectors lists every connector that the program has.
func Connectors() []gather.Connector {
	connectors := []gather.Connector{
		feed.New(),
		page.New(),
		messaging.New(),
		events.New(),
		alerts.New(),
		wires.New(),
		stix.New(),
		misp.New(),
		tracks.New(),
		push.New(),
	}
	// A watched folder and a mail's attachments hold any format that there is;
	// each of the two is a reader for the other.
	others := readersOf(connectors)
	mails := mail.New(append(others, files.New(others...))...)
	return append(connectors, files.New(append(others, mails)...), mails, nats.New(others...))
}

// Readers lists those connectors that read their format wherever the bytes came
// from: see gather.Recognised.
func Readers() []gather.Reader { return readersOf(Connectors()) }

func readersOf(connectors []gather.Connector) []gather.Reader {
	var readers []gather.Reader
	for _, c := range connectors {
		if r, ok := c.(gather.Reader); ok {
			readers = append(readers, r)
		}
	}
	return slices.Clip(readers)
}
