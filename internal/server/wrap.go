package server

import (
	"context"
	"encoding/json"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"entente/internal/centre"
)

// addressLimit is the longest request target that is answered, in bytes.
const addressLimit = 8 << 10

// contentPolicy lets the application load what it brought along and nothing
// else. MapLibre runs its worker from a blob; Mantine sets styles on elements.
const contentPolicy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
	"font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; child-src blob:; object-src 'none'; base-uri 'none'; " +
	"form-action 'self'; frame-ancestors 'none'"

// wrap puts the layers around the operations, the outermost first: log and
// fault, headers, request sanity, cross-origin protection, sessions.
func (s *Server) wrap(api *http.ServeMux) http.Handler {
	routes := http.NewServeMux()
	routes.Handle(Prefix+"/", s.withSession(unknownCalls(api)))
	routes.HandleFunc("/api/", func(w http.ResponseWriter, _ *http.Request) {
		writeProblem(w, problem(http.StatusNotFound, string(centre.CodeNotFound), "There is no such call; this program answers under "+Prefix+"."))
	})
	routes.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) {
		r = r.Clone(r.Context())
		r.URL.Path = Prefix + "/healthz"
		api.ServeHTTP(w, r)
	})
	routes.Handle("/", s.web())

	crossOrigin := http.NewCrossOriginProtection()
	crossOrigin.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		writeProblem(w, problem(http.StatusForbidden, string(centre.CodeDenied), "This request came from a page of another site and was not carried out."))
	}))
	return s.logged(s.withHeaders(sane(crossOrigin.Handler(routes))))
}

// withSession loads the session of API calls and tells where they came from.
func (s *Server) withSession(next http.Handler) http.Handler {
	plain, secure := s.sessions.LoadAndSave(next), s.secure.LoadAndSave(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = r.WithContext(context.WithValue(r.Context(), originKey{}, originOf(r, s.options.TrustProxy)))
		if overTLS(r, s.options.TrustProxy) {
			secure.ServeHTTP(w, r)
			return
		}
		plain.ServeHTTP(w, r)
	})
}

// sessionFault answers when the sessions cannot be read or kept.
func (s *Server) sessionFault(w http.ResponseWriter, r *http.Request, err error) {
	writeProblem(w, s.translate(r.Context(), err))
}

// unknownCalls answers calls that the API does not have with problem details.
func unknownCalls(api *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, pattern := api.Handler(r); pattern == "" {
			unknownCall(w, r, api)
			return
		}
		api.ServeHTTP(w, r)
	})
}

func unknownCall(w http.ResponseWriter, r *http.Request, api *http.ServeMux) {
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		other := r.Clone(r.Context())
		other.Method = method
		if _, pattern := api.Handler(other); pattern != "" {
			writeProblem(w, problem(http.StatusMethodNotAllowed, string(centre.CodeInvalid), "This call does not take the method "+methodName(r.Method)+"."))
			return
		}
	}
	writeProblem(w, problem(http.StatusNotFound, string(centre.CodeNotFound), "There is no such call."))
}

func methodName(method string) string {
	if len(method) > 10 {
		return "given"
	}
	return method
}

// withHeaders sets the headers that hold for every answer.
func (s *Server) withHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", contentPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()")
		if overTLS(r, s.options.TrustProxy) {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		if strings.HasPrefix(r.URL.Path, "/api/") {
			h.Set("Cache-Control", "no-store")
		}
		next.ServeHTTP(w, r)
	})
}

// sane refuses addresses that are too long, and text that is not valid UTF-8
// or holds NUL: neither can mean anything here, and a database may choke on it.
func sane(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if len(r.RequestURI) > addressLimit || len(r.URL.RawQuery) > addressLimit {
			writeProblem(w, problem(http.StatusRequestURITooLong, string(centre.CodeInvalid), "The address is too long; shorten the query."))
			return
		}
		values, err := url.ParseQuery(r.URL.RawQuery)
		ok := err == nil && legible(r.URL.Path)
		for name, list := range values {
			ok = ok && legible(name)
			for _, value := range list {
				ok = ok && legible(value)
			}
		}
		if !ok {
			writeProblem(w, problem(http.StatusBadRequest, string(centre.CodeInvalid), "The address holds characters that are not text; write it in UTF-8 without NUL."))
			return
		}
		next.ServeHTTP(w, r)
	})
}

func legible(text string) bool { return utf8.ValidString(text) && !strings.ContainsRune(text, 0) }

// logged writes one line for each call and contains panics. The line holds
// method, path, status and time taken: no query, body, header or cookie, for
// people write names and secrets into all of these.
func (s *Server) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := s.options.Clock()
		sw := &statusWriter{ResponseWriter: w}
		defer func() {
			if fault := recover(); fault != nil {
				if fault == http.ErrAbortHandler {
					panic(fault)
				}
				s.log.ErrorContext(r.Context(), "panic", "path", shownPath(r.URL.Path), "fault", fault)
				if sw.status == 0 {
					writeProblem(sw, problem(http.StatusInternalServerError, codeFault, "The program made a mistake and has logged it; try again."))
				}
			}
			level := slog.LevelDebug
			if sw.status >= http.StatusInternalServerError {
				level = slog.LevelWarn
			}
			s.log.Log(r.Context(), level, "request", "method", r.Method, "path", shownPath(r.URL.Path), "status", sw.status, "took", s.options.Clock().Sub(start).Round(time.Microsecond))
		}()
		next.ServeHTTP(sw, r)
	})
}

// shownPath is a path fit for the log: a hub's callback without what makes it
// hard to guess.
func shownPath(path string) string {
	if before, _, ok := strings.Cut(path, "/websub/"); ok {
		return before + "/websub/…"
	}
	return path
}

// statusWriter remembers the status of an answer.
type statusWriter struct {
	http.ResponseWriter
	status int
}

// WriteHeader implements http.ResponseWriter.
func (w *statusWriter) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (w *statusWriter) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController through.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func writeProblem(w http.ResponseWriter, p *Problem) {
	body, err := json.Marshal(p)
	if err != nil {
		panic(err) // strings and numbers: cannot happen
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_, _ = w.Write(append(body, '\n')) // the client is gone: nothing to tell it
}

func hostOnly(address string) string {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return address
	}
	return host
}

func isLoopback(address string) bool {
	ip, err := netip.ParseAddr(address)
	return err == nil && ip.Unmap().IsLoopback()
}

// loopbackName reports whether a Host header names this machine itself.
func loopbackName(host string) bool {
	name := strings.Trim(hostOnly(host), "[]")
	return strings.EqualFold(name, "localhost") || name == "127.0.0.1" || name == "::1"
}
