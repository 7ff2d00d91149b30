package language_test

import (
	"math"
	"strings"
	"testing"

	"entente/internal/centre"
	"entente/internal/process/language"
)

func TestLanguages(t *testing.T) {
	for _, c := range []struct{ want, text string }{
		{"en", "The four states will share what they know about the situation and meet in Baghdad every week."},
		{"en", "Talks begin in Vienna"},
		{"ar", "اتفقت الدول الأربع على إنشاء مركز للمعلومات في بغداد لجمع المعلومات وتحليلها."},
		{"ar", "بغداد تستضيف اجتماعا للخبراء"},
		{"fa", "چهار کشور توافق کردند که یک مرکز اطلاعات در بغداد ایجاد کنند و گزارش\u200cها را بررسی کنند."},
		{"fa", "وزیر خارجه به تهران رفت"},
		{"ru", "Четыре страны договорились создать в Багдаде информационный центр и обмениваться данными."},
		{"ru", "Переговоры прошли в Вене"},
		{"ckb", "چوار وڵات ڕێککەوتن لەسەر دامەزراندنی ناوەندێکی زانیاری لە بەغدا بۆ کۆکردنەوەی هەواڵەکان."},
		{"ku", "Çar dewlet li ser avakirina navendeke agahiyê ya li Bexdayê li hev kirin û wê ji bo herêmê bixebite."},
		{"tr", "Dört ülke Bağdat'ta bir bilgi merkezi kurmak için anlaştı ve her hafta toplanacak."},
		{"fr", "Les quatre pays se sont mis d'accord pour créer un centre d'information à Bagdad."},
		{"he", "ארבע המדינות הסכימו להקים מרכז מידע משותף בבגדד."},
		{"ps", "څلورو هېوادونو په بغداد کې د معلوماتو د مرکز په جوړولو موافقه وکړه."},
		{"ur", "چاروں ممالک نے بغداد میں معلومات کا ایک مرکز قائم کرنے پر اتفاق کیا ہے۔"},
		{"uk", "Чотири країни домовилися створити в Багдаді інформаційний центр і обмінюватися даними."},
		{"bg", "Четирите държави се споразумяха да създадат информационен център в Багдад."},
		{"sr", "Четири државе су се договориле да оснују информациони центар у Багдаду."},
		{"de", "Die vier Staaten haben sich darauf geeinigt, in Bagdad ein Informationszentrum einzurichten."},
		{"es", "Los cuatro países acordaron crear en Bagdad un centro de información para la región."},
		{"el", "Οι τέσσερις χώρες συμφώνησαν να ιδρύσουν κέντρο πληροφοριών στη Βαγδάτη."},
		{"zh", "四国同意在巴格达设立情报中心。"},
		{"ja", "四か国はバグダッドに情報センターを設けることで合意した。"},
		{"hy", "Չորս երկրներ պայմանավորվեցին Բաղդադում ստեղծել տեղեկատվական կենտրոն։"},
		{"und", ""},
		{"und", "12.09.2015 — 14:30"},
		{"und", "OK"},
	} {
		tag, sure := language.Detect(c.text)
		if tag != c.want {
			t.Errorf("%q is taken for %s (%.2f), want %s", c.text, tag, sure, c.want)
		}
		if (sure > 0) != (c.want != "und") || sure > 1 {
			t.Errorf("%q has the score %v", c.text, sure)
		}
	}
}

func TestAForeignNameDoesNotChangeTheLanguage(t *testing.T) {
	tag, sure := language.Detect("The centre, called «Информационный центр» in Moscow, will be run by Iraq for the first three months, officials said.")
	if tag != "en" || sure >= 1 {
		t.Errorf("%s with score %v, want en and a score under 1", tag, sure)
	}
}

func TestTheHintServesWhereTheTextDoesNotTell(t *testing.T) {
	d := centre.Draft{Document: centre.Document{Language: "fa"}, Content: centre.Content{Text: "12:30"}}
	if err := language.New().Apply(t.Context(), &d); err != nil || d.Language != "fa" || d.LanguageSure >= 0.5 {
		t.Errorf("%s with score %v, %v", d.Language, d.LanguageSure, err)
	}
	d.Content.Text = strings.Repeat("Переговоры прошли в Вене. ", 5)
	if err := language.New().Apply(t.Context(), &d); err != nil || d.Language != "ru" {
		t.Errorf("the hint overrode the text: %s, %v", d.Language, err)
	}
}

func FuzzDetect(f *testing.F) {
	for _, seed := range []string{"", "\xff\xfe", "بغداد", "Ğ ı", strings.Repeat("а", 5000), "\u202eabc", "日本"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tag, sure := language.Detect(text)
		if tag == "" || math.IsNaN(sure) || sure < 0 || sure > 1 {
			t.Errorf("Detect(%q) = %q, %v", text, tag, sure)
		}
	})
}

// BenchmarkDetect reads an article of 2.5 kB in paragraphs.
func BenchmarkDetect(b *testing.B) {
	for name, sentence := range map[string]string{
		"en": "The four states will share what they know about the situation and meet in Baghdad every week. ",
		"ru": "Четыре страны договорились создать в Багдаде центр и обмениваться данными. ",
		"ar": "اتفقت الدول الأربع على إنشاء مركز للمعلومات في بغداد لجمع المعلومات. ",
		"fa": "چهار کشور توافق کردند که یک مرکز اطلاعات در بغداد ایجاد کنند. ",
	} {
		b.Run(name, func(b *testing.B) {
			text := ""
			for len(text) < 2500 {
				text += strings.Repeat(sentence, 3) + "\n\n"
			}
			b.ReportAllocs()
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				language.Detect(text)
			}
		})
	}
}
