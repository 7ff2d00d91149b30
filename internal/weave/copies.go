package weave

import (
	"hash/fnv"

	"entente/internal/centre"
	"entente/internal/lexis"
)

const (
	// alike is the share of equal places from which two signatures are those of
	// near copies. Of 64 places 51 are needed.
	alike = 79 // of a hundred

	// A signature is cut into bands (Leskovec, Rajaraman and Ullman, "Mining of
	// Massive Datasets", 3.4): two reports are compared if a band is equal in
	// both. With 16 bands of 4, texts that share four fifths of their runs of
	// words are compared with a probability above .999.
	bands    = 16
	bandSize = 4

	maxCompared = 32 // signatures compared with one report's, for each band
)

// sketch is a signature of which the lowest eight bits of each place are kept
// (Li and König, "b-Bit Minwise Hashing", WWW 2010): places that differ agree
// in one of 256 cases, which moves the estimate of near copies by less than a
// place.
type sketch [bands * bandSize]byte

// copies remembers the newest reports by their fingerprints, in a ring of limit
// places. Reports with an equal band form a chain, newest first, that begins in
// heads and goes on in before. A chain is not mended when a report is forgotten:
// what lies behind a place that was taken anew was forgotten before it.
type copies struct {
	limit int
	ring  []copied
	next  int               // the place of the ring that is taken next
	exact map[uint64]uint32 // key of the text -> place of the newest report with it, from 1
	heads []uint32          // by hash of the band -> place, from 1; 0 for none
}

type copied struct {
	place
	exact    uint64
	number   uint64        // of all reports, from 1
	before   [bands]uint32 // the place of the report before with the same band, from 1; 0 for none
	sketch   sketch
	sketched bool
}

func newCopies(limit int) *copies {
	return &copies{limit: limit, exact: map[uint64]uint32{}, heads: make([]uint32, 1<<10)}
}

// exactKey is equal for the same text. Texts too short for a signature are only
// the same under the same title: "Read more" says nothing.
func exactKey(f centre.Fingerprint, title uint64) uint64 {
	if f.MinHash == nil && f.Exact != 0 {
		return f.Exact ^ title | 1
	}
	return f.Exact
}

func titleKey(title string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(lexis.Normalise(title))) // never fails
	return h.Sum64()
}

func sketchOf(f centre.Fingerprint) (k sketch, ok bool) {
	if len(f.MinHash) != len(k) {
		return k, false
	}
	for i, v := range f.MinHash {
		k[i] = byte(v)
	}
	return k, true
}

// add remembers a report, and reports whether that made it forget another.
// number is that of the report, and grows.
func (c *copies) add(f centre.Fingerprint, title uint64, number uint64, p place) (forgot bool) {
	r := copied{place: p, exact: exactKey(f, title), number: number}
	r.sketch, r.sketched = sketchOf(f)
	if forgot = len(c.ring) == c.limit; forgot {
		c.forget(uint32(c.next + 1))
	} else {
		c.ring = append(c.ring, copied{})
		if len(c.ring)*bands > len(c.heads) {
			c.rehash(2 * len(c.heads))
		}
	}
	at := uint32(c.next + 1)
	if r.sketched {
		for b := range bands {
			h := c.bucket(b, &r.sketch)
			r.before[b] = c.heads[h]
			c.heads[h] = at
		}
	}
	if r.exact != 0 {
		c.exact[r.exact] = at
	}
	c.ring[c.next] = r
	c.next = (c.next + 1) % c.limit
	return forgot
}

// rehash makes all chains anew over n heads, a power of two.
func (c *copies) rehash(n int) {
	c.heads = make([]uint32, n)
	for i := range c.ring { // the ring is not full yet: its order is that of arrival
		r := &c.ring[i]
		if !r.sketched {
			continue
		}
		for b := range bands {
			h := c.bucket(b, &r.sketch)
			r.before[b] = c.heads[h]
			c.heads[h] = uint32(i + 1)
		}
	}
}

// forget takes the report of a place out of the map of texts.
func (c *copies) forget(at uint32) {
	if r := &c.ring[at-1]; c.exact[r.exact] == at {
		delete(c.exact, r.exact)
	}
}

// find gives the group of the remembered report that f is most like.
func (c *copies) find(f centre.Fingerprint, title uint64) (place, bool) {
	if key := exactKey(f, title); key != 0 {
		if at := c.exact[key]; at != 0 {
			return c.ring[at-1].place, true
		}
	}
	k, ok := sketchOf(f)
	if !ok {
		return place{}, false
	}
	var best place
	most := alike * len(k) / 100
	for b := range bands {
		h, bound := c.bucket(b, &k), ^uint64(0)
		at := c.heads[h]
		for range maxCompared {
			if at == 0 {
				break
			}
			other := &c.ring[at-1]
			if other.number >= bound || !other.sketched || c.bucket(b, &other.sketch) != h {
				break // the place was taken anew: the chain ends here
			}
			// Of equally like ones the first that is found stays.
			if n := agreeing(&k, &other.sketch); n > most {
				most, best = n, other.place
			}
			bound, at = other.number, other.before[b]
		}
	}
	return best, best != place{}
}

func agreeing(a, b *sketch) int {
	n := 0
	for i := range a {
		if a[i] == b[i] {
			n++
		}
	}
	return n
}

// bucket gives the chain of a band.
func (c *copies) bucket(band int, k *sketch) int {
	h := uint64(band+1) * 0x9e3779b97f4a7c15
	for _, v := range k[band*bandSize : (band+1)*bandSize] {
		h = (h ^ uint64(v)) * 0xff51afd7ed558ccd
		h ^= h >> 29
	}
	return int(h & uint64(len(c.heads)-1))
}
