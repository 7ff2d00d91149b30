package text

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"entente/internal/centre"
)

func TestParts(t *testing.T) {
	for _, c := range []struct {
		title, body string
		want        []string // kind and words
	}{
		{"", "BAGHDAD, Sept 26 (Agency) - Officers of four states met.", []string{"dateline BAGHDAD, Sept 26 (Agency) -"}},
		{"", "BAGHDAD (Agency) - Officers of four states met.", []string{"dateline BAGHDAD (Agency) -"}},
		{"", "BAGHDAD — Officers of four states met.", []string{"dateline BAGHDAD —"}},
		{"", "Baghdad, Sept. 26, 2015 – Officers met.", []string{"dateline Baghdad, Sept. 26, 2015 –"}},
		{"", "NEW YORK/BAGHDAD (Agency) - Officers met.", []string{"dateline NEW YORK/BAGHDAD (Agency) -"}},
		{"", "МОСКВА, 26 сентября. /Агентство/. Офицеры встретились.", []string{"dateline МОСКВА, 26 сентября. /Агентство/."}},
		{"", "МОСКВА, 26 сен — Агентство Новости. Офицеры встретились.", []string{"dateline МОСКВА, 26 сен — Агентство Новости."}},
		{"", "بغداد (الوكالة) - اجتمع الضباط.", []string{"dateline بغداد (الوكالة) -"}},
		{"", "بغداد 26 أيلول - اجتمع الضباط.", []string{"dateline بغداد 26 أيلول -"}},
		{"", "تهران (خبرگزاری) - افسران دیدار کردند.", []string{"dateline تهران (خبرگزاری) -"}},
		{"", "تكريت - اجتمع الضباط في المدينة.", []string{"dateline تكريت -"}},
		{"", "القدس المحتلة – اجتمع الضباط أمس.", []string{"dateline القدس المحتلة –"}},
		{"", "تهران - وزیر خارجه ایران گفت که مذاکرات ادامه دارد.", []string{"dateline تهران -"}},
		{"", "دمشق - سانا - اجتمع الضباط أمس.", []string{"dateline دمشق - سانا -"}},
		{"", "АММАН, 12 октября (Каср). Офицеры встретились.", []string{"dateline АММАН, 12 октября (Каср)."}},
		{"", "غادر الضباط المدينة.\n\nتكريت - اجتمع الضباط في المدينة.", nil},
		{"", "تكريت - وهي مدينة عراقية - سقطت أمس.", nil},
		{"", "اجتمع الضباط أمس هنا - ثم غادروا المدينة.", nil},
		{"", "Министр (Ирака). Офицеры встретились.", nil},
		{"", "Officers - four of them - met in Baghdad.", nil},
		{"", "Smith - who lives there - met them.", nil},
		{"", "The minister (of Iraq) - a doctor - spoke.", nil},
		{"", "اجتمع الضباط في بغداد - وهي العاصمة - أمس.", nil},
		{"", "On Sept 26 - a Saturday - officers met.", nil},

		{"Officers meet", "Officers meet\n\nBy A. Writer\n\nBAGHDAD (Agency) - They met.", []string{"title Officers meet", "byline By A. Writer", "dateline BAGHDAD (Agency) -"}},
		{"Officers meet", "“OFFICERS MEET”\nThey met.", []string{"title “OFFICERS MEET”"}},
		{"Officers meet", "Officers meet in Baghdad.\n\nThey met.", nil},
		{"", "By Anna Writer and Ben Other, Agency\nThey met.", []string{"byline By Anna Writer and Ben Other, Agency"}},
		{"", "By Friday the officers had met.\n\nThey left.", nil},
		{"", "Автор: Анна Иванова\n\nОфицеры встретились.", []string{"byline Автор: Анна Иванова"}},
		{"", "بقلم: حسن علي\n\nاجتمع الضباط.", []string{"byline بقلم: حسن علي"}},
		{"", "نوشته حسن علی\n\nافسران دیدار کردند.", []string{"byline نوشته حسن علی"}},

		{"", "They met.\n\nRead more: Officers leave\n\n(Reporting by A. Writer; Editing by B. Other)\n\n© 2015 Agency. All rights reserved.",
			[]string{"boilerplate Read more: Officers leave", "boilerplate (Reporting by A. Writer; Editing by B. Other)", "boilerplate © 2015 Agency. All rights reserved."}},
		{"", "Read more than one book, he said.\n\nRelated matters were discussed at the meeting.\n\nSubscribers left.", nil},
		{"", "Офицеры встретились.\n\nЧитайте также: Офицеры уехали\n\nПодписывайтесь на наш канал", []string{"boilerplate Читайте также: Офицеры уехали", "boilerplate Подписывайтесь на наш канал"}},
		{"", "اجتمع الضباط.\n\nاقرأ أيضا: غادر الضباط\n\nجميع الحقوق محفوظة", []string{"boilerplate اقرأ أيضا: غادر الضباط", "boilerplate جميع الحقوق محفوظة"}},
		{"", "افسران دیدار کردند.\n\nبیشتر بخوانید: افسران رفتند\n\nانتهای پیام/", []string{"boilerplate بیشتر بخوانید: افسران رفتند", "boilerplate انتهای پیام/"}},

		{"", "They met.\n\nWe see the officers now. — A. Writer (@a_writer) September 26, 2015\n\nThey left.", []string{"embedded We see the officers now. — A. Writer (@a_writer) September 26, 2015"}},
		{"", "They met.\n\nWe see the officers now.\n\n— A. Writer (@a_writer) September 26, 2015\n\nThey left.", []string{"embedded We see the officers now.\n\n— A. Writer (@a_writer) September 26, 2015"}},
		{"", "They met, says A. Writer (@a_writer) of the agency.", nil},
		{"", "", nil},
		{"A title alone", "", nil},
	} {
		content := join(c.title, c.body)
		runes := []rune(content.Text)
		var got []string
		for _, p := range parts(content) {
			got = append(got, string(p.Kind)+" "+string(runes[p.Start:p.End]))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q\n got %q\nwant %q", content.Text, got, c.want)
		}
	}
}

func TestTheStepRecordsTheParts(t *testing.T) {
	d := centre.Draft{Document: centre.Document{Body: "<p>BAGHDAD (Agency) -   They met.</p><p>Read more: all of it</p>", MediaType: "text/html"}}
	if err := New().Apply(t.Context(), &d); err != nil {
		t.Fatal(err)
	}
	want := []centre.Part{{Kind: centre.PartDateline, Start: 0, End: 18}, {Kind: centre.PartBoilerplate, Start: 30, End: 50}}
	if !slices.Equal(d.Parts, want) {
		t.Errorf("%q has the parts %v, want %v", d.Content.Text, d.Parts, want)
	}
}

func FuzzParts(f *testing.F) {
	for _, s := range []string{"BAGHDAD, Sept 26 (Agency) - x", "(@a) 1", "— (@a) 1\n\n— (@b) 2", "By A", "بقلم", "/. ", ") -", "©", "A - B - C. D", "\n\n-\n", "МОСКВА — А. Б"} {
		f.Add("A title", s)
		f.Add("", s)
	}
	f.Fuzz(func(t *testing.T, title, body string) {
		content := join(Clean(title), Clean(body))
		at := 0
		for _, p := range parts(content) {
			if p.Start < at || p.End <= p.Start || p.End > utf8.RuneCountInString(content.Text) || p.Start < content.Title || p.Kind == "" {
				t.Fatalf("%q: the part %+v after %d", content.Text, p, at)
			}
			at = p.End
		}
	})
}

func BenchmarkParts(b *testing.B) {
	content := join("Officers meet", "BAGHDAD, Sept 26 (Agency) - "+strings.Repeat(strings.Repeat("Officers of the four states met in Baghdad to share what they know. ", 4)+"\n\n", 8))
	b.SetBytes(int64(len(content.Text)))
	for b.Loop() {
		if len(parts(content)) != 1 {
			b.Fatal("the dateline is not found")
		}
	}
}
