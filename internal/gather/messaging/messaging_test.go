package messaging_test

import (
	"context"
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
	"entente/internal/gather/messaging"
)

// read reads an example through the contract of gather.Reader.
func read(t testing.TB, name, content string) ([]centre.Document, gather.Result, error) {
	t.Helper()
	var docs []centre.Document
	result, err := messaging.New().Read(t.Context(), gather.Request{Source: centre.Source{ID: 4711}, Now: gathertest.Now,
		Yield: func(_ context.Context, batch []centre.Document, c centre.Cursor) error {
			if len(batch) > gather.MaxBatch || len(batch) == 0 || c != nil {
				t.Errorf("a batch of %d with the cursor %q", len(batch), c)
			}
			docs = append(docs, batch...)
			return nil
		}}, name, strings.NewReader(content))
	return docs, result, err
}

// Every file of testdata has beside it what is read from it.
func TestGolden(t *testing.T) {
	inputs, err := filepath.Glob("testdata/*")
	if err != nil {
		t.Fatal(err)
	}
	tested := 0
	for _, input := range inputs {
		if strings.HasSuffix(input, ".golden") {
			continue
		}
		tested++
		name := filepath.Base(input)
		t.Run(name, func(t *testing.T) {
			content, err := os.ReadFile(input)
			if err != nil {
				t.Fatal(err)
			}
			if sure := messaging.New().Recognise(name, "", content[:min(len(content), 64<<10)]); sure < 0.9 {
				t.Errorf("it is recognised with %v alone", sure)
			}
			docs, result, err := read(t, name, string(content))
			for _, d := range docs {
				gathertest.Whole(t, centre.Source{ID: 4711}, d)
			}
			got := render(docs, result, err)
			gathertest.Golden(t, input+".golden", got)
		})
	}
	if tested < 8 {
		t.Errorf("only %d examples were found", tested)
	}
}

// render writes down what was read, for a person to check.
func render(docs []centre.Document, result gather.Result, err error) string {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, value)
		}
	}
	if err != nil {
		line("error", err.Error())
	}
	line("of", result.Title)
	for _, p := range result.Problems {
		line("left out", p)
	}
	for _, d := range docs {
		b.WriteString("---\n")
		line("id", d.ExternalID)
		line("url", d.URL)
		line("title", d.Title)
		line("author", d.Author)
		for name, m := range map[string]centre.Moment{"published": d.Published} {
			if m.Known() {
				line(name, fmt.Sprint(m.Time.Format(time.RFC3339), " ", m.Precision, " ", m.Basis))
			}
		}
		if d.Updated.Known() {
			line("updated", d.Updated.Time.Format(time.RFC3339))
		}
		line("language", d.Language)
		line("part of", d.PartOf)
		for _, p := range d.Properties {
			line("  "+p.Name, p.Value)
		}
		for _, e := range d.Enclosures {
			line("file", strings.TrimSpace(e.Title+" "+e.MediaType+" "+e.URL))
		}
		for _, p := range d.Problems {
			line("problem", p)
		}
		line(d.MediaType, fmt.Sprintf("%q", d.Body))
	}
	return b.String()
}

func TestWhatIsNotRead(t *testing.T) {
	for name, content := range map[string]string{
		"notes.txt":            "Just some notes.\nAnd more of them.",
		"direct-messages.js":   `window.YTD.direct_messages.part0 = [ {"dmConversation": {}} ]`,
		"app.log":              "2015-09-26 14:05:06 - INFO: started\n2015-09-26 14:05:07 - INFO: x\n2015-09-26 14:05:08 - INFO: y\n",
		"t.html":               `<div class="tgme_widget_message" data-post=`,
		"result.json":          `{"name":"x","type":"public_channel","id":1,"messages":[{"id":1,"type":"message","text":`,
		"":                     "",
		"object.json":          `{"a":1}`,
		"tweets.js":            `window.YTD.tweets.part0 = {"no":"array"}`,
		"status.json":          `[{"spoiler_text":"","visibility":`,
		"feed.json":            `{"feed":7,"x":"at://a/app.bsky.feed.post/1"}`,
		"result.json is large": `{"type":"public_channel","messages":[{"id":1,"type":"message","from_id":"x","text":"` + strings.Repeat("x", 10<<20) + `"}]}`,
	} {
		docs, _, err := read(t, name, content)
		if err == nil {
			t.Errorf("%s: read as %d posts", name, len(docs))
			continue
		}
		gathertest.Sentence(t, err)
	}
	if sure := messaging.New().Recognise("app.log", "", []byte("2015-09-26 14:05:06 - INFO: started\n2015-09-26 14:05:07 - INFO: x\n2015-09-26 14:05:08 - INFO: y\n")); sure > 0 {
		t.Errorf("a program's log is taken for a chat: %v", sure)
	}
}

// What was read before an export broke off stays taken.
func TestAnExportThatBreaksOff(t *testing.T) {
	content := `{"name":"Centre","type":"public_channel","id":1,"messages":[{"id":1,"type":"message","date_unixtime":"1443261906","text":"first"},{"id":2,"ty`
	docs, _, err := read(t, "result.json", content)
	gathertest.Sentence(t, err)
	if len(docs) != 1 {
		t.Errorf("%d posts", len(docs))
	}
}

func TestABigExportComesInBatches(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"name":"Centre","type":"public_channel","id":1,"messages":[`)
	for i := 1; i <= 450; i++ {
		if i > 1 {
			b.WriteString(",")
		}
		fmt.Fprintf(&b, `{"id":%d,"type":"message","date_unixtime":"1443261906","text":"number %d"}`, i, i)
	}
	b.WriteString(`]}`)
	docs, result, err := read(t, "result.json", b.String())
	if err != nil || len(docs) != 450 || result.Bytes != int64(b.Len()) {
		t.Errorf("%d posts, %d of %d bytes, %v", len(docs), result.Bytes, b.Len(), err)
	}
}

func FuzzRead(f *testing.F) {
	inputs, err := filepath.Glob("testdata/*")
	if err != nil {
		f.Fatal(err)
	}
	for _, input := range inputs {
		if content, err := os.ReadFile(input); err == nil && !strings.HasSuffix(input, ".golden") {
			f.Add(filepath.Base(input), string(content))
		}
	}
	f.Add("WhatsApp Chat with X.txt", "[1/2/15, 1:02:03\u202fPM] +964 770 123 4567: \u202ehello\n<Media omitted>")
	f.Add("x.json", `[{"id_str":"1","full_text":"RT @a: &amp;","truncated":false,"entities":{"urls":[{"url":"https://t.co/a"}]}}]`)
	f.Fuzz(func(t *testing.T, name, content string) {
		docs, _, err := read(t, name, content)
		if err != nil {
			gathertest.Sentence(t, err)
		}
		for _, d := range docs {
			gathertest.Whole(t, centre.Source{ID: 4711}, d)
			for _, p := range d.Properties {
				if !utf8.ValidString(p.Value) {
					t.Errorf("the property %s is no text", p.Name)
				}
			}
		}
	})
}

// BenchmarkRead reads exports of ten thousand posts: bytes a second.
func BenchmarkRead(b *testing.B) {
	var telegram, whatsApp strings.Builder
	telegram.WriteString(`{"name":"Centre","type":"public_channel","id":1,"messages":[{"id":1,"type":"service"}`)
	for i := 2; i < 10_000; i++ {
		fmt.Fprintf(&telegram, `,{"id":%d,"type":"message","date_unixtime":"1443261906","text":["number ",{"type":"bold","text":"%d"}," of many posts of a usual length"]}`, i, i)
		fmt.Fprintf(&whatsApp, "[26/09/2015, 14:%02d:06] Participant %d: number %d of many posts of a usual length\n", i/60%60, i%7, i)
	}
	telegram.WriteString(`]}`)
	for name, content := range map[string]string{"result.json": telegram.String(), "chat.txt": whatsApp.String()} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(content)))
			for b.Loop() {
				if docs, _, err := read(b, name, content); err != nil || len(docs) < 9_000 {
					b.Fatal(len(docs), err)
				}
			}
		})
	}
}
