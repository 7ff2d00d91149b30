package pdf

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

func read(t *testing.T, b []byte) Document {
	t.Helper()
	d, err := Read(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestLinesParagraphsAndPages(t *testing.T) {
	for _, compress := range []bool{false, true} {
		w := &writer{compress: compress, info: "/Title(The \\(old\\) bridge)/Author<FEFF0418044004300043>/CreationDate(D:20150926174500+03'00')"}
		w.pages = []string{
			w.draw(72, 700, split("The officers of four countries will work together in a centre")) +
				w.draw(72, 686, split("for information in Baghdad, the command said on Saturday.")) +
				w.draw(72, 640, split("В Багдаде открыт мост.")) +
				"BT /F2 12 Tf 72 600 Td (Caf\\351 [1]) Tj 0 -14 Td [(Kirk) -20 (uk) -300 (road)] TJ ET\n" +
				"BT /F2 12 Tf 72 500 Td (Town) Tj 200 0 Td (Population) Tj ET",
			w.draw(72, 700, split("The second page.")),
		}
		d := read(t, w.bytes())
		want := "The officers of four countries will work together in a centre for information in Baghdad, the command said on Saturday.\n\nВ Багдаде открыт мост.\n\nCafé [1]\nKirkuk road\n\nTown\tPopulation\n\nThe second page."
		if d.Text != want {
			t.Errorf("compressed %v:\n%q\nwant\n%q", compress, d.Text, want)
		}
		if d.Title != "The (old) bridge" || d.Author != "ИраC" || d.Created != "D:20150926174500+03'00'" || d.Language != "ar" || d.Pages != 2 {
			t.Errorf("%+v", d)
		}
	}
}

// visual gives a line as it is seen, from left to right, by the library's own
// bidirectional algorithm: the text is read as one paragraph from right to left,
// or from left to right.
func visual(t *testing.T, line string, rtl bool) []string {
	t.Helper()
	var p bidi.Paragraph
	d := bidi.LeftToRight
	if rtl {
		d = bidi.RightToLeft
	}
	if _, err := p.SetString(line, bidi.DefaultDirection(d)); err != nil {
		t.Fatal(err)
	}
	order, err := p.Order()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for i := range order.NumRuns() {
		if rtl { // the library gives runs in the order in which they are read
			i = order.NumRuns() - 1 - i
		}
		run := order.Run(i)
		text := run.String()
		if run.Direction() == bidi.RightToLeft {
			text = bidi.ReverseString(text)
		}
		out = append(out, split(text)...)
	}
	return out
}

var forms = strings.NewReplacer("لا", "\ufefb", "ا", "\ufe8d", "ل", "\ufedf", "م", "\ufee3", "ج", "\ufe9f", "س", "\ufeb3", "ر", "\ufead", "ف", "\ufed3", "ت", "\ufe97", "و", "\ufeed", "ح", "\ufea2", "ب", "\ufe91", "ن", "\ufee7", "ی", "\ufbfc", "پ", "\ufb58")

func TestTextFromRightToLeftComesInReadingOrder(t *testing.T) {
	for _, c := range []struct {
		line string
		rtl  bool
	}{
		{"الجسر مفتوح", true},
		{"الجسر (القديم) مفتوح", true},
		{"فتح الجسر في 26/9/2015 عند الساعة 17:45", true},
		{"قتل ٢٥ وجرح ٣٫٥ في ٢٠١٥", true},
		{"قال Reuters News إن الجسر مفتوح", true},
		{"ارتفع السعر 50% أمس", true},
		{"پل بغداد باز است", true},
		{"The bridge (الجسر القديم) is open", false},
		{"אבג (דהו) 12:30", true},
	} {
		for name, glyphs := range map[string][]string{"letters": visual(t, c.line, c.rtl), "forms": visual(t, forms.Replace(c.line), c.rtl)} {
			w := &writer{}
			w.pages = []string{w.draw(72, 700, glyphs)}
			if got := read(t, w.bytes()).Text; got != c.line {
				t.Errorf("%s:\n%q\nwant\n%q", name, got, c.line)
			}
		}
	}
}

func TestANumberAmongWordsFromRightToLeftInALineFromLeftToRight(t *testing.T) {
	if got := logical(split("He said: ةرم 12 مكيلع today"), false); got != "He said: عليكم 12 مرة today" {
		t.Errorf("%q", got)
	}
}

func TestFilesThatAreNotRead(t *testing.T) {
	locked := &writer{trailer: "/Encrypt<</Filter/Standard>>"}
	locked.pages = []string{locked.draw(72, 700, split("x"))}
	for name, c := range map[string]struct {
		content []byte
		want    error
	}{
		"empty": {nil, ErrNoPDF}, "text": {[]byte("A text."), ErrNoPDF}, "head alone": {[]byte("%PDF-1.7\n"), ErrNoPDF}, "locked": {locked.bytes(), ErrEncrypted},
	} {
		if _, err := Read(t.Context(), c.content); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	picture := &writer{pages: []string{"q 600 0 0 800 0 0 cm BI /W 1 /H 1 ID x EI Q"}}
	if d := read(t, picture.bytes()); d.Text != "" || !d.Pictures || d.Pages != 1 {
		t.Errorf("a picture: %+v", d)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Read(ctx, picture.bytes()); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestTrapsEnd(t *testing.T) {
	const head = "%PDF-1.7\n"
	for name, content := range map[string]string{
		"nested arrays":      head + "1 0 obj " + strings.Repeat("[", 1<<20),
		"nested dicts":       head + "1 0 obj " + strings.Repeat("<</A", 1<<20),
		"a loop of pages":    head + "1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj 2 0 obj <</Type/Pages/Kids[2 0 R 1 0 R]>> endobj trailer <</Root 1 0 R>>",
		"a loop of forms":    head + "1 0 obj <</Type/Page/Contents 2 0 R/Resources 3 0 R>> endobj 2 0 obj <</Subtype/Form>> stream\n" + strings.Repeat("/X Do ", 1000) + "\nendstream endobj 3 0 obj <</XObject<</X 2 0 R>>>> endobj",
		"a loop of values":   head + "1 0 obj 1 0 R endobj 2 0 obj <</Type/Page/Contents 1 0 R>> endobj",
		"objects by number":  head + strings.Repeat("99999999 0 obj <</Type/Page>> endobj ", 10_000),
		"a length that lies": head + "1 0 obj <</Type/Page/Contents 2 0 R>> endobj 2 0 obj <</Length 999999999999>> stream\nBT ET\nendstream",
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			if _, err := Read(ctx, []byte(content)); errors.Is(err, context.DeadlineExceeded) {
				t.Error("it did not end")
			}
		})
	}
	bomb := &writer{compress: true, pages: []string{strings.Repeat("(x) Tj ", 6<<20)}}
	if d, err := Read(t.Context(), bomb.bytes()); err != nil || len(d.Text) > 0 {
		t.Error(len(d.Text), err)
	}
}

func FuzzRead(f *testing.F) {
	w := &writer{info: "/Title(x)"}
	w.pages = []string{w.draw(72, 700, split("The bridge الجسر 12")) + "/F2 9 Tf (a) ' q Q 1 0 0 1 5 5 cm /X Do"}
	f.Add(w.bytes())
	w.compress = true
	f.Add(w.bytes())
	f.Add([]byte("%PDF-1.4\n1 0 obj<</Type/ObjStm/N 1/First 4/Filter/LZWDecode/DecodeParms<</Predictor 12>>>>stream\n1 0 <<>>endstream"))
	f.Fuzz(func(t *testing.T, content []byte) {
		d, err := Read(t.Context(), content)
		if err != nil && !errors.Is(err, ErrNoPDF) && !errors.Is(err, ErrEncrypted) && !errors.Is(err, errComplex) {
			t.Errorf("%v", err)
		}
		if !utf8.ValidString(d.Text) || !utf8.ValidString(d.Title) {
			t.Errorf("%q", d.Text)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	w := &writer{compress: true}
	var page strings.Builder
	for i := range 50 {
		page.WriteString(w.draw(72, float64(700-13*i), split("The officers of four countries will work together in a centre")))
	}
	for range 20 {
		w.pages = append(w.pages, page.String())
	}
	content := w.bytes()
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		if _, err := Read(context.Background(), content); err != nil {
			b.Fatal(err)
		}
	}
}
