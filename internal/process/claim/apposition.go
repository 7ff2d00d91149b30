package claim

import (
	"strings"

	"entente/internal/centre"
)

// overApposition finds the noun phrase before the comma that opens what stands
// between it and token end: "X, spokesman for Y, said".
func (r *reader) overApposition(s *sentence, end int32, c *cue) span {
	depth := r.tokens[c.first].quote
	best := span{}
	segments := 0
	for k := end - 1; k > s.first && end-k < reach && segments < 4; k-- {
		if r.tokens[k].quote != depth {
			return best
		}
		g := r.tokens[k].gap
		if g&(stop|paragraph|semicolon|colon) != 0 {
			return best
		}
		if g&(comma|dash|opening) == 0 {
			continue
		}
		segments++
		if g&(quoteClose|quoteOpen) != 0 {
			return best
		}
		p := r.phraseBefore(s, k)
		if p.empty() || r.is(k, conjunction|complement) && !r.is(k, relative) {
			return best
		}
		named := r.ofThem(p)
		for n := p.first; n < p.until; n++ {
			named = named || r.tokens[n].mention >= 0
		}
		head := p.until - 1
		if segments == 1 && r.describes(s, p) && r.nameAlone(k, end) {
			c.title, c.begins = p, min(c.begins, p.first)
			return span{k, end}
		}
		if segments == 1 && !named && r.is(head, anonymous) {
			// "its spokesman, X, said": the name stands second.
			rank := k
			for rank < end-1 && r.tokens[rank].upper && r.tokens[rank].mention < 0 {
				rank++
			}
			if m := r.tokens[rank].mention; m >= 0 && r.draft.Mentions[m].Kind == centre.MentionPerson && r.tokens[end-1].mention == m {
				c.begins = min(c.begins, p.first)
				return span{k, end}
			}
		}
		if !named && !r.tokens[head].upper && !r.is(head, anonymous|body|outlet|agency) && !best.empty() {
			return best
		}
		if named || r.tokens[head].upper || r.is(p.first, determiner|possessive|pronoun) || r.is(head, anonymous|body|outlet|agency) {
			best = p
			if named {
				return best
			}
		} else {
			return best
		}
	}
	return best
}

// describes tells that a noun phrase says what somebody is and names nobody: "the
// tanker's operator", "a spokesman for the coalition", "Iraq's oil minister".
func (r *reader) describes(s *sentence, p span) bool {
	head := r.headOf(s, p)
	t := &r.tokens[head]
	if t.upper || t.mention >= 0 || t.place >= 0 || r.is(head, plural|pronoun|outlet|agency|document) || r.personIn(s, p, head) >= 0 {
		return false
	}
	if p.first > s.first && r.tokens[p.first].gap&comma != 0 && r.tokens[p.first-1].mention >= 0 {
		return false // "X, director at the group, Y, said": Y is the group
	}
	owned := r.is(p.first, determiner|possessive)
	for i := p.first + 1; i <= head; i++ {
		owned = owned || r.tokens[i].gap&own != 0
	}
	return owned || r.is(head, anonymous)
}

// nameAlone tells that the tokens between two marks are a name, with a rank before it or
// not, and nothing else.
func (r *reader) nameAlone(first, end int32) bool {
	const most = 6 // words
	if end-first > most {
		return false
	}
	for i := first; i < end; i++ {
		t := &r.tokens[i]
		if !t.upper && t.mention < 0 || i > first && t.gap&apart != 0 || t.when >= 0 || t.class&noted != 0 && t.mention < 0 || t.class&preposition != 0 && t.mention < 0 || t.gap&own != 0 && i > first {
			return false
		}
	}
	last := &r.tokens[end-1]
	return last.mention >= 0 || last.place < 0
}

// entitled gives an agent what the description in apposition says of it: that it speaks
// for somebody, and for which country.
func (r *reader) entitled(s *sentence, a *agent, title span) {
	if a.Kind == centre.AgentNamed && r.is(r.headOf(s, title), spokes) {
		a.Kind = centre.AgentSpokesperson
	}
	if a.Kind == centre.AgentSpokesperson && a.Role == "" {
		a.Role = "spokesperson"
	}
	for i := title.first; i < title.until; i++ {
		if r.is(i, verb) && r.tokens[i].gap&hyphen != 0 {
			return // the "U.S.-led" coalition is not the country's
		}
	}
	if a.Country == "" && a.person {
		a.Country = r.countryIn(title, false)
	}
}

// ranks are the offices that stand right before a name and are part of it.
var ranks = map[string]bool{"general": true, "colonel": true, "admiral": true, "major": true, "captain": true, "lieutenant": true, "brigadier": true}

// helpers are the offices that are held beside somebody, whose name may follow: "an
// adviser of Prime Minister X".
var helpers = map[string]bool{"aide": true, "adviser": true, "advisor": true, "lawyer": true, "deputy": true, "judge": true, "prosecutor": true}

// holds tells that the name at token i is that of who holds the office at the head of an
// English noun phrase: "Secretary of State Mike Pompeo", "the governor of Anbar Suhaib
// al-Rawi". In "a spokesman for President X", "the chief of staff of President X" the name
// is somebody else's.
func (r *reader) holds(p span, head, i int32) bool {
	if !r.is(head, office) || r.is(head, spokes|plural) || helpers[string(r.fold(head))] || r.is(p.first, indefinite) {
		return false
	}
	first := head + 2 // behind "of"
	if string(r.fold(head+1)) != "of" {
		return false
	}
	for first < i && r.is(first, determiner) {
		first++
	}
	if first >= i || !r.tokens[first].upper {
		return false
	}
	for k := first; k < i; k++ {
		if r.tokens[k].class&(preposition|conjunction) != 0 && r.tokens[k].mention < 0 || r.tokens[k+1].gap&(own|apart) != 0 || r.is(k, anonymous) && !ranks[string(r.fold(k))] {
			return false
		}
	}
	return true
}

// deputy gives the role of an English title that begins with "Deputy" and ends
// with an office ("Deputy Energy Minister"); "" where it is none. Alone the first
// word is a member of parliament.
func (r *reader) deputy(a *agent, m *centre.Mention) string {
	last := r.tokenAt(int32(m.Start))
	first := last
	for first > int(a.first) && r.tokens[first].gap&apart == 0 {
		if first--; string(r.fold(int32(first))) == "deputy" {
			break
		}
	}
	if last-first < 3 || string(r.fold(int32(first))) != "deputy" {
		return ""
	}
	if !r.is(int32(last-1), office) {
		if !r.is(int32(first+1), office) {
			return ""
		}
		last = first + 2 // "deputy head of the General Staff X"
	}
	return strings.ToLower(r.wordsOf(span{int32(first), int32(last)}).Text)
}
