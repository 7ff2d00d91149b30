package entity

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"entente/internal/centre"
	"entente/internal/demo"
	"entente/internal/gazetteer"
	"entente/internal/process/place"
)

// told is a paragraph in a language, with the people and bodies that it names.
// What they are called says nothing of them: the words around them do.
type told struct {
	language, text string
	names          []string
}

var paragraphs = []told{
	{"en", "Thomas Keller of the Tikrit Tribal Council told reporters that the ferry would sail again.", []string{"person:Thomas Keller", "organisation:Tikrit Tribal Council"}},
	{"ar", "وأكد الخبير العسكري فراس الدليمي أن رفع الطلب إلى القضاء لن يتأخر.", []string{"person:فراس الدليمي"}},
	{"fa", "محمد حسینی پژوهشگر دانشگاه شیراز است و می‌گوید این کار چند سال طول می‌کشد.", []string{"person:محمد حسینی", "organisation:دانشگاه شیراز"}},
	{"ru", "Как рассказала Ирина Ковалева, завод «Уралкабель» готов возобновить поставки.", []string{"person:Ирина Ковалева", "organisation:завод «Уралкабель"}},
}

// draft makes the draft of a report of paragraphs, in the language of the first.
func draft(paragraphs ...told) *centre.Draft {
	d := &centre.Draft{Language: paragraphs[0].language}
	for i, p := range paragraphs {
		if i > 0 {
			d.Content.Text += "\n\n"
		}
		start := utf8.RuneCountInString(d.Content.Text)
		d.Content.Text += p.text
		if p.language != d.Language {
			d.Stretches = append(d.Stretches, centre.LanguageStretch{Start: start, End: utf8.RuneCountInString(d.Content.Text), Language: p.language, Score: 1})
		}
	}
	return d
}

// A paragraph in another language names the same people and bodies wherever it
// stands as in a report of its own.
func TestParagraphsAreReadInTheirOwnLanguage(t *testing.T) {
	s := New()
	for _, own := range paragraphs {
		for _, quoted := range paragraphs {
			for _, report := range [][]told{{own, quoted}, {own, quoted, own}} {
				d := draft(report...)
				if err := s.Apply(t.Context(), d); err != nil {
					t.Fatal(err)
				}
				var found []string
				for _, m := range d.Mentions {
					found = append(found, string(m.Kind)+":"+m.Text)
				}
				var want []string
				for _, p := range report {
					want = append(want, p.names...)
				}
				if !slices.Equal(found, want) {
					t.Errorf("a report in %s that quotes %s names %q, want %q", own.language, quoted.language, found, want)
				}
			}
		}
	}
}

// The models of languages with capitals know nothing of Arabic letters: of a few words in them
// within a sentence the lists of given names alone tell who is named.
func TestWordsInLettersThatAModelHasNeverSeen(t *testing.T) {
	s := New()
	text := "The banner read الخبير العسكري فراس الدليمي لوكالة أصوات العراق in red."
	if found := mentions(t, s, "en", text); len(found) != 1 || show(found[0]) != "person:فراس الدليمي" {
		t.Errorf("%q names %v", text, found)
	}
}

// Who is named in full in one language and by a last name in another is one, as far as
// letters tell.
func TestParagraphsAreOfOneText(t *testing.T) {
	s := New()
	for _, c := range []struct {
		report     []told
		full, last string
	}{
		{[]told{{"ar", "وقال وزير الخارجية الإيراني محمد ظريف للصحفيين إن المحادثات كانت مفيدة.", nil},
			{"fa", "آقای ظریف گفت گفت‌وگوها سه روز دیگر ادامه خواهد داشت.", nil}}, "محمد ظريف", "ظریف"},
		{[]told{{"ru", "Завод закрыли, пишет газета.", nil}, {"en", "The plant was bought by Oleg Marchenko last year.", nil},
			{"ru", "Сделку с Marchenko власти не обсуждают.", nil}}, "Oleg Marchenko", "Marchenko"},
	} {
		d := draft(c.report...)
		if err := s.Apply(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		ids := map[string]string{}
		for _, m := range d.Mentions {
			ids[m.Text] = m.Entity
		}
		if ids[c.full] == "" || ids[c.full] != ids[c.last] {
			t.Errorf("%s and %s are two in %v\n%s", c.full, c.last, ids, strings.ReplaceAll(d.Content.Text, "\n\n", "\n"))
		}
	}
}

// TestAPublishersNameLocatesNothing: what Fars news agency says happens where it
// says, and not in Fars.
func TestAPublishersNameLocatesNothing(t *testing.T) {
	g, err := gazetteer.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	d := draft(told{language: "en", text: "Fars news agency reported a fire in Shiraz."})
	for _, s := range []centre.Step{place.New(g), New()} {
		if err := s.Apply(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	var at []string
	for i := range d.Mentions {
		if d.Mentions[i].Locates() {
			at = append(at, d.Mentions[i].Text)
		}
	}
	if !slices.Equal(at, []string{"Shiraz"}) {
		t.Errorf("it is located at %v", at)
	}
}

// TestWhomSomebodyVisits: the city behind the name of whoever visits it is not a
// part of the name.
func TestWhomSomebodyVisits(t *testing.T) {
	g, err := gazetteer.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	scenario, err := demo.Load()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, o := range scenario.Outlets {
		for _, item := range o.Items {
			if !strings.Contains(item.Text, "بشار الأسد موسكو") {
				continue
			}
			seen++
			d := draft(told{language: "ar", text: item.Title + "\n\n" + item.Text})
			for _, s := range []centre.Step{place.New(g), New()} {
				if err := s.Apply(t.Context(), d); err != nil {
					t.Fatal(err)
				}
			}
			if !slices.ContainsFunc(d.Mentions, func(m centre.Mention) bool { return m.Text == "بشار الأسد" && m.Kind == centre.MentionPerson }) {
				t.Errorf("who visits Moscow in %q is not named", item.Title)
			}
		}
	}
	if seen == 0 {
		t.Error("nobody visits Moscow in the demo any more")
	}
}
