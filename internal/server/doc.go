// Package server is the HTTP face of the centre: it decodes a request, asks
// the desk, and encodes the answer. It decides nothing. Who asks is found once,
// before every operation, from the session's cookie; the desk gets the person's
// sealed View and nothing that could widen it.
//
// There is one file for each resource, with the operation's inputs, its
// registration and its handlers; model_*.go hold what answers look like.
// Errors become problem details (RFC 9457) in one place, problem.go, and the
// layers that stand around all operations are in wrap.go.
//
// The OpenAPI 3.1 document is made from the same declarations that check the
// requests. It is checked in as docs/openapi.json and a test holds the two
// together; `go generate ./internal/server` writes it anew.
package server

//go:generate go run ./openapi -o ../../docs/openapi.json
