package when

import (
	"time"

	"entente/internal/centre"
)

// unitAndRel reads "last week", "на прошлой неделе" (from its adjective),
// "الأسبوع الماضي", "هذا الأسبوع", "هفته گذشته": the unit and how many of it from
// this one.
func (r *reader) unitAndRel(i int) (u, value, to int) {
	if !r.near(i + 1) {
		return 0, 0, i
	}
	a, b := r.tokens[i].sense, r.tokens[i+1].sense
	switch {
	case a.class&rel != 0 && b.class&unit != 0 && (!r.tokens[i].arabic || a.value == 0):
		u, value = int(b.value), int(a.value)
	case a.class&unit != 0 && b.class&rel != 0 && r.tokens[i].arabic && a.count == 0 && !plural(r.word(i)):
		u, value = int(a.value), int(b.value)
	default:
		return 0, 0, i
	}
	return u, value, i + 2
}

// plural tells the plurals of Arabic units: "الأيام الماضية" are the past days,
// and how many is not said.
func plural(word string) bool {
	switch string(foldWord(nil, word)) {
	case "ايام", "الايام", "اسابيع", "الاسابيع", "اشهر", "الاشهر", "شهور", "اعوام", "الاعوام", "سنوات", "السنوات", "ساعات", "الساعات", "دقايق":
		return true
	}
	return false
}

// relativeAt reads a unit of time counted from the publication.
func (r *reader) relativeAt(i int) expression {
	c := r.tokens[i].sense.class
	nothing := expression{from: i, to: i}
	if !r.tokens[i].isNumber() && c&(rel|rolling|unit|agofirst|count|few|oneyear) == 0 {
		return nothing
	}
	x := expression{from: i, score: 0.85}
	if c&oneyear != 0 {
		x.to = i + 1
		return r.period(x, years, int(r.tokens[i].sense.value), i)
	}
	if u, value, to := r.unitAndRel(i); to > i && u >= days {
		if u == days {
			// "روز گذشته" is yesterday; "this day" may be any.
			if value != -1 || !r.tokens[i].arabic || r.lexiconOf(i) != persian {
				return nothing
			}
			x.to = to
			return r.period(x, days, -1, i)
		}
		if r.is(to, weekday) && r.near(to) { // "last week Friday" is left to the weekday
			return nothing
		}
		x.to = to
		return r.period(x, u, value, i)
	}
	if c&agofirst != 0 && r.near(i+1) { // "قبل يومين"
		n, u, to := r.quantity(i + 1)
		if to == i+1 || r.near(to) && (r.is(to, weekday|month|hijri|rel|rolling) || r.tokens[to].isNumber()) {
			return nothing
		}
		x.to = to
		return r.back(x, n, u, i)
	}
	if j := i + 1; c&(rel|rolling) != 0 && r.near(j) && (c&rolling != 0 || r.tokens[i].sense.value == -1) && !r.tokens[i].arabic { // "the last two days"
		n, u, to := r.quantity(j)
		if to > j {
			x.to = to
			return r.upToNow(x, n, u)
		}
		return nothing
	}
	n, u, to := r.quantity(i)
	if to == i || !r.near(to) {
		return nothing
	}
	switch {
	case r.is(to, ago) && !(r.near(to+1) && r.word(to+1) == "از"):
		x.to = to + 1
		return r.back(x, n, u, i)
	case r.tokens[i].arabic || r.tokens[i].isNumber():
		if (r.is(to, rel) && r.tokens[to].sense.value == -1 || r.is(to, rolling)) && r.tokens[to].arabic {
			x.to = to + 1
			return r.upToNow(x, n, u)
		}
		// "الأيام الثلاثة الماضية"
		if r.is(to, count) && r.near(to+1) && r.is(to+1, rel|rolling) && r.tokens[i].arabic && c&unit != 0 && plural(r.word(i)) {
			x.to = to + 2
			return r.upToNow(x, int(r.tokens[to].sense.value), u)
		}
	}
	return nothing
}

// quantity reads "two days", "3 дня", "неделю", "يومين", "سه روز": how many, and
// of which unit; n is 0 where the number is not said.
func (r *reader) quantity(i int) (n, u, to int) {
	if i >= len(r.tokens) {
		return 0, 0, i
	}
	t := &r.tokens[i]
	switch {
	case t.isNumber() && t.digits <= 3 && t.number > 0:
		n = t.number
		if i > 0 && r.digitsJoin(i) {
			return 0, 0, i
		}
	case t.sense.class&count != 0:
		n = int(t.sense.value)
	case t.sense.class&few != 0:
	case t.sense.class&unit != 0:
		if t.sense.count > 0 {
			return int(t.sense.count), int(t.sense.value), i + 1
		}
		if plural(r.word(i)) {
			return 0, int(t.sense.value), i + 1
		}
		return 1, int(t.sense.value), i + 1
	default:
		return 0, 0, i
	}
	if r.near(i+1) && r.is(i+1, unit) {
		return n, int(r.tokens[i+1].sense.value), i + 2
	}
	return 0, 0, i
}

// back gives the unit that lies n of them before the publication.
func (r *reader) back(x expression, n, u, at int) expression {
	if n == 0 {
		x.score, x.why = 0.5, []string{"how long before is not said"}
		return x
	}
	if u <= hours {
		if r.anchor.dayOnly || !r.anchor.known {
			return r.unresolved(x)
		}
		length, precision := time.Minute, centre.PrecisionMinute
		if u == hours {
			length, precision = time.Hour, centre.PrecisionHour
		}
		from := r.anchor.instant.Add(-time.Duration(n) * length).Truncate(length)
		x.why = []string{"counted from the time of publication"}
		x.span = span(from, from.Add(length), precision, centre.BasisPublication)
		return x
	}
	return r.period(x, u, -n, at)
}

// period gives the unit that lies value of them from the one of the publication.
func (r *reader) period(x expression, u, value, at int) expression {
	if !r.anchor.known || u < months && !r.anchor.daily() {
		return r.unresolved(x)
	}
	x.why = []string{"counted from the day of publication"}
	today := r.anchor.day
	from, until, precision := today, today, centre.PrecisionDay
	switch u {
	case days:
		from = today.AddDate(0, 0, value)
		until = from.AddDate(0, 0, 1)
	case weeks:
		from = r.weekStart(today, at).AddDate(0, 0, 7*value)
		until, precision = from.AddDate(0, 0, 7), centre.PrecisionWeek
	case months:
		from, until = r.monthFrom(today, value)
		precision = centre.PrecisionMonth
	default:
		from, until = r.yearFrom(today, value)
		precision = centre.PrecisionYear
	}
	if from.IsZero() || until.IsZero() {
		x.score, x.why = 0.3, []string{"outside of the years that the calendar knows"}
		return x
	}
	x.span = span(from, until, precision, centre.BasisPublication)
	return r.published(x)
}

// monthFrom gives the month that lies n of them from that of today, and
// yearFrom the year: of the Solar Hijri calendar in a Persian text, for "last
// month" is one of the calendar that the text is written by.
func (r *reader) monthFrom(today time.Time, n int) (from, until time.Time) {
	if r.lexica.arabic == persian {
		year, month := solarOf(today)
		n += year*12 + month - 1
		return first(solar, n/12, n%12+1), first(solar, n/12, n%12+2)
	}
	from = time.Date(today.Year(), today.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	return from, from.AddDate(0, 1, 0)
}

func (r *reader) yearFrom(today time.Time, n int) (from, until time.Time) {
	if r.lexica.arabic == persian {
		year, _ := solarOf(today)
		return first(solar, year+n, 1), first(solar, year+n+1, 1)
	}
	return first(month, today.Year()+n, 1), first(month, today.Year()+n+1, 1)
}

// upToNow gives the last n units up to the publication.
func (r *reader) upToNow(x expression, n, u int) expression {
	if n == 0 {
		x.score, x.why = 0.5, []string{"how long is not said"}
		return x
	}
	if !r.anchor.daily() {
		return r.unresolved(x)
	}
	x.why = []string{"up to the time of publication"}
	if u <= hours && !r.anchor.dayOnly {
		length, precision := time.Minute, centre.PrecisionMinute
		if u == hours {
			length, precision = time.Hour, centre.PrecisionHour
		}
		x.span = span(r.anchor.instant.Add(-time.Duration(n)*length), r.anchor.instant, precision, centre.BasisPublication)
		return x
	}
	until := r.anchor.day.AddDate(0, 0, 1)
	from, precision := r.anchor.day, centre.PrecisionDay
	switch u {
	case hours:
		from = from.AddDate(0, 0, -(n+23)/24)
	case days:
		from = from.AddDate(0, 0, -n)
	case weeks:
		from, precision = from.AddDate(0, 0, -7*n), centre.PrecisionWeek
	case months:
		from, precision = from.AddDate(0, -n, 0), centre.PrecisionMonth
	case years:
		from, precision = from.AddDate(-n, 0, 0), centre.PrecisionYear
	}
	x.span = span(from, until, precision, centre.BasisPublication)
	return r.published(x)
}

// weekStart is the first day of the week of a day: Saturday in Arabic and
// Persian texts (CLDR's week data for Iraq, Syria and Iran), Monday in others
// (ISO 8601).
func (r *reader) weekStart(at time.Time, token int) time.Time {
	begin := time.Monday
	if r.tokens[token].arabic {
		begin = time.Saturday
	}
	return at.AddDate(0, 0, -(int(at.Weekday()-begin)+7)%7)
}

// solarOf gives the year and the month of the Solar Hijri calendar in which a
// day lies.
func solarOf(at time.Time) (year, month int) {
	year = at.Year() - 621
	if first(solar, year, 1).After(at) {
		year--
	}
	for month = 12; month > 1 && first(solar, year, month).After(at); month-- {
	}
	return year, month
}
