package storetest

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/lexis"
	"entente/internal/policy"
	"entente/internal/policy/system"
	"entente/internal/store"
)

// The members of the centres that are tested.
const (
	irq centre.MemberCode = "IRQ"
	irn centre.MemberCode = "IRN"
	rus centre.MemberCode = "RUS"
	syr centre.MemberCode = "SYR"
)

var members = []centre.MemberCode{irq, irn, rus, syr}

// start is when the tests' documents begin to be published.
var start = time.Date(2015, 9, 20, 6, 0, 0, 0, time.UTC)

func rel(level centre.Level, to ...centre.MemberCode) centre.Marking {
	return centre.Marking{Originator: to[0], Level: level, Releasable: to[1:]}.Canonical()
}

// open4 is released to all four members.
var open4 = rel(centre.Unclassified, irq, irn, rus, syr)

func actor(member centre.MemberCode, roles ...centre.Role) policy.Actor {
	if len(roles) == 0 {
		roles = []centre.Role{centre.RoleAnalyst}
	}
	return policy.Actor{Person: centre.ID(1000 + slices.Index(members, member)), Name: "Person of " + string(member),
		Member: member, Roles: roles, Clearance: centre.TopSecret, Active: true}
}

func allRoles(member centre.MemberCode) policy.Actor {
	return actor(member, centre.RoleAnalyst, centre.RoleOfficer, centre.RoleAdministrator)
}

// world is a store under test with the hands to fill it.
type world struct {
	*testing.T
	ctx   context.Context
	s     store.Store
	g     policy.Grant
	ids   centre.IDSource
	slugs int
}

func newWorld(t *testing.T, open Open) *world {
	return &world{T: t, ctx: t.Context(), s: open(t), g: system.Grant("test")}
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// refused checks the code of a refusal and that it is a sentence.
func (w *world) refused(err error, code centre.Code) {
	w.Helper()
	if centre.CodeOf(err) != code {
		w.Fatalf("got error %v (code %q), want code %q", err, centre.CodeOf(err), code)
	}
	if !strings.HasSuffix(err.Error(), ".") && !strings.Contains(err.Error(), ";") && len(err.Error()) < 20 {
		w.Errorf("the refusal %q is not a sentence", err)
	}
}

// view makes the view of an actor now.
func (w *world) view(a policy.Actor) policy.View {
	w.Helper()
	labels, err := w.s.AllLabels(w.ctx, w.g)
	w.must(err)
	return policy.NewView(a, labels)
}

// source adds a source of a member.
func (w *world) source(member centre.MemberCode, marking centre.Marking) centre.Source {
	w.Helper()
	w.slugs++
	o := centre.Source{ID: w.ids.Next(start), Slug: fmt.Sprintf("%s-%03d", strings.ToLower(string(member)), w.slugs), Name: "Source " + fmt.Sprint(w.slugs),
		Kind: "feed", Address: "https://example.org/feed", Member: member, Family: "family-" + string(member), Language: "en", Marking: marking}
	g, err := policy.Decide(allRoles(member), policy.ActionManageSources, policy.Object{Kind: "source", Member: member, Target: &marking})
	if member != marking.Originator {
		w.Fatalf("a source of %s cannot be marked %s", member, marking)
	}
	w.must(err)
	w.must(w.s.AddSource(w.ctx, g, o))
	state, err := w.s.Source(w.ctx, system.View(), o.ID)
	w.must(err)
	return state.Source
}

// text is a document as tests write it.
type text struct {
	id, title, body, language string
	marking                   *centre.Marking
	published                 time.Time
	places                    []*centre.Place
	when                      *centre.Span // of a time expression
	parts                     []centre.Part
	found                     centre.Findings
	story, copies             centre.ID
	merged                    []centre.ID
	echo                      centre.Echo
	partOf                    string
	claims                    []centre.Linked // of found.Statements
}

func (x text) document() centre.Document {
	d := centre.Document{ExternalID: x.id, Title: x.title, MediaType: "text/plain", Body: x.body, Language: x.language, Marking: x.marking,
		URL: "https://example.org/" + x.id, Fetched: start, PartOf: x.partOf}
	if !x.published.IsZero() {
		d.Published = centre.Moment{Time: x.published, Precision: centre.PrecisionSecond, Basis: centre.BasisFeed}
	}
	return d
}

// woven is what processing would make of a pending document.
func (x text) woven(d centre.Document) centre.Woven {
	content := centre.Content{Text: d.Title + "\n\n" + d.Body, Title: len([]rune(d.Title))}
	if d.Title == "" {
		content = centre.Content{Text: d.Body}
	}
	language := x.language
	if language == "" {
		language = "en"
	}
	w := centre.Woven{Story: x.story, CopySet: x.copies, Merged: x.merged, Echo: x.echo, Claims: x.claims, Draft: centre.Draft{Document: d, Content: content, Published: d.Published, Language: language,
		LanguageSure: 0.9, Tokens: lexis.Tokens(language, content), Fingerprint: centre.Fingerprint{Exact: exact(d.Body), MinHash: []uint32{1, 2, 1 << 31}}}}
	for i, p := range x.places {
		w.Draft.Mentions = append(w.Draft.Mentions, centre.Mention{Kind: centre.MentionPlace, Start: i, End: i + 1, Text: p.Name, Place: p,
			Score: 1 - float64(i)/100, Step: "place", Version: 1, Why: []string{"named"}})
	}
	w.Draft.Findings = x.found
	if x.parts != nil {
		w.Draft.Parts = x.parts
	}
	if x.when != nil {
		w.Draft.Mentions = append(w.Draft.Mentions, centre.Mention{Kind: centre.MentionTime, End: 1, Text: "today", When: x.when,
			Score: 0.5, Step: "when", Version: 1, Why: []string{"said"}})
	}
	return w
}

func exact(body string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(body))
	return h.Sum64()
}

// take takes documents of one source.
func (w *world) take(source centre.ID, texts ...text) []store.Receipt {
	w.Helper()
	docs := make([]centre.Document, len(texts))
	for i, x := range texts {
		docs[i] = x.document()
	}
	receipts, err := w.s.Take(w.ctx, w.taking(source, docs), source, docs, nil)
	w.must(err)
	return receipts
}

// taking is the grant by which documents come in: a person brings those that
// bear a marking of their own, since only then may it be wider than the source's.
func (w *world) taking(source centre.ID, docs []centre.Document) policy.Grant {
	w.Helper()
	if !slices.ContainsFunc(docs, func(d centre.Document) bool { return d.Marking != nil }) {
		return w.g
	}
	state, err := w.s.Source(w.ctx, system.View(), source)
	w.must(err)
	member := state.Source.Member
	g, err := policy.Decide(allRoles(member), policy.ActionImport, policy.Object{Kind: "source", ID: source, Member: member})
	w.must(err)
	return g
}

// pending gives the documents that wait, by id.
func (w *world) pending() map[centre.ID]store.Pending {
	w.Helper()
	all := map[centre.ID]store.Pending{}
	after := centre.ID(0)
	for {
		some, err := w.s.Pending(w.ctx, w.g, after, 0)
		w.must(err)
		if len(some) == 0 {
			return all
		}
		for _, p := range some {
			all[p.Document.ID] = p
			after = p.Document.ID
		}
	}
}

// report takes and commits documents and gives the ids of their reports.
func (w *world) report(source centre.ID, texts ...text) []centre.ID {
	w.Helper()
	receipts := w.take(source, texts...)
	waiting := w.pending()
	var ws []centre.Woven
	for i, r := range receipts {
		p, ok := waiting[r.ID]
		if !ok {
			w.Fatalf("document %q does not wait", texts[i].id)
		}
		ws = append(ws, texts[i].woven(p.Document))
	}
	ids, err := w.s.Commit(w.ctx, w.g, ws)
	w.must(err)
	for i, id := range ids {
		if id == 0 {
			w.Fatalf("document %q was passed over", texts[i].id)
		}
	}
	return ids
}

// place makes a place of a gazetteer.
func place(name, country string, lon, lat float64) *centre.Place {
	return &centre.Place{ID: "test:" + strings.ToLower(name), Name: name, Names: map[string]string{"en": name, "ar": "مكان"}, Class: centre.PlaceLocality,
		Country: country, Point: centre.At(lon, lat), Radius: 1000, Population: 1}
}

var (
	baghdad = place("Baghdad", "IRQ", 44.3661, 33.3152)
	basra   = place("Basra", "IRQ", 47.7804, 30.5085)
	latakia = place("Latakia", "SYR", 35.7796, 35.5317)
	moscow  = place("Moscow", "RUS", 37.6156, 55.7522)
	suva    = place("Suva", "FJI", 178.4415, -18.1416)
	apia    = place("Apia", "WSM", -171.7514, -13.8333)
	nowhere = &centre.Place{ID: "test:middle-east", Name: "Middle East", Names: map[string]string{"en": "Middle East"}, Class: centre.PlaceRegion}
	origin  = place("Null", "", 0, 0)
)

// idsOf gives the ids of heads.
func idsOf(heads []centre.ReportHead) []centre.ID {
	ids := []centre.ID{}
	for _, h := range heads {
		ids = append(ids, h.ID)
	}
	return ids
}

// object is what a grant on a report is about, as the desk makes it.
func object(h centre.ReportHead) policy.Object {
	return policy.Object{Kind: "report", ID: h.ID, Version: h.Version, Label: h.Label, Marking: h.Marking}
}

// head reads one report as the pipeline sees it.
func (w *world) head(id centre.ID) centre.ReportHead {
	w.Helper()
	heads, err := w.s.Heads(w.ctx, system.View(), []centre.ID{id})
	w.must(err)
	if len(heads) != 1 {
		w.Fatalf("there is no report %s", id)
	}
	return heads[0]
}

// same checks that two lists are equal, nil or not.
func same[T comparable](t *testing.T, what string, got, want []T) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Fatalf("%s: got %v, want %v", what, got, want)
	}
}

// reversed is newest first.
func reversed(ids []centre.ID) []centre.ID {
	r := slices.Clone(ids)
	slices.Reverse(r)
	return r
}
