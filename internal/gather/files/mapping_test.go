package files_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/internal/centre"
	"entente/internal/gather/files"
)

func TestGuessMapping(t *testing.T) {
	const long = "A long text of a report that goes on for several sentences. It tells of the bridge and of the ferry. It tells of the dam and of the road, and then of the bridge again, as such reports do when little has happened."
	for _, c := range []struct {
		name   string
		header []string
		sample [][]string
		want   string
	}{
		{"a public set of articles", []string{"Body ID", "articleBody"}, [][]string{{"0", long}, {"4", long + "."}}, "id=Body ID,text=articleBody"},
		{"English", []string{"guid", "Headline", "Full Text", "By-line", "Link", "Publication Date", "Last Modified", "Lang", "Lat", "Lon", "City", "Classification", "Publisher"}, nil,
			"id=guid,title=Headline,text=Full Text,author=By-line,url=Link,published=Publication Date,updated=Last Modified,language=Lang,latitude=Lat,longitude=Lon,place=City,marking=Classification,source=Publisher"},
		{"Arabic", []string{"الرقم", "العنوان", "النص", "الكاتب", "الرابط", "تاريخ النشر", "اللغة", "خط العرض", "خط الطول", "المصدر"}, nil,
			"id=الرقم,title=العنوان,text=النص,author=الكاتب,url=الرابط,published=تاريخ النشر,language=اللغة,latitude=خط العرض,longitude=خط الطول,source=المصدر"},
		{"Persian", []string{"شناسه", "عنوان", "متن", "نویسنده", "پیوند", "تاریخ", "زبان", "عرض جغرافیایی", "طول جغرافیایی", "منبع"}, nil,
			"id=شناسه,title=عنوان,text=متن,author=نویسنده,url=پیوند,published=تاریخ,language=زبان,latitude=عرض جغرافیایی,longitude=طول جغرافیایی,source=منبع"},
		{"Russian", []string{"Номер", "Заголовок", "Текст", "Автор", "Ссылка", "Дата публикации", "Язык", "Широта", "Долгота", "Гриф", "Источник"}, nil,
			"id=Номер,title=Заголовок,text=Текст,author=Автор,url=Ссылка,published=Дата публикации,language=Язык,latitude=Широта,longitude=Долгота,marking=Гриф,source=Источник"},
		{"by what is in the columns", []string{"a", "b", "c", "d"}, [][]string{{"x", long, "https://example.org/1", "2015-09-26"}, {"y", long, "https://example.org/2", "26 Sep 2015"}}, "text=b,url=c,published=d"},
		{"a name against its values", []string{"text", "comment", "lat", "date"}, [][]string{{"7", long, "north", "blue"}, {"8", long, "south", "red"}}, "text=comment"},
		{"a name in an unknown column", []string{"foo", "bar"}, [][]string{{"x", "y"}}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := files.GuessMapping(c.header, c.sample)
			if diff := cmp.Diff(c.want, got.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAMappingReadsBackAsItPrints(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := files.Mapping{}
		for _, f := range rapid.SliceOfDistinct(rapid.SampledFrom(files.Fields()), rapid.ID[files.Field]).Draw(t, "fields") {
			m[f] = rapid.StringMatching(`[a-zA-Zа-яا-ی=,\\\\"-]([a-zа-я =,\\\\-]{0,12}[a-z=,\\\\])?`).Draw(t, "column")
		}
		got, err := files.ParseMapping(m.String())
		if err != nil || !maps.Equal(m, got) {
			t.Fatalf("%q read back as %q, %v", m.String(), got, err)
		}
	})
}

func TestMappingsThatAreRefused(t *testing.T) {
	for _, text := range []string{"text", "words=x", "text=", "text=a,text=b", "text=a,,", "=a", ","} {
		if m, err := files.ParseMapping(text); centre.CodeOf(err) != centre.CodeInvalid {
			t.Errorf("%q is %v, %v", text, m, err)
		}
	}
	if !slices.Contains(files.Formats(), ".csv") || !files.Readable("A.CSV") || files.Readable("a.exe") {
		t.Error("formats")
	}
}
