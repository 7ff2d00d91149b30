package corpus

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"entente/cmd/evaluate/metric"
)

// Marked is a text with its entities.
type Marked struct {
	Name     string
	Text     string
	Entities []metric.Span
}

// CoNLL reads columns of a word and its BIO tag, a word a line, sentences
// divided by empty lines (ANERcorp: Benajiba and Rosso, 2008; re3d: Dstl, 2017);
// a file without empty lines is divided behind each full stop. Each sentence is a text of its words divided by spaces. An I- tag without its
// B- begins an entity, as conlleval has it.
func CoNLL(data fs.FS, name string) ([]Marked, error) {
	all, err := lines(data, name)
	if err != nil {
		return nil, err
	}
	var texts []Marked
	var b strings.Builder
	var one Marked
	points, open := 0, false
	end := func() {
		if b.Len() > 0 {
			one.Name, one.Text = fmt.Sprintf("%s:%d", path.Base(name), len(texts)+1), b.String()
			texts = append(texts, one)
		}
		b.Reset()
		one, points, open = Marked{}, 0, false
	}
	whole := !slices.Contains(all, "")
	for i, line := range append(all, "") {
		line = strings.TrimRight(line, " \t\r")
		if line == "" {
			end()
			continue
		}
		cut := strings.LastIndexAny(line, " \t")
		if cut < 0 {
			return nil, fmt.Errorf("%s, line %d: no word with a tag", name, i+1)
		}
		word, tag := strings.TrimSpace(line[:cut]), line[cut+1:]
		if word == "" { // a word that the set has lost
			open = false
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
			points++
		}
		b.WriteString(word)
		start := points
		points += utf8.RuneCountInString(word)
		place, kind, named := strings.Cut(tag, "-")
		switch n := len(one.Entities); {
		case !named:
			open = false
		case place == "I" && open && one.Entities[n-1].Type == kind:
			one.Entities[n-1].End = points
		default:
			one.Entities = append(one.Entities, metric.Span{Start: start, End: points, Type: kind})
			open = true
		}
		if whole && word == "." {
			end()
		}
	}
	return texts, nil
}

// FactRu reads a folder of factRuEval-2016 (Starostin and others, 2016): for
// each text its tokens, the spans of them, and the objects made of spans. The
// objects come as track 1 compares them without a type for LocOrg, which counts
// as Location; types are Person, Location and Org.
func FactRu(data fs.FS, folder string) ([]FactRuText, error) {
	names, err := files(data, folder, ".objects")
	if err != nil {
		return nil, err
	}
	var all []FactRuText
	for _, name := range names {
		one, err := factRuText(data, strings.TrimSuffix(name, ".objects"))
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// FactRuText is a text of factRuEval with its tokens and its objects.
type FactRuText struct {
	Name    string
	Text    string
	Tokens  []metric.Span // in order
	Objects []metric.Object
}

// named are the kinds of spans that make an object a name; the others describe
// it and need not be found.
var named = map[string]map[string]bool{
	"Person":   {"name": true, "surname": true, "patronymic": true, "nickname": true},
	"Location": {"loc_name": true, "org_name": true},
	"Org":      {"org_name": true, "loc_name": true},
}

func factRuText(data fs.FS, stem string) (one FactRuText, err error) {
	raw, err := fs.ReadFile(data, stem+".txt")
	if err != nil {
		return one, err
	}
	one = FactRuText{Name: path.Base(stem), Text: string(raw)}
	rows := func(suffix string, each func(fields []string) error) error {
		all, err := lines(data, stem+suffix)
		if err != nil {
			return err
		}
		for i, line := range all {
			left, _, _ := strings.Cut(line, "#")
			fields := strings.Fields(left)
			if suffix == ".tokens" {
				fields = strings.Fields(line)
			}
			if len(fields) == 0 {
				continue
			}
			if err := each(fields); err != nil {
				return fmt.Errorf("%s%s, line %d: %w", stem, suffix, i+1, err)
			}
		}
		return nil
	}
	at := map[string]int{} // token by id
	err = rows(".tokens", func(f []string) error {
		var start, length int
		if len(f) < 4 {
			return fmt.Errorf("a token has four columns")
		}
		if _, err := fmt.Sscan(f[1]+" "+f[2], &start, &length); err != nil {
			return err
		}
		at[f[0]] = len(one.Tokens)
		one.Tokens = append(one.Tokens, metric.Span{Start: start, End: start + length})
		return nil
	})
	if err != nil {
		return one, err
	}
	type part struct {
		kind   string
		tokens []int
	}
	parts := map[string]part{}
	err = rows(".spans", func(f []string) error {
		var count int
		if len(f) < 6 {
			return fmt.Errorf("a span has six columns")
		}
		if _, err := fmt.Sscan(f[5], &count); err != nil {
			return err
		}
		first, ok := at[f[4]]
		if !ok || count < 1 || first+count > len(one.Tokens) {
			return fmt.Errorf("there is no token %s, or not %d from it", f[4], count)
		}
		p := part{kind: f[1]}
		for i := range count {
			p.tokens = append(p.tokens, first+i)
		}
		parts[f[0]] = p
		return nil
	})
	if err != nil {
		return one, err
	}
	err = rows(".objects", func(f []string) error {
		if len(f) < 3 {
			return fmt.Errorf("an object has a type and spans")
		}
		o := metric.Object{Type: f[1], Tokens: map[int]bool{}}
		switch o.Type {
		case "LocOrg":
			o.Type = "Location"
		case "Organization":
			o.Type = "Org"
		case "Project":
			return nil // no part of track 1
		}
		for _, id := range f[2:] {
			p, ok := parts[id]
			if !ok {
				return fmt.Errorf("there is no span %s", id)
			}
			for _, t := range p.tokens {
				o.Tokens[t] = o.Tokens[t] || named[o.Type][p.kind]
			}
		}
		one.Objects = append(one.Objects, o)
		return nil
	})
	return one, err
}
