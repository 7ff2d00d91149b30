package gather

import (
	"math"
	"slices"
	"time"

	"entente/internal/centre"
)

const (
	// longestLag is where a document counts as one that was dug out rather than
	// as one that is late.
	longestLag = 7 * 24 * time.Hour
	// shortestLag is what is told apart: clocks are seldom set better.
	shortestLag = time.Second
	weightOfNew = 0.2
	mostAtOnce  = 4 // times by which one batch can count as longer or shorter
)

// Lag is the typical time from publication to here after a batch of new
// documents: before is what it was (0 for unknown), and received when they came.
//
// It follows the median of each batch geometrically, a fifth of the way, so
// that it is hardly moved by one document that an editor dated wrongly. Left
// out are documents that do not say when, or say no more than the day, those
// from the future, and those older than a week: they were dug out, not late.
func Lag(before time.Duration, documents []centre.Document, received time.Time) time.Duration {
	var lags []time.Duration
	for i := range documents {
		p := documents[i].Published
		if !p.Known() || p.Precision != centre.PrecisionSecond && p.Precision != centre.PrecisionMinute {
			continue
		}
		if lag := received.Sub(p.Time); lag >= 0 && lag <= longestLag {
			lags = append(lags, max(lag, shortestLag))
		}
	}
	if len(lags) == 0 {
		return before
	}
	slices.Sort(lags)
	median := lags[len(lags)/2]
	if before <= 0 {
		return median
	}
	ratio := float64(median) / float64(max(before, shortestLag))
	ratio = min(max(ratio, 1.0/mostAtOnce), mostAtOnce)
	return min(time.Duration(float64(before)*math.Pow(ratio, weightOfNew)).Round(time.Millisecond), longestLag)
}
