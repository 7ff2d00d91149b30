package when

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"entente/internal/centre"
)

// saturday is the publication of the examples: Saturday 26 September 2015, 15:00 UTC.
var saturday = centre.Moment{Time: time.Date(2015, 9, 26, 15, 0, 0, 0, time.UTC), Precision: centre.PrecisionSecond, Basis: centre.BasisFeed}

func find(t testing.TB, language, text string, published centre.Moment) []centre.Mention {
	t.Helper()
	d := centre.Draft{Content: centre.Content{Text: text}, Language: language, Published: published}
	if err := New().Apply(context.Background(), &d); err != nil {
		t.Fatal(err)
	}
	check(t, text, d.Mentions)
	return d.Mentions
}

// check holds mentions to what every one of them must keep.
func check(t testing.TB, text string, mentions []centre.Mention) {
	t.Helper()
	runes := []rune(text)
	end := 0
	for _, m := range mentions {
		switch {
		case m.Start < end || m.End <= m.Start || m.End > len(runes):
			t.Fatalf("%q: mention %+v is out of order or out of the text", text, m)
		case string(runes[m.Start:m.End]) != m.Text:
			t.Errorf("%q: mention %q points at %q", text, m.Text, string(runes[m.Start:m.End]))
		case m.Kind != centre.MentionTime || m.Step != "when" || m.Version < 1 || m.Score <= 0 || m.Score > 1 || len(m.Why) == 0 || m.Place != nil:
			t.Errorf("%q: mention %+v", text, m)
		}
		if w := m.When; w != nil && (!w.From.Before(w.Until) || w.From.Location() != time.UTC || w.Until.Location() != time.UTC || w.Basis == "" || w.Precision == "" || w.From.Year() < 1 || w.Until.Year() > 9999) {
			t.Errorf("%q: %q means %+v", text, m.Text, *w)
		}
		end = m.End
	}
}

// written gives a mention as the tables below have it: the words, the span and
// its precision.
func written(m centre.Mention) string {
	if m.When == nil {
		return m.Text + " = ?"
	}
	layout := time.DateOnly
	if m.When.Precision == centre.PrecisionMinute || m.When.Precision == centre.PrecisionHour {
		layout = "2006-01-02T15:04"
	}
	from, until := m.When.From.Format(layout), m.When.Until.Format(layout)
	s := fmt.Sprintf("%s = %s..%s %s", m.Text, from, until, m.When.Precision)
	if m.When.Precision == centre.PrecisionDay && m.When.Until.Sub(m.When.From) == day {
		s = m.Text + " = " + from
	}
	return s
}

func TestExpressions(t *testing.T) {
	for _, c := range []struct{ language, text, want string }{
		// English
		{"en", "The ministers met on Friday.", "Friday = 2015-09-25"},
		{"en", "Officers met in Baghdad on Saturday.", "Saturday = 2015-09-26"},
		{"en", "He left last Saturday.", "last Saturday = 2015-09-19"},
		{"en", "Talks resume next Saturday.", "next Saturday = 2015-10-03"},
		{"en", "The council will meet on Monday in Vienna.", "Monday = 2015-09-28"},
		{"en", "On Monday, the council will vote.", "Monday = 2015-09-28"},
		{"en", "He said on Friday that the centre will open.", "Friday = 2015-09-25"},
		{"en", "He said on Friday the centre will open on Tuesday.", "Friday = 2015-09-25; Tuesday = 2015-09-29"},
		{"en", "The centre will open soon, he said on Thursday.", "Thursday = 2015-09-24"},
		{"en", "The talks will be held on Thursday.", "Thursday = 2015-10-01"},
		{"en", "Every Friday there are marches, and on Fridays too.", ""},
		{"en", "It happened last week and two days ago, a week ago and 3 months ago.", "last week = 2015-09-14..2015-09-21 week; two days ago = 2015-09-24; a week ago = 2015-09-14..2015-09-21 week; 3 months ago = 2015-06-01..2015-07-01 month"},
		{"en", "Yesterday evening he came, and today he left; tomorrow he returns.", "Yesterday evening = 2015-09-25; today = 2015-09-26; tomorrow = 2015-09-27"},
		{"en", "the day before yesterday", "day before yesterday = 2015-09-24"},
		{"en", "In September 2015 and on 26 Sept, and on Sept. 9.", "September 2015 = 2015-09-01..2015-10-01 month; 26 Sept = 2015-09-26; Sept. 9 = 2015-09-09"},
		{"en", "on September 26th, 2015 and the 26th of September 2015", "September 26th, 2015 = 2015-09-26; 26th of September 2015 = 2015-09-26"},
		{"en", "Friday, 25 September 2015, at 10:30 GMT", "Friday, 25 September 2015, at 10:30 GMT = 2015-09-25T10:30..2015-09-25T10:31 minute"},
		{"en", "Friday at 10:30 p.m. he spoke", "Friday at 10:30 p.m = 2015-09-25"},
		{"en", "26.09.2015, 26/09/2015, 09/26/2015, 2015-09-26", "26.09.2015 = 2015-09-26; 26/09/2015 = 2015-09-26; 09/26/2015 = 2015-09-26; 2015-09-26 = 2015-09-26"},
		{"en", "03/04/2015", "03/04/2015 = ?"},
		{"en", "03/04/2015 and 26/04/2015", "03/04/2015 = 2015-04-03; 26/04/2015 = 2015-04-26"},
		{"en", "03/04/2015 and 04/26/2015", "03/04/2015 = 2015-03-04; 04/26/2015 = 2015-04-26"},
		{"en", "Friday, 03/04/2015", "Friday, 03/04/2015 = 2015-04-03"},
		{"en", "04/04/2015", "04/04/2015 = 2015-04-04"},
		{"en", "at 261530ZSEP15 and 261530C SEP 2015", "261530ZSEP15 = 2015-09-26T15:30..2015-09-26T15:31 minute; 261530C SEP 2015 = 2015-09-26T12:30..2015-09-26T12:31 minute"},
		{"en", "at 2015-09-26T15:30:00+03:00 it began", "2015-09-26T15:30:00+03:00 = 2015-09-26T12:30..2015-09-26T12:31 minute"},
		{"en", "2015-09-26T15:30Z", "2015-09-26T15:30Z = 2015-09-26T15:30..2015-09-26T15:31 minute"},
		{"en", "In 1988 thousands of people fled.", "1988 = 1988-01-01..1989-01-01 year"},
		{"en", "since 2011, in 2003 and by 2000 men", "2011 = 2011-01-01..2012-01-01 year; 2003 = 2003-01-01..2004-01-01 year"},
		{"en", "early September and mid-2014, late 2013", "early September = 2015-09-01..2015-09-11 week; mid-2014 = 2014-05-01..2014-09-01 season; late 2013 = 2013-09-01..2014-01-01 season"},
		{"en", "last September, in March, this summer, last month and next year", "last September = 2014-09-01..2014-10-01 month; March = 2015-03-01..2015-04-01 month; this summer = 2015-06-01..2015-09-01 season; last month = 2015-08-01..2015-09-01 month; next year = 2016-01-01..2017-01-01 year"},
		{"en", "Talks from 26-28 September or September 26-28, 2014", "26-28 September = 2015-09-26..2015-09-29 day; September 26-28, 2014 = 2014-09-26..2014-09-29 day"},
		{"en", "over the past two weeks, in the last 24 hours", "past two weeks = 2015-09-12..2015-09-27 week; last 24 hours = 2015-09-25T15:00..2015-09-26T15:00 hour"},
		{"en", "three hours ago", "three hours ago = 2015-09-26T12:00..2015-09-26T13:00 hour"},
		{"en", "several days ago", "several days ago = ?"},
		{"en", "Friday of last week and Tuesday last week", "Friday of last week = 2015-09-18; Tuesday last week = 2015-09-15"},
		{"en", "this morning, last night and tonight", "this morning = 2015-09-26; last night = 2015-09-25; tonight = 2015-09-26"},
		{"en", "31 September 2015", "31 September 2015 = ?"},
		{"en", "He may march; it may be 26 people, version 1.2.2015.4, May told 10 men.", ""},
		{"en", "the conference on 15 October, the one on 20 December, the war on 20 January", "15 October = 2015-10-15; 20 December = 2015-12-20; 20 January = 2016-01-20"},
		{"en", "the attack carried out on 20 February", "20 February = 2015-02-20"},
		{"en", "12 Dhu al-Hijjah 1436 and Ramadan 1436", "12 Dhu al-Hijjah 1436 = 2015-09-25..2015-09-28 week; Ramadan 1436 = 2015-06-17..2015-07-19 month"},
		{"en", "in 2003-2011, in 2014-15, from 26 to 28 September, on Black Friday", "2003-2011 = 2003-01-01..2012-01-01 year; 26 to 28 September = 2015-09-26..2015-09-29 day"},
		{"en", "Monday and Tuesday", "Monday = 2015-09-21; Tuesday = 2015-09-22"},
		{"en", "Friday 26 September 2015", "Friday = 2015-09-25; 26 September 2015 = 2015-09-26"},

		// Russian
		{"ru", "Министры встретились в пятницу.", "пятницу = 2015-09-25"},
		{"ru", "Переговоры состоятся в понедельник.", "понедельник = 2015-09-28"},
		{"ru", "Вчера вечером, позавчера и сегодня утром.", "Вчера вечером = 2015-09-25; позавчера = 2015-09-24; сегодня утром = 2015-09-26"},
		{"ru", "на прошлой неделе, в прошлом месяце, в этом году, в прошлую субботу", "прошлой неделе = 2015-09-14..2015-09-21 week; прошлом месяце = 2015-08-01..2015-09-01 month; этом году = 2015-01-01..2016-01-01 year; прошлую субботу = 2015-09-19"},
		{"ru", "26 сентября, 26 сентября 2015 года, 26 сентября 2015 г., 26.09.2015 г.", "26 сентября = 2015-09-26; 26 сентября 2015 года = 2015-09-26; 26 сентября 2015 г = 2015-09-26; 26.09.2015 г = 2015-09-26"},
		{"ru", "в сентябре 2015 года, в январе, в 2011 году и с 2003 года", "сентябре 2015 года = 2015-09-01..2015-10-01 month; январе = 2015-01-01..2015-02-01 month; 2011 году = 2011-01-01..2012-01-01 year; 2003 года = 2003-01-01..2004-01-01 year"},
		{"ru", "два дня назад, неделю назад, 3 года назад, за последние три дня", "два дня назад = 2015-09-24; неделю назад = 2015-09-14..2015-09-21 week; 3 года назад = 2012-01-01..2013-01-01 year; последние три дня = 2015-09-23..2015-09-27 day"},
		{"ru", "в субботу, 26 сентября 2015 года, в 10:30 мск", "субботу, 26 сентября 2015 года, в 10:30 мск = 2015-09-26T07:30..2015-09-26T07:31 minute"},
		{"ru", "в начале сентября, осенью 2014 года, прошлым летом", "начале сентября = 2015-09-01..2015-09-11 week; осенью 2014 года = 2014-09-01..2014-12-01 season; прошлым летом = 2015-06-01..2015-09-01 season"},
		{"ru", "с 26 по 28 сентября и 26-28 сентября", "26 по 28 сентября = 2015-09-26..2015-09-29 day; 26-28 сентября = 2015-09-26..2015-09-29 day"},
		{"ru", "в пятницу на прошлой неделе", "пятницу на прошлой неделе = 2015-09-18"},
		{"ru", "12 зуль-хиджа 1436 года", "12 зуль-хиджа 1436 года = 2015-09-25..2015-09-28 week"},

		{"ru", "Среда обитания; среда, 23 сентября; в 1941–1945 годах; в среду", "среда, 23 сентября = 2015-09-23; 1941–1945 годах = 1941-01-01..1946-01-01 year; среду = 2015-09-23"},

		// Arabic
		{"ar", "أعلن الوزير أمس أن الاجتماع عقد يوم الجمعة في بغداد.", "أمس = 2015-09-25; يوم الجمعة = 2015-09-25"},
		{"ar", "قال اليوم السبت إن اليوم الأول مر.", "اليوم السبت = 2015-09-26"},
		{"ar", "الأسبوع الماضي وقبل يومين وقبل ثلاثة أيام ومنذ أسبوع", "الأسبوع الماضي = 2015-09-19..2015-09-26 week; قبل يومين = 2015-09-24; قبل ثلاثة أيام = 2015-09-23; منذ أسبوع = 2015-09-19..2015-09-26 week"},
		{"ar", "26 أيلول/سبتمبر و٢٦ سبتمبر ٢٠١٥ و26 أيلول 2015", "26 أيلول/سبتمبر = 2015-09-26; ٢٦ سبتمبر ٢٠١٥ = 2015-09-26; 26 أيلول 2015 = 2015-09-26"},
		{"ar", "في تشرين الأول 2014 وعام 2003 وفي سنة 2011", "تشرين الأول 2014 = 2014-10-01..2014-11-01 month; عام 2003 = 2003-01-01..2004-01-01 year; سنة 2011 = 2011-01-01..2012-01-01 year"},
		{"ar", "12 ذو الحجة 1436 هـ الموافق 26 سبتمبر 2015", "12 ذو الحجة 1436 هـ = 2015-09-25..2015-09-28 week; 26 سبتمبر 2015 = 2015-09-26"},
		{"ar", "الجمعة الماضي والخميس المقبل، يوم الأحد المقبل", "الجمعة الماضي = 2015-09-25; الخميس المقبل = 2015-10-01; يوم الأحد المقبل = 2015-09-27"},
		{"ar", "سيعقد الاجتماع يوم الاثنين", "يوم الاثنين = 2015-09-28"},
		{"ar", "مساء أمس، صباح اليوم، فجر الجمعة، الليلة الماضية", "مساء أمس = 2015-09-25; صباح اليوم = 2015-09-26; فجر الجمعة = 2015-09-25; الليلة الماضية = 2015-09-25"},
		{"ar", "هذا الأسبوع والشهر الماضي والعام المقبل", "هذا الأسبوع = 2015-09-26..2015-10-03 week; الشهر الماضي = 2015-08-01..2015-09-01 month; العام المقبل = 2016-01-01..2017-01-01 year"},
		{"ar", "بالأمس وأول أمس وبعد غد", "الأمس = 2015-09-25; أول أمس = 2015-09-24; بعد غد = 2015-09-28"},
		{"ar", "بعد صلاة الجمعة", ""},
		{"ar", "يوم السبت 26 أيلول 2015", "يوم السبت 26 أيلول 2015 = 2015-09-26"},
		{"ar", "خلال الأيام الثلاثة الماضية", "الأيام الثلاثة الماضية = 2015-09-23..2015-09-27 day"},
		{"ar", "1436/12/12 هـ و1436/12/12", "1436/12/12 هـ = 2015-09-25..2015-09-28 week; 1436/12/12 = ?"},

		// Persian
		{"fa", "وزیر روز جمعه گفت دیروز دیدار کردند.", "روز جمعه = 2015-09-25; دیروز = 2015-09-25"},
		{"fa", "۴ مهر ۱۳۹۴ و ۴ مهر و ۱۳۹۴/۰۷/۰۴", "۴ مهر ۱۳۹۴ = 2015-09-26; ۴ مهر = 2015-09-26; ۱۳۹۴/۰۷/۰۴ = 2015-09-26"},
		{"fa", "هفته گذشته، ماه گذشته، سال گذشته", "هفته گذشته = 2015-09-19..2015-09-26 week; ماه گذشته = 2015-08-23..2015-09-23 month; سال گذشته = 2014-03-21..2015-03-21 year"},
		{"fa", "دو روز پیش و سه روز قبل و روز گذشته", "دو روز پیش = 2015-09-24; سه روز قبل = 2015-09-23; روز گذشته = 2015-09-25"},
		{"fa", "سه‌شنبه، سه شنبه، پنج‌شنبه و شنبه", "سه‌شنبه = 2015-09-22; سه شنبه = 2015-09-22; پنج‌شنبه = 2015-09-24; شنبه = 2015-09-26"},
		{"fa", "این نشست روز دوشنبه برگزار خواهد شد", "روز دوشنبه = 2015-09-28"},
		{"fa", "۲۶ سپتامبر ۲۰۱۵ و سال ۱۳۹۴ و سال ۲۰۰۳", "۲۶ سپتامبر ۲۰۱۵ = 2015-09-26; سال ۱۳۹۴ = 2015-03-21..2016-03-20 year; سال ۲۰۰۳ = 2003-01-01..2004-01-01 year"},
		{"fa", "شب گذشته، صبح امروز، دیشب و عصر دیروز", "شب گذشته = 2015-09-25; صبح امروز = 2015-09-26; دیشب = 2015-09-25; عصر دیروز = 2015-09-25"},
		{"fa", "تابستان ۱۳۹۴، مهرماه ۱۳۹۴، پارسال", "تابستان ۱۳۹۴ = 2015-06-22..2015-09-23 season; مهرماه ۱۳۹۴ = 2015-09-23..2015-10-23 month; پارسال = 2014-03-21..2015-03-21 year"},
		{"fa", "خبرگزاری مهر و آب و دی", ""},
		{"fa", "در سه روز گذشته", "سه روز گذشته = 2015-09-23..2015-09-27 day"},
	} {
		var got []string
		for _, m := range find(t, c.language, c.text, saturday) {
			got = append(got, written(m))
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%s %q\n got %s\nwant %s", c.language, c.text, s, c.want)
		}
	}
}

func TestWithoutPublicationRelativeTimesAreUnresolved(t *testing.T) {
	for _, c := range []struct{ language, text string }{
		{"en", "on Friday"}, {"en", "yesterday evening"}, {"en", "last week"}, {"en", "two days ago"}, {"en", "26 September"}, {"en", "in September"},
		{"en", "past two days"}, {"en", "3 hours ago"}, {"en", "Friday of last week"}, {"en", "last summer"},
		{"ru", "в пятницу"}, {"ru", "вчера"}, {"ru", "на прошлой неделе"}, {"ar", "أمس"}, {"ar", "يوم الجمعة"}, {"ar", "قبل يومين"}, {"fa", "دیروز"}, {"fa", "۴ مهر"},
	} {
		got := find(t, c.language, c.text, centre.Moment{})
		if len(got) != 1 || got[0].When != nil {
			t.Errorf("%q gives %v, want one that is not resolved", c.text, got)
		}
	}
	if got := find(t, "en", "on 26 September 2015", centre.Moment{}); len(got) != 1 || got[0].When == nil || got[0].When.Basis != centre.BasisAbsolute {
		t.Errorf("a date in full is %v without a publication", got)
	}
}

// The centre's own example: an article of Saturday 26 September that says
// "Friday" means the 25th, whenever it was edited or taken.
func TestThePublicationDecidesTheDay(t *testing.T) {
	edited := centre.Draft{Content: centre.Content{Text: "He said on Friday; they met on Saturday."}, Language: "en", Published: saturday}
	edited.Document.Updated = centre.Moment{Time: saturday.Time.AddDate(0, 0, 1), Precision: centre.PrecisionDay}
	edited.Document.Fetched = saturday.Time.AddDate(9, 0, 0)
	if err := New().Apply(t.Context(), &edited); err != nil {
		t.Fatal(err)
	}
	if len(edited.Mentions) != 2 || edited.Mentions[0].When.From.Format(time.DateOnly) != "2015-09-25" || edited.Mentions[1].When.From.Format(time.DateOnly) != "2015-09-26" {
		t.Errorf("got %+v", edited.Mentions)
	}
}

func TestTheZoneOfTheDateline(t *testing.T) {
	late := centre.Moment{Time: time.Date(2015, 9, 25, 22, 30, 0, 0, time.UTC), Precision: centre.PrecisionSecond}
	text := "BAGHDAD - Officers met today at 10:30, and yesterday evening."
	draft := func(country string) centre.Draft {
		return centre.Draft{Content: centre.Content{Text: text}, Language: "en", Published: late, Findings: centre.Findings{Parts: []centre.Part{{Kind: centre.PartDateline, Start: 0, End: 9}}},
			Mentions: []centre.Mention{{Kind: centre.MentionPlace, Start: 0, End: 7, Text: "BAGHDAD", Place: &centre.Place{Country: country}}}}
	}
	for _, c := range []struct{ country, today, evening string }{
		{"IRQ", "today at 10:30 = 2015-09-26T07:30..2015-09-26T07:31 minute", "yesterday evening = 2015-09-25T14:00..2015-09-25T21:00 hour"},
		{"USA", "today at 10:30 = 2015-09-25", "yesterday evening = 2015-09-24"},
	} {
		d := draft(c.country)
		if err := New().Apply(t.Context(), &d); err != nil {
			t.Fatal(err)
		}
		if len(d.Mentions) != 3 || written(d.Mentions[1]) != c.today || written(d.Mentions[2]) != c.evening {
			t.Errorf("in %s: %s; %s", c.country, written(d.Mentions[1]), written(d.Mentions[2]))
		}
	}
	for code, zone := range zones() {
		if zone == nil {
			t.Errorf("%s has no zone", code)
		}
	}
	if len(zones()) < 50 {
		t.Errorf("%d zones are known", len(zones()))
	}
}

func TestAPublicationOfWhichTheMonthIsKnown(t *testing.T) {
	september := centre.Moment{Time: time.Date(2015, 9, 1, 0, 0, 0, 0, time.UTC), Precision: centre.PrecisionMonth}
	var got []string
	for _, m := range find(t, "en", "on Friday, last month, last year, yesterday", september) {
		got = append(got, written(m))
	}
	if want := "Friday = ?; last month = 2015-08-01..2015-09-01 month; last year = 2014-01-01..2015-01-01 year; yesterday = ?"; strings.Join(got, "; ") != want {
		t.Errorf("got %s", strings.Join(got, "; "))
	}
}

func FuzzWhen(f *testing.F) {
	for _, text := range []string{"on Friday, 26 September 2015 at 10:30 GMT", "в ночь на субботу", "يوم الجمعة 12 ذو الحجة 1436 هـ", "سه شنبه ۴ مهر ۱۳۹۴",
		"261530ZSEP15", "2015-09-26T15:30:00+03:00", "\xff 26.09.2015", "dhu al", "the day before", "99/99/9999", "mid-", "last", "ف", "9999-12-31T23:59-14:00", "010000A JAN 0001", "010001 AJAN 0000", "e\u0301 \u0640\u0640ال"} {
		for _, language := range []string{"en", "ru", "ar", "fa", "tr"} {
			f.Add(language, text)
		}
	}
	f.Fuzz(func(t *testing.T, language, text string) {
		if !utf8.ValidString(text) {
			return // Content is valid UTF-8
		}
		find(t, language, text, saturday)
		find(t, language, text, centre.Moment{})
	})
}
