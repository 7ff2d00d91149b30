package policy_test

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/policy/system"
)

var codes = []centre.MemberCode{"IRN", "IRQ", "RUS", "SYR"}

func analyst(member centre.MemberCode) policy.Actor {
	return policy.Actor{Person: 1, Name: "A", Member: member, Roles: []centre.Role{centre.RoleAnalyst}, Clearance: centre.Secret, Active: true}
}

func officer(member centre.MemberCode) policy.Actor {
	a := analyst(member)
	a.Roles = []centre.Role{centre.RoleOfficer}
	return a
}

func mark(t testing.TB, text string) centre.Marking {
	t.Helper()
	m, err := centre.ParseMarking(text, centre.Audience{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestVisible(t *testing.T) {
	suspended := analyst("IRQ")
	suspended.Active = false
	low := analyst("IRQ")
	low.Clearance = centre.Restricted
	for _, c := range []struct {
		name    string
		actor   policy.Actor
		marking centre.Marking
		want    bool
	}{
		{"the originator sees its own", analyst("IRQ"), mark(t, "SECRET//REL TO IRQ"), true},
		{"a named recipient sees", analyst("SYR"), mark(t, "SECRET//REL TO IRQ, SYR"), true},
		{"who is not named does not", analyst("RUS"), mark(t, "SECRET//REL TO IRQ, SYR"), false},
		{"not even when it is unclassified", analyst("RUS"), mark(t, "UNCLASSIFIED//REL TO IRQ"), false},
		{"clearance must reach the level", low, mark(t, "CONFIDENTIAL//REL TO IRQ"), false},
		{"clearance at the level suffices", low, mark(t, "RESTRICTED//REL TO IRQ"), true},
		{"a suspended account sees nothing", suspended, mark(t, "UNCLASSIFIED//REL TO IRQ"), false},
		{"nobody sees nothing", policy.Actor{}, mark(t, "UNCLASSIFIED//REL TO IRQ//TLP:CLEAR"), false},
		{"nobody sees nothing, even active", policy.Actor{Active: true}, centre.Marking{}, false},
		{"the unmarked is for nobody", analyst("IRQ"), centre.Marking{}, false},
		{"ORCON does not hide from named recipients", analyst("IRN"), mark(t, "SECRET//REL TO IRQ, IRN//ORCON"), true},
		{"TLP:RED is for the officer of a recipient", officer("IRN"), mark(t, "SECRET//REL TO IRQ, IRN//TLP:RED"), true},
		{"and not for its analyst", analyst("IRN"), mark(t, "SECRET//REL TO IRQ, IRN//TLP:RED"), false},
		{"TLP:RED does not widen", officer("RUS"), mark(t, "SECRET//REL TO IRQ, IRN//TLP:RED"), false},
		{"an unknown caveat hides", analyst("IRQ"), centre.Marking{Originator: "IRQ", Caveats: []string{"IMCON"}}, false},
		{"a level out of range hides", analyst("IRQ"), centre.Marking{Originator: "IRQ", Level: -1}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := policy.Visible(c.actor, c.marking); got != c.want {
				t.Errorf("Visible = %v for %v", got, c.marking)
			}
		})
	}
}

func drawMarking(t *rapid.T) centre.Marking {
	m := centre.Marking{
		Originator: rapid.SampledFrom(codes).Draw(t, "originator"),
		Level:      centre.Level(rapid.IntRange(0, 4).Draw(t, "level")),
		Releasable: rapid.SliceOfN(rapid.SampledFrom(codes), 0, 4).Draw(t, "releasable"),
		TLP:        centre.TLP(rapid.IntRange(0, 5).Draw(t, "tlp")),
	}
	if rapid.Bool().Draw(t, "orcon") {
		m.Caveats = []string{centre.ORCON}
	}
	return m.Canonical()
}

func drawActor(t *rapid.T) policy.Actor {
	return policy.Actor{
		Member:    rapid.SampledFrom(append(codes, "TUR", "")).Draw(t, "member"),
		Roles:     rapid.SliceOfN(rapid.SampledFrom([]centre.Role{centre.RoleAnalyst, centre.RoleOfficer, centre.RoleAdministrator}), 0, 2).Draw(t, "roles"),
		Clearance: centre.Level(rapid.IntRange(0, 4).Draw(t, "clearance")),
		Active:    rapid.IntRange(0, 9).Draw(t, "active") > 0,
	}
}

func TestWhoSeesTheJoinSeesEveryInput(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ms := rapid.SliceOfN(rapid.Custom(drawMarking), 1, 5).Draw(t, "markings")
		joined, ok := policy.Join(ms...)
		if !ok {
			return
		}
		actor := drawActor(t)
		if !policy.Visible(actor, joined) {
			return
		}
		for _, m := range ms {
			if !policy.Visible(actor, m) {
				t.Fatalf("%v sees the join %v but not its input %v", actor, joined, m)
			}
		}
	})
}

func TestJoin(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{"RESTRICTED//REL TO IRQ, IRN, RUS, SYR", "SECRET//REL TO RUS, IRQ//ORCON", "SECRET//REL TO IRQ, RUS//ORCON"},
		{"RESTRICTED//REL TO IRQ, SYR//TLP:GREEN", "RESTRICTED//REL TO IRN, SYR//TLP:AMBER", "RESTRICTED//REL TO SYR//TLP:AMBER"},
		{"SECRET//REL TO IRQ", "SECRET//REL TO RUS", ""},
		{"CONFIDENTIAL//REL TO IRQ, SYR", "UNCLASSIFIED//REL TO IRQ, SYR//TLP:CLEAR", "CONFIDENTIAL//REL TO IRQ, SYR"},
		{"CONFIDENTIAL//REL TO IRQ, SYR", "UNCLASSIFIED//REL TO IRQ, SYR//TLP:AMBER", "CONFIDENTIAL//REL TO IRQ, SYR//TLP:AMBER"},
	} {
		joined, ok := policy.Join(mark(t, c.a), mark(t, c.b))
		if got := joined.String(); ok != (c.want != "") || ok && got != c.want {
			t.Errorf("join of %s and %s is %s, %v; want %s", c.a, c.b, got, ok, c.want)
		}
	}
	if _, ok := policy.Join(); ok {
		t.Error("the join of nothing is open to somebody")
	}
}

func TestViewHoldsWhatIsVisibleAndNothingElse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		actor := drawActor(t)
		var labels []policy.Label
		for i, m := range rapid.SliceOfN(rapid.Custom(drawMarking), 0, 8).Draw(t, "markings") {
			labels = append(labels, policy.Label{ID: int64(i + 1), Marking: m})
		}
		v := policy.NewView(actor, labels)
		for _, l := range labels {
			if v.Sees(l.ID) != policy.Visible(actor, l.Marking) {
				t.Fatalf("the view and Visible differ on %v", l)
			}
		}
		if v.Sees(0) || v.Sees(int64(len(labels)+1)) || v.Unrestricted() {
			t.Fatal("the view sees a label that did not exist when it was made")
		}
	})
}

func TestADocumentsOwnMarkingNeverOpensItsSources(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		source, own, actor := drawMarking(t), drawMarking(t), drawActor(t)
		within := policy.Within(source, own)
		if policy.Visible(actor, within) && !policy.Visible(actor, source) {
			t.Fatalf("%v does not see the source %v, and what is within it as %v", actor, source, within)
		}
		if policy.Visible(actor, within) && actor.Member != source.Originator && !policy.Visible(actor, own) {
			t.Fatalf("%v sees %v, which the document's own %v keeps from it", actor, within, own)
		}
		if within.Originator != source.Originator || within.Level < source.Level || within.Level < own.Level {
			t.Fatalf("%v and %v give %v", source, own, within)
		}
	})
}

func TestZeroValuesSeeAndPermitNothing(t *testing.T) {
	var v policy.View
	if v.Sees(0) || v.Sees(1) || len(v.Labels()) > 0 || v.Unrestricted() {
		t.Error("the zero View sees something")
	}
	var g policy.Grant
	if g.Permits("") || g.Permits(policy.ActionPipeline) || g.Permits(policy.ActionGrade) {
		t.Error("the zero Grant permits something")
	}
}

func TestViewAndGrantAreSealed(t *testing.T) {
	for _, typ := range []reflect.Type{reflect.TypeFor[policy.View](), reflect.TypeFor[policy.Grant]()} {
		for i := range typ.NumField() {
			if typ.Field(i).IsExported() {
				t.Errorf("%v has the exported field %s, by which anybody could widen it", typ, typ.Field(i).Name)
			}
		}
	}
}

func TestSystem(t *testing.T) {
	if v := system.View(); !v.Unrestricted() || !v.Sees(1) || v.Sees(0) {
		t.Error("the pipeline's view does not see every label")
	}
	g := system.Grant("weave")
	if !g.Permits(policy.ActionPipeline) || g.Permits(policy.ActionMark) || g.Actor().Name != "weave" {
		t.Error("the pipeline's grant permits more or less than the pipeline")
	}
}

func TestTheProgramsOwnActIsForOneThing(t *testing.T) {
	g := system.Act("gather", policy.ActionManageSources, policy.Object{Kind: "source", ID: 7})
	if !g.Permits(policy.ActionManageSources) || g.Permits(policy.ActionPipeline) || g.Object().ID != 7 {
		t.Error("the program's own act permits more or less than itself")
	}
}

func TestDecide(t *testing.T) {
	own := policy.Object{Kind: "report", ID: 7, Version: 1, Label: 1, Marking: mark(t, "SECRET//REL TO IRQ, SYR")}
	wider, stolen := mark(t, "SECRET//REL TO IRQ, IRN, SYR"), mark(t, "SECRET//REL TO SYR")
	beyond := mark(t, "TOP SECRET//REL TO IRQ, SYR")
	with := func(m centre.Marking) policy.Object { o := own; o.Target = &m; return o }
	admin := analyst("IRQ")
	admin.Roles = []centre.Role{centre.RoleAdministrator}
	for _, c := range []struct {
		name   string
		actor  policy.Actor
		action policy.Action
		object policy.Object
		want   centre.Code
	}{
		{"a recipient's analyst grades", analyst("SYR"), policy.ActionGrade, own, ""},
		{"who does not see it finds nothing to grade", analyst("RUS"), policy.ActionGrade, own, centre.CodeNotFound},
		{"nor to mark", officer("RUS"), policy.ActionMark, with(wider), centre.CodeNotFound},
		{"the originator's officer marks", officer("IRQ"), policy.ActionMark, with(wider), ""},
		{"its analyst does not", analyst("IRQ"), policy.ActionMark, with(wider), centre.CodeDenied},
		{"a recipient's officer does not", officer("SYR"), policy.ActionMark, with(wider), centre.CodeDenied},
		{"nor the officer beyond the own clearance", officer("IRQ"), policy.ActionMark, with(beyond), centre.CodeDenied},
		{"the originator cannot be changed", officer("IRQ"), policy.ActionMark, with(stolen), centre.CodeDenied},
		{"an administrator manages own sources", admin, policy.ActionManageSources, policy.Object{Kind: "source", Member: "IRQ"}, ""},
		{"and no others", admin, policy.ActionManageSources, policy.Object{Kind: "source", Member: "SYR"}, centre.CodeDenied},
		{"an analyst manages none", analyst("IRQ"), policy.ActionManageSources, policy.Object{Kind: "source", Member: "IRQ"}, centre.CodeDenied},
		{"a source is not marked in another's name", admin, policy.ActionManageSources, policy.Object{Kind: "source", Member: "IRQ", Target: &stolen}, centre.CodeDenied},
		{"an administrator manages own persons", admin, policy.ActionManagePersons, policy.Object{Kind: "person", Member: "IRQ"}, ""},
		{"and no others", admin, policy.ActionManagePersons, policy.Object{Kind: "person", Member: "RUS"}, centre.CodeDenied},
		{"nobody gets the pipeline's permission", admin, policy.ActionPipeline, policy.Object{Kind: "source", Member: "IRQ"}, centre.CodeDenied},
		{"nobody signed in", policy.Actor{}, policy.ActionGrade, own, centre.CodeUnauthenticated},
	} {
		t.Run(c.name, func(t *testing.T) {
			g, err := policy.Decide(c.actor, c.action, c.object)
			if got := centre.CodeOf(err); got != c.want {
				t.Errorf("Decide: %q (%v), want %q", got, err, c.want)
			}
			if g.Permits(c.action) != (c.want == "") {
				t.Errorf("the grant permits %v", g.Permits(c.action))
			}
		})
	}
}
