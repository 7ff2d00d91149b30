package claim_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"entente/internal/centre"
	"entente/internal/gazetteer"
	"entente/internal/process"
	"entente/internal/process/all"
)

// steps are those of the program.
var steps = sync.OnceValues(func() ([]centre.Step, error) {
	places, err := gazetteer.Embedded()
	if err != nil {
		return nil, err
	}
	return all.Steps(places), nil
})

// spec is a text with what it must give, a line for each statement: stance, the
// chain from the carrier's side to the root divided by " > ", and the pieces of
// what is said divided by " … ". Behind a further bar stand "may", "plan",
// "opinion", "not" (negated), "affirmed" (not negated), "quoted", "at" with the
// day of speech, "in" with its place, "to" with the addressee, "answers" with the
// number of a statement, "alone" (answers none), "role" with that of the speaker;
// they are compared where the line has them.
type spec struct{ text, want string }

// spoken is the step for languages in a text whose language is known: one
// sentence is little to tell Russian from Bulgarian by.
type spoken struct {
	centre.Step
	tag string
}

func (s spoken) Apply(ctx context.Context, d *centre.Draft) error {
	err := s.Step.Apply(ctx, d)
	d.Language, d.Stretches = s.tag, nil
	return err
}

// hold runs the steps over texts and holds the statements found against those
// expected.
func hold(t *testing.T, language string, specs []spec) {
	t.Helper()
	list, err := steps()
	if err != nil {
		t.Fatal(err)
	}
	list = slices.Clone(list)
	for i := range list {
		if list[i].Name() == "language" {
			list[i] = spoken{list[i], language}
		}
	}
	p := process.New(list, process.Options{})
	for _, s := range specs {
		d, err := p.Run(t.Context(), centre.Document{Body: s.text, MediaType: "text/plain", Language: language,
			Published: centre.Moment{Time: time.Date(2015, 10, 20, 0, 0, 0, 0, time.UTC), Precision: centre.PrecisionDay, Basis: centre.BasisPage}})
		if err != nil {
			t.Fatal(err)
		}
		var want, got []string
		for line := range strings.SplitSeq(s.want, "\n") {
			if line = strings.TrimSpace(line); line != "" {
				want = append(want, line)
			}
		}
		for i := range d.Statements {
			extras := ""
			if i < len(want) {
				if parts := strings.Split(want[i], " | "); len(parts) > 3 {
					extras = parts[3]
				}
			}
			got = append(got, strings.TrimSpace(line(&d.Statements[i], extras)))
		}
		if w, g := strings.Join(want, "\n"), strings.Join(got, "\n"); w != g {
			t.Errorf("%s (%s)\nwant\n%s\ngot\n%s", s.text, d.Language, w, g)
		}
		text := []rune(d.Content.Text)
		for i := range d.Statements {
			sound(t, text, &d.Statements[i])
		}
	}
}

// line writes a statement as a spec does, with those extras that another line
// has.
func line(st *centre.Statement, extras string) string {
	var hops, said []string
	for _, h := range st.Chain {
		hops = append(hops, h.Name)
	}
	for _, c := range st.Content {
		said = append(said, c.Text)
	}
	out := string(st.Stance) + " | " + strings.Join(hops, " > ") + " | " + strings.Join(said, " … ")
	var have []string
	for want := range strings.SplitSeq(extras, ", ") {
		key, _, _ := strings.Cut(want, " ")
		switch key {
		case "":
		case "not":
			if st.Negated {
				have = append(have, key)
			}
		case "quoted":
			if st.Quoted {
				have = append(have, key)
			}
		case "at":
			if st.SaidAt != nil {
				have = append(have, "at "+st.SaidAt.From.Format(time.DateOnly))
			}
		case "in":
			if st.SaidPlace != nil {
				have = append(have, "in "+st.SaidPlace.Name)
			}
		case "affirmed":
			if !st.Negated {
				have = append(have, key)
			}
		case "alone":
			if st.Answers == 0 {
				have = append(have, key)
			}
		case "answers":
			if st.Answers > 0 {
				have = append(have, fmt.Sprintf("answers %d", st.Answers))
			}
		case "role":
			have = append(have, "role "+st.Speaker.Role)
		case "to":
			if st.Addressee != nil {
				have = append(have, "to "+st.Addressee.Name)
			}
		default:
			have = append(have, string(st.Modality))
		}
	}
	if extras != "" {
		out += " | " + strings.Join(have, ", ")
	}
	return out
}

// sound checks what every statement must be: all its words are those of the
// text, the chain ends with the speaker, and there is a reason.
func sound(t *testing.T, text []rune, st *centre.Statement) {
	t.Helper()
	words := append([]centre.Words{st.Speaker.Words, st.Cue}, st.Content...)
	for _, w := range words {
		if w.End > w.Start && string(text[w.Start:w.End]) != w.Text {
			t.Errorf("%q points at %q", w.Text, string(text[w.Start:w.End]))
		}
		if w.End > w.Start && (w.Start < st.Start || w.End > st.End) {
			t.Errorf("%q lies outside of the statement %q", w.Text, string(text[st.Start:st.End]))
		}
	}
	if n := len(st.Chain); n == 0 || st.Chain[n-1].Name != st.Speaker.Name {
		t.Errorf("the chain %v does not end with the speaker %q", st.Chain, st.Speaker.Name)
	}
	if len(st.Why) == 0 || st.Score <= 0 || st.Score > 1 || st.Step != "claim" {
		t.Errorf("score %v, step %q, why %q", st.Score, st.Step, st.Why)
	}
}

// TestTextsWithoutAnEnd holds the grammars to texts of one sentence, full of
// reporting words, quotation marks that nobody closes and words that stand for
// nothing: they end, and all that they give points at the text.
func TestTextsWithoutAnEnd(t *testing.T) {
	list, err := steps()
	if err != nil {
		t.Fatal(err)
	}
	claims := list[slices.IndexFunc(list, func(s centre.Step) bool { return s.Name() == "claim" })]
	for language, words := range map[string][]string{
		"ru": {"сказал ", "что ", "источник ", "«", "по словам ", ", ", "со ссылкой на ", "он ", "опроверг ", "это ", "», — ", "как ", "1 "},
		"ar": {"قال ", "إن ", "مصدر ", "«", "بحسب ", "، ", "نقلاً عن ", "نفى ", "ذلك ", "ونقلت ", "عن ", "لم يتسن ", "ب ", "1 "},
		"fa": {"گفت ", "که ", "منبع ", "«", "به گفته ", "، ", "به نقل از ", "تکذیب کرد ", "را ", "این ", "نتوانست ", "»، ", "1 "},
	} {
		for step := 1; step < len(words); step++ {
			var b strings.Builder
			for i := range 5_000 {
				b.WriteString(words[i*step*(1+i/len(words))%len(words)])
			}
			d := centre.Draft{Content: centre.Content{Text: b.String()}, Language: language}
			if err := claims.Apply(t.Context(), &d); err != nil {
				t.Fatal(err)
			}
			text := []rune(d.Content.Text)
			for i := range d.Statements {
				sound(t, text, &d.Statements[i])
			}
		}
	}
}

// FuzzGrammars mixes words of the lexicons with whatever comes.
func FuzzGrammars(f *testing.F) {
	f.Add("ru", "«А, — сказал X. — Б», передаёт «В», ссылаясь на Г.")
	f.Add("ar", "نقلت (سانا) عن قوله: «إن» لكنها ب، بحسب ل")
	f.Add("fa", "به گفته که را گفت «نتوانست، تأیید کند» و را")
	list, err := steps()
	if err != nil {
		f.Fatal(err)
	}
	claims := list[slices.IndexFunc(list, func(s centre.Step) bool { return s.Name() == "claim" })]
	f.Fuzz(func(t *testing.T, language, text string) {
		if !utf8.ValidString(text) {
			return
		}
		for _, tag := range []string{"ru", "ar", "fa"} {
			d := centre.Draft{Content: centre.Content{Text: norm.NFC.String(text)}, Language: tag}
			if err := claims.Apply(t.Context(), &d); err != nil {
				t.Fatal(err)
			}
			text := []rune(d.Content.Text)
			for i := range d.Statements {
				sound(t, text, &d.Statements[i])
			}
		}
	})
}
