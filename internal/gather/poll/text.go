package poll

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"entente/internal/centre"
	"entente/internal/gather"
)

const (
	maxRows  = 400  // of a table
	maxValue = 2000 // bytes of a line
)

// Line is a value fit for a property or a sentence: clean, on one line, not
// longer than 2,000 bytes.
func Line(s string) string {
	s = strings.Join(strings.Fields(gather.CleanText(s)), " ")
	if len(s) > maxValue {
		s = strings.ToValidUTF8(s[:maxValue], "") + "…"
	}
	return s
}

// Sentence is what fmt.Sprintf gives, fit to be shown as a problem.
func Sentence(format string, args ...any) string {
	s := Line(fmt.Sprintf(format, args...))
	if cut, was := strings.CutSuffix(s, "…"); was {
		s = cut + "."
	}
	return s
}

// Text is text of several lines, clean and without space around.
func Text(s string) string { return strings.TrimSpace(gather.CleanText(s)) }

// Reason says for a person what a parser said for a programmer; without a full stop.
func Reason(err error) string {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return "it breaks off"
	}
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		what := "it"
		if field := Line(strings.TrimPrefix(wrong.Field, ".")); field != "" {
			what = "its field " + field
		}
		return what + " is a " + wrong.Value + ", which it should not be"
	}
	return strings.TrimSuffix(Line(err.Error()), ".")
}

// Table makes the properties of a document: in order, no pair twice, not more
// than 400. The zero Table is ready.
type Table struct {
	Rows []centre.Property
	Full bool // some were left out
	met  map[centre.Property]bool
}

// Add adds a row where there is a value and there is not yet such a row.
func (t *Table) Add(name, value string) {
	row := centre.Property{Name: name, Value: Line(value)}
	if row.Value == "" || t.met[row] {
		return
	}
	if len(t.Rows) >= maxRows {
		t.Full = true
		return
	}
	if t.met == nil {
		t.met = map[centre.Property]bool{}
	}
	t.met[row] = true
	t.Rows = append(t.Rows, row)
}
