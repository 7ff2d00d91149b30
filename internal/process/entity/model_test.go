package entity

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"
)

// Rows that are summed eight weights at a time give the sums of their weights, for
// every number of labels and for as many rows as fit.
func TestRowsSumAlike(t *testing.T) {
	for types := 1; types <= 16; types++ {
		m := newModel(make([]string, types), 6)
		for i := range m.rows {
			m.rows[i] = rand.Uint64()
		}
		for _, n := range []int{0, 1, 60, maxRows} {
			rows := make([]uint32, n)
			want, got := make([]int32, m.labels), make([]int32, m.labels)
			want[0] = -eager
			for i := range rows {
				rows[i] = rand.Uint32() & (1<<m.bits - 1)
				for l := 1; l < m.labels; l++ {
					want[l] += int32(m.weight(int(rows[i]), l))
				}
			}
			if m.sum(rows, got); !slices.Equal(got, want) {
				t.Fatalf("%d types, %d rows: %v, want %v", types, n, got, want)
			}
		}
	}
}

// A model is read as it was written: it gives the same labels to a text.
func TestModelIsKept(t *testing.T) {
	tagger, err := NewTagger()
	if err != nil {
		t.Fatal(err)
	}
	m := tagger.Train(lessons(), []string{TypePerson, TypeOrganisation}, TrainOptions{Bits: 12, Rounds: 3, Runs: 1})
	var b bytes.Buffer
	if _, err := m.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	again, err := ReadModel(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	const text = "On Monday the minister met Peter Kowalczyk in the office of Gerlach Holding."
	one, err := tagger.Tag(t.Context(), m, text)
	if err != nil {
		t.Fatal(err)
	}
	two, err := tagger.Tag(t.Context(), again, text)
	if err != nil {
		t.Fatal(err)
	}
	if len(one) == 0 || !slices.Equal(one, two) {
		t.Errorf("found %v, and %v once the model was read again", one, two)
	}
}
