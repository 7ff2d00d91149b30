package corpus

import (
	"io/fs"
	"slices"

	"entente/cmd/evaluate/metric"
)

// PolNeARPieces reads those annotations of a part of PolNeAR whose text is not
// there, each with as much of the text as its marks quote; offsets are those in
// that text. Between two quoted pieces one missing code point is taken for a space
// and two for a comma with a space; more are a paragraph's end. What has a mark
// whose words do not fill its place is left out.
func PolNeARPieces(data fs.FS, folder string) (all []Attributed, err error) {
	_, without, err := PolNeAR(data, folder)
	if err != nil {
		return nil, err
	}
	for _, name := range without {
		b, err := readBrat(data, folder+"/attributions/"+name+".ann")
		if err != nil {
			return nil, err
		}
		all = append(all, b.pieces(name))
	}
	return all, nil
}

func (b *brat) pieces(name string) Attributed {
	known := b.quoted()
	var text []rune
	at := make([]int, len(known)) // where a code point of the text stands among the pieces
	for i := 0; i < len(known); {
		if known[i] != 0 {
			at[i] = len(text)
			text = append(text, known[i])
			i++
			continue
		}
		gap := 1
		for i+gap < len(known) && known[i+gap] == 0 {
			gap++
		}
		switch {
		case len(text) == 0:
		case gap == 1:
			text = append(text, ' ')
		case gap == 2:
			text = append(text, ',', ' ')
		default:
			text = append(text, '.', '\n', '\n')
		}
		i += gap
	}
	one := Attributed{Name: name, Text: string(text)}
	whole := true
	place := func(ids []string) (spans []metric.Span) {
		for _, id := range ids {
			for _, s := range b.marks[id].spans {
				if slices.Contains(known[s.Start:s.End], 0) || s.Start == s.End {
					whole = false
					continue
				}
				spans = append(spans, metric.Span{Start: at[s.Start], End: at[s.End-1] + 1})
			}
		}
		return spans
	}
	for _, e := range b.events {
		whole = true
		a := metric.Attribution{Source: place(e.roles["Source"]), Cue: place(e.roles["Cue"])}
		if whole {
			one.Attributions = append(one.Attributions, a)
		}
	}
	return one
}

// quoted gives the code points of the text that the marks quote, 0 where none
// does.
func (b *brat) quoted() []rune {
	var known []rune
	for _, id := range b.order {
		m := b.marks[id]
		words := []rune(m.text)
		length, end := len(m.spans)-1, 0
		for _, s := range m.spans {
			length += s.End - s.Start
			end = max(end, s.End)
		}
		if end > len(known) {
			known = append(known, make([]rune, end-len(known))...)
		}
		if length != len(words) {
			continue
		}
		for _, s := range m.spans {
			copy(known[s.Start:s.End], words)
			words = words[min(len(words), s.End-s.Start+1):]
		}
	}
	return known
}
