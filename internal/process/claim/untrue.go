package claim

import (
	"strings"

	"entente/internal/centre"
)

// rejecting is "call the accusations absurd", which denies what they say.
var rejecting = lexeme{lemma: "reject", stance: centre.StanceDeny, frame: clause | object}

// baseless are the beginnings, as they stand folded, of words that deny a report
// where they are said of one, and of anything else only disapprove.
var baseless = map[string][]string{
	"fa": {"بيمعنا", "بيمعني", "پوچ", "مضحك", "بياعتبار", "بيپايه", "غيرواقعي", "بيربط"},
	"ru": {"бессмыслен", "абсурд", "беспочвен", "необоснован", "безосновательн", "голословн", "бездоказательн", "надуман", "нелеп", "лжив",
		"вымышлен", "вздор", "чуш", "бред", "инсинуац", "спекуляц"},
}

// calledBaseless tells that a clause that begins with a word for a report says that
// it is baseless: "обвинения в адрес X беспочвенны", "این اتهامات بی‌معنا است".
func (r *reader) calledBaseless(p span) bool {
	g := &grammar{reader: r, s: &r.sentences[r.tokens[p.first].sentence]}
	if !g.worded(span{p.first, min(p.until, p.first+2)}) {
		return false
	}
	for i := p.first + 1; i < p.until && i < p.first+reach; i++ {
		f := string(r.fold(i))
		for _, stem := range baseless[g.s.tongue.language] {
			rest, ok := strings.CutPrefix(f, stem)
			if !ok || i > p.first && r.is(i-1, negation) {
				continue
			}
			switch rest {
			case "а", "ы", "о", "на", "ны", "но": // the short form is no attribute
				return true
			case "":
				if g.s.tongue.verbLast && i+1 < p.until && r.is(i+1, auxiliary|verb) && !r.is(i+1, negation) {
					return true
				}
			case "ست":
				return g.s.tongue.verbLast
			}
		}
	}
	return false
}

// baseless tells that token i is such a word, or calls anything untrue.
func (r *reader) baseless(i int32) bool {
	if r.is(i, nonsense) {
		return true
	}
	f := string(r.fold(i))
	for _, stem := range baseless[r.sentences[r.tokens[i].sentence].tongue.language] {
		if strings.HasPrefix(f, stem) {
			return true
		}
	}
	return false
}

// rejects reads a cue that calls a report something as a denial of it, where what
// it calls it says that it is untrue: "назвал обвинения ложью". called is what
// stands for the report, and word what it is called.
func (g *grammar) rejects(c *cue, called span, word int32) bool {
	for !called.empty() && g.is(called.until-1, adverb) {
		called.until--
	}
	alone := called.until-called.first == 1 && g.is(called.first, anaphor) && !g.worded(called)
	if called.empty() || !alone && !g.worded(span{called.first, min(called.until, called.first+2)}) || alone && !g.is(word, nonsense) {
		return false // a decision may be absurd, too, and whatever "this" is
	}
	c.lexeme = &rejecting
	c.pieces, c.open, c.anaphoric = 0, false, true
	for i := called.first + 1; i < called.until; i++ {
		if g.marked(i) || g.is(i, preposition|complement|relative) {
			c.anaphoric = false // it says itself what the report is
		}
	}
	c.say(called)
	return true
}

// russianRejects reads "назвал обвинения ложью", "счёл не соответствующими
// действительности сообщения о X", whose object g.russianObject has found.
func (g *grammar) russianRejects(c *cue) bool {
	if c.lexeme.frame&judging == 0 || c.pieces != 1 {
		return false
	}
	p := c.said[0]
	word := int32(-1)
	for i := p.first; i < p.until && i < p.first+reach && word < 0; i++ {
		if g.spoken(i) {
			return false
		}
		if g.baseless(i) && instrumental(string(g.fold(i))) || i > p.first && g.is(i-1, negation) && strings.HasPrefix(string(g.fold(i)), "соответству") {
			word = i
		}
	}
	if word < 0 {
		return false
	}
	first, behind := word, word+1
	for first > p.first && g.tokens[first-1].mention < 0 && calledWhat(string(g.fold(first-1))) {
		first-- // "полной чушью"
	}
	if first > p.first && g.is(first-1, negation) {
		first--
		for behind < p.until && (string(g.fold(behind)) == "действителности" || string(g.fold(behind)) == "истине") {
			behind++
		}
	}
	if first == p.first {
		return g.rejects(c, span{behind, p.until}, word)
	}
	return g.rejects(c, span{p.first, first}, word)
}

// russianRejectsClause reads "назвал утверждения о том, что X, не соответствующими
// действительности", where the piece of the verb ends at token end.
func (g *grammar) russianRejectsClause(c *cue, tail, end int32) bool {
	if c.lexeme.frame&judging == 0 || tail >= end || end >= g.s.until || !g.is(end, complement) || !g.worded(span{tail, min(end, tail+2)}) {
		return false
	}
	for k := g.zone(end + 1); k+1 < g.s.until && k < end+reach; k = g.zone(k + 1) {
		if g.tokens[k].gap&hard != comma {
			return false
		}
		word := k
		for word+1 < g.s.until && (g.is(word, negation|adverb) || calledWhat(string(g.fold(word))) && !g.baseless(word)) && !g.marked(word+1) && !strings.HasPrefix(string(g.fold(word)), "соответству") {
			word++
		}
		if g.baseless(word) && instrumental(string(g.fold(word))) || g.is(word-1, negation) && strings.HasPrefix(string(g.fold(word)), "соответству") {
			c.lexeme = &rejecting
			c.say(span{end + 1, k})
			return true
		}
	}
	return false
}

// calledWhat tells the ending of an adjective in that case, as it stands folded.
func calledWhat(fold string) bool {
	return strings.HasSuffix(fold, "ой") || strings.HasSuffix(fold, "ым") || strings.HasSuffix(fold, "им") || strings.HasSuffix(fold, "ыми") || strings.HasSuffix(fold, "ими")
}

// instrumental tells the ending of the case in which Russian says what something
// is called, of a word as it stands folded.
func instrumental(fold string) bool {
	for _, e := range []string{"ым", "им", "ыми", "ими", "ой", "ей", "ю", "ом", "ем", "ами", "ями"} {
		if strings.HasSuffix(fold, e) {
			return true
		}
	}
	return false
}

// persianRejects reads "این اتهامات را بی‌معنا خواند", whose object ends with "را"
// at token mark and whose verb stands at token verb.
func (g *grammar) persianRejects(c *cue, object, mark, verb int32) bool {
	if c.lexeme.frame&judging == 0 || mark < 0 || g.divided(mark, verb) {
		return false
	}
	for i := mark + 1; i < verb; i++ {
		if g.baseless(i) {
			return g.rejects(c, span{object, mark}, i)
		}
	}
	return false
}
