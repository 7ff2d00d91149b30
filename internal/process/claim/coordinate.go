package claim

import "entente/internal/centre"

// One act may say two things in one clause, of which a reader believes one and
// doubts the other: "Russia is sending warplanes and building a base", "the bridge was
// destroyed and that two villages were cut off". They are statements of their own
// with one speaker, cue and chain. A clause is divided only where its words tell
// that both halves have a verb of their own: a complement repeated, an auxiliary
// repeated, or a second participle that shares the auxiliary and has an object. Words
// that open a clause inside of the first half leave all in one piece, for nobody
// can tell then what the second half goes on with.

// coordinated divides the acts that say two things.
func (r *reader) coordinated() {
	const most = 3 // statements of one clause
	for k := 0; k < len(r.acts); k++ {
		for n := 1; n < most && k < len(r.acts); n++ {
			a := &r.acts[k]
			if a.dropped || a.quoted || a.anaphora || len(a.content) != 1 || len(r.acts) >= maxStatements || r.cues[a.cue].kind == byCarrier {
				break
			}
			p := a.content[0]
			first, second := r.halves(p)
			if first.empty() {
				break
			}
			more := *a
			a.content = []span{first}
			more.content, more.why = second, append(append([]string{}, a.why...), "the clause says two things, each with a verb of its own")
			more.part = true
			r.acts = append(r.acts, act{})
			copy(r.acts[k+2:], r.acts[k+1:])
			r.shift(int32(k)+1, 1)
			r.acts[k+1] = more
			k++
		}
	}
}

// halves gives the two halves of a clause that says two things; the first is empty
// where it does not. The second has its subject before it where that is the first's.
func (r *reader) halves(p span) (first span, second []span) {
	const least = 2 // words of a half
	tongue := r.sentences[r.tokens[p.first].sentence].tongue
	level := r.tokens[p.first].quote
	helper := int32(-1) // the first auxiliary, which is the verb of the first half
	for j := p.first + 1; j+1 < p.until && j < p.first+reach; j++ {
		t := &r.tokens[j]
		if t.quote != level || t.gap&(stop|semicolon|colon|dash|opening|closing) != 0 {
			return span{}, nil
		}
		if at := r.complementAgain(tongue, j); at > 0 && j-p.first >= least && p.until-at >= least {
			return span{p.first, j}, []span{{at, p.until}}
		}
		if t.mention >= 0 || t.place >= 0 {
			continue
		}
		if t.class&(complement|relative|subordinate) != 0 && t.class&(determiner|conjunction) == 0 || t.entry != nil && t.entry.cue != nil && t.entry.cue.frame&noun == 0 && t.class&(verb|auxiliary|document) == 0 {
			if tongue.language == "en" {
				return span{}, nil // a clause inside
			}
			if t.class&complement != 0 {
				return span{}, nil
			}
			continue
		}
		if tongue.language != "en" {
			continue
		}
		if helper < 0 && t.class&auxiliary != 0 {
			helper = j
		}
		if helper < 0 || t.class&conjunction == 0 || j-helper < least {
			continue
		}
		at := j + 1
		for at < p.until && r.is(at, adverb) && !r.is(at, auxiliary) {
			at++
		}
		if p.until-at < least {
			continue
		}
		subject := span{p.first, helper}
		switch {
		case r.is(at, auxiliary) && !r.is(at, negation) && r.tokens[at].mention < 0 && subject.first < subject.until:
			return span{p.first, j}, []span{subject, {at, p.until}}
		case r.participles(helper, j, at, p.until):
			subject.until = helper + 1
			return span{p.first, j}, []span{subject, {at, p.until}}
		case r.subjectAgain(at, p.until):
			return span{p.first, j}, []span{{at, p.until}}
		}
	}
	return span{}, nil
}

// complementAgain gives the token behind the complement that a conjunction before it
// repeats at token j ("and that", ", и что", "وأن", "و اینکه"); 0 for none.
func (r *reader) complementAgain(t *tongue, j int32) int32 {
	i := j
	switch {
	case t.language == "ar":
		f := string(r.fold(j))
		if !r.is(j, complement) || len(f) < 4 || f[:2] != "و" {
			return 0
		}
	case !r.is(j, conjunction) || r.tokens[j].mention >= 0:
		return 0
	default:
		i++
		if f := string(r.fold(i)); t.language == "en" && f != "that" || t.language == "ru" && f != "что" || t.language == "fa" && f != "اينكه" || r.bounded(i) {
			return 0
		}
	}
	if int(i)+1 >= len(r.tokens) || t.language == "en" && r.is(i+1, verb|auxiliary|complement) || r.bounded(i+1) {
		return 0
	}
	return i + 1
}

// participles tells that a participle behind the auxiliary at token helper and one at
// token second, behind the conjunction at token j, both have an object: "is sending
// warplanes and building a base". Where another word ends so between them, that may be
// what the second goes with: "is planning on ending the war and leaving the town".
func (r *reader) participles(helper, j, second, until int32) bool {
	if !r.is(helper, being) {
		return false
	}
	one := helper + 1
	for one < j && r.is(one, adverb) && !r.is(one, negation) {
		one++
	}
	if one+1 >= j || !r.participle(one) || !r.participle(second) || second+1 >= until || r.bounded(one+1) || r.bounded(second+1) || r.is(one+1, conjunction) || r.is(second+1, conjunction) {
		return false
	}
	for i := one + 1; i < j; i++ {
		if r.participle(i) {
			return false
		}
	}
	return true
}

func (r *reader) participle(i int32) bool {
	f := r.fold(i)
	n := len(f)
	return n > 5 && string(f[n-3:]) == "ing" && r.tokens[i].mention < 0 && !r.tokens[i].upper && !r.is(i, preposition|noted)
}

// subjectAgain tells that a noun phrase with an auxiliary behind it begins at token i.
func (r *reader) subjectAgain(i, until int32) bool {
	const far = 8 // tokens of the noun phrase
	for k := i; k < until && k < i+far; k++ {
		t := &r.tokens[k]
		if k > i && t.gap&apart != 0 {
			return false
		}
		if t.mention >= 0 || t.place >= 0 {
			continue
		}
		if t.class&auxiliary != 0 && t.class&verb != 0 {
			return k > i && until-k > 1
		}
		if t.class&(conjunction|complement|relative|subordinate|preposition) != 0 && t.class&determiner == 0 || t.entry != nil && t.entry.cue != nil && t.entry.cue.frame&noun == 0 {
			return false
		}
	}
	return false
}

// answerBoth lets whoever denies or confirms "this" answer both things that were said
// in one clause.
func (r *reader) answerBoth() {
	for k := 0; k < len(r.acts); k++ {
		a := &r.acts[k]
		if a.dropped || !a.anaphora || a.answers < 0 || a.stance == centre.StanceAssert || len(r.acts) >= maxStatements {
			continue
		}
		last := a.answers
		for a.answers > 0 && r.acts[a.answers].part {
			a.answers--
		}
		for n := a.answers + 1; n <= last; n++ {
			more := r.acts[k]
			more.answers, more.part = n, true
			r.acts = append(r.acts, act{})
			copy(r.acts[k+2:], r.acts[k+1:])
			r.shift(int32(k)+1, 1)
			r.acts[k+1] = more
			k++
		}
	}
}

// joined gives the act that says what act k says, too, where another attribution is
// joined to that one before anything is said: "X said, and Y confirmed, that ..."; -1
// for none.
func (r *reader) joined(k int) int {
	a := &r.acts[k]
	c := &r.cues[a.cue]
	if k+1 >= len(r.acts) || c.settled || c.kind != byVerb || c.speaker.empty() {
		return -1
	}
	o := &r.acts[k+1]
	n := &r.cues[o.cue]
	if n.sentence != c.sentence || n.kind != byVerb || n.speaker.empty() || n.shares >= 0 || len(o.content) == 0 || o.content[0].first <= n.first {
		return -1
	}
	if i := n.begins - 1; i > c.first && r.is(i, conjunction) && r.adjoins(c, i) {
		return k + 1
	}
	return -1
}
