package desk

import (
	"context"
	"log/slog"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/charter"
	"entente/internal/policy"
	"entente/internal/store"
)

// shelf is a store with one person, labels, and reports that are nothing but
// an id and a label.
type shelf struct {
	store.Store
	mu      sync.Mutex
	person  centre.Person
	labels  []policy.Label
	reports map[centre.ID]policy.LabelID
	reads   int // of labels
}

func (s *shelf) Person(_ context.Context, _ policy.Grant, id centre.ID) (centre.Person, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if id != s.person.ID {
		return centre.Person{}, centre.NotFound("person")
	}
	return s.person, nil
}

func (s *shelf) AllLabels(context.Context, policy.Grant) ([]policy.Label, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reads++
	return slices.Clone(s.labels), nil
}

func (s *shelf) Heads(_ context.Context, v policy.View, ids []centre.ID) ([]centre.ReportHead, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []centre.ReportHead
	for _, id := range ids {
		if v.Sees(s.reports[id]) {
			out = append(out, centre.ReportHead{ID: id, Version: 1, Story: id + 1000})
		}
	}
	return out, nil
}

func (s *shelf) label(text string) policy.LabelID {
	m, err := centre.ParseMarking(text, centre.Audience{})
	if err != nil {
		panic(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	id := policy.LabelID(len(s.labels) + 1)
	s.labels = append(s.labels, policy.Label{ID: id, Marking: m})
	return id
}

func shelved(t *testing.T) (*Desk, *shelf) {
	t.Helper()
	parsed, err := charter.Parse(charter.Demo)
	if err != nil {
		t.Fatal(err)
	}
	history, err := charter.NewHistory([]charter.Version{{Effective: parsed.Rotation.Anchor, Charter: parsed}})
	if err != nil {
		t.Fatal(err)
	}
	s := &shelf{person: centre.Person{ID: 7, Member: "IRQ", Login: "layla", Roles: []centre.Role{centre.RoleAnalyst}, Clearance: centre.Secret}, reports: map[centre.ID]policy.LabelID{}}
	d, err := New(Deps{Store: s, Gazetteer: noPlaces{}, Clock: func() time.Time { return monday }, IDs: &centre.IDSource{}, Log: slog.New(slog.DiscardHandler),
		History: func(context.Context) (*charter.History, error) { return history, nil }})
	if err != nil {
		t.Fatal(err)
	}
	return d, s
}

type noPlaces struct{}

func (noPlaces) Resolve(string) ([]string, string) { return nil, "" }

func identified(t *testing.T, d *Desk) policy.View {
	t.Helper()
	_, view, err := d.Identify(t.Context(), 7)
	if err != nil {
		t.Fatal(err)
	}
	return view
}

func TestViewsKnowNewLabelsOnceTheyAreAnnounced(t *testing.T) {
	d, s := shelved(t)
	first := s.label("RESTRICTED//REL TO IRQ")
	if v := identified(t, d); !v.Sees(first) {
		t.Fatal("the first label is not seen")
	}
	second := s.label("CONFIDENTIAL//REL TO IRQ")
	if v := identified(t, d); v.Sees(second) {
		t.Error("a label that nobody announced is seen: the test proves nothing")
	}
	d.Announce(store.Notice{Kind: "report", ID: 1, Label: second})
	if v := identified(t, d); !v.Sees(second) {
		t.Error("an announced label is not seen")
	}
	s.reads = 0
	for range 100 {
		identified(t, d)
	}
	d.Announce(store.Notice{Kind: "report", ID: 1, Label: 99}) // whose transaction was rolled back
	for range 100 {
		identified(t, d)
	}
	if s.reads > 1 {
		t.Errorf("labels were read %d times for 200 views", s.reads)
	}
}

func TestViewsFollowThePerson(t *testing.T) {
	d, s := shelved(t)
	secret := s.label("SECRET//REL TO IRQ")
	if !identified(t, d).Sees(secret) {
		t.Fatal("not cleared")
	}
	s.person.Clearance = centre.Restricted
	if identified(t, d).Sees(secret) {
		t.Error("the view of the old clearance is used")
	}
	s.person.Suspended = true
	if _, v, err := d.Identify(t.Context(), 7); centre.CodeOf(err) != centre.CodeUnauthenticated || v.Sees(secret) {
		t.Errorf("suspended: %v", err)
	}
	s.person.Suspended, s.person.Member = false, "USA"
	if _, _, err := d.Identify(t.Context(), 7); centre.CodeOf(err) != centre.CodeUnauthenticated {
		t.Errorf("of no member of the centre: %v", err)
	}
	if _, _, err := d.Identify(t.Context(), 8); centre.CodeOf(err) != centre.CodeUnauthenticated {
		t.Errorf("unknown: %v", err)
	}
}

func TestWatchOfASlowReader(t *testing.T) {
	d, s := shelved(t)
	mine, theirs := s.label("RESTRICTED//REL TO IRQ"), s.label("RESTRICTED//REL TO RUS")
	w, err := d.Watch(t.Context(), identified(t, d))
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	take := func() []Event {
		t.Helper()
		events, err := w.Take(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return events
	}
	for i := range 10 * noticesWaiting {
		d.Announce(store.Notice{Kind: "report", ID: centre.ID(i), Label: theirs})
	}
	select {
	case <-w.Ready():
		t.Error("hidden changes wake the stream")
	default:
	}
	if events := take(); len(events) != 0 {
		t.Errorf("a burst of hidden changes ends in %v", events)
	}
	s.reports[5] = mine
	for range 3 {
		d.Announce(store.Notice{Kind: "report", ID: 5, Label: mine})
	}
	if events := take(); !slices.Equal(events, []Event{{Kind: EventReport, ID: 5, Story: 1005, Version: 1}}) {
		t.Errorf("one report changed three times: %v", events)
	}
	for i := range noticesWaiting + 1 {
		d.Announce(store.Notice{Kind: "report", ID: centre.ID(i), Label: mine})
	}
	if events := take(); !slices.Equal(events, []Event{{Kind: EventResync}}) {
		t.Errorf("too many changes: %v", events)
	}
	if events := take(); len(events) != 0 {
		t.Errorf("after the resync: %v", events)
	}
	// A report whose notice was visible and which is hidden by now is not told.
	s.reports[6] = theirs
	d.Announce(store.Notice{Kind: "report", ID: 6, Label: mine})
	if events := take(); len(events) != 0 {
		t.Errorf("hidden by now: %v", events)
	}
	s.person.Suspended = true
	if _, err := w.Take(t.Context()); centre.CodeOf(err) != centre.CodeUnauthenticated {
		t.Errorf("suspended: %v", err)
	}
}

func TestWatchesAreBounded(t *testing.T) {
	d, s := shelved(t)
	s.label("RESTRICTED//REL TO IRQ")
	var open []*Watch
	for {
		w, err := d.Watch(t.Context(), identified(t, d))
		if err != nil {
			if centre.CodeOf(err) != centre.CodeTooMany {
				t.Error(err)
			}
			break
		}
		open = append(open, w)
	}
	if len(open) != watchesOfOne {
		t.Errorf("one person has %d streams", len(open))
	}
	for _, w := range open {
		w.Close()
	}
	if len(d.hub.watches) != 0 {
		t.Error("closed streams are kept")
	}
	if _, err := d.Watch(t.Context(), policy.View{}); centre.CodeOf(err) != centre.CodeUnauthenticated {
		t.Errorf("nobody watches: %v", err)
	}
}

// TestNobodyIsRefusedEverywhere: no use case works for the zero view, nor for
// one that no person has.
func TestNobodyIsRefusedEverywhere(t *testing.T) {
	d, _ := shelved(t)
	ctx := t.Context()
	cases := map[string]func(policy.View) error{
		"Search":           func(v policy.View) error { _, err := d.Search(ctx, v, Question{}, Page{}); return err },
		"Facets":           func(v policy.View) error { _, err := d.Facets(ctx, v, Question{}); return err },
		"Places":           func(v policy.View) error { _, err := d.Places(ctx, v, Question{}, 1); return err },
		"Clusters":         func(v policy.View) error { _, err := d.Clusters(ctx, v, Question{Box: &Box{}}, 1); return err },
		"Histogram":        func(v policy.View) error { _, err := d.Histogram(ctx, v, Question{}, 1); return err },
		"Stories":          func(v policy.View) error { _, err := d.Stories(ctx, v, Question{}, Page{}); return err },
		"Story":            func(v policy.View) error { _, err := d.Story(ctx, v, 1); return err },
		"StoryGrouping":    func(v policy.View) error { _, err := d.StoryGrouping(ctx, v, 1); return err },
		"CorrectStory":     func(v policy.View) error { _, err := d.CorrectStory(ctx, v, 1, centre.StoryEdit{}); return err },
		"StoryReports":     func(v policy.View) error { _, err := d.StoryReports(ctx, v, 1, Page{}); return err },
		"ReadReport":       func(v policy.View) error { _, err := d.ReadReport(ctx, v, 1, 0, ""); return err },
		"GradeReport":      func(v policy.View) error { _, err := d.GradeReport(ctx, v, 1, 1, centre.Grade{}, ""); return err },
		"MarkReport":       func(v policy.View) error { _, err := d.MarkReport(ctx, v, 1, "", "", ""); return err },
		"ParseMarking":     func(v policy.View) error { _, err := d.ParseMarking(ctx, v, "TLP:RED"); return err },
		"Sources":          func(v policy.View) error { _, err := d.Sources(ctx, v); return err },
		"Source":           func(v policy.View) error { _, err := d.Source(ctx, v, 1); return err },
		"AddSource":        func(v policy.View) error { _, err := d.AddSource(ctx, v, NewSource{}); return err },
		"ChangeSource":     func(v policy.View) error { _, err := d.ChangeSource(ctx, v, 1, SourceChange{}); return err },
		"PreviewSource":    func(v policy.View) error { _, err := d.PreviewSource(ctx, v, NewSource{}); return err },
		"ExportOPML":       func(v policy.View) error { _, err := d.ExportOPML(ctx, v); return err },
		"ImportOPML":       func(v policy.View) error { _, err := d.ImportOPML(ctx, v, nil); return err },
		"Import":           func(v policy.View) error { _, err := d.Import(ctx, v, 1, nil); return err },
		"ImportFile":       func(v policy.View) error { return d.ImportFile(ctx, v, FileImport{}, nil) },
		"DeadLetters":      func(v policy.View) error { _, _, err := d.DeadLetters(ctx, v, Page{}); return err },
		"RetryDeadLetters": func(v policy.View) error { _, err := d.RetryDeadLetters(ctx, v, nil); return err },
		"Reprocess":        func(v policy.View) error { _, err := d.Reprocess(ctx, v, ""); return err },
		"Persons":          func(v policy.View) error { _, err := d.Persons(ctx, v); return err },
		"Invite":           func(v policy.View) error { _, err := d.Invite(ctx, v, NewPerson{}); return err },
		"Reinvite":         func(v policy.View) error { _, err := d.Reinvite(ctx, v, 1); return err },
		"ChangePerson":     func(v policy.View) error { _, err := d.ChangePerson(ctx, v, 1, PersonChange{}); return err },
		"Profile":          func(v policy.View) error { _, err := d.Profile(ctx, v); return err },
		"Centre":           func(v policy.View) error { _, err := d.Centre(ctx, v); return err },
		"Calendar":         func(v policy.View) error { _, err := d.Calendar(ctx, v, monday, monday); return err },
		"Charter":          func(v policy.View) error { _, err := d.Charter(ctx, v); return err },
		"Events":           func(v policy.View) error { _, err := d.Events(ctx, v, EventQuestion{}, Page{}); return err },
		"Event":            func(v policy.View) error { _, err := d.Event(ctx, v, 1); return err },
		"EventClusters": func(v policy.View) error {
			_, err := d.EventClusters(ctx, v, EventQuestion{Box: &Box{}}, 1)
			return err
		},
		"Tracks":                     func(v policy.View) error { _, err := d.Tracks(ctx, v, Box{}); return err },
		"Parts":                      func(v policy.View) error { _, err := d.Parts(ctx, v, 1); return err },
		"Translations":               func(v policy.View) error { _, err := d.Translations(ctx, v); return err },
		"ConsentToTranslation":       func(v policy.View) error { return d.ConsentToTranslation(ctx, v, "p", centre.Secret, "r") },
		"WithdrawTranslationConsent": func(v policy.View) error { return d.WithdrawTranslationConsent(ctx, v, "p") },
		"TranslateReport":            func(v policy.View) error { _, err := d.TranslateReport(ctx, v, 1, 0, "en"); return err },
		"ExplainReport":              func(v policy.View) error { _, err := d.ExplainReport(ctx, v, 1, 0); return err },
		"DigestReport":               func(v policy.View) error { _, err := d.DigestReport(ctx, v, 1, 0, "en"); return err },
		"Claims":                     func(v policy.View) error { _, err := d.Claims(ctx, v, ClaimQuestion{}, Page{}); return err },
		"ClaimSupport":               func(v policy.View) error { _, err := d.ClaimSupport(ctx, v, 1); return err },
		"ReadClaim":                  func(v policy.View) error { _, err := d.ReadClaim(ctx, v, 1); return err },
		"ClaimStatements":            func(v policy.View) error { _, err := d.ClaimStatements(ctx, v, 1, Page{}); return err },
		"ReportClaims":               func(v policy.View) error { _, err := d.ReportClaims(ctx, v, 1); return err },
		"StoryClaims":                func(v policy.View) error { _, err := d.StoryClaims(ctx, v, 1); return err },
		"GradeClaim":                 func(v policy.View) error { _, err := d.GradeClaim(ctx, v, 1, centre.Grade{}, ""); return err },
		"CorrectClaim":               func(v policy.View) error { _, err := d.CorrectClaim(ctx, v, 1, centre.ClaimEdit{}); return err },
		"TellRoot":                   func(v policy.View) error { return d.TellRoot(ctx, v, 1, RootTold{}) },
		"ExportClaim":                func(v policy.View) error { _, err := d.ExportClaim(ctx, v, 1, "stix", true); return err },
		"Entities":                   func(v policy.View) error { _, err := d.Entities(ctx, v, EntityQuestion{}); return err },
		"EntityPairs":                func(v policy.View) error { _, err := d.EntityPairs(ctx, v); return err },
		"Titles":                     func(v policy.View) error { _, err := d.Titles(ctx, v); return err },
		"Entity":                     func(v policy.View) error { _, err := d.Entity(ctx, v, 1); return err },
		"DecideEntity":               func(v policy.View) error { _, err := d.DecideEntity(ctx, v, 1, store.EntityChange{}); return err },
		"UndoEntityEdit":             func(v policy.View) error { _, err := d.UndoEntityEdit(ctx, v, 1, ""); return err },
		"Watch":                      func(v policy.View) error { _, err := d.Watch(ctx, v); return err },

		"Catalogue":        func(v policy.View) error { _, err := d.Catalogue(ctx, v); return err },
		"AddFromCatalogue": func(v policy.View) error { _, err := d.AddFromCatalogue(ctx, v, nil, ""); return err },
		"FindSources":      func(v policy.View) error { _, err := d.FindSources(ctx, v, "example.org", false, false); return err },
		"MakeIntakeKeys":   func(v policy.View) error { _, err := d.MakeIntakeKeys(ctx, v, 1); return err },
	}
	for method := range reflect.TypeFor[*Desk]().Methods() {
		for i := range method.Type.NumIn() {
			if method.Type.In(i) == reflect.TypeFor[policy.View]() && cases[method.Name] == nil {
				t.Errorf("%s is not tried here: add it", method.Name)
			}
		}
	}
	for name, try := range cases {
		suspended := policy.NewView(policy.Actor{Person: 7, Member: "IRQ", Roles: []centre.Role{centre.RoleAdministrator}}, nil)
		for _, v := range []policy.View{{}, suspended} {
			if err := try(v); centre.CodeOf(err) != centre.CodeUnauthenticated {
				t.Errorf("%s answers %v to %+v", name, err, v.Actor())
			}
		}
	}
}
