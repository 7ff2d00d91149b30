// Package gathertest is the suite that every connector runs. Run holds a
// connector to the contract of gather.Connector on a source that works; RunWeb
// adds, for connectors that read the web, sources that are broken, hostile or
// endless, served from this machine. A connector's own test is some twenty
// lines that say what its sources look like.
package gathertest

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
)

// Now is the instant of every fetch of the suite: long after the dates in the
// connectors' examples.
var Now = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

// Subject is a connector with a source that it can read.
type Subject struct {
	Connector gather.Connector
	// Source gives Documents documents and Events events at its first fetch, and
	// does not change.
	Source    centre.Source
	Documents int
	Events    int
	// Undated: none of the documents says when it was published.
	Undated bool
	Client  *fetch.Client
	// Refused are sources that Check must refuse.
	Refused []centre.Source
}

// Run holds a connector to its contract.
func Run(t *testing.T, s Subject) {
	t.Run("it accepts the source and refuses bad ones with a sentence", func(t *testing.T) {
		if err := s.Connector.Check(s.Source); err != nil {
			t.Errorf("the good source is refused: %v", err)
		}
		for _, bad := range s.Refused {
			if err := s.Connector.Check(bad); err == nil {
				t.Errorf("%+v is not refused", bad)
			} else {
				Sentence(t, err)
			}
		}
	})
	t.Run("its documents are whole", func(t *testing.T) {
		got := Collect(t, s, nil)
		if got.Err != nil {
			t.Fatal(got.Err)
		}
		if len(got.Documents) != s.Documents || len(got.Events) != s.Events {
			t.Errorf("got %d documents and %d events, want %d and %d", len(got.Documents), len(got.Events), s.Documents, s.Events)
		}
		if got.Result.Bytes <= 0 {
			t.Error("it does not count the bytes that it read")
		}
		for _, d := range got.Documents {
			if s.Undated && d.Published.Known() {
				t.Errorf("%s says nothing of its publication and got %v", d.ExternalID, d.Published)
			}
		}
	})
	t.Run("an unchanged source brings nothing new", func(t *testing.T) {
		first := Collect(t, s, nil)
		second := Collect(t, s, first.Cursor)
		if second.Err != nil {
			t.Fatal(second.Err)
		}
		if second.Items() > 0 {
			t.Errorf("the second fetch brought %d documents or events again", second.Items())
		}
		third := Collect(t, s, second.Cursor)
		if third.Err != nil || third.Items() > 0 || !third.Result.NotModified {
			t.Errorf("the third fetch: %d documents or events, not modified %v, %v", third.Items(), third.Result.NotModified, third.Err)
		}
	})
	t.Run("what is not taken comes again", func(t *testing.T) {
		refused := errors.New("the disk is full")
		first := collect(t, s, nil, func(int) error { return refused })
		if !errors.Is(first.Err, refused) {
			t.Errorf("Yield's error came back as %v", first.Err)
		}
		if first.Calls != 1 {
			t.Errorf("it yielded %d times, though the first was refused", first.Calls)
		}
		again := Collect(t, s, first.Cursor)
		if again.Err != nil || again.Items() != s.Documents+s.Events {
			t.Errorf("the next fetch brought %d of %d, %v", again.Items(), s.Documents+s.Events, again.Err)
		}
	})
	t.Run("a stop between batches loses nothing", func(t *testing.T) {
		stop := errors.New("killed")
		first := collect(t, s, nil, func(call int) error {
			if call > 1 {
				return stop
			}
			return nil
		})
		rest := Collect(t, s, first.Cursor)
		ids := map[string]bool{}
		for _, d := range append(first.Documents, rest.Documents...) {
			ids[d.ExternalID] = true
		}
		for _, e := range append(first.Events, rest.Events...) {
			ids["event "+e.ExternalID] = true
		}
		if rest.Err != nil || len(ids) != s.Documents+s.Events {
			t.Errorf("of %d documents and events %d arrived, %v", s.Documents+s.Events, len(ids), rest.Err)
		}
	})
	t.Run("a cursor that cannot be read is as none", func(t *testing.T) {
		for _, c := range []string{"\x00\xff", "{", "[]", `{"etag":7}`, "null"} {
			if got := Collect(t, s, centre.Cursor(c)); got.Err != nil || got.Items() != s.Documents+s.Events {
				t.Errorf("cursor %q: %d documents and events, %v", c, got.Items(), got.Err)
			}
		}
	})
	t.Run("it stops when it is told to", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		r := gather.Request{Source: s.Source, Client: s.Client, Now: Now}
		r.Yield = func(ctx context.Context, _ []centre.Document, _ centre.Cursor) error { return ctx.Err() }
		r.YieldEvents = func(ctx context.Context, _ []centre.Event, _ centre.Cursor) error { return ctx.Err() }
		r.YieldTracks = func(ctx context.Context, _ []centre.Track, _ centre.Cursor) error { return ctx.Err() }
		_, err := s.Connector.Fetch(ctx, r)
		if !errors.Is(err, context.Canceled) {
			t.Errorf("with a cancelled context it said %v", err)
		}
	})
}

// Collected is what one fetch brought.
type Collected struct {
	Documents []centre.Document
	Events    []centre.Event
	Tracks    []centre.Track
	Cursor    centre.Cursor // as the store would hold it afterwards
	Calls     int           // of Yield and its sisters
	Result    gather.Result
	Err       error
}

// Items counts documents and events.
func (c *Collected) Items() int { return len(c.Documents) + len(c.Events) }

// Collect fetches once, taking everything, and checks each document, event and
// track against the contract.
func Collect(t *testing.T, s Subject, c centre.Cursor) Collected {
	t.Helper()
	return collect(t, s, c, func(int) error { return nil })
}

// collect asks take before each batch, counted from 1.
func collect(t *testing.T, s Subject, c centre.Cursor, take func(call int) error) Collected {
	t.Helper()
	got := Collected{Cursor: c}
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	r := got.request(t, s.Source, take)
	r.Cursor, r.Client = c, s.Client
	got.Result, got.Err = s.Connector.Fetch(ctx, r)
	if errors.Is(got.Err, context.DeadlineExceeded) {
		t.Errorf("the fetch had no end: %v", got.Err)
	}
	return got
}

// Read has a reader read a content, takes everything and checks it against the
// contract.
func Read(t *testing.T, reader gather.Reader, s centre.Source, name string, content io.Reader) Collected {
	t.Helper()
	var got Collected
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	got.Result, got.Err = reader.Read(ctx, got.request(t, s, func(int) error { return nil }), name, content)
	if errors.Is(got.Err, context.DeadlineExceeded) {
		t.Errorf("the reading had no end: %v", got.Err)
	}
	return got
}

// Request makes a request that takes everything and checks it against the
// contract.
func Request(t *testing.T, s centre.Source) gather.Request {
	return new(Collected).request(t, s, func(int) error { return nil })
}

// request makes a request whose batches are gathered in got.
func (got *Collected) request(t *testing.T, s centre.Source, take func(call int) error) gather.Request {
	batch := func(n, most int, next centre.Cursor) error {
		got.Calls++
		if err := take(got.Calls); err != nil {
			return err
		}
		if n > most {
			t.Errorf("a batch has %d of at most %d", n, most)
		}
		if next != nil {
			got.Cursor = next
		}
		return nil
	}
	return gather.Request{
		Source: s, Now: Now,
		Yield: func(_ context.Context, docs []centre.Document, next centre.Cursor) error {
			err := batch(len(docs), gather.MaxBatch, next)
			if err != nil {
				return err
			}
			for _, d := range docs {
				Whole(t, s, d)
			}
			got.Documents = append(got.Documents, docs...)
			return nil
		},
		YieldEvents: func(_ context.Context, events []centre.Event, next centre.Cursor) error {
			err := batch(len(events), gather.MaxEvents, next)
			if err != nil {
				return err
			}
			for _, e := range events {
				WholeEvent(t, s, e)
			}
			got.Events = append(got.Events, events...)
			return nil
		},
		YieldTracks: func(_ context.Context, tracks []centre.Track, next centre.Cursor) error {
			err := batch(len(tracks), gather.MaxEvents, next)
			if err != nil {
				return err
			}
			for _, track := range tracks {
				if track.Source != s.ID || track.UID == "" || track.Time.IsZero() || track.Stale.IsZero() || !track.Point.Known {
					t.Errorf("track %+v is not whole", track)
				}
				clean(t, "track "+track.UID, map[string]string{"uid": track.UID, "callsign": track.Callsign, "remarks": track.Remarks})
			}
			got.Tracks = append(got.Tracks, tracks...)
			return nil
		},
	}
}

// WholeEvent checks one event against the contract.
func WholeEvent(t *testing.T, s centre.Source, e centre.Event) {
	t.Helper()
	name := "event " + e.ExternalID
	if e.Source != s.ID || e.ExternalID == "" || !e.Fetched.Equal(Now) || e.Origin == "" {
		t.Errorf("%s: source %v, fetched %v, origin %q", name, e.Source, e.Fetched, e.Origin)
	}
	if !slices.Contains(centre.EventCategories, e.Category) || e.Title == "" {
		t.Errorf("%s: category %q, title %q", name, e.Category, e.Title)
	}
	clean(t, name, map[string]string{"title": e.Title, "notes": e.Notes, "place": e.Place, "attribution": e.Attribution})
	if strings.ContainsAny(e.Title, "\n\t") {
		t.Errorf("%s: its title is not one line", name)
	}
	if e.Country != "" && len(e.Country) != 3 {
		t.Errorf("%s: country %q is no alpha-3 code", name, e.Country)
	}
	if e.Start.Known() != (e.TimePrecision != centre.TimeUnknown) {
		t.Errorf("%s: start %+v with precision %q", name, e.Start, e.TimePrecision)
	}
	if e.Start.Known() && (e.Start.Time.After(Now.Add(24*time.Hour)) || e.Start.Precision == "" || e.Start.Basis == "") {
		t.Errorf("%s: start %+v", name, e.Start)
	}
	if p := e.Point; p.Known && (p.Lon < -180 || p.Lon > 180 || p.Lat < -90 || p.Lat > 90) {
		t.Errorf("%s: point %+v", name, p)
	}
	for _, toll := range []centre.Toll{e.Killed, e.Injured} {
		if !toll.Known && toll != (centre.Toll{}) || toll.Known && (toll.Low > toll.Best || toll.Best > toll.High || toll.Basis == "") {
			t.Errorf("%s: toll %+v", name, toll)
		}
	}
	sentences(t, name, e.Problems)
}

// Whole checks one document against the contract.
func Whole(t *testing.T, s centre.Source, d centre.Document) {
	t.Helper()
	if d.Source != s.ID || d.ExternalID == "" || !d.Fetched.Equal(Now) {
		t.Errorf("document %q: source %v, fetched %v", d.ExternalID, d.Source, d.Fetched)
	}
	if d.MediaType != "text/plain" && d.MediaType != "text/html" {
		t.Errorf("document %q has the media type %q", d.ExternalID, d.MediaType)
	}
	if len(d.Body) > centre.MaxBody {
		t.Errorf("document %q has %d bytes", d.ExternalID, len(d.Body))
	}
	texts := map[string]string{"external id": d.ExternalID, "title": d.Title, "author": d.Author, "body": d.Body, "withdrawal": d.Withdrawn, "whole": d.PartOf}
	for _, p := range d.Properties {
		if p.Name == "" || p.Value == "" {
			t.Errorf("document %q has the property %+v", d.ExternalID, p)
		}
		texts["property "+p.Name] = p.Value
	}
	for _, e := range d.Enclosures {
		texts["enclosure "+e.URL] = e.URL + e.MediaType + e.Title
	}
	clean(t, "document "+d.ExternalID, texts)
	if _, err := centre.ParseGeometry([]byte(d.Geometry)); err != nil {
		t.Errorf("document %q: geometry %q: %v", d.ExternalID, d.Geometry, err)
	}
	if strings.ContainsAny(d.Title, "\n\t") {
		t.Errorf("document %q: its title is not one line", d.ExternalID)
	}
	if d.Published.Known() && (d.Published.Time.After(Now.Add(24*time.Hour)) || d.Published.Precision == "" || d.Published.Basis == "") {
		t.Errorf("document %q: published %+v", d.ExternalID, d.Published)
	}
	sentences(t, "document "+d.ExternalID, d.Problems)
}

// clean checks that texts are fit to be stored and shown.
func clean(t *testing.T, of string, texts map[string]string) {
	t.Helper()
	for name, text := range texts {
		if !utf8.ValidString(text) {
			t.Errorf("%s: its %s is not UTF-8", of, name)
		}
		if strings.ContainsAny(text, "\u202a\u202b\u202c\u202d\u202e\x00") {
			t.Errorf("%s: its %s holds direction overrides or zeros", of, name)
		}
	}
}

func sentences(t *testing.T, of string, problems []string) {
	t.Helper()
	for _, problem := range problems {
		if !strings.HasSuffix(problem, ".") {
			t.Errorf("%s: the problem %q is no sentence", of, problem)
		}
	}
}

// Sentence checks that an error is one for a person: a *centre.Error whose text
// is a sentence or several, on one line.
func Sentence(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		t.Error("there is no error")
		return
	}
	refused, ok := errors.AsType[*centre.Error](err)
	if !ok {
		t.Errorf("%v (%T) is not for a person", err, err)
		return
	}
	m := refused.Message
	if len(m) < 25 || !strings.HasSuffix(m, ".") || strings.ContainsAny(m, "\n\t") || strings.Contains(m, "%!") || !utf8.ValidString(m) {
		t.Errorf("%q is no sentence with a remedy", m)
	}
}
