//go:build unix

package all_test

import (
	"context"
	"syscall"
	"testing"

	"entente/internal/centre"
	"entente/internal/process"
)

// BenchmarkPipeline gives the processor time of a report, which other programs
// on the machine do not change, beside the time that passed.
func BenchmarkPipeline(b *testing.B) {
	p := process.New(steps(b), process.Options{})
	doc := centre.Document{Title: "Four states meet in Baghdad", Body: article, MediaType: "text/plain"}
	b.SetBytes(int64(len(article)))
	b.ReportAllocs()
	begin := cpu()
	for b.Loop() {
		if _, err := p.Run(context.Background(), doc); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(cpu()-begin)/float64(b.N), "cpu-ns/op")
}

// cpu is the processor time of this process in nanoseconds.
func cpu() int64 {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return u.Utime.Nano() + u.Stime.Nano()
}
