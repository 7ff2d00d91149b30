package claim

import (
	"entente/internal/centre"
)

// kind is what kind of attribution a cue makes.
type kind uint8

const (
	byVerb kind = iota
	byConstruction
	byNoun
	byHeadline  // "Speaker: words", "words – Speaker"
	byPost      // an embedded post: the handle speaks
	bySignature // “words” — Speaker
	byCarrier   // "Correction: words": the publisher speaks, and raw is what it says
)

// cue is a reporting word in the text with its speaker, before it is known what
// is said.
type cue struct {
	span
	sentence int32
	lexeme   *lexeme
	form     form
	kind     kind
	// begins is the first token of the attribution: of the speaker where it
	// stands before the cue.
	begins int32
	// raw is the speaker as the sentence has it ("who"), speaker what it refers to
	// in the sentence; both empty where the cue before has the speaker (shares).
	raw, speaker span
	shares       int32 // the cue of the same sentence whose speaker this one has, or -1
	inverted     bool  // the speaker stands behind the cue
	addressee    span
	via          span  // the one who passes it on: "cited by Z"
	passes       int32 // 1 and the cue whose content this one's speaker said: "X reported, citing Y"; 0 for none
	waits        bool  // "X, citing Y,": the verb may follow
	negated      bool  // "did not say"
	unreal       bool  // "will say", "might say"
	score        float64
	settlement   // by a tongue with a reading of its own
}

// maxCues bounds the cues of one text.
const maxCues = 4000

// find finds the cues of the text, in order, with their speakers.
func (r *reader) find() {
	for si := range r.sentences {
		s := &r.sentences[si]
		if s.tongue == nil || len(r.cues) >= maxCues {
			continue
		}
		from := int32(len(r.cues))
		if s.part == centre.PartByline || s.part == centre.PartDateline {
			continue
		}
		if s.tongue.read != nil {
			s.tongue.read(r, s, int32(si))
			r.headline(s, int32(si), from)
			continue
		}
		for i := s.first; i < s.until; i++ {
			t := &r.tokens[i]
			if t.entry == nil || t.entry.cue == nil || s.tongue.cue != nil && !s.tongue.cue(r, s, i) {
				continue
			}
			c := cue{span: span{i, t.until + 1}, sentence: int32(si), lexeme: t.entry.cue, form: t.entry.form, shares: -1, begins: i, score: 1}
			switch {
			case c.lexeme.frame&behind != 0:
				c.kind = byConstruction
			case c.lexeme.frame&noun != 0:
				c.kind = byNoun
			}
			r.speak(s, &c, from)
			i = c.until - 1
			if c.lexeme.frame&quoting != 0 && !r.besideQuote(s, &c) || c.lexeme.frame&passing != 0 && c.speaker.empty() {
				continue
			}
			r.cues = append(r.cues, c)
			if len(r.cues) >= maxCues {
				break
			}
		}
		r.headline(s, int32(si), from)
	}
}

// besideQuote tells that a quotation stands right before an attribution or
// right behind it.
func (r *reader) besideQuote(s *sentence, c *cue) bool {
	level := r.tokens[c.first].quote
	begin := c.begins
	if c.inverted {
		begin = c.first
	}
	return r.quoteEndingAt(s, begin, level) >= 0 || r.quoteFrom(s, r.tail(c), level, 3) >= 0
}

// is tells whether a token has one of some classes.
func (r *reader) is(i int32, c class) bool { return r.tokens[i].class&c != 0 }

// bounded tells that a mark stands before token i that a noun phrase does not
// cross.
func (r *reader) bounded(i int32) bool { return r.tokens[i].gap&apart != 0 }

// cuesOf gives the cues of a sentence.
func (r *reader) cuesOf(sentence int32) []cue {
	lo, hi := 0, len(r.cues)
	for lo < hi {
		mid := (lo + hi) / 2
		if r.cues[mid].sentence < sentence {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	end := lo
	for end < len(r.cues) && r.cues[end].sentence == sentence {
		end++
	}
	return r.cues[lo:end]
}

// divided gives the token behind the semicolon that stands, on a level of quotation,
// between token from and an attribution with a speaker of its own; 0 for none.
func (r *reader) divided(n *cue, from, level int32) int32 {
	if n.shares >= 0 || n.speaker.empty() || n.kind == byNoun || n.lexeme.frame&(attitude|unnamed) != 0 {
		return 0
	}
	for m := n.begins; m > from; m-- {
		if q := r.tokens[m].quote; r.tokens[m].gap&semicolon != 0 && (q == level || q >= 0 && r.quotes[q].first == m) {
			return m
		}
	}
	return 0
}

// otherCounts gives where a clause in which somebody else counts otherwise ends a content:
// ", while the SDF put the number at eleven"; end where there is none.
func (r *reader) otherCounts(from, end, level int32) int32 {
	const near = 6 // tokens of the number
	s := &r.sentences[r.tokens[from].sentence]
	for k := from + 1; k+2 < end; k++ {
		if r.tokens[k].gap&(comma|semicolon) == 0 || r.tokens[k].quote != level || !r.is(k, conjunction) {
			continue
		}
		p := r.phraseFrom(s, k+1)
		if p.empty() || p.until >= end || !r.canSpeak(p) && !r.namesSomebody(p) || !counts[string(r.fold(p.until))] {
			continue
		}
		for n := p.until + 1; n < end && n <= p.until+near && !r.bounded(n); n++ {
			if string(r.fold(n)) == "at" {
				return k
			}
		}
	}
	return end
}

// counts are the verbs with which somebody gives a number: "puts the toll at ten".
var counts = map[string]bool{"put": true, "puts": true, "set": true, "placed": true}
