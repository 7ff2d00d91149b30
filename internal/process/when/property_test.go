package when

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/lexis"
)

var (
	englishMonths = strings.Fields("January February March April May June July August September October November December")
	russianMonths = strings.Fields("января февраля марта апреля мая июня июля августа сентября октября ноября декабря")
	arabicMonths  = strings.Split("يناير,فبراير,مارس,أبريل,مايو,يونيو,يوليو,أغسطس,سبتمبر,أكتوبر,نوفمبر,ديسمبر", ",")
	syrianMonths  = strings.Split("كانون الثاني,شباط,آذار,نيسان,أيار,حزيران,تموز,آب,أيلول,تشرين الأول,تشرين الثاني,كانون الأول", ",")
	persianMonths = strings.Split("ژانویه,فوریه,مارس,آوریل,مه,ژوئن,ژوئیه,اوت,سپتامبر,اکتبر,نوامبر,دسامبر", ",")
	solarMonths   = strings.Split("فروردین,اردیبهشت,خرداد,تیر,مرداد,شهریور,مهر,آبان,آذر,دی,بهمن,اسفند", ",")
	hijriMonths   = strings.Split("محرم,صفر,ربيع الأول,ربيع الثاني,جمادى الأولى,جمادى الآخرة,رجب,شعبان,رمضان,شوال,ذو القعدة,ذو الحجة", ",")
	englishDays   = strings.Fields("Sunday Monday Tuesday Wednesday Thursday Friday Saturday")
	russianDays   = strings.Fields("воскресенье понедельник вторник среду четверг пятницу субботу")
	arabicDays    = strings.Split("الأحد,الاثنين,الثلاثاء,الأربعاء,الخميس,الجمعة,السبت", ",")
	persianDays   = strings.Split("یکشنبه,دوشنبه,سه‌شنبه,چهارشنبه,پنجشنبه,جمعه,شنبه", ",")
)

// digits writes a number in the digits of a script.
func digits(n int, zero rune) string {
	return strings.Map(func(r rune) rune { return r - '0' + zero }, strconv.Itoa(n))
}

const easternArabic, persianZero = '\u0660', '\u06F0'

// one is the only time that a text must have.
func one(t *testing.T, language, text string) *centre.Span {
	t.Helper()
	got := find(t, language, text, saturday)
	if len(got) != 1 || got[0].When == nil {
		t.Fatalf("%q gives %+v, want one time", text, got)
	}
	return got[0].When
}

// Every date that can be written comes back, in each language, calendar and
// set of digits, within a sentence.
func TestDatesComeBack(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		at := time.Date(1900+random.IntN(200), 1, 1+random.IntN(366), 0, 0, 0, 0, time.UTC)
		y, m, d := at.Year(), int(at.Month()), at.Day()
		for _, c := range []struct{ language, text string }{
			{"en", fmt.Sprintf("Officers met on %d %s %d in Baghdad.", d, englishMonths[m-1], y)},
			{"en", fmt.Sprintf("On %s %d, %d, officers met.", englishMonths[m-1], d, y)},
			{"en", fmt.Sprintf("On %s, %d %s %d they met.", englishDays[at.Weekday()], d, englishMonths[m-1][:3], y)},
			{"en", at.Format("on 2006-01-02 they met")},
			{"ru", fmt.Sprintf("Офицеры встретились %d %s %d года в Багдаде.", d, russianMonths[m-1], y)},
			{"ru", fmt.Sprintf("В %s, %d %s %d года, они встретились.", russianDays[at.Weekday()], d, russianMonths[m-1], y)},
			{"ru", at.Format("Они встретились 02.01.2006.")},
			{"ar", fmt.Sprintf("اجتمع الضباط في %d %s %d في بغداد", d, arabicMonths[m-1], y)},
			{"ar", fmt.Sprintf("اجتمع الضباط يوم %s %s %s %s", arabicDays[at.Weekday()], digits(d, easternArabic), syrianMonths[m-1], digits(y, easternArabic))},
			{"ar", fmt.Sprintf("في %d %s/%s %d", d, syrianMonths[m-1], arabicMonths[m-1], y)},
			{"fa", fmt.Sprintf("افسران در %s %s %s دیدار کردند", digits(d, persianZero), persianMonths[m-1], digits(y, persianZero))},
		} {
			w := one(t, c.language, c.text)
			if !w.From.Equal(at) || w.Until.Sub(w.From) != day || w.Precision != centre.PrecisionDay || w.Basis != centre.BasisAbsolute {
				t.Fatalf("%q means %+v, want %s", c.text, *w, at.Format(time.DateOnly))
			}
		}
		minute := at.Add(time.Duration(random.IntN(24*60)) * time.Minute)
		for _, text := range []string{strings.ToUpper(minute.Format("at 021504ZJan2006")[3:]), minute.Format("at 2006-01-02T15:04Z")} {
			if w := one(t, "en", text); !w.From.Equal(minute) || w.Precision != centre.PrecisionMinute {
				t.Fatalf("%q means %+v, want %v", text, *w, minute)
			}
		}
	}
}

func TestDatesOfTheHijriCalendarsComeBack(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 3000 {
		y, m, d := 1300+random.IntN(150), 1+random.IntN(12), 1+random.IntN(29)
		at := lexis.FromSolarHijri(y, m, d)
		for _, text := range []string{
			fmt.Sprintf("افسران در %s %s %s دیدار کردند", digits(d, persianZero), solarMonths[m-1], digits(y, persianZero)),
			fmt.Sprintf("روز %s %d %s %d در بغداد", persianDays[at.Weekday()], d, solarMonths[m-1], y),
			fmt.Sprintf("در %s/%s/%s آمدند", digits(y, persianZero), digits(m, persianZero), digits(d, persianZero)),
		} {
			if w := one(t, "fa", text); !w.From.Equal(at) || w.Until.Sub(w.From) != day || w.Precision != centre.PrecisionDay {
				t.Fatalf("%q means %+v, want %s", text, *w, at.Format(time.DateOnly))
			}
		}
		at = lexis.FromHijri(y, m, d)
		text := fmt.Sprintf("اجتمع الضباط في %s %s %s هـ", digits(d, easternArabic), hijriMonths[m-1], digits(y, easternArabic))
		if w := one(t, "ar", text); !w.From.Equal(at.AddDate(0, 0, -1)) || !w.Until.Equal(at.AddDate(0, 0, 2)) || w.Precision != centre.PrecisionWeek {
			t.Fatalf("%q means %+v, want the days around %s", text, *w, at.Format(time.DateOnly))
		}
	}
}

// A weekday is within the week that its words say, and a day and a month
// without a year is the nearest.
func TestWeekdaysAndDaysWithoutAYear(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for range 3000 {
		today := time.Date(1971+random.IntN(120), 1, 1+random.IntN(366), 0, 0, 0, 0, time.UTC)
		published := centre.Moment{Time: today, Precision: centre.PrecisionDay}
		wd := time.Weekday(random.IntN(7))
		for _, c := range []struct {
			language, text string
			least, most    int // days from today
		}{
			{"en", "Officers met on " + englishDays[wd] + ".", -6, 0},
			{"en", "He left last " + englishDays[wd] + ".", -7, -1},
			{"en", "next " + englishDays[wd], 1, 7},
			{"en", "Officers will meet on " + englishDays[wd] + ".", 0, 6},
			{"ru", "Офицеры встретились в " + russianDays[wd], -6, 0},
			{"ar", "اجتمع الضباط يوم " + arabicDays[wd], -6, 0},
			{"ar", arabicDays[wd] + " المقبل", 1, 7},
			{"fa", "روز " + persianDays[wd], -6, 0},
			{"fa", persianDays[wd] + " گذشته", -7, -1},
		} {
			got := find(t, c.language, c.text, published)
			if len(got) != 1 || got[0].When == nil {
				t.Fatalf("%q gives %+v", c.text, got)
			}
			away := int(got[0].When.From.Sub(today) / day)
			if away < c.least || away > c.most || got[0].When.From.Weekday() != wd || got[0].When.Basis != centre.BasisPublication {
				t.Fatalf("%q means %v, %d days from %v", c.text, got[0].When.From, away, today)
			}
		}
		at := today.AddDate(0, 0, random.IntN(181)-90)
		text := fmt.Sprintf("%d %s", at.Day(), englishMonths[at.Month()-1])
		if at.Day() == 29 && at.Month() == time.February {
			continue
		}
		if got := find(t, "en", text, published); len(got) != 1 || got[0].When == nil || !got[0].When.From.Equal(at) {
			t.Fatalf("%q, said on %v, gives %+v, want %v", text, today, got, at)
		}
	}
}

// Time and memory grow with the text alone, and the number of mentions is bounded.
func TestLongTexts(t *testing.T) {
	for _, unit := range []string{"26.09.2015 ", "on Friday ", "will ", "the day before ", "a", "1", "dhu al-", "26 September ", "في ", "سه ", "last "} {
		text := strings.Repeat(unit, 200_000/len(unit))
		if got := find(t, "en", text, saturday); len(got) > 1000 {
			t.Errorf("%q: %d mentions", unit, len(got))
		}
	}
}

func BenchmarkWhen(b *testing.B) {
	for _, c := range []struct{ language, unit string }{
		{"en", "Officers of the four states met in Baghdad on Saturday to discuss what the centre, headed by Iraq, will do. "},
		{"ru", "Офицеры четырёх государств встретились в субботу в Багдаде, чтобы обсудить работу центра, сообщило агентство. "},
		{"ar", "اجتمع ضباط الدول الأربع يوم السبت في بغداد لبحث عمل المركز الذي يرأسه العراق بحسب الوكالة. "},
		{"fa", "افسران چهار کشور روز شنبه در بغداد دیدار کردند تا درباره کار مرکز گفتگو کنند. "},
	} {
		b.Run(c.language, func(b *testing.B) {
			d := centre.Draft{Content: centre.Content{Text: strings.Repeat(c.unit, 2500/len(c.unit))}, Language: c.language, Published: saturday}
			step := New()
			b.SetBytes(int64(len(d.Content.Text)))
			b.ReportAllocs()
			for b.Loop() {
				d.Mentions = d.Mentions[:0]
				if err := step.Apply(b.Context(), &d); err != nil || len(d.Mentions) == 0 {
					b.Fatal(err, d.Mentions)
				}
			}
		})
	}
}
