package centre_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/internal/centre"
)

var four = centre.Audience{
	Originator: "IRQ",
	Members:    []centre.MemberCode{"IRN", "IRQ", "RUS", "SYR"},
	Groups:     map[string][]centre.MemberCode{"FOUR": {"IRN", "IRQ", "RUS", "SYR"}},
}

func TestMarkingIsReadAndPrintedInTheFieldsForm(t *testing.T) {
	for text, want := range map[string]string{
		"RESTRICTED//REL TO IRQ, IRN, RUS, SYR//ORCON": "RESTRICTED//REL TO IRQ, IRN, RUS, SYR//ORCON",
		"restricted // rel to irq, syr, irn":           "RESTRICTED//REL TO IRQ, IRN, SYR",
		"SECRET//REL TO FOUR, IRQ":                     "SECRET//REL TO IRQ, IRN, RUS, SYR",
		"TOP SECRET":                                   "TOP SECRET//REL TO IRQ",
		"CONFIDENTIAL//ORIGINATOR ONLY":                "CONFIDENTIAL//REL TO IRQ",
		"TLP:AMBER+STRICT":                             "UNCLASSIFIED//REL TO IRQ//TLP:AMBER+STRICT",
		"TLP:GREEN":                                    "UNCLASSIFIED//REL TO IRQ, IRN, RUS, SYR//TLP:GREEN",
		"TLP:CLEAR":                                    "UNCLASSIFIED//REL TO IRQ, IRN, RUS, SYR//TLP:CLEAR",
		"TLP:RED//REL TO IRQ, RUS":                     "UNCLASSIFIED//REL TO IRQ, RUS//TLP:RED",
	} {
		m, err := centre.ParseMarking(text, four)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if m.String() != want {
			t.Errorf("%q prints as %q, want %q", text, m, want)
		}
	}
}

func TestMarkingThatCannotBeReadIsRefusedWhole(t *testing.T) {
	for text, word := range map[string]string{
		"":                               "empty part",
		"RESTRICTED//":                   "empty part",
		"OPEN":                           "not a level",
		"RESTRICTED//REL TO USA, IRQ":    "not a member",
		"RESTRICTED//REL TO IRN, RUS":    "leaves out its originator",
		"RESTRICTED//REL TO IRQ;IRN":     "not a member's code",
		"SECRET//RESTRICTED":             "two levels",
		"TLP:ORANGE":                     "unknown TLP",
		"TLP:RED//TLP:GREEN":             "two TLP",
		"SECRET//REL TO IRQ//REL TO IRQ": "says twice",
		"SECRET//NOFORN":                 "NOFORN",
	} {
		m, err := centre.ParseMarking(text, four)
		if err == nil {
			t.Errorf("%q was taken as %q", text, m)
			continue
		}
		if centre.CodeOf(err) != centre.CodeInvalid || !strings.Contains(err.Error(), word) {
			t.Errorf("%q: the refusal does not say %q: %v", text, word, err)
		}
		if !cmp.Equal(m, centre.Marking{}) {
			t.Errorf("%q: something was read all the same: %v", text, m)
		}
	}
}

// drawMarking draws canonical markings of the four members.
func drawMarking(t *rapid.T) centre.Marking {
	codes := []centre.MemberCode{"IRN", "IRQ", "RUS", "SYR"}
	m := centre.Marking{
		Originator: rapid.SampledFrom(codes).Draw(t, "originator"),
		Level:      centre.Level(rapid.IntRange(0, 4).Draw(t, "level")),
		Releasable: rapid.SliceOf(rapid.SampledFrom(codes)).Draw(t, "releasable"),
		TLP:        centre.TLP(rapid.IntRange(0, 5).Draw(t, "tlp")),
	}
	if rapid.Bool().Draw(t, "orcon") {
		m.Caveats = []string{centre.ORCON}
	}
	return m.Canonical()
}

func TestEveryMarkingSurvivesItsPrint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMarking(t)
		again, err := centre.ParseMarking(m.String(), centre.Audience{})
		if err != nil || !again.Equal(m) {
			t.Fatalf("%q came back as %q, %v", m, again, err)
		}
	})
}

func FuzzParseMarking(f *testing.F) {
	for _, seed := range []string{"RESTRICTED//REL TO IRQ, IRN//ORCON", "TLP:AMBER+STRICT", "//", "SECRET//REL TO ", "\x00\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, err := centre.ParseMarking(text, four)
		if err != nil {
			return
		}
		again, err := centre.ParseMarking(m.String(), four)
		if err != nil || !again.Equal(m) {
			t.Fatalf("%q was read as %q, which is not read as itself: %q, %v", text, m, again, err)
		}
	})
}

func TestGradeAxesAreSeparateAndUnknownIsNotWorst(t *testing.T) {
	for _, text := range []string{"", "A1", "F6", "B-", "-3"} {
		g, err := centre.ParseGrade(text)
		if err != nil || g.String() != text {
			t.Errorf("%q came back as %q, %v", text, g, err)
		}
	}
	for _, text := range []string{"G1", "A7", "A0", "1A", "A", "A12", "*1"} {
		if g, err := centre.ParseGrade(text); err == nil {
			t.Errorf("%q was taken as %q", text, g)
		}
	}
	if (centre.Grade{}).Known() || !(centre.Grade{Reliability: centre.ReliabilityNotJudged}).Known() {
		t.Error("no grade and F are confused")
	}
}

func TestIDsGrowWithArrivalAndReadBack(t *testing.T) {
	var source centre.IDSource
	at := time.Date(2015, 9, 26, 15, 30, 0, 0, time.UTC)
	var ids []centre.ID
	for range 1000 {
		ids = append(ids, source.Next(at))
	}
	if !slices.IsSorted(ids) || len(slices.Compact(slices.Clone(ids))) != len(ids) {
		t.Error("ids of one instant are not distinct and growing")
	}
	if first := ids[0]; !first.Time().Equal(at) || first < centre.IDAt(at) || first >= centre.IDAt(at.Add(time.Millisecond)) {
		t.Errorf("the id %v does not tell its instant: %v", first, first.Time())
	}
	if earlier := source.Next(at.Add(-time.Hour)); earlier <= ids[999] {
		t.Error("a clock that was set back makes ids smaller")
	}
	rapid.Check(t, func(t *rapid.T) {
		id := centre.ID(rapid.Int64Min(0).Draw(t, "id"))
		again, err := centre.ParseID(id.String())
		if err != nil || again != id {
			t.Fatalf("%d came back as %d, %v", id, again, err)
		}
	})
	for _, text := range []string{"", "0", "zzzzzzzzzzzzz", "000000000000l", "00000000000000"} {
		if id, err := centre.ParseID(text); err == nil {
			t.Errorf("%q was taken as the id %v", text, id)
		}
	}
}

func TestUnknownTimeStaysUnknown(t *testing.T) {
	data, err := json.Marshal(centre.Moment{})
	if err != nil || string(data) != "null" {
		t.Fatalf("an unknown time is written as %s, %v", data, err)
	}
	m := centre.Moment{Time: time.Unix(1, 0)}
	if err := json.Unmarshal(data, &m); err != nil || m.Known() {
		t.Fatalf("null was read as %v, %v", m, err)
	}
}

func TestRefusalsKeepTheirCauseForTheLog(t *testing.T) {
	cause := errors.New("connection reset")
	err := centre.Refuse(centre.CodeUnavailable, "The database does not answer; try again in a minute: %w.", cause)
	if !errors.Is(err, cause) || centre.CodeOf(err) != centre.CodeUnavailable {
		t.Errorf("%v lost its cause or its code", err)
	}
	if centre.CodeOf(cause) != "" {
		t.Error("a fault has a code")
	}
}

func TestDocumentHashTellsContentApart(t *testing.T) {
	a := centre.Document{Title: "ab", Body: "c"}
	b := centre.Document{Title: "a", Body: "bc"}
	if a.Hash() == b.Hash() {
		t.Error("moving a letter from title to body is not noticed")
	}
	b = a
	b.Fetched = time.Unix(5, 0)
	if a.Hash() != b.Hash() {
		t.Error("fetching again changes the hash")
	}
}

func TestStanceTo(t *testing.T) {
	for _, x := range []struct {
		stance           centre.Stance
		negated, inClaim bool
		want             centre.Stance
	}{
		{centre.StanceAssert, false, false, centre.StanceAssert},
		{centre.StanceAssert, true, false, centre.StanceDeny}, // "there are no advisers", of "there are advisers"
		{centre.StanceAssert, true, true, centre.StanceAssert},
		{centre.StanceConfirm, true, false, centre.StanceDeny},
		{centre.StanceDeny, false, false, centre.StanceDeny},
		{centre.StanceDeny, true, false, centre.StanceAssert}, // "denied that there are none"
		{centre.StanceDeny, false, true, centre.StanceAssert},
		{centre.StancePartial, true, false, centre.StancePartial},
		{centre.StanceRetract, false, true, centre.StanceRetract},
	} {
		if got := centre.StanceTo(x.stance, x.negated, x.inClaim); got != x.want {
			t.Errorf("%s, negated %v, of a claim negated %v: %s, want %s", x.stance, x.negated, x.inClaim, got, x.want)
		}
	}
}
