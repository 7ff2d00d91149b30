package linear_test

import (
	"testing"

	"entente/internal/linear"
)

// names labels the words that follow an "a": 0 outside, 1 the first, 2 a further one.
func names(t testing.TB) (*linear.Sequence, [][]uint32, []uint8) {
	m := linear.Untrained([]string{"", "B", "I"}, 16, func(from, to int) bool { return to != 2 || from != 0 })
	var all []linear.Labelled
	words := []uint32{7, 1, 5, 6, 9, 1, 5, 8, 9, 7}
	gold := []uint8{0, 0, 1, 2, 0, 0, 1, 2, 0, 0}
	rows := make([][]uint32, len(words))
	for i, w := range words {
		before := uint32(0)
		if i > 0 {
			before = words[i-1]
		}
		rows[i] = []uint32{m.Row(1, w), m.Row(2, before)}
	}
	for range 4 {
		own := make([][]uint32, len(rows)) // training takes rare features out
		for i := range rows {
			own[i] = append([]uint32{m.Row(9, uint32(len(all)*100+i))}, rows[i]...)
		}
		all = append(all, linear.Labelled{Rows: own, Gold: gold})
	}
	m.Train(all, 5, 1)
	for _, s := range all {
		for i, left := range s.Rows {
			if len(left) != len(rows[i]) {
				t.Fatalf("%d features of member %d are left, want %d: those seen once are to go", len(left), i, len(rows[i]))
			}
		}
	}
	return m, rows, gold
}

func label(m *linear.Sequence, rows [][]uint32) []uint8 {
	var d linear.Decoder
	return d.Decode(m, len(rows), func(i int, to []uint32) []uint32 { return append(to, rows[i]...) })
}

func TestASequenceLearnsItsLabels(t *testing.T) {
	m, rows, gold := names(t)
	for i, got := range label(m, rows) {
		if got != gold[i] {
			t.Errorf("member %d has label %d, want %d", i, got, gold[i])
		}
	}
	if m.Margin(rows[2], 1) <= 0 || m.Margin(rows[0], 1) >= 0 {
		t.Errorf("margins %d and %d: what begins a name must be ahead, what does not behind", m.Margin(rows[2], 1), m.Margin(rows[0], 1))
	}
	if got := label(m, nil); len(got) != 0 {
		t.Errorf("an empty sequence has labels %v", got)
	}
}

func TestASequenceKeepsToWhatMayFollow(t *testing.T) {
	m, rows, _ := names(t)
	for i := range rows { // features that speak for a further word everywhere
		rows[i] = []uint32{m.Row(1, 6), m.Row(2, 5)}
	}
	if got := label(m, rows); got[0] == 2 {
		t.Errorf("labels %v begin with one that cannot begin", got)
	}
}

func TestASequenceIsReadAsItWasWritten(t *testing.T) {
	m, rows, gold := names(t)
	data := m.Append(nil)
	again, err := linear.ReadSequence(data)
	if err != nil {
		t.Fatal(err)
	}
	for i, got := range label(again, rows) {
		if got != gold[i] {
			t.Errorf("member %d has label %d after reading, want %d", i, got, gold[i])
		}
	}
	if string(again.Append(nil)) != string(data) {
		t.Error("written again the model differs")
	}
	for _, broken := range [][]byte{nil, data[:len(data)/2], append([]byte("x"), data...), []byte("sequence1\n")} {
		if _, err := linear.ReadSequence(broken); err == nil {
			t.Errorf("%d bytes are read though they are no model", len(broken))
		}
	}
}
