package linear_test

import (
	"bytes"
	"testing"

	"entente/internal/linear"
)

// examples are separable: each label has a word of its own among shared ones.
func examples() (all []linear.Example) {
	for i := range 60 {
		label := i % 3
		all = append(all, linear.Example{Label: label, Features: []linear.Feature{
			{Hash: linear.Hash("shared"), Value: 1}, {Hash: linear.Hash([]string{"a", "b", "c"}[label]), Value: 1},
			{Hash: linear.Hash(string(rune('d' + i%7))), Value: 0.5},
		}})
	}
	return all
}

func right(m *linear.Model, all []linear.Example) (n int) {
	scores := make([]float64, len(m.Labels))
	for _, e := range all {
		m.Scores(e.Features, scores)
		linear.Probabilities(scores)
		best, sum := 0, 0.0
		for l, s := range scores {
			sum += s
			if s > scores[best] {
				best = l
			}
		}
		if best == e.Label && sum > 0.999 && sum < 1.001 {
			n++
		}
	}
	return n
}

func TestTrainReadWrite(t *testing.T) {
	labels := []string{"x", "y", "z"}
	m := linear.Train(labels, examples(), linear.Options{Bits: 10})
	if n := right(m, examples()); n != 60 {
		t.Fatalf("%d of 60 are right", n)
	}
	data := m.Append(nil)
	if !bytes.Equal(data, linear.Train(labels, examples(), linear.Options{Bits: 10}).Append(nil)) {
		t.Error("the same examples give another model")
	}
	again, err := linear.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	if n := right(again, examples()); n != 60 {
		t.Errorf("%d of 60 are right after writing and reading", n)
	}
	for i := range data {
		broken := bytes.Clone(data)
		broken[i] ^= 0x40
		if _, err := linear.Read(broken); err == nil {
			t.Fatalf("a model with byte %d changed is read", i)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(linear.Train([]string{"x", "y", "z"}, examples(), linear.Options{Bits: 3}).Append(nil))
	f.Add([]byte("linear1\n"))
	f.Fuzz(func(_ *testing.T, data []byte) {
		if m, err := linear.Read(data); err == nil {
			m.Scores([]linear.Feature{{Hash: ^uint64(0), Value: 1}}, make([]float64, len(m.Labels)))
		}
	})
}
