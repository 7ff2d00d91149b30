package when

import (
	"time"

	"entente/internal/centre"
)

// What is counted forwards, weekends, decades, and days counted from a day that
// the text has named before.

// aheadAt reads the expressions of this file; to == from where there is none.
func (r *reader) aheadAt(i int) expression {
	c := r.tokens[i].sense.class
	switch {
	case r.tokens[i].isNumber():
		if x := r.decadeAt(i); x.to > i {
			return x
		}
	case c&decade != 0:
		return r.decadeAt(i)
	case c&nextday != 0:
		return r.dayAfter(i)
	}
	if x := r.weekendAt(i); x.to > i {
		return x
	}
	return r.forwardAt(i)
}

// forwardAt reads "in two days", "через неделю", "بعد يومين", "دو روز دیگر". Words
// that can as well tell how long something took ("in two days", "بعد يومين من")
// count forwards only where the clause is about what is to come.
func (r *reader) forwardAt(i int) expression {
	x := expression{from: i, to: i, score: 0.8}
	c := r.tokens[i].sense.class
	if c&(aheadfirst|aheadsure) != 0 && r.near(i+1) {
		n, u, to := r.quantity(i + 1)
		if to == i+1 || u < days || r.near(to) && (r.is(to, month|hijri|rel|rolling|ago|of) || r.tokens[to].isNumber()) {
			return x
		}
		if c&aheadsure == 0 && r.tenseAround(i, to) != futureCue {
			return x
		}
		x.to = to
		return r.forward(x, n, u, i)
	}
	n, u, to := r.quantity(i)
	if to > i && u >= days && r.near(to) && r.is(to, aheadlast) {
		x.to = to + 1
		return r.forward(x, n, u, i)
	}
	return x
}

func (r *reader) forward(x expression, n, u, at int) expression {
	if n == 0 {
		x.score, x.why = 0.5, []string{"how long after is not said"}
		return x
	}
	return r.period(x, u, n, at)
}

// weekendAt reads "the weekend", "next weekend", "в минувшие выходные", "نهاية
// الأسبوع", "آخر هفته": Saturday and Sunday in Latin and Cyrillic letters, Friday
// and Saturday in Arabic (Iraq, Syria), Thursday and Friday in Persian (Iran).
func (r *reader) weekendAt(i int) expression {
	x := expression{from: i, to: i, score: 0.75}
	at, mod, modified := i, 0, false
	switch {
	case r.is(i, weekend) && r.near(i+1) && r.is(i+1, rel) && r.tokens[i].arabic:
		mod, modified, x.to = int(r.tokens[i+1].sense.value), true, i+2
	case r.is(i, weekend):
		x.to = i + 1
	case r.is(i, rel) && r.near(i+1) && r.is(i+1, weekend):
		at, mod, modified, x.to = i+1, int(r.tokens[i].sense.value), true, i+2
	default:
		return x
	}
	if !r.anchor.daily() {
		return r.unresolved(x)
	}
	begins := time.Saturday
	if r.tokens[at].arabic {
		if begins = time.Friday; r.lexiconOf(at) == persian {
			begins = time.Thursday
		}
	}
	today := r.anchor.day
	start := today.AddDate(0, 0, -(int(today.Weekday()-begins)+7)%7) // the latest that has begun
	over := !start.AddDate(0, 0, 2).After(today)
	switch {
	case modified && mod < 0:
		if !over {
			start = start.AddDate(0, 0, -7)
		}
		x.why = append(x.why, "the last weekend that was over at publication")
	case modified && mod > 0:
		start = start.AddDate(0, 0, 7)
		x.why = append(x.why, "the next weekend after publication")
	case modified, r.tenseAround(i, x.to) == futureCue:
		if over {
			start = start.AddDate(0, 0, 7)
		}
		x.why = append(x.why, "the weekend of this week, or the one that is under way")
	default:
		x.score = 0.7
		x.why = append(x.why, "the last weekend that had begun at publication")
	}
	x.span = span(start, start.AddDate(0, 0, 2), centre.PrecisionDay, centre.BasisPublication)
	return r.published(x)
}

// decadeAt reads "the 1990s", "1990-е годы", "девяностые", "التسعينيات", "دهه ۱۳۷۰".
func (r *reader) decadeAt(i int) expression {
	x := expression{from: i, to: i, score: 0.9, why: []string{"a decade, said in full"}}
	number := func(k int) (int, bool) {
		if k >= len(r.tokens) || r.tokens[k].digits != 4 {
			return 0, false
		}
		n := r.tokens[k].number
		return n, n%10 == 0 && n >= 1000 && n < 2100
	}
	first, ok := number(i)
	switch {
	case ok && i+1 < len(r.tokens) && r.is(i+1, decadeend) && (r.gap(i+1) == "" || r.gap(i+1) == "-" || r.gap(i+1) == "‑" || r.gap(i+1) == "'" || r.gap(i+1) == "’"):
		x.to = i + 2
	case r.is(i, decade) && r.tokens[i].sense.value > 0:
		// A decade's name is that of the last century, unless the text says another.
		first, x.to, x.score = int(r.tokens[i].sense.value), i+1, 0.75
		x.why = []string{"a decade of the twentieth century, which its name does not say"}
	case r.is(i, decade) && r.near(i+1):
		if first, ok = number(i + 1); !ok {
			return x
		}
		x.to = i + 2
	default:
		return x
	}
	calendar := month
	if first < 1600 && r.lexiconOf(i) == persian {
		calendar = solar
	}
	from, until := firstOf(calendar, first), firstOf(calendar, first+10)
	if from.IsZero() || until.IsZero() {
		return expression{from: i, to: i}
	}
	x.span = span(from, until, centre.PrecisionYear, centre.BasisAbsolute)
	return x
}

func firstOf(calendar class, year int) time.Time { return first(calendar, year, 1) }

// nearby is how far back, in bytes, a text may have named the day that "the
// following day" counts from.
const nearby = 600

// dayAfter reads "the following day", "на следующий день", "في اليوم التالي", "روز
// بعد": the day after the one that the text last named, if it lately did.
func (r *reader) dayAfter(i int) expression {
	x := expression{from: i, to: i + 1, score: 0.5, why: []string{"the day that it counts from is not said"}}
	if s := r.named; s != nil && s.Precision == centre.PrecisionDay && s.Until.Sub(s.From) == 24*time.Hour && r.tokens[i].start-r.namedEnd < nearby {
		x.span = span(s.Until, s.Until.AddDate(0, 0, 1), centre.PrecisionDay, s.Basis)
		x.score, x.why = 0.7, []string{"counted from the day that the text named before"}
	}
	return x
}
