package query

import (
	"math"
	"slices"
	"strings"
	"sync"

	"entente/internal/centre"
	"entente/internal/lexis"
)

// EarthRadius is the radius of the sphere on which distances are measured, in
// metres: the mean radius that the S2 library uses.
const EarthRadius = 6371010

// Subject is a report as queries look at it. It is made once and matched
// against many queries; it is safe for concurrent use.
type Subject struct {
	report  *centre.Report
	surface string // every word, with a space before and after each
	words   []string
	stored  map[string]struct{} // words and stems
	places  []*centre.Place
	claims  map[int]centre.Judgement // by the No of a statement; nil where not known
	merged  map[centre.ID]centre.ID  // of entities: which they stand for; nil where not known

	named                 sync.Once
	people, bodies, known []string // see NameKeys
}

// NewSubject prepares a report. What the reader may not see must not be in it:
// with report.Source nil, no source: or member: matches. tokens are those of
// the report's content, from lexis.Tokens.
func NewSubject(report *centre.Report, tokens centre.Tokens) *Subject {
	s := &Subject{report: report, surface: " " + tokens.Surface + " ", words: strings.Fields(tokens.Surface)}
	stems := strings.Fields(tokens.Stems)
	s.stored = make(map[string]struct{}, len(s.words)+len(stems))
	for _, w := range s.words {
		s.stored[w] = struct{}{}
	}
	for _, w := range stems {
		s.stored[w] = struct{}{}
	}
	slices.Sort(s.words)
	s.words = slices.Compact(s.words)
	for i := range report.Mentions {
		if p := report.Mentions[i].Place; p != nil {
			s.places = append(s.places, p)
		}
	}
	return s
}

// Match reports whether a report matches a query, exactly as the store's
// search would find it. Place nodes must have been through Resolve.
func Match(n Node, s *Subject) bool { return Compile(n)(s) }

// Compile prepares a query for being matched against many reports. The
// function is safe for concurrent use.
func Compile(n Node) func(*Subject) bool {
	switch n := n.(type) {
	case And:
		all := compileAll(n)
		return func(s *Subject) bool {
			for _, match := range all {
				if !match(s) {
					return false
				}
			}
			return true
		}
	case Or:
		all := compileAll(n)
		return func(s *Subject) bool {
			for _, match := range all {
				if match(s) {
					return true
				}
			}
			return false
		}
	case Not:
		match := Compile(n.Node)
		return func(s *Subject) bool { return !match(s) }
	case Word:
		return compileWord(n)
	case Phrase:
		return compilePhrase(normalised(strings.Join(n.Words, " ")))
	case Said:
		return compileSaid(n)
	case Named:
		return compileNamed(n)
	case Entity:
		return func(s *Subject) bool { return s.means(n.ID) }
	case Near:
		return func(s *Subject) bool { return s.near(n) }
	case Place:
		return func(s *Subject) bool { return s.names(n) }
	case Box:
		return func(s *Subject) bool { return s.inside(n) }
	}
	return func(s *Subject) bool { return s.simple(n) }
}

func compileAll(nodes []Node) []func(*Subject) bool {
	all := make([]func(*Subject) bool, len(nodes))
	for i, n := range nodes {
		all[i] = Compile(n)
	}
	return all
}

func compilePhrase(words []string) func(*Subject) bool {
	phrase := " " + strings.Join(words, " ") + " "
	return func(s *Subject) bool {
		for _, w := range words { // most reports lack one of them, which is soon seen
			if _, ok := s.stored[w]; !ok {
				return false
			}
		}
		return len(words) > 0 && strings.Contains(s.surface, phrase)
	}
}

func compileWord(w Word) func(*Subject) bool {
	if w.Prefix {
		prefix := lexis.Normalise(w.Text)
		return func(s *Subject) bool {
			at, _ := slices.BinarySearch(s.words, prefix)
			return prefix != "" && at < len(s.words) && strings.HasPrefix(s.words[at], prefix)
		}
	}
	surface, stems := lexis.Forms(w.Text)
	var single []string
	var phrases []func(*Subject) bool
	for _, form := range append(surface, stems...) {
		if words := strings.Fields(form); len(words) > 1 {
			phrases = append(phrases, compilePhrase(words))
		} else {
			single = append(single, form)
		}
	}
	return func(s *Subject) bool {
		for _, form := range single {
			if _, ok := s.stored[form]; ok {
				return true
			}
		}
		for _, match := range phrases {
			if match(s) {
				return true
			}
		}
		return false
	}
}

// simple matches the nodes that look at one property of the report.
func (s *Subject) simple(n Node) bool {
	r := s.report
	switch n := n.(type) {
	case All:
		return true
	case Language:
		return sameLanguage(n.Tag, r.Language)
	case Source:
		return r.Source != nil && r.Source.Slug == n.Slug
	case Member:
		return r.Source != nil && r.Source.Member == n.Code
	case Published:
		return r.Published.Known() && !r.Published.Time.Before(n.From) &&
			(n.Until.IsZero() || r.Published.Time.Before(n.Until))
	case Received:
		return !r.Received.Before(n.From) && (n.Until.IsZero() || r.Received.Before(n.Until))
	case Grade:
		return within(byte(r.Grade.Reliability), byte(n.ReliabilityFrom), byte(n.ReliabilityTo), byte(centre.ReliabilityNotJudged)) &&
			within(byte(r.Grade.Credibility), byte(n.CredibilityFrom), byte(n.CredibilityTo), byte(centre.CredibilityNotJudged))
	case Story:
		return n.ID != 0 && r.Story == n.ID
	case Happens:
		return slices.ContainsFunc(r.EventMentions, func(e centre.EventMention) bool {
			return e.Reality == centre.RealityActual && (n.Category == "" || e.Category == n.Category)
		})
	}
	return false
}

// sameLanguage reports whether tag is the language or what it is a region of.
func sameLanguage(tag, language string) bool {
	return len(language) >= len(tag) && strings.EqualFold(language[:len(tag)], tag) &&
		(len(language) == len(tag) || language[len(tag)] == '-')
}

// within reports whether an axis lies in a range. unknown, which stands after
// the worst, matches only where it is asked for alone; zero matches no range.
func within(axis, from, to, unknown byte) bool {
	switch {
	case from == 0 && to == 0:
		return true
	case axis == 0:
		return false
	case axis == unknown:
		return from == unknown && to == unknown
	}
	return from <= axis && axis <= to
}

func (s *Subject) names(n Place) bool {
	for _, p := range s.places {
		if n.Country != "" && p.Country == n.Country || slices.Contains(n.IDs, p.ID) {
			return true
		}
	}
	return false
}

func (s *Subject) near(n Near) bool {
	for _, p := range s.places {
		if p.Point.Known && Distance(p.Point, n.Point) <= n.Metres {
			return true
		}
	}
	return false
}

func (s *Subject) inside(n Box) bool {
	for _, p := range s.places {
		if p.Point.Known && n.Contains(p.Point) {
			return true
		}
	}
	return false
}

// Contains reports whether a point lies in the box, borders included.
func (b Box) Contains(p centre.Point) bool {
	if p.Lat < b.South || p.Lat > b.North {
		return false
	}
	if b.West <= b.East {
		return b.West <= p.Lon && p.Lon <= b.East
	}
	return p.Lon >= b.West || p.Lon <= b.East
}

// Distance is the great-circle distance between two points, in metres, by the
// haversine formula.
func Distance(a, b centre.Point) float64 {
	const rad = math.Pi / 180
	lat := math.Sin((b.Lat - a.Lat) * rad / 2)
	lon := math.Sin((b.Lon - a.Lon) * rad / 2)
	h := lat*lat + math.Cos(a.Lat*rad)*math.Cos(b.Lat*rad)*lon*lon
	return 2 * EarthRadius * math.Asin(math.Min(1, math.Sqrt(h)))
}

// Resolve gives the tree with every Place filled in: lookup gives the ids of
// the places that have a name, and the country's alpha-3 code where the name
// is a country's. The tree given is left as it is.
func Resolve(n Node, lookup func(name string) (ids []string, country string)) Node {
	switch n := n.(type) {
	case And:
		all := make(And, len(n))
		for i := range n {
			all[i] = Resolve(n[i], lookup)
		}
		return all
	case Or:
		all := make(Or, len(n))
		for i := range n {
			all[i] = Resolve(n[i], lookup)
		}
		return all
	case Not:
		return Not{Resolve(n.Node, lookup)}
	case Place:
		n.IDs, n.Country = lookup(n.Name)
		return n
	}
	return n
}
