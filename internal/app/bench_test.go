package app

import (
	"encoding/csv"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"entente/internal/desk"
)

// benchReports is how many distinct reports the import benchmark makes of the
// real articles.
const benchReports = 20_000

// BenchmarkImport brings a file of 20,000 distinct reports into a fresh centre
// on SQLite, as `entente import` does, with all steps on, until each is a
// stored report. It reports reports a second, and the peak memory of the
// process where the system tells it.
func BenchmarkImport(b *testing.B) {
	file := manyArticles(b, shared(b, "bench/stance/fnc1/train_bodies.csv"))
	for b.Loop() {
		b.StopTimer()
		tr := newTrial(b)
		source, err := os.Open(file)
		if err != nil {
			b.Fatal(err)
		}
		nudges, err := tr.bus.Nudges(b.Context(), roleProcess)
		if err != nil {
			b.Fatal(err)
		}
		line, _ := tr.newPipeline(nudges)
		processed, done := 0, make(chan struct{})
		line.Committed = func(n int) {
			if processed += n; processed == benchReports {
				close(done)
			}
		}
		ended := make(chan struct{})
		b.StartTimer()
		start := time.Now()
		go func() {
			defer close(ended)
			_ = line.Run(b.Context())
		}()
		err = tr.desk.ImportFile(b.Context(), tr.as("admin-irq"), desk.FileImport{Name: "many.csv", Content: source},
			func(desk.ImportProgress) error { return nil })
		if err != nil {
			b.Fatal(err)
		}
		<-done
		took := time.Since(start)
		b.StopTimer()
		source.Close()
		if n, err := tr.desk.Facets(b.Context(), tr.as("admin-irq"), desk.Question{}); err != nil || n.Total != benchReports {
			b.Fatalf("%d reports are stored, %v", n.Total, err)
		}
		b.ReportMetric(benchReports/took.Seconds(), "reports/s")
		b.ReportMetric(peakMemory(), "peak-MiB")
		b.StartTimer()
	}
}

// BenchmarkReady starts the program on a folder, all roles, until it answers.
// ENTENTE_BENCH_CENTRE names the folder of a centre of the size to be measured;
// without it the centre is empty.
func BenchmarkReady(b *testing.B) {
	c := Config{Folder: os.Getenv("ENTENTE_BENCH_CENTRE"), Log: slog.New(slog.DiscardHandler)}
	if c.Folder == "" {
		c = trialConfig(b)
	}
	c.Listen, c.Roles = "127.0.0.1:0", AllRoles
	for b.Loop() {
		start := time.Now()
		running, err := Serve(b.Context(), c)
		if err != nil {
			b.Fatal(err)
		}
		response, err := http.Get("http://" + running.Address + "/healthz")
		if err != nil {
			b.Fatal(err)
		}
		response.Body.Close()
		b.ReportMetric(float64(time.Since(start).Milliseconds()), "ready-ms")
		b.StopTimer()
		running.Stop()
		b.StartTimer()
	}
}

// manyArticles writes a table of distinct articles: each of the real ones in
// turn, with a sentence of its own at the beginning.
func manyArticles(b *testing.B, name string) string {
	b.Helper()
	in, err := os.Open(name)
	if err != nil {
		b.Fatal(err)
	}
	defer in.Close()
	rows, err := csv.NewReader(in).ReadAll()
	if err != nil {
		b.Fatal(err)
	}
	file := filepath.Join(b.TempDir(), "many.csv")
	out, err := os.Create(file)
	if err != nil {
		b.Fatal(err)
	}
	w := csv.NewWriter(out)
	_ = w.Write([]string{"id", "text"})
	for i := range benchReports {
		_ = w.Write([]string{fmt.Sprint(i), fmt.Sprintf("Dispatch number %d of this day. %s", i, rows[1+i%(len(rows)-1)][1])})
	}
	w.Flush()
	if err := w.Error(); err != nil {
		b.Fatal(err)
	}
	if err := out.Close(); err != nil {
		b.Fatal(err)
	}
	return file
}

// peakMemory is the largest resident size of this process so far in MiB; 0
// where the system does not tell.
func peakMemory() float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		var kib float64
		if _, err := fmt.Sscanf(line, "VmHWM: %f kB", &kib); err == nil {
			return kib / 1024
		}
	}
	return 0
}
