package gather_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"entente/internal/centre"
	"entente/internal/gather"
)

func TestDatesAsTheyAreWritten(t *testing.T) {
	tests := []struct{ text, want string }{
		// RFC 822 and what passes for it
		{"Sat, 26 Sep 2015 14:05:06 GMT", "second 2015-09-26T14:05:06Z"},
		{"Sat, 26 Sep 2015 14:05:06 +0300", "second 2015-09-26T11:05:06Z"},
		{"Sat, 26 Sep 15 14:05 EST", "minute 2015-09-26T19:05:00Z"},
		{"26 Sep 1999 23:59:60 GMT", "second 1999-09-26T23:59:59Z"},
		{"Saturday, September 26, 2015 2:05 PM UTC", "minute 2015-09-26T14:05:00Z"},
		{"Sept 26th 2015", "day 2015-09-26T00:00:00Z"},
		{"Sat, 26 Sep 2015 14:05:06 GMT+3", "second 2015-09-26T11:05:06Z"},
		{"Sat Sep 26 14:05:06 MSK 2015", "second 2015-09-26T11:05:06Z"},
		// ISO 8601
		{"2015-09-26T14:05:06.789Z", "second 2015-09-26T14:05:06Z"},
		{"2015-09-26T14:05:06+03:30", "second 2015-09-26T10:35:06Z"},
		{"2015-09-26T14:05-0500", "minute 2015-09-26T19:05:00Z"},
		{"20150926T140506Z", "second 2015-09-26T14:05:06Z"},
		{"2015-09-26", "day 2015-09-26T00:00:00Z"},
		{"2015/9/6", "day 2015-09-06T00:00:00Z"},
		// no zone, one that means several, or an impossible one: the day alone
		{"2015-09-26 14:05:06", "day 2015-09-26T00:00:00Z"},
		{"Sat, 26 Sep 2015 14:05:06 AST", "day 2015-09-26T00:00:00Z"},
		{"Sat, 26 Sep 2015 14:05:06 +9900", "day 2015-09-26T00:00:00Z"},
		// Russian
		{"26 сентября 2015 г., 14:05 МСК", "minute 2015-09-26T11:05:00Z"},
		{"Сб, 3 мая 2014 10:00:00 +0400", "second 2014-05-03T06:00:00Z"},
		{"26.09.2015", "day 2015-09-26T00:00:00Z"},
		{"06.09.2015 17:30", "day 2015-09-06T00:00:00Z"},
		{"октябрь 2015", "month 2015-10-01T00:00:00Z"},
		// Arabic, both sets of names, both kinds of digits
		{"السبت، 26 سبتمبر 2015", "day 2015-09-26T00:00:00Z"},
		{"٢٦ أيلول ٢٠١٥", "day 2015-09-26T00:00:00Z"},
		{"1 تشرين الأول 2015 الساعة 10:00 GMT", "minute 2015-10-01T10:00:00Z"},
		{"5 كانون الثاني 2016", "day 2016-01-05T00:00:00Z"},
		{"الأربعاء 7 أكتوبر 2015 - 3:15 م", "day 2015-10-07T00:00:00Z"},
		// Persian, Gregorian and solar
		{"۲۶ سپتامبر ۲۰۱۵", "day 2015-09-26T00:00:00Z"},
		{"شنبه ۴ مهر ۱۳۹۴", "day 2015-09-26T00:00:00Z"},
		{"۱۳۹۴/۰۷/۰۴", "day 2015-09-26T00:00:00Z"},
		{"سه\u200cشنبه، ۱ فروردین ۱۴۰۲", "day 2023-03-21T00:00:00Z"},
		{"30 اسفند 1399", "day 2021-03-20T00:00:00Z"},
		{"22 بهمن 1357", "day 1979-02-11T00:00:00Z"},
		{"۵ میزان ۱۳۹۴", "day 2015-09-27T00:00:00Z"},
		{"السبت 26 سبتمبر 2015 الساعة 5:30 مساءً بتوقيت غرينتش", "minute 2015-09-26T17:30:00Z"},
		{"26 سبتمبر 2015، 08:15 بتوقيت مكة المكرمة", "minute 2015-09-26T05:15:00Z"},
		{"26/9/2015 بالتوقيت المحلي 10:00", "day 2015-09-26T00:00:00Z"},
		// other languages that feeds are written in
		{"2004년 5월 28일  오후 11:31:25", "day 2004-05-28T00:00:00Z"},
		{"2004-05-25 오후 11:23:17 KST", "second 2004-05-25T14:23:17Z"},
		{"2015年9月26日 14:05 JST", "minute 2015-09-26T05:05:00Z"},
		{"Κυρ, 11 Ιούλ 2004 12:00:00 EST", "second 2004-07-11T17:00:00Z"},
		{"26 Σεπτεμβρίου 2015", "day 2015-09-26T00:00:00Z"},
		{"2004-július-13T9:15-05:00", "minute 2004-07-13T14:15:00Z"},
		{"26 août 2015", "day 2015-08-26T00:00:00Z"},
		{"Sa., 26. September 2015, 14:05 Uhr", "day 2015-09-26T00:00:00Z"},
		{"26 Eylül 2015 14:05 +0300", "minute 2015-09-26T11:05:00Z"},
		{"Xyz, 26 Sep 2015 14:05:06 GMT", "second 2015-09-26T14:05:06Z"},
		// rarer forms of ISO 8601, and of programs
		{"2015-269", "day 2015-09-26T00:00:00Z"},
		{"2015269T14:05:06Z", "second 2015-09-26T14:05:06Z"},
		{"2015-W39-6", "day 2015-09-26T00:00:00Z"},
		{"2015W396T14:05Z", "minute 2015-09-26T14:05:00Z"},
		{"2015-W54-1", "no"},
		{"2015-09", "month 2015-09-01T00:00:00Z"},
		{"2015-09-26T24:00:00Z", "second 2015-09-27T00:00:00Z"},
		{"1998.11.05T08:15-0500", "minute 1998-11-05T13:15:00Z"},
		{"Fri, 2006/09/15 08:19:53 EDT", "second 2006-09-15T12:19:53Z"},
		{"2015-09-26 14:05:06 GMT", "second 2015-09-26T14:05:06Z"},
		{"2004-07-08 23:56:58.0", "day 2004-07-08T00:00:00Z"},
		{"Sun Jan  4 16:29:06 2004", "day 2004-01-04T00:00:00Z"},
		{"Sunday, 06-Nov-94 08:49:37 GMT", "second 1994-11-06T08:49:37Z"},

		// two days, no day, no date
		{"05/06/2015", "no"},
		{"13/06/2015", "day 2015-06-13T00:00:00Z"},
		{"30 Feb 2015", "no"},
		{"30 اسفند 1394", "no"}, // no leap year
		{"29 اسفند 1394", "day 2016-03-19T00:00:00Z"},
		{"yesterday", "no"},
		{"مهر ۱۳۹۴", "no"},
		{"3 chapters of May 2010", "no"},
		{"2015", "no"},
		{"", "no"},
		{"1443096000", "no"},
		{"26 Sep 2015 26:00 GMT", "no"},
	}
	for _, test := range tests {
		m, ok := gather.ParseDate(test.text, centre.BasisFeed)
		got := "no"
		if ok {
			got = string(m.Precision) + " " + m.Time.Truncate(time.Second).Format(time.RFC3339)
		}
		if got != test.want {
			t.Errorf("%q: got %s, want %s", test.text, got, test.want)
		}
	}
}

func TestADateIsReadAsItWasMeantInEveryLayout(t *testing.T) {
	layouts := []string{time.RFC1123Z, time.RFC3339, time.RFC850, "Mon Jan _2 15:04:05 -0700 2006", "2 January 2006 15:04:05 -0700", "20060102T150405Z0700"}
	rapid.Check(t, func(t *rapid.T) {
		seconds := rapid.Int64Range(0, 2e9).Draw(t, "seconds")
		offset := rapid.IntRange(-12*4, 14*4).Draw(t, "quarters of an hour") * 900
		layout := rapid.SampledFrom(layouts).Draw(t, "layout")
		at := time.Unix(seconds, 0).In(time.FixedZone("", offset))
		if layout == time.RFC850 { // two-digit years: the window of RFC 2822
			at = at.UTC()
		}
		text := at.Format(layout)
		m, ok := gather.ParseDate(text, centre.BasisFeed)
		if !ok || !m.Time.Equal(at) || m.Precision != centre.PrecisionSecond || m.Basis != centre.BasisFeed {
			t.Fatalf("%q: got %v %v, want %v", text, m, ok, at)
		}
	})
}

func TestWhatCannotBeATimeOfPublicationIsUnknown(t *testing.T) {
	now := time.Date(2015, 9, 26, 12, 0, 0, 0, time.UTC)
	at := func(t time.Time) centre.Moment { return centre.Moment{Time: t, Precision: centre.PrecisionSecond} }
	for _, test := range []struct {
		name    string
		given   centre.Moment
		kept    bool
		problem bool
	}{
		{"a clock that runs ahead a little", at(now.Add(23 * time.Hour)), true, false},
		{"the future", at(now.Add(25 * time.Hour)), false, true},
		{"the beginning of computers' time", at(time.Unix(0, 0)), false, true},
		{"unknown stays unknown and is no problem", centre.Moment{}, false, false},
	} {
		m, problem := gather.Plausible(test.given, now)
		if m.Known() != test.kept || (problem != "") != test.problem {
			t.Errorf("%s: got %v, %q", test.name, m, problem)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	for _, seed := range []string{"Sat, 26 Sep 2015 14:05:06 GMT", "۱۳۹۴/۰۷/۰۴", "2015-09-26T14:05:06+03:30", "1 تشرين الأول 2015", "26 сентября 2015 г.", "00000000T000000", "+", "1:00+", "9999-99-99T", "4 مهر 99999999999999999999"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, ok := gather.ParseDate(text, centre.BasisPage)
		if ok && (m.Time.Year() < 0 || m.Time.Year() > 10000 || m.Time.Location() != time.UTC || m.Precision == "") {
			t.Errorf("%q: %v", text, m)
		}
	})
}

func TestDateTimeGroups(t *testing.T) {
	for text, want := range map[string]string{
		"261530ZSEP15": "2015-09-26T15:30:00Z minute", "261530Z SEP 2015": "2015-09-26T15:30:00Z minute", "261530CSEP15": "2015-09-26T12:30:00Z minute",
		"261530K SEP 15": "2015-09-26T05:30:00Z minute", "261530NSEP15": "2015-09-26T16:30:00Z minute", "260030Y OCT 15": "2015-10-26T12:30:00Z minute",
		"261530JSEP15": "2015-09-26T00:00:00Z day", "262530ZSEP15": "", "311530ZSEP15": "", "261530ZSEX15": "", "001530ZSEP15": "",
	} {
		got := ""
		if m, ok := gather.ParseDate(text, centre.BasisColumn); ok {
			got = m.Time.Format(time.RFC3339) + " " + string(m.Precision)
		}
		if got != want {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
	}
}
