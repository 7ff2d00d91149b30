package linear

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"slices"
)

// Sequence labels the members of a sequence, each by its features and by the
// label before it: a linear-chain conditional random field (Lafferty, McCallum and
// Pereira, ICML 2001) with hashed features. It is read-only and safe for
// concurrent use.
//
// Label 0 is for members outside of everything and may follow any label. Which other
// may follow which is given at training and kept with the weights.
type Sequence struct {
	Labels []string
	bits   int
	scale  float64 // what a stored weight counts in log-odds
	trans  []int32 // from*len(Labels)+to; never where it may not follow; 0 stands before the first
	rows   []int8  // row*len(Labels)+label
}

const (
	sequenceMagic = "sequence2\n"
	// transScale is what a stored transition counts, in weights of features.
	transScale = 4
	never      = math.MinInt32
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

// Margin tells how far a label is ahead of label 0 for a member with these rows,
// whatever stands beside it, in log-odds.
func (m *Sequence) Margin(rows []uint32, label int) float64 {
	l := len(m.Labels)
	ahead := int32(0)
	for _, at := range rows {
		w := m.rows[int(at)*l : int(at)*l+l]
		ahead += int32(w[label]) - int32(w[0])
	}
	return float64(ahead) * m.scale
}

// Decoder reads sequences one after the other with the same memory. The zero
// value is ready; it is not safe for concurrent use.
type Decoder struct {
	lattice
	sums []int32
	odds []float32
}

// Read reads n members; features appends the rows (Row) of member i to rows.
func (d *Decoder) Read(m *Sequence, n int, features func(i int, rows []uint32) []uint32) {
	l := len(m.Labels)
	d.begin(n, l, func(i int) float64 {
		if m.trans[i] == never {
			return math.Inf(-1)
		}
		return float64(m.trans[i]) * m.scale
	})
	d.sums, d.odds = sized(d.sums, l), sized(d.odds, l)
	var memory [128]uint32
	for i := range n {
		clear(d.sums)
		for _, at := range features(i, memory[:0]) {
			for j, w := range m.rows[int(at)*l : int(at)*l+l] {
				d.sums[j] += int32(w)
			}
		}
		for j, s := range d.sums {
			d.odds[j] = float32(float64(s) * m.scale)
		}
		d.set(i, d.odds)
	}
	d.pass()
}

// Span is a run of members, half-open.
type Span struct {
	First, Until int
	Whole        float64 // the probability that it is one in these very bounds
	Begins       float64 // and that one begins with its first member, wherever it ends
}

// Spans appends the likeliest span of the sequence just read for every member with
// which one begins at a probability of least or more. A span's first member has
// the label first, its further ones the label further.
func (d *Decoder) Spans(first, further int, least float64, dst []Span) []Span {
	const hopeless = 1e-6 // of what begins: a longer span is not looked for
	l := d.labels
	for at := range d.n {
		s := Span{First: at, Begins: d.forward[at*l+first] * d.backward[at*l+first]}
		if s.Begins < least {
			continue
		}
		from := first
		for run, until := d.forward[at*l+first], at+1; run > hopeless*s.Begins; until++ {
			if until == d.n {
				if run > s.Whole {
					s.Until, s.Whole = until, run
				}
				break
			}
			ends := 0.0
			for to := range l {
				if to != further {
					ends += d.step(from, until, to) * d.backward[until*l+to]
				}
			}
			if ends *= run; ends > s.Whole {
				s.Until, s.Whole = until, ends
			}
			run *= d.step(from, until, further)
			from = further
		}
		if s.Whole > 0 {
			dst = append(dst, s)
		}
	}
	return dst
}

// lattice is the forward-backward algorithm over one sequence (Rabiner,
// Proceedings of the IEEE, 1989), each member's forward probabilities scaled to
// one. The product of forward and backward is a label's probability.
type lattice struct {
	n, labels         int
	score             []float64 // member*labels+label: the exponential of what features weigh
	forward, backward []float64
	norm              []float64
	trans             []float64 // from*labels+to: the exponential of a transition's weight
}

func (t *lattice) begin(n, labels int, trans func(i int) float64) {
	t.n, t.labels = n, labels
	t.score, t.forward, t.backward = sized(t.score, n*labels), sized(t.forward, n*labels), sized(t.backward, n*labels)
	t.norm, t.trans = sized(t.norm, n), sized(t.trans, labels*labels)
	for i := range t.trans {
		t.trans[i] = math.Exp(trans(i))
	}
}

// set takes what the features of member i weigh, by label.
func (t *lattice) set(i int, odds []float32) {
	const least = -500 // a number above 0 still
	top := slices.Max(odds)
	for j, o := range odds {
		t.score[i*t.labels+j] = math.Exp(max(float64(o-top), least))
	}
}

func sized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}

// step is the share of a path that goes on from a label to another at member i.
func (t *lattice) step(from, i, to int) float64 {
	return t.trans[from*t.labels+to] * t.score[i*t.labels+to] / t.norm[i]
}

// pass fills forward and backward.
func (t *lattice) pass() {
	l := t.labels
	for i := range t.n {
		t.norm[i] = 1
		sum := 0.0
		for to := range l {
			reach := 0.0
			if i == 0 {
				reach = t.step(0, i, to)
			} else {
				for from := range l {
					reach += t.forward[(i-1)*l+from] * t.step(from, i, to)
				}
			}
			t.forward[i*l+to] = reach
			sum += reach
		}
		t.norm[i] = sum
		for to := range l {
			t.forward[i*l+to] /= sum
		}
	}
	for i := t.n - 1; i >= 0; i-- {
		for from := range l {
			rest := 0.0
			if i == t.n-1 {
				rest = 1
			} else {
				for to := range l {
					rest += t.step(from, i+1, to) * t.backward[(i+1)*l+to]
				}
			}
			t.backward[i*l+from] = rest
		}
	}
}

// Append writes the model, compressed: magic, bits, labels, scale, transitions and
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
	body.Write(binary.LittleEndian.AppendUint32(nil, math.Float32bits(float32(m.scale))))
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
	if m.bits < 1 || m.bits > 20 || count == 0 || len(body) != 4+count*count+count<<m.bits {
		return nil, errDamaged
	}
	m.scale = float64(math.Float32frombits(binary.LittleEndian.Uint32(body)))
	if !(m.scale >= 0 && m.scale < 1e3) {
		return nil, errDamaged
	}
	body = body[4:]
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
