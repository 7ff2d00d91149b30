package charter_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entente/internal/centre"
	"entente/internal/charter"
)

// text writes a charter of three members with what a test cares about.
type text struct {
	zone, anchor, period, order, deputy, people, members string
}

func (x text) String() string {
	set := func(s *string, value string) {
		if *s == "" {
			*s = value
		}
	}
	set(&x.zone, "Etc/UTC")
	set(&x.anchor, "2020-01-01")
	set(&x.period, "P3M")
	set(&x.order, "AAA, BBB, CCC")
	set(&x.deputy, "chair")
	set(&x.members, "AAA: founder: true\nBBB: founder: true\nCCC: founder: true")
	var members strings.Builder
	for line := range strings.Lines(x.members) {
		code, rest, _ := strings.Cut(strings.TrimSpace(line), ": ")
		fmt.Fprintf(&members, "  - {code: %s, names: {en: Land %s}, language: en, time_zone: Etc/UTC, %s}\n", code, code, rest)
	}
	people := ""
	if x.people != "" {
		people = "appointments:\n"
		for line := range strings.Lines(x.people) {
			people += "  - {" + strings.TrimSpace(line) + "}\n"
		}
	}
	return fmt.Sprintf("name: Test\npurpose: To test.\nlanguages: [en]\ntime_zone: %s\nmembers:\n%sposts: {head: {order: [%s], anchor: %s, period: %s, deputy: %s}}\n%squorum: 1\n",
		x.zone, members.String(), x.order, x.anchor, x.period, x.deputy, people)
}

func (x text) parse(t testing.TB) *charter.Charter {
	t.Helper()
	c, err := charter.Parse([]byte(x.String()))
	if err != nil {
		t.Fatalf("%v in\n%s", err, x)
	}
	return &c
}

func at(s string) time.Time {
	for _, form := range []string{time.DateOnly, "2006-01-02 15:04", time.RFC3339} {
		if v, err := time.Parse(form, s); err == nil {
			return v
		}
	}
	panic(s)
}

func starts(terms []charter.Term) []string {
	var s []string
	for _, t := range terms {
		s = append(s, t.Start.Format("2006-01-02 15:04"))
	}
	return s
}

func TestTermsAreCountedFromTheAnchor(t *testing.T) {
	for _, c := range []struct {
		name string
		text text
		from string
		want []string
	}{
		{"the last of January clamps and does not drift", text{anchor: "2021-01-31", period: "P1M"}, "2021-01-31",
			[]string{"2021-01-31 00:00", "2021-02-28 00:00", "2021-03-31 00:00", "2021-04-30 00:00", "2021-05-31 00:00"}},
		{"31 January, 30 April, 31 July", text{anchor: "2021-01-31"}, "2021-01-31",
			[]string{"2021-01-31 00:00", "2021-04-30 00:00", "2021-07-31 00:00", "2021-10-31 00:00", "2022-01-31 00:00"}},
		{"29 February every year", text{anchor: "2020-02-29", period: "P1Y"}, "2020-03-01",
			[]string{"2020-02-29 00:00", "2021-02-28 00:00", "2022-02-28 00:00", "2023-02-28 00:00", "2024-02-29 00:00"}},
		{"Baghdad is three hours ahead", text{anchor: "2015-09-27", zone: "Asia/Baghdad"}, "2015-10-01",
			[]string{"2015-09-26 21:00", "2015-12-26 21:00", "2016-03-26 21:00", "2016-06-26 21:00", "2016-09-26 21:00"}},
		{"in Tehran midnight of 22 March 2015 did not exist: the clocks went from 24:00 to 01:00", text{anchor: "2014-12-22", zone: "Asia/Tehran"}, "2014-12-22",
			[]string{"2014-12-21 20:30", "2015-03-21 20:30", "2015-06-21 19:30", "2015-09-21 20:30", "2015-12-21 20:30"}},
		{"in Moscow 01:30 of 26 October 2014 came twice: the first counts", text{anchor: "2014-07-26T01:30", zone: "Europe/Moscow"}, "2014-08-01",
			[]string{"2014-07-25 21:30", "2014-10-25 21:30", "2015-01-25 22:30", "2015-04-25 22:30", "2015-07-25 22:30"}},
		{"Samoa left out 30 December 2011 altogether", text{anchor: "2011-09-30T12:00", zone: "Pacific/Apia"}, "2011-10-01",
			[]string{"2011-09-30 22:00", "2011-12-30 10:00", "2012-03-29 22:00", "2012-06-29 23:00", "2012-09-29 22:00"}},
		{"an anchor with an offset is an instant", text{anchor: "2020-01-01T00:00:00+03:00", zone: "Asia/Baghdad"}, "2020-01-01",
			[]string{"2019-12-31 21:00", "2020-03-31 21:00", "2020-06-30 21:00", "2020-09-30 21:00", "2020-12-31 21:00"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			terms := c.text.parse(t).Calendar(at(c.from), at(c.from).AddDate(10, 0, 0))
			if diff := cmp.Diff(c.want, starts(terms[:5])); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestBeforeTheAnchorThereIsNoTerm(t *testing.T) {
	c := text{}.parse(t)
	for _, err := range []error{second(c.Term(at("2019-12-31"))), second(c.Head(at("2019-12-31")))} {
		if centre.CodeOf(err) != centre.CodeNotFound || !strings.Contains(err.Error(), "2020-01-01") {
			t.Errorf("got %v, want a refusal that names the first term", err)
		}
	}
	if terms := c.Calendar(at("2010-01-01"), at("2020-01-01")); len(terms) != 0 {
		t.Errorf("terms before the anchor: %v", terms)
	}
	var zero charter.Charter
	if _, err := zero.Head(at("2020-01-01")); err == nil {
		t.Error("the zero charter has a head")
	}
}

func second[T any](_ T, err error) error { return err }

const three = `post: head, member: AAA, name: Ada, login: ada, from: 2020-01-01, accepted: 2020-01-05
post: deputy, member: AAA, name: Dan, from: 2020-01-01, accepted: 2020-01-01, absent: [{from: 2020-02-01, until: 2020-02-10}]
post: head, member: BBB, name: Bea, from: 2020-01-01, accepted: 2020-01-01
post: head, member: CCC, name: Cem, from: 2020-01-01, accepted: 2020-01-01`

func TestWhoHeadsTheCentre(t *testing.T) {
	absent := strings.Replace(three, "accepted: 2020-01-05", "accepted: 2020-01-05, absent: [{from: 2020-02-01, until: 2020-02-10}, {from: 2020-03-01}]", 1)
	for _, c := range []struct {
		name   string
		text   text
		at     string
		want   string // member, name, acting, cause
		reason string
	}{
		{"the officer of the chair member, once accepted", text{people: three}, "2020-01-05", "AAA Ada false ", ""},
		{"the deputy until the officer has accepted", text{people: three}, "2020-01-04 23:59", "AAA Dan true not_accepted", "Ada of Land AAA has not accepted; the deputy, Dan of Land AAA, acts."},
		{"the deputy while the officer is absent", text{people: absent}, "2020-03-01", "AAA Dan true absent", "Ada of Land AAA is absent; the deputy"},
		{"the next in order while the deputy is absent too", text{people: absent}, "2020-02-01", "BBB Bea true absent", "no deputy can act; Bea of Land BBB acts, the next in order"},
		{"the officer again at the instant when the absence ends", text{people: absent}, "2020-02-10", "AAA Ada false ", ""},
		{"authority ends with the term: the outgoing officer does not go on", text{people: absent}, "2020-04-01", "BBB Bea false ", ""},
		{"up to its last instant", text{people: three}, "2020-03-31 23:59", "AAA Ada false ", ""},
		{"the post itself where nobody is appointed", text{}, "2020-02-01", "AAA  false not_named", "Land AAA has not named an officer, and no other officer can act; the post of Land AAA heads the centre, its officer not named."},
		{"a deputy from the next in order", text{deputy: "next", people: "post: deputy, member: BBB, name: Deb, from: 2020-01-01, accepted: 2020-01-01"}, "2020-02-01", "BBB Deb true not_named", "the deputy, Deb of Land BBB, acts"},
		{"a deputy of a member named by the charter", text{deputy: "CCC", people: "post: deputy, member: CCC, name: Dov, from: 2020-01-01, accepted: 2020-01-01"}, "2020-02-01", "CCC Dov true not_named", "the deputy, Dov of Land CCC, acts"},
		{"a deputy that has not accepted does not act", text{people: "post: deputy, member: AAA, name: Dan, from: 2020-01-01"}, "2020-02-01", "AAA  false not_named", ""},
		{"the order goes round: before the first comes the last", text{people: "post: head, member: AAA, name: Ada, from: 2020-01-01, accepted: 2020-01-01"}, "2020-08-01", "AAA Ada true not_named", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			h, err := c.text.parse(t).Head(at(c.at))
			if err != nil {
				t.Fatal(err)
			}
			if got := fmt.Sprint(h.Member, " ", h.Name, " ", h.Acting, " ", h.Cause); got != c.want {
				t.Errorf("head %q, want %q (%s)", got, c.want, h.Reason)
			}
			if !strings.Contains(h.Reason, c.reason) || (h.Cause == charter.CauseNone) != (h.Reason == "") {
				t.Errorf("reason %q, want %q", h.Reason, c.reason)
			}
			if (h.Cause == charter.CauseNone) != (len(h.Limits) == 0) {
				t.Errorf("limits %q", h.Limits)
			}
		})
	}
}

func TestWithdrawalOfTheChairMember(t *testing.T) {
	members := "AAA: founder: true\nBBB: founder: true, withdrawn: 2020-05-10\nCCC: founder: true"
	before, after := text{people: three}.parse(t), text{people: three, members: members}.parse(t)
	from, to := at("2020-01-01"), at("2023-01-01")
	if diff := cmp.Diff(before.Calendar(from, to), after.Calendar(from, to)); diff != "" {
		t.Errorf("the withdrawal moved terms: %s", diff)
	}
	for _, c := range []struct{ at, want string }{
		{"2020-05-09 23:59", "BBB BBB Bea false "},
		{"2020-05-10", "BBB CCC Cem true withdrawn"},
		{"2020-06-30 23:59", "BBB CCC Cem true withdrawn"},
		{"2020-07-01", "CCC CCC Cem false "},
		{"2021-01-01", "BBB CCC Cem true withdrawn"}, // its turn of the next round
	} {
		h, err := after.Head(at(c.at))
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(h.Chair, " ", h.Member, " ", h.Name, " ", h.Acting, " ", h.Cause); got != c.want {
			t.Errorf("at %s: %q, want %q", c.at, got, c.want)
		}
	}
}

func TestANewMemberJoinsAfterTheRunningRound(t *testing.T) {
	members := "AAA: founder: true\nBBB: founder: true\nCCC: joined: 2020-02-15"
	before := text{order: "AAA, BBB", members: members}.parse(t)
	after := text{order: "AAA, CCC, BBB", members: members}.parse(t)
	codes := func(c *charter.Charter) (s string) {
		for _, term := range c.Calendar(at("2020-01-01"), at("2022-01-01")) {
			s += fmt.Sprint(term.Member, term.Cycle, " ")
		}
		return s
	}
	if got, want := codes(before), "AAA1 BBB1 AAA2 BBB2 AAA3 BBB3 AAA4 BBB4 "; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := codes(after), "AAA1 BBB1 AAA2 CCC2 BBB2 AAA3 CCC3 BBB3 "; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestAudience(t *testing.T) {
	x := text{members: "AAA: founder: true\nBBB: founder: true, withdrawn: 2021-01-01\nCCC: joined: 2020-06-01"}
	c, err := charter.Parse([]byte(x.String() + "groups: {PAIR: [AAA, BBB]}\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []struct{ at, text, want string }{
		{"2020-02-01", "RESTRICTED//REL TO MEMBERS", "RESTRICTED//REL TO AAA, BBB"},
		{"2020-07-01", "RESTRICTED//REL TO MEMBERS", "RESTRICTED//REL TO AAA, BBB, CCC"},
		{"2021-07-01", "RESTRICTED//REL TO MEMBERS", "RESTRICTED//REL TO AAA, CCC"},
		{"2020-07-01", "REL TO PAIR", "UNCLASSIFIED//REL TO AAA, BBB"},
		{"2021-07-01", "REL TO PAIR", "UNCLASSIFIED//REL TO AAA"},
		{"2020-02-01", "TLP:GREEN", "UNCLASSIFIED//REL TO AAA, BBB//TLP:GREEN"},
	} {
		m, err := centre.ParseMarking(q.text, c.Audience("AAA", at(q.at)))
		if err != nil || m.String() != q.want {
			t.Errorf("%s at %s is %s, %v; want %s", q.text, q.at, m, err, q.want)
		}
	}
	if _, err := centre.ParseMarking("REL TO AAA, BBB", c.Audience("AAA", at("2021-07-01"))); err == nil {
		t.Error("a marking was released to a member that has left")
	}
}

func TestDemo(t *testing.T) {
	c, err := charter.Parse(charter.Demo)
	if err != nil {
		t.Fatal(err)
	}
	h, err := c.Head(at("2015-09-26T21:00:00Z"))
	if err != nil || h.Member != "IRQ" || h.Acting || !h.Named() {
		t.Errorf("Iraq is first: %+v, %v", h, err)
	}
	if h, err = c.Head(at("2015-12-27")); err != nil || h.Chair != "IRN" || h.Term.Number != 2 {
		t.Errorf("then Iran: %+v, %v", h, err)
	}
	for _, m := range c.Members {
		for _, language := range []string{"en", "ar", "fa", "ru"} {
			if m.Names[language] == "" {
				t.Errorf("%s has no name in %s", m.Code, language)
			}
		}
	}
}

func TestTemplateIsACharter(t *testing.T) {
	if _, err := charter.Parse(charter.Template); err != nil {
		t.Error(err)
	}
	// And so it is with its example of an appointment.
	text := strings.NewReplacer("# appointments:", "appointments:", "#   - post", "  - post", "#     ", "    ", "#       -", "      -").Replace(string(charter.Template))
	c, err := charter.Parse([]byte(text))
	if err != nil || len(c.Appointments) != 1 || len(c.Appointments[0].Absent) != 1 {
		t.Errorf("the template's appointment: %v, %v", c.Appointments, err)
	}
}

func TestPeriods(t *testing.T) {
	for text, months := range map[string]int{"P3M": 3, "P1Y": 12, "P1Y6M": 18, "P12M": 12} {
		p, err := charter.ParsePeriod(text)
		if err != nil || p.Months != months {
			t.Errorf("%s: %v, %v", text, p, err)
		}
	}
	for _, text := range []string{"", "P", "3M", "P3W", "P3D", "PT3M", "P-3M", "P0M", "P3M1Y", "P9999M", "P3.5M", "P1YM"} {
		if p, err := charter.ParsePeriod(text); centre.CodeOf(err) != centre.CodeInvalid {
			t.Errorf("%q is %v, %v", text, p, err)
		}
	}
}
