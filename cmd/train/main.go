// Command train makes the weights that steps embed from public benchmark data
// (their development parts) and writes them beside the code of the step:
//
//	go run ./cmd/train events --data DIR
//
// The same data give the same file, byte for byte. Run it at the root of the
// checkout; `go run ./cmd/evaluate` then says what the weights are worth.
package main

import (
	"flag"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"

	"entente/cmd/evaluate/corpus"
	"entente/cmd/train/names"
	"entente/internal/process/event"
	"entente/internal/stance"
)

// models are what can be trained: where the weights go and how they are made.
var models = map[string]struct {
	file  string
	train func(data fs.FS) (weights []byte, examples int, err error)
}{
	"attribution":      {"internal/process/claim/weights.bin", attribution},
	"events":           {"internal/process/event/weights.bin", events},
	"entities-ar":      {"internal/process/entity/models/ar.bin", entities("ar")},
	"entities-en":      {"internal/process/entity/models/en.bin", entities("en")},
	"entities-ru":      {"internal/process/entity/models/ru.bin", entities("ru")},
	"places":           {"internal/process/place/weights.tsv", places},
	"language":         {"internal/process/language/ngrams.bin", languages},
	"stance-articles":  {"internal/stance/articles.bin", articles},
	"stance-headlines": {"internal/stance/headlines.bin", headlines},
}

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, out, problems io.Writer) int {
	var name string
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		name, args = args[0], args[1:]
	}
	flags := flag.NewFlagSet("train", flag.ContinueOnError)
	flags.SetOutput(problems)
	data := flags.String("data", "", "`folder` with the benchmark data")
	file := flags.String("o", "", "`file` to write instead of the step's own")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	m, ok := models[name]
	if !ok || *data == "" || flags.NArg() > 0 {
		fmt.Fprintln(problems, "train "+strings.Join(slices.Sorted(maps.Keys(models)), "|")+" --data FOLDER [-o FILE]")
		return 2
	}
	if *file == "" {
		*file = m.file
	}
	weights, n, err := m.train(os.DirFS(*data))
	if err == nil {
		err = os.WriteFile(*file, weights, 0o644)
	}
	if err != nil {
		fmt.Fprintln(problems, err)
		return 1
	}
	fmt.Fprintf(out, "%s: %d bytes from %d examples\n", *file, len(weights), n)
	return 0
}

func events(data fs.FS) ([]byte, int, error) {
	snippets, err := corpus.Snippets(data, "events/case2021-task2.tsv")
	if err != nil {
		return nil, 0, err
	}
	var all []event.Example
	for _, s := range snippets {
		all = append(all, event.Example{Text: s.Text, Type: event.Type(s.Label)})
	}
	_, weights := event.Train(all)
	return weights, len(all), nil
}

// entities trains the tagger of names of a language.
func entities(language string) func(fs.FS) ([]byte, int, error) {
	return func(data fs.FS) ([]byte, int, error) { return names.Train(data, language) }
}

func articles(data fs.FS) ([]byte, int, error) {
	pairs, err := corpus.FNC(data, "stance/fnc1", "stories/fnc1-stories.tsv")
	return stances("en", pairs, err)
}

func headlines(data fs.FS) ([]byte, int, error) {
	pairs, err := corpus.ANS(data, "stance/ans/train.csv")
	return stances("ar", pairs, err)
}

func stances(language string, pairs []corpus.Pair, err error) ([]byte, int, error) {
	if err != nil {
		return nil, 0, err
	}
	texts := map[string]stance.Text{}
	read := func(text string) stance.Text {
		t, ok := texts[text]
		if !ok {
			t = stance.Read(language, text)
			texts[text] = t
		}
		return t
	}
	var all []stance.Example
	for _, p := range pairs {
		all = append(all, stance.Example{Claim: read(p.Headline), Text: read(p.Text), Stance: stance.Stance(p.Stance)})
	}
	return stance.Train(all).Append(nil), len(all), nil
}
