package claim

import (
	"slices"
	"strings"

	"entente/internal/centre"
)

// judge gives stance, modality and polarity of an act whose speaker is known.
func (r *reader) judge(a *act) (st centre.Stance, modality centre.Modality, negated bool) {
	c := &r.cues[a.cue]
	st = c.lexeme.stance
	if c.negated && st == centre.StanceConfirm {
		st = centre.StanceUnverified
	}
	if st == centre.StanceConfirm && !authority(&a.root) {
		st = centre.StanceAssert
		a.why = append(a.why, "“"+r.wordsOf(c.span).Text+"” by one who is no party with authority over the matter")
	}
	if st == centre.StanceAssert && r.corrects(c) {
		st = centre.StanceCorrect
		a.why = append(a.why, "in a corrected statement")
	}
	modality = centre.ModalityFact
	for n, p := range a.content {
		m, no := r.clauseTone(p)
		if n == 0 || a.part { // the last piece has the verb
			modality, negated = m, no
		} else if c.settled {
			negated = negated || no // "угрозы, подчеркнул он, нет": one clause in two pieces
		}
	}
	if st == centre.StanceAssert && len(a.content) > 0 {
		why := ""
		switch {
		case r.callsUntrue(a), r.calledBaseless(a.content[0]):
			why = "what is said calls a report untrue"
		case r.noneSuch(a.content[0]) >= 0:
			why = "what is said is that there is nothing of the kind"
		}
		if why != "" {
			st, negated = centre.StanceDeny, false
			a.anaphora = true
			a.why = append(a.why, why)
		}
	}
	if st == centre.StanceAssert && r.callsFiction(a) {
		st = centre.StanceDeny
		a.why = append(a.why, "calls untrue what was said before")
	}
	if st == centre.StanceAssert && len(a.content) == 1 && r.refuses(a.content[0]) {
		st, negated = centre.StanceDecline, false
		a.why = append(a.why, "what is said is that there is no comment")
	}
	if c.lexeme.frame&guessing != 0 && modality == centre.ModalityFact {
		modality = centre.ModalityMay
	}
	if c.lexeme.frame&judging != 0 && modality == centre.ModalityFact {
		modality = centre.ModalityOpinion
	}
	return st, modality, negated
}

// authority tells that an agent may speak for a party: a person or body with a
// name, an office or its spokesperson; not an outlet, a witness or a source.
func authority(a *agent) bool {
	switch a.Kind {
	case centre.AgentNamed, centre.AgentSpokesperson:
		return true
	case centre.AgentAnonymous, centre.AgentCollective:
		return a.office
	}
	return false
}

// corrects tells that the clause of a cue speaks of a correction.
func (r *reader) corrects(c *cue) bool {
	s := &r.sentences[c.sentence]
	if c.settled {
		return r.correction(s, c)
	}
	for i := c.begins - 1; i >= s.first && c.begins-i < 14; i-- {
		if r.is(i, correcting) {
			return true
		}
		if e := r.tokens[i].entry; e != nil && e.cue != nil && e.cue.frame&noun == 0 && !r.nominal(s, i) {
			return false
		}
	}
	return false
}

// callsUntrue tells that a content says of reports that they are false.
func (r *reader) callsUntrue(a *act) bool {
	said, wrong := false, false
	for _, p := range a.content[:1] {
		for i := p.first; i < p.until && i < p.first+reach; i++ {
			said = said || r.is(i, anaphor) || r.is(i, document|outlet|noted) || r.tokens[i].entry != nil && r.tokens[i].entry.cue != nil && r.tokens[i].entry.cue.frame&noun != 0 || r.is(i, document)
			if r.is(i, nonsense) {
				wrong = true
			}
			if r.is(i, truth) {
				// In Persian the negation stands behind: "صحت ندارد".
				for k := max(p.first, i-3); k < min(i+3, p.until); k++ {
					wrong = wrong || r.is(k, negation) && (k < i || r.sentences[r.tokens[i].sentence].tongue.verbLast)
				}
			}
		}
	}
	return said && wrong
}

// callsFiction tells that an act calls something said before untrue: "called that report
// “fiction”".
func (r *reader) callsFiction(a *act) bool {
	const near = 5 // tokens behind what it calls so
	c := &r.cues[a.cue]
	if c.settled || c.lexeme.frame&judging == 0 || !a.anaphora {
		return false
	}
	from, until := c.until, r.sentences[c.sentence].until
	if n := len(a.content); n > 0 {
		from = a.content[n-1].until
	}
	for i := from; i < until && i < from+near; i++ {
		if r.tokens[i].gap&(stop|semicolon|comma) != 0 || r.is(i, negation|conjunction) && !r.is(i, nonsense) {
			return false
		}
		if r.is(i, nonsense) || meaningless[string(r.fold(i))] {
			return true
		}
	}
	return false
}

// meaningless are the words that say as much as "untrue" of a report and of nothing
// else.
var meaningless = map[string]bool{"absurd": true, "meaningless": true, "ludicrous": true, "preposterous": true, "ridiculous": true, "rubbish": true}

// refusals are the words, as they stand folded, in which somebody refuses to comment in
// the first person.
var refusals = map[string][]string{
	"en": {"do not comment", "dont comment", "never comment", "not going to comment", "will not comment", "wont comment", "cannot comment", "can not comment", "cant comment", "neither confirm nor deny", "cannot confirm or deny", "have no comment"},
	"ar": {"لا نعلق", "لن نعلق", "لا اعلق", "لن اعلق", "لا نوكد ولا ننفي"},
	"fa": {"اظهار نظر نميكنيم", "اظهار نظر نميكنم", "اظهارنظر نميكنيم", "اظهارنظر نميكنم"},
	"ru": {"не комментируем", "не комментирую", "не будем комментировать", "не буду комментировать", "не можем комментировать", "не могу комментировать",
		"не можем ни подтвердить ни опровергнуть", "не могу ни подтвердить ни опровергнуть"},
}

// curt are the beginnings of refusals that have no verb.
var curt = []string{" no comment ", " без комментариев ", " لا تعليق "}

// refuses tells that what is said is a refusal to comment and nothing else: “We do not
// comment on rumours”.
func (r *reader) refuses(p span) bool {
	const most = 16 // tokens
	if p.until-p.first > most {
		return false
	}
	var b strings.Builder
	for i := p.first; i < p.until; i++ {
		if i > p.first && (r.is(i, adversative) || r.tokens[i].gap&(stop|semicolon) != 0) {
			return false
		}
		b.WriteByte(' ')
		b.Write(r.fold(i))
	}
	b.WriteByte(' ')
	said, language := b.String(), r.sentences[r.tokens[p.first].sentence].tongue.language
	if slices.ContainsFunc(curt, func(w string) bool { return strings.HasPrefix(said, w) }) {
		return true
	}
	return (language != "en" || r.is(p.first, self)) && slices.ContainsFunc(refusals[language], func(w string) bool { return strings.Contains(said, " "+w+" ") })
}

// noneSuch gives the token of "such" in a content that says that nothing of the
// kind is or took place, which denies what was told before: "no such talks were
// held", "такого соглашения нет", "چنین توافقی وجود ندارد"; -1 where it does not
// say so. What such things do is no denial: "such strikes will not help".
func (r *reader) noneSuch(p span) int32 {
	const near = 12 // tokens of the first clause
	at, none, is := int32(-1), false, false
	for i := p.first; i < p.until && i < p.first+near; i++ {
		if r.is(i, subordinate) && string(r.fold(i)) == "since" {
			return -1 // "no such attack since 2001": one was before
		}
		if i > p.first && (r.tokens[i].gap&(stop|semicolon) != 0 || is && at >= 0 && r.is(i, subordinate) && !r.is(i, such|determiner|anaphor)) {
			break
		}
		if at < 0 && r.is(i, such) {
			at = i
		}
		none = none || r.is(i, negation)
		is = is || r.is(i, happens)
	}
	if at < 0 || !none || !is {
		return -1
	}
	return at
}

// causes are Arabic words before what is only the reason of what is told: "بسبب
// عدم التزامها". Folded.
var causes = map[string]bool{"بسبب": true, "نتيجه": true, "جراء": true, "بدعوي": true, "بحجه": true, "لان": true, "لانه": true, "لانها": true, "لانهم": true}

// contrasts tells that the negation at token i sets one thing against another and
// denies nothing: "two, not three, people", "شخصان لا ثلاثة"; or that it belongs to
// the reason alone, or is none.
func (r *reader) contrasts(p span, i int32) bool {
	const most = 4 // words of what is set against
	if i == p.first || i+1 >= p.until {
		return false
	}
	if r.sentences[r.tokens[i].sentence].tongue.language == "ar" {
		switch string(r.fold(i)) {
		case "وليس", "وليست", "لعدم":
			return true
		case "عدم", "لم", "لن", "لا":
			if causes[string(r.fold(i-1))] {
				return true
			}
		}
		switch string(r.fold(i)) {
		case "ولا", "لاسيما", "ولاسيما": // "ولا سيما": "above all"
			return i+1 < p.until && string(r.fold(i+1)) == "سيما" || strings.HasSuffix(string(r.fold(i)), "سيما")
		case "ما": // "في ما يخص": "that which", and no negation
			return (&grammar{reader: r, s: &r.sentences[r.tokens[i].sentence]}).according(i)
		case "لا":
			w := string(r.fold(i + 1))
			for _, present := range []string{"ي", "ت", "ن", "ا"} {
				if strings.HasPrefix(w, present) {
					return false
				}
			}
			return !r.is(i-1, complement|conjunction|pronoun|auxiliary) && !r.bounded(i) && r.tokens[i+1].entry == nil
		}
		return false
	}
	if string(r.fold(i)) == "not" && r.is(i-1, preposition) && strings.HasSuffix(string(r.fold(i+1)), "ing") {
		return true // "for not following the rules"
	}
	if r.tokens[i].gap&(comma|dash) == 0 || r.tokens[i].quote != r.tokens[i-1].quote {
		return false
	}
	for k := i + 1; k <= i+most+1; k++ {
		if k >= p.until || r.tokens[k].gap&(comma|dash|stop|semicolon) != 0 {
			return true
		}
		if r.is(k, verb|auxiliary) || r.tokens[k].entry != nil && r.tokens[k].entry.cue != nil {
			return false
		}
	}
	return false
}

// clauseTone gives modality and polarity of a clause, by the words up to its
// first subordinate clause.
func (r *reader) clauseTone(p span) (centre.Modality, bool) {
	modality, negated := centre.ModalityFact, false
	level := int32(-2)
	verbs, copula := 0, false
	for i := p.first; i < p.until && i < p.first+reach; i++ {
		t := &r.tokens[i]
		if level == -2 {
			level = t.quote
		}
		if i > p.first && verbs > 0 && (t.class&(subordinate|relative|complement) != 0 && t.class&(determiner|may) == 0 || t.gap&(stop|semicolon) != 0) {
			break
		}
		if i > p.first && verbs > 0 && t.class&conjunction != 0 && t.mention < 0 && i+1 < p.until && !r.tokens[i+1].upper && modality != centre.ModalityFact {
			break
		}
		if i > p.first && verbs > 0 && t.gap&comma != 0 && t.class&(conjunction|preposition) != 0 {
			break
		}
		if t.class&negation != 0 && t.mention < 0 && !negated && !r.contrasts(p, i) {
			// "no" before the verb is its subject; behind an object's verb it is, too.
			negated = verbs < 2 && (i == p.first || !r.is(i-1, conjunction))
		}
		if modality == centre.ModalityFact && t.class&may != 0 && t.mention < 0 && !t.upper && verbs < 2 {
			modality = centre.ModalityMay
		}
		if modality == centre.ModalityFact && t.class&future != 0 && verbs < 2 {
			modality = centre.ModalityPlan
		}
		if (t.class&verb != 0 || t.entry != nil && t.entry.cue != nil && t.entry.cue.frame&noun == 0) && (i == p.first || r.tokens[i-1].class&verb == 0) {
			verbs++
		}
		copula = copula || t.class&being != 0
		if t.class&opinion != 0 && copula && t.mention < 0 && modality == centre.ModalityFact {
			modality = centre.ModalityOpinion
		}
	}
	return modality, negated
}
