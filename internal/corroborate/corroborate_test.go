package corroborate

import (
	"bufio"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
)

// A script is a story in lines and what must follow from it:
//
//	party RUS IRQ                                   who takes part in the matter
//	comparable                                      other claims on it are held
//	outlet TASS family=TASS state=RUS grade=B       a publisher
//	2015-09-26 TASS: ASSERT Petrov(spokesperson,RUS) via Interfax(agency)
//	2015-09-27 Star: ASSERT self copies=1 withdrawn
//	want roots 1 independent 0 against 0
//	want status UNVERIFIED
//	want grade F3 by rule 2
//	want confirmed Command
//	want why copies confirm nothing
//	want not why circle
//
// A report says what stands after its colon: a stance, a chain from the first
// speaker to the carrier, and properties: copies=SET, translates=LINE (the line
// of the report, from 1), token=WORD, not (the content is negative), said=DATE,
// role=WORD, entity=WORD, in=LINE (a further statement of that report), withdrawn. A date of "-" is unknown. A speaker called "self" is the outlet.
type script struct {
	matter     Matter
	outlets    map[string]centre.Carrier
	statements []centre.ClaimStatement
	wants      []string
}

func id(text string) centre.ID {
	h := fnv.New64a()
	_, _ = h.Write([]byte(text))
	return centre.ID(h.Sum64() >> 2)
}

func readScript(t *testing.T, path string) script {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return parseScript(t, path, string(content))
}

func parseScript(t *testing.T, path, content string) script {
	t.Helper()
	s := script{outlets: map[string]centre.Carrier{}}
	lines := bufio.NewScanner(strings.NewReader(content))
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		switch word, rest, _ := strings.Cut(line, " "); {
		case line == "" || word == "#":
		case word == "party":
			s.matter.Parties = strings.Fields(rest)
		case word == "comparable":
			s.matter.Comparable = true
		case word == "outlet":
			c := centre.Carrier{}
			fields := strings.Fields(rest)
			c.Name, c.Source, c.Family = fields[0], id(fields[0]), fields[0]
			for _, f := range fields[1:] {
				key, value, _ := strings.Cut(f, "=")
				switch key {
				case "family":
					c.Family = value
				case "state":
					c.Ownership, c.Country = centre.OwnedByState, value
				case "grade":
					c.Reliability = centre.Reliability(value[0])
				case "hidden":
					c = centre.Carrier{}
				default:
					t.Fatalf("%s: what is %q of an outlet?", path, f)
				}
			}
			s.outlets[fields[0]] = c
		case word == "want":
			s.wants = append(s.wants, rest)
		default:
			s.statements = append(s.statements, s.statement(t, line))
		}
	}
	return s
}

func (s *script) statement(t *testing.T, line string) centre.ClaimStatement {
	t.Helper()
	date, rest, _ := strings.Cut(line, " ")
	outlet, act, ok := strings.Cut(rest, ": ")
	carrier, known := s.outlets[outlet]
	if !ok || !known {
		t.Fatalf("this is no report of a known outlet: %q", line)
	}
	n := len(s.statements) + 1
	st := centre.ClaimStatement{Ref: centre.StatementRef{Report: centre.ID(n), Version: 1, No: 1}, Carrier: carrier}
	st.Carrier.Report = centre.ID(n)
	if date != "-" {
		at, err := time.Parse(time.DateOnly, date)
		precision := centre.PrecisionDay
		if err != nil {
			at, err = time.Parse("2006-01-02T15:04", date)
			precision = centre.PrecisionMinute
		}
		if err != nil {
			t.Fatal(err)
		}
		st.Carrier.Published = centre.Moment{Time: at, Precision: precision}
	}
	fields := strings.Fields(act)
	st.Stance = centre.Stance(fields[0])
	if !slices.Contains(centre.Stances, st.Stance) {
		t.Fatalf("%q has no stance", line)
	}
	var chain []centre.Hop
	role, entity := "", ""
	for _, f := range fields[1:] {
		key, value, isProperty := strings.Cut(f, "=")
		switch {
		case key == "via":
		case key == "copies":
			st.Carrier.CopySet = id("set " + value)
		case key == "translates":
			var of int
			fmt.Sscan(value, &of)
			st.Carrier.Translation = centre.ID(of)
		case key == "token":
			st.Roots = append(st.Roots, value)
		case key == "role":
			role = value
		case key == "entity":
			entity = value
		case key == "in":
			fmt.Sscan(value, &st.Carrier.Report)
			st.Ref.Report, st.Ref.No = st.Carrier.Report, n
		case key == "said":
			at, err := time.Parse(time.DateOnly, value)
			if err != nil {
				t.Fatal(err)
			}
			st.SaidAt = &centre.Span{From: at, Until: at.AddDate(0, 0, 1), Precision: centre.PrecisionDay}
		case isProperty:
			t.Fatalf("%q: what is %q?", line, f)
		case f == "not":
			st.Negated = true
		case f == "withdrawn":
			st.Carrier.Withdrawn = true
		default:
			chain = append([]centre.Hop{{Agent: agent(f, carrier.Name)}}, chain...)
		}
	}
	st.Chain, st.Speaker = chain, chain[len(chain)-1].Agent
	st.Speaker.Entity, st.Chain[len(chain)-1].Entity = entity, entity
	if role != "" {
		st.Speaker.Role = role
		st.Chain[len(chain)-1].Role = role
	}
	return st
}

func agent(text, carrier string) centre.Agent {
	if text == "self" {
		return centre.Agent{Name: carrier, Kind: centre.AgentPublisher}
	}
	name, rest, _ := strings.Cut(strings.TrimSuffix(text, ")"), "(")
	kind, country, _ := strings.Cut(rest, ",")
	name = strings.ReplaceAll(name, "_", " ")
	return centre.Agent{Words: centre.Words{Start: 1, End: 1 + len(name), Text: name}, Name: name, Kind: centre.AgentKind(kind), Country: country}
}

func (s *script) knowledge() Knowledge {
	return Knowledge{Outlet: func(a centre.Agent) (Outlet, bool) {
		c, ok := s.outlets[a.Name]
		state := ""
		if c.Ownership == centre.OwnedByState {
			state = c.Country
		}
		return Outlet{c.Family, state}, ok && c.Family != ""
	}}
}

// TestScenarios runs every script of testdata, in its own order and in random
// ones, which must give the same to the letter.
func TestScenarios(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(paths) < 10 {
		t.Fatalf("%d scripts, %v", len(paths), err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txt"), func(t *testing.T) {
			s := readScript(t, path)
			got := Judge(s.knowledge(), s.matter, s.statements)
			if len(s.wants) < 3 {
				t.Error("the script wants too little")
			}
			for _, want := range s.wants {
				if problem := lacks(&got, want); problem != "" {
					t.Errorf("want %s: %s\n%s", want, problem, show(&got))
				}
			}
			for range 40 {
				rand.Shuffle(len(s.statements), reflect.Swapper(s.statements))
				if again := Judge(s.knowledge(), s.matter, s.statements); !reflect.DeepEqual(got, again) {
					t.Fatalf("another order gives another result:\n%s\nand\n%s", show(&got), show(&again))
				}
			}
		})
	}
}

// lacks tells what a judgement lacks of what is wanted.
func lacks(j *centre.Judgement, want string) string {
	what, rest, _ := strings.Cut(want, " ")
	is := ""
	switch what {
	case "roots":
		is = fmt.Sprintf("%d independent %d against %d", j.For, j.Independent, j.Against)
	case "status":
		is = string(j.Status)
	case "grade":
		is = fmt.Sprintf("%s by rule %d", j.Suggested.Grade, j.Suggested.Rule)
	case "confirmed":
		is = strings.Join(j.ConfirmedBy, " ")
	case "why":
		if strings.Contains(show(j), rest) {
			return ""
		}
		return "nowhere said"
	case "not":
		if strings.Contains(show(j), strings.TrimPrefix(rest, "why ")) {
			return "said all the same"
		}
		return ""
	}
	if is != rest {
		return "it is " + is
	}
	return ""
}

func show(j *centre.Judgement) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, %d for (%d independent), %d against, %s by rule %d, confirmed by %q\n", j.Status, j.For, j.Independent, j.Against, j.Suggested.Grade, j.Suggested.Rule, j.ConfirmedBy)
	for _, w := range j.Suggested.Why {
		fmt.Fprintln(&b, " ", w)
	}
	for _, r := range j.Roots {
		fmt.Fprintf(&b, "  root %q %s %s side %d unknown %v party %v independent %v: %s, %d statements\n", r.Name, r.Kind, r.Country, r.Side, r.Unknown, r.Party, r.Independent, r.State, len(r.Statements))
		for _, w := range r.Why {
			fmt.Fprintln(&b, "     ", w)
		}
	}
	return b.String()
}

// TestABodyAndItsSpokesmanAreOneRoot: the Kremlin is not corroborated by its
// press secretary.
func TestABodyAndItsSpokesmanAreOneRoot(t *testing.T) {
	say := func(report centre.ID, a centre.Agent) centre.ClaimStatement {
		return centre.ClaimStatement{Ref: centre.StatementRef{Report: report, Version: 1, No: 1}, Statement: centre.Statement{No: 1, Stance: centre.StanceAssert, Speaker: a},
			Carrier: centre.Carrier{Report: report, Family: "family " + report.String()}}
	}
	body := centre.Agent{Name: "Houthis", Kind: centre.AgentNamed, Entity: "houthis"}
	speaker := centre.Agent{Name: "Yahya Saree", Kind: centre.AgentSpokesperson, Role: "spokesperson", Of: "houthis"}
	other := centre.Agent{Name: "Yahya Saree", Kind: centre.AgentSpokesperson, Role: "spokesperson", Of: "yem-mod"}
	if j := Judge(Knowledge{}, Matter{}, []centre.ClaimStatement{say(1, body), say(2, speaker)}); j.Independent != 1 {
		t.Errorf("a body and its spokesman have %d roots, want 1", j.Independent)
	}
	if j := Judge(Knowledge{}, Matter{}, []centre.ClaimStatement{say(1, body), say(2, other)}); j.Independent != 2 {
		t.Errorf("a body and the spokesman of another have %d roots, want 2", j.Independent)
	}
}

// TestAlikeSpeakersAreOneRoot: one man in two scripts corroborates nothing.
func TestAlikeSpeakersAreOneRoot(t *testing.T) {
	say := func(report centre.ID, name string) centre.ClaimStatement {
		return centre.ClaimStatement{Ref: centre.StatementRef{Report: report, Version: 1, No: 1}, Statement: centre.Statement{No: 1, Stance: centre.StanceAssert,
			Speaker: centre.Agent{Name: name, Kind: centre.AgentNamed}}, Carrier: centre.Carrier{Report: report, Family: "family " + report.String()}}
	}
	all := []centre.ClaimStatement{say(1, "Michel Aoun"), say(2, "ميشال عون")}
	if j := Judge(Knowledge{}, Matter{}, all); j.Independent != 2 {
		t.Errorf("two names of which nothing is known have %d roots, want 2", j.Independent)
	}
	like := func(a, b centre.Agent) bool { return true }
	if j := Judge(Knowledge{Alike: like}, Matter{}, all); j.Independent != 1 || j.Status != centre.ClaimUnverified {
		t.Errorf("one man in two scripts has %d roots and is %s, want 1 and unverified", j.Independent, j.Status)
	}
}
