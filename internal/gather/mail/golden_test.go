package mail

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/gathertest"
)

// Every mail of testdata has beside it what is read from it. A "\xHH" in them is
// a byte, so that they can be seen in an editor.
func TestGolden(t *testing.T) {
	inputs, err := filepath.Glob("testdata/*.eml")
	if err != nil || len(inputs) == 0 {
		t.Fatal(inputs, err)
	}
	for _, input := range inputs {
		t.Run(filepath.Base(input), func(t *testing.T) {
			got := gathertest.Read(t, New(lines{}), centre.Source{ID: 4711}, filepath.Base(input), strings.NewReader(example(t, input)))
			text := render(got)
			gathertest.Golden(t, input+".golden", text)
		})
	}
}

func example(t testing.TB, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for rest := string(content); rest != ""; {
		var c byte
		if n, _ := fmt.Sscanf(rest, `\x%02x`, &c); n == 1 {
			b.WriteByte(c)
			rest = rest[4:]
			continue
		}
		b.WriteByte(rest[0])
		rest = rest[1:]
	}
	return strings.ReplaceAll(b.String(), "\n", "\r\n")
}

func render(got gathertest.Collected) string {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, value)
		}
	}
	if got.Err != nil {
		line("error", got.Err.Error())
	}
	for _, p := range got.Result.Problems {
		line("told", p)
	}
	for _, d := range got.Documents {
		b.WriteString("\n")
		line("id", d.ExternalID)
		line("part of", d.PartOf)
		line("title", d.Title)
		line("author", d.Author)
		if d.Published.Known() {
			line("published", fmt.Sprint(d.Published.Time.Format(time.RFC3339), " ", d.Published.Precision, " ", d.Published.Basis))
		}
		for _, p := range d.Properties {
			line("property", p.Name+" = "+p.Value)
		}
		for _, e := range d.Enclosures {
			line("enclosure", fmt.Sprintf("%s, %s, %d bytes", e.Title, e.MediaType, e.Length))
		}
		for _, p := range d.Problems {
			line("problem", p)
		}
		line(d.MediaType, fmt.Sprintf("%q", d.Body))
	}
	return b.String()
}

func TestMailsMadeToWasteTimeAreLeftOut(t *testing.T) {
	const head = "From: a@b\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
	var nested strings.Builder
	nested.WriteString("From: a@b\r\nSubject: deep\r\n")
	for i := range 35 {
		fmt.Fprintf(&nested, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i)
	}
	var within strings.Builder
	for range 100 {
		within.WriteString("Subject: within\r\nContent-Type: message/rfc822\r\n\r\n")
	}
	for name, c := range map[string]struct {
		raw, want string
	}{
		"parts":       {head + strings.Repeat("--b\r\n\r\nx\r\n", 100_000), "more than 1000 parts"},
		"many parts":  {head + strings.Repeat("--b\r\n\r\nx\r\n", 5000), "more than 1000 parts"},
		"boundaries":  {strings.Repeat("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n", 5000), "nested deeper"},
		"levels":      {nested.String(), "nested deeper"},
		"within":      {within.String(), "deeper in each other than 12 levels"},
		"no mail":     {"just words", "no mail that can be read"},
		"nothing":     {"  ", "empty"},
		"a huge mail": {head + strings.Repeat("x", maxMail), "larger than 50 MB"},
	} {
		t.Run(name, func(t *testing.T) {
			got := gathertest.Read(t, New(lines{}), centre.Source{ID: 1}, "a.eml", strings.NewReader(c.raw))
			told := strings.Join(got.Result.Problems, "\n")
			for _, d := range got.Documents {
				told += strings.Join(d.Problems, "\n")
			}
			if got.Err != nil || !strings.Contains(told, c.want) {
				t.Errorf("%v, %.500s", got.Err, told)
			}
		})
	}
}

func TestRecognise(t *testing.T) {
	c := New()
	for _, e := range []struct {
		name, mediaType, head string
		least, most           float64
	}{
		{"a.eml", "", "x", 0.9, 0.9}, {"", "message/rfc822", "", 0.9, 0.9},
		{"x", "", simple(1), 0.9, 1}, {"all", "", "From a@b Sat Sep 26 17:45:00 2015\nSubject: x\n\n", 0.95, 0.95},
		{"a.txt", "", "To whom it may concern:\n\nFrom: here\nTo: there\nSubject: x\nDate: y", 0, 0}, {"a.csv", "", "from,to\n", 0, 0}, {"a.xml", "", "<rss>", 0, 0},
	} {
		if got := c.Recognise(e.name, e.mediaType, []byte(e.head)); got < e.least || got > e.most {
			t.Errorf("%q %q: %v", e.name, e.head, got)
		}
	}
}

func FuzzMail(f *testing.F) {
	inputs, err := filepath.Glob("testdata/*.eml")
	if err != nil {
		f.Fatal(err)
	}
	for _, i := range inputs {
		f.Add([]byte(example(f, i)))
	}
	f.Add([]byte("From a@b Sat Sep 26 17:45:00 2015\nSubject: =?x?q?=?=\n\n>From x\n"))
	f.Add([]byte("Content-Type: multipart/mixed; boundary*0=b\n\n--b\n\n--b--"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		got := gathertest.Read(t, New(lines{}), centre.Source{ID: 4711}, "a.eml", strings.NewReader(string(raw)))
		if got.Err != nil {
			t.Error(got.Err)
		}
		for _, d := range got.Documents {
			for _, p := range d.Properties {
				if !utf8.ValidString(p.Value) || gather.CleanText(p.Value) != p.Value {
					t.Errorf("%+v", p)
				}
			}
		}
	})
}

func FuzzAddress(f *testing.F) {
	for _, s := range []string{"imaps://h:993/INBOX", "imap://[::1]/a/b", "imaps://h/%D8%A7", "imaps://"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a, err := parseAddress(text)
		if err == nil && (a.host == "" || a.port == "" || a.mailbox == "") {
			t.Errorf("%q: %+v", text, a)
		}
	})
}

func BenchmarkMail(b *testing.B) {
	raw := example(b, "testdata/alternative.eml")
	r := gather.Request{Now: gathertest.Now}
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		var result gather.Result
		m := New().bag(r, &result)
		m.out.docs = nil
		if err := m.mail(b.Context(), []byte(raw), letter{}); err != nil {
			b.Fatal(err)
		}
	}
}
