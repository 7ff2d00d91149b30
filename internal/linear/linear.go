// Package linear is the kind of model that this program trains for itself:
// multinomial logistic regression over hashed features (Weinberger and others,
// "Feature hashing for large scale multitask learning", ICML 2009), fitted by
// AdaGrad (Duchi, Hazan and Singer, 2011). It needs no accelerator and no
// library, weighs some hundred kilobytes, and the same examples in the same
// order give the same model.
//
// A model is written as a byte a weight with one scale for all, so that it can be
// kept beside the code that uses it. It holds no words, only what hashed features
// weigh.
package linear

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"math/rand/v2"
)

// Feature is something that a text has, by its hash, and how much of it.
type Feature struct {
	Hash  uint64
	Value float32
}

// Hash gives the hash of a feature's name, which is the same in every program
// (FNV-1a with its bits mixed).
func Hash(name string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(name) {
		h = (h ^ uint64(name[i])) * 1099511628211
	}
	return mix(h)
}

// Join gives the hash of a feature made of two, in this order.
func Join(a, b uint64) uint64 { return mix(a*0x9e3779b97f4a7c15 + b) }

func mix(h uint64) uint64 {
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	return h ^ h>>32
}

// Example is a text's features with its label, an index into the labels of the
// model.
type Example struct {
	Features []Feature
	Label    int
	Weight   float32 // of the example; 0 means 1
}

// Options of training. The zero value is usable.
type Options struct {
	Bits   int     // features are hashed into 1<<Bits places; 0 for 14, at most 22
	Epochs int     // 0 for 20
	Rate   float64 // step size; 0 for 0.1
	Decay  float64 // L2 penalty of each weight at each step that touches it
}

// Model gives each label a score. It is safe for concurrent use.
type Model struct {
	Labels  []string
	bits    int
	weights []float32 // place*len(Labels)+label
}

// Train fits a model. Labels of the examples must be indices of labels.
func Train(labels []string, examples []Example, o Options) *Model {
	if o.Bits <= 0 {
		o.Bits = 14
	}
	if o.Epochs <= 0 {
		o.Epochs = 20
	}
	if o.Rate <= 0 {
		o.Rate = 0.1
	}
	m := &Model{Labels: labels, bits: min(o.Bits, maxBits)}
	m.weights = make([]float32, len(labels)<<m.bits)
	squares := make([]float32, len(m.weights))
	random := rand.New(rand.NewPCG(4, 1))
	order := random.Perm(len(examples))
	scores := make([]float64, len(labels))
	sum := make([]float64, len(m.weights)) // for the average of the second half
	var steps float64
	for epoch := range o.Epochs {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			e := &examples[i]
			m.Scores(e.Features, scores)
			Probabilities(scores)
			scores[e.Label]--
			weight := e.Weight
			if weight == 0 {
				weight = 1
			}
			for _, f := range e.Features {
				at := m.place(f.Hash)
				for l, p := range scores {
					w := &m.weights[at+l]
					g := float32(p)*f.Value*weight + float32(o.Decay)**w
					if g == 0 {
						continue
					}
					squares[at+l] += g * g
					*w -= float32(o.Rate) * g / (float32(math.Sqrt(float64(squares[at+l]))) + 1e-6)
				}
			}
		}
		if 2*epoch >= o.Epochs {
			steps++
			for i, w := range m.weights {
				sum[i] += float64(w)
			}
		}
	}
	for i := range m.weights {
		m.weights[i] = float32(sum[i] / max(1, steps))
	}
	return m
}

// place gives the first weight of a feature.
func (m *Model) place(hash uint64) int { return int(hash>>(64-m.bits)) * len(m.Labels) }

// Scores sets scores, one a label, to what the features weigh.
func (m *Model) Scores(features []Feature, scores []float64) {
	clear(scores)
	for _, f := range features {
		for l, w := range m.weights[m.place(f.Hash):][:len(scores)] {
			scores[l] += float64(w * f.Value)
		}
	}
}

// Probabilities turns scores into probabilities, in place.
func Probabilities(scores []float64) {
	top, sum := math.Inf(-1), 0.0
	for _, s := range scores {
		top = max(top, s)
	}
	for i, s := range scores {
		scores[i] = math.Exp(s - top)
		sum += scores[i]
	}
	for i := range scores {
		scores[i] /= sum
	}
}

const (
	magic   = "linear1\n"
	maxBits = 22
	// maxLabels bounds what Read allocates: 4 M weights.
	maxLabels = 256
)

// Append writes the model: magic, bits, labels, scale, a byte a weight and the
// CRC-32 of all of it. Weights lose precision: the scale is the greatest of
// them over 127.
func (m *Model) Append(dst []byte) []byte {
	start := len(dst)
	dst = append(dst, magic...)
	dst = binary.AppendUvarint(dst, uint64(m.bits))
	dst = binary.AppendUvarint(dst, uint64(len(m.Labels)))
	for _, l := range m.Labels {
		dst = binary.AppendUvarint(dst, uint64(len(l)))
		dst = append(dst, l...)
	}
	greatest := float32(0)
	for _, w := range m.weights {
		greatest = max(greatest, w, -w)
	}
	scale := greatest / 127
	dst = binary.LittleEndian.AppendUint32(dst, math.Float32bits(scale))
	for _, w := range m.weights {
		q := int8(0)
		if scale > 0 {
			q = int8(math.RoundToEven(float64(w / scale)))
		}
		dst = append(dst, byte(q))
	}
	return binary.LittleEndian.AppendUint32(dst, crc32.ChecksumIEEE(dst[start:]))
}

var errDamaged = errors.New("the model's file is damaged: train it again")

// Read gives the model that Append wrote.
func Read(data []byte) (*Model, error) {
	if len(data) < len(magic)+4 || string(data[:len(magic)]) != magic {
		return nil, fmt.Errorf("this is no model's file: %w", errDamaged)
	}
	body, sum := data[:len(data)-4], data[len(data)-4:]
	if crc32.ChecksumIEEE(body) != binary.LittleEndian.Uint32(sum) {
		return nil, errDamaged
	}
	in := bytes.NewReader(body[len(magic):])
	bits, err1 := binary.ReadUvarint(in)
	count, err2 := binary.ReadUvarint(in)
	if err1 != nil || err2 != nil || bits < 1 || bits > maxBits || count < 1 || count > maxLabels {
		return nil, errDamaged
	}
	m := &Model{bits: int(bits)}
	for range count {
		n, err := binary.ReadUvarint(in)
		if err != nil || n > uint64(in.Len()) {
			return nil, errDamaged
		}
		label := make([]byte, n)
		_, _ = in.Read(label) // as many are there
		m.Labels = append(m.Labels, string(label))
	}
	rest := body[len(body)-in.Len():]
	if len(rest) != 4+int(count)<<bits {
		return nil, errDamaged
	}
	scale := math.Float32frombits(binary.LittleEndian.Uint32(rest))
	m.weights = make([]float32, len(rest)-4)
	for i, b := range rest[4:] {
		m.weights[i] = float32(int8(b)) * scale
	}
	return m, nil
}
