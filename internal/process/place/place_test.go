package place_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"entente/internal/centre"
	"entente/internal/gazetteer"
	"entente/internal/process/place"
)

var update = flag.Bool("update", false, "write the golden files")

func step(t testing.TB) place.Step {
	g, err := gazetteer.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return place.New(g)
}

func mentions(t testing.TB, s place.Step, text string) []centre.Mention {
	return mentionsIn(t, s, "", text)
}

func mentionsIn(t testing.TB, s place.Step, language, text string) []centre.Mention {
	d := centre.Draft{Language: language, Content: centre.Content{Text: text}}
	if err := s.Apply(t.Context(), &d); err != nil {
		t.Fatal(err)
	}
	return d.Mentions
}

// Each text of testdata with what is found in it, one mention a line.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) < 6 {
		t.Fatal("the texts are missing", err)
	}
	s := step(t)
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, m := range mentionsIn(t, s, strings.TrimSuffix(filepath.Base(name), ".txt"), string(text)) {
			id, at := "unresolved", ""
			if m.Place != nil {
				id = m.Place.ID
				if m.Place.Point.Known {
					at = fmt.Sprintf(" %.2f,%.2f", m.Place.Point.Lat, m.Place.Point.Lon)
				}
			}
			fmt.Fprintf(&b, "%d-%d %s = %s%s (%.2f: %s)\n", m.Start, m.End, m.Text, id, at, m.Score, strings.Join(m.Why, "; "))
		}
		golden := strings.TrimSuffix(name, ".txt") + ".golden"
		if *update {
			if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if b.String() != string(want) {
			t.Errorf("%s gives\n%s\nwant\n%s", name, b.String(), want)
		}
	}
}

func TestWhichPlacesAreFound(t *testing.T) {
	s := step(t)
	for _, c := range []struct{ text, want string }{
		{"He went to Tripoli, Lebanon.", "Tripoli=entente:tripoli-lb Lebanon=entente:LBN"},
		{"Benghazi and Tripoli are in Libya.", "Benghazi=entente:benghazi Tripoli=entente:tripoli-ly Libya=entente:LBY"},
		{"Beirut and Tripoli, Sidon and Baalbek.", "Beirut=entente:beirut Tripoli=entente:tripoli-lb Sidon=entente:sidon Baalbek=entente:baalbek"},
		{"Tbilisi is the capital of Georgia.", "Tbilisi=entente:tbilisi Georgia=entente:GEO"},
		{"He lives in Paris, Texas.", "Paris=geonames:4717560 Texas=entente:US-TX"},
		{"The U.S. and the UK agreed.", "U.S.=entente:USA UK=entente:GBR"},
		{"Michelle Paris and Jordan Smith met Ibrahim Baghdad.", ""},
		{"Russian and Syrian officers, Iraqis and Iranians.", "Russian=entente:RUS Syrian=entente:SYR Iraqis=entente:IRQ Iranians=entente:IRN"},
		{"MOSUL FALLS TO REBELS IN IRAQ", "MOSUL=entente:mosul IRAQ=entente:IRQ"},
		{"talks in baghdad and vienna", "baghdad=entente:baghdad vienna=entente:vienna"},
		{"The fire in Houston Street, Ubombo River", "Houston Street= Ubombo River="},
		{"Peace talks: Vienna, Geneva and St. Petersburg", "Vienna=entente:vienna Geneva=entente:geneva St. Petersburg=entente:saint-petersburg"},
		{"Сирией и Ираном, Дамаском и Багдадом", "Сирией=entente:SYR Ираном=entente:IRN Дамаском=entente:damascus Багдадом=entente:baghdad"},
		{"وبغداد ببغداد لبغداد للعراق بالعراق والعراق", "بغداد=entente:baghdad بغداد=entente:baghdad بغداد=entente:baghdad للعراق=entente:IRQ العراق=entente:IRQ العراق=entente:IRQ"},
		{"Bağdat'ta ve Ankara’da", "Bağdat=entente:baghdad Ankara=entente:ankara"},
		{"Sam and Kim took a car to the Somali border; I'll tell us, Ill.", "Somali=entente:SOM"},
		{"وسلاح در انبار مهمات و استان انبار بود", "استان انبار=entente:IQ-AN"},
		{"A Marshall Islands-flagged tanker met the Maritime Centre.", "Marshall Islands=entente:MHL"},
		{"القوات استعادت قريتي السكرية والصينية شمال بيجي", "بيجي=entente:baiji"},
		{"القوات الصينية في قرية قرب بيجي", "الصينية=entente:CHN بيجي=entente:baiji"},
		{"Abd al-Rahman works at BAE Systems.", ""},
		{"", ""},
	} {
		var got []string
		for _, m := range mentions(t, s, c.text) {
			id := ""
			if m.Place != nil {
				id = m.Place.ID
			}
			got = append(got, m.Text+"="+id)
		}
		if g := strings.Join(got, " "); g != c.want {
			t.Errorf("%q\n gives %s\n want  %s", c.text, g, c.want)
		}
	}
}

// Cases of our own in four languages: inflected forms, prefixes, ezafe, further
// spellings, demonyms, abbreviations, and what is no place.
func TestCases(t *testing.T) {
	s := step(t)
	for _, language := range []string{"en", "ar", "fa", "ru"} {
		table, err := os.ReadFile(filepath.Join("testdata", "cases", language+".tsv"))
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for line := range strings.Lines(string(table)) {
			text, want, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
			if !ok || strings.HasPrefix(text, "#") {
				continue
			}
			n++
			var got []string
			for _, m := range mentionsIn(t, s, language, text) {
				id := "?"
				if m.Place != nil {
					id = m.Place.ID
				}
				if m.Form != "" {
					id += "~" + m.Form
				}
				got = append(got, m.Text+"="+id)
			}
			if g := strings.Join(got, " "); g != want {
				t.Errorf("%s: %q\n gives %s\n want  %s", language, text, g, want)
			}
		}
		if n < 25 {
			t.Errorf("%s has %d cases, want 25", language, n)
		}
	}
}

// checkMentions holds what every mention must be.
func checkMentions(t interface{ Errorf(string, ...any) }, text string, all []centre.Mention) {
	runes := []rune(text)
	last := 0
	for _, m := range all {
		switch {
		case m.Start < last || m.End <= m.Start || m.End > len(runes):
			t.Errorf("%q: mention %d-%d after %d of %d", text, m.Start, m.End, last, len(runes))
			return
		case string(runes[m.Start:m.End]) != m.Text:
			t.Errorf("%q: mention %q points at %q", text, m.Text, string(runes[m.Start:m.End]))
		case m.Score < 0.6*place.Threshold || m.Score > 1 || len(m.Why) == 0 || m.Step != "place" || m.Version < 1 || m.Kind != centre.MentionPlace:
			t.Errorf("%q: %+v", text, m)
		case m.Place != nil && m.Place.Class == centre.PlaceRegion && m.Place.Point.Known:
			t.Errorf("%q: the region %s has a point", text, m.Place.ID)
		case m.Place != nil && m.Place.Class != centre.PlaceRegion && (!m.Place.Point.Known || m.Place.Radius <= 0):
			t.Errorf("%q: %s has no point or radius", text, m.Place.ID)
		}
		last = m.End
	}
}

func TestOffsetsAlwaysPointAtTheWords(t *testing.T) {
	s := step(t)
	words := []string{"Baghdad", "Багдаде", "ببغداد", "وبالعراق", "دیرالزور", "New", "York", "U.S.", "D.C.", "Washington,", "Tyre, Lebanon", "St.", "Paris", "County", "😀", "'", "Ba'qubah", "Bağdat'ta",
		"\u200c", "\n\n", "(", "—", "Нью-", "Йорке", "בבגדד", "هەولێر", "ـبـغداد", "بَغْدَاد", "La.", "Alexandria,", "Deir ez-", "Zor", "the", "Of", "2015", "کرمانشاه\u200cی"}
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.SampledFrom(words), 0, 12).Draw(t, "words")
		text := strings.Join(parts, rapid.SampledFrom([]string{" ", "", ", ", "-"}).Draw(t, "between"))
		d := centre.Draft{Content: centre.Content{Text: text}}
		if err := s.Apply(t.Context(), &d); err != nil {
			t.Fatal(err)
		}
		checkMentions(t, text, d.Mentions)
	})
}

// Whatever is read stays bounded: what is found is at most 2,000 mentions, all
// of which point at their words.
func TestHugeAndOddTexts(t *testing.T) {
	s := step(t)
	names := []string{"Springfield", "Baghdad", "Paris, Texas", "Lebanon", "San José", "Laurel County", "Багдаде", "بالموصل", "Deir al-Zour", "Iraqi", "Main Street"}
	many := make([]string, 100_000)
	for i := range many {
		many[i] = names[i%len(names)]
	}
	for name, text := range map[string]string{
		"100,000 names":              strings.Join(many, ", "),
		"100,000 names, no comma":    strings.Join(many, " "),
		"20 MB":                      strings.Repeat("The river Tigris flows through Baghdad. ", 20<<20/40),
		"20 MB without a space":      strings.Repeat("Baghdad", 20<<20/7),
		"one letter":                 strings.Repeat("а", 1<<20),
		"emoji":                      strings.Repeat("😀🇮🇶", 50_000) + " Baghdad",
		"controls of direction":      strings.Repeat("\u202bبغداد\u202c \u200e", 5_000),
		"names that fold to nothing": strings.Repeat("ـــ ءءء ٱ ْ ' ’ ٌٍ ", 20_000),
		"half a name at the end":     "He went to New",
	} {
		d := centre.Draft{Content: centre.Content{Text: text}}
		if err := s.Apply(t.Context(), &d); err != nil {
			t.Fatal(name, err)
		}
		if len(d.Mentions) > 2000 {
			t.Errorf("%s has %d mentions", name, len(d.Mentions))
		}
		if short := []rune(text); len(short) < 2<<20 {
			last := 0
			for _, m := range d.Mentions {
				if m.Start < last || m.End > len(short) || string(short[m.Start:m.End]) != m.Text {
					t.Fatalf("%s: mention %q at %d-%d", name, m.Text, m.Start, m.End)
				}
				last = m.End
			}
		}
	}
}

// Resolve gives a mention for every span, in order, and nothing besides.
func TestGivenSpans(t *testing.T) {
	s := step(t)
	text := "Police in the city of Paris, near the Zzyzx line, met Georgians."
	spans := []place.Span{}
	for _, w := range []string{"city of Paris", "Zzyzx", "Georgians"} {
		at := strings.Index(text, w)
		spans = append(spans, place.Span{Start: at, End: at + len(w)})
	}
	d := centre.Draft{Language: "en", Content: centre.Content{Text: text}}
	got, err := s.Resolve(t.Context(), &d, spans)
	if err != nil || len(got) != 3 || len(d.Mentions) != 0 {
		t.Fatal(got, err)
	}
	if p := got[0].Place; p == nil || p.ID != "entente:paris" || got[0].Text != "city of Paris" {
		t.Errorf("%+v", got[0])
	}
	if got[1].Place != nil || got[1].Text != "Zzyzx" {
		t.Errorf("%+v", got[1])
	}
	if p := got[2].Place; p == nil || p.ID != "entente:GEO" || got[2].Form != centre.FormDemonym {
		t.Errorf("%+v", got[2])
	}
	if empty, err := s.Resolve(t.Context(), &centre.Draft{}, []place.Span{{Start: 3, End: 9}}); err != nil || len(empty) != 1 || empty[0].Place != nil {
		t.Errorf("a span outside the text gives %+v, %v", empty, err)
	}
}

// Where the source is and where it says a document plays weigh in.
func TestTheSourceWeighsIn(t *testing.T) {
	s := step(t)
	for _, c := range []struct {
		document centre.Document
		want     string
	}{
		{centre.Document{}, "entente:tripoli-ly"},
		{centre.Document{URL: "https://news.example.com.lb/1"}, "entente:tripoli-lb"},
		{centre.Document{URL: "https://video.example.io/1"}, "entente:tripoli-ly"},
		{centre.Document{Point: centre.At(35.8, 34.4)}, "entente:tripoli-lb"},
	} {
		d := centre.Draft{Document: c.document, Language: "en", Content: centre.Content{Text: "Shots were heard in Tripoli."}}
		if err := s.Apply(t.Context(), &d); err != nil {
			t.Fatal(err)
		}
		if len(d.Mentions) != 1 || d.Mentions[0].Place.ID != c.want {
			t.Errorf("%q, %v gives %+v", c.document.URL, c.document.Point, d.Mentions)
		}
	}
}

// The weights in the program can be read, and written as they were.
func TestWeights(t *testing.T) {
	text, err := os.ReadFile("weights.tsv")
	if err != nil {
		t.Fatal(err)
	}
	w, err := place.ParseWeights(string(text))
	if err != nil || w.String() != string(text) {
		t.Errorf("%v\n%s", err, w)
	}
	if _, err := place.ParseWeights("population\t1\n"); err == nil {
		t.Error("weights of one feature are taken")
	}
}

func FuzzMentions(f *testing.F) {
	for _, seed := range []string{"Paris, Texas", "وبالعراق", "Нью-Йорке", "U.S.", "\xffBaghdad\xff", "Sana'a's", "Tyre, Lebanon", "للعراق", "’Paris’s"} {
		f.Add(seed)
	}
	s := step(f)
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "\ufffd")
		checkMentions(t, text, mentions(t, s, text))
	})
}
