package event_test

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"entente/internal/centre"
	"entente/internal/process/event"
)

// sound tells what is wrong with the findings of a draft; "" for nothing.
func sound(d *centre.Draft) string {
	runes := []rune(d.Content.Text)
	for _, e := range d.EventMentions {
		words := append([]centre.Words{e.Trigger}, wordsOf(e.Actors)...)
		for _, w := range words {
			if w.Start < 0 || w.End > len(runes) || w.Start >= w.End || string(runes[w.Start:w.End]) != w.Text {
				return "words " + w.Text + " do not stand where they are said to"
			}
		}
		switch {
		case e.Start > e.Trigger.Start || e.End < e.Trigger.End || e.End > len(runes):
			return "the stretch does not hold the trigger"
		case e.Score <= 0 || e.Score > 1 || e.Step != "event" || e.Version < 1 || len(e.Why) == 0:
			return "score, step or reasons are missing"
		case e.Category == "" || e.Category == centre.EventStatement || e.Reality == "":
			return "there is no category or reality"
		case e.Killed.Known && (e.Killed.Low > e.Killed.Best || e.Killed.Best > e.Killed.High || e.Killed.Basis == ""):
			return "the toll contradicts itself"
		case e.Date != nil && !e.Date.From.Before(e.Date.Until):
			return "the date ends before it begins"
		}
	}
	return ""
}

// Texts of the golden files, cut and joined at random, keep the step sound.
func FuzzStep(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.golden")
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(strings.TrimSuffix(filepath.Base(file), ".golden"), string(data[:min(len(data), 600)]))
	}
	f.Add("ar", "وقتل\u202e 12 للل و\u0640 قتل")
	f.Add("fa", "\u200cکشته\u200c\u200c شدند ۹۹۹۹۹۹۹۹۹۹۹۹۹۹۹۹۹۹۹۹ نفر")
	f.Add("en", "killed 18446744073709551616 people, between 3 and 1 dead; 1,000,000,000,000 killed")
	step := event.NewStep()
	f.Fuzz(func(t *testing.T, language, text string) {
		if !utf8.ValidString(text) {
			return
		}
		d := centre.Draft{Content: centre.Content{Text: text}, Language: language}
		if err := step.Apply(t.Context(), &d); err != nil {
			t.Fatal(err)
		}
		if wrong := sound(&d); wrong != "" {
			t.Errorf("%q: %s", text, wrong)
		}
	})
}

// Whole texts of all golden sentences of a language are read soundly, too.
func TestSoundTexts(t *testing.T) {
	p := pipeline(t)
	files, _ := filepath.Glob("testdata/*.golden")
	random := rand.New(rand.NewPCG(1, 2))
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var sentences []string
		for line := range strings.Lines(string(data)) {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") && !strings.Contains(line, " | ") {
				sentences = append(sentences, line)
			}
		}
		for range 20 {
			random.Shuffle(len(sentences), func(i, k int) { sentences[i], sentences[k] = sentences[k], sentences[i] })
			d := run(t, p, strings.Join(sentences[:10], " "))
			if wrong := sound(&d); wrong != "" {
				t.Errorf("%s: %s", filepath.Base(file), wrong)
			}
		}
	}
}

// A text of any length and shape is read in bounded time and memory.
func TestLongTextsOfTheStep(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	step := event.NewStep()
	for name, unit := range map[string]string{
		"one word": "killed", "words": "killed twelve soldiers and ", "sentences": "Rebels killed five soldiers in Homs. ",
		"Arabic": "وقتل وقتل وللقتل ", "Persian": "کشته شدند ", "Russian": "погибли двадцать пять ", "controls": "\u202e\u200c🙂", "numbers": "12 1,000 ",
	} {
		for _, language := range []string{"en", "ar", "fa", "ru"} {
			text := strings.Repeat(unit, (2<<20)/len(unit))
			d := centre.Draft{Content: centre.Content{Text: text}, Language: language}
			begin := time.Now()
			if err := step.Apply(context.Background(), &d); err != nil {
				t.Error(err)
			}
			if len(d.EventMentions) > 100 {
				t.Errorf("%s: %d mentions", name, len(d.EventMentions))
			}
			t.Logf("%s, %s: %v", name, language, time.Since(begin).Round(time.Millisecond))
		}
	}
}
