package entity

import "math/bits"

// A feature is a row of the model's table; rows are found by hashing, and two
// features may share one: the table is large enough for that to cost little.

// featurer gives the rows of words.
type featurer struct {
	rows []uint32
	mask uint32
}

func (f *featurer) add(number, value uint32) {
	h := (value ^ number*0x9e3779b1) * 0x85ebca6b
	h ^= h >> 15
	h *= 0xc2b2ae35
	h ^= h >> 13
	f.rows = append(f.rows, h&f.mask)
}

func (f *featurer) pair(number, a, b uint32) { f.add(number, a*31^(b*0x27d4eb2f+7)) }

var edge = token{fold: 1, shape: 1, before: gapEnd}

// of gives the rows of word i in the chunk [from, until). They are overwritten
// by the next call.
func (f *featurer) of(tokens []token, i, from, until int) []uint32 {
	f.rows = f.rows[:0]
	at := func(n int) *token {
		if n < from || n >= until {
			return &edge
		}
		return &tokens[n]
	}
	t, p, n := &tokens[i], at(i-1), at(i+1)
	pp, nn := at(i-2), at(i+2)
	after := gapEnd
	if i+1 < until {
		after = n.before
	}
	before := t.before
	if i == from {
		before = gapEnd
	}
	f.add(0, 0)
	f.add(1, t.fold)
	f.add(4, pp.fold)
	f.add(5, nn.fold)
	for k := range t.prefix {
		if t.prefix[k] != 0 {
			f.add(8, t.prefix[k]*5+uint32(k))
		}
		if t.suffix[k] != 0 {
			f.add(9, t.suffix[k]*5+uint32(k))
		}
	}
	f.add(10, t.shape)
	f.pair(11, p.shape>>3, t.shape>>3<<8|n.shape>>3)
	f.pair(12, uint32(before), t.shape>>3)
	f.pair(13, uint32(after), t.shape>>3)
	f.add(14, t.list)
	f.add(15, p.list)
	f.add(16, n.list)
	f.pair(17, p.list, t.shape>>3)
	f.add(18, t.known)
	f.add(19, t.state)
	f.add(20, p.state)
	f.pair(21, t.place, t.shape>>3)
	f.pair(22, p.place, t.place)
	f.pair(23, t.place, n.place)
	f.pair(25, pp.list|p.list<<16, t.list)
	if p.suffix[2] != 0 {
		f.add(26, p.suffix[2])
	}
	if n.suffix[2] != 0 {
		f.add(27, n.suffix[2])
	}
	if t.suffix[1] != 0 {
		f.pair(29, t.suffix[1], p.shape>>3)
		f.pair(30, t.suffix[1], n.suffix[1])
	}
	f.pair(34, p.state, t.list)
	f.pair(35, p.known<<8|t.known, n.known)
	f.add(36, t.bare)
	f.add(37, p.bare)
	f.add(38, n.bare)
	f.pair(39, p.bare, t.bare)
	f.pair(40, t.bare, n.bare)
	for rest := t.seen; rest != 0; rest &= rest - 1 {
		f.pair(43, uint32(bits.TrailingZeros32(rest)), t.shape>>3)
	}
	f.pair(44, t.seen, t.place)
	f.pair(45, p.seen, t.seen)
	f.pair(46, t.seen, n.seen)
	if t.heard|p.heard|n.heard != 0 {
		f.pair(47, t.heard, t.shape&7)
		f.pair(48, p.heard<<8|t.heard, n.heard)
		f.pair(49, t.heard, p.fold)
	}
	if t.vowels != 0 {
		f.add(51, t.vowels)
		f.pair(52, t.vowels, p.vowels)
	}
	return f.rows
}
