package office

import (
	"archive/zip"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// Errors of Read beside the context's.
var (
	// ErrNoDocument: the archive cannot be read, or holds no text document.
	ErrNoDocument = errors.New("no text document")
	// ErrTooBig: a part unfolds to more than MaxPart, or is nested too deep.
	ErrTooBig = errors.New("the document is too big or nested too deep")
)

// MaxPart is how many bytes one part of a file may unfold to.
const MaxPart = 96 << 20

const (
	maxDepth   = 500
	maxText    = 16 << 20
	maxEntries = 20_000
)

// Document is what a file holds.
type Document struct {
	Title, Author     string // "" where the file does not say
	Language          string // a tag; "" where the file does not say
	Created, Modified string // ISO 8601 as the file has it; "" where it does not say
	Text              string
	Cut               bool // the text was longer than is taken
}

// Read reads a DOCX or an ODT; which of them is told by what is in it.
func Read(ctx context.Context, r io.ReaderAt, size int64) (Document, error) {
	archive, err := zip.NewReader(r, size)
	if err != nil || len(archive.File) > maxEntries {
		return Document{}, ErrNoDocument
	}
	parts := map[string]*zip.File{}
	for _, f := range archive.File {
		parts[strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")] = f
	}
	b := &book{ctx: ctx, parts: parts, notes: map[string]int{}}
	var doc Document
	switch {
	case parts["word/document.xml"] != nil:
		err = b.docx(&doc)
	case parts["content.xml"] != nil:
		err = b.odt(&doc)
	default:
		return doc, ErrNoDocument
	}
	doc.Cut = b.out.cut || b.end.cut
	doc.Text = strings.TrimSpace(b.out.finish() + "\n\n" + b.end.finish())
	return doc, err
}

// book is a file being read.
type book struct {
	ctx   context.Context
	parts map[string]*zip.File
	out   flow           // the text
	end   flow           // the notes
	notes map[string]int // numbers of notes by their ids, in the order in which they are called
}

// visitor is told of each element of a part. start answers whether the element's
// content is to be read.
type visitor struct {
	start func(e xml.StartElement) bool
	stop  func(name string)
	text  func(s string)
}

// walk reads a part of the archive; one that is missing is empty.
func (b *book) walk(part string, v visitor) error {
	f := b.parts[part]
	if f == nil {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return ErrNoDocument
	}
	defer r.Close()
	limited := &io.LimitedReader{R: r, N: MaxPart}
	d := xml.NewDecoder(limited)
	d.Strict = false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // both standards ask for UTF-8
	for depth, n := 0, 0; ; n++ {
		if n%4096 == 0 && b.ctx.Err() != nil {
			return b.ctx.Err()
		}
		token, err := d.RawToken()
		if err != nil {
			if limited.N <= 0 {
				return ErrTooBig
			}
			if err == io.EOF || b.out.any() {
				return nil // what came before the damage counts
			}
			return ErrNoDocument
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return ErrTooBig
			}
			if !v.start(t) {
				if err := pass(d, limited); err != nil {
					return err
				}
				depth--
			}
		case xml.EndElement:
			depth--
			v.stop(t.Name.Local)
		case xml.CharData:
			v.text(string(t))
		}
	}
}

// pass reads to the end of the element that has just begun.
func pass(d *xml.Decoder, limited *io.LimitedReader) error {
	for depth := 1; depth > 0; {
		token, err := d.RawToken()
		if err != nil {
			if limited.N <= 0 {
				return ErrTooBig
			}
			return nil
		}
		switch token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
	return nil
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// number gives a note its number when it is called first.
func (b *book) number(id string) string {
	if b.notes[id] == 0 {
		b.notes[id] = len(b.notes) + 1
	}
	return "[" + strconv.Itoa(b.notes[id]) + "]"
}

// flow puts paragraphs and tables together.
type flow struct {
	done   strings.Builder
	piece  strings.Builder // the paragraph, or the cell, that is being read
	row    []string
	tables int // that are open: inner ones become part of their cell
	rows   bool
	cut    bool
}

func (f *flow) write(s string) {
	if f.piece.Len()+f.done.Len()+len(s) > maxText {
		f.cut = true
		return
	}
	f.piece.WriteString(s)
}

func (f *flow) any() bool { return f.done.Len() > 0 || f.piece.Len() > 0 }

// paragraph ends a paragraph; within a cell it is a word's distance.
func (f *flow) paragraph() {
	if f.tables > 0 {
		if f.piece.Len() > 0 {
			f.piece.WriteByte(' ')
		}
		return
	}
	text := strings.TrimSpace(f.piece.String())
	f.piece.Reset()
	if text != "" {
		f.add("\n\n", text)
	}
}

func (f *flow) add(divider, text string) {
	if f.done.Len() > 0 {
		f.done.WriteString(divider)
	}
	f.done.WriteString(text)
}

func (f *flow) openTable() {
	if f.tables == 0 {
		f.paragraph()
		f.rows = false
	}
	f.tables++
}

func (f *flow) closeTable() { f.tables = max(0, f.tables-1) }

func (f *flow) cell() {
	if f.tables == 1 {
		f.row = append(f.row, strings.Join(strings.Fields(f.piece.String()), " "))
		f.piece.Reset()
	}
}

func (f *flow) closeRow() {
	if f.tables != 1 {
		return
	}
	line := strings.TrimRight(strings.Join(f.row, "\t"), "\t ")
	f.row = nil
	if strings.TrimSpace(line) == "" {
		return
	}
	divider := "\n\n"
	if f.rows {
		divider = "\n"
	}
	f.rows = true
	f.add(divider, line)
}

func (f *flow) finish() string {
	f.tables = 0
	f.paragraph()
	return f.done.String()
}
