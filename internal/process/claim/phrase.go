package claim

// namesSomebody tells that a noun phrase has a name or a person without one.
func (r *reader) namesSomebody(p span) bool {
	for i := p.first; i < p.until; i++ {
		if r.tokens[i].mention >= 0 || r.tokens[i].upper && i > p.first || r.is(i, anonymous|body|outlet|agency) {
			return true
		}
	}
	return false
}

// closesAll tells that a sentence ends right behind a phrase.
func (r *reader) closesAll(s *sentence, p span) bool {
	return !p.empty() && (p.until >= s.until || r.tokens[p.until].gap&(stop|paragraph|quoteOpen) != 0)
}

// phraseBefore gives the noun phrase that ends before token end.
func (r *reader) phraseBefore(s *sentence, end int32) span {
	i := end - 1
	if i < s.first {
		return span{}
	}
	if r.tokens[i].mention < 0 && r.is(i, pronoun|relative) {
		return span{i, end}
	}
	if i >= s.first+2 && r.ofThem(span{i - 2, end}) {
		return span{i - 2, end}
	}
	first := end
	for ; i >= s.first && end-i < reach; i-- {
		t := &r.tokens[i]
		if t.mention < 0 && t.place < 0 {
			if t.when >= 0 && first == end {
				// "X on Friday said": pass over the time.
				if i+1 < end && r.bounded(i+1) {
					break
				}
				end, first = i, i
				continue
			}
			if t.class&(pronoun|relative|complement|subordinate|anaphor|adverb|noted|agentive|toward) != 0 && t.class&determiner == 0 {
				if first == end && t.class&(adverb|preposition) != 0 && t.class&(subordinate|complement) == 0 {
					end, first = i, i
					continue
				}
				break
			}
			if t.class&(verb|auxiliary) != 0 && t.gap&hyphen == 0 || t.entry != nil && t.entry.cue != nil && t.entry.cue.frame&(noun|behind) == 0 && !t.upper && !r.nominal(s, i) {
				break
			}
			if t.class&conjunction != 0 {
				// "Kerry and Lavrov said": both are names, or plain nouns of a list.
				if first == end || i == s.first || r.bounded(i) || r.bounded(i+1) || r.tokens[i-1].class&(verb|auxiliary|adverb) != 0 ||
					r.tokens[i+1].upper != r.tokens[i-1].upper || t.class&adversative != 0 {
					break
				}
				continue
			}
			if t.class&preposition != 0 {
				if first == end || i == s.first || r.bounded(i) || r.bounded(i+1) {
					if first == end {
						end, first = i, i
						continue
					}
					break
				}
				continue
			}
		}
		first = i
		if t.gap&apart != 0 {
			break
		}
		if t.class&(determiner|possessive) != 0 && t.mention < 0 && (i == s.first || r.tokens[i-1].class&(preposition|agentive) == 0 || r.tokens[i-1].class&noted != 0) {
			break
		}
	}
	// Prepositions in front belong to what stands before.
	for first < end && r.tokens[first].mention < 0 && r.tokens[first].class&(preposition|conjunction|agentive|toward) != 0 {
		first++
	}
	// A phrase that begins behind a preposition is no subject: "with the help of
	// X said" has one farther left, or none.
	return span{first, end}
}

// ofThem tells that a noun phrase is "one of them", "two of them".
func (r *reader) ofThem(p span) bool {
	i := p.until - 1
	return p.until-p.first == 3 && r.is(i, anaphor) && r.tokens[i].mention < 0 && !r.bounded(i) && !r.bounded(i-1) && string(r.fold(i-1)) == "of" &&
		(r.is(p.first, determiner) || string(r.fold(p.first)) == "one")
}

// nominal tells that a word which may be a verb is a noun at token i.
func (r *reader) nominal(s *sentence, i int32) bool {
	return s.tongue.cue != nil && !s.tongue.cue(r, s, i)
}

// phraseFrom gives the noun phrase that begins at token first.
func (r *reader) phraseFrom(s *sentence, first int32) span {
	if first >= s.until {
		return span{}
	}
	if g := r.tokens[first].gap; g&apart&^(dash) != 0 {
		return span{}
	}
	if r.tokens[first].mention < 0 && r.is(first, pronoun) {
		return span{first, first + 1}
	}
	i := first
	for ; i < s.until && i-first < reach; i++ {
		t := &r.tokens[i]
		if i > first && t.gap&apart != 0 {
			break
		}
		if t.when >= 0 && t.class&noted != 0 {
			break
		}
		inside := i > first && t.mention >= 0 && t.mention == r.tokens[i-1].mention || i > first && t.place >= 0 && t.place == r.tokens[i-1].place
		if inside || t.mention >= 0 && (i == first || t.class&(verb|auxiliary) == 0) {
			if i > first && !inside && r.tokens[i-1].mention >= 0 && t.mention != r.tokens[i-1].mention && t.gap&(own|hyphen) == 0 &&
				r.draft.Mentions[t.mention].Kind == "person" == (r.draft.Mentions[r.tokens[i-1].mention].Kind == "person") {
				break
			}
			continue
		}
		if t.when >= 0 || t.class&(pronoun|relative|complement|subordinate|adverb|noted|agentive|toward|negation) != 0 && t.class&determiner == 0 {
			break
		}
		if t.class&(verb|auxiliary) != 0 && t.gap&hyphen == 0 || t.entry != nil && t.entry.cue != nil && t.entry.cue.frame&noun == 0 && !t.upper && !r.nominal(s, i) {
			break
		}
		if t.class&(determiner|possessive) != 0 && i > first && r.tokens[i-1].class&(preposition|conjunction|determiner) == 0 {
			break
		}
		if t.class&conjunction != 0 && (i == first || i+1 >= s.until || r.bounded(i+1) || t.class&adversative != 0 || r.tokens[i+1].upper != r.tokens[i-1].upper || r.tokens[i+1].class&(verb|auxiliary|pronoun) != 0 || r.tokens[i+1].entry != nil) {
			break
		}
		if t.class&preposition != 0 && (i == first || i+1 >= s.until || r.bounded(i+1) || !r.joins(i)) {
			break
		}
	}
	for i > first && r.tokens[i-1].mention < 0 && r.tokens[i-1].class&(preposition|conjunction|determiner|agentive|toward) != 0 {
		i--
	}
	return span{first, i}
}

// joins tells that the preposition at token i joins two nouns of one phrase:
// "spokesman for the ministry", but not "told reporters in Geneva".
func (r *reader) joins(i int32) bool {
	switch string(r.fold(i)) {
	case "of":
		return true
	case "for", "at", "with", "from":
		return r.tokens[i-1].class&(anonymous|body) != 0
	}
	if next := i + 1; r.is(i-1, anonymous) && r.is(next, determiner) && int(next)+1 < len(r.tokens) && r.is(next+1, body) {
		return true // "a source in the ministry"
	}
	return r.tokens[i].class&noted == 0 && r.tokens[i-1].class&(anonymous) != 0 && r.tokens[i+1].place >= 0 && r.tokens[i-1].class&plural != 0
}

// anchored tells that a noun phrase has a word that can speak: a name, a
// pronoun, a role, a body, or in languages with capitals a capital.
func (r *reader) anchored(p span) bool {
	for i := p.first; i < p.until; i++ {
		t := &r.tokens[i]
		if t.mention >= 0 || t.place >= 0 || t.upper || t.class&(pronoun|anonymous|outlet|agency|body|document) != 0 {
			return true
		}
	}
	return false
}

// closesBehind tells that nothing but a mark, a time or a place of utterance
// follows a speaker that stands behind its cue.
func (r *reader) closesBehind(s *sentence, p span) bool {
	if p.until >= s.until {
		return true
	}
	t := &r.tokens[p.until]
	return t.gap&apart != 0 || t.when >= 0 || t.class&(preposition|toward) != 0
}
