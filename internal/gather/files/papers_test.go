package files_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/files"
	"entente/internal/gather/gathertest"
)

// aPDF makes a PDF whose one page draws a line of Latin letters.
func aPDF(line, info, trailer string) string {
	content := "BT /F1 12 Tf 72 700 Td (" + line + ") Tj ET"
	return fmt.Sprintf("%%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Count 1/Kids[3 0 R]>> endobj\n"+
		"3 0 obj <</Type/Page/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>> endobj\n4 0 obj <</Length %d>>\nstream\n%s\nendstream endobj\n"+
		"5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj\n6 0 obj <<%s>> endobj\ntrailer <</Root 1 0 R/Info 6 0 R%s>>\n", len(content), content, info, trailer)
}

const aMap = `<kml><Document><Placemark id="b"><name>Bridge</name><description>&lt;p&gt;Open.&lt;/p&gt;</description><TimeStamp><when>2015-09-26</when></TimeStamp><Point><coordinates>44.4,33.3</coordinates></Point></Placemark></Document></kml>`

const aDOCX = `<w:document xmlns:w="w"><w:p><w:r><w:t>The bridge is open.</w:t></w:r></w:p></w:document>`

func TestPapersBecomeDocuments(t *testing.T) {
	pdfFile := aPDF("The bridge is open.", "/Title(Bridges)/Author(Duty Officer)/CreationDate(D:20150926174500+03'00')/ModDate(D:2015)", "")
	docx := zipped(t, [2]string{"word/document.xml", aDOCX}, [2]string{"docProps/core.xml", `<c><title>Roads</title><created>2015-09-25T08:00:00Z</created><modified>2015-09-26T08:00:00Z</modified></c>`})
	odt := zipped(t, [2]string{"mimetype", "application/vnd.oasis.opendocument.text"}, [2]string{"content.xml", `<o><text:p>The bridge is open.</text:p></o>`})
	for name, content := range map[string]string{"a.pdf": pdfFile, "no ending": pdfFile, "a.docx": docx, "docx without ending": docx, "a.odt": odt} {
		docs, report, err := parse(t, name, content)
		if err != nil || len(docs) != 1 || docs[0].Body != "The bridge is open." || docs[0].ExternalID != name || report.Bad != 0 {
			t.Errorf("%s: %+v, %+v, %v", name, docs, report, err)
		}
	}
	docs, _, _ := parse(t, "a.pdf", pdfFile)
	if d := docs[0]; d.Title != "Bridges" || d.Author != "Duty Officer" || d.Published.Known() || fmt.Sprint(d.Properties) != "[{created 2015-09-26T14:45:00Z}]" || d.Updated.Known() {
		t.Errorf("%+v", d)
	}
	docs, _, _ = parse(t, "a.docx", docx)
	if d := docs[0]; d.Title != "Roads" || d.Published.Known() || d.Updated.Time.Format("2006-01-02") != "2015-09-26" || d.Properties[0].Value != "2015-09-25T08:00:00Z" {
		t.Errorf("%+v", d)
	}
	for content, want := range map[string]string{
		aPDF("x", "", "/Encrypt<</Filter/Standard>>"): "it is encrypted",
		aPDF("", "", ""): "it has no text layer",
		"%PDF-1.4\n":     "no PDF that can be read",
	} {
		if _, _, err := parse(t, "a.pdf", content); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", want, err)
		}
	}
}

func TestMapsBecomeDocuments(t *testing.T) {
	geojson := `{"type":"FeatureCollection","features":[{"type":"Feature","id":"b","geometry":{"type":"Point","coordinates":[44.4,33.3]},"properties":{"name":"Bridge","description":"<p>Open.</p>","when":"2015-09-26"}}]}`
	for name, content := range map[string]string{"a.kml": aMap, "a.kmz": zipped(t, [2]string{"files/x.txt", "x"}, [2]string{"doc.kml", aMap}), "a.geojson": geojson, "a.json": geojson} {
		docs, _, err := parse(t, name, content)
		if err != nil || len(docs) != 1 {
			t.Errorf("%s: %+v, %v", name, docs, err)
			continue
		}
		d := docs[0]
		if d.ExternalID != name+"#b" || d.Title != "Bridge" || d.MediaType != "text/html" || d.Body != "<p>Open.</p>" || d.Geometry != `{"type":"Point","coordinates":[44.4,33.3]}` ||
			d.Published.Known() || fmt.Sprint(d.Properties) != "[{when 2015-09-26}]" {
			t.Errorf("%s: %+v", name, d)
		}
	}
	docs, report, err := parse(t, "a.gpx", `<gpx><wpt lat="33.3" lon="44.4"><name>Bridge</name></wpt><wpt lat="1" lon="2"/></gpx>`)
	if err != nil || len(docs) != 2 || docs[1].Body != "kind: waypoint" || report.Bad != 0 {
		t.Errorf("%+v, %+v, %v", docs, report, err)
	}
}

func tarred(t *testing.T, fold bool, entries ...[2]string) string {
	t.Helper()
	var b bytes.Buffer
	var out io.Writer = &b
	if fold {
		z := gzip.NewWriter(&b)
		defer z.Close()
		out = z
	}
	w := tar.NewWriter(out)
	for _, e := range entries {
		if err := errors.Join(w.WriteHeader(&tar.Header{Name: e[0], Size: int64(len(e[1])), Mode: 0o600, Format: tar.FormatPAX}), func() error { _, err := io.WriteString(w, e[1]); return err }()); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if z, ok := out.(*gzip.Writer); ok {
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

func TestTarAndGzip(t *testing.T) {
	entries := [][2]string{{"reports/one.txt", "The bridge is open."}, {"../two.txt", "x"}, {"three.zip", "x"}, {"four.csv", "text\nThe ferry is running.\n"}}
	for name, content := range map[string]string{"a.tar": tarred(t, false, entries...), "a.tar.gz": tarred(t, true, entries...), "a.tgz": tarred(t, true, entries...)} {
		docs, report, err := parse(t, name, content)
		if err != nil || len(docs) != 2 || docs[0].ExternalID != name+"/reports/one.txt" || report.Bad != 2 {
			t.Errorf("%s: %+v, %+v, %v", name, docs, report, err)
		}
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = io.WriteString(z, "text\nThe ferry is running.\n")
	_ = z.Close()
	if docs, _, err := parse(t, "a.csv.gz", b.String()); err != nil || len(docs) != 1 {
		t.Errorf("%+v, %v", docs, err)
	}
	b.Reset()
	z = gzip.NewWriter(&b)
	_, _ = io.WriteString(z, strings.Repeat(" ", 30<<20))
	_ = z.Close()
	if _, _, err := parse(t, "a.txt.gz", b.String()); err == nil || !strings.Contains(err.Error(), "200 times its size") {
		t.Errorf("a bomb: %v", err)
	}
}

// special reads files that begin with "SPECIAL", and events of tables of its own.
type special struct{}

func (special) Kind() string              { return "special" }
func (special) Check(centre.Source) error { return nil }
func (special) Fetch(context.Context, gather.Request) (gather.Result, error) {
	return gather.Result{}, nil
}
func (special) Recognise(_, _ string, head []byte) float64 {
	switch {
	case bytes.HasPrefix(head, []byte("SPECIAL")):
		return 0.5
	case bytes.HasPrefix(head, []byte("event_id_cnty,")):
		return 0.95
	}
	return 0.1
}
func (special) Read(ctx context.Context, r gather.Request, name string, content io.Reader) (gather.Result, error) {
	text, err := io.ReadAll(content)
	if err != nil {
		return gather.Result{}, err
	}
	result := gather.Result{Problems: []string{name + ": line 9 was left out."}}
	if strings.HasPrefix(string(text), "event_id_cnty") {
		return result, r.YieldEvents(ctx, []centre.Event{{Source: r.Source.ID, ExternalID: "IRQ1", Category: centre.EventOther, Title: "x", Fetched: r.Now, Origin: name}}, nil)
	}
	return result, r.Yield(ctx, []centre.Document{{Source: r.Source.ID, ExternalID: name, Fetched: r.Now, MediaType: "text/plain", Body: string(text)}}, nil)
}

func TestOtherReadersReadWhatIsTheirs(t *testing.T) {
	events := 0
	with := func(in *files.Input) {
		in.Readers = []gather.Reader{special{}, files.New()}
		in.Events = func(e []centre.Event) error { events += len(e); return nil }
	}
	for name, content := range map[string]string{
		"a.bin": "SPECIAL bridge", "plain.csv": "text\nThe ferry is running.\n", "acled.csv": "event_id_cnty,notes\nIRQ1,x\n",
		"a.zip": zipped(t, [2]string{"x.bin", "SPECIAL"}, [2]string{"y.txt", "The bridge is open."}),
	} {
		docs, report, err := parse(t, name, content, with)
		want := map[string]int{"a.bin": 1, "plain.csv": 1, "acled.csv": 0, "a.zip": 2}[name]
		if err != nil || len(docs) != want || name != "plain.csv" && !strings.Contains(fmt.Sprint(report.Listed), "Line 9 was left out.") {
			t.Errorf("%s: %+v, %+v, %v", name, docs, report, err)
		}
	}
	if events != 1 {
		t.Errorf("%d events", events)
	}
	if _, _, err := parse(t, "a.bin", "something", with); err == nil {
		t.Error("it was taken by a reader that is not sure")
	}
}

func TestAWatchedFolderAsksOtherReadersOnceForEachFile(t *testing.T) {
	f := newFolder(t)
	f.write("a.bin", "SPECIAL bridge")
	f.write("acled.csv", "event_id_cnty,notes\nIRQ1,x\n")
	f.write("b.bin", "something")
	f.write("report.pdf", aPDF("The bridge is open.", "", ""))
	s := f.subject()
	s.Connector = files.New(special{})
	first := gathertest.Collect(t, s, nil)
	if first.Err != nil || names(first.Documents) != "a.bin report.pdf" {
		t.Fatalf("%s, %v", names(first.Documents), first.Err)
	}
	told := strings.Join(first.Result.Problems, "\n")
	if !strings.Contains(told, "1 file left alone: .bin is of no kind that can be read (") || !strings.Contains(told, "a.bin: Line 9") {
		t.Error(told)
	}
	second := gathertest.Collect(t, s, first.Cursor)
	if second.Items() != 0 || !second.Result.NotModified || strings.Join(second.Result.Problems, "\n") != told {
		t.Errorf("%s, %q", names(second.Documents), second.Result.Problems)
	}
}

func TestItIsAReader(t *testing.T) {
	c := files.New()
	for name, want := range map[string]float64{"a.pdf": 0.85, "a.txt": 0.6, "a.exe": 0} {
		if got := c.Recognise(name, "", nil); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if got := c.Recognise("", "", []byte("%PDF-1.7\n")); got != 0.85 {
		t.Error(got)
	}
	source := centre.Source{ID: 4711, Member: "IRQ", Language: "ar"}
	got := gathertest.Read(t, c, source, "x#2/a.csv", strings.NewReader("id,text\n1,One.\n2,\n"))
	if got.Err != nil || len(got.Documents) != 1 || got.Documents[0].ExternalID != "x#2/a.csv#1" || got.Documents[0].Language != "ar" || len(got.Result.Problems) != 1 || got.Result.Bytes == 0 {
		t.Errorf("%+v", got)
	}
}

func FuzzPDF(f *testing.F)  { fuzz(f, ".pdf", aPDF("x", "/Title(x)/CreationDate(D:2015)", "")) }
func FuzzKML(f *testing.F)  { fuzz(f, ".kml", aMap) }
func FuzzDOCX(f *testing.F) { fuzz(f, ".docx", zipped(f, [2]string{"word/document.xml", aDOCX})) }
func FuzzTar(f *testing.F)  { fuzz(f, ".tar", strings.Repeat("\x00", 1024)) }
