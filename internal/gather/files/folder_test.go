package files_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/gather/files"
	"entente/internal/gather/gathertest"
)

// folder is a watched folder whose files have been left alone for a day.
type folder struct {
	t    *testing.T
	path string
}

func newFolder(t *testing.T) folder { return folder{t, t.TempDir()} }

func (f folder) write(name, content string) {
	f.t.Helper()
	f.writeAt(name, content, gathertest.Now.Add(-24*time.Hour))
}

func (f folder) writeAt(name, content string, at time.Time) {
	f.t.Helper()
	path := filepath.Join(f.path, name)
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(content), 0o644), os.Chtimes(path, at, at)); err != nil {
		f.t.Fatal(err)
	}
}

func (f folder) subject() gathertest.Subject {
	return gathertest.Subject{Connector: files.New(), Source: centre.Source{ID: 4711, Slug: "inbox", Kind: "files", Address: f.path, Member: "IRQ"}}
}

func names(docs []centre.Document) string {
	var s []string
	for _, d := range docs {
		s = append(s, d.ExternalID)
	}
	return strings.Join(s, " ")
}

func TestConformance(t *testing.T) {
	f := newFolder(t)
	f.write("one.txt", "The bridge is open.")
	f.write("deep/er/two.html", "<p>The ferry is running.</p>")
	var table strings.Builder
	table.WriteString("id,text\n")
	for i := range 450 {
		fmt.Fprintf(&table, "%d,Row %d tells of the dam.\n", i, i)
	}
	f.write("table.csv", table.String())
	for i := range 60 {
		f.write(fmt.Sprintf("z/%d.txt", i), fmt.Sprintf("File %d tells of the road.", i))
	}
	s := f.subject()
	s.Documents, s.Undated = 512, true
	s.Refused = []centre.Source{{Address: ""}, {Address: "inbox"}, {Address: "./inbox"}, {Address: f.path, Options: map[string]string{"mapping": "words=x"}}}
	gathertest.Run(t, s)
}

func TestWhatIsNewOrChangedIsTaken(t *testing.T) {
	f := newFolder(t)
	f.write("a.txt", "The bridge is open.")
	f.write("b.csv", "id,text\n1,One.\n")
	s := f.subject()
	first := gathertest.Collect(t, s, nil)
	if got := names(first.Documents); got != "a.txt b.csv#1" {
		t.Fatal(got)
	}
	f.write("c.txt", "The ferry is running.")
	f.writeAt("a.txt", "The bridge is open.", gathertest.Now.Add(-time.Hour)) // touched
	f.writeAt("b.csv", "id,text\n1,One.\n2,Two.\n", gathertest.Now.Add(-time.Hour))
	second := gathertest.Collect(t, s, first.Cursor)
	if got := names(second.Documents); got != "b.csv#1 b.csv#2 c.txt" {
		t.Error(got)
	}
	if err := os.Remove(filepath.Join(f.path, "c.txt")); err != nil {
		t.Fatal(err)
	}
	third := gathertest.Collect(t, s, second.Cursor)
	if len(third.Documents) != 0 || !third.Result.NotModified || strings.Contains(string(third.Cursor), "c.txt") {
		t.Errorf("after a removal: %s, cursor %s", names(third.Documents), third.Cursor)
	}
	f.write("c.txt", "The ferry is running.")
	if got := names(gathertest.Collect(t, s, third.Cursor).Documents); got != "c.txt" {
		t.Errorf("a file that comes back: %s", got)
	}
}

func TestFilesThatGrowAreLeftForTheNextRound(t *testing.T) {
	f := newFolder(t)
	f.writeAt("fresh.txt", "Half a sen", gathertest.Now.Add(-time.Second))
	f.write("load.csv.part", "text\nhalf\n")
	f.write("x.tmp", "half")
	f.write(".hidden.txt", "x")
	f.write(".git/x.txt", "x")
	f.write("done.txt", "A whole sentence.")
	s := f.subject()
	first := gathertest.Collect(t, s, nil)
	if got := names(first.Documents); got != "done.txt" || len(first.Result.Problems) != 0 {
		t.Errorf("%s, %q", got, first.Result.Problems)
	}
	f.writeAt("fresh.txt", "Half a sentence no more.", gathertest.Now.Add(-3*time.Second))
	if got := names(gathertest.Collect(t, s, first.Cursor).Documents); got != "fresh.txt" {
		t.Error(got)
	}
}

func TestLinksOutOfTheFolderAreNotFollowed(t *testing.T) {
	outside, f := newFolder(t), newFolder(t)
	outside.write("secret.txt", "Not for the centre.")
	f.write("inside.txt", "The bridge is open.")
	for link, target := range map[string]string{
		"absolute.txt": filepath.Join(outside.path, "secret.txt"),
		"relative.txt": "../" + filepath.Base(outside.path) + "/secret.txt",
		"folder":       outside.path,
		"folder.txt":   outside.path,
		"loop.txt":     "loop.txt",
		"within.txt":   "inside.txt",
	} {
		if err := os.Symlink(target, filepath.Join(f.path, link)); err != nil {
			t.Skip("this machine has no links: ", err)
		}
	}
	got := gathertest.Collect(t, f.subject(), nil)
	if got.Err != nil || names(got.Documents) != "inside.txt within.txt" {
		t.Errorf("%s, %v", names(got.Documents), got.Err)
	}
	if told := strings.Join(got.Result.Problems, "\n"); strings.Count(told, "out of the folder are not followed") < 4 {
		t.Errorf("problems %s", told)
	}
}

func TestBadFilesAreProblemsAndTheRestIsTaken(t *testing.T) {
	f := newFolder(t)
	f.write("a.csv", "text,id\nOne.,1\ntoo,many,columns\n")
	f.write("b.csv", "x,y\n1,2\n")
	f.write("c.exe", "MZ")
	f.write("d.exe", "MZ")
	f.write("e.txt", "The bridge is open.")
	f.write("m.csv", "text,marking\nTwo.,TLP:AMBER\nThree.,REL TO EVERYBODY WHO ASKS\nFour.,REL TO RUS\n")
	s := f.subject()
	first := gathertest.Collect(t, s, nil)
	if first.Err != nil || len(first.Documents) != 3 {
		t.Fatalf("%s, %v", names(first.Documents), first.Err)
	}
	told := strings.Join(first.Result.Problems, "\n")
	for _, want := range []string{"a.csv, line 3: It has 3 columns instead of 2.", "b.csv cannot be taken: none of its columns looks like the text", "2 files left alone: .exe is of no kind", "m.csv, line 3", "m.csv, line 4: The marking \"REL TO RUS\" leaves out its originator IRQ"} {
		if !strings.Contains(told, want) {
			t.Errorf("%q is not told in\n%s", want, told)
		}
	}
	for _, d := range first.Documents {
		if d.Marking != nil && d.Marking.String() != "UNCLASSIFIED//REL TO IRQ//TLP:AMBER" {
			t.Errorf("marking %v", d.Marking)
		}
	}
	// They are told as long as they are there.
	second := gathertest.Collect(t, s, first.Cursor)
	if len(second.Documents) != 0 || strings.Join(second.Result.Problems, "\n") != told {
		t.Errorf("the second time: %s", second.Result.Problems)
	}
}

func TestAFolderThatIsNotThere(t *testing.T) {
	s := newFolder(t).subject()
	s.Source.Address += "/missing"
	got := gathertest.Collect(t, s, nil)
	if centre.CodeOf(got.Err) != centre.CodeUnavailable {
		t.Error(got.Err)
	}
	gathertest.Sentence(t, got.Err)
	file := newFolder(t)
	file.write("a.txt", "x")
	s.Source.Address = filepath.Join(file.path, "a.txt")
	if got := gathertest.Collect(t, s, nil); centre.CodeOf(got.Err) != centre.CodeUnavailable {
		t.Errorf("a file as folder: %v", got.Err)
	}
}

func TestAFileThatCannotBeOpenedIsAProblem(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("the superuser opens every file")
	}
	f := newFolder(t)
	f.write("a.txt", "x")
	if err := os.Chmod(filepath.Join(f.path, "a.txt"), 0); err != nil {
		t.Fatal(err)
	}
	got := gathertest.Collect(t, f.subject(), nil)
	if got.Err != nil || len(got.Result.Problems) != 1 {
		t.Errorf("%v, %q", got.Err, got.Result.Problems)
	}
}
