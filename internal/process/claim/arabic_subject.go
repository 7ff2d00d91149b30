package claim

import (
	"strings"

	"entente/internal/centre"
	"entente/internal/entities"
)

// adverbial tells that the participle at token i is in the accusative of a
// circumstance: "مؤكداً", "نافيةً".
func (g *grammar) adverbial(i int32) bool {
	f := string(g.fold(i))
	ends := len(f) > 4 && (f[len(f)-2:] == "ا" || f[len(f)-2:] == "ه") || len(f) > 6 && f[len(f)-4:] == "ين"
	return ends && (g.marked(i) || g.and(i) || i > g.s.first && g.is(i-1, conjunction))
}

// manyForm tells that a verb is in the dual or the plural: then its subject
// stands before it.
func (g *grammar) manyForm(c *cue) bool {
	f := string(g.fold(c.until - 1))
	for _, e := range []string{"وا", "ون", "ان", "تا"} {
		if len(f) > len(e)+4 && f[len(f)-len(e):] == e {
			return true
		}
	}
	if k := g.key(c.first); len(k) > 6 && k[len(k)-2:] == "ا" {
		e := g.s.tongue.words[k[:len(k)-2]]
		return e != nil && e.cue != nil && e.cue.lemma == c.lexeme.lemma
	}
	return false
}

// arabicBefore finds a subject between the beginning of a clause's piece and
// the verb with its particles.
func (g *grammar) arabicBefore(first, last int32) span {
	if first < last && g.tokens[first].gap&closing != 0 || first == last && last > g.s.first && g.tokens[last].gap&closing != 0 {
		// "الوكالة العربية السورية للأنباء (سانا) نقلت"
		k := last - 1
		for k > g.s.first && g.tokens[k].gap&opening == 0 {
			k--
		}
		if k > g.s.first && first == last {
			return g.arabicBefore(g.segment(k), k)
		}
	}
	for first < last && g.tokens[first].mention < 0 && g.is(first, auxiliary|conjunction|adverb|complement|subordinate) {
		first++
	}
	p := span{first, last}
	if p.empty() || !g.anchors(first) && !(g.al(first) && last-first < 4) {
		return span{}
	}
	for i := p.first; i < p.until; i++ {
		if t := &g.tokens[i]; t.mention < 0 && t.place < 0 && (t.class&(complement|relative|auxiliary|verb) != 0 || t.entry != nil && t.entry.cue != nil && t.entry.cue.frame&noun == 0 && t.class&(anonymous|body) == 0) {
			return span{}
		}
	}
	if g.tokens[first].mention < 0 && g.tokens[first].place < 0 && (g.is(first, preposition) || g.clitic(first, "ب") || g.clitic(first, "ل")) {
		return span{}
	}
	return p
}

// arabicSubject gives the subject that begins at token from, at most up to a
// limit, and where the object behind it begins; split tells that there is one
// before the limit.
func (g *grammar) arabicSubject(from, limit int32, split bool) (p span, object int32) {
	for from < limit && g.tokens[from].mention < 0 && g.is(from, adverb) && !g.marked(from) {
		from++
	}
	if from >= limit || g.marked(from) {
		return span{}, from
	}
	if t := &g.tokens[from]; t.mention < 0 && t.place < 0 && (t.class&(complement|preposition|relative|negation|subordinate|conjunction) != 0 || t.when >= 0 ||
		t.class&anaphor != 0 && t.class&anonymous == 0 || split && t.class&determiner != 0 || g.clitic(from, "ب") || g.clitic(from, "ل")) {
		return span{}, from
	}
	indefinite := !g.al(from) && g.tokens[from].mention < 0 && g.tokens[from].place < 0
	definite := !indefinite
	behind := 0 // prepositions passed
	i := from
walk:
	for i < limit {
		t := &g.tokens[i]
		named := t.mention >= 0 || t.place >= 0
		if i > from && g.marked(i) {
			if end := g.acronym(i); end > 0 && end < limit {
				return span{from, i}, end
			}
			break
		}
		if named && i > from && (g.clitic(i, "ل") && (t.class != 0 || g.al(i))) {
			break
		}
		if i > from && string(g.fold(i)) == "ل" {
			break // "لـ«الأيام»": to whom
		}
		holder := named && g.holderAt(from, i, limit)
		if named && split && i > from && definite && !nisba(g.fold(i)) && (g.tokens[i-1].mention >= 0 || g.tokens[i-1].place >= 0) && !holder {
			break // "اتهمت أنقرة دمشق": the object
		}
		if named {
			next := g.passes(i)
			if t.mention >= 0 && g.draft.Mentions[t.mention].Kind == centre.MentionPerson {
				first := i
				i = min(next, limit)
				for i < limit && g.tokens[i].mention >= 0 && g.and(i) && !g.marked(i) {
					i = g.passes(i) // "بوش وبلير"
				}
				most := int32(2)
				if split { // "محافظ حماة غسان خلف الخبر": an earlier step had Hama for his first name
					most = 0
					if g.draft.Mentions[t.mention].Start < int(t.point) && next == first+1 && i+1 < limit && !g.al(i) {
						most = 1
					}
				}
				for i < limit && !g.marked(i) && g.strange(i) && i-next < most {
					i++
				}
				return span{from, i}, i
			}
			i, definite = next, true
			continue
		}
		if t.when >= 0 || t.class&(complement|relative|adverb|negation|subordinate|verb) != 0 && t.class&anonymous == 0 {
			break
		}
		if t.entry != nil && t.entry.cue != nil && t.entry.cue.frame&noun == 0 && t.class&(anonymous|body|outlet|agency|document) == 0 && !g.al(i) {
			break
		}
		if t.class&preposition != 0 || g.clitic(i, "ب") || g.clitic(i, "ل") {
			if t.class&noted != 0 || behind > 1 || i+1 >= limit {
				break
			}
			if !indefinite && !(i > from && g.standsFor(i, limit)) {
				break
			}
			if i == from+1 && g.clitic(i, "ل") && g.is(i, office|body) && g.is(from, anonymous) {
				behind++ // "مستشار لرئيس الوزراء"
				definite = false
				i++
				continue
			}
			switch string(g.fold(i)) {
			case "في", "من", "لدي", "عن":
				if string(g.fold(i)) == g.takes {
					break walk
				}
				behind++
				definite = false
				i++
				continue
			}
			if g.clitic(i, "ب") && behind == 0 && g.is(i, body) {
				behind++
				i++
				continue
			}
			break
		}
		switch string(g.fold(i)) {
		case "باسم":
			definite = false
			i++
			if i < limit {
				definite = g.al(i) || g.tokens[i].mention >= 0
				i++
			}
			continue
		}
		if !split || i == from {
			if g.al(i) {
				definite = true
			}
			i++
			continue
		}
		speaks := t.class&(anonymous|body|outlet|agency|office) != 0
		switch {
		case g.al(i):
			// The second noun of two that belong together, or an adjective.
			joins := !g.al(i-1) && g.is(i-1, anonymous|body|outlet|agency|document) && g.tokens[i-1].mention < 0
			if t.class&(anaphor|document) != 0 && !joins || !joins && !nisba(g.fold(i)) && !speaks || indefinite && !joins && !definite {
				break walk
			}
			definite = true
		case described[string(g.fold(i))] && i == from+1:
		case definite && !speaks, !definite && !speaks && !nisba(g.fold(i)) && !g.is(i-1, body|outlet|agency):
			break walk
		case t.class&anaphor != 0:
			break walk
		}
		i++
	}
	if split && !g.speakable(span{from, i}) {
		return span{}, from
	}
	return span{from, i}, i
}

// holderAt tells that the person whom token i names may hold the office that begins
// at token from: "وزير الخارجية الأمريكي مايك بومبيو", but not "اتهم الرئيس الأمريكي
// بشار الأسد", who is of another country. Where the verb is done to somebody, that
// must be another who stands behind.
func (g *grammar) holderAt(from, i, limit int32) bool {
	t := &g.tokens[i]
	if t.mention < 0 || g.draft.Mentions[t.mention].Kind != centre.MentionPerson || !g.is(from, anonymous|office) || g.is(from, plural) {
		return false
	}
	if next := g.passes(i); g.whom && (next >= limit || g.marked(next) || g.tokens[next].mention < 0 && g.tokens[next].place < 0 && !g.is(next, anonymous|office|body)) {
		return false
	}
	known, ok := entities.Default().ByID(g.draft.Mentions[t.mention].Entity)
	if !ok || known.Country == "" {
		return true
	}
	for k := from; k < i; k++ {
		if p := g.tokens[k].place; p >= 0 {
			if place := g.draft.Mentions[p].Place; place != nil && place.Country != "" && place.Country != known.Country {
				return false
			}
		}
	}
	return true
}

// speakable tells that a noun phrase may speak where an object could stand as
// well: it has a name, the article, or a word that can speak.
func (g *grammar) speakable(p span) bool {
	if p.empty() {
		return false
	}
	return g.anchors(p.first) || g.al(p.first)
}

// described are the adjectives behind sources without the article that do not end as
// those of origin do: "مصادر مستقلة".
var described = map[string]bool{"مستقله": true, "مطلعه": true, "مطلع": true, "موثوقه": true, "موثوق": true, "محايده": true, "متطابقه": true, "مقربه": true, "مجهوله": true}

// demonstrative are words that alone are the whole object.
var demonstrative = map[string]bool{"ذلك": true, "هذا": true, "هذه": true, "تلك": true, "امر": true}

// prepositionOf are the prepositions that verbs take before what is said.
var prepositionOf = map[string]string{"كشف": "عن", "تراجع": "عن", "أعلن": "عن", "امتنع": "عن"}

// suffixed tells that the word at token i has the subject in it: "لكنها", "أنه".
func (g *grammar) suffixed(i int32) bool {
	if i < g.s.first || g.tokens[i].mention >= 0 {
		return false
	}
	switch g.key(i) {
	case "لكنه", "لكنها", "لكنهم", "لكنهما", "انه", "انها", "انهم":
		return true
	}
	return false
}

// standsFor tells that the preposition at token i goes on to say whom or what
// an office is for: "النائبة عن محافظة نينوى", "عضو اللجنة في البرلمان".
func (g *grammar) standsFor(i, limit int32) bool {
	switch f := string(g.fold(i)); f {
	case "عن", "لدي":
		return f != g.takes
	case "في":
		return i+1 < limit && g.is(i+1, body) && g.tokens[i+1].mention < 0
	}
	return false
}

// nisba tells the ending of adjectives that say whose or where from: "العراقية".
func nisba(fold []byte) bool {
	f := string(fold)
	if f == "طبي" || f == "طبيه" {
		return true // the one short adjective that sources often have
	}
	for _, e := range []string{"ي", "يه", "يين", "يون", "يان", "يات"} {
		if len(f) > len(e)+4 && f[len(f)-len(e):] == e {
			return true
		}
	}
	return false
}

// arabicAddressee finds to whom it is said: the object of "أبلغ", or who stands
// behind "ل" between two tokens.
func (g *grammar) arabicAddressee(c *cue, from, limit int32) {
	if c.lexeme.frame&person != 0 {
		if p, _ := g.arabicSubject(from, limit, false); !p.empty() {
			if c.inverted && c.speaker.until == p.first || !c.inverted {
				c.addressee = p
			}
			return
		}
		if c.inverted { // "أبلغ قائد الشرطة الصحفيين": the last of the phrase is told
			for i := c.speaker.first + 1; i < c.speaker.until; i++ {
				if g.is(i, outlet|agency) || g.tokens[i].mention >= 0 && g.outletAt(i) {
					c.addressee = span{i, c.speaker.until}
					c.speaker.until = i
					c.raw = c.speaker
					return
				}
			}
		}
		return
	}
	for i := from; i < limit && i < from+14; i++ {
		apart := i > from && string(g.fold(i-1)) == "ل"
		if quoted := apart && g.tokens[i].gap&quoteOpen != 0; (g.clitic(i, "ل") || apart) && g.outletAt(i) || quoted {
			end := g.passes(i)
			if quoted {
				end = min(limit, g.quotes[g.tokens[i].quote].until)
			}
			for end < limit && !g.marked(end) && g.tokens[end].class == 0 && g.tokens[end].when < 0 && (g.al(end) || g.clitic(end, "ل") || g.tokens[end].mention >= 0) {
				end++
			}
			c.addressee = span{i, end}
			return
		}
	}
}

// arabicSource reads "نقلاً عن Y" between a cue and what is said.
func (g *grammar) arabicSource(c *cue, limit int32) {
	for i := c.until; i < limit; i++ {
		if t := &g.tokens[i]; t.entry != nil && t.entry.cue != nil && t.entry.cue.lemma == citing {
			p, _ := g.arabicSubject(t.until+1, limit, false)
			for p.until < limit && !g.marked(p.until) && g.is(p.until, negation|adverb) {
				p.until++
			}
			g.cite(c, p)
			return
		}
	}
}

// disagrees tells that the verbs of two acts are of two genders, so that their
// subjects are not one.
func (r *reader) disagrees(a, o *act) bool {
	x, y := r.gender(&r.cues[a.cue]), r.gender(&r.cues[o.cue])
	return x != 0 && y != 0 && x != y
}

// gender gives f or m for an Arabic verb in the singular, and 0 for what is none
// or has its subject before it in the plural.
func (r *reader) gender(c *cue) byte {
	s := &r.sentences[c.sentence]
	if s.tongue.language != "ar" || c.kind != byVerb || c.lexeme.frame&clause == 0 && c.lexeme.frame&object == 0 || c.form == participle || c.until != c.first+1 {
		return 0
	}
	g := &grammar{reader: r, s: s}
	if g.manyForm(c) {
		return 0
	}
	k := g.key(c.first)
	e := s.tongue.words[k]
	if e == nil || e.cue == nil {
		return 0
	}
	switch {
	case e.form == plain && strings.HasPrefix(k, "ت"), e.form == finite && strings.HasSuffix(k, "ت"):
		return 'f'
	case e.form == plain && strings.HasPrefix(k, "ي"), e.form == finite:
		return 'm'
	}
	return 0
}
