package echo_test

import (
	"math"
	"strings"
	"testing"

	"entente/internal/echo"
)

func TestSkeletons(t *testing.T) {
	for want, words := range map[string][]string{
		"prtn": {"protein", "протеин", "پروتين", "البروتين"},
		"pskf": {"peskov", "песков", "بيسكوف", "پسكوف"},
		"frs":  {"virus", "вирус", "فيروس"},
		"rs":   {"ويروس"}, // Persian writes v with a letter that is a vowel in Arabic
		"fksn": {"vaccine"},
		"nfks": {"infection", "инфекция"},
		"":     {"", "aeiou", "12"},
	} {
		for _, w := range words {
			if got := echo.Skeleton(w); got != want {
				t.Errorf("Skeleton(%q) is %q, want %q", w, got, want)
			}
		}
	}
}

// Three matters in four languages, written for this test.
var matters = []map[string]string{
	{
		"en": "President Putin and Premier Abadi met in Baghdad on 26 September. Reuters counted 340 delegates and 12 interpreters.",
		"ru": "Президент Путин и премьер Абади встретились в Багдаде 26 сентября. Рейтер насчитал 340 делегатов и 12 переводчиков.",
		"ar": "التقى الرئيس بوتين ورئيس الوزراء العبادي في بغداد يوم 26 سبتمبر. وأحصت رويترز 340 مندوبا و12 مترجما.",
		"fa": "پوتین رئیس جمهور و العبادی نخست وزیر روز ۲۶ سپتامبر در بغداد دیدار کردند. رویترز ۳۴۰ نماینده و ۱۲ مترجم شمرد.",
	},
	{
		"en": "Minister Fallon told the BBC on 3 October that 57 tonnes of medicine reached Latakia with a convoy of 9 lorries.",
		"ru": "Министр Фэллон сообщил Би-би-си (BBC) 3 октября, что 57 тонн медикаментов прибыли в Латакию с колонной из 9 грузовиков.",
		"ar": "قال الوزير فالون لهيئة BBC يوم 3 أكتوبر إن 57 طنا من الدواء وصلت إلى اللاذقية مع قافلة من 9 شاحنات.",
		"fa": "فالون وزیر دفاع روز ۳ اکتبر به BBC گفت ۵۷ تن دارو با کاروانی از ۹ کامیون به لاذقیه رسید.",
	},
	{
		"en": "The earthquake of magnitude 6.4 struck Kermanshah at 21:48; 118 villages lost electricity, the Tasnim agency said.",
		"ru": "Землетрясение магнитудой 6,4 произошло в Керманшахе в 21:48; 118 деревень остались без света, сообщило агентство Тасним.",
		"ar": "ضرب زلزال قوته 6.4 كرمانشاه في الساعة 21:48 وفقدت 118 قرية الكهرباء بحسب وكالة تسنيم.",
		"fa": "زمین لرزه ای به بزرگی ۶٫۴ ساعت ۲۱:۴۸ کرمانشاه را لرزاند و برق ۱۱۸ روستا قطع شد، خبرگزاری تسنیم گفت.",
	},
}

func TestTranslationsAreMostAlike(t *testing.T) {
	index := echo.NewIndex()
	read := map[string][]echo.Signature{}
	for _, m := range matters {
		for language, text := range m {
			s := echo.Read(language, text, nil)
			index.Add(s)
			read[language] = append(read[language], s)
		}
	}
	for from, list := range read {
		for to, others := range read {
			if from == to {
				continue
			}
			for i := range list {
				for j := range others {
					like, other := index.Likeness(list[i], others[i]), index.Likeness(list[i], others[j])
					if i != j && other >= like {
						t.Errorf("%s %d is as like %s %d (%.3f) as its translation (%.3f)", from, i, to, j, other, like)
					}
					if back := index.Likeness(others[j], list[i]); math.Abs(back-other) > 1e-9 {
						t.Errorf("likeness is %f one way and %f the other", other, back)
					}
				}
			}
		}
	}
	if like := index.Likeness(read["en"][0], read["en"][0]); math.Abs(like-1) > 1e-9 {
		t.Errorf("a text is %f like itself", like)
	}
	if like := index.Likeness(read["en"][0], echo.Signature{}); like != 0 {
		t.Errorf("a text is %f like none", like)
	}
}

func FuzzLikeness(f *testing.F) {
	f.Add("en", "ru", matters[0]["en"], matters[0]["ru"])
	f.Add("", "ar", "\xff\x00", strings.Repeat("٣", 100))
	f.Fuzz(func(t *testing.T, one, two, a, b string) {
		x := echo.NewIndex()
		s, u := echo.Read(one, a, nil), echo.Read(two, b, nil)
		x.Add(s)
		x.Add(u)
		if like := x.Likeness(s, u); !(like >= 0 && like < 1.000001) {
			t.Errorf("likeness %f", like)
		}
	})
}

func BenchmarkLikeness(b *testing.B) {
	x := echo.NewIndex()
	s := echo.Read("en", strings.Repeat(matters[0]["en"], 10), nil)
	u := echo.Read("ru", strings.Repeat(matters[0]["ru"], 10), nil)
	x.Add(s)
	x.Add(u)
	for b.Loop() {
		x.Likeness(s, u)
	}
}
