package claim

import (
	"strings"

	"entente/internal/centre"
	"entente/internal/gazetteer"
)

// russianSubject finds the speaker of a verb and to whom it is said: before the
// verb, behind it, or with the verb before.
func (g *grammar) russianSubject(c *cue, first, end int32) {
	last := c.first
	for last > first && g.is(last-1, adverb|negation|auxiliary) && g.tokens[last-1].mention < 0 {
		last--
		if g.is(last, negation) {
			c.negated = true
		}
	}
	if c.form == participle && russianParticiple(g.fold(c.first)) {
		g.whoSaid(c, first)
		return
	}
	if c.form == participle {
		g.share(c)
		c.breaks = first
		return
	}
	// Who is cited stands between: "X со ссылкой на Y передал".
	for k := len(g.cues) - 1; k >= g.from; k-- {
		if p := &g.cues[k]; p.first >= first && p.until < last && g.is(p.until, conjunction) && !p.inverted {
			first = p.until // "X сказал и повторил"
			break
		}
	}
	left, source := last, span{}
	for k := first; k < last; k++ {
		if t := &g.tokens[k]; t.entry != nil && t.entry.cue != nil && t.entry.cue.frame&passing != 0 {
			left, source = k, g.oblique(t.until+1, last)
			break
		}
	}
	p := g.nominative(first, left, g.pluralVerb(c))
	if p.empty() && first > g.s.first && g.tokens[first].gap&(hard|quoteClose) == comma && last == first && (c.lexeme.frame&clause == 0 || g.complementBehind(c, end) >= 0) {
		p = g.beforeComma(first)
	}
	if q := g.toldBehind(c, p, first, end); !q.empty() {
		c.addressee = p
		c.raw, c.speaker, c.inverted = q, q, true
		g.whose(c)
		g.citedBehind(c, end)
		return
	}
	if !p.empty() {
		if p.until-p.first == 1 && g.is(p.first, relative) {
			return
		}
		c.raw, c.speaker = p, p
		c.begins = p.first
		g.whose(c)
		g.cite(c, source)
		g.addressed(c, c.until, end)
		g.citedBehind(c, end)
		return
	}
	from := g.addressed(c, c.until, end)
	until := end
	for k := from; k < end; k++ {
		if g.cites(k) {
			until = k
			break
		}
	}
	p = g.nominative(from, until, g.pluralVerb(c))
	if !p.empty() && g.is(p.first, document) && g.tokens[p.first].mention < 0 && p.until-p.first <= 2 {
		p = span{} // "написал письмо": the object
	}
	if p.empty() && from > c.until {
		p = g.nominative(c.until, until, false) // "передаёт ТАСС": nobody is told
		if !p.empty() {
			c.addressee = span{}
		}
	}
	if p.empty() && first > g.s.first && g.tokens[first].gap&(hard|quoteClose) == comma && last == first {
		if p = g.beforeComma(first); !p.empty() {
			c.raw, c.speaker, c.begins = p, p, p.first
			return
		}
	}
	if !p.empty() {
		c.raw, c.speaker, c.inverted = p, p, true
		if at := first; c.lexeme.frame&object != 0 && g.complementBehind(c, end) < 0 && at > g.s.first && g.is(at-1, complement) && last == at {
			c.raw, c.speaker, c.inverted = span{}, span{}, false
			return // "что отверг предложение": who says so, and no other
		}
		g.whose(c)
		g.citedBehind(c, end)
		return
	}
	lead := first
	for lead < last && g.is(lead, conjunction|adverb) && g.tokens[lead].mention < 0 {
		lead++ // "..., и призвал"
	}
	if c.first == first || last == lead {
		g.share(c)
		if c.shares >= 0 && first > g.s.first {
			c.breaks = first
		}
	}
}

// toldBehind gives the speaker behind the verb in "об этом ТАСС сообщил X", where the
// agency before the verb is who was told.
func (g *grammar) toldBehind(c *cue, p span, first, end int32) span {
	if p.empty() || p.first < first+2 || !g.is(p.first-1, anaphor) || !g.is(p.first-2, preposition) || !g.relays(p) {
		return span{}
	}
	return g.nominative(c.until, end, g.pluralVerb(c))
}

// whoSaid finds the speaker of a participle right behind it: "взорвали хуситы,
// заявившие, что ..." has no other than the subject of an attribution, or that with which its
// sentence begins.
func (g *grammar) whoSaid(c *cue, first int32) {
	if first != c.first || first == g.s.first || g.tokens[first].gap&hard != comma {
		return
	}
	many := strings.HasSuffix(string(g.fold(first)), "ие")
	c.breaks = first
	for k := g.from; k < len(g.cues); k++ {
		if o := &g.cues[k]; o.inverted && o.kind == byVerb && o.speaker.until == first && g.pluralVerb(o) == many {
			c.shares = int32(k)
			return
		}
	}
	begin := g.leads(g.segment(first - 1))
	if p := g.nominative(begin, first, false); begin == g.s.first && p.until == first && (g.anchors(p.first) || p.until-p.first == 2 && g.anchors(p.first+1)) {
		c.raw, c.speaker, c.begins = p, p, p.first
	}
}

// secondHand is "in the words of", which with a verb cites.
const secondHand = "со слов"

// cites tells that token i begins "со ссылкой на" or, behind a verb, "со слов".
func (g *grammar) cites(i int32) bool {
	e := g.tokens[i].entry
	return e != nil && e.cue != nil && (e.cue.frame&passing != 0 || e.cue.lemma == secondHand)
}

// citedBehind reads "..., ссылаясь на Y" and "со ссылкой на Y" behind a cue.
func (g *grammar) citedBehind(c *cue, end int32) {
	for k := c.until; k < g.s.until && k <= end+1; k++ {
		if t := &g.tokens[k]; g.cites(k) {
			stop := g.zone(t.until + 1)
			g.cite(c, g.oblique(t.until+1, stop))
			return
		}
	}
	if at := g.quotedBy(end); at > 0 {
		g.cite(c, g.nominative(at, g.zone(at), false))
	}
}

// quotedBy gives the token behind "слова которого приводит", where it begins at token
// i and tells who passes a statement on; 0 for none.
func (g *grammar) quotedBy(i int32) int32 {
	if i+2 >= g.s.until || g.tokens[i].gap&comma == 0 {
		return 0
	}
	if string(g.fold(i)) == "слова" && g.is(i+1, relative) {
		i++
	}
	switch string(g.fold(i)) {
	case "которого", "которую", "которой", "которых":
	default:
		return 0
	}
	switch string(g.fold(i + 1)) {
	case "приводит", "приводят", "передает", "передают", "цитирует", "цитируют", "привел", "привела", "привело", "процитировал", "процитировала", "процитировало":
		return i + 2
	}
	return 0
}

// pluralVerb tells that a verb is in the plural, whose subject may be left out:
// "В Кремле заявили".
func (g *grammar) pluralVerb(c *cue) bool {
	for i := c.first; i < c.until; i++ {
		f := string(g.fold(i))
		for _, e := range []string{"ли", "лис", "ют", "ут", "ят", "ат"} {
			if len(f) > len(e) && f[len(f)-len(e):] == e {
				return true
			}
		}
	}
	return false
}

// nominative finds the subject between two tokens: the first noun phrase that
// can speak and is not behind a preposition. Where the verb is in the plural
// and has none, the body behind "в" speaks.
func (g *grammar) nominative(from, until int32, plural bool) span {
	begin, behind, body := from, int32(-1), span{}
	for i := from; i < until; i++ {
		t := &g.tokens[i]
		named := t.mention >= 0 || t.place >= 0
		switch {
		case !named && (t.when >= 0 || t.class&(adverb|conjunction|subordinate|complement|noted|auxiliary) != 0 && t.class&(preposition|determiner|anonymous) == 0):
			begin, behind = i+1, -1
			continue
		case !named && t.class&preposition != 0:
			behind = i
			continue
		case !named && t.class&relative != 0:
			return span{i, i + 1}
		case !named && t.class&anaphor != 0 && (t.class&determiner == 0 || i+1 >= until || g.is(i+1, anaphor) || !g.anchors(i+1)):
			begin, behind = i+1, -1
			continue
		case t.mention < 0 && g.accusativePlace(i):
			begin, behind = i+1, -1
			continue
		case !g.anchors(i) && !(t.upper && (i > g.s.first || until == i+1 || i+1 < until && g.tokens[i+1].upper)):
			continue
		}
		end := g.passes(i)
		for behind >= 0 && !named && end < until && (g.tokens[end].gap == hyphen || g.tokens[end].gap&hard == 0 && g.is(end, institution)) {
			end = g.passes(end) // "в пресс-службе ведомства": it is one body
		}
		if behind >= 0 && !named && end < until && strings.HasPrefix(string(g.fold(i)), "министерств") && g.field(end) {
			end++ // "в министерстве нефти"
		}
		if behind >= 0 {
			if body.empty() && plural {
				switch string(g.fold(behind)) {
				case "в", "во", "на":
					if behind == begin || g.is(behind, preposition) {
						body = span{behind + 1, end}
					}
				}
			}
			begin, behind = min(end, until), -1
			i = end - 1
			continue
		}
		return g.cutSubject(span{begin, until}, i)
	}
	return body
}

// field tells that token i is a noun in the genitive that nothing else is known of, as
// what a ministry is for.
func (g *grammar) field(i int32) bool {
	t := &g.tokens[i]
	if t.class != 0 || t.entry != nil || t.upper || t.digits || t.gap&hard != 0 {
		return false
	}
	f := string(g.fold(i))
	for _, e := range []string{"и", "ы", "а", "я"} {
		if strings.HasSuffix(f, e) {
			return true
		}
	}
	return false
}

// accusativePlace tells that the place at token i stands in the accusative, as what
// a verb is done to: "призвал Москву".
func (g *grammar) accusativePlace(i int32) bool {
	t := &g.tokens[i]
	if t.place < 0 {
		return false
	}
	m := &g.draft.Mentions[t.place]
	if m.Place == nil {
		return false
	}
	name := m.Place.Names["ru"]
	return (strings.HasSuffix(m.Text, "у") || strings.HasSuffix(m.Text, "ю")) && (strings.HasSuffix(name, "а") || strings.HasSuffix(name, "я"))
}

// cutSubject ends a subject with head at token head where a time, an adverb or a
// preposition follows that does not belong to it.
func (g *grammar) cutSubject(p span, head int32) span {
	end := g.passes(head)
	if g.is(head, pronoun) && g.tokens[head].mention < 0 {
		return span{head, head + 1}
	}
	inside := false
	for i := end; i < p.until; i++ {
		t := &g.tokens[i]
		if t.mention >= 0 || t.place >= 0 {
			continue
		}
		if t.when >= 0 || t.class&(adverb|complement|conjunction|pronoun|anaphor|auxiliary|negation) != 0 && t.class&(preposition|determiner) == 0 ||
			g.is(i, determiner) && i+1 < p.until && g.is(i+1, anaphor) {
			p.until = i
			break
		}
		if t.class&preposition != 0 {
			// "источник в министерстве" is one, "министр в Москве" is not.
			if inside || !g.is(head, anonymous) || g.is(head, office) || i+1 >= p.until || g.tokens[i+1].when >= 0 {
				p.until = i
				break
			}
			inside = true
		}
	}
	return p
}

// beforeComma finds the subject of a verb behind a comma: what stands before an
// apposition ("X, представитель Y, заявил").
func (g *grammar) beforeComma(i int32) span {
	for n := 0; n < 3 && i > g.s.first; n++ {
		first := g.segment(i - 1)
		if p := g.nominative(first, i, false); !p.empty() && !g.is(p.first, relative) && !g.hasCue(first, i) {
			if g.tokens[first].gap&comma != 0 && first > g.s.first && (g.describes(first) || !g.hasName(p)) {
				if q := g.beforeComma(first); !q.empty() {
					return q
				}
			}
			return p
		}
		if !g.describes(first) && !g.introductory(first, i) || g.tokens[first].gap&comma == 0 {
			return span{}
		}
		i = first
	}
	return span{}
}

func (g *grammar) hasName(p span) bool {
	for i := p.first; i < p.until; i++ {
		if g.tokens[i].mention >= 0 {
			return true
		}
	}
	return false
}

// hasCue tells that a reporting verb stands between two tokens.
func (g *grammar) hasCue(from, until int32) bool {
	for i := from; i < until; i++ {
		if e := g.tokens[i].entry; e != nil && e.cue != nil && e.cue.frame&(noun|passing|behind|unnamed) == 0 {
			return true
		}
	}
	return false
}

// oblique gives the noun phrase behind a preposition or a construction, up to
// where a time or another construction begins.
func (g *grammar) oblique(from, until int32) span {
	p := span{from, min(until, g.s.until)}
	for p.first < p.until && g.is(p.first, adverb) && g.tokens[p.first].mention < 0 {
		p.first++
	}
	for i := p.first; i < p.until; i++ {
		t := &g.tokens[i]
		if t.mention < 0 && (t.when >= 0 && i > p.first || t.class&complement != 0 || i > p.first && t.entry != nil && t.entry.cue != nil && t.entry.cue.frame&(passing|noun|behind) == 0 && t.class&anonymous == 0) {
			p.until = i
			break
		}
	}
	return p
}

// addressed finds to whom it is said between two tokens: who is named in the
// dative right behind the verb, or "в беседе с X", "в интервью X". It gives the
// token behind a dative.
func (g *grammar) addressed(c *cue, from, until int32) int32 {
	if from < until && g.dative(from) {
		end := g.passes(from)
		for end < until && (g.tokens[end].gap&quoteOpen != 0 || g.tokens[end].quote >= 0 || g.tokens[end].mention >= 0 && g.outletAt(end) && g.tokens[end].mention != g.tokens[from].mention) {
			end = g.passes(end)
		}
		c.addressee = span{from, end}
		return end
	}
	if until < g.s.until && g.gerund(until) && g.tokens[until].gap&comma != 0 {
		until = g.zone(until + 1) // "отвечая на вопрос X"
	}
	for i := from; i < until; i++ {
		switch string(g.fold(i)) {
		case "беседе", "интервю", "разговоре", "эфире", "комментарии", "вопрос", "вопросы":
			for k := i + 1; k < until && k < i+5; k++ {
				if g.outletAt(k) || g.is(k, outlet|agency) {
					end := k + 1
					for end < until && (g.tokens[end].mention >= 0 || g.tokens[end].quote >= 0 || g.tokens[end].upper) {
						end++
					}
					c.addressee = span{k, end}
					return from
				}
			}
		}
	}
	return from
}

// dative tells that token i is an outlet, an agency or journalists in the dative.
func (g *grammar) dative(i int32) bool {
	f := string(g.fold(i))
	if !g.is(i, outlet|agency) {
		return g.tokens[i].mention >= 0 && g.outletAt(i)
	}
	for _, e := range []string{"у", "ам", "ям", "газете", "радио", "прессе", "радиостанции", "телекомпании", "ю"} {
		if len(f) > len(e) && f[len(f)-len(e):] == e || f == e {
			return true
		}
	}
	return false
}

// strictly tells that a cue says no by itself, so that a negation before it is
// part of what it says.
func strictly(x *lexeme) bool { return x.stance == "DECLINE" || x.stance == "UNVERIFIED" }

// whose looks at the names in a speaker. One in an oblique case belongs to
// somebody else ("адвокат Виктора Бута"); of several the last in the nominative
// speaks ("пресс-секретарь Путина Дмитрий Песков"). A noun that nothing is known
// of before the name of a body describes somebody of it ("создатель Facebook").
func (g *grammar) whose(c *cue) {
	p := c.speaker
	masculine := g.masculine(c)
	other, who := int32(-1), int32(-1)
	for i := p.first; i < p.until; i = g.passes(i) {
		t := &g.tokens[i]
		if t.mention < 0 {
			continue
		}
		m := &g.draft.Mentions[t.mention]
		switch {
		case m.Kind != centre.MentionPerson:
			if who < 0 && other < 0 && i > p.first && (g.plainNoun(p.first) || g.is(p.first, body) && g.tokens[p.first].mention < 0 && !typed[string(g.fold(p.first))]) {
				other = i
			}
		case masculine && obliqueName(m.Text):
			if other < 0 && i > p.first {
				other = i
			}
		default:
			who = i
		}
	}
	switch {
	case who >= 0 && who > p.first:
		if title := (span{p.first, who}); g.person(title) {
			c.title = title
			c.speaker.first = who
		}
	case who < 0 && other >= 0:
		c.title = span{p.first, other}
		c.described = true
	}
}

// typed are words for bodies that stand before the name of one and mean it:
// "компания «Газпром»", but not "канцелярия правительства".
var typed = map[string]bool{"компания": true, "компании": true, "группировка": true, "группировки": true, "партия": true, "организация": true,
	"концерн": true, "корпорация": true, "движение": true, "служба": true, "фирма": true, "коалиция": true}

// masculine tells that a verb is in the past with a man for its subject.
func (g *grammar) masculine(c *cue) bool {
	f := string(g.fold(c.first))
	return strings.HasSuffix(f, "л") || strings.HasSuffix(f, "лся")
}

// obliqueName tells that a man's name is in the genitive or the accusative.
func obliqueName(name string) bool {
	last := lastWord(name)
	if len(last) < 8 {
		return false
	}
	switch last {
	case "Никита", "Илья", "Кузьма", "Савва", "Данила", "Гаврила", "Фома", "Лука":
		return false
	}
	for _, e := range []string{"ова", "ева", "ёва", "ина", "ана", "ена", "уна", "ера", "ора", "ара", "ада", "ида", "ута", "ого", "его", "ича", "ея", "ия", "ла", "ка", "са", "ба", "да", "та", "га", "ма", "ша", "ая"} {
		if strings.HasSuffix(last, e) {
			return e != "ка" && e != "ая" && e != "ия" || strings.Contains(name, "а ") || strings.Contains(name, "я ")
		}
	}
	return false
}

// plainNoun tells that token i is a word in no list and no adjective.
func (g *grammar) plainNoun(i int32) bool {
	t := &g.tokens[i]
	if t.class != 0 || t.entry != nil || t.place >= 0 || t.mention >= 0 || t.when >= 0 || t.upper && i > g.s.first || t.digits {
		return false
	}
	f := string(g.fold(i))
	for _, e := range []string{"ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие", "ого", "его", "ых", "их", "ую", "ым", "им"} {
		if strings.HasSuffix(f, e) {
			return false
		}
	}
	return g.words.List[i].Script == gazetteer.Cyrillic
}

// institution are the classes of words for those who are many and speak as one.
const institution = body | outlet | agency
