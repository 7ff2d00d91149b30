package entities

import (
	"strings"
	"testing"
)

func TestTheSet(t *testing.T) {
	s := Default()
	if s.Len() < 800 {
		t.Errorf("there are %d entities", s.Len())
	}
	four := 0
	for i := range s.Len() {
		e := s.At(i)
		named := 0
		for _, names := range e.Names {
			if len(names) > 0 {
				named++
			}
		}
		if named < 2 {
			t.Errorf("%s is named in %d languages", e.ID, named)
		}
		if named == 4 {
			four++
		}
		if e.Source == "" {
			t.Errorf("%s has no source", e.ID)
		}
		if strings.ContainsAny(e.ID, " +_") || strings.ToLower(e.ID) != e.ID {
			t.Errorf("%q is no id", e.ID)
		}
		if e.Parent != "" {
			if _, ok := s.ByID(e.Parent); !ok || e.Parent == e.ID {
				t.Errorf("%s is part of %q, which is not there", e.ID, e.Parent)
			}
		}
		if e.Country != "" && !hasCountry(s, e.Country) {
			t.Errorf("%s is of %q, which is no state of the table", e.ID, e.Country)
		}
		for _, names := range e.Names {
			for _, n := range names {
				if strings.TrimSpace(n) != n || n == "" || Key(n) == "" || strings.ContainsAny(n, "{}") {
					t.Errorf("%s has the name %q", e.ID, n)
				}
			}
		}
	}
	if four*10 < s.Len()*9 {
		t.Errorf("only %d of %d are named in all four languages", four, s.Len())
	}
	t.Logf("%d entities, %d in four languages, %d phrases", s.Len(), four, len(s.lexicon.nodes))
}

func hasCountry(s *Set, code string) bool {
	for _, c := range s.Countries() {
		if c.Code == code {
			return true
		}
	}
	return false
}

// TestNamesDoNotClash holds that a name brings more than one entity only where
// they truly share it.
func TestNamesDoNotClash(t *testing.T) {
	s := Default()
	for hash, n := range s.lexicon.nodes {
		ids := map[int32]bool{}
		for _, p := range n.phrases {
			ids[p.value] = true
		}
		if len(ids) < 2 {
			continue
		}
		var names []string
		for v := range ids {
			names = append(names, s.At(int(v)).ID)
		}
		t.Logf("%x: %v", hash, names)
		if len(ids) > 2 {
			t.Errorf("%v share a name", names)
		}
	}
}

func TestFind(t *testing.T) {
	s := Default()
	for id, names := range map[string][]string{
		"islamic-state":        {"Daesh", "ISIS", "ISIL", "IS", "Islamic State", "داعش", "الدولة الإسلامية", "دولت اسلامی", "ИГ", "ИГИЛ", "Исламского государства"},
		"joc-iraq":             {"Iraqi joint operations command", "قيادة العمليات المشتركة", "فرماندهی عملیات مشترک", "командования совместных операций"},
		"irq-mfa":              {"Iraqi Foreign Ministry", "وزارة الخارجية العراقية", "وزارت امور خارجه عراق", "МИД Ирака", "министерства иностранных дел Ирака"},
		"rus-mfa":              {"Russian Foreign Ministry", "وزارة الخارجية الروسية", "وزارت امور خارجه روسیه", "МИД России"},
		"syr-mfa":              {"Syrian Foreign Ministry", "وزارة الخارجية السورية", "وزارت خارجه سوریه", "МИД Сирии"},
		"rus-presidency":       {"Kremlin", "الكرملين", "کرملین", "Кремля"},
		"gbr-mod":              {"UK Defence Ministry", "وزارة الدفاع البريطانية", "وزارت دفاع بریتانیا", "Минобороны Великобритании"},
		"reuters":              {"Reuters", "رويترز", "رویترز", "Рейтер"},
		"fox":                  {"Fox News", "فوكس نيوز", "فاکس نیوز", "Fox News"},
		"rt":                   {"RT", "روسيا اليوم", "راشا تودی", "Russia Today"},
		"joint-centre-baghdad": {"joint information centre in Baghdad", "مركز بغداد المعلوماتي", "مرکز اطلاعاتی بغداد", "информационного центра в Багдаде"},
	} {
		for _, name := range names {
			found := false
			for _, e := range s.Find(Key(name)) {
				found = found || e.ID == id
			}
			if !found {
				t.Errorf("%s is not found as %q (key %q)", id, name, Key(name))
			}
		}
	}
	if loose := s.Find(Key("Hizbolla")); len(loose) == 0 || loose[0].ID != "hezbollah" {
		t.Errorf("a spelling that sounds alike finds %v", loose)
	}
	if none := s.Find(Key("nothing of the kind")); len(none) != 0 {
		t.Errorf("found %v", none)
	}
}

// ordinary are words and phrases that must not be taken for an entity.
var ordinary = []string{
	"is it", "It is.", "who", "Who said so?", "The state of law is old.", "an army of conquest workers", "the map is here", "he went to a fox",
	"In the who's who", "amal", "a guardian of peace", "the times", "SPAN", "THIS IS THE END", "THE MAN IS HERE", "هما", "هم", "في الشرق الأوسط", "الأهرام", "Is he there?", "AN OLD MAP",
	"هذه الجزيرة جميلة", "جزيرة", "العربية", "في المنار", "العالم", "الشباب", "قال الرئيس", "أمل", "النهار", "الوطن", "الوفاق", "على القائمة", "قنا",
	"این جهان", "گفت که", "مردم ایران", "امروز", "сказал он", "это было", "дума", "известия", "партия", "государство", "с ним", "мир",
}

func TestOrdinaryWordsAreNoNames(t *testing.T) {
	s := Default()
	for _, text := range ordinary {
		for _, f := range s.Scan(text) {
			t.Errorf("%q has %q, taken for %s", text, text[f.Start:f.End], f.Entities[0].ID)
		}
	}
}

func TestScan(t *testing.T) {
	s := Default()
	for text, want := range map[string]string{
		"Officers of the Iraqi Foreign Ministry and of Daesh.":             "irq-mfa=Iraqi Foreign Ministry islamic-state=Daesh",
		"قال وزير من حزب الله وللأمم المتحدة":                              "hezbollah=حزب الله un=للأمم المتحدة",
		"По данным министерства обороны России и «Исламского государства»": "rus-mod=министерства обороны России islamic-state=Исламского государства",
		"به گزارش خبرگزاری فارس، سپاه پاسداران":                            "fars=خبرگزاری فارس irgc=سپاه پاسداران",
		"is IS here": "islamic-state=IS",
	} {
		var got []string
		for _, f := range s.Scan(text) {
			got = append(got, f.Entities[0].ID+"="+text[f.Start:f.End])
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q gives %q, not %q", text, got, want)
		}
	}
}

func TestBadTables(t *testing.T) {
	const country = "IRQ\tp\tIraq\tIraqi\tالعراق\tالعراقي\tعراق\tИрак\tИрака\tиракск\n"
	const office = "mfa\tgovernment\t\t\t{A} ministry\t\t\t\n"
	for name, tables := range map[string][3]string{
		"cells":  {"a\tb", country, office},
		"kind":   {"a\tghost\t\t\tA\t\t\t\tun", country, office},
		"source": {"a\tigo\t\t\tA\t\t\t\trumour", country, office},
		"twice":  {"a\tigo\t\t\tA\t\t\t\tun\na\tigo\t\t\tA\t\t\t\tun", country, office},
		"state":  {"", "IRQ", office},
		"office": {"", country, "mfa"},
	} {
		if _, err := parse(tables[0], tables[1], tables[2]); err == nil {
			t.Errorf("%s: taken without a word", name)
		}
	}
	if s, err := parse("+irq-mfa\tgovernment\tIRQ\t\tBaghdad ministry\t\t\t\tun", country, office); err != nil || len(s.Find(Key("Baghdad ministry"))) != 1 || s.Len() != 1 {
		t.Errorf("names are not added: %v", err)
	}
}

func FuzzScan(f *testing.F) {
	for _, text := range ordinary {
		f.Add(text)
	}
	f.Add("Iraqi Foreign Ministry وللأمم المتحدة")
	f.Add("لل ـَـَ‌ ال و\u0301")
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, f := range Default().Scan(text) {
			if f.Start < last || f.End <= f.Start || f.End > len(text) || len(f.Entities) == 0 {
				t.Fatalf("%q: [%d, %d) after %d", text, f.Start, f.End, last)
			}
			last = f.End
		}
		Default().Find(Key(text))
	})
}

func BenchmarkScan(b *testing.B) {
	text := strings.Repeat("The Iraqi Foreign Ministry said on Friday that no Russian advisers had come to Baghdad. ", 1000)
	s := Default()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		s.Scan(text)
	}
}
