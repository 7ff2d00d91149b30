package claim

import (
	"strings"

	"entente/internal/centre"
)

// reach bounds how far, in tokens, a speaker is looked for.
const reach = 40

// speak finds the speaker of a cue, and what stands with it: negation, addressee.
// from is the first cue of the sentence.
func (r *reader) speak(s *sentence, c *cue, from int32) {
	switch {
	case c.kind == byConstruction:
		c.inverted = true
		c.raw = r.phraseFrom(s, c.until)
		c.speaker = c.raw
		if n := int32(len(r.cues)) - 1; n >= from && r.cues[n].kind == byVerb && r.adjoins(&r.cues[n], c.first) && !c.raw.empty() && r.cues[n].via.empty() {
			// "..., he said, according to X": X passes it on, and says nothing besides.
			r.cues[n].via, c.raw, c.speaker = c.raw, span{}, span{}
		}
	case c.kind == byNoun:
		r.ofNoun(s, c)
	case c.lexeme.frame&passing != 0:
		r.pass(s, c, from)
	case c.form == participle && !r.auxiliaryBefore(s, c.first):
		if n := int32(len(r.cues)); n > from {
			for k := n - 1; k >= from; k-- {
				if r.cues[k].kind == byVerb && (!r.cues[k].speaker.empty() || r.cues[k].shares >= 0) && r.sameQuote(r.cues[k].first, c.first) {
					c.shares = k
					if r.cues[k].shares >= 0 {
						c.shares = r.cues[k].shares
					}
					break
				}
			}
		}
		if c.shares < 0 {
			c.raw = r.participant(s, c)
			c.speaker = c.raw
		}
	default:
		r.ofVerb(s, c, from)
	}
	if !c.raw.empty() && c.raw.first < c.begins {
		c.begins = c.raw.first
	}
	if c.kind == byVerb && !c.inverted && !c.speaker.empty() && c.until < s.until && r.is(c.until, agentive) && !r.bounded(c.until) {
		// "was quoted as saying by Z"
		if p := r.phraseFrom(s, c.until+1); !p.empty() && r.anchored(p) {
			c.via = p
		}
	}
	if n := int32(len(r.cues)) - 1; n >= from && c.kind == byVerb && r.cues[n].waits && !c.speaker.empty() && c.speaker.until <= r.cues[n].first && r.sameQuote(r.cues[n].first, c.first) {
		r.cues[n].passes, r.cues[n].waits = n+2, false // "X, citing Y, reported": c is the next
	}
	r.address(s, c)
}

// adjoins tells that nothing but a time stands between an attribution with its
// speaker and token i, behind a comma.
func (r *reader) adjoins(c *cue, i int32) bool {
	if c.speaker.empty() || r.tokens[i].gap&comma == 0 || !r.sameQuote(c.first, i) {
		return false
	}
	for k := r.tail(c); k < i; k++ {
		if r.tokens[k].when < 0 && !r.is(k, preposition|noted) {
			return false
		}
	}
	return r.tail(c) <= i
}

func (r *reader) sameQuote(a, b int32) bool { return r.tokens[a].quote == r.tokens[b].quote }

// auxiliaryBefore tells that an auxiliary stands before token i, adverbs between
// them or not: "was saying".
func (r *reader) auxiliaryBefore(s *sentence, i int32) bool {
	for i--; i >= s.first && r.is(i, adverb|negation) && !r.is(i, auxiliary) && !r.bounded(i+1); i-- {
	}
	return i >= s.first && r.is(i, auxiliary) && !r.bounded(i+1)
}

// ofVerb finds the speaker of a finite verb: before it, over auxiliaries, adverbs
// and appositions, or behind it.
func (r *reader) ofVerb(s *sentence, c *cue, from int32) {
	tongue := s.tongue
	if tongue.verbFirst {
		if p := r.phraseFrom(s, c.until); !p.empty() && r.anchored(p) {
			c.raw, c.speaker, c.inverted = p, p, true
			return
		}
	}
	i := c.first - 1
	passiveVoice := false
	for i >= s.first && !r.bounded(i+1) && r.is(i, auxiliary|adverb|negation) && r.tokens[i].mention < 0 {
		if r.is(i, negation) {
			c.negated = true
		}
		if r.is(i, may|future) {
			c.unreal = true
		}
		if r.is(i, being) {
			passiveVoice = true
		}
		i--
	}
	c.begins = i + 1
	if passiveVoice && c.form == passive {
		r.ofPassive(s, c)
		return
	}
	if c.form == passive && c.until < s.until && r.is(c.until, agentive) && !r.bounded(c.until) && r.anchored(r.phraseFrom(s, c.until+1)) { // not "said by phone"
		r.ofPassive(s, c)
		return
	}
	// "said X" behind a quotation, or behind a comma where nothing but the
	// speaker follows.
	adjacent := i == c.first-1
	if adjacent && c.lexeme.frame&person == 0 && (i < s.first || r.tokens[i+1].gap&(quoteClose|comma|dash) != 0) {
		p := r.phraseFrom(s, c.until)
		if i >= s.first && r.tokens[i+1].gap&(comma|dash) != 0 && r.tokens[i+1].gap&quoteClose == 0 {
			// "X, a spokesman, said Y ...": the apposition wins over what follows.
			if q := r.overApposition(s, i+1, c); !q.empty() && r.namesSomebody(q) && !r.closesAll(s, p) {
				p = span{}
			}
		}
		after := i+1 <= c.first && r.tokens[c.first].gap&(quoteClose) != 0
		if !p.empty() && r.anchored(p) && (after || r.closesBehind(s, p)) && !r.is(p.first, pronoun) || !p.empty() && after && r.is(p.first, pronoun) {
			c.raw, c.speaker, c.inverted, c.title, c.begins = p, p, true, span{}, i+1
			return
		}
	}
	if i < s.first {
		return
	}
	if r.is(i, conjunction) && !r.bounded(i+1) || r.tokens[i+1].gap&comma != 0 && r.is(i, conjunction) {
		// "and said": the speaker of the clause before.
		r.share(c, from)
		return
	}
	if r.tokens[i+1].gap&apart&^own != 0 {
		if r.tokens[i+1].gap&(comma|dash|closing) != 0 && r.tokens[i+1].gap&(quoteClose|stop|colon|semicolon) == 0 {
			c.raw = r.overApposition(s, i+1, c)
			c.speaker = c.raw
		}
		if c.raw.empty() && r.tokens[i+1].gap&comma != 0 {
			r.share(c, from)
		}
		return
	}
	p := r.phraseBefore(s, i+1)
	if p.empty() {
		return
	}
	if q := r.carried(s, p); !q.empty() {
		c.via, p = p, q
		c.begins = q.first
	}
	if !r.anchored(p) && p.first > s.first+2 && r.is(p.first-1, agentive) && !r.bounded(p.first) && !r.bounded(p.first-1) {
		// "Residents reached by telephone said"
		if q := r.phraseBefore(s, p.first-1); !q.empty() && q.until == p.first-1 && q.first < q.until-1 && strings.HasSuffix(string(r.fold(q.until-1)), "ed") && r.anchored(span{q.first, q.until - 1}) {
			p = span{q.first, q.until - 1}
			c.begins = p.first
		}
	}
	if c.form == plain && adjacent && tongue.language == "en" && !r.maybeMany(p) && !r.namedByWhatFollows(s, c, p) {
		return // "huge blast": no verb
	}
	c.raw, c.speaker = p, p
	if p.until-p.first == 1 && r.is(p.first, relative) {
		c.speaker = r.antecedent(s, p.first)
		if c.speaker.empty() {
			c.raw = span{}
		}
		return
	}
}

// maybeMany tells that an English noun phrase may be the subject of a base form: it has
// a plural, a name, a pronoun or two nouns joined.
func (r *reader) maybeMany(p span) bool {
	for i := p.first; i < p.until; i++ {
		t := &r.tokens[i]
		f := r.fold(i)
		if t.mention >= 0 || t.place >= 0 || t.class&^(preposition|possessive) != 0 || t.digits || f[len(f)-1] == 's' || len(f) > 3 && string(f[len(f)-3:]) == "men" {
			return true
		}
	}
	return false
}

// namedByWhatFollows tells that a single capital word before a base form is a body's name:
// what follows begins a clause or a noun phrase ("Petromin suggest the field ...").
func (r *reader) namedByWhatFollows(s *sentence, c *cue, p span) bool {
	i := c.until
	return p.until-p.first == 1 && r.tokens[p.first].upper && i < s.until && !r.bounded(i) && (r.tokens[i].mention >= 0 || r.tokens[i].place >= 0 || r.is(i, complement|determiner|pronoun|possessive))
}

// carried gives the document before a noun phrase that only passes it on ("a
// statement from the presidency carried by SANA"), or nothing.
func (r *reader) carried(s *sentence, p span) span {
	if p.first < s.first+2 || !r.is(p.first-1, agentive) || r.bounded(p.first) || r.bounded(p.first-1) {
		return span{}
	}
	if !seen[string(r.fold(p.first-2))] {
		return span{}
	}
	q := span{p.first - 2, p.first - 2}
	for q.first > s.first && !r.bounded(q.first) && r.tokens[q.first-1].class&(verb|auxiliary|relative|complement|conjunction) == 0 {
		q.first--
	}
	for i := q.first; i < q.until; i++ {
		if r.is(i, document) {
			return q
		}
	}
	return span{}
}

// share gives a cue the speaker of the cue before it.
func (r *reader) share(c *cue, from int32) {
	for k := int32(len(r.cues)) - 1; k >= from; k-- {
		p := &r.cues[k]
		if p.kind != byVerb || !r.sameQuote(p.first, c.first) {
			continue
		}
		if !p.speaker.empty() {
			c.shares = k
			return
		}
		if p.shares >= 0 {
			c.shares = p.shares
			return
		}
	}
}

// pass reads "citing X" and "cited by Z". In the first X is the speaker of what
// the clause before says, and its speaker passes it on; in the second Z passes on
// what the attribution before says.
func (r *reader) pass(s *sentence, c *cue, from int32) {
	if c.form == passive && c.until < s.until && r.is(c.until, agentive) {
		p := r.phraseFrom(s, c.until+1)
		if r.auxiliaryBefore(s, c.first) && !p.empty() {
			c.raw, c.speaker, c.inverted = p, p, true
			if r.quotedAs(s, c); !c.inverted {
				return
			}
			c.raw, c.speaker, c.inverted = span{}, span{}, false
		}
		if n := int32(len(r.cues)) - 1; !p.empty() && n >= from && r.anchored(p) {
			r.cues[n].via = p
		}
		return
	}
	if c.form != participle {
		if n := int32(len(r.cues)) - 1; n >= from && r.cues[n].kind == byConstruction && r.cues[n].speaker.until == c.first-1 && r.is(c.first-1, relative) {
			// "According to X, which cited Y, ..."
			if p := r.phraseFrom(s, c.until); !p.empty() && r.canSpeak(p) {
				o := &r.cues[n]
				o.via, o.speaker, o.raw = o.speaker, p, p
				return
			}
		}
		r.ofVerb(s, c, from) // "cited remarks": a statement like others
		r.quotedAs(s, c)
		return
	}
	p := r.phraseFrom(s, c.until)
	if p.empty() || !r.canSpeak(p) {
		return
	}
	c.raw, c.speaker, c.inverted = p, p, true
	for k := int32(len(r.cues)) - 1; k >= from; k-- {
		if r.cues[k].kind == byVerb && !r.cues[k].speaker.empty() && r.sameQuote(r.cues[k].first, c.first) {
			c.passes = k + 1
			return
		}
	}
	c.waits = c.first > s.first && r.tokens[c.first].gap&comma != 0
}

// quotedAs reads "X quoted Y as saying" and "Y was quoted by X as saying": Y
// speaks, and X passes it on.
func (r *reader) quotedAs(s *sentence, c *cue) {
	at := c.until
	if c.inverted { // "was quoted by X"
		at = c.speaker.until
	}
	other := span{}
	if c.inverted {
		i := c.first - 1
		for i >= s.first && !r.bounded(i+1) && r.is(i, auxiliary|adverb) && r.tokens[i].mention < 0 {
			i--
		}
		if i >= s.first && !r.bounded(i+1) {
			other = r.phraseBefore(s, i+1)
		}
	} else if other = r.phraseFrom(s, at); !other.empty() {
		at = other.until
	}
	if other.empty() || c.speaker.empty() || at+1 >= s.until || r.bounded(at) || string(r.fold(at)) != "as" {
		return
	}
	e := r.tokens[at+1].entry
	if e == nil || e.cue == nil || e.form != participle || e.cue.frame&clause == 0 || r.bounded(at+1) {
		return
	}
	c.via, c.speaker, c.raw, c.inverted = c.speaker, other, other, false
	c.span, c.lexeme, c.form = span{at, r.tokens[at+1].until + 1}, e.cue, finite
	c.begins = min(c.begins, other.first, c.via.first)
}

// canSpeak tells that a noun phrase is of somebody or something that says
// things: "citing sources", and not "citing security".
func (r *reader) canSpeak(p span) bool {
	for i := p.first; i < p.until; i++ {
		if t := &r.tokens[i]; t.mention >= 0 || t.class&(anonymous|outlet|agency|document) != 0 {
			return true
		}
	}
	return false
}

// ofPassive finds the speaker of "was confirmed by X", "reported by X".
func (r *reader) ofPassive(s *sentence, c *cue) {
	for k := c.until; k < s.until && k < c.until+8; k++ {
		if r.tokens[k].gap&(apart&^quoteClose) != 0 {
			return
		}
		if r.is(k, agentive) {
			if p := r.phraseFrom(s, k+1); !p.empty() && (r.anchored(p) || c.lexeme.stance != centre.StanceAssert && r.is(p.first, determiner)) {
				c.raw, c.speaker, c.inverted = p, p, true
			}
			return
		}
		if r.is(k, complement|verb) {
			return
		}
	}
}

// ofNoun finds the speaker of "X's statement that", "a statement by X that".
func (r *reader) ofNoun(s *sentence, c *cue) {
	if c.until < s.until && r.is(c.until, agentive) {
		if p := r.phraseFrom(s, c.until+1); !p.empty() && r.anchored(p) {
			c.raw, c.speaker, c.inverted = p, p, true
			return
		}
	}
	if c.first > s.first && (r.tokens[c.first].gap&own != 0 || r.is(c.first-1, possessive)) {
		p := span{c.first - 1, c.first}
		if r.is(c.first-1, possessive) {
			c.raw, c.speaker = p, p
			return
		}
		if p = r.phraseBefore(s, c.first); !p.empty() {
			c.raw, c.speaker = p, p
		}
	}
}

// participant finds the speaker of a participle that no cue of the sentence
// controls: the beginning of its clause.
func (r *reader) participant(s *sentence, c *cue) span {
	if c.first == s.first || r.tokens[c.first].gap&comma == 0 {
		return span{}
	}
	for k, n := s.first, 0; k < c.first && n < reach; k, n = k+1, n+1 {
		if r.tokens[k].mention >= 0 || r.is(k, pronoun|anonymous|body|outlet|agency) {
			p := r.phraseFrom(s, k)
			if p.until > p.first && p.until < c.first {
				return p
			}
			return span{}
		}
		if r.is(k, verb) || r.tokens[k].gap&comma != 0 && k > s.first {
			// "On Friday, X ...": a clause has its subject in front.
			if r.is(k, verb) {
				return span{}
			}
		}
	}
	return span{}
}

// antecedent gives the noun phrase that a relative pronoun refers to.
func (r *reader) antecedent(s *sentence, i int32) span {
	if i == s.first || r.tokens[i].gap&(apart&^(comma|dash)) != 0 {
		return span{}
	}
	return r.phraseBefore(s, i)
}

// constructs tells that a construction with its speaker behind it begins at token
// i: "according to".
func (r *reader) constructs(i int32) bool {
	e := r.tokens[i].entry
	return e != nil && e.cue != nil && e.cue.frame&behind != 0
}

// told gives an addressee without the subject of what is said behind it: "told reporters
// exports had resumed".
func (r *reader) told(p span) span {
	if p.empty() {
		return p
	}
	end := p.first
	switch {
	case r.tokens[end].mention >= 0:
		end = r.passes(end)
	case r.is(end, outlet) && r.is(end, plural):
		end++
	default:
		return p
	}
	if end >= p.until || r.text[r.tokens[end].start-1] != ' ' || r.tokens[end].start != r.tokens[end-1].end+1 {
		return p
	}
	for i := end; i < p.until; i++ {
		if t := &r.tokens[i]; t.class != 0 || t.upper || t.mention >= 0 {
			return p // "told CNN affiliate WBZ"
		}
	}
	p.until = end
	return p
}

// address finds the addressee: the object of "told", or what follows "to".
func (r *reader) address(s *sentence, c *cue) {
	if c.kind != byVerb {
		return
	}
	at := c.until
	if c.inverted {
		at = c.speaker.until
	}
	if at >= s.until {
		return
	}
	if c.lexeme.frame&person != 0 && !c.inverted && !r.bounded(at) && !r.is(at, complement) {
		if p := r.told(r.phraseFrom(s, at)); !p.empty() && (r.anchored(p) || p.until == s.until || r.bounded(p.until) || r.is(p.until, complement)) {
			c.addressee = p
			return
		}
	}
	for k := at; k < s.until && k < at+8; k++ {
		if r.bounded(k) && k > at || r.is(k, complement|verb) && !r.is(k, toward) || r.constructs(k) {
			return
		}
		if r.is(k, toward) && k+1 < s.until && (k == at || r.is(k-1, document|noted) || r.tokens[k-1].class&(preposition) == 0) {
			if p := r.phraseFrom(s, k+1); !p.empty() && r.anchored(p) && !r.is(k+1, verb) && k > at-1 {
				if r.tokens[k+1].entry == nil || r.tokens[k+1].entry.cue == nil {
					c.addressee = p
				}
			}
			return
		}
		if r.is(k, preposition) && k+1 < s.until && r.tokens[k].class&toward == 0 && string(r.fold(k)) == "with" && k > at {
			if p := r.phraseFrom(s, k+1); !p.empty() && r.anchored(p) {
				c.addressee = p
			}
			return
		}
	}
}
