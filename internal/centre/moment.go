package centre

import (
	"encoding/json"
	"time"
)

// Precision says how exactly a Moment is known.
type Precision string

const (
	PrecisionSecond Precision = "second"
	PrecisionMinute Precision = "minute"
	PrecisionDay    Precision = "day"   // Time is the day's first instant in UTC
	PrecisionMonth  Precision = "month" // Time is the month's first instant in UTC

	// Of a Span alone: no Moment has them.
	PrecisionHour   Precision = "hour"
	PrecisionWeek   Precision = "week"
	PrecisionSeason Precision = "season" // three months, or a third of a year
	PrecisionYear   Precision = "year"
)

// Basis says what a Moment rests on.
type Basis string

const (
	BasisFeed     Basis = "feed"     // the feed's own date element
	BasisPage     Basis = "page"     // the page's metadata
	BasisHeader   Basis = "header"   // the Date header of a mail
	BasisColumn   Basis = "column"   // a column of a table or a field of a record
	BasisDateline Basis = "dateline" // the text's own dateline

	// Of a Span alone: no Moment has them.
	BasisAbsolute    Basis = "absolute"    // the words say it in full
	BasisPublication Basis = "publication" // the words are read from the time of publication
)

// Moment is an instant as a document gives it. The zero Moment is unknown, and
// stays unknown: nothing may put the time of arrival in its place.
type Moment struct {
	Time      time.Time // UTC, to the millisecond
	Precision Precision
	Basis     Basis
}

// Known reports whether m is a time at all.
func (m Moment) Known() bool { return !m.Time.IsZero() }

// MarshalJSON gives null for an unknown moment.
func (m Moment) MarshalJSON() ([]byte, error) {
	if !m.Known() {
		return []byte("null"), nil
	}
	return json.Marshal(momentJSON{m.Time.UTC(), m.Precision, m.Basis})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (m *Moment) UnmarshalJSON(data []byte) error {
	var j *momentJSON
	if err := json.Unmarshal(data, &j); err != nil {
		return err
	}
	if j == nil {
		*m = Moment{}
		return nil
	}
	*m = Moment{j.Time, j.Precision, j.Basis}
	return nil
}

type momentJSON struct {
	Time      time.Time `json:"time"`
	Precision Precision `json:"precision"`
	Basis     Basis     `json:"basis"`
}
