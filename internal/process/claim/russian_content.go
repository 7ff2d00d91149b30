package claim

import "entente/internal/centre"

// russianContent finds what is said with a verb. first is the first token of its
// piece, tail the one behind verb, speaker and addressee, end that of its piece.
func (g *grammar) russianContent(c *cue, first, tail, end int32) {
	f := c.lexeme.frame
	lead := first
	while := first < c.first && string(g.fold(first)) == "тогда" // "тогда как"
	for lead < c.first && g.is(lead, conjunction|adverb) && g.tokens[lead].mention < 0 && (while || string(g.fold(lead)) != "как") {
		lead++
	}
	// "Как сообщает X, ...", "..., как сообщает X".
	if string(g.fold(lead)) == "как" && lead < c.first && !while {
		c.speakerNotBefore(lead)
		g.around(c, first, end)
		return
	}
	if f&(object) != 0 && g.russianAnaphor(c, first) {
		return
	}
	behind := c.inverted || c.shares >= 0 || c.omitted
	// "«...», — ответил X на вопрос о сообщении, что ...": the quotation is said.
	if c.inverted && c.form != participle && first > g.s.first && g.tokens[first].gap&quoteClose != 0 && g.tokens[first].gap&dash != 0 && first == g.leads(c.first) && f&clause != 0 && !g.spoken(first) &&
		(end >= g.s.until || g.tokens[end].gap&(dash|colon) == 0) {
		begin := first
		c.breaks = begin
		g.before(c, g.clauseBefore(begin), begin)
		return
	}
	if g.russianRejectsClause(c, tail, end) {
		return
	}
	// Behind "что", over what stands between: "заявил, отвечая на вопрос, что".
	if at := g.complementBehind(c, end); at >= 0 {
		g.sayOn(c, at)
		if first > g.s.first && (c.breaks >= 0 || g.is(first, conjunction) || g.tokens[first].gap&semicolon != 0) {
			c.breaks = first
		}
		return
	}
	if end < g.s.until && g.tokens[end].gap&colon != 0 {
		if f&object != 0 && c.lexeme.stance != centre.StanceAssert && tail < end {
			g.russianObject(c, tail, end) // "опроверг X: «...»"
			return
		}
		g.sayOn(c, end)
		return
	}
	// Behind what is said.
	if behind && c.form != participle && first > g.s.first && g.tokens[first].gap&(comma|dash|quoteClose) != 0 && f&(clause|object) != 0 && first == g.leads(c.first) && (f&clause != 0 || tail >= end) &&
		!(f&object != 0 && tail < end && g.is(first, conjunction)) { // "..., и опровергли сообщения о X"
		g.around(c, first, end)
		return
	}
	if behind && first == g.s.first && c.first == first && g.followsQuote() {
		return
	}
	if f&(object|judging) != 0 || strictly(c.lexeme) {
		g.russianObject(c, tail, end)
		if !g.russianRejects(c) && f&object == 0 && !strictly(c.lexeme) {
			c.pieces, c.anaphoric = 0, false // "считает войну ошибкой": a thought
		}
		return
	}
	if g.ofThis(first, c.first) {
		g.repeats(c) // "об этом сообщил X"
		return
	}
	// "сообщил о гибели", "предупредил об ударах".
	if tail < end && f&clause != 0 {
		switch string(g.fold(tail)) {
		case "о", "об", "обо", "про":
			if tail+1 < end && g.is(tail+1, anaphor) && (tail+2 >= end || g.dative(tail+2) || g.is(tail+2, preposition) || g.tokens[tail+2].when >= 0) {
				g.repeats(c) // "X сообщил об этом журналистам"
				return
			}
			g.russianObject(c, tail+1, end)
		}
		return
	}
}

// ofThis tells that "об этом" stands between two tokens, and not "об этом ударе".
func (g *grammar) ofThis(from, until int32) bool {
	for i := from + 1; i < until; i++ {
		if string(g.fold(i-1)) == "об" && string(g.fold(i)) == "этом" {
			return i+1 == until || g.tokens[i+1].upper || g.anchors(i+1) || g.tokens[i+1].when >= 0 || g.is(i+1, adverb|preposition|pronoun|possessive)
		}
	}
	return false
}

// followsQuote tells that the sentence goes on behind a quotation that another
// sentence opened; reading that is left to what follows quotations.
func (g *grammar) followsQuote() bool { return g.tokens[g.s.first].gap&quoteClose != 0 }

// speakerNotBefore takes back a speaker that begins before a token.
func (c *cue) speakerNotBefore(i int32) {
	if !c.inverted && c.speaker.first <= i && c.speaker.until > i {
		c.speaker.first = i + 1
		c.raw = c.speaker
	}
}

// complementBehind gives the token behind the "что" that belongs to a cue, or
// -1. Between them may stand a clause of a participle, or a source.
func (g *grammar) complementBehind(c *cue, end int32) int32 {
	const far = 30
	for i, marks := c.until, 0; i < g.s.until && i < c.until+far; i++ {
		if g.marked(i) && i > c.until || i == end && i < g.s.until {
			if g.tokens[i].gap&(colon|semicolon|stop|dash) != 0 {
				return -1
			}
			if g.is(i, complement) {
				return i + 1
			}
			if marks++; marks > 3 || g.is(i, conjunction) {
				return -1
			}
			if marks > 1 || i > end {
				continue
			}
			if n := g.tokens[i].until + 1; g.gerund(i) && (c.inverted || !g.nominative(c.until, end, false).empty()) && g.marked(g.leads(c.first)) && c.first > g.s.first && n < g.s.until && g.marked(n) {
				return -1 // "..., заявил X, подчеркнув, что": that is said with the second
			}
			if !g.gerund(i) && !g.describes(i) && !g.passing(i) && !g.appositive(c, i) {
				return -1
			}
		}
	}
	return -1
}

func (g *grammar) passing(i int32) bool {
	e := g.tokens[i].entry
	return e != nil && e.cue != nil && e.cue.frame&passing != 0
}

// appositive tells that what stands at token i describes a speaker before it.
func (g *grammar) appositive(c *cue, i int32) bool {
	return c.inverted && c.speaker.until == i && g.is(i, anonymous|office)
}

// russianAnaphor reads "это подтвердили", "этого не отрицают": the object before
// the verb.
func (g *grammar) russianAnaphor(c *cue, first int32) bool {
	for i := first; i < c.first; i++ {
		if g.is(i, anaphor) && g.tokens[i].mention < 0 && !g.anchors(i) && (i+1 == c.first || g.is(i+1, adverb|negation)) && c.lexeme.stance != centre.StanceAssert {
			c.anaphoric = true
			p := span{i, i + 1}
			if i > first && g.is(i-1, anaphor) && !g.marked(i) {
				p.first-- // "эту информацию"
			}
			c.say(p)
			return true
		}
	}
	return false
}

// russianObject gives a cue the noun phrase behind it.
func (g *grammar) russianObject(c *cue, tail, end int32) {
	if tail >= end {
		if strictly(c.lexeme) {
			c.anaphoric = true
		}
		return
	}
	p := span{tail, g.over(tail, end)}
	if c.lexeme.stance == centre.StanceDecline {
		if p = g.question(c, p); p.empty() {
			return
		}
	}
	// A relative clause or a complement belongs to it: "сообщения о том, что".
	for p.until < g.s.until && g.tokens[p.until].gap&hard == comma && g.is(p.until, relative|complement) {
		p.until = g.zone(p.until + 1)
	}
	for i := p.first + 1; i < p.until; i++ {
		if g.tokens[i].when >= 0 && i > p.first+1 && g.is(i-1, preposition) && g.passesTime(i) == p.until {
			p.until = i - 1
			break
		}
	}
	first := p.first
	for first < p.until && g.is(first, preposition) {
		first++
	}
	if first < p.until && g.is(first, anaphor) && (p.until-first == 1 || p.until-first == 2 && g.anaphoricNoun(first+1)) {
		c.anaphoric = true
	}
	c.say(p)
}

// question gives what a question that is not answered is about: "на вопрос, будет ли
// ...", "на вопрос о ...". What is no question stays.
func (g *grammar) question(c *cue, p span) span {
	i := p.first
	for i < p.until && g.is(i, preposition) {
		i++
	}
	if asked := string(g.fold(c.until - 1)); asked == "вопрос" {
		return span{i, p.until}
	}
	if f := string(g.fold(i)); i >= p.until || f != "вопрос" && f != "вопросы" {
		return p
	}
	if i++; i < p.until {
		for i < p.until && g.is(i, preposition) {
			i++
		}
		return span{i, p.until}
	}
	if i < g.s.until && g.tokens[i].gap&hard == comma {
		return span{i, g.zone(i + 1)}
	}
	return span{}
}

// over gives the end of a piece that begins with token from, over quotations.
func (g *grammar) over(from, end int32) int32 {
	for end < g.s.until && end > from && end-from < longSaid && (g.tokens[end].gap&hard == 0 || g.spoken(end) && g.tokens[end].gap&quoteOpen == 0) {
		end++
	}
	return end
}

// passesTime gives the end of the time expression that token i is in.
func (r *reader) passesTime(i int32) int32 {
	w := r.tokens[i].when
	for ; int(i) < len(r.tokens) && r.tokens[i].when == w; i++ {
	}
	return i
}

// anaphoricNoun tells that what stands behind "эту" only names what was said.
func (g *grammar) anaphoricNoun(i int32) bool {
	return g.is(i, anaphor|document|noted) || g.tokens[i].mention < 0 && !g.tokens[i].upper
}

// russianDocument reads "в заявлении МИД говорится, что", "говорится в докладе X"
// and "из письма X следует, что".
func (g *grammar) russianDocument(c *cue, first, end int32) {
	at := g.documentIn(first, c.first, "в", "во", "из")
	if at >= 0 {
		g.inDocument(c, at, c.first)
	} else if at = g.documentIn(c.until-1, end, "в", "во", "из"); at >= 0 {
		g.inDocument(c, at, end)
	} else {
		return
	}
	switch behind := g.complementBehind(c, end); {
	case behind >= 0:
		g.sayOn(c, behind)
	case end < g.s.until && g.tokens[end].gap&colon != 0:
		g.sayOn(c, end)
	case c.first > first && string(g.fold(c.first-1)) == "как":
		g.around(c, first, end) // "Как говорится в сообщении X, ..."
	case c.inverted && first > g.s.first && first == c.first && g.tokens[first].gap&(comma|dash|quoteClose) != 0:
		g.around(c, first, end)
	}
	if c.pieces == 0 && g.ofThis(first, c.first) {
		g.repeats(c) // "Об этом говорится в сообщении X"
	}
	if c.pieces > 0 {
		g.add(*c)
	}
}
