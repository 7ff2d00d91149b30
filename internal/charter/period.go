package charter

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"entente/internal/centre"
)

// Period is a calendar length in whole months. Zero is no period.
type Period struct {
	Months int // 0..1200
}

// maxMonths keeps arithmetic on years far from its edges: a century.
const maxMonths = 1200

// String prints the ISO 8601 form: "P3M", "P1Y", "P1Y6M"; "" for none.
func (p Period) String() string {
	years, months := p.Months/12, p.Months%12
	switch {
	case p.Months == 0:
		return ""
	case months == 0:
		return fmt.Sprintf("P%dY", years)
	case years == 0:
		return fmt.Sprintf("P%dM", months)
	}
	return fmt.Sprintf("P%dY%dM", years, months)
}

// ParsePeriod reads an ISO 8601 duration of years and months. Weeks, days and
// hours are refused: terms are calendar periods.
func ParsePeriod(text string) (Period, error) {
	refused := centre.Invalid("%q is not a period of whole months or years: write it like P3M or P1Y", text)
	rest, found := strings.CutPrefix(text, "P")
	if !found || rest == "" {
		return Period{}, refused
	}
	var p Period
	for _, unit := range []struct {
		letter string
		months int
	}{{"Y", 12}, {"M", 1}} {
		number, after, has := strings.Cut(rest, unit.letter)
		if !has {
			continue
		}
		n, err := strconv.ParseUint(number, 10, 12)
		if err != nil {
			return Period{}, refused
		}
		p.Months += int(n) * unit.months
		rest = after
	}
	if rest != "" {
		return Period{}, refused
	}
	if p.Months < 1 || p.Months > maxMonths {
		return Period{}, centre.Invalid("the period %q is not between one month and a hundred years", text)
	}
	return p, nil
}

// addMonths moves a wall time by whole months. Where the month is too short for
// its day, the last day of the month is taken.
func addMonths(wall time.Time, months int) time.Time {
	first := time.Date(wall.Year(), wall.Month()+time.Month(months), 1, wall.Hour(), wall.Minute(), wall.Second(), 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(wall.Day(), last)-1)
}

// instant is the moment when the clocks of location show wall, whose own zone
// is ignored. A time that occurs twice is its first occurrence; one that is
// skipped is the moment of the change that skips it.
func instant(wall time.Time, location *time.Location) time.Time {
	wall = time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), wall.Second(), wall.Nanosecond(), time.UTC)
	// Offsets lie within a day of UTC, so these two are before and after any
	// clock change that matters to wall.
	before := offset(wall.Add(-26*time.Hour), location)
	after := offset(wall.Add(26*time.Hour), location)
	early, late := wall.Add(-before), wall.Add(-after)
	if offset(early, location) == before {
		return early
	}
	if offset(late, location) == after {
		return late
	}
	change, _ := early.In(location).ZoneBounds()
	return change.UTC()
}

func offset(at time.Time, location *time.Location) time.Duration {
	_, seconds := at.In(location).Zone()
	return time.Duration(seconds) * time.Second
}
