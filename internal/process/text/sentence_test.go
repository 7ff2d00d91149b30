package text

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// In the examples | stands where a sentence ends.
func TestSentences(t *testing.T) {
	for _, c := range []struct{ language, marked string }{
		{"en", "Officers met in Baghdad.| They agreed.| What did they agree on?| Nobody said!"},
		{"en", "Gen. Smith met Dr. Hassan and J. B. Brown on Sept. 26 in the U.S. Army base.| He left."},
		{"en", "He lives in the U.S.| The army left at 5 p.m.| It rained, i.e. it poured."},
		{"en", "It grew by 3.5 per cent, says example.org/a.b.| See www.example.com for more."},
		{"en", "\"We agreed.\"| \"Did you?\" he asked.| \"Go!\" she said.| (They went.)| So it was."},
		{"en", "He waited... and waited.| Then he left...| They came."},
		{"en", "1. First point.| 2. Second point."},
		{"en", "A title without a stop|\n\nA paragraph\nthat wraps.| Another one"},
		{"en", "The company, Example Inc., was sold.| It belonged to Other Co.| In May it failed."},
		{"en", "See No. 5 and No. 6.| He said no.| They left."},
		{"en", "Really?!| Yes."},
		{"ru", "В. В. Иванов прибыл в г. Москву 26 сентября 2015 г.| Он встретился с ген. Петровым.| Было 3,5 млн. человек и т. д."},
		{"ru", "«Мы договорились!» — сказал он.| «Когда?»| Никто не знает..."},
		{"ru", "Это было в 2015 г. в Багдаде, т.е. в Ираке.| Потом всё кончилось."},
		{"ar", "اجتمع الضباط في بغداد.| ماذا قرروا؟| لم يقل أحد شيئا، ولا د. حسن؛ انتهى."},
		{"ar", "قال الوزير... ثم سكت.| وغادر!"},
		{"fa", "افسران در بغداد دیدار کردند.| چه گفتند؟| کسی نمی‌داند."},
		{"ur", "وہ آئے۔| وہ گئے۔"},
		{"zh", "他们来了。|他们走了。"},
		{"en", ""},
		{"en", " \n\n "},
	} {
		var want []string
		for _, s := range strings.Split(c.marked, "|") {
			if s = strings.TrimSpace(s); s != "" {
				want = append(want, s)
			}
		}
		text := strings.ReplaceAll(c.marked, "|", "")
		runes := []rune(text)
		var got []string
		for _, s := range Sentences(text, c.language) {
			got = append(got, string(runes[s.Start:s.End]))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s %q\n got %q\nwant %q", c.language, text, got, want)
		}
	}
}

func FuzzSentences(f *testing.F) {
	for _, s := range []string{"A. B. C.", "1. x", "...", "\"", "г.", ". . .\n\n", "\xff.", "U.S. The", "د. ", "。。"} {
		f.Add(s, "en")
		f.Add(s, "ar")
	}
	f.Fuzz(func(t *testing.T, text, language string) {
		runes := []rune(text)
		at := 0
		blank := func(from, to int) bool {
			for _, r := range runes[from:to] {
				if !unicode.IsSpace(r) {
					return false
				}
			}
			return true
		}
		for _, s := range Sentences(text, language) {
			if s.Start < at || s.End <= s.Start || s.End > len(runes) || !blank(at, s.Start) || unicode.IsSpace(runes[s.Start]) || unicode.IsSpace(runes[s.End-1]) {
				t.Fatalf("%q: the sentence %v after %d", text, s, at)
			}
			at = s.End
		}
		if !blank(at, len(runes)) {
			t.Fatalf("%q: the end from %d is in no sentence", text, at)
		}
	})
}

func BenchmarkSentences(b *testing.B) {
	text := strings.Repeat("Gen. Smith met officers of the four states in Baghdad on Sept. 26. They agreed to share what they know. ", 24)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if n := len(Sentences(text, "en")); n != 48 {
			b.Fatal(n, utf8.RuneCountInString(text))
		}
	}
}
