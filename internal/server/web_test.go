package server_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"entente/internal/server"
)

var site = fstest.MapFS{
	"index.html":            {Data: []byte("<!doctype html><title>Entente</title>")},
	"assets/app-4f2c1d.js":  {Data: []byte("export {}")},
	"favicon.svg":           {Data: []byte("<svg/>")},
	"basemap/countries.bin": {Data: []byte("map")},
}

func (o *office) page(method, path string, headers ...string) *http.Response {
	o.t.Helper()
	r := httptest.NewRequest(method, "http://localhost"+path, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	o.server.ServeHTTP(w, r)
	return w.Result()
}

func TestWebApplication(t *testing.T) {
	o := open(t, func(so *setup) { so.Web = site })
	for _, c := range []struct {
		path, method string
		status       int
		body, keep   string
	}{
		{"/", "GET", 200, "<title>Entente", "no-cache"},
		{"/index.html", "GET", 200, "<title>Entente", "no-cache"},
		{"/stories/4k21n39b37qjh?q=x", "GET", 200, "<title>Entente", "no-cache"},
		{"/assets/app-4f2c1d.js", "GET", 200, "export", "immutable"},
		{"/favicon.svg", "GET", 200, "<svg/>", "no-cache"},
		{"/assets/missing.js", "GET", 404, "no such file", ""},
		{"/../../etc/passwd", "GET", 307, "/etc/passwd", ""}, // to what it means, which is not there either
		{"/..%2f..%2fetc%2fpasswd", "GET", 200, "<title>Entente", "no-cache"},
		{"/assets", "GET", 200, "<title>Entente", "no-cache"},
		{"/", "POST", 405, "Only reading", ""},
		{"/healthz", "GET", 200, `{"status":"ok"}`, ""},
		{"/api/v1/openapi.json", "GET", 200, `"openapi": "3.1.0"`, "no-store"},
		{"/api/v2/reports", "GET", 404, "no such call", "no-store"},
	} {
		a := o.page(c.method, c.path)
		var b bytes.Buffer
		_, err := b.ReadFrom(a.Body)
		must(t, err)
		if a.StatusCode != c.status || !strings.Contains(b.String(), c.body) || !strings.Contains(a.Header.Get("Cache-Control"), c.keep) {
			t.Errorf("%s %s: %d %q %q", c.method, c.path, a.StatusCode, b.String(), a.Header.Get("Cache-Control"))
		}
		for header, part := range map[string]string{
			"Content-Security-Policy": "frame-ancestors 'none'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
		} {
			if !strings.Contains(a.Header.Get(header), part) {
				t.Errorf("%s: %s is %q", c.path, header, a.Header.Get(header))
			}
		}
		if strings.Contains(a.Header.Get("Content-Security-Policy"), "script-src 'self' 'unsafe") {
			t.Error("scripts of others may run")
		}
	}
}

// TestCrossSite: no page of elsewhere changes anything, signed in or not.
func TestCrossSite(t *testing.T) {
	o := open(t)
	v := o.as("irq.administrator")
	for _, name := range operations(t, o.server.Document()) {
		method, path, _ := strings.Cut(name, " ")
		if method == "GET" {
			continue
		}
		path = strings.ReplaceAll(path, "{id}", o.reports["open"].String())
		for _, headers := range [][]string{
			{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.example"}, {"Origin", "null"},
		} {
			if a := v.call(method, path, bodies[name], headers...); a.status != http.StatusForbidden || !strings.Contains(a.body, "another site") {
				t.Errorf("%s with %v: %d %s", name, headers, a.status, a.body)
			}
		}
	}
	if a := v.call("POST", "/markings/parse", `{"text":"TLP:RED"}`, "Sec-Fetch-Site", "same-origin"); a.status != http.StatusOK {
		t.Errorf("the own page: %d %s", a.status, a.body)
	}
}

// TestDemoSignIn: without a password only in a demo, on loopback, under a
// loopback name.
func TestDemoSignIn(t *testing.T) {
	demo := func(so *setup) {}
	for _, c := range []struct {
		name    string
		option  option
		headers []string
		status  int
	}{
		{"on this machine", demo, nil, 200},
		{"by IPv6", demo, []string{"Host", "[::1]:8080", "Remote", "[::1]:5000"}, 200},
		{"by number", demo, []string{"Host", "127.0.0.1:8080"}, 200},
		{"not a demo", func(so *setup) { so.Demo = false }, nil, 404},
		{"listening to the world", func(so *setup) { so.Loopback = false }, nil, 404},
		{"from elsewhere", demo, []string{"Remote", "192.0.2.7:5000"}, 404},
		{"under a name that was rebound", demo, []string{"Host", "evil.example"}, 404},
		{"under a name that begins like it", demo, []string{"Host", "localhost.evil.example:8080"}, 404},
		{"through a proxy", demo, []string{"X-Forwarded-For", "203.0.113.9"}, 404},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := open(t, c.option)
			if a := o.nobody().call("POST", "/demo/session", `{"login":"irq.analyst"}`, c.headers...); a.status != c.status {
				t.Errorf("sign in: %d %s", a.status, a.body)
			}
			a := o.nobody().call("GET", "/demo/persons", "", c.headers...)
			if a.status != c.status || a.status == 404 && strings.Contains(a.body, "irq") {
				t.Errorf("persons: %d %s", a.status, a.body)
			}
		})
	}
	o := open(t)
	if a := o.nobody().call("GET", "/demo/persons", ""); !strings.Contains(a.body, `"login":"irq.officer","name":"officer of IRQ","member":"IRQ","member_names":{"ar":"العراق","en":"Iraq","fa":"عراق","ru":"Ирак"},"roles":["officer"]`) {
		t.Errorf("the persons do not say what they are: %s", a.body)
	}
	if a := o.nobody().call("POST", "/demo/session", `{"login":"somebody"}`); a.status != 404 {
		t.Errorf("somebody unknown: %d", a.status)
	}
}

func TestOpenAPIDocumentIsUpToDate(t *testing.T) {
	checkedIn, err := os.ReadFile(filepath.Join("..", "..", "docs", "openapi.json"))
	must(t, err)
	s, err := server.New(nil, server.Options{Clock: nowhere, Log: quiet()})
	must(t, err)
	if !bytes.Equal(checkedIn, s.Document()) {
		t.Error("docs/openapi.json is not what the server says: run go generate ./internal/server")
	}
}
