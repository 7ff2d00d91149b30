package weave

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"entente/internal/centre"
)

// wire writes reports as agencies do: in four languages, words as frequent as in
// language (Zipf), matters that burst and fade, each told by a few in their own
// words, names that stay the same, now and then a copy.
type wire struct {
	rand    *rand.Rand
	words   *rand.Zipf
	matters [][]string // names and words of each
	n       int        // of the newest report, from 1
	matter  int        // of the newest report, from 1
}

func newWire() *wire {
	r := rand.New(rand.NewPCG(4, 2))
	return &wire{rand: r, words: rand.NewZipf(r, 1.1, 30, 250_000)}
}

var scripts = []struct{ language, letters string }{
	{"en", "aeioubcdfghjklmnprstvw"}, {"ru", "аеиоубвгдзклмнпрстчш"}, {"ar", "ابتثجحدرسشعفقكلمنهوي"}, {"fa", "ابپتجچدرزسشفکگلمنهوی"},
}

// spelled gives a word of a script by its number.
func spelled(letters []rune, n uint64) string {
	var b []rune
	for n += 400; n > 0; n /= uint64(len(letters)) {
		b = append(b, letters[n%uint64(len(letters))])
	}
	return string(b)
}

func (w *wire) draft() centre.Draft {
	w.n++
	s := scripts[w.rand.IntN(4)]
	letters := []rune(s.letters)
	if w.rand.IntN(3) == 0 || len(w.matters) == 0 { // a third of reports are news
		var m []string
		for range 14 {
			m = append(m, fmt.Sprint(w.rand.Uint64N(3_000_000)))
		}
		w.matters = append(w.matters, m)
	}
	// The newest matters are told most.
	w.matter = len(w.matters) - int(float64(min(len(w.matters), 5000))*w.rand.Float64()*w.rand.Float64()*0.999)
	matter := w.matters[w.matter-1]
	var b strings.Builder
	for i := range 170 {
		switch {
		case i%6 == 3: // a word of the matter
			var n uint64
			_, _ = fmt.Sscan(matter[w.rand.IntN(len(matter))], &n)
			b.WriteString(spelled(letters, n+250_000))
		case i%40 == 7: // a number of it
			b.WriteString(matter[w.rand.IntN(3)])
		default:
			b.WriteString(spelled(letters, w.words.Uint64()))
		}
		b.WriteByte(' ')
	}
	signature := make([]uint32, bands*bandSize)
	for i := range signature {
		signature[i] = w.rand.Uint32()
	}
	return centre.Draft{Document: centre.Document{ID: centre.ID(w.n)}, Language: s.language, Content: centre.Content{Text: b.String(), Title: 40},
		Mentions: w.mentions(letters, matter), Findings: centre.Findings{EventMentions: []centre.EventMention{{Category: centre.EventProtest, Reality: centre.RealityActual}}},
		Fingerprint: centre.Fingerprint{Exact: w.rand.Uint64(), MinHash: signature}}
}

// mentions names places and people as reports do: frequent ones, and those of
// the matter.
func (w *wire) mentions(letters []rune, matter []string) (list []centre.Mention) {
	for i := range 8 {
		id := fmt.Sprint(min(w.words.Uint64(), 20_000))
		if i < 3 {
			id = matter[i]
		}
		list = append(list, centre.Mention{Kind: centre.MentionPlace, Start: 100 * i, Place: &centre.Place{ID: id, Class: centre.PlaceLocality}})
	}
	for i := range 4 {
		var n uint64
		_, _ = fmt.Sscan(matter[3+i], &n)
		list = append(list, centre.Mention{Kind: centre.MentionPerson, Start: 120 * i, Entity: "#1", Text: spelled(letters, n%5000) + " " + spelled(letters, n)})
	}
	return list
}

// processor is the time that this process has had of a processor: on a machine
// with other work it says more than the clock does.
func processor() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u) // never fails for oneself
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// recalled gives back so many reports of a wire, as the store does after a start,
// and tells what it took to take them, beside making them up.
type recalled struct {
	wire  *wire
	used  time.Duration
	clock time.Duration
}

func (m *recalled) Remember(_ context.Context, limit int, each func(Known) error) error {
	const atOnce = 500
	list := make([]Known, 0, atOnce)
	for m.wire.n < limit {
		list = list[:0]
		for len(list) < atOnce && m.wire.n < limit {
			d := m.wire.draft()
			list = append(list, knownOf(centre.Woven{Draft: d, CopySet: centre.ID(m.wire.n), Story: centre.ID(m.wire.matter)}, received(m.wire.n, limit)))
		}
		used, began := processor(), time.Now()
		for _, k := range list {
			if err := each(k); err != nil {
				return err
			}
		}
		m.used, m.clock = m.used+processor()-used, m.clock+time.Since(began)
	}
	return nil
}

// received is when the nth report came, if live reports came in the four days in
// which a report may join a story.
func received(n, live int) time.Time {
	return time.UnixMilli(0).Add(4 * 24 * time.Hour / time.Duration(live) * time.Duration(n))
}

// BenchmarkWindow gives a weave its memory back, of so many live reports, and
// weaves against it. Less than a millisecond each is wanted with 500,000; -short
// leaves that out.
func BenchmarkWindow(b *testing.B) {
	for _, live := range []int{5_000, 50_000, 500_000} {
		b.Run(fmt.Sprint(live), func(b *testing.B) {
			if testing.Short() && live > 50_000 {
				b.Skip("filling the window takes minutes")
			}
			window(b, live)
		})
	}
}

func window(b *testing.B, live int) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	w, m := New(Options{Limit: live}), &recalled{wire: newWire()}
	if err := w.Load(b.Context(), m); err != nil {
		b.Fatal(err)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	const atOnce = 500 // reports woven in an iteration
	drafts := make([]centre.Draft, atOnce)
	woven, used, rested := 0, processor(), time.Duration(0)
	for b.Loop() {
		began := processor()
		for i := range drafts {
			drafts[i] = m.wire.draft()
		}
		rested += processor() - began
		for i := range drafts {
			woven++
			if _, err := w.Weave(b.Context(), drafts[i], received(live+woven, live), Prior{}); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64((processor()-used-rested).Microseconds())/float64(woven), "cpu-µs/report")
	b.ReportMetric(float64(m.used.Microseconds())/float64(live), "cpu-µs/recalled")
	b.ReportMetric(m.clock.Seconds(), "s-to-recall")
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB")
	b.ReportMetric(float64(len(w.stories.byID)), "stories")
}
