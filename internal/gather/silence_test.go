package gather_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
)

func TestSilenceIsToldFromRest(t *testing.T) {
	now := time.Date(2015, 9, 26, 15, 30, 0, 0, time.UTC)
	every := func(n int) []int { return slices.Repeat([]int{n}, 28) }
	ending := func(days []int, last ...int) []int {
		return append(slices.Clone(days[:len(days)-len(last)]), last...)
	}
	week := slices.Repeat([]int{0, 0, 40, 38, 42, 41, 40}, 4) // today is the fifth working day
	tests := []struct {
		name     string
		age      int // days since it was added
		daily    []int
		silent   time.Duration // since the last item; 0 for never any
		items    int64
		alarm    gather.Alarm
		usual    float64
		sentence string
	}{
		{"forty a day and one just now", 100, every(40), time.Minute, 4000, gather.AlarmNone, 40, ""},
		{"forty a day and a quiet night", 100, every(40), 9 * time.Hour, 4000, gather.AlarmNone, 40, ""},
		{"forty a day and none since early morning", 100, every(40), 13 * time.Hour, 4000, gather.AlarmLate, 40, "Usually 40 a day, none since 02:30 UTC today."},
		{"forty a day and none since yesterday", 100, ending(every(40), 23, 0), 25*time.Hour + 25*time.Minute, 4000, gather.AlarmSilent, 40, "Usually 40 a day, none since yesterday 14:05 UTC."},
		{"silent for three weeks", 100, ending(every(40), slices.Repeat([]int{0}, 20)...), 20 * 24 * time.Hour, 4000, gather.AlarmSilent, 40, "Usually 40 a day, none since 6 September 2015 15:30 UTC."},
		{"silent for longer than is counted", 100, every(0), 40 * 24 * time.Hour, 2400, gather.AlarmSilent, 40, "Usually 40 a day, none since 17 August 2015 15:30 UTC."},
		{"three a day: a day without is chance", 100, every(3), 26 * time.Hour, 300, gather.AlarmNone, 3, ""},
		{"three a day: three days without are none", 100, ending(every(3), 3, 0, 0, 0), 72 * time.Hour, 300, gather.AlarmSilent, 3, "Usually 3 a day, none since 23 September 2015 15:30 UTC."},
		{"it rests at weekends", 100, week, 60 * time.Hour, 1000, gather.AlarmNone, 40, ""},
		{"it rests at weekends, and this was longer", 100, ending(week, 12, 0, 0, 0), 80 * time.Hour, 1000, gather.AlarmSilent, 40, "Usually 40 a day, none since 23 September 2015 07:30 UTC."},
		{"a weekly", 100, slices.Repeat([]int{0, 0, 1, 0, 0, 0, 0}, 4), 6 * 24 * time.Hour, 15, gather.AlarmUnknown, 0, ""},
		{"added five days ago", 5, ending(every(0), 40, 40, 40, 40, 0), 30 * time.Hour, 160, gather.AlarmUnknown, -1, ""},
		{"never had anything", 100, every(0), 0, 0, gather.AlarmUnknown, -1, ""},
		{"no days are known", 100, nil, time.Hour, 4000, gather.AlarmUnknown, -1, ""},
	}
	for _, test := range tests {
		h := centre.Health{Daily: test.daily, Items: test.items}
		if test.silent > 0 {
			h.LastItem = now.Add(-test.silent)
		}
		got := gather.SilenceOf(h, now.Add(-time.Duration(test.age)*24*time.Hour), now)
		if got.Alarm != test.alarm || got.Usual != test.usual || got.Sentence != test.sentence || !got.Since.Equal(h.LastItem) {
			t.Errorf("%s: %+v, want %s, %v, %q", test.name, got, test.alarm, test.usual, test.sentence)
		}
		if (got.Alarm == gather.AlarmLate || got.Alarm == gather.AlarmSilent) != (got.Sentence != "") || strings.Contains(got.Sentence, "-") {
			t.Errorf("%s: sentence %q of %s", test.name, got.Sentence, got.Alarm)
		}
	}
}
