package page

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"entente/internal/centre"
	"entente/internal/gather"
)

// maxDateline is how far into the text a dateline may reach, in code points.
const maxDateline = 110

// dateWords is how many words a date may have: "26 September 2015 14:05 GMT".
const dateWords = 7

// dateline reads the beginning of a text as news agencies write it: place, day,
// agency, and a dash: "BAGHDAD, 26 September 2015 (Agency) — Officers ...",
// "بغداد - 26 أيلول 2015 (الوكالة) - ...", "БАГДАД, 26 сентября 2015 — ...",
// "تهران، ۴ مهر ۱۳۹۴ - ...". line is all before the text; "" where it begins
// otherwise. A day without a year is part of the line, and no date.
func dateline(text string) (line string, at centre.Moment) {
	looked := 0
	for one := range strings.SplitSeq(text, "\n") {
		if one = strings.TrimSpace(one); one == "" {
			continue
		}
		if line, at = datelineOf(one); line != "" {
			return line, at
		}
		if looked++; looked == maxLines {
			break
		}
	}
	return "", centre.Moment{}
}

// maxLines is how many lines may stand before the dateline: the headline, the
// line of author and time, the caption of a picture.
const maxLines = 4

func datelineOf(text string) (line string, at centre.Moment) {
	runes := []rune(text)
	head := string(runes[:min(len(runes), maxDateline)])
	end := -1
	for i := 0; i < len(head); {
		dash := dashes.FindStringIndex(head[i:])
		if dash == nil {
			break
		}
		line := strings.TrimSpace(head[:i+dash[0]])
		if m := ownDate(line); m.Known() {
			return line, m
		}
		if end < 0 && (capitals(line) || aDay(line)) {
			end = len(line)
		}
		i += dash[1]
	}
	if end < 0 {
		return "", centre.Moment{}
	}
	return strings.TrimSpace(head)[:end], centre.Moment{}
}

var dashes = regexp.MustCompile(`\s+(?:-{1,2}|–|—)\s*|—`)

// ownDate finds a date that stands by itself between the commas, stops,
// brackets and dashes of a line: in a sentence the same words are about
// something else.
func ownDate(line string) centre.Moment {
	parts := breaks.Split(line, 12)
	for i := range parts {
		for n := 1; n <= 3 && i+n <= len(parts); n++ { // "Saturday, September 26, 2015"
			run := strings.TrimSpace(strings.Join(parts[i:i+n], " "))
			if !fourDigits(run) {
				continue
			}
			if m, ok := gather.ParseDate(run, centre.BasisDateline); ok && m.Precision != centre.PrecisionMonth {
				return m
			}
		}
	}
	return centre.Moment{}
}

var breaks = regexp.MustCompile(`[,،;؛()\[\]/|·•—–]|\s--?\s|\.\s`)

// capitals reports whether a line begins with a word in capitals, as the place
// of a dateline is set in scripts that have them.
func capitals(line string) bool {
	letters := 0
	for _, r := range line {
		switch {
		case unicode.IsUpper(r):
			letters++
		case unicode.IsLower(r):
			return false
		case unicode.IsLetter(r):
			return false // a script without capitals
		default:
			if r == ',' || r == '(' || r == '/' || letters > 0 && unicode.IsSpace(r) {
				return letters >= 3
			}
		}
	}
	return letters >= 3
}

// aDay reports whether a part of a line is a day of a month without a year.
func aDay(line string) bool {
	for _, part := range breaks.Split(line, 12) {
		// A year makes a date of a day and a month, and of nothing else.
		if _, whole := gather.ParseDate(part, centre.BasisDateline); whole || strings.TrimSpace(part) == "" {
			continue
		}
		if m, ok := gather.ParseDate(part+" 2000", centre.BasisDateline); ok && m.Precision == centre.PrecisionDay {
			return true
		}
	}
	return false
}

func isBetween(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune(",،;؛()[]/|·•—–", r)
}

// dateIn finds the first run of words of a line that is a date with a year of
// four digits; the longest run that begins there. Unknown where there is none.
func dateIn(line string, basis centre.Basis) centre.Moment {
	line = strings.TrimRight(line, ".:")
	words := strings.FieldsFunc(line, isBetween)
	words = words[:min(len(words), 40)]
	for i := range words {
		for n := min(dateWords, len(words)-i); n > 0; n-- {
			run := strings.Join(words[i:i+n], " ")
			if !fourDigits(run) {
				continue
			}
			if m, ok := gather.ParseDate(strings.TrimRight(run, "."), basis); ok && m.Precision != centre.PrecisionMonth {
				return m
			}
		}
	}
	return centre.Moment{}
}

// fourDigits finds a year, in any digits.
func fourDigits(s string) bool {
	row := 0
	for _, r := range s {
		if row++; !unicode.IsDigit(r) {
			row = 0
		}
		if row == 4 {
			return true
		}
	}
	return false
}

// announced finds the words that announce a date of publication.
var announced = regexp.MustCompile(`(?i)(?:\b(?:published|posted|first published|publication date|date of publication)(?:\s+on|\s+at)?|опубликован[оаы]?|дата публикации|تاريخ النشر|نشرت? في|نُشر في|تم النشر(?: في)?|تاریخ انتشار|زمان انتشار|منتشر شده در|انتشار)\s*[:：]?\s+`)

// labelledDate finds "Published: 26 September 2015" near the head of the page.
func labelledDate(doc *html.Node) centre.Moment {
	near := doc
	for n := range doc.Descendants() {
		if n.DataAtom == atom.Article || n.DataAtom == atom.Main {
			near = n
			break
		}
	}
	visible := text(near, 5000)
	for _, at := range announced.FindAllStringIndex(visible, 5) {
		runes := []rune(visible[at[1]:min(len(visible), at[1]+200)])
		after := string(runes[:min(len(runes), 60)])
		words := strings.FieldsFunc(after, isBetween)
		for n := min(dateWords+1, len(words)); n > 0; n-- {
			run := strings.TrimRight(strings.Join(words[:n], " "), ".")
			if !fourDigits(run) {
				continue
			}
			if m, ok := gather.ParseDate(run, centre.BasisDateline); ok && m.Precision != centre.PrecisionMonth {
				return m
			}
		}
	}
	return centre.Moment{}
}
