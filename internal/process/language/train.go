package language

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// Example is a text to learn from, with its language (BCP 47).
type Example struct{ Text, Language string }

const (
	// trainLetters is how much of an example is read, in letters, as detection does.
	trainLetters = 150
	// fewest is the smallest number of examples of a language in a script with
	// which it becomes a label there: less are quotations.
	fewest = 60
	// absent is the count of an n-gram that was not seen in a language. That it is
	// small makes presence count for more than frequency, which is right where
	// little was read.
	absent = 0.003
	// rare is the count under which n-grams are left out, and not whole words.
	rare = 7
	// cellsABucket is about how many cells a bucket has.
	cellsABucket = 3
)

// Train makes a detector from examples, in any order. The same examples in the
// same order give the same model.
//
// It is a naive Bayes classifier over the n-grams of words (Cavnar and Trenkle,
// 1994, for n-grams; Baldwin and Lui, NAACL 2010, for how well plain models do),
// counted in each text and, once more, in the list of its different words, so
// that a rare word counts: short texts are made of them.
func Train(examples []Example) *Detector {
	d := &Detector{}
	examples = slices.Concat(examples, romanised(examples))
	in := map[script][]Example{}
	for _, e := range examples {
		var c letters
		c.add(e.Text)
		if s, n := c.dominant(); n > 0 && alone[s] == "" && s != other {
			in[s] = append(in[s], e)
		}
	}
	for s, list := range in {
		if c := newCounter(s, list); len(c.labels) > 1 {
			d.tables[s] = c.table()
		}
	}
	return d
}

// counter counts the n-grams of one script.
type counter struct {
	script script
	labels []string
	total  []float64 // of all n-grams, by label
	rows   map[uint64][]count
	words  map[uint64]bool // keys that are whole words
	buffer []uint64
}

type count struct {
	label int
	n     float64
}

func newCounter(s script, examples []Example) *counter {
	texts := map[string]int{}
	for _, e := range examples {
		texts[e.Language]++
	}
	c := &counter{script: s, rows: map[uint64][]count{}, words: map[uint64]bool{}}
	for l, n := range texts {
		if n >= fewest {
			c.labels = append(c.labels, l)
		}
	}
	slices.Sort(c.labels)
	if len(c.labels) > maxLabels {
		panic("there are more languages in one script than the model's cells can hold")
	}
	c.total = make([]float64, len(c.labels))
	types := make([]map[string]int, len(c.labels))
	for _, e := range examples {
		l, ok := slices.BinarySearch(c.labels, e.Language)
		if !ok {
			continue
		}
		c.add(l, e.Text, 1)
		if types[l] == nil {
			types[l] = map[string]int{}
		}
		for w := range strings.FieldsFuncSeq(e.Text, func(r rune) bool { k := classify(r); return k == none }) {
			types[l][strings.ToLower(w)]++
		}
	}
	for l, list := range types {
		for _, w := range slices.Sorted(maps.Keys(list)) {
			c.add(l, w, 1+0.3*math.Log(float64(list[w])))
			if utf8.RuneCountInString(w) > longest-2 && len(c.buffer) > 0 {
				c.words[c.buffer[len(c.buffer)-1]] = true
			}
		}
	}
	return c
}

func (c *counter) add(label int, text string, weight float64) {
	c.buffer = appendKeys(c.buffer[:0], text, c.script, trainLetters, shortest, true)
	for _, k := range c.buffer {
		c.total[label] += weight
		row := c.rows[k]
		i := slices.IndexFunc(row, func(r count) bool { return r.label == label })
		if i < 0 {
			c.rows[k] = append(row, count{label, weight})
		} else {
			row[i].n += weight
		}
	}
}

// table makes the cells. Languages of which more was read count no more than
// others.
func (c *counter) table() *table {
	mean := 0.0
	for _, n := range c.total {
		mean += n / float64(len(c.total))
	}
	least, most := math.Inf(1), 0.0
	cells := 0
	for k, row := range c.rows {
		sum := 0.0
		for _, r := range row {
			sum += r.n
		}
		if sum < rare && !c.words[k] {
			delete(c.rows, k)
			continue
		}
		for i, r := range row {
			row[i].n = math.Log(1 + r.n*mean/c.total[r.label]/absent)
			least, most = min(least, row[i].n), max(most, row[i].n)
		}
		cells += len(row)
	}
	const levels = 1<<weightBits - 1
	t := &table{labels: c.labels, floor: float32(least), step: float32((most - least) / levels)}
	for t.bits = 1; cells>>t.bits > cellsABucket; t.bits++ {
	}
	type cell struct {
		bucket int
		bits   uint16
	}
	var all []cell
	for k, row := range c.rows {
		bucket, mark := t.place(k)
		for _, r := range row {
			q := uint16(min(levels, max(0, math.Round((r.n-least)/float64(t.step)))))
			all = append(all, cell{bucket, mark<<(labelBits+weightBits) | q<<labelBits | uint16(r.label)})
		}
	}
	slices.SortFunc(all, func(a, b cell) int { return cmp.Or(a.bucket-b.bucket, int(a.bits)-int(b.bits)) })
	counts := make([]int, 1<<t.bits)
	for _, one := range all {
		// A count is one byte in the file; what is more is lost.
		if counts[one.bucket] < math.MaxUint8 {
			counts[one.bucket]++
			t.cells = append(t.cells, byte(one.bits), byte(one.bits>>8))
		}
	}
	t.starts = make([]uint32, len(counts)+1)
	for i, n := range counts {
		t.starts[i+1] = t.starts[i] + uint32(n)
	}
	t.prepare()
	return t
}
