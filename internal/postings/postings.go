// Package postings keeps which things have a term, for things that come one
// after the other, are numbered, and are forgotten at some time: the inverted
// index of a search that looks at the newest alone.
//
// Nearly all terms are those of one thing: its number stands beside the term, in
// twelve bytes. The numbers of others stand in blocks that double in size, so
// that a search reads many at once. An index is made of shards that are tidied one
// at a time, so that nobody waits long for it.
package postings

// MaxNewest is how many things of a term can be found at least: what is older
// is dropped when an index is tidied.
const MaxNewest = 256

const (
	shards   = 64     // a power of two
	maxBlock = 64     // things in one block
	atFirst  = 1 << 3 // terms of a shard; a power of two
)

// Index knows which things have a term. Not safe for concurrent use.
type Index struct {
	alive  func(thing uint32) bool
	shards [shards]shard
	things []uint32 // scratch
}

// shard has the terms of some hashes.
type shard struct {
	slots  []slot // open addressing by term; a power of two
	terms  int
	blocks []uint32 // of each: the index of the block before, then room for things
	added  int      // postings
	swept  int      // of them, those that were left when forgotten ones were last dropped
}

// slot is a term with how many things have it: with one thing, where it is that
// of one; else with the index of its newest block.
type slot struct{ term, count, at uint32 }

// New makes an empty index. alive says of a thing whether it is not forgotten; what
// is, is dropped when a quarter more has come.
func New(alive func(thing uint32) bool) *Index {
	x := &Index{alive: alive}
	for i := range x.shards {
		x.shards[i].slots = make([]slot, atFirst)
	}
	return x
}

// Len gives how many postings there are, those of forgotten things included that
// were not dropped yet.
func (x *Index) Len() (n int) {
	for i := range x.shards {
		n += x.shards[i].added
	}
	return n
}

// spread gives the bits of a term by which it is found. Terms are hashes, but
// need not differ in all of their bits.
func spread(term uint32) uint64 { return uint64(term) * 0x9e3779b97f4a7c15 >> 26 }

func (x *Index) shard(term uint32) *shard { return &x.shards[spread(term)%shards] }

// Add says that a thing has a term. It is not asked whether that is known.
func (x *Index) Add(term, thing uint32) {
	s := x.shard(term)
	if s.added >= s.swept+s.swept/4+maxBlock {
		x.sweep(s)
	}
	s.add(term, thing)
}

func (s *shard) find(term uint32) *slot {
	for at := spread(term) / shards; ; at++ {
		if f := &s.slots[at&uint64(len(s.slots)-1)]; f.count == 0 || f.term == term {
			return f
		}
	}
}

func (s *shard) add(term, thing uint32) {
	s.added++
	f := s.find(term)
	switch f.count {
	case 0:
		if s.terms++; 4*s.terms > 3*len(s.slots) {
			s.grow()
			f = s.find(term)
		}
		*f = slot{term, 1, thing}
		return
	case 1:
		s.blocks = append(s.blocks, 0, f.at, 0)
		f.at = uint32(len(s.blocks) - 3)
	}
	f.count++
	used, size := newest(f.count)
	if used == 1 {
		s.blocks = append(s.blocks, f.at)
		f.at = uint32(len(s.blocks) - 1)
		for range size {
			s.blocks = append(s.blocks, 0)
		}
	}
	s.blocks[int(f.at)+used] = thing
}

// newest gives the size of the newest block of count things, and how many of
// them it holds: blocks have room for 2, 4, 8 ... maxBlock, maxBlock ... things.
func newest(count uint32) (used, size int) {
	const doubling = 2*maxBlock - 2 // things in the blocks that double
	if n := int(count); n > doubling {
		return (n-doubling-1)%maxBlock + 1, maxBlock
	} else {
		for size = 2; n > size; size *= 2 {
			n -= size
		}
		return n, size
	}
}

func (s *shard) grow() {
	old := s.slots
	s.slots = make([]slot, 2*len(old))
	for _, f := range old {
		if f.count > 0 {
			*s.find(f.term) = f
		}
	}
}

// Newest appends to list the newest things that have a term, at most n, the
// newest first. Some of them may be forgotten.
func (x *Index) Newest(list []uint32, term uint32, n int) []uint32 {
	s := x.shard(term)
	return s.newest(list, s.find(term), n)
}

func (s *shard) newest(list []uint32, f *slot, n int) []uint32 {
	if f.count < 2 {
		if f.count == 1 && n > 0 {
			list = append(list, f.at)
		}
		return list
	}
	for at, left := f.at, f.count; left > 0 && n > 0; at = s.blocks[at] {
		used, _ := newest(left)
		for i := int(at) + used; i > int(at) && n > 0; i-- {
			list = append(list, s.blocks[i])
			n--
		}
		left -= uint32(used)
	}
	return list
}

// sweep drops what is forgotten, and what is too old to be found.
func (x *Index) sweep(s *shard) {
	old := *s
	*s = shard{slots: make([]slot, atFirst)}
	for i := range old.slots {
		x.things = old.newest(x.things[:0], &old.slots[i], MaxNewest)
		for k := len(x.things) - 1; k >= 0; k-- {
			if x.alive(x.things[k]) {
				s.add(old.slots[i].term, x.things[k])
			}
		}
	}
	s.swept = s.added
}
