package when

import (
	"strings"
	"time"
	"unicode/utf8"
)

// numericAt reads a date in figures: 2015-09-26 (ISO 8601-1, section 5.2.2)
// with a time behind it or not, 26.09.2015, 26/09/2015, 1394/07/04. Where day
// and month may change places, e.other says so.
func (r *reader) numericAt(i int) element {
	e := element{kind: dateKind, from: i, to: i, part: -1, calendar: month}
	if i+2 >= len(r.tokens) || !r.tokens[i+1].isNumber() || !r.tokens[i+2].isNumber() {
		return e
	}
	a, b, c := &r.tokens[i], &r.tokens[i+1], &r.tokens[i+2]
	sep := r.gap(i + 1)
	if sep != r.gap(i+2) || len(sep) != 1 || strings.IndexByte("./-", sep[0]) < 0 {
		return e
	}
	if i > 0 && (r.gap(i) == sep || r.digitsJoin(i)) || b.digits > 2 {
		return e
	}
	if i+3 < len(r.tokens) && r.tokens[i+3].isNumber() && r.gap(i+3) == sep {
		return e // four numbers are an address or a version
	}
	end := i + 3
	switch {
	case a.digits == 4 && c.digits <= 2:
		e.year, e.month, e.day = a.number, b.number, c.number
	case c.digits == 4 && a.digits <= 2:
		e.year, e.month, e.day = c.number, b.number, a.number
		if sep == "/" || sep == "-" {
			switch {
			case b.number > 12 && a.number <= 12:
				e.month, e.day = a.number, b.number
			case a.number <= 12 && a.number != b.number:
				e.other = a.number
			}
		}
	default:
		return e
	}
	calendar := month
	end = r.afterYear(end, &calendar)
	if calendar == month && e.year < 1500 {
		calendar = hijri
		if r.lexica.arabic == persian {
			calendar = solar
		} else {
			e.oddYear = true
		}
	}
	e.calendar = calendar
	if calendar != month {
		e.other = 0
	}
	if e.month < 1 || e.month > 12 || e.day < 1 || e.day > 31 || !r.sound(e.year, calendar) && !e.oddYear {
		return e
	}
	e.to = end
	if sep == "-" && a.digits == 4 && b.digits == 2 && c.digits == 2 {
		r.isoTime(&e)
	}
	return e
}

// isoTime reads the time behind an ISO date: "T15:30Z", "T15:30:00+03:00". It
// stands in the next tokens; one without a zone is left alone.
func (r *reader) isoTime(e *element) {
	rest := r.text[r.tokens[e.to-1].end:]
	rest = rest[:min(len(rest), 32)]
	if len(rest) < 7 || rest[0] != 'T' && rest[0] != ' ' {
		return
	}
	n := strings.IndexFunc(rest[1:], func(c rune) bool { return (c < '0' || c > '9') && c != ':' && c != '.' }) + 1
	if n < 6 {
		return
	}
	layout, length := "Z07:00", n+6
	if rest[n] == 'Z' {
		length = n + 1
	}
	if length > len(rest) {
		return
	}
	for _, clock := range []string{"15:04", "15:04:05", "15:04:05.999999999"} {
		t, err := time.Parse(clock+layout, rest[1:length])
		if err != nil {
			continue
		}
		date, ok := made(e.year, e.month, e.day)
		if !ok {
			return
		}
		_, seconds := t.Zone()
		at := date.Add(time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute - time.Duration(seconds)*time.Second)
		e.year, e.month, e.day = at.Year(), int(at.Month()), at.Day()
		e.hour, e.minute, e.instant, e.other = at.Hour(), at.Minute(), true, 0
		end := r.tokens[e.to-1].end + length
		for e.to < len(r.tokens) && r.tokens[e.to].start < end {
			e.to++
		}
		return
	}
}

// dtgAt reads a date-time group, "261530ZSEP15" or "261530Z SEP 2015": day,
// hour, minute, the letter of a time zone, month and year (ACP 121). The letter
// J, the writer's own time, is not resolved; it leaves the day alone.
func (r *reader) dtgAt(i int) element {
	e := element{kind: dateKind, from: i, to: i, part: -1, calendar: month}
	t := &r.tokens[i]
	e.day, e.hour, e.minute = t.number/10000, t.number/100%100, t.number%100
	rest := r.text[t.end:]
	if e.day < 1 || e.day > 31 || e.hour > 23 || e.minute > 59 || len(rest) < 6 {
		return e
	}
	n := 0
	if rest[n] == ' ' {
		n++
	}
	letter := rest[n]
	if letter < 'A' || letter > 'Z' {
		return e
	}
	n++
	if rest[n] == ' ' {
		n++
	}
	if n+3 > len(rest) || rest[n] >= utf8.RuneSelf {
		return e
	}
	name := rest[n : n+3]
	e.month = strings.Index("JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC", strings.ToUpper(name))/3 + 1
	if e.month < 1 || !strings.Contains("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC", strings.ToUpper(name)) || strings.ToUpper(name) != name && name[0] > 'Z' {
		return e
	}
	n += 3
	if n < len(rest) && rest[n] == ' ' {
		n++
	}
	digits := 0
	for n < len(rest) && rest[n] >= '0' && rest[n] <= '9' && digits < 5 {
		e.year = e.year*10 + int(rest[n]-'0')
		n++
		digits++
	}
	switch digits {
	case 2:
		e.year += 2000
	case 4:
	default:
		return e
	}
	date, ok := made(e.year, e.month, e.day)
	if !ok || !r.sound(e.year, month) {
		return e
	}
	if letter != 'J' {
		at := date.Add(time.Duration(e.hour)*time.Hour + time.Duration(e.minute)*time.Minute - time.Duration(military(letter))*time.Hour)
		e.year, e.month, e.day, e.hour, e.minute = at.Year(), int(at.Month()), at.Day(), at.Hour(), at.Minute()
		e.instant = true
	}
	end := t.end + n
	e.to = i + 1
	for e.to < len(r.tokens) && r.tokens[e.to].start < end {
		e.to++
	}
	return e
}

// military gives the hours east of UTC of a zone's letter: A to M without J
// are 1 to 12, N to Y -1 to -12, Z is UTC.
func military(letter byte) int {
	switch {
	case letter <= 'I':
		return int(letter-'A') + 1
	case letter <= 'M':
		return int(letter - 'A')
	case letter <= 'Y':
		return -int(letter-'N') - 1
	}
	return 0
}

// made gives a Gregorian date.
func made(year, month, day int) (time.Time, bool) {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return t, t.Day() == day && int(t.Month()) == month
}
