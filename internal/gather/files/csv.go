package files

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"

	"entente/internal/centre"
)

var statedDivider = regexp.MustCompile(`^(?i:sep)=([,;|\t])\r?\n`)

// csv reads a table whose columns are divided by a character.
func (p *parser) csv(name string, r io.Reader) error {
	reader, _, err := utf8Reader(r)
	if err != nil {
		return err
	}
	start, err := reader.Peek(reader.Size())
	if err != nil && err != io.EOF {
		return unreadable(err)
	}
	if len(bytes.TrimSpace(start)) == 0 {
		return centre.Invalid("it is empty")
	}
	lines := &csvReader{r: reader}
	// Excel writes the divider into a first line of its own.
	if m := statedDivider.FindSubmatch(start); m != nil && len(start) > len(m[0]) {
		lines.comma, lines.quotes, lines.line = m[1][0], true, 1
		_, _ = reader.Discard(len(m[0])) // it was looked at just now
	} else {
		lines.comma, lines.quotes = divider(start, err == io.EOF)
	}
	var first row
	for {
		if first, err = lines.next(); err == nil {
			break
		}
		bad, ok := err.(*badRow)
		if !ok {
			return unreadable(err)
		}
		p.refuse(name, bad.line, bad.reason)
	}
	t := &table{name: name, reading: lines}
	if looksLikeHeader(first.cells) {
		t.header = headerOf(first.cells)
	} else {
		t.header = headerOf(make([]string, len(first.cells)))
		t.ahead = []row{first}
		p.note("%s: the first row looks like values, so the columns are numbered.", show(name))
	}
	return p.table(t)
}

// divider guesses which character divides columns, and whether quotes mean
// anything, from the start of a file: the choice under which most rows have the
// same number of columns, at least two.
func divider(start []byte, complete bool) (comma byte, quotes bool) {
	comma, quotes = ',', true
	best := 0
	for _, c := range []byte{',', ';', '\t', '|'} {
		for _, q := range []bool{true, false} {
			lines := &csvReader{r: bufio.NewReader(bytes.NewReader(start)), comma: c, quotes: q}
			counts := map[int]int{}
			var widths []int
			bad := 0
			for len(widths)+bad < 50 {
				r, err := lines.next()
				if _, isBad := err.(*badRow); isBad {
					bad++
					continue
				}
				if err != nil {
					break
				}
				widths = append(widths, len(r.cells))
			}
			if !complete && len(widths) > 1 { // the last row is cut off
				widths = widths[:len(widths)-1]
			}
			for _, w := range widths {
				counts[w]++
			}
			alike := 0
			for w, n := range counts {
				if w > 1 {
					alike = max(alike, n*1000/(len(widths)+bad))
				}
			}
			// Unlike rows speak against it, the header's width for it, and so do
			// quotes that work.
			if len(widths) > 0 && widths[0] > 1 && counts[widths[0]] > 0 {
				alike += 10 + min(widths[0], 20)
			}
			if q {
				alike++
				if bytes.Contains(start, []byte{c, '"'}) || start[0] == '"' {
					alike += 50
				}
			}
			if alike > best {
				best, comma, quotes = alike, c, q
			}
		}
	}
	return comma, quotes
}

// csvReader reads rows after RFC 4180, and after what programs write that do not
// hold to it. A quote within a field that has none at its start is a letter, as
// is what follows a closing quote on the same line. A quote that is never
// closed, or closes in the middle of a later field, spoils its own line alone:
// reading goes on with the next.
type csvReader struct {
	r       *bufio.Reader
	comma   byte
	quotes  bool
	pending []string // lines that were read too far
	line    int      // of the last line that was given out
	failure error
	again   int // bytes that were read more than once
}

// maxAgain is how many bytes are read again after quotes that never close. Only
// a file made to waste time needs more.
const maxAgain = 256 << 20

func (c *csvReader) next() (row, error) {
	for {
		text, err := c.readLine()
		if err != nil {
			return row{}, err
		}
		if strings.TrimSpace(text) == "" {
			continue
		}
		return c.record(text)
	}
}

// record reads the row that begins with a line.
func (c *csvReader) record(text string) (row, error) {
	r := row{line: c.line}
	var field strings.Builder
	rest := text
	for {
		if c.quotes && strings.HasPrefix(rest, `"`) {
			q := quoted{reader: c, start: r.line, size: len(text)}
			after, err := q.read(&field, rest[1:])
			if err != nil {
				return row{}, err
			}
			rest = after
		}
		end := strings.IndexByte(rest, c.comma)
		if end < 0 {
			field.WriteString(rest)
			r.cells = append(r.cells, field.String())
			return r, nil
		}
		field.WriteString(rest[:end])
		r.cells = append(r.cells, field.String())
		field.Reset()
		rest = rest[end+1:]
	}
}

// quoted is a field in quotes, which may go on over many lines.
type quoted struct {
	reader *csvReader
	start  int      // line of its row
	more   []string // lines of it after that
	size   int      // bytes of the row so far
}

// read writes the field's text after its opening quote, and gives what is behind
// the closing one.
func (q *quoted) read(field *strings.Builder, rest string) (string, error) {
	for {
		end := strings.IndexByte(rest, '"')
		if end < 0 {
			field.WriteString(rest)
			line, err := q.reader.readLine()
			if _, long := errors.AsType[*badRow](err); err == io.EOF || long {
				return "", q.spoilt("it opens a quote that is never closed")
			}
			if err != nil {
				return "", err
			}
			q.more = append(q.more, line)
			if q.size += len(line); q.size > centre.MaxBody {
				return "", q.spoilt("it opens a quote that is never closed")
			}
			field.WriteByte('\n')
			rest = line
			continue
		}
		field.WriteString(rest[:end])
		rest = rest[end+1:]
		switch {
		case strings.HasPrefix(rest, `"`):
			field.WriteByte('"')
			rest = rest[1:]
		case len(q.more) > 0 && rest != "" && rest[0] != q.reader.comma:
			return "", q.spoilt("it opens a quote that does not close before a later one opens")
		default:
			return rest, nil
		}
	}
}

// spoilt gives the lines after the row's first back to the reader.
func (q *quoted) spoilt(reason string) error {
	c := q.reader
	if c.again += q.size; c.again > maxAgain {
		return centre.Invalid("its quotes do not close in too many places; nothing after line %d was read", q.start)
	}
	c.pending = slices.Concat(q.more, c.pending)
	c.line = q.start
	return &badRow{q.start, reason}
}

// readLine gives the next line without its end. One that is longer than a
// document may be is a *badRow.
func (c *csvReader) readLine() (string, error) {
	if len(c.pending) > 0 {
		text := c.pending[0]
		c.pending = c.pending[1:]
		c.line++
		return text, nil
	}
	if c.failure != nil {
		return "", c.failure
	}
	var b []byte
	long := false
	for {
		part, err := c.r.ReadSlice('\n')
		if !long {
			b = append(b, part...)
		}
		if len(b) > centre.MaxBody {
			long, b = true, nil
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		if err != nil {
			c.failure = err
			if len(b) == 0 && !long {
				return "", err
			}
			if err != io.EOF {
				return "", err
			}
		}
		break
	}
	c.line++
	if long {
		return "", &badRow{c.line, "it is longer than 15 MB, which is the most that is taken"}
	}
	return strings.TrimSuffix(strings.TrimSuffix(string(b), "\n"), "\r"), nil
}
