package server

import (
	"encoding/json"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// Nullable is a value that may be unknown. Unknown is null in JSON: never an
// empty object, a zero or today's date.
type Nullable[T any] struct{ Value *T }

// known wraps a known value.
func known[T any](v T) Nullable[T] { return Nullable[T]{&v} }

// knownIf wraps v where ok, and unknown otherwise.
func knownIf[T any](v T, ok bool) Nullable[T] {
	if !ok {
		return Nullable[T]{}
	}
	return known(v)
}

// MarshalJSON writes null for unknown.
func (n Nullable[T]) MarshalJSON() ([]byte, error) { return json.Marshal(n.Value) }

// UnmarshalJSON reads what MarshalJSON wrote.
func (n *Nullable[T]) UnmarshalJSON(data []byte) error { return json.Unmarshal(data, &n.Value) }

// Schema describes T or null. Objects are referred to, so that generated
// clients get one named type for each.
func (Nullable[T]) Schema(r huma.Registry) *huma.Schema {
	s := r.Schema(reflect.TypeFor[T](), true, "")
	if s.Ref != "" || len(s.OneOf) > 0 {
		return &huma.Schema{OneOf: []*huma.Schema{s, {Type: "null"}}}
	}
	nullable := *s
	nullable.Nullable = true
	return &nullable
}

// Instant is a time in answers: RFC 3339 in UTC, always to the millisecond, so
// that it sorts as text.
type Instant struct{ time.Time }

const instantLayout = "2006-01-02T15:04:05.000Z07:00"

// at makes a known or, of the zero time, an unknown instant.
func at(t time.Time) Nullable[Instant] { return knownIf(Instant{t}, !t.IsZero()) }

// MarshalJSON writes the instant in UTC.
func (i Instant) MarshalJSON() ([]byte, error) {
	return json.Marshal(i.UTC().Format(instantLayout))
}

// Schema describes an RFC 3339 time.
func (Instant) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Format: "date-time", Examples: []any{"2015-09-26T15:30:00.000Z"}}
}

// each converts a list. It is never nil: an empty list is [] in JSON.
func each[A, B any](list []A, convert func(A) B) []B {
	out := make([]B, 0, len(list))
	for _, a := range list {
		out = append(out, convert(a))
	}
	return out
}

// orEmpty turns a nil list to an empty one.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func typeOf[T any]() reflect.Type { return reflect.TypeFor[T]() }
