package gather

import (
	"cmp"
	"math"
	"time"

	"entente/internal/centre"
)

const (
	// DefaultInterval is the rhythm at which a source begins that has none of
	// its own and whose connector has none.
	DefaultInterval = 15 * time.Minute
	// MinInterval is the shortest rhythm that a person may fix.
	MinInterval = time.Second
	// ShortestRhythm and LongestRhythm bound the rhythm that is found by
	// watching a source. A source is also never looked at more rarely than 24
	// times its connector's own rhythm: an alert system that is looked at every
	// five minutes must not be forgotten for hours because all was calm.
	ShortestRhythm = 2 * time.Minute
	LongestRhythm  = 6 * time.Hour

	slowest     = 24        // times the connector's own rhythm
	longestWait = time.Hour // that a source may ask for by its TTL or max-age
	// nimble is how strongly one fetch moves the rhythm: a fetch that brought
	// nothing lengthens it by 22 %, one that brought two items shortens it by 18 %.
	nimble = 0.2
)

// pace is the rhythm at which the source begins, and whether it stays so: a
// person's interval does, and so does a connector's that is shorter than what
// watching would ever find, since it looks at something near, such as a folder.
func (s *Scheduler) pace(source centre.Source) (pace time.Duration, fixed bool) {
	if source.Interval > 0 {
		return max(source.Interval, MinInterval), true
	}
	if paced, ok := s.kinds[source.Kind].(Paced); ok {
		pace = paced.Interval()
	}
	pace = max(cmp.Or(pace, DefaultInterval), MinInterval)
	return pace, pace < ShortestRhythm
}

// interval is the rhythm of a source now.
func (s *Scheduler) interval(source centre.Source, h centre.Health) time.Duration {
	pace, fixed := s.pace(source)
	if fixed || h.Every <= 0 {
		return pace
	}
	return bounded(h.Every, pace)
}

func bounded(every, pace time.Duration) time.Duration {
	longest := max(min(LongestRhythm, slowest*pace), ShortestRhythm)
	return min(max(every, ShortestRhythm), longest)
}

// Rhythm is the rhythm after a fetch that worked: every is the one before it,
// pace the connector's own, news how many new items the fetch brought, and
// since how long ago the fetch before it had worked.
//
// It aims at one new item a fetch, where the item has waited half an interval
// on average and no request was in vain. The logarithm of the rhythm moves by
// 0.2 × (1 − news): on average not at all where one item comes a fetch, whatever
// the pattern. A burst at most halves it, so that a source that publishes its
// day's twenty items at once is not visited every two minutes for it. What came
// over a longer time than one rhythm, after failures or a stop, counts as what
// one rhythm would have brought.
func Rhythm(every, pace time.Duration, news int, since time.Duration) time.Duration {
	every = bounded(cmp.Or(every, pace), pace)
	came := float64(news)
	if since > every {
		came *= float64(every) / float64(since)
	}
	move := max(nimble*(1-came), -math.Ln2)
	return bounded(time.Duration(float64(every)*math.Exp(move)), pace)
}

// jittered moves an interval by up to a tenth either way, so that sources that
// were added together do not stay together.
func (s *Scheduler) jittered(interval time.Duration) time.Duration {
	return time.Duration(float64(interval) * (0.9 + 0.2*s.o.Rand()))
}
