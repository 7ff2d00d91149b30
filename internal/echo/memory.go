package echo

import (
	"cmp"
	"math"
	"slices"

	"entente/internal/postings"
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
// rare keys with it. What it remembers of a text takes about a kilobyte. The same
// texts in the same order have the same echoes. Not safe for concurrent use.
type Memory struct {
	index  *Index
	limit  int
	ring   []kept
	texts  uint64          // that it was ever given; the next stands at texts modulo limit
	having *postings.Index // the last 32 bits of their numbers

	search uint32
	marks  []mark   // by place in the ring
	found  []uint32 // places in the ring
	best   []uint32 // of them
	likes  []float64
	list   []uint32
	ranked []postings.Ranked
}

// Text names a text that a Memory remembers. Its numbers are the caller's.
type Text struct {
	ID    int64
	Group int64 // of texts with the same words: they are no echoes of one another
	Story int64
	At    int64 // milliseconds of Unix time
}

// Learned is what a Memory keeps of a signature, as rare as its keys were then.
type Learned struct {
	brief
	telling []key // by which it is found, and others are looked for; weights are what they say
}

// brief is a signature of the keys that say most.
type brief struct {
	count    uint8 // of keys
	language int8  // -1 where it has none
	denies   bool
	points   int32
	keys     [keptKeys]key // by hash
}

type kept struct {
	Text
	brief
}

// mark is what a search looks at first of a text, and what it has found so far.
type mark struct {
	search   uint32 // that says and shared belong to
	says     float32
	shared   uint16
	language int8
	at       int64
	group    int64
}

// NewMemory makes a memory of limit texts, at least 1.
func NewMemory(limit int) *Memory {
	m := &Memory{index: NewIndex(), limit: limit}
	m.having = postings.New(func(number uint32) bool { return !m.forgotten(number) })
	return m
}

// Learn counts what a text has. It comes before Find and Add of the text: a name
// that is new to a language is what a translation is known by.
func (m *Memory) Learn(s Signature) Learned {
	at, ranked := m.index.add(s)
	l := Learned{brief: brief{language: int8(at), denies: s.denies, points: int32(min(s.points, math.MaxInt32))}}
	ranked = postings.Best(ranked, keptKeys)
	telling := min(probed, len(ranked))
	slices.SortFunc(ranked[:telling], byIndex)
	for _, r := range ranked[:telling] {
		k := s.keys[r.Index()]
		l.telling = append(l.telling, key{k.hash, k.weight * float32(m.index.rarity(m.index.with.find(k.hash).with, at))})
	}
	slices.SortFunc(ranked, byIndex)
	for i, r := range ranked {
		l.keys[i] = s.keys[r.Index()]
	}
	l.count = uint8(len(ranked))
	return l
}

func byIndex(a, b postings.Ranked) int { return cmp.Compare(a.Index(), b.Index()) }

// Add remembers a text that was learned.
func (m *Memory) Add(l Learned, t Text) {
	if l.count == 0 {
		return
	}
	at := int(m.texts % uint64(m.limit))
	if at == len(m.ring) {
		m.ring, m.marks = append(m.ring, kept{}), append(m.marks, mark{})
	}
	m.ring[at], m.marks[at] = kept{t, l.brief}, mark{language: l.language, at: t.At, group: t.Group}
	for _, k := range l.telling {
		m.having.Add(k.hash, uint32(m.texts))
	}
	m.texts++
}

// age is how many texts came after one.
func (m *Memory) age(number uint32) uint64 { return uint64(uint32(m.texts) - number) }

func (m *Memory) forgotten(number uint32) bool { return m.age(number) > uint64(m.limit) }

// Restory puts each text into the story that of gives for it.
func (m *Memory) Restory(of func(Text) int64) {
	for i := range m.ring {
		m.ring[i].Story = of(m.ring[i].Text)
	}
}

// Echo is a text of which another one looks like a translation.
type Echo struct {
	Text
	Score float64 // Enough..1
	with  *brief  // until the next Add
}

// Find gives the remembered text in another language of which l looks like a
// translation, or that looks like one of l, among those that lie within span
// milliseconds of t.At. t itself is not remembered.
func (m *Memory) Find(l Learned, t Text, span int64) (best Echo, ok bool) {
	m.probe(l, t, span)
	var most float64
	m.likes = m.likes[:0]
	for _, at := range m.best {
		other := &m.ring[at]
		like := m.index.likeness(l.keys[:l.count], int(l.language), int(l.points),
			other.keys[:other.count], int(other.language), int(other.points), smooth)
		if l.denies != other.denies {
			like *= answer
		}
		m.likes = append(m.likes, like)
		if like > most {
			most, best = like, Echo{Text: other.Text, with: &other.brief}
		}
	}
	if best.with == nil {
		return best, false
	}
	// Other translations of the same text are in other languages than the best.
	var next float64
	for i, like := range m.likes {
		if other := &m.ring[m.best[i]]; other.Group != best.Group && other.language == best.with.language {
			next = max(next, like)
		}
	}
	best.Score = most - rival*next
	return best, best.Score >= Enough
}

// probe lists in m.best the places of the texts that share telling keys with a
// text, at most maxCompared, those that share more before others.
func (m *Memory) probe(l Learned, t Text, span int64) {
	if m.search++; m.search == 0 { // the marks of the round before say nothing
		for i := range m.marks {
			m.marks[i].search = 0
		}
		m.search = 1
	}
	m.found = m.found[:0]
	for _, k := range l.telling {
		m.list = m.having.Newest(m.list[:0], k.hash, maxPosted)
		for _, number := range slices.Backward(m.list) {
			if m.forgotten(number) {
				continue
			}
			at := uint32((m.texts - m.age(number)) % uint64(m.limit))
			p := &m.marks[at]
			if p.language == l.language || p.group == t.Group || p.at < t.At-span || p.at > t.At+span {
				continue
			}
			if p.search != m.search {
				p.search, p.says, p.shared = m.search, 0, 0
			}
			p.says += k.weight
			if p.shared++; p.shared == minShared {
				m.found = append(m.found, at)
			}
		}
	}
	m.ranked = m.ranked[:0]
	for i, at := range m.found {
		m.ranked = append(m.ranked, postings.Rank(m.marks[at].says, i))
	}
	m.best = m.best[:0]
	for _, r := range postings.Best(m.ranked, maxCompared) {
		m.best = append(m.best, m.found[r.Index()])
	}
}

// has reports whether a text was kept with a key.
func (b *brief) has(hash uint32) bool {
	_, ok := slices.BinarySearchFunc(b.keys[:b.count], hash, func(k key, h uint32) int { return cmp.Compare(k.hash, h) })
	return ok
}
