package claim

import (
	"slices"

	"entente/internal/centre"
)

// link names the agents of the acts, resolves who refers to whom, puts
// attributions inside others, and finds what denials answer.
func (r *reader) link() {
	for k := range r.acts {
		a := &r.acts[k]
		c := &r.cues[a.cue]
		if c.omitted {
			r.goesOn(k)
			continue
		}
		if c.kind == byCarrier {
			a.agent = r.carrier(r.sentences[c.sentence].tongue.language)
			a.root = a.agent
			continue
		}
		if c.lexeme.frame&unnamed != 0 || a.speaker.empty() {
			a.dropped = true
			continue
		}
		s := &r.sentences[c.sentence]
		if r.nobody(a.speaker) && c.lexeme.stance != centre.StanceDecline {
			a.dropped = true
			continue
		}
		a.agent = r.agentOf(s, a.speaker)
		if r.is(a.speaker.first, self) && a.speaker.until-a.speaker.first == 1 {
			a.dropped = true // who speaks tells what they said: that is the quotation's
			continue
		}
		named := c
		if c.shares >= 0 {
			named = &r.cues[c.shares]
		}
		if c.settled {
			r.entitle(s, &a.agent, named)
		} else if !named.title.empty() {
			r.entitled(s, &a.agent, named.title)
		}
		if c.kind == byHeadline && a.agent.Kind == centre.AgentCollective && r.tokens[a.agent.head].class == 0 {
			a.agent.Kind, a.agent.single, a.agent.person, a.agent.anonymity = centre.AgentNamed, true, true, centre.OnRecord // bareName
		}
		a.agent.office = r.is(a.agent.head, office)
		a.root = a.agent
		if a.agent.refers == byName {
			if c.settled && !a.agent.mentioned && a.agent.Kind != centre.AgentAnonymous {
				if o, by := r.namesake(&a.agent, k); by >= 0 {
					words := a.agent.Words
					a.root, a.refersTo = o, int32(by)
					a.root.Words = words
				}
			}
			continue
		}
		found, by := r.resolve(&a.agent, k)
		if found.Name != "" {
			a.root = found
			a.root.Words = a.agent.Words
			a.refersTo = int32(by)
			if by >= 0 && r.acts[by].refersTo >= 0 && found.Kind == centre.AgentAnonymous {
				a.refersTo = r.acts[by].refersTo
			}
			a.why = append(a.why, "“"+a.agent.Text+"” is "+found.Name)
		} else if a.agent.refers == byPronoun {
			a.dropped = true
		}
	}
	r.cataphora()
	r.repeated()
	for k := range r.acts {
		if a := &r.acts[k]; !a.dropped && r.speechAct(a) {
			r.nest(k)
		}
	}
	for k := range r.acts {
		if a := &r.acts[k]; !a.dropped && !r.speechAct(a) {
			a.dropped = true
		}
	}
	for k := range r.acts {
		if a := &r.acts[k]; !a.dropped && r.cues[a.cue].passes > 0 {
			for n := range r.acts {
				if o := &r.acts[n]; o.cue == r.cues[a.cue].passes-1 && len(o.content) > 0 {
					a.outer, o.dropped, o.relays = int32(n), true, true
				}
			}
		}
	}
	r.coordinated()
	r.answer()
	r.answerBoth()
	r.implied()
	r.follow()
}

// nobody tells that a subject is nobody ("no group", "никто", "هیچ کس"): what
// nobody says is no statement.
func (r *reader) nobody(p span) bool {
	return r.is(p.first, negation)
}

// speechAct tells that an act is one, and not an attitude, a noun or a word that
// reports nothing where it stands.
func (r *reader) speechAct(a *act) bool {
	c := &r.cues[a.cue]
	f := c.lexeme.frame
	switch {
	case f&(attitude|noun|unnamed) != 0,
		f&quoting != 0 && !a.quoted,
		c.unreal,
		c.negated && c.lexeme.stance == centre.StanceAssert,
		f&showing != 0 && a.root.Kind != centre.AgentDocument && a.root.Kind != centre.AgentPublisher && !a.quoted:
		return false
	}
	return len(a.content) > 0 || a.anaphora || c.lexeme.stance == centre.StanceDecline
}

// cataphora resolves the bare "sources" or "official" of a text's lead to the
// source that its body describes.
func (r *reader) cataphora() {
	for k := range r.acts {
		a := &r.acts[k]
		if a.dropped || a.agent.Kind != centre.AgentAnonymous && a.agent.Kind != centre.AgentCollective || a.speaker.until-a.speaker.first > 1 || a.agent.refers == byThe {
			continue
		}
		if r.sentenceOf(a.speaker.first) > 3 {
			return
		}
		head := string(r.fold(a.agent.head))
		for n := k + 1; n < len(r.acts); n++ {
			o := &r.acts[n]
			if o.dropped || o.root.Kind != centre.AgentAnonymous || o.agent.refers != byName || o.speaker.until-o.speaker.first < 2 || o.agent.head < 0 {
				continue
			}
			if other := string(r.fold(o.agent.head)); other == head || other+"s" == head {
				words := a.root.Words
				a.root = o.root
				a.root.Words = words
				a.refersTo = int32(n)
				a.score *= 0.8
				a.why = append(a.why, "the text goes on to describe “"+a.agent.Text+"” as “"+o.agent.Text+"”")
			}
			break
		}
	}
}

// extent gives the tokens of an act: cue, speaker and content.
func (r *reader) extent(a *act) span {
	c := &r.cues[a.cue]
	e := span{c.begins, max(c.until, r.tail(c))}
	if c.first < e.first {
		e.first = c.first
	}
	for _, p := range a.content {
		e.first, e.until = min(e.first, p.first), max(e.until, p.until)
	}
	return e
}

// nest finds the innermost act in whose content act k stands. Where that content
// begins with act k, the outer one says nothing of its own: it passes on.
func (r *reader) nest(k int) {
	a := &r.acts[k]
	c := &r.cues[a.cue]
	if c.lexeme.frame&attitude != 0 {
		return
	}
	e := r.extent(a)
	const near = 24 // acts
	best := int32(-1)
	for n := max(0, k-near); n < min(len(r.acts), k+near); n++ {
		o := &r.acts[n]
		if n == k || o.dropped && !o.relays || r.cues[o.cue].lexeme.frame&(attitude|noun) != 0 {
			continue
		}
		for _, p := range o.content {
			if p.first <= e.first && p.until >= e.until || p.first <= c.begins && c.until <= p.until && !p.holds(r.cues[o.cue].span) && p.first <= r.cues[a.cue].first && !e.holds(r.cues[o.cue].span) {
				if best < 0 || r.size(best) > r.size(int32(n)) {
					best = int32(n)
				}
			}
		}
	}
	if best < 0 || best == int32(k) {
		return
	}
	o := &r.acts[best]
	if o.outer == int32(k) {
		return
	}
	a.outer = best
	p := o.content[0]
	start := p.first
	for start < p.until && r.is(start, conjunction|adverb|complement) && r.tokens[start].mention < 0 {
		start++
	}
	if e.first <= start || r.circumstantial(start, c.begins) {
		o.dropped, o.relays = true, true
	}
}

// circumstantial tells that between two tokens stands nothing but a time or a
// place: "on Friday,".
func (r *reader) circumstantial(from, to int32) bool {
	if to-from > 8 {
		return false
	}
	for i := from; i < to; i++ {
		if r.tokens[i].when < 0 && r.tokens[i].place < 0 && !r.is(i, preposition|adverb|determiner|conjunction) {
			return false
		}
	}
	return true
}

func (r *reader) size(k int32) (n int32) {
	for _, p := range r.acts[k].content {
		n += p.until - p.first
	}
	return n
}

// implied adds the sentences between two acts of one source without a name, the
// second of which says "according to the source": what stands between goes on
// with what the source says.
func (r *reader) implied() {
	for k := 1; k < len(r.acts); k++ {
		a := &r.acts[k]
		if a.dropped || a.agent.refers != byThe || a.refersTo < 0 || a.root.Kind != centre.AgentAnonymous || r.cues[a.cue].kind != byConstruction {
			continue
		}
		o := &r.acts[k-1]
		if o.dropped || o.root.Name != a.root.Name {
			continue
		}
		from, until := r.cues[o.cue].sentence+1, r.cues[a.cue].sentence
		first := until
		for first > from && r.tokens[r.sentences[first].first].gap&paragraph == 0 {
			first--
		}
		if first != from || until-from > 4 || from == until {
			continue
		}
		var more []act
		for n := from; n < until; n++ {
			s := &r.sentences[n]
			if s.until-s.first < 4 || s.part != "" {
				continue
			}
			extra := act{cue: a.cue, speaker: a.speaker, content: []span{{s.first, s.until}}, answers: -1, outer: a.outer, when: -1, place: -1,
				implied: true, score: 0.4, agent: a.agent, root: a.root, refersTo: a.refersTo, stance: centre.StanceAssert,
				why: []string{"stands between two statements of this source, without an attribution of its own"}}
			extra.modality, extra.negated = r.clauseTone(extra.content[0])
			more = append(more, extra)
		}
		r.acts = slices.Insert(r.acts, k, more...)
		r.shift(int32(k), int32(len(more)))
		k += len(more)
	}
}

// follow joins a denial of "this" with the words of the same speaker in the next
// sentence: one turn, which came one way.
func (r *reader) follow() {
	for k := range r.acts {
		a := &r.acts[k]
		if a.dropped || !a.anaphora {
			continue
		}
		for n := k + 1; n < len(r.acts); n++ {
			o := &r.acts[n]
			if o.dropped {
				continue
			}
			if o.refersTo == int32(k) && r.near(o, a) && r.cues[o.cue].sentence-r.cues[a.cue].sentence <= 1 {
				a.follower = int32(n)
			}
			break
		}
	}
}

// shift moves what points behind act k by n.
func (r *reader) shift(k, n int32) {
	for i := range r.acts {
		a := &r.acts[i]
		for _, p := range []*int32{&a.answers, &a.outer, &a.refersTo} {
			if *p >= k {
				*p += n
			}
		}
	}
}

// chain gives the hops of an act from the carrier's side to the root.
func (r *reader) chain(k int) []centre.Hop {
	var hops []centre.Hop // from the root outwards
	a := &r.acts[k]
	c := &r.cues[a.cue]
	direct := centre.DirectParaphrase
	if a.quoted {
		direct = centre.DirectQuote
	}
	hops = append(hops, centre.Hop{Agent: a.root.Agent, Verb: r.wordsOf(c.span).Text, Directness: direct, At: r.timeOf(a)})
	hops = r.through(hops, a)
	// A turn that goes on keeps its way.
	if len(hops) == 1 && a.refersTo >= 0 && int(a.refersTo) < len(r.acts) {
		if o := &r.acts[a.refersTo]; o.root.Kind == centre.AgentAnonymous || r.near(a, o) {
			hops = r.through(hops, o)
		}
	}
	if len(hops) == 1 && a.follower > 0 {
		hops = r.through(hops, &r.acts[a.follower])
	}
	slices.Reverse(hops)
	return hops
}

// near tells that two acts stand in one paragraph.
func (r *reader) near(a, o *act) bool {
	from, to := r.cues[o.cue].sentence, r.cues[a.cue].sentence
	if to-from > 6 {
		return false
	}
	for n := from + 1; n <= to; n++ {
		if r.tokens[r.sentences[n].first].gap&paragraph != 0 {
			return false
		}
	}
	return true
}

// through adds those who passed on what an act says: the outlet or agency that
// it was told to, "cited by", and those in whose words it stands.
func (r *reader) through(hops []centre.Hop, a *act) []centre.Hop {
	const most = 8
	add := func(g centre.Agent, verb string, at *centre.Span) {
		if g.Name != "" && len(hops) < most && !slices.ContainsFunc(hops, func(h centre.Hop) bool { return h.Name == g.Name }) {
			hops = append(hops, centre.Hop{Agent: g, Verb: verb, Directness: centre.DirectParaphrase, At: at})
		}
	}
	for n := 0; n < most; n++ {
		c := &r.cues[a.cue]
		if c.shares >= 0 && c.addressee.empty() {
			c = &r.cues[c.shares]
		}
		for _, p := range []span{c.addressee, c.via} {
			if p.empty() {
				continue
			}
			g := r.agentOf(&r.sentences[c.sentence], p)
			if g.Entity != "" && p == c.addressee && r.draft.Document.URL != "" && g.Entity == r.carrierID() {
				continue // who told the carrier is the first of the chain
			}
			if g.Kind == centre.AgentAgency || g.Kind == centre.AgentPublisher || p == c.via {
				add(g.Agent, "", r.timeOf(a))
			}
		}
		if a.outer < 0 {
			break
		}
		a = &r.acts[a.outer]
		add(a.root.Agent, r.wordsOf(r.cues[a.cue].span).Text, r.timeOf(a))
	}
	return hops
}

func (r *reader) timeOf(a *act) *centre.Span {
	if a.when < 0 {
		c := &r.cues[a.cue]
		if c.shares >= 0 && !a.implied {
			for k := range r.acts {
				if r.acts[k].cue == c.shares && r.acts[k].when >= 0 {
					return r.draft.Mentions[r.acts[k].when].When
				}
			}
		}
		return nil
	}
	return r.draft.Mentions[a.when].When
}

// statements gives the acts that are speech acts with all that they need.
func (r *reader) statements() []centre.Statement {
	var out []centre.Statement
	numbers := make([]int, len(r.acts))
	for k := range r.acts {
		a := &r.acts[k]
		if a.dropped {
			continue
		}
		if len(out) >= maxStatements {
			break
		}
		numbers[k] = len(out) + 1
		st := r.statement(k)
		st.No = len(out) + 1
		out = append(out, st)
	}
	n := 0
	for k := range r.acts {
		if numbers[k] == 0 {
			continue
		}
		if at := r.acts[k].answers; at >= 0 {
			out[n].Answers = numbers[at]
		}
		n++
	}
	return out
}

// reasons are those of cues that no verb makes, for a person.
var reasons = map[kind]string{byConstruction: "words such as “according to” with its speaker", byNoun: "a noun for something said", byHeadline: "a line of the form “speaker: words”",
	byPost: "a post with its author's handle", bySignature: "a quotation with its speaker behind a dash", byCarrier: "a correction that the publisher prints in its own name"}

func (r *reader) statement(k int) centre.Statement {
	a := &r.acts[k]
	c := &r.cues[a.cue]
	e := r.extent(a)
	st := centre.Statement{Speaker: a.root.Agent, Cue: r.wordsOf(c.span), Quoted: a.quoted, Stance: a.stance, Modality: a.modality, Negated: a.negated,
		SaidAt: r.timeOf(a), Anonymity: a.root.anonymity, Chain: r.chain(k), Score: a.score, Step: name, Version: version, Why: a.why}
	if a.implied {
		e = a.content[0]
		st.Cue = centre.Words{}
		st.Speaker.Words = centre.Words{}
		st.SaidAt = nil
	}
	if c.shares >= 0 && !a.implied {
		st.Speaker.Words = centre.Words{}
	}
	if !c.addressee.empty() && !a.implied {
		g := r.agentOf(&r.sentences[c.sentence], c.addressee)
		st.Addressee = &g.Agent
	}
	if a.place >= 0 {
		st.SaidPlace = r.draft.Mentions[a.place].Place
	}
	for _, p := range a.content {
		st.Content = append(st.Content, r.contentWords(p))
	}
	if !a.implied && c.shares < 0 && !c.speaker.empty() {
		e.first, e.until = min(e.first, c.speaker.first), max(e.until, c.speaker.until) // before "which"
	}
	w := r.wordsOf(e)
	st.Start, st.End = w.Start, w.End
	for _, p := range st.Content {
		st.Start, st.End = min(st.Start, p.Start), max(st.End, p.End)
	}
	if c.kind == byVerb && !a.implied {
		st.Why = append([]string{"“" + st.Cue.Text + "” with its speaker in the sentence"}, st.Why...)
	}
	if len(st.Why) == 0 {
		st.Why = []string{reasons[c.kind]}
	}
	return st
}
