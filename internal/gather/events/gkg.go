package events

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
)

// Columns of GKG 2.1 files (GDELT Global Knowledge Graph Codebook V2.1), from 0.
const (
	gkID            = 0
	gkDate          = 1
	gkCollection    = 2
	gkSource        = 3
	gkDocument      = 4
	gkCounts        = 5
	gkCounts2       = 6
	gkThemes        = 7
	gkPersons       = 11
	gkOrganisations = 13
	gkTone          = 15
	gkQuotations    = 22
	gkTranslation   = 25
	gkExtras        = 26
	gkgColumns      = 27
)

// gkgCounts is what the types of counts mean that the codebook lists. That
// people were killed or wounded does not tell by what; such a count is "other".
var gkgCounts = map[string]action{
	"KILL":       {centre.EventOther, "Killed"},
	"WOUND":      {centre.EventOther, "Wounded"},
	"ARREST":     {centre.EventArrestDetention, "Arrested"},
	"PROTEST":    {centre.EventProtest, "Protesting"},
	"KIDNAP":     {centre.EventAbduction, "Abducted"},
	"SEIZE":      {centre.EventOther, "Seized"},
	"AFFECT":     {centre.EventOther, "Affected"},
	"SICK":       {centre.EventHealth, "Ill"},
	"REFUGEES":   {centre.EventDisplacement, "Refugees"},
	"DISPLACED":  {centre.EventDisplacement, "Displaced"},
	"EVACUATION": {centre.EventDisplacement, "Evacuated"},
}

// isGKGRow knows a row of the knowledge graph: 27 columns, an id that begins
// with the instant of its file.
func isGKGRow(line []byte) bool {
	if bytes.Count(line, []byte("\t")) != gkgColumns-1 && len(line) < headSize {
		return false
	}
	id, rest, found := bytes.Cut(line, []byte("\t"))
	date, _, more := bytes.Cut(rest, []byte("\t"))
	instant, _, dash := bytes.Cut(id, []byte("-"))
	return found && more && dash && len(instant) == 14 && isDigits(string(instant)) && len(date) == 14 && isDigits(string(date))
}

// gkg reads a file of the knowledge graph.
func (s *sink) gkg(r io.Reader) error {
	l := newLines(s.ctx, r)
	records := s.r.Source.Options[OptionRecords] == "yes"
	var f [gkgColumns]string
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
		if n := splitTabs(f[:], line); n != gkgColumns {
			s.leaveOut(l.n, "it has %d columns instead of %d", n, gkgColumns)
			continue
		}
		if f[gkID] = oneLine(strings.Clone(f[gkID]), 60); f[gkID] == "" {
			s.leaveOut(l.n, "it has no GKGRECORDID")
			continue
		}
		if err := s.counts(l.n, &f); err != nil {
			return err
		}
		if records {
			if err := s.document(gkgDocument(s.r, &f)); err != nil {
				return err
			}
		}
	}
}

// maxCounts bounds the counts of one article: lists of casualties in roundups
// hold dozens, never more than this.
const maxCounts = 200

// counts makes an event of each count of a row. The same count at several
// offsets of the text is one.
func (s *sink) counts(line int, f *[gkgColumns]string) error {
	blocks := f[gkCounts2]
	if strings.TrimSpace(blocks) == "" {
		blocks = f[gkCounts]
	}
	var seen []string
	for block := range strings.SplitSeq(blocks, ";") {
		parts := strings.Split(block, "#")
		if len(parts) < 10 {
			if strings.TrimSpace(block) != "" {
				s.say("%s, line %d: the count %q has %d parts instead of 10 or 11; it was left out.", s.name, line, clip(block), len(parts))
			}
			continue
		}
		key := strings.Join(parts[:10], "#")
		if contains(seen, key) || len(seen) >= maxCounts {
			continue
		}
		seen = append(seen, key)
		e, err := s.next(line, licenceGDELT)
		if err != nil {
			return err
		}
		e.ExternalID = f[gkID] + "/" + strconv.Itoa(len(seen))
		s.count(e, parts, f)
	}
	return nil
}

// count fills an event from one block: type, number, object, then the place as
// type, name, country, first-order division, latitude, longitude, feature.
func (s *sink) count(e *centre.Event, parts []string, f *[gkgColumns]string) {
	for i := range parts { // the row's long line is not kept alive for a few words of it
		parts[i] = strings.Clone(parts[i])
	}
	kind := strings.TrimSpace(parts[0])
	meaning, known := gkgCounts[kind]
	if !known {
		meaning = action{centre.EventOther, oneLine(strings.ReplaceAll(kind, "_", " "), 100)}
	}
	e.Category, e.Code = meaning.category, oneLine(kind, 100)
	number, object := oneLine(parts[1], 20), oneLine(parts[2], maxField)
	e.Title = meaning.label + ": " + number
	if object != "" {
		e.Title += " " + object
	}
	e.Title = text(e.Title, maxTitle)

	toll := centre.Toll{}
	if n, ok := count(number); ok {
		toll = centre.Toll{Known: true, Low: n, Best: n, High: n, Basis: "GDELT GKG count, read by machine"}
	} else {
		e.Problems = append(e.Problems, "The number "+clip(number)+" is no number of people; it counts as unknown.")
	}
	switch kind {
	case "KILL":
		e.Killed = toll
	case "WOUND":
		e.Injured = toll
	}
	if precision, radius := gdeltPlace(parts[3]); precision != centre.GeoUnknown {
		e.Place, e.Country, e.Admin1 = oneLine(parts[4], maxField), countries().fips[parts[5]], text(parts[6], 20)
		place(e, parts[7], parts[8], precision, radius)
	}
	e.URL = webAddress(strings.Clone(f[gkDocument]))
	e.Attribution = oneLine(strings.Clone(f[gkSource]), maxField)
	if at, ok := gdeltInstant(f[gkDate]); ok {
		e.Notes = "Counted by GDELT in an article of " + at.Format("2006-01-02 15:04") + " UTC. When it happened is not said."
	}
}

// gdeltInstant reads YYYYMMDDHHMMSS.
func gdeltInstant(s string) (time.Time, bool) {
	if len(s) != 14 || !isDigits(s) {
		return time.Time{}, false
	}
	at, err := time.Parse("20060102150405", s)
	return at, err == nil && at.Year() > 1
}

// gkgDocument makes a document of a row: not the article, which GDELT does not
// give, but what GDELT found in it.
func gkgDocument(r gather.Request, f *[gkgColumns]string) centre.Document {
	d := centre.Document{
		Source: r.Source.ID, ExternalID: f[gkID], Fetched: r.Now, MediaType: "text/plain", Language: "en",
		URL: webAddress(strings.Clone(f[gkDocument])), Author: oneLine(f[gkSource], maxField),
		Title: gather.PlainLine(between(f[gkExtras], "<PAGE_TITLE>", "</PAGE_TITLE>")),
	}
	when, basis := between(f[gkExtras], "<PAGE_PRECISEPUBTIMESTAMP>", "</PAGE_PRECISEPUBTIMESTAMP>"), centre.PrecisionMinute
	at, ok := gdeltInstant(when)
	if !ok {
		// The row's own date is that of the file in which the article was met.
		at, ok = gdeltInstant(f[gkDate])
		at, basis = at.Truncate(24*time.Hour), centre.PrecisionDay
	}
	if ok {
		m, problem := gather.Plausible(centre.Moment{Time: at, Precision: basis, Basis: centre.BasisColumn}, r.Now)
		if d.Published = m; problem != "" {
			d.Problems = append(d.Problems, problem)
		}
	}
	var b strings.Builder
	list := func(label string, column, most int) {
		var items []string
		for item := range strings.SplitSeq(f[column], ";") {
			if item = oneLine(item, 300); item != "" && len(items) < most && !contains(items, item) {
				items = append(items, item)
			}
		}
		if len(items) > 0 {
			b.WriteString(label + ": " + strings.Join(items, "; ") + "\n")
		}
	}
	list("Persons", gkPersons, 300)
	list("Organisations", gkOrganisations, 300)
	list("Themes", gkThemes, 300)
	for quote := range strings.SplitSeq(f[gkQuotations], "#") { // offset|length|verb|quote, divided by #
		if parts := strings.SplitN(quote, "|", 4); len(parts) == 4 {
			if said := oneLine(parts[3], 2000); said != "" {
				b.WriteString("Quotation: " + said + "\n")
			}
		}
	}
	d.Body = b.String()
	for _, p := range []struct {
		name   string
		column int
	}{{"V2SOURCECOMMONNAME", gkSource}, {"V1.5TONE", gkTone}, {"TRANSLATIONINFO", gkTranslation}, {"V2SOURCECOLLECTIONIDENTIFIER", gkCollection}} {
		if value := oneLine(strings.Clone(f[p.column]), maxField); value != "" {
			d.Properties = append(d.Properties, centre.Property{Name: p.name, Value: value})
		}
	}
	return d
}

func between(s, from, to string) string {
	_, s, found := strings.Cut(s, from)
	if !found {
		return ""
	}
	s, _, _ = strings.Cut(s, to)
	return strings.Clone(s)
}
