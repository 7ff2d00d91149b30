package gathertest

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
)

// Web is a connector that reads the web.
type Web struct {
	Connector   gather.Connector
	ContentType string
	Body        string // that gives Documents documents
	Documents   int
	Undated     string // a body whose documents do not say when they were published
	UndatedHas  int    // documents in Undated
	Broken      string // a body that is not what the connector reads
	Options     map[string]string
}

// Client makes a client of the suite: impatient, and in no need of manners.
func Client(t *testing.T) *fetch.Client {
	t.Helper()
	client, err := fetch.New(fetch.Options{
		Version: "test", Clock: func() time.Time { return Now },
		DialTimeout: 2 * time.Second, HeaderTimeout: time.Second, IdleTimeout: 500 * time.Millisecond,
		TotalTimeout: 3 * time.Second, HostParallel: 4,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return client
}

// source makes a source that may be reached on this machine.
func (w Web) source(address string) centre.Source {
	return centre.Source{ID: 4711, Slug: "example", Kind: w.Connector.Kind(), Address: address, Private: true, Options: w.Options}
}

func (w Web) subject(t *testing.T, h http.HandlerFunc) Subject {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(rw, r)
			return
		}
		h(rw, r)
	}))
	t.Cleanup(server.Close)
	return Subject{Connector: w.Connector, Source: w.source(server.URL + "/source"), Client: Client(t)}
}

func (w Web) serve(body string) http.HandlerFunc {
	return func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Content-Type", w.ContentType)
		_, _ = io.WriteString(rw, body)
	}
}

// RunWeb runs the suite on a good host, on one that does not know validators,
// and on many that are broken.
func RunWeb(t *testing.T, w Web) {
	t.Run("a host with validators", func(t *testing.T) {
		s := w.subject(t, func(rw http.ResponseWriter, r *http.Request) {
			rw.Header().Set("ETag", `"one"`)
			if r.Header.Get("If-None-Match") == `"one"` {
				rw.WriteHeader(http.StatusNotModified)
				return
			}
			w.serve(w.Body)(rw, r)
		})
		s.Documents = w.Documents
		for _, address := range []string{"", "example.org/feed", "ftp://example.org/feed", "file:///etc/passwd", "https://", "http://[::1"} {
			s.Refused = append(s.Refused, w.source(address))
		}
		Run(t, s)
	})
	t.Run("a host without", func(t *testing.T) {
		s := w.subject(t, w.serve(w.Body))
		s.Documents = w.Documents
		Run(t, s)
	})
	t.Run("without dates", func(t *testing.T) {
		s := w.subject(t, w.serve(w.Undated))
		s.Documents, s.Undated = w.UndatedHas, true
		Run(t, s)
	})
	t.Run("a compressed answer", func(t *testing.T) {
		s := w.subject(t, func(rw http.ResponseWriter, _ *http.Request) {
			rw.Header().Set("Content-Type", w.ContentType)
			rw.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(rw)
			_, _ = io.WriteString(z, w.Body)
			_ = z.Close()
		})
		if got := Collect(t, s, nil); got.Err != nil || len(got.Documents) != w.Documents {
			t.Errorf("%d documents, %v", len(got.Documents), got.Err)
		}
	})
	t.Run("a permanent move", func(t *testing.T) {
		s := w.subject(t, func(rw http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/source" {
				http.Redirect(rw, r, "/new", http.StatusMovedPermanently)
				return
			}
			w.serve(w.Body)(rw, r)
		})
		got := Collect(t, s, nil)
		if got.Err != nil || len(got.Documents) != w.Documents || !strings.HasSuffix(got.Result.MovedTo, "/new") {
			t.Errorf("%d documents, moved to %q, %v", len(got.Documents), got.Result.MovedTo, got.Err)
		}
	})
	t.Run("loopback is refused unless it is allowed", func(t *testing.T) {
		s := w.subject(t, w.serve(w.Body))
		s.Source.Private = false
		got := Collect(t, s, nil)
		Sentence(t, got.Err)
		if len(got.Documents) > 0 {
			t.Error("documents came from a forbidden address")
		}
	})
	for name, h := range w.hostile() {
		t.Run(name, func(t *testing.T) {
			s := w.subject(t, h)
			got := Collect(t, s, nil)
			Sentence(t, got.Err)
			if len(got.Documents) > 0 {
				t.Errorf("%d documents came", len(got.Documents))
			}
		})
	}
	t.Run("damaged in many ways it never panics", func(t *testing.T) {
		random := rand.New(rand.NewPCG(1, 2))
		var body []byte
		s := w.subject(t, func(rw http.ResponseWriter, _ *http.Request) {
			rw.Header().Set("Content-Type", w.ContentType)
			_, _ = rw.Write(body)
		})
		for range 25 {
			body = damage(random, []byte(w.Body))
			if got := Collect(t, s, nil); got.Err != nil {
				Sentence(t, got.Err)
			}
		}
	})
}

// hostile lists hosts from which nothing can be taken.
func (w Web) hostile() map[string]http.HandlerFunc {
	status := func(code int) http.HandlerFunc {
		return func(rw http.ResponseWriter, _ *http.Request) { rw.WriteHeader(code) }
	}
	redirect := func(to string) http.HandlerFunc {
		return func(rw http.ResponseWriter, r *http.Request) { http.Redirect(rw, r, to, http.StatusFound) }
	}
	packed := func(encoding string, body []byte) http.HandlerFunc {
		return func(rw http.ResponseWriter, _ *http.Request) {
			rw.Header().Set("Content-Type", w.ContentType)
			rw.Header().Set("Content-Encoding", encoding)
			_, _ = rw.Write(body)
		}
	}
	return map[string]http.HandlerFunc{
		"401": status(401), "404": status(404), "410": status(410), "418": status(418),
		"429": status(429), "500": status(500), "503": status(503),
		"an empty answer":               w.serve(""),
		"something else":                w.serve(w.Broken),
		"a circle of redirects":         func(rw http.ResponseWriter, r *http.Request) { http.Redirect(rw, r, r.URL.Path+"x", http.StatusFound) },
		"a redirect to metadata":        redirect("http://169.254.169.254/latest/meta-data/"),
		"a redirect to mapped metadata": redirect("http://[::ffff:169.254.169.254]/"),
		"a redirect to another private": redirect("http://127.8.8.8:9/"),
		"a redirect to a file":          redirect("file:///etc/passwd"),
		"a redirect to nowhere":         redirect(""),
		"a huge answer": func(rw http.ResponseWriter, _ *http.Request) {
			rw.Header().Set("Content-Type", w.ContentType)
			rw.Header().Set("Content-Length", fmt.Sprint(int64(1)<<40))
			pour(rw, 16<<20)
		},
		"an endless answer": func(rw http.ResponseWriter, _ *http.Request) { pour(rw, 1<<40) },
		"an answer that breaks off": func(rw http.ResponseWriter, _ *http.Request) {
			rw.Header().Set("Content-Length", "100000")
			_, _ = io.WriteString(rw, w.Body[:len(w.Body)/2])
		},
		"an answer that stops": func(rw http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(rw, w.Body[:10])
			rw.(http.Flusher).Flush()
			<-r.Context().Done()
		},
		"an answer that trickles": func(rw http.ResponseWriter, r *http.Request) {
			tick := time.NewTicker(50 * time.Millisecond)
			defer tick.Stop()
			for {
				select {
				case <-tick.C:
					_, _ = io.WriteString(rw, " ")
					rw.(http.Flusher).Flush()
				case <-r.Context().Done():
					return
				}
			}
		},
		"no answer":           func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"a gzip bomb":         packed("gzip", bomb(func(to io.Writer) io.WriteCloser { return gzip.NewWriter(to) })),
		"a deflate bomb":      packed("deflate", bomb(func(to io.Writer) io.WriteCloser { return zlib.NewWriter(to) })),
		"gzip that is none":   packed("gzip", []byte(w.Body)),
		"an unknown encoding": packed("br", []byte(w.Body)),
		"something deep":      w.serve(strings.Repeat("<div>", 100_000)),
	}
}

// bomb packs much of nothing.
func bomb(packer func(io.Writer) io.WriteCloser) []byte {
	var b bytes.Buffer
	z := packer(&b)
	pour(z, 32<<20)
	_ = z.Close()
	return b.Bytes()
}

// pour writes spaces, in pieces.
func pour(to io.Writer, bytes int64) {
	piece := []byte(strings.Repeat(" ", 64<<10))
	for n := int64(0); n < bytes; n += int64(len(piece)) {
		if _, err := to.Write(piece); err != nil {
			return
		}
	}
}

// damage cuts, repeats, overwrites or fills a body with noise.
func damage(random *rand.Rand, body []byte) []byte {
	body = bytes.Clone(body)
	for range 1 + random.IntN(4) {
		if len(body) < 4 {
			break
		}
		at := random.IntN(len(body) - 1)
		switch random.IntN(5) {
		case 0:
			body = body[:at]
		case 1:
			body[at] = byte(random.IntN(256))
		case 2:
			body = append(body[:at:at], body[min(len(body), at+1+random.IntN(40)):]...)
		case 3:
			body = append(body[:at:at], append([]byte("\u202e\x00\xff]]><![CDATA[<item>&bogus;"), body[at:]...)...)
		case 4:
			body = append(body, body[at:]...)
		}
	}
	return body
}
