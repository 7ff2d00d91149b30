package when

import (
	"strings"
	"time"

	"entente/internal/centre"
)

// expression is a time expression: the tokens [from, to) and what they mean.
type expression struct {
	from, to int
	span     *centre.Span // nil where unresolved
	score    float64
	why      []string
}

// reader works on one text at a time and keeps its memory for the next.
type reader struct {
	text     string
	tokens   []token
	draft    *centre.Draft
	lexica   lexica // of the code points from and up to until, which are of one language
	from     int
	until    int
	anchor   anchor
	buf      []byte
	named    *centre.Span // what the last resolved expression means; nil before the first
	namedEnd int          // the byte where it ends
	figures  int          // how the text writes dates in figures: 1 day first, -1 month first, 0 not known
}

// expressionAt finds the expression that begins with token i; to == from where
// there is none.
func (r *reader) expressionAt(i int) expression {
	if x := r.aheadAt(i); x.to > i {
		return x
	}
	if x := r.relativeAt(i); x.to > i {
		return x
	}
	first := r.elementAt(i)
	if first.to == i {
		return expression{from: i, to: i}
	}
	var list [kinds]element
	var got [kinds]bool
	list[first.kind], got[first.kind] = first, true
	end := first.to
	for {
		e := r.following(end)
		if e.to == e.from || got[e.kind] || !r.fits(&list, &got, e) {
			break
		}
		list[e.kind], got[e.kind] = e, true
		end = e.to
	}
	if x := r.weekdayOfWeek(i, end, &list, &got); x.to > i {
		return x
	}
	daily := got[dateKind] && list[dateKind].day > 0 || got[offsetKind] || got[weekdayKind]
	if !daily && !got[dateKind] || got[weekdayKind] && list[weekdayKind].weak && !got[dateKind] {
		return expression{from: i, to: i}
	}
	x := r.resolve(&list, &got)
	x.from, x.to = i, end
	return x
}

// following finds the element that comes after token end-1, with up to two
// words between that say nothing.
func (r *reader) following(end int) element {
	nothing, comma := element{}, false
	for j := end; j < len(r.tokens) && j <= end+2; j++ {
		switch r.gap(j) {
		case " ", "\n", ", ", "، ", " (", ",\n", ". ", " - ":
		default:
			if !r.near(j) {
				return nothing
			}
		}
		if g := r.gap(j); g == ". " && !r.is(end-1, short|month|am|pm) {
			return nothing
		}
		if e := r.elementAt(j); e.to > j {
			if comma = comma || strings.ContainsAny(r.gap(j), ",،"); comma && (e.kind == offsetKind || e.kind == partKind) {
				return nothing // an enumeration
			}
			return e
		}
		comma = comma || strings.ContainsAny(r.gap(j), ",،")
		t := &r.tokens[j]
		// "الخميس في 26" goes on; "on Friday in Baghdad" ends at the next word.
		if t.isNumber() || t.sense.class&(glue|clock|in) == 0 && !(t.sense.class&unit != 0 && t.sense.value == days) {
			return nothing
		}
	}
	return nothing
}

// fits tells whether an element can speak of the same time as those before.
func (r *reader) fits(list *[kinds]element, got *[kinds]bool, e element) bool {
	// A month or a year alone is nothing that a day could be part of here.
	if e.kind == dateKind && e.day == 0 || got[dateKind] && list[dateKind].day == 0 {
		return false
	}
	if got[dateKind] && list[dateKind].instant {
		return false
	}
	if e.kind == dateKind && (list[weekdayKind].modified || got[offsetKind] && e.year == 0 && !r.anchor.known) {
		return false
	}
	if e.kind == weekdayKind && got[dateKind] && list[dateKind].lastDay > 0 {
		return false
	}
	both := *list
	has := *got
	both[e.kind], has[e.kind] = e, true
	// A day that is said twice must be the same day.
	if has[offsetKind] && (has[weekdayKind] || has[dateKind]) {
		if !r.anchor.daily() {
			return false
		}
		day := r.anchor.day.AddDate(0, 0, both[offsetKind].offset)
		if has[weekdayKind] && int(day.Weekday()) != both[weekdayKind].weekday {
			return false
		}
		if has[dateKind] {
			from, _, ok := r.dateSpan(&both[dateKind], nil)
			if !ok || !from.Equal(day) && both[dateKind].calendar != hijri {
				return false
			}
		}
	}
	if has[weekdayKind] && has[dateKind] && both[dateKind].year != 0 && both[dateKind].calendar != hijri && both[dateKind].other == 0 {
		from, _, ok := r.dateSpan(&both[dateKind], nil)
		return ok && int(from.Weekday()) == both[weekdayKind].weekday
	}
	return true
}

// weekdayOfWeek reads "Friday of last week", "в пятницу на прошлой неделе".
func (r *reader) weekdayOfWeek(i, end int, list *[kinds]element, got *[kinds]bool) expression {
	nothing := expression{from: i, to: i}
	if !got[weekdayKind] || got[dateKind] || got[offsetKind] || list[weekdayKind].modified {
		return nothing
	}
	j := end
	for n := 0; n < 2 && r.near(j) && r.is(j, glue|in); n++ {
		j++
	}
	if !r.near(j) {
		return nothing
	}
	week, value, to := r.unitAndRel(j)
	if to == j || week != weeks {
		return nothing
	}
	x := expression{from: i, to: to, score: 0.85, why: []string{"a day of a week counted from the day of publication"}}
	if !r.anchor.daily() {
		return r.unresolved(x)
	}
	monday := r.weekStart(r.anchor.day, j).AddDate(0, 0, 7*value)
	day := monday.AddDate(0, 0, (list[weekdayKind].weekday-int(monday.Weekday())+7)%7)
	x.span = span(day, day.AddDate(0, 0, 1), centre.PrecisionDay, centre.BasisPublication)
	return r.published(x)
}

// resolve gives an expression of elements its span.
func (r *reader) resolve(list *[kinds]element, got *[kinds]bool) expression {
	x := expression{score: 0.9}
	var from, until time.Time
	precision, basis := centre.PrecisionDay, centre.BasisPublication
	part, ok := -1, false
	switch {
	case got[dateKind]:
		d := &list[dateKind]
		var w *element
		if got[weekdayKind] {
			w = &list[weekdayKind]
		}
		if d.year != 0 {
			basis = centre.BasisAbsolute
			x.why = append(x.why, "a date in full")
			x.score = 0.95
		}
		if d.other != 0 {
			if !r.order(d, w) {
				x.why = []string{"day and month may change places"}
				x.score = 0.5
				return x
			}
			x.why = append(x.why, "day and month as the text shows them")
		}
		if d.oddYear {
			x.why, x.score = []string{"the calendar is not said"}, 0.5
			return x
		}
		if d.year == 0 && !r.anchor.known {
			return r.unresolved(x)
		}
		from, until, ok = r.dateSpan(d, w)
		if !ok {
			x.score, x.why = 0.3, []string{"there is no such day"}
			return x
		}
		precision = datePrecision(d)
		if away := from.Sub(r.anchor.day); d.year == 0 && d.day > 0 && max(away, -away) > 92*day {
			x.score = 0.6
			x.why = append(x.why, "more than three months from publication: another year may be meant")
		}
		if d.calendar == hijri {
			x.why = append(x.why, "the Hijri calendar by its table, a day either way")
			x.score = 0.85
		}
		if d.instant {
			from = from.Add(time.Duration(d.hour)*time.Hour + time.Duration(d.minute)*time.Minute)
			until, precision = from.Add(time.Minute), centre.PrecisionMinute
		}
	case !r.anchor.daily():
		return r.unresolved(x)
	case got[offsetKind]:
		from = r.anchor.day.AddDate(0, 0, list[offsetKind].offset)
		until = from.AddDate(0, 0, 1)
		part = list[offsetKind].part
		x.why = append(x.why, "counted from the day of publication")
	default:
		w := &list[weekdayKind]
		from = r.weekdayOn(w, &x)
		until = from.AddDate(0, 0, 1)
	}
	if got[partKind] {
		part = list[partKind].part
	}
	if until.Sub(from) == 24*time.Hour {
		if got[clockKind] {
			from, until, precision = r.atClock(from, until, &list[clockKind], &x)
		} else if part >= 0 {
			from, until, precision = r.atPart(from, until, part, &x)
		}
	}
	x.span = span(from, until, precision, basis)
	if basis == centre.BasisPublication {
		return r.published(x)
	}
	return x
}

// order decides a date whose day and month may change places: by the weekday
// beside it, or by other dates of the text.
func (r *reader) order(d, w *element) bool {
	swapped := *d
	swapped.day, swapped.month = d.month, d.day
	if w != nil {
		a, okA := made(d.year, d.month, d.day)
		b, okB := made(swapped.year, swapped.month, swapped.day)
		fitsA, fitsB := okA && int(a.Weekday()) == w.weekday, okB && int(b.Weekday()) == w.weekday
		if fitsA != fitsB {
			if fitsB {
				*d = swapped
			}
			return true
		}
	}
	if r.figures < 0 {
		*d = swapped
	}
	return r.figures != 0
}

// survey sees how the text writes dates in figures, from those that can be
// read one way only.
func (r *reader) survey() {
	r.figures = 0
	seenDay, seenMonth := false, false
	for i := range r.tokens {
		t := &r.tokens[i]
		if t.digits == 0 || t.digits > 2 || i+2 >= len(r.tokens) || r.tokens[i+2].digits != 4 || r.gap(i+1) != "/" {
			continue
		}
		r.speak(t.point)
		if e := r.numericAt(i); e.to > i && e.other == 0 && e.day != e.month {
			seenDay = seenDay || e.day == t.number
			seenMonth = seenMonth || e.month == t.number
		}
	}
	switch {
	case seenDay && !seenMonth:
		r.figures = 1
	case seenMonth && !seenDay:
		r.figures = -1
	}
}

func (r *reader) unresolved(x expression) expression {
	x.span, x.score = nil, 0.5
	x.why = []string{"the time of publication is not known"}
	return x
}

// published notes what the day of publication rests on.
func (r *reader) published(x expression) expression {
	if len(x.why) == 0 {
		x.why = append(x.why, "read from the time of publication")
	}
	if !r.anchor.dayOnly && r.anchor.zone == nil {
		x.why = append(x.why, "its day in UTC, since the text's own place is not known")
	}
	return x
}

func span(from, until time.Time, precision centre.Precision, basis centre.Basis) *centre.Span {
	return &centre.Span{From: from.UTC(), Until: until.UTC(), Precision: precision, Basis: basis}
}

// tenseAround looks in the clause around tokens [from, to) for a verb of the
// past or for what says that it is yet to come: backwards first, since English, Russian and Arabic put the
// verb before the day ("said on Friday that it will open" is past, "will open on
// Friday" is not), then forwards.
//
// "By", "until" and "till" tell of what is to come right before the day alone ("by
// Friday"): elsewhere they tell who did it ("killed by gunmen on Tuesday").
func (r *reader) tenseAround(from, to int) class {
	lead := from - 1
	if lead > 0 && r.is(lead, glue) && !r.endsClause(lead+1) {
		lead-- // by the weekend
	}
	if lead >= 0 && r.is(lead, deadline) && !r.endsClause(lead+1) {
		return futureCue
	}
	for i := from - 1; i >= 0 && i > from-clauseWords; i-- {
		switch r.tense(i) {
		case futureCue:
			return futureCue
		case pastVerb:
			if !(i > 0 && (r.word(i-1) == "be" || r.word(i-1) == "to")) {
				return pastVerb
			}
		}
		if r.is(i, clause) || r.endsClause(i) {
			break
		}
	}
	for i := to; i < len(r.tokens) && i < to+clauseWords; i++ {
		// A comma behind the day at the beginning of a sentence ends nothing.
		if r.endsClause(i) && !(i == to && strings.HasPrefix(r.gap(i), ",")) || r.is(i, clause) {
			return 0
		}
		switch r.tense(i) {
		case futureCue:
			return futureCue
		case pastVerb:
			return pastVerb
		}
	}
	return 0
}

// clauseWords is how far from a day its verb is looked for.
const clauseWords = 12

// endsClause tells that the gap before token i divides clauses.
func (r *reader) endsClause(i int) bool {
	return strings.ContainsAny(r.gap(i), ".!?;:,()\"“”«»—–\n؟؛،")
}

// tense tells whether a word is a verb of the past or speaks of what is to come.
func (r *reader) tense(i int) class {
	t := &r.tokens[i]
	if c := t.sense.class & (pastVerb | futureCue); c != 0 {
		return c
	}
	if t.isNumber() || t.letters < 4 || t.arabic || t.upper {
		return 0
	}
	w := r.word(i)
	if strings.HasSuffix(w, "ed") {
		return pastVerb
	}
	w = strings.TrimSuffix(strings.TrimSuffix(w, "сь"), "ся")
	for _, end := range []string{"л", "ла", "ло", "ли"} {
		if strings.HasSuffix(w, end) {
			return pastVerb
		}
	}
	return 0
}
