package lexis

import (
	"testing"
	"time"
)

func TestHijri(t *testing.T) {
	for _, c := range []struct {
		y, m, d int
		want    string
	}{
		{1, 1, 1, "0622-07-19"},
		{1400, 1, 1, "1979-11-21"}, // in Mecca the moon was seen a day before
		{1436, 12, 12, "2015-09-26"},
		{1437, 1, 1, "2015-10-15"},
		{1421, 1, 1, "2000-04-06"},
	} {
		if got := FromHijri(c.y, c.m, c.d).Format(time.DateOnly); got != c.want {
			t.Errorf("%d-%d-%d is %s, want %s", c.y, c.m, c.d, got, c.want)
		}
	}
	for _, c := range [][3]int{{1436, 2, 30}, {1437, 12, 30}, {1436, 13, 1}, {0, 1, 1}, {1601, 1, 1}, {1436, 1, 0}} {
		if got := FromHijri(c[0], c[1], c[2]); !got.IsZero() {
			t.Errorf("%v is %v, want no date", c, got)
		}
	}
}

// Every day of either calendar follows the one before it without a gap.
func TestCalendarsHaveNoGaps(t *testing.T) {
	for name, c := range map[string]struct {
		from        func(y, m, d int) time.Time
		first, last int
	}{"Hijri": {FromHijri, 1, 1600}, "Solar Hijri": {FromSolarHijri, 1206, 1498}} {
		var before time.Time
		for y := c.first; y <= c.last; y++ {
			for m := 1; m <= 12; m++ {
				for d := 1; d <= 31; d++ {
					at := c.from(y, m, d)
					if at.IsZero() {
						if d < 29 {
							t.Fatalf("%s has no %d-%d-%d", name, y, m, d)
						}
						continue
					}
					if !before.IsZero() && at.Sub(before) != 24*time.Hour {
						t.Fatalf("%s %d-%d-%d is %v, after %v", name, y, m, d, at, before)
					}
					before = at
				}
			}
		}
	}
}

// New Year's Days and the ends of leap years from published calendars.
func TestSolarHijri(t *testing.T) {
	for _, c := range []struct {
		y, m, d int
		want    string
	}{
		{1394, 1, 1, "2015-03-21"}, {1394, 7, 4, "2015-09-26"}, {1395, 1, 1, "2016-03-20"}, {1395, 12, 30, "2017-03-20"},
		{1396, 1, 1, "2017-03-21"}, {1399, 12, 30, "2021-03-20"}, {1400, 1, 1, "2021-03-21"}, {1403, 12, 30, "2025-03-20"}, {1357, 11, 22, "1979-02-11"},
	} {
		if got := FromSolarHijri(c.y, c.m, c.d).Format(time.DateOnly); got != c.want {
			t.Errorf("%d/%d/%d is %s, want %s", c.y, c.m, c.d, got, c.want)
		}
	}
	for _, c := range [][3]int{{1394, 12, 30}, {1394, 7, 31}, {1394, 13, 1}, {1394, 0, 1}, {1394, 1, 0}, {94, 1, 1}} {
		if got := FromSolarHijri(c[0], c[1], c[2]); !got.IsZero() {
			t.Errorf("%v is a date: %v", c, got)
		}
	}
}
