package events

import (
	"strings"

	"entente/internal/centre"
)

// acledNames are the columns of ACLED's exports and API (ACLED Codebook).
var acledNames = []string{
	"event_id_cnty", "event_date", "time_precision", "disorder_type", "event_type", "sub_event_type",
	"actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "civilian_targeting",
	"iso", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
	"source", "source_scale", "notes", "fatalities", "tags", "timestamp",
}

// Places of the columns in acledNames.
const (
	acID = iota
	acDate
	acTimePrecision
	acDisorder
	acType
	acSubType
	acActor1
	acAssoc1
	acInter1
	acActor2
	acAssoc2
	acInter2
	acCivilians
	acISO
	acCountry
	acAdmin1
	acAdmin2
	acAdmin3
	acLocation
	acLat
	acLon
	acGeoPrecision
	acSource
	acScale
	acNotes
	acFatalities
	acTags
	acTimestamp
)

// acledCategories maps sub-event types, and event types for a sub-type that is
// not known, to ours (DOMAIN.md section 6). What the table does not know is
// "other".
var acledCategories = map[string]centre.EventCategory{
	"government regains territory":        centre.EventArmedClash,
	"non-state actor overtakes territory": centre.EventArmedClash,
	"armed clash":                         centre.EventArmedClash,
	"excessive force against protesters":  centre.EventProtest,
	"protest with intervention":           centre.EventProtest,
	"peaceful protest":                    centre.EventProtest,
	"violent demonstration":               centre.EventRiot,
	"mob violence":                        centre.EventRiot,
	"chemical weapon":                     centre.EventRemoteStrike,
	"air/drone strike":                    centre.EventRemoteStrike,
	"suicide bomb":                        centre.EventExplosiveHazard,
	"shelling/artillery/missile attack":   centre.EventRemoteStrike,
	"remote explosive/landmine/ied":       centre.EventExplosiveHazard,
	"grenade":                             centre.EventRemoteStrike,
	"sexual violence":                     centre.EventAttackOnCivilians,
	"attack":                              centre.EventAttackOnCivilians,
	"abduction/forced disappearance":      centre.EventAbduction,
	"agreement":                           centre.EventAgreement,
	"arrests":                             centre.EventArrestDetention,
	"change to group/activity":            centre.EventOther,
	"disrupted weapons use":               centre.EventOther,
	"headquarters or base established":    centre.EventForceMovement,
	"looting/property destruction":        centre.EventOther,
	"non-violent transfer of territory":   centre.EventCeasefire,
	"other":                               centre.EventOther,

	"battles":                    centre.EventArmedClash,
	"protests":                   centre.EventProtest,
	"riots":                      centre.EventRiot,
	"explosions/remote violence": centre.EventRemoteStrike,
	"violence against civilians": centre.EventAttackOnCivilians,
	"strategic developments":     centre.EventOther,
}

// acled reads ACLED's rows.
type acled struct {
	s     *sink
	dates days
	codes *countryCodes
}

func newACLED(s *sink) *acled { return &acled{s: s, dates: days{now: s.r.Now}, codes: countries()} }

// record takes one row.
func (a *acled) record(line int, v []string) (problem string, err error) {
	if v[acType] == "" && v[acSubType] == "" && v[acDate] == "" {
		return "it has neither a date nor a type of event", nil
	}
	e, err := a.s.next(line, licenceACLED)
	if err != nil {
		return "", err
	}
	if e.ExternalID = oneLine(v[acID], 100); e.ExternalID == "" {
		e.ExternalID = contentID(v)
	}
	if line == 0 { // of a JSON answer, where lines mean nothing
		e.Origin = a.s.name + ", event " + e.ExternalID
	}
	kind, sub := oneLine(v[acType], 100), oneLine(v[acSubType], 100)
	e.Code = kind
	if sub != "" {
		e.Code = kind + "/" + sub
	}
	e.Category = acledCategory(kind, sub)
	a.when(e, v)
	a.where(e, v)
	actor1, actor2 := oneLine(v[acActor1], maxField), oneLine(v[acActor2], maxField)
	a.side(e, actor1, v[acInter1], v[acAssoc1])
	a.side(e, actor2, v[acInter2], v[acAssoc2])
	e.Title = acledTitle(sub, kind, actor1, actor2, e.Place)
	e.Killed = acledToll(e, v[acFatalities])
	e.Attribution = oneLine(v[acSource], maxField)
	e.Notes = acledNotes(v)
	return "", nil
}

func acledCategory(kind, sub string) centre.EventCategory {
	if c, known := acledCategories[strings.ToLower(sub)]; known {
		return c
	}
	if c, known := acledCategories[strings.ToLower(kind)]; known {
		return c
	}
	return centre.EventOther
}

// when reads the day and how exact it is: 1 the day, 2 within the week around
// it, 3 within its month. A month's day is a stand-in, and is not kept.
func (a *acled) when(e *centre.Event, v []string) {
	start, why := a.dates.read(v[acDate])
	if why != "" {
		e.Problems = append(e.Problems, why)
	}
	if !start.Known() {
		return
	}
	e.Start = start
	switch v[acTimePrecision] {
	case "1":
		e.TimePrecision = centre.TimeDay
	case "2":
		e.TimePrecision = centre.TimeWeek
	case "3":
		e.Start, e.TimePrecision = monthOnly(start), centre.TimeMonth
	}
}

// where reads the place. The radii of the precisions are ours, in metres: a
// town, the surroundings of one, a region.
func (a *acled) where(e *centre.Event, v []string) {
	e.Place, e.Admin1 = oneLine(v[acLocation], maxField), oneLine(v[acAdmin1], maxField)
	e.Country = byNumber(a.codes.numeric, v[acISO])
	precision, radius := centre.GeoUnknown, 0.0
	switch v[acGeoPrecision] {
	case "1":
		precision, radius = centre.GeoExact, 5_000
	case "2":
		precision, radius = centre.GeoNear, 25_000
	case "3":
		precision, radius = centre.GeoAdmin1, 100_000
	}
	place(e, v[acLat], v[acLon], precision, radius)
}

// side adds an actor and those that ACLED associates with it. ACLED's first
// actor is not necessarily the aggressor: no role is known.
func (a *acled) side(e *centre.Event, name, inter, associated string) {
	a.s.actor(e, centre.EventActor{Name: name, Code: oneLine(inter, 60), Role: centre.RoleUnknown})
	for other := range strings.SplitSeq(associated, ";") {
		if other = oneLine(other, maxField); other != "" {
			a.s.actor(e, centre.EventActor{Name: other, Role: centre.RoleUnknown})
		}
	}
}

func acledTitle(sub, kind, actor1, actor2, at string) string {
	title := sub
	if title == "" {
		title = kind
	}
	switch {
	case actor1 != "" && actor2 != "":
		title += ": " + actor1 + " – " + actor2
	case actor1 != "" || actor2 != "":
		title += ": " + actor1 + actor2
	}
	if at != "" {
		title += ", " + at
	}
	return oneLine(title, maxTitle)
}

// acledToll reads the one figure that ACLED gives: the lowest where sources
// differ, and by rule 3, 10, 12 or 100 for words. It is therefore all three of
// low, best and high, and Basis says so. ACLED writes 0 also where the sources
// are silent or speak of casualties alone, so that 0 is no known number.
func acledToll(e *centre.Event, figure string) centre.Toll {
	if figure == "" {
		return centre.Toll{}
	}
	n, ok := count(figure)
	switch {
	case !ok:
		e.Problems = append(e.Problems, "The fatalities "+clip(figure)+" are no number of people; they count as unknown.")
		return centre.Toll{}
	case n == 0:
		return centre.Toll{Basis: "ACLED fatalities 0: no deaths reported, or none mentioned"}
	}
	return centre.Toll{Known: true, Low: n, Best: n, High: n, Basis: "ACLED fatalities: one figure, the lowest where sources differ"}
}

func acledNotes(v []string) string {
	notes := text(v[acNotes], maxNotes)
	for _, extra := range [...]struct {
		label  string
		column int
	}{{"Civilian targeting", acCivilians}, {"Admin 2", acAdmin2}, {"Admin 3", acAdmin3}, {"Tags", acTags}, {"Source scale", acScale}} {
		if value := oneLine(v[extra.column], maxField); value != "" {
			if notes != "" {
				notes += "\n"
			}
			notes += extra.label + ": " + value
		}
	}
	return notes
}
