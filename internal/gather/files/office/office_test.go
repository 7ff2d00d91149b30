package office

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

func archive(t testing.TB, parts ...[2]string) *bytes.Reader {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range parts {
		f, err := w.Create(p[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(p[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(b.Bytes())
}

const (
	core = `<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t"><dc:title>Sitrep 14</dc:title><dc:creator>Duty Officer</dc:creator><dc:language>ar-IQ</dc:language><dcterms:created>2015-09-25T08:00:00Z</dcterms:created><dcterms:modified>2015-09-26T17:45:00Z</dcterms:modified></cp:coreProperties>`
	word = `<?xml version="1.0"?><w:document xmlns:w="w" xmlns:mc="m"><w:body>
<w:p><w:pPr><w:pStyle w:val="Heading1"/><w:tabs><w:tab w:val="left" w:pos="1"/></w:tabs></w:pPr><w:r><w:t>Overview</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">The bridge </w:t></w:r><w:del><w:r><w:delText>is closed</w:delText></w:r></w:del><w:ins><w:r><w:t>is open</w:t></w:r></w:ins><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>.</w:t><w:tab/><w:t>Done.</w:t></w:r></w:p>
<w:p><w:r><w:t>الجسر مفتوح</w:t><w:br/><w:t>اليوم</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Town</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>State</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p><w:r><w:t>Kirkuk</w:t></w:r></w:p><w:p><w:r><w:t>(old)</w:t></w:r></w:p></w:tc><w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>open</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>
<w:p><mc:AlternateContent><mc:Choice><w:r><w:t>Last.</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>Last.</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>
</w:body></w:document>`
	notes = `<w:footnotes xmlns:w="w"><w:footnote w:id="0"><w:p><w:r><w:t>line</w:t></w:r></w:p></w:footnote><w:footnote w:id="2"><w:p><w:r><w:t>Seen by two.</w:t></w:r></w:p></w:footnote></w:footnotes>`

	meta    = `<office:document-meta xmlns:office="o" xmlns:dc="d" xmlns:meta="m"><office:meta><dc:title>Мост</dc:title><meta:initial-creator>Ivanov</meta:initial-creator><dc:creator>Petrov</dc:creator><meta:creation-date>2015-09-25T08:00:00</meta:creation-date><dc:date>2015-09-26T17:45:00</dc:date><dc:language>ru</dc:language></office:meta></office:document-meta>`
	content = `<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b"><office:body><office:text>
<text:tracked-changes><text:changed-region><text:deletion><text:p>Мост закрыт.</text:p></text:deletion></text:changed-region></text:tracked-changes>
<text:h>Обзор</text:h><text:p>Мост<text:s text:c="2"/><text:span>открыт</text:span><text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Видели двое.</text:p></text:note-body></text:note>.<office:annotation><text:p>remark</text:p></office:annotation></text:p>
<table:table><table:table-row><table:table-cell><text:p>Город</text:p></table:table-cell><table:table-cell><text:p>Мост</text:p></table:table-cell></table:table-row></table:table>
</office:text></office:body></office:document-content>`
)

func TestDOCX(t *testing.T) {
	r := archive(t, [2]string{"word/document.xml", word}, [2]string{"word/footnotes.xml", notes}, [2]string{"docProps/core.xml", core})
	d, err := Read(t.Context(), r, r.Size())
	want := Document{Title: "Sitrep 14", Author: "Duty Officer", Language: "ar-IQ", Created: "2015-09-25T08:00:00Z", Modified: "2015-09-26T17:45:00Z",
		Text: "Overview\n\nThe bridge is open[1].\tDone.\n\nالجسر مفتوح\nاليوم\n\nTown\tState\nKirkuk (old)\topen\n\nLast.\n\n[1] Seen by two."}
	if err != nil || d != want {
		t.Errorf("%v\n%+v\nwant\n%+v", err, d, want)
	}
}

func TestODT(t *testing.T) {
	r := archive(t, [2]string{"mimetype", "application/vnd.oasis.opendocument.text"}, [2]string{"content.xml", content}, [2]string{"meta.xml", meta})
	d, err := Read(t.Context(), r, r.Size())
	want := Document{Title: "Мост", Author: "Ivanov", Language: "ru", Created: "2015-09-25T08:00:00", Modified: "2015-09-26T17:45:00",
		Text: "Обзор\n\nМост  открыт[1].\n\nГород\tМост\n\n[1] Видели двое."}
	if err != nil || d != want {
		t.Errorf("%v\n%+v\nwant\n%+v", err, d, want)
	}
}

func TestWhatIsNotRead(t *testing.T) {
	for name, c := range map[string]struct {
		content string
		want    error
	}{
		"nested":        {strings.Repeat("<w:p>", 1000), ErrTooBig},
		"a bomb":        {"<w:p>" + strings.Repeat(" ", MaxPart+1), ErrTooBig},
		"no XML at all": {"<", ErrNoDocument},
	} {
		r := archive(t, [2]string{"word/document.xml", c.content})
		if _, err := Read(t.Context(), r, r.Size()); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	r := archive(t, [2]string{"a.txt", "x"})
	if _, err := Read(t.Context(), r, r.Size()); !errors.Is(err, ErrNoDocument) {
		t.Error(err)
	}
	if _, err := Read(t.Context(), strings.NewReader("PK"), 2); !errors.Is(err, ErrNoDocument) {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r = archive(t, [2]string{"word/document.xml", word})
	if _, err := Read(ctx, r, r.Size()); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	// A part that breaks off gives what came before.
	r = archive(t, [2]string{"word/document.xml", word[:strings.Index(word, "<w:tbl>")]})
	if d, err := Read(t.Context(), r, r.Size()); err != nil || !strings.HasSuffix(d.Text, "اليوم") {
		t.Errorf("%q, %v", d.Text, err)
	}
}

func FuzzDOCX(f *testing.F) {
	fuzz(f, "word/document.xml", word, notes, "<w:p><w:t>x", "<a><w:tc></w:tr>")
}
func FuzzODT(f *testing.F) { fuzz(f, "content.xml", content, meta, "<text:note><text:note>") }

func fuzz(f *testing.F, part string, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		r := archive(t, [2]string{part, string(body)}, [2]string{"word/footnotes.xml", string(body)}, [2]string{"meta.xml", string(body)})
		d, err := Read(t.Context(), r, r.Size())
		if err != nil && !errors.Is(err, ErrNoDocument) && !errors.Is(err, ErrTooBig) {
			t.Error(err)
		}
		if !utf8.ValidString(d.Text) {
			t.Errorf("%q", d.Text)
		}
	})
}
