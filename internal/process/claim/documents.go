package claim

import "entente/internal/centre"

// What a document says is said with words of their own: "в заявлении МИД
// говорится, что", "جاء في بيان الوزارة أن", "در بیانیه وزارت آمده است که". Who
// issued the document speaks; where the text does not say who, the document.

var issued = lexeme{lemma: "say in a document", stance: centre.StanceAssert, frame: clause}

// issuer gives who speaks in the document whose word is at token i, in a phrase
// that ends before token until.
func (g *grammar) issuer(i, until int32) span {
	end := i + 1
	for end < until && !g.marked(end) && g.tokens[end].when < 0 && (g.tokens[end].mention >= 0 || g.tokens[end].place >= 0 || !g.is(end, preposition|complement|adverb|verb|auxiliary|relative)) &&
		(g.tokens[end].entry == nil || g.tokens[end].entry.cue == nil || g.is(end, anonymous|body|outlet|agency|document)) {
		end++
	}
	for k := i + 1; k < end; k++ {
		if g.anchors(k) {
			return span{k, end}
		}
	}
	// "в сообщении на сайте Центробанка": whose site it is.
	const far = 8
	for k := i + 1; k < until && k < i+far; k++ {
		if !g.is(k, outlet) || k+1 >= until || g.marked(k+1) {
			continue
		}
		last, named := k+1, false
		for last < until && last < k+5 && !g.marked(last) && !g.is(last, verb|complement|preposition|adverb) && (g.tokens[last].entry == nil || g.tokens[last].entry.cue == nil) {
			named = named || g.anchors(last) || g.tokens[last].upper
			last++
		}
		if last < until && last > k+2 && g.s.tongue.verbLast && g.is(last, verb) {
			last-- // "منتشر شد": the verb is of two words
		}
		if named || g.s.tongue.modifiersBehind && last > k+1 {
			return span{k + 1, last}
		}
	}
	return span{i, end}
}

// documentIn gives the last word for a document between two tokens that stands
// behind one of some prepositions, or -1.
func (g *grammar) documentIn(from, until int32, prepositions ...string) int32 {
	for k := until - 1; k > from; k-- {
		if !g.is(k, document) || g.tokens[k].mention >= 0 {
			continue
		}
		for b := k - 1; b >= from && b >= k-2; b-- {
			for _, p := range prepositions {
				if string(g.fold(b)) == p {
					return k
				}
			}
		}
	}
	return -1
}

// inDocument makes the speaker of a cue that speaks of a document: its issuer.
func (g *grammar) inDocument(c *cue, at, until int32) {
	p := g.issuer(at, until)
	c.lexeme = &issued // whoever issued it says it
	c.raw, c.speaker = p, p
	c.begins = min(c.begins, p.first)
	c.inverted = p.first > c.first
}
