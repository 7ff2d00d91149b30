package files

import (
	"io"

	"github.com/xuri/excelize/v2"

	"entente/internal/centre"
)

// Limits of spreadsheets, in bytes: of the file, and of what it unfolds to.
const (
	maxWorkbook = 64 << 20
	maxUnfolded = 256 << 20
	maxColumns  = 1000
)

// sheet reads the tables of a workbook, one a sheet. A sheet without a text
// column is passed over where another has one.
func (p *parser) sheet(name string, r io.Reader, size int64) error {
	body, size, err := readerAt(r, size, maxWorkbook)
	if err != nil {
		return err
	}
	if size > maxWorkbook {
		return centre.Invalid("it is larger than %d MB, which is the most that is taken of a workbook: save it as .csv", maxWorkbook>>20)
	}
	var book *excelize.File
	err = contain(func() (err error) {
		book, err = excelize.OpenReader(io.NewSectionReader(body, 0, size), excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnfolded, UnzipXMLSizeLimit: 16 << 20})
		return err
	})
	if err != nil {
		if fatal(err) != nil {
			return err
		}
		return centre.Invalid("it is no workbook that can be read, or has a password, or unfolds to more than %d MB: save it again as .xlsx, or as .csv", maxUnfolded>>20)
	}
	defer book.Close()
	since1904 := false
	if props, err := book.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		since1904 = *props.Date1904
	}
	var without error
	taken := false
	sheets := book.GetSheetList()
	for _, title := range sheets {
		label := name
		if len(sheets) > 1 {
			label = name + "/" + title
		}
		switch err := p.inOrder(func() error { return p.oneSheet(book, title, label, since1904) }); {
		case err == nil:
			taken = true
		case fatal(err) != nil:
			return err
		case without == nil || without == errEmptySheet:
			without = err
		}
	}
	if taken {
		return nil
	}
	return without
}

var errEmptySheet = centre.Invalid("it is empty")

// contain runs a part of the library, which has panicked on broken workbooks.
// That is the file's fault, not the program's.
func contain(f func() error) (err error) {
	defer func() {
		if recover() != nil {
			err = centre.Invalid("it is no workbook that can be read: save it again as .xlsx, or as .csv")
		}
	}()
	return f()
}

func (p *parser) oneSheet(book *excelize.File, title, label string, since1904 bool) error {
	var lines *excelize.Rows
	err := contain(func() (err error) {
		lines, err = book.Rows(title)
		return err
	})
	if err != nil {
		return centre.Invalid("its sheet %s cannot be read", show(title))
	}
	defer lines.Close()
	reading := &sheetRows{lines: lines}
	// Titles and remarks often stand above the table: its header is the first row
	// that is as wide as the rows below it.
	var first []row
	for len(first) < 20 {
		r, err := reading.next()
		if err != nil {
			if err != io.EOF && len(first) == 0 {
				return err
			}
			break
		}
		first = append(first, r)
	}
	if len(first) == 0 {
		return errEmptySheet
	}
	width := 0
	for _, r := range first {
		width = max(width, filled(r.cells))
	}
	head := 0
	for i, r := range first {
		if filled(r.cells)*10 >= width*7 {
			head = i
			break
		}
	}
	t := &table{name: label, loose: true, sheet: true, since1904: since1904, reading: reading}
	if looksLikeHeader(first[head].cells) {
		t.header = headerOf(first[head].cells)
		t.ahead = first[head+1:]
	} else {
		t.header = headerOf(make([]string, width))
		t.ahead = first[head:]
		p.note("%s: the first row looks like values, so the columns are numbered.", show(label))
	}
	return p.table(t)
}

func filled(cells []string) int {
	n := 0
	for _, c := range cells {
		if c != "" {
			n++
		}
	}
	return n
}

// sheetRows reads the rows of a sheet; empty ones are passed over.
type sheetRows struct {
	lines *excelize.Rows
	line  int
}

func (s *sheetRows) next() (r row, err error) {
	err = contain(func() (err error) {
		r, err = s.read()
		return err
	})
	return r, err
}

func (s *sheetRows) read() (row, error) {
	for s.lines.Next() {
		s.line++
		cells, err := s.lines.Columns()
		if err != nil {
			return row{}, &badRow{s.line, "it cannot be read"}
		}
		if len(cells) > maxColumns {
			return row{}, &badRow{s.line, "it has more than 1000 columns"}
		}
		if filled(cells) > 0 {
			return row{s.line, cells}, nil
		}
	}
	if s.lines.Error() != nil {
		return row{}, centre.Invalid("the sheet cannot be read behind row %d", s.line)
	}
	return row{}, io.EOF
}
