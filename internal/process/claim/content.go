package claim

import (
	"slices"

	"entente/internal/centre"
)

// act is a statement in the making.
type act struct {
	cue      int32 // index
	speaker  span  // as the cue has it, or that of the cue it shares
	content  []span
	answers  int32 // index of the act that it answers, or -1
	outer    int32 // index of the act whose content this one is in, or -1
	anaphora bool  // the content is said by "this": what it answers says it
	quoted   bool
	when     int32 // mention of the time of utterance, or -1
	place    int32
	implied  bool // nothing in its own sentence attributes it
	dropped  bool
	part     bool // goes on with what the act before it says: the second thing of one clause
	score    float64
	why      []string
	agent    agent
	stance   centre.Stance
	modality centre.Modality
	negated  bool
	relays   bool  // dropped since all that it says is another act
	refersTo int32 // the act that names its speaker, or -1
	follower int32 // the next act, where the same turn goes on there; 0 for none
	root     agent // of the anonymous or pronominal speaker: what it refers to
}

// say finds what is said with each cue and makes the acts of the text.
func (r *reader) say() {
	for k := range r.cues {
		c := &r.cues[k]
		s := &r.sentences[c.sentence]
		a := act{cue: int32(k), answers: -1, outer: -1, when: -1, place: -1, refersTo: -1, score: c.score}
		a.speaker = c.speaker
		if c.shares >= 0 {
			a.speaker = r.cues[c.shares].speaker
		}
		if c.settled {
			r.settled(s, c, &a)
		} else if c.kind == byVerb || c.kind == byConstruction || c.kind == byNoun {
			r.contentOf(s, c, &a)
			r.circumstances(s, c, &a)
		} else {
			a.content = append(a.content, r.headlineContent(c))
			a.quoted = c.kind == byPost || c.kind == bySignature
			for i := c.speaker.until; c.kind == byPost && i < s.until; i++ {
				if r.tokens[i].when >= 0 {
					a.when = r.tokens[i].when
				}
			}
		}
		r.acts = append(r.acts, a)
	}
	for k := range r.acts {
		if n := r.joined(k); n >= 0 { // "X said, and Y confirmed, that ..."
			r.acts[k].content = append(r.acts[k].content[:0], r.acts[n].content...)
			r.acts[k].quoted = r.acts[n].quoted
		}
		if n := r.cues[r.acts[k].cue].passes - 1; n > int32(k) { // cited before the verb that passes it on
			r.acts[k].content = append(r.acts[k].content[:0], r.acts[n].content...)
			r.acts[k].quoted = r.acts[n].quoted
		}
	}
}

// tail gives the token behind a cue and what belongs to it: a speaker behind it,
// the addressee.
func (r *reader) tail(c *cue) int32 {
	at := c.until
	if c.inverted {
		at = max(at, c.speaker.until)
	}
	return max(at, c.addressee.until, c.via.until)
}

// contentOf finds what is said: a quotation beside the cue, the clause behind
// it, or what stands before it.
func (r *reader) contentOf(s *sentence, c *cue, a *act) {
	level := r.tokens[c.first].quote
	tail := r.tail(c)
	begin := c.begins
	if c.inverted {
		begin = c.first
	}
	// A quotation before: “...,” X said.
	if q := r.quoteEndingAt(s, begin, level); q >= 0 && c.kind != byNoun && c.shares < 0 {
		a.content = append(a.content, r.wholeQuote(q))
		a.quoted = true
		// It may go on behind: “...,” X said. “...”
		if more := r.quoteFrom(s, tail, level, 8); more >= 0 {
			a.content = append(a.content, r.wholeQuote(more))
		} else if r.endsWith(s, tail) {
			r.followingQuotes(s, c, a)
		} else if r.is(tail, complement) && !r.bounded(tail) {
			a.content = append(a.content, r.clauseFrom(s, c, tail+1))
		}
		return
	}
	if c.lexeme.stance == centre.StanceDecline {
		if q := r.askedAbout(s, begin); !q.empty() {
			a.content = append(a.content, q)
			return
		}
	}
	if c.passes > 0 {
		if int(c.passes) <= len(r.acts) {
			a.content = append(a.content, r.acts[c.passes-1].content...)
		}
		return
	}
	if c.kind == byConstruction {
		r.ofConstruction(s, c, a, tail)
		return
	}
	if s.tongue.verbLast {
		// Behind "که", or before the cue.
		if tail < s.until && (r.is(tail, complement) || r.tokens[tail].gap&(colon|quoteOpen) != 0) {
			a.content = append(a.content, r.clauseFrom(s, c, r.skipComplement(s, tail)))
			a.quoted = r.hasQuote(a.content[len(a.content)-1], level)
			return
		}
	}
	// A quotation right behind: X said: “...”
	if q := r.quoteFrom(s, tail, level, 14); q >= 0 && r.lightly(s, tail, r.quotes[q].first) {
		a.content = append(a.content, r.wholeQuote(q))
		a.quoted = true
		r.followingQuotes(s, c, a)
		return
	}
	// All before: X happened, Y said.
	if c.kind == byVerb && c.shares < 0 && c.lexeme.frame&clause != 0 && c.lexeme.stance != centre.StanceDecline && r.postposed(s, c, tail) {
		if from := r.clauseStart(s, begin); from < begin {
			a.content = append(a.content, r.trimmed(span{from, begin}))
			a.quoted = r.hasQuote(a.content[0], level)
			if tail < s.until && r.tokens[tail].gap&comma != 0 {
				if next := r.nextCueBegin(c, tail); next > tail+1 && !r.is(tail, conjunction) {
					// X happened, Y said, and went on.
					a.content = append(a.content, r.trimmed(span{tail, next}))
				}
			}
			return
		}
	}
	if p := r.spokenOf(s, c); !p.empty() {
		if n := r.reportHead(p); n >= 0 && n+2 < p.until && r.is(n+1, complement) && !r.bounded(n+1) {
			p.first = n + 2 // "the claim that X was denied by Y"
		} else {
			a.anaphora = n == p.until-1 && r.pointsBack(p)
		}
		a.content = append(a.content, p)
		a.quoted = r.hasQuote(p, level)
		return
	}
	if tail >= s.until {
		return
	}
	from := r.overCited(c, tail)
	if c.lexeme.stance != centre.StanceDecline || !r.is(from, preposition) || r.tokens[from].gap&apart != 0 || r.is(from, noted) {
		from = r.skipCircumstances(s, from) // "declined to comment on X, but confirmed that Y"
	}
	from = r.skipComplement(s, from)
	if c.lexeme.stance == centre.StanceDecline {
		for from < s.until && r.tokens[from].mention < 0 && (r.is(from, preposition) || r.is(from, complement) && !r.is(from, anaphor)) {
			from++
		}
	}
	if from >= s.until {
		return
	}
	if r.is(from, anaphor) && c.lexeme.frame&object != 0 && r.anaphoric(s, from) {
		a.anaphora = true
		return
	}
	if r.is(tail, infinitive) && c.lexeme.frame&commissive == 0 && c.addressee.empty() {
		return
	}
	content := r.clauseFrom(s, c, from)
	if content.empty() {
		return
	}
	clausal := from > tail && r.is(from-1, complement) || r.hasVerb(content) ||
		c.lexeme.frame&object == 0 && content.until-content.first >= 3 && !r.is(from, preposition|adverb|toward)
	if !clausal && c.lexeme.frame&object == 0 && !r.hasQuote(content, level) {
		return
	}
	if n := r.reportHead(content); n >= 0 {
		if n+1 < content.until && r.is(n+1, complement) && !r.bounded(n+1) && n+2 < content.until {
			// "denied reports that ...": what the report says is denied.
			content.first = n + 2
		} else if from := r.claimed(s, c, n); from >= 0 && from < content.until {
			content.first = from
		} else if c.lexeme.frame&wording != 0 && n+2 < content.until && r.is(n+1, preposition) && !r.bounded(n+1) && r.tokens[n+1].when < 0 && r.tokens[n+2].when < 0 {
			content = r.objectOf(content) // "withdrew its story about a mutiny"
		} else if !clausal || n+1 >= content.until || r.bounded(n+1) || r.is(n+1, conjunction) || string(r.fold(n+1)) == "as" {
			content.until = n + 1
			a.anaphora = r.pointsBack(span{content.first, n + 1})
		}
	} else if !clausal {
		content = r.objectOf(content)
	}
	if c.lexeme.frame&wording != 0 && r.reportHead(span{from, min(s.until, from+8)}) < 0 {
		return // troops are withdrawn, too
	}
	if issuing[c.lexeme.lemma] && !clausal && !r.hasQuote(content, level) && r.reportHead(content) >= 0 {
		return // "published a report on X" does not tell what it says
	}
	a.content = append(a.content, content)
	a.quoted = r.hasQuote(content, level)
	if r.endsWith(s, content.until) && a.quoted {
		r.followingQuotes(s, c, a)
	}
}

// spokenOf gives what stands before the verb as its object: in the passive ("the
// report was denied by X") and before a relative clause ("the report, which X
// denied, said").
func (r *reader) spokenOf(s *sentence, c *cue) span {
	if c.kind != byVerb || c.lexeme.frame&object == 0 || c.lexeme.frame&(judging|passing) != 0 || c.shares >= 0 {
		return span{}
	}
	switch {
	case c.form == passive && c.inverted && r.auxiliaryBefore(s, c.first):
		i := c.first - 1
		for i > s.first && !r.bounded(i) && r.is(i-1, auxiliary|adverb) && r.tokens[i-1].mention < 0 {
			i--
		}
		return r.trimmed(span{r.clauseStart(s, i), i})
	case !c.inverted && c.speaker.first == c.begins && c.begins > s.first+1 && r.is(c.begins-1, relative) && r.tokens[c.begins-1].mention < 0 && !r.bounded(c.begins) && c.lexeme.stance != centre.StanceAssert:
		return r.phraseBefore(s, c.begins-1)
	}
	return span{}
}

// claimed gives what a report says that is denied or taken back, where a
// participle tells it ("withdrew a story claiming that X"), or -1. The participle
// is then no attribution of its own.
func (r *reader) claimed(s *sentence, c *cue, report int32) int32 {
	if c.lexeme.stance == centre.StanceAssert {
		return -1
	}
	cues := r.cuesOf(c.sentence)
	for k := range cues {
		n := &cues[k]
		if n.first != report+1 || n.form != participle || r.bounded(n.first) || n.until+1 >= s.until || !r.is(n.until, complement) {
			continue
		}
		n.unreal = true
		return n.until + 1
	}
	return -1
}

// overCited passes over ", citing Y," between a cue and what it says.
func (r *reader) overCited(c *cue, tail int32) int32 {
	cues := r.cuesOf(c.sentence)
	for k := range cues {
		n := &cues[k]
		if end := r.tail(n); n.passes > 0 && n.first == tail && r.cues[n.passes-1].first == c.first && int(end) < len(r.tokens) && r.is(end, complement) {
			return end
		}
	}
	return tail
}

// reportHead gives the token of a noun for something said ("its report", "the
// allegation") at the beginning of an object, or -1.
func (r *reader) reportHead(p span) int32 {
	for i := p.first; i < p.until && i < p.first+5; i++ {
		t := &r.tokens[i]
		if t.mention >= 0 || t.class&(verb|pronoun|complement) != 0 && t.class&(determiner|anaphor) == 0 || i > p.first && t.gap&apart != 0 {
			return -1
		}
		if t.class&document != 0 || t.class&account != 0 || t.entry != nil && t.entry.cue != nil && t.entry.cue.frame&noun != 0 {
			return i
		}
	}
	return -1
}

// pointsBack tells that a noun phrase for something said means what the text has
// said before: "the allegation", "that account", "such reports".
func (r *reader) pointsBack(p span) bool {
	return r.is(p.first, determiner|anaphor) && !r.is(p.first, indefinite)
}

// askedAbout gives what a refusal was asked about: "Asked about X, Y had no
// comment".
func (r *reader) askedAbout(s *sentence, end int32) span {
	if end <= s.first+2 || r.tokens[end].gap&comma == 0 || !r.is(s.first, asked) {
		return span{}
	}
	from := s.first + 1
	for from < end && r.is(from, preposition|complement) {
		from++
	}
	return span{from, end}
}

// anaphoric tells that the anaphor at token i is the whole object: "denied
// this".
func (r *reader) anaphoric(s *sentence, i int32) bool {
	if i+1 >= s.until || r.bounded(i+1) || r.is(i+1, conjunction|adverb|subordinate) && !r.is(i+1, complement) || r.tokens[i+1].when >= 0 {
		return true
	}
	return r.is(i+1, preposition) && i+2 < s.until && (r.tokens[i+2].when >= 0 || r.tokens[i+2].place >= 0 || r.is(i+2, noted))
}

// postposed tells that a cue ends its clause: nothing that could be said follows
// it.
func (r *reader) postposed(s *sentence, c *cue, tail int32) bool {
	begin := c.begins
	if c.inverted {
		begin = c.first
	}
	if begin == s.first || r.tokens[begin].gap&(comma|quoteClose|dash) == 0 {
		return false
	}
	i := tail
	for ; i < s.until; i++ {
		t := &r.tokens[i]
		if t.gap&(comma|stop|dash|quoteClose|semicolon) != 0 {
			return true
		}
		if t.class&(complement|verb|anaphor) != 0 && t.class&preposition == 0 {
			return false
		}
		if i == tail && t.when < 0 && t.class&(preposition|adverb|noted|toward) == 0 {
			return false
		}
	}
	return true
}

// clauseStart gives where the clause begins that ends before token end: behind
// the attribution before it, or at the sentence's beginning.
func (r *reader) clauseStart(s *sentence, end int32) int32 {
	from := s.first
	level := r.tokens[end].quote
	if level >= 0 {
		from = max(from, r.quotes[level].first)
	}
	for k := end - 1; k > from; k-- {
		if r.tokens[k].gap&semicolon == 0 || r.tokens[k].quote != level {
			continue
		}
		if slices.ContainsFunc(r.cuesOf(r.tokens[k].sentence), func(c cue) bool { return from <= c.first && c.first < k }) {
			from = k // "X said Y; Z happened, W said"
		}
		break
	}
	for from < end && r.tokens[from].mention < 0 && r.is(from, conjunction|adverb) && !r.is(from, determiner|negation) {
		from++
	}
	return from
}

// nextCueBegin gives where the attribution behind token i begins, or the end of
// the sentence.
func (r *reader) nextCueBegin(c *cue, i int32) int32 {
	s := &r.sentences[c.sentence]
	for k := range r.cues {
		if n := &r.cues[k]; n.sentence == c.sentence && n.begins >= i {
			return n.begins
		}
	}
	return s.until
}

func (r *reader) hasVerb(p span) bool {
	for i := p.first; i < p.until; i++ {
		if r.is(i, verb) || i > p.first && r.tokens[i].entry != nil && r.tokens[i].entry.cue != nil && r.tokens[i].entry.cue.frame&noun == 0 {
			return true
		}
	}
	return false
}

// trimmed leaves out conjunctions and adverbs in front of a content.
func (r *reader) trimmed(p span) span {
	for p.first < p.until && r.is(p.first, conjunction) && r.tokens[p.first].mention < 0 {
		p.first++
	}
	return p
}

// clauseFrom gives the clause that begins at token from and belongs to a cue. It
// ends with the sentence, with the quotation that it begins in, or where another
// attribution begins that does not belong to it.
func (r *reader) clauseFrom(s *sentence, c *cue, from int32) span {
	if from >= s.until {
		return span{}
	}
	level := r.tokens[c.first].quote
	end := s.until
	if level >= 0 {
		end = min(end, r.quotes[level].until)
	}
	if c.raw.until-c.raw.first == 1 && r.is(c.raw.first, relative) && c.raw.first > s.first && r.tokens[c.raw.first].gap&comma != 0 && level < 0 {
		for k := from + 1; k < end; k++ {
			e := r.tokens[k].entry
			if r.tokens[k].gap&comma != 0 && (r.is(k, auxiliary|verb) && !r.is(k, adverb) || e != nil && e.cue != nil && e.form == finite) {
				end = k // ", which said X, has not replied"
			}
		}
	}
	end = r.otherCounts(from, end, level)
	cues := r.cuesOf(c.sentence)
	for k := range cues {
		n := &cues[k]
		if n.begins <= from || n.begins >= end || n.first == c.first || r.tokens[n.first].quote != level {
			continue
		}
		b := n.begins
		if m := r.divided(n, from, level); m > 0 {
			end = min(end, m)
			break
		}
		g := r.tokens[b].gap
		if b-1 > from && r.is(b-1, aside) && n.until < end && r.tokens[n.until].gap&comma != 0 {
			continue // ", as it had stated,"
		}
		switch {
		case n.kind == byConstruction && g&comma != 0 && !r.is(b-1, complement):
			if r.endsWith(s, r.tail(n)) {
				end = b
			}
		case n.form == participle && g&comma != 0,
			n.shares >= 0 && r.is(b-1, conjunction),
			n.shares >= 0 && r.is(b, conjunction),
			n.shares >= 0 && g&comma != 0,
			g&comma != 0 && r.postposed(s, n, r.tail(n)),
			g&(comma|semicolon) != 0 && r.is(b, conjunction),
			b-1 > from && r.is(b-1, conjunction) && r.tokens[b-1].gap&(comma|semicolon|dash) != 0,
			b-1 > from && r.is(b-1, subordinate) && !r.is(b-1, aside) && r.tokens[b-1].gap&comma != 0 && !r.is(b-1, complement|relative),
			b-1 > from && r.is(b-1, adversative):
			end = b
			if r.is(b-1, conjunction|subordinate) && b-1 > from {
				end = b - 1
			}
		}
		if end == b || end == b-1 {
			break
		}
	}
	return span{from, max(from, end)}
}

// ofConstruction finds the content of "according to X": what follows it where it
// opens the sentence, what stands before it otherwise.
func (r *reader) ofConstruction(s *sentence, c *cue, a *act, tail int32) {
	if c.lexeme.stance == centre.StanceDecline {
		return // "There was no immediate comment from X"
	}
	level := r.tokens[c.first].quote
	lead := true
	for i := s.first; i < c.first; i++ {
		lead = lead && r.is(i, conjunction|adverb|complement)
	}
	if lead || r.is(c.first-1, complement|conjunction) {
		from := r.overSeen(s, c, max(tail, c.via.until))
		if from < s.until {
			a.content = append(a.content, r.clauseFrom(s, c, from))
			a.quoted = r.hasQuote(a.content[0], level)
		}
		return
	}
	if from := r.clauseStart(s, c.first); from < c.first {
		a.content = append(a.content, r.trimmed(span{from, c.first}))
		a.quoted = r.hasQuote(a.content[0], level)
	}
}

// issuing are the verbs by which a document comes out, whatever it says.
var issuing = map[string]bool{"publish": true, "post": true, "present": true, "write": true, "relay": true, "tweet": true}

// overSeen passes over who has seen the document that a construction speaks of
// ("According to a document seen by X, ..."), who thereby passes it on.
func (r *reader) overSeen(s *sentence, c *cue, from int32) int32 {
	if from+2 >= s.until || r.bounded(from) || !r.is(from+1, agentive) || c.speaker.empty() || !seen[string(r.fold(from))] {
		return from
	}
	p := r.phraseFrom(s, from+2)
	if p.empty() || p.until >= s.until || r.tokens[p.until].gap&comma == 0 {
		return from
	}
	c.via = p
	return p.until
}

// seen are the participles behind a document with whoever has it.
var seen = map[string]bool{"carried": true, "published": true, "run": true, "broadcast": true, "distributed": true, "posted": true, "aired": true, "printed": true,
	"seen": true, "obtained": true, "reviewed": true, "released": true, "quoted": true}
