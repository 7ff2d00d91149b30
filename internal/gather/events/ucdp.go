package events

import (
	"strings"

	"entente/internal/centre"
)

// ucdpNames are those columns of UCDP GED (codebook of the Georeferenced Event
// Dataset) that become part of an event.
var ucdpNames = []string{
	"id", "type_of_violence", "conflict_name", "dyad_name", "side_a_new_id", "side_a", "side_b_new_id", "side_b",
	"number_of_sources", "source_article", "source_office", "source_headline",
	"where_prec", "where_coordinates", "where_description", "adm_1", "latitude", "longitude", "country", "country_id",
	"event_clarity", "date_prec", "date_start", "date_end",
	"deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob", "year",
}

// Places of the columns in ucdpNames.
const (
	ucID = iota
	ucType
	ucConflict
	ucDyad
	ucSideAID
	ucSideA
	ucSideBID
	ucSideB
	ucSources
	ucArticle
	ucOffice
	ucHeadline
	ucWherePrec
	ucWhere
	ucWhereText
	ucAdmin1
	ucLat
	ucLon
	ucCountry
	ucCountryID
	ucClarity
	ucDatePrec
	ucStart
	ucEnd
	ucDeathsA
	ucDeathsB
	ucDeathsCivilians
	ucDeathsUnknown
	ucBest
	ucHigh
	ucLow
	ucGWA
	ucGWB
	ucYear
)

// ucdpWhere is what where_prec means, by number. That 2 lies within about 25 km
// of its point is the codebook's; the other radii are ours, in metres.
var ucdpWhere = map[string]struct {
	precision centre.GeoPrecision
	radius    float64
}{
	"1": {centre.GeoExact, 1_000},
	"2": {centre.GeoNear, 25_000},
	"3": {centre.GeoAdmin2, 50_000},
	"4": {centre.GeoAdmin1, 150_000},
	"5": {centre.GeoLinear, 100_000},
	"6": {centre.GeoCountry, 500_000},
	"7": {centre.GeoAbroad, 500_000},
}

// ucdpWhen is what date_prec means: 1 the day, 2 two to six days, 3 the week, 4
// the month, 5 more than that.
var ucdpWhen = map[string]centre.TimePrecision{
	"1": centre.TimeDay, "2": centre.TimeWeek, "3": centre.TimeWeek, "4": centre.TimeMonth, "5": centre.TimeLonger,
}

// ucdp reads UCDP's rows.
type ucdp struct {
	s          *sink
	start, end days
	codes      *countryCodes
}

func newUCDP(s *sink) *ucdp {
	return &ucdp{s: s, start: days{now: s.r.Now}, end: days{now: s.r.Now}, codes: countries()}
}

// record takes one row.
func (u *ucdp) record(line int, v []string) (problem string, err error) {
	if v[ucType] == "" && v[ucSideA] == "" && v[ucStart] == "" {
		return "it has neither a type of violence, a side nor a date", nil
	}
	e, err := u.s.next(line, licenceUCDP)
	if err != nil {
		return "", err
	}
	if e.ExternalID = oneLine(v[ucID], 100); e.ExternalID == "" {
		e.ExternalID = contentID(v)
	}
	if line == 0 { // of a JSON answer, where lines mean nothing
		e.Origin = u.s.name + ", event " + e.ExternalID
	}
	u.kind(e, v)
	u.when(e, v)

	e.Place, e.Admin1 = oneLine(v[ucWhere], maxField), oneLine(v[ucAdmin1], maxField)
	e.Country = byNumber(u.codes.gw, v[ucCountryID])
	where := ucdpWhere[v[ucWherePrec]]
	place(e, v[ucLat], v[ucLon], where.precision, where.radius)

	e.Title = oneLine(v[ucDyad], maxField)
	if e.Title == "" {
		e.Title = oneLine(v[ucSideA]+" – "+v[ucSideB], maxField)
	}
	if e.Place != "" {
		e.Title += ", " + e.Place
	}
	e.Title = text(e.Title, maxTitle)
	e.Killed = ucdpToll(e, v)
	e.Mentions, _ = count(v[ucSources]) // -1 where UCDP has not counted
	if e.Attribution = oneLine(v[ucArticle], maxField); e.Attribution == "" {
		e.Attribution = oneLine(v[ucOffice], maxField)
	}
	e.Notes = ucdpNotes(v)
	return "", nil
}

// kind reads the type of violence, which also says what the sides are: in
// one-sided violence side A attacks civilians; else nobody is said to be the
// aggressor.
func (u *ucdp) kind(e *centre.Event, v []string) {
	roleA, roleB := centre.RoleUnknown, centre.RoleUnknown
	e.Category, e.Code = centre.EventOther, text(v[ucType], 40)
	switch v[ucType] {
	case "1", "2": // state-based, non-state
		e.Category = centre.EventArmedClash
	case "3": // one-sided
		e.Category = centre.EventAttackOnCivilians
		roleA, roleB = centre.RoleInitiator, centre.RoleAffected
	default:
		e.Problems = append(e.Problems, "The type of violence "+clip(v[ucType])+" is none of 1, 2 and 3; the category is other.")
	}
	u.side(e, v[ucSideA], v[ucSideAID], v[ucGWA], roleA)
	u.side(e, v[ucSideB], v[ucSideBID], v[ucGWB], roleB)
}

func (u *ucdp) side(e *centre.Event, name, id, gw string, role centre.EventRole) {
	if name = oneLine(name, maxField); name != "" {
		u.s.actor(e, centre.EventActor{Name: name, Code: text(id, 40), Country: byNumber(u.codes.gw, gw), Role: role})
	}
}

// when reads the first and the last day between which the event lies.
func (u *ucdp) when(e *centre.Event, v []string) {
	var why string
	if e.Start, why = u.start.read(v[ucStart]); why != "" {
		e.Problems = append(e.Problems, why)
	}
	end, why := u.end.read(v[ucEnd])
	if why != "" {
		e.Problems = append(e.Problems, why)
	}
	switch {
	case e.Start.Known() && end.Known() && end.Time.Before(e.Start.Time):
		e.Problems = append(e.Problems, "It ends before it begins; the end counts as unknown.")
	case end.Known() && !end.Time.Equal(e.Start.Time):
		e.End = end
	}
	if e.Start.Known() {
		e.TimePrecision = ucdpWhen[v[ucDatePrec]]
	}
}

// ucdpToll reads UCDP's three estimates. Where they stand in the wrong order
// the smallest and the largest are taken as bounds, and the event says so.
func ucdpToll(e *centre.Event, v []string) centre.Toll {
	best, ok := count(v[ucBest])
	if !ok {
		if v[ucBest] != "" {
			e.Problems = append(e.Problems, "The best estimate "+clip(v[ucBest])+" is no number of people; the deaths count as unknown.")
		}
		return centre.Toll{}
	}
	toll := centre.Toll{Known: true, Low: best, Best: best, High: best, Basis: "UCDP best/low/high"}
	if low, ok := count(v[ucLow]); ok {
		toll.Low = low
	}
	if high, ok := count(v[ucHigh]); ok {
		toll.High = high
	}
	if toll.Low > best || toll.High < best {
		toll.Low, toll.High = min(toll.Low, best, toll.High), max(toll.Low, best, toll.High)
		e.Problems = append(e.Problems, "Its estimates of deaths are not in order; the smallest and largest are taken as low and high.")
	}
	if civilians, ok := count(v[ucDeathsCivilians]); ok {
		toll.Civilians = min(civilians, best)
	}
	return toll
}

func ucdpNotes(v []string) string {
	var b strings.Builder
	for _, n := range [...]struct {
		label  string
		column int
	}{
		{"", ucWhereText}, {"Headline", ucHeadline}, {"Conflict", ucConflict},
		{"Deaths of side A", ucDeathsA}, {"Deaths of side B", ucDeathsB}, {"Deaths of civilians", ucDeathsCivilians}, {"Deaths of unknown", ucDeathsUnknown},
		{"Clarity of the event", ucClarity},
	} {
		value := oneLine(v[n.column], maxNotes/8)
		if value == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		if n.label != "" {
			b.WriteString(n.label + ": ")
		}
		b.WriteString(value)
	}
	return b.String()
}
