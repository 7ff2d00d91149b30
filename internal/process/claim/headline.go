package claim

import "entente/internal/centre"

const (
	// headSpeaker is how many words the speaker of a headline has at most.
	headSpeaker = 7
	// headWords is how many words must be said in one.
	headWords = 3
	// headSeries is how many words with a number at their end name a series of
	// reports ("Watch report 013 – Basra") and say nothing.
	headSeries = 5
	headLine   = 60
)

var headlineLexeme = lexeme{lemma: "", stance: centre.StanceAssert, frame: clause}

// headline finds the attributions of lines without a verb of saying: "Speaker:
// words", "words – Speaker", an embedded post with its handle. from is the first
// cue of the sentence.
func (r *reader) headline(s *sentence, number, from int32) {
	if s.part == centre.PartEmbedded {
		r.post(s, number)
		return
	}
	if r.correctionLine(s, number) {
		return
	}
	if s.tongue.language == "en" || s.tongue.language == "ru" {
		r.signed(s, number)
		if r.transcript(s, number) {
			return
		}
	}
	if s.until-s.first > headLine {
		return
	}
	first := r.skipLabel(s)
	until := s.until
	loose := s.title || s.part == centre.PartBoilerplate || s.part == centre.PartTitle
	loose = loose || s.first == 0 && s.until-s.first <= headLine/2 && int(s.until) < len(r.tokens) && r.tokens[s.until].gap&paragraph != 0
	if !loose && !r.aloneInParagraph(s) {
		return
	}
	r.line(s, number, first, until, loose)
}

// signed finds a quotation with its speaker behind a dash: “...” — A. Speaker.
func (r *reader) signed(s *sentence, number int32) {
	for i := max(s.first, 1); i < s.until; i++ {
		if g := r.tokens[i].gap; g&quoteClose == 0 || g&dash == 0 || !r.tokens[i].upper {
			continue
		}
		p := span{i, i + 1}
		for p.until < s.until && r.tokens[p.until].gap&apart == 0 && (r.tokens[p.until].upper || r.tokens[p.until].mention >= 0) {
			p.until++
		}
		if p.until-p.first > headSpeaker || int(p.until) < len(r.tokens) && r.tokens[p.until].gap&(newLine|stop|quoteOpen|paragraph|comma|opening) == 0 {
			continue
		}
		q := r.tokens[i-1].quote
		for q >= 0 && r.quotes[q].parent != r.tokens[i].quote {
			q = r.quotes[q].parent
		}
		if q < 0 || r.quotes[q].until != i {
			continue
		}
		r.cues = append(r.cues, cue{span: span{i, i}, sentence: number, lexeme: &headlineLexeme, kind: bySignature, shares: -1,
			begins: r.quotes[q].first, raw: p, speaker: p, inverted: true, score: 0.8})
	}
}

// transcript finds a turn of a transcript: a name in capitals and a colon at the
// beginning of a paragraph.
// It tells whether the sentence is one.
func (r *reader) transcript(s *sentence, number int32) bool {
	const most = 3 // words of a name
	if s.part != "" || s.first > 0 && r.tokens[s.first].gap&(paragraph|newLine) == 0 {
		return false
	}
	for i := s.first; i < s.until && i <= s.first+most; i++ {
		if i > s.first && r.tokens[i].gap&colon != 0 {
			p := span{s.first, i}
			r.cues = append(r.cues, cue{span: span{i, i}, sentence: number, lexeme: &headlineLexeme, kind: byHeadline, shares: -1,
				begins: s.first, raw: p, speaker: p, score: 0.8})
			return true
		}
		if w := &r.words.List[i]; !w.AllUpper || r.is(i, label) || i > s.first && r.bounded(i) {
			return false
		}
	}
	return false
}

// line finds "Speaker: words" and "words – Speaker" in a stretch.
func (r *reader) line(s *sentence, number, first, until int32, loose bool) {
	for i := first + 1; i < until && i <= first+headSpeaker; i++ {
		if r.tokens[i].gap&colon != 0 && r.tokens[i].gap&stop == 0 && until-i >= headWords && r.tokens[i].quote == r.tokens[first].quote {
			p := span{first, i}
			score := 0.0
			switch {
			case r.plainName(p):
				score = 0.7
			case (s.title || s.part == centre.PartTitle || s.first == 0) && r.bareName(s, p):
				score = 0.5
			default:
				return
			}
			r.cues = append(r.cues, cue{span: span{i, i}, sentence: number, lexeme: &headlineLexeme, kind: byHeadline, shares: -1,
				begins: first, raw: p, speaker: p, score: score})
			return
		}
		if r.tokens[i].gap&apart&^quoteClose != 0 {
			break
		}
	}
	for i := until - 1; i > first && until-i <= headSpeaker; i-- {
		if r.tokens[i].gap&dash != 0 && r.tokens[i].gap&(stop) == 0 && i-first >= headWords {
			p := span{i, until}
			if n := len(r.cues) - 1; n >= 0 && r.cues[n].kind == bySignature && r.cues[n].speaker.first == i {
				return // read already
			}
			if series := r.tokens[i-1].digits && i-first <= headSeries; !series && r.plainName(p) && (loose || r.anchored(p)) {
				r.cues = append(r.cues, cue{span: span{i, i}, sentence: number, lexeme: &headlineLexeme, kind: byHeadline, shares: -1,
					begins: first, raw: p, speaker: p, inverted: true, score: 0.7})
			}
			return
		}
		if r.tokens[i].gap&apart != 0 {
			return
		}
	}
}

// plainName tells that a span reads as who speaks in a headline: capitals or
// words that can speak, and no verb.
func (r *reader) plainName(p span) bool {
	named := false
	for i := p.first; i < p.until; i++ {
		t := &r.tokens[i]
		if t.digits || t.class&(verb|auxiliary|complement|subordinate|pronoun|amended) != 0 && t.mention < 0 || t.class&label != 0 && p.until-p.first == 1 {
			return false
		}
		named = named || t.mention >= 0 || t.place >= 0 || t.upper || t.class&(anonymous|outlet|agency|body) != 0
	}
	return named && r.anchored(p)
}

// bareName tells that what stands before the colon of a title in a script without
// capitals reads as a name that nothing else tells: "لافروف: ...", "حسن الكعبي: ...".
// Of several words those with the article must say where from, as in names: "أسعار
// النفط" is a subject. What only labels a title is in the lexicon.
func (r *reader) bareName(s *sentence, p span) bool {
	const most = 3 // words
	n := p.until - p.first
	if !s.tongue.modifiersBehind || n > most || n > 1 && s.tongue.verbLast {
		return false
	}
	g := &grammar{reader: r, s: s}
	for i := p.first; i < p.until; i++ {
		if !g.strange(i) || n > 1 && g.al(i) && (i == p.first || !nisba(g.fold(i))) {
			return false
		}
	}
	return true
}

// skipLabel passes over what publishers put before a link: "READ MORE:".
func (r *reader) skipLabel(s *sentence) int32 {
	if s.part != centre.PartBoilerplate {
		return s.first
	}
	for i := s.first + 1; i < s.until && i <= s.first+3; i++ {
		if r.tokens[i].gap&colon != 0 {
			return i
		}
	}
	return s.first
}

// aloneInParagraph tells that a line has no sentence before or behind it in its
// paragraph, and no full stop.
func (r *reader) aloneInParagraph(s *sentence) bool {
	if s.first > 0 && r.tokens[s.first].gap&paragraph == 0 {
		return false
	}
	if int(s.until) < len(r.tokens) {
		return r.tokens[s.until].gap&paragraph != 0 && r.tokens[s.until].gap&stop == 0
	}
	end := r.tokens[s.until-1].end
	return int(end) >= len(r.text) || r.text[end] == '\n'
}

// post finds who speaks in an embedded post: the name before the handle in
// brackets. A headline inside has a speaker of its own.
func (r *reader) post(s *sentence, number int32) {
	at := int32(-1) // the handle
	for i := s.until - 1; i > s.first; i-- {
		if r.tokens[i].gap&opening != 0 && r.tokens[i].start > 0 && r.text[r.tokens[i].start-1] == '@' {
			at = i
			break
		}
	}
	if at < 0 {
		return
	}
	name := at
	for name > s.first && at-name < headSpeaker {
		name--
		if r.tokens[name].gap&dash != 0 {
			break
		}
	}
	if name == at || name <= s.first || r.tokens[name].gap&dash == 0 {
		return
	}
	end := s.first // of the words, before an address
	for end < name && string(r.fold(end)) != "http" && string(r.fold(end)) != "https" && string(r.fold(end)) != "pic" {
		end++
	}
	if end == s.first {
		return
	}
	p := span{name, at}
	begins := s.first
	for n := number - 1; n >= 0 && r.sentences[n].part == s.part && r.tokens[r.sentences[n+1].first].gap&paragraph == 0; n-- {
		begins = r.sentences[n].first // a post of several sentences
	}
	r.cues = append(r.cues, cue{span: span{end, end}, sentence: number, lexeme: &headlineLexeme, kind: byPost, shares: -1,
		begins: begins, raw: p, speaker: p, inverted: true, score: 0.8})
	r.line(s, number, s.first, end, true)
}

// headlineContent gives what is said in a headline or a post.
func (r *reader) headlineContent(c *cue) span {
	s := &r.sentences[c.sentence]
	switch {
	case c.kind == byCarrier:
		return c.raw
	case c.kind == byPost, c.kind == bySignature:
		return span{c.begins, c.first}
	case c.inverted:
		return span{c.begins, c.speaker.first}
	}
	return span{c.first, s.until}
}
