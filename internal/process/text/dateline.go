package text

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"entente/internal/centre"
	"entente/internal/lexis"
)

const (
	// datelineRunes is how far into the body a dateline may reach.
	datelineRunes = 120
	// datelineWords is how many words may stand before its date.
	datelineWords = 6
)

// dateline gives the date of the dateline with which body begins: a place, a
// full date and a mark that divides them from the text, or a first line that
// holds little but a date. A dateline that lies after the time of fetching,
// where that is known, is wrong and gives nothing.
func dateline(body string, fetched time.Time) centre.Moment {
	line, _, _ := strings.Cut(body, "\n")
	words := dateWords(line)
	for i := range words {
		if i > datelineWords {
			break
		}
		date, used := parseDate(words[i:])
		if used == 0 {
			continue
		}
		if date.IsZero() || !placeLike(words[:i]) || !divided(line, words, i+used) {
			return centre.Moment{}
		}
		if !fetched.IsZero() && date.After(fetched.Add(48*time.Hour)) {
			return centre.Moment{}
		}
		return centre.Moment{Time: date, Precision: centre.PrecisionDay, Basis: centre.BasisDateline}
	}
	return centre.Moment{}
}

// dateWord is a word or a number of a dateline; end is its last byte's successor.
type dateWord struct {
	text       string // lower case, digits as ASCII
	number     int    // of digits alone; -1 for others
	digits     int
	start, end int
	upper      bool // its first letter is a capital, or has no case
	bracketed  bool // stands in brackets or between slashes
	after      rune // the first character after it; 0 at the end
}

// dateWords cuts the beginning of a line into words; a line without a digit near
// its beginning has none of use.
func dateWords(line string) []dateWord {
	digits := false
	for _, r := range line[:min(len(line), 4*datelineRunes)] {
		if digits = digitValue(r) >= 0; digits {
			break
		}
	}
	if !digits {
		return nil
	}
	return cutWords(line)
}

// cutWords cuts the beginning of a line into words.
func cutWords(line string) (words []dateWord) {
	runes, open := 0, false
	for i := 0; i < len(line) && runes < datelineRunes && len(words) < 2*datelineWords+5; {
		r, n := utf8.DecodeRuneInString(line[i:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			switch r {
			case '(', '[':
				open = true
			case ')', ']':
				open = false
			}
			i += n
			runes++
			continue
		}
		w := dateWord{start: i, number: -1, upper: !unicode.IsLower(r), bracketed: open}
		var b strings.Builder
		digit := unicode.IsDigit(r)
		for i < len(line) {
			r, n = utf8.DecodeRuneInString(line[i:])
			if !(unicode.IsLetter(r) || unicode.Is(unicode.Mn, r) || unicode.IsDigit(r)) || unicode.IsDigit(r) != digit {
				break
			}
			if d := digitValue(r); d >= 0 {
				w.number = max(w.number, 0)*10 + d
				w.digits++
				if w.digits > 4 {
					w.number = -1
					w.digits = 5
				}
				b.WriteByte(byte('0' + d))
			} else {
				b.WriteRune(foldMonth(r))
			}
			i += n
			runes++
		}
		w.text, w.end = b.String(), i
		if i < len(line) {
			w.after, _ = utf8.DecodeRuneInString(line[i:])
		}
		words = append(words, w)
	}
	return words
}

func digitValue(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r >= 0x0660 && r <= 0x0669:
		return int(r - 0x0660)
	case r >= 0x06F0 && r <= 0x06F9:
		return int(r - 0x06F0)
	}
	return -1
}

// foldMonth brings the spellings of a month's name together.
func foldMonth(r rune) rune {
	switch r {
	case 'أ', 'إ', 'آ':
		return 'ا'
	case 'ي', 'ى', 'ئ':
		return 'ی'
	case 'ك':
		return 'ک'
	case 'İ':
		return 'i'
	}
	return unicode.ToLower(r)
}

// parseDate reads a full date at the beginning of words, and tells how many
// words it took; 0 where there is none.
func parseDate(words []dateWord) (date time.Time, used int) {
	at := func(i int) dateWord {
		if i < len(words) {
			return words[i]
		}
		return dateWord{number: -1}
	}
	a, b, c := at(0), at(1), at(2)
	switch {
	case a.digits == 4 && b.number > 0 && c.number > 0 && (a.after == '-' || a.after == '/' || a.after == '.'): // 2015-09-26, 1394/07/04
		return made(a.number, b.number, c.number, a.number < 1600), 3
	case a.number > 0 && b.number > 0 && c.digits == 4 && (a.after == '.' || a.after == '/' && a.number > 12): // 26.09.2015; 26/09/2015 can be read one way only
		return made(c.number, b.number, a.number, false), 3
	case a.number > 0 && a.digits <= 2: // 26 September 2015
		i := 1
		if t := at(i).text; a.after != ' ' && (t == "st" || t == "nd" || t == "rd" || t == "th" || t == "er") || t == "de" {
			i++
		}
		month, solar, n := monthAt(words, i)
		if n == 0 {
			return date, 0
		}
		i += n
		if t := at(i).text; t == "de" || t == "سنة" || t == "عام" || t == "سال" {
			i++
		}
		if y := at(i); y.digits == 4 {
			return made(y.number, month, a.number, solar), i + 1
		}
	default: // September 26, 2015
		month, solar, n := monthAt(words, 0)
		day := at(n)
		if n == 0 || solar || day.number <= 0 || day.digits > 2 {
			return date, 0
		}
		n++
		if t := at(n).text; t == "st" || t == "nd" || t == "rd" || t == "th" {
			n++
		}
		if y := at(n); y.digits == 4 {
			return made(y.number, month, day.number, false), n + 1
		}
	}
	return date, 0
}

// made builds a date, or a zero one that divided will not take.
func made(year, month, day int, solar bool) time.Time {
	if solar {
		return lexis.FromSolarHijri(year, month, day)
	}
	if year < 1900 || year > 2100 {
		return time.Time{}
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day || int(t.Month()) != month {
		return time.Time{}
	}
	return t
}

// monthAt finds a month's name of one or two words.
func monthAt(words []dateWord, i int) (month int, solar bool, used int) {
	if i >= len(words) {
		return 0, false, 0
	}
	if i+1 < len(words) {
		if m, ok := months[words[i].text+" "+words[i+1].text]; ok {
			return m, false, 2
		}
	}
	if m, ok := months[words[i].text]; ok {
		return m, false, 1
	}
	if m, ok := solarMonths[words[i].text]; ok {
		return m, true, 1
	}
	return 0, false, 0
}

// placeLike tells whether the words before a date may be a dateline's place,
// agency and day of the week: names, none of the words that put a date into a
// sentence.
func placeLike(words []dateWord) bool {
	for i, w := range words {
		if sentenceWords[w.text] {
			return false
		}
		if !w.upper && !w.bracketed && !(i > 0 && len(w.text) <= 4) {
			return false
		}
	}
	return true
}

// divided tells whether what follows a date, but for an agency in brackets and
// the word for "year", divides a dateline from the text.
func divided(line string, words []dateWord, next int) bool {
	rest := line[words[next-1].end:]
	for _, year := range []string{" года", " г.", " г", "г.", "م", " م", " م.", " ش", "."} {
		if after, ok := strings.CutPrefix(rest, year); ok && !startsWord(after) {
			rest = after
			break
		}
	}
	rest = strings.TrimLeft(rest, " ,.،")
	for _, pair := range []string{"()", "[]", "//"} {
		if strings.HasPrefix(rest, pair[:1]) {
			if end := strings.Index(rest[1:], pair[1:]); end >= 0 && end < 60 {
				return true
			}
		}
	}
	if rest == "" {
		return utf8.RuneCountInString(line) <= 80
	}
	r, _ := utf8.DecodeRuneInString(rest)
	switch r {
	case '-', '–', '—', '−', ':', '|', '•', 'ـ':
		return true
	}
	// "BAGHDAD, Sept 26, 2015 AGENCY -": up to three words and a mark.
	tail := words[next:]
	for i, w := range tail {
		if i == 3 || !w.upper {
			break
		}
		if after := strings.TrimLeft(line[w.end:], " )"); after != "" {
			if r, _ := utf8.DecodeRuneInString(after); r == '—' || r == '–' || r == '-' && line[w.end] != '-' || r == ':' {
				return true
			}
		}
	}
	return false
}

func startsWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s != "" && unicode.IsLetter(r)
}
