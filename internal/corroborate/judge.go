package corroborate

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"entente/internal/centre"
)

// Knowledge is what is known of agents beyond one text. Its zero value knows
// nothing: names are compared as they are written.
type Knowledge struct {
	// Key names an agent across texts and languages: agents with equal keys are
	// one. "" for one that cannot be told. Nil compares names.
	Key func(centre.Agent) string
	// Alike tells whether two agents with different keys may be one all the same:
	// a name in two scripts, or with and without the first name. Those count as one,
	// which never adds a root. Nil takes none for such.
	Alike func(a, b centre.Agent) bool
	// Outlet tells whom a publisher or an agency belongs to; ok is false for one
	// that is not known. Nil knows none.
	Outlet func(centre.Agent) (o Outlet, ok bool)
	// Country gives the country for which an agent without one in its text speaks
	// (ISO 3166-1 alpha-3), by what it is or how it is described; "" where that
	// does not say. Nil knows none.
	Country func(centre.Agent) string
}

// Outlet is whom a publisher belongs to.
type Outlet struct {
	Family string // publisher family, as centre.Source.Family
	State  string // ISO 3166-1 alpha-3 of the state that owns it; "" for none
}

// Matter is what a claim is about, as far as judging it goes.
type Matter struct {
	// Parties take part in it: ISO 3166-1 alpha-3 codes of states, and entities
	// as centre.Agent.Entity names them.
	Parties []string
	// Comparable: other claims about the same matter are held, against which
	// this one can be compared (rule 1).
	Comparable bool
}

// Judge gives what follows from the statements of one claim. Statements that
// are not about it must not be among them; their order plays no part.
func Judge(k Knowledge, m Matter, statements []centre.ClaimStatement) centre.Judgement {
	j := newJudge(k, m, statements)
	favour, against := j.roots(centre.InFavour), j.roots(centre.Against)
	j.settle(favour, against)
	j.time(favour, against)
	j.independence(favour)
	j.independence(against)
	out := centre.Judgement{ConfirmedBy: j.confirmers(favour), Roots: make([]centre.Root, 0, len(favour)+len(against))}
	v := j.verdict(favour, against)
	out.Status, out.Suggested = v.status, v.suggestion
	out.For, out.Against, out.Independent = v.favour, v.against, v.independent
	all := slices.Concat(favour, against)
	slices.SortStableFunc(all, func(a, b *root) int {
		return cmp.Or(boolean(a.State != centre.RootStands)-boolean(b.State != centre.RootStands), int(b.Side-a.Side),
			boolean(a.Unknown)-boolean(b.Unknown), a.first.Compare(b.first), strings.Compare(a.key, b.key))
	})
	for _, r := range all {
		out.Roots = append(out.Roots, r.Root)
	}
	return out
}

// judge is the work on one claim.
type judge struct {
	Knowledge
	parties    []string
	comparable bool
	all        []*voice            // in a fixed order, whatever that of arrival
	inText     map[string][]*voice // by voice.text
}

// voice is a statement with what follows from it alone.
type voice struct {
	*centre.ClaimStatement
	side     centre.Side
	text     string // names the text that it stands in: copies and translations have one
	origin   origin
	ways     []string  // families of the outlets between the root and the carrier
	from, to time.Time // when it was said at the earliest and at the latest; zero for unknown
	dropped  bool      // its carrier took it back
	echo     string    // the outlet that it cites, where that one names somebody before it
	circle   bool      // its chain leads in a circle
	base     string    // key of the root that it goes back to
	presumed bool      // a translation, whose speaker is taken for one of the original's
}

func newJudge(k Knowledge, m Matter, statements []centre.ClaimStatement) *judge {
	j := &judge{Knowledge: k, parties: m.Parties, comparable: m.Comparable, inText: map[string][]*voice{}}
	texts := union{}
	if j.Key == nil {
		j.Key = func(a centre.Agent) string { return strings.Join(strings.Fields(strings.ToLower(a.Name)), " ") }
	}
	if j.Alike == nil {
		j.Alike = func(a, b centre.Agent) bool { return false }
	}
	if j.Outlet == nil {
		j.Outlet = func(centre.Agent) (Outlet, bool) { return Outlet{}, false }
	}
	if j.Country == nil {
		j.Country = func(centre.Agent) string { return "" }
	}
	pole := poleOf(statements)
	for i := range statements {
		s := &statements[i]
		v := &voice{ClaimStatement: s, side: centre.SideOf(s.Stance, s.Negated) * pole}
		v.from, v.to = said(s)
		v.origin, v.ways = j.originOf(s), j.waysOf(s)
		j.all = append(j.all, v)
		own := "report " + s.Carrier.Report.String()
		texts.join(own, own)
		if s.Carrier.CopySet != 0 {
			texts.join(own, "copies "+s.Carrier.CopySet.String())
		}
		if s.Carrier.Translation != 0 {
			texts.join(own, "report "+s.Carrier.Translation.String())
		}
	}
	for _, v := range j.all {
		v.text = texts.find("report " + v.Carrier.Report.String())
	}
	slices.SortFunc(j.all, func(a, b *voice) int {
		return cmp.Or(a.when().Compare(b.when()), cmp.Compare(a.Ref.Report, b.Ref.Report), cmp.Compare(a.Ref.Version, b.Ref.Version), cmp.Compare(a.Ref.No, b.Ref.No))
	})
	for _, v := range j.all {
		j.inText[v.text] = append(j.inText[v.text], v)
	}
	j.speakers()
	j.countries()
	j.takeBack()
	return j
}

// poleOf tells which way round a claim is put: where nobody says that something
// is so, and somebody that it is not, that it is not is the claim.
func poleOf(statements []centre.ClaimStatement) centre.Side {
	negative := false
	for i := range statements {
		s := &statements[i]
		if centre.SideOf(s.Stance, s.Negated) == centre.InFavour {
			return centre.InFavour
		}
		negative = negative || s.Negated && s.Stance != centre.StanceDeny && centre.SideOf(s.Stance, true) == centre.Against
	}
	if negative {
		return centre.Against
	}
	return centre.InFavour
}

// said gives when a statement was made: when its text says so, or else when it
// was published, by which time it had been made. to is exclusive.
func said(s *centre.ClaimStatement) (from, to time.Time) {
	if s.SaidAt != nil {
		return s.SaidAt.From, s.SaidAt.Until
	}
	p := s.Carrier.Published
	if !p.Known() {
		return time.Time{}, time.Time{}
	}
	switch p.Precision {
	case centre.PrecisionDay:
		return p.Time, p.Time.AddDate(0, 0, 1)
	case centre.PrecisionMonth:
		return p.Time, p.Time.AddDate(0, 1, 0)
	}
	return p.Time, p.Time.Add(time.Millisecond)
}

// when orders statements; those without a time stand last.
func (v *voice) when() time.Time {
	if v.from.IsZero() {
		return time.Unix(1<<40, 0)
	}
	return v.from
}

// origin is where a statement goes back to, as far as it says so itself.
type origin struct {
	key     string // "" where nobody can tell
	agent   centre.Agent
	outlet  bool   // a publisher or an agency, which may itself pass on
	own     bool   // the carrier itself
	family  string // of an outlet
	state   string // that owns the outlet
	country string
}

const (
	keyOutlet = "outlet "
	keyAgent  = "agent "
	keyToken  = "token "
)

func (j *judge) originOf(s *centre.ClaimStatement) origin {
	a := s.Speaker
	if n := len(s.Chain); n > 0 {
		a = s.Chain[n-1].Agent
	}
	o := origin{agent: a, country: j.countryOf(s, a)}
	c := &s.Carrier
	switch a.Kind {
	case centre.AgentPublisher, centre.AgentAgency:
		known, ok := j.Outlet(a)
		o.outlet = !generic(a.Name) || ok || j.isCarrier(a, known, s)
		switch {
		case j.isCarrier(a, known, s):
			o.own, o.family = true, familyOf(c)
			if c.Ownership == centre.OwnedByState {
				o.state = c.Country
			}
			if o.agent.Name == "" {
				o.agent.Name = c.Name
			}
			o.country = cmp.Or(o.country, c.Country)
		case !ok && generic(a.Name):
			return o // "news agencies": which ones, nobody can tell
		case ok:
			o.family, o.state = known.Family, known.State
			o.country = cmp.Or(o.country, known.State)
		default:
			o.family = j.Key(a)
		}
		if o.family != "" {
			o.key = keyOutlet + o.family
		}
	case centre.AgentNamed, centre.AgentSpokesperson, centre.AgentDocument:
		if key := j.Key(a); key != "" {
			o.key = keyAgent + key
		}
	}
	if len(s.Roots) > 0 {
		// Whoever it is: a member says that it can be told apart.
		o.key, o.outlet = keyToken+slices.Min(s.Roots), false
	}
	return o
}

// generic tells whether a name is a description: in a script with capitals, it
// has none.
func generic(name string) bool { return name == strings.ToLower(name) && name != strings.ToUpper(name) }

// isCarrier tells whether an outlet at the end of a chain is the carrier itself.
func (j *judge) isCarrier(a centre.Agent, known Outlet, s *centre.ClaimStatement) bool {
	c := &s.Carrier
	if a.Start == a.End && len(s.Chain) <= 1 {
		return true // named by nobody: the report says it in its own voice
	}
	return c.Name != "" && (strings.EqualFold(a.Name, c.Name) || known.Family != "" && known.Family == c.Family ||
		j.Key(a) == j.Key(centre.Agent{Name: c.Name, Kind: a.Kind}))
}

func familyOf(c *centre.Carrier) string {
	if c.Family != "" {
		return c.Family
	}
	if c.Source != 0 {
		return "source " + c.Source.String()
	}
	return ""
}

// countryOf gives the country that an agent speaks from: its own, or where the
// text gives none that of what it is known or described as, or else the one of all
// agencies and outlets that it spoke to.
func (j *judge) countryOf(s *centre.ClaimStatement, a centre.Agent) string {
	if a.Country == "" {
		a.Country = j.Country(a)
	}
	if a.Country != "" || a.Kind == centre.AgentPublisher || a.Kind == centre.AgentAgency {
		return a.Country
	}
	country := ""
	for _, h := range s.Chain[:max(0, len(s.Chain)-1)] {
		at := cmp.Or(h.Country, j.Country(h.Agent))
		if o, ok := j.Outlet(h.Agent); ok && at == "" {
			at = o.State
		}
		if h.Kind != centre.AgentAgency && h.Kind != centre.AgentCollective || at == "" {
			continue
		}
		if country != "" && country != at {
			return ""
		}
		country = at
	}
	return country
}

func (j *judge) party(country, entity string) bool {
	return country != "" && slices.Contains(j.parties, country) || entity != "" && slices.Contains(j.parties, entity)
}

func boolean(b bool) int {
	if b {
		return 1
	}
	return 0
}

// union finds which names are one (disjoint sets by Galler and Fischer, 1964).
// Of a set, the smallest name stands for it, so that the order of joining plays
// no part.
type union map[string]string

func (u union) find(name string) string {
	for {
		up, ok := u[name]
		if !ok || up == name {
			return name
		}
		if over, ok := u[up]; ok {
			u[name] = over
		}
		name = up
	}
}

func (u union) join(a, b string) {
	a, b = u.find(a), u.find(b)
	u[max(a, b)] = min(a, b)
	if _, ok := u[min(a, b)]; !ok {
		u[min(a, b)] = min(a, b)
	}
}
