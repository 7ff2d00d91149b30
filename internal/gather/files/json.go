package files

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"

	"entente/internal/centre"
)

// json reads objects: one a line, an array of them, one alone, or one that holds
// the array of them.
func (p *parser) json(name string, r io.Reader, byLine bool) error {
	reader, _, err := utf8Reader(r)
	if err != nil {
		return err
	}
	start, err := reader.Peek(reader.Size())
	if err != nil && err != io.EOF {
		return unreadable(err)
	}
	trimmed := bytes.TrimLeft(start, " \t\r\n")
	if len(trimmed) == 0 {
		return centre.Invalid("it is empty")
	}
	var objects objectReader
	switch {
	case trimmed[0] == '[':
		objects = newArrayReader(reader)
	case trimmed[0] != '{':
		return centre.Invalid("it holds no JSON object: it must begin with { or [")
	case byLine || manyLines(trimmed):
		objects = &lineReader{lines: csvReader{r: reader}}
	default:
		if objects, err = wrapped(reader); err != nil {
			return err
		}
	}
	return p.objects(name, objects)
}

// manyLines reports whether a text that begins with an object has another in its
// second line.
func manyLines(start []byte) bool {
	first, rest, _ := bytes.Cut(start, []byte("\n"))
	return json.Valid(first) && bytes.HasPrefix(bytes.TrimLeft(rest, " \t\r\n"), []byte("{"))
}

// object is one object with its fields in order; inner ones as "outer.inner".
type object struct {
	line   int
	keys   []string
	values map[string]string
}

// objectReader gives objects; io.EOF at the end, *badRow for one left out.
type objectReader interface {
	object() (object, error)
}

// objects reads a table whose header are the keys of the first objects.
func (p *parser) objects(name string, objects objectReader) error {
	t := &table{name: name, loose: true}
	source := &objectRows{objects: objects}
	var ahead []object
	for size := 0; len(ahead) < sampleRows && size < sampleBytes; {
		o, err := objects.object()
		if bad, ok := errors.AsType[*badRow](err); ok {
			p.refuse(name, bad.line, bad.reason)
			continue
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			if len(ahead) == 0 || fatal(err) != nil {
				return unreadable(err)
			}
			source.failure = err
			break
		}
		for _, k := range o.keys {
			size += len(o.values[k])
			if !slices.Contains(t.header, k) && len(t.header) < maxKeys {
				t.header = append(t.header, k)
			}
		}
		ahead = append(ahead, o)
	}
	if len(ahead) == 0 {
		if p.report.Bad > 0 {
			return nil // each is listed
		}
		return centre.Invalid("it holds no objects")
	}
	source.header = t.header
	for _, o := range ahead {
		t.ahead = append(t.ahead, source.row(o))
	}
	t.reading = source
	return p.table(t)
}

// maxKeys is how many columns the objects of a file may make.
const maxKeys = 1000

// objectRows turns objects into rows.
type objectRows struct {
	objects objectReader
	header  []string
	failure error
}

func (s *objectRows) next() (row, error) {
	if s.failure != nil {
		return row{}, s.failure
	}
	o, err := s.objects.object()
	if err != nil {
		return row{}, err
	}
	return s.row(o), nil
}

func (s *objectRows) row(o object) row {
	r := row{line: o.line, cells: make([]string, len(s.header))}
	for i, k := range s.header {
		r.cells[i] = o.values[k]
	}
	return r
}

// lineReader reads one object a line.
type lineReader struct{ lines csvReader }

func (l *lineReader) object() (object, error) {
	for {
		text, err := l.lines.readLine()
		if err != nil {
			return object{}, err
		}
		if strings.TrimSpace(text) == "" {
			continue
		}
		o, err := readObject([]byte(text))
		o.line = l.lines.line
		if err != nil {
			return o, &badRow{o.line, err.Error()}
		}
		return o, nil
	}
}

// arrayReader reads the objects of an array as a stream.
type arrayReader struct {
	source  *measured
	decoder *json.Decoder
	open    bool
	end     error // what every later call gives
}

func newArrayReader(r io.Reader) *arrayReader {
	source := &measured{r: r, line: 1}
	return &arrayReader{source: source, decoder: json.NewDecoder(source)}
}

func (a *arrayReader) object() (object, error) {
	if a.end != nil {
		return object{}, a.end
	}
	o, err := a.read()
	if _, bad := errors.AsType[*badRow](err); err != nil && !bad {
		a.end = err
	}
	return o, err
}

func (a *arrayReader) read() (object, error) {
	if !a.open {
		if _, err := a.decoder.Token(); err != nil {
			return object{}, a.broken(err)
		}
		a.open = true
	}
	a.source.allowed = a.source.read + centre.MaxBody + (1 << 20)
	if !a.decoder.More() {
		if _, err := a.decoder.Token(); err != nil {
			return object{}, a.broken(err)
		}
		a.source.allowed = a.source.read + (1 << 20)
		if _, err := a.decoder.Token(); err != io.EOF {
			return object{}, centre.Invalid("something stands after the end of the array, from line %d on; what comes before was read", a.source.lineAt(a.decoder.InputOffset()))
		}
		return object{}, io.EOF
	}
	var raw json.RawMessage
	if err := a.decoder.Decode(&raw); err != nil {
		return object{}, a.broken(err)
	}
	o, err := readObject(raw)
	o.line = a.source.lineAt(a.decoder.InputOffset() - int64(len(raw)))
	if err != nil {
		return o, &badRow{o.line, err.Error()}
	}
	return o, nil
}

// broken tells where an array cannot be read any further.
func (a *arrayReader) broken(err error) error {
	if fatal(err) != nil || centre.CodeOf(err) != "" {
		return err
	}
	line := a.source.lineAt(a.decoder.InputOffset())
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return centre.Invalid("it is cut off after line %d; what comes before was read", line)
	}
	return centre.Invalid("it is no JSON that can be read after line %d; what comes before was read", line)
}

// measured counts the lines of what is read, and stops a value without end.
type measured struct {
	r       io.Reader
	read    int64
	allowed int64 // 0 for no limit
	line    int
	ends    []int64 // offsets after line ends that lineAt has not passed
}

func (m *measured) Read(b []byte) (int, error) {
	if m.allowed > 0 && m.read >= m.allowed {
		return 0, centre.Invalid("an object from line %d on is larger than 15 MB, which is the most that is taken", m.line)
	}
	n, err := m.r.Read(b)
	for i, c := range b[:n] {
		if c == '\n' {
			m.ends = append(m.ends, m.read+int64(i)+1)
		}
	}
	m.read += int64(n)
	return n, err
}

// lineAt gives the line of an offset; offsets must not go back.
func (m *measured) lineAt(offset int64) int {
	passed := 0
	for passed < len(m.ends) && m.ends[passed] <= offset {
		passed++
	}
	m.line += passed
	m.ends = m.ends[passed:]
	return m.line
}

// wrapped reads one object that is a document, or holds an array of them under
// one of its keys, as answers of web services do.
func wrapped(r *bufio.Reader) (objectReader, error) {
	body, err := readAll(r, centre.MaxBody)
	if err != nil {
		return nil, err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(body, &fields); err != nil {
		if lines := bytes.Count(body, []byte("\n")); lines > 0 {
			return &lineReader{lines: csvReader{r: bufio.NewReader(bytes.NewReader(body))}}, nil
		}
		return nil, centre.Invalid("it is no JSON: %s", jsonFault(err))
	}
	var array json.RawMessage
	for _, value := range fields {
		value = bytes.TrimSpace(value)
		if bytes.HasPrefix(value, []byte("[")) && bytes.HasPrefix(bytes.TrimSpace(value[1:]), []byte("{")) && len(value)*2 > len(body) {
			array = value
		}
	}
	if array != nil {
		reader := newArrayReader(bytes.NewReader(array))
		reader.source.line = 1 + bytes.Count(body[:max(bytes.Index(body, array), 0)], []byte("\n"))
		return reader, nil
	}
	return &single{body: body}, nil
}

// single gives one object.
type single struct{ body []byte }

func (s *single) object() (object, error) {
	if s.body == nil {
		return object{}, io.EOF
	}
	o, err := readObject(s.body)
	s.body, o.line = nil, 1
	if err != nil {
		return o, &badRow{1, err.Error()}
	}
	return o, nil
}

func jsonFault(err error) string {
	return strings.TrimPrefix(err.Error(), "json: ")
}
