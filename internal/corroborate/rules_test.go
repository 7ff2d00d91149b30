package corroborate

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
)

// TestTheSevenRules holds the rules of DOMAIN.md section 3, one after the other,
// against what is suggested: the grade, the rule that decided, and the status.
func TestTheSevenRules(t *testing.T) {
	const (
		b  = "outlet One grade=B\noutlet Two grade=B\noutlet Three grade=B\n"
		f  = "outlet One\noutlet Two\noutlet Three\n"
		de = "outlet One grade=B\noutlet Two grade=D\noutlet Three grade=E\n"
	)
	for _, c := range []struct{ rule, case_, script, want string }{
		{"1", "new, and comparable knowledge exists", "comparable\n" + b + "2015-09-26 One: ASSERT Farmer(named)", "B3 1 UNVERIFIED"},
		{"1", "new, and nothing to compare", b + "2015-09-26 One: ASSERT Farmer(named)", "B6 1 UNVERIFIED"},
		{"1", "an unnamed source, and nothing to compare", f + "2015-09-26 One: ASSERT a_source(anonymous)", "F6 1 UNVERIFIED"},
		{"1", "relayed without endorsement is said by nobody", "comparable\n" + b + "2015-09-26 One: UNVERIFIED self", "F6 1 UNVERIFIED"},
		{"2", "repeated, comparable: at most 2", "comparable\n" + b + "2015-09-26 One: ASSERT Farmer(named)\n2015-09-27 Two: ASSERT Farmer(named)", "B3 2 UNVERIFIED"},
		{"2", "repeated, and nothing to compare: repetition is nothing to compare with", b + "2015-09-26 One: ASSERT Farmer(named)\n2015-09-27 Two: ASSERT Farmer(named)", "B6 1 UNVERIFIED"},
		{"2", "two roots that speak for one state", b + "2015-09-26 One: ASSERT Petrov(spokesperson,RUS)\n2015-09-27 Two: ASSERT Sidorov(spokesperson,RUS)", "B2 2 UNVERIFIED"},
		{"2", "a known root and an unknown one", b + "2015-09-26 One: ASSERT Farmer(named)\n2015-09-27 Two: ASSERT a_source(anonymous)", "B2 2 UNVERIFIED"},
		{"3", "two independent roots", b + "2015-09-26 One: ASSERT Farmer(named)\n2015-09-27 Two: ASSERT Miller(named)", "B1 3 CORROBORATED"},
		{"3", "one of them A to C is enough", "outlet One\noutlet Two grade=C\n2015-09-26 One: ASSERT Farmer(named)\n2015-09-27 Two: ASSERT Miller(named)", "C1 3 CORROBORATED"},
		{"3", "nobody knows how reliable they are", f + "2015-09-26 One: ASSERT Farmer(named)\n2015-09-27 Two: ASSERT Miller(named)", "F2 3 CORROBORATED"},
		{"3", "one of the two is D", de + "2015-09-26 One: ASSERT Farmer(named)\n2015-09-27 Two: ASSERT Miller(named)", "B2 3 UNVERIFIED"},
		{"3", "both are D or E", de + "2015-09-26 Two: ASSERT Farmer(named)\n2015-09-27 Three: ASSERT Miller(named)", "D2 3 UNVERIFIED"},
		{"3", "all are parties", "party RUS IRQ\n" + b + "2015-09-26 One: ASSERT Petrov(spokesperson,RUS)\n2015-09-27 Two: ASSERT Hadi(spokesperson,IRQ)", "B2 3 UNVERIFIED"},
		{"3", "two parties, and an unreliable third", "party RUS IRQ\n" + de + "2015-09-26 One: ASSERT Petrov(spokesperson,RUS)\n2015-09-27 One: ASSERT Hadi(spokesperson,IRQ)\n2015-09-27 Three: ASSERT Miller(named)", "B2 3 UNVERIFIED"},
		{"3", "two parties, and a source that nobody can tell", "party RUS IRQ\n" + b + "2015-09-26 One: ASSERT Petrov(spokesperson,RUS)\n2015-09-27 One: ASSERT Hadi(spokesperson,IRQ)\n2015-09-27 Two: ASSERT a_source(anonymous)", "B2 3 UNVERIFIED"},
		{"3", "a party and a witness", "party RUS\n" + b + "2015-09-26 One: ASSERT Petrov(spokesperson,RUS)\n2015-09-27 Two: ASSERT Miller(named)", "B1 3 CORROBORATED"},
		{"4", "1 to 2", b + "2015-09-26 One: ASSERT Farmer(named)\n2015-09-27 Two: ASSERT Miller(named)\n2015-09-27 Three: DENY Baker(named)", "B2 4 CONTESTED"},
		{"4", "2 to 3", f + "2015-09-26 One: ASSERT Farmer(named)\n2015-09-27 Two: ASSERT Miller(named)\n2015-09-27 Three: DENY Baker(named)", "F3 4 CONTESTED"},
		{"4", "3 to 4", "comparable\n" + b + "2015-09-26 One: ASSERT Farmer(named)\n2015-09-27 Three: DENY Baker(named)", "B4 4 CONTESTED"},
		{"4", "the contradiction is something to compare", b + "2015-09-26 One: ASSERT Farmer(named)\n2015-09-27 Three: DENY Baker(named)", "B4 4 CONTESTED"},
		{"4", "one step, however often", "comparable\n" + f + "2015-09-26 One: ASSERT Farmer(named)\n2015-09-27 Two: DENY Baker(named)\n2015-09-27 Three: DENY Miller(named)", "F4 4 CONTESTED"},
		{"4", "an E source does not weigh as a B one does", "comparable\n" + de + "2015-09-26 One: ASSERT Farmer(named)\n2015-09-27 Three: DENY Baker(named)", "B3 4 CONTESTED"},
		{"4", "against an E source it does", "comparable\n" + de + "2015-09-26 Three: ASSERT Farmer(named)\n2015-09-27 Three: DENY Baker(named)", "E4 4 CONTESTED"},
		{"4", "an unnamed source does not weigh as a known one does", "comparable\n" + b + "2015-09-26 One: ASSERT Farmer(named)\n2015-09-27 Two: DENY a_source(anonymous)", "B3 4 CONTESTED"},
		{"4", "an authoritative contradiction", b + "2015-09-26 One: ASSERT Farmer(named)\n2015-09-27 Two: DENY The_register(document)", "B5 4 REFUTED"},
		{"4", "one that a party calls authoritative is its position", "party IRQ\ncomparable\n" + b + "2015-09-26 One: ASSERT Farmer(named)\n2015-09-27 Two: CONFIRM Hadi(spokesperson,IRQ) not", "B3 5 CONTESTED"},
		{"5", "a party's denial takes nothing", "party RUS\ncomparable\n" + b + "2015-09-26 One: ASSERT Farmer(named)\n2015-09-27 Two: DENY Petrov(spokesperson,RUS)", "B3 5 CONTESTED"},
		{"5", "nor from what is confirmed: it is no contradiction of like weight", "party RUS\n" + b + "2015-09-26 One: ASSERT Farmer(named)\n2015-09-27 Two: ASSERT Miller(named)\n2015-09-27 Three: DENY Petrov(spokesperson,RUS)", "B1 5 CONTESTED"},
		{"5", "an admission against interest counts as a witness", "party RUS\n" + b + "2015-09-25 One: DENY Petrov(spokesperson,RUS)\n2015-09-27 One: ASSERT Petrov(spokesperson,RUS)\n2015-09-24 Two: ASSERT Farmer(named)", "B1 3 CORROBORATED"},
		{"6", "its only root takes it back", "comparable\n" + b + "2015-09-26 One: ASSERT Farmer(named)\n2015-09-27 Two: RETRACT Farmer(named)", "F6 6 RETRACTED"},
		{"6", "one of two roots takes it back", "comparable\n" + b + "2015-09-26 One: ASSERT Farmer(named)\n2015-09-26 Two: ASSERT Miller(named)\n2015-09-27 Two: RETRACT Farmer(named)", "B3 1 UNVERIFIED"},
		{"6", "a contradiction is taken back", "comparable\n" + b + "2015-09-26 One: ASSERT Farmer(named)\n2015-09-26 Two: DENY Miller(named)\n2015-09-27 Two: RETRACT Miller(named)", "B3 1 UNVERIFIED"},
		{"7", "one report more changes no letter", f + "outlet Best grade=A\n2015-09-26 One: ASSERT Farmer(named)\n2015-09-27 Two: ASSERT Miller(named)", "F2 3 CORROBORATED"},
	} {
		t.Run(c.rule+" "+c.case_, func(t *testing.T) {
			s := parseScript(t, c.case_, c.script)
			j := Judge(s.knowledge(), s.matter, s.statements)
			if got := fmt.Sprint(j.Suggested.Grade, " ", j.Suggested.Rule, " ", j.Status); got != c.want {
				t.Errorf("got %s, want %s\n%s", got, c.want, show(&j))
			}
		})
	}
}

// TestARetractionTakesWhatCameThroughIt: who takes a report back takes back what
// copies of it and those that cite it pass on, and nothing else.
func TestARetractionTakesWhatCameThroughIt(t *testing.T) {
	const outlets = "comparable\noutlet Agency grade=A\noutlet Copy grade=B\noutlet Citer grade=B\noutlet Other grade=B\n"
	const way = "2015-09-26 Agency: ASSERT Minister(named) copies=1\n2015-09-26 Copy: ASSERT Minister(named) copies=1\n2015-09-27 Citer: ASSERT Minister(named) via Agency(agency)\n"
	for _, c := range []struct{ name, script, want string }{
		{"told by the outlet itself", way + "2015-09-28 Agency: RETRACT self", "RETRACTED 0"},
		{"told by another", way + "2015-09-28 Other: RETRACT Agency(agency)", "RETRACTED 0"},
		{"withdrawn without a word", strings.Replace(way, "copies=1\n", "copies=1 withdrawn\n", 1), "RETRACTED 0"},
		{"another heard the minister too", way + "2015-09-27 Other: ASSERT Minister(named)\n2015-09-28 Agency: RETRACT self", "UNVERIFIED 1"},
		{"what was said again after it stands", way + "2015-09-28 Agency: RETRACT self\n2015-09-30 Agency: ASSERT Minister(named)", "UNVERIFIED 1"},
		{"a copy that is taken back leaves the original", way + "2015-09-28 Copy: RETRACT self", "UNVERIFIED 1"},
	} {
		if c.name == "a copy that is taken back leaves the original" {
			c.script = strings.Replace(c.script, "2015-09-26 Copy", "2015-09-27 Copy", 1)
		}
		t.Run(c.name, func(t *testing.T) {
			s := parseScript(t, c.name, outlets+c.script)
			j := Judge(s.knowledge(), s.matter, s.statements)
			if got := fmt.Sprint(j.Status, " ", j.For); got != c.want {
				t.Errorf("got %s, want %s\n%s", got, c.want, show(&j))
			}
		})
	}
}

// TestAThousandRetractions of one outlet's thousand reports are soon judged.
func TestAThousandRetractions(t *testing.T) {
	var statements []centre.ClaimStatement
	for i := range 1000 {
		s := centre.ClaimStatement{Statement: centre.Statement{Stance: centre.StanceAssert}, Carrier: centre.Carrier{Name: "Agency", Family: "Agency", CopySet: centre.ID(1 + i%7)}}
		s.Speaker = centre.Agent{Name: "Agency", Kind: centre.AgentPublisher}
		s.Carrier.Published = centre.Moment{Time: time.Date(2015, 9, 1+i%20, 0, 0, 0, 0, time.UTC), Precision: centre.PrecisionDay}
		if i%2 == 1 {
			s.Stance = centre.StanceRetract
			s.Carrier.Published.Time = s.Carrier.Published.Time.AddDate(0, 1, 0)
		}
		statements = append(statements, s)
	}
	begin := time.Now()
	j := judged(numbered(statements))
	if j.Status != centre.ClaimRetracted || j.For != 0 {
		t.Errorf("%s", show(&j))
	}
	if took := time.Since(begin); took > 5*time.Second {
		t.Errorf("it took %s", took)
	}
}

// TestReasonsAreSentences: every reason that a judgement gives has its sentence,
// with nothing left to fill in.
func TestReasonsAreSentences(t *testing.T) {
	for _, code := range centre.ReasonCodes() {
		r := centre.Reason{Code: code, N: 3, Grade: "2", Names: []string{"One", "Two"}, Of: "Three", Country: "RUS"}
		if text := r.String(); strings.ContainsAny(text, "{}") || !strings.HasSuffix(text, ".") {
			t.Errorf("%s: %q", code, text)
		}
	}
	if got := (centre.Reason{Code: centre.WhyEcho, Names: []string{"A", "B"}, More: 2}).String(); !strings.Contains(got, "A, B and 2 more") {
		t.Errorf("%q", got)
	}
}

// TestWhoseSpeakerItIs: a denial by a party is its position (rule 5) also where the
// text does not say for whom the speaker speaks, but another one does, or what the
// speaker is known or described as.
func TestWhoseSpeakerItIs(t *testing.T) {
	const text = "party RUS SYR\ncomparable\noutlet One grade=B\noutlet Two grade=B\noutlet Three grade=B\n2015-09-26 One: ASSERT Farmer(named)\n"
	for _, c := range []struct{ name, script, want string }{
		{"nobody says", text + "2015-09-27 Two: DENY Peskov(spokesperson)", "B4 4"},
		{"another text says", text + "2015-09-27 Two: DENY Peskov(spokesperson)\n2015-09-27 Three: DENY Peskov(spokesperson,RUS)", "B3 5"},
		{"other texts do not agree", text + "2015-09-26 One: DENY Peskov(spokesperson,JOR)\n2015-09-27 Two: DENY Peskov(spokesperson)\n2015-09-27 Three: DENY Peskov(spokesperson,IRN)", "B4 4"},
		{"it is known", text + "2015-09-27 Two: DENY Known(spokesperson)", "B3 5"},
		{"told to agencies that are known", text + "2015-09-27 Two: DENY Peskov(spokesperson) via Known(agency)", "B3 5"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := parseScript(t, c.name, c.script)
			k := s.knowledge()
			k.Country = func(a centre.Agent) string { return map[string]string{"Known": "RUS"}[a.Name] }
			j := Judge(k, s.matter, s.statements)
			if got := fmt.Sprint(j.Suggested.Grade, " ", j.Suggested.Rule); got != c.want {
				t.Errorf("got %s, want %s\n%s", got, c.want, show(&j))
			}
		})
	}
}
