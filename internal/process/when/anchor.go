package when

import (
	"sync"
	"time"

	"entente/internal/centre"
)

// anchor is the time of publication, from which relative expressions count.
type anchor struct {
	known   bool
	instant time.Time      // UTC
	day     time.Time      // the calendar day of it, at 00:00 UTC
	dayOnly bool           // no more than the day is known, or only the month
	monthly bool           // only the month is known
	zone    *time.Location // of the text's own place; nil where not known
}

// daily tells that the day of publication is known.
func (a *anchor) daily() bool { return a.known && !a.monthly }

// anchorOf takes the publication of a draft, and its day where the text was
// written: in the zone of the place in its dateline where there is one with a
// single zone, else in UTC.
func anchorOf(draft *centre.Draft) anchor {
	a := anchor{zone: zoneOf(draft)}
	p := draft.Published
	if !p.Known() {
		return a
	}
	a.known = true
	a.instant = p.Time.UTC()
	a.monthly = p.Precision == centre.PrecisionMonth
	a.dayOnly = a.monthly || p.Precision == centre.PrecisionDay
	local := a.instant
	if a.zone != nil && !a.dayOnly {
		local = a.instant.In(a.zone)
	}
	y, m, d := local.Date()
	a.day = time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	return a
}

// zoneOf gives the time zone of the place in the text's dateline; nil where
// there is none, or its country has several zones.
func zoneOf(draft *centre.Draft) *time.Location {
	for _, p := range draft.Parts {
		if p.Kind != centre.PartDateline {
			continue
		}
		for i := range draft.Mentions {
			m := &draft.Mentions[i]
			if m.Place == nil || m.Start < p.Start || m.End > p.End {
				continue
			}
			if z := zones()[m.Place.Admin1]; z != nil {
				return z
			}
			if z := zones()[m.Place.Country]; z != nil {
				return z
			}
		}
	}
	return nil
}

// zones are the IANA time zones of countries with a single one (ISO 3166-1
// alpha-3), and of some first-order divisions of others (ISO 3166-2).
//
// They are loaded at the first use: the program brings the zones along for
// systems without, and these are not there before main begins.
var zones = sync.OnceValue(func() map[string]*time.Location {
	m := map[string]*time.Location{}
	for code, name := range map[string]string{
		"IRQ": "Asia/Baghdad", "SYR": "Asia/Damascus", "IRN": "Asia/Tehran", "LBN": "Asia/Beirut", "JOR": "Asia/Amman",
		"ISR": "Asia/Jerusalem", "PSE": "Asia/Hebron", "TUR": "Europe/Istanbul", "SAU": "Asia/Riyadh", "KWT": "Asia/Kuwait",
		"ARE": "Asia/Dubai", "QAT": "Asia/Qatar", "BHR": "Asia/Bahrain", "OMN": "Asia/Muscat", "YEM": "Asia/Aden",
		"EGY": "Africa/Cairo", "LBY": "Africa/Tripoli", "TUN": "Africa/Tunis", "DZA": "Africa/Algiers", "MAR": "Africa/Casablanca",
		"SDN": "Africa/Khartoum", "AFG": "Asia/Kabul", "PAK": "Asia/Karachi", "IND": "Asia/Kolkata", "AZE": "Asia/Baku",
		"ARM": "Asia/Yerevan", "GEO": "Asia/Tbilisi", "TKM": "Asia/Ashgabat", "UZB": "Asia/Tashkent", "TJK": "Asia/Dushanbe",
		"KGZ": "Asia/Bishkek", "BLR": "Europe/Minsk", "UKR": "Europe/Kyiv", "GBR": "Europe/London", "FRA": "Europe/Paris",
		"DEU": "Europe/Berlin", "ITA": "Europe/Rome", "CHE": "Europe/Zurich", "AUT": "Europe/Vienna", "BEL": "Europe/Brussels",
		"NLD": "Europe/Amsterdam", "SWE": "Europe/Stockholm", "NOR": "Europe/Oslo", "FIN": "Europe/Helsinki", "POL": "Europe/Warsaw",
		"GRC": "Europe/Athens", "CYP": "Asia/Nicosia", "BGR": "Europe/Sofia", "ROU": "Europe/Bucharest", "HUN": "Europe/Budapest",
		"CHN": "Asia/Shanghai", "JPN": "Asia/Tokyo", "KOR": "Asia/Seoul", "SGP": "Asia/Singapore", "NGA": "Africa/Lagos",
		"TCD": "Africa/Ndjamena", "CMR": "Africa/Douala", "NER": "Africa/Niamey", "MLI": "Africa/Bamako", "SOM": "Africa/Mogadishu",
		"KEN": "Africa/Nairobi", "ETH": "Africa/Addis_Ababa",
		"RU-MOW": "Europe/Moscow", "RU-SPE": "Europe/Moscow", "US-NY": "America/New_York", "US-DC": "America/New_York",
	} {
		if z, err := time.LoadLocation(name); err == nil { // a system without zones knows none
			m[code] = z
		}
	}
	return m
})
