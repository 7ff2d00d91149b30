package digest_test

import (
	"slices"
	"strings"
	"testing"

	"entente/internal/centre"
	"entente/internal/digest"
)

// report makes a content of a title and paragraphs.
func report(title string, paragraphs ...string) centre.Content {
	return centre.Content{Text: title + "\n\n" + strings.Join(paragraphs, "\n\n"), Title: len([]rune(title))}
}

func lines(c centre.Content, found []digest.Line) (all []string) {
	points := []rune(c.Text)
	for _, l := range found {
		all = append(all, strings.TrimSpace(string(points[l.Start:l.End])))
	}
	return all
}

var ferry = []string{
	"The river ferry at Samawah moved to the other bank on Monday, the port office said.",
	"It was a cold and windy day for those who had come early.",
	"The port office moved the ferry because the river had washed away the old landing on the bank.",
	"Somebody sold tea to the people who waited for their turn there.",
	"The ferry will stay on the other bank until the river falls, said the port office.",
}

func TestASummaryIsMadeOfTheTextsOwnSentencesInTheirOrder(t *testing.T) {
	c := report("Ferry moves to the other bank", ferry...)
	got := lines(c, digest.Summary(c, "en", nil, nil, 2))
	if want := []string{ferry[0], ferry[2]}; !slices.Equal(got, want) {
		t.Errorf("summary %q, want %q", got, want)
	}
}

func TestASummaryLeavesOutWhatIsNotRunningText(t *testing.T) {
	dateline := "SAMAWAH, Sept 28 (Agency) - "
	body := append([]string{dateline + ferry[0]}, ferry[1:]...)
	body = append(body, "Ferry ferry bank bank river river office office: read more about the ferry here.")
	c := report("Ferry moves to the other bank", body...)
	end := len([]rune(c.Text))
	start := c.Title + 2
	parts := []centre.Part{
		{Kind: centre.PartDateline, Start: start, End: start + len([]rune(dateline))},
		{Kind: centre.PartBoilerplate, Start: end - len([]rune(body[len(body)-1])), End: end},
	}
	got := lines(c, digest.Summary(c, "en", nil, parts, 3))
	if !slices.Equal(got, []string{ferry[0], ferry[2]}) { // at most half of the text
		t.Errorf("summary %q", got)
	}
}

func TestAShortTextIsItsOwnSummary(t *testing.T) {
	for _, c := range []centre.Content{{}, report("Title"), report("T", ferry[0], ferry[2])} {
		if got := digest.Summary(c, "en", nil, nil, 3); len(got) != 0 {
			t.Errorf("summary of a short text: %v", got)
		}
	}
}

func TestNothingIsSaidTwice(t *testing.T) {
	c := report("Ferry moves", ferry[0], ferry[0], ferry[0], ferry[2], "An inspector from Basra counted eleven barges at anchor beside the customs pier.")
	got := lines(c, digest.Summary(c, "en", nil, nil, 2))
	if len(got) != 2 || got[0] == got[1] {
		t.Errorf("summary %q says a sentence twice", got)
	}
}

func TestSummariesInFourLanguages(t *testing.T) {
	for language, body := range map[string][]string{
		"ar": {"نقلت سلطة الميناء العبارة إلى الضفة الأخرى من النهر يوم الاثنين.", "كان الطقس بارداً على الذين حضروا في الصباح الباكر.", "قالت سلطة الميناء إن النهر جرف المرسى القديم للعبارة على الضفة.", "باع أحدهم الشاي للمنتظرين في المكان طوال اليوم."},
		"fa": {"اداره بندر روز دوشنبه شناور رودخانه را به کرانه دیگر رودخانه برد.", "هوا برای کسانی که زود آمده بودند سرد بود.", "اداره بندر گفت که رودخانه اسکله قدیمی شناور را برده است.", "کسی به مردم منتظر چای می‌فروخت و می‌خندید."},
		"ru": {"Администрация порта в понедельник перевела паром на другой берег реки.", "Для пришедших рано утром день был холодным и ветреным.", "Река размыла старый причал парома, сообщила администрация порта.", "Кто-то продавал ожидавшим горячий чай у дороги."},
	} {
		c := centre.Content{Text: strings.Join(body, "\n\n")}
		got := lines(c, digest.Summary(c, language, nil, nil, 2))
		if !slices.Equal(got, []string{body[0], body[2]}) {
			t.Errorf("%s: summary %q", language, got)
		}
	}
}

func TestTheGlossaryNamesEachThingOnceInTheReadersLanguage(t *testing.T) {
	baghdad := &centre.Place{ID: "entente:baghdad", Name: "Baghdad", Names: map[string]string{"ru": "Багдад", "ar": "بغداد"}, Country: "IRQ"}
	mentions := []centre.Mention{
		{Kind: centre.MentionPerson, Text: "حيدر العبادي", Entity: "#1", Role: "prime minister", Country: "IRQ", Start: 4, End: 16},
		{Kind: centre.MentionPlace, Text: "بغداد", Place: baghdad, Start: 20, End: 25},
		{Kind: centre.MentionTime, Text: "أمس", Start: 26, End: 29},
		{Kind: centre.MentionPlace, Text: "ببغداد", Place: baghdad, Start: 30, End: 36},
		{Kind: centre.MentionOrganisation, Text: "الجسر", Entity: "x-bridge", Start: 40, End: 45},
	}
	names := func(entity, language string) string {
		return map[string]string{"x-bridge ru": "Мост"}[entity+" "+language]
	}
	got := digest.Glossary(mentions, "ru", digest.Known, names)
	want := []digest.Term{
		{Kind: centre.MentionPlace, Text: "بغداد", Name: "Багдад", Country: "IRQ", Count: 2, Start: 20, End: 25},
		{Kind: centre.MentionPerson, Text: "حيدر العبادي", Role: "prime minister", Country: "IRQ", Count: 1, Start: 4, End: 16},
		{Kind: centre.MentionOrganisation, Text: "الجسر", Name: "Мост", Count: 1, Start: 40, End: 45},
	}
	if !slices.Equal(got, want) {
		t.Errorf("glossary\n%+v\nwant\n%+v", got, want)
	}
}

func FuzzSummary(f *testing.F) {
	f.Add("Title\n\n"+strings.Join(ferry, " "), 5, 3, 10)
	f.Fuzz(func(t *testing.T, text string, title, from, to int) {
		text = strings.ToValidUTF8(text, "")
		points := len([]rune(text))
		c := centre.Content{Text: text, Title: max(0, min(title, points))}
		parts := []centre.Part{{Kind: centre.PartDateline, Start: from, End: to}}
		before := 0
		for _, l := range digest.Summary(c, "en", nil, parts, 3) {
			if l.Start < before || l.End <= l.Start || l.End > points {
				t.Fatalf("line %+v in a text of %d points after %d", l, points, before)
			}
			before = l.End
		}
	})
}
