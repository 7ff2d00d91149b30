package events

import (
	"bytes"
	"io"
	"net/url"
	"strings"

	"entente/internal/centre"
)

// Columns of GDELT 2.0 event files (GDELT Event Codebook V2.0), from 0.
const (
	gdID          = 0
	gdDay         = 1
	gdActor1      = 5  // Code, Name, CountryCode, and seven more
	gdActor2      = 15 // the same ten
	gdCode        = 26
	gdGoldstein   = 30
	gdMentions    = 31
	gdSources     = 32
	gdArticles    = 33
	gdTone        = 34
	gdActionGeo   = 51 // Type, FullName, CountryCode, ADM1Code, ADM2Code, Lat, Long, FeatureID
	gdAdded       = 59
	gdURL         = 60
	gdeltColumns  = 61
	gdelt1Columns = 58
)

// gdeltGeo is what the types of places of GDELT mean, by number. The radii are
// ours: half of a typical country, state and city, in metres.
var gdeltGeo = [...]struct {
	precision centre.GeoPrecision
	radius    float64
}{
	1: {centre.GeoCountry, 500_000},
	2: {centre.GeoAdmin1, 300_000}, // a state of the United States
	3: {centre.GeoExact, 10_000},   // a city or landmark of the United States
	4: {centre.GeoExact, 10_000},   // a city or landmark elsewhere
	5: {centre.GeoAdmin1, 150_000}, // a first-order division elsewhere
}

// gdeltPlace reads the type of a place, "1" to "5".
func gdeltPlace(kind string) (centre.GeoPrecision, float64) {
	if len(kind) == 1 && kind[0] >= '1' && kind[0] <= '5' {
		g := gdeltGeo[kind[0]-'0']
		return g.precision, g.radius
	}
	return centre.GeoUnknown, 0
}

// isGDELTRow knows an event row by its columns: 61, a number, a day.
func isGDELTRow(line []byte) bool {
	if bytes.Count(line, []byte("\t")) != gdeltColumns-1 {
		return false
	}
	id, rest, _ := bytes.Cut(line, []byte("\t"))
	day, _, _ := bytes.Cut(rest, []byte("\t"))
	return isDigits(string(id)) && len(day) == 8 && isDigits(string(day))
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// isNumber tells what can be printed as a number without being read.
func isNumber(s string) bool {
	if s == "" || len(s) > 24 {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && c != '-' && c != '.' && c != 'E' && c != 'e' && c != '+' {
			return false
		}
	}
	return true
}

// gdelt reads a file of event rows. Each row costs its line and a few words;
// nothing grows with the file.
func (s *sink) gdelt(r io.Reader) error {
	l := newLines(s.ctx, r)
	g := gdeltReader{s: s, dates: days{now: s.r.Now}, actions: cameo(), codes: countries()}
	var f [gdeltColumns]string
	for {
		line, err := l.next()
		if err == errLong {
			s.leaveOut(l.n, "%s", err.Error())
			continue
		}
		if err != nil {
			return s.ended(err)
		}
		if line == "" {
			continue
		}
		if n := splitTabs(f[:], line); n != gdeltColumns {
			if n == gdelt1Columns || n == gdelt1Columns-1 {
				s.leaveOut(l.n, "it has %d columns, as files of GDELT 1.0 have; give those of GDELT 2.0 with %d", n, gdeltColumns)
			} else {
				s.leaveOut(l.n, "it has %d columns instead of %d", n, gdeltColumns)
			}
			continue
		}
		if !isDigits(f[gdID]) || len(f[gdID]) > 20 {
			s.leaveOut(l.n, "its GlobalEventID %q is no number", clip(f[gdID]))
			continue
		}
		e, err := s.next(l.n, licenceGDELT)
		if err != nil {
			return err
		}
		g.fill(e, &f)
	}
}

// splitTabs cuts a line at its tabs into to and gives the number of parts,
// which may be more than to holds.
func splitTabs(to []string, line string) int {
	n := 0
	for ; ; n++ {
		end := strings.IndexByte(line, '\t')
		if end < 0 || n == len(to) {
			break
		}
		to[n] = line[:end]
		line = line[end+1:]
	}
	if n < len(to) {
		to[n] = line
		return n + 1
	}
	return n + 1 + strings.Count(line, "\t")
}

// gdeltReader holds what the rows of one file share.
type gdeltReader struct {
	s       *sink
	dates   days
	actions map[string]action
	codes   *countryCodes
	notes   []byte
}

func (g *gdeltReader) fill(e *centre.Event, f *[gdeltColumns]string) {
	e.ExternalID = f[gdID]
	e.Code = text(f[gdCode], 20)
	meaning := actionOf(g.actions, f[gdCode])
	e.Category = meaning.category

	first, second := g.actor(e, f[gdActor1:], centre.RoleInitiator), g.actor(e, f[gdActor2:], centre.RoleAffected)
	e.Title = gdeltTitle(meaning.label, first, second)

	var why string
	if e.Start, why = g.dates.read(f[gdDay]); e.Start.Known() {
		e.TimePrecision = centre.TimeDay
	} else if why != "" {
		e.Problems = append(e.Problems, why)
	}

	geo := f[gdActionGeo : gdActionGeo+8]
	if precision, radius := gdeltPlace(geo[0]); precision != centre.GeoUnknown {
		e.Place, e.Country, e.Admin1 = oneLine(geo[1], maxField), g.codes.fips[geo[2]], text(geo[3], 20)
		place(e, geo[5], geo[6], precision, radius)
	}

	e.Mentions, _ = count(f[gdMentions])
	if e.URL = webAddress(f[gdURL]); e.URL != "" {
		e.Attribution = hostOf(e.URL)
	} else {
		e.Attribution = oneLine(f[gdURL], maxField) // "BBC Monitoring" and the like stand here too
	}
	e.Notes = g.measures(f)
}

// actor adds one of the two actors and gives its name.
func (g *gdeltReader) actor(e *centre.Event, f []string, role centre.EventRole) string {
	code, name := text(f[0], 40), oneLine(f[1], maxField)
	if name == "" {
		name = code
	}
	g.s.actor(e, centre.EventActor{Name: name, Code: code, Country: g.codes.cameo[f[2]], Role: role})
	return name
}

func gdeltTitle(label, first, second string) string {
	title := label
	switch {
	case first != "" && second != "":
		title = label + ": " + first + " – " + second
	case first != "":
		title = label + ": " + first
	case second != "":
		title = label + ": (unknown) – " + second
	}
	return cut(title, maxTitle)
}

// measures writes down GDELT's own figures, which have no field of their own.
func (g *gdeltReader) measures(f *[gdeltColumns]string) string {
	b := g.notes[:0]
	for _, m := range [...]struct {
		before string
		column int
	}{
		{"Goldstein scale ", gdGoldstein}, {"average tone ", gdTone}, {"sources ", gdSources}, {"articles ", gdArticles}, {"added to GDELT ", gdAdded},
	} {
		v := f[m.column]
		if !isNumber(v) {
			continue
		}
		if m.column == gdTone && len(v) > 6 { // more digits than it has meaning
			v = v[:6]
		}
		if len(b) > 0 {
			b = append(b, "; "...)
		}
		b = append(append(b, m.before...), v...)
	}
	g.notes = b
	if len(b) == 0 {
		return ""
	}
	return string(append(b, '.'))
}

// hostOf gives the host of an address without "www.", as the name of its
// publisher. It does not check what webAddress has checked.
func hostOf(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		rest = rest[:end]
	}
	if strings.ContainsAny(rest, "@:[%") {
		u, err := url.Parse(address)
		if err != nil {
			return ""
		}
		rest = u.Hostname()
	}
	return strings.TrimPrefix(rest, "www.")
}
