//go:build unix

package all_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/clipperhouse/uax29/v2/words"

	"entente/internal/centre"
	"entente/internal/demo"
	"entente/internal/process"
)

// newsSize is about how long a report of the benchmark is, in bytes.
const newsSize = 2500

// news gives reports of about newsSize bytes in the four languages, of the texts
// of the demo: items of one language one after another, cut at a paragraph.
func news(t testing.TB) []centre.Document {
	s, err := demo.Load()
	if err != nil {
		t.Fatal(err)
	}
	bodies := map[string]string{}
	var docs []centre.Document
	for _, language := range []string{"en", "ar", "fa", "ru"} {
		n := 0
		for _, o := range s.Outlets {
			if o.Language != language {
				continue
			}
			for _, item := range o.Items {
				if item.Text == "" || n == 3 {
					continue
				}
				for paragraph := range strings.SplitSeq(item.Text, "\n\n") {
					if body := bodies[language]; len(body)+len(paragraph) > newsSize && len(body) > newsSize/2 {
						docs = append(docs, centre.Document{Title: item.Title, Body: body, MediaType: "text/plain",
							Published: centre.Moment{Time: time.Date(2015, 9, 27, 0, 0, 0, 0, time.UTC), Precision: centre.PrecisionDay, Basis: centre.BasisFeed}})
						bodies[language] = ""
						n++
					}
					bodies[language] += paragraph + "\n\n"
				}
			}
		}
	}
	if len(docs) != 12 {
		t.Fatalf("%d reports, want three a language", len(docs))
	}
	return docs
}

// segment cuts a text into words by Unicode's rules (UAX #29) and does nothing
// with them: the least that any processing of words must do.
func segment(text string) (n int) {
	for tokens := words.FromString(text); tokens.Next(); {
		n++
	}
	return n
}

// BenchmarkNews is the whole pipeline over news in the four languages, on as
// many cores as -cpu says, beside one bare segmentation of the same texts. An
// operation is one report. "ratio" is of processor time to processor time, with
// all that other programs on the machine do to the caches; "quiet" is of the best
// times of each report, which are those of moments when nobody disturbed it.
func BenchmarkNews(b *testing.B) {
	docs := news(b)
	p := process.New(steps(b), process.Options{Timeout: time.Minute})
	for _, d := range docs {
		if _, err := p.Run(context.Background(), d); err != nil {
			b.Fatal(err)
		}
	}
	size := 0
	for _, d := range docs {
		size += len(d.Body)
	}
	b.Run("all", func(b *testing.B) {
		b.SetBytes(int64(size / len(docs)))
		b.ReportAllocs()
		b.RunParallel(func(pb *testing.PB) {
			for i := 0; pb.Next(); i++ {
				if _, err := p.Run(context.Background(), docs[i%len(docs)]); err != nil {
					b.Error(err)
				}
			}
		})
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "reports/s")
	})
	b.Run("ratio", func(b *testing.B) {
		whole, bare := int64(1<<62), int64(1<<62)
		const often = 20 // a segmentation is short beside the clock of the processor
		quiet := make([][2]time.Duration, len(docs))
		for b.Loop() {
			for i, d := range docs {
				for k, work := range []func(){func() { p.Run(context.Background(), d) }, func() { segment(d.Body) }} {
					begin := time.Now()
					work()
					if t := time.Since(begin); quiet[i][k] == 0 || t < quiet[i][k] {
						quiet[i][k] = t
					}
				}
			}
			begin := cpu()
			for range often / 4 {
				for _, d := range docs {
					if _, err := p.Run(context.Background(), d); err != nil {
						b.Fatal(err)
					}
				}
			}
			whole = min(whole, (cpu()-begin)*4)
			begin = cpu()
			for range often {
				for _, d := range docs {
					segment(d.Body)
				}
			}
			bare = min(bare, cpu()-begin)
		}
		n := float64(often * len(docs))
		b.ReportMetric(float64(whole)/n, "cpu-ns/report")
		b.ReportMetric(float64(bare)/n, "bare-ns/report")
		b.ReportMetric(float64(whole)/float64(bare), "ratio")
		var sum [2]time.Duration
		for _, q := range quiet {
			sum[0], sum[1] = sum[0]+q[0], sum[1]+q[1]
		}
		b.ReportMetric(float64(sum[0])/float64(len(docs)), "quiet-ns/report")
		b.ReportMetric(float64(sum[0])/float64(sum[1]), "quiet-ratio")
	})
	for i, s := range steps(b) {
		b.Run(s.Name(), func(b *testing.B) {
			drafts := make([]centre.Draft, len(docs))
			for k := range docs {
				d, err := process.New(steps(b)[:i], process.Options{Timeout: time.Minute}).Run(context.Background(), docs[k])
				if err != nil {
					b.Fatal(err)
				}
				drafts[k] = d
			}
			b.ReportAllocs()
			begin, n := cpu(), 0
			quiet := make([]time.Duration, len(drafts))
			for b.Loop() {
				d := drafts[n%len(drafts)]
				d.Mentions = append([]centre.Mention(nil), d.Mentions...)
				start := time.Now()
				if err := s.Apply(context.Background(), &d); err != nil {
					b.Fatal(err)
				}
				if t := time.Since(start); quiet[n%len(drafts)] == 0 || t < quiet[n%len(drafts)] {
					quiet[n%len(drafts)] = t
				}
				n++
			}
			var sum time.Duration
			for _, q := range quiet {
				sum += q
			}
			b.ReportMetric(float64(sum)/float64(len(drafts)), "quiet-ns/op")
			b.ReportMetric(float64(cpu()-begin)/float64(n), "cpu-ns/op")
		})
	}
}
