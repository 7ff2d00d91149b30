package events

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
)

// mostProblems is how many rows that were left out are named in one fetch.
const mostProblems = 20

// sink gathers events into batches and yields them, and counts what was left
// out. It is used by one goroutine.
type sink struct {
	ctx  context.Context
	r    gather.Request
	name string // of the file being read, for origins and problems

	events   []centre.Event
	actors   []centre.EventActor // spare ones, cut off for the events' actors
	docs     []centre.Document
	problems []string
	more     int // problems beyond those listed
	taken    int // events and documents of the whole fetch
}

func newSink(ctx context.Context, r gather.Request, name string) *sink {
	return &sink{ctx: ctx, r: r, name: name}
}

// next gives a fresh event of this source to be filled in. Full batches are
// yielded first.
func (s *sink) next(line int, licence string) (*centre.Event, error) {
	if len(s.events) == gather.MaxEvents {
		if err := s.flush(nil); err != nil {
			return nil, err
		}
	}
	if s.events == nil && s.taken >= gather.MaxEvents {
		// Whoever took a batch may keep it: its memory is not used again.
		s.events = make([]centre.Event, 0, gather.MaxEvents)
	}
	s.events = append(s.events, centre.Event{})
	e := &s.events[len(s.events)-1]
	e.Source, e.Fetched, e.License = s.r.Source.ID, s.r.Now, licence
	if line > 0 {
		e.Origin = s.name + ", line " + strconv.Itoa(line)
	}
	s.taken++
	return e, nil
}

// actor adds an actor to an event, without an allocation for each. Actors of
// one event must be added one after the other.
func (s *sink) actor(e *centre.Event, a centre.EventActor) {
	if len(e.Actors) >= maxActors || a.Name == "" && a.Code == "" {
		return
	}
	if len(s.actors) == cap(s.actors) {
		s.actors = make([]centre.EventActor, 0, 2048)
		if len(e.Actors) > 0 {
			s.actors = append(s.actors, e.Actors...)
		}
		e.Actors = s.actors[:len(e.Actors):len(e.Actors)]
	}
	start := len(s.actors) - len(e.Actors)
	s.actors = append(s.actors, a)
	e.Actors = s.actors[start:len(s.actors):len(s.actors)]
}

// maxActors bounds the actors of one event.
const maxActors = 50

// document adds a document to its batch.
func (s *sink) document(d centre.Document) error {
	s.docs = append(s.docs, d)
	s.taken++
	if len(s.docs) < gather.MaxBatch {
		return nil
	}
	return s.flush(nil)
}

// flush yields what is in hand, then the cursor.
func (s *sink) flush(c centre.Cursor) error {
	docs, events := s.docs, s.events
	s.docs, s.events = nil, nil
	if err := s.ctx.Err(); err != nil {
		return err
	}
	hasEvents := len(events) > 0 && s.r.YieldEvents != nil
	if len(docs) > 0 || c != nil && !hasEvents {
		with := c
		if hasEvents { // the cursor goes with what is yielded last
			with = nil
		}
		if err := s.r.Yield(s.ctx, docs, with); err != nil {
			return err
		}
	}
	if hasEvents {
		return s.r.YieldEvents(s.ctx, events, c)
	}
	return nil
}

// leaveOut names a row that was left out and why: "it has 3 columns".
func (s *sink) leaveOut(line int, format string, args ...any) {
	if len(s.problems) >= mostProblems {
		s.more++
		return
	}
	s.problems = append(s.problems, fmt.Sprintf("%s, line %d: %s; the row was left out.", s.name, line, fmt.Sprintf(format, args...)))
}

// say adds a sentence about the whole.
func (s *sink) say(format string, args ...any) {
	if len(s.problems) >= mostProblems {
		s.more++
		return
	}
	s.problems = append(s.problems, fmt.Sprintf(format, args...))
}

func (s *sink) result() gather.Result {
	problems := s.problems
	if s.more > 0 {
		problems = append(problems[:len(problems):len(problems)], fmt.Sprintf("%s: %d more rows were left out for reasons like these.", s.name, s.more))
	}
	return gather.Result{Problems: problems}
}

// Limits of one event's texts, in bytes.
const (
	maxTitle = 400
	maxField = 1000
	maxNotes = 20_000
	maxURL   = 2000
)

// text makes outside text fit to be stored: plain, valid, at most most bytes.
// What is printable ASCII, as nearly all of these databases is, is not copied.
func text(s string, most int) string {
	if !isPlain(s) {
		s = strings.TrimSpace(gather.CleanText(s))
	} else {
		s = strings.TrimSpace(s)
	}
	return cut(s, most)
}

// cut shortens clean text to at most most bytes, at the end of a code point.
func cut(s string, most int) string {
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most-len("…")], "") + "…"
	}
	return s
}

// oneLine is text without line ends and repeated spaces.
func oneLine(s string, most int) string {
	s = text(s, most)
	if strings.ContainsAny(s, "\n\t") || strings.Contains(s, "  ") {
		s = strings.Join(strings.Fields(s), " ")
	}
	return s
}

func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// clip shortens outside text for a sentence.
func clip(s string) string { return oneLine(s, 200) }

// webAddress gives s where it is an address that a person can open.
func webAddress(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > maxURL || !strings.HasPrefix(s, "http://") && !strings.HasPrefix(s, "https://") || !isPlainOrLetters(s) {
		return ""
	}
	return s
}

func isPlainOrLetters(s string) bool {
	if isPlain(s) {
		return !strings.Contains(s, " ")
	}
	return gather.CleanText(s) == s && !strings.ContainsAny(s, " \n\t")
}

// pointOf reads a latitude and a longitude. Empty ones and 0,0, which databases
// write that know no place, are unknown; what lies outside the world is unknown
// with a sentence.
func pointOf(lat, lon string) (p centre.Point, problem string) {
	if lat == "" && lon == "" {
		return centre.Point{}, ""
	}
	y, errY := strconv.ParseFloat(lat, 64)
	x, errX := strconv.ParseFloat(lon, 64)
	if errY != nil || errX != nil || !(math.Abs(y) <= 90) || !(math.Abs(x) <= 180) {
		return centre.Point{}, "The coordinates " + clip(lat) + ", " + clip(lon) + " are no latitude and longitude; the place has no point."
	}
	if x == 0 && y == 0 {
		return centre.Point{}, ""
	}
	return centre.At(x, y), ""
}

// place gives an event its point, precision and the radius that goes with it.
// Without a point there is no radius.
func place(e *centre.Event, lat, lon string, precision centre.GeoPrecision, radius float64) {
	p, problem := pointOf(lat, lon)
	e.Point, e.GeoPrecision = p, precision
	if p.Known {
		e.Uncertainty = radius
	}
	if problem != "" {
		e.Problems = append(e.Problems, problem)
	}
}

// maxCount is the largest number of people that is believed of one event.
const maxCount = 50_000_000

// count reads a number of people; ok is false for what is none.
func count(s string) (n int, ok bool) {
	s = strings.TrimSuffix(strings.TrimSpace(s), ".0")
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > maxCount {
		return 0, false
	}
	return n, true
}

// days reads the dates of one file, whose rows mostly repeat the last one.
type days struct {
	now  time.Time
	text string
	last centre.Moment
	why  string
}

// read gives the day, or a sentence for one that cannot be: unreadable, or more
// than a day ahead of the fetch. Neither is replaced by anything.
func (d *days) read(s string) (centre.Moment, string) {
	if s == d.text && s != "" {
		return d.last, d.why
	}
	d.text, d.why = s, ""
	d.last = centre.Moment{}
	if s == "" {
		return d.last, ""
	}
	m, ok := compactDay(s)
	if !ok {
		m, ok = gather.ParseDate(s, centre.BasisColumn)
	}
	switch {
	case !ok:
		d.why = "The date " + clip(s) + " cannot be read; it counts as unknown."
	case m.Time.After(d.now.Add(24 * time.Hour)):
		d.why = "The date " + clip(s) + " lies in the future; it counts as unknown."
	default:
		d.last = m
	}
	return d.last, d.why
}

// compactDay reads 20150926 and 2015-09-26, 2015-09-26 00:00:00 as UCDP writes
// days, and the month 2015-09.
func compactDay(s string) (centre.Moment, bool) {
	layout, precision := "20060102", centre.PrecisionDay
	switch {
	case len(s) == 8:
	case len(s) == 7:
		layout, precision = "2006-01", centre.PrecisionMonth
	case len(s) == 10:
		layout = time.DateOnly
	case len(s) > 10 && (strings.HasSuffix(s, " 00:00:00") || strings.HasSuffix(s, "T00:00:00") || strings.HasSuffix(s, " 00:00:00.000")):
		s, layout = s[:10], time.DateOnly
	default:
		return centre.Moment{}, false
	}
	at, err := time.Parse(layout, s)
	if err != nil || at.Year() < 1 {
		return centre.Moment{}, false
	}
	return centre.Moment{Time: at, Precision: precision, Basis: centre.BasisColumn}, true
}

// monthOnly makes of a day that stands for its month the month.
func monthOnly(m centre.Moment) centre.Moment {
	if m.Known() {
		m.Time = time.Date(m.Time.Year(), m.Time.Month(), 1, 0, 0, 0, 0, time.UTC)
		m.Precision = centre.PrecisionMonth
	}
	return m
}

// contentID names a row that has no name of its own: the same row has the same
// name wherever it stands.
func contentID(fields []string) string {
	h := sha256.New()
	for _, f := range fields {
		fmt.Fprintf(h, "%d:%s", len(f), f)
	}
	return "sha256:" + hex.EncodeToString(h.Sum(nil)[:16])
}
