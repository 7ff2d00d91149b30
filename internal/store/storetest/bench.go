package storetest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/policy/system"
	"entente/internal/query"
	"entente/internal/store"
)

// benchReports is the size of the centre that is measured; ENTENTE_BENCH_REPORTS
// names another.
const benchReports = 200_000

// Bench measures a store of 200,000 reports of about 2.5 kB under 200 labels,
// of which the looking actor sees half. A store that holds them already is
// measured as it is; else it is filled through Take and Commit, and that is
// measured too.
func Bench(b *testing.B, s store.Store) {
	want := benchReports
	if n, err := strconv.Atoi(os.Getenv("ENTENTE_BENCH_REPORTS")); err == nil && n > 0 {
		want = n
	}
	g := system.Grant("bench")
	fill(b, s, g, want)
	labels, err := s.AllLabels(b.Context(), g)
	if err != nil {
		b.Fatal(err)
	}
	reader := actor(rus)
	reader.Clearance = centre.Restricted
	v := policy.NewView(reader, labels)
	b.Logf("%d labels, %d visible", len(labels), len(v.Labels()))

	page := store.Page{Limit: 50}
	box := query.Box{West: 40, South: 30, East: 48, North: 37}
	month := query.Published{From: start, Until: start.AddDate(0, 1, 0)}
	world := query.Box{West: -180, South: -90, East: 180, North: 90}
	find := func(q query.Node) func(context.Context) error {
		return func(ctx context.Context) error { _, err := s.Search(ctx, v, q, page); return err }
	}
	words := query.And{query.Word{Text: vocable(40)}, query.Word{Text: vocable(90)}}
	for _, c := range []struct {
		name string
		run  func(context.Context) error
	}{
		{"Newest", find(query.All{})},
		{"OneWord", find(query.Word{Text: vocable(60)})},
		{"RareWord", find(query.Word{Text: vocable(2900)})},
		{"TwoWordsBoxTime", find(query.And{words[0], words[1], box, month})},
		{"TwoWordsNearTime", find(query.And{words[0], words[1], query.Near{Point: baghdad.Point, Metres: 200_000}, month})},
		{"Box", find(box)},
		{"Source", find(query.Source{Slug: "bench-007"})},
		{"NotAWord", find(query.Not{Node: words[0]})},
		{"Stories", func(ctx context.Context) error { _, err := s.Stories(ctx, v, query.All{}, page); return err }},
		{"StoriesOfAWord", func(ctx context.Context) error { _, err := s.Stories(ctx, v, words[0], page); return err }},
		{"Facets", func(ctx context.Context) error { _, err := s.Facets(ctx, v, query.All{}); return err }},
		{"FacetsOfAWord", func(ctx context.Context) error { _, err := s.Facets(ctx, v, words[0]); return err }},
		{"Clusters", func(ctx context.Context) error { _, err := s.Clusters(ctx, v, query.All{}, world, 5); return err }},
		{"ClustersOfABox", func(ctx context.Context) error { _, err := s.Clusters(ctx, v, query.All{}, box, 8); return err }},
		{"ThousandRecalled", func(ctx context.Context) error { // as weaving does after a start
			return s.Remember(ctx, v, 1000, func(store.Known) error { return nil })
		}},
		{"Histogram", func(ctx context.Context) error {
			_, err := s.Histogram(ctx, v, query.All{}, time.Time{}, time.Time{}, 100)
			return err
		}},
	} {
		b.Run(c.name, func(b *testing.B) { percentiles(b, c.run) })
	}
}

// percentiles runs f and reports how long the middle and the slowest took.
func percentiles(b *testing.B, f func(context.Context) error) {
	if err := f(b.Context()); err != nil { // warm
		b.Fatal(err)
	}
	var took []time.Duration
	for b.Loop() {
		begin := time.Now()
		if err := f(b.Context()); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(begin))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}

// vocable is the i-th most frequent word of the bench's texts.
func vocable(i int) string { return "vo" + strconv.FormatInt(int64(i)*7919+1000, 36) }

// benchText makes a report of about 2.5 kB.
func benchText(rnd *rand.Rand, zipf *rand.Zipf, places []*centre.Place, i int) centre.Woven {
	var b strings.Builder
	for n := range 400 {
		if n > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(vocable(int(zipf.Uint64())))
	}
	body := b.String()
	w := centre.Woven{Story: centre.ID(1 + i/6), CopySet: centre.ID(1 + i/2*2), Draft: centre.Draft{
		Content: centre.Content{Text: "Report\n\n" + body, Title: 6}, Language: []string{"en", "ar", "fa", "ru"}[rnd.IntN(4)], LanguageSure: 1,
		Published:   centre.Moment{Time: start.Add(time.Duration(rnd.IntN(365*24)) * time.Hour), Precision: centre.PrecisionSecond, Basis: centre.BasisFeed},
		Fingerprint: centre.Fingerprint{Exact: rnd.Uint64(), MinHash: make([]uint32, 64)},
		Tokens:      centre.Tokens{Surface: "report " + body},
	}}
	for k := range 5 {
		p := places[rnd.IntN(len(places))]
		w.Draft.Mentions = append(w.Draft.Mentions, centre.Mention{Kind: centre.MentionPlace, Start: k, End: k + 1, Text: p.Name, Place: p, Score: 0.9, Step: "place", Version: 1, Why: []string{"named in full"}})
	}
	return w
}

// fill brings a store to want reports and says how fast that went.
func fill(b *testing.B, s store.Store, g policy.Grant, want int) {
	f, err := s.Facets(b.Context(), system.View(), query.All{})
	if err != nil {
		b.Fatal(err)
	}
	if f.Total >= want {
		return
	}
	rnd := rand.New(rand.NewPCG(1, uint64(f.Total)))
	zipf := rand.NewZipf(rnd, 1.1, 20, 5000)
	var places []*centre.Place
	for i := range 3000 {
		places = append(places, place(fmt.Sprint("bench", i), []string{"IRQ", "SYR", "IRN", "RUS"}[i%4], 25+rnd.Float64()*50, 20+rnd.Float64()*40))
	}
	sources := benchSources(b, s)
	var marks []centre.Marking
	for i := range 200 { // half of them for Russia, unclassified or restricted
		mark := rel(centre.Level(i/2%2), irq, centre.MemberCode(fmt.Sprintf("M%03d", i)))
		if i%2 == 0 {
			mark.Releasable = append(mark.Releasable, rus)
		}
		marks = append(marks, mark.Canonical())
	}
	const batch = 64
	var taking, committing time.Duration
	done := 0
	for at := f.Total; at < want; at += batch {
		docs, ws := make([]centre.Document, batch), make([]centre.Woven, batch)
		for i := range docs {
			ws[i] = benchText(rnd, zipf, places, at+i)
			docs[i] = centre.Document{ExternalID: fmt.Sprint("bench", at+i), URL: "https://example.org/" + fmt.Sprint(at+i), MediaType: "text/plain", Body: ws[i].Draft.Content.Text,
				Published: ws[i].Draft.Published, Fetched: start, Marking: &marks[rnd.IntN(len(marks))]}
		}
		begin := time.Now()
		receipts, err := s.Take(b.Context(), g, sources[at/batch%len(sources)], docs, nil)
		if err != nil {
			b.Fatal(err)
		}
		taking += time.Since(begin)
		for i := range ws {
			ws[i].Draft.Document = docs[i]
			ws[i].Draft.Document.ID = receipts[i].ID
		}
		begin = time.Now()
		if _, err := s.Commit(b.Context(), g, ws); err != nil {
			b.Fatal(err)
		}
		committing += time.Since(begin)
		if done += batch; done%20_000 < batch {
			b.Logf("%d reports: take %.0f/s, commit %.0f/s, together %.0f/s", at+batch, float64(done)/taking.Seconds(), float64(done)/committing.Seconds(), float64(done)/(taking+committing).Seconds())
		}
	}
}

func benchSources(b *testing.B, s store.Store) []centre.ID {
	if states, err := s.Sources(b.Context(), system.View()); err != nil || len(states) > 0 {
		var ids []centre.ID
		for _, state := range states {
			ids = append(ids, state.Source.ID)
		}
		return ids
	}
	var ids []centre.ID
	var source centre.IDSource
	g, err := policy.Decide(allRoles(irq), policy.ActionManageSources, policy.Object{Kind: "source", Member: irq})
	if err != nil {
		b.Fatal(err)
	}
	for i := range 20 {
		o := centre.Source{ID: source.Next(start), Slug: fmt.Sprintf("bench-%03d", i), Name: "Bench", Member: irq, Marking: open4, Family: fmt.Sprint("family", i%5)}
		if err := s.AddSource(b.Context(), g, o); err != nil {
			b.Fatal(err)
		}
		ids = append(ids, o.ID)
	}
	return ids
}
