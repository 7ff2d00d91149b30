package when

import (
	"strings"
	"testing"

	"entente/internal/centre"
)

// Published on Saturday 26 September 2015.
func TestForwardsWeekendsDecadesAndTheDayAfter(t *testing.T) {
	for _, c := range []struct{ language, text, want string }{
		{"en", "The talks will resume in two days.", "in two days = 2015-09-28"},
		{"en", "The talks will resume in a week in Vienna.", "in a week = 2015-09-28..2015-10-05 week"},
		{"en", "Two villages fell in two days.", ""},
		{"en", "He expects an answer three days from now.", "three days from now = 2015-09-29"},
		{"en", "They met over the weekend in Amman.", "weekend = 2015-09-26..2015-09-28 day"},
		{"en", "They met last weekend in Amman.", "last weekend = 2015-09-19..2015-09-21 day"},
		{"en", "They will meet next weekend.", "next weekend = 2015-10-03..2015-10-05 day"},
		{"en", "In the 1990s the bridge was closed.", "1990s = 1990-01-01..2000-01-01 year"},
		{"en", "The bridge of the eighties is gone.", "eighties = 1980-01-01..1990-01-01 year"},
		{"en", "He came on 20 September 2015 and left the following day.", "20 September 2015 = 2015-09-20; the following day = 2015-09-21"},
		{"en", "He left the next day.", "the next day = ?"},
		{"ru", "Переговоры возобновятся через два дня.", "через два дня = 2015-09-28"},
		{"ru", "Через неделю делегация вернётся.", "Через неделю = 2015-09-28..2015-10-05 week"},
		{"ru", "Через два дня после взрыва мост открыли.", ""},
		{"ru", "В минувшие выходные стороны встретились.", "минувшие выходные = 2015-09-19..2015-09-21 day"},
		{"ru", "В 1990-х годах мост закрыли.", "1990-х = 1990-01-01..2000-01-01 year"},
		{"ru", "В девяностые мост закрыли.", "девяностые = 1990-01-01..2000-01-01 year"},
		{"ru", "Он прибыл 20 сентября 2015 года, а на следующий день уехал.", "20 сентября 2015 года = 2015-09-20; на следующий день = 2015-09-21"},
		{"ar", "سيجتمع الوزراء بعد يومين في فيينا.", "بعد يومين = 2015-09-28"},
		{"ar", "عاد بعد يومين من القتال.", ""},
		{"ar", "اجتمعوا نهاية الأسبوع الماضي.", "نهاية الأسبوع الماضي = 2015-09-18..2015-09-20 day"},
		{"ar", "أغلق الجسر في التسعينيات.", "التسعينيات = 1990-01-01..2000-01-01 year"},
		{"ar", "وصل في 20 أيلول 2015 وغادر في اليوم التالي.", "20 أيلول 2015 = 2015-09-20; اليوم التالي = 2015-09-21"},
		{"fa", "گفت‌وگوها دو روز دیگر از سر گرفته می‌شود.", "دو روز دیگر = 2015-09-28"},
		{"fa", "آنان آخر هفته گذشته دیدار کردند.", "آخر هفته گذشته = 2015-09-24..2015-09-26 day"},
		{"fa", "پل در دهه ۱۳۷۰ بسته شد.", "دهه ۱۳۷۰ = 1991-03-21..2001-03-21 year"},
		{"fa", "پل در دهه ۱۹۹۰ بسته شد.", "دهه ۱۹۹۰ = 1990-01-01..2000-01-01 year"},
	} {
		var got []string
		for _, m := range find(t, c.language, c.text, saturday) {
			got = append(got, written(m))
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s: %s\n got %s\nwant %s", c.language, c.text, strings.Join(got, "; "), c.want)
		}
	}
	for _, text := range []string{"They met last weekend.", "Переговоры возобновятся через два дня."} {
		for _, m := range find(t, "en", text, centre.Moment{}) {
			if m.When != nil {
				t.Errorf("%s resolves without a time of publication: %+v", text, m.When)
			}
		}
	}
}

// Published on Saturday 26 September 2015.
func TestWhoDidItDoesNotPutADayAhead(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Three oil engineers were killed by gunmen north of Basra on Tuesday.", "Tuesday = 2015-09-22"},
		{"The bridge of Hit was opened by the governor on Tuesday.", "Tuesday = 2015-09-22"},
		{"On Tuesday the bridge was opened by the governor.", "Tuesday = 2015-09-22"},
		{"The road stayed shut until the governor came on Tuesday.", "Tuesday = 2015-09-22"},
		{"The bridge was blown up by rebels last May.", "last May = 2015-05-01..2015-06-01 month"},
		{"The bridge was blown up by rebels in November.", "November = 2014-11-01..2014-12-01 month"},
		{"They want an answer by Tuesday.", "Tuesday = 2015-09-29"},
		{"The road stays shut until Tuesday.", "Tuesday = 2015-09-29"},
		{"They want an answer by the weekend.", "weekend = 2015-09-26..2015-09-28 day"},
		{"They want an answer by November.", "November = 2015-11-01..2015-12-01 month"},
		{"The road will be opened by the governor on Tuesday.", "Tuesday = 2015-09-29"},
	} {
		var got []string
		for _, m := range find(t, "en", c.text, saturday) {
			got = append(got, written(m))
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, strings.Join(got, "; "), c.want)
		}
	}
}
