package claim_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"entente/internal/centre"
	"entente/internal/process/claim"
	"entente/internal/process/text"
)

// read runs the step on a text as the steps before it would have left it, but
// without mentions.
func read(t testing.TB, language, words string) []centre.Statement {
	t.Helper()
	d := centre.Draft{Language: language, Content: centre.Content{Text: words}}
	for _, s := range text.Sentences(words, language) {
		d.Sentences = append(d.Sentences, centre.Sentence{Start: s.Start, End: s.End})
	}
	if err := claim.New().Apply(t.Context(), &d); err != nil {
		t.Fatal(err)
	}
	whole(t, &d)
	return d.Statements
}

// whole checks what must hold of all statements of a draft.
func whole(t testing.TB, d *centre.Draft) {
	t.Helper()
	runes := []rune(d.Content.Text)
	points := func(no int, w centre.Words) {
		if w.Start < 0 || w.Start > w.End || w.End > len(runes) || string(runes[w.Start:w.End]) != w.Text {
			t.Fatalf("statement %d: the words %.60q do not stand at %d to %d", no, w.Text, w.Start, w.End)
		}
	}
	for i := range d.Statements {
		s := &d.Statements[i]
		if s.No != i+1 {
			t.Fatalf("statement %d has the number %d", i+1, s.No)
		}
		points(s.No, s.Cue)
		points(s.No, s.Speaker.Words)
		for _, c := range s.Content {
			points(s.No, c)
			if c.Start < s.Start || c.End > s.End {
				t.Fatalf("statement %d: content %d to %d is outside of it, %d to %d", s.No, c.Start, c.End, s.Start, s.End)
			}
		}
		if len(s.Chain) == 0 || len(s.Chain) > 9 || s.Chain[len(s.Chain)-1].Name != s.Speaker.Name {
			t.Fatalf("statement %d of %q has the chain %+v", s.No, s.Speaker.Name, s.Chain)
		}
		if s.Answers < 0 || s.Answers > len(d.Statements) || s.Answers == s.No {
			t.Fatalf("statement %d answers statement %d of %d", s.No, s.Answers, len(d.Statements))
		}
		if s.Score <= 0 || s.Score > 1 || len(s.Why) == 0 || s.Speaker.Name == "" || !slices.Contains(centre.Stances, s.Stance) {
			t.Fatalf("statement %d is incomplete: %+v", s.No, s)
		}
	}
}

func TestQuotationMarksOfAllStyles(t *testing.T) {
	for _, marks := range [][2]string{{"“", "”"}, {"\"", "\""}, {"«", "»"}, {"„", "“"}, {"“", "\""}, {"”", "“"}, {"''", "''"}} {
		got := read(t, "en", marks[0]+"The bridge was never closed to aid lorries,"+marks[1]+" the Syrian general said on Friday.")
		if len(got) != 1 || !got[0].Quoted || got[0].Content[0].Text != "The bridge was never closed to aid lorries" {
			t.Errorf("%s…%s: %+v", marks[0], marks[1], got)
		}
	}
}

func TestAQuotationGoesOnOverParagraphs(t *testing.T) {
	got := read(t, "en", "The general said: “The bridge is open.\n\n“It was never closed.”\n\nLorries passed.")
	if len(got) != 1 || !strings.HasSuffix(got[0].Content[0].Text, "never closed") {
		t.Errorf("%+v", got)
	}
}

func TestAnUnclosedQuotationEndsWithItsParagraph(t *testing.T) {
	got := read(t, "en", "The general said: “The bridge is open.\n\nLorries passed. The minister denied the report.")
	for _, s := range got {
		if strings.Contains(s.Content[0].Text, "Lorries") {
			t.Errorf("the quotation holds the next paragraph: %+v", s)
		}
	}
	if len(got) == 0 || got[0].Content[0].Text != "The bridge is open" {
		t.Errorf("%+v", got)
	}
}

func TestQuotationsTenDeep(t *testing.T) {
	open, shut := []string{"“", "«", "„", "‘", "\""}, []string{"”", "»", "“", "’", "\""}
	inner, outer := "", ""
	for i := range 10 {
		inner += open[i%4] + "one of them said that "
		outer = shut[i%4] + outer
	}
	got := read(t, "en", "The minister said: "+inner+"it is over"+outer+" on Friday.")
	if len(got) == 0 || len(got) > 11 {
		t.Errorf("%d statements in ten quotations", len(got))
	}
}

func TestARightToLeftQuotationInALeftToRightText(t *testing.T) {
	got := read(t, "en", "\u202bوقال: «الجسر مفتوح»\u202c\n\n“\u2067الجسر مفتوح أمام الشاحنات\u2069,” the Syrian general said on Friday.")
	if len(got) != 1 || !strings.Contains(got[0].Content[0].Text, "الشاحنات") {
		t.Errorf("%+v", got)
	}
}

func TestAThousandDenials(t *testing.T) {
	var b strings.Builder
	b.WriteString("Western media reported that Russia was building a base in Latakia. ")
	for i := range 1000 {
		fmt.Fprintf(&b, "Official Number%d denied this. ", i)
	}
	got := read(t, "en", b.String())
	answers := 0
	for _, s := range got {
		if s.Stance == centre.StanceDeny && s.Answers > 0 {
			answers++
			if s.Answers >= s.No {
				t.Fatalf("statement %d answers a later one, %d", s.No, s.Answers)
			}
		}
	}
	if len(got) > 1001 || answers < 5 {
		t.Errorf("%d statements, %d of which answer", len(got), answers)
	}
}

func TestCyclicCitationsEnd(t *testing.T) {
	got := read(t, "en", "The agency Alpha reported, citing the channel Beta, that the bridge was closed. "+
		"The channel Beta reported, citing the agency Alpha, that the bridge was closed. The agency Alpha said the channel Beta said the agency Alpha said the bridge was closed.")
	for _, s := range got {
		names := map[string]bool{}
		for _, h := range s.Chain {
			if names[h.Name] {
				t.Errorf("%q stands twice in the chain of statement %d", h.Name, s.No)
			}
			names[h.Name] = true
		}
	}
}

// odd are texts that are no news: the step must end, and be right or silent.
var odd = []string{"", " ", "said", "“", "””””””””", "«", "‘’‘’", "said said said said", "“said” said “said”", "according to", "According to", ": :", "A: B", "— RT (@RT)", "X said, X said, X said, X said.",
	"\u202e\u2066\u2069\u200f“\u200f”", "😀 said 😀: “😀”", "he said he said he said", "He said.", "said\n\nsaid\n\n“said", "''''''", "\"\"\"\"", "“‘“‘“‘", "denied this", "Reuters, citing Reuters, cited by Reuters"}

func TestOddTexts(t *testing.T) {
	for _, language := range []string{"en", "ar", "fa", "ru", "und", ""} {
		for _, words := range odd {
			if got := read(t, language, words); len(got) > 8 {
				t.Errorf("%q in %q gives %d statements", words, language, len(got))
			}
		}
	}
}

func TestLargeTextsAreBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("texts of 20 MB take a second each")
	}
	const size = 20 << 20
	for name, unit := range map[string]string{
		"one word": "a", "one sentence": "the minister said that ", "quotations": "“ ", "unclosed": "“he said “", "sentences": "The minister said on Friday that it is over. ",
		"emoji": "😀", "lines": "\n\n", "names": "Mohammed Ali ", "commas": "a, said, ", "colons": "A: ",
	} {
		if got := read(t, "en", strings.Repeat(unit, size/len(unit))); len(got) > 2000 {
			t.Errorf("%s: %d statements", name, len(got))
		}
	}
}

func FuzzStep(f *testing.F) {
	for _, words := range odd {
		f.Add("en", words)
	}
	f.Add("en", "“The bridge is open,” said Col. A. Smith, spokesman for the army. He denied reports that “it was shut”.")
	f.Add("ru", "«Мост открыт», — сказал А. Петров. Он опроверг это.")
	f.Add("ar", "وقال الوزير إن «الجسر مفتوح»، نافيا ذلك.")
	f.Add("fa", "وزیر گفت که «پل باز است».")
	f.Fuzz(func(t *testing.T, language, words string) {
		if strings.ToValidUTF8(words, "") != words {
			return // the steps before give valid text
		}
		read(t, language, words)
	})
}
