package when

import "unicode/utf8"

// element is one thing that an expression says: a date, a weekday, a day
// counted from today, a part of the day or a time of day. It spans the tokens
// [from, to); with to == from there is none.
type element struct {
	kind     kind
	from, to int

	calendar     class // month, hijri or solar
	year         int   // 0 where not said
	lastYear     int   // of a range; 0 for none
	month        int   // 0 where not said
	day, lastDay int   // 0 where not said; lastDay of a range
	season       int
	portion      int
	other        int // of a numeric date: the month, if day and month change places; 0 where there is one reading
	mod          int // of a weekday, month or season: -1 last, 0 this, 1 next
	modified     bool
	weak         bool // a weekday abbreviated, or said without the words that make it sure
	oddYear      bool // a numeric date in a calendar that cannot be told

	weekday      int
	offset       int
	part         int
	hour, minute int
	zone         int // minutes east of UTC
	zoned        bool
	instant      bool // year to minute are those of UTC
}

// kind is what an element is; an expression has one of each at most.
type kind uint8

const (
	dateKind kind = iota
	weekdayKind
	offsetKind
	partKind
	clockKind
	kinds
)

// is tells whether token i is there and of a class.
func (r *reader) is(i int, c class) bool {
	return i >= 0 && i < len(r.tokens) && r.tokens[i].sense.class&c != 0
}

// gap is what stands before token i.
func (r *reader) gap(i int) string {
	if i <= 0 || i >= len(r.tokens) {
		return ""
	}
	return r.text[r.tokens[i-1].end:r.tokens[i].start]
}

// near tells that token i stands one space after the one before.
func (r *reader) near(i int) bool {
	switch r.gap(i) {
	case " ", "\n", "\u200c", " \u200c":
		return i < len(r.tokens) && i > 0
	}
	return i > 0 && i < len(r.tokens) && r.tokens[i].cutPrefix && r.tokens[i].start-r.tokens[i-1].end <= 3
}

// word is a token as it is written.
func (r *reader) word(i int) string { return r.text[r.tokens[i].start:r.tokens[i].end] }

// elementAt finds the element that begins with token i.
func (r *reader) elementAt(i int) element {
	t := &r.tokens[i]
	if t.isNumber() {
		if e := r.clockAt(i); e.to > i {
			return e
		}
		return r.dateAt(i)
	}
	c := t.sense.class
	switch {
	case c == 0:
		return element{from: i, to: i}
	case c&every != 0:
		return element{from: i, to: i}
	}
	if c&offset != 0 {
		if e := r.offsetAt(i); e.to > i {
			return e
		}
	}
	if c&(weekday|short|rel|unit) != 0 {
		if e := r.weekdayAt(i); e.to > i {
			return e
		}
	}
	if c&(part|rel) != 0 {
		if e := r.partAt(i); e.to > i {
			return e
		}
	}
	return r.dateAt(i)
}

func (r *reader) offsetAt(i int) element {
	s := r.tokens[i].sense
	e := element{kind: offsetKind, from: i, to: i + 1, offset: int(s.value), part: int(s.part)}
	if r.near(i+1) && r.is(i+1, notToday) { // "اليوم الأول" is the first day
		e.to = i
	}
	if e.to > i && s.part == 5 && s.value == 0 && r.near(i+1) && r.is(i+1, rel) && r.tokens[i].arabic {
		e.offset, e.to = int(r.tokens[i+1].sense.value), i+2 // "الليلة الماضية"
	}
	return e
}

// weekdayAt reads a weekday with the word that says which: "last Friday",
// "الجمعة الماضي".
func (r *reader) weekdayAt(i int) element {
	e := element{kind: weekdayKind, from: i, to: i, part: -1}
	j := i
	if r.is(j, rel) && r.near(j+1) && (r.is(j+1, weekday) || r.is(j+1, unit) && r.near(j+2) && r.is(j+2, weekday)) {
		e.mod, e.modified = int(r.tokens[j].sense.value), true
		j++
	}
	if r.is(j, unit) && r.tokens[j].sense.value == days && r.near(j+1) && r.is(j+1, weekday) { // "يوم الجمعة", "روز جمعه"
		j++
	}
	t := &r.tokens[j]
	if t.sense.class&(weekday|short) == 0 {
		return e
	}
	if r.is(i-1, every|notBefore) && r.near(i) {
		return e
	}
	e.weekday = int(t.sense.value)
	e.weak = t.sense.class&short != 0
	if e.weak && !t.upper && r.word(j)[0] < utf8.RuneSelf {
		return e
	}
	e.to = j + 1
	if t.arabic && !e.modified && r.near(j+1) && r.is(j+1, rel) {
		e.mod, e.modified, e.to = int(r.tokens[j+1].sense.value), true, j+2
	}
	return e
}

// partAt reads a part of the day; alone it says nothing, but "this morning",
// "last night" and "شب گذشته" say the day, too.
func (r *reader) partAt(i int) element {
	if r.is(i, rel) {
		if !r.near(i+1) || !r.is(i+1, part) || r.tokens[i].arabic && r.tokens[i].sense.value != 0 {
			return element{from: i, to: i}
		}
		v := int(r.tokens[i].sense.value)
		p := int(r.tokens[i+1].sense.value)
		if v > 0 || v < 0 && p < 4 { // "last morning" and "next night" mean no certain day
			return element{from: i, to: i}
		}
		return element{kind: offsetKind, from: i, to: i + 2, offset: v, part: p}
	}
	t := &r.tokens[i]
	e := element{kind: partKind, from: i, to: i + 1, part: int(t.sense.value)}
	if t.arabic && r.near(i+1) && r.is(i+1, rel) && r.tokens[i+1].sense.value == -1 {
		e.kind, e.offset, e.to = offsetKind, -1, i+2
	}
	return e
}

// clockAt reads a time of day: "10:30", "10:30 p.m. GMT", "10 a.m.".
func (r *reader) clockAt(i int) element {
	e := element{kind: clockKind, from: i, to: i, part: -1}
	t := &r.tokens[i]
	if t.digits > 2 || t.number > 24 || i > 0 && (r.gap(i) == ":" || r.gap(i) == ".") {
		return e
	}
	e.hour = t.number
	j, sure := i+1, false
	if j < len(r.tokens) && r.gap(j) == ":" && r.tokens[j].digits == 2 && r.tokens[j].number < 60 {
		e.minute, sure = r.tokens[j].number, true
		j++
		if j < len(r.tokens) && r.gap(j) == ":" {
			if r.tokens[j].digits != 2 {
				return e
			}
			j++
		}
	}
	if j < len(r.tokens) && (r.near(j) || r.gap(j) == "") && r.is(j, am|pm) && e.hour <= 12 {
		if r.is(j, pm) && e.hour < 12 {
			e.hour += 12
		} else if r.is(j, am) && e.hour == 12 {
			e.hour = 0
		}
		sure = true
		j++
	}
	if !sure || e.hour > 23 {
		return e
	}
	if j < len(r.tokens) && (r.near(j) || r.gap(j) == ". ") && r.is(j, zone) {
		e.zone, e.zoned = int(r.tokens[j].sense.value), true
		j++
	}
	e.to = j
	return e
}
