package tracks

import (
	"encoding/xml"
	"errors"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
)

// event is a message as it stands in XML.
type event struct {
	XMLName xml.Name `xml:"event"`
	Version string   `xml:"version,attr"`
	UID     string   `xml:"uid,attr"`
	Type    string   `xml:"type,attr"`
	Time    string   `xml:"time,attr"`
	Start   string   `xml:"start,attr"`
	Stale   string   `xml:"stale,attr"`
	How     string   `xml:"how,attr"`
	Access  string   `xml:"access,attr"`
	Opex    string   `xml:"opex,attr"`
	Point   *struct {
		Lat string `xml:"lat,attr"`
		Lon string `xml:"lon,attr"`
		HAE string `xml:"hae,attr"`
		CE  string `xml:"ce,attr"`
		LE  string `xml:"le,attr"`
	} `xml:"point"`
	Callsign struct {
		Value string `xml:"callsign,attr"`
	} `xml:"detail>contact"`
	Motion struct {
		Course string `xml:"course,attr"`
		Speed  string `xml:"speed,attr"`
	} `xml:"detail>track"`
	Remarks []string `xml:"detail>remarks"`
}

// Reasons for which a message is left out. Each is what the problem says of the
// messages that it counts.
var (
	errXML        = errors.New("could not be read as XML")
	errVersion    = errors.New("were of another version than 2")
	errIncomplete = errors.New("lacked a required attribute, or it could not be read")
	errTask       = errors.New("were tasks (types t-...), which this centre neither takes nor passes on")
	errStale      = errors.New("were stale when they came")
	errAhead      = errors.New("said that they were made more than a day from now; the sender's clock is wrong")
	errNowhere    = errors.New("had no position")
	errAccess     = errors.New("restrict their access, which tracks of this source cannot; mark the source for its originator alone to take them")
)

var (
	// aType is the form of a type: letters, digits and dots between hyphens,
	// beginning with one letter (CoT base schema).
	aType = regexp.MustCompile(`^[a-zA-Z](?:-[A-Za-z0-9_.]+)*$`)
	// aHow: the machine or human that gave the position, and how.
	aHow = regexp.MustCompile(`^[a-z](?:-[A-Za-z0-9_.]+)*$`)
)

const (
	unknown    = 9999999 // of hae, ce and le
	maxSkew    = 24 * time.Hour
	maxUID     = 500
	maxRemarks = 20_000 // bytes
)

// parse reads a message that arrived at now at a source; the error is one of
// the reasons above.
func parse(message []byte, s centre.Source, now time.Time) (centre.Track, error) {
	var e event
	if err := xml.Unmarshal(message, &e); err != nil {
		return centre.Track{}, errXML
	}
	t := centre.Track{
		Source: s.ID, UID: gather.PlainLine(e.UID), Type: strings.TrimSpace(e.Type), How: strings.TrimSpace(e.How),
		Callsign: gather.PlainLine(e.Callsign.Value),
	}
	// Tasks first: nothing of them is looked at.
	if len(t.Type) > 0 && (t.Type[0] == 't' || t.Type[0] == 'T') && (len(t.Type) == 1 || t.Type[1] == '-') {
		return centre.Track{}, errTask
	}
	if version := strings.TrimSpace(e.Version); version != "2" && !strings.HasPrefix(version, "2.") {
		return centre.Track{}, errVersion
	}
	ok := true
	t.Time, t.Start, t.Stale = instant(e.Time, &ok), instant(e.Start, &ok), instant(e.Stale, &ok)
	if !ok || t.UID == "" || len(t.UID) > maxUID || len(t.Type) > 200 || !aType.MatchString(t.Type) ||
		len(t.How) > 100 || !aHow.MatchString(t.How) || t.Stale.Before(t.Start) || e.Point == nil {
		return centre.Track{}, errIncomplete
	}
	switch {
	case !t.Stale.After(now):
		return centre.Track{}, errStale
	case t.Time.After(now.Add(maxSkew)):
		return centre.Track{}, errAhead
	case restricted(e.Access) && (len(s.Marking.Releasable) > 0):
		return centre.Track{}, errAccess
	}
	lat, okLat := number(e.Point.Lat)
	lon, okLon := number(e.Point.Lon)
	hae, okHAE := number(e.Point.HAE)
	ce, okCE := number(e.Point.CE)
	le, okLE := number(e.Point.LE)
	if !okLat || !okLon || !okHAE || !okCE || !okLE {
		return centre.Track{}, errIncomplete
	}
	t.Height, t.Circular, t.Linear = measure(hae, -unknown), measure(ce, 0), measure(le, 0)
	if math.Abs(lat) > 90 || math.Abs(lon) > 180 || lat == 0 && lon == 0 && t.Circular == nil {
		return centre.Track{}, errNowhere
	}
	t.Point = centre.At(lon, lat)
	if course, ok := number(e.Motion.Course); ok && course >= 0 && course <= 360 {
		t.Course = &course
	}
	if speed, ok := number(e.Motion.Speed); ok {
		t.Speed = measure(speed, 0)
	}
	t.Remarks = remarks(e)
	return t, nil
}

// remarks gathers what people wrote, behind a warning where the message is not
// of real operations.
func remarks(e event) string {
	var parts []string
	switch opex := strings.ToLower(strings.TrimSpace(e.Opex)); {
	case opex == "e" || strings.HasPrefix(opex, "e-"):
		parts = append(parts, "EXERCISE")
	case opex == "s" || strings.HasPrefix(opex, "s-"):
		parts = append(parts, "SIMULATION")
	}
	for _, r := range e.Remarks {
		if text := strings.TrimSpace(gather.CleanText(r)); text != "" {
			parts = append(parts, text)
		}
	}
	text := strings.Join(parts, "\n")
	if len(text) > maxRemarks {
		text = strings.ToValidUTF8(text[:maxRemarks], "") + "…"
	}
	return text
}

// restricted reports whether an access attribute keeps a message from anybody.
// Its words are free; those that are known to restrict nobody are listed.
func restricted(access string) bool {
	switch strings.ToLower(strings.TrimSpace(access)) {
	case "", "undefined", "unrestricted", "public":
		return false
	}
	return true
}

// instant reads a time; CoT's are UTC, also where a sender leaves the Z out.
func instant(text string, ok *bool) time.Time {
	text = strings.TrimSpace(text)
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999"} {
		if at, err := time.Parse(layout, text); err == nil && at.Year() >= 1970 && at.Year() <= 9999 {
			return at.UTC()
		}
	}
	*ok = false
	return time.Time{}
}

// number reads a decimal number.
func number(text string) (float64, bool) {
	x, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	return x, err == nil && !math.IsNaN(x) && !math.IsInf(x, 0)
}

// measure gives a number of metres that is known: from least on and below the
// number that stands for unknown.
func measure(x, least float64) *float64 {
	if x >= unknown || x < least {
		return nil
	}
	return &x
}
