package language_test

import (
	"bytes"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"entente/internal/centre"
	"entente/internal/process/language"
)

// examples are of two languages in Latin letters, a few words each.
func examples() (all []language.Example) {
	for i := range 80 {
		all = append(all,
			language.Example{Text: "the officers met and said that they will share it" + strings.Repeat(" the", i%3), Language: "en"},
			language.Example{Text: "les officiers se sont réunis et ont dit qu'ils le partageront" + strings.Repeat(" les", i%3), Language: "fr"})
	}
	return all
}

func TestAModelIsReadAsItWasWritten(t *testing.T) {
	d := language.Train(examples())
	data := d.Append(nil)
	if !bytes.Equal(data, language.Train(examples()).Append(nil)) {
		t.Error("the same examples give another model")
	}
	again, err := language.ReadDetector(data)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(again.Append(nil), data) {
		t.Error("a model that was read is written otherwise")
	}
	for want, text := range map[string]string{"en": "the officers said", "fr": "les officiers ont dit"} {
		if one, two := d.Read(text).Language, again.Read(text).Language; one != want || two != want {
			t.Errorf("%q is %s, and %s by the model that was read", text, one, two)
		}
	}
	for i := 0; i < len(data); i += 1 + len(data)/500 {
		broken := bytes.Clone(data)
		broken[i] ^= 0x40
		if _, err := language.ReadDetector(broken); err == nil {
			t.Fatalf("a model with byte %d changed is read", i)
		}
		if _, err := language.ReadDetector(data[:i]); err == nil {
			t.Fatalf("%d bytes of a model are read", i)
		}
	}
}

func TestTheShippedModelIsWhole(t *testing.T) {
	if _, err := language.Shipped(); err != nil {
		t.Fatal(err)
	}
}

func TestOlderSpellingsOfSorani(t *testing.T) {
	const text = "هه\u200cموو ئه\u200cو وڵاتانه\u200c له\u200c به\u200cغدا كۆبوونه\u200cوه\u200c"
	if tag, sure := language.Detect(text); tag != "ckb" || sure < 0.5 {
		t.Errorf("%s with %.2f, want ckb", tag, sure)
	}
}

func TestLettersOfLanguagesThatTheModelDoesNotKnow(t *testing.T) {
	for want, text := range map[string]string{
		"ug": "تۆت دۆلەت باغدادتا ئۇچۇر مەركىزى قۇرۇشقا كېلىشتى", "sd": "چئن ملڪن بغداد ۾ معلومات جو مرڪز ٺاهڻ تي اتفاق ڪيو",
		"tg": "Чор кишвар дар Бағдод барои таъсиси маркази иттилоотӣ мувофиқат карданд, ҳар ҳафта ҷамъ мешаванд",
		"mt": "L-erba' pajjiżi qablu li jwaqqfu ċentru ta' informazzjoni f'Bagdad u jaħdmu flimkien għar-reġjun",
	} {
		if tag, _ := language.Detect(text); tag != want {
			t.Errorf("%q is %s, want %s", text, tag, want)
		}
	}
}

func TestWhatNoLanguageHoldsIsUndetermined(t *testing.T) {
	for _, text := range []string{
		"qzxv jkwq pfzx vbqj xkcd wqpz zxqj kvbw qjxz", "!!! ??? ...", "🔥🔥🔥 🇮🇶 👍🏽", strings.Repeat("\u202e\u2066", 40), "1234 5678 90",
		"Mba'éichapa ñande retãme oĩ heta mba'e porã ha avei tekotevẽva jahecha ko'ẽrõ", // Guarani
	} {
		if tag, sure := language.Detect(text); tag != language.Undetermined && sure > 0.5 {
			t.Errorf("%q is taken for %s with %.2f", text, tag, sure)
		}
	}
}

func TestParagraphsInOtherLanguages(t *testing.T) {
	const (
		en   = "The four states will share what they know about the situation and meet in Baghdad every week."
		ru   = "Четыре страны договорились создать в Багдаде информационный центр и обмениваться данными."
		ar   = "اتفقت الدول الأربع على إنشاء مركز للمعلومات في بغداد لجمع المعلومات وتحليلها."
		fa   = "چهار کشور توافق کردند که یک مرکز اطلاعات در بغداد ایجاد کنند و گزارش\u200cها را بررسی کنند."
		tr   = "Dört ülke Bağdat'ta bir bilgi merkezi kurmak için anlaştı ve her hafta toplanacak."
		chat = "el nas hon 3am ye7ko ennu el jeish da5al 3al balad w ma 7ada by3ref shu sar"
	)
	for name, c := range map[string]struct {
		lines []string
		main  string
		want  map[int]string // line to language
	}{
		"one language":       {[]string{en, en, en}, "en", nil},
		"a quotation":        {[]string{en, en, ru, en}, "en", map[int]string{2: "ru"}},
		"of the same script": {[]string{ar, ar, fa, ar, ar}, "ar", map[int]string{2: "fa"}},
		"Turkish in English": {[]string{en, tr, en}, "en", map[int]string{1: "tr"}},
		"neighbours":         {[]string{en, ru, ru, en, en, en}, "en", map[int]string{1: "ru", 2: "ru"}},
		"a chat":             {[]string{ar, ar, chat}, "ar", map[int]string{2: "ar-Latn"}},
		"a name":             {[]string{en, "Сергей Шойгу", "Reuters", en}, "en", nil},
		"a title":            {[]string{"Four states hold talks in the capital", ru, ru}, "ru", map[int]string{0: "en"}},
	} {
		d := centre.Draft{Content: centre.Content{Text: strings.Join(c.lines, "\n\n")}}
		if err := language.New().Apply(t.Context(), &d); err != nil {
			t.Fatal(err)
		}
		if d.Language != c.main {
			t.Errorf("%s: the language is %s, want %s", name, d.Language, c.main)
		}
		at := 0
		for i, line := range c.lines {
			want := c.want[i]
			if want == "" {
				want = c.main
			}
			end := at + utf8.RuneCountInString(line)
			if first, last := d.LanguageAt(at), d.LanguageAt(end-1); (first != want || last != want) && !(name == "a name" && d.Stretches == nil) {
				t.Errorf("%s: line %d is in %s and %s, want %s; %+v", name, i, first, last, want, d.Stretches)
			}
			at = end + 2
		}
	}
}

func TestDariIsPersianWithAReason(t *testing.T) {
	d, err := language.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	dari := d.Read("وزارت امور خارجه افغانستان از توافق چهار کشور خبر داد. سخنگوی این وزارت گفت که در ماه جنوری هیئتی به بغداد سفر می‌کند و شفاخانه‌ها و پوهنتون‌های کشور نیز از آن مستفید می‌شوند. وی علاوه نمود که کمک‌های صحی به مریضان ارسال گردیده و داکتران در شفاخانه مصروف تداوی مریضان استند.")
	iran := d.Read("وزارت امور خارجه ایران از توافق چهار کشور خبر داد. سخنگوی این وزارتخانه گفت که در ماه ژانویه هیئتی به بغداد سفر می‌کند و بیمارستان‌ها و دانشگاه‌های کشور نیز از آن بهره‌مند می‌شوند. وی افزود که کمک‌های پزشکی برای بیماران ارسال شده و پزشکان در بیمارستان مشغول درمان هستند.")
	if dari.Language != "fa" || len(dari.Why) == 0 {
		t.Errorf("Dari is %s %q", dari.Language, dari.Why)
	}
	if iran.Language != "fa" || len(iran.Why) != 0 {
		t.Errorf("the Persian of Iran is %s %q", iran.Language, iran.Why)
	}
}

// What is not linear, or looks at all of a text, would not end within the test's time.
func TestBadTexts(t *testing.T) {
	const size = 8 << 20 // bytes
	for name, unit := range map[string]string{
		"one word": "a", "Arabic without spaces": "ب", "lines of a letter": "a\n", "lines of words": "Baghdad\n", "lines in turn": "слово да и слово\nwords and words\n",
		"emoji": "🔥", "controls": "\u202ea\u2066ب", "punctuation": ".", "empty lines": "\n", "invalid": "\xff", "digits": "7", "marks": "\u0651",
	} {
		text := strings.Repeat(unit, size/len(unit))
		d, err := language.Shipped()
		if err != nil {
			t.Fatal(err)
		}
		r := d.Read(text)
		points := utf8.RuneCountInString(text)
		for _, s := range r.Stretches {
			if s.Start < 0 || s.End <= s.Start || s.End > points {
				t.Errorf("%s: the stretch %+v", name, s)
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{"", "\xff\xfe", "بغداد\n\nBaghdad is a city of many people\nГород на реке Тигр", "a\n\n\nb", "ma7aba 3\n7", "日本\nслово", strings.Repeat("слово\n", 30)} {
		f.Add(seed)
	}
	d, err := language.Shipped()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := d.Read(text)
		if r.Language == "" || math.IsNaN(r.Score) || r.Score < 0 || r.Score > 1 {
			t.Errorf("%q is %q, %v", text, r.Language, r.Score)
		}
		at := 0
		for _, s := range r.Stretches {
			if s.Start < at || s.End <= s.Start || s.End > utf8.RuneCountInString(text) || s.Language == r.Language || s.Language == language.Undetermined || !(s.Score > 0 && s.Score <= 1) {
				t.Fatalf("%q in %s has the stretch %+v after %d", text, r.Language, s, at)
			}
			at = s.End
		}
	})
}

func FuzzReadDetector(f *testing.F) {
	f.Add(language.Train(examples()).Append(nil))
	f.Add([]byte("language1\n"))
	f.Fuzz(func(_ *testing.T, data []byte) {
		if d, err := language.ReadDetector(data); err == nil {
			d.Read("the officers met и сказали")
		}
	})
}
