package gazetteer

import (
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"

	"entente/internal/centre"
)

// BenchmarkOpenMillion opens an imported gazetteer of a million names and asks
// for all of them once, so that every page of its file is in memory. It reports
// the time of opening (ns/op), of a first look-up, and the resident memory of the
// process before and after.
func BenchmarkOpenMillion(b *testing.B) {
	folder := b.TempDir()
	buildMillion(b, folder)
	debug.FreeOSMemory()
	before := resident(b)
	b.ResetTimer()
	for b.Loop() {
		g, err := Open(folder)
		if err != nil {
			b.Fatal(err)
		}
		if err := g.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.StopTimer()
	g, err := Open(folder)
	if err != nil {
		b.Fatal(err)
	}
	defer g.Close()
	b.ReportMetric(resident(b), "MB-opened")
	var list []Candidate
	for i := range million {
		if list, _ = g.Candidates(list[:0], HashKey(millionName(i))); len(list) == 0 {
			b.Fatalf("%q is not found", millionName(i))
		}
		if p := g.Place(list[0].Ref); p.ID == "" {
			b.Fatalf("the place of %q cannot be read", millionName(i))
		}
	}
	b.ReportMetric(before, "MB-before")
	b.ReportMetric(resident(b), "MB-all-touched")
}

const million = 1_000_000

// millionName gives the i-th of a million distinct names that look like words.
func millionName(i int) string {
	const syllables = "ba de ki lo mu na pe ri so tu"
	var s strings.Builder
	for n := i + million; n > 0; n /= 10 {
		s.WriteString(syllables[3*(n%10) : 3*(n%10)+2])
	}
	return s.String()
}

// buildMillion writes an imported layer of 500,000 places with two names each.
func buildMillion(b *testing.B, folder string) {
	out, err := os.Create(filepath.Join(folder, importedName))
	if err != nil {
		b.Fatal(err)
	}
	defer out.Close()
	build, err := newBuilder(out, folder)
	if err != nil {
		b.Fatal(err)
	}
	defer build.close()
	for i := range million / 2 {
		r := &record{ids: []string{"geonames:" + strconv.Itoa(i)}, name: millionName(2 * i), class: centre.PlaceLocality, country: "IRQ", admin1: "IQ-BG",
			names: []langName{{lang: "en", name: millionName(2*i + 1)}}, point: centre.At(44+float64(i%1000)/1000, 33), population: int64(i)}
		if err := build.add(r); err != nil {
			b.Fatal(err)
		}
	}
	if err := build.finish(); err != nil {
		b.Fatal(err)
	}
}

// resident is the resident memory of the process in megabytes; 0 where the
// system does not say.
func resident(b *testing.B) float64 {
	debug.FreeOSMemory()
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	pages, err := strconv.ParseFloat(strings.Fields(string(text))[1], 64)
	if err != nil {
		b.Fatal(err)
	}
	return pages * float64(os.Getpagesize()) / 1e6
}
