package files_test

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"

	"entente/internal/centre"
	"entente/internal/gather/files"
)

const (
	arabic  = "أعلنت قيادة العمليات المشتركة يوم السبت أن ضباطاً من أربع دول سيعملون معاً في مركز للمعلومات في بغداد، وأن رئاسة المركز ستتناوب بينها كل ثلاثة أشهر."
	russian = "В субботу объединённое командование сообщило, что офицеры четырёх стран будут вместе работать в информационном центре в Багдаде, а возглавлять его будут по очереди."
)

func encoded(t testing.TB, e encoding.Encoding, text string) string {
	t.Helper()
	s, err := e.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func wide(text string, big bool) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(text)) {
		if big {
			b = append(b, byte(u>>8), byte(u))
		} else {
			b = append(b, byte(u), byte(u>>8))
		}
	}
	return string(b)
}

func TestCharacterSets(t *testing.T) {
	for _, c := range []struct{ name, content, want string }{
		{"UTF-8", russian, russian},
		{"UTF-8 with a mark", "\xef\xbb\xbf" + arabic, arabic},
		{"UTF-16, little end first, with a mark", "\xff\xfe" + wide(russian, false), russian},
		{"UTF-16, big end first, with a mark", "\xfe\xff" + wide(arabic, true), arabic},
		{"UTF-16 without a mark", wide(russian, false), russian},
		{"UTF-16, big end first, without a mark", wide(arabic, true), arabic},
		{"windows-1256", encoded(t, charmap.Windows1256, arabic), arabic},
		{"windows-1251", encoded(t, charmap.Windows1251, russian), russian},
		{"KOI8-R", encoded(t, charmap.KOI8R, russian), russian},
	} {
		t.Run(c.name, func(t *testing.T) {
			docs, _, err := parse(t, "a.txt", c.content)
			if err != nil || len(docs) != 1 || docs[0].Body != c.want {
				t.Errorf("as text: %v, %v", docs, err)
			}
			// The same in a table.
			header := "title\ttext\nx\t"
			table := header + c.content
			switch {
			case strings.Contains(c.name, "big end"):
				table = wide(header, true) + strings.TrimPrefix(c.content, "\xfe\xff")
			case strings.Contains(c.name, "UTF-16"):
				table = wide(header, false) + strings.TrimPrefix(c.content, "\xff\xfe")
			}
			if strings.HasPrefix(c.content, "\xff\xfe") || strings.HasPrefix(c.content, "\xfe\xff") {
				table = c.content[:2] + table
			}
			docs, _, err = parse(t, "a.tsv", strings.ReplaceAll(table, "\xef\xbb\xbf", ""))
			if err != nil || len(docs) != 1 || docs[0].Body != c.want {
				t.Errorf("in a table: %v, %v", docs, err)
			}
		})
	}
	docs, _, err := parse(t, "a.txt", russian+" \xff "+russian)
	if err != nil || len(docs) != 1 || !strings.Contains(docs[0].Body, "\uFFFD") || len(docs[0].Problems) != 1 {
		t.Errorf("bad bytes: %+v, %v", docs, err)
	}
}

func TestDividers(t *testing.T) {
	for name, c := range map[string]string{
		"comma":     "id,text\n1,\"one, two; three\"\n2,four\n",
		"semicolon": "id;text\n1;one, two\n2;four, five\n",
		"tab":       "id\ttext\n1\tone, two; three\n2\tfour\n",
		"bar":       "id|text\n1|one, two\n2|four\n",
		"crlf":      "id,text\r\n1,one\r\n2,four\r\n",
		"blank":     "\n\nid,text\n\n1,one\n\n2,four",
	} {
		docs, report, err := parse(t, "a.csv", c)
		if err != nil || len(docs) != 2 || report.Bad != 0 || docs[0].ExternalID != "a.csv#1" {
			t.Errorf("%s: %v, %+v, %v", name, docs, report, err)
		}
	}
}

func TestColumnsAreShownAndOverridden(t *testing.T) {
	const table = "code;lead;words;when\nx1;A lead;Some words.;2015-09-26\n"
	_, _, err := parse(t, "a.csv", table)
	if centre.CodeOf(err) != centre.CodeInvalid || !strings.Contains(err.Error(), `"code", "lead", "words", "when"`) || !strings.Contains(err.Error(), "--map text=COLUMN") {
		t.Errorf("without a text column: %v", err)
	}
	mapping, err := files.ParseMapping("text=words, title=LEAD, id=-,published=when")
	if err != nil {
		t.Fatal(err)
	}
	docs, report, err := parse(t, "a.csv", table, func(in *files.Input) { in.Mapping = mapping })
	if err != nil || len(docs) != 1 || docs[0].Title != "A lead" || !strings.HasPrefix(docs[0].ExternalID, "a.csv#row-") || docs[0].Published.Precision != centre.PrecisionDay {
		t.Errorf("overridden: %+v, %v", docs, err)
	}
	if got := report.Tables[0].Mapping.String(); !strings.Contains(got, "id=-") || !strings.Contains(got, "text=words") {
		t.Errorf("shown: %s", got)
	}
	_, _, err = parse(t, "a.csv", table, func(in *files.Input) { in.Mapping = files.Mapping{files.FieldText: "word"} })
	if err == nil || !strings.Contains(err.Error(), `no column "word" for text`) {
		t.Errorf("a column that is not there: %v", err)
	}
}

func TestAMarkingThatIsNotUnderstoodLetsNothingThrough(t *testing.T) {
	const table = "text,marking\nOpen words.,TLP:CLEAR\nSecret words.,SECRET//FOR FRIENDS\nUnmarked words.,\n"
	docs, report, err := parse(t, "a.csv", table, func(in *files.Input) {
		in.ParseMarking = func(text string) (centre.Marking, error) {
			return centre.ParseMarking(text, centre.Audience{Originator: "IRQ", Members: []centre.MemberCode{"IRQ", "RUS"}})
		}
	})
	if err != nil || len(docs) != 2 || report.Bad != 1 || report.Listed[0].Line != 3 || !strings.Contains(report.Listed[0].Reason, "FOR FRIENDS") {
		t.Fatalf("%+v, %+v, %v", docs, report, err)
	}
	if docs[0].Marking.String() != "UNCLASSIFIED//REL TO IRQ, RUS//TLP:CLEAR" || docs[1].Marking != nil {
		t.Errorf("markings %v and %v", docs[0].Marking, docs[1].Marking)
	}
}

func TestTheSameRowHasTheSameName(t *testing.T) {
	const table = "text,source id\nWords one.,7\nWords two.,8\n"
	first, _, _ := parse(t, "a.csv", table)
	again, _, _ := parse(t, "a.csv", table)
	other, _, _ := parse(t, "b.csv", table)
	for i := range first {
		if first[i].ExternalID != again[i].ExternalID || first[i].ExternalID == other[i].ExternalID {
			t.Errorf("names %q, %q, %q", first[i].ExternalID, again[i].ExternalID, other[i].ExternalID)
		}
	}
	repeated, _, _ := parse(t, "a.csv", "text,id\nWords one.,7\nWords two.,7\n")
	if repeated[0].ExternalID == repeated[1].ExternalID {
		t.Error("a column with repeated values is no id")
	}
	wide, _, _ := parse(t, "a.csv", "text,guid\nWords one.,https://example.org/1\n")
	if wide[0].ExternalID != "https://example.org/1" {
		t.Errorf("a name for the whole world: %q", wide[0].ExternalID)
	}
}

func TestUnknownDatesStayUnknown(t *testing.T) {
	docs, _, err := parse(t, "a.csv", "text,date,updated\nOne.,,\nTwo.,soon,\nThree.,2030-01-01,\nFour.,1970-01-01,\nFive.,١٢ مارس ٢٠١٥,2015-03-13\n")
	if err != nil || len(docs) != 5 {
		t.Fatal(docs, err)
	}
	for _, d := range docs[:4] {
		if d.Published.Known() {
			t.Errorf("%q got the date %v", d.Body, d.Published)
		}
	}
	for i, problems := range []int{0, 1, 1, 1, 0} {
		if len(docs[i].Problems) != problems {
			t.Errorf("%q has the problems %q", docs[i].Body, docs[i].Problems)
		}
	}
	if got := docs[4].Published; got.Time.Format(time.DateOnly) != "2015-03-12" || got.Precision != centre.PrecisionDay || !docs[4].Updated.Known() {
		t.Errorf("%v, %v", got, docs[4].Updated)
	}
}

// endless gives a row again and again, up to most bytes.
type endless struct {
	row  string
	at   int
	most int
}

func (e *endless) Read(b []byte) (n int, err error) {
	if e.most <= 0 {
		return 0, io.EOF
	}
	for n < len(b) {
		copied := copy(b[n:], e.row[e.at:])
		n += copied
		e.at = (e.at + copied) % len(e.row)
	}
	e.most -= n
	return n, nil
}

func TestLongTablesAreReadAsAStream(t *testing.T) {
	for name, row := range map[string]string{
		"a.csv":   strings.Repeat("word ", 200) + ",text\n",
		"a.jsonl": `{"text": "` + strings.Repeat("word ", 200) + "\"}\n",
		"a.json":  `{"text": "` + strings.Repeat("word ", 200) + "\"},\n",
	} {
		t.Run(name, func(t *testing.T) {
			start := map[string]string{"a.csv": "text,more\n", "a.json": "["}[name]
			source := &endless{row: row, most: 20 << 20}
			var peak uint64
			n := 0
			report, err := files.Parse(t.Context(), files.Input{Name: name, Reader: io.MultiReader(strings.NewReader(start), source), Now: now}, func(centre.Document) error {
				if n++; n%4000 == 0 {
					var m runtime.MemStats
					runtime.GC()
					runtime.ReadMemStats(&m)
					peak = max(peak, m.HeapAlloc)
				}
				return nil
			})
			if err != nil || report.Good < 15_000 || peak > 16<<20 {
				t.Errorf("%d documents, %d MB, %v", report.Good, peak>>20, err)
			}
		})
	}
}

func TestWhatIsTooLargeIsRefused(t *testing.T) {
	long := func(name, start, row string) {
		t.Helper()
		source := &endless{row: row, most: 20 << 20}
		report, err := files.Parse(t.Context(), files.Input{Name: name, Reader: io.MultiReader(strings.NewReader(start), source), Now: now}, func(centre.Document) error { return nil })
		said := fmt.Sprint(err)
		for _, r := range report.Listed {
			said += r.String()
		}
		if !strings.Contains(said, "15 MB") && !strings.Contains(said, "never closed") {
			t.Errorf("%s: %.300s", name, said)
		}
	}
	long("a.txt", "", "word ")
	long("a.html", "<p>", "word ")
	long("a.eml", "Subject: x\n\n", "word ")
	long("a.csv", "text,more\n", "word ")
	long("quote.csv", "text,more\nGood row.,x\n\"", "word\n")
	long("a.jsonl", `{"text": "`, "word ")
	long("a.json", `[{"text": "`, "word ")
	long("one.json", `{"text": "`, "word ")
}

func TestAfterAQuoteThatNeverClosesTheOtherRowsAreRead(t *testing.T) {
	docs, report, err := parse(t, "a.csv", "text,id\n\"One, a.\",1\n\"Two.,2\n\"Three, b.\",3\n\"Four, c.\",4\n")
	if err != nil || len(docs) != 3 || report.Bad != 1 || report.Listed[0].Line != 3 {
		t.Errorf("%v, %+v, %v", docs, report, err)
	}
}

func TestASpreadsheet(t *testing.T) {
	book := excelize.NewFile()
	rows := [][]any{
		{"Monthly table of the desk"},
		{},
		{"Number", "Headline", "Text", "Date", "Latitude", "Longitude"},
		{1, "Bridge", "The bridge is open.", time.Date(2015, 9, 26, 13, 30, 0, 0, time.UTC), 33.34, 44.4},
		{2, "Ferry", "The ferry is running.", "27.09.2015", nil, nil},
		{3, "Empty", nil, nil, nil, nil},
		{4, "Dam", "The gate is closed.", nil, nil, nil},
	}
	for i, r := range rows {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &r); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := book.NewSheet("Notes"); err != nil {
		t.Fatal(err)
	}
	buffer, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	docs, report, err := parse(t, "desk.xlsx", buffer.String())
	if err != nil || len(docs) != 3 || report.Bad != 1 || report.Listed[0].Line != 6 {
		t.Fatalf("%+v, %+v, %v", docs, report, err)
	}
	d := docs[0]
	if d.ExternalID != "desk.xlsx/Sheet1#1" || d.Title != "Bridge" || d.Body != "The bridge is open." || d.Point != centre.At(44.4, 33.34) {
		t.Errorf("%+v", d)
	}
	// A sheet's time of day has no zone: the day alone is known.
	for i, day := range []string{"2015-09-26", "2015-09-27"} {
		if p := docs[i].Published; p.Time.Format(time.DateOnly) != day || p.Precision != centre.PrecisionDay || p.Basis != centre.BasisColumn {
			t.Errorf("published %+v", p)
		}
	}
	if docs[2].Published.Known() {
		t.Error("an empty cell became a date")
	}
	for _, broken := range []string{"", "PK\x03\x04", buffer.String()[:buffer.Len()/2], "plain words"} {
		if _, _, err := parse(t, "b.xlsx", broken); centre.CodeOf(err) != centre.CodeInvalid {
			t.Errorf("%.10q: %v", broken, err)
		}
	}
}

func TestYieldAndContextEndTheReading(t *testing.T) {
	full := errors.New("the disk is full")
	for _, name := range []string{"a.csv", "a.txt", "a.jsonl"} {
		content := map[string]string{"a.csv": "text\nOne.\nTwo.\n", "a.txt": "One.", "a.jsonl": "{\"text\":\"One.\"}\n{\"text\":\"Two.\"}"}[name]
		calls := 0
		_, err := files.Parse(t.Context(), files.Input{Name: name, Reader: strings.NewReader(content), Now: now}, func(centre.Document) error {
			calls++
			return full
		})
		if err != full || calls != 1 {
			t.Errorf("%s: %v after %d calls", name, err, calls)
		}
	}
}

func TestUnreadableKinds(t *testing.T) {
	for name, content := range map[string]string{"a.pdf": "x", "a": "x", "a.txt": " \n", "a.csv": "", "a.json": "3", "b.json": "{", "a.jsonl": "\n", "a.html": ""} {
		_, report, err := parse(t, name, content)
		if err == nil && report.Bad == 0 {
			t.Errorf("%s was taken", name)
		}
		if err != nil && (centre.CodeOf(err) != centre.CodeInvalid || !strings.HasPrefix(err.Error(), name) || !strings.HasSuffix(err.Error(), ".")) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAMailThatDoesNotNameItsCharacterSet(t *testing.T) {
	for name, body := range map[string]string{"windows-1256": encoded(t, charmap.Windows1256, arabic), "KOI8-R": encoded(t, charmap.KOI8R, russian), "UTF-8": arabic} {
		docs, _, err := parse(t, "a.eml", "Subject: x\r\n\r\n"+body)
		if err != nil || len(docs) != 1 || docs[0].Body != arabic && docs[0].Body != russian {
			t.Errorf("%s: %v, %v", name, docs, err)
		}
	}
}

func TestInlineHTMLOfAPlacemarkIsHTML(t *testing.T) {
	docs, _, err := parse(t, "a.kml", `<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>Bridge</name><description><![CDATA[<b>Closed</b> since noon, 3 < 4]]></description><Point><coordinates>44.4,33.3</coordinates></Point></Placemark></kml>`)
	if err != nil || len(docs) != 1 || docs[0].MediaType != "text/html" {
		t.Fatalf("%+v, %v", docs, err)
	}
}

func TestAPictureThatIsNamedTextIsRefused(t *testing.T) {
	picture := "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
	for i := range 1024 {
		picture += string([]byte{byte(i)})
	}
	if docs, _, err := parse(t, "scan.txt", picture); err == nil {
		t.Errorf("taken as %q", docs[0].Body)
	}
	if docs, _, err := parse(t, "telex.txt", "ZCZC\x07 THE BRIDGE IS CLOSED UNTIL FURTHER NOTICE. TRAFFIC GOES BY THE FERRY.\r\nNNNN\x1a"); err != nil || len(docs) != 1 {
		t.Errorf("a telex: %v", err)
	}
}
