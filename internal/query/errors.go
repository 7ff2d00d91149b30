package query

import (
	"fmt"

	"entente/internal/centre"
)

// SyntaxError is a mistake in the text of a query. It is a refusal with
// centre.CodeInvalid for whoever looks at errors by their code.
type SyntaxError struct {
	Position int    // where, in code points from 0; the length of the text for its end
	Expected string // what should stand there: "a distance such as 50km after the coordinates"
	Message  string // the sentence for the person; it counts characters from 1
}

func (e *SyntaxError) Error() string { return e.Message }

// Unwrap gives the refusal that this is.
func (e *SyntaxError) Unwrap() error {
	return &centre.Error{Code: centre.CodeInvalid, Message: e.Message}
}

// fail makes the error for a position in the text.
func fail(position int, format string, args ...any) error {
	expected := fmt.Sprintf(format, args...)
	return &SyntaxError{
		Position: position,
		Expected: expected,
		Message:  fmt.Sprintf("At character %d: expected %s", position+1, expected),
	}
}
