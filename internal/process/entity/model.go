package entity

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
)

// Model is a trained sequence tagger: of every feature and label a weight, and of
// every label after another. It is read-only and safe for concurrent use.
//
// A model is kept as one compressed file: the line "entente entity 2", the types
// divided by spaces in a line, the power of two of the table's size, the gate's
// threshold (two bytes, the low one first) and weights, and the weights as signed
// bytes, transitions first.
type Model struct {
	types  []string // label 2n+1 begins type n, 2n+2 goes on with it; 0 is outside
	labels int
	bits   int
	gate   gate
	trans  []int32 // [from*labels+to]; never where to cannot follow from
	// rows are the weights of all labels but 0, which has none: only differences
	// between labels count. They are bytes raised by bias, eight in a word with the
	// first lowest, so that eight are summed at a time. A row is of stride words; the
	// bytes behind its last label are not read.
	rows   []uint64 // [row*stride+(label-1)/8]
	stride int
}

// weight gives the weight of a label in a row; label is not 0.
func (m *Model) weight(row, label int) int8 {
	return int8(byte(m.rows[row*m.stride+(label-1)/8]>>((label-1)%8*8)) - bias)
}

// setWeight sets it.
func (m *Model) setWeight(row, label int, w int8) {
	at, shift := row*m.stride+(label-1)/8, (label-1)%8*8
	m.rows[at] = m.rows[at]&^(0xff<<shift) | uint64(byte(w)+bias)<<shift
}

const (
	bias = 128
	// lanes are every second byte of a word: sums of bytes have room for two.
	lanes = 0x00ff00ff00ff00ff
	// maxRows is how many rows can be summed before a lane is full.
	maxRows = 0xffff / 0xff
)

// sum sets scores, one a label, to the sum of the rows, at most maxRows.
func (m *Model) sum(rows []uint32, scores []int32) {
	scores[0] = -eager
	base := int32(bias * len(rows))
	for from := 0; from < len(scores)-1; from += 8 {
		var even, odd uint64
		part := m.rows[from/8:]
		for _, row := range rows {
			x := part[int(row)*m.stride]
			even += x & lanes
			odd += x >> 8 & lanes
		}
		for label := from + 1; label <= min(from+8, len(scores)-1); label += 2 {
			scores[label] = int32(even&0xffff) - base
			if label+1 < len(scores) {
				scores[label+1] = int32(odd&0xffff) - base
			}
			even, odd = even>>16, odd>>16
		}
	}
}

// eager is a head start of every label over 0: the perceptron finds too few names
// rather than too many. Set by cross-validation on the Arabic set.
const eager = 8

const modelMagic = "entente entity 2"

// transScale is what a stored transition counts, in weights of features.
const transScale = 4

// WriteTo writes the model as ReadModel reads it. It implements io.WriterTo.
func (m *Model) WriteTo(w io.Writer) (int64, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return 0, err
	}
	fmt.Fprintf(z, "%s\n%s\n%c", modelMagic, strings.Join(m.types, " "), byte(m.bits))
	var gate, rows []byte
	trans := make([]byte, len(m.trans))
	for i, t := range m.trans {
		trans[i] = byte(int8(max(-127, min(127, t/transScale))))
	}
	z.Write(binary.LittleEndian.AppendUint16(nil, uint16(max(math.MinInt16, m.gate.least))))
	for _, w := range m.gate.weights {
		gate = append(gate, byte(w))
	}
	z.Write(gate)
	z.Write(trans)
	for row := range 1 << m.bits {
		for label := 1; label < m.labels; label++ {
			rows = append(rows, byte(m.weight(row, label)))
		}
	}
	z.Write(rows)
	if err := z.Close(); err != nil {
		return 0, err
	}
	return b.WriteTo(w)
}

// ReadModel reads a model that WriteTo wrote.
func ReadModel(data []byte) (*Model, error) {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("no model: %w", err)
	}
	const most = 64 << 20
	all, err := io.ReadAll(io.LimitReader(z, most))
	if err != nil {
		return nil, fmt.Errorf("no model: %w", err)
	}
	head, rest, ok := bytes.Cut(all, []byte("\n"))
	if !ok || string(head) != modelMagic {
		return nil, errors.New("no model of this version")
	}
	names, rest, ok := bytes.Cut(rest, []byte("\n"))
	if !ok || len(rest) == 0 {
		return nil, errors.New("the model is cut off")
	}
	m := newModel(strings.Fields(string(names)), int(rest[0]))
	if m == nil || len(rest) != 1+2+1<<gateBits+m.labels*m.labels+(m.labels-1)<<m.bits {
		return nil, errors.New("the model's sizes do not agree")
	}
	m.gate.least = int32(int16(binary.LittleEndian.Uint16(rest[1:])))
	rest = rest[3:]
	for i := range m.gate.weights {
		m.gate.weights[i] = int8(rest[i])
	}
	rest = rest[len(m.gate.weights):]
	for i := range m.trans {
		m.trans[i] = int32(int8(rest[i])) * transScale
	}
	m.forbid()
	for i, b := range rest[len(m.trans):] {
		m.setWeight(i/(m.labels-1), i%(m.labels-1)+1, int8(b))
	}
	return m, nil
}

func newModel(types []string, bits int) *Model {
	if bits < 4 || bits > 20 || len(types) < 1 || len(types) > 16 {
		return nil
	}
	m := &Model{types: types, labels: 2*len(types) + 1, bits: bits, gate: gate{weights: make([]int8, 1<<gateBits)}}
	m.stride = (m.labels - 1 + 7) / 8
	m.trans = make([]int32, m.labels*m.labels)
	m.rows = make([]uint64, m.stride<<bits)
	return m
}

// decoder finds the best labels of chunks; its memory is used again.
type decoder struct {
	f      featurer
	scores []int32
	best   []int32
	back   []uint8
	labels []uint8
	margin []float32
}

// never is lower than any sum of a chunk, and four of it still are a number.
const never = math.MinInt32 / 8

// forbid puts never where a label cannot follow another.
func (m *Model) forbid() {
	for i := range m.trans {
		if !allowed(i/m.labels, i%m.labels) {
			m.trans[i] = never
		}
	}
}

// allowed tells whether a label may follow another; 0 stands before the first.
func allowed(from, to int) bool {
	return to == 0 || to%2 == 1 || from == to || from == to-1
}

// decode gives the labels of words [from, until) of a view, and in margin of each
// label but 0 how far it is ahead of the next best by the features alone, in
// weights.
func (d *decoder) decode(m *Model, v *view, from, until int) []uint8 {
	n, l := until-from, m.labels
	d.f.mask = 1<<m.bits - 1
	d.scores = sized(d.scores, n*l)
	d.best = sized(d.best, n*l)
	d.back = sized(d.back, n*l)
	d.labels = sized(d.labels, n)
	d.margin = sized(d.margin, n)
	tokens := v.tokens[from:until]
	clear(d.labels)
	kept := 0
	for i := range tokens {
		t := &tokens[i]
		if t.cut = v.capitals && t.far || m.gate.cuts(v.tokens, from+i, from, until); t.cut {
			continue
		}
		kept++
		v.lookAround(from+i, from, until)
		m.sum(d.f.of(v.tokens, from+i, from, until), d.scores[i*l:(i+1)*l])
	}
	if kept == 0 {
		return d.labels
	}
	d.viterbi(tokens, l, m.trans)
	for i := range tokens {
		if d.labels[i] == 0 {
			continue
		}
		s := d.scores[i*l : (i+1)*l]
		own, other := s[d.labels[i]], int32(never)
		for j, x := range s {
			if j != int(d.labels[i]) {
				other = max(other, x)
			}
		}
		d.margin[i] = float32(own - other)
	}
	return d.labels
}

// viterbi sets labels to the best of the words with the scores; what is cut is
// outside.
func (d *decoder) viterbi(tokens []token, l int, trans []int32) {
	start := [maxLabels]int32{}
	for to := 1; to < l; to++ {
		start[to] = never // 0 stands before the first
	}
	before := start[:l]
	from0 := true // nothing but 0 can be before
	for i := range tokens {
		row := i * l
		best, back, scores := d.best[row:row+l], d.back[row:row+l], d.scores[row:row+l]
		if tokens[i].cut {
			best[0], back[0] = leave(before, trans, l, from0)
			before, from0 = best, true
			continue
		}
		if from0 {
			for to := range l {
				best[to], back[to] = max(before[0]+trans[to], never*3)+scores[to], 0
			}
		} else {
			for to := range l {
				most, from := before[0]+trans[to], 0
				first, last := 1, l-1
				if to > 0 && to%2 == 0 { // what goes on with a type follows that type alone
					first, last = to-1, to
				}
				for k := first; k <= last; k++ {
					if s := before[k] + trans[k*l+to]; s > most {
						most, from = s, k
					}
				}
				best[to], back[to] = max(most, never*3)+scores[to], uint8(from)
			}
		}
		before, from0 = best, false
	}
	last := 0
	if !from0 {
		for to := range l {
			if before[to] > before[last] {
				last = to
			}
		}
	}
	for i := len(tokens) - 1; i >= 0; i-- {
		d.labels[i] = uint8(last)
		last = int(d.back[i*l+last])
	}
}

// leave gives the best way to 0.
func leave(before, trans []int32, l int, from0 bool) (most int32, from uint8) {
	most = before[0] + trans[0]
	if from0 {
		return most, 0
	}
	for k := 1; k < l; k++ {
		if s := before[k] + trans[k*l]; s > most {
			most, from = s, uint8(k)
		}
	}
	return most, from
}

// maxLabels is how many labels the largest model has.
const maxLabels = 2*16 + 1

func sized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}
