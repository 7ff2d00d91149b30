package files

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
	"entente/internal/gather/files/geo"
)

// Input is one file to read.
type Input struct {
	// Name is the file's path as a person knows it, with slashes. Its ending
	// decides the format, and the external ids of documents that have none of
	// their own begin with it: under the same name a file is taken once.
	Name string
	// Reader gives the content. One that is also an io.ReaderAt is not copied
	// into memory for formats that need to jump in it (.zip, .xlsx).
	Reader io.Reader
	Size   int64     // in bytes; 0 where unknown
	Now    time.Time // Document.Fetched
	// Mapping overrides what is guessed of a table's columns, field by field.
	Mapping Mapping
	// ParseMarking reads a marking column. Nil reads members' codes and levels,
	// but no groups.
	ParseMarking func(text string) (centre.Marking, error)

	// Readers are asked for each file, also within archives: one whose format
	// Parse does not read goes to the surest of them, and one of a format that
	// Parse reads where a reader knows it for its own (a row of an event database
	// in a .csv). Source is handed to them; documents they yield have its ID.
	Readers []gather.Reader
	Source  centre.Source
	// Events and Tracks take what readers bring beside documents, in batches of
	// gather.MaxEvents; nil where they are not wanted. An error of theirs ends
	// the reading as one of yield does.
	Events func([]centre.Event) error
	Tracks func([]centre.Track) error
}

// Report tells what Parse found.
type Report struct {
	Good   int       // documents that were yielded
	Events int       // events, by readers
	Tracks int       // tracks, by readers
	Bad    int       // documents, rows and files that were left out
	Listed []Refusal // the first MaxListed of those
	Tables []Table   // how the columns of each table were understood
	Notes  []string  // sentences on what was taken with reservations
}

// MaxListed is how many refusals a Report lists by name.
const MaxListed = 500

// Refusal is one thing that was left out, and why.
type Refusal struct {
	File   string `json:"file"`
	Line   int    `json:"line"`   // from 1; of a spreadsheet the row; 0 for a whole file
	Reason string `json:"reason"` // a sentence
}

// String prints the refusal for a person.
func (r Refusal) String() string {
	if r.Line == 0 {
		return fmt.Sprintf("%s: %s", r.File, r.Reason)
	}
	return fmt.Sprintf("%s, line %d: %s", r.File, r.Line, r.Reason)
}

// Table tells how the columns of one table were understood.
type Table struct {
	File    string   `json:"file"`
	Columns []string `json:"columns"`
	Mapping Mapping  `json:"mapping"`
}

// Parse reads one file and yields its documents one after the other, without
// Source and ID. An error of yield, or of ctx, ends it and is returned as it is.
// A file of which nothing can be read is an error of code CodeInvalid with a
// sentence; one that breaks off after good documents is none, and the Report
// lists where. The Report is valid also where there is an error.
func Parse(ctx context.Context, in Input, yield func(centre.Document) error) (Report, error) {
	p := &parser{ctx: ctx, in: in, yield: yield, seen: map[string]bool{}}
	if p.in.ParseMarking == nil {
		p.in.ParseMarking = func(text string) (centre.Marking, error) {
			return centre.ParseMarking(text, centre.Audience{})
		}
	}
	err := p.file(in.Name, in.Reader, in.Size, false)
	if err == nil {
		return p.report, nil
	}
	if y, ok := errors.AsType[*yieldError](err); ok {
		return p.report, y.err
	}
	if fatal(err) != nil {
		return p.report, err
	}
	if p.report.Good+p.report.Events+p.report.Tracks > 0 {
		p.refuse(in.Name, 0, err.Error())
		return p.report, nil
	}
	return p.report, &centre.Error{Code: centre.CodeInvalid, Message: show(in.Name) + " cannot be taken: " + full(err.Error()), Cause: err}
}

type parser struct {
	ctx    context.Context
	in     Input
	yield  func(centre.Document) error
	report Report
	seen   map[string]bool // notes
}

// file reads one file, or one of an archive.
func (p *parser) file(name string, r io.Reader, size int64, inArchive bool) error {
	if err := p.ctx.Err(); err != nil {
		return err
	}
	r = &interruptible{p.ctx, r}
	head, r, err := peek(r, size)
	if err != nil {
		return err
	}
	if len(head) < headSize && len(bytes.TrimSpace(head)) == 0 {
		return centre.Invalid("it is empty")
	}
	format := formatOf(name, head)
	// An archive is opened: what a reader sees in its first bytes is one file of it.
	if format != "zip" && format != "tar" && format != "gzip" || inArchive {
		if reader := readerOf(p.in.Readers, name, head, format); reader != nil {
			return p.foreign(reader, name, r)
		}
	}
	switch format {
	case "text":
		return p.whole(name, r, p.plain)
	case "html":
		return p.whole(name, r, p.page)
	case "mail":
		return p.whole(name, r, p.mail)
	case "csv":
		return p.inOrder(func() error { return p.csv(name, r) })
	case "json", "jsonl":
		return p.inOrder(func() error { return p.json(name, r, format == "jsonl") })
	case "xlsx":
		return p.sheet(name, r, size)
	case "pdf":
		return p.pdf(name, r)
	case "office":
		return p.office(name, r, size)
	case "geojson":
		return p.features(name, r, geo.GeoJSON)
	case "kml":
		return p.features(name, r, geo.KML)
	case "gpx":
		return p.features(name, r, geo.GPX)
	case "kmz":
		return p.kmz(name, r, size)
	case "zip", "tar", "gzip":
		if inArchive {
			return centre.Invalid("it is an archive within an archive, which is not opened: unpack it first")
		}
		switch format {
		case "tar":
			return p.tar(name, r, &budget{left: maxTotal})
		case "gzip":
			return p.gzip(name, r)
		}
		return p.archive(name, r, size)
	}
	return centre.Invalid("it is of no kind that can be read; the kinds are %s", strings.Join(Formats(), ", "))
}

// peek gives the first bytes of a file, and a reader that still has them.
func peek(r io.Reader, size int64) ([]byte, io.Reader, error) {
	if i, ok := r.(*interruptible); ok && size > 0 {
		if at, isAt := i.r.(io.ReaderAt); isAt {
			head := make([]byte, min(size, headSize))
			n, err := at.ReadAt(head, 0)
			if err != nil && err != io.EOF {
				return nil, nil, unreadable(err)
			}
			return head[:n], r, nil
		}
	}
	b := bufio.NewReaderSize(r, headSize)
	head, err := b.Peek(headSize)
	if err != nil && err != io.EOF {
		return nil, nil, unreadable(err)
	}
	return head, b, nil
}

// interruptible stops a reader when ctx is done.
type interruptible struct {
	ctx context.Context
	r   io.Reader
}

func (i *interruptible) Read(b []byte) (int, error) {
	if err := i.ctx.Err(); err != nil {
		return 0, err
	}
	return i.r.Read(b)
}

// readerAt gives what is behind r as an io.ReaderAt, in memory where it is none.
func readerAt(r io.Reader, size, most int64) (io.ReaderAt, int64, error) {
	if i, ok := r.(*interruptible); ok {
		if at, isAt := i.r.(io.ReaderAt); isAt && size > 0 {
			return at, size, nil
		}
	}
	body, err := readAll(r, min(most, maxInMemory))
	return bytes.NewReader(body), int64(len(body)), err
}

// maxInMemory is how much of an archive is held in memory where it does not come
// as an io.ReaderAt.
const maxInMemory = 128 << 20

// readAll reads everything, and refuses more than most bytes.
func readAll(r io.Reader, most int64) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, most+1))
	if err != nil {
		return nil, unreadable(err)
	}
	if int64(len(body)) > most {
		return nil, centre.Invalid("it is larger than %d MB, which is the most that is taken: divide it", most>>20)
	}
	return body, nil
}

// unreadable makes a sentence of an error in reading, and leaves a cancelled
// context and our own sentences alone.
func unreadable(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || centre.CodeOf(err) != "" {
		return err
	}
	return centre.Invalid("it cannot be read to its end: %w", err)
}

// whole reads a file that holds one document.
func (p *parser) whole(name string, r io.Reader, read func(name string, body []byte) (centre.Document, error)) error {
	body, err := readAll(r, centre.MaxBody)
	if err != nil {
		return err
	}
	if len(bytes.TrimSpace(body)) == 0 {
		return centre.Invalid("it is empty")
	}
	doc, err := read(name, body)
	if err != nil {
		return err
	}
	return p.take(doc)
}

// take hands over one document.
func (p *parser) take(doc centre.Document) error {
	doc.Fetched = p.in.Now
	doc.Body = gather.CleanText(doc.Body)
	if strings.TrimSpace(doc.Body) == "" && doc.Title == "" {
		return centre.Invalid("it holds no text")
	}
	if len(doc.Body) > centre.MaxBody {
		return centre.Invalid("its text is larger than %d MB, which is the most that is taken: divide it", centre.MaxBody>>20)
	}
	if doc.MediaType == "" {
		doc.MediaType = "text/plain"
	}
	var problem string
	if doc.Published, problem = gather.Plausible(doc.Published, p.in.Now); problem != "" {
		doc.Problems = append(doc.Problems, problem)
	}
	doc.Updated, _ = gather.Plausible(doc.Updated, p.in.Now)
	if err := p.yield(doc); err != nil {
		return &yieldError{err}
	}
	p.report.Good++
	return nil
}

// yieldError tells a refusal by yield, which ends everything, from one about a
// document.
type yieldError struct{ err error }

func (e *yieldError) Error() string { return e.err.Error() }

// fatal gives the error that ends the reading, and nil where err is about one
// document only.
func fatal(err error) error {
	if y, ok := errors.AsType[*yieldError](err); ok {
		return y
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return nil
}

// refuse lists something that is left out.
func (p *parser) refuse(file string, line int, reason string) {
	p.report.Bad++
	if len(p.report.Listed) < MaxListed {
		p.report.Listed = append(p.report.Listed, Refusal{File: show(file), Line: line, Reason: capital(full(reason))})
	}
}

// inOrder lists what read refuses in the order of lines: some rows are looked at
// before their turn.
func (p *parser) inOrder(read func() error) error {
	first := len(p.report.Listed)
	err := read()
	slices.SortStableFunc(p.report.Listed[first:], func(a, b Refusal) int { return cmp.Compare(a.Line, b.Line) })
	return err
}

// full ends a sentence with its full stop.
func full(s string) string {
	s = strings.Join(strings.Fields(gather.CleanText(s)), " ")
	if s == "" || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") {
		return s
	}
	return s + "."
}

// capital begins a sentence with a capital letter.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// note adds a sentence once.
func (p *parser) note(format string, args ...any) {
	sentence := fmt.Sprintf(format, args...)
	if !p.seen[sentence] && len(p.seen) < MaxListed {
		p.seen[sentence] = true
		p.report.Notes = append(p.report.Notes, sentence)
	}
}

// toUTF8 reads the bytes of a whole file.
func toUTF8(body []byte) fetch.Text {
	return fetch.ToUTF8(body, wideType(body))
}

// show makes a file's name fit for a sentence.
func show(name string) string {
	name = strings.Join(strings.Fields(gather.CleanText(name)), " ")
	if r := []rune(name); len(r) > 200 {
		name = "…" + string(r[len(r)-199:])
	}
	return name
}
