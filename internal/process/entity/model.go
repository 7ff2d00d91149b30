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
// A model is kept as one compressed file: the line "entente entity 1", the types
// divided by spaces in a line, the power of two of the table's size, and the
// weights as signed bytes, transitions first.
type Model struct {
	types  []string // label 2n+1 begins type n, 2n+2 goes on with it; 0 is outside
	labels int
	bits   int
	mask   uint32
	trans  []int32 // [from*labels+to]; never where to cannot follow from
	rows   []int8  // [row*labels+label]
	// packed has the rows once more, raised by bias, to be summed eight weights at a
	// time; it ends with seven bytes that no row has. Nil in a model that is being
	// trained.
	packed []byte
}

const (
	bias = 128
	// lanes are every second byte of a word: sums of bytes have room for two.
	lanes = 0x00ff00ff00ff00ff
	// maxPacked is how many rows can be summed before a lane is full.
	maxPacked = 0xffff / 0xff
)

// pack fills packed.
func (m *Model) pack() {
	m.packed = make([]byte, len(m.rows)+7)
	for i, w := range m.rows {
		m.packed[i] = byte(int(w) + bias)
	}
}

// sum sets scores, one a label, to the sum of the rows.
func (m *Model) sum(rows []uint32, scores []int32) {
	for from := 0; from < len(scores); from += 8 {
		var even, odd uint64
		for _, row := range rows { // the bytes behind a row are the next one's: they stand in lanes that nobody reads
			x := binary.LittleEndian.Uint64(m.packed[int(row)*m.labels+from:])
			even += x & lanes
			odd += x >> 8 & lanes
		}
		for label := from; label < min(from+8, len(scores)); label += 2 {
			scores[label] = int32(even&0xffff) - int32(bias*len(rows))
			if label+1 < len(scores) {
				scores[label+1] = int32(odd&0xffff) - int32(bias*len(rows))
			}
			even, odd = even>>16, odd>>16
		}
	}
}

const modelMagic = "entente entity 1"

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
	trans := make([]byte, len(m.trans))
	for i, t := range m.trans {
		trans[i] = byte(int8(max(-127, min(127, t/transScale))))
	}
	rows := make([]byte, len(m.rows))
	for i, r := range m.rows {
		rows[i] = byte(r)
	}
	z.Write(trans)
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
	if m == nil || len(rest) != 1+m.labels*m.labels+len(m.rows) {
		return nil, errors.New("the model's sizes do not agree")
	}
	rest = rest[1:]
	for i := range m.trans {
		m.trans[i] = int32(int8(rest[i])) * transScale
	}
	m.forbid()
	for i, b := range rest[len(m.trans):] {
		m.rows[i] = int8(b)
	}
	m.pack()
	return m, nil
}

func newModel(types []string, bits int) *Model {
	if bits < 4 || bits > 20 || len(types) < 1 || len(types) > 16 {
		return nil
	}
	m := &Model{types: types, labels: 2*len(types) + 1, bits: bits, mask: 1<<bits - 1}
	m.trans = make([]int32, m.labels*m.labels)
	m.rows = make([]int8, (1<<bits)*m.labels)
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

// decode gives the labels of tokens [from, until), and of each how far it is
// ahead of the next best by the features alone, in weights.
func (d *decoder) decode(m *Model, tokens []token, from, until int) []uint8 {
	n, l := until-from, m.labels
	d.f.mask = m.mask
	d.scores = sized(d.scores, n*l)
	d.best = sized(d.best, n*l)
	d.back = sized(d.back, n*l)
	d.labels = sized(d.labels, n)
	d.margin = sized(d.margin, n)
	for i := range n {
		s := d.scores[i*l : (i+1)*l]
		rows := d.f.of(tokens, from+i, from, until)
		if m.packed != nil && len(rows) <= maxPacked {
			m.sum(rows, s)
			continue
		}
		clear(s)
		for _, row := range rows {
			weights := m.rows[int(row)*l : int(row)*l+l]
			for j, w := range weights {
				s[j] += int32(w)
			}
		}
	}
	d.viterbi(n, l, m.trans)
	for i := range n {
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

func (d *decoder) viterbi(n, l int, trans []int32) {
	for to := range l {
		d.best[to], d.back[to] = trans[to]+d.scores[to], 0
	}
	for i := 1; i < n; i++ {
		before, row := d.best[(i-1)*l:i*l], i*l
		for to := range l {
			best, back := before[0]+trans[to], 0
			for from := 1; from < l; from++ {
				if s := before[from] + trans[from*l+to]; s > best {
					best, back = s, from
				}
			}
			d.best[row+to], d.back[row+to] = max(best, never*3)+d.scores[row+to], uint8(back)
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

func sized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}
