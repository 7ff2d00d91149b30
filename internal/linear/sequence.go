package linear

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"math/rand/v2"
	"slices"
)

// Sequence labels the members of a sequence, each by its features and by the
// label before it: an averaged perceptron over whole sequences (Collins, EMNLP
// 2002) with hashed features. It is read-only and safe for concurrent use.
//
// Label 0 is for members outside of everything. Which label may follow which is
// given at training and kept with the weights.
type Sequence struct {
	Labels []string
	bits   int
	trans  []int32 // from*len(Labels)+to; never where it may not follow; 0 stands before the first
	rows   []int8  // row*len(Labels)+label
}

const (
	sequenceMagic = "sequence1\n"
	// transScale is what a stored transition counts, in weights of features.
	transScale = 4
	// never is lower than any sum of a sequence, and four of it still are a number.
	never = math.MinInt32 / 8
)

// Row gives the row of a feature in the table of the model: number tells features
// of different kinds apart.
func (m *Sequence) Row(number, value uint32) uint32 { return row(number, value) & (1<<m.bits - 1) }

func row(number, value uint32) uint32 {
	h := (value ^ number*0x9e3779b1) * 0x85ebca6b
	h ^= h >> 15
	h *= 0xc2b2ae35
	return h ^ h>>13
}

// Decoder is memory of Decode, reusable from sequence to sequence. The zero
// value is ready; it is not safe for concurrent use.
type Decoder struct {
	scores, best []int32
	back, labels []uint8
}

// Decode gives the best labels of n members; features appends the rows (Row) of
// member i to rows. The labels are overwritten by the next call.
func (d *Decoder) Decode(m *Sequence, n int, features func(i int, rows []uint32) []uint32) []uint8 {
	l := len(m.Labels)
	d.grow(n, l)
	var memory [128]uint32
	for i := range n {
		s := d.scores[i*l : (i+1)*l]
		clear(s)
		for _, at := range features(i, memory[:0]) {
			for j, w := range m.rows[int(at)*l : int(at)*l+l] {
				s[j] += int32(w)
			}
		}
	}
	d.viterbi(n, l, m.trans)
	return d.labels[:n]
}

// Margin tells how far a label is ahead of label 0 for a member with these rows,
// whatever stands beside it, in weights.
func (m *Sequence) Margin(rows []uint32, label int) (ahead int32) {
	l := len(m.Labels)
	for _, at := range rows {
		w := m.rows[int(at)*l : int(at)*l+l]
		ahead += int32(w[label]) - int32(w[0])
	}
	return ahead
}

func (d *Decoder) grow(n, l int) {
	d.scores, d.best = sized(d.scores, n*l), sized(d.best, n*l)
	d.back, d.labels = sized(d.back, n*l), sized(d.labels, n)
}

func sized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}

func (d *Decoder) viterbi(n, l int, trans []int32) {
	if n == 0 {
		return
	}
	for to := range l {
		d.best[to], d.back[to] = trans[to]+d.scores[to], 0
	}
	for i := 1; i < n; i++ {
		before, at := d.best[(i-1)*l:i*l], i*l
		for to := range l {
			best, back := before[0]+trans[to], 0
			for from := 1; from < l; from++ {
				if s := before[from] + trans[from*l+to]; s > best {
					best, back = s, from
				}
			}
			d.best[at+to], d.back[at+to] = max(best, never*3)+d.scores[at+to], uint8(back)
		}
	}
	last := 0
	for to := range l {
		if d.best[(n-1)*l+to] > d.best[(n-1)*l+last] {
			last = to
		}
	}
	for i := n - 1; i >= 0; i-- {
		d.labels[i] = uint8(last)
		last = int(d.back[i*l+last])
	}
}

// Labelled is a sequence for training: the rows of each member, as Untrained
// gives them, and its label.
type Labelled struct {
	Rows [][]uint32
	Gold []uint8
}

// Untrained gives a model without weights, whose Row makes the rows of the
// training sequences. bits is the power of two of the table's size, 1 to 20;
// follows tells which label may follow which.
func Untrained(labels []string, bits int, follows func(from, to int) bool) *Sequence {
	m := &Sequence{Labels: labels, bits: max(1, min(bits, 20))}
	l := len(labels)
	m.trans = make([]int32, l*l)
	m.rows = make([]int8, l<<m.bits)
	for i := range m.trans {
		if !follows(i/l, i%l) {
			m.trans[i] = never
		}
	}
	return m
}

// Train fits the model to sequences in so many rounds. Features that are seen
// at most rare times are left out: what they would teach is chance. They are taken
// out of the sequences, too. The same sequences give the same model.
func (m *Sequence) Train(all []Labelled, rounds, rare int) {
	seen := make([]int, 1<<m.bits)
	for _, s := range all {
		for _, rows := range s.Rows {
			for _, at := range rows {
				seen[at]++
			}
		}
	}
	for _, s := range all {
		for i, rows := range s.Rows {
			s.Rows[i] = slices.DeleteFunc(rows, func(at uint32) bool { return seen[at] <= rare })
		}
	}
	t := sequenceTrainer{m: m, weights: make([]float32, len(m.rows)), sums: make([]float32, len(m.rows)),
		trans: make([]float32, len(m.trans)), transSums: make([]float32, len(m.trans)), forbidden: slices.Clone(m.trans)}
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range rounds {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			t.step++
			t.learn(&all[i], len(m.Labels))
		}
	}
	t.finish()
}

type sequenceTrainer struct {
	m                *Sequence
	d                Decoder
	weights, sums    []float32 // sums hold each change times its step, for the average
	trans, transSums []float32
	forbidden        []int32
	step             float32
}

// fine is how many steps of an integer score make one of a weight in training.
const fine = 16

func (t *sequenceTrainer) learn(s *Labelled, l int) {
	n := len(s.Rows)
	t.d.grow(n, l)
	scores := make([]float32, l)
	for i := range n {
		clear(scores)
		for _, at := range s.Rows[i] {
			for j, w := range t.weights[int(at)*l : int(at)*l+l] {
				scores[j] += w
			}
		}
		for j, x := range scores {
			t.d.scores[i*l+j] = int32(x * fine)
		}
	}
	for i, w := range t.trans {
		t.m.trans[i] = int32(w * fine)
		if t.forbidden[i] == never {
			t.m.trans[i] = never
		}
	}
	t.d.viterbi(n, l, t.m.trans)
	before, goldBefore := 0, 0
	for i := range n {
		got, gold := int(t.d.labels[i]), int(s.Gold[i])
		if got != gold {
			for _, at := range s.Rows[i] {
				t.move(t.weights, t.sums, int(at)*l+gold, 1)
				t.move(t.weights, t.sums, int(at)*l+got, -1)
			}
		}
		if got != gold || before != goldBefore {
			t.move(t.trans, t.transSums, goldBefore*l+gold, 1)
			t.move(t.trans, t.transSums, before*l+got, -1)
		}
		before, goldBefore = got, gold
	}
}

func (t *sequenceTrainer) move(weights, sums []float32, i int, by float32) {
	weights[i] += by
	sums[i] += by * t.step
}

// finish averages the weights and rounds them to bytes, on one scale for all.
func (t *sequenceTrainer) finish() {
	average := func(weights, sums []float32) {
		for i := range weights {
			weights[i] -= sums[i] / max(t.step, 1)
		}
	}
	average(t.weights, t.sums)
	average(t.trans, t.transSums)
	var sizes []float32
	for _, w := range t.weights {
		if w != 0 {
			sizes = append(sizes, max(w, -w))
		}
	}
	if len(sizes) == 0 {
		return
	}
	slices.Sort(sizes)
	scale := 127 / sizes[len(sizes)*9995/10000] // the few that are larger are cut
	round := func(w float32, most float64) float64 {
		return max(-most, min(most, math.Round(float64(w*scale))))
	}
	for i, w := range t.weights {
		t.m.rows[i] = int8(round(w, 127))
	}
	for i, w := range t.trans {
		t.m.trans[i] = t.forbidden[i]
		if t.forbidden[i] != never {
			t.m.trans[i] = int32(math.Round(round(w, 127*transScale)/transScale)) * transScale
		}
	}
}

// Append writes the model, compressed: magic, bits, labels, transitions and
// weights as signed bytes (-128 for a label that may not follow), CRC-32.
func (m *Sequence) Append(dst []byte) []byte {
	var body bytes.Buffer
	body.WriteString(sequenceMagic)
	body.WriteByte(byte(m.bits))
	body.WriteByte(byte(len(m.Labels)))
	for _, l := range m.Labels {
		body.WriteByte(byte(len(l)))
		body.WriteString(l)
	}
	for _, t := range m.trans {
		q := int8(-128)
		if t != never {
			q = int8(max(-127, min(127, t/transScale)))
		}
		body.WriteByte(byte(q))
	}
	for _, w := range m.rows {
		body.WriteByte(byte(w))
	}
	body.Write(binary.LittleEndian.AppendUint32(nil, crc32.ChecksumIEEE(body.Bytes())))
	var out bytes.Buffer
	z, _ := gzip.NewWriterLevel(&out, gzip.BestCompression) // the level is a valid one
	z.Write(body.Bytes())
	z.Close()
	return append(dst, out.Bytes()...)
}

// ReadSequence gives the model that Append wrote.
func ReadSequence(data []byte) (*Sequence, error) {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("this is no model's file: %w", errDamaged)
	}
	const most = 64 << 20
	body, err := io.ReadAll(io.LimitReader(z, most))
	if err != nil || len(body) < len(sequenceMagic)+6 || string(body[:len(sequenceMagic)]) != sequenceMagic {
		return nil, fmt.Errorf("this is no model of sequences: %w", errDamaged)
	}
	end := len(body) - 4
	if crc32.ChecksumIEEE(body[:end]) != binary.LittleEndian.Uint32(body[end:]) {
		return nil, errDamaged
	}
	body = body[len(sequenceMagic):end]
	m := &Sequence{bits: int(body[0])}
	count := int(body[1])
	body = body[2:]
	for range count {
		if len(body) == 0 || len(body) < 1+int(body[0]) {
			return nil, errDamaged
		}
		m.Labels = append(m.Labels, string(body[1:1+body[0]]))
		body = body[1+body[0]:]
	}
	if m.bits < 1 || m.bits > 20 || count == 0 || len(body) != count*count+count<<m.bits {
		return nil, errDamaged
	}
	m.trans = make([]int32, count*count)
	for i := range m.trans {
		if m.trans[i] = int32(int8(body[i])) * transScale; int8(body[i]) == -128 {
			m.trans[i] = never
		}
	}
	m.rows = make([]int8, count<<m.bits)
	for i, b := range body[count*count:] {
		m.rows[i] = int8(b)
	}
	return m, nil
}
