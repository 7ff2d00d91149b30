package language

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math"
	"slices"
	"sync"
)

//go:embed ngrams.bin
var weights []byte

// shipped is the model of the program, read when it is first asked for.
var shipped = sync.OnceValues(func() (*Detector, error) { return ReadDetector(weights) })

// table has the n-grams of one writing system and how much each speaks for each
// of its languages.
//
// It is a hash table without empty places: the cells of a bucket stand one after
// another, starts[i] to starts[i+1]. A cell is two bytes: six bits of the
// language, three of the weight, seven that tell the n-grams of a bucket apart.
// An n-gram of k languages has k cells. Of n-grams that were never seen about one
// in a hundred is taken for one that was.
type table struct {
	labels []string
	bits   uint // buckets are 1<<bits
	floor  float32
	step   float32
	starts []uint32
	cells  []byte

	levels        [1 << weightBits]uint32 // what a cell of each weight adds to sums
	priors        [maxLabels]float64
	dari, persian int // labels; -1 where either is not among them
}

// prepare computes what the file does not hold.
func (t *table) prepare() {
	for q := range t.levels {
		t.levels[q] = one + uint32(math.Round(float64(t.floor+float32(q)*t.step)*fine))
	}
	for l, tag := range t.labels {
		t.priors[l] = priors[tag]
	}
	t.dari, t.persian = slices.Index(t.labels, dari), slices.Index(t.labels, "fa")
	if t.persian < 0 {
		t.dari = -1
	}
}

const (
	labelBits  = 6
	weightBits = 3
	printBits  = 16 - labelBits - weightBits
	maxLabels  = 1 << labelBits
	// fine is the unit of levels: a sum of them is a whole number.
	fine = 16
	// one is a hit in the sums of tally, above the weights of one text:
	// maxKeys times the greatest weight stays below it.
	one = 1 << 20
)

// sums has for each label how many n-grams spoke for it, times one, and how much
// they weigh together, times fine.
type sums [maxLabels]uint32

func (s *sums) weight(l int) float32 { return float32(s[l]%one) / fine }
func (s *sums) hits(l int) int       { return int(s[l] / one) }

// add looks the n-grams up; known is how many of them any language has.
func (t *table) add(keys []uint64, s *sums) (known int) {
	// Where the cells of some keys are is looked up together: the memory then
	// answers for all of them at once.
	const together = 16
	var from, to [together]uint32
	var marks [together]uint16
	for len(keys) > 0 {
		some := keys[:min(len(keys), together)]
		keys = keys[len(some):]
		for i, k := range some {
			bucket, mark := t.place(k)
			from[i], to[i], marks[i] = 2*t.starts[bucket], 2*t.starts[bucket+1], mark
		}
		for i := range some {
			found := 0
			for cells := t.cells[from[i]:to[i]]; len(cells) > 1; cells = cells[2:] {
				c := uint16(cells[0]) | uint16(cells[1])<<8
				m := c >> (labelBits + weightBits)
				if m > marks[i] {
					break // they are in order
				}
				if m == marks[i] {
					s[c%maxLabels] += t.levels[c>>labelBits%(1<<weightBits)]
					found = 1
				}
			}
			known += found
		}
	}
	return known
}

// place gives the bucket of a key and the mark of its cells.
func (t *table) place(key uint64) (bucket int, mark uint16) {
	return int(key >> (64 - t.bits)), uint16(key % (1 << printBits))
}

// Detector tells languages by a model. It is safe for concurrent use.
type Detector struct{ tables [scripts]*table }

const magic = "language1\n"

var errDamaged = errors.New("the model of languages is damaged: train it again with go run ./cmd/train language")

// Append writes the model: magic; for each table its script, labels, bits, floor
// and step, the number of cells in each bucket, a byte each, and the cells; and
// the CRC-32 of all of it.
func (d *Detector) Append(dst []byte) []byte {
	start := len(dst)
	dst = append(dst, magic...)
	for s, t := range d.tables {
		if t == nil {
			continue
		}
		dst = append(dst, byte(s), byte(len(t.labels)))
		for _, l := range t.labels {
			dst = append(dst, byte(len(l)))
			dst = append(dst, l...)
		}
		dst = append(dst, byte(t.bits))
		dst = binary.LittleEndian.AppendUint32(dst, math.Float32bits(t.floor))
		dst = binary.LittleEndian.AppendUint32(dst, math.Float32bits(t.step))
		for i := range len(t.starts) - 1 {
			dst = append(dst, byte(t.starts[i+1]-t.starts[i]))
		}
		dst = append(dst, t.cells...)
	}
	return binary.LittleEndian.AppendUint32(dst, crc32.ChecksumIEEE(dst[start:]))
}

// ReadDetector gives the model that Append wrote. It keeps data, which must not
// change any more.
func ReadDetector(data []byte) (*Detector, error) {
	if len(data) < len(magic)+4 || string(data[:len(magic)]) != magic {
		return nil, errDamaged
	}
	body, sum := data[:len(data)-4], data[len(data)-4:]
	if crc32.ChecksumIEEE(body) != binary.LittleEndian.Uint32(sum) {
		return nil, errDamaged
	}
	d := &Detector{}
	r := reader{rest: body[len(magic):]}
	for len(r.rest) > 0 {
		s, count := int(r.byte()), int(r.byte())
		t := &table{}
		for range count {
			t.labels = append(t.labels, string(r.bytes(int(r.byte()))))
		}
		t.bits = uint(r.byte())
		t.floor, t.step = r.float(), r.float()
		if r.short || s >= int(scripts) || d.tables[s] != nil || count < 1 || count > maxLabels || t.bits < 1 || t.bits > 24 ||
			!(t.floor >= 0 && t.step >= 0 && t.floor+7*t.step < one/fine/maxKeys) {
			return nil, errDamaged
		}
		counts := r.bytes(1 << t.bits)
		t.starts = make([]uint32, len(counts)+1)
		for i, n := range counts {
			t.starts[i+1] = t.starts[i] + uint32(n)
		}
		t.cells = r.bytes(2 * int(t.starts[len(counts)]))
		if r.short {
			return nil, errDamaged
		}
		t.prepare()
		d.tables[s] = t
	}
	return d, nil
}

// reader takes values off the beginning of a file; short tells that there were
// too few bytes.
type reader struct {
	rest  []byte
	short bool
}

func (r *reader) bytes(n int) []byte {
	if n > len(r.rest) {
		r.rest, r.short = nil, true
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

func (r *reader) byte() byte {
	if b := r.bytes(1); b != nil {
		return b[0]
	}
	return 0
}

func (r *reader) float() float32 {
	if b := r.bytes(4); b != nil {
		return math.Float32frombits(binary.LittleEndian.Uint32(b))
	}
	return 0
}
