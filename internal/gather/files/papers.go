package files

import (
	"errors"
	"io"
	"regexp"
	"strings"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/files/office"
	"entente/internal/gather/files/pdf"
)

// pdf reads the text of a PDF. When the file was made is told as a property: the
// report in it may be older (a page that was printed today).
func (p *parser) pdf(name string, r io.Reader) error {
	body, err := readAll(r, pdf.MaxFile)
	if err != nil {
		return err
	}
	d, err := pdf.Read(p.ctx, body)
	switch {
	case errors.Is(err, pdf.ErrEncrypted):
		return centre.Invalid("it is encrypted: save it without a password or restrictions first")
	case err != nil && fatal(err) == nil:
		return centre.Invalid("it is no PDF that can be read, or is damaged: print it to a new PDF")
	case err != nil:
		return err
	case strings.TrimSpace(d.Text) == "" && d.Pictures:
		return centre.Invalid("it has no text layer: its %s are pictures, so have it read by text recognition (OCR) first", count(d.Pages, "page"))
	case strings.TrimSpace(d.Text) == "":
		return centre.Invalid("it has no text layer")
	}
	doc := centre.Document{ExternalID: name, Title: gather.PlainLine(d.Title), Author: gather.PlainLine(d.Author), Language: languageTag(d.Language), MediaType: "text/plain", Body: d.Text}
	doc.Properties = made(pdfDate(d.Created))
	doc.Updated, _ = gather.ParseDate(pdfDate(d.Modified), centre.BasisPage)
	if d.Unread > 0 {
		doc.Problems = append(doc.Problems, "The PDF does not say which letters "+count(d.Unread, "sign")+" are; they show as \uFFFD.")
	}
	if d.Cut {
		doc.Problems = append(doc.Problems, "The PDF is longer than is taken; its end was left out.")
	}
	return p.take(doc)
}

var aPDFDate = regexp.MustCompile(`^(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?\s*([Zz+\-])?(\d\d)?'?(\d\d)?`)

// pdfDate turns a date of a PDF (ISO 32000-1, 7.9.4), "D:20150926174500+03'00'",
// into one of ISO 8601, with what of it is there.
func pdfDate(text string) string {
	m := aPDFDate.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return text
	}
	out := m[1]
	for _, part := range m[2:4] {
		if part == "" {
			return out
		}
		out += "-" + part
	}
	if m[4] == "" || m[5] == "" {
		return out
	}
	out += "T" + m[4] + ":" + m[5]
	if m[6] != "" {
		out += ":" + m[6]
	}
	switch {
	case m[7] == "":
	case m[8] == "" || m[7] == "Z" || m[7] == "z":
		out += "Z"
	case m[9] == "":
		out += m[7] + m[8] + ":00"
	default:
		out += m[7] + m[8] + ":" + m[9]
	}
	return out
}

// maxPaper is the largest DOCX or ODT.
const maxPaper = 64 << 20

// office reads the text of a word processor's file. When it was made may be when
// its template was, so it is told as a property and is no time of publication.
func (p *parser) office(name string, r io.Reader, size int64) error {
	body, size, err := readerAt(r, size, maxPaper)
	if err != nil {
		return err
	}
	if size > maxPaper {
		return centre.Invalid("it is larger than %d MB, which is the most that is taken: leave its pictures out", maxPaper>>20)
	}
	d, err := office.Read(p.ctx, body, size)
	switch {
	case errors.Is(err, office.ErrTooBig):
		return centre.Invalid("it unfolds to more than %d MB or is nested too deep: save it as plain text", office.MaxPart>>20)
	case err != nil && fatal(err) == nil:
		return centre.Invalid("it is no DOCX or ODT that can be read, or has a password: save it again without one")
	case err != nil:
		return err
	case d.Text == "":
		return centre.Invalid("it holds no text")
	}
	doc := centre.Document{ExternalID: name, Title: gather.PlainLine(d.Title), Author: gather.PlainLine(d.Author), Language: languageTag(d.Language), MediaType: "text/plain", Body: d.Text}
	doc.Properties = made(d.Created)
	doc.Updated, _ = gather.ParseDate(d.Modified, centre.BasisPage)
	if d.Cut {
		doc.Problems = append(doc.Problems, "The text is longer than is taken; its end was left out.")
	}
	return p.take(doc)
}

// made tells when a file was made, where that can be read.
func made(text string) []centre.Property {
	at, ok := gather.ParseDate(text, centre.BasisPage)
	if !ok {
		return nil
	}
	return []centre.Property{{Name: "created", Value: at.Time.Format("2006-01-02T15:04:05Z07:00")}}
}
