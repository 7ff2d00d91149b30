package corpus

import (
	"fmt"
	"io/fs"
	"strings"

	"entente/cmd/evaluate/metric"
)

// brat is a file of brat's standoff format: text-bound marks, events over them,
// and notes.
type brat struct {
	order  []string // ids of marks, as they stand in the file
	marks  map[string]bratMark
	events []bratEvent
	notes  map[string]string // by the id that they are about
}

type bratMark struct {
	label string
	spans []metric.Span // at least one; several where the mark is in pieces
	text  string        // the words of them, with a space between two
}

// bratEvent has the ids of marks by role. Roles that come several times are
// told apart by a number at their end, which is taken off here.
type bratEvent struct{ roles map[string][]string }

// maxText bounds the places in a text, in code points.
const maxText = 1 << 24

func readBrat(data fs.FS, name string) (*brat, error) {
	all, err := lines(data, name)
	if err != nil {
		return nil, err
	}
	b := &brat{marks: map[string]bratMark{}, notes: map[string]string{}}
	for i, line := range all {
		fields := strings.SplitN(line, "\t", 3)
		if line == "" || len(fields) < 2 {
			continue
		}
		switch line[0] {
		case 'T':
			label, places, _ := strings.Cut(fields[1], " ")
			mark := bratMark{label: label}
			for _, place := range strings.Split(places, ";") {
				var s metric.Span
				if _, err := fmt.Sscanf(place, "%d %d", &s.Start, &s.End); err != nil {
					return nil, fmt.Errorf("%s, line %d: %q is no place in a text", name, i+1, place)
				}
				if s.Start < 0 || s.End < s.Start || s.End > maxText {
					return nil, fmt.Errorf("%s, line %d: %q is no place in a text", name, i+1, place)
				}
				mark.spans = append(mark.spans, s)
			}
			if len(fields) == 3 {
				mark.text = fields[2]
			}
			b.order = append(b.order, fields[0])
			b.marks[fields[0]] = mark
		case 'E':
			e := bratEvent{roles: map[string][]string{}}
			for _, part := range strings.Fields(fields[1]) {
				role, id, _ := strings.Cut(part, ":")
				role = strings.TrimRight(role, "0123456789")
				e.roles[role] = append(e.roles[role], id)
			}
			b.events = append(b.events, e)
		case '#':
			if _, about, ok := strings.Cut(fields[1], " "); ok && len(fields) == 3 {
				b.notes[about] = fields[2]
			}
		}
	}
	return b, nil
}

// Attributed is a text with who says what in it.
type Attributed struct {
	Name         string // of the annotation: a text may have been read by several people
	Text         string
	Attributions []metric.Attribution
}

// PolNeAR reads a part of PolNeAR (Newell, Margolin and Ruths, 2018): a folder
// with text/NAME.txt and attributions/NAME_ANNOTATOR.ann, or NAME.ann. Every
// annotation is a document of its own; without gives those whose text is not
// there.
func PolNeAR(data fs.FS, folder string) (all []Attributed, without []string, err error) {
	names, err := files(data, folder+"/attributions", ".ann")
	if err != nil {
		return nil, nil, err
	}
	for _, name := range names {
		b, err := readBrat(data, name)
		if err != nil {
			return nil, nil, err
		}
		stem := strings.TrimSuffix(strings.TrimPrefix(name, folder+"/attributions/"), ".ann")
		text, err := fs.ReadFile(data, folder+"/text/"+stem+".txt")
		if cut := strings.LastIndexByte(stem, '_'); err != nil && cut > 0 {
			text, err = fs.ReadFile(data, folder+"/text/"+stem[:cut]+".txt")
		}
		if err != nil {
			without = append(without, stem)
			continue
		}
		one := Attributed{Name: stem, Text: string(text)}
		for _, e := range b.events {
			var a metric.Attribution
			for _, id := range e.roles["Source"] {
				a.Source = append(a.Source, b.marks[id].spans...)
			}
			for _, id := range e.roles["Cue"] {
				a.Cue = append(a.Cue, b.marks[id].spans...)
			}
			one.Attributions = append(one.Attributions, a)
		}
		all = append(all, one)
	}
	return all, without, nil
}
