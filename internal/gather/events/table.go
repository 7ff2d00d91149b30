package events

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"entente/internal/centre"
	"entente/internal/gather/fetch"
)

// Limits of what is read.
const (
	maxLine   = 4 << 20 // bytes of one line
	maxRow    = 1 << 20 // bytes of one row whose quotes go over several lines
	maxJoined = 200     // lines of such a row
	maxCells  = 1000    // columns
)

// lines reads a text line by line.
type lines struct {
	ctx     context.Context
	r       *bufio.Reader
	n       int      // lines given out
	pending []string // read too far, to be given out again
	long    []byte   // a line that does not fit into the reader's buffer
}

func newLines(ctx context.Context, r io.Reader) *lines {
	return &lines{ctx: ctx, r: bufio.NewReaderSize(r, 64<<10)}
}

// errLong is a line of more than maxLine bytes; reading goes on behind it.
var errLong = errors.New("it is longer than 4 MB")

// next gives the next line without its end. io.EOF ends the text.
func (l *lines) next() (string, error) {
	l.n++
	if len(l.pending) > 0 {
		line := l.pending[0]
		l.pending = l.pending[1:]
		return line, nil
	}
	if l.n%512 == 0 && l.ctx.Err() != nil {
		return "", l.ctx.Err()
	}
	part, err := l.r.ReadSlice('\n')
	if err == nil {
		return string(trimEnd(part)), nil
	}
	l.long = append(l.long[:0], part...)
	tooLong := false
	for err == bufio.ErrBufferFull {
		part, err = l.r.ReadSlice('\n')
		if tooLong = tooLong || len(l.long)+len(part) > maxLine; !tooLong {
			l.long = append(l.long, part...)
		}
	}
	switch {
	case tooLong:
		return "", errLong
	case err == nil || err == io.EOF && len(l.long) > 0:
		return string(trimEnd(l.long)), nil
	case l.ctx.Err() != nil:
		return "", l.ctx.Err()
	case err != io.EOF:
		return "", centre.Refuse(centre.CodeUnavailable, "The content breaks off or cannot be read after line %d; give the file whole. (%w)", l.n-1, err)
	}
	return "", io.EOF
}

func trimEnd(line []byte) []byte {
	if n := len(line); n > 0 && line[n-1] == '\n' {
		line = line[:n-1]
	}
	if n := len(line); n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	return line
}

// badRow is a row that cannot be read, and why. Reading goes on behind it.
type badRow struct {
	line   int
	reason string
}

func (b *badRow) Error() string { return b.reason }

// table reads rows divided by a character after RFC 4180.
type table struct {
	*lines
	comma byte
	width int // columns that a row must have; 0 before the header is known
	cells []string
}

// row gives the cells of the next row that is not blank, and the number of its
// first line. The cells are valid until the next call. A row whose quotes never
// close, or close so that the number of columns is wrong, spoils its own line
// alone.
func (t *table) row() (cells []string, line int, err error) {
	for {
		first, err := t.next()
		line = t.n
		if err == errLong {
			return nil, line, &badRow{line, err.Error()}
		}
		if err != nil {
			return nil, line, err
		}
		if strings.TrimSpace(first) == "" {
			continue
		}
		cells, err = t.record(first, line)
		return cells, line, err
	}
}

func (t *table) record(first string, line int) ([]string, error) {
	if strings.IndexByte(first, '"') < 0 {
		return t.split(first), nil
	}
	open := strings.Count(first, `"`)%2 == 1
	if !open {
		return t.split(first), nil
	}
	more := []string{}
	size := len(first)
	for open && len(more) < maxJoined && size < maxRow {
		next, err := t.next()
		if err != nil {
			if err == io.EOF || err == errLong {
				t.n-- // it is met again
				break
			}
			return nil, err
		}
		more = append(more, next)
		size += len(next)
		open = open != (strings.Count(next, `"`)%2 == 1)
	}
	if !open {
		cells := t.split(first + "\n" + strings.Join(more, "\n"))
		if t.width == 0 || len(cells) == t.width {
			return cells, nil
		}
	}
	t.pending = append(more, t.pending...)
	t.n = line
	return nil, &badRow{line, "it opens a quote that is not closed where its field ends"}
}

// split divides a row into its cells. A quote inside a field that does not
// begin with one is a letter.
func (t *table) split(row string) []string {
	t.cells = t.cells[:0]
	for len(t.cells) < maxCells {
		if strings.HasPrefix(row, `"`) {
			cell, rest := quoted(row[1:])
			end := strings.IndexByte(rest, t.comma)
			if end < 0 {
				t.cells = append(t.cells, cell+rest)
				return t.cells
			}
			if end > 0 {
				cell += rest[:end]
			}
			t.cells = append(t.cells, cell)
			row = rest[end+1:]
			continue
		}
		end := strings.IndexByte(row, t.comma)
		if end < 0 {
			break
		}
		t.cells = append(t.cells, row[:end])
		row = row[end+1:]
	}
	t.cells = append(t.cells, row)
	return t.cells
}

// quoted reads a field behind its opening quote and gives what follows it.
func quoted(s string) (cell, rest string) {
	doubled := false
	for at := 0; ; {
		end := strings.IndexByte(s[at:], '"')
		if end < 0 {
			cell, rest = s, ""
			break
		}
		at += end
		if at+1 < len(s) && s[at+1] == '"' {
			doubled = true
			at += 2
			continue
		}
		cell, rest = s[:at], s[at+1:]
		break
	}
	if doubled {
		cell = strings.ReplaceAll(cell, `""`, `"`)
	}
	return cell, rest
}

// divider is the character that divides a header line best.
func divider(line string) byte {
	best, most := byte(','), 0
	for _, c := range []byte{',', ';', '\t', '|'} {
		if n := strings.Count(line, string(c)); n > most {
			best, most = c, n
		}
	}
	return best
}

// columnName folds the spellings of a column's name.
func columnName(s string) string {
	s = strings.ToLower(strings.Trim(strings.TrimSpace(s), `"`))
	return strings.ReplaceAll(strings.TrimSpace(s), " ", "_")
}

// columns finds where the known columns stand in a header: for each name its
// place, or -1. Of a name that stands twice the first counts.
func columns(header []string, names []string) []int {
	at := make([]int, len(names))
	for i, name := range names {
		at[i] = -1
		for j, h := range header {
			if columnName(h) == name {
				at[i] = j
				break
			}
		}
	}
	return at
}

// pick puts the cells of the known columns in their order; "" where one is
// missing.
func pick(to, cells []string, at []int) {
	for i, j := range at {
		to[i] = ""
		if j >= 0 && j < len(cells) {
			to[i] = cells[j]
		}
	}
}

// utf8Reader reads text of any character set as UTF-8 without a mark.
func utf8Reader(r io.Reader) *bufio.Reader {
	const sample = 64 << 10
	raw := bufio.NewReaderSize(r, sample)
	head, _ := raw.Peek(sample)
	if end := strings.LastIndexByte(string(head), '\n'); end > 0 && len(head) == sample {
		head = head[:end]
	}
	name := fetch.ToUTF8(head, "").Charset
	var decoder transform.Transformer = unicode.UTF8BOM.NewDecoder()
	switch name {
	case "utf-8", "":
		if !strings.HasPrefix(string(head), "\xef\xbb\xbf") {
			return raw // what is no UTF-8 in it is replaced field by field
		}
	case "utf-16le":
		decoder = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()
	case "utf-16be":
		decoder = unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder()
	default:
		if encoding, _ := charset.Lookup(name); encoding != nil {
			decoder = encoding.NewDecoder()
		}
	}
	return bufio.NewReaderSize(transform.NewReader(raw, decoder), sample)
}
