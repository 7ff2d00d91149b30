package fetch_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"entente/internal/centre"
	"entente/internal/gather/fetch"
)

var now = time.Date(2015, 9, 26, 12, 0, 0, 0, time.UTC)

func client(t *testing.T, change func(*fetch.Options)) *fetch.Client {
	t.Helper()
	o := fetch.Options{Version: "1.2", Clock: func() time.Time { return now }}
	if change != nil {
		change(&o)
	}
	c, err := fetch.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func serve(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server.URL
}

func TestARequestSaysWhoAsksAndWhatItHas(t *testing.T) {
	var got http.Header
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got = r.Header
		w.Header().Set("ETag", `W/"2"`)
		w.Header().Set("Last-Modified", "Sat, 26 Sep 2015 10:00:00 GMT")
		w.Header().Set("Cache-Control", "max-age=60")
		w.Header().Set("Content-Type", "text/plain")
		fmt.Fprint(w, "hello")
	})
	r, err := client(t, nil).Get(t.Context(), fetch.Get{URL: address + "/a#part", Private: true, ETag: `"1"`, Modified: "Fri, 25 Sep 2015 10:00:00 GMT", Accept: "text/plain"})
	if err != nil {
		t.Fatal(err)
	}
	if string(r.Body) != "hello" || r.Bytes != 5 || r.ETag != `W/"2"` || r.Modified != "Sat, 26 Sep 2015 10:00:00 GMT" || r.MaxAge != time.Minute || r.URL != address+"/a" || r.MovedTo != "" {
		t.Errorf("response: %+v", r)
	}
	for name, want := range map[string]string{"User-Agent": "Entente/1.2 (+joint information centre)", "If-None-Match": `"1"`, "If-Modified-Since": "Fri, 25 Sep 2015 10:00:00 GMT", "Accept": "text/plain", "Referer": "", "Cookie": "", "Authorization": ""} {
		if got.Get(name) != want {
			t.Errorf("%s: %q, want %q", name, got.Get(name), want)
		}
	}
}

func TestTheLanguageOfAnAnswerIsRead(t *testing.T) {
	var headers []string
	address := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.Header()["Content-Language"] = headers })
	c := client(t, nil)
	for _, test := range []struct {
		headers []string
		want    string
	}{
		{nil, ""}, {[]string{"fa"}, "fa"}, {[]string{" ar-IQ "}, "ar-IQ"}, {[]string{"zh-Hant-TW"}, "zh-Hant-TW"},
		{[]string{"en, fr"}, ""}, {[]string{"en", "ar"}, ""}, {[]string{"English"}, ""}, {[]string{""}, ""}, {[]string{"ru<script>"}, ""},
	} {
		headers = test.headers
		r, err := c.Get(t.Context(), fetch.Get{URL: address, Private: true})
		if err != nil || r.Language != test.want {
			t.Errorf("%q: %q, %v, want %q", test.headers, r.Language, err, test.want)
		}
	}
}

func TestARedirectTakesNoCredentialsAndNoPermissionToAnotherHost(t *testing.T) {
	var authorised []string
	var mu sync.Mutex
	note := func(r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		authorised = append(authorised, r.URL.Path+" "+r.Header.Get("Authorization"))
	}
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		note(r)
		switch r.URL.Path {
		case "/same":
			http.Redirect(w, r, "/end", http.StatusFound)
		case "/port":
			http.Redirect(w, r, "http://127.0.0.1:"+r.URL.Query().Get("to")+"/end", http.StatusMovedPermanently)
		case "/name":
			http.Redirect(w, r, "http://localhost:"+r.URL.Query().Get("to")+"/end", http.StatusFound)
		}
	})
	other := serve(t, func(_ http.ResponseWriter, r *http.Request) { note(r) })
	otherPort := other[strings.LastIndex(other, ":")+1:]
	secret := strings.Replace(address, "http://", "http://user:hidden@", 1)
	c := client(t, nil)

	if _, err := c.Get(t.Context(), fetch.Get{URL: secret + "/same", Private: true}); err != nil {
		t.Error(err)
	}
	r, err := c.Get(t.Context(), fetch.Get{URL: secret + "/port?to=" + otherPort, Private: true})
	if err != nil || r.MovedTo != other+"/end" {
		t.Errorf("%+v, %v", r, err)
	}
	_, err = c.Get(t.Context(), fetch.Get{URL: secret + "/name?to=" + otherPort, Private: true})
	if err == nil || !strings.Contains(err.Error(), "this machine itself") {
		t.Errorf("a redirect to another private name: %v", err)
	}
	_, err = c.Get(t.Context(), fetch.Get{URL: secret + "/same"})
	if err == nil || strings.Contains(err.Error(), "hidden") {
		t.Errorf("an error shows the password: %v", err)
	}
	basic := "Basic dXNlcjpoaWRkZW4="
	want := []string{"/same " + basic, "/end " + basic, "/port " + basic, "/end ", "/name " + basic}
	if fmt.Sprint(authorised) != fmt.Sprint(want) {
		t.Errorf("got  %v\nwant %v", authorised, want)
	}
}

func TestOnlyAWhollyPermanentWayIsAMove(t *testing.T) {
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/a":
			http.Redirect(w, r, "/b", http.StatusMovedPermanently)
		case "/b":
			http.Redirect(w, r, "/end", http.StatusPermanentRedirect)
		case "/c":
			http.Redirect(w, r, "/a", http.StatusTemporaryRedirect)
		case "/d":
			http.Redirect(w, r, "/c", http.StatusMovedPermanently)
		}
	})
	c := client(t, nil)
	for from, want := range map[string]string{"/a": "/end", "/c": "", "/d": "", "/end": ""} {
		r, err := c.Get(t.Context(), fetch.Get{URL: address + from, Private: true})
		if err != nil {
			t.Fatal(err)
		}
		if want != "" {
			want = address + want
		}
		if r.MovedTo != want || r.URL != address+"/end" {
			t.Errorf("from %s: moved to %q, ended at %s", from, r.MovedTo, r.URL)
		}
	}
}

func TestABusyHostIsLeftAloneAsLongAsItAsks(t *testing.T) {
	at := now
	var asked atomic.Int32
	address := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		if asked.Add(1) == 1 {
			w.Header().Set("Retry-After", "90")
			w.WriteHeader(http.StatusTooManyRequests)
		}
	})
	c := client(t, func(o *fetch.Options) { o.Clock = func() time.Time { return at } })
	get := func() *fetch.Error {
		_, err := c.Get(t.Context(), fetch.Get{URL: address, Private: true})
		refused, _ := errors.AsType[*fetch.Error](err)
		return refused
	}
	if e := get(); e == nil || e.RetryAfter != 90*time.Second || e.Status != 429 || centre.CodeOf(e) != centre.CodeUnavailable {
		t.Errorf("the first answer: %+v", e)
	}
	at = at.Add(30 * time.Second)
	if e := get(); e == nil || e.RetryAfter != time.Minute || asked.Load() != 1 {
		t.Errorf("within the time: %+v, asked %d times", e, asked.Load())
	}
	at = at.Add(61 * time.Second)
	if e := get(); e != nil || asked.Load() != 2 {
		t.Errorf("after it: %+v, asked %d times", e, asked.Load())
	}
}

func TestRobotsAreAskedOnceAndObeyed(t *testing.T) {
	var robots, pages atomic.Int32
	status := http.StatusOK
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			robots.Add(1)
			w.WriteHeader(status)
			fmt.Fprint(w, "User-agent: *\nDisallow: /\n\nUser-agent: entente\nDisallow: /private\nAllow: /\n")
			return
		}
		pages.Add(1)
	})
	c := client(t, nil)
	get := func(path string, robots bool) error {
		_, err := c.Get(t.Context(), fetch.Get{URL: address + path, Private: true, Robots: robots})
		return err
	}
	if err := get("/open", true); err != nil {
		t.Error(err)
	}
	if err := get("/private/x", true); centre.CodeOf(err) != centre.CodeInvalid {
		t.Errorf("a disallowed page: %v", err)
	}
	if err := get("/private/x", false); err != nil {
		t.Errorf("a feed does not ask: %v", err)
	}
	if robots.Load() != 1 || pages.Load() != 2 {
		t.Errorf("robots.txt was asked for %d times, pages %d times", robots.Load(), pages.Load())
	}

	// No robots.txt allows all; a host that cannot say allows nothing for now.
	c, status = client(t, nil), http.StatusNotFound
	if err := get("/private/x", true); err != nil {
		t.Errorf("without robots.txt: %v", err)
	}
	c, status = client(t, nil), http.StatusInternalServerError
	if err := get("/open", true); centre.CodeOf(err) != centre.CodeUnavailable {
		t.Errorf("with a broken robots.txt: %v", err)
	}
}

func TestBodiesAreCappedExactly(t *testing.T) {
	const most = 100_000
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, strings.Repeat("x", most+len(r.URL.Query().Get("more"))))
	})
	c := client(t, func(o *fetch.Options) { o.MaxBody = most })
	if r, err := c.Get(t.Context(), fetch.Get{URL: address, Private: true}); err != nil || len(r.Body) != most {
		t.Errorf("a body of the largest size: %v", err)
	}
	if _, err := c.Get(t.Context(), fetch.Get{URL: address + "?more=x", Private: true}); centre.CodeOf(err) != centre.CodeInvalid {
		t.Errorf("a byte more: %v", err)
	}
}

func TestWhatGoesWrongIsSaidWithARemedy(t *testing.T) {
	gone := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) })
	tls := httptest.NewTLSServer(http.NotFoundHandler())
	t.Cleanup(tls.Close)
	closed := httptest.NewServer(nil)
	closed.Close()
	c := client(t, nil)
	for _, test := range []struct{ address, says string }{
		{gone, "gone for good"},
		{tls.URL, "certificate"},
		{closed.URL, "nothing listens there"},
		{"http://no-such-host.invalid/", "no-such-host.invalid"},
		{"http://169.254.169.254/latest/meta-data", "metadata"},
		{"http://0.0.0.0/", "unspecified"},
		{"http://[::ffff:169.254.169.254]/", "metadata"},
	} {
		_, err := c.Get(t.Context(), fetch.Get{URL: test.address, Private: true})
		if err == nil || !strings.Contains(err.Error(), test.says) || !strings.HasSuffix(err.Error(), ".") || centre.CodeOf(err) == "" {
			t.Errorf("%s: %v", test.address, err)
		}
	}
	_, err := c.Get(t.Context(), fetch.Get{URL: gone, Private: true})
	if e, ok := errors.AsType[*fetch.Error](err); !ok || !e.Gone {
		t.Errorf("410: %+v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Get(ctx, fetch.Get{URL: gone, Private: true}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled context: %v", err)
	}
}

// TestManners looks at the queue before a host without a network, on a clock
// that stands still unless everybody waits.
func TestManners(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		enter := fetch.Queue(time.Now, 1)
		slow, quick := &url.URL{Host: "slow.example"}, &url.URL{Host: "quick.example"}
		start := time.Now()

		leave, err := enter(t.Context(), slow, time.Second)
		if err != nil {
			t.Fatal(err)
		}
		second := make(chan time.Duration)
		go func() {
			leave, err := enter(t.Context(), slow, time.Second)
			if err != nil {
				t.Error(err)
				return
			}
			leave()
			second <- time.Since(start)
		}()
		synctest.Wait()
		if leave, err := enter(t.Context(), quick, time.Second); err != nil || time.Since(start) != 0 {
			t.Errorf("another host waited %v, %v", time.Since(start), err)
		} else {
			leave()
		}
		impatient, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		if _, err := enter(impatient, slow, time.Second); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("who waits in vain gets %v", err)
		}
		time.Sleep(3 * time.Second) // the first request takes five seconds
		leave()
		if waited := <-second; waited != 6*time.Second {
			t.Errorf("the second request began after %v, want a second after the end of the first", waited)
		}
	})
}

func TestARefusalOfAPrivateHostIsToldOfTheAddressItselfAndNotRemembered(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "x") }))
	t.Cleanup(server.Close)
	c := client(t, func(o *fetch.Options) { o.Clock, o.HostDelay = time.Now, time.Millisecond })
	_, err := c.Get(t.Context(), fetch.Get{URL: server.URL + "/page", Robots: true})
	if err == nil || !strings.Contains(err.Error(), "/page") || strings.Contains(err.Error(), "robots") {
		t.Errorf("without leave: %v", err)
	}
	if _, err := c.Get(t.Context(), fetch.Get{URL: server.URL + "/page", Robots: true, Private: true}); err != nil {
		t.Errorf("with leave: %v", err)
	}
}
