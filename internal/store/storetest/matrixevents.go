package storetest

import (
	"strings"

	"pgregory.net/rapid"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/store"
)

// events looks through every method that reads events and tracks.
func (e *eye) events() {
	s, ctx := e.w.s, e.w.ctx
	filter := store.EventFilter{}
	if rapid.Bool().Draw(e.t, "of a source") {
		filter.Sources = []centre.ID{rapid.SampledFrom(e.m.sources).Draw(e.t, "events of").ID}
	}
	if rapid.Bool().Draw(e.t, "with words") {
		filter.Text = rapid.SampledFrom([]string{"clash", "clash e1", "zzz"}).Draw(e.t, "text")
	}
	type line struct {
		name   string
		source centre.ID
	}
	var got, want []line
	after := ""
	for {
		page, err := s.Events(ctx, e.v, filter, store.Page{After: after, Limit: 7})
		e.must(err)
		for _, x := range page.Events {
			got = append(got, line{x.ExternalID, x.Source})
		}
		if after = page.Next; after == "" {
			break
		}
	}
	shown := func(x modelEvent) line {
		if policy.Visible(e.a, x.source.Marking) {
			return line{x.name, x.source.ID}
		}
		return line{x.name, 0}
	}
	for _, x := range e.m.events {
		visible := policy.Visible(e.a, x.marking)
		one, err := s.Event(ctx, e.v, x.id)
		if e.found(err, visible) {
			e.equal("event", line{one.ExternalID, one.Source}, shown(x))
		}
		if visible && strings.Contains("clash "+x.name, filter.Text) && (filter.Sources == nil || shown(x).source == filter.Sources[0]) {
			want = append(want, shown(x))
		}
	}
	e.equal("events", got, want)
	clusters, err := s.EventClusters(ctx, e.v, filter, wholeEarth, 0)
	e.must(err)
	n := 0
	for _, c := range clusters {
		n += c.Events
	}
	e.equal("events on the map", n, len(want))

	got, want = nil, nil
	tracks, err := s.Tracks(ctx, e.v, start, wholeEarth)
	e.must(err)
	for _, k := range tracks {
		got = append(got, line{k.UID, k.Source})
	}
	for _, x := range e.m.tracks {
		if policy.Visible(e.a, x.marking) {
			want = append(want, shown(x))
		}
	}
	e.equal("tracks", got, want)
}
