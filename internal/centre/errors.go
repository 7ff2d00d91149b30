package centre

import (
	"errors"
	"fmt"
)

// Code says what kind of refusal an Error is. Outer layers translate it once:
// the HTTP server to a status, the command line to an exit code.
type Code string

const (
	// CodeInvalid: what was given cannot be used; the sentence says what to change.
	CodeInvalid Code = "invalid"
	// CodeNotFound: there is no such thing, or the asker may not see it. The
	// two are never told apart.
	CodeNotFound Code = "not_found"
	// CodeUnauthenticated: nobody is signed in.
	CodeUnauthenticated Code = "unauthenticated"
	// CodeDenied: the asker can see the thing but may not do this to it.
	CodeDenied Code = "denied"
	// CodeConflict: the thing changed since it was read, or exists already.
	CodeConflict Code = "conflict"
	// CodeTooMany: asked too often; wait.
	CodeTooMany Code = "too_many"
	// CodeUnavailable: something outside the program does not answer, or the
	// disk is full; trying again later may help.
	CodeUnavailable Code = "unavailable"
)

// Error is a refusal for the person who can act on it: Message is a sentence
// that says what happened, to what, and what to do.
type Error struct {
	Code    Code
	Message string
	Cause   error // for the log; nil where there is none. Refuse puts its words into Message too
}

func (e *Error) Error() string { return e.Message }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// CodeOf gives the code of the first Error in err's chain, and "" where there
// is none: such an error is a fault of the program and its text is not shown.
func CodeOf(err error) Code {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return ""
}

// Refuse makes an Error. A %w verb in format sets its cause.
func Refuse(code Code, format string, args ...any) error {
	wrapped := fmt.Errorf(format, args...)
	return &Error{Code: code, Message: wrapped.Error(), Cause: errors.Unwrap(wrapped)}
}

// Invalid is Refuse(CodeInvalid, ...).
func Invalid(format string, args ...any) error { return Refuse(CodeInvalid, format, args...) }

// NotFound is the one answer for what does not exist and for what is hidden.
func NotFound(what string) error {
	return &Error{Code: CodeNotFound, Message: "There is no such " + what + ", or it is not released to you."}
}
