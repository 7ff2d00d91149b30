package files_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"entente/internal/centre"
	"entente/internal/gather/files"
)

// zipped makes an archive; content that begins with "bomb:" is that many zeros.
func zipped(t testing.TB, entries ...[2]string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range entries {
		f, err := w.Create(e[0])
		if err != nil {
			t.Fatal(err)
		}
		var size int64
		if _, err := fmt.Sscanf(e[1], "bomb:%d", &size); err == nil {
			_, err = io.CopyN(f, &endless{row: strings.Repeat("0,", 4096), most: int(size)}, size)
			if err != nil {
				t.Fatal(err)
			}
			continue
		}
		if _, err := io.WriteString(f, e[1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestArchives(t *testing.T) {
	good := [2]string{"reports/one.txt", "The bridge is open."}
	for _, c := range []struct {
		name    string
		entries [][2]string
		good    int
		refused string
	}{
		{"several kinds", [][2]string{good, {"two.csv", "text\nThe ferry is running.\nThe dam is closed.\n"}, {"folder/", ""}, {"__MACOSX/x.txt", "x"}, {".hidden.txt", "x"}}, 3, ""},
		{"an archive within", [][2]string{good, {"inner.zip", zipped(t, good)}}, 1, "archive within an archive"},
		{"a name that leads out", [][2]string{good, {"../../etc/cron.d/x.txt", "x"}}, 1, "points out of the archive"},
		{"an absolute name", [][2]string{good, {"/etc/x.txt", "x"}}, 1, "points out of the archive"},
		{"a name of Windows", [][2]string{good, {`C:\x.txt`, "x"}}, 1, "points out of the archive"},
		{"backslashes", [][2]string{{`reports\one.txt`, "The bridge is open."}}, 1, ""},
		{"an unknown kind", [][2]string{good, {"x.exe", "x"}}, 1, "of no kind that can be read"},
		{"a bomb of text", [][2]string{good, {"x.txt", "bomb:30000000"}}, 1, "it unfolds to more than 200 times its size"},
		{"a bomb of rows", [][2]string{good, {"x.csv", "bomb:30000000"}}, 1, "unfolds to more than 200 times its size"},
	} {
		t.Run(c.name, func(t *testing.T) {
			docs, report, err := parse(t, "a.zip", zipped(t, c.entries...))
			if err != nil || len(docs) != c.good {
				t.Fatalf("%d documents, %+v, %v", len(docs), report, err)
			}
			listed := fmt.Sprint(report.Listed)
			if !strings.Contains(strings.ToLower(listed), strings.ToLower(c.refused)) || (c.refused == "") != (report.Bad == 0) {
				t.Errorf("refused %s, want %s", listed, c.refused)
			}
			if docs[0].ExternalID != "a.zip/reports/one.txt" {
				t.Errorf("named %q", docs[0].ExternalID)
			}
		})
	}
	for name, content := range map[string]string{"empty": "", "cut off": zipped(t, good)[:60], "text": "no archive", "nothing": zipped(t)} {
		if _, _, err := parse(t, "a.zip", content); centre.CodeOf(err) != centre.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAnArchiveOfTooManyFiles(t *testing.T) {
	var entries [][2]string
	for i := range 20_001 {
		entries = append(entries, [2]string{fmt.Sprint(i, ".txt"), "x"})
	}
	if _, _, err := parse(t, "a.zip", zipped(t, entries...)); err == nil || !strings.Contains(err.Error(), "20001 files") {
		t.Error(err)
	}
}

func TestAFileIsReadWhereItLies(t *testing.T) {
	path := t.TempDir() + "/a.zip"
	if err := os.WriteFile(path, []byte(zipped(t, [2]string{"one.txt", "The bridge is open."})), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, _ := f.Stat()
	report, err := files.Parse(t.Context(), files.Input{Name: "a.zip", Reader: f, Size: info.Size(), Now: now}, func(centre.Document) error { return nil })
	if err != nil || report.Good != 1 {
		t.Error(report, err)
	}
}
