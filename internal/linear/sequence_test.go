package linear_test

import (
	"math"
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
	m.Train(all, 20, 1, 0.2)
	return m, rows, gold
}

func spans(m *linear.Sequence, rows [][]uint32, least float64) []linear.Span {
	var d linear.Decoder
	d.Read(m, len(rows), func(i int, to []uint32) []uint32 { return append(to, rows[i]...) })
	return d.Spans(1, 2, least, nil)
}

func TestASequenceLearnsItsSpans(t *testing.T) {
	m, rows, _ := names(t)
	got := spans(m, rows, 0.5)
	if len(got) != 2 || got[0].First != 2 || got[0].Until != 4 || got[1].First != 6 || got[1].Until != 8 {
		t.Fatalf("the spans are %v, want those from 2 to 4 and from 6 to 8", got)
	}
	for _, s := range got {
		if s.Whole < 0.7 || s.Whole > s.Begins || s.Begins > 1+1e-9 {
			t.Errorf("of the span %v the probabilities must grow from that of its bounds to that of its begin, up to one", s)
		}
	}
	if m.Margin(rows[2], 1) <= 0 || m.Margin(rows[0], 1) >= 0 {
		t.Errorf("margins %v and %v: what begins a name must be ahead, what does not behind", m.Margin(rows[2], 1), m.Margin(rows[0], 1))
	}
	if got := spans(m, nil, 0); len(got) != 0 {
		t.Errorf("an empty sequence has spans %v", got)
	}
}

func TestASequenceKeepsToWhatMayFollow(t *testing.T) {
	none := linear.Untrained([]string{"", "B", "I"}, 4, func(from, to int) bool { return to != 2 || from != 0 })
	// Without weights all paths are alike: of two members 0 0, 0 B, B 0, B B, B I.
	want := []linear.Span{{First: 0, Until: 1, Whole: 2. / 5, Begins: 3. / 5}, {First: 1, Until: 2, Whole: 2. / 5, Begins: 2. / 5}}
	for i, s := range spans(none, make([][]uint32, 2), 0) {
		if s.First != want[i].First || s.Until != want[i].Until || math.Abs(s.Whole-want[i].Whole) > 1e-9 || math.Abs(s.Begins-want[i].Begins) > 1e-9 {
			t.Errorf("the span %v, want %v", s, want[i])
		}
	}
}

func TestASequenceLeavesOutWhatIsRare(t *testing.T) {
	m, rows, _ := names(t)
	if got := m.Margin([]uint32{m.Row(9, 2)}, 1); got != 0 {
		t.Errorf("a feature that was seen once weighs %v", got)
	}
	if got := m.Margin(rows[2][:1], 1); got == 0 {
		t.Error("a feature that was seen often weighs nothing")
	}
}

func TestASequenceIsReadAsItWasWritten(t *testing.T) {
	m, rows, _ := names(t)
	data := m.Append(nil)
	again, err := linear.ReadSequence(data)
	if err != nil {
		t.Fatal(err)
	}
	for i, got := range spans(again, rows, 0.01) {
		if want := spans(m, rows, 0.01)[i]; got.First != want.First || got.Until != want.Until || math.Abs(got.Whole-want.Whole) > 1e-3 {
			t.Errorf("the span %v after reading, want %v", got, want)
		}
	}
	if string(again.Append(nil)) != string(data) {
		t.Error("written again the model differs")
	}
	for _, broken := range [][]byte{nil, data[:len(data)/2], append([]byte("x"), data...), []byte("sequence2\n")} {
		if _, err := linear.ReadSequence(broken); err == nil {
			t.Errorf("%d bytes are read though they are no model", len(broken))
		}
	}
}
