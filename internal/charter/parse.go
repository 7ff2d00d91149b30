package charter

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"

	"entente/internal/centre"
)

// Parse reads a charter from YAML. Where anything is wrong it gives an error of
// code CodeInvalid, whose message has a line for each problem and whose cause is
// a Problems; no part of such a charter is used.
func Parse(source []byte) (Charter, error) {
	t := &text{location: time.UTC}
	var c Charter
	if root := t.open(source); root != nil {
		c = t.charter(root)
	}
	if len(t.problems) > 0 {
		problems := t.problems.sorted()
		return Charter{}, &centre.Error{Code: centre.CodeInvalid, Message: problems.Error(), Cause: problems}
	}
	return c, nil
}

func (t *text) charter(root ast.Node) Charter {
	s := t.section(root, "the charter", "name", "purpose", "exclusions", "languages", "time_zone", "members", "posts",
		"appointments", "quorum", "consensus", "accession", "suspension", "withdrawal", "handover", "disputes", "amendment", "groups")
	c := Charter{
		Name:       s.need("name"),
		Purpose:    s.need("purpose"),
		Exclusions: s.strings("exclusions"),
		Languages:  s.strings("languages"),
		Accession:  s.string("accession"),
		Suspension: s.string("suspension"),
		Disputes:   s.string("disputes"),
		Amendment:  s.string("amendment"),
	}
	if len(c.Languages) == 0 {
		s.problem(s.at("languages"), "the charter lacks \"languages\": at least one, such as [ar, en]")
	}
	t.languages(s.at("languages"), "the charter", c.Languages...)
	c.Zone, c.location = s.zone("time_zone")
	t.location = c.location

	posts := t.section(s.keys["posts"], "posts", "head")
	if !posts.has("head") {
		s.problem(s.at("posts"), "the charter lacks the post \"head\": without it nobody heads the centre")
	}
	head := t.section(posts.keys["head"], "the post of head", "order", "anchor", "period", "deputy", "limits")
	c.Rotation = head.rotation()

	lines := lines{members: map[centre.MemberCode]int{}}
	for _, n := range s.list("members") {
		c.Members = append(c.Members, t.member(n, c.Rotation.Anchor, &c, &lines))
	}
	for _, n := range s.list("appointments") {
		lines.appointments = append(lines.appointments, lineOf(n))
		c.Appointments = append(c.Appointments, t.appointment(n))
	}
	c.Quorum = s.number("quorum", 1, 1000)
	c.Consensus = t.consensus(s.keys["consensus"])
	w := t.section(s.keys["withdrawal"], "withdrawal", "notice", "data", "orcon")
	c.Withdrawal = Withdrawal{Notice: w.period("notice"), Data: w.string("data"), ORCON: w.string("orcon")}
	h := t.section(s.keys["handover"], "handover", "checklist", "witness")
	c.Handover = Handover{Checklist: h.strings("checklist"), Witness: h.string("witness")}
	c.Groups = s.groups("groups")

	lines.check(&c, s, head)
	return c
}

// zone reads an IANA time zone. It gives UTC where the text has none, with a
// problem.
func (s section) zone(key string) (string, *time.Location) {
	name := s.need(key)
	if name == "" {
		return "", time.UTC
	}
	location, err := time.LoadLocation(name)
	if err != nil || name == "Local" {
		s.problem(s.at(key), "%s's %s is %q, which is not an IANA time zone such as Asia/Baghdad", s.what, key, name)
		return name, time.UTC
	}
	return name, location
}

// languageForm is a language tag in the part of BCP 47 that charters need.
var languageForm = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

func (t *text) languages(line int, what string, languages ...string) {
	for _, language := range languages {
		if !languageForm.MatchString(language) {
			t.problem(line, "%s has the language %q, which is not a tag such as ar, fa, ru or en", what, language)
		}
	}
}

func (s section) period(key string) Period {
	if !s.has(key) {
		return Period{}
	}
	p, err := ParsePeriod(s.string(key))
	if err != nil {
		s.problem(s.at(key), "%s's %s: %s", s.what, key, err)
	}
	return p
}

func (s section) rotation() Rotation {
	r := Rotation{Order: s.codes("order"), Period: s.period("period"), Deputy: s.string("deputy"), Limits: s.strings("limits")}
	if r.Deputy == "" {
		r.Deputy = DeputyOfChair
	}
	if !s.has("period") && s.line > 0 {
		s.problem(s.line, "the post of head lacks \"period\": how long a term lasts, such as P3M")
	}
	wall, ok := s.wall("anchor")
	if ok {
		r.wall, r.Anchor = wall, instant(wall, s.location)
	} else if !s.has("anchor") && s.line > 0 {
		s.problem(s.line, "the post of head lacks \"anchor\": the start of the first term, without which no term can be computed")
	}
	return r
}

var calendars = []centre.Calendar{centre.Gregorian, centre.SolarHijri, centre.Hijri}

func (t *text) member(n ast.Node, anchor time.Time, c *Charter, lines *lines) Member {
	s := t.section(n, "a member", "code", "names", "language", "time_zone", "calendar", "founder", "joined", "notice", "withdrawn")
	m := Member{Member: centre.Member{Code: centre.MemberCode(s.need("code")), Language: s.need("language"), Calendar: centre.Calendar(s.string("calendar"))}}
	if m.Code != "" {
		s.what = "the member " + string(m.Code)
		if !m.Code.Valid() {
			s.problem(s.at("code"), "%q is not a member's code: a state has its three letters of ISO 3166-1 such as IRQ, an organisation three to twelve capital letters and digits", m.Code)
		}
		if _, twice := lines.members[m.Code]; twice {
			s.problem(s.at("code"), "%s stands twice in the charter", s.what)
		}
		lines.members[m.Code] = s.line
	}
	names := t.section(s.keys["names"], s.what+"'s names", append(slices.Clone(c.Languages), "en", "ar", "fa", "ru", "ckb", "tr", "fr")...)
	m.Names = map[string]string{}
	for language := range names.keys {
		m.Names[language] = names.string(language)
	}
	if m.Names["en"] == "" {
		s.problem(s.at("names"), "%s lacks its name in English: names: {en: ...}", s.what)
	}
	if m.Language != "" {
		t.languages(s.at("language"), s.what, m.Language)
	}
	m.Zone, _ = s.zone("time_zone")
	if m.Calendar == "" {
		m.Calendar = centre.Gregorian
	} else if !slices.Contains(calendars, m.Calendar) {
		s.problem(s.at("calendar"), "%s's calendar is %q; it may be gregory, persian or islamic-umalqura", s.what, m.Calendar)
	}
	m.Founder = s.bool("founder")
	m.Joined, m.Notice, m.Withdrawn = s.instant("joined"), s.instant("notice"), s.instant("withdrawn")
	switch {
	case m.Joined.IsZero() && m.Founder:
		m.Joined = anchor
	case !s.has("joined"):
		s.problem(s.line, "%s lacks \"joined\": only founders may leave it out, and join with the first term", s.what)
	case m.Founder && !m.Joined.IsZero() && !anchor.IsZero() && m.Joined.After(anchor):
		s.problem(s.at("joined"), "%s is a founder and must have joined by the first term", s.what)
	}
	lines.membership(&m, s, c)
	return m
}

func (t *text) appointment(n ast.Node) Appointment {
	s := t.section(n, "an appointment", "post", "member", "name", "login", "from", "until", "accepted", "absent")
	a := Appointment{Post: Post(s.need("post")), Member: centre.MemberCode(s.need("member")), Name: s.need("name"), Login: s.string("login")}
	if a.Name != "" {
		s.what = "the appointment of " + a.Name
	}
	if a.Post != "" && a.Post != PostHead && a.Post != PostDeputy {
		s.problem(s.at("post"), "%s is to the post %q; the posts are head and deputy", s.what, a.Post)
	}
	if a.Login != strings.ToLower(a.Login) || strings.ContainsAny(a.Login, " \t") {
		s.problem(s.at("login"), "%s has the login %q: a login has no spaces and no capital letters", s.what, a.Login)
	}
	if !s.has("from") {
		s.problem(s.line, "%s lacks \"from\": since when it holds", s.what)
	}
	a.From, a.Until, a.Accepted = s.instant("from"), s.instant("until"), s.instant("accepted")
	s.span(Span{a.From, a.Until}, "until")
	for _, n := range s.list("absent") {
		p := t.section(n, s.what+"'s absence", "from", "until")
		span := Span{p.instant("from"), p.instant("until")}
		if !p.has("from") {
			p.problem(lineOf(n), "%s lacks \"from\"", p.what)
		}
		p.span(span, "until")
		a.Absent = append(a.Absent, span)
	}
	return a
}

func (s section) span(span Span, key string) {
	if !span.From.IsZero() && !span.Until.IsZero() && !span.From.Before(span.Until) {
		s.problem(s.at(key), "%s ends before it begins: a stretch of time is half-open and not empty", s.what)
	}
}

var consensusRules = []string{"consensus", "unanimity", "two-thirds", "majority"}

func (t *text) consensus(n ast.Node) Consensus {
	s := t.section(n, "consensus", "rule", "silence_hours", "broken_by")
	c := Consensus{Rule: s.string("rule"), Silence: s.number("silence_hours", 1, 8760), BrokenBy: s.string("broken_by")}
	if c.Rule == "" {
		c.Rule = consensusRules[0]
	} else if !slices.Contains(consensusRules, c.Rule) {
		s.problem(s.at("rule"), "the rule of decision is %q; it may be %s", c.Rule, strings.Join(consensusRules, ", "))
	}
	if c.BrokenBy == "" && c.Silence > 0 {
		c.BrokenBy = "any member"
	}
	return c
}

func (s section) groups(key string) []Group {
	if !s.has(key) {
		return nil
	}
	var groups []Group
	var values []*ast.MappingValueNode
	switch n := s.keys[key].(type) {
	case *ast.MappingNode:
		values = n.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{n}
	default:
		s.problem(s.at(key), "groups must be written as names and lists of members, such as FOUR: [IRQ, IRN, RUS, SYR]")
	}
	for _, value := range values {
		name := keyOf(value.Key)
		g := section{text: s.text, what: "the group " + name, line: lineOf(value.Key), keys: map[string]ast.Node{"members": value.Value}}
		groups = append(groups, Group{Name: name, Members: g.codes("members")})
		g.checkGroup(name)
	}
	return groups
}
