package claim

// endsWith tells that a sentence ends at token i.
func (r *reader) endsWith(s *sentence, i int32) bool {
	for i < s.until && (r.tokens[i].when >= 0 || r.is(i, preposition|determiner|adverb|noted|document|toward) || r.tokens[i].place >= 0) && r.tokens[i].gap&(comma) == 0 {
		i++
	}
	return i >= s.until
}

// skipComplement passes over "that".
func (r *reader) skipComplement(s *sentence, i int32) int32 {
	if i+1 < s.until && r.is(i, anaphor) && r.reportHead(span{i + 1, min(i+3, s.until)}) == i+1 && (i+2 >= s.until || r.bounded(i+2)) {
		return i // "that account"
	}
	if i < s.until && r.is(i, complement) && !r.is(i, anaphor) {
		return i + 1
	}
	if i < s.until && r.is(i, complement) && i+1 < s.until && !r.bounded(i+1) {
		return i + 1
	}
	return i
}

// skipCircumstances passes over time and place of utterance, "in a statement",
// "in an interview with X": prepositional phrases right behind the cue that a
// complement or a quotation follows.
func (r *reader) skipCircumstances(s *sentence, i int32) int32 {
	for k := i; k < s.until && k < i+20; k++ {
		t := &r.tokens[k]
		if t.class&complement != 0 && k > i {
			return k
		}
		if t.gap&(stop|semicolon) != 0 && k > i {
			break
		}
		if k == i && t.class&(preposition|adverb|noted|toward) == 0 && t.when < 0 {
			return i
		}
		if t.class&verb != 0 || t.class&pronoun != 0 || k > i && t.entry != nil && t.entry.cue != nil && t.entry.form == participle {
			break
		}
	}
	// No complement: pass over the time alone ("said Friday it would").
	k := i
	for k < s.until && (r.tokens[k].when >= 0 || r.is(k, adverb|noted) || r.is(k, preposition) && k+1 < s.until && (r.tokens[k+1].when >= 0 || r.tokens[k+1].place >= 0)) {
		if r.is(k, preposition) && r.tokens[k+1].place >= 0 {
			p := r.tokens[k+1].place
			for k++; k < s.until && r.tokens[k].place == p; k++ {
			}
			continue
		}
		k++
	}
	if at := r.medium(s, k); at > k {
		return at
	}
	if k < s.until && r.tokens[k].gap&(comma) != 0 && !r.is(k, anaphor|determiner|pronoun|possessive) && k > i {
		return k
	}
	return k
}

// medium passes over where a speaker was heard or read, with the time behind it:
// "on its website on Monday", "in an interview".
func (r *reader) medium(s *sentence, i int32) int32 {
	k := i
	if k >= s.until || !r.is(k, preposition) || r.is(k, noted) {
		return i
	}
	for k++; k < s.until && r.is(k, determiner|possessive) && !r.bounded(k); k++ {
	}
	if k >= s.until || r.bounded(k) || !r.is(k, document|outlet) && !media[string(r.fold(k))] {
		return i
	}
	k++
	for k < s.until && !r.bounded(k) && (r.tokens[k].when >= 0 || r.is(k, noted) && !r.is(k, preposition) || r.is(k, preposition) && k+1 < s.until && r.tokens[k+1].when >= 0) {
		k++
	}
	if k >= s.until || r.bounded(k) || r.is(k, preposition|conjunction|agentive) && !r.is(k, complement) {
		return i
	}
	return k
}

// media are words for where somebody is heard that the lexicon has no class for.
var media = map[string]bool{"interview": true, "briefing": true, "conference": true, "telephone": true, "phone": true, "speech": true, "remarks": true,
	"address": true, "post": true, "x": true, "twitter": true, "facebook": true, "telegram": true}

// objectOf cuts a noun phrase that is a content at the time and place of
// utterance behind it.
func (r *reader) objectOf(p span) span {
	for i := p.first + 1; i < p.until; i++ {
		if r.is(i, subordinate) && !r.is(i, determiner|preposition|complement) && r.tokens[i].quote == r.tokens[p.first].quote {
			return span{p.first, i}
		}
		if r.tokens[i].when >= 0 && r.tokens[i].quote == r.tokens[p.first].quote {
			end := i
			if r.is(i-1, preposition) && i-1 > p.first {
				end = i - 1
			}
			return span{p.first, end}
		}
		if r.tokens[i].gap&comma != 0 && !r.is(i, conjunction) && r.tokens[i].quote == r.tokens[p.first].quote {
			return span{p.first, i}
		}
	}
	return p
}

// circumstances finds when and where it was said: time and place in the clause
// of the cue, outside of what is said.
func (r *reader) circumstances(s *sentence, c *cue, a *act) {
	if c.shares >= 0 {
		return
	}
	inContent := func(i int32) bool {
		for _, p := range a.content {
			if i >= p.first && i < p.until {
				return true
			}
		}
		return false
	}
	level := r.tokens[c.first].quote
	look := func(i int32) bool { // false where the clause ends
		t := &r.tokens[i]
		if inContent(i) || t.quote != level {
			return false
		}
		if t.when >= 0 && a.when < 0 && r.draft.Mentions[t.when].When != nil {
			a.when = t.when
		}
		if t.place >= 0 && a.place < 0 && i > 0 && (t.mention < 0) && !c.speaker.holds(span{i, i + 1}) && !c.addressee.holds(span{i, i + 1}) {
			k := i
			for k > 0 && r.tokens[k-1].place == t.place {
				k--
			}
			if k > 0 && r.locates(k-1) && !r.bounded(k) {
				a.place = t.place
			}
		}
		return true
	}
	tail := r.tail(c)
	if c.inverted {
		tail = max(tail, c.until)
	}
	for i := c.until; i < s.until && i < c.until+reach; i++ {
		if i > tail && r.tokens[i].gap&(stop|semicolon) != 0 {
			break
		}
		if !look(i) {
			break
		}
		if i >= tail && r.tokens[i].gap&comma != 0 && i+1 < s.until && r.tokens[i].when < 0 {
			break
		}
	}
	// Behind an object: "confirmed the agreement on Saturday".
	if n := len(a.content); n > 0 && a.when < 0 && c.lexeme.frame&object != 0 {
		for i := a.content[n-1].until; i < s.until && i < a.content[n-1].until+6 && r.tokens[i].gap&(apart&^quoteClose) == 0; i++ {
			if !look(i) {
				break
			}
		}
	}
	if !c.inverted && !c.speaker.empty() {
		for i := c.speaker.until; i < c.first; i++ {
			look(i) // "X on Friday denied"
		}
	}
	for i := c.begins - 1; i >= s.first && c.begins-i < reach; i-- {
		if r.tokens[i+1].gap&(stop|semicolon|quoteClose) != 0 || r.is(i, conjunction|subordinate) && !r.is(i, determiner) && r.tokens[i].mention < 0 && r.tokens[i+1].gap&comma == 0 {
			break
		}
		if r.tokens[i].entry != nil && r.tokens[i].entry.cue != nil && !r.nominal(s, i) || !look(i) {
			break
		}
	}
}

// locates tells that the word at token i puts what follows somewhere: "in".
func (r *reader) locates(i int32) bool {
	if r.tokens[i].class&preposition == 0 {
		return false
	}
	switch string(r.fold(i)) {
	case "of", "for", "from", "with", "against", "about", "on", "to", "between":
		return false
	}
	return true
}
