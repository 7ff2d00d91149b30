package text

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"entente/internal/centre"
)

func cutDraft(t testing.TB, d *centre.Draft) []string {
	if err := NewCutter().Apply(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	runes := []rune(d.Content.Text)
	var got []string
	for _, s := range d.Sentences {
		got = append(got, string(runes[s.Start:s.End]))
	}
	return got
}

func TestPartsTitleAndLanguageEndSentences(t *testing.T) {
	for name, c := range map[string]struct {
		title, body string
		language    string
		other       string // begins the stretch in Russian; to the end
		want        []string
	}{
		"title":       {"Officers meet", "They met. They left.", "en", "", []string{"Officers meet", "They met.", "They left."}},
		"dateline":    {"", "BAGHDAD, Sept. 26 (Agency) - Officers met. They left.", "en", "", []string{"BAGHDAD, Sept. 26 (Agency) -", "Officers met.", "They left."}},
		"boilerplate": {"", "Officers met\nRead more: Officers left\nand went home.", "en", "", []string{"Officers met", "Read more: Officers left", "and went home."}},
		"language":    {"", "Gen. Smith came.\nОн прибыл в г. Москву. Потом уехал.", "en", "Он", []string{"Gen. Smith came.", "Он прибыл в г. Москву.", "Потом уехал."}},
		"nothing":     {"", "", "und", "", nil},
		"title alone": {"Officers meet. They left", "", "en", "", []string{"Officers meet.", "They left"}},
	} {
		d := centre.Draft{Content: join(c.title, c.body), Language: c.language}
		d.Parts = parts(d.Content)
		if c.other != "" {
			before, _, _ := strings.Cut(d.Content.Text, c.other)
			d.Stretches = []centre.LanguageStretch{{Start: len([]rune(before)), End: len([]rune(d.Content.Text)), Language: "ru", Score: 1}}
		}
		if got := cutDraft(t, &d); !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", name, got, c.want)
		}
	}
}

func FuzzCutter(f *testing.F) {
	for _, s := range []string{"BAGHDAD, Sept 26 (Agency) - x. y", "By A\n\nRead more: x", "نص. نص", "", "a\n© b\nc. d"} {
		f.Add("A title.", s)
		f.Add("", s)
	}
	f.Fuzz(func(t *testing.T, title, body string) {
		d := centre.Draft{Content: join(Clean(title), Clean(body)), Language: "en"}
		d.Parts = parts(d.Content)
		cutDraft(t, &d)
		runes := []rune(d.Content.Text)
		at := 0
		for _, s := range append(d.Sentences, centre.Sentence{Start: len(runes), End: len(runes)}) {
			for ; at < s.Start; at++ {
				if !unicode.IsSpace(runes[at]) {
					t.Fatalf("%q: code point %d is in no sentence of %v", d.Content.Text, at, d.Sentences)
				}
			}
			if s.Start < at || s.End < s.Start || s.End > len(runes) {
				t.Fatalf("%q: %v overlap", d.Content.Text, d.Sentences)
			}
			for _, p := range d.Parts {
				if s.Start < p.Start && s.End > p.Start || s.Start < p.End && s.End > p.End {
					t.Fatalf("%q: the sentence %v is on both sides of an edge of %v", d.Content.Text, s, p)
				}
			}
			at = s.End
		}
	})
}

// What is not linear would not end within the test's time.
func TestBadTexts(t *testing.T) {
	const size = 4 << 20 // bytes; of 20 MB each takes five times as long
	for name, unit := range map[string]string{
		"one word": "a", "stops": ".", "stops apart": ". ", "initials": "A. ", "emoji": "🔥", "controls": "\u202ea\u2066ب ", "handles": "@a", "posts": "— (@a) 1\n", "headers": "A @a\n",
		"boilerplate": "Read more\n", "brackets": "(", "dashes": " - ", "quotes": "\"", "paragraphs": "a.\n\n", "Arabic": "ب",
	} {
		d := centre.Draft{Document: centre.Document{Body: strings.Repeat(unit, size/len(unit))}, Language: "en"}
		if err := New().Apply(t.Context(), &d); err != nil {
			t.Fatal(err)
		}
		if err := NewCutter().Apply(t.Context(), &d); err != nil {
			t.Fatal(err)
		}
		if n := len(d.Sentences); n > 0 && d.Sentences[n-1].End > utf8.RuneCountInString(d.Content.Text) {
			t.Errorf("%s: the last sentence is %v", name, d.Sentences[n-1])
		}
	}
}

func BenchmarkCutter(b *testing.B) {
	d := centre.Draft{Language: "en", Content: join("Officers meet", "BAGHDAD, Sept 26 (Agency) - "+strings.Repeat(strings.Repeat("Officers of the four states met in Baghdad to share what they know. ", 4)+"\n\n", 8))}
	d.Parts = parts(d.Content)
	b.SetBytes(int64(len(d.Content.Text)))
	b.ReportAllocs()
	for b.Loop() {
		if err := NewCutter().Apply(b.Context(), &d); err != nil {
			b.Fatal(err)
		}
	}
}
