package events_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/events"
	"entente/internal/gather/gathertest"
)

// rowSource makes rows without end from a few hundred different ones, so that
// what is measured is reading and not making them.
type rowSource struct {
	header string
	make   func(n int, random *rand.Rand) string
	rows   int

	random *rand.Rand
	made   []byte
	given  int
}

func (s *rowSource) Read(p []byte) (int, error) {
	if s.random == nil {
		s.random = rand.New(rand.NewPCG(1, 2))
		s.made = []byte(s.header)
	}
	for len(s.made) == 0 || len(s.made) < len(p) && s.given < s.rows {
		if s.given >= s.rows {
			return 0, io.EOF
		}
		s.made = append(s.made, s.make(s.given, s.random)...)
		s.given++
	}
	n := copy(p, s.made)
	s.made = append(s.made[:0], s.made[n:]...)
	return n, nil
}

// gdeltRows makes event rows after the column list of GDELT 2.0.
func gdeltRows(rows int) *rowSource {
	actors := []string{"RUSGOV\tRUSSIA\tRUS", "IRQMIL\tIRAQ\tIRQ", "\t\t", "IRNGOV\tTEHRAN\tIRN", "SYRREB\tSYRIAN\tSYR", "USA\tUNITED STATES\tUSA"}
	places := []string{
		"4\tBaghdad, Baghdad, Iraq\tIZ\tIZ07\t31302\t33.3386\t44.3939\t-3102374", "1\tSyria\tSY\tSY\t\t35\t38\tSY", "0\t\t\t\t\t\t\t",
		"5\tIdlib, Idlib, Syria\tSY\tSY12\t\t35.75\t36.58\t-2541479", "3\tAustin, Texas, United States\tUS\tUSTX\t\t30.2672\t-97.7431\t1351950",
	}
	codes := []string{"010\t010\t01\t1", "042\t042\t04\t1", "057\t057\t05\t1", "190\t190\t19\t4", "195\t195\t19\t4", "173\t173\t17\t4", "141\t141\t14\t3"}
	pool := make([]string, 500)
	random := rand.New(rand.NewPCG(3, 4))
	for i := range pool {
		one, two, geo := actors[random.IntN(len(actors))], actors[random.IntN(len(actors))], places[random.IntN(len(places))]
		pool[i] = fmt.Sprintf("\t%d\t201509\t2015\t2015.7288\t%s\t\t\t\t\t\t\t\t%s\t\t\t\t\t\t\t\t1\t%s\t%.1f\t%d\t%d\t%d\t%.14f\t%s\t%s\t%s\t20150926121500\thttps://news%d.example.org/world/2015/09/26/report-%d.html\n",
			20150901+random.IntN(26), one, two, codes[random.IntN(len(codes))], random.Float64()*20-10, 1+random.IntN(40), 1+random.IntN(9), 1+random.IntN(40),
			random.Float64()*20-10, places[random.IntN(len(places))], geo, geo, i%37, i)
	}
	return &rowSource{rows: rows, make: func(n int, _ *rand.Rand) string { return fmt.Sprint(461000000+n) + pool[n%len(pool)] }}
}

func acledRows(rows int) *rowSource {
	header := "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp\n"
	return &rowSource{header: header, rows: rows, make: func(n int, _ *rand.Rand) string {
		return fmt.Sprintf(`IRQ%d,2015-09-%02d,2015,1,Political violence,Battles,Armed clash,Military Forces of Iraq (2014-),Police Forces of Iraq (2014-),State forces,Islamic State (Iraq),,Rebel group,State forces-Rebel group,,368,Middle East,Iraq,Al Anbar,Ar Ramadi,,Ar Ramadi,33.4258,43.2992,1,"Example Wire; Example Radio",National,"On %d September soldiers fought for a bridge, ""the northern one"", and held it.",%d,,1443398400`+"\n",
			n, n%26+1, n%26+1, n%4)
	}}
}

func readRows(t testing.TB, name string, rows *rowSource) (count int, problems []string) {
	t.Helper()
	result, err := events.New().Read(t.Context(), gather.Request{
		Source: centre.Source{ID: 7, Kind: "events"}, Now: gathertest.Now,
		Yield: func(context.Context, []centre.Document, centre.Cursor) error { return nil },
		YieldEvents: func(_ context.Context, batch []centre.Event, _ centre.Cursor) error {
			count += len(batch)
			return nil
		},
	}, name, rows)
	if err != nil {
		t.Fatal(err)
	}
	return count, result.Problems
}

func benchmark(b *testing.B, name string, source func(rows int) *rowSource) {
	const rows = 100_000
	b.ReportAllocs()
	for b.Loop() {
		if n, problems := readRows(b, name, source(rows)); n != rows || len(problems) > 0 {
			b.Fatalf("%d of %d rows, %q", n, rows, problems)
		}
	}
	b.ReportMetric(float64(b.N)*rows/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkGDELT reads 100,000 event rows; BenchmarkGDELTMillion the million of
// the acceptance figure. Making the rows is part of the time.
func BenchmarkGDELT(b *testing.B) { benchmark(b, "a.export.CSV", gdeltRows) }

func BenchmarkGDELTMillion(b *testing.B) {
	for b.Loop() {
		if n, _ := readRows(b, "a.export.CSV", gdeltRows(1_000_000)); n != 1_000_000 {
			b.Fatal(n)
		}
	}
	b.ReportMetric(float64(b.N)*1_000_000/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkACLED(b *testing.B) { benchmark(b, "acled.csv", acledRows) }

// Memory must not grow with the file: what is alive while the last rows are
// read is what was alive while the first were.
func TestMemoryIsConstant(t *testing.T) {
	alive := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	var early, late uint64
	n := 0
	_, err := events.New().Read(t.Context(), gather.Request{
		Source: centre.Source{ID: 7, Kind: "events"}, Now: gathertest.Now,
		Yield: func(context.Context, []centre.Document, centre.Cursor) error { return nil },
		YieldEvents: func(_ context.Context, batch []centre.Event, _ centre.Cursor) error {
			switch n += len(batch); n {
			case 10_000:
				early = alive()
			case 100_000:
				late = alive()
			}
			return nil
		},
	}, "a.export.CSV", gdeltRows(100_000))
	if err != nil || n != 100_000 {
		t.Fatalf("%d rows, %v", n, err)
	}
	if late > early+4<<20 {
		t.Errorf("after 10,000 rows %d kB were alive, after 100,000 rows %d kB", early>>10, late>>10)
	}
}

// A file of nothing but faults is told in few sentences.
func TestFaultsAreCounted(t *testing.T) {
	rows := &rowSource{rows: 5000, make: func(n int, _ *rand.Rand) string {
		if n == 0 {
			return gdeltRow(1) + "\n"
		}
		return strings.Repeat("x\t", n%50) + "\n"
	}}
	n, problems := readRows(t, "a.export.CSV", rows)
	if n != 1 || len(problems) != 21 || !strings.Contains(problems[20], " more rows were left out") {
		t.Errorf("%d events, %d problems, the last %q", n, len(problems), problems[len(problems)-1])
	}
}
