package lexis_test

import (
	"strings"
	"testing"

	"entente/internal/centre"
	"entente/internal/lexis"
)

func BenchmarkTokens(b *testing.B) {
	for _, c := range []struct{ language, text string }{
		{"en", "Officers of the four states met on Saturday to agree how the coordination cell would share what it learns about movements along the border, according to people familiar with the arrangements. "},
		{"ru", "Представители четырёх стран договорились о том, как координационный центр будет обмениваться сведениями о положении на границе, сообщили источники. "},
		{"ar", "اتفق ممثلو الدول الأربع على كيفية تبادل المعلومات بين أعضاء المركز حول الوضع على الحدود، بحسب مصادر مطلعة على الترتيبات. "},
		{"fa", "نمایندگان چهار کشور دربارهٔ چگونگی تبادل اطلاعات میان اعضای مرکز توافق کردند، منابع آگاه می\u200cگویند این کار به\u200cزودی آغاز می\u200cشود. "},
	} {
		b.Run(c.language, func(b *testing.B) {
			var text strings.Builder
			for i := 0; text.Len() < 2500; i++ {
				// New words in every sentence, as a real article has them.
				text.WriteString(strings.Replace(c.text, " ", " "+strings.Repeat("x", i%7)+string(rune('a'+i))+"tion ", 3))
			}
			content := centre.Content{Text: text.String()}
			b.SetBytes(int64(len(content.Text)))
			b.ReportAllocs()
			for b.Loop() {
				lexis.Tokens(c.language, content)
			}
		})
	}
}
