package gather_test

import (
	"testing"

	"pgregory.net/rapid"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/policy"
)

func TestADocumentIsMarkedNoWiderThanItsSource(t *testing.T) {
	only := gather.Restriction{OriginatorOnly: true}
	tlp := func(l centre.TLP) gather.Restriction { return gather.Restriction{TLP: l} }
	for _, c := range []struct {
		source string
		says   gather.Restriction
		want   string // "" for nil
	}{
		{"RESTRICTED//REL TO IRQ, IRN", gather.Restriction{}, ""},
		{"RESTRICTED//REL TO IRQ, IRN", only, "RESTRICTED//REL TO IRQ"},
		{"RESTRICTED//REL TO IRQ", only, ""},
		{"RESTRICTED//REL TO IRQ, IRN//TLP:CLEAR", only, "RESTRICTED//REL TO IRQ"},
		{"RESTRICTED//REL TO IRQ, IRN", tlp(centre.TLPClear), ""},
		{"RESTRICTED//REL TO IRQ, IRN", tlp(centre.TLPGreen), ""},
		{"RESTRICTED//REL TO IRQ, IRN//TLP:CLEAR", tlp(centre.TLPGreen), "RESTRICTED//REL TO IRQ, IRN//TLP:GREEN"},
		{"RESTRICTED//REL TO IRQ, IRN//TLP:GREEN", tlp(centre.TLPClear), ""},
		{"RESTRICTED//REL TO IRQ, IRN", tlp(centre.TLPAmber), "RESTRICTED//REL TO IRQ//TLP:AMBER"},
		{"RESTRICTED//REL TO IRQ, IRN//TLP:GREEN", tlp(centre.TLPAmberStrict), "RESTRICTED//REL TO IRQ//TLP:AMBER+STRICT"},
		{"RESTRICTED//REL TO IRQ, IRN//TLP:AMBER", tlp(centre.TLPAmber), ""},
		{"RESTRICTED//REL TO IRQ, IRN//TLP:AMBER", tlp(centre.TLPRed), "RESTRICTED//REL TO IRQ//TLP:RED"},
		{"UNCLASSIFIED//REL TO IRQ, IRN//TLP:CLEAR", gather.Restriction{Level: centre.Secret, ORCON: true}, "SECRET//REL TO IRQ, IRN//ORCON//TLP:CLEAR"},
		{"UNMARKED", only, "UNCLASSIFIED//REL TO SYR"},
		{"UNMARKED", tlp(centre.TLPClear), "UNCLASSIFIED//REL TO SYR"},
	} {
		source := centre.Source{Member: "SYR"}
		if err := source.Marking.UnmarshalText([]byte(c.source)); err != nil {
			t.Fatal(err)
		}
		got := ""
		if m := gather.Narrow(source, c.says); m != nil {
			got = m.String()
		}
		if got != c.want {
			t.Errorf("%s with %+v gives %q, want %q", c.source, c.says, got, c.want)
		}
	}
}

// Nobody who does not see what the source's marking covers sees what Narrow
// gives, whoever it is.
func TestNarrowOpensToNobodyNew(t *testing.T) {
	members := []centre.MemberCode{"IRQ", "IRN", "RUS", "SYR"}
	rapid.Check(t, func(t *rapid.T) {
		source := centre.Source{Member: "IRQ", Marking: centre.Marking{
			Originator: rapid.SampledFrom(members).Draw(t, "originator"),
			Level:      centre.Level(rapid.IntRange(0, 4).Draw(t, "level")),
			Releasable: rapid.SliceOf(rapid.SampledFrom(members)).Draw(t, "releasable"),
			TLP:        centre.TLP(rapid.IntRange(0, 5).Draw(t, "tlp")),
		}}
		says := gather.Restriction{
			TLP: centre.TLP(rapid.IntRange(0, 5).Draw(t, "own tlp")), Level: centre.Level(rapid.IntRange(0, 4).Draw(t, "own level")),
			ORCON: rapid.Bool().Draw(t, "orcon"), OriginatorOnly: rapid.Bool().Draw(t, "only"),
		}
		m := gather.Narrow(source, says)
		if m == nil {
			return
		}
		for _, member := range members {
			for _, clearance := range []centre.Level{centre.Unclassified, centre.Secret, centre.TopSecret} {
				for _, roles := range [][]centre.Role{{centre.RoleAnalyst}, {centre.RoleOfficer}} {
					actor := policy.Actor{Person: 1, Member: member, Clearance: clearance, Roles: roles, Active: true}
					if policy.Visible(actor, *m) && !policy.Visible(actor, source.Marking) {
						t.Fatalf("%v sees %s, whose source is %s", actor, m, source.Marking)
					}
				}
			}
		}
	})
}

func TestTLPLabelsAsFormatsWriteThem(t *testing.T) {
	for text, want := range map[string]string{
		"tlp:white": "TLP:CLEAR", "TLP:CLEAR": "TLP:CLEAR", "green": "TLP:GREEN", " amber ": "TLP:AMBER", "tlp:amber+strict": "TLP:AMBER+STRICT",
		"TLP: Amber Strict": "TLP:AMBER+STRICT", "amber-strict": "TLP:AMBER+STRICT", "tlp:red": "TLP:RED", "": "", "tlp:": "", "tlp:ex:chr": "", "purple": "",
	} {
		got, ok := gather.TLPLabel(text)
		if got.String() != want || ok != (want != "") {
			t.Errorf("%q is read as %q, %v", text, got, ok)
		}
	}
}
