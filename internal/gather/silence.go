package gather

import (
	"fmt"
	"math"
	"slices"
	"time"

	"entente/internal/centre"
)

// Alarm says how a source's silence is to be read.
type Alarm string

// Alarms of a source.
const (
	AlarmNone    Alarm = "none"    // it brings what it usually brings
	AlarmUnknown Alarm = "unknown" // too young, or too rare, to say
	AlarmLate    Alarm = "late"    // longer without anything new than chance explains
	AlarmSilent  Alarm = "silent"  // and that for more than a day
)

// Silence is what a source's days say of its silence.
type Silence struct {
	Alarm Alarm
	// Usual is how many items it brings on an ordinary day: the median of its
	// full days before it fell silent. Negative where it is not known.
	Usual float64
	// Since is when the last item came; zero where none ever did.
	Since time.Time
	// Sentence is for people: "Usually 40 a day, none since yesterday 14:05
	// UTC." Empty without an alarm.
	Sentence string
}

const (
	// improbable is the chance below which a silence is no chance: at 1 in 1,000
	// a centre of a thousand sources has about one false alarm at a time.
	improbable = 0.001
	// A silence under half a day is a night, and under a day it is called late.
	night = 12 * time.Hour
	day   = 24 * time.Hour
	// fewDays is how many full days must be known to call anything usual.
	fewDays = 7
)

// SilenceOf reads from a source's health whether it has fallen silent at now;
// created is when the source was added.
//
// It takes arrivals for a Poisson process of the usual rate: the chance of none
// over a time in which m are expected is e to the power of −m. Real sources
// sleep at night and rest at weekends, which such a process does not. So nothing
// under twelve hours counts, and neither does a silence that is no longer than
// one that the source broke by itself within the last four weeks. A source that
// was added less than a week ago, or brings nothing on half of its days, has no
// usual number: nothing is said of it.
func SilenceOf(h centre.Health, created, now time.Time) Silence {
	s := Silence{Alarm: AlarmUnknown, Usual: -1, Since: h.LastItem}
	days := knownDays(h.Daily, created, now)
	lived, quiet := beforeSilence(days)
	if len(lived) >= fewDays {
		s.Usual = median(lived)
	} else if span := h.LastItem.Sub(created); !h.LastItem.IsZero() && span >= fewDays*day && len(days) >= fewDays {
		// It has been silent for so long that its life lies before the days
		// that are counted.
		s.Usual = math.Round(float64(h.Items) / (span.Hours() / 24))
	}
	if s.Usual <= 0 || h.LastItem.IsZero() {
		return s
	}
	s.Alarm = AlarmNone
	silent := now.Sub(h.LastItem)
	expected := s.Usual * silent.Hours() / 24
	if silent < night || math.Exp(-expected) >= improbable || silent <= time.Duration(quiet)*day+night {
		return s
	}
	s.Alarm = AlarmLate
	if silent >= day {
		s.Alarm = AlarmSilent
	}
	s.Sentence = fmt.Sprintf("Usually %s a day, none since %s.", amount(s.Usual), instant(h.LastItem, now))
	return s
}

// knownDays gives the full days (UTC) on which the source existed, oldest
// first: without the day it was added, and without today.
func knownDays(daily []int, created, now time.Time) []int {
	if len(daily) < 2 {
		return nil
	}
	full := daily[:len(daily)-1]
	existed := int(now.UTC().Truncate(day).Sub(created.UTC().Truncate(day))/day) - 1
	return full[len(full)-min(max(existed, 0), len(full)):]
}

// beforeSilence gives the days without the empty ones at the end, and the
// longest run of empty days among them.
func beforeSilence(days []int) (lived []int, quiet int) {
	lived = days
	for len(lived) > 0 && lived[len(lived)-1] == 0 {
		lived = lived[:len(lived)-1]
	}
	run := 0
	for _, n := range lived {
		if run++; n > 0 {
			run = 0
		}
		quiet = max(quiet, run)
	}
	return lived, quiet
}

func median(numbers []int) float64 {
	sorted := slices.Sorted(slices.Values(numbers))
	n := len(sorted)
	return float64(sorted[(n-1)/2]+sorted[n/2]) / 2
}

func amount(n float64) string {
	if n == math.Trunc(n) {
		return fmt.Sprintf("%.0f", n)
	}
	return fmt.Sprintf("%.1f", n)
}

// instant names a past instant as people do, in UTC.
func instant(at, now time.Time) string {
	at, now = at.UTC(), now.UTC()
	switch now.Truncate(day).Sub(at.Truncate(day)) {
	case 0:
		return at.Format("15:04 UTC today")
	case day:
		return at.Format("yesterday 15:04 UTC")
	}
	return at.Format("2 January 2006 15:04 UTC")
}
