package gather_test

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
)

// poisson draws how many items came where mean are expected.
func poisson(random *rand.Rand, mean float64) (n int) {
	for left := random.ExpFloat64(); left < mean; left += random.ExpFloat64() {
		n++
	}
	return n
}

// TestTheRhythmFindsOneItemAFetch plays sources of all rates, smooth and in
// bursts, from any beginning, and looks at where the rhythm settles.
func TestTheRhythmFindsOneItemAFetch(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		between := time.Duration(math.Exp(random.Float64()*math.Log(720)) * float64(time.Minute) / 2) // 30 s to 6 h an item
		burst := 1 + random.IntN(3)
		every := time.Duration(random.Float64() * float64(8*time.Hour))
		pace := 15 * time.Minute
		var sum, logs float64
		const settling, watched = 200, 800
		for i := range settling + watched {
			bursts := poisson(random, float64(every)/float64(between)/float64(burst))
			every = gather.Rhythm(every, pace, bursts*burst, every)
			if every < gather.ShortestRhythm || every > gather.LongestRhythm {
				t.Fatalf("the rhythm left its bounds: %v", every)
			}
			if i >= settling {
				sum += float64(every) / float64(between)
				logs++
			}
		}
		mean := sum / logs // items a fetch
		lowest, highest := float64(gather.ShortestRhythm)/float64(between), float64(gather.LongestRhythm)/float64(between)
		if mean < min(0.8, highest*0.8) || mean > max(2.5, lowest*1.3) {
			t.Errorf("an item every %v in bursts of %d: %.2f items a fetch", between, burst, mean)
		}
	}
}

func TestTheRhythmKeepsToItsRules(t *testing.T) {
	tests := []struct {
		name        string
		every, pace time.Duration
		news        int
		since       time.Duration
		want        time.Duration
	}{
		{"one item is just right", time.Hour, 15 * time.Minute, 1, time.Hour, time.Hour},
		{"nothing lengthens it by a fifth", time.Hour, 15 * time.Minute, 0, time.Hour, 73*time.Minute + 17*time.Second},
		{"a burst halves it and no more", time.Hour, 15 * time.Minute, 500, time.Hour, 30 * time.Minute},
		{"what came while the program stood still is no burst", time.Hour, 15 * time.Minute, 24, 24 * time.Hour, time.Hour},
		{"without a rhythm the connector's counts", 0, 15 * time.Minute, 1, 0, 15 * time.Minute},
		{"an alert system is never forgotten for hours", 2 * time.Hour, 5 * time.Minute, 0, 2 * time.Hour, 2 * time.Hour},
		{"nothing is visited without end", 2 * time.Minute, 15 * time.Minute, 90, 2 * time.Minute, 2 * time.Minute},
		{"nothing is forgotten", 6 * time.Hour, time.Hour, 0, 6 * time.Hour, 6 * time.Hour},
	}
	for _, test := range tests {
		got := gather.Rhythm(test.every, test.pace, test.news, test.since)
		if got.Round(time.Second) != test.want {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

func TestTheRhythmSurvivesARestartAndAPersonsStaysFixed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		fixed := source(2, "fixed")
		fixed.Interval = time.Hour
		k, c := newKeeper(source(1, "quiet"), fixed), &scripted{do: nothingNew}
		_, stop := run(t, k, c)
		time.Sleep(5 * 24 * time.Hour)
		stop()
		h := k.state(1).Health
		if h.Every != 24*10*time.Minute {
			t.Fatalf("a source where nothing ever changes is looked at every %v", h.Every)
		}
		if n := len(c.fetches("fixed")); n < 119 || n > 122 {
			t.Errorf("a source with a person's rhythm of an hour was fetched %d times in five days", n)
		}
		c = &scripted{do: nothingNew}
		run(t, k, c)
		time.Sleep(24 * time.Hour)
		synctest.Wait()
		if n := len(c.fetches("quiet")); n != 6 {
			t.Errorf("after a restart it was fetched %d times in a day", n)
		}
	})
}

func TestASourceThatAsksForLessIsHeard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKeeper(source(1, "a"))
		c := &scripted{do: func(context.Context, gather.Request) (gather.Result, error) {
			return gather.Result{Wait: 50 * time.Minute}, nil
		}}
		run(t, k, c)
		time.Sleep(49 * time.Minute)
		synctest.Wait()
		if n := len(c.fetches("a")); n != 1 {
			t.Errorf("fetched %d times within the time that it asked for", n)
		}
	})
}

func TestEachClassOfFailureHasItsOwnPatience(t *testing.T) {
	tests := []struct {
		class          fetch.Class
		first, longest time.Duration // for a rhythm of ten minutes
	}{
		{fetch.ClassDNS, 5 * time.Minute, 6 * time.Hour},
		{fetch.ClassRefused, 5 * time.Minute, 3 * time.Hour},
		{fetch.ClassBroken, 5 * time.Minute, 3 * time.Hour},
		{fetch.ClassServer, 5 * time.Minute, 3 * time.Hour},
		{fetch.ClassTimeout, 10 * time.Minute, 6 * time.Hour},
		{fetch.ClassTLS, 10 * time.Minute, 6 * time.Hour},
		{fetch.ClassBusy, 10 * time.Minute, 6 * time.Hour},
		{fetch.ClassDenied, 10 * time.Minute, 24 * time.Hour},
		{fetch.ClassMissing, 10 * time.Minute, 24 * time.Hour},
		{fetch.ClassBarred, 10 * time.Minute, 24 * time.Hour},
		{fetch.ClassOther, 10 * time.Minute, 6 * time.Hour},
	}
	for _, test := range tests {
		synctest.Test(t, func(t *testing.T) {
			k := newKeeper(source(1, "a"))
			c := &scripted{do: func(context.Context, gather.Request) (gather.Result, error) {
				return gather.Result{}, &fetch.Error{Code: centre.CodeUnavailable, Class: test.class, Sentence: "It fails; change it."}
			}}
			_, stop := run(t, k, c)
			time.Sleep(30 * 24 * time.Hour)
			stop()
			got := c.fetches("a")
			if first := got[1].Sub(got[0]); first != test.first {
				t.Errorf("%s: tried again after %v, want %v", test.class, first, test.first)
			}
			if last := got[len(got)-1].Sub(got[len(got)-2]); last != test.longest {
				t.Errorf("%s: the longest wait is %v, want %v", test.class, last, test.longest)
			}
		})
	}
}

func TestTheLagFollowsTheMedianAndNotTheOddOne(t *testing.T) {
	received := time.Date(2015, 9, 26, 12, 0, 0, 0, time.UTC)
	ago := func(d time.Duration, p centre.Precision) centre.Document {
		return centre.Document{Published: centre.Moment{Time: received.Add(-d), Precision: p, Basis: centre.BasisFeed}}
	}
	seconds := func(ds ...time.Duration) (docs []centre.Document) {
		for _, d := range ds {
			docs = append(docs, ago(d, centre.PrecisionSecond))
		}
		return docs
	}
	if got := gather.Lag(0, seconds(10*time.Minute, 12*time.Minute, 6*24*time.Hour), received); got != 12*time.Minute {
		t.Errorf("of a first batch: %v", got)
	}
	left := append(seconds(-time.Hour, 8*24*time.Hour), ago(time.Hour, centre.PrecisionDay), centre.Document{})
	if got := gather.Lag(time.Minute, left, received); got != time.Minute {
		t.Errorf("implausible and unknown times moved it to %v", got)
	}
	if got := gather.Lag(10*time.Minute, seconds(6*24*time.Hour), received); got > 14*time.Minute {
		t.Errorf("one odd document moved it from 10 minutes to %v", got)
	}
	lag := 10 * time.Hour
	for range 40 {
		lag = gather.Lag(lag, seconds(5*time.Minute), received)
	}
	if lag < 5*time.Minute || lag > 6*time.Minute {
		t.Errorf("after forty documents that took five minutes it is %v", lag)
	}
}

func TestHealthIsStoredTogetherAndNotLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKeeper()
		for i := range 500 {
			k.set(source(centre.ID(i+1), "s"))
		}
		k.refuseHealth = errors.New("the disk is full")
		c := &scripted{do: nothingNew}
		_, stop := run(t, k, c)
		time.Sleep(10 * time.Second)
		k.mu.Lock()
		k.refuseHealth = nil
		k.mu.Unlock()
		stop()
		if k.writes > 15 {
			t.Errorf("the health of 500 sources was stored in %d transactions", k.writes)
		}
		for i := range 500 {
			if h := k.state(centre.ID(i + 1)).Health; h.Fetched != 1 {
				t.Fatalf("the health of source %d was lost: %+v", i+1, h)
			}
		}
	})
}

func TestThousandsAtOnceDoNotAllBeginAtOnceAndSlowOnesHoldNobodyUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKeeper()
		for i := range 3000 {
			slug := "quick"
			if i%2 == 0 {
				slug = "slow"
			}
			k.set(source(centre.ID(i+1), slug))
		}
		now, most := 0, 0
		c := &scripted{}
		c.do = func(ctx context.Context, r gather.Request) (gather.Result, error) {
			c.mu.Lock()
			if r.Source.Slug == "quick" {
				now++
				most = max(most, now)
			}
			c.mu.Unlock()
			wait := 10 * time.Millisecond
			if r.Source.Slug == "slow" {
				wait = 10 * time.Minute
			}
			time.Sleep(wait)
			c.mu.Lock()
			if r.Source.Slug == "quick" {
				now--
			}
			c.mu.Unlock()
			return nothingNew(ctx, r)
		}
		run(t, k, c)
		time.Sleep(time.Minute)
		synctest.Wait()
		if n := len(c.fetches("quick")); n != 1500 {
			t.Errorf("beside 1,500 slow sources only %d of 1,500 quick ones were fetched within a minute", n)
		}
		if most > 256 {
			t.Errorf("%d began at once", most)
		}
	})
}

func TestTheShortWayOfReadingADateEndsWhereTheLongOneDoes(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		zone := time.FixedZone("", (random.IntN(27)-12)*3600+random.IntN(2)*1800)
		at := time.Unix(random.Int64N(4e9)-1e9, 0).In(zone)
		for _, text := range []string{at.Format(time.RFC1123Z), at.UTC().Format(http1123), at.Format(time.RFC3339), at.UTC().Format(time.RFC3339)} {
			short, okShort := gather.ParseDate(text, centre.BasisFeed)
			long, okLong := gather.ParseDate("  "+text, centre.BasisFeed)
			if short != long || okShort != okLong {
				t.Fatalf("%q: %+v %v, the long way %+v %v", text, short, okShort, long, okLong)
			}
		}
	}
}

// http1123 is RFC 1123 as HTTP writes it.
const http1123 = "Mon, 02 Jan 2006 15:04:05 GMT"
