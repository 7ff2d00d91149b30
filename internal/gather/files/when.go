package files

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
)

// dayOrder is the order of day and month in a column of dates such as 05/06/2015.
type dayOrder int

const (
	orderUnknown dayOrder = iota
	dayFirst
	monthFirst
)

// twoWays is a numeric date that may mean two days, with what follows it.
var twoWays = regexp.MustCompile(`^\s*(\d{1,2})([/\-])(\d{1,2})([/\-])(\d{4})(.*)$`)

// orderOf learns the order from the values of one column: one value that can
// mean one day only settles it for all, two that contradict each other settle
// nothing.
func orderOf(values []string) dayOrder {
	order := orderUnknown
	for _, v := range values {
		m := twoWays.FindStringSubmatch(latinDigits(v))
		if m == nil {
			continue
		}
		first, _ := strconv.Atoi(m[1])
		second, _ := strconv.Atoi(m[3])
		found := orderUnknown
		switch {
		case first > 12 && second <= 12:
			found = dayFirst
		case second > 12 && first <= 12:
			found = monthFirst
		}
		if found == orderUnknown {
			continue
		}
		if order != orderUnknown && order != found {
			return orderUnknown
		}
		order = found
	}
	return order
}

// moment reads a date of a column. Where the text is a date that cannot be
// understood, problem says so and the moment stays unknown.
func (c *columnDates) moment(text string) (m centre.Moment, problem string) {
	text = strings.TrimSpace(text)
	if text == "" {
		return m, ""
	}
	if c.sheet {
		if day, ok := serialDay(text, c.since1904); ok {
			return centre.Moment{Time: day, Precision: centre.PrecisionDay, Basis: centre.BasisColumn}, ""
		}
	}
	if m, ok := gather.ParseDate(text, centre.BasisColumn); ok {
		return m, ""
	}
	shown := text
	if r := []rune(shown); len(r) > 40 {
		shown = string(r[:39]) + "…"
	}
	if p := twoWays.FindStringSubmatch(latinDigits(text)); p != nil {
		if c.order == orderUnknown {
			return m, "The date " + strconv.Quote(shown) + " could mean two days, and no other value of its column settles which; the time stays unknown."
		}
		day, month := p[1], p[3]
		if c.order == monthFirst {
			day, month = month, day
		}
		if m, ok := gather.ParseDate(p[5]+"-"+pad(month)+"-"+pad(day)+p[6], centre.BasisColumn); ok {
			return m, ""
		}
	}
	return m, "The date " + strconv.Quote(shown) + " cannot be read; the time stays unknown."
}

// columnDates is what is known of the dates of one column.
type columnDates struct {
	order     dayOrder
	sheet     bool // of a spreadsheet, where days are numbers
	since1904 bool
}

func pad(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// serialDay reads a day as spreadsheets count it: from 30 December 1899 or, in
// some workbooks of Macintosh, 1 January 1904 (ISO/IEC 29500-1, 18.17.4.1). The
// time of day has no zone there, so the day alone is taken.
func serialDay(text string, since1904 bool) (time.Time, bool) {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || n < 20000 || n > 80000 { // the years 1954 to 2119
		return time.Time{}, false
	}
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if since1904 {
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return epoch.AddDate(0, 0, int(n)), true
}

// latinDigits writes Arabic-Indic and Persian digits as 0 to 9.
func latinDigits(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '٠' && r <= '٩':
			return '0' + r - '٠'
		case r >= '۰' && r <= '۹':
			return '0' + r - '۰'
		}
		return r
	}, s)
}
