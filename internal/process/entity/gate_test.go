package entity

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"entente/internal/entities"
)

// lessons are sentences with a person and a body each, to train on.
func lessons() (all []Sample) {
	people := strings.Fields("Anders Bernt Carlo Dieter Emil Franz Gustav Henrik Ivar Jakob Klaus Ludwig Marek Nils Otto Pavel Rolf Stefan Tomas Ulrich")
	bodies := strings.Fields("Alstom Bergbau Corvin Dahlem Elcano Ferrum Gerlach Hansa Inverness Jarvis")
	for i, first := range people {
		for k, body := range bodies {
			person := first + " " + people[(i*7+k*3+1)%len(people)] + "sen"
			body += " Holding"
			text := fmt.Sprintf("On Monday the minister met %s in the office of %s, and later they had lunch with the owners of the house.", person, body)
			at, on := strings.Index(text, person), strings.Index(text, body)
			all = append(all, Sample{Document: first, Text: text, Spans: []Span{
				{Start: at, End: at + len(person), Type: TypePerson}, {Start: on, End: on + len(body), Type: TypeOrganisation}}})
		}
	}
	return all
}

// The gate of a trained model lets the words of a name through that it has never
// seen, and cuts most of the words around it.
func TestGateCutsTheWordsThatAreInNoName(t *testing.T) {
	tagger, err := NewTagger()
	if err != nil {
		t.Fatal(err)
	}
	m := tagger.Train(lessons(), []string{TypePerson, TypeOrganisation}, TrainOptions{Bits: 12, Rounds: 3, Runs: 1})
	v := &view{k: tagger.k}
	if err := v.read(t.Context(), "On Monday the minister met Wojciech Kowalczyk in the office of Brunhild Holding, and later they had lunch with the owners of the house."); err != nil {
		t.Fatal(err)
	}
	v.tongues = []tongue{{until: len(v.words.List), language: english}}
	v.tag(t.Context(), map[string]*Model{english: m})
	var kept []string
	for i := range v.tokens {
		if !v.tokens[i].cut {
			kept = append(kept, v.fold(i))
		}
	}
	for _, word := range []string{"wojciech", "kowalczyk", "brunhild", "holding"} {
		if !slices.Contains(kept, word) {
			t.Errorf("%s is cut", word)
		}
	}
	if len(kept) > len(v.tokens)/2 {
		t.Errorf("of %d words are kept: %s", len(v.tokens), kept)
	}
}

// Words far from a capital are not labelled where only names with capitals are
// wanted; Arabic, which has none, is.
func TestFarFromCapitals(t *testing.T) {
	k, err := loadKnowledge()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"they said on the way home that the old bridge near Karsk was shut": "they said on the way home that the",
		"министерство иностранных дел России":                               "",
		"вчера они сказали что мост закрыт":                                 "вчера они сказали что мост закрыт",
		"in the town of nobody in 2015":                                     "in the town",
		"قال إن الجسر القديم مغلق منذ أمس حسب قوله":                         "",
	} {
		v := &view{k: k}
		if err := v.read(t.Context(), text); err != nil {
			t.Fatal(err)
		}
		var far []string
		for i := range v.tokens {
			if v.tokens[i].far {
				far = append(far, v.fold(i))
			}
		}
		if got := strings.Join(far, " "); got != want {
			t.Errorf("%q: far are %q, want %q", text, got, want)
		}
	}
}

// No phrase of a lexicon begins at a word that is not marked as a beginning of it:
// looking at marked words alone misses nothing.
func TestBeginningsAreComplete(t *testing.T) {
	k, err := loadKnowledge()
	if err != nil {
		t.Fatal(err)
	}
	lexicons := map[uint8]*entities.Lexicon{beginsName: k.names, beginsKnown: k.set.Lexicon(), beginsState: k.phrases, beginsBody: k.bodies}
	found := 0
	for _, language := range []string{"en", "ar", "fa", "ru"} {
		data, err := os.ReadFile("testdata/golden/" + language + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		v := &view{k: k}
		if err := v.read(t.Context(), string(data)); err != nil {
			t.Fatal(err)
		}
		for i := range v.tokens {
			for bit, lexicon := range lexicons {
				m, ok := lexicon.Find(nil, v.text, &v.words, i)
				if !ok {
					continue
				}
				found++
				if v.tokens[i].begins&bit == 0 {
					t.Errorf("%s: %q is a phrase (prefix of %d), and its word is not marked", language, v.text[v.words.List[i].Start:v.words.List[m.Last].End], m.Prefix)
				}
			}
		}
	}
	if found < 1000 {
		t.Errorf("only %d phrases are in the texts", found)
	}
}
