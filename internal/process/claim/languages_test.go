package claim_test

import (
	"slices"
	"strings"
	"testing"

	"entente/internal/centre"
	"entente/internal/process"
)

// TestAParagraphIsReadInItsOwnLanguage: a report that quotes in another language
// has its statements there by the words of that language; names are given as the
// paragraph writes them, and those of its language are put in its cases.
func TestAParagraphIsReadInItsOwnLanguage(t *testing.T) {
	list, err := steps()
	if err != nil {
		t.Fatal(err)
	}
	p := process.New(slices.Clone(list), process.Options{})
	for _, x := range []struct {
		language string
		lines    []string
		want     []string
	}{
		{"en", []string{
			"Russia's prime minister will travel to Baghdad next week, the Iraqi cabinet said in a statement on Monday evening.",
			"The visit follows months of talks about a joint centre for sharing information and about the supply of new aircraft to the air force of Iraq.",
			"Премьер-министр Дмитрий Медведев прилетит в Багдад, сообщили журналистам в правительстве. С Дмитрием Медведевым полетят трое министров. Медведев заявил, что переговоры пройдут в среду.",
			"A spokesman for the cabinet denied that a date had been set.",
			"Several flights were cancelled in the meantime, and the road from the airport to the city was closed to traffic for most of the afternoon.",
		}, []string{
			"ASSERT | the Iraqi cabinet | Russia's prime minister will travel to Baghdad next week",
			"ASSERT | правительство | Премьер-министр Дмитрий Медведев прилетит в Багдад",
			"ASSERT | Дмитрий Медведев | переговоры пройдут в среду",
			"DENY | A spokesman for the cabinet | a date had been set",
		}},
		{"ar", []string{
			"قال المتحدث باسم الخارجية العراقية أحمد جمال إن بغداد تتابع التطورات على الحدود مع إيران، وأضاف أن المعابر مفتوحة أمام المسافرين حتى إشعار آخر.",
			"سخنگوی وزارت خارجه ایران روز دوشنبه در بیانیه‌ای گفت که مرزها باز خواهد ماند. او افزود هیچ تصمیمی برای بستن گذرگاه‌ها گرفته نشده است.",
			"ونفى محافظ ديالى إغلاق أي معبر في المحافظة.",
		}, []string{
			"ASSERT | أحمد جمال | بغداد تتابع التطورات على الحدود مع إيران",
			"ASSERT | أحمد جمال | المعابر مفتوحة أمام المسافرين حتى إشعار آخر",
			"ASSERT | سخنگوی وزارت خارجه ایران | مرزها باز خواهد ماند",
			"ASSERT | سخنگوی وزارت خارجه ایران | هیچ تصمیمی برای بستن گذرگاه‌ها گرفته نشده است",
			"DENY | محافظ ديالى | إغلاق أي معبر في المحافظة",
		}},
	} {
		d, err := p.Run(t.Context(), centre.Document{Body: strings.Join(x.lines, "\n\n"), MediaType: "text/plain"})
		if err != nil || d.Language != x.language || len(d.Stretches) != 1 {
			t.Fatalf("the text is in %s with the stretches %v, %v; want %s and one", d.Language, d.Stretches, err, x.language)
		}
		var got []string
		for i := range d.Statements {
			got = append(got, strings.TrimSpace(line(&d.Statements[i], "")))
		}
		if !slices.Equal(got, x.want) {
			t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(x.want, "\n"))
		}
	}
}
