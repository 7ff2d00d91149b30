package identity

import (
	"fmt"
	"testing"
	"time"

	"entente/internal/centre"
)

var autumn = centre.Moment{Time: time.Date(2015, 9, 26, 0, 0, 0, 0, time.UTC), Precision: centre.PrecisionDay, Basis: centre.BasisPage}

// person is a mention of a person.
func person(local, text, role, country string) centre.Mention {
	return centre.Mention{Kind: centre.MentionPerson, Entity: local, Text: text, Role: role, Country: country}
}

func draft(language string, mentions ...centre.Mention) *centre.Draft {
	return &centre.Draft{Language: language, Published: autumn, Mentions: mentions}
}

func (b *Book) assigned(t *testing.T, d *centre.Draft, before ...centre.EntityLink) map[string]centre.ID {
	t.Helper()
	m := map[string]centre.ID{}
	for _, l := range b.Assign(d, before) {
		if l.Entity == 0 || l.Score <= 0 || len(l.Why) == 0 {
			t.Errorf("%+v", l)
		}
		m[l.Local] = l.Entity
	}
	return m
}

func TestOneAcrossScripts(t *testing.T) {
	b := NewBook(map[string]centre.ID{"rus-mfa": 7}, 0, nil)
	in := func(d *centre.Draft) centre.ID { return b.assigned(t, d)["#1"] }
	lavrov := in(draft("en", person("#1", "Sergey Lavrov", "foreign minister", "RUS"), person("#1", "Lavrov", "foreign minister", "RUS")))
	for language, m := range map[string]centre.Mention{
		"ar": person("#1", "سيرغي لافروف", "foreign minister", "RUS"),
		"ru": person("#1", "Сергеем Лавровым", "foreign minister", "RUS"),
		"fa": person("#1", "سرگئی لاوروف", "foreign minister", "RUS"),
		"de": person("#1", "Lawrow", "foreign minister", "RUS"),
	} {
		if id := in(draft(language, m)); id != lavrov {
			t.Errorf("%s: %s is %s, Lavrov is %s", language, m.Text, id, lavrov)
		}
	}
	if id := in(draft("en", person("#1", "Anna Lavrova", "journalist", "RUS"))); id == lavrov {
		t.Error("a namesake is taken for the minister")
	}
	if id := in(draft("en", person("#1", "Lavrov", "", ""))); id == lavrov {
		t.Error("a last name alone, without any context, is taken for the minister")
	}
	known := b.assigned(t, draft("en", centre.Mention{Kind: centre.MentionOrganisation, Entity: "rus-mfa", Text: "Russian Foreign Ministry"}))
	if known["rus-mfa"] != 7 {
		t.Errorf("a known body: %v", known)
	}
}

func TestTwoOfOneTextStayTwo(t *testing.T) {
	b := NewBook(nil, 0, nil)
	b.assigned(t, draft("en", person("#1", "Masoud Barzani", "president", "IRQ")))
	got := b.assigned(t, draft("en", person("#1", "Masoud Barzani", "president", "IRQ"), person("#2", "Massoud Barzani", "president", "IRQ")))
	if got["#1"] == got["#2"] {
		t.Error("what the text keeps apart is one")
	}
}

func TestVagueNamesAreLeftOut(t *testing.T) {
	b := NewBook(nil, 0, nil)
	b.LeaveOut(func(name string) bool { return name == "Foreign Ministry" })
	body := func(local, text string) centre.Mention {
		return centre.Mention{Kind: centre.MentionOrganisation, Entity: local, Text: text}
	}
	got := b.assigned(t, draft("en", body("#1", "Foreign Ministry"), body("#2", "Harbour Radio"), body("#3", "Foreign Ministry"), body("#3", "Ruritanian Foreign Ministry")))
	if got["#1"] != 0 || got["#2"] == 0 || got["#3"] == 0 {
		t.Errorf("%v", got)
	}
}

// TestPriorDecisionsStand holds that a report that is processed again keeps the
// entities that it had, which a person may have chosen.
func TestPriorDecisionsStand(t *testing.T) {
	b := NewBook(nil, 0, nil)
	first := b.assigned(t, draft("en", person("#1", "Sergey Lavrov", "foreign minister", "RUS")))["#1"]
	chosen := centre.ID(99)
	before := centre.EntityLink{Entity: chosen, Kind: centre.MentionPerson, Names: []centre.EntityName{{Language: "en", Text: "Sergey Lavrov"}}}
	if got := b.assigned(t, draft("en", person("#1", "Sergey Lavrov", "foreign minister", "RUS")), before)["#1"]; got != chosen || got == first {
		t.Errorf("got %s, want %s", got, chosen)
	}
}

func TestLearnedIsRemembered(t *testing.T) {
	one := NewBook(nil, 0, nil)
	links := one.Assign(draft("ru", person("#1", "Дмитрий Песков", "spokesperson", "RUS")), nil)
	two := NewBook(nil, 0, nil)
	two.Learn(links, autumn)
	if got := two.assigned(t, draft("en", person("#1", "Dmitry Peskov", "spokesperson", "RUS")))["#1"]; got != links[0].Entity {
		t.Error("after a start Peskov is somebody else")
	}
}

// TestDecisionsAreFollowed: two who were kept apart and are merged by a person are one
// for the reports that come after it, until that is taken back.
func TestDecisionsAreFollowed(t *testing.T) {
	b := NewBook(nil, 0, nil)
	both := draft("en", person("#1", "Masoud Barzani", "president", "IRQ"), person("#2", "Massoud Barzani", "president", "IRQ"))
	links := b.Assign(both, nil)
	one, two := links[0].Entity, links[1].Entity
	next := func() centre.ID {
		return b.assigned(t, draft("ru", person("#1", "Масуд Барзани", "president", "IRQ")))["#1"]
	}
	if id := next(); id == one || id == two {
		t.Fatal("who is as likely one as the other is taken for one of them")
	}
	b = NewBook(nil, 0, nil)
	b.Learn(links, autumn)
	b.Decided(map[centre.ID]centre.ID{one: one, two: one})
	merged := []centre.EntityLink{links[0], links[1]}
	merged[1].Entity = one
	b.Learn(merged, autumn, one)
	if id := next(); id != one {
		t.Errorf("after the merge of %s into %s the next report names %s", two, one, id)
	}
	// A report from before keeps its own, so that the merge can be taken back; what is
	// learnt from it is of the one that stands.
	if again := b.assigned(t, both, links...); again["#1"] != one || again["#2"] == one {
		t.Errorf("again %v", again)
	}
	if b.Len() > 2 {
		t.Errorf("%d are remembered", b.Len())
	}

	b.Decided(map[centre.ID]centre.ID{one: one, two: two})
	b.Learn(links, autumn, one, two)
	if id := next(); id == one || id == two {
		t.Error("after the merge was taken back the next report is still taken for one of them")
	}
}

// TestASplitIsFollowed: what a person took out of an entity is another, whom the next
// report means that speaks as those did which were taken out.
func TestASplitIsFollowed(t *testing.T) {
	b := NewBook(nil, 0, nil)
	governor := draft("en", person("#1", "Salim Karimov", "governor", "IRQ"), person("#2", "Haider Abadi", "prime minister", "IRQ"))
	envoy := draft("en", person("#1", "Salim Karimov", "ambassador", "RUS"), person("#2", "Maria Zakharova", "spokesperson", "RUS"))
	const whole, fresh = centre.ID(1), centre.ID(2)
	linked := func(d *centre.Draft, first centre.ID) []centre.EntityLink {
		links := linksOf(d)
		links[0].Entity = first
		return links
	}
	b.Learn(linked(governor, whole), autumn)
	b.Learn(linked(envoy, whole), autumn)
	if id := b.assigned(t, envoy)["#1"]; id != whole {
		t.Fatalf("before the split the ambassador is %s, want %s", id, whole)
	}
	b.Decided(map[centre.ID]centre.ID{whole: whole, fresh: fresh})
	b.Learn(linked(governor, whole), autumn, whole, fresh)
	b.Learn(linked(envoy, fresh), autumn, whole, fresh)
	for want, d := range map[centre.ID]*centre.Draft{whole: governor, fresh: envoy} {
		if id := b.assigned(t, d)["#1"]; id != want {
			t.Errorf("the next report of the %s names %s, want %s", d.Mentions[0].Role, id, want)
		}
	}
}

// TestNamelessAndMany holds the bounds: names of nothing, many names, and many
// namesakes.
func TestNamelessAndMany(t *testing.T) {
	b := NewBook(nil, 1000, nil)
	got := b.assigned(t, draft("en", person("#1", "…", "", ""), person("#2", "...", "", "")))
	if got["#1"] == got["#2"] {
		t.Error("two names of nothing are one")
	}
	for i := range 200 {
		var all []centre.Mention
		for k := range 20 {
			n := i*20 + k
			all = append(all, person(fmt.Sprintf("#%d", k), fmt.Sprintf("%c%cran %c%cvasov", 'a'+n%26, 'a'+n/26%26, 'a'+n/676%26, 'a'+n%7), "", ""))
		}
		b.assigned(t, draft("en", all...))
	}
	if b.Len() > 1000 {
		t.Errorf("%d entities are remembered", b.Len())
	}
	for range 300 { // adversarial namesakes
		b.assigned(t, draft("en", person("#1", "Ali Hassan", "", "")))
	}
	if b.Len() > 1000 {
		t.Errorf("%d entities are remembered", b.Len())
	}
}

func BenchmarkAssign(b *testing.B) {
	book := NewBook(nil, 0, nil)
	names := []string{"Sergey Lavrov", "Dmitry Peskov", "Ibrahim Jaafari", "Walid Muallem", "Maria Zakharova", "Michael Fallon", "Vladimir Putin", "Haider al-Abadi"}
	var all []centre.Mention
	for i, n := range names {
		all = append(all, person(fmt.Sprintf("#%d", i+1), n, "minister", "RUS"))
	}
	d := draft("en", all...)
	b.ReportAllocs()
	for b.Loop() {
		book.Assign(d, nil)
	}
}
