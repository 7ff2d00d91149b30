package weave

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
)

// hostile gives a report of a text that wants to do harm.
func hostile(i int, language, text string) centre.Draft {
	return centre.Draft{Document: centre.Document{ID: centre.ID(i + 1)}, Language: language, Content: centre.Content{Text: text},
		Fingerprint: centre.Fingerprint{Exact: uint64(i+1) * 0x9e3779b97f4a7c15}}
}

func TestHostileReportsAreBounded(t *testing.T) {
	var names strings.Builder
	for i := range 50 {
		fmt.Fprintf(&names, "Karzanovich%c%c ", 'a'+i%26, 'a'+i/26)
	}
	var many strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&many, "Zb%dn ", i)
	}
	for name, text := range map[string]func(i int) (language, text string){
		"the same text again and again": func(int) (string, string) {
			return "en", "Officers of four states met in Baghdad on Saturday and agreed on a centre."
		},
		"one word repeated": func(i int) (string, string) { return "en", strings.Repeat("attack ", 200+i%7) },
		"the same fifty rare names": func(i int) (string, string) {
			return []string{"en", "tr", "fr"}[i%3], fmt.Sprintf("%s matter%d thing%d", names.String(), i, i*7)
		},
		"the same fifty rare names in ever other languages": func(i int) (string, string) {
			return fmt.Sprintf("x%d", i), fmt.Sprintf("%s matter%d", names.String(), i)
		},
		"a hundred thousand names": func(i int) (string, string) { return "en", many.String()[i%50:] },
		"no word at all":           func(int) (string, string) { return "und", strings.Repeat("\u202e😀", 500) },
		"no spaces":                func(i int) (string, string) { return "en", strings.Repeat("x", 5000+i) },
		"other words each time": func(i int) (string, string) {
			var b strings.Builder
			for k := range 150 {
				fmt.Fprintf(&b, "W%dq ", i*150+k)
			}
			return "en", b.String()
		},
	} {
		t.Run(name, func(t *testing.T) {
			const limit = 200
			w := New(Options{Limit: limit})
			for i := range 10 * limit {
				language, text := text(i)
				if _, err := w.Weave(t.Context(), hostile(i, language, text), time.UnixMilli(int64(i)*1000), Prior{}); err != nil {
					t.Fatal(err)
				}
			}
			if n, most := w.stories.byTerm.Len()+w.stories.byKey.Len(), 2*limit*(defaults.posted+maxKeys)+2000; n > most && len(w.stories.byID) > 5 {
				t.Errorf("%d postings, at most %d are wanted", n, most)
			}
			if n := len(w.stories.languages); n > maxLanguages {
				t.Errorf("%d languages are told apart", n)
			}
			if len(w.stories.byID) > limit || len(w.copies.ring) > limit {
				t.Errorf("%d stories and %d reports are remembered", len(w.stories.byID), len(w.copies.ring))
			}
			for _, st := range w.stories.byID {
				if len(st.terms) > defaults.kept || len(st.keys) > maxKeys {
					t.Errorf("a story keeps %d terms and %d keys", len(st.terms), len(st.keys))
				}
			}
		})
	}
}

// Stories become one and apart as persons say, and stay so.
func TestCorrectionsAreFollowed(t *testing.T) {
	w := New(Options{})
	at := time.UnixMilli(0)
	put := func(i int, text string) centre.Woven {
		t.Helper()
		at = at.Add(time.Minute)
		woven, err := w.Weave(t.Context(), hostile(i, "en", text), at, Prior{})
		if err != nil {
			t.Fatal(err)
		}
		return woven
	}
	const quake, flood = "An earthquake shook Kermanshah and Sarpol Zahab; rescuers dug through the rubble.", "Floods swept the Lyon railway embankment near Avignon and stranded travellers."
	a, b := put(1, quake), put(2, flood)
	if a.Story == b.Story {
		t.Fatal("two matters are one story")
	}
	w.Regroup(Regrouping{From: b.Story, Into: a.Story})
	if c := put(3, flood+" Trains wait."); c.Story != a.Story {
		t.Errorf("after the merge a report on the floods is in %v, not %v", c.Story, a.Story)
	}
	// The floods are taken out again, into a story of their own.
	own := centre.RandomID()
	known := Known{Report: 2, CopySet: b.CopySet, Story: own, Received: at, Language: "en", Text: flood}
	w.Regroup(Regrouping{From: a.Story, Into: own, Reports: []Known{known}, Apart: true})
	if c := put(4, flood+" Repairs take a week."); c.Story != own {
		t.Errorf("after the split a report on the floods is in %v, not %v", c.Story, own)
	}
	if c := put(5, quake+" Villages lost electricity."); c.Story != a.Story {
		t.Errorf("a report on the earthquake is in %v, not %v", c.Story, a.Story)
	}
	// A text that resembles both makes them one no more.
	if c := put(6, quake+" "+flood); len(c.Merged) > 0 {
		t.Error("the machine made one of what a person told apart")
	}
	if !w.stories.apart[pairOf(a.Story, own)] {
		t.Error("what was told apart is forgotten")
	}
}

// The same corrections in a Weave that is loaded: a person's word outlives a restart.
func TestApartOutlivesALoad(t *testing.T) {
	w := New(Options{})
	w.Apart(7, 9)
	x, y := w.stories.begin(7, 0), w.stories.begin(9, 0)
	if w.stories.joinable(x, y) {
		t.Error("stories that a person told apart may become one")
	}
	if z := w.stories.begin(11, 0); !w.stories.joinable(x, z) {
		t.Error("two small stories may not become one by a translation")
	}
}

// A translation joins the story of its original and is no copy of it.
// kept is what a store gives back.
type kept []Known

func (k kept) Remember(_ context.Context, _ int, each func(Known) error) error {
	for i := range k {
		if err := each(k[i]); err != nil {
			return err
		}
	}
	return nil
}

// knownOf is a report as the store keeps it.
func knownOf(w centre.Woven, received time.Time) Known {
	d := w.Draft
	return Known{Report: d.Document.ID, CopySet: w.CopySet, Story: w.Story, Received: received, Language: d.Language,
		Fingerprint: d.Fingerprint, Mentions: d.Mentions, Events: Happened(d.EventMentions), Text: d.Content.Text}
}

func TestTranslationsAreHeard(t *testing.T) {
	w := New(Options{})
	at := time.UnixMilli(0)
	pairs := [][2]string{
		{"President Putin and Premier Abadi met in Baghdad on 26 September. Reuters counted 340 delegates, 57 lorries and 12 interpreters; Hadithi and Peskov spoke, Kerman, Latakia and Homs were named.",
			"Президент Путин и премьер Абади встретились в Багдаде 26 сентября. Рейтер насчитал 340 делегатов, 57 грузовиков и 12 переводчиков; Хадити и Песков выступили, названы Керман, Латакия и Хомс."},
		{"The carmaker Volkswagen lost 8811 jobs in Wolfsburg, spokesman Winterkorn said; 482000 diesel engines in Michigan and 91 in Stuttgart are concerned, Bloomberg and Handelsblatt wrote.",
			"Автоконцерн Фольксваген потерял 8811 мест в Вольфсбурге, сказал Винтеркорн; речь о 482000 дизелях в Мичигане и 91 в Штутгарте, писали Блумберг и Хандельсблатт."},
		{"Marseille and Lyon counted 733 stranded travellers after 19 hours; Avignon sent 64 buses, prefect Cazeneuve told Libération and Figaro on the 4th.",
			"Марсель и Лион насчитали 733 пассажира через 19 часов; Авиньон послал 64 автобуса, сказал префект Казнёв газетам Либерасьон и Фигаро 4-го."},
	}
	var stored kept
	put := func(w *Weave, d centre.Draft, at time.Time) centre.Woven {
		woven, err := w.Weave(t.Context(), d, at, Prior{})
		if err != nil {
			t.Fatal(err)
		}
		return woven
	}
	// How rare a name is, is learned from other reports.
	for news := newWire(); news.n < 600; {
		d := news.draft()
		stored = append(stored, knownOf(put(w, d, at), at))
	}
	var originals []centre.Woven
	for i, p := range pairs {
		woven := put(w, hostile(10_000+i, "en", p[0]), at)
		if woven.Echo.Of != 0 {
			t.Errorf("an original echoes %v", woven.Echo.Of)
		}
		originals = append(originals, woven)
		stored = append(stored, knownOf(woven, at))
	}
	restarted := New(Options{})
	if err := restarted.Load(t.Context(), stored); err != nil {
		t.Fatal(err)
	}
	heard := 0
	for i, p := range pairs {
		woven := put(w, hostile(20_000+i, "ru", p[1]), at.Add(time.Hour))
		if again := put(restarted, hostile(20_000+i, "ru", p[1]), at.Add(time.Hour)); again.Echo.Of != woven.Echo.Of {
			t.Errorf("%d echoes %v, after a restart %v", i, woven.Echo.Of, again.Echo.Of)
		}
		if woven.CopySet == originals[i].CopySet {
			t.Error("a translation is a copy")
		}
		switch woven.Echo.Of {
		case 0:
		case centre.ID(10_001 + i):
			heard++
			if woven.Story != originals[i].Story || woven.Echo.Score < 0.3 || len(woven.Echo.Shared) == 0 {
				t.Errorf("%d: %+v", i, woven.Echo)
			}
		default:
			t.Errorf("%d is heard as an echo of %v", i, woven.Echo.Of)
		}
	}
	if heard < 2 {
		t.Errorf("%d of 3 translations were heard", heard)
	}
}
