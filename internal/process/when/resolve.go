package when

import (
	"time"

	"entente/internal/centre"
	"entente/internal/lexis"
)

const day = 24 * time.Hour

// dateSpan gives the days of a date. weekday, which may be nil, decides the
// year of one that has none.
func (r *reader) dateSpan(d, weekday *element) (from, until time.Time, ok bool) {
	if d.year != 0 {
		return stretch(d, d.year)
	}
	if d.season != 0 || d.day == 0 {
		return r.nearPeriod(d)
	}
	// A day and a month: the nearest such day, of any year; where it is more than
	// three months away a verb decides between the last one and the next.
	year := r.anchor.day.Year()
	switch d.calendar {
	case solar:
		year -= 621
	case hijri:
		year = hijriYear(r.anchor.day)
	}
	best := time.Duration(-1)
	for y := year - 1; y <= year+1; y++ {
		f, u, valid := stretch(d, y)
		if !valid || weekday != nil && int(f.Weekday()) != weekday.weekday {
			continue
		}
		away := f.Sub(r.anchor.day)
		distance := max(away, -away)
		if weekday == nil && distance > 92*day {
			if tense := r.tenseAround(d.from, d.to); tense == pastVerb && away > 0 || tense == futureCue && away < 0 {
				distance += 365 * day
			}
		}
		if best < 0 || distance < best {
			best, from, until, ok = distance, f, u, true
		}
	}
	return from, until, ok
}

// stretch gives the days of a date in a year of its calendar.
func stretch(d *element, year int) (from, until time.Time, ok bool) {
	switch {
	case d.season != 0:
		return seasonOf(d, year)
	case d.month == 0:
		from, until = first(d.calendar, year, 1), first(d.calendar, max(year, d.lastYear)+1, 1)
		if from.IsZero() || until.IsZero() {
			return from, until, false
		}
		if d.portion > 0 && d.lastYear == 0 { // thirds of a year
			months := [...]int{1, 5, 9, 13}
			from, until = first(d.calendar, year, months[d.portion-1]), first(d.calendar, year, months[d.portion])
		}
	case d.day == 0:
		from, until = first(d.calendar, year, d.month), first(d.calendar, year, d.month+1)
		if from.IsZero() || until.IsZero() {
			return from, until, false
		}
		switch d.portion { // of ten days, and the rest
		case 1:
			until = from.AddDate(0, 0, 10)
		case 2:
			from, until = from.AddDate(0, 0, 10), from.AddDate(0, 0, 20)
		case 3:
			from = from.AddDate(0, 0, 20)
		}
	default:
		if from, ok = dayOf(d.calendar, year, d.month, d.day); !ok {
			return from, until, false
		}
		last := from
		if d.lastDay > 0 {
			if last, ok = dayOf(d.calendar, year, d.month, d.lastDay); !ok {
				return from, until, false
			}
		}
		until = last.AddDate(0, 0, 1)
	}
	if d.calendar == hijri {
		from, until = from.AddDate(0, 0, -1), until.AddDate(0, 0, 1)
	}
	return from, until, true
}

// dayOf gives a day of a calendar.
func dayOf(calendar class, year, month, day int) (time.Time, bool) {
	var t time.Time
	switch calendar {
	case hijri:
		t = lexis.FromHijri(year, month, day)
	case solar:
		t = lexis.FromSolarHijri(year, month, day)
	default:
		return made(year, month, day)
	}
	return t, !t.IsZero()
}

// first gives the first day of a month; month 13 is the first of the next year.
func first(calendar class, year, month int) time.Time {
	if month == 13 {
		year, month = year+1, 1
	}
	t, _ := dayOf(calendar, year, month, 1)
	return t
}

// seasonOf gives a season: three months of the Solar Hijri calendar, or those
// of meteorology. A Gregorian winter lies in two years, and which one its year
// means cannot be told.
func seasonOf(d *element, year int) (from, until time.Time, ok bool) {
	if d.calendar == solar {
		from, until = first(solar, year, 3*d.season-2), first(solar, year, 3*d.season+1)
		return from, until, !from.IsZero() && !until.IsZero()
	}
	if d.season == 4 {
		return from, until, false
	}
	return first(month, year, 3*d.season), first(month, year, 3*d.season+3), true
}

// hijriYear is about the year of the lunar calendar in which a day lies.
func hijriYear(at time.Time) int {
	return int(at.Sub(lexis.FromHijri(1400, 1, 1)).Hours()/24/354.367) + 1400
}

// nearPeriod gives a month or a season without a year: with "last" the latest
// that had ended, with "next" the earliest that has not begun, with "this" the
// one of the year; else the latest that had begun, or the next where the clause
// is about the future.
func (r *reader) nearPeriod(d *element) (from, until time.Time, ok bool) {
	year := r.anchor.day.Year()
	switch d.calendar {
	case solar:
		year -= 621
	case hijri:
		year = hijriYear(r.anchor.day)
	}
	future := !d.modified && r.tenseAround(d.from, d.to) == futureCue || d.modified && d.mod > 0
	for n := range 4 {
		y := year + 1 - n
		if future {
			y = year - 2 + n
		}
		f, u, valid := stretch(d, y)
		if !valid {
			continue
		}
		switch {
		case d.modified && d.mod == 0:
			if y != year {
				continue
			}
		case future && d.modified:
			if !f.After(r.anchor.day) {
				continue
			}
		case future:
			if !u.After(r.anchor.day) {
				continue
			}
		case d.modified:
			if u.After(r.anchor.day) {
				continue
			}
		case f.After(r.anchor.day):
			continue
		}
		return f, u, true
	}
	return from, until, false
}

func datePrecision(d *element) centre.Precision {
	switch {
	case d.season != 0:
		return centre.PrecisionSeason
	case d.month == 0 && d.portion > 0:
		return centre.PrecisionSeason
	case d.month == 0:
		return centre.PrecisionYear
	case d.day == 0 && d.portion > 0:
		return centre.PrecisionWeek
	case d.day == 0:
		return centre.PrecisionMonth
	case d.calendar == hijri:
		return centre.PrecisionWeek
	}
	return centre.PrecisionDay
}

// weekdayOn gives the day that a weekday alone means.
//
//   - "last Friday" is the latest before the day of publication, "next Friday"
//     the earliest after it, "this Friday" the earliest that is not before it.
//   - A bare "Friday" is the latest that is not after the day of publication:
//     news tells what was, and agencies write the name of the very day instead
//     of "today".
//   - In a clause about the future ("will meet on Friday") it is the earliest
//     that is not before the day of publication.
func (r *reader) weekdayOn(w *element, x *expression) time.Time {
	ahead := (w.weekday - int(r.anchor.day.Weekday()) + 7) % 7
	behind := (7 - ahead) % 7
	switch {
	case w.modified && w.mod < 0:
		x.why = append(x.why, "the last such day before publication")
		if behind == 0 {
			behind = 7
		}
		return r.anchor.day.AddDate(0, 0, -behind)
	case w.modified && w.mod > 0:
		x.why = append(x.why, "the next such day after publication")
		if ahead == 0 {
			ahead = 7
		}
		return r.anchor.day.AddDate(0, 0, ahead)
	case w.modified, r.tenseAround(w.from, w.to) == futureCue:
		x.score = 0.75
		x.why = append(x.why, "the next such day, since the sentence is about what is to come")
		return r.anchor.day.AddDate(0, 0, ahead)
	}
	x.score = 0.85
	x.why = append(x.why, "the last such day on or before publication")
	return r.anchor.day.AddDate(0, 0, -behind)
}

// parts are the hours of the parts of a day, as sense.value counts them.
var parts = [...][2]int{{3, 7}, {6, 12}, {11, 14}, {12, 18}, {17, 24}, {20, 30}, {-4, 6}}

// atPart narrows a day to a part of it, where the zone is known in which to
// count its hours.
func (r *reader) atPart(from, until time.Time, part int, x *expression) (time.Time, time.Time, centre.Precision) {
	if r.anchor.zone == nil {
		x.why = append(x.why, "a part of the day, of a zone that is not known")
		return from, until, centre.PrecisionDay
	}
	p := parts[part]
	y, m, d := from.Date()
	return time.Date(y, m, d, p[0], 0, 0, 0, r.anchor.zone), time.Date(y, m, d, p[1], 0, 0, 0, r.anchor.zone), centre.PrecisionHour
}

// atClock narrows a day to a minute, where the text says the zone or is of a
// place whose zone is known.
func (r *reader) atClock(from, until time.Time, c *element, x *expression) (time.Time, time.Time, centre.Precision) {
	zone := r.anchor.zone
	if c.zoned {
		zone = time.FixedZone("", c.zone*60)
	}
	if zone == nil {
		x.why = append(x.why, "a time of day, of a zone that is not known")
		return from, until, centre.PrecisionDay
	}
	y, m, d := from.Date()
	at := time.Date(y, m, d, c.hour, c.minute, 0, 0, zone)
	return at, at.Add(time.Minute), centre.PrecisionMinute
}
