package names

import (
	"fmt"
	"io/fs"

	"entente/cmd/evaluate/corpus"
	"entente/cmd/evaluate/metric"
	"entente/internal/process/entity"
)

// typeNames brings the types of the sets to those of the step.
var typeNames = map[string]string{
	"PERS": entity.TypePerson, "PER": entity.TypePerson, "Person": entity.TypePerson,
	"ORG": entity.TypeOrganisation, "Org": entity.TypeOrganisation, "Organisation": entity.TypeOrganisation,
	"LOC": entity.TypeLocation, "Location": entity.TypeLocation, "MISC": entity.TypeOther,
	"Temporal": entity.TypeTime, "Nationality": entity.TypeNationality,
}

// read reads the set of a language.
func read(data fs.FS, language string) (set, error) {
	s := set{types: []string{entity.TypePerson, entity.TypeOrganisation, entity.TypeLocation}}
	switch language {
	case "ar":
		s.types = append(s.types, entity.TypeOther)
		all, err := corpus.CoNLL(data, "entities/anercorp/train.txt")
		for _, m := range all {
			s.samples = joined(s.samples, sample(m.Name, m.Text, m.Entities))
		}
		return s, err
	case "ru":
		all, err := corpus.FactRu(data, "entities/factrueval")
		for _, r := range all {
			s.samples = append(s.samples, sample(r.Name, r.Text, spansOf(r)))
		}
		return s, err
	case "en":
		s.types = append(s.types, entity.TypeTime, entity.TypeNationality)
		for _, part := range []string{"train", "dev"} {
			all, err := corpus.CoNLL(data, "entities/re3d/"+part+".txt")
			if err != nil {
				return s, err
			}
			for _, m := range all {
				s.samples = append(s.samples, sample(m.Name, m.Text, m.Entities))
			}
		}
		return s, nil
	}
	return s, fmt.Errorf("there is no data set for language %q", language)
}

// spansOf makes spans of objects: from the first token to the last.
func spansOf(r corpus.FactRuText) []metric.Span {
	var spans []metric.Span
	for _, o := range r.Objects {
		s := metric.Span{Start: -1, Type: o.Type}
		for t := range o.Tokens {
			if s.Start < 0 || r.Tokens[t].Start < s.Start {
				s.Start = r.Tokens[t].Start
			}
			s.End = max(s.End, r.Tokens[t].End)
		}
		spans = append(spans, s)
	}
	return spans
}

// sample makes bytes of code points.
func sample(name, text string, spans []metric.Span) entity.Sample {
	at := make([]int, 0, len(text)+1)
	for i := range text {
		at = append(at, i)
	}
	at = append(at, len(text))
	s := entity.Sample{Document: name, Text: text}
	for _, m := range spans {
		if kind, ok := typeNames[m.Type]; ok {
			s.Spans = append(s.Spans, entity.Span{Start: at[m.Start], End: at[m.End], Type: kind})
		}
	}
	return s
}

// blockSize is about how long a document of ANERcorp is, in bytes; the file has
// no marks between documents.
const blockSize = 4000

// joined adds a sentence to the last document while that is short: neighbours
// are of one document, and must not be divided between folds.
func joined(documents []entity.Sample, sentence entity.Sample) []entity.Sample {
	if n := len(documents); n > 0 && len(documents[n-1].Text) < blockSize {
		d := &documents[n-1]
		d.Text += " "
		for _, s := range sentence.Spans {
			d.Spans = append(d.Spans, entity.Span{Start: len(d.Text) + s.Start, End: len(d.Text) + s.End, Type: s.Type})
		}
		d.Text += sentence.Text
		return documents
	}
	return append(documents, sentence)
}
