package server_test

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"entente/internal/server"
	"entente/internal/store"
)

// listener reads a stream of changes over a real connection.
type listener struct {
	t      *testing.T
	lines  chan string
	cancel context.CancelFunc
}

// listen opens the stream of a visitor and waits for its hello.
func (v *visitor) listen(base string) *listener {
	v.t.Helper()
	ctx, cancel := context.WithCancel(v.t.Context())
	r, err := http.NewRequestWithContext(ctx, "GET", base+server.Prefix+"/changes", nil)
	must(v.t, err)
	r.Header.Set("Cookie", "entente_session="+v.cookie)
	r.Header.Set("Last-Event-ID", "whatever 7")
	a, err := http.DefaultClient.Do(r)
	must(v.t, err)
	if a.StatusCode != http.StatusOK || a.Header.Get("Content-Type") != "text/event-stream" {
		v.t.Fatalf("%d %v", a.StatusCode, a.Header)
	}
	l := &listener{v.t, make(chan string, 100), cancel}
	go func() {
		defer close(l.lines)
		defer a.Body.Close()
		scanner := bufio.NewScanner(a.Body)
		for scanner.Scan() {
			if line := scanner.Text(); line != "" {
				l.lines <- line
			}
		}
	}()
	l.wants("event: hello", "data: {}")
	return l
}

// wants reads lines that must come next.
func (l *listener) wants(lines ...string) {
	l.t.Helper()
	for _, want := range lines {
		select {
		case got, open := <-l.lines:
			if !open || !strings.HasPrefix(got, want) {
				l.t.Fatalf("got %q (open: %t), want %q", got, open, want)
			}
		case <-time.After(10 * time.Second):
			l.t.Fatalf("%q did not come", want)
		}
	}
}

// ends waits for the stream's end, and fails where anything comes before it.
func (l *listener) ends() {
	l.t.Helper()
	select {
	case got, open := <-l.lines:
		if open {
			l.t.Fatalf("%q came instead of the end", got)
		}
	case <-time.After(10 * time.Second):
		l.t.Fatal("the stream did not end")
	}
}

func TestChangesAreThoseOneMaySee(t *testing.T) {
	o := open(t, func(so *setup) { so.Heartbeat = time.Hour })
	o.announce()
	listening := httptest.NewServer(o.server)
	defer listening.Close()
	defer listening.CloseClientConnections()
	irq, rus := o.as("irq.analyst").listen(listening.URL), o.as("rus.analyst").listen(listening.URL)

	o.take("own-rus", "hidden", "Zanzibar again", "Another matter of Russia alone.", "")
	o.take("own-irq", "mine", "Tigris file", "A matter of Iraq alone.", "CONFIDENTIAL//REL TO IRQ") // a label that is new
	o.take("wire", "shared", "A shared matter", "For all four.", "")
	o.announce()

	id := func(external string) string { return `data: {"id":"` + o.reports[external].String() + `","story":"` }
	irq.wants("event: report", id("mine"), "event: report", id("shared"))
	rus.wants("event: report", id("hidden"), "event: report", id("shared"))

	o.desk.Announce(store.Notice{Kind: "charter"})
	irq.wants("event: charter")
	irq.wants("data: {}")
	rus.wants("event: charter", "data: {}")
}

func TestStreamEndsWithTheSession(t *testing.T) {
	for name, end := range map[string]func(o *office, v *visitor){
		"suspended": func(o *office, _ *visitor) {
			o.as("irq.administrator").call("PATCH", "/persons/"+o.persons["irq.analyst"].String(), `{"suspended":true}`)
		},
		"signed out": func(_ *office, v *visitor) { v.call("DELETE", "/session", "") },
		"too old": func(o *office, _ *visitor) {
			later := opening.Add(14 * time.Hour)
			o.now.Store(&later)
		},
		"the program ends": func(o *office, _ *visitor) { o.server.Close() },
	} {
		t.Run(name, func(t *testing.T) {
			o := open(t, func(so *setup) { so.Heartbeat = time.Hour })
			listening := httptest.NewServer(o.server)
			defer listening.Close()
			defer listening.CloseClientConnections()
			v := o.as("irq.analyst")
			l := v.listen(listening.URL)
			end(o, v)
			o.take("wire", "late", "Too late", "Nobody of the ended session may learn of this.", "")
			o.announce()
			l.ends()
		})
	}
}

// TestHeartbeatsAlone: what is hidden causes no byte, and a heartbeat comes
// whether anything happened or not.
func TestHeartbeatsAlone(t *testing.T) {
	o := open(t, func(so *setup) { so.Heartbeat = 50 * time.Millisecond })
	o.announce()
	listening := httptest.NewServer(o.server)
	defer listening.Close()
	defer listening.CloseClientConnections()
	l := o.as("irq.analyst").listen(listening.URL)
	for range 20 {
		o.desk.Announce(store.Notice{Kind: "report", ID: o.reports["secret-rus"], Label: 3})
		l.wants(": still here")
	}
}
