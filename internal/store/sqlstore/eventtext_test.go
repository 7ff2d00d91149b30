package sqlstore

import (
	"bytes"
	"encoding/json"
	"math"
	"reflect"
	"testing"
	"time"
	"unicode/utf8"

	"entente/internal/centre"
)

// FuzzEventText holds what is written of an event to what package json writes of
// the same fields, and to what is read of it.
func FuzzEventText(f *testing.F) {
	f.Add("a\"b\\c", "Мост <&> جسر", "line\nfeed\u2028\x00\xff", 44.36, 33.3, 0.5, int64(1443225600000), 3, true)
	f.Add("", "", "", 0.0, math.Copysign(0, -1), math.Inf(1), int64(0), 0, false)
	f.Add("1", "\x7f", "\u2029", 1e-7, -1e-7, 1e22, int64(-1), -1, true)
	f.Fuzz(func(t *testing.T, id, title, notes string, lon, lat, uncertainty float64, at int64, n int, known bool) {
		e := centre.Event{ExternalID: id, Category: centre.EventCategory(notes), Code: title, Title: title, Notes: notes, URL: id,
			Place: notes, Country: title, Admin1: id, Uncertainty: uncertainty, Attribution: title, Mentions: n, License: notes, Origin: id}
		if known {
			e.Point = centre.At(lon, lat)
			e.Start = centre.Moment{Time: time.UnixMilli(at % (1 << 50)).UTC(), Precision: centre.Precision(title), Basis: centre.Basis(notes)}
			e.End, e.Fetched = e.Start, time.UnixMilli(at%(1<<50)).UTC()
			e.TimePrecision, e.GeoPrecision = centre.TimeDay, centre.GeoExact
			e.Actors = []centre.EventActor{{}, {Name: title, Code: id, Country: notes, Role: centre.RoleInitiator}, {Country: id}}
			e.Killed = centre.Toll{Known: true, Low: n, Best: n, High: n, Civilians: n, Basis: title}
			e.Injured = centre.Toll{Known: true}
			e.Problems = []string{notes, title}
		}
		var w eventWriter
		stated := string(w.add(&e))
		want := statedEvent{ExternalID: id, Category: e.Category, Code: e.Code, Title: e.Title, Notes: e.Notes, URL: e.URL,
			TimePrecision: e.TimePrecision, Place: e.Place, Country: e.Country, Admin1: e.Admin1, GeoPrecision: e.GeoPrecision,
			Attribution: e.Attribution, Mentions: e.Mentions, License: e.License}
		arrived := arrivedEvent{Origin: e.Origin, Problems: e.Problems}
		if known {
			want.Start = &storedMoment{e.Start.Time.UnixMilli(), e.Start.Precision, e.Start.Basis}
			want.End = want.Start
			want.Actors = []storedActor{storedActor(e.Actors[0]), storedActor(e.Actors[1]), storedActor(e.Actors[2])}
			want.Killed, want.Injured = &storedToll{n, n, n, n, title}, &storedToll{}
			arrived.Fetched = e.Fetched.UnixMilli()
		}
		if !e.Start.Known() { // a time that no moment has
			want.Start, want.End = nil, nil
		}
		if sound(e.Point) {
			want.Point = []float64{e.Point.Lon, e.Point.Lat}
		}
		if !math.IsNaN(uncertainty) && !math.IsInf(uncertainty, 0) {
			want.Uncertainty = uncertainty
		}
		if line := encoded(t, want); line != stated {
			t.Errorf("written: %q, want %q", stated, line)
		}
		if all := stated + encoded(t, arrived); all != string(w.buffer) {
			t.Errorf("all written: %q, want %q", w.buffer, all)
		}
		var read centre.Event
		if err := readEvent(w.buffer, &read); err != nil {
			t.Fatal(err)
		}
		var again eventWriter
		whole := utf8.ValidString(id + "\x00" + title + "\x00" + notes)
		if again.add(&read); whole && !reflect.DeepEqual(again.buffer, w.buffer) {
			t.Errorf("read and written again: %q, want %q", again.buffer, w.buffer)
		}
	})
}

func encoded(t *testing.T, value any) string {
	t.Helper()
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
