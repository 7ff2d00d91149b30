package claim

import (
	"strings"

	"entente/internal/centre"
)

// readPersian finds the cues of a sentence with who says what. The subject
// stands first and the verb last, but what is said in a clause of its own
// follows the verb:
//
//	X، وزیر خارجه، روز جمعه گفت (که) ...    speaker, verb, what is said
//	X این خبر را تکذیب کرد                    speaker, object with "را", verb
//	X از Y خبر داد                            the object behind a preposition
//	«...»، X گفت                              a quotation before
//	به گفته X، ...                            construction
//	X به نقل از Y نوشت                        a source
//	X گفت ... و افزود ...                     no speaker: that of the verb before
func readPersian(r *reader, s *sentence, number int32) {
	g := &grammar{reader: r, s: s, number: number, from: len(r.cues)}
	g.unname()
	for i := s.first; i < s.until; i++ {
		t := &r.tokens[i]
		if t.entry == nil || t.entry.cue == nil || r.spoken(i) {
			continue
		}
		switch f := t.entry.cue.frame; {
		case f&(noun|passing|unnamed) != 0:
		case f&behind != 0:
			g.persianConstruction(i)
			i = t.until
		default:
			g.persianVerb(i)
			i = t.until
		}
	}
	g.finish()
}

// persianClause gives where the clause of the verb at token i begins: behind an
// attribution before it, behind its complement, or behind a quotation.
func (g *grammar) persianClause(i int32) int32 {
	from := g.s.first
	for k := g.from; k < len(g.cues); k++ {
		if c := &g.cues[k]; c.until <= i && c.frameOf()&attitude == 0 {
			end := c.until
			if c.inverted {
				end = max(end, c.speaker.until)
			}
			from = max(from, end)
		}
	}
	if g.waits.lexeme != nil && g.waits.until <= i && g.is(min(g.waits.until, g.s.until-1), conjunction) && g.waits.until+1 < i {
		from = max(from, g.waits.until) // "X گفت و Y تأیید کرد که ..."
	}
	from = max(from, i-longClause)
	for k := i - 1; k >= from; k-- {
		if k < i-1 && g.spoken(k) && !g.spoken(k+1) && g.tokens[k+1].gap&(comma|stop) != 0 {
			return k + 1
		}
		if g.tokens[k].gap&(semicolon|colon|newLine) != 0 && k > from {
			return k
		}
		// "..., و وزیر نفت گفت": a clause of its own behind an attribution.
		if from > g.s.first && k > from && g.is(k, conjunction) && g.tokens[k].mention < 0 && (g.tokens[k].gap&(comma|quoteClose) != 0 || g.is(k, adversative) || k+1 == i) {
			return k
		}
	}
	return from
}

func (c *cue) frameOf() frame { return c.lexeme.frame }

// persianVerb reads a verb.
func (g *grammar) persianVerb(i int32) {
	c := g.new(i)
	first := g.persianClause(i)
	if c.lexeme.frame&showing != 0 {
		if at := g.documentIn(first-1, i, "در"); at >= 0 && c.until < g.s.until {
			g.inDocument(&c, at, i)
			g.persianContent(&c, first, i)
			g.add(c)
		}
		return
	}
	if c.lexeme.lemma == "ادامه داد" && g.carriesOn(&c, first) {
		return
	}
	begin := first
	for begin < i && g.tokens[begin].mention < 0 && g.is(begin, conjunction|adverb|complement) && !g.is(begin, determiner) {
		begin++
	}
	begin = g.asTold(begin, i)
	// Who passes it on: "به گزارش X، ..." opened the sentence.
	via := span{}
	if n := len(g.cues) - 1; n >= g.from && g.cues[n].kind == byConstruction && g.relays(g.cues[n].speaker) && g.cues[n].pieces > 0 && g.cues[n].open && g.cues[n].said[0].first <= begin {
		via = g.cues[n].speaker
	}
	if g.impersonal(begin, i) {
		return
	}
	if p, at := g.behindAll(&c, begin, i); at > 0 {
		c.raw, c.speaker, c.begins = p, p, p.first
		g.persianAddressee(&c, p.until, i)
		c.say(span{begin, at})
		g.add(c)
		return
	}
	modal := g.modalBefore(begin, i)
	if modal < 0 && c.form == plain && !strings.HasPrefix(string(g.fold(c.until-1)), "مي") {
		return // the subjunctive: what is to be, not what was said
	}
	last := i
	if modal >= 0 {
		if c.lexeme.stance != centre.StanceConfirm {
			return
		}
		last = modal
		c.lexeme = &unverified
	}
	p, object := g.persianSubject(&c, begin, last)
	switch {
	case p.until-p.first == 1 && g.is(p.first, determiner):
		return // "این توضیح می‌دهد": a thing
	case !p.empty():
		c.raw, c.speaker = p, p
		c.begins = p.first
	case modal >= 0 && g.merge(&c, modal):
		object = modal
	case g.bare0(begin, i) || c.lexeme.stance != centre.StanceAssert || g.tokens[begin].mention < 0:
		g.share(&c)
		c.begins = begin
	}
	if modal >= 0 {
		c.first = modal
		object = modal + 1
		if object < i && g.is(object, auxiliary|verb) {
			object++
		}
	}
	if !p.empty() {
		end := p.until
		g.titles(&c, &end)
		object = max(object, end)
		if !via.empty() && !g.relays(c.speaker) {
			c.via = via
			g.cues = g.cues[:len(g.cues)-1]
		}
	}
	if first > g.s.first && (g.is(first, conjunction) || g.marked(first) || c.shares >= 0) {
		c.breaks = first
	}
	for k := begin; k < i; k++ {
		if t := &g.tokens[k]; t.entry != nil && t.entry.cue != nil && t.entry.cue.frame&passing != 0 {
			source := g.persianPhrase(t.until+1, i)
			g.cite(&c, source)
			object = max(object, source.until)
			break
		}
	}
	g.persianAddressee(&c, object, i)
	g.withConfirmation(&c, object, i)
	if !refrains[c.lexeme.lemma] {
		g.persianContent(&c, first, object)
	} else if !g.refused(&c, object, i) {
		return
	}
	g.add(c)
}

// carriesOn tells that "ادامه داد" means to go on with something and not to go on
// speaking: it has an object behind "به" or before "را", and nothing said follows it.
func (g *grammar) carriesOn(c *cue, first int32) bool {
	if c.until < g.s.until && (g.is(c.until, complement) || g.tokens[c.until].gap&(colon|quoteOpen) != 0) {
		return false
	}
	for k := first; k < c.first; k++ {
		if f := string(g.fold(k)); (f == "به" || f == "را") && !g.spoken(k) {
			return true
		}
	}
	return false
}

// withConfirmation reads "X با تأیید Y گفت": before what is said stands what is
// confirmed or denied with it.
func (g *grammar) withConfirmation(c *cue, from, last int32) {
	for k := from; k+2 < last && !c.speaker.empty(); k++ {
		by := beside[string(g.fold(k+1))]
		if f := string(g.fold(k)); f != "با" && f != "ضمن" || by == nil || g.tokens[k].mention >= 0 {
			continue
		}
		o := *c
		o.span, o.lexeme, o.form, o.breaks = span{k + 1, k + 2}, by, finite, -1
		g.persianObject(&o, k+2, last, object_)
		g.add(o)
		return
	}
}

// beside are the nouns of "با تأیید", "با تکذیب" and "با رد".
var beside = map[string]*lexeme{"تاييد": &confirming, "تكذيب": &denying, "رد": &denying}

var (
	confirming = lexeme{lemma: "تأیید", stance: centre.StanceConfirm, frame: clause | object}
	denying    = lexeme{lemma: "تکذیب", stance: centre.StanceDeny, frame: clause | object}
)

// behindAll finds the speaker at the end of a sentence that is what is said, as in
// translations: "شبه‌نظامیان حمله کردند، یک مقام محلی روز پنجشنبه گفت". It gives the comma's
// token too, which is 0 where there is none.
func (g *grammar) behindAll(c *cue, begin, i int32) (p span, at int32) {
	if c.lexeme.frame&clause == 0 || c.lexeme.stance != centre.StanceAssert || c.until < g.s.until && g.tokens[c.until].gap&stop == 0 {
		return span{}, 0
	}
	for at = i - 1; at > begin && !g.marked(at); at-- {
	}
	if at <= begin+1 || g.tokens[at].gap&hard != comma || !g.anchors(at) && !g.is(at, determiner) || !g.ends(at-1) {
		return span{}, 0
	}
	p = g.persianPhrase(at, i)
	if p.empty() || !g.anchored(p) {
		return span{}, 0
	}
	for k := p.until; k < i; k++ {
		if g.ends(k) || g.is(k, anaphor|complement) {
			return span{}, 0
		}
	}
	return p, at
}

// ends tells that token i is a verb, with which a Persian clause ends.
func (g *grammar) ends(i int32) bool {
	if g.is(i, verb) || g.tokens[i].entry != nil && g.tokens[i].entry.cue != nil {
		return true
	}
	f := string(g.fold(i))
	for _, e := range []string{"كردند", "كرد", "كردهاند", "شدند", "شد", "شدهاند", "ميشود", "ميشوند", "ميكند", "ميكنند", "دادند", "داد", "زدند", "زد", "گرفتند", "گرفت", "رسيد", "رسيدند", "دهد", "كند", "شود"} {
		if f == e {
			return true
		}
	}
	return false
}

// bare0 tells that nothing that could be a subject stands before a verb.
func (g *grammar) bare0(from, i int32) bool { return from >= i }

// impersonal tells that a verb stands with "can be" or "one must", whose form is
// that of the past: "می‌توان به X اشاره کرد".
func (g *grammar) impersonal(from, i int32) bool {
	for k := i - 1; k >= from && k > i-20; k-- {
		switch string(g.fold(k)) {
		case "ميتوان", "توان", "بتوان", "نميتوان", "بايد", "نبايد":
			return true
		}
	}
	return false
}

// modalBefore gives the token of "could not" before a verb, or -1.
func (g *grammar) modalBefore(from, i int32) int32 {
	for k := i - 1; k >= from; k-- {
		f := string(g.fold(k))
		for _, m := range []string{"نتوانست", "نميتوان", "نتوانسته"} {
			if len(f) >= len(m) && f[:len(m)] == m {
				return k
			}
		}
	}
	return -1
}

// merge takes the speaker of an attribution that says nothing but that it could
// not verify, and takes its place.
func (g *grammar) merge(c *cue, modal int32) bool {
	n := len(g.cues) - 1
	if n < g.from || g.cues[n].until > modal || modal-g.cues[n].until > 2 {
		return false
	}
	p := g.cues[n]
	c.raw, c.speaker, c.title, c.shares, c.omitted, c.begins = p.raw, p.speaker, p.title, p.shares, p.omitted, p.begins
	g.cues = g.cues[:n]
	return true
}

// persianSubject gives the subject between the beginning of a clause and its
// verb, and where what follows it begins.
func (g *grammar) persianSubject(c *cue, from, last int32) (p span, object int32) {
	for from < last && g.tokens[from].mention < 0 && (g.tokens[from].when >= 0 || g.is(from, adverb|conjunction)) {
		from++
	}
	// What stands before the subject: "در تهران، ...".
	if from < last && g.is(from, preposition|toward) && g.tokens[from].mention < 0 {
		k := from + 1
		for k < last && !g.marked(k) {
			k++
		}
		if k >= last {
			return span{}, from
		}
		from = k
		for from < last && g.tokens[from].mention < 0 && g.is(from, adverb) {
			from++
		}
	}
	if from >= last || g.marked(from) && g.tokens[from].gap&(quoteOpen) != 0 {
		return span{}, from
	}
	// "این را X گفت"
	if g.is(from, anaphor) && from+1 < last && string(g.fold(from+1)) == "را" {
		from += 2
	}
	if from >= last {
		return span{}, from
	}
	p = g.persianPhrase(from, last)
	if p.empty() {
		return span{}, from
	}
	if p.until < last && g.is(p.until, complement) && g.thing(p.first) {
		// "ادعایی که X آن را رد کرد": who denies it stands behind "که".
		return g.persianSubject(c, p.until+1, last)
	}
	k := g.objectMark(p.first, last)
	if k == p.until && g.is(p.first, anaphor) && p.until-p.first == 2 && g.is(p.first+1, anaphor|document) {
		return span{}, p.first // "این خبر را حذف کرد"
	}
	if k >= 0 && !g.divided(p.first, k) && !(p.until < k && g.is(p.until, adverb) && !g.is(p.first, determiner)) {
		if q := g.persianSplit(p, min(k, p.until)); !q.empty() || p.until >= k {
			p = q
		}
	}
	return p, p.until
}

// divided tells that a mark stands between two tokens.
func (g *grammar) divided(from, until int32) bool {
	for k := from + 1; k <= until; k++ {
		if g.marked(k) && g.tokens[k].gap&(quoteOpen|quoteClose) == 0 {
			return true
		}
	}
	return false
}

// persianPhrase gives the noun phrase that begins at a token: up to a mark, a
// preposition, a time, an adverb, "که" or "را". A source without a name goes on
// with where it is: "یک مقام در وزارت نفت".
func (g *grammar) persianPhrase(from, last int32) span {
	if from >= last || g.is(from, preposition|toward|complement|conjunction) && g.tokens[from].mention < 0 {
		return span{}
	}
	if g.is(from, pronoun) && g.tokens[from].mention < 0 {
		return span{from, from + 1}
	}
	nameless := false
	behind := 0
	i := from
	for ; i < last && i-from < reach; i++ {
		t := &g.tokens[i]
		if i > from && g.marked(i) || g.spoken(i) {
			break
		}
		if (t.mention >= 0 || t.place >= 0) && t.class&adverb == 0 {
			for end := min(g.passes(i), last) - 1; i < end && !g.is(i+1, adverb); {
				i++
			}
			continue
		}
		nameless = nameless || t.class&anonymous != 0 && (g.is(from, indefinite) || string(g.fold(i)) == "منبعي" || string(g.fold(i)) == "مقامي")
		switch {
		case string(g.fold(i)) == "را":
			return span{from, i}
		case t.entry != nil && t.entry.cue != nil && t.entry.cue.frame&noun == 0 && t.class&(anonymous|body|document) == 0:
			return span{from, i}
		case t.when >= 0, t.class&(adverb|complement|relative|verb|auxiliary|subordinate|noted|toward) != 0 && t.class&determiner == 0:
			return span{from, i}
		case t.class&conjunction != 0:
			institution := g.is(from, body) && i+1 < last && g.tokens[i+1].class == 0 && (g.tokens[i+1].entry == nil || g.tokens[i+1].entry.cue == nil)
			if i+1 >= last || !g.anchors(i+1) && !institution || g.is(i, adversative) {
				return span{from, i}
			}
		case t.class&preposition != 0 && i > from && string(g.fold(i)) == "از" && portions[string(g.fold(i-1))]:
		case t.class&preposition != 0:
			if !nameless || behind > 0 || string(g.fold(i)) != "در" {
				return span{from, i}
			}
			behind++
		case t.class&determiner != 0 && i > from && t.class&indefinite == 0:
			return span{from, i}
		}
	}
	return span{from, min(i, last)}
}

// portions are the words of which "از" goes on: "یکی از نمایندگان".
var portions = map[string]bool{"يكي": true, "برخي": true, "بعضي": true, "شماري": true, "تعدادي": true, "گروهي": true, "بسياري": true}

// persianSplit divides a subject from the object that follows it without a mark:
// the subject ends with a name, or with what belongs to the word that says who it
// is.
func (g *grammar) persianSplit(p span, last int32) span {
	i := p.first
	t := &g.tokens[i]
	if t.mention >= 0 || t.place >= 0 {
		i = g.passes(i)
		if end := min(i, last); t.mention >= 0 && end < last && g.country(end) && !g.marked(end) {
			if k := g.passes(end); k < last && !g.marked(k) && !g.is(k, conjunction|preposition|toward) {
				i = k // "حزب‌الله لبنان گزارش‌ها را": its country, where another object follows
			}
		}
		return span{p.first, min(i, last)}
	}
	for ; i < last; i++ {
		t := &g.tokens[i]
		if i > p.first && (t.class&(document|anaphor) != 0 || starts[string(g.fold(i))]) && t.mention < 0 {
			return span{p.first, i}
		}
		if i > p.first && (t.mention >= 0 || t.place >= 0) {
			if i == p.first+1 && g.passes(i) >= last && g.tokens[p.first].entry == nil && g.tokens[p.first].class == 0 {
				return span{p.first, i} // "پمپئو ایران را": a name that nothing tells, and the object
			}
			return span{p.first, min(g.passes(i), last)}
		}
	}
	// The word that says who it is, and one that belongs to it.
	end := p.first + 1
	if g.is(p.first, determiner) {
		end++
	}
	if end < last && g.is(end-1, body|office|outlet|agency|spokes) {
		end++
	}
	if end >= last {
		return span{}
	}
	return span{p.first, end}
}

// country tells that the name of a country stands at token i.
func (g *grammar) country(i int32) bool {
	at := g.tokens[i].place
	if at < 0 {
		return false
	}
	p := g.draft.Mentions[at].Place
	return p != nil && p.Class == centre.PlaceCountry
}

// persianAddressee finds to whom it is said: behind "به" or "در گفت‌وگو با".
func (g *grammar) persianAddressee(c *cue, from, last int32) {
	for k := from; k < last && k < from+20; k++ {
		f := string(g.fold(k))
		if f != "به" && f != "با" || k+1 >= last || g.tokens[k].mention >= 0 {
			continue
		}
		if p := g.persianPhrase(k+1, last); !p.empty() && g.relays(p) {
			c.addressee = p
			return
		}
	}
}

// asTold passes over "همان‌طور که", behind which the subject of a clause stands
// that only says who said it.
func (g *grammar) asTold(from, i int32) int32 {
	switch string(g.fold(from)) {
	case "همانطور", "همانگونه", "انگونه", "چنانكه", "انطور":
		if from+1 < i && g.is(from+1, complement) {
			return from + 2
		}
		return from + 1
	}
	return from
}
