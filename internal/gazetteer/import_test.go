package gazetteer

import (
	"archive/zip"
	"compress/gzip"
	"context"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
)

// sharedFile finds public data beside the repository.
func sharedFile(t testing.TB, elem ...string) string {
	dir, err := os.Getwd()
	for err == nil {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		dir = filepath.Dir(dir)
	}
	path := filepath.Join(append([]string{filepath.Dir(dir), "shared", "bench", "gazetteer"}, elem...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("%s is not beside the repository", filepath.Join(elem...))
	}
	return path
}

func zipped(t testing.TB, name, content string) string {
	path := filepath.Join(t.TempDir(), strings.TrimSuffix(name, ".txt")+".zip")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	w, err := z.Create(name)
	if err == nil {
		_, err = w.Write([]byte(content))
	}
	if err == nil {
		err = z.Close()
	}
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func gzipped(t testing.TB, content string) string {
	path := filepath.Join(t.TempDir(), "list.tsv.gz")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	if _, err = z.Write([]byte(content)); err == nil {
		err = z.Close()
	}
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func mustImport(t testing.TB, path, folder string) Report {
	t.Helper()
	r, err := Import(t.Context(), path, folder, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func mustOpen(t testing.TB, folder string) *Gazetteer {
	t.Helper()
	g, err := Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close() })
	return g
}

// Rows of our own in the public formats; the numbers are invented but for
// Baghdad's.
const (
	geonamesRows = "98182\tBaghdad\tBaghdad\tBGW,Bagdad,بغداد\t33.34058\t44.40088\tP\tPPLC\tIQ\t\t07\t\t\t\t7216000\t\t41\tAsia/Baghdad\t2022-01-01\n" +
		"9000001\tQaryat at Tajribah\tQaryat at Tajribah\tTestville,قرية التجربة\t33.5\t41.5\tP\tPPL\tIQ\t\t01\t\t\t\t1200\t\t0\tAsia/Baghdad\t2022-01-01\n" +
		"9000002\tTestburg\tTestburg\t\t40.0\t-80.0\tP\tPPL\tUS\t\tPA\t\t\t\t50000\t\t0\tAmerica/New_York\t2022-01-01\n" +
		"9000003\tTest Street\tTest Street\t\t40.0\t-80.0\tR\tRD\tUS\t\tPA\t\t\t\t0\t\t0\tAmerica/New_York\t2022-01-01\n"
	namesRows = "1\t9000001\tru\tТестовое\t1\t\t\t\t\t\n" +
		"2\t9000001\tfa\tده آزمون\t\t\t\t\t\t\n" +
		"3\t9000001\tlink\thttps://example.org/x\t\t\t\t\t\t\n" +
		"4\t9000001\tar\tالاسم القديم\t\t\t\t1\t\t\n" +
		"5\t777\tru\tНигде\t\t\t\t\t\t\n"
	wofRows = "wof_id\tplacetype\tname\tlat\tlon\tpopulation\tgeonames_id\tparent_id\tis_current\tnames(lang=a|b;...)\n" +
		"1\tcountry\tIraq\t33.0\t43.7\t\t99237\t0\t1\tar=العراق\n" +
		"2\tregion\tAl Anbar\t32.9\t41.6\t\t99592\t1\t1\tar=الأنبار\n" +
		"3\tcounty\tTajribah District\t33.4\t41.4\t\t\t2\t1\tar=قضاء التجربة\n" +
		"4\tlocality\tQaryat Tajriba\t33.5001\t41.5001\t\t9000001\t3\t-1\tar=قرية التجربة;ku=گوندی تاقی|Gundê Taqî;und=Qaryat at Tajribah\n" +
		"5\tlocality\tGone\t33.6\t41.6\t\t\t3\t0\tar=ذهبت\n" +
		"6\tlocality\tNew Place\t33.7\t41.7\t\t\t3\t-1\tar=مكان جديد\n"
)

func TestImportsCompleteOneAnother(t *testing.T) {
	folder := t.TempDir()
	places := zipped(t, "cities500.txt", geonamesRows)
	names := zipped(t, "alternateNamesV2.txt", namesRows)
	list := gzipped(t, wofRows)

	r := mustImport(t, places, folder)
	if r.Format != "GeoNames places" || r.Rows != 4 || r.Taken != 3 || r.Skipped != 1 || r.Places != 3 || len(r.Bad) != 0 {
		t.Errorf("places: %+v", r)
	}
	r = mustImport(t, names, folder)
	if r.Format != "GeoNames alternate names" || r.Taken != 3 || r.Skipped != 2 || r.Orphans != 1 || r.Places != 3 {
		t.Errorf("names: %+v", r)
	}
	r = mustImport(t, list, folder)
	if r.Format != "Who's On First" || r.Rows != 6 || r.Taken != 5 || r.Skipped != 1 {
		t.Errorf("list: %+v", r)
	}
	// Once more, nothing changes.
	before := r.Places
	for _, path := range []string{list, places, names} {
		if r = mustImport(t, path, folder); r.Places != before {
			t.Errorf("importing %s again gives %d places, had %d", filepath.Base(path), r.Places, before)
		}
	}

	g := mustOpen(t, folder)
	p, ok := g.ByID("geonames:9000001")
	if !ok {
		t.Fatal("the village is not there")
	}
	if same, _ := g.ByID("wof:4"); same.ID != p.ID {
		t.Errorf("Who's On First calls it %s, GeoNames %s", same.ID, p.ID)
	}
	if p.Country != "IRQ" || p.Admin1 != "IQ-AN" || p.Population != 1200 || p.Class != centre.PlaceLocality || p.Radius <= 0 {
		t.Errorf("the village is %+v", p)
	}
	for lang, want := range map[string]string{"ar": "قرية التجربة", "ru": "Тестовое", "fa": "ده آزمون", "ckb": "گوندی تاقی"} {
		if p.Names[lang] != want {
			t.Errorf("its name in %s is %q, want %q", lang, p.Names[lang], want)
		}
	}
	for _, name := range []string{"Testville", "قریة التجربة", "Тестовом", "TESTVILLE", "Qaryat Tajriba"} {
		if ids, _ := g.ResolveName(name); !slices.Contains(ids, p.ID) {
			t.Errorf("%q is %v, want %s", name, ids, p.ID)
		}
	}
	if ids, _ := g.ResolveName("Gone"); len(ids) > 0 {
		t.Errorf("a place that is no longer there was taken: %v", ids)
	}
	if ids, _ := g.ResolveName("الاسم القديم"); len(ids) > 0 {
		t.Errorf("a historical name was taken: %v", ids)
	}
	if p, _ := g.ByID("wof:6"); p.Country != "IRQ" || p.Admin1 != "IQ-AN" {
		t.Errorf("a village without a GeoNames number is %+v", p)
	}
	if p, _ := g.ByID("wof:2"); p.ID != "entente:IQ-AN" {
		t.Errorf("the province is %s", p.ID)
	}
}

func TestAnEmbeddedPlaceKeepsItsID(t *testing.T) {
	folder := t.TempDir()
	mustImport(t, zipped(t, "cities500.txt", geonamesRows), folder)
	g := mustOpen(t, folder)
	p, ok := g.ByID("geonames:98182")
	if !ok || p.ID != "entente:baghdad" || p.Names["ru"] != "Багдад" || p.Admin1 != "IQ-BG" {
		t.Errorf("GeoNames' Baghdad is %+v", p)
	}
	n := 0
	for _, p := range g.Lookup(Key("Baghdad")) {
		if p.Country == "IRQ" && p.Class == centre.PlaceCapital {
			n++
		}
	}
	if n != 1 {
		t.Errorf("Baghdad is there %d times", n)
	}
}

func TestBadLinesAreListedAndTheOthersTaken(t *testing.T) {
	rows := geonamesRows + "not a number\tX\tX\t\t1\t1\tP\tPPL\tIQ\t\t\t\t\t\t0\t\t0\tA\tB\n" +
		"5\tX\tX\t\t91\t1\tP\tPPL\tIQ\t\t\t\t\t\t0\t\t0\tA\tB\n" + "6\tshort line\n" + "7\t\xff\xfe\t\xff\t\t1\t1\tP\tPPL\tIQ\t\t\t\t\t\t0\t\t0\tA\tB\n"
	r := mustImport(t, zipped(t, "IQ.txt", rows), t.TempDir())
	if r.Taken != 3 || r.BadRows != 4 || len(r.Bad) != 4 {
		t.Fatalf("%+v", r)
	}
	for i, b := range r.Bad {
		if b.Line != int64(5+i) || b.File != "IQ.txt" || b.Reason == "" {
			t.Errorf("bad line %d is %+v", i, b)
		}
	}
}

func TestAFailedImportChangesNothing(t *testing.T) {
	folder := t.TempDir()
	mustImport(t, zipped(t, "cities500.txt", geonamesRows), folder)
	want, err := os.ReadFile(filepath.Join(folder, importedName))
	if err != nil {
		t.Fatal(err)
	}
	broken := filepath.Join(t.TempDir(), "broken.zip")
	if err := os.WriteFile(broken, []byte("PK\x03\x04 no zip"), 0o644); err != nil {
		t.Fatal(err)
	}
	cut := filepath.Join(t.TempDir(), "cut.tsv.gz")
	whole, _ := os.ReadFile(gzipped(t, strings.Repeat(wofRows, 50)))
	if err := os.WriteFile(cut, whole[:len(whole)/2], 0o644); err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(t.TempDir(), "other.tsv")
	if err := os.WriteFile(other, []byte("a\tb\nc\td\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{broken, cut, other, filepath.Join(folder, "missing.zip")} {
		_, err := Import(t.Context(), path, folder, nil)
		if centre.CodeOf(err) == "" {
			t.Errorf("%s: %v is no sentence for a person", filepath.Base(path), err)
		}
	}
	done, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Import(done, zipped(t, "cities500.txt", strings.Repeat(geonamesRows, 3000)), folder, nil); err == nil {
		t.Error("a cancelled import ended well")
	}
	if got, _ := os.ReadFile(filepath.Join(folder, importedName)); !slices.Equal(got, want) {
		t.Error("the gazetteer changed")
	}
	if entries, _ := os.ReadDir(folder); len(entries) != 1 {
		t.Errorf("temporary files were left: %v", entries)
	}
}

func TestADamagedImportIsRefusedWithASentence(t *testing.T) {
	folder := t.TempDir()
	mustImport(t, zipped(t, "cities500.txt", geonamesRows), folder)
	path := filepath.Join(folder, importedName)
	whole, _ := os.ReadFile(path)
	for _, n := range []int{0, 10, headerSize, len(whole) / 2, len(whole) - 1} {
		if err := os.WriteFile(path, whole[:n], 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(folder); centre.CodeOf(err) != centre.CodeInvalid {
			t.Errorf("%d of %d bytes: %v", n, len(whole), err)
		}
	}
}

// The sorter's chunks are made small, so that a small test goes through its files.
func TestSorterInFiles(t *testing.T) {
	s := newSorter(t.TempDir())
	defer s.close()
	s.limit = 200
	var want []uint64
	for i := range uint64(500) {
		k := i * 7919 % 501
		want = append(want, k)
		if err := s.add(k, 0, []byte(strings.Repeat("x", int(k%9)))); err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(want)
	var got []uint64
	if err := s.each(func(high, _ uint64, payload []byte) error {
		if len(payload) != int(high%9) {
			t.Errorf("%d has a payload of %d bytes", high, len(payload))
		}
		got = append(got, high)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got, want) {
		t.Error("records were lost or are out of order")
	}
	if len(s.chunks) < 10 {
		t.Errorf("%d chunks", len(s.chunks))
	}
}

func TestPublicGazetteers(t *testing.T) {
	folder := t.TempDir()
	names := []string{"geonames/cities15000.zip", "whosonfirst-sy.tsv.gz"}
	if *update { // the others take longer and show no more
		names = append(names, "whosonfirst-iq.tsv.gz", "whosonfirst-ir.tsv.gz")
	}
	for _, name := range names {
		path := sharedFile(t, strings.Split(name, "/")...)
		begin := time.Now()
		last := int64(0)
		r, err := Import(t.Context(), path, folder, func(done, total int64) {
			if done < last && done != 0 || done > total {
				t.Errorf("progress %d of %d after %d", done, total, last)
			}
			last = done
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d rows, %d taken, %d skipped, %d bad, %d places in %v", name, r.Rows, r.Taken, r.Skipped, r.BadRows, r.Places, time.Since(begin).Round(time.Millisecond))
		for _, b := range r.Bad[:min(3, len(r.Bad))] {
			t.Logf("  %+v", b)
		}
		if r.Taken < r.Rows*8/10 {
			t.Errorf("%s: only %d of %d rows were taken", name, r.Taken, r.Rows)
		}
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	begin := time.Now()
	g := mustOpen(t, folder)
	opened := time.Since(begin)
	runtime.GC()
	runtime.ReadMemStats(&after)
	t.Logf("opened in %v with %d kB of heap", opened, (int64(after.HeapAlloc)-int64(before.HeapAlloc))/1024)
	if opened > 150*time.Millisecond {
		t.Errorf("opening took %v", opened)
	}
	for _, c := range []struct{ name, country, admin1, id string }{
		{"Baghdad", "IRQ", "IQ-BG", "entente:baghdad"}, {"Lattakia", "SYR", "SY-LA", "entente:latakia"}, {"Мосуле", "IRQ", "IQ-NI", "entente:mosul"},
		{"تهران", "IRN", "IR-23", "entente:tehran"}, {"Scranton", "USA", "US-PA", ""}, {"Hit", "IRQ", "IQ-AN", ""}, {"Salqin", "SYR", "SY-ID", ""},
	} {
		found := false
		ids, _ := g.ResolveName(c.name)
		for _, id := range ids {
			p, _ := g.ByID(id)
			found = found || p.Country == c.country && p.Admin1 == c.admin1 && (c.id == "" || p.ID == c.id)
		}
		if !found {
			t.Errorf("%s: %v", c.name, ids)
		}
	}
}

func FuzzRows(f *testing.F) {
	for line := range strings.Lines(geonamesRows + namesRows + wofRows) {
		f.Add(line)
	}
	known, err := Embedded()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, line string) {
		im := &importer{ctx: t.Context(), report: &Report{}, rows: newSorter(""), known: known}
		w := &wofReader{im: im, known: map[string]wofParent{}}
		for _, take := range []takeLine{im.geonamesPlace, im.geonamesName, w.row} {
			if err := im.lines("f", strings.NewReader(line), take, nil); err != nil && centre.CodeOf(err) == "" {
				t.Error(err)
			}
		}
		if err := im.rows.each(func(_, _ uint64, payload []byte) error {
			_, r, ok := row(payload)
			if !ok || len(r.ids) == 0 || r.point.Lat > 90 || r.point.Lon < -180 {
				t.Errorf("%q gives %+v", line, r)
			}
			return nil
		}); err != nil {
			t.Error(err)
		}
	})
}
