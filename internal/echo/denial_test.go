package echo_test

import (
	"strings"
	"testing"

	"entente/internal/centre"
	"entente/internal/echo"
)

// A report, its translations, and denials of it with the same names, numbers and
// places, written for this test.
var (
	claim = "American officials told CNN on 8 October that 4 of 26 Kalibr missiles launched from the Caspian flotilla, by the frigate Dagestan, had come down in Iran near Takab after 1500 kilometres. Pentagon spokesman Kirby had no comment."
	told  = map[string]string{
		"ru": "Американские чиновники сообщили 8 октября CNN, что 4 из 26 ракет «Калибр», выпущенных Каспийской флотилией с фрегата «Дагестан», упали в Иране у Такаба через 1500 километров. Представитель Пентагона Кирби от комментариев отказался.",
		"ar": "أبلغ مسؤولون أمريكيون شبكة CNN يوم 8 أكتوبر أن 4 من 26 صاروخ كاليبر أطلقتها فرقاطة داغستان من بحر قزوين سقطت في إيران قرب تكاب بعد 1500 كيلومتر. ولم يعلق كيربي متحدث بنتاغون.",
		"fa": "مقام‌های آمریکایی روز ۸ اکتبر به CNN گفتند ۴ موشک از ۲۶ موشک کالیبر که ناوچهٔ داغستان از دریای خزر شلیک کرد در ایران نزدیک تکاب پس از ۱۵۰۰ کیلومتر سقوط کرده است. کربی سخنگوی پنتاگون توضیحی نداد.",
	}
	answered = map[string]string{
		"ru": "В Москве опровергли сообщение CNN от 8 октября о том, что 4 из 26 ракет «Калибр» Каспийской флотилии, фрегат «Дагестан», упали в Иране у Такаба через 1500 километров. Представитель Пентагона Кирби доказательств не привёл.",
		"ar": "ونفت موسكو ما ذكرته CNN يوم 8 أكتوبر من أن 4 من 26 صاروخ كاليبر أطلقتها فرقاطة داغستان سقطت في إيران قرب تكاب بعد 1500 كيلومتر. ولم يقدم كيربي متحدث بنتاغون دليلا.",
		"fa": "تهران گزارش ۸ اکتبر CNN دربارهٔ سقوط ۴ موشک از ۲۶ موشک کالیبر ناوچهٔ داغستان در ایران نزدیک تکاب پس از ۱۵۰۰ کیلومتر را تکذیب کرد. کربی سخنگوی پنتاگون مدرکی نداد.",
	}
)

// places are those that all of them name.
var places = []centre.Mention{{Place: &centre.Place{ID: "iran"}}, {Place: &centre.Place{ID: "takab"}}, {Place: &centre.Place{ID: "caspian"}}}

// hears tells the score with which a text is taken for a translation of another
// by a memory that has heard the news of the language.
func hears(t *testing.T, first, language, second string) (score float64, heard bool) {
	t.Helper()
	m := echo.NewMemory(1000)
	for i := range 40 { // how rare a name is, is learned from other texts
		for l, text := range matters[i%len(matters)] {
			m.Learn(echo.Read(l, text, nil))
		}
	}
	m.Add(m.Learn(echo.Read("en", first, places)), echo.Text{ID: 1, Group: 1})
	for _, text := range []string{told[language], answered[language]} {
		m.Learn(echo.Read(language, text, places))
	}
	e, ok := m.Find(m.Learn(echo.Read(language, second, places)), echo.Text{ID: 2, Group: 2}, 1)
	return e.Score, ok
}

func TestADenialIsNoEchoOfWhatItDenies(t *testing.T) {
	for language := range told {
		like, heard := hears(t, claim, language, told[language])
		if !heard {
			t.Errorf("%s: the translation is not heard, its score is %.2f", language, like)
		}
		answer, taken := hears(t, claim, language, answered[language])
		if taken {
			t.Errorf("%s: the denial is taken for a translation, with %.2f", language, answer)
		}
		if answer > like/2 {
			t.Errorf("%s: the denial has %.2f of the translation's %.2f", language, answer, like)
		}
	}
}

func TestATranslatedDenialIsAnEcho(t *testing.T) {
	denial := strings.Replace(claim, "American officials told CNN on 8 October that", "Moscow denied a report by CNN of 8 October that", 1)
	for language := range answered {
		if score, heard := hears(t, denial, language, answered[language]); !heard {
			t.Errorf("%s: the translated denial has %.2f", language, score)
		}
	}
}
