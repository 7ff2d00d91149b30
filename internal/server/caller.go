package server

import (
	"context"
	"crypto/subtle"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"entente/internal/centre"
	"entente/internal/policy"
)

type callerKey struct{}

// who gives the view of the person who asks. Without a session it is the zero
// View, which sees nothing and may do nothing.
func who(ctx context.Context) policy.View {
	v, _ := ctx.Value(callerKey{}).(policy.View)
	return v
}

// identify stands before every operation: it looks up who asks, with the
// rights that the person has at this moment, and lets nobody past but to the
// operations that are open.
func (s *Server) identify(ctx huma.Context, next func(huma.Context)) {
	if open, _ := ctx.Operation().Metadata[public].(bool); open {
		next(ctx)
		return
	}
	id, begun, ok := s.holder(ctx.Context())
	if !ok {
		s.refuse(ctx, centre.Refuse(centre.CodeUnauthenticated, "Nobody is signed in, or the session has ended; sign in and try again."))
		return
	}
	_, view, err := s.desk.IdentifySession(ctx.Context(), id, begun)
	if err != nil {
		s.refuse(ctx, err)
		return
	}
	s.touch(ctx.Context())
	ctx = huma.WithValue(ctx, callerKey{}, view)
	next(huma.WithValue(ctx, operatorKey{}, s.showsOperatorKey(ctx)))
}

type operatorKey struct{}

// operatorHeader carries Options.OperatorKey.
const operatorHeader = "X-Entente-Operator"

func (s *Server) showsOperatorKey(ctx huma.Context) bool {
	key := s.options.OperatorKey
	return key != "" && subtle.ConstantTimeCompare([]byte(key), []byte(ctx.Header(operatorHeader))) == 1
}

// onThisMachine reports whether the call shows the operator's key.
func onThisMachine(ctx context.Context) bool {
	shown, _ := ctx.Value(operatorKey{}).(bool)
	return shown
}

// refuse answers an error outside an operation's handler.
func (s *Server) refuse(ctx huma.Context, err error) {
	_, w := humago.Unwrap(ctx)
	writeProblem(w, s.translate(ctx.Context(), err))
}

type originKey struct{}

// origin is where a request came from.
type origin struct {
	address  string // of the client, without port
	loopback bool   // the connection is from loopback, and under a loopback name
}

func addressOf(ctx context.Context) string {
	o, _ := ctx.Value(originKey{}).(origin)
	return o.address
}

func loopbackRequest(ctx context.Context) bool {
	o, _ := ctx.Value(originKey{}).(origin)
	return o.loopback
}

// originOf finds out where a request came from. A forwarded address counts
// only where a proxy is trusted, and then its last hop alone, which is the one
// that the proxy itself wrote. A forwarded request never is a loopback request.
func originOf(r *http.Request, trustProxy bool) origin {
	address := hostOnly(r.RemoteAddr)
	forwarded := r.Header.Get("X-Forwarded-For")
	o := origin{address: address, loopback: forwarded == "" && r.Header.Get("Forwarded") == "" && isLoopback(address) && loopbackName(r.Host)}
	if trustProxy && forwarded != "" {
		hops := strings.Split(forwarded, ",")
		o.address = strings.TrimSpace(hops[len(hops)-1])
	}
	return o
}

// overTLS reports whether the client's connection is encrypted.
func overTLS(r *http.Request, trustProxy bool) bool {
	return r.TLS != nil || trustProxy && strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https")
}
