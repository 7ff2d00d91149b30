package events_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"entente/internal/gather/events"
)

func gdeltRow(id int) string {
	return strconv.Itoa(id) + "\t20150926" + strings.Repeat("\t", 59)
}

const gkgRow = "20150926121500-1\t20150926121500\t1\tx\thttps://x.example/\tKILL#1##0#######;"

func TestTheFifteenMinuteListGrows(t *testing.T) {
	s := newSite(t)
	a := s.put(t, "20150926120000.export.CSV.zip", gdeltRow(1), gdeltRow(2))
	m := s.put(t, "20150926120000.mentions.CSV.zip", "not read")
	g := s.put(t, "20150926120000.gkg.csv.zip", gkgRow+strings.Repeat("\t", 21))
	v := s.visit(t, "/gdeltv2/lastupdate.txt", nil, nil)
	both := s.visit(t, "/gdeltv2/lastupdate.txt", map[string]string{events.OptionTables: "events,gkg"}, nil)

	s.list("lastupdate.txt", a, m, g)
	v.want("1 2", "")
	both.want("1 2 20150926121500-1/1", "")
	v.want("", "")

	// The next file, and one that was missed: the list names the newest alone.
	s.put(t, "20150926121500.export.CSV.zip", gdeltRow(3))
	s.list("lastupdate.txt", s.put(t, "20150926123000.export.CSV.zip", gdeltRow(4)))
	v.want("3 4", "")
	if _, result, err := v.fetch(); err != nil || !result.NotModified {
		t.Errorf("an unchanged list: %+v, %v", result, err)
	}
}

func TestTheMasterListIsCaughtUpInOrder(t *testing.T) {
	s := newSite(t)
	one := s.put(t, "20150926120000.export.CSV.zip", gdeltRow(1))
	two := s.put(t, "20150926121500.export.CSV.zip", gdeltRow(2))
	three := s.put(t, "20150926123000.translation.export.CSV.zip", gdeltRow(3))
	old := s.put(t, "20150901000000.export.CSV.zip", gdeltRow(9))
	missing := "10 " + strings.Repeat("0", 32) + " " + s.URL + "/gdeltv2/20150926122000.export.CSV.zip"
	s.list("masterfilelist.txt", two, "broken line of two", old, missing, three, one)
	v := s.visit(t, "/gdeltv2/masterfilelist.txt", nil, nil)
	got, result, err := v.fetch()
	if err != nil || strings.Join(got, " ") != "1 2 3" || len(result.Problems) != 2 {
		t.Fatalf("%q, %q, %v", got, result.Problems, err)
	}
	if !strings.Contains(result.Problems[1], "20150926122000.export.CSV.zip is missing (status 404)") {
		t.Errorf("the missing file is told as %q", result.Problems[1])
	}
	since := s.visit(t, "/gdeltv2/masterfilelist.txt", map[string]string{events.OptionSince: "2015-08-01"}, nil)
	if got, _, err := since.fetch(); err != nil || strings.Join(got, " ") != "9 1 2 3" {
		t.Errorf("since August: %q, %v", got, err)
	}

	// The short list beside it spares the long one.
	s.list("lastupdate.txt", s.put(t, "20150926124500.export.CSV.zip", gdeltRow(4)))
	s.mu.Lock()
	s.asked = nil
	s.mu.Unlock()
	v.want("4", "")
	for _, path := range s.asked {
		if strings.Contains(path, "masterfilelist") {
			t.Error("the list of all files was fetched for one new file")
		}
	}
}

func TestAFileThatDiffersFromItsMD5(t *testing.T) {
	s := newSite(t)
	good := s.put(t, "20150926120000.export.CSV.zip", gdeltRow(1))
	bad := s.put(t, "20150926121500.export.CSV.zip", gdeltRow(2))
	after := s.put(t, "20150926123000.export.CSV.zip", gdeltRow(3))
	sum := strings.Fields(bad)[1]
	s.list("masterfilelist.txt", good, strings.Replace(bad, sum, strings.Repeat("a", 32), 1), after)
	v := s.visit(t, "/gdeltv2/masterfilelist.txt", nil, nil)
	v.want("1", "its MD5 differs); it is fetched again")
	v.want("", "fetched again")

	healed := *v
	s.list("masterfilelist.txt", good, bad, after)
	healed.want("2 3", "")

	s.list("masterfilelist.txt", good, strings.Replace(bad, sum, strings.Repeat("a", 32), 1), after)
	v.want("3", "after 3 tries; it was passed over")
	v.want("", "")
}

func TestAStopBetweenFilesResumesExactly(t *testing.T) {
	s := newSite(t)
	lines := []string{s.put(t, "20150926120000.export.CSV.zip", gdeltRow(1)), s.put(t, "20150926121500.export.CSV.zip", gdeltRow(2))}
	s.list("masterfilelist.txt", lines...)
	s.handler = nil
	second := s.files["/gdeltv2/20150926121500.export.CSV.zip"]
	delete(s.files, "/gdeltv2/20150926121500.export.CSV.zip")
	s.handler = func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }
	v := s.visit(t, "/gdeltv2/masterfilelist.txt", nil, nil)
	if got, _, err := v.fetch(); err == nil || strings.Join(got, " ") != "1" {
		t.Fatalf("%q, %v", got, err)
	}
	s.mu.Lock()
	s.files["/gdeltv2/20150926121500.export.CSV.zip"] = second
	s.mu.Unlock()
	v.want("2", "")
}

// A host must not make us look for files without end, nor leave us believing
// that all was taken.
func TestAGapIsBounded(t *testing.T) {
	list := []byte("http://x.example/20150926120000.export.CSV.zip\nhttp://x.example/20150926120000.gkg.csv.zip\n")
	keys, urls, problems := events.ReadList("http://x.example/lastupdate.txt", "", "2015-01-01", list)
	if len(keys) != 2*(31*96+1) || len(problems) != 2 || !strings.Contains(problems[0], "masterfilelist.txt") {
		t.Errorf("%d files, %q", len(keys), problems)
	}
	if urls[0] != "http://x.example/20150826120000.export.CSV.zip" || keys[len(keys)-1] != "20150926120000.gkg" {
		t.Errorf("from %s to %s", urls[0], keys[len(keys)-1])
	}
	if keys, _, _ := events.ReadList("http://x.example/masterfilelist.txt", "20150926120000.export", "", list); strings.Join(keys, " ") != "20150926120000.gkg" {
		t.Errorf("behind the cursor: %q", keys)
	}
}
