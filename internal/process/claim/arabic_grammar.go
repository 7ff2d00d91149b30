package claim

import (
	"strings"

	"entente/internal/centre"
)

// readArabic finds the cues of a sentence with who says what. The verb stands
// first and its subject behind it, up to the complement, a mark, or where the
// object begins:
//
//	قال X في مؤتمر صحفي إن ...        verb, speaker, complement
//	نفى X صحة الأنباء                  verb, speaker, object
//	وكانت قناة X قد ذكرت أن ...        the speaker before
//	وأضاف أن ...، مؤكداً أن ...         no speaker: who spoke last
//	نقلت X عن Y قوله إن ...            one who passes on, and the source
//	بحسب X فإن ... / ...، بحسب X       construction
//	امتنع X عن التعليق على ...          a refusal
//	لم يتسن ل X التحقق من ...           no confirmation
func readArabic(r *reader, s *sentence, number int32) {
	g := &grammar{reader: r, s: s, number: number, from: len(r.cues)}
	g.perhaps()
	g.unname()
	for i := s.first; i < s.until; i++ {
		t := &r.tokens[i]
		if i >= g.done && g.takesUp(i) {
			continue
		}
		if i < g.done || t.entry == nil || t.entry.cue == nil || r.spoken(i) || t.mention >= 0 && !g.and(i) {
			continue
		}
		switch f := t.entry.cue.frame; {
		case f&noun != 0 || t.entry.cue.lemma == citing:
		case f&passing != 0:
			g.arabicRelay(i)
		case f&behind != 0:
			g.arabicConstruction(i)
		default:
			g.arabicVerb(i)
			i = max(i, t.until)
		}
	}
	g.finish()
}

// citing is "quoting", which stands inside of another attribution.
const citing = "نقلا عن"

// and tells that "و" or "ف" is written together with token i.
func (g *grammar) and(i int32) bool {
	f := g.fold(i)
	if len(f) < 6 || string(f[:2]) != "و" && string(f[:2]) != "ف" {
		return false
	}
	return g.s.tongue.words[string(f)] == nil
}

// al tells that token i has the article.
func (g *grammar) al(i int32) bool {
	if g.words.List[i].Al {
		return true
	}
	f := string(g.fold(i))
	for _, p := range []string{"وال", "فال", "بال", "كال", "لل"} {
		if len(f) > len(p)+4 && f[:len(p)] == p && g.s.tongue.words[f] == nil {
			return true
		}
	}
	return false
}

// clitic tells that a preposition ("ب", "ل") is written together with token i.
func (g *grammar) clitic(i int32, letter string) bool {
	f := string(g.fold(i))
	return len(f) > 6 && f[:2] == letter && !g.words.List[i].Al && g.s.tongue.words[f] == nil && (g.tokens[i].class != 0 || g.tokens[i].mention >= 0 || g.al(i))
}

// key gives the folded word at token i without what is written together before
// it.
func (g *grammar) key(i int32) string {
	f := g.fold(i)
	if g.s.tongue.words[string(f)] == nil && g.s.tongue.stem != nil {
		if s := g.s.tongue.stem(f); s != nil {
			return string(s)
		}
	}
	return string(f)
}

// head gives the stretch of the particles before a verb: "كان قد", "لم".
func (g *grammar) particles(c *cue, first int32) int32 {
	i := c.first
	for i > first && g.is(i-1, auxiliary|negation) && g.tokens[i-1].mention < 0 && !g.according(i-1) {
		i--
		if g.is(i, negation) {
			c.negated = true
		}
	}
	return i
}

// according tells that the "ما" at token i is that of "وفق ما" or stands behind
// a preposition ("في ما"): "that which", not a negation.
func (g *grammar) according(i int32) bool {
	if string(g.fold(i)) != "ما" || i == g.s.first {
		return false
	}
	switch g.key(i - 1) {
	case "وفق", "حسب", "بحسب", "علي", "وفقا", "في", "من", "الي", "عن", "مع", "بعد", "قبل", "عند", "رغم", "كل", "مثل":
		return true
	}
	return false
}

// perhaps marks each "قد" before a verb in the present, where it means perhaps;
// before the past it does not.
func (g *grammar) perhaps() {
	for i := g.s.first; i+1 < g.s.until; i++ {
		if k := string(g.fold(i)); k != "قد" && k != "وقد" && k != "فقد" {
			continue
		}
		f := string(g.fold(i + 1))
		present := strings.HasPrefix(f, "ي") || strings.HasPrefix(f, "ن")
		if strings.HasPrefix(f, "ت") && len(f) > 6 && !strings.HasSuffix(f, "ت") {
			e := g.s.tongue.words[f]
			present = e == nil || e.cue == nil || e.form == plain
		}
		if present {
			g.tokens[i].class |= may
		}
	}
}

// arabicVerb reads a verb, or an active participle that goes on with the
// speaker of the verb before.
func (g *grammar) arabicVerb(i int32) {
	c := g.new(i)
	if g.al(i) || c.form == participle && !g.adverbial(i) {
		return
	}
	if f := string(g.fold(i)); c.form == plain && strings.HasPrefix(f, "ل") && g.s.tongue.words[f] == nil && c.lexeme.stance != centre.StanceCorrect {
		return // "لتؤكد": what for, not what
	}
	if c.lexeme.frame&showing != 0 {
		g.arabicDocument(&c)
		return
	}
	if c.lexeme.lemma == "ورد" && !g.replies(&c) {
		return
	}
	first := g.segment(i)
	c.begins = g.particles(&c, first)
	if g.relativeClause(&c, first) {
		return
	}
	if c.form != participle && g.arabicRefusal(&c, first) {
		return
	}
	if g.neither(&c, first) {
		return
	}
	unconfirmed := c.negated && c.lexeme.stance == centre.StanceConfirm && c.lexeme.frame&wording == 0 // "لم تؤكد X ذلك"
	if c.negated && c.lexeme.frame&attitude == 0 && !unconfirmed || strictly(c.lexeme) {
		return
	}
	// How does what is said begin?
	at, mark := g.arabicComplement(&c)
	if c.lexeme.frame&clause == 0 && at >= 0 && g.tokens[mark].gap&colon == 0 {
		at = -1 // "وصف X الأمر بأنه": the object comes first
	}
	g.takes, g.whom = prepositionOf[c.lexeme.lemma], c.lexeme.frame&clause == 0
	end := g.zone(c.until)
	limit := end
	if at >= 0 {
		limit = mark
	}
	as := g.asSaid(&c)
	object := int32(-1)
	before := g.arabicBefore(first, c.begins)
	if at >= 0 && !before.empty() && c.form != participle && !g.manyForm(&c) {
		if p, _ := g.arabicSubject(c.until, limit, false); p.until == limit && g.speakable(p) {
			before = span{} // a dateline, and the subject behind its verb
		}
	}
	if c.form == participle {
		g.share(&c)
		object = c.until
	} else if p := before; !p.empty() && !as {
		c.raw, c.speaker = p, p
		c.begins = p.first
		object = c.until
	} else if !g.manyForm(&c) && !g.suffixed(c.begins-1) {
		from := c.until
		if f := string(g.fold(min(from, g.s.until-1))); as && (f == "به" || f == "بها") {
			from++ // "بحسب ما أفاد به X"
		}
		p, o := g.arabicSubject(from, limit, at < 0 && c.lexeme.frame&object_ != 0)
		if !p.empty() {
			c.raw, c.speaker, c.inverted = p, p, true
			if at >= 0 || c.lexeme.frame&object_ == 0 || g.person(p) {
				g.nameBehind(&c)
			}
			if g.titles(&c, &o); c.speaker.until > p.until {
				limit = max(limit, o)
			}
		}
		object = o
	}
	if c.speaker.empty() && c.shares < 0 {
		if as || unconfirmed || c.lexeme.lemma == claims {
			return
		}
		g.share(&c)
		c.many = c.form != participle && g.manyForm(&c)
		if object < 0 {
			object = c.until
		}
	}
	if g.and(c.begins) || g.marked(c.begins) || c.form == participle || c.begins > g.s.first && g.is(c.begins-1, conjunction) {
		if c.begins > g.s.first {
			c.breaks = c.begins
			if g.is(c.begins-1, conjunction) && c.begins-1 > g.s.first {
				c.breaks = c.begins - 1
			}
		}
	}
	tail := c.until
	if c.inverted {
		tail = c.speaker.until
	}
	g.arabicAddressee(&c, tail, limit)
	g.arabicSource(&c, limit)
	switch {
	case as:
		g.around(&c, g.asBegins(&c), g.zone(max(tail, c.until)))
	case at >= 0:
		g.sayOn(&c, at)
	case g.marked(i) && i > g.s.first && c.inverted && !g.and(i) && (g.tokens[i].gap&quoteClose != 0 || g.tokens[i].gap&comma != 0 && g.zone(tail) == tail):
		g.around(&c, i, g.zone(tail))
	case c.lexeme.frame&object_ != 0 && object >= 0:
		g.arabicObject(&c, max(object, c.addressee.until), end)
	}
	if c.lexeme.lemma == claims && !g.claimsAttack(&c) {
		return
	}
	g.restate(&c)
	g.add(c)
}

// relativeClause tells that a verb tells more of a noun before it: "الذين أعلنوا",
// "بياناً دعت فيه إلى".
func (g *grammar) relativeClause(c *cue, first int32) bool {
	if c.begins > first && g.is(c.begins-1, relative) {
		return true
	}
	if c.until < g.s.until {
		switch string(g.fold(c.until)) {
		case "فيه", "فيها", "فيهما":
			return true
		}
	}
	return false
}

// object_ are the frames of verbs whose object is what is said.
const object_ = object

// arabicComplement finds where what is said begins behind a cue: the token
// behind "أن" or "إن", or a quotation or colon; mark is the first token of what
// says so. at is -1 where there is neither.
func (g *grammar) arabicComplement(c *cue) (at, mark int32) {
	const far = 45
	other := int32(-1) // the last verb of saying passed, in the piece under way
	for i := c.until; i < g.s.until && i < c.until+far; i++ {
		t := &g.tokens[i]
		if i > c.until && t.gap&(stop|semicolon|newLine|paragraph) != 0 {
			return -1, 0
		}
		if t.gap&colon != 0 {
			return i, i
		}
		if g.spoken(i) {
			if t.gap&quoteOpen != 0 && (c.lexeme.frame&clause != 0 && (i == c.until || t.gap&comma != 0 || g.is(i-1, anonymous|body) || g.tokens[i-1].mention >= 0)) {
				return i, i
			}
			return -1, 0
		}
		if t.mention >= 0 && !(t.class&complement != 0 && strings.ContainsAny(g.text[t.start:t.end], "أإ")) {
			continue
		}
		if i > c.until && g.marked(i) {
			if other = -1; g.and(i) && !g.is(i, pronoun) {
				return -1, 0 // another clause begins
			}
		}
		if i > c.until && g.and(i) && g.objected(i) != nil {
			return -1, 0 // "ووصفتها بأنها"
		}
		if t.class&complement != 0 && t.class&conjunction == 0 {
			if other >= 0 {
				return -1, 0 // that of a verb between
			}
			if i > c.until && g.is(i-1, adversative|preposition) && string(g.fold(i-1)) != "الي" && string(g.fold(i-1)) != "علي" && string(g.fold(i-1)) != "عن" && string(g.fold(i-1)) != "من" && string(g.fold(i-1)) != "في" {
				return -1, 0
			}
			return i + 1, i
		}
		if i > c.until && t.class&conjunction != 0 && g.marked(i) {
			return -1, 0
		}
		if e := t.entry; i > c.until && e != nil && e.cue != nil && e.cue.frame&(noun|passing|behind) == 0 && e.form != participle && t.class&(anonymous|body|outlet|document) == 0 && !g.al(i) {
			other = i
		}
		if e := t.entry; i >= c.until && e != nil && e.cue != nil && e.cue.frame&(noun|passing) == 0 && (e.form == finite || g.marked(i) && e.form == participle && g.adverbial(i)) && (g.marked(i) || g.and(i) || i == c.until) && t.class&(anonymous|body|outlet) == 0 {
			return -1, 0
		}
	}
	return -1, 0
}

// arabicObject gives a cue its object: all from a token to the end of its clause.
func (g *grammar) arabicObject(c *cue, from, end int32) {
	if from < g.s.until && from == end && g.tokens[from].gap&hard == comma && !g.is(from, conjunction) && !g.and(from) {
		// Behind what stands between commas: "وصف X، الذي ...، المركز بأنه", "أعلن X،
		// الأحد، تحرير".
		for n, timed := 0, false; n < 2 && end < g.s.until; n++ {
			from, end = end, g.zone(end+1)
			if !timed && g.timeOnly(span{from, end}) {
				timed, from = true, end
				continue
			}
			if timed || g.al(from) || g.tokens[from].mention >= 0 || g.is(from, anaphor) {
				break
			}
			from = end
		}
	}
	if from >= g.s.until || from >= end {
		return
	}
	if c.lexeme.lemma == "شدد" && string(g.fold(from)) != "علي" {
		return // "تشدد إجراءات": tightens them
	}
	switch string(g.fold(from)) {
	case "عن", "علي", "من", "الي":
		if from+1 < end && c.lexeme.frame&judging == 0 {
			from++
		}
	}
	for from < end && g.tokens[from].mention < 0 && (g.is(from, adverb|noted) && !g.is(from, preposition) || g.tokens[from].when >= 0) {
		from++
	}
	if from >= end {
		return
	}
	if c.omitted && g.is(from, anaphor) && c.lexeme.stance != centre.StanceDeny {
		return // "ويؤكد هذا الأمر": the thing confirms
	}
	if g.is(from, anaphor) && (demonstrative[string(g.fold(from))] || g.al(from)) && (from+1 >= end || strings.HasPrefix(string(g.fold(from+1)), "ب") && !g.is(from+1, complement) || g.is(from+1, anaphor|adverb) || g.is(from+1, preposition) && demonstrative[string(g.fold(from))] || c.lexeme.stance == centre.StanceDeny && g.sameRoot(c.first, from+1)) {
		c.anaphoric = true
		c.say(span{from, from + 1})
		return
	}
	for k := from + 1; k < end; k++ {
		if g.and(k) && g.objected(k) != nil {
			c.say(span{from, k}) // "الاتهامات ووصفتها بأنها"
			return
		}
	}
	c.say(span{from, min(g.s.until, from+longSaid)})
	c.open = true
}

// timeOnly tells that a stretch says when, or in what paper, and nothing else: "يوم
// الخميس", "في بيان".
func (g *grammar) timeOnly(p span) bool {
	const few = 4 // tokens
	dated := false
	for i := p.first + 1; i < p.until && g.is(p.first, preposition) && p.until-p.first <= few; i++ {
		if g.is(i, document) {
			return true
		}
	}
	for i := p.first; i < p.until; i++ {
		dated = dated || g.tokens[i].when >= 0
		if g.tokens[i].when < 0 && !g.is(i, noted|preposition|adverb) {
			return false
		}
	}
	return dated
}

// sameRoot tells that the word at token j is the verbal noun of the verb at
// token i, which only strengthens it: "نفت ... نفياً قاطعاً".
func (g *grammar) sameRoot(i, j int32) bool {
	a, b := g.key(i), string(g.fold(j))
	return len(a) >= 4 && len(b) >= 4 && a[:4] == b[:4]
}

// asSaid tells that a cue stands behind "as": "كما قال X", "وفق ما ذكر X".
func (g *grammar) asSaid(c *cue) bool {
	if c.begins == g.s.first {
		return false
	}
	switch g.key(c.begins - 1) {
	case "كما", "حسبما", "مثلما", "وفقما", "بحسبما":
		return true
	case "ما":
		if c.begins-1 > g.s.first {
			switch g.key(c.begins - 2) {
			case "وفق", "حسب", "بحسب", "علي", "وفقا":
				return true
			}
		}
	}
	return false
}

func (g *grammar) asBegins(c *cue) int32 {
	i := c.begins - 1
	if string(g.fold(i)) == "ما" {
		i--
	}
	return max(i, g.s.first)
}

// restate makes one of two attributions: who corrects "his statement" and goes
// on "saying that" corrects by what is said.
func (g *grammar) restate(c *cue) {
	n := len(g.cues) - 1
	if c.form != participle || n < g.from || c.pieces == 0 {
		return
	}
	p := &g.cues[n]
	if p.lexeme.stance != centre.StanceCorrect || p.pieces != 1 || p.said[0].first >= c.begins || c.begins-p.said[0].first > 3 || c.shares >= 0 && int(c.shares) != n && p.shares != c.shares {
		return
	}
	if !g.own(p.said[0].first) {
		return
	}
	said, pieces, open := c.said, c.pieces, c.open
	until := c.until
	*c = *p
	c.said, c.pieces, c.open, c.until, c.form = said, pieces, open, until, finite
	g.cues = g.cues[:n]
}

// own tells that the word at token i is somebody's own words: "تصريحه".
func (g *grammar) own(i int32) bool {
	k := g.key(i)
	for _, w := range []string{"تصريح", "كلام", "قول", "حديث", "خطا", "بيان"} {
		if len(k) > len(w) && k[:len(w)] == w {
			return true
		}
	}
	return false
}
