package claim

import (
	"cmp"
	"slices"

	"entente/internal/centre"
	"entente/internal/linear"
)

// wide finds attributions in the widest sense with a model whose features are
// the words, their neighbours, their classes and what the rules found there.
type wide struct {
	*reader
	m      *linear.Sequence
	d      linear.Decoder
	facts  []fact
	record func(s *sentence, rows [][]uint32) // training looks on
	pieces bool                               // the text is pieces of one: Sample.Pieces
	spans  []linear.Span
	taken  []bool // the tokens of a stretch that are in a span
	found  []Attribution
}

// fact is what features need of a token.
type fact struct {
	fold, lemma uint32
	suffix      [3]uint32 // of two to four letters
	class       uint32
	shape       uint32
	rules       uint32 // what the rules say of it, in bits
	mention     uint32
	thought     uint32
}

// Bits of fact.rules.
const (
	ruleCue = 1 << iota
	ruleCueInside
	ruleSource
	ruleContent
	ruleAddressee
	ruleNegated
)

var edge = fact{fold: 1}

func hashBytes(b []byte) uint32 {
	h := uint32(2166136261)
	for _, c := range b {
		h = (h ^ uint32(c)) * 16777619
	}
	return h
}

// prepare makes the facts of the tokens.
func (w *wide) prepare() {
	w.rule()
	for i := range w.tokens {
		w.tell(int32(i))
	}
}

// tell makes the facts of a token, all but what the rules say of it.
func (w *wide) tell(i int32) {
	t := &w.tokens[i]
	fold := w.fold(i)
	f := fact{rules: w.facts[i].rules, thought: uint32(t.thought), fold: hashBytes(fold), class: uint32(t.class ^ t.class>>32*0x9e3779b1)}
	for n := range f.suffix {
		if len(fold) > n+2 {
			f.suffix[n] = hashBytes(fold[len(fold)-n-2:])
		}
	}
	word := &w.words.List[i]
	f.shape = bit(word.Upper) | bit(word.AllUpper)<<1 | bit(word.Digits)<<2 | bit(word.Cut > 0)<<3 | uint32(min(word.Runes, 7))<<4
	if t.entry != nil && t.entry.cue != nil {
		f.lemma = hashBytes([]byte(t.entry.cue.lemma)) | 1
	}
	if t.mention >= 0 {
		f.mention = 1 + uint32(len(w.draft.Mentions[t.mention].Kind))
		f.mention |= bit(w.draft.Mentions[t.mention].Role != "") << 5
	}
	if t.place >= 0 {
		f.mention |= 1 << 6
	}
	if t.when >= 0 {
		f.mention |= 1 << 7
	}
	w.facts[i] = f
}

// near makes the facts of a token and of those beside it that its features need,
// where they are not made yet.
func (w *wide) near(i int32) {
	const reach = 2
	for k := max(0, i-reach); k <= i+reach && int(k) < len(w.tokens); k++ {
		if w.facts[k].fold == 0 {
			w.tell(k)
		}
	}
}

// rule makes the facts of all tokens with what the rules say of each alone.
func (w *wide) rule() {
	if cap(w.facts) < len(w.tokens) {
		w.facts = make([]fact, len(w.tokens))
	}
	w.facts = w.facts[:len(w.tokens)]
	clear(w.facts)
	mark := func(p span, bit uint32) {
		for i := p.first; i < p.until; i++ {
			w.facts[i].rules |= bit
		}
	}
	for k := range w.acts {
		a := &w.acts[k]
		c := &w.cues[a.cue]
		if !c.span.empty() {
			w.facts[c.first].rules |= ruleCue
			mark(span{c.first + 1, c.until}, ruleCueInside)
			if c.negated {
				w.facts[c.first].rules |= ruleNegated
			}
		}
		mark(c.raw, ruleSource)
		mark(c.addressee, ruleAddressee)
		for _, p := range a.content {
			mark(p, ruleContent)
		}
	}
}

func bit(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

// stretchTokens is how many tokens are labelled together.
const stretchTokens = 250

// sentence labels the tokens of a sentence.
func (w *wide) sentence(s *sentence) {
	const most = stretchTokens
	for first := s.first; first < s.until; first += most {
		until := min(first+most, s.until)
		n := int(until - first)
		if w.record != nil {
			rows := make([][]uint32, n)
			for i := range n {
				rows[i] = w.rows(s, first, until, first+int32(i), nil)
			}
			w.record(&sentence{first: first, until: until}, rows)
			continue
		}
		w.d.Read(w.m, n, func(i int, rows []uint32) []uint32 { return w.rows(s, first, until, first+int32(i), rows) })
		w.collect(first, n)
	}
}

// rows gives the rows of the features of token i in [first, until).
func (w *wide) rows(s *sentence, first, until, i int32, rows []uint32) []uint32 {
	at := func(k int32) *fact {
		if k < first || k >= until {
			return &edge
		}
		return &w.facts[k]
	}
	gapAt := func(k int32) uint32 {
		if k <= first || k >= until {
			return uint32(stop)
		}
		return uint32(w.tokens[k].gap &^ own)
	}
	add := func(number, value uint32) { rows = append(rows, w.m.Row(number, value)) }
	pair := func(number, a, b uint32) { rows = append(rows, w.m.Row(number, a*31^(b*0x27d4eb2f+7))) }
	f, p, n, pp, nn := at(i), at(i-1), at(i+1), at(i-2), at(i+2)
	quoted := bit(w.tokens[i].quote >= 0)
	before, after := gapAt(i), gapAt(i+1)
	add(0, 0)
	add(1, f.fold)
	add(2, p.fold)
	add(3, n.fold)
	add(4, pp.fold)
	add(5, nn.fold)
	pair(6, p.fold, f.fold)
	pair(7, f.fold, n.fold)
	for k := range f.suffix {
		add(8, f.suffix[k]*4+uint32(k))
	}
	add(9, f.class)
	add(10, p.class)
	add(11, n.class)
	pair(12, p.class, f.class)
	pair(13, f.class, n.class)
	pair(14, p.class*31+f.class, n.class)
	add(15, f.shape)
	pair(16, p.shape, f.shape)
	pair(17, f.shape, n.shape)
	pair(18, before, f.shape)
	pair(19, after, f.shape)
	pair(20, before, f.fold)
	pair(21, after, f.fold)
	pair(22, quoted, f.fold)
	pair(23, quoted, before<<16|after)
	add(24, f.rules)
	pair(25, p.rules, f.rules)
	pair(26, f.rules, n.rules)
	pair(27, f.rules, f.lemma)
	pair(28, f.rules, f.fold)
	pair(29, p.rules*64+pp.rules, f.rules)
	pair(30, n.rules*64+nn.rules, f.rules)
	pair(31, f.lemma, n.class)
	pair(32, f.lemma, p.class)
	pair(33, f.lemma, after<<1|quoted)
	pair(34, f.lemma, before<<1|quoted)
	add(35, f.mention)
	pair(36, p.mention, f.mention)
	pair(37, f.mention, n.mention)
	pair(38, f.mention, n.lemma)
	pair(39, p.mention, f.lemma)
	pair(40, p.lemma, f.fold)
	pair(41, n.lemma, f.fold)
	pair(42, n.lemma, f.class)
	pair(43, p.lemma, f.class)
	pair(44, p.suffix[1], f.suffix[1])
	pair(45, f.suffix[1], n.suffix[1])
	pair(46, pp.fold, p.fold)
	pair(47, n.fold, nn.fold)
	pair(48, p.fold, n.fold)
	pair(49, uint32(min(i-first, 3)), before)
	pair(50, f.suffix[0], p.class)
	pair(51, f.suffix[0], n.class)
	pair(52, nn.lemma, f.class)
	pair(53, pp.lemma, f.class)
	add(54, f.thought)
	pair(55, p.thought, f.thought)
	pair(56, f.thought, n.thought)
	pair(57, f.thought, n.class)
	pair(58, f.thought, p.class)
	pair(59, f.thought, n.fold)
	pair(60, f.thought, p.fold)
	pair(61, f.thought, p.mention<<8|p.rules)
	pair(62, f.thought, before<<1|quoted)
	pair(63, f.thought, after)
	pair(64, f.thought, f.shape)
	pair(65, n.thought, f.class)
	pair(66, n.thought, f.mention)
	pair(67, nn.thought, f.class)
	pair(68, nn.thought, f.mention)
	pair(69, p.thought, f.class)
	pair(70, p.thought, f.fold)
	pair(71, n.thought, f.fold)
	pair(72, f.thought&15, p.class*31+pp.class)
	pair(73, f.thought&15, n.class*31+nn.class)
	if w.pieces {
		// Of a text in pieces what stands outside of attributions is missing, so that
		// cues are more frequent. These features take that up, so that the others do
		// not; other texts do not have them.
		add(100, 0)
		pair(101, before, f.class)
		pair(102, after, f.class)
		add(103, f.shape)
		add(104, f.rules)
		pair(105, uint32(min(i-first, 3)), uint32(min(until-i, 3)))
		pair(106, before, after)
		pair(107, p.class, f.class)
		pair(108, f.class, n.class)
		add(109, f.thought)
		add(110, f.lemma)
		add(111, f.mention)
		pair(112, p.rules, f.rules)
		pair(113, f.rules, n.rules)
		add(114, p.fold)
		add(115, n.fold)
	}
	return rows
}

// How likely a span must be. What is measured of cues is F of exact bounds, which is
// greatest where all are taken that are right in more than F/2 of cases. Of sources
// it counts that they are found, in whatever bounds.
const (
	likelyCue    = 0.3
	likelySource = 0.3
)

// collect makes attributions of the stretch of n tokens just read, which begins at
// token first.
func (w *wide) collect(first int32, n int) {
	w.taken = append(w.taken[:0], make([]bool, n)...)
	cues := w.likely(first, cueBegin, likelyCue, func(s *linear.Span) float64 { return s.Whole })
	sources := w.likely(first, sourceBegin, likelySource, func(s *linear.Span) float64 { return s.Begins })
	for _, c := range cues {
		w.found = append(w.found, Attribution{Source: w.wordsOf(w.sourceOf(c, sources)), Cue: w.cueWords(c)})
	}
}

// likely gives the spans of a label, in order, that are likely enough by a measure.
// Of those over one another, or over what was taken before, the likeliest counts.
func (w *wide) likely(first int32, label int, least float64, by func(*linear.Span) float64) (all []span) {
	w.spans = w.d.Spans(label, label+1, least, w.spans[:0])
	slices.SortStableFunc(w.spans, func(a, b linear.Span) int { return cmp.Compare(by(&b), by(&a)) })
	for k := range w.spans {
		s := &w.spans[k]
		if by(s) < least || slices.Contains(w.taken[s.First:s.Until], true) {
			continue
		}
		for i := s.First; i < s.Until; i++ {
			w.taken[i] = true
		}
		all = append(all, span{first + int32(s.First), first + int32(s.Until)})
	}
	slices.SortFunc(all, func(a, b span) int { return cmp.Compare(a.first, b.first) })
	return all
}

// cueWords gives the words of a cue with the contraction before it ("'ve said")
// and the colon right behind it, which belong to it.
func (w *wide) cueWords(c span) centre.Words {
	words := w.wordsOf(c)
	first := int(w.tokens[c.first].start)
	if c.first > 0 && w.tokens[c.first].gap&apart == 0 {
		before, word := &w.tokens[c.first-1], &w.words.List[c.first-1]
		switch {
		case before.gap&own == 0 && w.tokens[c.first].gap&own != 0 && before.class&(pronoun|relative) != 0:
			words.Start, first = int(before.pointEnd), int(before.end)
		case word.Cut > 0 && contracted[string(w.words.Fold[word.Cut:word.To])]:
			words.Start, first = int(before.point)+word.CutRunes, word.CutEnd
		}
		words.Text = w.text[first:w.tokens[c.until-1].end]
	}
	if at := int(w.tokens[c.until-1].end); at < len(w.text) && w.text[at] == ':' {
		words.End++
		words.Text = w.text[first : at+1]
	}
	return words
}

// contracted are verbs that are written together with their subject.
var contracted = map[string]bool{"ve": true, "re": true, "d": true, "ll": true, "m": true}

// marks adds the attributions that have a mark for their cue: a headline's colon,
// the dash before who is quoted.
func (w *wide) marks() {
	for k := range w.cues {
		c := &w.cues[k]
		if c.kind != byHeadline && c.kind != bySignature || c.first == 0 || int(c.first) >= len(w.tokens) {
			continue
		}
		from := w.tokens[c.first-1]
		point := int(from.pointEnd)
		for _, x := range w.text[from.end:w.tokens[c.first].start] {
			if !c.inverted && x == ':' || c.inverted && (x == '-' || x >= '‒' && x <= '―') {
				w.found = append(w.found, Attribution{Source: w.wordsOf(c.speaker), Cue: centre.Words{Start: point, End: point + 1, Text: string(x)}})
				break
			}
			point++
		}
	}
}

// sourceOf gives the source of a cue among those of its stretch: the nearest
// before it, or else behind it.
func (w *wide) sourceOf(c span, sources []span) span {
	ruled := w.ruled(c)
	for _, s := range sources {
		if !ruled.empty() && s.first < ruled.until && ruled.first < s.until {
			return s
		}
	}
	best := span{}
	for _, s := range sources {
		if s.until <= c.first {
			best = s
		} else if best.empty() && s.first >= c.until {
			return s
		}
	}
	if best.empty() {
		return ruled
	}
	return best
}

// ruled gives the source that the rules have for a cue; empty where they have
// none.
func (w *wide) ruled(c span) span {
	cues := w.cuesOf(w.tokens[c.first].sentence)
	for k := range cues {
		if o := &cues[k]; o.first < c.until && c.first < o.until && !o.span.empty() {
			if o.raw.empty() && o.shares >= 0 {
				return w.cues[o.shares].raw
			}
			return o.raw
		}
	}
	return span{}
}
