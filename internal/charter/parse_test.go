package charter_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/charter"
)

// Each case changes one thing in the demo's charter, and the sentence names the
// broken rule and its line.
func TestABrokenCharterIsRefusedWithTheRuleAndTheLine(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"unknown key", "quorum: 3", "quorom: 3", `line 63: the charter has the unknown key "quorom"; perhaps "quorum" is meant`},
		{"unknown key of a member", "    founder: true\n  - code: IRN", "    foundr: true\n  - code: IRN", `line 23: a member has the unknown key "foundr"; perhaps "founder" is meant`},
		{"key without likeness", "quorum: 3", "quorum: 3\nzzzzzzzz: 1", `the unknown key "zzzzzzzz"; it may have name, purpose`},
		{"no name", "name: Joint Information Centre, Baghdad", "name:", `the charter lacks "name"`},
		{"zone", "time_zone: Asia/Baghdad\n\nmembers", "time_zone: Baghdad\n\nmembers", `line 15: the charter's time_zone is "Baghdad", which is not an IANA time zone`},
		{"local zone", "time_zone: Asia/Baghdad\n\nmembers", "time_zone: Local\n\nmembers", `"Local", which is not an IANA time zone`},
		{"no head", "posts:\n  head:", "posts:\n  haed:", `posts has the unknown key "haed"; perhaps "head" is meant`},
		{"no anchor", "    anchor: 2015-09-27T00:00\n", "", `lacks "anchor": the start of the first term`},
		{"bad anchor", "anchor: 2015-09-27T00:00", "anchor: 27.9.2015", `line 46: the post of head's anchor is "27.9.2015", which is not a time`},
		{"far anchor", "anchor: 2015-09-27T00:00", "anchor: 0015-09-27", `lies in the year 15`},
		{"weeks", "period: P3M", "period: P12W", `line 47: the post of head's period: "P12W" is not a period of whole months or years`},
		{"no period", "    period: P3M\n", "", `lacks "period"`},
		{"order with a stranger", "order: [IRQ, IRN, RUS, SYR]", "order: [IRQ, IRN, RUS, SYR, IRK]", `line 45: the order names IRK, which is not a member; perhaps IR`},
		{"order twice", "order: [IRQ, IRN, RUS, SYR]", "order: [IRQ, IRN, RUS, SYR, IRQ]", `the order has IRQ twice: a member has one turn in a round`},
		{"founder left out", "order: [IRQ, IRN, RUS, SYR]", "order: [IRQ, IRN, RUS]", `the order leaves out the founder SYR`},
		{"no order", "    order: [IRQ, IRN, RUS, SYR]\n", "", `has no "order": exactly one member must have each term`},
		{"deputy", "deputy: chair", "deputy: nobody", `line 48: the rule for the deputy is "nobody"`},
		{"code", "code: SYR", "code: sy", `"sy" is not a member's code`},
		{"member twice", "code: SYR", "code: RUS", `the member RUS stands twice in the charter`},
		{"no English name", "{en: Syria, ar", "{ar", `the member SYR lacks its name in English`},
		{"calendar", "calendar: persian", "calendar: mayan", `calendar is "mayan"`},
		{"founder joins late", "    founder: true\n\nposts", "    founder: true\n    joined: 2016-01-01\n\nposts", `is a founder and must have joined by the first term`},
		{"not joined", "    calendar: gregory\n    founder: true\n\nposts", "    calendar: gregory\n\nposts", `the member SYR lacks "joined"`},
		{"no founders", "founder: true", "founder: false", `the charter has no founding member`},
		{"founder maybe", "founder: true", "founder: maybe", `must be true or false, not "maybe"`},
		{"left before joining", "    founder: true\n\nposts", "    founder: true\n    withdrawn: 2015-01-01\n\nposts", `withdraws before it has joined`},
		{"no notice", "    founder: true\n\nposts", "    founder: true\n    withdrawn: 2016-01-01\n\nposts", `the member SYR withdraws without "notice": the charter asks for P3M`},
		{"short notice", "    founder: true\n\nposts", "    founder: true\n    notice: 2015-12-01\n    withdrawn: 2016-01-01\n\nposts", `withdraws before its notice of P3M has run, which is at 2016-02-29`},
		{"two officers", "quorum: 3", "  - {post: head, member: IRQ, name: B, from: 2016-01-01}\nquorum: 3", `line 63: Brigadier Nazim al-Darraji and B are both appointed as head of IRQ at one time: there is exactly one`},
		{"two masters", "login: a.veresov", "login: n.darraji", `an officer serves one member`},
		{"post", "{post: deputy, member: SYR", "{post: vizier, member: SYR", `the posts are head and deputy`},
		{"appointed nobody", "member: SYR, name: Major", "member: SRY, name: Major", `names SRY, which is not a member; perhaps SYR is meant`},
		{"no from", ", from: 2015-09-27, accepted: 2015-09-27}\n\nquorum", "}\n\nquorum", `lacks "from": since when it holds`},
		{"backwards", "from: 2015-09-27, accepted: 2015-09-27}\n\nquorum", "from: 2015-09-27, until: 2015-09-27}\n\nquorum", `ends before it begins`},
		{"absent backwards", "from: 2015-09-27, accepted: 2015-09-27}\n\nquorum", "from: 2015-09-27, absent: [{from: 2016-01-02, until: 2016-01-01}]}\n\nquorum", `absence ends before it begins`},
		{"login", "login: a.veresov", "login: A Veresov", `a login has no spaces and no capital letters`},
		{"quorum too high", "quorum: 3", "quorum: 5", `the quorum is 5, more than the 4 members`},
		{"quorum zero", "quorum: 3", "quorum: 0", `must be a whole number from 1`},
		{"no quorum", "quorum: 3", "", `the charter lacks "quorum"`},
		{"rule", "rule: consensus", "rule: shouting", `the rule of decision is "shouting"`},
		{"silence", "silence_hours: 48", "silence_hours: two days", `silence_hours must be a whole number`},
		{"group of a stranger", "FOUR: [IRQ, IRN, RUS, SYR]", "FOUR: [IRQ, USA]", `the group FOUR names USA, which is not a member`},
		{"group named as a member", "  FOUR:", "  SYR:", `the group SYR has the name of a member`},
		{"built-in group", "  FOUR:", "  MEMBERS:", `the group MEMBERS is built in`},
		{"group in small letters", "  FOUR:", "  four:", `"four" is not the name of a group`},
		{"list expected", "order: [IRQ, IRN, RUS, SYR]", "order: IRQ", `order must be a list`},
		{"text expected", "name: Joint Information Centre, Baghdad", "name: [a, b]", `the charter's name must be one plain value`},
		{"mapping expected", "  head:\n    order", "  head: 3\n  haed:\n    order", `must be written as keys and values`},
		{"no YAML", "quorum: 3", "quorum: [3", `the charter is not YAML that can be read`},
		{"key twice", "quorum: 3", "quorum: 3\nquorum: 2", `quorum`},
		{"alias", "quorum: 3", "quorum: *three", `quorum`},
		{"language", "languages: [ar, fa, ru, en]", "languages: [Arabic]", `the language "Arabic", which is not a tag`},
		{"no languages", "languages: [ar, fa, ru, en]", "languages: []", `the charter lacks "languages"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(string(charter.Demo), c.old, c.new, 1)
			if strings.Contains(c.name, "no founders") {
				text = strings.ReplaceAll(string(charter.Demo), c.old, c.new)
			}
			if text == string(charter.Demo) {
				t.Fatal("the case changes nothing")
			}
			got, err := charter.Parse([]byte(text))
			if centre.CodeOf(err) != centre.CodeInvalid || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v\nwant %s", err, c.want)
			}
			if got.Name != "" {
				t.Error("a part of a broken charter was given")
			}
		})
	}
}

func TestAllProblemsAreTold(t *testing.T) {
	text := strings.NewReplacer("quorum: 3", "quorum: 9", "period: P3M", "period: P3W", "code: SYR", "code: S").Replace(string(charter.Demo))
	_, err := charter.Parse([]byte(text))
	problems, ok := errors.AsType[charter.Problems](err)
	if !ok {
		t.Fatalf("%v has no Problems", err)
	}
	last := 0
	for _, p := range problems {
		if p.Line < last || p.Message == "" {
			t.Errorf("problem %v is out of order", p)
		}
		last = p.Line
	}
	for _, want := range []string{"quorum", "P3W", `"S" is not`} {
		if !strings.Contains(problems.Error(), want) {
			t.Errorf("%s is not told in\n%s", want, problems)
		}
	}
}

func TestEmptyAndMany(t *testing.T) {
	for _, text := range []string{"", "# nothing\n", "---\n---\n", string(charter.Demo) + "\n---\n" + string(charter.Template), "- a\n", "just words", strings.Repeat(" ", 2<<20)} {
		if _, err := charter.Parse([]byte(text)); centre.CodeOf(err) != centre.CodeInvalid {
			t.Errorf("%.20q: %v", text, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(charter.Demo)
	f.Add(charter.Template)
	f.Add([]byte(text{people: three}.String()))
	for _, s := range []string{"a: &x [*x]", "a: {b: [", "? [a]: b", "name: !!binary aGk=", "<<: {name: x}", "posts: {head: {order: [A], anchor: 2015-09-27, period: P1M}}", "members: [{}, 3, [], null]", "groups: {A: [B], 3: x}", "\x00", "a: |\n  b\n c"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := charter.Parse(text)
		if err != nil {
			if centre.CodeOf(err) != centre.CodeInvalid || err.Error() == "" {
				t.Fatalf("an error that tells nobody anything: %#v", err)
			}
			return
		}
		for _, after := range []time.Duration{0, 1, 100 * 24 * time.Hour, 4000 * 24 * time.Hour} {
			at := c.Rotation.Anchor.Add(after)
			h, err := c.Head(at)
			if err != nil || h.Member == "" || !h.Term.Contains(at) {
				t.Fatalf("at %s the head is %+v, %v", at, h, err)
			}
		}
	})
}
