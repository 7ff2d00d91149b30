package when

import (
	"strings"
	"unicode/utf8"
)

// dateAt reads a date, a month, a season or a year.
func (r *reader) dateAt(i int) element {
	t := &r.tokens[i]
	e := element{kind: dateKind, from: i, to: i, calendar: month, part: -1}
	if t.isNumber() {
		switch {
		case t.digits == 6:
			return r.dtgAt(i)
		case t.digits == 4 || t.digits <= 2:
			if e := r.numericAt(i); e.to > i {
				return e
			}
		}
		if t.digits <= 2 {
			return r.dayFirst(i)
		}
		return r.yearAt(i)
	}
	c := t.sense.class
	switch {
	case c&portion != 0 && i+1 < len(r.tokens) && (r.near(i+1) || r.gap(i+1) == "-"):
		j := i + 1
		for k := 0; k < 2 && r.near(j+1) && (r.is(j, glue) || r.is(j, unit) && r.tokens[j].sense.value == months && r.is(j+1, month|solar|hijri)); k++ {
			j++
		}
		if r.tokens[j].isNumber() || r.is(j, month|hijri|solar|unit|year) {
			if rest := r.dateAt(j); rest.to > j && rest.kind == dateKind && rest.day == 0 && rest.season == 0 && rest.portion == 0 {
				rest.from, rest.portion = i, int(t.sense.value)
				return rest
			}
		}
	case c&rel != 0 && r.near(i+1) && r.is(i+1, month|season) && !t.arabic:
		rest := r.monthFirst(i+1, true)
		if r.is(i+1, season) {
			rest = r.seasonAt(i+1, true)
		}
		if rest.to > i+1 && rest.year == 0 && rest.day == 0 {
			rest.from, rest.mod, rest.modified = i, int(t.sense.value), true
			return rest
		}
	case c&unit != 0 && t.sense.value == months && r.near(i+1) && r.is(i+1, month|hijri|solar): // "شهر أيلول", "ماه مهر"
		if rest := r.monthFirst(i+1, true); rest.to > i+1 {
			rest.from = i
			return rest
		}
	case c&(unit|year) != 0 && r.near(i+1) && (c&year != 0 || t.sense.value == years) && r.tokens[i+1].digits == 4:
		if rest := r.yearAt(i + 1); rest.to > i+1 { // "عام 2015", "سال ۱۳۹۴"
			rest.from = i
			return rest
		}
	case c&(month|hijri|solar) != 0:
		return r.monthFirst(i, false)
	case c&season != 0:
		return r.seasonAt(i, false)
	}
	return e
}

// dayFirst reads "26 September 2015", "26-28 сентября", "٢٦ أيلول/سبتمبر".
func (r *reader) dayFirst(i int) element {
	t := &r.tokens[i]
	e := element{kind: dateKind, from: i, to: i, part: -1, day: t.number}
	if t.number < 1 || t.number > 31 || i > 0 && r.digitsJoin(i) {
		return e
	}
	j := i + 1
	if j < len(r.tokens) && r.tokens[j].isNumber() && r.tokens[j].digits <= 2 {
		switch r.gap(j) {
		case "-", "–", "—", " - ", " – ":
			if r.tokens[j].number <= e.day || r.tokens[j].number > 31 {
				return e
			}
			e.lastDay = r.tokens[j].number
			j++
		}
	} else if r.near(j) && r.is(j, upTo) && r.near(j+1) && r.tokens[j+1].digits > 0 && r.tokens[j+1].digits <= 2 && // "с 1 по 5 октября"
		r.tokens[j+1].number > e.day && r.tokens[j+1].number <= 31 && r.near(j+2) && r.is(j+2, month|hijri|solar) {
		e.lastDay = r.tokens[j+1].number
		j += 2
	}
	if r.is(j, suffix) && (r.gap(j) == "" || r.gap(j) == "-") {
		j++
	}
	for k := 0; k < 2 && r.near(j) && (r.is(j, glue) || r.is(j, unit) && r.tokens[j].sense.value == months); k++ {
		j++
	}
	if !r.is(j, month|hijri|solar) || !(r.near(j) || r.gap(j) == "-") {
		return e
	}
	if r.gap(j) == "-" && !r.yearFollows(j+1) {
		return e
	}
	e.calendar, e.month = r.calendarOf(j), int(r.tokens[j].sense.value)
	j = r.afterMonth(j, e.month)
	e.to = r.yearOf(j, &e)
	if e.year == 0 && e.calendar == solar && !r.tokens[j-1].arabic {
		e.to = i // "26 Mehr" in English may be anything
	}
	if e.year == 0 && r.tokens[j-1].arabic && e.calendar == month && r.word(j-1) == "می" && !r.nextIsUnitMonth(j) {
		e.to = i // "می" is the mark of a verb, too
	}
	return e
}

func (r *reader) nextIsUnitMonth(j int) bool {
	return r.near(j) && r.is(j, unit) && r.tokens[j].sense.value == months
}

// digitsJoin tells that number i goes on from what stands before it: a
// decimal, a score, a version.
func (r *reader) digitsJoin(i int) bool {
	prev := &r.tokens[i-1]
	if !prev.isNumber() {
		return false
	}
	switch r.gap(i) {
	case ".", ",", ":", "/", "٫", "٬":
		return true
	}
	return false
}

func (r *reader) calendarOf(i int) class {
	switch c := r.tokens[i].sense.class; {
	case c&month != 0:
		return month
	case c&hijri != 0:
		return hijri
	}
	return solar
}

// afterMonth passes the month's name, its name in the other Arabic system, and
// the full stop or the word "ماه" after it.
func (r *reader) afterMonth(j, value int) int {
	j++
	if j < len(r.tokens) && r.is(j, month) && int(r.tokens[j].sense.value) == value {
		switch r.gap(j) {
		case "/", " / ", " (", "-", " ", "(":
			j++
		}
	}
	if r.nextIsUnitMonth(j) && r.tokens[j].arabic && !(r.near(j+1) && r.is(j+1, rel)) {
		j++
	}
	return j
}

// yearFollows tells that token j is a number that can be a year.
func (r *reader) yearFollows(j int) bool {
	return j < len(r.tokens) && r.tokens[j].digits == 4
}

// yearOf reads the year after a month or a day, sets it in e, and gives the
// token after it.
func (r *reader) yearOf(j int, e *element) int {
	k := j
	for n := 0; n < 2 && r.near(k) && (r.is(k, glue) || r.is(k, unit) && r.tokens[k].sense.value == years); n++ {
		k++
	}
	if !r.yearFollows(k) {
		return j
	}
	switch r.gap(k) {
	case " ", ", ", ". ", "، ", "\n", "-", ") ":
	default:
		return j
	}
	y := r.tokens[k].number
	calendar := e.calendar
	next := r.afterYear(k+1, &calendar)
	if calendar != e.calendar || !r.sound(y, e.calendar) {
		return j
	}
	e.year = y
	return next
}

// afterYear passes the words that mark a year; an era among them decides the calendar.
func (r *reader) afterYear(k int, calendar *class) int {
	switch {
	case (r.near(k) || r.gap(k) == "") && r.is(k, era):
		*calendar = hijri
		if r.tokens[k].sense.value == 2 {
			*calendar = solar
		}
		return k + 1
	case (r.near(k) || r.gap(k) == "") && r.is(k, year):
		return k + 1
	case r.near(k) && r.is(k, unit) && r.tokens[k].sense.value == years && !r.tokens[k].arabic && !r.tokens[k].upper && k < len(r.tokens) && r.word(k)[0] >= utf8.RuneSelf:
		return k + 1 // "2015 года"
	}
	return k
}

// sound tells that a year can be meant in a calendar.
func (r *reader) sound(y int, calendar class) bool {
	switch calendar {
	case hijri:
		return y >= 1 && y <= 1550
	case solar:
		return y >= 1206 && y < 1498
	}
	return y >= 1000 && y <= 2200
}

// monthFirst reads "September 26, 2015", "September 2015", and a month alone
// where sure says, or the word before it, that one is meant.
func (r *reader) monthFirst(i int, sure bool) element {
	t := &r.tokens[i]
	e := element{kind: dateKind, from: i, to: i, part: -1, calendar: r.calendarOf(i), month: int(t.sense.value)}
	latin := r.word(i)[0] < utf8.RuneSelf
	if latin && !t.upper {
		return e // "may", "march"
	}
	j := r.afterMonth(i, e.month)
	if latin && j < len(r.tokens) && r.tokens[j].digits > 0 && r.tokens[j].digits <= 2 && (r.gap(j) == " " || r.gap(j) == ". " || r.gap(j) == "\n") &&
		r.tokens[j].number >= 1 && r.tokens[j].number <= 31 && !r.goesOn(j) {
		e.day = r.tokens[j].number
		j++
		if j < len(r.tokens) && r.tokens[j].isNumber() && r.tokens[j].digits <= 2 && (r.gap(j) == "-" || r.gap(j) == "–") && r.tokens[j].number > e.day && r.tokens[j].number <= 31 {
			e.lastDay = r.tokens[j].number
			j++
		}
		if r.is(j, suffix) && r.gap(j) == "" {
			j++
		}
		e.to = r.yearOf(j, &e)
		if e.calendar == solar && e.year == 0 {
			e.to = i
		}
		return e
	}
	end := r.yearOf(j, &e)
	if e.year != 0 {
		e.to = end
		return e
	}
	if !sure && !r.ledTo(i) && !t.cutPrefix {
		return e
	}
	if t.arabic && !sure && j == i+1 && (e.calendar == solar || t.letters < 4) {
		return e // "در مهر" may be about kindness
	}
	if !t.arabic && (e.calendar == solar || latin && t.letters < 4 && e.month != 5) {
		return e
	}
	e.to = j
	return e
}

// goesOn tells that number j is the beginning of something longer: "10:30",
// "26.5", "10,000", "26%".
func (r *reader) goesOn(j int) bool {
	rest := r.text[r.tokens[j].end:]
	if len(rest) > 1 && strings.IndexByte(".,:/", rest[0]) >= 0 && rest[1] >= '0' && rest[1] <= '9' {
		return true
	}
	return strings.HasPrefix(rest, "%")
}

// seasonAt reads a season with a year, or one that a word before it points out.
func (r *reader) seasonAt(i int, sure bool) element {
	e := element{kind: dateKind, from: i, to: i, part: -1, calendar: month, season: int(r.tokens[i].sense.value)}
	if r.lexiconOf(i) == persian {
		e.calendar = solar
		e.to = r.yearOf(i+1, &e)
	}
	if e.year == 0 {
		e.calendar = month
		e.to = r.yearOf(i+1, &e)
	}
	if e.year == 0 && !sure {
		e.to = i
	}
	return e
}

// yearAt reads a year alone, which a word before or after it must point out.
func (r *reader) yearAt(i int) element {
	t := &r.tokens[i]
	e := element{kind: dateKind, from: i, to: i, part: -1, calendar: month, year: t.number}
	if t.digits != 4 || r.goesOn(i) || i > 0 && r.digitsJoin(i) {
		return e
	}
	last := i // the last number of "1941–1945"
	if i+1 < len(r.tokens) && r.tokens[i+1].isNumber() && (r.gap(i+1) == "-" || r.gap(i+1) == "–") {
		last++
		if r.tokens[last].digits != 4 || r.tokens[last].number <= t.number {
			return e
		}
		e.lastYear = r.tokens[last].number
	}
	if last+1 < len(r.tokens) && r.gap(last+1) == "" && !r.is(last+1, year|era) { // "2015th", "1990s"
		return e
	}
	marked := i > 0 && r.near(i) && r.is(i-1, unit|year) && (r.is(i-1, year) || r.tokens[i-1].sense.value == years)
	led := r.ledTo(i)
	calendar := month
	end := r.afterYear(last+1, &calendar)
	if calendar == month && t.number >= 1300 && t.number < 1450 && marked && r.lexica.arabic == persian && r.tokens[i-1].arabic {
		calendar = solar
	}
	e.calendar = calendar
	if !r.sound(t.number, calendar) || e.lastYear != 0 && !r.sound(e.lastYear, calendar) {
		return e
	}
	switch {
	case end > last+1 && (calendar != month || r.is(last+1, unit) || marked || led), marked:
	case led && t.number >= 1700 && t.number < 2100 && !r.counted(last+1):
	default:
		return e
	}
	e.to = end
	return e
}

// ledTo tells that the word before token i leads to a month or a year alone.
func (r *reader) ledTo(i int) bool {
	return r.is(i-1, in|portion) && r.near(i) || r.is(i-1, portion) && r.gap(i) == "-"
}

// counted tells that a number is a count of what follows: "by 2000 men".
func (r *reader) counted(i int) bool {
	if !r.near(i) || i >= len(r.tokens) {
		return false
	}
	t := &r.tokens[i]
	if t.sense.class != 0 || t.upper || t.isNumber() {
		return false
	}
	switch w := r.word(i); w {
	case "men", "women", "people", "children", "police":
		return true
	case "dozens", "scores", "hundreds", "thousands", "millions": // counts of their own: "in 2003 hundreds"
		return false
	default:
		return t.letters > 3 && strings.HasSuffix(w, "s")
	}
}
