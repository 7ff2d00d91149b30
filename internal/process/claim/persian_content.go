package claim

import (
	"entente/internal/centre"
)

// objectMark gives the token "را" between two, or -1.
func (g *grammar) objectMark(from, last int32) int32 {
	for k := last - 1; k >= from; k-- {
		if string(g.fold(k)) == "را" && !g.spoken(k) {
			return k
		}
	}
	return -1
}

// starts are nouns with which objects of denials and confirmations begin.
var starts = map[string]bool{"وجود": true, "خبر": true, "ادعا": true, "ادعاي": true, "شايعه": true, "شايعات": true, "اخبار": true, "هرگونه": true, "ورود": true,
	"خروج": true, "حضور": true, "اتهام": true, "اظهارات": true, "سخنان": true, "احتمال": true, "انجام": true, "تصاوير": true, "سفر": true,
	"كشته": true, "مرگ": true, "انتشار": true, "رقم": true, "امضاي": true, "توافق": true, "مذاكره": true, "طرح": true, "تصميم": true, "خبرهاي": true}

// persianContent finds what is said with a verb whose clause begins at first and
// whose object, where it has one, stands from object on.
func (g *grammar) persianContent(c *cue, first, object int32) {
	f := c.lexeme.frame
	i := c.first
	if c.until <= i {
		return
	}
	verb := c.until - 1
	for verb > i && g.tokens[verb-1].until == verb {
		verb--
	}
	switch {
	case c.lexeme.stance == centre.StanceDecline && f&object_ != 0 && g.objectMark(object, i) >= 0:
		g.persianObject(c, object, i, f) // "X را تأیید یا تکذیب نکرد"
		return
	case c.lexeme.stance == centre.StanceDecline:
		g.persianTopic(c, object, i)
		return
	case c.lexeme == &unverified && c.first < verb:
		g.persianObject(c, object, verb, f)
		return
	}
	mark := g.objectMark(object, i)
	if c.lexeme.stance == centre.StancePartial && f&object_ == 0 && mark >= 0 {
		return // "دعوت را پذیرفت": took, not admitted
	}
	if g.persianRejects(c, object, mark, i) {
		return
	}
	if f&object_ != 0 && mark >= 0 {
		g.persianObject(c, object, i, f)
		return
	}
	if u := c.until; u < g.s.until && f&clause != 0 {
		gap := g.tokens[u].gap
		switch {
		case g.is(u, complement):
			g.sayOn(c, u+1)
			return
		case c.lexeme.stance == centre.StancePartial && f&object_ == 0 && gap&colon == 0:
			return // "دعوت را پذیرفت": took, not admitted
		case gap&(stop|semicolon|closing) != 0:
		case gap&(colon) != 0, g.spoken(u) && gap&quoteOpen != 0, f&clause != 0 && gap&hard&^comma == 0 && !g.is(u, conjunction):
			g.sayOn(c, u)
			return
		}
	}
	// The verb ends the sentence: what is said stands before.
	if first > g.s.first && g.spoken(first-1) && !g.spoken(first) {
		q := g.tokens[first-1].quote
		c.say(g.wholeQuote(q))
		c.breaks = c.said[0].first
		return
	}
	if q := g.quoteFrom(g.s, object, -1, 3); q >= 0 && g.quotes[q].until <= i && f&clause != 0 && mark < 0 {
		c.say(g.wholeQuote(q))
		return
	}
	if mark >= 0 {
		g.persianObject(c, object, i, f)
		return
	}
	// "از X خبر داد", "به X اشاره کرد", "بر X تأکید کرد"
	if c.lexeme.lemma == "اعتراض کرد" {
		for k := i - 1; k > object; k-- {
			if string(g.fold(k-1)) == "به" && g.tokens[k-1].mention < 0 {
				object = k - 1 // not to whom it is written
				break
			}
		}
	}
	for k := object; k < i; k++ {
		if g.is(k, preposition|toward) && g.tokens[k].mention < 0 && !(c.addressee.holds(span{k + 1, k + 2})) {
			switch string(g.fold(k)) {
			case "از", "به", "بر", "درباره":
				if k+1 < i {
					c.say(span{k + 1, i})
					return
				}
			}
		}
	}
	if f&object_ != 0 && object < i {
		g.persianObject(c, object, i, f)
	}
}

// persianObject gives a cue its object between two tokens: to "را", or, where
// the verb calls it something, to the verb.
func (g *grammar) persianObject(c *cue, from, last int32, f frame) {
	for from < last && (g.is(from, adverb) || g.tokens[from].mention < 0 && g.tokens[from].when >= 0 || g.marked(from) && g.is(from, relative)) {
		from++
	}
	if from < last && g.is(from, preposition) && g.tokens[from].mention < 0 {
		if from+2 < last && g.is(from+1, document|correcting) {
			from += 2 // "در اصلاحیه‌ای"
		}
	}
	if from < last && g.is(from, preposition) && g.tokens[from].mention < 0 {
		// A place or a time before the object: "در وین این موضوع را".
		for k := from + 1; k < last; k++ {
			if g.is(k, determiner|document) || starts[string(g.fold(k))] {
				from = k
				break
			}
			if g.tokens[k].place >= 0 {
				from = g.passes(k)
				break
			}
		}
	}
	if from >= last {
		return
	}
	p := span{from, last}
	if k := g.objectMark(from, last); k >= 0 {
		rest := false
		for n := k + 1; n < last; n++ {
			rest = rest || !g.is(n, adverb|conjunction) && string(g.fold(n)) != "به" && !g.manner(n, last)
		}
		if !rest || c.lexeme.stance != centre.StanceAssert && c.lexeme.stance != centre.StanceCorrect {
			p.until = k
		}
	}
	if p.empty() {
		return
	}
	if g.is(p.first, anaphor) && (p.until-p.first == 1 || g.is(p.first+1, anaphor|document) && p.until-p.first == 2 || starts[string(g.fold(p.first+1))] && p.until-p.first == 2) {
		c.anaphoric = true
	}
	c.say(p)
}

// manner tells that only "به طور ..." stands between two tokens.
func (g *grammar) manner(i, last int32) bool {
	for k := i; k >= 0 && k > i-4; k-- {
		if string(g.fold(k)) == "طور" || string(g.fold(k)) == "صورت" {
			return true
		}
	}
	return i+1 < last && string(g.fold(i+1)) == "طور"
}

// telling are the nouns of saying behind "از" that make "خودداری کرد" a refusal to tell.
var telling = map[string]bool{"ذكر": true, "بيان": true, "افشاي": true, "ارائه": true, "توضيح": true, "پاسخ": true, "اظهار": true, "اظهارنظر": true, "تاييد": true, "اعلام": true, "گفتن": true}

// refrains are the verbs of refusing anything.
var refrains = map[string]bool{"خودداری کرد": true, "امتناع کرد": true}

// refused gives a cue what a refusal to tell is about: "از ذکر نام X خودداری کرد". It
// tells whether it is one; who refrains from anything else declines nothing.
func (g *grammar) refused(c *cue, from, last int32) bool {
	for k := from; k+1 < last; k++ {
		if string(g.fold(k)) == "از" && g.tokens[k].mention < 0 && telling[string(g.fold(k+1))] {
			for k += 2; k < last && (string(g.fold(k)) == "نظر" || g.is(k, preposition)); k++ {
			}
			for n := k; n < last; n++ {
				if f := string(g.fold(n)); f == "خود" || f == "نامش" || f == "هويتش" {
					return false // the own name: how somebody speaks
				}
			}
			c.say(span{k, last})
			return true
		}
	}
	return false
}

// persianTopic gives a refusal what it is about: behind "درباره".
func (g *grammar) persianTopic(c *cue, from, last int32) {
	for k := from; k < last; k++ {
		switch string(g.fold(k)) {
		case "درباره", "دربارهي", "مورد", "خصوص":
			n := k + 1
			if n < last {
				p := span{n, last}
				if g.is(n, anaphor) {
					c.anaphoric = true
				}
				c.say(p)
			}
			return
		}
	}
}

// thing tells that the word at token i is something said: "ادعایی", "خبری".
func (g *grammar) thing(i int32) bool {
	switch string(g.fold(i)) {
	case "ادعايي", "خبري", "موضوعي", "گزارشي", "اتهامي", "ادعاهايي", "خبرهايي", "مطلبي", "سخني":
		return true
	}
	return false
}
