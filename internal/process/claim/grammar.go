package claim

import (
	"strings"

	"entente/internal/centre"
)

// Arabic, Persian and Russian do not stand in the order that speaker.go and
// content.go read. A tongue with a read of its own finds each cue with its
// speaker and its content at once, from the words that such a clause has in
// its language: the complement ("что", "أن", "که"), the colon, the comma before
// a speaker that stands behind, the mark of an object ("را"). What is common to
// the three is here; agents, chains and answers are one for all tongues.
type grammar struct {
	*reader
	s      *sentence
	number int32
	from   int    // the first cue of the sentence among those of the text
	takes  string // the preposition that the verb under way takes
	whom   bool   // the verb under way takes a person for its object: "اتهم"
	done   int32  // the tokens before this one are read
	// waits is an attribution that says nothing yet; another may be joined to it that
	// does: "قال الوزير، وأكد الجيش، أن ...". Its lexeme is nil for none.
	waits cue
}

// settlement is what a tongue's own reading knows of a cue beyond its speaker.
type settlement struct {
	settled bool
	said    [3]span // what is said, in pieces
	pieces  int8
	open    bool  // the last piece goes on until a later attribution of the sentence breaks it
	breaks  int32 // where this attribution ends an open piece before it, or -1: it stands inside of that
	// anaphoric: what is said is "this" alone, which the last piece, if any, holds.
	anaphoric bool
	// title is the role of a speaker whose name nothing else tells.
	title span
	// exact: the words of the speaker are its name, of which an earlier step found
	// but a part.
	exact bool
	// described: the speaker is a description with a name in it, of somebody else:
	// "адвокат Бута"; title is the words of it that say what it is.
	described bool
	// omitted: the verb has no subject, so that who spoke last goes on.
	omitted bool
	// repeated is 1 and the cue of the sentence before whose words "об этом" takes up;
	// 0 for none.
	repeated int32
	many     bool // and it is in the plural
}

// The stances of uses that words alone do not tell.
var (
	declines   = lexeme{lemma: "decline", stance: centre.StanceDecline, frame: clause}
	unverified = lexeme{lemma: "not verify", stance: centre.StanceUnverified, frame: clause | object}
)

const (
	// longClause bounds the piece of a clause between two marks, in tokens: a text
	// without marks is no prose.
	longClause = 400
	// longSaid bounds what is said in one sentence outside of quotation marks.
	longSaid = 600
)

// hard are the marks at which a clause may end.
const hard = comma | colon | semicolon | dash | opening | closing | newLine | paragraph | stop

// marked tells that a clause may end before token i: at a mark, or at a
// quotation that is not a name.
func (r *reader) marked(i int32) bool {
	g := r.tokens[i].gap
	if g&hard != 0 {
		// Not the point in "Lenta.ru", nor a mark inside of a name in quotation marks.
		if g == stop && i > 0 && r.tokens[i].start == r.tokens[i-1].end+1 {
			return false
		}
		q := r.tokens[i].quote
		return q < 0 || i == r.quotes[q].first || !r.nameQuote(i, q)
	}
	if g&quoteOpen != 0 && !r.nameQuote(i, r.tokens[i].quote) {
		return true
	}
	return g&quoteClose != 0 && i > 0 && !r.nameQuote(i, r.tokens[i-1].quote)
}

// nameQuote tells that a quotation is the name of an outlet or a body and not
// words of somebody: few words that begin with a capital, or stand behind what
// has a name.
func (r *reader) nameQuote(i, q int32) bool {
	if q < 0 {
		return false
	}
	x := &r.quotes[q]
	if x.until-x.first > 5 || x.until <= x.first || r.tokens[x.first].gap&(comma|colon|stop|dash) != 0 {
		return false
	}
	t := &r.tokens[x.first]
	named := t.mention >= 0 && r.tokens[x.until-1].mention == t.mention
	if t.upper && (int(x.until) >= len(r.tokens) || r.tokens[x.until].gap&(comma|dash) != comma|dash) {
		return true
	}
	return named || x.first > 0 && (r.is(x.first-1, outlet|agency|body) || r.tokens[x.first].gap&apart == quoteOpen && string(r.fold(x.first-1)) == "ل")
}

// spoken tells that token i stands inside of a quotation of words.
func (r *reader) spoken(i int32) bool {
	q := r.tokens[i].quote
	return q >= 0 && !r.nameQuote(i, q)
}

// segment gives the first token of the clause's piece that ends before token i.
func (g *grammar) segment(i int32) int32 {
	for last := i; i > g.s.first && last-i < longClause && !g.marked(i); {
		if g.is(i-1, complement) && g.tokens[i-1].mention < 0 {
			return i
		}
		i--
	}
	return i
}

// zone gives the end of the clause's piece that begins with token i.
func (g *grammar) zone(i int32) int32 {
	if i < g.s.until && g.marked(i) {
		return i
	}
	for first := i; i+1 < g.s.until && i-first < longClause; {
		if i++; g.marked(i) {
			if end := g.acronym(i); end > 0 {
				i = end
				continue
			}
			return i
		}
	}
	return min(i+1, g.s.until)
}

// acronym gives the token behind the short form of a name that token i opens in
// brackets, where the clause goes on there: "بعثة الأمم المتحدة (يونامي) الأطراف"; 0 for
// none.
func (g *grammar) acronym(i int32) int32 {
	if g.tokens[i].gap&hard != opening || g.tokens[i-1].mention < 0 {
		return 0
	}
	const most = 3 // words
	for k := i + 1; k < g.s.until && k <= i+most; k++ {
		if gap := g.tokens[k].gap; gap&hard == closing {
			return k
		} else if gap&hard != 0 {
			return 0
		}
	}
	return 0
}

// anchors tells that token i may be, or be part of, who speaks.
func (r *reader) anchors(i int32) bool {
	t := &r.tokens[i]
	return t.mention >= 0 || t.place >= 0 || t.class&(anonymous|outlet|agency|body|document|pronoun) != 0
}

// passes gives the end of the mention or place that token i is in.
func (r *reader) passes(i int32) int32 {
	t := r.tokens[i]
	for i++; int(i) < len(r.tokens) && (t.mention >= 0 && r.tokens[i].mention == t.mention || t.mention < 0 && t.place >= 0 && r.tokens[i].place == t.place); i++ {
	}
	return i
}

// outletAt tells that token i is, or is in the name of, an outlet or an agency.
func (g *grammar) outletAt(i int32) bool {
	if g.is(i, outlet|agency) {
		return true
	}
	if g.tokens[i].mention < 0 {
		return false
	}
	a := g.agentOf(g.s, span{i, g.passes(i)})
	return a.Kind == centre.AgentAgency || a.Kind == centre.AgentPublisher
}

// relays tells that a noun phrase is an outlet or an agency, which pass on.
func (g *grammar) relays(p span) bool {
	if p.empty() {
		return false
	}
	a := g.agentOf(g.s, p)
	return a.Kind == centre.AgentAgency || a.Kind == centre.AgentPublisher || a.Kind == centre.AgentCollective && g.is(a.head, outlet|agency)
}

// cite makes the source of a speaker that passes on the speaker. Of two that
// are no outlets the second is the one who passes on.
func (g *grammar) cite(c *cue, source span) {
	switch {
	case source.empty():
	case g.relays(source) && !g.relays(c.speaker):
		c.via = source
	default:
		c.via, c.speaker, c.raw = c.speaker, source, source
	}
}

// say adds a piece to what a cue says.
func (c *cue) say(p span) {
	if p.empty() || int(c.pieces) >= len(c.said) {
		return
	}
	c.said[c.pieces] = p
	c.pieces++
}

// sayOn lets a cue say all from token i until another attribution breaks it.
func (g *grammar) sayOn(c *cue, i int32) {
	if q := g.tokens[min(i, g.s.until-1)].quote; i < g.s.until && g.tokens[i].gap&quoteOpen != 0 && !g.nameQuote(i, q) && q >= 0 {
		// A quotation that ends the clause is all that is said.
		w := g.wholeQuote(q)
		if w.first == i && (w.until >= g.s.until || g.tokens[w.until].gap&hard != 0 || g.is(w.until, conjunction)) {
			c.say(w)
			return
		}
	}
	if i < g.s.until {
		c.say(span{i, min(g.s.until, i+longSaid)})
		c.open = true
	}
}

// reports are the beginnings of words for something said, as they stand folded.
var reports = map[string][]string{
	"ar": {"تصريح", "كلام", "قول", "حديث", "بيان", "خبر", "تقرير", "نبا", "انبا", "رواي", "موقف", "مواقف", "اتهام", "مزاعم", "ادعا", "مقال", "تغريد"},
	"fa": {"خبر", "گزارش", "ادعا", "سخن", "اظهار", "گفت", "حرف", "بياني", "مطلب", "موضع", "مواضع", "اتهام", "توييت", "مسيوليت", "مسئوليت"},
	"ru": {"сообщени", "новост", "заявлени", "публикаци", "слова", "слов", "материал", "информаци", "стат", "обвинени", "утверждени", "позици", "репортаж", "сюжет", "заметк", "твит", "ответственност"},
}

// worded tells that a noun phrase is of something said: "تقريرها عن انفجار".
func (g *grammar) worded(p span) bool {
	const near = 5 // tokens, two of them before what is said: "خبراً عن سقوط"
	for i := p.first; i < p.until && i < p.first+near; i++ {
		if g.is(i, document|account) {
			return true
		}
		f := string(g.fold(i))
		for _, w := range reports[g.s.tongue.language] {
			if rest := strings.TrimPrefix(f, "ب"); strings.HasPrefix(f, w) || rest != f && strings.HasPrefix(rest, w) {
				return true
			}
		}
	}
	return false
}

// new begins the cue of the entry at token i.
func (g *grammar) new(i int32) cue {
	t := &g.tokens[i]
	c := cue{span: span{i, t.until + 1}, sentence: g.number, lexeme: t.entry.cue, form: t.entry.form, shares: -1, begins: i, score: 1,
		settlement: settlement{settled: true, breaks: -1}}
	if c.lexeme.frame&behind != 0 {
		c.kind = byConstruction
	}
	return c
}

// add keeps a cue, if there is something that it says or answers.
func (g *grammar) add(c cue) bool {
	if c.pieces == 0 && !c.anaphoric && c.lexeme.stance != centre.StanceDecline || len(g.cues) >= maxCues {
		if c.lexeme.frame&clause != 0 && c.lexeme.frame&(attitude|passing|showing) == 0 && !c.speaker.empty() && c.kind == byVerb && c.shares < 0 {
			g.waits = c
		}
		return false
	}
	if g.joins(&c) {
		first := g.waits
		first.said, first.pieces, first.open, first.breaks = c.said, c.pieces, c.open, -1
		g.waits.lexeme = nil
		if c.breaks = -1; !g.add(first) {
			return false
		}
	}
	if c.speaker.empty() && c.shares < 0 && !c.omitted {
		return false
	}
	if c.shares >= 0 && c.pieces > 0 && g.cues[c.shares].pieces > 0 && g.cues[c.shares].said[0] == c.said[0] && g.cues[c.shares].lexeme.stance == c.lexeme.stance {
		return false // "сказал и повторил, что": one statement
	}
	if c.lexeme.frame&wording != 0 && !c.anaphoric && !g.worded(span{max(g.s.first, c.said[0].first-2), c.said[0].until}) {
		return false // troops are withdrawn, too, and an ambassador
	}
	if g.s.tongue.modifiersBehind {
		g.aside(&c)
	}
	if !c.speaker.empty() && c.speaker.first < c.begins {
		c.begins = c.speaker.first
	}
	g.cues = append(g.cues, c)
	return true
}

// joins tells that a cue with a speaker of its own is joined to the attribution that
// waits for something said: only a conjunction, a time or a word such as "later"
// stands between them.
func (g *grammar) joins(c *cue) bool {
	w := &g.waits
	if w.lexeme == nil || c.speaker.empty() || c.shares >= 0 || c.omitted || c.kind != byVerb || c.pieces == 0 || c.said[0].first < c.first {
		return false
	}
	tail := w.until
	if w.inverted {
		tail = max(tail, w.speaker.until)
	}
	begins := min(c.begins, c.speaker.first)
	if begins < tail {
		return false
	}
	and := g.and(begins)
	for i := tail; i < begins; i++ {
		if g.tokens[i].gap&(stop|semicolon|colon) != 0 || !g.is(i, conjunction|adverb|noted) && g.tokens[i].when < 0 {
			return false
		}
		and = and || g.is(i, conjunction)
	}
	return and
}

// share gives a cue without a subject the speaker of the cue before it in the
// sentence, or lets whoever spoke last go on.
func (g *grammar) share(c *cue) {
	for k := len(g.cues) - 1; k >= g.from; k-- {
		p := &g.cues[k]
		if p.lexeme.frame&attitude != 0 {
			continue
		}
		c.shares = int32(k)
		if p.shares >= 0 {
			c.shares = p.shares
		}
		if p.omitted {
			c.shares, c.omitted = -1, true
		}
		return
	}
	c.omitted = true
}

// finish cuts what is said where a later attribution of the sentence breaks it.
func (g *grammar) finish() {
	for k := g.from; k < len(g.cues); k++ {
		c := &g.cues[k]
		if c.pieces == 0 || !c.open {
			continue
		}
		p := &c.said[c.pieces-1]
		for n := g.from; n < len(g.cues); n++ {
			if b := g.cues[n].breaks; n != k && b > p.first && b < p.until {
				p.until = b
			}
		}
		for p.until > p.first+1 && g.is(p.until-1, conjunction) && g.tokens[p.until-1].mention < 0 {
			p.until--
		}
	}
}

// verbatim tells that what is said is, at least in part, in quotation marks.
func (r *reader) verbatim(pieces []span) bool {
	for _, p := range pieces {
		for i := p.first; i < p.until; i++ {
			if r.spoken(i) {
				return true
			}
		}
	}
	return false
}

// settled makes the act of a cue that its tongue has read.
func (r *reader) settled(s *sentence, c *cue, a *act) {
	a.content = append(a.content, c.said[:c.pieces]...)
	a.quoted = r.verbatim(a.content)
	a.anaphora = c.anaphoric
	if n := len(a.content); n > 0 && a.quoted && a.content[n-1].until >= s.until {
		r.followingQuotes(s, c, a)
	}
	r.uttered(s, c, a)
}

// uttered finds when and where it was said: time and place of the clause that
// stand neither in what is said nor in who says it.
func (r *reader) uttered(s *sentence, c *cue, a *act) {
	if c.shares >= 0 {
		return
	}
	from, until := s.first, s.until
	for _, o := range r.cuesOf(c.sentence) {
		if o.first == c.first {
			continue
		}
		if o.first < c.first {
			from = max(from, o.until)
			for _, p := range o.said[:o.pieces] {
				if p.until <= c.begins {
					from = max(from, p.until)
				}
			}
		} else {
			until = min(until, max(o.begins, c.until))
		}
	}
	inside := func(i int32) bool {
		w := span{i, i + 1}
		for _, p := range a.content {
			if p.holds(w) {
				return true
			}
		}
		return c.speaker.holds(w) || c.addressee.holds(w) || c.via.holds(w)
	}
	for i := from; i < until; i++ {
		t := &r.tokens[i]
		if inside(i) || r.spoken(i) {
			continue
		}
		if t.when >= 0 && a.when < 0 && r.draft.Mentions[t.when].When != nil {
			a.when = t.when
		}
		if t.place >= 0 && t.mention < 0 && a.place < 0 && i > from && r.tokens[i-1].class&preposition != 0 && !inside(i-1) && r.draft.Mentions[t.place].Locates() {
			a.place = t.place
		}
	}
}

// goesOn gives an act without a subject who spoke last.
func (r *reader) goesOn(k int) {
	a := &r.acts[k]
	const far = 6 // sentences
	for n := k - 1; n >= 0; n-- {
		o := &r.acts[n]
		if r.cues[a.cue].sentence-r.cues[o.cue].sentence > far {
			break
		}
		if r.disagrees(a, o) {
			continue // "وقالت" after a man, "وقال" after a woman
		}
		if r.cues[a.cue].many && o.root.single {
			continue
		}
		if o.dropped && !o.relays || o.root.Name == "" || r.cues[o.cue].lexeme.frame&attitude != 0 {
			continue
		}
		a.agent, a.root = o.agent, o.root
		a.root.Words = centre.Words{}
		a.refersTo = int32(n)
		a.why = append(a.why, "the verb has no subject, and "+o.root.Name+" spoke last")
		return
	}
	a.dropped = true
}

// correction tells that the clause of a cue speaks of a correction: "в
// уточнённом сообщении".
func (r *reader) correction(s *sentence, c *cue) bool {
	until := s.until
	for _, p := range c.said[:c.pieces] {
		if p.first > c.first {
			until = min(until, p.first)
		}
	}
	for i := max(s.first, c.begins-14); i < until; i++ {
		if r.is(i, correcting) && !r.spoken(i) {
			return true
		}
	}
	return false
}

// misnamed tells that what an earlier step took for a name is none: it goes
// beyond the noun phrase, or is a word that the lexicon knows.
func (r *reader) misnamed(p span, mention int32) bool {
	if t := p.until; int(t) < len(r.tokens) && r.tokens[t].mention == mention {
		if e := r.tokens[t].entry; r.is(t, adverb|preposition|conjunction) || e != nil && e.cue != nil {
			return true
		}
	}
	for i := p.first; i < p.until; i++ {
		if r.tokens[i].mention == mention && (!r.is(i, anonymous) || r.tokens[i].upper) {
			return false
		}
	}
	return true
}
