package server

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/danielgtaylor/huma/v2"

	"entente/internal/desk"
)

// Options say how the server is to behave. The zero value of a field has the
// default that its comment names.
type Options struct {
	Version string           // of the program, for people; "" for "development"
	Demo    bool             // whether this is the demo
	Clock   func() time.Time // obligatory
	Log     *slog.Logger     // obligatory
	Web     fs.FS            // the built web application, index.html at its root; nil for none
	// Loopback says that the listener takes connections on a loopback address
	// alone. The demo's sign-in without a password needs it.
	Loopback bool
	// TrustProxy says that all requests come through one reverse proxy, whose
	// X-Forwarded-For and X-Forwarded-Proto are to be believed.
	TrustProxy bool
	// OperatorKey is known to those who have a hand on the centre's machine. A
	// call that shows it may name folders and private addresses; it opens no
	// data. "" for nobody.
	OperatorKey string
	Idle        time.Duration // a session ends when nothing was asked for so long; 0 for DefaultIdle
	Lifetime    time.Duration // a session ends so long after sign-in, come what may; 0 for DefaultLifetime
	Heartbeat   time.Duration // between two signs of life on a stream of changes; 0 for DefaultHeartbeat
}

// The defaults of Options. A watch is twelve hours: a session outlives it by
// the handover and no more.
const (
	DefaultIdle      = 2 * time.Hour
	DefaultLifetime  = 13 * time.Hour
	DefaultHeartbeat = 15 * time.Second
)

// Server is the HTTP face of a desk. It is safe for concurrent use.
type Server struct {
	desk     *desk.Desk
	options  Options
	log      *slog.Logger
	sessions *scs.SessionManager // writes cookies for plain HTTP
	secure   *scs.SessionManager // the same sessions; writes cookies for HTTPS alone
	api      huma.API
	document []byte // OpenAPI, indented JSON
	handler  http.Handler
	closing  chan struct{} // closed when the program ends, so that streams end too
	closed   sync.Once
}

// New makes a server for a desk, which may be nil where only the OpenAPI
// document is wanted.
func New(d *desk.Desk, o Options) (*Server, error) {
	if o.Clock == nil || o.Log == nil {
		return nil, fmt.Errorf("server: Clock and Log are obligatory")
	}
	if o.Version == "" {
		o.Version = "development"
	}
	if o.Idle == 0 {
		o.Idle = DefaultIdle
	}
	if o.Lifetime == 0 {
		o.Lifetime = DefaultLifetime
	}
	if o.Heartbeat == 0 {
		o.Heartbeat = DefaultHeartbeat
	}
	s := &Server{desk: d, options: o, log: o.Log, closing: make(chan struct{})}
	s.sessions, s.secure = newSessions(d, o, s.sessionFault)
	mux := http.NewServeMux()
	s.api = s.newAPI(mux)
	document, err := json.MarshalIndent(s.api.OpenAPI(), "", "  ")
	if err != nil {
		return nil, fmt.Errorf("server: OpenAPI document: %w", err)
	}
	s.document = append(document, '\n')
	s.handler = s.wrap(mux)
	return s, nil
}

// Document is the OpenAPI 3.1 document, as indented JSON.
func (s *Server) Document() []byte { return s.document }

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Close ends the streams of changes. Other calls under way go on.
func (s *Server) Close() { s.closed.Do(func() { close(s.closing) }) }

// HTTP makes an http.Server with the time limits that suit this handler. A
// stream of changes sets its own deadlines, and ends when the server is shut down.
func (s *Server) HTTP() *http.Server {
	out := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute,
		WriteTimeout:      time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
	}
	out.RegisterOnShutdown(s.Close)
	return out
}
