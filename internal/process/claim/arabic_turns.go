package claim

import (
	"slices"
	"strings"

	"entente/internal/centre"
)

// arabicRelay reads "نقلت X عن Y قوله إن" and "نُقل عن Y": X passes on what Y
// says.
func (g *grammar) arabicRelay(i int32) {
	c := g.new(i)
	first := g.segment(i)
	c.begins = g.particles(&c, first)
	from := int32(-1)
	const far = 16
	if c.until > c.first+1 { // "نقل عن" is one entry
		from = c.until
	} else {
		for k := c.until; k < g.s.until && k < c.until+far && (k == c.until || !g.marked(k)); k++ {
			if string(g.fold(k)) == "عن" && g.tokens[k].mention < 0 {
				from = k + 1
				break
			}
		}
	}
	if from < 0 {
		return
	}
	carrier := g.arabicBefore(first, c.begins)
	if !carrier.empty() {
		c.begins = carrier.first
	} else if from-1 > c.until {
		carrier = span{c.until, from - 1}
	}
	at, said := int32(-1), span{}
	for k := from; k < g.s.until && k < from+2*far; k++ {
		if t := &g.tokens[k]; t.mention < 0 && t.entry != nil && t.entry.cue != nil && t.entry.cue.frame&noun != 0 && k > from {
			said = span{k, t.until + 1}
			from2 := cue{span: said, lexeme: &told}
			at, _ = g.arabicComplement(&from2)
			break
		}
		if g.tokens[k].gap&(stop|semicolon) != 0 && k > from {
			return
		}
		if g.is(k, complement) && g.tokens[k].mention < 0 {
			said, at = span{k, k}, k+1
			break
		}
		if g.tokens[k].gap&colon != 0 {
			said, at = span{k, k}, k
			break
		}
	}
	if at < 0 {
		return
	}
	p, _ := g.arabicSubject(from, said.first, false)
	if p.empty() {
		return
	}
	c.lexeme = &told
	c.raw, c.speaker, c.inverted = p, p, true
	c.via = carrier
	if said.until > said.first {
		// The words nearest to what is said are the cue.
		c.span = said
	}
	if c.begins > g.s.first && (g.marked(c.begins) || g.and(c.begins) || g.is(c.begins-1, conjunction)) {
		c.breaks = c.begins
	}
	g.sayOn(&c, at)
	g.add(c)
}

// told is the cue of what somebody passes on.
var told = lexeme{lemma: "قال", stance: centre.StanceAssert, frame: clause}

// arabicConstruction reads "بحسب X".
func (g *grammar) arabicConstruction(i int32) {
	c := g.new(i)
	if c.until >= g.s.until || g.is(c.until, complement) || string(g.fold(c.until)) == "ما" {
		return // "بحسب ما ذكر X" is read at its verb
	}
	limit := g.s.until
	at := int32(-1)
	for k := c.until; k < g.s.until && k < c.until+30; k++ {
		if g.tokens[k].gap&(stop|semicolon|colon) != 0 && k > c.until {
			limit = k
			break
		}
		if f := string(g.fold(k)); g.tokens[k].mention < 0 && len(f) >= 6 && f[:6] == "فان" && g.is(k, complement) {
			limit, at = k, k+1
			break
		}
	}
	p, _ := g.arabicSubject(c.until, min(limit, g.zone(c.until)), false)
	if p.empty() && c.until < limit && g.clitic(c.until, "ل") {
		p, _ = g.arabicSubject(c.until+1, min(limit, g.zone(c.until)), false)
		p.first = c.until
		p.until = max(p.until, c.until+1)
	}
	if p.empty() {
		return
	}
	c.raw, c.speaker, c.inverted = p, p, true
	g.arabicAddressee(&c, p.until, min(limit, p.until+20))
	g.arabicSource(&c, limit)
	if at >= 0 {
		if c.begins = g.leads(i); c.begins > g.s.first {
			c.breaks = c.begins
		}
		g.sayOn(&c, at)
		g.add(c)
		return
	}
	end := g.zone(max(p.until, c.addressee.until))
	if c.via.until > end {
		end = g.zone(c.via.until)
	}
	g.around(&c, g.leads(i), end)
	g.add(c)
}

// neither reads "لم تؤكد X ولم تنف ...", "لم ينف X أو يؤكد ...": who neither confirms
// nor denies says nothing of it. It tells whether the verb is the first of two.
func (g *grammar) neither(c *cue, first int32) bool {
	const far = 12 // tokens between the two
	other := centre.StanceDeny
	switch c.lexeme.stance {
	case centre.StanceConfirm:
	case centre.StanceDeny:
		other = centre.StanceConfirm
	default:
		return false
	}
	if !c.negated {
		return false
	}
	second := int32(-1)
	for k := c.until; second < 0 && k < g.s.until && k < c.until+far && g.tokens[k].gap&(stop|semicolon|colon) == 0; k++ {
		if e := g.tokens[k].entry; e != nil && e.cue != nil && e.cue.stance == other && e.form == plain && !g.al(k) && !g.spoken(k) && (g.is(k-1, negation) || string(g.fold(k-1)) == "او") {
			second = k
		}
	}
	if second < 0 {
		return false
	}
	last := second
	for last > c.until && g.is(last-1, negation|conjunction) && g.tokens[last-1].mention < 0 {
		last--
	}
	c.lexeme = &declines
	p, object := g.arabicSubject(c.until, last, true)
	if p.empty() {
		p = g.arabicBefore(first, c.begins)
	}
	if p.empty() {
		g.share(c)
	} else {
		c.raw, c.speaker, c.inverted = p, p, p.first > c.first
		c.begins = min(c.begins, p.first)
	}
	from, until := second+1, g.zone(second+1)
	if from >= g.s.until || g.marked(from) { // "لم تؤكد X الخبر ولم تنفه"
		from, until = max(object, c.until), last
	}
	for from < until && g.is(from, preposition|adverb) && g.tokens[from].mention < 0 {
		from++
	}
	if from < until && g.is(from, anaphor) && until-from == 1 {
		c.anaphoric = true
	}
	if c.begins > g.s.first && (g.marked(c.begins) || g.and(c.begins) || g.is(c.begins-1, conjunction)) {
		c.breaks = c.begins
	}
	c.say(span{from, until})
	g.done = second + 1
	g.add(*c)
	return true
}

// comments are the words for what is refused.
var comments = map[string]bool{"تعليق": true, "ادلا": true, "تعقيب": true, "اجابه": true, "رد": true, "خوض": true, "افصاح": true, "قول": true, "كشف": true}

// checks are the words for what could not be done.
var checks = map[string]bool{"تحقق": true, "تاكد": true, "تثبت": true}

// arabicRefusal reads refusals to comment and what could not be verified, whose
// speaker stands inside: "رفض X التعليق على Y", "لم يصدر تعليق من X", "لم يتسن ل X
// التحقق من Y". It tells whether the verb is one.
func (g *grammar) arabicRefusal(c *cue, first int32) bool {
	lemma := c.lexeme.lemma
	stance := c.lexeme.stance
	words := comments
	switch {
	case stance == centre.StanceUnverified:
		words = checks
		if !c.negated && lemma != "تعذر" {
			return true
		}
	case stance == centre.StanceDecline:
		if lemma == "صدر" && !c.negated {
			return true
		}
	case lemma == "رفض":
	case c.negated && (lemma == "علق" || lemma == "رد" || lemma == "عقب"):
		words = nil
	default:
		return false
	}
	end := g.zone(c.until)
	at := int32(-1)
	if words == nil {
		at = c.first
	}
	for k := c.until; k < end && k < c.until+14 && at < 0; k++ {
		if words[g.bare(k)] && g.tokens[k].mention < 0 {
			at = k
		}
	}
	if at < 0 {
		return lemma != "رفض"
	}
	c.lexeme = &declines
	if stance == centre.StanceUnverified {
		c.lexeme = &unverified
	}
	// The speaker: between verb and word, or behind "من" where a comment is none.
	from, until := c.until, at
	if words == nil {
		until = end
	}
	for from < until && (g.is(from, preposition) || string(g.fold(from)) == "اي") && g.tokens[from].mention < 0 {
		from++
	}
	for until > from && g.is(until-1, preposition) && g.tokens[until-1].mention < 0 {
		until--
	}
	p := span{from, until}
	tail := at + 1
	if words == nil || stance == centre.StanceDecline && lemma == "صدر" {
		p = span{}
		tail = c.until
		if words != nil {
			tail = at + 1
			for k := at + 1; k < end; k++ {
				if f := string(g.fold(k)); (f == "من" || f == "عن") && g.tokens[k].mention < 0 {
					p, _ = g.arabicSubject(k+1, end, false)
					tail = p.until
					break
				}
			}
		} else {
			p, _ = g.arabicSubject(c.until, end, false)
			tail = max(tail, p.until)
		}
	} else if p.empty() || lemma == "صدر" {
		p = g.arabicBefore(first, c.begins)
	}
	if p.empty() && words == nil {
		p = g.arabicBefore(first, c.begins) // "أما X فلم ترد"
	}
	if !p.empty() {
		c.raw, c.speaker = p, p
		c.inverted = p.first > c.first
		c.begins = min(c.begins, p.first)
	} else if impersonal[lemma] {
		return true // "لم يتسن التأكد من ...": nobody says who could not
	} else {
		g.share(c)
	}
	if at >= c.until && (p.empty() || p.until <= at) {
		c.until = at + 1
		c.inverted = false
	}
	if c.begins > g.s.first && (g.marked(c.begins) || g.and(c.begins) || g.is(c.begins-1, conjunction)) {
		c.breaks = c.begins
		if g.is(c.begins-1, conjunction) {
			c.breaks--
		}
	}
	g.arabicTopic(c, first, max(tail, c.until), end)
	g.add(*c)
	return true
}

// impersonal are the verbs whose subject is what could not be done.
var impersonal = map[string]bool{"تسنى": true, "تعذر": true, "أمكن": true}

// bare gives the folded word at token i without article, prepositions and "و".
func (g *grammar) bare(i int32) string {
	f := string(g.fold(i))
	for _, p := range []string{"وال", "بال", "لل", "ب", "ل", "و"} {
		if len(f) > len(p)+2 && f[:len(p)] == p && (comments[f[len(p):]] || checks[f[len(p):]]) {
			return f[len(p):]
		}
	}
	return f
}

// arabicTopic gives a refusal what it is about: behind "على", "من", "بشأن", or
// in the question before it ("ورداً على سؤال بشأن ...").
func (g *grammar) arabicTopic(c *cue, first, from, end int32) {
	for k := from; k < end; k++ {
		if g.tokens[k].mention >= 0 || !g.is(k, preposition) {
			continue
		}
		switch string(g.fold(k)) {
		case "علي", "من", "بشان", "حول", "عن":
			if k+1 < end {
				p := span{k + 1, end}
				if comments[g.bare(p.until-1)] && p.until-p.first <= 2 {
					return // "على طلب للتعليق"
				}
				if g.is(p.first, anaphor) && (p.until-p.first == 1 || g.is(p.first+1, adverb|preposition) || strings.HasPrefix(string(g.fold(p.first+1)), "ب")) {
					c.anaphoric = true
					p.until = p.first + 1
				}
				c.say(p)
			}
			return
		}
	}
	if c.lexeme == &unverified {
		c.anaphoric = true
		return
	}
	for k := c.begins - 1; k > g.s.first && c.begins-k < 16; k-- {
		if f := g.bare(k); f == "سوال" || f == "اسيله" || f == "سؤال" {
			if k+2 < c.begins && g.is(k+1, preposition) {
				c.say(span{k + 2, g.zone(k + 2)})
			}
			return
		}
	}
}

// arabicDocument reads "جاء في بيان الوزارة أن".
func (g *grammar) arabicDocument(c *cue) {
	at, mark := g.arabicComplement(c)
	if at < 0 {
		return
	}
	for k := c.until; k < mark && k < c.until+3; k++ {
		if g.is(k, document) && g.tokens[k].mention < 0 {
			g.inDocument(c, k, mark)
			g.sayOn(c, at)
			g.add(*c)
			return
		}
	}
}

// replies tells that "ورد" is "and replied", and not "there came": without vowels
// only "بالقول" or "على" behind it tells.
func (g *grammar) replies(c *cue) bool {
	if strings.Contains(g.text[g.tokens[c.first].start:g.tokens[c.first].end], "\u0651") {
		return true
	}
	end := g.zone(c.until)
	for k := c.until; k < end; k++ {
		if f := string(g.fold(k)); f == "بالقول" || f == "قايلا" {
			return true
		}
	}
	return false
}

// objected gives the entry of the verb of saying at token i, which has its object written
// together with it ("نفته", "ووصفتها"); nil for none.
func (g *grammar) objected(i int32) *entry {
	if g.tokens[i].mention >= 0 || g.tokens[i].entry != nil {
		return nil
	}
	f := string(g.fold(i))
	if g.and(i) {
		f = f[len("و"):]
	}
	for _, suffix := range [...]string{"ها", "هم", "ه"} {
		verb, ok := strings.CutSuffix(f, suffix)
		if !ok {
			continue
		}
		if weak, ok := strings.CutSuffix(verb, "ا"); ok && g.s.tongue.words[verb] == nil {
			verb = weak + "ي" // "نفاه"
		}
		if e := g.s.tongue.words[verb]; e != nil && e.cue != nil && e.form != participle && e.cue.frame&(noun|behind|passing) == 0 && e.class&(anonymous|body|outlet|document) == 0 {
			return e
		}
	}
	return nil
}

// takesUp reads "وهو ما نفته X", "الأمر الذي أكده X": X denies or confirms what stands
// before. It tells whether the verb at token i is one.
func (g *grammar) takesUp(i int32) bool {
	if i < g.s.first+2 || g.spoken(i) {
		return false
	}
	switch before := string(g.fold(i - 2)); {
	case (before == "وهو" || before == "هو") && string(g.fold(i-1)) == "ما":
	case before == "امر" && g.is(i-1, relative):
	default:
		return false
	}
	e := g.objected(i)
	if e == nil || e.cue.stance != centre.StanceDeny && e.cue.stance != centre.StanceConfirm {
		return false
	}
	p, _ := g.arabicSubject(i+1, g.zone(i+1), false)
	if p.empty() {
		return false
	}
	c := cue{span: span{i, i + 1}, sentence: g.number, lexeme: e.cue, form: e.form, shares: -1, begins: i - 2, score: 1,
		raw: p, speaker: p, inverted: true, settlement: settlement{settled: true, anaphoric: true, breaks: i - 2}}
	return g.add(c)
}

// claims is "claimed" of an attack; of a law it is "adopted".
const claims = "تبنى"

// attacks are the beginnings of words for what somebody may claim to have done.
var attacks = []string{"هجوم", "هجمات", "عملي", "تفجير", "اعتداء", "قصف", "اغتيال", "استهداف", "ضربه", "ضربات", "انفجار", "مسوول"}

// claimsAttack tells that what a cue says is an attack. Written with a dotted ي the word
// is a noun, or "builds".
func (g *grammar) claimsAttack(c *cue) bool {
	t := &g.tokens[c.first]
	if c.pieces == 0 || strings.HasSuffix(g.text[t.start:t.end], "ي") {
		return false
	}
	f := string(g.fold(c.said[0].first))
	return slices.ContainsFunc(attacks, func(w string) bool { return strings.HasPrefix(f, w) })
}
