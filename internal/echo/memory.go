package echo

import (
	"cmp"
	"slices"

	"entente/internal/lexis"
)

const (
	keptKeys    = 56 // of a text that are remembered
	probed      = 32 // of a text by which it is found, and others are looked for
	maxPosted   = 96 // texts looked at for one key, the newest
	maxCompared = 6  // texts compared in full
	minShared   = 4  // telling keys that a text must share to be compared

	// Smooth is what evidence is weighed against: two texts that share little
	// because they have little are not alike for that. It is about what ten
	// names of a middling rarity weigh.
	smooth = 60
	// rival is the share of the likeness to the next text that is taken from the
	// likeness to the best: two reports on one event are alike, and which of
	// them a third translates cannot be told.
	rival = 0.5
	// Enough is the score from which a text is said to be an echo. On TICO-19,
	// where all texts have one subject, nine of ten said to be are.
	Enough = 0.3
)

// Memory remembers the newest texts, as many as its limit, and finds the one of
// which a text is most likely a translation: it looks at those only that share
// rare keys with it. What it remembers of a text takes about 600 bytes. The same
// texts in the same order have the same echoes. Not safe for concurrent use.
type Memory struct {
	index *Index
	limit int
	ring  []kept
	texts uint64 // that it was ever given; the next stands at texts modulo limit
	lists map[uint32][]uint64
	total int // numbers in lists

	marks []mark // by place in the ring
	found []uint64
	likes []float64
}

// Text names a text that a Memory remembers. Its numbers are the caller's.
type Text struct {
	ID    int64
	Group int64 // of texts with the same words: they are no echoes of one another
	Story int64
	At    int64 // milliseconds of Unix time
}

type kept struct {
	Text
	signature Signature
}

type mark struct {
	search uint64
	says   float32
	shared int32
}

// NewMemory makes a memory of limit texts, at least 1.
func NewMemory(limit int) *Memory {
	return &Memory{index: NewIndex(), limit: limit, lists: map[uint32][]uint64{}}
}

// Learn counts what a text has. It comes before Find and Add of the text: a name
// that is new to a language is what a translation is known by.
func (m *Memory) Learn(s Signature) { m.index.Add(s) }

// Add remembers a text that was learned.
func (m *Memory) Add(s Signature, t Text) {
	s = m.index.keep(s, keptKeys)
	if len(s.keys) == 0 {
		return
	}
	if len(m.ring) < m.limit {
		m.ring, m.marks = append(m.ring, kept{}), append(m.marks, mark{})
	}
	m.ring[m.texts%uint64(m.limit)] = kept{t, s}
	for _, k := range m.index.keep(s, probed).keys {
		list := m.lists[k.hash]
		if len(list) >= 2*maxPosted {
			m.total -= len(list) - maxPosted
			list = append(list[:0], list[len(list)-maxPosted:]...)
		}
		m.lists[k.hash] = append(list, m.texts)
		m.total++
	}
	m.texts++
	if m.total > 2*probed*m.limit {
		m.sweep()
	}
}

// sweep takes forgotten texts out of the lists.
func (m *Memory) sweep() {
	m.total = 0
	for h, list := range m.lists {
		list = slices.DeleteFunc(list, m.forgotten)
		if len(list) == 0 {
			delete(m.lists, h)
			continue
		}
		m.lists[h] = slices.Clip(list)
		m.total += len(list)
	}
}

func (m *Memory) forgotten(number uint64) bool { return number+uint64(m.limit) < m.texts }

// Each lets the caller change what it knows a text by.
func (m *Memory) Each(change func(*Text)) {
	for i := range m.ring {
		change(&m.ring[i].Text)
	}
}

// Echo is a text of which another one looks like a translation.
type Echo struct {
	Text
	Score float64 // Enough..1
	with  Signature
}

// Find gives the remembered text in another language of which s looks like a
// translation, or that looks like one of s, among those that lie within span
// milliseconds of t.At. t itself is not remembered.
func (m *Memory) Find(s Signature, t Text, span int64) (best Echo, ok bool) {
	s = m.index.keep(s, keptKeys)
	m.probe(s, t, span)
	var most float64
	m.likes = m.likes[:0]
	for _, number := range m.found[:min(maxCompared, len(m.found))] {
		other := &m.ring[number%uint64(m.limit)]
		like := m.index.likeness(s, other.signature, smooth)
		if s.denies != other.signature.denies {
			like *= answer
		}
		m.likes = append(m.likes, like)
		if like > most {
			most, best = like, Echo{Text: other.Text, with: other.signature}
		}
	}
	// Other translations of the same text are in other languages than the best.
	var next float64
	for i, like := range m.likes {
		other := &m.ring[m.found[i]%uint64(m.limit)]
		if other.Group != best.Group && other.signature.language == best.with.language {
			next = max(next, like)
		}
	}
	best.Score = most - rival*next
	return best, best.Score >= Enough
}

// probe lists in m.found the texts that share telling keys with a signature,
// those that share more before others.
func (m *Memory) probe(s Signature, t Text, span int64) {
	m.found = m.found[:0]
	language := m.index.language(s.language)
	if language < 0 {
		return
	}
	search := m.texts + 1
	for _, k := range m.index.keep(s, probed).keys {
		says := float32(m.index.rarity(m.index.with[k.hash], language)) * k.weight
		list := m.lists[k.hash]
		for _, number := range list[max(0, len(list)-maxPosted):] {
			if m.forgotten(number) {
				continue
			}
			at := number % uint64(m.limit)
			other := &m.ring[at]
			if other.signature.language == s.language || other.Group == t.Group || other.At < t.At-span || other.At > t.At+span {
				continue
			}
			if p := &m.marks[at]; p.search == search {
				p.says += says
				if p.shared++; p.shared == minShared {
					m.found = append(m.found, number)
				}
			} else {
				*p = mark{search, says, 1}
			}
		}
	}
	slices.SortStableFunc(m.found, func(a, b uint64) int {
		return cmp.Compare(m.marks[b%uint64(m.limit)].says, m.marks[a%uint64(m.limit)].says)
	})
}

// Common gives the words of a text that its echo has too, in their order, each
// once and at most limit: reasons, for a person.
func (r *Reader) Common(language string, words []lexis.Word, e Echo, limit int) []string {
	var common []string
	for _, w := range words {
		if len(common) == limit {
			break
		}
		for _, k := range r.keysOf(language, w.Text) {
			if k.weight < 1 {
				continue // shared by chance often
			}
			if _, ok := slices.BinarySearchFunc(e.with.keys, k.hash, func(k key, h uint32) int { return cmp.Compare(k.hash, h) }); ok {
				if !slices.Contains(common, w.Text) {
					common = append(common, w.Text)
				}
				break
			}
		}
	}
	return common
}
