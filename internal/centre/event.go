package centre

import (
	"encoding/json"
	"time"
)

// Event is something that happened, as one source states it: a row of an event
// database with its provenance. It is no judgement of ours; several sources may
// state the same happening. Merging is weave's work.
//
// Categories, precisions and the rules for numbers of victims are those of
// DOMAIN.md section 6: ACLED's and UCDP's codebooks.
type Event struct {
	ID         ID     `json:"id"`          // given when stored
	Source     ID     `json:"source"`      // the source that states it
	ExternalID string `json:"external_id"` // the source's own stable name for it; a later row with the same name replaces it
	Version    int    `json:"version"`     // from 1; counts the source's corrections

	Category EventCategory `json:"category"`
	Code     string        `json:"code"`  // the source's own code or type, as printed: "190", "Battles/Armed clash"
	Title    string        `json:"title"` // plain text, one line
	Notes    string        `json:"notes"` // plain text; "" where the source has none
	URL      string        `json:"url"`   // where the source points for it; "" where nowhere

	Start         Moment        `json:"start"` // unknown where the source does not say
	End           Moment        `json:"end"`   // unknown where it is one instant or not said
	TimePrecision TimePrecision `json:"time_precision"`

	Point        Point        `json:"point"`   // unknown where the source gives none
	Place        string       `json:"place"`   // its name as the source writes it
	Country      string       `json:"country"` // ISO 3166-1 alpha-3; "" where unknown
	Admin1       string       `json:"admin1"`  // as the source writes it
	GeoPrecision GeoPrecision `json:"geo_precision"`
	Uncertainty  float64      `json:"uncertainty_m"` // radius in metres around Point; 0 where there is no point or it is exact

	Actors  []EventActor `json:"actors"`
	Killed  Toll         `json:"killed"`
	Injured Toll         `json:"injured"`

	// Attribution is whom the source itself names as its sources ("Reuters; SANA").
	Attribution string `json:"attribution"`
	// Mentions is how often the source met it in the media. It measures echo,
	// not corroboration. 0 where not said.
	Mentions int `json:"mentions"`
	// Origin says where the row stood: file and line, or the API's address
	// without secrets.
	Origin string `json:"origin"`
	// License is the source's note on what may be done with its data.
	License  string    `json:"license"`
	Fetched  time.Time `json:"fetched"`
	Marking  Marking   `json:"marking"` // given when stored: of its source
	Label    int64     `json:"-"`
	Problems []string  `json:"problems"` // sentences on what was odd though it was taken
}

// EventCategory is one of the centre's own categories (DOMAIN.md section 6,
// after the list that UN missions use).
type EventCategory string

// The categories.
const (
	EventArmedClash        EventCategory = "armed_clash"
	EventRemoteStrike      EventCategory = "remote_strike"
	EventExplosiveHazard   EventCategory = "explosive_hazard"
	EventAttackOnCivilians EventCategory = "attack_on_civilians"
	EventAbduction         EventCategory = "abduction"
	EventProtest           EventCategory = "protest"
	EventRiot              EventCategory = "riot"
	EventArrestDetention   EventCategory = "arrest_detention"
	EventAccessDenial      EventCategory = "access_denial"
	EventForceMovement     EventCategory = "force_movement"
	EventAgreement         EventCategory = "agreement"
	EventInfoSharing       EventCategory = "info_sharing"
	EventJointActivity     EventCategory = "joint_activity"
	EventAidMovement       EventCategory = "aid_movement"
	EventCeasefire         EventCategory = "ceasefire_withdrawal"
	EventCrimePiracy       EventCategory = "crime_piracy"
	EventHazard            EventCategory = "hazard"
	EventHealth            EventCategory = "health"
	EventDisplacement      EventCategory = "displacement"
	EventAccident          EventCategory = "accident_near_miss"
	EventProtectedSite     EventCategory = "protected_site_damage"
	EventCyber             EventCategory = "cyber"
	EventStatement         EventCategory = "statement" // words alone: CAMEO 01-04 and the like
	EventOther             EventCategory = "other"
)

// EventCategories lists them in the order in which people see them.
var EventCategories = []EventCategory{
	EventArmedClash, EventRemoteStrike, EventExplosiveHazard, EventAttackOnCivilians, EventAbduction, EventProtest, EventRiot,
	EventArrestDetention, EventAccessDenial, EventForceMovement, EventAgreement, EventInfoSharing, EventJointActivity,
	EventAidMovement, EventCeasefire, EventCrimePiracy, EventHazard, EventHealth, EventDisplacement, EventAccident,
	EventProtectedSite, EventCyber, EventStatement, EventOther,
}

// TimePrecision is how exactly the time of an event is known (ACLED 1..3, UCDP
// date_prec 1..5).
type TimePrecision string

// Precisions of time.
const (
	TimeInstant TimePrecision = "instant" // the source gives the time of day
	TimeDay     TimePrecision = "day"
	TimeWeek    TimePrecision = "week"
	TimeMonth   TimePrecision = "month"
	TimeLonger  TimePrecision = "longer" // within more than a month
	TimeUnknown TimePrecision = ""
)

// GeoPrecision is how exactly the place of an event is known (ACLED 1..3, UCDP
// where_prec 1..7).
type GeoPrecision string

// Precisions of place.
const (
	GeoExact   GeoPrecision = "exact" // the named town or spot
	GeoNear    GeoPrecision = "near"  // near a town, or a part of a region
	GeoAdmin2  GeoPrecision = "admin2"
	GeoAdmin1  GeoPrecision = "admin1"
	GeoLinear  GeoPrecision = "linear" // along a line, or fuzzy
	GeoCountry GeoPrecision = "country"
	GeoAbroad  GeoPrecision = "international" // waters or airspace of no country
	GeoUnknown GeoPrecision = ""
)

// EventActor is one who had a part in an event, as the source writes it.
type EventActor struct {
	Name    string    `json:"name"`
	Code    string    `json:"code"`    // the source's own code; "" where none
	Country string    `json:"country"` // ISO 3166-1 alpha-3; "" where unknown
	Role    EventRole `json:"role"`
}

// EventRole is what an actor had to do with an event. ACLED's and UCDP's first
// actor is not necessarily the aggressor, hence unknown there.
type EventRole string

// Roles.
const (
	RoleInitiator EventRole = "initiator"
	RoleAffected  EventRole = "affected"
	RoleReporter  EventRole = "reporter"
	RoleUnknown   EventRole = "unknown"
)

// Toll is a number of people killed or injured. Known is false where the source
// says nothing: that is not zero.
type Toll struct {
	Known     bool   `json:"known"`
	Low       int    `json:"low"`
	Best      int    `json:"best"`
	High      int    `json:"high"`
	Civilians int    `json:"civilians"` // of Best; 0 where not said
	Basis     string `json:"basis"`     // rule or column that it comes from: "UCDP best/low/high"
}

// MarshalJSON gives null where nothing is known, as for any other unknown.
func (t Toll) MarshalJSON() ([]byte, error) {
	if !t.Known {
		return []byte("null"), nil
	}
	type plain Toll
	return json.Marshal(plain(t))
}

// Track is where something is, as a field application or a receiver reports it:
// the latest message of one uid of one source (Cursor-on-Target 2.0). It is
// neither person nor target; types that task somebody are never stored.
type Track struct {
	Source   ID        `json:"source"`
	UID      string    `json:"uid"`      // the source's name for it
	Type     string    `json:"type"`     // CoT type: "a-n-G", "b-m-p-s-m"
	Callsign string    `json:"callsign"` // "" where none
	How      string    `json:"how"`      // CoT how: "m-g", "h-e"; "" where not said
	Point    Point     `json:"point"`
	Height   *float64  `json:"height_m"` // above the ellipsoid (hae); nil where unknown
	Circular *float64  `json:"ce_m"`     // circular error, radius in metres; nil where unknown
	Linear   *float64  `json:"le_m"`     // linear error; nil where unknown
	Course   *float64  `json:"course"`   // degrees from true north; nil where unknown
	Speed    *float64  `json:"speed"`    // metres a second; nil where unknown
	Time     time.Time `json:"time"`     // of the message; the latest of a uid wins
	Start    time.Time `json:"start"`    // from when it holds
	Stale    time.Time `json:"stale"`    // from then on it is not shown as current
	Remarks  string    `json:"remarks"`
	Marking  Marking   `json:"marking"` // given when stored: of its source
	Label    int64     `json:"-"`
}
