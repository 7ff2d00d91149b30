package gazetteer

import (
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"entente/internal/centre"
)

func TestKeysFoldWhatIsWrittenInSeveralWays(t *testing.T) {
	for _, same := range [][]string{
		{"Baghdad", "BAGHDAD", "Baghdād", "baghdad"},
		{"Al-Fallujah", "Fallujah", "al Fallujah"},
		{"Sana'a", "Sanaa", "Ṣanaʿā", "Sana’a"},
		{"New York", "New-York", "new  york"},
		{"İstanbul", "Istanbul", "ISTANBUL"},
		{"العراق", "عراق", "اَلعِراق", "الـعـراق"},
		{"اللاذقية", "لاذقیه", "اللاذقيه"},
		{"أربيل", "اربيل", "اربیل"},
		{"Ростов-на-Дону", "ростов на дону"},
		{"Кишинёв", "Кишинев"},
		{"دیر\u200cالزور", "ديرالزور"},
		{"ﺑﻐﺪﺍﺩ", "بغداد"},
		{"", " - ", "'"},
	} {
		for _, other := range same[1:] {
			if Key(other) != Key(same[0]) {
				t.Errorf("%q has the key %q, %q has %q", other, Key(other), same[0], Key(same[0]))
			}
		}
	}
	for _, differ := range [][2]string{{"Ali", "Al-i"}, {"Qom", "Kom"}, {"Alba", "Ba"}, {"الي", "ي"}, {"Hama", "Hamma"}} {
		if Key(differ[0]) == Key(differ[1]) {
			t.Errorf("%q and %q have one key %q", differ[0], differ[1], Key(differ[0]))
		}
	}
}

func TestKeysAreStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := norm.NFC.String(rapid.StringOf(rapid.SampledFrom([]rune("Aaé -'’ʿ\u200cابالیيةك ёЙйь\u0301.1٢ßIİ"))).Draw(t, "name"))
		k := Key(s)
		if !utf8.ValidString(k) || strings.Contains(k, "  ") || strings.TrimSpace(k) != k || k != strings.ToLower(k) {
			t.Errorf("%q has the key %q", s, k)
		}
	})
}

// Case forms of one name share the stem under which texts are searched.
func TestRussianCasesAreFound(t *testing.T) {
	g, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	for id, forms := range map[string]string{
		"entente:IRQ":      "Ирак Ирака Ираку Ираком Ираке",
		"entente:SYR":      "Сирия Сирии Сирию Сирией",
		"entente:damascus": "Дамаск Дамаска Дамаску Дамаском Дамаске",
		"entente:moscow":   "Москва Москвы Москве Москву Москвой",
		"entente:kazan":    "Казань Казани Казанью",
		"entente:IND":      "Индия Индии Индию Индией",
		"entente:UA-43":    "Крым Крыма Крыму Крымом",
	} {
		for form := range strings.FieldsSeq(forms) {
			if ids, _ := g.ResolveName(form); !slices.Contains(ids, id) {
				t.Errorf("%s is %v, want %s", form, ids, id)
			}
		}
	}
	for _, adjective := range []string{"Сирийский", "иракские", "Российская"} {
		if ids, _ := g.ResolveName(adjective); len(ids) > 0 {
			t.Errorf("%s is %v", adjective, ids)
		}
	}
}

func TestNamesInAllLanguagesResolve(t *testing.T) {
	g, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	for id, names := range map[string][]string{
		"entente:latakia":     {"Latakia", "Lattakia", "Ladhiqiyah", "اللاذقية", "لاذقیه", "Латакия", "Lazkiye"},
		"entente:baghdad":     {"Baghdad", "بغداد", "Багдад", "بەغدا", "Bağdat"},
		"entente:deir-ez-zor": {"Deir ez-Zor", "Deir Ezzor", "دير الزور", "دیرالزور", "Дейр-эз-Зор"},
		"entente:middle-east": {"Middle East", "الشرق الأوسط", "خاورمیانه", "Ближний Восток"},
		"entente:IQ-AN":       {"Anbar", "الأنبار", "Анбар"},
		"entente:IRN":         {"Iran", "إيران", "ایران", "Иран", "ئێران", "İran", "entente:IRN", "country:IR", "fips:IR"},
	} {
		for _, name := range names {
			if ids, _ := g.ResolveName(name); !slices.Contains(ids, id) {
				t.Errorf("%q is %v, want %s", name, ids, id)
			}
		}
	}
	if _, country := g.ResolveName("Сирия"); country != "SYR" {
		t.Errorf("Сирия is the country %q", country)
	}
	if ids, country := g.ResolveName("Tripoli"); len(ids) < 2 || country != "" {
		t.Errorf("Tripoli is %v, %q", ids, country)
	}
	for _, nothing := range []string{"", " ", "Xyzzyton", "ofwhich", "\xff"} {
		if ids, country := g.ResolveName(nothing); len(ids) > 0 || country != "" {
			t.Errorf("%q is %v, %q", nothing, ids, country)
		}
	}
}

// Every place of the tables is whole and can be found by each of its names.
func TestEmbeddedPlacesAreWhole(t *testing.T) {
	g, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	l := g.layers[0]
	ids := map[string]bool{}
	classes := map[centre.PlaceClass]int{}
	region := 0
	for i := range l.places {
		r, ok := l.record(i)
		if !ok {
			t.Fatalf("place %d cannot be read", i)
		}
		p := r.place()
		classes[p.Class]++
		if strings.HasPrefix(p.ID, "entente:") && (p.Class == centre.PlaceLocality || p.Class == centre.PlaceCapital) {
			region++
			if len(p.Names) < 4 || p.Admin1 == "" && p.Country != "BHR" && p.Country != "MAR" && p.Country != "ISR" {
				t.Errorf("%s has the names %v and the province %q", p.ID, p.Names, p.Admin1)
			}
		}
		switch {
		case ids[p.ID]:
			t.Errorf("%s is there twice", p.ID)
		case p.Name == "" || !norm.NFC.IsNormalString(p.Name) || p.Names["en"] == "":
			t.Errorf("%s has the name %q and %q in English", p.ID, p.Name, p.Names["en"])
		case p.Class == centre.PlaceRegion && (p.Point.Known || p.Radius != 0):
			t.Errorf("the region %s has a point", p.ID)
		case p.Class != centre.PlaceRegion && (!p.Point.Known || p.Radius <= 0 || math.Abs(p.Point.Lat) > 90 || math.Abs(p.Point.Lon) > 180 || p.Point.Lat == 0 && p.Point.Lon == 0):
			t.Errorf("%s lies at %+v, radius %v", p.ID, p.Point, p.Radius)
		case p.Admin1 != "" && p.Country == "":
			t.Errorf("%s has a province and no country", p.ID)
		}
		ids[p.ID] = true
		for _, n := range r.names {
			if n.demonym {
				continue // what people are called finds a place in texts alone
			}
			if found := g.Lookup(Key(n.name)); !slices.ContainsFunc(found, func(q centre.Place) bool { return q.ID == p.ID }) && len(found) < maxCandidates && Key(n.name) != "" {
				t.Errorf("%s is not found by %q", p.ID, n.name)
			}
		}
	}
	t.Logf("%d places: %v; %d towns of our own", l.places, classes, region)
	if classes[centre.PlaceCountry] < 245 || classes[centre.PlaceAdmin1] < 200 || region < 250 || l.places < 10_000 {
		t.Errorf("too few places: %v", classes)
	}
	if n := len(g.Countries()); n != classes[centre.PlaceCountry] {
		t.Errorf("Countries gives %d of %d", n, classes[centre.PlaceCountry])
	}
}

func TestAGazetteerWithoutImportsOpens(t *testing.T) {
	for _, folder := range []string{"", t.TempDir(), t.TempDir() + "/none"} {
		g, err := Open(folder)
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := g.ByID("entente:baghdad"); !ok {
			t.Error("Baghdad is missing")
		}
		if err := g.Close(); err != nil {
			t.Error(err)
		}
	}
	file := t.TempDir() + "/file"
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(file); err == nil {
		t.Error("a file was opened as a folder")
	}
}

func TestWordsPointIntoTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("Aa é'’s-.,\u200cابال\u064Bёйь 1٢😀日"))).Draw(t, "text")
		var w Words
		w.Scan(text)
		last := 0
		for _, word := range w.List {
			if word.Start < last || word.End <= word.Start || word.End > len(text) || word.To <= word.From || word.To > len(w.Fold) || word.Stem > word.To || word.Stem < word.From {
				t.Fatalf("%q gives %+v", text, word)
			}
			if word.Rune != utf8.RuneCountInString(text[:word.Start]) || word.Runes != utf8.RuneCountInString(text[word.Start:word.End]) {
				t.Fatalf("%q: code points of %+v", text, word)
			}
			last = word.End
		}
	})
}

func FuzzKey(f *testing.F) {
	for _, seed := range []string{"Al-Fallujah", "اللاذقية", "Ростов-на-Дону", "'s", "ـ", "\u200c\u200c", "a\u0301"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		var w Words
		w.Scan(name)
		if k := Key(name); strings.HasPrefix(k, " ") || strings.HasSuffix(k, " ") {
			t.Errorf("%q has the key %q", name, k)
		}
		nameKeys(nil, name, false)
	})
}

func BenchmarkScan(b *testing.B) {
	text := strings.Repeat("Officers of the four states met in Baghdad on Saturday, to discuss what the centre will do. ", 27)
	var w Words
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		w.Scan(text)
	}
}

func BenchmarkCandidates(b *testing.B) {
	g, err := Embedded()
	if err != nil {
		b.Fatal(err)
	}
	hash := HashStart.Add([]byte("baghdad"))
	var c []Candidate
	b.ReportAllocs()
	for b.Loop() {
		c, _ = g.Candidates(c[:0], hash)
	}
}
