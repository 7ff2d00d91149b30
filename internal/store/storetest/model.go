package storetest

import (
	"math"
	"slices"
	"strings"

	"entente/internal/centre"
	"entente/internal/lexis"
	"entente/internal/policy"
	"entente/internal/query"
)

// vocabulary are the words of the matrix's reports.
var vocabulary = []string{"alpha", "bravo", "bridges", "echo", "echoing", "foxtrot"}

// model is what a store should hold, and the plainest way to ask it.
type model struct {
	gazetteer []*centre.Place
	sources   []centre.Source
	reports   []*modelReport // in the order of arrival
	dead      []centre.Marking
	events    []modelEvent // in the order of a list
	tracks    []modelEvent
}

// modelEvent is an event or a track by its source's name for it.
type modelEvent struct {
	name    string
	id      centre.ID // of an event
	source  centre.Source
	marking centre.Marking // that it carries
}

type modelReport struct {
	text
	id       centre.ID
	source   centre.Source
	marking  centre.Marking
	set      centre.ID
	grade    centre.Grade
	gradings int
	versions int
	changes  [][2]centre.Marking
	whole    *modelReport // that it is a part of
}

func (m *model) report(id centre.ID) *modelReport {
	return m.reports[slices.IndexFunc(m.reports, func(r *modelReport) bool { return r.id == id })]
}

// matching gives the reports that an actor sees and that match, newest first.
func (m *model) matching(a policy.Actor, q query.Node) []*modelReport {
	var found []*modelReport
	for _, r := range slices.Backward(m.reports) {
		if policy.Visible(a, r.marking) && matches(a, r, q) {
			found = append(found, r)
		}
	}
	return found
}

func matches(a policy.Actor, r *modelReport, q query.Node) bool {
	switch n := q.(type) {
	case query.All:
		return true
	case query.And:
		return !slices.ContainsFunc(n, func(part query.Node) bool { return !matches(a, r, part) })
	case query.Or:
		return slices.ContainsFunc(n, func(part query.Node) bool { return matches(a, r, part) })
	case query.Not:
		return !matches(a, r, n.Node)
	case query.Word:
		return matchesWord(r, n)
	case query.Phrase:
		return strings.Contains(" "+lexis.Normalise(r.body)+" ", " "+lexis.Normalise(strings.Join(n.Words, " "))+" ")
	case query.Language:
		return r.language == n.Tag
	case query.Source:
		return r.source.Slug == n.Slug && policy.Visible(a, r.source.Marking)
	case query.Member:
		return r.source.Member == n.Code && policy.Visible(a, r.source.Marking)
	case query.Story:
		return r.story == n.ID
	case query.Published:
		return !r.published.IsZero() && !r.published.Before(n.From) && (n.Until.IsZero() || r.published.Before(n.Until))
	case query.Grade:
		worst := n.ReliabilityTo
		if worst == 'F' {
			worst = 'E'
		}
		return r.grade.Reliability >= n.ReliabilityFrom && r.grade.Reliability <= worst
	}
	return slices.ContainsFunc(r.places, func(p *centre.Place) bool { return placeMatches(p, q) })
}

func matchesWord(r *modelReport, n query.Word) bool {
	words := strings.Fields(lexis.Normalise(r.body))
	if n.Prefix {
		return slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, n.Text) })
	}
	words = append(words, strings.Fields(lexis.Tokens(r.language, centre.Content{Text: r.body}).Stems)...)
	surface, stems := lexis.Forms(n.Text)
	return slices.ContainsFunc(append(surface, stems...), func(form string) bool { return slices.Contains(words, form) })
}

func placeMatches(p *centre.Place, q query.Node) bool {
	switch n := q.(type) {
	case query.Place:
		return slices.Contains(n.IDs, p.ID) || n.Country != "" && n.Country == p.Country
	case query.Near:
		return p.Point.Known && metres(p.Point, n.Point) <= n.Metres
	case query.Box:
		if !p.Point.Known || p.Point.Lat < n.South || p.Point.Lat > n.North {
			return false
		}
		if n.West <= n.East {
			return p.Point.Lon >= n.West && p.Point.Lon <= n.East
		}
		return p.Point.Lon >= n.West || p.Point.Lon <= n.East
	}
	return false
}

// metres is the great-circle distance by the haversine formula.
func metres(a, b centre.Point) float64 {
	rad := math.Pi / 180
	dLat, dLon := (b.Lat-a.Lat)*rad/2, (b.Lon-a.Lon)*rad/2
	h := math.Sin(dLat)*math.Sin(dLat) + math.Cos(a.Lat*rad)*math.Cos(b.Lat*rad)*math.Sin(dLon)*math.Sin(dLon)
	return 2 * query.EarthRadius * math.Asin(math.Min(1, math.Sqrt(h)))
}
