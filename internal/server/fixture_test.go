package server_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/charter"
	"entente/internal/desk"
	"entente/internal/gather"
	"entente/internal/gather/feed"
	"entente/internal/gather/files"
	"entente/internal/gather/push"
	"entente/internal/lexis"
	"entente/internal/policy"
	"entente/internal/policy/system"
	"entente/internal/server"
	"entente/internal/store"
	"entente/internal/store/sqlite"
)

// office is a centre with the four members of the demonstration's charter, an
// account for every role of each, a few sources and reports, and a server.
type office struct {
	t      *testing.T
	store  store.Store
	desk   *desk.Desk
	server *server.Server
	now    *atomic.Pointer[time.Time]
	ids    *centre.IDSource
	log    *bytes.Buffer

	sources  map[string]centre.ID // by slug
	reports  map[string]centre.ID // by external id
	stories  map[string]centre.ID
	persons  map[string]centre.ID // by login
	events   map[string]centre.ID // by external id
	claims   map[string]centre.ID // by external id of the report that says it
	entities map[string]centre.ID // by external id of the report that names it
}

var members = []centre.MemberCode{"IRQ", "IRN", "RUS", "SYR"}
var roles = []centre.Role{centre.RoleAnalyst, centre.RoleOfficer, centre.RoleAdministrator}

const password = "a long enough pass phrase"

// opening is a moment of the second week of the centre.
var opening = time.Date(2015, 10, 5, 9, 0, 0, 0, time.UTC)

// setup is what a test may change of an office.
type setup struct {
	server.Options
	wrap       func(store.Store) store.Store // something between the desk and the store
	translator desk.Translator
}

type option func(*setup)

func withStore(wrap func(store.Store) store.Store) option {
	return func(so *setup) { so.wrap = wrap }
}

func open(t *testing.T, options ...option) *office {
	t.Helper()
	o := &office{t: t, ids: &centre.IDSource{}, now: &atomic.Pointer[time.Time]{}, log: &bytes.Buffer{},
		sources: map[string]centre.ID{}, reports: map[string]centre.ID{}, stories: map[string]centre.ID{}, persons: map[string]centre.ID{}, events: map[string]centre.ID{}, claims: map[string]centre.ID{}, entities: map[string]centre.ID{}}
	o.now.Store(&opening)
	clock := func() time.Time { return *o.now.Load() }
	s, err := sqlite.Open(t.Context(), t.TempDir(), sqlite.Options{Clock: clock, IDs: o.ids, Sealer: sealer{}})
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	o.store = s

	parsed, err := charter.Parse(charter.Demo)
	must(t, err)
	history, err := charter.NewHistory([]charter.Version{{Effective: parsed.Rotation.Anchor, Charter: parsed}})
	must(t, err)
	must(t, s.AdoptCharter(t.Context(), system.Grant("test"), store.CharterVersion{Version: 1, Effective: parsed.Rotation.Anchor, Adopted: opening, By: "test", Text: string(charter.Demo)}))

	logger := slog.New(slog.NewTextHandler(o.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	so := setup{
		Options: server.Options{Version: "test", Demo: true, Loopback: true, Clock: clock, Log: logger},
		wrap:    func(s store.Store) store.Store { return s },
	}
	for _, apply := range options {
		apply(&so)
	}
	o.desk, err = desk.New(desk.Deps{
		Store: so.wrap(s), Gazetteer: places{}, Connectors: &connectors{}, Clock: clock, IDs: o.ids, Log: logger,
		Readers: []gather.Reader{feed.New(), push.New(), files.New()}, Derive: derive, Translator: so.translator,
		History: func(context.Context) (*charter.History, error) { return history, nil },
	})
	must(t, err)
	o.server, err = server.New(o.desk, so.Options)
	must(t, err)
	t.Cleanup(o.server.Close)
	o.people()
	o.holdings()
	return o
}

// people makes "irq.analyst", "irq.officer" and so on, all cleared for SECRET.
func (o *office) people() {
	for _, m := range members {
		for _, r := range roles {
			p := centre.Person{ID: o.ids.Next(opening), Member: m, Login: strings.ToLower(string(m)) + "." + string(r), Name: string(r) + " of " + string(m), Roles: []centre.Role{r}, Clearance: centre.Secret}
			_, invitation := desk.NewInvitation(p, opening)
			must(o.t, o.store.AddPerson(o.t.Context(), system.Grant("test"), p, invitation))
			o.persons[p.Login] = p.ID
		}
	}
}

// holdings fills the centre: a source that all may know of, and for each member
// one that is its own affair.
func (o *office) holdings() {
	o.addSource("wire", "IRQ", "UNCLASSIFIED//REL TO IRQ, IRN, RUS, SYR", "feed")
	for _, m := range members {
		o.addSource("own-"+strings.ToLower(string(m)), m, "RESTRICTED//REL TO "+string(m), "feed")
	}
	o.take("wire", "open", "Officers meet in Baghdad", "The four states opened a coordination cell in Baghdad on Sunday.", "")
	o.take("wire", "open-ru", "Встреча в Багдаде", "Офицеры четырех государств открыли информационный центр.", "")
	o.bury("wire", "dead-wire", "Broken zanzibar paper of the wire")
	for _, m := range members {
		low := strings.ToLower(string(m))
		o.take("own-"+low, "secret-"+low, "Zanzibar file of "+string(m), "Nobody but "+string(m)+" may read of the zanzibar matter near Latakia.", "")
		o.bury("own-"+low, "dead-"+low, "Broken zanzibar paper of "+string(m))
		o.occur("own-"+low, "secret-"+low, "Zanzibar file of "+string(m))
	}
}

// occur brings an event, and a track of the same name.
func (o *office) occur(slug, external, title string) {
	ctx, grant := o.t.Context(), system.Grant("test")
	_, err := o.store.TakeEvents(ctx, grant, o.sources[slug], []centre.Event{{ExternalID: external, Category: centre.EventOther, Title: title, Point: centre.At(44, 33)}}, nil)
	must(o.t, err)
	_, err = o.store.TakeTracks(ctx, grant, o.sources[slug], []centre.Track{{UID: external, Callsign: title, Point: centre.At(44, 33), Time: opening, Stale: opening.Add(time.Hour)}}, nil)
	must(o.t, err)
	page, err := o.store.Events(ctx, system.View(), store.EventFilter{Sources: []centre.ID{o.sources[slug]}}, store.Page{})
	must(o.t, err)
	o.events[external] = page.Events[0].ID
}

func (o *office) addSource(slug string, member centre.MemberCode, marking, kind string) {
	m, err := centre.ParseMarking(marking, centre.Audience{})
	must(o.t, err)
	s := centre.Source{ID: o.ids.Next(opening), Slug: slug, Name: strings.ToUpper(slug), Kind: kind, Address: "https://user:key@" + slug + ".example/feed?token=s3cret",
		Member: member, Family: "family of " + slug, Language: "en", Marking: m, Created: opening, Options: map[string]string{"header": "s3cret"}}
	actor := policy.Actor{Person: o.persons[strings.ToLower(string(member))+".administrator"], Name: "administrator", Member: member, Roles: []centre.Role{centre.RoleAdministrator}, Clearance: centre.Secret, Active: true}
	grant, err := policy.Decide(actor, policy.ActionManageSources, policy.Object{Kind: "source", Member: member, Target: &m})
	must(o.t, err)
	must(o.t, o.store.AddSource(o.t.Context(), grant, s))
	o.sources[slug] = s.ID
}

// take brings a document and processes it into a report.
func (o *office) take(slug, external, title, body, marking string) centre.ID {
	o.t.Helper()
	id := o.intake(slug, external, title, body, marking)
	pending, err := o.store.Pending(o.t.Context(), system.Grant("test"), id-1, 1)
	must(o.t, err)
	text := title + "\n\n" + body
	d := centre.Draft{Document: pending[0].Document, Content: centre.Content{Text: text, Title: len([]rune(title))}, Published: pending[0].Document.Published, Language: "en", LanguageSure: 1}
	if at := strings.Index(text, "Baghdad"); at >= 0 {
		place := centre.Place{ID: "entente:baghdad", Name: "Baghdad", Names: map[string]string{"en": "Baghdad"}, Class: centre.PlaceCapital, Country: "IRQ", Point: centre.At(44.36, 33.31), Radius: 5000}
		start := len([]rune(text[:at]))
		d.Mentions = []centre.Mention{{Kind: centre.MentionPlace, Start: start, End: start + 7, Text: "Baghdad", Place: &place, Score: 1, Step: "place", Version: 1, Why: []string{"the name of a capital"}}}
	}
	d.Tokens = lexis.Tokens(d.Language, d.Content)
	story := o.stories[external]
	if story == 0 {
		story = centre.RandomID()
		o.stories[external] = story
	}
	// Each report says its own body.
	claim := o.claims[external]
	if claim == 0 {
		claim = centre.RandomID()
		o.claims[external] = claim
	}
	end := len([]rune(text))
	speaker := centre.Agent{Name: "A source of " + slug, Kind: centre.AgentAnonymous}
	d.Statements = []centre.Statement{{No: 1, Start: end - len([]rune(body)), End: end, Speaker: speaker, Chain: []centre.Hop{{Agent: speaker, Directness: centre.DirectParaphrase}},
		Content: []centre.Words{{Start: end - len([]rune(body)), End: end, Text: body}}, Stance: centre.StanceAssert, Modality: centre.ModalityFact, Anonymity: centre.Background, Score: 1, Step: "claim", Version: 1}}
	// Each names somebody whom no other report names.
	if o.entities[external] == 0 {
		o.entities[external] = centre.RandomID()
	}
	someone := centre.EntityLink{Local: "#1", Entity: o.entities[external], Kind: centre.MentionPerson, Mentions: 1, Score: 0.9, Role: "zanzibar file of " + slug, Why: []string{"named"},
		Names: []centre.EntityName{{Language: "en", Text: title, Count: 1}}}
	ids, err := o.store.Commit(o.t.Context(), system.Grant("test"), []centre.Woven{{Draft: d, Story: story, CopySet: centre.RandomID(), Entities: []centre.EntityLink{someone}, Claims: []centre.Linked{{Claim: claim}}}})
	must(o.t, err)
	o.reports[external] = ids[0]
	return ids[0]
}

func (o *office) intake(slug, external, title, body, marking string) centre.ID {
	o.t.Helper()
	doc := centre.Document{ExternalID: external, Title: title, Body: body, MediaType: "text/plain", Fetched: opening, Source: o.sources[slug],
		Published: centre.Moment{Time: opening.Add(-time.Hour), Precision: centre.PrecisionSecond, Basis: centre.BasisFeed}}
	if marking != "" {
		m, err := centre.ParseMarking(marking, centre.Audience{})
		must(o.t, err)
		doc.Marking = &m
	}
	grant := system.Grant("test")
	if doc.Marking != nil { // a person brings it: only then may it be wider than its source
		state, err := o.store.Source(o.t.Context(), system.View(), o.sources[slug])
		must(o.t, err)
		member := state.Source.Member
		grant, err = policy.Decide(policy.Actor{Person: 1, Name: "A", Member: member, Roles: []centre.Role{centre.RoleOfficer}, Clearance: centre.TopSecret, Active: true},
			policy.ActionImport, policy.Object{Kind: "source", ID: o.sources[slug], Member: member})
		must(o.t, err)
	}
	receipts, err := o.store.Take(o.t.Context(), grant, o.sources[slug], []centre.Document{doc}, nil)
	must(o.t, err)
	return receipts[0].ID
}

func (o *office) bury(slug, external, title string) {
	id := o.intake(slug, external, title, "zanzibar", "")
	must(o.t, o.store.Bury(o.t.Context(), system.Grant("test"), centre.DeadLetter{Document: id, Source: o.sources[slug], Title: title, Step: "text", Reason: "It took too long.", Attempts: 3, At: opening}))
}

// announce tells the desk of everything in the outbox, as the bus does.
func (o *office) announce() {
	o.t.Helper()
	notices, err := o.store.Notices(o.t.Context(), system.Grant("test"), 0, 1000)
	must(o.t, err)
	for _, n := range notices {
		o.desk.Announce(n)
		must(o.t, o.store.Forget(o.t.Context(), system.Grant("test"), n.Seq))
	}
}

// visitor is a browser with its cookie.
type visitor struct {
	*office
	cookie string
}

// nobody is a visitor without a session.
func (o *office) nobody() *visitor { return &visitor{office: o} }

// as signs somebody in by the demo's way.
func (o *office) as(login string) *visitor {
	o.t.Helper()
	v := o.nobody()
	a := v.call("POST", "/demo/session", fmt.Sprintf(`{"login":%q}`, login))
	if a.status != http.StatusOK {
		o.t.Fatalf("sign in as %s: %d %s", login, a.status, a.body)
	}
	return v
}

type answered struct {
	status int
	body   string
	header http.Header
}

// call asks the API as a browser on the same machine does.
func (v *visitor) call(method, path, body string, headers ...string) answered {
	v.t.Helper()
	r := httptest.NewRequest(method, "http://localhost/", strings.NewReader(body))
	target := server.Prefix + path
	r.RequestURI = target
	r.URL.Path, r.URL.RawQuery, _ = strings.Cut(target, "?")
	r.RemoteAddr = "127.0.0.1:40000"
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if v.cookie != "" {
		r.Header.Set("Cookie", "entente_session="+v.cookie)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		switch headers[i] {
		case "Host":
			r.Host = headers[i+1]
		case "Remote":
			r.RemoteAddr = headers[i+1]
		default:
			r.Header.Set(headers[i], headers[i+1])
		}
	}
	w := httptest.NewRecorder()
	v.server.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if c.Name == "entente_session" {
			v.cookie = c.Value
		}
	}
	text, err := io.ReadAll(w.Result().Body)
	must(v.t, err)
	return answered{w.Code, string(text), w.Header()}
}

func (a answered) into(t *testing.T, v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(a.body), v); err != nil {
		t.Fatalf("%v in %s", err, a.body)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// places knows two names.
type places struct{}

func (places) Resolve(name string) ([]string, string) {
	switch strings.ToLower(name) {
	case "baghdad":
		return []string{"entente:baghdad"}, ""
	case "iraq":
		return []string{"entente:iraq"}, "IRQ"
	}
	return nil, ""
}

// connectors bring one document from every address but those of "broken".
type connectors struct{}

func (*connectors) Check(s centre.Source) error {
	if s.Kind == push.Kind {
		return push.New().Check(s)
	}
	if s.Kind != "feed" || !strings.HasPrefix(s.Address, "https://") {
		return centre.Invalid("%q is not an address that a feed can have.", s.Address)
	}
	return nil
}

func (*connectors) Preview(_ context.Context, s centre.Source, _ int) ([]desk.PreviewItem, []string, error) {
	if strings.Contains(s.Address, "broken") {
		return nil, nil, centre.Refuse(centre.CodeUnavailable, "The feed does not answer; check the address.")
	}
	return []desk.PreviewItem{{Title: "A title", Snippet: "Some words", Problems: []string{"It has no date."}}}, nil, nil
}

func (*connectors) Find(_ context.Context, address string, _ bool) ([]desk.FoundSource, error) {
	return []desk.FoundSource{{Source: centre.Source{Kind: "feed", Address: address}, How: "This is what lies at the address."}}, nil
}

// sealer turns letters round: what is kept is not what was given.
type sealer struct{}

func (sealer) Seal(plain []byte) ([]byte, error) { return flipped(plain), nil }
func (sealer) Open(shut []byte) ([]byte, error)  { return flipped(shut), nil }

func flipped(b []byte) []byte {
	out := bytes.Clone(b)
	for i := range out {
		out[i] ^= 0xff
	}
	return out
}

func derive(purpose string) []byte {
	sum := sha256.Sum256([]byte("test " + purpose))
	return sum[:]
}
