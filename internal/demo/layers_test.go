package demo

import (
	"context"
	"errors"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/events"
	"entente/internal/gather/fetch"
	"entente/internal/gather/tracks"
)

// The centre's own connectors read the layers, without a problem.
func TestTheLayersAreRead(t *testing.T) {
	clock := func() time.Time { return time.Now().UTC() }
	layers, err := StartLayers(t.Context(), clock)
	if err != nil {
		t.Fatal(err)
	}
	defer layers.Close()
	client, err := fetch.New(fetch.Options{Version: "test", Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	sources := layers.Sources()
	seen := map[string]gather.Previewed{}
	for _, s := range sources {
		seen[s.Kind], err = gather.Preview(t.Context(), []gather.Connector{events.New(), tracks.New()}, client, clock(), s)
		if err != nil || len(seen[s.Kind].Problems) > 0 {
			t.Errorf("%s: %v, %q", s.Slug, err, seen[s.Kind].Problems)
		}
	}
	var all []centre.Event
	_, err = events.New().Fetch(t.Context(), gather.Request{Source: sources[0], Client: client, Now: clock(),
		Yield: func(context.Context, []centre.Document, centre.Cursor) error {
			return errors.New("a table of events has no documents")
		},
		YieldEvents: func(_ context.Context, e []centre.Event, _ centre.Cursor) error {
			all = append(all, e...)
			return nil
		}})
	if err != nil || len(all) != 24 {
		t.Fatalf("%d incidents, %v", len(all), err)
	}
	categories := map[centre.EventCategory]int{}
	for _, e := range all {
		categories[e.Category]++
		if !e.Start.Known() || e.Start.Time.Year() != 2015 || !e.Point.Known {
			t.Errorf("%s: %v at %v", e.ExternalID, e.Start, e.Point)
		}
	}
	if categories[centre.EventOther] > 4 || len(categories) < 8 {
		t.Errorf("the categories are %v", categories)
	}
	if got := seen["tracks"].Tracks; len(got) < len(convoys) {
		t.Errorf("%d positions", len(got))
	}
}

func TestConvoysStayOnTheirRoads(t *testing.T) {
	for _, c := range convoys {
		for m := range 600 {
			lon, lat := c.at(time.Date(2026, 1, 1, 0, m, 0, 0, time.UTC))
			west, east, south, north := 180.0, -180.0, 90.0, -90.0
			for _, p := range c.road {
				west, east, south, north = min(west, p[0]), max(east, p[0]), min(south, p[1]), max(north, p[1])
			}
			if lon < west || lon > east || lat < south || lat > north {
				t.Fatalf("%s is at %v, %v", c.uid, lon, lat)
			}
		}
	}
}
