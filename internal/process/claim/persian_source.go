package claim

import "entente/internal/centre"

// persianConstruction reads "به گفته X، ...".
func (g *grammar) persianConstruction(i int32) {
	c := g.new(i)
	p, ends := g.persianSource(g.persianPhrase(c.until, g.s.until))
	if p.empty() || c.lexeme.lemma == "به گزارش" && !g.anchored(p) {
		return // "به گزارش دهی": to reporting
	}
	c.raw, c.speaker, c.inverted = p, p, true
	end := g.zone(p.until - 1)
	if ends {
		end = p.until
	}
	if t := &g.tokens[min(p.until, g.s.until-1)]; p.until < g.s.until && t.entry != nil && t.entry.cue != nil && t.entry.cue.frame&passing != 0 {
		// "به گزارش X به نقل از Y، ..."
		if source := g.persianPhrase(t.until+1, g.s.until); !source.empty() {
			g.cite(&c, source)
			p = source
			end = g.zone(p.until - 1)
		}
	}
	g.titles(&c, &end)
	if end < g.s.until && !g.marked(end) && !g.is(end, complement) && p.until < end {
		end = p.until
	}
	if end < g.s.until && g.is(end, complement) {
		end++
	}
	g.around(&c, g.leads(i), end)
	g.add(c)
}

// persianSource gives the phrase of a source without what it says, which may follow
// without a mark, and tells whether it does: "به گفته پلیس ۲۳ نفر ...", "به گفته وزارت دفاع
// روسیه پهپادها ...". Where nothing tells where the one ends, the phrase stays.
func (g *grammar) persianSource(p span) (source span, ends bool) {
	for i := p.first + 1; i <= p.until && i < g.s.until; i++ {
		if t := &g.tokens[i]; t.mention < 0 && !g.marked(i) && (g.numeral(i) || numerals[string(g.fold(i))]) {
			return span{p.first, i}, true
		}
	}
	if p.empty() || p.until >= g.s.until || g.marked(p.until) || g.is(p.until, conjunction|complement) || g.zone(p.until) < g.s.until ||
		g.tokens[p.until].entry != nil && g.tokens[p.until].entry.cue != nil {
		return p, false
	}
	last := &g.tokens[p.until-1]
	named := last.mention >= 0 || last.place >= 0
	switch one := p.until-p.first == 1; {
	case named, one && g.is(p.first, pronoun):
		return p, true
	case g.is(p.until, determiner):
		return p, !one && g.is(p.until-1, body) // "سخنگوی این نهاد" is one
	case one:
		return p, g.is(p.first, body|outlet|agency) || g.is(p.first, anonymous) && g.is(p.first, plural)
	}
	i := p.first
	for i < p.until && g.tokens[i].mention < 0 && g.tokens[i].place < 0 && g.is(i, office|spokes|body|outlet|agency) {
		i++
	}
	if i >= p.until || g.tokens[i].mention < 0 && g.tokens[i].place < 0 {
		return p, false
	}
	i = g.passes(i)
	if i < p.until && g.country(i) {
		i = g.passes(i)
	}
	if i < p.until && g.tokens[i].mention >= 0 && g.draft.Mentions[g.tokens[i].mention].Kind == centre.MentionPerson {
		i = g.passes(i) // "رئیس پلیس تهران حسین رحیمی"
	}
	return span{p.first, i}, true
}

// numeral tells that token i is written with digits of any script, which the folding
// makes those of Latin.
func (g *grammar) numeral(i int32) bool {
	f := g.fold(i)
	return len(f) > 0 && f[0] >= '0' && f[0] <= '9'
}

// numerals are the words for numbers that begin a clause.
var numerals = map[string]bool{"دو": true, "سه": true, "چهار": true, "پنج": true, "شش": true, "هفت": true, "هشت": true, "نه": true, "ده": true, "يازده": true,
	"دوازده": true, "پانزده": true, "بيست": true, "سي": true, "چهل": true, "پنجاه": true, "صد": true, "دهها": true, "صدها": true, "هزاران": true, "دستكم": true, "حداقل": true}
