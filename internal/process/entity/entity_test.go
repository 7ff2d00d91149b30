package entity

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"entente/internal/centre"
)

func mentions(t testing.TB, s Step, language, text string) []centre.Mention {
	t.Helper()
	d := centre.Draft{Language: language, Content: centre.Content{Text: text}}
	if err := s.Apply(t.Context(), &d); err != nil {
		t.Fatal(err)
	}
	return d.Mentions
}

func show(m centre.Mention) string {
	s := string(m.Kind) + ":" + m.Text
	if m.Entity != "" && !strings.HasPrefix(m.Entity, "#") {
		s += "=" + m.Entity
	}
	if m.Role != "" {
		s += " (" + strings.TrimSpace(m.Country+" "+m.Role) + ")"
	}
	return s
}

func TestRoles(t *testing.T) {
	s := New()
	for _, c := range []struct{ language, text, want string }{
		{"en", "In New York, Iraqi Foreign Minister Ibrahim Jaafari denied it on Friday.", "person:Ibrahim Jaafari (IRQ foreign minister)"},
		{"en", "The report was denied by Ibrahim Jaafari, Iraqi foreign minister, on Friday.", "person:Ibrahim Jaafari (IRQ foreign minister)"},
		{"en", "The spokeswoman Maria Zakharova told reporters.", "person:Maria Zakharova (spokesperson)"},
		{"en", "He spoke to British Defence Secretary Michael Fallon in London.", "person:Michael Fallon (GBR defence minister)"},
		{"en", "“They left,” said Nawfal al-Agoub, the governor.", "person:Nawfal al-Agoub (governor)"},
		{"en", "Turkish Energy Minister Berat Albayrak said so.", "person:Berat Albayrak (TUR energy minister)"},
		{"en", "Syrian Information Minister Omran al-Zoubi told reporters.", "person:Omran al-Zoubi (SYR information minister)"},
		{"en", "Jordanian Transport Minister Lina Shabib said so.", "person:Lina Shabib (JOR transport minister)"},
		{"ru", "Об этом заявил министр обороны Сергей Шойгу в Москве.", "person:Сергей Шойгу (defence minister)"},
		{"ru", "Вчера министр иностранных дел Ирака Ибрагим Джафари опроверг это.", "person:Ибрагим Джафари (IRQ foreign minister)"},
		{"ar", "نفى وزير الخارجية العراقي إبراهيم الجعفري هذا النبأ.", "person:إبراهيم الجعفري (IRQ foreign minister)"},
		{"ar", "وقال وزير الخارجية السوري وليد المعلم إن بلاده توافق.", "person:وليد المعلم (SYR foreign minister)"},
		{"fa", "وزیر امور خارجه ایران محمدجواد ظریف در نیویورک گفت.", "person:محمدجواد ظریف (IRN foreign minister)"},
		{"fa", "رئیس‌جمهور روسیه ولادیمیر پوتین این خبر را تایید کرد.", "person:ولادیمیر پوتین (RUS president)"},
	} {
		found := mentions(t, s, c.language, c.text)
		var all []string
		ok := false
		for _, m := range found {
			all = append(all, show(m))
			ok = ok || show(m) == c.want
		}
		if !ok {
			t.Errorf("%q gives %q, without %q", c.text, all, c.want)
		}
	}
}

func TestKnown(t *testing.T) {
	s := New()
	for _, c := range []struct{ language, text, want string }{
		{"en", "Fighters of Daesh left the town.", "group:Daesh=islamic-state"},
		{"fa", "نیروهای داعش از شهر رفتند.", "group:داعش=islamic-state"},
		{"ar", "غادر مقاتلو داعش البلدة.", "group:داعش=islamic-state"},
		{"ru", "Боевики ИГИЛ покинули город.", "group:ИГИЛ=islamic-state"},
		{"en", "The Iraqi Foreign Ministry said so.", "organisation:Iraqi Foreign Ministry=irq-mfa"},
		{"ru", "Самолёты сели на авиабазе Хмеймим в Сирии.", "facility:авиабазе Хмеймим=hmeimim"},
		{"fr", "Selon Reuters, rien n'est certain.", "organisation:Reuters=reuters"},
	} {
		var all []string
		ok := false
		for _, m := range mentions(t, s, c.language, c.text) {
			all = append(all, show(m))
			ok = ok || show(m) == c.want
		}
		if !ok {
			t.Errorf("%q gives %q, without %q", c.text, all, c.want)
		}
	}
}

func TestSame(t *testing.T) {
	s := New()
	ids := func(language, text string) map[string]string {
		m := map[string]string{}
		for _, n := range mentions(t, s, language, text) {
			m[n.Text] = n.Entity + "/" + n.Role
		}
		return m
	}
	got := ids("en", "Iraqi Foreign Minister Ibrahim Jaafari spoke in New York. He was clear, said a diplomat. According to Jaafari, no advisers came.")
	if got["Jaafari"] == "" || got["Jaafari"] != got["Ibrahim Jaafari"] || !strings.HasSuffix(got["Jaafari"], "/foreign minister") {
		t.Errorf("the last name alone is somebody else: %v", got)
	}
	got = ids("ru", "Министр обороны Сергей Шойгу прибыл в Москву. Вчера встречу с Сергеем Шойгу отменили. По словам Шойгу, всё готово.")
	if got["Сергей Шойгу"] == "" || got["Сергей Шойгу"] != got["Сергеем Шойгу"] || got["Шойгу"] != got["Сергей Шойгу"] {
		t.Errorf("case endings make other people: %v", got)
	}
	got = ids("en", "The meeting of Sergey Lavrov with Mohammad Javad Zarif was long. Anna Lavrov was there. Then Lavrov left.")
	if got["Lavrov"] != "" && (got["Lavrov"] == got["Sergey Lavrov"] || got["Lavrov"] == got["Anna Lavrov"]) {
		t.Errorf("a last name of two is given to one: %v", got)
	}
}

// TestPlacesBeside holds that an entity over a place leaves the place with a
// lower score, and that the country of a ministry stays.
func TestPlacesBeside(t *testing.T) {
	s := New()
	text := "He teaches at the University of Baghdad and works for the Ministry of Foreign Affairs of Iraq."
	at := func(word string) (int, int) {
		i := strings.Index(text, word)
		return i, i + len(word)
	}
	d := centre.Draft{Language: "en", Content: centre.Content{Text: text}}
	shared := []string{"a name"}
	for word, class := range map[string]centre.PlaceClass{"Baghdad": centre.PlaceCapital} {
		start, end := at(word)
		d.Mentions = append(d.Mentions, centre.Mention{Kind: centre.MentionPlace, Start: start, End: end, Text: word, Score: 0.9, Place: &centre.Place{Class: class}, Why: shared})
	}
	start, end := at("Iraq")
	d.Mentions = append(d.Mentions, centre.Mention{Kind: centre.MentionPlace, Start: start, End: end, Text: "Iraq", Score: 0.9, Place: &centre.Place{Class: centre.PlaceCountry}, Why: shared})
	if err := s.Apply(t.Context(), &d); err != nil {
		t.Fatal(err)
	}
	if b := d.Mentions[0]; b.Score > 0.5 || len(b.Why) != 2 || len(shared) != 1 {
		t.Errorf("Baghdad stays as it was: %+v", b)
	}
	if i := d.Mentions[1]; i.Score != 0.9 {
		t.Errorf("Iraq is lowered: %+v", i)
	}
	// The longer place wins.
	d = centre.Draft{Language: "en", Content: centre.Content{Text: "He lives in Kremlin Bicetre now."},
		Mentions: []centre.Mention{{Kind: centre.MentionPlace, Start: 12, End: 27, Text: "Kremlin Bicetre", Score: 0.9}}}
	if err := s.Apply(t.Context(), &d); err != nil {
		t.Fatal(err)
	}
	if len(d.Mentions) != 1 || d.Mentions[0].Score != 0.9 {
		t.Errorf("the longer place lost: %+v", d.Mentions)
	}
}

// TestOrdinaryText holds that texts that name nobody give nobody.
func TestOrdinaryText(t *testing.T) {
	s := New()
	for language, text := range map[string]string{
		"en": "It was a cold morning. The president of the club is tired. He and they said this is not it.",
		"ru": "Утро было холодное. Они сказали, что это не так.",
		"ar": "كان الصباح باردا ولم يقل أحد شيئا.",
		"fa": "صبح سردی بود و هیچ کس چیزی نگفت.",
	} {
		for _, m := range mentions(t, s, language, text) {
			t.Errorf("%s: %s %v", language, show(m), m.Why)
		}
	}
}

func check(t *testing.T, text string, all []centre.Mention) {
	t.Helper()
	runes := []rune(text)
	last := 0
	for _, m := range all {
		if m.Start < last || m.End <= m.Start || m.End > len(runes) || string(runes[m.Start:m.End]) != m.Text {
			t.Fatalf("%q: [%d, %d) %q after %d", text, m.Start, m.End, m.Text, last)
		}
		if m.Score <= 0 || m.Score > 1 || len(m.Why) == 0 || m.Step != name || m.Version != version || !utf8.ValidString(m.Text) {
			t.Fatalf("%+v", m)
		}
		last = m.End
	}
}

func TestBigTexts(t *testing.T) {
	s := New()
	for label, unit := range map[string]string{
		"names": "Sergey Lavrov ", "one word": "a", "known": "حزب الله ", "titles": "General ", "emoji": "😀", "dots": "A. ",
		"roles": "министр обороны России ", "persian": "محمد ", "mixed": "\u202eوزير Иван\u200f\u0301 ", "lines": "Иванов\n\n",
	} {
		text := strings.Repeat(unit, (1<<19)/len(unit))
		check(t, text, mentions(t, s, "", text))
		if label == "persian" {
			check(t, text, mentions(t, s, "fa", text))
		}
	}
}

func TestEndsWhenAsked(t *testing.T) {
	s := New()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	d := centre.Draft{Language: "en", Content: centre.Content{Text: strings.Repeat("Sergey Lavrov went to Baghdad. ", 1000)}}
	if err := s.Apply(ctx, &d); err == nil || len(d.Mentions) != 0 {
		t.Errorf("it went on: %v, %d mentions", err, len(d.Mentions))
	}
}

func TestConcurrentUse(t *testing.T) {
	s := New()
	text := "Iraqi Foreign Minister Ibrahim Jaafari met officers of the Iraqi Foreign Ministry. "
	want := fmt.Sprint(mentions(t, s, "en", text))
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for range 20 {
				if got := fmt.Sprint(mentions(t, s, "en", text)); got != want {
					t.Errorf("%s", got)
				}
			}
		})
	}
	wait.Wait()
}

func TestListsAreSound(t *testing.T) {
	k, err := loadKnowledge()
	if err != nil {
		t.Fatal(err)
	}
	if len(k.roles) < 30 || len(k.roles) > 1<<16 {
		t.Errorf("%d roles", len(k.roles))
	}
	if len(k.set.Countries()) < 40 {
		t.Errorf("%d countries", len(k.set.Countries()))
	}
	for line := range strings.Lines(rolesTable) {
		if n := strings.Count(line, "\t"); !strings.HasPrefix(line, "#") && n != 4 {
			t.Errorf("%d cells: %s", n+1, line)
		}
	}
}

func FuzzApply(f *testing.F) {
	f.Add("en", "Iraqi Foreign Minister Ibrahim Jaafari, president of U.N., said Sgt. A. B. Smith's")
	f.Add("ar", "وقال وزير الخارجية العراقي إبراهيم الجعفري وللأمم المتحدة")
	f.Add("fa", "سردار قاسم سلیمانی و محمدجواد ظریف دانشگاه تهران")
	f.Add("ru", "министр обороны РФ Сергей Шойгу (МИД, «Исламское государство»)")
	f.Add("", "\u0301\u202eA. . .\n\n,ـَ‌ ال")
	s := New()
	f.Fuzz(func(t *testing.T, language, text string) {
		text = strings.ToValidUTF8(text, "") // as every draft's text is
		check(t, text, mentions(t, s, language, text))
	})
}

func FuzzReadModel(f *testing.F) {
	f.Add([]byte("entente entity 1\nperson\n\x04"))
	f.Add([]byte{0x1f, 0x8b})
	f.Fuzz(func(t *testing.T, data []byte) {
		if m, err := ReadModel(data); err == nil && (m.labels != 2*len(m.types)+1 || len(m.rows) != m.stride<<m.bits) {
			t.Fatal("a model that does not agree")
		}
	})
}

func BenchmarkApply(b *testing.B) {
	s := New()
	for language, text := range map[string]string{
		"en": "BAGHDAD - Iraqi Foreign Minister Ibrahim Jaafari denied on Friday that Russian military advisers had arrived. The Iraqi military's joint operations command said the cell would share intelligence on Islamic State, and a diplomat in New York said that talks go on. ",
		"ar": "نفى وزير الخارجية العراقي إبراهيم الجعفري وصول مستشارين عسكريين روس إلى بغداد، وقالت قيادة العمليات المشتركة إن الخلية ستتبادل المعلومات عن تنظيم داعش، وقال دبلوماسي في نيويورك إن المحادثات مستمرة. ",
		"fa": "وزیر امور خارجه عراق ابراهیم جعفری ورود مستشاران نظامی روسیه به بغداد را رد کرد و فرماندهی عملیات مشترک گفت که این مرکز درباره داعش اطلاعات رد و بدل می‌کند و یک دیپلمات در نیویورک گفت که گفتگوها ادامه دارد. ",
		"ru": "Министр иностранных дел Ирака Ибрагим Джафари опроверг прибытие российских военных советников в Багдад. Командование совместных операций сообщило, что центр будет обмениваться данными об ИГИЛ, а дипломат в Нью-Йорке сказал, что переговоры идут. ",
	} {
		b.Run(language, func(b *testing.B) {
			text := strings.Repeat(text, 2500/len(text)+1)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				d := centre.Draft{Language: language, Content: centre.Content{Text: text}}
				if err := s.Apply(context.Background(), &d); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
