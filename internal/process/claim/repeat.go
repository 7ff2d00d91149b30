package claim

import "entente/internal/centre"

// repeats gives a cue that names only "this" what the sentence before says: "X
// сбит. Об этом сообщил Y". Where that sentence is a statement, the cue says the same with the same
// stance, and reader.repeated tells whether it says so itself or passes it on. It
// tells whether there is such a sentence.
func (g *grammar) repeats(c *cue) bool {
	if g.number == 0 {
		return false
	}
	s := &g.sentences[g.number-1]
	if s.title || s.part != "" || s.until-s.first < 3 {
		return false
	}
	for k := len(g.cues) - 1; k >= 0 && g.cues[k].sentence >= g.number-1; k-- {
		if o := &g.cues[k]; o.sentence == g.number-1 && o.lexeme.frame&(attitude|noun|unnamed|passing) == 0 {
			c.lexeme, c.negated, c.anaphoric = o.lexeme, o.negated, o.anaphoric
			c.said, c.pieces, c.repeated = o.said, o.pieces, int32(k)+1 // the first of that sentence
		}
	}
	if c.repeated > 0 {
		return true
	}
	c.anaphoric = false
	c.say(span{s.first, s.until})
	return true
}

// repeated settles who says what two sentences attribute: a body and the person who
// announces it both do. Of a person or a source, and where an outlet repeats it, the
// second passes on what the first said.
func (r *reader) repeated() {
	for k := range r.acts {
		a := &r.acts[k]
		n := r.cues[a.cue].repeated - 1
		if n < 0 || a.dropped {
			continue
		}
		o := &r.acts[n]
		relay := a.root.Kind == centre.AgentAgency || a.root.Kind == centre.AgentPublisher || !r.cues[a.cue].via.empty()
		if o.dropped || relay || o.root.person && o.root.Kind != centre.AgentCollective || o.root.Kind == centre.AgentAnonymous || o.root.Name == a.root.Name {
			a.dropped, a.relays = true, true
			if o.outer < 0 && o.root.Name != a.root.Name {
				o.outer = int32(k)
			}
		}
	}
}
