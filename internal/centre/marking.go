package centre

import (
	"slices"
	"strings"
)

// Level is a rung of the centre's internal ladder of classification. Members
// keep tables of equivalents (NATO, UN, Russian ДСП ...).
type Level int

const (
	Unclassified Level = iota
	Restricted
	Confidential
	Secret
	TopSecret
)

var levelNames = []string{"UNCLASSIFIED", "RESTRICTED", "CONFIDENTIAL", "SECRET", "TOP SECRET"}

// String prints the level as it stands in a marking.
func (l Level) String() string {
	if l < 0 || int(l) >= len(levelNames) {
		return "LEVEL?"
	}
	return levelNames[l]
}

// ParseLevel reads the name of a level, in any case.
func ParseLevel(text string) (Level, error) {
	i := slices.Index(levelNames, strings.ToUpper(strings.TrimSpace(text)))
	if i < 0 {
		return 0, Invalid("%q is not a level: use one of %s", text, strings.Join(levelNames, ", "))
	}
	return Level(i), nil
}

// TLP is a Traffic Light Protocol 2.0 label (FIRST). Its order is that of
// strictness; zero is "no TLP label", which says nothing. TLP is not a
// classification, and its labels are never translated.
type TLP int

const (
	TLPNone        TLP = iota
	TLPClear           // no limit on disclosure
	TLPGreen           // the community
	TLPAmber           // the recipients' organisations and their clients
	TLPAmberStrict     // the recipients' organisations only
	TLPRed             // the eyes and ears of individual recipients
)

var tlpNames = []string{"", "CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"}

// String prints "TLP:AMBER+STRICT", and "" for none.
func (t TLP) String() string {
	if t <= TLPNone || int(t) >= len(tlpNames) {
		return ""
	}
	return "TLP:" + tlpNames[t]
}

// ORCON is the caveat "originator controlled": no onward release, extraction or
// incorporation without the originator's approval for each recipient.
const ORCON = "ORCON"

// Caveats are the caveats that the centre knows. An unknown one is refused
// rather than carried without effect.
var Caveats = []string{ORCON}

// Marking is what people write on a report: who made it, how sensitive it is
// and who may have it. The zero Marking names nobody and so opens to nobody.
//
// A marking releases to Originator and to Releasable, and to nobody else. With
// Releasable empty it is for the originator alone. Groups ("all members") are
// turned into members when a marking is parsed, so that a later member gains
// nothing from it.
type Marking struct {
	Originator MemberCode
	Level      Level
	Releasable []MemberCode // other than Originator, sorted, distinct
	Caveats    []string     // sorted, distinct
	TLP        TLP
}

// Canonical returns m with its lists sorted, distinct and without the
// originator. Equal markings are equal in canonical form, and print alike.
func (m Marking) Canonical() Marking {
	rel := make([]MemberCode, 0, len(m.Releasable))
	for _, c := range m.Releasable {
		if c != m.Originator {
			rel = append(rel, c)
		}
	}
	slices.Sort(rel)
	m.Releasable = slices.Compact(rel)
	m.Caveats = slices.Clone(m.Caveats)
	slices.Sort(m.Caveats)
	m.Caveats = slices.Compact(m.Caveats)
	return m
}

// Equal reports whether two markings say the same.
func (m Marking) Equal(o Marking) bool {
	a, b := m.Canonical(), o.Canonical()
	return a.Originator == b.Originator && a.Level == b.Level && a.TLP == b.TLP &&
		slices.Equal(a.Releasable, b.Releasable) && slices.Equal(a.Caveats, b.Caveats)
}

// ReleasedTo reports whether c is the originator or named as a recipient. It
// looks at releasability only; policy.Visible decides who sees.
func (m Marking) ReleasedTo(c MemberCode) bool {
	return c != "" && (c == m.Originator || slices.Contains(m.Releasable, c))
}

// String prints the marking in the field's form, the originator first and the
// other recipients in the order of the alphabet:
//
//	RESTRICTED//REL TO IRQ, IRN, RUS, SYR//ORCON
//	UNCLASSIFIED//REL TO RUS//TLP:RED
//
// The releasability of a marking is always written out. The zero Marking
// prints as "UNMARKED".
func (m Marking) String() string {
	if m.Originator == "" {
		return "UNMARKED"
	}
	m = m.Canonical()
	var b strings.Builder
	b.WriteString(m.Level.String())
	b.WriteString("//REL TO ")
	b.WriteString(string(m.Originator))
	for _, c := range m.Releasable {
		b.WriteString(", ")
		b.WriteString(string(c))
	}
	for _, c := range m.Caveats {
		b.WriteString("//")
		b.WriteString(c)
	}
	if m.TLP != TLPNone {
		b.WriteString("//")
		b.WriteString(m.TLP.String())
	}
	return b.String()
}

// Audience tells ParseMarking what words that stand for several members mean
// at the time of marking.
type Audience struct {
	Originator MemberCode              // who is marking: the originator where REL TO names none
	Members    []MemberCode            // the centre's members now: the community of TLP:GREEN and TLP:CLEAR
	Groups     map[string][]MemberCode // named groups that may stand in REL TO
}

// ParseMarking reads a marking as people write it: parts divided by "//", in
// any order and case: a level, "REL TO" with members and groups (the
// originator first), ORCON, a TLP label, or NOFORN-like "ORIGINATOR ONLY".
//
// Without REL TO, TLP:CLEAR and TLP:GREEN release to the audience's members,
// and every other marking to the originator alone. A part that is not
// understood, an empty text, a level given twice, or a member that the
// audience does not know refuses the whole marking: nothing is stored as more
// open than what its author wrote.
func ParseMarking(text string, audience Audience) (Marking, error) {
	p := markingParser{text: text, audience: audience, marking: Marking{Originator: audience.Originator}}
	for part := range strings.SplitSeq(text, "//") {
		if err := p.part(strings.Join(strings.Fields(strings.ToUpper(part)), " ")); err != nil {
			return Marking{}, err
		}
	}
	return p.finish()
}

type markingParser struct {
	text               string
	audience           Audience
	marking            Marking
	levelGiven, relSet bool
}

func (p *markingParser) part(part string) error {
	switch {
	case part == "":
		return Invalid("the marking %q has an empty part; write it like RESTRICTED//REL TO IRQ, IRN", p.text)
	case strings.HasPrefix(part, "REL TO "):
		return p.releasable(strings.TrimPrefix(part, "REL TO "))
	case part == "ORIGINATOR ONLY":
		if p.relSet {
			return Invalid("the marking %q says twice who may have it", p.text)
		}
		p.relSet = true
		return nil
	case strings.HasPrefix(part, "TLP:"):
		i := slices.Index(tlpNames, strings.TrimSpace(part[4:]))
		if i <= 0 {
			return Invalid("the marking %q has the unknown TLP label %q; TLP 2.0 has CLEAR, GREEN, AMBER, AMBER+STRICT and RED", p.text, part)
		}
		if p.marking.TLP != TLPNone {
			return Invalid("the marking %q has two TLP labels; keep the stricter", p.text)
		}
		p.marking.TLP = TLP(i)
		return nil
	case slices.Contains(Caveats, part):
		p.marking.Caveats = append(p.marking.Caveats, part)
		return nil
	}
	i := slices.Index(levelNames, part)
	if i < 0 {
		return Invalid("the marking %q has the part %q, which is not a level, REL TO, a TLP label or a known caveat; nothing was marked", p.text, part)
	}
	if p.levelGiven {
		return Invalid("the marking %q has two levels; keep the higher", p.text)
	}
	p.levelGiven, p.marking.Level = true, Level(i)
	return nil
}

func (p *markingParser) releasable(list string) error {
	if p.relSet {
		return Invalid("the marking %q says twice who may have it", p.text)
	}
	p.relSet = true
	for i, name := range strings.Split(list, ",") {
		name = strings.TrimSpace(name)
		code := MemberCode(name)
		group, isGroup := p.audience.Groups[name]
		switch {
		case isGroup:
			p.marking.Releasable = append(p.marking.Releasable, group...)
		case !code.Valid():
			return Invalid("the marking %q releases to %q, which is not a member's code; codes are like IRQ", p.text, name)
		case p.audience.Members != nil && !slices.Contains(p.audience.Members, code):
			return Invalid("the marking %q releases to %q, which is not a member of this centre; nothing was marked", p.text, name)
		default:
			p.marking.Releasable = append(p.marking.Releasable, code)
			if i == 0 && p.marking.Originator == "" {
				p.marking.Originator = code
			}
		}
	}
	if o := p.marking.Originator; o != "" && !slices.Contains(p.marking.Releasable, o) {
		return Invalid("the marking %q leaves out its originator %s; write the originator first", p.text, o)
	}
	return nil
}

func (p *markingParser) finish() (Marking, error) {
	m := p.marking
	if !m.Originator.Valid() {
		return Marking{}, Invalid("the marking %q has no originator; write REL TO with the originator first", p.text)
	}
	if !p.relSet && (m.TLP == TLPClear || m.TLP == TLPGreen) {
		m.Releasable = slices.Clone(p.audience.Members)
	}
	return m.Canonical(), nil
}

// MarshalText implements encoding.TextMarshaler.
func (m Marking) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads what MarshalText wrote. "UNMARKED" is the zero Marking.
func (m *Marking) UnmarshalText(text []byte) (err error) {
	if string(text) == "UNMARKED" {
		*m = Marking{}
		return nil
	}
	*m, err = ParseMarking(string(text), Audience{})
	return err
}
