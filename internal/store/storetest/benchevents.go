package storetest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/policy/system"
	"entente/internal/query"
	"entente/internal/store"
)

// benchEvents is how many events are taken; ENTENTE_BENCH_EVENTS names another
// number.
const benchEvents = 1_000_000

// eventsPerBatch is how many events connectors bring at once (gather.MaxEvents).
const eventsPerBatch = 5000

// BenchEvents takes a million events of the size of GDELT's, says how fast the
// first and the last tenth went and how much memory was in use, then reads them.
func BenchEvents(b *testing.B, s store.Store) {
	want := benchEvents
	if n, err := strconv.Atoi(os.Getenv("ENTENTE_BENCH_EVENTS")); err == nil && n > 0 {
		want = n
	}
	g, source := system.Grant("bench"), benchSources(b, s)[0]
	rnd := rand.New(rand.NewPCG(1, 2))
	places := make([]*centre.Place, 20_000) // what is reported comes from towns, and from some far more often
	for i := range places {
		places[i] = place(fmt.Sprint("Town ", i), []string{"IRQ", "SYR", "IRN", "RUS"}[i%4], rnd.Float64()*360-180, rnd.Float64()*130-60)
	}
	zipf := rand.NewZipf(rnd, 1.1, 8, uint64(len(places)-1))
	var took, tenth time.Duration
	var most uint64
	events := make([]centre.Event, eventsPerBatch)
	b.ResetTimer()
	for at := 0; at < want; at += len(events) {
		for i := range events {
			events[i] = benchEvent(rnd, places[zipf.Uint64()], at+i)
		}
		begin := time.Now()
		n, err := s.TakeEvents(b.Context(), g, source, events, centre.Cursor(strconv.Itoa(at)))
		if err != nil || n != len(events) {
			b.Fatalf("%d taken (%v)", n, err)
		}
		spent := time.Since(begin)
		took, tenth = took+spent, tenth+spent
		if done := at + len(events); done%max(want/10, 1) < len(events) {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc)
			b.Logf("%d events: %.0f/s of late, %.0f/s in all, %d MB of heap", done, float64(want/10)/tenth.Seconds(), float64(done)/took.Seconds(), m.HeapAlloc>>20)
			tenth = 0
		}
	}
	b.ReportMetric(float64(want)/took.Seconds(), "rows/s")
	b.ReportMetric(float64(most>>20), "heap-MB")
	begin := time.Now()
	if n, err := s.TakeEvents(b.Context(), g, source, events, nil); err != nil || n != 0 {
		b.Fatalf("%d taken again (%v)", n, err)
	}
	b.Logf("the same again: %.0f/s", float64(len(events))/time.Since(begin).Seconds())

	labels, err := s.AllLabels(b.Context(), g)
	if err != nil {
		b.Fatal(err)
	}
	v := policy.NewView(actor(rus), labels)
	blind := policy.NewView(actor(syr), labels[:0])
	box := query.Box{West: 40, South: 30, East: 48, North: 37}
	find := func(v policy.View, f store.EventFilter) func(context.Context) error {
		return func(ctx context.Context) error { _, err := s.Events(ctx, v, f, store.Page{}); return err }
	}
	clusters := func(f store.EventFilter, box query.Box, zoom int) func(context.Context) error {
		return func(ctx context.Context) error { _, err := s.EventClusters(ctx, v, f, box, zoom); return err }
	}
	for _, c := range []struct {
		name string
		run  func(context.Context) error
	}{
		{"Newest", find(v, store.EventFilter{})},
		{"NothingReleased", find(blind, store.EventFilter{})},
		{"Box", find(v, store.EventFilter{Box: &box})},
		{"BoxAndSpan", find(v, store.EventFilter{Box: &box, From: start, Until: start.AddDate(0, 0, 7)})},
		{"Country", find(v, store.EventFilter{Country: "IRQ", Killed: 1})},
		{"RareText", find(v, store.EventFilter{Text: "no such words"})},
		{"Clusters", clusters(store.EventFilter{}, wholeEarth, 2)},
		{"ClustersOfABox", clusters(store.EventFilter{From: start, Until: start.AddDate(0, 0, 7)}, box, 7)},
	} {
		b.Run(c.name, func(b *testing.B) { percentiles(b, c.run) })
	}
}

// benchEvent makes an event as a row of GDELT has it.
func benchEvent(rnd *rand.Rand, at *centre.Place, i int) centre.Event {
	day := start.AddDate(0, 0, i/3000)
	if rnd.IntN(40) == 0 {
		day = day.AddDate(-1, 0, 0) // an anniversary
	}
	e := centre.Event{ExternalID: strconv.Itoa(410_000_000 + i), Category: centre.EventCategories[rnd.IntN(len(centre.EventCategories))], Code: "190",
		Title: "Use conventional military force: GOVERNMENT and REBEL", URL: "https://www.example.org/news/2015/09/" + strconv.Itoa(rnd.IntN(1e9)) + "/article-with-a-long-name.html",
		Start: centre.Moment{Time: day, Precision: centre.PrecisionDay, Basis: centre.BasisColumn}, TimePrecision: centre.TimeDay,
		Point: at.Point, Place: at.Name + ", Province, Country", Country: at.Country, Admin1: "IZ07", GeoPrecision: centre.GeoExact,
		Actors:   []centre.EventActor{{Name: "GOVERNMENT", Code: "IRQGOV", Country: "IRQ", Role: centre.RoleInitiator}, {Name: "REBEL", Code: "REB", Role: centre.RoleAffected}},
		Mentions: 1 + rnd.IntN(40), Origin: "20150918230000.export.CSV, line " + strconv.Itoa(i), License: "GDELT: free with a citation.", Fetched: start}
	if rnd.IntN(10) == 0 {
		e.Killed = centre.Toll{Known: true, Low: 1, Best: 2, High: 5}
	}
	return e
}
