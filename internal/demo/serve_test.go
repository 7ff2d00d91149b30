package demo

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/charter"
	"entente/internal/policy"

	"github.com/mmcdole/gofeed"
	"go.uber.org/goleak"
)

// world is a running scenario whose clock the test turns.
type world struct {
	*Outlets
	t       *testing.T
	elapsed atomic.Int64
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t}
	begin := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	outlets, err := Start(t.Context(), Options{
		Clock: func() time.Time { return begin.Add(time.Duration(w.elapsed.Load())) },
	})
	if err != nil {
		t.Fatal(err)
	}
	w.Outlets = outlets
	t.Cleanup(func() {
		http.DefaultClient.CloseIdleConnections()
		if err := outlets.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func (w *world) turn(to time.Duration) { w.elapsed.Store(int64(to)) }

func (w *world) source(slug string) centre.Source {
	w.t.Helper()
	all := w.Sources()
	i := slices.IndexFunc(all, func(s centre.Source) bool { return s.Slug == slug })
	if i < 0 {
		w.t.Fatalf("no source %q", slug)
	}
	return all[i]
}

func (w *world) get(url string, header ...string) (*http.Response, []byte) {
	w.t.Helper()
	request, err := http.NewRequest("GET", url, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		w.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return response, body
}

// Each feed is what it says it is, to a parser that is not ours.
func TestEveryFeedParses(t *testing.T) {
	w := newWorld(t)
	w.turn(Length)
	for i, source := range w.Sources() {
		o := w.Scenario().Outlets[i]
		if source.Kind != "feed" {
			continue
		}
		_, body := w.get(source.Address)
		feed, err := gofeed.NewParser().Parse(bytes.NewReader(body))
		if err != nil {
			t.Errorf("%s: %v", source.Slug, err)
			continue
		}
		kind := map[Format]string{RSS20: "rss 2.0", RSS092: "rss 0.92", Atom: "atom 1.0", JSONFeed: "json 1.1"}[o.Format]
		if got := feed.FeedType + " " + strings.TrimPrefix(feed.FeedVersion, "https://jsonfeed.org/version/"); got != kind {
			t.Errorf("%s is %q, want %q", source.Slug, got, kind)
		}
		if feed.Title != o.Name || len(feed.Items) != len(o.Items) {
			t.Errorf("%s: title %q with %d items, want %q with %d", source.Slug, feed.Title, len(feed.Items), o.Name, len(o.Items))
		}
		for _, item := range feed.Items {
			if !strings.HasPrefix(item.Link, strings.TrimSuffix(source.Address, feedPath)) {
				t.Errorf("%s: the link %q does not lead to the outlet", source.Slug, item.Link)
			}
			if o.Format == RSS092 && (item.GUID != "" || item.Published != "") {
				t.Errorf("%s: RSS 0.92 has neither guid nor date, but got %q and %q", source.Slug, item.GUID, item.Published)
			}
			if _, page := w.get(item.Link); !bytes.Contains(page, []byte("<article>")) {
				t.Errorf("%s: no article at %s", source.Slug, item.Link)
			}
		}
	}
}

func TestItemsAppearAndChangeWithTime(t *testing.T) {
	w := newWorld(t)
	source := w.source("tigris-wire")
	item := func(name string) *gofeed.Item {
		t.Helper()
		_, body := w.get(source.Address)
		feed, err := gofeed.NewParser().Parse(bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(feed.Items, func(i *gofeed.Item) bool { return strings.HasSuffix(i.Link, name+".html") })
		if i < 0 {
			return nil
		}
		return feed.Items[i]
	}
	if item("cholera-spread") != nil {
		t.Error("at the beginning there is nothing yet")
	}
	if r, _ := w.get(strings.TrimSuffix(source.Address, feedPath) + pagePath("cholera-spread")); r.StatusCode != 404 {
		t.Errorf("a page before its time answers %d, want 404", r.StatusCode)
	}
	w.turn(20 * time.Second)
	first := item("cholera-spread")
	w.turn(40 * time.Second)
	second := item("cholera-spread")
	if first == nil || second == nil {
		t.Fatal("the item did not appear")
	}
	if first.GUID != second.GUID || first.Published != second.Published {
		t.Error("a later version is of the same item, published when it was published")
	}
	if !strings.Contains(first.Content, "1,200") || !strings.Contains(second.Content, "2,000") {
		t.Errorf("first %q, then %q", first.Title, second.Title)
	}
	if item("baghdad-floods").GUID != "" {
		t.Error("the item without guid has one")
	}
}

func TestConditionalRequests(t *testing.T) {
	w := newWorld(t)
	w.turn(20 * time.Second)
	source := w.source("tigris-wire")
	r, _ := w.get(source.Address)
	tag, modified := r.Header.Get("ETag"), r.Header.Get("Last-Modified")
	if tag == "" || modified == "" {
		t.Fatalf("ETag %q and Last-Modified %q", tag, modified)
	}
	w.turn(30 * time.Second)
	for _, h := range [][2]string{{"If-None-Match", tag}, {"If-Modified-Since", modified}} {
		if r, body := w.get(source.Address, h[0], h[1]); r.StatusCode != 304 || len(body) > 0 {
			t.Errorf("unchanged, %s: %d with %d bytes, want 304 with none", h[0], r.StatusCode, len(body))
		}
	}
	w.turn(40 * time.Second)
	for _, h := range [][2]string{{"If-None-Match", tag}, {"If-Modified-Since", modified}} {
		if r, _ := w.get(source.Address, h[0], h[1]); r.StatusCode != 200 {
			t.Errorf("changed, %s: %d, want 200", h[0], r.StatusCode)
		}
	}
}

func TestCharsetsAreAsOddAsInLife(t *testing.T) {
	w := newWorld(t)
	w.turn(Length)
	r, body := w.get(w.source("birch-line").Address)
	if got := r.Header.Get("Content-Type"); got != "application/rss+xml; charset=utf-8" {
		t.Errorf("the header says %q; it is to be wrong", got)
	}
	if !bytes.Contains(body, []byte(`encoding="windows-1251"`)) || !bytes.Contains(body, []byte("\xcc\xce\xd1\xca\xc2\xc0")) {
		t.Error("the bytes are not windows-1251")
	}
	r, body = w.get(w.source("naranj").Address)
	if got := r.Header.Get("Content-Type"); got != "application/rss+xml; charset=windows-1256" {
		t.Errorf("the header says %q", got)
	}
	if !bytes.Contains(body, []byte("\xcf\xe3\xd4\xde")) { // Damascus
		t.Error("the bytes are not windows-1256")
	}
}

// An outlet that wants to be followed keeps its text on its pages.
func TestFollowedFeedHasFirstParagraphsOnly(t *testing.T) {
	w := newWorld(t)
	w.turn(Length)
	source := w.source("pier-herald")
	if source.Options["follow"] != "yes" {
		t.Error("the source does not say that it is to be followed")
	}
	_, feed := w.get(source.Address)
	_, page := w.get(strings.TrimSuffix(source.Address, feedPath) + pagePath("sochi-gulf"))
	last := "через министров иностранных дел"
	if bytes.Contains(feed, []byte(last)) || !bytes.Contains(page, []byte(last)) {
		t.Error("the last paragraph is to be on the page and not in the feed")
	}
}

func TestPageSourceIsThereFromTheBeginning(t *testing.T) {
	w := newWorld(t)
	source := w.source("centre-background")
	r, first := w.get(source.Address)
	if source.Kind != "page" || r.StatusCode != 200 {
		t.Fatalf("%s %s answers %d", source.Kind, source.Address, r.StatusCode)
	}
	w.turn(Length)
	if _, second := w.get(source.Address); bytes.Equal(first, second) {
		t.Error("the page has no later version")
	}
}

// What the demo is there to show: each member sees another picture.
func TestMembersSeeWhatWasReleasedToThem(t *testing.T) {
	w := newWorld(t)
	see := func(login, slug string) bool {
		persons := Persons()
		i := slices.IndexFunc(persons, func(p Person) bool { return p.Login == login })
		if i < 0 {
			t.Fatalf("no person %q", login)
		}
		p := persons[i]
		return policy.Visible(policy.Actor{Member: p.Member, Roles: p.Roles, Clearance: p.Clearance, Active: true}, w.source(slug).Marking)
	}
	for _, c := range []struct {
		login, slug string
		want        bool
	}{
		{"z.obeidi", "tigris-wire", true}, {"m.golestani", "tigris-wire", true}, {"o.severtseva", "tigris-wire", true}, {"r.haddad", "tigris-wire", true},
		{"z.obeidi", "irq-watch", true}, {"m.golestani", "irq-watch", true}, {"o.severtseva", "irq-watch", true}, {"r.haddad", "irq-watch", true},
		{"z.obeidi", "irq-border", true}, {"r.haddad", "irq-border", true}, {"o.severtseva", "irq-border", false}, {"m.golestani", "irq-border", false},
		{"o.severtseva", "rus-own", true}, {"r.haddad", "rus-own", false}, {"z.obeidi", "rus-own", false}, {"t.valeev", "rus-own", false},
		{"m.golestani", "irn-pilgrims", true}, {"z.obeidi", "irn-pilgrims", true}, {"r.haddad", "irn-pilgrims", false},
		{"a.veresov", "syr-officers", true}, {"o.severtseva", "syr-officers", false}, {"r.haddad", "syr-officers", true}, {"n.darraji", "syr-officers", false},
	} {
		if got := see(c.login, c.slug); got != c.want {
			t.Errorf("%s sees %s: %v, want %v", c.login, c.slug, got, c.want)
		}
	}
}

func TestPersonsAreAnAnalystAnOfficerAndAnAdministratorOfEachMember(t *testing.T) {
	logins := map[string]bool{}
	held := map[centre.MemberCode]map[centre.Role]bool{}
	for _, p := range Persons() {
		if logins[p.Login] || p.Login != strings.ToLower(p.Login) {
			t.Errorf("login %q", p.Login)
		}
		logins[p.Login] = true
		if held[p.Member] == nil {
			held[p.Member] = map[centre.Role]bool{}
		}
		for _, r := range p.Roles {
			held[p.Member][r] = true
		}
	}
	for _, m := range members {
		if len(held[m]) != 3 {
			t.Errorf("%s has the roles %v", m, held[m])
		}
	}
}

// Whoever heads the demo's centre can sign in and find the centre theirs.
func TestOfficersAreTheHeadsOfTheCharter(t *testing.T) {
	c, err := charter.Parse(charter.Demo)
	if err != nil {
		t.Fatal(err)
	}
	var codes []centre.MemberCode
	for _, m := range c.Members {
		codes = append(codes, m.Code)
	}
	if !slices.Equal(codes, members) {
		t.Errorf("the charter has the members %v, the scenario %v", codes, members)
	}
	for _, a := range c.Appointments {
		if a.Post == charter.PostHead && !slices.ContainsFunc(Persons(), func(p Person) bool {
			return p.Login == a.Login && p.Name == a.Name && p.Member == a.Member && slices.Contains(p.Roles, centre.RoleOfficer)
		}) {
			t.Errorf("%s, head for %s, has no account as %q", a.Name, a.Member, a.Login)
		}
	}
}

func TestSourcesAreComplete(t *testing.T) {
	slugs := map[string]bool{}
	for _, s := range newWorld(t).Sources() {
		if slugs[s.Slug] {
			t.Errorf("the slug %q is there twice", s.Slug)
		}
		slugs[s.Slug] = true
		if s.Name == "" || s.Family == "" || s.Language == "" || s.Country == "" || !s.Private ||
			s.Interval < 2*time.Second || s.Interval > 5*time.Second || s.Marking.Originator != s.Member {
			t.Errorf("%+v", s)
		}
	}
}

func TestStartThatFailsLeavesNothingOpen(t *testing.T) {
	defer goleak.VerifyNone(t)
	var opened []net.Listener
	_, err := Start(t.Context(), Options{Clock: time.Now, Listen: func(slug string) (net.Listener, error) {
		if len(opened) == 3 {
			return nil, net.ErrClosed
		}
		l := httptest.NewUnstartedServer(nil).Listener
		opened = append(opened, l)
		return l, nil
	}})
	if centre.CodeOf(err) != centre.CodeUnavailable {
		t.Errorf("got %v, want a refusal that says what to do", err)
	}
	for _, l := range opened {
		if _, err := l.Accept(); err == nil {
			t.Error("a listener is still open")
		}
	}
}

// Two demos on one machine do not stand in each other's way.
func TestASecondDemoTakesOtherPorts(t *testing.T) {
	first, second := newWorld(t).Sources(), newWorld(t).Sources()
	for i := range first {
		if first[i].Address == second[i].Address {
			t.Errorf("both have %s", first[i].Address)
		}
	}
}

func TestOutletsEndWithTheirContext(t *testing.T) {
	defer goleak.VerifyNone(t)
	ctx, cancel := context.WithCancel(t.Context())
	outlets, err := Start(ctx, Options{Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	outlets.running.Wait()
	if err := outlets.Close(); err != nil {
		t.Error(err)
	}
}
