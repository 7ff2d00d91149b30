package charter_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/charter"
)

func version(t testing.TB, effective string, x text) charter.Version {
	return charter.Version{Effective: at(effective), Charter: *x.parse(t)}
}

func turns(h *charter.History, from, to string) (s string) {
	for _, term := range h.Calendar(at(from), at(to)) {
		s += fmt.Sprint(term.Member, " ", term.Start.Format(time.DateOnly), " ")
	}
	return strings.TrimSpace(s)
}

func TestVersionsOfTheCharter(t *testing.T) {
	first := text{people: three}
	for _, c := range []struct {
		name    string
		second  charter.Version
		refused string
		turns   string // 2020-01-01 to 2021-04-01
	}{
		{"only the officers change", version(t, "2020-05-10", text{people: strings.ReplaceAll(three, "Bea", "Bob")}), "",
			"AAA 2020-01-01 BBB 2020-04-01 CCC 2020-07-01 AAA 2020-10-01 BBB 2021-01-01"},
		{"a new rotation from the end of the running term", version(t, "2020-05-10", text{anchor: "2020-07-01", order: "BBB, AAA, CCC", period: "P2M"}), "",
			"AAA 2020-01-01 BBB 2020-04-01 BBB 2020-07-01 AAA 2020-09-01 CCC 2020-11-01 BBB 2021-01-01 AAA 2021-03-01"},
		{"a new rotation from the instant when it takes effect", version(t, "2020-07-01", text{anchor: "2020-07-01", order: "AAA, BBB, CCC"}), "",
			"AAA 2020-01-01 BBB 2020-04-01 AAA 2020-07-01 BBB 2020-10-01 CCC 2021-01-01"},
		{"a new rotation by another zone's clock moves a boundary to come", version(t, "2020-05-10", text{anchor: "2020-07-01", zone: "Asia/Baghdad"}), "",
			"AAA 2020-01-01 BBB 2020-04-01 AAA 2020-06-30 BBB 2020-09-30 CCC 2020-12-31 AAA 2021-03-31"},
		{"the boundary to come may move the other way too", version(t, "2020-05-10", text{anchor: "2020-07-01", zone: "America/New_York"}), "",
			"AAA 2020-01-01 BBB 2020-04-01 AAA 2020-07-01 BBB 2020-10-01 CCC 2021-01-01"},
		{"the order of terms that have begun changes", version(t, "2020-05-10", text{order: "AAA, CCC, BBB"}),
			"version 2 of the charter would change the term of BBB from 2020-04-01 00:00 UTC to 2020-07-01 00:00 UTC", ""},
		{"the running term would be longer", version(t, "2020-02-10", text{period: "P4M"}),
			"keep the order and the anchor as they are, or anchor a new rotation at 2020-04-01 00:00 UTC", ""},
		{"past terms would move by a zone", version(t, "2020-05-10", text{zone: "Asia/Baghdad", anchor: "2020-01-01T04:00"}),
			"would change the term of AAA", ""},
		{"a rotation within a term", version(t, "2020-05-10", text{anchor: "2020-08-01"}),
			"anchor a new rotation at the end of a term", ""},
		{"terms before the first", version(t, "2020-05-10", text{anchor: "2019-01-01"}),
			"before the centre's first term: a past boundary never moves", ""},
		{"it takes effect before its predecessor", version(t, "2019-01-01", text{}),
			"versions take effect in the order in which they are adopted", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			h, err := charter.NewHistory([]charter.Version{version(t, "2020-01-01", first), c.second})
			if c.refused != "" {
				if centre.CodeOf(err) != centre.CodeInvalid || !strings.Contains(err.Error(), c.refused) {
					t.Fatalf("got %v, want %s", err, c.refused)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := turns(h, "2020-01-01", "2021-04-01"); got != c.turns {
				t.Errorf("turns\n%s, want\n%s", got, c.turns)
			}
		})
	}
}

func TestThePastIsReadFromTheVersionThenInForce(t *testing.T) {
	h, err := charter.NewHistory([]charter.Version{
		version(t, "2020-01-01", text{people: three}),
		version(t, "2020-05-10", text{people: strings.ReplaceAll(three, "Bea", "Bob"), members: "AAA: founder: true\nBBB: founder: true\nCCC: founder: true\nDDD: joined: 2020-05-10"}),
	})
	if err != nil {
		t.Fatal(err)
	}
	for when, want := range map[string]string{"2020-05-09 23:59": "Bea 3", "2020-05-10": "Bob 4", "2020-04-01": "Bea 3"} {
		head, err := h.Head(at(when))
		if got := fmt.Sprint(head.Name, " ", len(h.At(at(when)).MembersAt(at(when)))); err != nil || got != want {
			t.Errorf("at %s: %s, %v; want %s", when, got, err, want)
		}
	}
	if h.At(at("1999-01-01")).Name != "Test" {
		t.Error("before the first version the first counts")
	}
}

func TestALaterVersionReplacesWhatAnEarlierOnePlanned(t *testing.T) {
	h, err := charter.NewHistory([]charter.Version{
		version(t, "2020-01-01", text{}),
		version(t, "2020-02-01", text{anchor: "2020-10-01", order: "CCC, BBB, AAA"}),
		version(t, "2020-03-01", text{anchor: "2020-07-01", order: "BBB, AAA, CCC"}),
	})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := turns(h, "2020-01-01", "2021-01-02"), "AAA 2020-01-01 BBB 2020-04-01 BBB 2020-07-01 AAA 2020-10-01 CCC 2021-01-01"; got != want {
		t.Errorf("turns\n%s, want\n%s", got, want)
	}
}

func TestABoundaryThatMovesLeavesNoGap(t *testing.T) {
	for _, zone := range []string{"America/New_York", "Asia/Baghdad"} {
		h, err := charter.NewHistory([]charter.Version{
			version(t, "2020-01-01", text{}),
			version(t, "2020-02-01", text{anchor: "2020-10-01", order: "CCC, BBB, AAA"}),
			version(t, "2020-03-01", text{anchor: "2020-07-01", zone: zone}),
		})
		if err != nil {
			t.Fatal(err)
		}
		terms := h.Calendar(at("2020-01-01"), at("2021-01-02"))
		for i, term := range terms[1:] {
			if !term.Start.Equal(terms[i].End) {
				t.Errorf("%s: a gap between %+v and %+v", zone, terms[i], term)
			}
			for _, when := range []time.Time{term.Start.Add(-1), term.Start.Add(-time.Hour), term.Start} {
				got, _ := h.Term(when)
				if want := terms[i+1]; when.Before(term.Start) {
					if want = terms[i]; got != want {
						t.Errorf("%s: %s is of %+v, want %+v", zone, when, got, want)
					}
				} else if got != want {
					t.Errorf("%s: %s is of %+v, want %+v", zone, when, got, want)
				}
			}
		}
	}
}

// A past boundary does not move when the world's time zone data are corrected:
// here the same charter under another zone stands for the correction.
func TestStoredTermsStandWhateverTimeZoneDataSay(t *testing.T) {
	before, err := charter.NewHistory([]charter.Version{version(t, "2020-01-01", text{zone: "Asia/Baghdad"})})
	if err != nil {
		t.Fatal(err)
	}
	now := at("2020-08-01")
	past := before.Past(now)
	after, err := charter.NewHistory([]charter.Version{version(t, "2020-01-01", text{zone: "Asia/Tehran"})}, past...)
	if err != nil {
		t.Fatal(err)
	}
	was, is := before.Calendar(at("2019-01-01"), at("2021-01-01")), after.Calendar(at("2019-01-01"), at("2021-01-01"))
	for i := range was[:len(past)] {
		if !was[i].Start.Equal(is[i].Start) || was[i].Member != is[i].Member {
			t.Errorf("term %d was %+v and is %+v", i+1, was[i], is[i])
		}
	}
	for i := 1; i < len(is); i++ {
		if !is[i].Start.Equal(is[i-1].End) {
			t.Errorf("a gap after %+v: %+v", is[i-1], is[i])
		}
		if mid, _ := after.Term(is[i].Start.Add(-time.Minute)); mid != is[i-1] {
			t.Errorf("the minute before %+v is of %+v", is[i], mid)
		}
	}
	if next, _ := after.Term(at("2020-10-15")); !next.Start.Equal(at("2020-09-30T20:30:00Z")) {
		t.Errorf("a coming boundary follows the data: %+v", next)
	}
	for _, broken := range [][]charter.Term{past[1:], {past[0], past[0]}, {past[0], {Number: 2, Member: "BBB", Start: past[1].Start.Add(1), End: past[1].End}}} {
		if _, err := charter.NewHistory(before.Versions(), broken...); centre.CodeOf(err) != centre.CodeInvalid {
			t.Errorf("stored terms %+v were taken: %v", broken, err)
		}
	}
}

func TestAHistoryNeedsACharter(t *testing.T) {
	if _, err := charter.NewHistory(nil); centre.CodeOf(err) != centre.CodeInvalid {
		t.Error(err)
	}
}
