package claim

import (
	"bytes"
	"strings"

	"entente/internal/centre"
)

// readRussian finds the cues of a sentence with who says what. Commas bound the
// clauses of Russian, so that each piece between two marks is looked at by
// itself:
//
//	X заявил на брифинге, что ...      speaker, verb, complement
//	..., сообщил журналистам X.        what is said, verb, speaker
//	По словам X, ...                   construction
//	Как сообщает X, ...                the same with a verb
//	..., подчеркнул X, ...             inside of what is said
//	В Кремле заявили, что ...          verb in the plural without a subject
func readRussian(r *reader, s *sentence, number int32) {
	g := &grammar{reader: r, s: s, number: number, from: len(r.cues)}
	for i := s.first; i < s.until; i++ {
		t := &r.tokens[i]
		if i < g.done || t.entry == nil || t.entry.cue == nil {
			continue
		}
		if r.spoken(i) && (t.gap&dash == 0 || i == r.quotes[t.quote].first) {
			continue
		}
		switch f := t.entry.cue.frame; {
		case f&(passing|unnamed|noun) != 0:
		case f&behind != 0:
			if t.entry.cue.lemma == secondHand && i > s.first && !g.marked(i) && g.hasCue(i-1, i) {
				continue // "передаёт со слов X": read at its verb
			}
			g.russianConstruction(i)
		default:
			g.russianVerb(i)
			i = max(i, t.until)
		}
	}
	g.finish()
}

// russianConstruction reads "по словам X".
func (g *grammar) russianConstruction(i int32) {
	c := g.new(i)
	e := g.zone(c.until)
	if c.lexeme.lemma == "по его данным" {
		// Whoever spoke last: "По его словам, ...".
		c.omitted = true
		c.many = string(g.fold(i+1)) == "их"
		g.around(&c, g.leads(i), e)
		g.add(c)
		return
	}
	p := g.oblique(c.until, e)
	if p.empty() || !vouching[c.lexeme.lemma] && c.lexeme.frame&judging == 0 && !g.anchored(p) {
		return // "согласно расписанию"
	}
	c.raw, c.speaker, c.inverted = p, p, true
	for e < g.s.until && g.tokens[e].gap&(hard&^comma) == 0 && g.tokens[e].gap&comma != 0 && g.describes(e) {
		e = g.zone(e + 1)
	}
	g.around(&c, g.leads(i), e)
	g.add(c)
}

// vouching are the constructions behind which only somebody can stand.
var vouching = map[string]bool{"по словам": true, "по утверждению": true, "по свидетельству": true, "со слов": true, "по версии": true}

// describes tells that a piece goes on to say who a speaker is: "пожелавшего
// остаться неназванным", "который".
func (g *grammar) describes(i int32) bool {
	if g.is(i, negation) && i+1 < g.s.until && !g.marked(i+1) {
		i++ // "не пожелавший назвать своё имя"
	}
	return g.is(i, relative) || russianParticiple(g.fold(i)) || russianGerund(g.fold(i)) && !g.tokens[i].upper
}

// russianGerund tells the ending of an adverbial participle of the past:
// "посетив", "вернувшись".
func russianGerund(fold []byte) bool {
	for _, ending := range []string{"ив", "ав", "яв", "ев", "ув", "вшис"} {
		if len(fold) >= 10 && strings.HasSuffix(string(fold), ending) {
			return true
		}
	}
	return false
}

// russianParticiple tells the ending of an active or passive participle in the
// past or the present, in any case.
func russianParticiple(fold []byte) bool {
	if len(fold) < 12 {
		return false
	}
	fold = bytes.TrimSuffix(fold, []byte("ся")) // "отказавшийся"
	for _, mark := range []string{"вш", "ющ", "ущ", "ящ", "ащ"} {
		for _, ending := range []string{"ий", "ая", "ее", "ие", "его", "ей", "их", "ему", "им", "ую"} {
			if n := len(fold) - len(mark) - len(ending); n > 0 && string(fold[n:n+len(mark)]) == mark && string(fold[n+len(mark):]) == ending {
				return true
			}
		}
	}
	return false
}

// leads gives where the attribution begins that token i opens, passing back over
// conjunctions and adverbs of its piece.
func (g *grammar) leads(i int32) int32 {
	for i > g.s.first && !g.marked(i) && g.is(i-1, conjunction|adverb) && g.tokens[i-1].mention < 0 {
		i--
	}
	return i
}

// around gives a cue what stands around it: behind it where it opens its
// sentence or clause, else before it, and behind it what goes on.
func (g *grammar) around(c *cue, begin, end int32) {
	c.begins = min(c.begins, begin)
	from := g.clauseBefore(begin)
	if from >= begin || g.is(begin, adversative) && begin < c.first || begin > g.s.first && g.is(begin-1, complement|adversative) {
		// It opens the clause.
		if begin > g.s.first {
			c.breaks = begin
		}
		g.sayOn(c, end)
		return
	}
	c.breaks = from
	if from == g.s.first {
		c.breaks = begin
	}
	g.before(c, from, begin)
	if end < g.s.until && g.tokens[end].gap&(comma|dash) != 0 && g.tokens[end].gap&stop == 0 && !g.is(end, complement|conjunction) && !g.gerund(end) && g.quotedBy(end) == 0 {
		g.sayOn(c, end)
	}
}

// before gives a cue what stands before it: a quotation that ends there, or all
// from a token on.
func (g *grammar) before(c *cue, from, begin int32) {
	if g.tokens[begin].gap&quoteClose != 0 {
		if q := g.tokens[begin-1].quote; q >= 0 && !g.nameQuote(begin, q) {
			for g.quotes[q].parent >= 0 && g.quotes[q].until == begin && g.quotes[g.quotes[q].parent].until == begin {
				q = g.quotes[q].parent
			}
			// A quotation that only ends what is said leaves the whole to be said.
			if f := g.quotes[q].first; f <= from || f == g.s.first || g.tokens[f].gap&(colon|stop|comma|newLine) != 0 || g.quotes[q].first < g.s.first {
				c.say(g.wholeQuote(q))
				return
			}
		}
	}
	from = max(from, begin-longSaid)
	for from < begin && g.is(from, conjunction|adverb) && !g.is(from, negation) && g.tokens[from].mention < 0 {
		from++
	}
	if g.introductory(from, begin) {
		return
	}
	c.say(span{from, begin})
}

// introductory tells that only a word or two that lead in stand between two
// tokens: "Так,", "Между тем,".
func (g *grammar) introductory(from, until int32) bool {
	for i := from; i < until; i++ {
		if !g.is(i, adverb|conjunction) {
			return false
		}
	}
	return true
}

// clauseBefore gives where the clause begins whose end is before token i: behind
// an attribution before it, at what turns the sentence, or at its beginning.
func (g *grammar) clauseBefore(i int32) int32 {
	from := g.s.first
	for k := g.from; k < len(g.cues); k++ {
		c := &g.cues[k]
		if c.until > i {
			continue
		}
		end := c.until
		if c.inverted {
			end = max(end, c.speaker.until)
		}
		if c.pieces > 0 && c.said[c.pieces-1].first < i {
			end = max(end, c.said[c.pieces-1].first)
		}
		from = max(from, end)
	}
	if from == g.s.first {
		return from
	}
	for k := i - 1; k > from && i-k < longSaid; k-- {
		if g.is(k, adversative) && (g.marked(k) || g.is(k-1, conjunction)) || g.tokens[k].gap&(semicolon|stop) != 0 {
			return k
		}
	}
	return g.s.first // what another attribution says is said by this one, too
}

// gerund tells that an adverbial participle begins at token i: "добавив".
func (g *grammar) gerund(i int32) bool {
	e := g.tokens[i].entry
	return e != nil && e.cue != nil && e.form == participle
}

// russianVerb reads a verb.
func (g *grammar) russianVerb(i int32) {
	c := g.new(i)
	if c.form == plain {
		return // an infinitive reports nothing: "стоит отметить, что"
	}
	first := g.segment(i)
	end := g.zone(c.until)
	if c.lexeme.frame&showing != 0 {
		g.russianDocument(&c, first, end)
		return
	}
	if owned := g.owned(&c, first); !owned.empty() {
		if p := g.nominative(c.until, end, false); !p.empty() {
			c.raw, c.speaker, c.inverted = p, p, true
			g.whose(&c)
			c.say(owned)
			g.add(c)
		}
		return
	}
	g.russianSubject(&c, first, end)
	if second := g.nor(&c); second > 0 {
		c.lexeme = &declines
		g.russianObject(&c, second, g.zone(second))
		g.done = second
		g.add(c)
		return
	}
	if c.negated && c.lexeme.frame&attitude == 0 && !strictly(c.lexeme) {
		return
	}
	tail := max(c.until, c.addressee.until)
	if c.inverted {
		tail = max(tail, c.speaker.until)
	}
	g.russianContent(&c, first, tail, end)
	if c.form == participle && !c.speaker.empty() && c.open && c.pieces == 1 {
		c.said[0].until, c.open = g.zone(c.said[0].first+1), false // the sentence goes on with its subject
	}
	if g.add(c) && !c.open && end < g.s.until && g.tokens[end].gap&colon != 0 && g.tokens[end].gap&quoteOpen != 0 && c.said[0].until <= end {
		// Behind what is denied or confirmed stand the words in which it is.
		more := cue{span: span{end, end}, sentence: g.number, lexeme: &headlineLexeme, kind: byHeadline, shares: int32(len(g.cues) - 1), begins: end, score: 0.7,
			settlement: settlement{settled: true, breaks: -1}}
		if c.shares >= 0 {
			more.shares = c.shares
		}
		g.sayOn(&more, end)
		g.add(more)
	}
}

// owned gives what somebody takes upon himself where it stands before the verb:
// "ответственность за взрыв взял на себя X".
func (g *grammar) owned(c *cue, first int32) span {
	for i := first; i < c.first && c.lexeme.frame&wording != 0 && c.lexeme.stance == centre.StanceAssert; i++ {
		if g.is(i, negation) {
			break
		}
		if string(g.fold(i)) == "ответственност" {
			return span{i, c.first}
		}
	}
	return span{}
}

// nor gives the token behind the denial in "не подтверждает, но и не опровергает",
// "не опроверг и не подтвердил": who does neither says nothing of it; 0 for none.
func (g *grammar) nor(c *cue) int32 {
	const far = 6 // tokens between the two
	stance := c.lexeme.stance
	if stance != centre.StanceUnverified && (!c.negated || stance != centre.StanceConfirm && stance != centre.StanceDeny) {
		return 0
	}
	for k := c.until; k < g.s.until && k < c.until+far && g.tokens[k].gap&(stop|semicolon|colon) == 0; k++ {
		e := g.tokens[k].entry
		if e == nil || e.cue == nil || e.form != finite {
			continue
		}
		other := e.cue.stance
		if stance != centre.StanceDeny && other == centre.StanceDeny && g.is(k-1, negation) ||
			stance == centre.StanceDeny && (other == centre.StanceConfirm && g.is(k-1, negation) || other == centre.StanceUnverified) {
			return g.tokens[k].until + 1
		}
	}
	return 0
}
