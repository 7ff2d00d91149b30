package claim

import (
	"strings"

	"entente/internal/centre"
	"entente/internal/gazetteer"
)

// Where no earlier step knows a name, the clause can still tell that there is
// one: a name stands before or behind the role of who has it, between commas
// ("علیرضا کاظمی، نماینده مجلس، گفت") or, in Arabic, right behind the role ("قال
// الخبير الاقتصادي ليث العاني"). The words of the speaker are then the name, and
// its title is the role.

const (
	// nameMost is how many words a name has at most that only its place tells.
	nameMost  = 4
	nameLeast = 2
)

// strange tells that token i could be part of a name: it is a word that the
// lexicon does not have, and nobody has said what it is.
func (g *grammar) strange(i int32) bool {
	t := &g.tokens[i]
	return t.class == 0 && t.entry == nil && t.place < 0 && t.when < 0 && !t.digits && t.pointEnd-t.point > 1 &&
		(t.mention < 0 || g.draft.Mentions[t.mention].Kind == centre.MentionPerson) && g.words.List[i].Script != gazetteer.Latin &&
		(g.s.tongue.language != "ar" || g.words.List[i].Al || !g.al(i)) // "بالقول"
}

// nameIn tells that a stretch between two marks reads as a name and nothing else.
func (g *grammar) nameIn(p span) bool {
	if n := p.until - p.first; n < nameLeast || n > nameMost {
		return false
	}
	for i := p.first; i < p.until; i++ {
		if !g.strange(i) {
			return false
		}
	}
	return !g.words.List[p.first].Al
}

// person tells that a stretch has the name of a person that an earlier step
// found.
func (g *grammar) person(p span) bool {
	for i := p.first; i < p.until; i++ {
		if m := g.tokens[i].mention; m >= 0 && g.draft.Mentions[m].Kind == centre.MentionPerson {
			return true
		}
	}
	return false
}

// titles looks at the words between commas behind a speaker: a role behind a
// name, or the name behind a role. end moves behind them.
func (g *grammar) titles(c *cue, end *int32) {
	at := *end
	if at >= g.s.until || g.tokens[at].gap&hard != comma || g.is(at, conjunction) {
		return
	}
	next := span{at, g.zone(at + 1)}
	if next.until >= g.s.until || next.until-next.first > 14 {
		// The last piece of the sentence is no apposition.
		return
	}
	role := g.is(next.first, anonymous|office|spokes) && !g.is(next.first, plural)
	switch {
	case role && (g.nameIn(c.speaker) || g.person(c.speaker)) && g.tokens[next.until].gap&hard == comma:
		c.title = next
		*end = next.until
	case g.is(c.speaker.first, anonymous) && !g.person(c.speaker) && g.tokens[next.until].gap&hard == comma && (g.nameIn(next) || g.person(next) && next.until-next.first <= nameMost):
		c.title = c.speaker
		c.raw, c.speaker = next, next
		*end = next.until
	}
}

// nameBehind divides a speaker of the form "role name", as Arabic has it: the
// name begins with the first strange word behind what the role is defined by.
func (g *grammar) nameBehind(c *cue) {
	p := c.speaker
	if g.person(p) {
		g.lengthen(c)
		return
	}
	if p.until-p.first < 3 || !g.is(p.first, anonymous) || g.is(p.first, plural) {
		return
	}
	definite := g.al(p.first)
	for i := p.first + 1; i < p.until; i++ {
		if definite && !g.al(i) && g.nameIn(span{i, p.until}) && !nisba(g.fold(i)) {
			c.title = span{p.first, i}
			c.raw, c.speaker = span{i, p.until}, span{i, p.until}
			return
		}
		t := &g.tokens[i]
		definite = definite || g.al(i) || t.mention >= 0 || t.place >= 0
		if string(g.fold(i)) == "باسم" || t.class&preposition != 0 && t.mention < 0 && t.place < 0 {
			definite = false
		}
	}
}

// lengthen takes strange words behind the name of a person for a part of it.
func (g *grammar) lengthen(c *cue) {
	p := c.speaker
	for i := p.first; i < p.until; i++ {
		m := g.tokens[i].mention
		if m < 0 || g.draft.Mentions[m].Kind != centre.MentionPerson {
			continue
		}
		end := g.passes(i)
		if end > p.until || end < p.until && g.nameIn(span{i, p.until}) || g.draft.Mentions[m].Start < int(g.tokens[i].point) || g.seated(p, i) {
			c.title = span{p.first, i}
			c.raw, c.speaker, c.exact = span{i, p.until}, span{i, p.until}, true
		}
		return
	}
}

// seated tells that the name at token i is that of who holds the office which a
// noun phrase begins with, over a preposition: "عضو اللجنة في البرلمان كريم الساعدي". Behind
// another office the name is that one's: "مستشار في مكتب الرئيس بشار الأسد".
func (g *grammar) seated(p span, i int32) bool {
	for k := p.first + 1; k < i; k++ {
		if g.is(k, anonymous) || kin[g.key(k)] {
			return false
		}
	}
	return i > p.first+1 && g.is(p.first, office) && g.al(i-1) && !g.clitic(i, "ل")
}

// entitle makes an agent whose name only its title tells.
func (r *reader) entitle(s *sentence, a *agent, c *cue) {
	if c.described {
		*a = r.agentOf(s, c.title)
		a.Words, a.span = r.wordsOf(c.speaker), c.speaker
		if a.Name, a.refers = a.Text, byName; s.tongue.language == "ru" {
			a.Name = r.inNominative(c.speaker, a)
		}
		a.Name = r.bare(s, c.speaker, a.Name)
		if a.Country == "" {
			a.Country = r.countryIn(c.speaker, true)
		}
		if !r.is(c.title.first, body) && (a.Kind == centre.AgentNamed || a.Kind == centre.AgentCollective) {
			a.Kind, a.single, a.person, a.anonymity = centre.AgentAnonymous, true, true, centre.Background
			if f := string(r.fold(c.title.until - 1)); strings.HasSuffix(f, "и") || strings.HasSuffix(f, "ы") {
				a.Kind, a.single = centre.AgentCollective, false
			}
		}
		return
	}
	if c.exact {
		a.Words = r.wordsOf(c.speaker)
		a.Name = a.Text
	}
	if c.title.empty() {
		if a.mentioned || a.refers != byName || a.Kind != centre.AgentCollective || !r.unknown(s, c.speaker) {
			return
		}
		// A name alone: two or three words that are no plural.
		a.Kind, a.anonymity, a.single, a.person = centre.AgentNamed, centre.OnRecord, true, true
		return
	}
	role := r.agentOf(s, c.title)
	a.person, a.single, a.anonymity, a.refers = true, true, centre.OnRecord, byName
	if a.Kind != centre.AgentSpokesperson {
		a.Kind = centre.AgentNamed
	}
	for i := c.title.first; i < c.title.until; i++ {
		if r.is(i, spokes) {
			a.Kind = centre.AgentSpokesperson
		}
	}
	if a.Kind == centre.AgentSpokesperson && a.Role == "" {
		a.Role = "spokesperson"
	}
	if a.Country == "" {
		a.Country = role.Country
	}
}

// unknown tells that a speaker is two or three words that nothing is known of.
func (r *reader) unknown(s *sentence, p span) bool {
	g := &grammar{reader: r, s: s}
	return p.until-p.first <= 3 && g.nameIn(p)
}

// namesake finds an earlier speaker of the text whose name ends with the words
// of one of which nothing else is known: "الحديثي" after "سامر الحديثي".
func (r *reader) namesake(a *agent, k int) (agent, int) {
	const far = 200 // acts
	last := lastWord(a.Name)
	for n := k - 1; n >= 0 && n > k-far; n-- {
		o := &r.acts[n].root
		if o.person && (o.Kind == centre.AgentNamed || o.Kind == centre.AgentSpokesperson) && len(o.Name) > len(a.Name) && strings.HasSuffix(o.Name, a.Name) && lastWord(o.Name) == last {
			return *o, n
		}
	}
	return agent{}, -1
}

func lastWord(name string) string { return name[strings.LastIndexByte(name, ' ')+1:] }

// bare gives the name of an agent without what its clause adds to it.
func (r *reader) bare(s *sentence, p span, name string) string {
	switch s.tongue.language {
	case "ar":
		return arabicBare(r, p, name)
	case "ru":
		return russianBare(r, p, name)
	}
	return name
}

// longerName tells that a name is fuller than another of the same one. In
// Russian only more words make it so: more letters are another case.
func longerName(language, a, b string) bool {
	if language == "ru" {
		return strings.Count(a, " ") > strings.Count(b, " ")
	}
	return len(a) > len(b)
}

// sameCase gives, of the names of one as long as a given one, that which ends as
// a mention does: "Дмитрий Медведев" for "Медведев", not "Дмитрия Медведева".
func (r *reader) sameCase(name string, m *centre.Mention) string {
	last := lastWord(m.Text)
	if strings.HasSuffix(name, last) || m.Entity == "" {
		return name
	}
	for i := range r.draft.Mentions {
		o := &r.draft.Mentions[i]
		if o.Entity == m.Entity && o.Kind == m.Kind && strings.Count(o.Text, " ") == strings.Count(name, " ") && strings.HasSuffix(o.Text, last) {
			return o.Text
		}
	}
	return name
}

// generic are words for bodies of any kind: "the body", whatever its own word is.
var generic = map[string]bool{"ведомство": true, "ведомстве": true, "ведомства": true, "وزارتخانه": true, "نهاد": true, "جهه": true}

// kin are words for people who are told by whose they are.
var kin = map[string]bool{"شقيق": true, "شقيقه": true, "ابن": true, "ابنه": true, "نجل": true, "والد": true, "والده": true, "زوجه": true, "ارمله": true,
	"محامي": true, "محاميه": true, "صديق": true, "سايق": true, "وكيل": true, "برادر": true, "خواهر": true, "پسر": true, "دختر": true, "همسر": true,
	"پدر": true, "مادر": true, "راننده": true}

// aside looks at a person's name in a speaker that stands behind what describes
// somebody else: "مصدر مقرب من الرئيس بشار الأسد", "برادر حسن روحانی". The name
// does not speak, and nobody without a name gets one.
func (g *grammar) aside(c *cue) {
	p := c.speaker
	if p.empty() || c.described || !c.title.empty() {
		return
	}
	nameless := g.is(p.first, anonymous) && !g.al(p.first)
	if g.s.tongue.verbLast {
		// Without an article, only "یک" and the ending tell: "منبعی", "مقامی".
		nameless = g.is(p.first, indefinite) || g.is(p.first, anonymous) && !g.is(p.first, office)
	}
	if g.tokens[p.first].mention >= 0 {
		return
	}
	end := int32(-1) // of the words that say what it is
	for i := p.first; i < p.until; i++ {
		t := &g.tokens[i]
		if end < 0 && i > p.first && (t.class&preposition != 0 || g.clitic(i, "ل")) && nameless {
			end = i
		}
		if t.mention < 0 || g.draft.Mentions[t.mention].Kind != centre.MentionPerson {
			continue
		}
		if kin[g.key(p.first)] && i > p.first {
			end = p.first + 1
		}
		if end > 0 {
			c.title, c.described = span{p.first, end}, true
		}
		return
	}
}

// unname takes single words that say who somebody is, and not what the name is,
// back from what an earlier step took for names: "شقيق", "ناشطون".
func (g *grammar) unname() {
	for i := g.s.first; i < g.s.until; i++ {
		t := &g.tokens[i]
		if t.mention < 0 || g.length(t.mention) != int(t.pointEnd-t.point) {
			continue
		}
		if t.class&anonymous != 0 || kin[g.key(i)] {
			t.mention = -1
		}
	}
	g.placed()
}

// placed takes the place behind an office without the article back from the name
// of a person: in "محافظ حماة غسان خلف" Hama is what he governs. With the article
// ("المحافظ حماد خلف") the name follows at once.
func (g *grammar) placed() {
	for i := g.s.first + 1; i < g.s.until; i++ {
		t := &g.tokens[i]
		if t.mention < 0 || t.place < 0 || t.mention == g.tokens[i-1].mention || !g.is(i-1, office) || g.al(i-1) || g.marked(i) || g.draft.Mentions[t.mention].Kind != centre.MentionPerson {
			continue
		}
		for place := t.place; i < g.s.until && g.tokens[i].place == place; i++ {
			g.tokens[i].mention = -1
		}
		i--
	}
}
