package claim_test

import "testing"

// TestASourceWithoutAComma: what a source says may follow it without a mark, behind
// a number, a name or "this"; where nothing tells the end of the source, nothing is said.
func TestASourceWithoutAComma(t *testing.T) {
	hold(t, "fa", []spec{
		{`به گفته شرکت لیندا مارین ۲۳ ملوان در این کشتی هستند.`, `ASSERT | شرکت لیندا مارین | ۲۳ ملوان در این کشتی هستند`},
		{`به گفته رئیس پلیس تهران سه نفر کشته شدند، اما خبرنگاران آنان را ندیدند.`,
			`ASSERT | رئیس پلیس تهران | سه نفر کشته شدند، اما خبرنگاران آنان را ندیدند`},
		{`به گفته وزارت دفاع روسیه پهپادها در مسکو سرنگون شدند.`, `ASSERT | وزارت دفاع روسیه | پهپادها در مسکو سرنگون شدند`},
		{`به گفته سخنگوی پلیس این انفجار تلفات داشت.`, `ASSERT | سخنگوی پلیس | این انفجار تلفات داشت`},
		{`به گفته پلیس در این حادثه ۲ نفر کشته شدند.`, `ASSERT | پلیس | در این حادثه ۲ نفر کشته شدند`},
		{`به گفته یک مقام این کشور، مذاکرات شکست خورده است.`, `ASSERT | یک مقام | مذاکرات شکست خورده است`},
		{`به گفته سخنگوی این نهاد حمله به شهر ادامه دارد.`, ``},
		{`به گفته مقامات محلی انفجار در شهر رخ داد.`, ``},
	})
}

// TestTheCountryOfABody: the name of a country behind that of a body is the body's
// where another object follows, and else what is done to.
func TestTheCountryOfABody(t *testing.T) {
	hold(t, "fa", []spec{
		{`حزب‌الله لبنان گزارش‌ها درباره انبار مهمات در بندر را تکذیب کرد.`, `DENY | حزب‌الله لبنان | گزارش‌ها درباره انبار مهمات در بندر`},
		{`حماس اسرائیل و مصر را به محاصره متهم کرد.`, `ASSERT | حماس | اسرائیل و مصر را به محاصره`},
		{`پمپئو ایران را به حمله متهم کرد.`, `ASSERT | پمپئو | ایران را به حمله`},
	})
}

// TestToGoOnWithSomethingSaysNothing: a ship that goes on its way is no speaker, and
// what it does belongs to what is written.
func TestToGoOnWithSomethingSaysNothing(t *testing.T) {
	hold(t, "fa", []spec{
		{`خبرگزاری فارس خبر توقیف را تکذیب کرد و نوشت این کشتی پس از تذکر به مسیر خود ادامه داد.`,
			`DENY | خبرگزاری فارس | خبر توقیف
			ASSERT | خبرگزاری فارس | این کشتی پس از تذکر به مسیر خود ادامه داد`},
		{`نیروهای عراقی به پیشروی خود ادامه دادند.`, ``},
		{`سخنگوی پلیس در پاسخ به خبرنگاران ادامه داد: «جاده بسته است.»`, `ASSERT | سخنگوی پلیس | جاده بسته است`},
	})
}

// TestWhoTakesResponsibilityInPersian: with the matter for content; costs are none.
func TestWhoTakesResponsibilityInPersian(t *testing.T) {
	hold(t, "fa", []spec{
		{`حوثی‌ها مسئولیت این حمله را بر عهده گرفتند و گفتند ده پهپاد شلیک کرده‌اند.`,
			`ASSERT | حوثی‌ها | مسئولیت این حمله
			ASSERT | حوثی‌ها | ده پهپاد شلیک کرده‌اند`},
		{`طالبان مسئولیت حمله به فرودگاه را به عهده گرفته است.`, `ASSERT | طالبان | مسئولیت حمله به فرودگاه`},
		{`هیچ گروهی مسئولیت حمله را بر عهده نگرفته است.`, ``},
		{`شرکت هزینه‌ها را بر عهده گرفت.`, ``},
	})
}
