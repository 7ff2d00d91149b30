package app

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/events"
)

// gdelt writes rows after the column list of GDELT 2.0 events (61 columns), from
// a few hundred different ones with ids that never repeat.
type gdelt struct {
	pool  []string
	rows  int
	given int
	made  []byte
}

func newGDELT(rows int) *gdelt {
	actors := []string{"IRQGOV\tIRAQ\tIRQ", "RUSMIL\tRUSSIA\tRUS", "\t\t", "IRNGOV\tTEHRAN\tIRN", "SYRREB\tSYRIAN\tSYR"}
	places := []string{"4\tBaghdad, Baghdad, Iraq\tIZ\tIZ07\t31302\t33.3386\t44.3939\t-3102374", "1\tSyria\tSY\tSY\t\t35\t38\tSY", "0\t\t\t\t\t\t\t"}
	codes := []string{"010\t010\t01\t1", "042\t042\t04\t1", "190\t190\t19\t4", "195\t195\t19\t4", "173\t173\t17\t4"}
	g := &gdelt{rows: rows}
	for i := range 500 {
		g.pool = append(g.pool, fmt.Sprintf("\t%d\t201509\t2015\t2015.7288\t%s\t\t\t\t\t\t\t\t%s\t\t\t\t\t\t\t\t1\t%s\t-2.0\t%d\t%d\t%d\t-3.25\t%s\t%s\t%s\t20150926121500\thttps://news%d.example.org/2015/09/26/report-%d.html\n",
			20150901+i%26, actors[i%5], actors[i/5%5], codes[i%5], 1+i%40, 1+i%9, 1+i%40, places[i%3], places[i/3%3], places[i/3%3], i%37, i))
	}
	return g
}

// Read implements io.Reader.
func (g *gdelt) Read(p []byte) (int, error) {
	for len(g.made) < len(p) && g.given < g.rows {
		g.made = append(fmt.Appendf(g.made, "%d", 461_000_000+g.given), g.pool[g.given%len(g.pool)]...)
		g.given++
	}
	if len(g.made) == 0 {
		return 0, io.EOF
	}
	n := copy(p, g.made)
	g.made = append(g.made[:0], g.made[n:]...)
	return n, nil
}

// BenchmarkGDELTImport brings a million event rows through the connector into a
// fresh centre on SQLite, each batch durable before the next. It reports the
// rate, that of the last tenth, and the memory held after each half.
func BenchmarkGDELTImport(b *testing.B) {
	const rows = 1_000_000
	for b.Loop() {
		tr := newTrial(b)
		source := tr.addSource(centre.Source{Slug: "gdelt", Name: "GDELT", Kind: "events", Address: "http://events.example/lastupdate.txt"})
		k := keeper{tr.store}
		taken, half, whole := 0, 0.0, 0.0
		var tenth time.Time
		before := cpuTime(b)
		start := time.Now()
		result, err := events.New().Read(b.Context(), gather.Request{
			Source: source, Now: start,
			Yield: func(context.Context, []centre.Document, centre.Cursor) error { return nil },
			YieldEvents: func(ctx context.Context, batch []centre.Event, c centre.Cursor) error {
				n, err := k.TakeEvents(ctx, source.ID, batch, c)
				known := taken
				taken += n
				if known < rows/2 && taken >= rows/2 {
					half = heap()
				}
				if known < rows*9/10 && taken >= rows*9/10 {
					tenth = time.Now()
				}
				return err
			},
		}, "20150926121500.export.CSV", newGDELT(rows))
		took, last := time.Since(start), time.Since(tenth)
		cpu := cpuTime(b) - before
		whole = heap()
		if err != nil || taken != rows {
			b.Fatalf("%d events were taken, %v, %s", taken, err, strings.Join(result.Problems, " "))
		}
		b.ReportMetric(rows/took.Seconds(), "rows/s")
		b.ReportMetric(rows/10/last.Seconds(), "last-tenth-rows/s")
		b.ReportMetric(rows/cpu.Seconds(), "rows/cpu-s")
		b.ReportMetric(half, "heap-at-half-MiB")
		b.ReportMetric(whole, "heap-at-end-MiB")
		b.ReportMetric(peakMemory(), "peak-MiB")
	}
}

// heap is what the program holds after a collection, in MiB.
func heap() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / (1 << 20)
}
