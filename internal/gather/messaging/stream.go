package messaging

import (
	"encoding/json"
	"errors"
	"io"

	"entente/internal/centre"
)

// maxRecord is the largest single post or field of an export that is read.
const maxRecord = 4 << 20

// stream reads JSON of any length with bounded memory.
type stream struct {
	guard *guard
	json  *json.Decoder
	name  string
}

func newStream(name string, r io.Reader) *stream {
	g := &guard{r: r, allowed: maxRecord}
	return &stream{guard: g, json: json.NewDecoder(g), name: shown(name)}
}

// guard stops a value without end.
type guard struct {
	r       io.Reader
	read    int64
	allowed int64
}

var errRecord = errors.New("a record is too large")

func (g *guard) Read(p []byte) (int, error) {
	if g.read >= g.allowed {
		return 0, errRecord
	}
	n, err := g.r.Read(p)
	g.read += int64(n)
	return n, err
}

// fields reads an object and calls field at each of its values, which reads it.
func (s *stream) fields(field func(key string) error) error {
	if err := s.open('{'); err != nil {
		return err
	}
	for s.json.More() {
		s.allow()
		t, err := s.json.Token()
		if err != nil {
			return s.broken(err)
		}
		key, ok := t.(string)
		if !ok {
			return s.broken(nil)
		}
		if err := field(key); err != nil {
			return err
		}
	}
	return s.close()
}

// elements reads an array and calls element at each of its values, which reads it.
func (s *stream) elements(element func() error) error {
	if err := s.open('['); err != nil {
		return err
	}
	for s.json.More() {
		if err := element(); err != nil {
			return err
		}
	}
	return s.close()
}

// value reads one value, which may be of another shape than v: then v stays as
// it was and fits is false.
func (s *stream) value(v any) (fits bool, err error) {
	s.allow()
	var raw json.RawMessage
	if err := s.json.Decode(&raw); err != nil {
		return false, s.broken(err)
	}
	return json.Unmarshal(raw, v) == nil, nil
}

// skip reads past one value.
func (s *stream) skip() error {
	var ignored json.RawMessage
	_, err := s.value(&ignored)
	return err
}

func (s *stream) open(want json.Delim) error {
	s.allow()
	t, err := s.json.Token()
	if err != nil || t != want {
		return s.broken(err)
	}
	return nil
}

func (s *stream) close() error {
	s.allow()
	if _, err := s.json.Token(); err != nil {
		return s.broken(err)
	}
	return nil
}

// allow lets the next value be as long as one may be, beyond what the decoder
// has read ahead.
func (s *stream) allow() { s.guard.allowed = s.guard.read + maxRecord }

// broken tells why an export cannot be read any further.
func (s *stream) broken(err error) error {
	if errors.Is(err, errRecord) {
		return centre.Invalid("%s holds a single post of more than %d MB, which is the most that is read; what comes before was taken.", s.name, maxRecord>>20)
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return centre.Invalid("%s is cut off at byte %d; what comes before was taken. Export it again.", s.name, s.json.InputOffset())
	}
	if _, syntax := errors.AsType[*json.SyntaxError](err); err == nil || syntax {
		return centre.Invalid("%s is no export that can be read from byte %d on; what comes before was taken. Export it again.", s.name, s.json.InputOffset())
	}
	return err
}
