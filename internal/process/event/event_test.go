package event_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"entente/internal/process/event"
)

func classifier(t testing.TB) *event.Classifier {
	c, err := event.New()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// One plain sentence of each type, written for this test.
var plain = map[event.Type]string{
	event.GovernmentRegainsTerritory: "The army retook the town of Tal Afar from the militants after a week, a commander said.",
	event.NonStateOvertakesTerritory: "Rebels captured two villages and seized control of the road after soldiers fled.",
	event.ArmedClash:                 "Soldiers and insurgents exchanged fire near the checkpoint; three militants were killed in the clash.",
	event.ExcessiveForce:             "Security forces opened fire with live ammunition on protesters and killed six demonstrators.",
	event.ProtestWithIntervention:    "Police dispersed the peaceful sit-in and detained forty protesters.",
	event.PeacefulProtest:            "Thousands marched peacefully through the city and held up signs to demand better schools.",
	event.ViolentDemonstration:       "Protesters threw stones and petrol bombs at police and set tyres on fire during the demonstration.",
	event.MobViolence:                "An angry mob lynched a man suspected of theft and beat his brother with sticks.",
	event.ChemicalWeapon:             "Dozens suffered suffocation after shells with chlorine gas, a banned chemical weapon, fell on the suburb.",
	event.AirStrike:                  "Warplanes bombed the market in three air strikes, killing nine.",
	event.SuicideBomb:                "A suicide bomber blew himself up at the gate of the barracks.",
	event.Shelling:                   "Mortar shells and rockets hit the district; the artillery fired all night.",
	event.RemoteExplosive:            "A roadside bomb exploded as the lorry passed and an IED was planted beside the bridge.",
	event.Grenade:                    "Unknown men hurled a hand grenade at the house of the mayor.",
	event.SexualViolence:             "Two women were raped by men in uniform, a rights group said.",
	event.Attack:                     "Gunmen attacked a village and shot dead eleven farmers.",
	event.Abduction:                  "Four engineers were kidnapped on the road and are held hostage.",
	event.Agreement:                  "The two sides signed a ceasefire agreement and will exchange prisoners.",
	event.Arrests:                    "Police arrested a journalist and detained three members of his party.",
	event.DisruptedWeapons:           "Sappers defused a bomb found under the railway, and police seized weapons in a cache.",
	event.BaseEstablished:            "The militants established a training camp and set up a new headquarters in the valley.",
	event.Looting:                    "Shops were looted and warehouses ransacked overnight.",
	event.NonViolentTransfer:         "The fighters withdrew from the town without a fight and the army entered it.",
	event.OrganisedCrime:             "Customs seized cocaine from a gang of drug smugglers accused of money laundering.",
	event.NaturalDisaster:            "A strong earthquake and heavy rain caused landslides and flooding in the province.",
	event.ManMadeDisaster:            "A train derailed and collided with a bus; the accident killed twelve passengers.",
	event.Diplomatic:                 "The foreign ministry expelled two diplomats and announced sanctions.",
	event.Attribution:                "The group claimed responsibility for the bombing, while the ministry blamed another faction.",
}

func TestPlainSentences(t *testing.T) {
	c := classifier(t)
	wrong := 0
	for _, want := range event.Types {
		text, ok := plain[want]
		if !ok {
			continue
		}
		if got, score := c.Classify(text); got != want {
			wrong++
			t.Logf("%q is %s (%.2f), want %s", text, got, score, want)
		}
	}
	if wrong > 3 {
		t.Errorf("%d of %d plain sentences are wrong", wrong, len(plain))
	}
}

func TestAmong(t *testing.T) {
	c := classifier(t)
	got, score := c.Classify(plain[event.Grenade], event.PeacefulProtest, event.Agreement)
	if got != event.PeacefulProtest && got != event.Agreement || score < 0.5 {
		t.Errorf("among two: %s %.2f", got, score)
	}
	for _, text := range []string{"", "وقعت اشتباكات في المدينة", "🙂 🙂", "lorem ipsum"} {
		if got, score := c.Classify(text); got != event.Other || score != 0 {
			t.Errorf("%q is %s with %.2f", text, got, score)
		}
	}
}

func TestTrainIsDeterministic(t *testing.T) {
	var all []event.Example
	for _, want := range event.Types {
		if text, ok := plain[want]; ok {
			all = append(all, event.Example{Text: text, Type: want})
		}
	}
	c, one := event.Train(all)
	_, two := event.Train(all)
	if !bytes.Equal(one, two) {
		t.Error("the same examples give other weights")
	}
	for _, e := range all {
		if got, _ := c.Classify(e.Text); got != e.Type {
			t.Errorf("%q was learned as %s", e.Text, got)
		}
	}
}

func TestEveryTypeHasACategory(t *testing.T) {
	for _, typ := range event.Types {
		if typ.Category() == "" || typ != event.Other && typ.Category() == "other" {
			t.Errorf("%s has the category %q", typ, typ.Category())
		}
	}
}

// A text of any length and shape is read in bounded time.
func TestLongTexts(t *testing.T) {
	c := classifier(t)
	begin := time.Now()
	for _, unit := range []string{"bomb ", "x", "д", "police protesters ", "\u202e🙂"} {
		c.Classify(strings.Repeat(unit, 1<<20))
	}
	t.Log(time.Since(begin))
}

func FuzzClassify(f *testing.F) {
	c := classifier(f)
	for _, text := range plain {
		f.Add(text)
	}
	f.Add("\xff\xfe police. \x00")
	f.Fuzz(func(t *testing.T, text string) {
		got, score := c.Classify(text)
		if !slices.Contains(event.Types, got) || score < 0 || score > 1 {
			t.Errorf("%q: %s %f", text, got, score)
		}
	})
}

func BenchmarkClassify(b *testing.B) {
	c := classifier(b)
	text := plain[event.ArmedClash] + " " + plain[event.Attack]
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		c.Classify(text)
	}
}
