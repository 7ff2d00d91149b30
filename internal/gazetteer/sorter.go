package gazetteer

import (
	"bufio"
	"bytes"
	"cmp"
	"container/heap"
	"encoding/binary"
	"io"
	"os"
	"slices"
)

// sorter sorts more records than fit into memory: full chunks are sorted and
// put into temporary files, which are merged at the end. A record is a key of
// keySize bytes, by which records are ordered, and a payload.
type sorter struct {
	folder string // for the temporary files
	limit  int    // bytes in memory
	arena  []byte
	index  []sortKey
	chunks []*os.File
}

// sortKey is a record's key, and where the record is in the arena.
type sortKey struct {
	high, low uint64
	at        uint32
}

const (
	keySize      = 16
	sorterMemory = 32 << 20 // of records; their keys take up to as much again
)

func newSorter(folder string) *sorter { return &sorter{folder: folder, limit: sorterMemory} }

// add takes a record; high and low make its key.
func (s *sorter) add(high, low uint64, payload []byte) error {
	if len(s.arena)+keySize+4+len(payload) > s.limit && len(s.index) > 0 {
		if err := s.spill(); err != nil {
			return err
		}
	}
	s.index = append(s.index, sortKey{high, low, uint32(len(s.arena))})
	if need := len(s.arena) + keySize + 4 + len(payload); need > cap(s.arena) {
		s.arena = slices.Grow(s.arena, max(need, len(s.arena)))
	}
	s.arena = binary.BigEndian.AppendUint64(s.arena, high)
	s.arena = binary.BigEndian.AppendUint64(s.arena, low)
	s.arena = binary.BigEndian.AppendUint32(s.arena, uint32(len(payload)))
	s.arena = append(s.arena, payload...)
	return nil
}

func (s *sorter) sort() {
	slices.SortFunc(s.index, func(a, b sortKey) int {
		return cmp.Or(cmp.Compare(a.high, b.high), cmp.Compare(a.low, b.low))
	})
}

func (s *sorter) spill() error {
	f, err := os.CreateTemp(s.folder, "gazetteer-sort-*")
	if err != nil {
		return err
	}
	s.chunks = append(s.chunks, f)
	s.sort()
	w := bufio.NewWriterSize(f, 1<<18)
	for _, k := range s.index {
		at := k.at
		n := keySize + 4 + binary.BigEndian.Uint32(s.arena[at+keySize:])
		if _, err := w.Write(s.arena[at : at+n]); err != nil {
			return err
		}
	}
	s.arena, s.index = s.arena[:0], s.index[:0]
	return w.Flush()
}

// close removes the temporary files.
func (s *sorter) close() {
	for _, f := range s.chunks {
		f.Close()
		os.Remove(f.Name())
	}
}

// each calls do with every record in order; key and payload are valid during
// the call alone.
func (s *sorter) each(do func(high, low uint64, payload []byte) error) error {
	if len(s.chunks) == 0 {
		s.sort()
		for _, k := range s.index {
			b := s.arena[k.at:]
			n := binary.BigEndian.Uint32(b[keySize:])
			if err := do(k.high, k.low, b[keySize+4:keySize+4+n]); err != nil {
				return err
			}
		}
		return nil
	}
	if err := s.spill(); err != nil {
		return err
	}
	s.arena, s.index = nil, nil
	var merge runHeap
	for _, f := range s.chunks {
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return err
		}
		r := &sortedRun{in: bufio.NewReaderSize(f, 1<<18)}
		if more, err := r.next(); err != nil {
			return err
		} else if more {
			merge = append(merge, r)
		}
	}
	heap.Init(&merge)
	for len(merge) > 0 {
		r := merge[0]
		if err := do(binary.BigEndian.Uint64(r.now), binary.BigEndian.Uint64(r.now[8:]), r.now[keySize+4:]); err != nil {
			return err
		}
		more, err := r.next()
		if err != nil {
			return err
		}
		if more {
			heap.Fix(&merge, 0)
		} else {
			heap.Pop(&merge)
		}
	}
	return nil
}

// sortedRun is one temporary file being read.
type sortedRun struct {
	in  *bufio.Reader
	now []byte
}

func (r *sortedRun) next() (bool, error) {
	r.now = slices.Grow(r.now[:0], keySize+4)[:keySize+4]
	if _, err := io.ReadFull(r.in, r.now); err != nil {
		if err == io.EOF {
			return false, nil
		}
		return false, err
	}
	n := int(binary.BigEndian.Uint32(r.now[keySize:]))
	r.now = slices.Grow(r.now, n)[:keySize+4+n]
	_, err := io.ReadFull(r.in, r.now[keySize+4:])
	return err == nil, err
}

type runHeap []*sortedRun

func (h runHeap) Len() int { return len(h) }
func (h runHeap) Less(i, j int) bool {
	return bytes.Compare(h[i].now[:keySize], h[j].now[:keySize]) < 0
}
func (h runHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *runHeap) Push(x any)   { *h = append(*h, x.(*sortedRun)) }
func (h *runHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}
