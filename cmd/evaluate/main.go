// Command evaluate measures the steps of processing on public benchmark data
// and prints each figure with its 95 % confidence interval:
//
//	go run ./cmd/evaluate all --data ../shared/bench
//	go run ./cmd/evaluate geoparse --data ../shared/bench --json
//	go run ./cmd/evaluate language --data ../shared/bench --fold 1/10
//
// Each task runs the steps of the program as they are, or, where a step was
// trained, both the weights in the program and weights trained anew on the other
// folds of the same data. What is missing in the folder is named and the rest
// is measured. docs/quality.md has the figures and what they mean; package
// corpus has the formats; package metric the definitions.
//
// The exit status is 0 where something was measured, 1 where nothing was, 2 for
// a mistake in the command.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, out, problems io.Writer) int {
	var name string
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		name, args = args[0], args[1:]
	}
	flags := flag.NewFlagSet("evaluate", flag.ContinueOnError)
	flags.SetOutput(problems)
	data := flags.String("data", "", "`folder` with the benchmark data")
	asJSON := flags.Bool("json", false, "print JSON instead of tables")
	part := flags.String("fold", "", "measure only part `k/n` of the documents")
	flags.Usage = func() { usage(problems, flags) }
	if err := flags.Parse(args); err != nil {
		return 2
	}
	chosen := choose(name)
	if len(chosen) == 0 || flags.NArg() > 0 || *data == "" {
		flags.Usage()
		return 2
	}
	f, err := parseFold(*part)
	if err != nil {
		fmt.Fprintln(problems, err)
		return 2
	}
	if info, err := os.Stat(*data); err != nil || !info.IsDir() {
		fmt.Fprintf(problems, "%s is no folder: --data takes the folder with geoparsing, events, stories and so on.\n", *data)
		return 2
	}
	b := &bench{data: os.DirFS(*data), folder: *data, fold: f}
	defer b.close()
	all := []report{}
	measured := false
	for _, t := range chosen {
		begin := time.Now()
		r := report{Task: t.name}
		t.measure(context.Background(), b, &r)
		r.Seconds = time.Since(begin).Seconds()
		measured = measured || len(r.Figures) > 0
		all = append(all, r)
		if !*asJSON {
			r.print(out)
		}
	}
	if *asJSON {
		enc := json.NewEncoder(out)
		enc.SetIndent("", "  ")
		if err := enc.Encode(all); err != nil {
			fmt.Fprintln(problems, err)
			return 1
		}
	}
	if !measured {
		return 1
	}
	return 0
}

// task measures one kind of processing.
type task struct {
	name, about string
	measure     func(ctx context.Context, b *bench, r *report)
}

var tasks = []task{
	{"language", "language of sentences, word pairs and single words", measureLanguage},
	{"geoparse", "place names found, and the places that they are", measureGeoparsing},
	{"stories", "texts on one matter grouped", measureStories},
	{"events", "type of event of a snippet", measureEvents},
	{"translations", "translated documents matched", measureTranslations},
	{"entities", "people, organisations and places named", measureEntities},
	{"stance", "stance of a text to a headline", measureStance},
	{"attribution", "who is said to have said something", measureAttribution},
}

func choose(name string) []task {
	if name == "all" {
		return tasks
	}
	for _, t := range tasks {
		if t.name == name {
			return []task{t}
		}
	}
	return nil
}

func usage(out io.Writer, flags *flag.FlagSet) {
	fmt.Fprintln(out, "evaluate TASK --data FOLDER [--json] [--fold k/n], where TASK is all or one of")
	for _, t := range tasks {
		fmt.Fprintf(out, "  %-13s %s\n", t.name, t.about)
	}
	flags.PrintDefaults()
}
