package sqlstore

import (
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"entente/internal/centre"
)

// clean makes text that both databases take: valid UTF-8 without NUL. Each
// byte that is not text becomes one replacement character, so that offsets
// that count code points stay true.
func clean(text string) string {
	if utf8.ValidString(text) && strings.IndexByte(text, 0) < 0 {
		return text
	}
	return strings.Map(func(r rune) rune {
		if r == 0 {
			return utf8.RuneError
		}
		return r
	}, text)
}

// millis is a time as it is stored; nil for the zero time.
func millis(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}

// ceilMillis is the first millisecond that is not before t.
func ceilMillis(t time.Time) int64 {
	ms := t.UnixMilli()
	if t.After(time.UnixMilli(ms)) {
		ms++
	}
	return ms
}

func timeOf(ms sql.NullInt64) time.Time {
	if !ms.Valid {
		return time.Time{}
	}
	return time.UnixMilli(ms.Int64).UTC()
}

// momentRow is a Moment in three columns.
type momentRow struct {
	at               sql.NullInt64
	precision, basis string
}

func (m *momentRow) moment() centre.Moment {
	if !m.at.Valid {
		return centre.Moment{}
	}
	return centre.Moment{Time: timeOf(m.at), Precision: centre.Precision(m.precision), Basis: centre.Basis(m.basis)}
}

// momentArgs are the values of the three columns.
func momentArgs(m centre.Moment) []any {
	if !m.Known() {
		return []any{nil, "", ""}
	}
	return []any{m.Time.UnixMilli(), clean(string(m.Precision)), clean(string(m.Basis))}
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// list is a JSON list of any length, never null.
func list[T any](items []T) (string, error) {
	if len(items) == 0 {
		return "[]", nil
	}
	b, err := json.Marshal(items)
	return clean(string(b)), err
}

func unlist[T any](text string) ([]T, error) {
	items := []T{}
	if text == "[]" || text == "" {
		return items, nil
	}
	if err := json.Unmarshal([]byte(text), &items); err != nil {
		return nil, fmt.Errorf("a stored list cannot be read: %w", err)
	}
	return items, nil
}

// packNumbers and unpackNumbers keep small numbers in few bytes.
func packNumbers(numbers []int64) []byte {
	b := make([]byte, 0, 2*len(numbers))
	for _, n := range numbers {
		b = binary.AppendUvarint(b, uint64(n))
	}
	return b
}

func unpackNumbers(b []byte, numbers []int64) []int64 {
	for len(b) > 0 {
		n, size := binary.Uvarint(b)
		if size <= 0 {
			return numbers
		}
		numbers, b = append(numbers, int64(n)), b[size:]
	}
	return numbers
}

// inline writes numbers as they stand in a statement: "1, 2, 3". It is for the
// store's own integers alone.
func inline[T ~int64](numbers []T) string {
	b := make([]byte, 0, 8*len(numbers))
	for i, n := range numbers {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = fmt.Appendf(b, "%d", int64(n))
	}
	return string(b)
}

// in is the condition that a column has one of the numbers.
func in[T ~int64](column string, numbers []T) string {
	if len(numbers) == 0 {
		return "1 = 0"
	}
	return column + " IN (" + inline(numbers) + ")"
}

// each scans all rows of a query.
func each(rows *sql.Rows, err error, f func(*sql.Rows) error) error {
	if err != nil {
		return err
	}
	defer rows.Close() // read to the end, or the error below is the one to tell
	for rows.Next() {
		if err := f(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
