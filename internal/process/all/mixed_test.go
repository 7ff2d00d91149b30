package all_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"entente/internal/centre"
	"entente/internal/process"
)

// paragraph is one of news with what is to be found in it: a place that it
// names, the words of a time and the day that they mean, and what happened.
type paragraph struct {
	language, text, place, when, day string
	category                         centre.EventCategory
}

// Each language tells of two happenings, so that a quotation tells of another than
// the report around it.
var paragraphs = []paragraph{
	{"en", "Two soldiers were killed in clashes with rebels near Aleppo on Friday, the ministry said in a statement to the press.", "entente:aleppo", "Friday", "2015-09-25", centre.EventArmedClash},
	{"en", "Thousands of people protested in Basra yesterday and demanded better services from the government of the province.", "entente:basra", "yesterday", "2015-09-25", centre.EventProtest},
	{"ar", "قتل جنديان في اشتباكات مع المسلحين قرب حلب يوم الجمعة، وفق ما ذكرته الوزارة في بيان وزعته على الصحافة.", "entente:aleppo", "يوم الجمعة", "2015-09-25", centre.EventArmedClash},
	{"ar", "وتظاهر آلاف الأشخاص في البصرة أمس للمطالبة بتحسين الخدمات التي تقدمها الحكومة المحلية في المحافظة.", "entente:basra", "أمس", "2015-09-25", centre.EventProtest},
	{"fa", "دو سرباز روز جمعه در درگیری با شورشیان در نزدیکی حلب کشته شدند، وزارت دفاع در بیانیه‌ای که منتشر کرد گفت.", "entente:aleppo", "روز جمعه", "2015-09-25", centre.EventArmedClash},
	{"fa", "هزاران نفر دیروز در شهر بصره تظاهرات کردند و خواستار بهبود خدماتی شدند که دولت به مردم استان می‌دهد.", "entente:basra", "دیروز", "2015-09-25", centre.EventProtest},
	{"ru", "Двое солдат погибли в столкновениях с боевиками под Алеппо в пятницу, говорится в заявлении министерства.", "entente:aleppo", "пятницу", "2015-09-25", centre.EventArmedClash},
	{"ru", "Тысячи человек вчера вышли на протест в Басре и потребовали от властей провинции улучшить снабжение водой.", "entente:basra", "вчера", "2015-09-25", centre.EventProtest},
}

// A report that quotes a paragraph in another language has its places, times and
// events found there by the words of that language, wherever the quotation stands.
func TestParagraphsAreReadInTheirOwnLanguage(t *testing.T) {
	p := process.New(steps(t), process.Options{Timeout: time.Minute})
	for _, own := range paragraphs {
		for _, quoted := range paragraphs {
			if own.language == quoted.language || own.category == quoted.category {
				continue
			}
			for at := 1; at <= 4; at++ {
				lines := slices.Repeat([]string{own.text}, 4)
				mixed(t, p, own.language, slices.Insert(lines, at, quoted.text), &quoted)
			}
		}
	}
}

// mixed holds a report in main of the lines given to what the quotation in it says.
func mixed(t *testing.T, p *process.Pipeline, main string, lines []string, quoted *paragraph) {
	published := centre.Moment{Time: time.Date(2015, 9, 26, 15, 0, 0, 0, time.UTC), Precision: centre.PrecisionSecond, Basis: centre.BasisFeed}
	d, err := p.Run(t.Context(), centre.Document{Body: strings.Join(lines, "\n\n"), MediaType: "text/plain", Published: published})
	if err != nil {
		t.Fatal(err)
	}
	if d.Language != main {
		t.Errorf("a report in %s that quotes %s is in %s", main, quoted.language, d.Language)
	}
	before, _, ok := strings.Cut(d.Content.Text, quoted.text)
	if !ok {
		t.Fatalf("the quotation is not in %q", d.Content.Text)
	}
	quoted.check(t, &d, utf8.RuneCountInString(before), main)
}

// check holds a draft to what is to be found in the paragraph, which begins at
// start.
func (x *paragraph) check(t *testing.T, d *centre.Draft, start int, main string) {
	end := start + utf8.RuneCountInString(x.text)
	if language, until := d.LanguageFrom(start); language != x.language || until < end {
		t.Errorf("the paragraph in %s of a report in %s is in %s until %d, want %d", x.language, main, language, until, end)
	}
	place, when := false, false
	for _, m := range d.Mentions {
		if m.Start < start || m.End > end {
			continue
		}
		place = place || m.Kind == centre.MentionPlace && m.Place != nil && m.Place.ID == x.place
		when = when || m.Kind == centre.MentionTime && m.Text == x.when && m.When != nil && m.When.From.Format(time.DateOnly) == x.day
	}
	happened := false
	for _, e := range d.EventMentions {
		happened = happened || e.Start >= start && e.End <= end+1 && e.Category == x.category && e.Place != nil && e.Place.ID == x.place && e.Date != nil && e.Date.From.Format(time.DateOnly) == x.day
	}
	if !place || !when || !happened {
		t.Errorf("in the paragraph in %s of a report in %s the place is found: %t, the time: %t, the event: %t\n%s", x.language, main, place, when, happened, x.text)
	}
}
