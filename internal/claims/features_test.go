package claims

import (
	"encoding/binary"
	"reflect"
	"slices"
	"strings"
	"testing"

	"entente/internal/lexis"
)

// Every word and phrase of the table reaches the concept of its line, whatever other
// lines, stemming and the reading of numbers make of it.
func TestEveryWordReachesItsConcept(t *testing.T) {
	lines := 0
	for line := range strings.Lines(conceptTable) {
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		lines++
		fields := strings.Split(line, "\t")
		var want []uint32
		if fields[0] != "-" {
			term, _ := conceptTerm(fields[0])
			want = []uint32{term}
		}
		for i, language := range languages {
			for entry := range strings.FieldsSeq(fields[1+i]) {
				text := strings.ReplaceAll(entry, "_", " ")
				d := report(language, saturday, assert("A", text))
				f, _ := read(d).features(&d.Statements[0], 0)
				if !slices.Equal(f.terms, want) || len(f.keys)+len(f.numbers) > 0 {
					t.Errorf("%s %q is not %s: %d terms, %d keys, %d numbers", language, text, fields[0], len(f.terms), len(f.keys), len(f.numbers))
				}
			}
		}
	}
	if lines < 300 {
		t.Errorf("only %d concepts", lines)
	}
}

// What a language writes as one with a word is taken off it.
func TestConceptsOfWordsInTexts(t *testing.T) {
	for _, c := range []struct{ language, words, concept string }{
		{"ar", "القوات وقواتها للقوات بقواتهم", "troop"},
		{"ar", "المروحية ومروحيتين والمروحيات", "helicopter"},
		{"ar", "يقتلون وقتلت سيقتل", "kill"},
		{"fa", "بالگردها بالگردهای بالگردی", "helicopter"},
		{"fa", "درگیری‌هایی درگیری‌های", "clash"},
		{"ru", "вертолётами вертолёте вертолётов", "helicopter"},
		{"en", "helicopters' helicopter", "helicopter"},
		{"en", "shot down", "down"},
		{"ar", "الطائرات المسيرة", "drone"},
	} {
		d := report(c.language, saturday, assert("A", c.words))
		f, _ := read(d).features(&d.Statements[0], 0)
		if !slices.Equal(f.terms, []uint32{concepts().named[c.concept]}) {
			t.Errorf("%s %q: %d terms, want %s alone", c.language, c.words, len(f.terms), c.concept)
		}
	}
}

// Numbers are one however they are written.
func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		language, text string
		want           []float64
	}{
		{"en", "37 militants", []float64{37}},
		{"fa", "۳۷ عضو", []float64{37}},
		{"en", "3.2 million barrels", []float64{3_200_000}},
		{"ru", "3,2 млн баррелей", []float64{3_200_000}},
		{"fa", "۳٫۲ میلیون بشکه", []float64{3_200_000}},
		{"en", "4,000 families", []float64{4000}},
		{"ru", "четыре тысячи семей", []float64{4000}},
		{"fa", "چهار هزار خانواده", []float64{4000}},
		{"ar", "4 آلاف عائلة", []float64{4000}},
		{"ar", "600 ألف دولار", []float64{600_000}},
		{"en", "$600,000 and 1,250,000", []float64{600_000, 1_250_000}},
		{"en", "twenty-five ships", []float64{25}},
		{"ru", "двадцать пять судов", []float64{25}},
		{"en", "two hundred houses", []float64{200}},
		{"ru", "восемь человек", []float64{8}},
		{"ar", "ثمانية أشخاص", []float64{8}},
		{"fa", "هشت نفر", []float64{8}},
		{"en", "one of the ships", nil},
		{"en", "12, 14 and 15", []float64{12, 14, 15}},
		{"en", "99999999999999999999999999999999999999999", []float64{1e41}},
	} {
		points, words := []rune(c.text), lexis.Words(c.text)
		var got []float64
		for i := 0; i < len(words); {
			value, used := number(c.language, points, words, i)
			if used > 0 {
				got = append(got, value)
			}
			i += max(used, 1)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s %q: %v, want %v", c.language, c.text, got, c.want)
		}
	}
}

// What version 1 kept of a statement is read with the concepts that it numbered.
func TestVersion1IsRead(t *testing.T) {
	b := []byte{1, 1} // may
	b = binary.AppendVarint(b, 16704)
	b = binary.BigEndian.AppendUint32(b, hash("language", "ar"))
	b = binary.BigEndian.AppendUint32(b, 0)
	b = binary.BigEndian.AppendUint64(b, 77)
	for _, list := range [][]uint32{{2<<1 | 1, 19<<1 | 1, 40}, {6}, nil} { // the second and nineteenth concept, a stem; a name
		b = append(b, byte(len(list)))
		for _, n := range list {
			b = binary.BigEndian.AppendUint32(b, n)
		}
	}
	want := features{day: 16704, may: true, language: hash("language", "ar"), exact: 77, terms: []uint32{40, concepts().named["centre"], concepts().named["ship"]}, keys: []uint32{6}}
	slices.Sort(want.terms)
	got, ok := decode(b)
	if !ok || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v; want %+v", got, ok, want)
	}
	if _, ok := decode(append(b, 0)); ok {
		t.Error("bytes behind the end are read")
	}
}

// A name without capitals is one with its like in another language, and does not
// make words of one language names.
func TestNamesWithoutCapitals(t *testing.T) {
	names := func(language, text, otherLanguage, other string) int {
		a, b := report(language, saturday, assert("A", text)), report(otherLanguage, saturday, assert("A", other))
		fa, _ := read(a).features(&a.Statements[0], 0)
		fb, _ := read(b).features(&b.Statements[0], 0)
		_, n := New(Options{}).names(&fa, &fb)
		return n
	}
	if n := names("ar", "القوات استعادت القصيبة", "en", "troops recaptured Qusayba"); n != 1 {
		t.Errorf("%d names are shared by Arabic and English, want 1", n)
	}
	if n := names("ar", "القوات استعادت القصيبة", "fa", "نیروها القصیبه را گرفتند"); n != 1 {
		t.Errorf("%d names are shared by Arabic and Persian, want 1", n)
	}
	if n := names("ar", "القوات استعادت القصيبة", "ar", "سقوط القصيبة"); n != 0 {
		t.Errorf("%d names are shared within Arabic, where the words agree already", n)
	}
}

// What sets two propositions apart where their words are otherwise alike.
func TestOpposed(t *testing.T) {
	terms := func(names ...string) (list []uint32) {
		for _, n := range names {
			if concepts().named[n] == 0 {
				t.Fatalf("no concept %q", n)
			}
			list = append(list, concepts().named[n])
		}
		return list
	}
	for _, c := range []struct {
		a, b []uint32
		want bool
	}{
		{terms("open", "border"), terms("close", "border"), true},
		{terms("open"), terms("open", "close"), false},
		{terms("talk", "monday"), terms("talk", "tuesday"), true},
		{terms("talk", "monday"), terms("talk"), false},
		{terms("attack", "hospital"), terms("attack", "market"), true},
		{terms("establish", "centre"), terms("establish", "cell"), true},
	} {
		if got := opposed(c.a, c.b); got != c.want || opposed(c.b, c.a) != c.want {
			t.Errorf("%v and %v: %v", c.a, c.b, got)
		}
	}
}
