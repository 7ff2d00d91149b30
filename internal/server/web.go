package server

import (
	"io/fs"
	"net/http"
	"path"
	"strings"
)

// web serves the built web application. A path that names no file is one of
// the application's own pages and gets index.html; files under /assets/ have
// their content's hash in their name and may be kept for ever.
func (s *Server) web() http.Handler {
	site := s.options.Web
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "Only reading is possible here.", http.StatusMethodNotAllowed)
			return
		}
		if site == nil {
			http.Error(w, "The web application is not part of this program; build it with make. The API answers under "+Prefix+".", http.StatusNotFound)
			return
		}
		name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
		info, err := fs.Stat(site, orIndex(name))
		switch {
		case err == nil && !info.IsDir():
			serveFile(w, r, site, orIndex(name))
		case path.Ext(name) != "" && path.Ext(name) != ".html":
			http.Error(w, "There is no such file.", http.StatusNotFound)
		default:
			serveFile(w, r, site, "index.html")
		}
	})
}

func orIndex(name string) string {
	if name == "" {
		return "index.html"
	}
	return name
}

func serveFile(w http.ResponseWriter, r *http.Request, site fs.FS, name string) {
	if strings.HasPrefix(name, "assets/") {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		w.Header().Set("Cache-Control", "no-cache")
	}
	if name == "index.html" {
		// ServeFileFS answers a path that ends in index.html with a redirect.
		r = r.Clone(r.Context())
		r.URL.Path = "/"
	}
	http.ServeFileFS(w, r, site, name)
}
