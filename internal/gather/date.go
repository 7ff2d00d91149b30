package gather

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"entente/internal/centre"
)

// ParseDate reads a date as feeds, pages and tables write them: ISO 8601,
// RFC 822, date-time groups (261530ZSEP15), and day, month name and year in English, Russian, Arabic (both sets
// of month names) and Persian, the solar Hijri calendar included, with any of
// the digits of these languages. ok is false where the text is no date, or
// could mean two days (05/06/2015).
//
// It never adds what is not there: a time of day without a zone, or with one
// that is not known for sure, leaves the day alone; a month without a day
// leaves the month.
func ParseDate(text string, basis centre.Basis) (m centre.Moment, ok bool) {
	if len(text) > 200 {
		return centre.Moment{}, false
	}
	if t, ok := standardDate(text); ok {
		return centre.Moment{Time: t, Precision: centre.PrecisionSecond, Basis: basis}, true
	}
	folded := foldDate(text)
	d, ok := dateTimeGroup(folded)
	if !ok {
		d, ok = readDate(folded)
	}
	if !ok {
		return centre.Moment{}, false
	}
	return d.moment(basis)
}

// group is a date-time group of ACP 121: "261530Z SEP 15".
var group = regexp.MustCompile(`^(\d{2})(\d{2})(\d{2}) ?([a-z]) ?(\p{L}{3,9}) ?(\d{2}|\d{4})$`)

// dateTimeGroup reads a folded date-time group. Its letter is the zone: A to M
// without J east of UTC, N to Y west of it, Z UTC itself; J is the local time of
// whoever wrote it, which leaves the day alone.
func dateTimeGroup(text string) (d date, ok bool) {
	m := group.FindStringSubmatch(text)
	if m == nil {
		return d, false
	}
	if d.month, d.solar = monthOf(m[5]); d.month == 0 || d.solar {
		return date{}, false
	}
	d.day, _ = strconv.Atoi(m[1])
	d.hour, _ = strconv.Atoi(m[2])
	d.minute, _ = strconv.Atoi(m[3])
	if d.year, _ = strconv.Atoi(m[6]); len(m[6]) == 2 {
		d.year += 2000
	}
	if d.hour > 23 || d.minute > 59 || d.day < 1 {
		return date{}, false
	}
	switch letter := m[4][0]; {
	case letter == 'z':
		d.zoneKnown = true
	case letter >= 'n':
		d.zone, d.zoneKnown = -3600*int(letter-'n'+1), true
	case letter > 'j':
		d.zone, d.zoneKnown = 3600*int(letter-'a'), true
	case letter < 'j':
		d.zone, d.zoneKnown = 3600*int(letter-'a'+1), true
	}
	return d, true
}

// standardDate reads the two forms in which nearly all dates come, as RFC 5322
// and RFC 3339 write them with a numeric zone, and nothing else: for their sake
// the long way need not be gone for each item of each feed.
func standardDate(text string) (time.Time, bool) {
	layout := ""
	switch {
	case len(text) == len(time.RFC1123Z) && text[3] == ',':
		layout = time.RFC1123Z
	case len(text) == len(time.RFC1123) && text[3] == ',' && text[len(text)-4:] == " GMT":
		layout = time.RFC1123
	case len(text) >= len("2006-01-02T15:04:05Z") && len(text) <= len(time.RFC3339) && text[10] == 'T':
		layout = time.RFC3339
	default:
		return time.Time{}, false
	}
	t, err := time.Parse(layout, text)
	if err != nil || t.Year() < 1900 { // an older one may be of another calendar
		return time.Time{}, false
	}
	return t.UTC(), true
}

// Plausible gives m where it can be the time at which a document was published,
// seen at now; else the unknown Moment and a sentence on what was wrong: a time
// more than a day ahead, or the beginning of computers' time, which is what
// programs write that do not know.
func Plausible(m centre.Moment, now time.Time) (centre.Moment, string) {
	switch {
	case !m.Known():
		return centre.Moment{}, ""
	case m.Time.After(now.Add(24 * time.Hour)):
		return centre.Moment{}, "The date " + m.Time.Format(time.DateOnly) + " lies in the future; the time of publication counts as unknown."
	case m.Time.Before(time.Date(1970, 1, 3, 0, 0, 0, 0, time.UTC)):
		return centre.Moment{}, "The date " + m.Time.Format(time.DateOnly) + " cannot be the time of publication, which counts as unknown."
	}
	return m, ""
}

// date is what was found in a text; day 0 means no day, hour -1 no time.
type date struct {
	year, month, day     int
	hour, minute, second int
	hasSecond            bool
	milli                int
	zone                 int // seconds east of UTC
	zoneKnown            bool
	solar                bool // year, month and day are of the solar Hijri calendar
}

func (d date) moment(basis centre.Basis) (centre.Moment, bool) {
	if d.year >= 1300 && d.year <= 1499 {
		d.solar = true
	}
	if d.solar {
		if d.day == 0 { // a solar month lies in two Gregorian ones
			return centre.Moment{}, false
		}
		var ok bool
		if d.year, d.month, d.day, ok = solarToGregorian(d.year, d.month, d.day); !ok {
			return centre.Moment{}, false
		}
	}
	if d.month < 1 || d.month > 12 || d.year < 1 || d.year > 9999 {
		return centre.Moment{}, false
	}
	at := time.Date(d.year, time.Month(d.month), max(d.day, 1), 0, 0, 0, 0, time.UTC)
	if at.Day() != max(d.day, 1) {
		return centre.Moment{}, false
	}
	switch {
	case d.day == 0:
		return centre.Moment{Time: at, Precision: centre.PrecisionMonth, Basis: basis}, true
	case d.hour < 0 || !d.zoneKnown:
		return centre.Moment{Time: at, Precision: centre.PrecisionDay, Basis: basis}, true
	}
	at = time.Date(d.year, time.Month(d.month), d.day, d.hour, d.minute, d.second, d.milli*1e6, time.FixedZone("", d.zone)).UTC()
	precision := centre.PrecisionMinute
	if d.hasSecond {
		precision = centre.PrecisionSecond
	}
	return centre.Moment{Time: at, Precision: precision, Basis: basis}, true
}

// foldDate makes the spellings of one date alike: Latin digits, lower case,
// one form of each Arabic letter, month names of two words joined.
func foldDate(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r >= '٠' && r <= '٩':
			return '0' + r - '٠'
		case r >= '۰' && r <= '۹':
			return '0' + r - '۰'
		case r == 'أ', r == 'إ', r == 'آ':
			return 'ا'
		case r == 'ي', r == 'ى', r == 'ئ':
			return 'ی'
		case r == 'ك':
			return 'ک'
		case r == 'ة':
			return 'ه'
		case r == 'ё':
			return 'е'
		case greek[r] != 0:
			return greek[r]
		case r == '−', r == '–', r == '‐', r == '‑':
			return '-'
		case r == '،', r == '٬':
			return ','
		case r == '\u200c', r == '\u00a0', r == '\u202f':
			return ' '
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r): // vowel signs, direction marks
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFC.String(text))
	text = strings.Join(strings.Fields(text), " ")
	text = eastAsian.ReplaceAllString(text, "$1-$2-$3 ")
	for _, pair := range [...]string{"کانون الثانی", "کانون الاول", "تشرین الثانی", "تشرین الاول"} {
		text = strings.ReplaceAll(text, pair, strings.ReplaceAll(pair, " ", ""))
	}
	for _, pair := range [...][2]string{{"a.m.", "am"}, {"p.m.", "pm"}, {"ق.ظ", "am"}, {"ب.ظ", "pm"}, {"قبل از ظهر", "am"}, {"بعد از ظهر", "pm"},
		{"오전", " am "}, {"오후", " pm "}, {"上午", " am "}, {"下午", " pm "}, {"午前", " am "}, {"午後", " pm "}} {
		text = strings.ReplaceAll(text, pair[0], pair[1])
	}
	return text
}

var (
	isoDate = regexp.MustCompile(`^(\d{4})-?(\d{2})-?(\d{2})(?:t|$| )`)
	// The parts of a date, in the order in which they are tried at each place.
	datePart = regexp.MustCompile(`(\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)|((?:gmt|utc)?[+-]\d{1,2}(?::?\d{2})?)(?:$|[^\d\-/.])|(\d{1,4}[./-]\d{1,2}[./-]\d{1,4})|(\d+)(?:st|nd|rd|th)?|(\p{L}+)`)
	// Year, month and day in Korean, Chinese and Japanese.
	eastAsian = regexp.MustCompile(`(\d{4})\s*[년年]\s*(\d{1,2})\s*[월月]\s*(\d{1,2})\s*[일日]`)
	// Rarer forms of ISO 8601: a day of the year, a day of a week, a month.
	ordinal  = regexp.MustCompile(`^(\d{4})-?(\d{3})(?:t|$| )`)
	weekDate = regexp.MustCompile(`^(\d{4})-?w(\d{2})-?([1-7])(?:t|$| )`)
	isoMonth = regexp.MustCompile(`^(\d{4})-(\d{2})$`)
	compact  = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})(?:t(\d{2})(\d{2})(\d{2})?)?`)
)

// readDate reads a folded text.
func readDate(text string) (d date, ok bool) {
	d.hour = -1
	text = plainISO(text)
	if m := isoMonth.FindStringSubmatch(text); m != nil {
		d.year, _ = strconv.Atoi(m[1])
		d.month, _ = strconv.Atoi(m[2])
		return d, true
	}
	if c := compact.FindStringSubmatch(text); c != nil {
		rest := text[len(c[0]):]
		text = c[1] + "-" + c[2] + "-" + c[3]
		if c[4] != "" {
			text += " " + c[4] + ":" + c[5]
			if c[6] != "" {
				text += ":" + c[6]
			}
		}
		text += rest
	}
	if isoDate.MatchString(text) {
		at := len(isoDate.FindStringSubmatch(text)[0]) // where "t" may stand, and not the "t" of "gmt"
		text = strings.TrimSuffix(text[:at], "t") + " " + text[at:]
	}
	var p dateParts
	at := 0
	// A word before a comma at the beginning is a day of the week, in whatever language.
	if word := firstWord.FindString(text); word != "" {
		if m, _ := monthOf(strings.TrimRight(word, "., ")); m == 0 {
			at = len(word)
		}
	}
	for at < len(text) {
		m := datePart.FindStringSubmatchIndex(text[at:])
		if m == nil {
			break
		}
		group := 0
		for g := 1; g <= 5; g++ {
			if m[2*g] >= 0 {
				group = g
				break
			}
		}
		if !p.add(&d, group, text[at+m[2*group]:at+m[2*group+1]]) {
			return d, false
		}
		end := m[1]
		if group == 2 { // the character after a zone was only looked at
			end = m[5]
		}
		at += end
	}
	return d, p.finish(&d)
}

var firstWord = regexp.MustCompile(`^\p{L}{2,12}\.?, `)

// plainISO turns a day of the year (2015-269) and a day of a week (2015-W39-6)
// into year, month and day.
func plainISO(text string) string {
	if m := ordinal.FindStringSubmatch(text); m != nil {
		year, _ := strconv.Atoi(m[1])
		day, _ := strconv.Atoi(m[2])
		at := time.Date(year, 1, day, 0, 0, 0, 0, time.UTC)
		if at.Year() == year && day > 0 {
			return at.Format(time.DateOnly) + text[len(m[0])-1+endOf(m[0]):]
		}
	}
	if m := weekDate.FindStringSubmatch(text); m != nil {
		year, _ := strconv.Atoi(m[1])
		week, _ := strconv.Atoi(m[2])
		day, _ := strconv.Atoi(m[3])
		// The week of 4 January is the first (ISO 8601, section 2.2.10).
		fourth := time.Date(year, 1, 4, 0, 0, 0, 0, time.UTC)
		monday := fourth.AddDate(0, 0, -(int(fourth.Weekday())+6)%7)
		at := monday.AddDate(0, 0, 7*(week-1)+day-1)
		if y, w := at.ISOWeek(); y == year && w == week {
			return at.Format(time.DateOnly) + text[len(m[0])-1+endOf(m[0]):]
		}
	}
	return text
}

// endOf is 1 where a match has no separator at its end, which belongs to the rest.
func endOf(match string) int {
	if last := match[len(match)-1]; last == 't' || last == ' ' {
		return 0
	}
	return 1
}

// dateParts gathers the numbers of a date until it is clear which is which.
type dateParts struct {
	numbers []string
	pm, am  bool
	times   int
	days    int // numeric dates
}

func (p *dateParts) add(d *date, group int, part string) bool {
	switch group {
	case 1:
		p.times++
		return p.times == 1 && d.readTime(part)
	case 2:
		if d.hour < 0 { // no time, no zone: the year of "26-Sep-2015"
			number, isNumber := strings.CutPrefix(part, "-")
			p.numbers = append(p.numbers, number)
			return isNumber && len(p.numbers) <= 2
		}
		return d.readOffset(part)
	case 3:
		p.days++
		return p.days == 1 && d.readNumeric(part)
	case 4:
		p.numbers = append(p.numbers, part)
		return len(p.numbers) <= 2
	case 5:
		return p.word(d, part)
	}
	return false
}

func (p *dateParts) word(d *date, word string) bool {
	if month, solar := monthOf(word); month != 0 {
		if d.month != 0 {
			return false
		}
		d.month, d.solar = month, solar
		return true
	}
	if offset, known := zones[word]; known {
		if !d.zoneKnown {
			d.zone, d.zoneKnown = offset, true
		}
		return true
	}
	switch word {
	case "am", "ص", "صباحا", "صبح", "утра", "πμ":
		p.am = true
		return true
	case "pm", "م", "مساء", "مساءا", "عصر", "بعدازظهر", "дня", "вечера", "μμ":
		p.pm = true
		return true
	}
	if idleWords[word] || isWeekday(word) {
		return true
	}
	// After a time stands its zone: one that is not known for sure.
	return d.hour >= 0 && len(word) <= 5 && word[0] < 0x80
}

// finish gives the numbers their meaning.
func (p *dateParts) finish(d *date) bool {
	if p.pm && d.hour >= 0 && d.hour < 12 {
		d.hour += 12
	}
	if p.am && d.hour == 12 {
		d.hour = 0
	}
	if d.year != 0 {
		return p.days == 1 && len(p.numbers) == 0
	}
	if d.month == 0 {
		return false
	}
	n := make([]int, len(p.numbers))
	for i, text := range p.numbers {
		v, err := strconv.Atoi(text)
		if err != nil {
			return false
		}
		n[i] = v
	}
	switch {
	case len(n) == 1 && len(p.numbers[0]) == 4:
		d.year = n[0]
	case len(n) == 2 && len(p.numbers[0]) == 4:
		d.year, d.day = n[0], n[1]
	case len(n) == 2 && len(p.numbers[1]) == 4:
		d.year, d.day = n[1], n[0]
	case len(n) == 2 && len(p.numbers[1]) == 2 && !d.solar: // RFC 2822, section 4.3
		d.year, d.day = 2000+n[1], n[0]
		if n[1] >= 50 {
			d.year -= 100
		}
	default:
		return false
	}
	return len(n) == 1 || d.day >= 1 && d.day <= 31
}

func (d *date) readTime(part string) bool {
	part, fraction, _ := strings.Cut(strings.ReplaceAll(part, ",", "."), ".")
	f := strings.Split(part, ":")
	d.hour, _ = strconv.Atoi(f[0])
	d.minute, _ = strconv.Atoi(f[1])
	if len(f) == 3 {
		d.second, _ = strconv.Atoi(f[2])
		d.hasSecond = true
	}
	if fraction != "" {
		d.milli, _ = strconv.Atoi((fraction + "00")[:3])
	}
	if d.second == 60 { // a leap second
		d.second = 59
	}
	if d.hour == 24 && d.minute == 0 && d.second == 0 { // the end of the day (ISO 8601)
		return true
	}
	return d.hour < 24 && d.minute < 60 && d.second < 60
}

// readOffset reads "+0300", "+03:30", "gmt+3". An impossible one leaves the
// zone unknown.
func (d *date) readOffset(part string) bool {
	part = strings.TrimPrefix(strings.TrimPrefix(part, "gmt"), "utc")
	sign := 1
	if part[0] == '-' {
		sign = -1
	}
	digits := strings.ReplaceAll(part[1:], ":", "")
	if len(digits) <= 2 {
		digits += "00"
	}
	n, err := strconv.Atoi(digits)
	if err != nil {
		return false
	}
	hours, minutes := n/100, n%100
	d.zoneKnown = hours <= 14 && minutes < 60
	d.zone = sign * (hours*3600 + minutes*60)
	return true
}

// readNumeric reads 2015-09-26, 26.09.2015 and 9/26/2015.
func (d *date) readNumeric(part string) bool {
	f := strings.FieldsFunc(part, func(r rune) bool { return r == '.' || r == '/' || r == '-' })
	if len(f) != 3 {
		return false
	}
	var n [3]int
	for i := range f {
		n[i], _ = strconv.Atoi(f[i])
	}
	switch {
	case len(f[0]) == 4 && len(f[2]) <= 2:
		d.year, d.month, d.day = n[0], n[1], n[2]
	case len(f[2]) != 4 || len(f[0]) > 2:
		return false
	case strings.Contains(part, "."): // in Russian, and nowhere month first
		d.year, d.month, d.day = n[2], n[1], n[0]
	case n[1] > 12:
		d.year, d.month, d.day = n[2], n[0], n[1]
	case n[0] > 12 || n[0] == n[1]:
		d.year, d.month, d.day = n[2], n[1], n[0]
	default:
		return false // either of two days
	}
	return d.day >= 1
}
