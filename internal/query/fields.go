package query

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"entente/internal/centre"
)

// fieldNames lists the fields, as an error names them.
var fieldNames = []string{
	"lang", "source", "member", "place", "near", "box", "after", "before",
	"received-after", "received-before", "grade", "story", "event", "claim", "speaker", "stance", "roots", "person", "org", "entity",
}

// value is what stands after a field's colon, with the place of its first
// character in the query. Its digits and separators are Latin ones.
type value struct {
	text string
	at   int
}

func (v value) fail(expected string) error { return fail(v.at, "%s", expected) }

// field reads a field where one begins here. A name that is no field's is a
// mistake, but an address or a word before a colon and a space is just words.
func (p *parser) field() (Node, bool, error) {
	end := p.at
	for end < len(p.runes) && (p.runes[end]|0x20 >= 'a' && p.runes[end]|0x20 <= 'z' || end > p.at && p.runes[end] == '-') {
		end++
	}
	if end == p.at || end == len(p.runes) || p.runes[end] != ':' {
		return nil, false, nil
	}
	name := strings.ToLower(string(p.runes[p.at:end]))
	read, known := readers[name]
	rest := p.runes[end+1:]
	nothing := len(rest) == 0 || space(rest[0]) || opens(rest[0]) || closes(rest[0])
	switch {
	case !known && (nothing || len(rest) > 1 && rest[0] == '/' && rest[1] == '/'):
		return nil, false, nil
	case !known:
		return nil, false, fail(p.at, "a word or one of the fields %s: there is no field %s", strings.Join(fieldNames, ", "), name)
	case nothing:
		return nil, false, fail(end+1, "a value after %s:", name)
	}
	p.at = end + 1
	v := value{at: p.at}
	if quote(rest[0]) != "" {
		v.at++
		text, err := p.quoted()
		if err != nil {
			return nil, false, err
		}
		v.text = text
	} else {
		v.text = p.run()
	}
	v.text = norm.NFC.String(v.text)
	n, err := read(v, p.zone)
	return n, true, err
}

var readers = map[string]func(value, *time.Location) (Node, error){
	"lang":            readLanguage,
	"source":          readSource,
	"member":          readMember,
	"place":           readPlace,
	"near":            readNear,
	"box":             readBox,
	"grade":           readGrade,
	"story":           readStory,
	"event":           readHappens,
	"claim":           readClaim,
	"speaker":         readSpeaker,
	"stance":          readStance,
	"roots":           readRoots,
	"person":          readPerson,
	"org":             readBody,
	"entity":          readEntity,
	"after":           readTime(func(t time.Time) Node { return Published{From: t} }),
	"before":          readTime(func(t time.Time) Node { return Published{Until: t} }),
	"received-after":  readTime(func(t time.Time) Node { return Received{From: t} }),
	"received-before": readTime(func(t time.Time) Node { return Received{Until: t} }),
}

var (
	tagForm  = regexp.MustCompile(`^[a-z]{2,3}(-[a-z0-9]{2,8})*$`)
	slugForm = regexp.MustCompile(`^[a-z0-9-]+$`)
)

func readLanguage(v value, _ *time.Location) (Node, error) {
	tag := strings.ToLower(strings.TrimSpace(v.text))
	if !tagForm.MatchString(tag) {
		return nil, v.fail("the tag of a language, such as en, ar, fa or ru")
	}
	parts := strings.Split(tag, "-")
	for i, part := range parts[1:] {
		switch len(part) { // BCP 47, 2.1.1: the usual case of subtags
		case 2:
			parts[i+1] = strings.ToUpper(part)
		case 4:
			parts[i+1] = strings.ToUpper(part[:1]) + part[1:]
		}
	}
	return Language{Tag: strings.Join(parts, "-")}, nil
}

func readSource(v value, _ *time.Location) (Node, error) {
	slug := strings.ToLower(strings.TrimSpace(v.text))
	if !slugForm.MatchString(slug) {
		return nil, v.fail("the short name of a source, of letters a to z, digits and hyphens, such as tass")
	}
	return Source{Slug: slug}, nil
}

func readMember(v value, _ *time.Location) (Node, error) {
	code := centre.MemberCode(strings.ToUpper(strings.TrimSpace(v.text)))
	if !code.Valid() {
		return nil, v.fail("the code of a member, such as IRQ")
	}
	return Member{Code: code}, nil
}

func readPlace(v value, _ *time.Location) (Node, error) {
	name := strings.Join(strings.FieldsFunc(v.text, space), " ")
	name = strings.Trim(name, ".,;:!?،؛؟* ")
	if len(normalised(name)) == 0 {
		return nil, v.fail(`the name of a place, such as baghdad or "New York"`)
	}
	return Place{Name: name}, nil
}

func readStory(v value, _ *time.Location) (Node, error) {
	id, err := centre.ParseID(strings.ToLower(strings.TrimSpace(v.text)))
	if err != nil || id == 0 {
		return nil, v.fail("the id of a story, which has 13 characters")
	}
	return Story{ID: id}, nil
}

func readHappens(v value, _ *time.Location) (Node, error) {
	category := centre.EventCategory(strings.ToLower(strings.TrimSpace(v.text)))
	if category == "any" {
		return Happens{}, nil
	}
	if !slices.Contains(centre.EventCategories, category) {
		return nil, v.fail("any, or a category of events such as armed_clash, agreement or aid_movement")
	}
	return Happens{Category: category}, nil
}

// part is a piece of a value that commas divide.
func (v value) parts() []value {
	var parts []value
	at := v.at
	for piece := range strings.SplitSeq(latin(v.text), ",") {
		parts = append(parts, value{strings.TrimFunc(piece, space), at})
		at += len([]rune(piece)) + 1
	}
	return parts
}

// number reads a number of degrees between the bounds.
func (v value) number(low, high float64) (float64, bool) {
	f, err := strconv.ParseFloat(v.text, 64)
	if err != nil || !(f >= low && f <= high) || strings.ContainsAny(v.text, "xXpP_") {
		return 0, false
	}
	return f + 0, true // -0 is 0
}

// halfway is the distance between antipodes, in metres.
const halfway = math.Pi * EarthRadius

var unitMetres = []struct {
	unit   string
	metres float64
}{{"km", 1000}, {"nm", 1852}, {"mi", 1609.344}, {"m", 1}, {"км", 1000}, {"м", 1}, {"كم", 1000}, {"کیلومتر", 1000}}

func readNear(v value, _ *time.Location) (Node, error) {
	parts := v.parts()
	end := v.at + len([]rune(v.text))
	lat, ok := parts[0].number(-90, 90)
	if !ok {
		return nil, parts[0].fail("a latitude between -90 and 90, such as in near:33.3,44.4,50km")
	}
	if len(parts) < 2 {
		return nil, fail(end, "a comma and a longitude after the latitude, such as in near:33.3,44.4,50km")
	}
	lon, ok := parts[1].number(-180, 180)
	if !ok {
		return nil, parts[1].fail("a longitude between -180 and 180, such as in near:33.3,44.4,50km")
	}
	if len(parts) < 3 {
		return nil, fail(end, "a distance such as 50km after the coordinates")
	}
	if len(parts) > 3 {
		return nil, parts[3].fail("nothing after the distance")
	}
	metres, ok := distance(parts[2].text)
	if !ok {
		return nil, parts[2].fail("a distance such as 50km after the coordinates, in km, m, mi or nm and not beyond the other side of the Earth")
	}
	return Near{Point: centre.At(lon, lat), Metres: metres}, nil
}

func distance(text string) (float64, bool) {
	text = strings.ToLower(text)
	for _, u := range unitMetres {
		if digits, ok := strings.CutSuffix(text, u.unit); ok {
			n, ok := value{text: strings.TrimSpace(digits)}.number(0, halfway)
			return n * u.metres, ok && n > 0 && n*u.metres <= halfway
		}
	}
	return 0, false
}

func readBox(v value, _ *time.Location) (Node, error) {
	parts := v.parts()
	if len(parts) != 4 {
		return nil, v.fail("west, south, east and north in degrees, such as in box:38.8,29.1,48.6,37.4")
	}
	var side [4]float64
	for i, bound := range []float64{180, 90, 180, 90} {
		n, ok := parts[i].number(-bound, bound)
		if !ok {
			return nil, fail(parts[i].at, "a number of degrees between -%g and %g", bound, bound)
		}
		side[i] = n
	}
	if side[1] > side[3] {
		return nil, parts[3].fail("a northern border that is not south of the southern one")
	}
	return Box{West: side[0], South: side[1], East: side[2], North: side[3]}, nil
}

var gradeForm = regexp.MustCompile(`^([A-F]?)([1-6]?)(?:(?:\.\.|…|-|–)([A-F]?)([1-6]?))?$`)

func readGrade(v value, _ *time.Location) (Node, error) {
	const expected = "a grade such as B2, B, 3 or F6, or a range such as B2..C3"
	text := strings.ToUpper(strings.TrimSpace(latin(v.text)))
	m := gradeForm.FindStringSubmatch(text)
	if m == nil || m[1]+m[2] == "" {
		return nil, v.fail(expected)
	}
	if m[3]+m[4] == "" {
		if len(text) > len(m[1]+m[2]) {
			return nil, fail(v.at+len([]rune(text)), "the other end of the range, such as in B2..C3")
		}
		m[3], m[4] = m[1], m[2]
	}
	if (m[1] == "") != (m[3] == "") || (m[2] == "") != (m[4] == "") {
		return nil, v.fail("a range whose ends are of one kind, such as B2..C3, B..D or 2..4")
	}
	if (m[1] == "F") != (m[3] == "F") || (m[2] == "6") != (m[4] == "6") {
		return nil, v.fail("a range from A to E and 1 to 5: F and 6 mean that it cannot be judged, and are asked for alone")
	}
	var g Grade
	if m[1] != "" {
		g.ReliabilityFrom, g.ReliabilityTo = centre.Reliability(min(m[1], m[3])[0]), centre.Reliability(max(m[1], m[3])[0])
	}
	if m[2] != "" {
		g.CredibilityFrom, g.CredibilityTo = centre.Credibility(min(m[2], m[4])[0]-'0'), centre.Credibility(max(m[2], m[4])[0]-'0')
	}
	return g, nil
}

// dateForms are what after: and before: take. The first four begin a span in
// the reader's zone; the last name their own.
var dateForms = []string{
	"2006-01-02", "2006-01-02T15:04", "2006-01-02T15:04:05", "2006-01", "2006",
	"2006-01-02T15:04Z07:00", "2006-01-02T15:04:05Z07:00",
}

func readTime(node func(time.Time) Node) func(value, *time.Location) (Node, error) {
	return func(v value, zone *time.Location) (Node, error) {
		text := strings.ToUpper(strings.TrimSpace(latin(v.text)))
		for _, form := range dateForms {
			t, err := time.ParseInLocation(form, text, zone)
			if err != nil {
				continue
			}
			if t.Year() < 1700 || t.Year() > 2999 {
				return nil, v.fail("a year of the Gregorian calendar between 1700 and 2999")
			}
			if !strings.Contains(text, "T") {
				t = firstInstant(t, text)
			}
			return node(t.UTC().Truncate(time.Millisecond)), nil
		}
		return nil, v.fail("a date such as 2015-09-26 or 2015-09, or a time such as 2015-09-26T15:30 or 2015-09-26T12:30:00Z")
	}
}

// firstInstant mends a day that has no midnight because clocks jump over it:
// Go may then give an instant of the day before.
func firstInstant(t time.Time, text string) time.Time {
	if t.Format("2006-01-02")[:len(text)] == text {
		return t
	}
	_, jump := t.ZoneBounds()
	return jump
}

// latin turns the digits and separators of Arabic and Persian into Latin ones.
func latin(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case '٠' <= r && r <= '٩':
			return r - '٠' + '0'
		case '۰' <= r && r <= '۹':
			return r - '۰' + '0'
		case r == '٫':
			return '.'
		case r == '،':
			return ','
		case r == '−':
			return '-'
		}
		return r
	}, text)
}
