// Package names makes the taggers of step entity from public data sets and
// measures them by cross-validation: ANERcorp for Arabic, factRuEval-2016 for
// Russian, re3d for English. There is no such set for Persian.
package names

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"

	"entente/internal/process/entity"
)

// Train makes the weights of a language (ar, ru, en) from the sets below data,
// and says how many texts they are made from.
func Train(data fs.FS, language string) ([]byte, int, error) {
	s, err := read(data, language)
	if err != nil {
		return nil, 0, err
	}
	t, err := entity.NewTagger()
	if err != nil {
		return nil, 0, err
	}
	var b bytes.Buffer
	_, err = t.Train(s.samples, s.types, entity.TrainOptions{}).WriteTo(&b)
	return b.Bytes(), len(s.samples), err
}

// set is one data set.
type set struct {
	types   []string
	samples []entity.Sample
}

// Count of names of a type: exact spans.
type Count struct{ Right, Found, Gold int }

// Figures gives precision, recall and their harmonic mean.
func (c Count) Figures() (p, r, f float64) {
	p, r = float64(c.Right)/float64(max(c.Found, 1)), float64(c.Right)/float64(max(c.Gold, 1))
	return p, r, 2 * p * r / max(p+r, 1e-9)
}

// String gives the figures.
func (c Count) String() string {
	p, r, f := c.Figures()
	return fmt.Sprintf("P %.3f R %.3f F %.3f (%d)", p, r, f, c.Gold)
}

// Measure trains on all folds but one and counts the exact spans of that one,
// by type; "" is the type of all.
func Measure(data fs.FS, language string, folds int) (map[string]Count, error) {
	s, err := read(data, language)
	if err != nil {
		return nil, err
	}
	t, err := entity.NewTagger()
	if err != nil {
		return nil, err
	}
	counts := map[string]Count{}
	add := func(kind string, c Count) {
		for _, k := range []string{kind, ""} {
			have := counts[k]
			counts[k] = Count{have.Right + c.Right, have.Found + c.Found, have.Gold + c.Gold}
		}
	}
	for fold := range folds {
		var train, test []entity.Sample
		for _, sample := range s.samples {
			if foldOf(sample.Document, folds) == fold {
				test = append(test, sample)
			} else {
				train = append(train, sample)
			}
		}
		m := t.Train(train, s.types, entity.TrainOptions{})
		for _, sample := range test {
			found, err := t.Tag(context.Background(), m, sample.Text)
			if err != nil {
				return nil, err
			}
			gold := map[entity.Span]bool{}
			for _, g := range sample.Spans {
				gold[g] = true
				add(g.Type, Count{Gold: 1})
			}
			for _, f := range found {
				f.Score = 0
				c := Count{Found: 1}
				if gold[f] {
					c.Right = 1
				}
				add(f.Type, c)
			}
		}
	}
	return counts, nil
}

// foldOf gives the fold of a document.
func foldOf(document string, folds int) int {
	h := uint32(2166136261)
	for _, c := range []byte(document) {
		h = (h ^ uint32(c)) * 16777619
	}
	return int(h>>8) % folds
}
